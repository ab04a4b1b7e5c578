"""An organisation as it was on every day: units, people and bonds, asked as of any day."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

import attrs

from ..basics import FrozenMap, Period
from ..errors import Problem, SnapshotProblems, UnknownIdError
from ..reasons import Reason
from .ages import age_on
from .belonging import Belonging
from .bonds import Bonds
from .categories import Categories
from .days import a_day, holds
from .lineage import Lineage
from .records import Change, Membership, Person, Placement, Trait, Unit
from .structure import Cutoff, Structure
from .subjects import Dated, Subject
from .traits import Traits
from .trees import Trees
from .units import Units

R = TypeVar("R", Unit, Person, Change)

_NO_STRUCTURE = Structure()


# Slots would leave no room for the indexes, which are made when they are first needed.
@attrs.frozen(kw_only=True, slots=False, repr=False)
class Snapshot:
    """An organisation with its history (组织快照), as values that hold from day to day.

    A snapshot takes any records; ``check_snapshot`` tells what does not fit together. Every question is
    asked as of a day. Make one with ``Snapshot.of``; nothing in it ever changes, so threads may share it.
    """

    structure: Structure
    units: FrozenMap[str, Unit]
    people: FrozenMap[str, Person]
    placements: tuple[Placement, ...]
    memberships: tuple[Membership, ...]
    traits: tuple[Trait, ...]
    changes: tuple[Change, ...]

    @classmethod
    def of(
        cls,
        *,
        structure: Structure = _NO_STRUCTURE,
        units: Iterable[Unit] | Mapping[str, Unit] = (),
        people: Iterable[Person] | Mapping[str, Person] = (),
        placements: Iterable[Placement] = (),
        memberships: Iterable[Membership] = (),
        traits: Iterable[Trait] = (),
        changes: Iterable[Change] = (),
    ) -> "Snapshot":
        """Return a snapshot of any records, in any order; those with ids also as another snapshot has them.

        Raises:
            SnapshotProblems: For two units, people or changes of one id; all of them at once.
        """
        problems: list[Problem] = []
        made = cls(
            structure=structure,
            units=_by_id("unit", units, problems),
            people=_by_id("person", people, problems),
            placements=tuple(placements),
            memberships=tuple(memberships),
            traits=tuple(traits),
            changes=tuple(_by_id("change", changes, problems).values()),
        )
        if problems:
            raise SnapshotProblems(problems)
        return made

    def __repr__(self) -> str:
        """Return how much there is of each sort; a million bonds would help nobody."""
        names = ("units", "people", "placements", "memberships", "traits", "changes")
        counts = ", ".join(f"{len(getattr(self, name))} {name}" for name in names)
        return f"<Snapshot of {self.structure.id or 'no structure'}: {counts}>"

    def __reduce__(self) -> tuple[Callable[[], "Snapshot"], tuple[()], dict[str, object]]:
        """Return what pickling keeps: the records, without the indexes."""
        return _blank, (), attrs.asdict(self, recurse=False)

    @cached_property
    def _lineage(self) -> Lineage:
        return Lineage(self.changes, self.units)

    @cached_property
    def _trees(self) -> Trees:
        return Trees(self.placements, units=self.units, lineage=self._lineage, names=self.structure.trees)

    @cached_property
    def _bonds(self) -> Bonds:
        return Bonds(self.memberships)

    @cached_property
    def _traits(self) -> Traits:
        return Traits(self.traits)

    @cached_property
    def _categories(self) -> Categories:
        return Categories(self.structure.categories, bonds=self._bonds, traits=self._traits)

    def _known(self, noun: str, word: str | None) -> None:
        """Refuse a word that the structure does not declare; "" and None stand for any."""
        if word and (words := self._words[noun]) and word not in words:
            raise UnknownIdError(noun, word, words)

    @cached_property
    def _words(self) -> dict[str, Mapping[str, object]]:
        own = self.structure
        return {"kind": own.kinds, "role": own.roles, "affiliation": own.affiliations}

    def unit(self, name: str, /) -> Unit:
        """Return a unit of any time.

        Raises:
            UnknownIdError: If there is none of that id.
        """
        if name not in self.units:
            raise UnknownIdError("unit", name, self.units)
        return self.units[name]

    def person(self, name: str, /) -> Person:
        """Return a person of any time.

        Raises:
            UnknownIdError: If there is none of that id.
        """
        if name not in self.people:
            raise UnknownIdError("person", name, self.people)
        return self.people[name]

    def units_on(self, day: date, kind: str = "") -> tuple[Unit, ...]:
        """Return the units that are there on a day, of one kind ("": any), by id.

        Raises:
            UnknownIdError: For a kind that the structure does not declare, if it declares any.
        """
        a_day(day)
        self._known("kind", kind)
        return tuple(unit for unit in self._kinds.get(kind, ()) if holds(unit, day))

    @cached_property
    def _kinds(self) -> dict[str, list[Unit]]:
        """All units by kind, those of "" being all; each list by id."""
        found: dict[str, list[Unit]] = {"": []}
        for _, unit in sorted(self.units.items()):
            found[""].append(unit)
            if unit.kind:
                found.setdefault(unit.kind, []).append(unit)
        return found

    def is_there(self, name: str, /, day: date) -> bool:
        """Return whether a unit or person is there on a day; False for an id nobody knows."""
        a_day(day)
        found = self.units.get(name) or self.people.get(name)
        return found is not None and holds(found, day)

    def tree(self, name: str, *, on: date, heirs: bool = False) -> Units:
        """Return one of the trees as it was on a day; kept until something in it turns.

        In it are the units placed in that tree which are there that day, and those named above them. A unit
        whose unit above is not there hangs at the top (``check_snapshot`` tells). With ``heirs``, units of
        the tree that ended hang under the unit to which their open tickets passed, so that its staff covers
        a ticket that still names the old unit; above them is what lies above their heir.

        Raises:
            UnknownIdError: For a tree that is neither declared nor placed in.
            UnitProblems: If the units above some lead in a circle that day.
        """
        return self._trees.tree(name, a_day(on), heirs=heirs)

    def parent(self, unit: str, *, tree: str, on: date) -> str:
        """Return the unit right above, "" for none: what the tree would say, without making one.

        Raises:
            UnknownIdError: For a tree nobody knows.
        """
        return self._trees.parent(tree, unit, a_day(on))

    def holders(
        self, unit: str, role: str = "", *, on: date, affiliation: str | None = None
    ) -> tuple[Membership, ...]:
        """Return the bonds in force at that very unit on a day, by person; "" and None stand for any.

        Raises:
            UnknownIdError: For a role or affiliation that the structure does not declare, if it declares any.
        """
        self._known("role", role)
        self._known("affiliation", affiliation)
        return self._bonds.held(unit, role, a_day(on), affiliation)

    def bonds(
        self, person: str, *, on: date | None = None, role: str = "", affiliation: str | None = None
    ) -> tuple[Membership, ...]:
        """Return a person's bonds by first day: in force on a day, or of all time.

        Raises:
            UnknownIdError: For a role or affiliation that the structure does not declare, if it declares any.
        """
        self._known("role", role)
        self._known("affiliation", affiliation)
        return tuple(
            bond
            for bond in self._bonds.of(person)
            if (on is None or holds(bond, a_day(on)))
            and (not role or bond.role == role)
            and (affiliation is None or bond.affiliation == affiliation)
        )

    def bonds_of_unit(self, unit: str) -> tuple[Membership, ...]:
        """Return all bonds at a unit of all time, by person."""
        return self._bonds.at(unit)

    def trait(self, of: str, name: str, *, on: date) -> str:
        """Return the value of a trait on a day, "" for none; of several the one that began last."""
        return self._traits.value(of, name, a_day(on))

    def traits_of(self, of: str, name: str, *, on: date) -> tuple[str, ...]:
        """Return the values of a trait on a day, sorted."""
        return self._traits.values(of, name, a_day(on))

    def trait_spans(self, of: str, name: str) -> tuple[Trait, ...]:
        """Return the traits of one name of all time, by first day."""
        return self._traits.spans(of, name)

    def age(self, person: str, *, on: date) -> int | None:
        """Return somebody's full years on a day, None if the day of birth is not known.

        A year is full on the birthday; who was born on 29 February has it on 28 February in other years
        (民法典 §202).

        Raises:
            UnknownIdError: If there is nobody of that id.
        """
        born = self.person(person).born
        return None if born is None else age_on(born, a_day(on))

    def category(self, person: str, *, on: date) -> str:
        """Return somebody's category on a day by the structure's rules, "" for none.

        Raises:
            UnknownIdError: If there is nobody of that id.
        """
        return self._categories.category(self.person(person), a_day(on))

    def categories(self, person: str, period: Period) -> tuple[Dated, ...]:
        """Return somebody's categories in a period, each from the day on which it begins to hold.

        Raises:
            UnknownIdError: If there is nobody of that id.
        """
        return self._categories.categories(self.person(person), period.start, period.end)

    def heirs(self, unit: str, *, on: date) -> tuple[str, ...]:
        """Return what a unit has become by a day: itself while it lives, nothing if dissolved.

        Raises:
            UnknownIdError: If there is no unit of that id.
        """
        return self._lineage.heirs(self.unit(unit).id, a_day(on))

    def ticket_heir(self, unit: str, *, on: date) -> str:
        """Return the unit to which open tickets have passed by a day: itself while it lives, "" for none.

        Raises:
            UnknownIdError: If there is no unit of that id.
        """
        return self._lineage.ticket_heir(self.unit(unit).id, a_day(on))

    def ancestors_in_time(self, unit: str, *, on: date) -> tuple[str, ...]:
        """Return the units that passed into a unit by a day, itself included, by id.

        Raises:
            UnknownIdError: If there is no unit of that id.
        """
        return self._lineage.ancestors(self.unit(unit).id, a_day(on))

    def inheritance(
        self, unit: str, *, on: date, held: date | None = None
    ) -> tuple[tuple[str, Fraction], ...]:
        """Return which living units have what share, on a day, of what a unit had on the day ``held``.

        ``held`` is by default the unit's last day, or ``on`` while it lives. A split divides by its shares,
        in equal parts where it names none; what a dissolved unit had is nobody's, so the shares add up to 1
        or less.

        Raises:
            UnknownIdError: If there is no unit of that id.
        """
        return self._lineage.inheritance(self.unit(unit).id, a_day(on), None if held is None else a_day(held))

    def subjects(
        self,
        period: Period,
        *,
        role: str = "member",
        affiliation: str = "home",
        cutoff: Cutoff | None = None,
    ) -> tuple[Subject, ...]:
        """Return everybody with such a bond in a period, as subjects that can be scored, by id.

        ``organisation`` is dated by the bonds, "" in a gap between two. ``joined`` and ``left`` are the
        first and the last day of belonging without a gap around the period (from the first of its days to
        the last of its days if there is a gap inside), None for open. With a ``cutoff``, or that of the
        structure, the organisation is the one unit that assesses the period.

        Raises:
            UnknownIdError: For a role or affiliation that the structure does not declare, if it declares any.
        """
        self._known("role", role)
        self._known("affiliation", affiliation)
        return self._belonging.subjects(
            period, role=role, affiliation=affiliation, cutoff=cutoff or self.structure.cutoff
        )

    def unit_subjects(self, period: Period, *, kind: str = "", tree: str = "") -> tuple[Subject, ...]:
        """Return the units of a kind that are there in a period, as subjects that can be scored, by id.

        ``organisation`` is the unit above in a tree, dated; ``joined`` and ``left`` are the unit's own
        days. So a community that was merged last year is scored for last year, and not for this one.

        Raises:
            UnknownIdError: For a tree nobody knows, or a kind that the structure does not declare, if any.
        """
        self._known("kind", kind)
        if tree:
            self._trees.rows(tree)
        return self._belonging.unit_subjects(self._kinds.get(kind, ()), period, tree=tree)

    def assessing_unit(
        self,
        person: str,
        period: Period,
        *,
        cutoff: Cutoff | None = None,
        role: str = "member",
        affiliation: str = "home",
    ) -> tuple[str, Reason]:
        """Return the one unit that assesses somebody for a period, "" for none, and why.

        Raises:
            UnknownIdError: If there is nobody of that id, or the cutoff's tree is none.
            SnapshotProblems: If neither the caller nor the structure says what the cutoff is.
        """
        rule = cutoff or self.structure.cutoff
        if rule is None:
            message = "no cutoff is given; allowed is cutoff=Cutoff(…), or one in the structure"
            raise SnapshotProblems([Problem("no-cutoff", f"person {person!r}", message)])
        return self._belonging.assessing(
            self.person(person).id, period, role=role, affiliation=affiliation, cutoff=rule
        )

    @cached_property
    def _belonging(self) -> Belonging:
        return Belonging(
            self.structure,
            people=self.people,
            bonds=self._bonds,
            traits=self._traits,
            categories=self._categories,
            trees=self._trees,
        )


def _blank() -> Snapshot:
    """Return a snapshot that pickling is about to fill."""
    return object.__new__(Snapshot)


def _by_id(kind: str, records: Iterable[R] | Mapping[str, R], problems: list[Problem]) -> FrozenMap[str, R]:
    rows: tuple[R, ...] = tuple(records.values() if isinstance(records, Mapping) else records)
    found = {record.id: record for record in rows}
    if len(found) < len(rows):
        seen: set[str] = set()
        for position, record in enumerate(rows):
            if record.id in seen:
                message = f"this id is given twice; the {kind} of position {position} is the second"
                problems.append(Problem(f"double-{kind}", f"{kind} {record.id!r}", message))
            seen.add(record.id)
    return FrozenMap(found)
