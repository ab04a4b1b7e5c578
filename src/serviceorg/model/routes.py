"""The ways of facts and amounts through changes: to whom they go, and what ends with its unit."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import attrs

from ..facts import Fact
from .days import ONE_DAY, ended
from .lineage import changes_ahead, keeper
from .records import Change
from .snapshot import Snapshot


def divided(amount: int, weights: Sequence[Fraction]) -> list[int]:
    """Return a whole number in parts by weight that add up to it; the largest remainders get what is over.

    Equal remainders go by position. Weights that are all 0 are equal weights.

    >>> divided(10, [Fraction(1), Fraction(1), Fraction(1)])
    [4, 3, 3]
    """
    whole, size = sum(weights), abs(amount)
    shares = [Fraction(1, len(weights))] * len(weights) if not whole else [one / whole for one in weights]
    parts = [int(size * share) for share in shares]
    rests = sorted(range(len(parts)), key=lambda at: (parts[at] - size * shares[at], at))
    for at in rests[: size - sum(parts)]:
        parts[at] += 1
    return parts if amount == size else [-part for part in parts]


@attrs.frozen
class Route:
    """Where something goes: amounts by heir, and what ended on the way."""

    parts: dict[str, int]
    ended: tuple[tuple[str, Change, int], ...] = ()


#: From a unit and the position of its next change: whom something reaches, or the change it ends with there.
Ways = dict[tuple[str, int], tuple[str, Change | None] | None]


def _day(change: Change) -> date:
    return change.on


def _moment(change: Change) -> tuple[date, str]:
    return change.on, change.id


class Routes:
    """The changes up to a day, by the units they began with."""

    def __init__(self, snapshot: Snapshot, on: date, *, sums: bool = False) -> None:
        self._snapshot, self._sums = snapshot, sums
        self.touched: dict[str, list[Change]] = {}
        self._ahead: dict[tuple[str, date], list[Change]] = {}
        self._ways: tuple[Ways, Ways] = ({}, {})
        for change in sorted(snapshot.changes, key=lambda change: (change.on, change.id)):
            if change.on <= on:
                for unit in dict.fromkeys(change.before):
                    self.touched.setdefault(unit, []).append(change)

    def of(self, fact: Fact, *, whole: bool) -> Route:
        """Return where a fact goes; what has no amount, or one of 0, is not divided."""
        return self.route(fact.subject, fact.on, fact.units, whole=whole or not fact.units)

    def route(self, unit: str, held: date | None, amount: int, *, whole: bool) -> Route:
        """Return where an amount goes that a unit had on a day."""
        last = self._last_day(unit)
        # Who still writes down an old unit's name after its end means what it has become.
        since = last if held is None else min(held, last)
        way = self._way(unit, since, whole=whole)
        if way is not None:
            heir, end = way
            return Route({heir: amount}) if end is None else Route({}, ((heir, end, amount),))
        parts, gone = {unit: amount}, []
        for change in self._changes(unit, since):
            for old in dict.fromkeys(change.before):
                if old not in parts:
                    continue
                if not self._passes(change):
                    if old not in change.after:
                        gone.append((old, change, parts.pop(old)))
                    continue
                amount = parts.pop(old)
                for heir, part in _split(change, old, amount, whole=whole):
                    parts[heir] = parts.get(heir, 0) + part
        return Route(parts, tuple(gone))

    def _passes(self, change: Change) -> bool:
        return bool(change.after) and (self._sums or change.points != "stay")

    def _way(self, unit: str, since: date, *, whole: bool) -> tuple[str, Change | None] | None:
        """Return where something goes that nothing divides: to whom, or with whom it ended by which change.

        None where it is divided on the way. Every step is kept: thousands of units may go the same way.
        """
        known, touched = self._ways[whole], self.touched
        at = bisect_right(touched.get(unit, ()), since, key=_day)
        steps = []
        while (unit, at) not in known:
            steps.append((unit, at))
            changes = touched.get(unit, ())
            if at >= len(changes):
                known[unit, at] = unit, None
                break
            change = changes[at]
            if not self._passes(change) and unit not in change.after:
                known[unit, at] = unit, change
            elif self._passes(change) and not whole and len(change.after) > 1:
                known[unit, at] = None
            elif self._passes(change):
                unit = keeper(change, unit) if whole else change.after[0]
                at = bisect_right(touched.get(unit, ()), _moment(change), key=_moment)
            else:
                at += 1
        found = known[unit, at]
        known.update(dict.fromkeys(steps, found))
        return found

    def _changes(self, unit: str, since: date) -> list[Change]:
        """Return the changes that what a unit had on a day may meet, in order."""
        key = (unit, since)
        if key not in self._ahead:
            self._ahead[key] = changes_ahead(self.touched, unit, held=since, on=date.max)
        return self._ahead[key]

    def _last_day(self, unit: str) -> date:
        record = self._snapshot.units.get(unit)
        if record is not None and record.until is not None:
            return ended(record)
        ends = [change.on for change in self.touched.get(unit, ()) if unit not in change.after]
        return ends[-1] - ONE_DAY if ends else date.max


def _split(change: Change, old: str, amount: int, *, whole: bool) -> list[tuple[str, int]]:
    """Return the parts of an amount of a unit before a change, by heir."""
    after = change.after
    if whole:
        return [(keeper(change, old), amount)]
    if len(after) == 1:
        return [(after[0], amount)]
    given = len(change.shares) == len(after)
    shares = [Fraction(share) for share in change.shares] if given else [Fraction(1)] * len(after)
    # Who gets nothing of an amount is no heir of it.
    parts = zip(after, divided(amount, shares), strict=True)
    return [(heir, part) for heir, part in parts if part or not amount]
