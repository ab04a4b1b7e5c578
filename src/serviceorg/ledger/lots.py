"""What came into an account and when it ends: oldest first out."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from ..basics import add_months
from .entries import Entry
from .journal import Log
from .rules import AccountRules, Expiry
from .spans import span_of

#: An expiry by its id, and the first day without what ended.
Ending = tuple[str, date]


class Flow(NamedTuple):
    """What one entry changed in an account; ``day`` decides how old it is."""

    position: int
    day: date
    change: int
    entry: Entry


class Lots(NamedTuple):
    """What is left of what came in, by day, oldest first; and what was booked out though it never ended.

    The latter, by the account it went to, is of entries that were taken back after they had ended.
    """

    left: list[tuple[date, int]]
    undue: dict[Ending, tuple[int, str]]


def account_flows(log: Log, account: str, length: int) -> tuple[list[Flow], list[Flow]]:
    """Return the changes of an account that stand, in order, and those that were taken back.

    A reversed entry and its reversal are left out of the former: the account is as if neither had been. One
    that stands in the place of another stands where that was, and is as old.
    """
    book = log.books.get(account)
    if book is None:
        return [], []
    entries, reversals = log.entries, log.reversals
    flows: list[Flow] = []
    gone: list[Flow] = []
    before, is_moved = 0, False
    for at in range(bisect_right(book.numbers, length)):
        number, now = book.numbers[at], book.running[at]
        entry = entries[number - 1]
        change, before = now - before, now
        if entry.reverses:
            continue
        first = entry
        if entry.replaces:
            first, is_moved = _original(log, entry), True
        back = reversals.get(entry.id)
        listed = flows if back is None or back.number > length else gone
        listed.append(Flow(first.number, first.on, change, entry))
    if is_moved:
        flows.sort(key=lambda flow: flow.position)
    return flows, gone


def _original(log: Log, entry: Entry) -> Entry:
    """Return the first of a chain of entries of which each stands in the place of the one before."""
    while entry.replaces:
        earlier = log.ids.get(entry.replaces)
        if earlier is None or earlier.number >= entry.number:
            break
        entry = earlier
    return entry


def lots_of(rules: AccountRules, log: Log, account: str, *, length: int, joined: date | None = None) -> Lots:
    """Return what is left of each amount that came in, in ten-thousandths.

    What goes out takes from the oldest, but what is booked out because it ended takes just that. A debt is
    paid by what comes in after it.
    """
    return _replayed(rules, log, account, length=length, joined=joined).lots()


def newest_ended(rules: AccountRules, log: Log, account: str, *, on: date) -> int:
    """Return what has ended before a day and is still there, in the whole log; anniversaries aside.

    For who posts: what was worked out is kept from draft to draft.
    """
    book = log.books.get(account)
    if book is None:
        return 0
    key = ("lots", account)
    kept: tuple[AccountRules, int, _Replay] | None = log.kept.get(key)
    replay, count, start = None, len(book.numbers), 0
    if kept is not None and kept[0] is rules:
        _, start, replay = kept
        for at in range(start, count):
            entry = log.entries[book.numbers[at] - 1]
            if entry.reverses or entry.replaces or entry.move in rules.endings:
                replay = None  # it changes what was before
                break
            change = book.running[at] - (book.running[at - 1] if at else 0)
            if change > 0:
                replay.bring(entry.on, change)
            else:
                replay.take(-change, entry.on)
    if replay is None:
        replay = _replayed(rules, log, account, length=len(log.entries), joined=None)
    log.kept[key] = (rules, count, replay)
    return replay.ended(on)


def _replayed(rules: AccountRules, log: Log, account: str, *, length: int, joined: date | None) -> "_Replay":
    flows, gone = account_flows(log, account, length)
    booked = _booked_out(rules, account, flows)
    replay = _Replay(rules, account, joined)
    replay.taken_back = sum(flow.change for flow in gone if flow.change > 0)
    for flow in flows:
        if _is_ending(rules, flow.entry, account):
            ending = (flow.entry.move, flow.entry.occurred_on)
            # All that is booked of it at once: what came back of it, or was added to it, is no new event.
            replay.end(ending, booked.pop(ending, 0), flow.day, flow.entry.raw[1][0])
        elif flow.change > 0:
            replay.bring(flow.day, flow.change)
        else:
            replay.take(-flow.change, flow.day)
    return replay


class _Replay:
    """The lots of an account while its entries go by."""

    def __init__(self, rules: AccountRules, account: str, joined: date | None) -> None:
        self.rules, self.kind, self.joined = rules, account.partition(":")[0], joined
        self.left: list[tuple[date, int, date | None]] = []  # since when, how much, its last day
        self.undue: dict[Ending, tuple[int, str]] = {}
        self.first = self.debt = self.taken_back = 0  # the lots before the first are used up

    def lots(self) -> Lots:
        """Return what is left."""
        return Lots([(day, units) for day, units, _ in self.left[self.first :] if units], self.undue)

    def ended(self, on: date) -> int:
        """Return how much of it has ended before a day."""
        is_one = _is_one(self.rules, self.kind)
        total = 0
        for at in range(self.first, len(self.left)):
            _, units, last = self.left[at]
            if last is not None and last < on:
                total += units
            elif is_one and units:
                break
        return total

    def bring(self, day: date, units: int) -> None:
        """Add what came in; it pays what is owed first."""
        paid = min(self.debt, units)
        self.debt -= paid
        if units > paid:
            self.left.append((day, units - paid, self._last_day(day)))

    def take(self, units: int, on: date) -> None:
        """Take from the oldest, of what has ended only where nothing else is left; the rest is owed."""
        left = self.left
        while self.first < len(left) and not left[self.first][1]:
            self.first += 1
        for is_ended in (False, True):
            at = self.first
            while units and at < len(left):
                day, lot, last = left[at]
                if lot and (last is not None and last < on) is is_ended:
                    took = min(lot, units)
                    units -= took
                    left[at] = (day, lot - took, last)
                at += 1
        self.debt += units

    def end(self, ending: Ending, units: int, on: date, target: str) -> None:
        """Take what ended; note what was booked out of entries that were taken back since."""
        rest = []
        for day, lot, last in self.left[self.first :]:
            took = min(lot, units) if units > 0 and self._meets(ending, day) else 0
            units -= took
            if lot > took:
                rest.append((day, lot - took, last))
        self.left, self.first = rest, 0
        if units > 0:
            # No more than was taken back: a gap for another reason, such as other rules, stays a gap.
            wrong = min(units, self.taken_back)
            if wrong:
                self.taken_back -= wrong
                self.undue[ending] = wrong, target
            self.take(units - wrong, on)

    def _last_day(self, day: date) -> date | None:
        expiry = self.rules.expiry_of(self.kind, on=day)
        if expiry is None:
            return None
        return last_day(expiry, day, first_month=self.rules.first_month, joined=self.joined)

    def _meets(self, ending: Ending, day: date) -> bool:
        """Return whether what came in on a day ended so."""
        expiry = self.rules.expiry_of(self.kind, on=day)
        if expiry is None or expiry.id != ending[0]:
            return False
        if expiry.ends == "anniversary" and self.joined is None:
            return day < ending[1]
        last = last_day(expiry, day, first_month=self.rules.first_month, joined=self.joined)
        return last is not None and last + timedelta(days=1) == ending[1]


def _is_one(rules: AccountRules, kind: str) -> bool:
    """Return whether one rule holds for all that is in accounts of a kind: then the oldest ends first."""
    return sum(expiry.account == kind for expiry in rules.expiries) == 1


def _is_ending(rules: AccountRules, entry: Entry, account: str) -> bool:
    """Return whether an entry books out of (or back into) an account what ended there."""
    if entry.move not in rules.endings:
        return False
    kind = account.partition(":")[0]
    return any(expiry.id == entry.move and expiry.account == kind for expiry in rules.expiries)


def _booked_out(rules: AccountRules, account: str, flows: Iterable[Flow]) -> dict[Ending, int]:
    """Return what each expiry took in all, less what came back of it."""
    found: dict[Ending, int] = {}
    for flow in flows:
        if _is_ending(rules, flow.entry, account):
            ending = (flow.entry.move, flow.entry.occurred_on)
            found[ending] = found.get(ending, 0) - flow.change
    return found


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
    rules: AccountRules, account: str, lots: Lots, *, on: date, joined: date | None = None
) -> list[tuple[date, int, Expiry]]:
    """Return what has ended before a day and is still there: (first day without it, amount, by which rule).

    An amount ends by the rule that was in force when it came in.
    """
    kind = account.partition(":")[0]
    is_one = _is_one(rules, kind)
    ended: dict[tuple[date, str], tuple[int, Expiry]] = {}
    for day, units in lots.left:
        expiry = rules.expiry_of(kind, on=day)
        last = None
        if expiry is not None:
            last = last_day(expiry, day, first_month=rules.first_month, joined=joined)
        if last is not None and last < on and expiry is not None:
            key = (last + timedelta(days=1), expiry.id)
            ended[key] = (ended.get(key, (0, expiry))[0] + units, expiry)
        elif is_one and expiry is not None:
            break
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
        total += gained(entry.raw, account)
    return total


def gained(raw: tuple[tuple[str, str, int], ...], account: str) -> int:
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
