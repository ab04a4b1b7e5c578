"""Who is scored in a period: people by their bonds, units by their lives."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ..basics import Period
from ..reasons import Reason
from .assessing import assessing_unit, dated_units
from .bonds import Bonds
from .categories import Categories
from .days import ONE_DAY, began, ended, touches
from .records import Membership, Person, Trait, Unit
from .structure import Cutoff, Structure
from .subjects import Dated, Exemption, Subject
from .traits import Traits
from .trees import Trees


class Belonging:
    """Subjects made from bonds, ages, traits and lives."""

    def __init__(
        self,
        structure: Structure,
        *,
        people: Mapping[str, Person],
        bonds: Bonds,
        traits: Traits,
        categories: Categories,
        trees: Trees,
    ) -> None:
        self._people = people
        self._bonds = bonds
        self._traits = traits
        self._categories = categories
        self._trees = trees
        self._exempts = {kind.id: kind.exempts for kind in structure.traits.values() if kind.exempts}

    def subjects(
        self, period: Period, *, role: str, affiliation: str, cutoff: Cutoff | None
    ) -> tuple[Subject, ...]:
        """Return everybody with such a bond in a period, by id."""
        found = []
        for person in sorted(self._bonds.people):
            bonds = self._such(person, role, affiliation)
            if any(touches(bond, period.start, period.end) for bond in bonds):
                found.append(self._subject(person, stretch(bonds, period), period, cutoff))
        return tuple(found)

    def assessing(
        self, person: str, period: Period, *, role: str, affiliation: str, cutoff: Cutoff
    ) -> tuple[str, Reason]:
        """Return the one unit that assesses somebody for a period, "" for none, and why."""
        bonds = self._such(person, role, affiliation)
        return assessing_unit(bonds, person=person, period=period, cutoff=cutoff, trees=self._trees)

    def unit_subjects(self, units: Iterable[Unit], period: Period, *, tree: str) -> tuple[Subject, ...]:
        """Return those of some units that are there in a period, each with the unit above as organisation."""
        start, end = period.start, period.end
        return tuple(
            Subject(
                id=unit.id,
                kind=unit.kind,
                name=unit.name,
                organisation=self._above(unit.id, start, end, tree) if tree else (),
                joined=unit.since,
                left=unit.until,
                exemptions=self.exemptions(unit.id, period),
            )
            for unit in units
            if touches(unit, start, end)
        )

    def exemptions(self, of: str, period: Period) -> tuple[Exemption, ...]:
        """Return the exemptions that traits give in a period, by first day."""
        if not self._exempts:
            return ()
        found = []
        for trait in self._traits.all_of(of):
            effect = self._exempts[trait.name].get(trait.value) if trait.name in self._exempts else ""
            if effect and touches(trait, period.start, period.end):
                found.append(_exemption(trait, effect))
        return tuple(found)

    def _such(self, person: str, role: str, affiliation: str) -> list[Membership]:
        return [b for b in self._bonds.of(person) if b.role == role and b.affiliation == affiliation]

    def _subject(
        self, name: str, bonds: Sequence[Membership], period: Period, cutoff: Cutoff | None
    ) -> Subject:
        person = self._people.get(name) or Person(id=name)
        units: str | tuple[Dated, ...] = dated_units(bonds)
        if cutoff:
            units, _ = assessing_unit(bonds, person=name, period=period, cutoff=cutoff, trees=self._trees)
        return Subject(
            id=name,
            name=person.name,
            category=self._categories.categories(person, period.start, period.end),
            organisation=units,
            joined=bonds[0].since,
            left=max(bonds, key=ended).until,
            exemptions=self.exemptions(name, period),
        )

    def _above(self, unit: str, start: date, end: date, tree: str) -> tuple[Dated, ...]:
        found: list[Dated] = []
        for day in (start, *self._trees.turns_of(tree, unit, start, end)):
            above = self._trees.parent(tree, unit, day)
            if above != (found[-1].value if found else ""):
                found.append(Dated(day, above))
        return tuple(found)


def _exemption(trait: Trait, effect: str) -> Exemption:
    return Exemption(
        effect=effect, since=began(trait), until=trait.until, reason=f"{trait.name}: {trait.value}"
    )


def stretch(bonds: Sequence[Membership], period: Period) -> Sequence[Membership]:
    """Return the bonds that touch a period, with those before and after that join them without a gap.

    ``bonds`` are by first day. Somebody who left years ago and came back has joined when coming back.
    """
    if len(bonds) == 1:
        return bonds
    first = min(i for i, bond in enumerate(bonds) if touches(bond, period.start, period.end))
    start = began(bonds[first])
    earlier = list(bonds[:first])
    kept = list(bonds[first:])
    for bond in sorted(earlier, key=ended, reverse=True):
        if start == date.min or ended(bond) < start - ONE_DAY:
            break
        start = min(start, began(bond))
        kept.append(bond)
    kept.sort(key=began)
    last = date.min
    found = []
    for bond in kept:
        if began(bond) > period.end and last != date.max and began(bond) > last + ONE_DAY:
            break
        found.append(bond)
        last = max(last, ended(bond))
    return found
