"""What came into an account and when it ends: oldest first out."""

from bisect import bisect_right
from collections import deque
from datetime import date, timedelta

from ..basics import add_months
from .journal import Log
from .rules import AccountRules, Expiry
from .spans import span_of


def account_flows(log: Log, account: str, length: int) -> list[tuple[date, int, int]]:
    """Return (day booked, change, number) of an account, without what was taken back and what took it back.

    A reversed entry and its reversal are both left out: the account is as if neither had been.
    """
    book = log.books.get(account)
    if book is None:
        return []
    entries, reversals = log.entries, log.reversals
    flows, before = [], 0
    for at in range(bisect_right(book.numbers, length)):
        number, now = book.numbers[at], book.running[at]
        entry = entries[number - 1]
        back = reversals.get(entry.id)
        if not entry.reverses and (back is None or back.number > length):
            flows.append((entry.on, now - before, number))
        before = now
    return flows


def lots_of(log: Log, account: str, length: int) -> list[tuple[date, int]]:
    """Return what is left of each amount that came in: (day booked, ten-thousandths), oldest first.

    What goes out takes from the oldest. A debt is paid by what comes in after it.
    """
    left: deque[tuple[date, int]] = deque()
    debt = 0
    for day, change, _ in account_flows(log, account, length):
        if change > 0:
            paid = min(debt, change)
            debt -= paid
            if change > paid:
                left.append((day, change - paid))
            continue
        out = -change
        while out and left:
            since, lot = left[0]
            if lot > out:
                left[0] = (since, lot - out)
                out = 0
            else:
                left.popleft()
                out -= lot
        debt += out
    return list(left)


def last_day(expiry: Expiry, day: date, *, first_month: int, joined: date | None) -> date | None:
    """Return the last day on which what came in on ``day`` still counts; None if it never ends.

    With "anniversary" it is the day before the owner's next anniversary; nothing ends of an owner whose day
    of joining is not known.
    """
    if expiry.ends == "never" or (expiry.ends == "anniversary" and joined is None):
        return None
    if expiry.ends == "months":
        return add_months(day, expiry.months)
    if expiry.ends != "anniversary":
        return span_of(expiry.ends, day, first_month)[1]
    assert joined is not None
    years = max(day.year - joined.year, 0)
    while add_months(joined, 12 * years) <= day:
        years += 1
    return add_months(joined, 12 * years) - timedelta(days=1)


def ended_lots(
    rules: AccountRules,
    log: Log,
    account: str,
    *,
    length: int,
    on: date,
    joined: date | None = None,
) -> list[tuple[date, int, Expiry]]:
    """Return what has ended before a day and is still there: (first day without it, amount, by which rule).

    An amount ends by the rule that was in force when it came in.
    """
    kind = account.partition(":")[0]
    ended: dict[tuple[date, str], tuple[int, Expiry]] = {}
    for day, units in lots_of(log, account, length):
        expiry = rules.expiry_of(kind, on=day)
        last = None
        if expiry is not None:
            last = last_day(expiry, day, first_month=rules.first_month, joined=joined)
        if last is not None and last < on and expiry is not None:
            key = (last + timedelta(days=1), expiry.id)
            ended[key] = (ended.get(key, (0, expiry))[0] + units, expiry)
    return [(due, units, expiry) for (due, _), (units, expiry) in sorted(ended.items())]


def earned_units(rules: AccountRules, log: Log, account: str, *, length: int) -> int:
    """Return all ever earned for an account: with what flowed over its limit, without what was taken back."""
    book = log.books.get(account)
    if book is None:
        return 0
    total = 0
    earning = rules.earning
    for at in range(bisect_right(book.numbers, length)):
        entry = log.entries[book.numbers[at] - 1]
        back = log.reversals.get(entry.id)
        if entry.reverses or entry.move not in earning or (back is not None and back.number <= length):
            continue
        total += _gained(entry.raw, account)
    return total


def _gained(raw: tuple[tuple[str, str, int], ...], account: str) -> int:
    """Return what an account was given by an entry, before anything flowed over.

    Legs come in groups that add up to nothing: the giver, the taker, and what flowed over.
    """
    gained = rest = given = 0
    for name, _, units in raw:
        if not rest:
            given = -units
        elif rest == -given and name == account:  # the leg right after the giver's
            gained += given
        rest += units
    return gained
