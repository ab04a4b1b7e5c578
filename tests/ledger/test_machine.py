"""A stateful machine for the journal with a slow oracle, and a bug it must find."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from serviceorg.errors import EntryRefused
from serviceorg.ledger import (
    Expiry,
    Journal,
    check_journal,
    expire,
    journal_of,
    lifetime,
    out_of_limits,
    post,
    reverse,
    reversing,
    verify,
)
from tests.ledger.accounts import FIRST, draft_of, kind_of, rules_of

LIMITS = {"time": (0, 20), "debt": (-5, None), "pool": (0, None), "home": (0, None)}
RULES = rules_of(
    accounts=[
        kind_of("time", most=Decimal(20)),
        kind_of("debt", least=Decimal(-5)),
    ],
    expiries=[Expiry(id="old", account="time", ends="months", months=2, target_account="hours:ended")],
)
OWNERS = st.sampled_from(["A", "B", "C"])
AMOUNTS = st.integers(1, 60).map(lambda quarters: Decimal(quarters) / 4)


class Books(RuleBasedStateMachine):
    """A journal beside a plain list of changes that is added up anew every time."""

    @initialize()
    def open(self):
        """Begin with nothing."""
        self.journal, self.day, self.count = Journal(), FIRST, 0
        self.changes = []  # (day, entry id, account, amount)
        self.entries = {}  # id -> what it reverses
        self.heads = []

    def balance(self, account, on=None):
        """Add up an account from the list."""
        return sum(
            amount for day, _, name, amount in self.changes if name == account and (on is None or day <= on)
        )

    def keep(self, journal):
        """Note what the newest entries changed."""
        for entry in list(journal)[len(self.journal) :]:
            self.entries[entry.id] = entry.reverses
            self.changes += [(entry.on, entry.id, leg.account, leg.amount) for leg in entry.legs]
        self.journal = journal

    def tried(self, draft, *, fits):
        """Post a draft, and expect a refusal exactly where the oracle says so."""
        if fits:
            self.keep(post(self.journal, RULES, draft))
        else:
            with pytest.raises(EntryRefused):
                post(self.journal, RULES, draft)

    def draft(self, move, owner, amount, **options):
        """Return a draft with an id of its own."""
        self.count += 1
        return draft_of(move, owner, amount, on=self.day, id=f"d{self.count}", **options)

    @rule(days=st.integers(0, 40))
    def wait(self, days):
        """Let days pass, and book out what has ended."""
        self.day += timedelta(days=days)
        self.keep(expire(self.journal, RULES, on=self.day))
        assert expire(self.journal, RULES, on=self.day) is self.journal

    @rule(owner=OWNERS, amount=AMOUNTS)
    def earn(self, owner, amount):
        """Earn: what exceeds 20 goes to the pool."""
        time, pool = self.balance(f"time:{owner}"), self.balance("pool:donation")
        self.tried(self.draft("earn", owner, amount), fits=True)
        stored = min(amount, max(20 - time, 0))
        assert self.balance(f"time:{owner}") == time + stored
        assert self.balance("pool:donation") == pool + amount - stored

    @rule(owner=OWNERS, amount=AMOUNTS)
    def spend(self, owner, amount):
        """Spend: never more than is there."""
        fits = self.balance(f"time:{owner}") >= amount
        self.tried(self.draft("spend", owner, amount), fits=fits)

    @rule(owner=OWNERS, other=OWNERS, amount=AMOUNTS)
    def lend(self, owner, other, amount):
        """Lend: never below -5, and not to oneself."""
        fits = owner != other and self.balance(f"debt:{owner}") - amount >= -5
        self.tried(self.draft("lend", owner, amount, other=other), fits=fits)

    @precondition(lambda self: self.entries)
    @rule(data=st.data())
    def reverse(self, data):
        """Take back any entry: allowed once, and not of a reversal."""
        name = data.draw(st.sampled_from(sorted(self.entries)))
        fits = not self.entries[name] and name not in self.entries.values()
        before = {account: self.balance(account) for account in self.journal.accounts()}
        self.count += 1
        if not fits:
            with pytest.raises(EntryRefused):
                reverse(self.journal, name, id=f"d{self.count}", on=self.day)
            return
        self.keep(reverse(self.journal, name, id=f"d{self.count}", on=self.day))
        for _, _, account, amount in [one for one in self.changes if one[1] == name]:
            before[account] -= amount
        assert all(self.balance(account) == found for account, found in before.items())
        # What it brought back may have ended meanwhile: that is booked out before anything else is taken.
        self.keep(expire(self.journal, RULES, on=self.day))

    @rule()
    def seal(self):
        """Keep a head elsewhere."""
        self.heads.append(self.journal.head())

    @invariant()
    def balances_are_those_of_the_list(self):
        """Every balance, now and on days past, is what the entries add up to; all together are nothing."""
        for account in self.journal.accounts():
            assert self.journal.balance(account) == self.balance(account)
            past = self.day - timedelta(days=30)
            assert self.journal.balance(account, on=past) == self.balance(account, past)
        assert sum(amount for *_, amount in self.changes) == 0

    @invariant()
    def numbers_have_no_gap(self):
        """Entries are numbered from 1 without a gap, and the chain holds with every head."""
        assert [entry.number for entry in self.journal] == list(range(1, len(self.journal) + 1))
        assert verify(self.journal, heads=self.heads) == ()

    @invariant()
    def no_limit_is_broken_but_by_a_reversal(self):
        """Accounts outside their limits are those a reversal brought there, and all are named."""
        outside = {
            account
            for account in self.journal.accounts()
            for least, most in [LIMITS.get(account.partition(":")[0], (None, None))]
            if (least is not None and self.balance(account) < least)
            or (most is not None and self.balance(account) > most)
        }
        assert {reason.arguments[0] for reason in out_of_limits(self.journal, RULES)} == outside
        assert not outside or any(self.entries.values())

    @invariant()
    def nothing_is_reversed_twice(self):
        """No entry is taken back by two others."""
        taken = [name for name in self.entries.values() if name]
        assert len(taken) == len(set(taken)), "double reversal"

    def teardown(self):
        """At the end the rules are kept, and the entries by themselves are the same journal."""
        if hasattr(self, "journal"):
            assert check_journal(self.journal, RULES) == ()
            assert journal_of(list(self.journal)) == self.journal
            earned = [entry for entry in self.journal if entry.move == "earn" and not entry.reverses]
            stands = [entry for entry in earned if self.journal.reversal_of(entry.id) is None]
            total = sum(lifetime(self.journal, RULES, f"time:{owner}") for owner in "ABC")
            assert total == sum(entry.amount for entry in stands)


SHORT = settings(max_examples=30, stateful_step_count=25, deadline=None)


def test_every_story_of_the_books_agrees_with_the_list():
    """Posting, expiring and taking back in any order keep balances, numbers, limits and chain (W33, S26)."""
    run_state_machine_as_test(Books, settings=SHORT)


class Careless(Books):
    """The same machine; the library has a bug planted under it, and it does not expect a refusal."""

    @precondition(lambda self: self.entries)
    @rule(data=st.data())
    def reverse(self, data):
        """Take back any entry, as often as it is let."""
        name = data.draw(st.sampled_from(sorted(self.entries)))
        self.count += 1
        with suppress(EntryRefused):
            self.keep(reverse(self.journal, name, id=f"d{self.count}", on=self.day))

    def teardown(self):
        """Only the invariants judge."""


def test_the_machine_finds_a_double_reversal(monkeypatch):
    """If posting forgot that an entry was taken back, the invariant would find it within a few stories."""
    monkeypatch.setattr(reversing, "already_reversed", lambda log, entry: None)

    with pytest.raises(AssertionError, match="double reversal"):
        run_state_machine_as_test(Careless, settings=SHORT)
