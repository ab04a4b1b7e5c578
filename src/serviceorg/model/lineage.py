"""What units became, and what they came from: changes followed forwards and backwards."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from heapq import heappop, heappush

from .days import ONE_DAY, ended, holds
from .records import Change, Unit


class Lineage:
    """Changes by the units they end and by those they make, in order of time."""

    def __init__(self, changes: Iterable[Change], units: Mapping[str, Unit]) -> None:
        self._units = units
        self._from: dict[str, list[Change]] = {}
        self._into: dict[str, list[Change]] = {}
        self.days: set[date] = set()
        for change in sorted(changes, key=lambda change: (change.on, change.id)):
            self.days.add(change.on)
            for unit in dict.fromkeys(change.before):
                self._from.setdefault(unit, []).append(change)
            for unit in dict.fromkeys(change.after):
                self._into.setdefault(unit, []).append(change)

    @property
    def ended(self) -> Iterable[str]:
        """Every unit that a change began with."""
        return self._from.keys()

    @property
    def concerned(self) -> set[str]:
        """Every unit that a change began or ended with."""
        return self._from.keys() | self._into.keys()

    def heirs(self, unit: str, on: date) -> tuple[str, ...]:
        """Return what a unit has become by a day, in the order of its changes: itself while it lives."""
        found: list[str] = []
        seen = set()
        todo = [unit]
        while todo:
            one = todo.pop()
            if one in seen:
                continue
            seen.add(one)
            if self.lives(one, on):
                found.append(one)
                continue
            end = self.end_of(one, on)
            if end is not None:
                todo += end.after[::-1]
        return tuple(found)

    def ticket_heir(self, unit: str, on: date, known: dict[str, str] | None = None) -> str:
        """Return the living unit to which open tickets of a unit have passed by a day; "" for none.

        ``known`` keeps the answers for many questions about one day.
        """
        known = {} if known is None else known
        seen: dict[str, None] = {}
        while unit and unit not in seen and unit not in known and not self.lives(unit, on):
            seen[unit] = None
            end = self.end_of(unit, on)
            unit = "" if end is None else keeper(end, unit)
        heir = known.get(unit, unit if self.lives(unit, on) else "")
        known.update(dict.fromkeys(seen, heir))
        return heir

    def ancestors(self, unit: str, on: date) -> tuple[str, ...]:
        """Return the units that passed into a unit by a day, itself included, sorted."""
        return tuple(sorted(flowed_into(self._into, unit, on)))

    def inheritance(self, unit: str, on: date, held: date | None) -> tuple[tuple[str, Fraction], ...]:
        """Return who has what share on a day of what the unit had on the day ``held``; see ``Snapshot``."""
        if held is None:
            record = self._units.get(unit)
            held = on if record is None else min(on, ended(record))
        parts = {unit: Fraction(1)}
        for change in changes_ahead(self._from, unit, held=held, on=on):
            given = {old: parts.pop(old) for old in dict.fromkeys(change.before) if old in parts}
            for part in given.values():
                for heir, share in _divided(change):
                    parts[heir] = parts.get(heir, Fraction(0)) + part * share
        return tuple(sorted((heir, part) for heir, part in parts.items() if part and self.lives(heir, on)))

    def end_of(self, unit: str, on: date) -> Change | None:
        """Return the last change by a day that the unit did not outlive; None if it ended without one."""
        for change in reversed(self._from.get(unit, ())):
            if change.on <= on and unit not in change.after:
                return change
        return None

    def became(self, old: str, new: str, on: date) -> bool:
        """Return whether a unit is what another became, by a day or in part on that very day."""
        return any(c.on == on and new in c.after for c in self._from.get(old, ())) or (
            old in self._from and not self.lives(old, on) and new in self.heirs(old, on)
        )

    def lives(self, unit: str, on: date) -> bool:
        """Return whether a unit is there on a day."""
        record = self._units.get(unit)
        return record is not None and holds(record, on)


def keeper(change: Change, unit: str) -> str:
    """Return who has, after a change, what of a unit before it cannot be divided; "" for nobody.

    A unit that lives on keeps it; else it goes to the unit that open tickets pass to.
    """
    if unit in change.after:
        return unit
    return change.tickets or (change.after[0] if change.after else "")


def changes_ahead(
    changes: Mapping[str, Sequence[Change]], unit: str, *, held: date, on: date
) -> list[Change]:
    """Return the changes that what a unit had on a day may meet by another, in order.

    ``changes`` are by the units they begin with. Those of an heir count from the first day on which
    anything reached it, whichever way: the earliest are gone first.
    """
    found: dict[str, Change] = {}
    seen: set[str] = set()
    todo = [(held, unit)]
    while todo:
        since, one = heappop(todo)
        if one in seen:
            continue
        seen.add(one)
        for change in changes.get(one, ()):
            if since < change.on <= on and change.id not in found:
                found[change.id] = change
                for heir in {*change.after, change.tickets} - {""}:
                    heappush(todo, (change.on - ONE_DAY, heir))
    return sorted(found.values(), key=lambda change: (change.on, change.id))


def flowed_into(changes: Mapping[str, Sequence[Change]], unit: str, on: date) -> dict[str, date]:
    """Return the units that passed into a unit by a day, itself included, each with the last day it could.

    ``changes`` are by the units they end with. A unit may lead there more than once: the latest way counts,
    as all that had come to it before went along.
    """
    found: dict[str, date] = {}
    todo = [(unit, on)]
    while todo:
        one, by = todo.pop()
        if one in found and by <= found[one]:
            continue
        found[one] = by
        todo += [
            (old, change.on) for change in changes.get(one, ()) if change.on <= by for old in change.before
        ]
    return found


def _divided(change: Change) -> list[tuple[str, Fraction]]:
    """Return each unit after a change with its share, in equal parts unless shares are given."""
    after = change.after
    if not after:
        return []
    if len(change.shares) == len(after):
        return [(unit, Fraction(share)) for unit, share in zip(after, change.shares, strict=True)]
    return [(unit, Fraction(1, len(after))) for unit in after]
