import pickle
from datetime import date
from decimal import Decimal

import pytest

from serviceorg.basics import Label
from serviceorg.errors import AmountError, EntryRefused, LedgerProblems, NotInForceError, UnknownIdError
from serviceorg.facts import Fact
from serviceorg.ledger import (
    AccountKind,
    AccountRules,
    Also,
    Asset,
    Journal,
    Move,
    check_journal,
    drafts_of,
    lifetime,
    out_of_limits,
    post,
    post_facts,
    reverse,
)
from tests.ledger.accounts import FIRST, RULES, draft_of, kind_of, move_of, posted, rules_of

OLD, NEW = date(2024, 6, 30), date(2024, 7, 1)
CHANGED = rules_of(
    accounts=[
        kind_of("points", most=Decimal(100), until=OLD),
        kind_of("points", most=Decimal(60), since=NEW),
    ],
    moves=[
        move_of("award", least=Decimal(5), until=OLD),
        move_of("award", least=Decimal(10), since=NEW),
        move_of("redeem", until=OLD),
    ],
)


def refused(draft, journal=None):
    """Return the codes a draft is refused with under the changed rules."""
    with pytest.raises(EntryRefused) as caught:
        post(Journal() if journal is None else journal, CHANGED, draft)
    return caught.value.codes


def test_a_move_is_judged_by_the_rules_of_its_day():
    """The least award was 5 until June and is 10 from July; a late entry about June goes by June's rule."""
    june, july = draft_of("award", "A", 5, on=OLD), draft_of("award", "A", 5, on=NEW)
    late = draft_of("award", "A", 5, on=NEW, occurred_on=OLD, id="late")

    assert posted(june, rules=CHANGED).balance("points:A") == 5
    assert refused(july) == ("amount-least",)
    assert posted(late, rules=CHANGED).balance("points:A") == 5


def test_an_account_is_limited_by_the_rules_of_the_day_it_is_booked():
    """A cap of 60 from July refuses more, names who is above it already, and takes nothing from them."""
    journal = posted(draft_of("award", "A", 90, on=OLD), rules=CHANGED)

    assert refused(draft_of("award", "A", 10, on=NEW), journal) == ("limit-most",)
    assert journal.balance("points:A", on=NEW) == 90
    assert [reason.code for reason in out_of_limits(journal, CHANGED, on=NEW)] == ["above-most"]
    assert out_of_limits(journal, CHANGED, on=OLD) == ()


def test_who_is_above_a_lowered_cap_stores_nothing_more():
    """With 90 in store and a cap lowered to 60, new hours go to the pool, and the 90 stay (trap 42)."""
    rules = rules_of(
        accounts=[
            kind_of("time", most=Decimal(100), until=OLD),
            kind_of("time", most=Decimal(60), since=NEW),
        ]
    )

    journal = posted(draft_of("earn", "A", 90, on=OLD), draft_of("earn", "A", 5, on=NEW), rules=rules)

    assert (journal.balance("time:A"), journal.balance("pool:donation")) == (90, 5)


def test_a_move_that_has_ended_is_refused():
    """After its last day nobody can make a move."""
    journal = posted(draft_of("award", "A", 90, on=OLD), rules=CHANGED)

    assert refused(draft_of("redeem", "A", 1, on=NEW), journal) == ("not-in-force",)


def test_an_entry_of_a_move_that_has_ended_can_be_taken_back():
    """A correction goes by the entry, not by today's rules (W33)."""
    journal = posted(
        draft_of("award", "A", 9, on=OLD), draft_of("redeem", "A", 5, on=OLD, id="r"), rules=CHANGED
    )

    after = reverse(journal, "r", id="back", on=NEW)

    assert after.balance("points:A") == 9
    assert check_journal(after, CHANGED) == ()


def test_rules_answer_by_name_and_day():
    """Assets, accounts and moves are found by id; what is not there is told with what is."""
    assert CHANGED.account_kind("points:A", on=NEW).most == 60
    assert CHANGED.move("award", on=OLD).least == 5
    assert CHANGED.asset("hours").scale == 2
    with pytest.raises(NotInForceError, match="no version of the move 'redeem' is in force on 2024-07-01"):
        CHANGED.move("redeem", on=NEW)
    with pytest.raises(UnknownIdError, match="Did you mean 'award'"):
        CHANGED.move("awards", on=NEW)
    with pytest.raises(UnknownIdError, match="there is no asset 'gold'"):
        CHANGED.asset("gold")


def test_rules_travel():
    """Rules that were used already compare equal and go through pickle."""
    posted(draft_of("award", "A", 5, on=OLD), rules=CHANGED)

    assert pickle.loads(pickle.dumps(CHANGED)) == CHANGED


def test_rules_hold_no_binary_floats():
    """A limit of 0.1 written as a float is refused where it is written."""
    with pytest.raises(AmountError, match="a binary float is not exact"):
        AccountKind(id="a", owner="member", asset="hours", most=0.1)


def test_rules_know_their_words():
    """A word that means nothing is refused where the rules are made, with the nearest guess."""
    with pytest.raises(LedgerProblems, match=r"Move 'x', kind: unknown word 'erning'; .* mean 'earn'\?"):
        Move(id="x", kind="erning", source_account="a:b", target_account="c")


