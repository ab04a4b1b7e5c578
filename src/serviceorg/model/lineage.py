"""What units became, and what they came from: changes followed forwards and backwards."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

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

    def ticket_heir(self, unit: str, on: date) -> str:
        """Return the living unit to which open tickets of a unit have passed by a day; "" for none."""
        seen = set()
        while unit and unit not in seen and not self.lives(unit, on):
            seen.add(unit)
            end = self.end_of(unit, on)
            unit = "" if end is None else end.tickets or (end.after[0] if end.after else "")
        return unit if self.lives(unit, on) else ""

    def ancestors(self, unit: str, on: date) -> tuple[str, ...]:
        """Return the units that passed into a unit by a day, itself included, sorted."""
        seen: dict[str, date] = {}
        todo = [(unit, on)]
        while todo:
            one, by = todo.pop()
            if one in seen and by <= seen[one]:
                continue
            seen[one] = by
            todo += [
                (old, change.on)
                for change in self._into.get(one, ())
                if change.on <= by
                for old in change.before
            ]
        return tuple(sorted(seen))

    def inheritance(self, unit: str, on: date, held: date | None) -> tuple[tuple[str, Fraction], ...]:
        """Return who has what share on a day of what the unit had on the day ``held``; see ``Snapshot``."""
        if held is None:
            record = self._units.get(unit)
            held = on if record is None else min(on, ended(record))
        parts = {unit: Fraction(1)}
        for change in self._after(unit, held, on):
            given = {old: parts.pop(old) for old in dict.fromkeys(change.before) if old in parts}
            for part in given.values():
                for heir, share in _divided(change):
                    parts[heir] = parts.get(heir, Fraction(0)) + part * share
        return tuple(sorted((heir, part) for heir, part in parts.items() if part and self.lives(heir, on)))

    def _after(self, unit: str, held: date, on: date) -> list[Change]:
        """Return the changes that can touch what a unit had, in order: those of the unit and of its heirs."""
        found: dict[str, Change] = {}
        seen = set()
        todo = [(unit, held)]
        while todo:
            one, since = todo.pop()
            if one in seen:
                continue
            seen.add(one)
            for change in self._from.get(one, ()):
                if since < change.on <= on and change.id not in found:
                    found[change.id] = change
                    todo += [(heir, change.on - ONE_DAY) for heir in change.after]
        return sorted(found.values(), key=lambda change: (change.on, change.id))

    def end_of(self, unit: str, on: date) -> Change | None:
        """Return the last change by a day that the unit did not outlive; None if it ended without one."""
        ends = [c for c in self._from.get(unit, ()) if c.on <= on and unit not in c.after]
        return ends[-1] if ends else None

    def lives(self, unit: str, on: date) -> bool:
        """Return whether a unit is there on a day."""
        record = self._units.get(unit)
        return record is not None and holds(record, on)


def _divided(change: Change) -> list[tuple[str, Fraction]]:
    """Return each unit after a change with its share, in equal parts unless shares are given."""
    after = change.after
    if not after:
        return []
    if len(change.shares) == len(after):
        return [(unit, Fraction(share)) for unit, share in zip(after, change.shares, strict=True)]
    return [(unit, Fraction(1, len(after))) for unit in after]
