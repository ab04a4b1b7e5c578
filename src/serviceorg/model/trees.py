"""Several trees over the same units, each as it was on any day."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date

from ..basics import FrozenMap
from ..errors import UnknownIdError
from .days import began, ended, holds, turns
from .lineage import Lineage
from .records import Placement, Unit
from .units import Units

#: So many trees are kept at once: years of days asked one after the other must not fill the memory.
_KEPT = 32


class Trees:
    """Placements by tree and unit, and the trees that were asked for, each kept until something turns."""

    def __init__(
        self,
        placements: Iterable[Placement],
        *,
        units: Mapping[str, Unit],
        lineage: Lineage,
        names: Iterable[str],
    ) -> None:
        self._units = units
        self.lineage = lineage
        self._rows: dict[str, dict[str, list[Placement]]] = {name: {} for name in names}
        for placement in placements:
            rows = self._rows.setdefault(placement.tree, {})
            if placement.unit in rows:
                rows[placement.unit].append(placement)
            else:
                rows[placement.unit] = [placement]
        for name, rows in self._rows.items():
            for found in rows.values():
                if len(found) > 1:
                    found.sort(key=_by_day)
            self._rows[name] = dict(sorted(rows.items()))
        self._named: dict[str, set[str]] = {}
        self._turns: dict[str, list[date]] = {}
        self._kept: dict[tuple[str, int, bool], Units] = {}

    def rows(self, tree: str) -> Mapping[str, list[Placement]]:
        """Return the placements of a tree by unit, sorted; each unit's by first day.

        Raises:
            UnknownIdError: For a tree nobody knows.
        """
        if tree not in self._rows:
            raise UnknownIdError("tree", tree, self._rows)
        return self._rows[tree]

    def named(self, tree: str) -> set[str]:
        """Return all units of a tree of all time: those placed in it, and those named above them."""
        found = self._named.get(tree)
        if found is None:
            rows = self.rows(tree)
            found = {p.parent for placements in rows.values() for p in placements} | rows.keys()
            found.discard("")
            self._named[tree] = found
        return found

    def turns(self, tree: str) -> list[date]:
        """Return the days on which a tree may look different from the day before."""
        found = self._turns.get(tree)
        if found is None:
            rows = self.rows(tree)
            named = self.named(tree) | self.lineage.concerned
            lives = [self._units[unit] for unit in named if unit in self._units]
            days = set(turns(p for placements in rows.values() for p in placements))
            days.update(turns(lives), self.lineage.days)
            found = self._turns[tree] = sorted(days)
        return found

    def tree(self, name: str, on: date, *, heirs: bool) -> Units:
        """Return a tree as it was on a day; see ``Snapshot.tree``."""
        key = (name, bisect_right(self.turns(name), on), heirs)
        found = self._kept.get(key)
        if found is None:
            parents = self._parents(name, on)
            self._put_at_top(parents, on)
            passed = self._heirs(name, parents, on) if heirs else {}
            found = Units(FrozenMap(parents | passed), heirs=passed)
            # Another thread may be doing the same: both make equal trees, and neither relies on the other's.
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[key] = found
        return found

    def parent(self, tree: str, unit: str, on: date) -> str:
        """Return the unit above one on a day, the same as the tree would say; builds no tree."""
        lives = self.lineage.lives
        placement = in_force(self.rows(tree).get(unit, ()), on)
        if placement is None or not lives(unit, on) or not lives(placement.parent, on):
            return ""
        return placement.parent

    def above_of_kind(self, tree: str, unit: str, *, kind: str, on: date) -> str:
        """Return the unit itself or the nearest above it of a kind on a day, "" for none."""
        seen: set[str] = set()
        while unit and unit not in seen:
            seen.add(unit)
            if unit in self._units and self._units[unit].kind == kind and self.lineage.lives(unit, on):
                return unit
            unit = self.parent(tree, unit, on)
        return ""

    def turns_of(self, tree: str, unit: str, start: date, end: date) -> list[date]:
        """Return the days after the first, in a stretch of days, on which the unit above one may change."""
        rows = self.rows(tree).get(unit, ())
        lives = (self._units.get(name) for name in (unit, *(row.parent for row in rows)))
        days = {*turns(rows), *turns(life for life in lives if life)}
        return sorted(day for day in days if start < day <= end)

    def _parents(self, name: str, on: date) -> dict[str, str]:
        units = self._units
        parents = {}
        for unit, rows in self.rows(name).items():
            record = units.get(unit)
            if record is None or (record.since and on < record.since) or (record.until and record.until < on):
                continue
            placement = in_force(rows, on)
            if placement is not None:
                parents[unit] = placement.parent
        return parents

    def _put_at_top(self, parents: dict[str, str], on: date) -> None:
        """Make every unit above one a unit of the tree, or put what hangs from nothing at the top."""
        lives = self.lineage.lives
        for unit, parent in tuple(parents.items()):
            if parent and parent not in parents:
                if lives(parent, on):
                    parents[parent] = ""
                else:
                    parents[unit] = ""

    def _heirs(self, name: str, parents: Mapping[str, str], on: date) -> dict[str, str]:
        """Return the units of the tree that ended, with those in it to which their open tickets passed."""
        named = self.named(name)
        passed = {}
        known: dict[str, str] = {}
        for unit in sorted(self.lineage.ended):
            if unit in named and unit not in parents:
                heir = self.lineage.ticket_heir(unit, on, known)
                if heir in parents:
                    passed[unit] = heir
        return passed


def in_force(rows: Iterable[Placement], on: date) -> Placement | None:
    """Return the placement in force on a day, of several the one that began last; rows are by first day."""
    found = None
    for placement in rows:
        if holds(placement, on):
            found = placement
    return found


def _by_day(placement: Placement) -> tuple[date, date, str]:
    return began(placement), ended(placement), placement.parent
