"""An organisation on one day, as columns: what the checks ask again and again is gathered once.

Every question here is about hundreds of thousands of units at once, so records are gone through in one pass
and answers are plain dictionaries.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from ..basics import exact
from ..facts import Fact
from ..model import Snapshot, Unit
from ..model.reversals import check_reversals, taken_back
from ..model.routes import Routes
from .bounds import Count
from .inherited import handed_amounts
from .rules import Traits

T = TypeVar("T")
#: Amounts the host hands in: by name, then by unit or person.
Amounts = Mapping[str, Mapping[str, Decimal | int | str]]
_NOBODY: Mapping[str, tuple[str, ...]] = {}


class World:
    """A snapshot on a day with the facts known then (某日的组织); all is worked out when first asked for."""

    def __init__(
        self,
        snapshot: Snapshot,
        on: date,
        *,
        facts: Iterable[Fact] = (),
        amounts: Amounts | None = None,
        as_of: date | None = None,
    ) -> None:
        self.snapshot, self.on, self.as_of = snapshot, on, as_of
        self._facts = facts
        self._amounts = amounts or {}
        self._posts: dict[tuple[str, str | None], dict[str, tuple[str, ...]]] = {}
        self._kept: dict[object, Any] = {}
        self._asked: dict[tuple[str, tuple[str, ...]], frozenset[str]] = {}

    @cached_property
    def units(self) -> dict[str, list[Unit]]:
        """The units that are there, by kind, each list sorted by id."""
        on = self.on
        found: dict[str, list[Unit]] = {}
        for unit in self.snapshot.units.values():
            since, until = unit.since, unit.until
            if (since is None or since <= on) and (until is None or on <= until):
                found.setdefault(unit.kind, []).append(unit)
        for units in found.values():
            units.sort(key=_id)
        return found

    def kept(self, key: object, make: Callable[[], T]) -> T:
        """Return what was made before under a key, or make it now."""
        if key not in self._kept:
            self._kept[key] = make()
        found: T = self._kept[key]
        return found

    def units_of(self, kinds: Iterable[str], where: Traits) -> list[Unit]:
        """Return the units of some kinds that have the traits, by id within each kind."""
        found = [unit for kind in dict.fromkeys(kinds) for unit in self.units.get(kind, ())]
        for name, values in where.items():
            having = self.having(name, values)
            found = [unit for unit in found if unit.id in having]
        return found

    @cached_property
    def _values(self) -> dict[str, dict[str, list[str]]]:
        on = self.on
        found: dict[str, dict[str, list[str]]] = {}
        for trait in self.snapshot.traits:
            since, until = trait.since, trait.until
            if (since is None or since <= on) and (until is None or on <= until):
                of = found.setdefault(trait.name, {})
                if trait.of in of:
                    of[trait.of].append(trait.value)
                else:
                    of[trait.of] = [trait.value]
        return found

    def values(self, trait: str) -> Mapping[str, list[str]]:
        """Return the values of a trait that hold, by unit or person."""
        return self._values.get(trait, {})

    def having(self, trait: str, values: tuple[str, ...]) -> frozenset[str]:
        """Return who has one of the values of a trait."""
        key = (trait, values)
        if key not in self._asked:
            wanted = frozenset(values)
            self._asked[key] = frozenset(
                one for one, held in self.values(trait).items() if not wanted.isdisjoint(held)
            )
        return self._asked[key]

    def has_all(self, ids: Iterable[str], where: Traits) -> list[str]:
        """Return those of the ids that have all the traits, in their order."""
        found = list(ids)
        for name, values in where.items():
            having = self.having(name, values)
            found = [one for one in found if one in having]
        return found

    def has_any(self, where: Traits) -> frozenset[str]:
        """Return who has at least one of the traits."""
        return frozenset().union(*(self.having(name, values) for name, values in where.items()))

    @cached_property
    def _bonds(self) -> dict[str, list[tuple[str, str, str]]]:
        """Return (unit, person, affiliation) by role, of bonds in force whose unit and person are there.

        Somebody without a record of their own counts (``check_snapshot`` tells); somebody whose record says
        that they are not there that day does not. A unit is always asked for its record.
        """
        on, units, people = self.on, self.snapshot.units, self.snapshot.people
        gone = {one.id for one in people.values() if not _there(one.since, one.until, on)}
        gone.update(one.id for one in units.values() if not _there(one.since, one.until, on))
        found: dict[str, list[tuple[str, str, str]]] = {}
        for bond in self.snapshot.memberships:
            since, until = bond.since, bond.until
            if (since is not None and on < since) or (until is not None and until < on):
                continue
            if bond.person not in gone and bond.unit in units and bond.unit not in gone:
                found.setdefault(bond.role, []).append((bond.unit, bond.person, bond.affiliation))
        return found

    def posts(self, role: str, affiliation: str | None = None) -> Mapping[str, tuple[str, ...]]:
        """Return who holds a role, by unit: each person once, sorted."""
        key = (role, affiliation)
        if key not in self._posts:
            rows: dict[str, set[str]] = {}
            for unit, person, by in self._bonds.get(role, ()):
                if affiliation is None or by == affiliation:
                    rows.setdefault(unit, set()).add(person)
            self._posts[key] = {unit: tuple(sorted(people)) for unit, people in rows.items()}
        return self._posts[key]

    @cached_property
    def people(self) -> list[str]:
        """Everybody who is there, by id."""
        on = self.on
        return sorted(one.id for one in self.snapshot.people.values() if _there(one.since, one.until, on))

    def parents(self, tree: str) -> Mapping[str, str]:
        """Return the unit above each unit of a tree, "" at the top."""
        return self.snapshot.tree(tree, on=self.on).parents

    @cached_property
    def told(self) -> dict[str, list[Fact]]:
        """The facts that stand, by kind: known by then, of this day or before, not taken back."""
        given = list(self._facts)
        has_reversals = any(fact.reverses is not None for fact in given)
        if has_reversals or len({fact.id for fact in given}) < len(given):
            check_reversals(given)
        known = [fact for fact in given if self.as_of is None or fact.recorded_on <= self.as_of]
        undone = taken_back(known) if has_reversals else {}
        found: dict[str, list[Fact]] = {}
        last = self.on
        for fact in known:
            if fact.on <= last and fact.reverses is None and fact.id not in undone:
                found.setdefault(fact.kind, []).append(fact)
        return found

    @cached_property
    def routes(self) -> Routes:
        """The ways from units that are no more to those that stand for them on the day."""
        return Routes(self.snapshot, self.on, sums=True)

    def amounts(self, name: str) -> Mapping[str, Count]:
        """Return the amounts of one name, by unit or person; nobody's where none were handed in.

        Those of units that are no more are added to what their heirs have.

        Raises:
            AmountError: For a binary float.
        """
        given = self._amounts.get(name, {})
        exactly = {one: exact(value, where=f"amounts.{name}, {one}") for one, value in given.items()}
        return handed_amounts(self.snapshot, exactly, on=self.on) if self.routes.touched else exactly


def _there(since: date | None, until: date | None, on: date) -> bool:
    return (since is None or since <= on) and (until is None or on <= until)


def _id(unit: Unit) -> str:
    return unit.id