COINS = AccountRules(
    id="test/coins",
    title=Label(en="Coins"),
    assets=(Asset(id="hours", scale=2), Asset(id="coins", scale=2)),
    accounts=(
        AccountKind(id="hours", owner="member", asset="hours"),
        AccountKind(id="coins", owner="member", asset="coins"),
        AccountKind(id="served", owner="place", asset="hours", places=("all",), least=None),
        AccountKind(id="mint", owner="place", asset="coins", places=("all",), least=None),
    ),
    moves=(
        Move(
            id="serve",
            kind="earn",
            source_account="served:all",
            target_account="hours",
            fact="service",
            where={"complaint": (False,)},
            also=(Also(source_account="mint:all", target_account="coins", rate=Decimal(6)),),
        ),
        Move(
            id="welcome",
            kind="grant",
            source_account="mint:all",
            target_account="coins",
            fact="joined",
            amount=Decimal(5),
        ),
        Move(
            id="minutes",
            kind="earn",
            source_account="mint:all",
            target_account="coins",
            fact="minutes",
            rate=Decimal("0.25"),
        ),
    ),
)


def service(name, amount, on=FIRST, *, complaint=False, **options):
    """Return a fact of service."""
    return Fact(
        id=name,
        subject="A",
        kind="service",
        on=on,
        amount=amount,
        attributes={"complaint": complaint},
        **options,
    )


def test_facts_become_entries_once():
    """1 h is 6 coins; a service with a complaint brings nothing; told twice they are booked once (row 57)."""
    facts = [
        service("f1", "1.5", evidence="sheet 1", recorded_by="clerk"),
        service("f2", 2, complaint=True),
        Fact(id="f3", subject="A", kind="joined", on=FIRST),
        Fact(id="f4", subject="A", kind="minutes", on=FIRST, amount=10),
        Fact(id="f5", subject="A", kind="visit", on=FIRST),
    ]

    journal = post_facts(Journal(), COINS, facts)

    # 1.5 x 6 + 5 + 10 x 0.25 = 16.5
    assert (journal.balance("hours:A"), journal.balance("coins:A")) == (Decimal("1.5"), Decimal("16.5"))
    assert {entry.fact for entry in journal} == {"f1", "f3", "f4"}
    assert journal.entry("serve/f1").evidence == "sheet 1"
    assert post_facts(journal, COINS, facts) == journal


def test_a_fact_that_takes_back_another_reverses_its_entries():
    """What was recorded by mistake is taken back from every account it fed (W33, 红字更正)."""
    journal = post_facts(Journal(), COINS, [service("f1", 2)])
    back = Fact(id="f9", subject="A", kind="service", on=date(2024, 4, 1), reverses="f1")

    after = post_facts(journal, COINS, [back])

    assert (after.balance("hours:A"), after.balance("coins:A")) == (0, 0)
    assert after.last.reverses == "serve/f1"
    assert post_facts(after, COINS, [back]) == after


def test_facts_may_come_in_any_order():
    """A fact and the one that takes it back cancel out, whichever is told first; no amount books nothing."""
    back = Fact(id="a", subject="A", kind="service", on=FIRST, reverses="f1")

    journal = post_facts(Journal(), COINS, [back, service("f1", 2), service("f0", 0)])

    assert [entry.id for entry in journal] == ["serve/f1", "serve/a"]
    assert journal.balance("coins:A") == 0


def test_a_late_fact_is_booked_when_it_was_recorded():
    """What happened in March and was entered in April is booked in April and says March."""
    (draft,) = drafts_of(COINS, service("f1", 2, recorded_on=date(2024, 4, 2)))

    assert (draft.on, draft.occurred_on) == (date(2024, 4, 2), FIRST)


def test_facts_of_a_member_may_feed_a_household():
    """With a table of households the hours of two members come into one account (row 58, S27)."""
    facts = [
        service("f1", 2),
        Fact(id="f2", subject="B", kind="service", on=FIRST, amount=3, attributes={"complaint": False}),
    ]

    journal = post_facts(Journal(), COINS, facts, owner_of={"A": "H1", "B": "H1"}.__getitem__)

    assert journal.balance("hours:H1") == 5


def test_a_member_who_leaves_takes_what_was_agreed():
    """What a household was given stays when a member leaves, but for what is moved on purpose (trap 30)."""
    journal = posted(draft_of("earn", "A", 8), draft_of("earn", "B", 4))
    journal = post(journal, RULES, draft_of("to-home", "A", 8, other="H1"))
    journal = post(journal, RULES, draft_of("to-home", "B", 4, other="H1"))

    journal = post(journal, RULES, draft_of("leave-home", "H1", 3, other="A"))

    assert (journal.balance("home:H1"), journal.balance("time:A"), journal.balance("time:B")) == (9, 3, 0)
    assert lifetime(journal, RULES, "time:A") == 8
    with pytest.raises(EntryRefused, match="home:H1 holds 9; 10 less"):
        post(journal, RULES, draft_of("leave-home", "H1", 10, other="B"))


def test_inherited_time_was_not_earned():
    """Time handed on or inherited can be spent, and counts for nobody's stars (trap 30)."""
    journal = posted(draft_of("earn", "A", 8), draft_of("hand-on", "A", 8, other="B"))

    assert journal.balance("time:B") == 8
    assert (lifetime(journal, RULES, "time:A"), lifetime(journal, RULES, "time:B")) == (8, 0)
    assert post(journal, RULES, draft_of("spend", "B", 8)).balance("time:B") == 0
