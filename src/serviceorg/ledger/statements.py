"""Reading the book: statements with running balances, lifetime amounts, accounts outside their limits."""

from bisect import bisect_right
from datetime import date, timedelta
from decimal import Decimal

import attrs

from ..basics import Label, Period
from ..errors import NotInForceError, PeriodError, UnknownIdError
from ..model.days import a_day
from ..reasons import Reason
from .entries import Entry, amount_of
from .journal import Journal
from .lots import earned_units
from .overflows import overflow_of
from .plans import units_of_number
from .rules import AccountRules, Expiry, Move, holds
from .sentences import explain_reason


@attrs.frozen
class Line:
    """One line of a statement: the entry, what it changed, the balance after it, and who took it back."""

    entry: Entry
    account: str
    amount: Decimal
    balance: Decimal
    reversed_by: Entry | None = None

    @property
    def reason(self) -> Reason:
        """Why the balance changed: the move, its day, where it came from, and what flowed over."""
        return self.reason_by(None)

    def reason_by(self, rules: AccountRules | None) -> Reason:
        """Return the same with the title the rules give to the move, where they have one."""
        entry = self.entry
        shown = (entry.on, _titled(rules, entry), self.amount, self.balance, entry.number)
        children = [
            Reason("overflowed", (amount_of(units), account))
            for account, units in ([] if entry.reverses else overflow_of(entry.raw, self.account))
        ]
        if entry.replaces:
            children.append(Reason("in-place", (entry.replaces,)))
        if entry.occurred_on != entry.on:
            children.append(Reason("occurred", (entry.occurred_on,)))
        for code, text in (
            ("from-fact", entry.fact),
            ("with-evidence", entry.evidence),
            ("memo", entry.memo),
        ):
            if text:
                children.append(Reason(code, (text,)))
        if entry.reverses:
            return Reason("line-reversal", (*shown, entry.reverses), tuple(children))
        if self.reversed_by is not None:
            return Reason("line-reversed", (*shown, self.reversed_by.number), tuple(children))
        return Reason("line", shown, tuple(children))


def _titled(rules: AccountRules | None, entry: Entry) -> Label | str:
    """Return the title of an entry's move as of the day it is about, its id where there is none."""
    known: tuple[Move | Expiry, ...] = () if rules is None else (*rules.moves, *rules.expiries)
    for one in known:
        if one.id == entry.move and holds(one, entry.occurred_on) and str(one.title):
            return one.title
    return entry.move


@attrs.frozen(kw_only=True)
class Statement:
    """An account over a period (对账单): from the opening balance line by line to the closing one."""

    account: str
    period: Period
    opening: Decimal
    lines: tuple[Line, ...]
    closing: Decimal

    @property
    def reason(self) -> Reason:
        """Why the closing balance is what it is: every line is a child."""
        return self.reason_by(None)

    def reason_by(self, rules: AccountRules | None) -> Reason:
        """Return the same with the titles the rules give to moves."""
        period = self.period
        shown = (self.account, period.start, period.end, self.opening, self.closing)
        return Reason("statement", shown, tuple(line.reason_by(rules) for line in self.lines))


def statement(journal: Journal, account: str, period: Period) -> Statement:
    """Return an account's statement over a period, by the days of booking; both ends are included.

    Raises:
        PeriodError: If it is no period.
    """
    if not isinstance(period, Period):
        raise PeriodError(f"found {period!r}; allowed is a period like Year(2024) or Month(2024, 7)")
    log = journal.log
    before = journal.count(period.start - timedelta(days=1))
    through = journal.count(period.end)
    book = log.books.get(account)
    numbers, running = (book.numbers, book.running) if book else ((), ())
    first, last = bisect_right(numbers, before), bisect_right(numbers, through)
    balance = opening = running[first - 1] if first else 0
    lines = []
    for at in range(first, last):
        entry = log.entries[numbers[at] - 1]
        change, balance = running[at] - balance, running[at]
        lines.append(
            Line(entry, account, amount_of(change), amount_of(balance), journal.reversal_of(entry.id))
        )
    return Statement(
        account=account,
        period=period,
        opening=amount_of(opening),
        lines=tuple(lines),
        closing=amount_of(balance),
    )


def lifetime(journal: Journal, rules: AccountRules, account: str, *, on: date | None = None) -> Decimal:
    """Return all that was ever earned for an account by the end of a day: no spending or expiry lowers it.

    Moves of the kinds earn, grant and settle count, with what flowed over a limit; what was taken back by
    then does not. Stars and titles that stay after redemption are reckoned from this.
    """
    return amount_of(earned_units(rules, journal.log, account, length=journal.count(on)))


def out_of_limits(journal: Journal, rules: AccountRules, *, on: date | None = None) -> tuple[Reason, ...]:
    """Return the accounts that are outside their limits, sorted: after a reversal, or a change of rules.

    ``on`` is the day the balances are looked at, by default the last entry's.
    """
    if not len(journal):
        return ()
    day = journal.last.on if on is None else a_day(on)
    found = []
    for account in journal.accounts():
        balance = journal.units(account, on=day)
        try:
            kind = rules.account_kind(account, on=day)
        except (UnknownIdError, NotInForceError):
            continue  # an account that is no longer kept has no limit
        least, most = units_of_number(kind.least), units_of_number(kind.most)
        if least is not None and balance < least:
            found.append(Reason("below-least", (account, amount_of(balance), kind.least), source=kind.source))
        if most is not None and balance > most:
            found.append(Reason("above-most", (account, amount_of(balance), kind.most), source=kind.source))
    return tuple(found)


def explain(told: Statement | Line | Reason, *, lang: str = "en", rules: AccountRules | None = None) -> str:
    """Return a statement, a line of one, or a reason as sentences in "en" or "zh".

    With ``rules`` the lines have the titles of moves instead of their ids.
    """
    return explain_reason(told if isinstance(told, Reason) else told.reason_by(rules), lang=lang)
