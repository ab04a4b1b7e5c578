"""Who holds what where: bonds found by unit and by person."""

from collections.abc import Iterable, Sequence
from datetime import date

from .days import began, ended
from .records import Membership

_NONE: tuple[Membership, ...] = ()


class Bonds:
    """Memberships by unit and by person.

    Sorting a million small lists takes longer than asking for the few that matter: a list is sorted when it
    is first asked for. Two threads that sort the same one get equal answers.
    """

    def __init__(self, memberships: Iterable[Membership]) -> None:
        # Most people have one bond: a list of their own only for those with more spares half of the time.
        self._of_person: dict[str, Membership | list[Membership]] = {}
        self._at_unit: dict[str, list[Membership]] = {}
        self._sorted: dict[str, tuple[Membership, ...]] = {}
        self._by_role: dict[str, dict[str, tuple[Membership, ...]]] = {}
        of_person, at_unit = self._of_person, self._at_unit
        for bond in memberships:
            unit = bond.unit
            if unit in at_unit:
                at_unit[unit].append(bond)
            else:
                at_unit[unit] = [bond]
            person = bond.person
            if person not in of_person:
                of_person[person] = bond
            elif type(other := of_person[person]) is list:
                other.append(bond)
            else:
                of_person[person] = [other, bond]  # type: ignore[list-item]  # a bond: no list yet

    @property
    def people(self) -> Iterable[str]:
        """Everybody with a bond."""
        return self._of_person.keys()

    def at(self, unit: str) -> tuple[Membership, ...]:
        """Return all bonds at a unit of all time, by person, role, affiliation and first day."""
        found = self._sorted.get(unit)
        if found is None:
            rows = self._at_unit.get(unit)
            if rows is None:
                return _NONE
            found = self._sorted[unit] = tuple(sorted(rows, key=_by_person))
        return found

    def of(self, person: str) -> tuple[Membership, ...]:
        """Return all bonds of a person of all time, by first day, unit, role and affiliation."""
        found = self._of_person.get(person)
        if found is None:
            return _NONE
        if type(found) is Membership:
            return (found,)
        return tuple(sorted(found, key=_by_day))  # type: ignore[arg-type]  # a list

    def held(self, unit: str, role: str, on: date, affiliation: str | None) -> tuple[Membership, ...]:
        """Return the bonds in force at a unit on a day, of one role ("": any) and affiliation (None: any)."""
        return tuple(
            bond
            for bond in (self._in_role(unit, role) if role else self.at(unit))
            if (bond.since is None or bond.since <= on)
            and (bond.until is None or on <= bond.until)
            and (affiliation is None or bond.affiliation == affiliation)
        )

    def _in_role(self, unit: str, role: str) -> Sequence[Membership]:
        roles = self._by_role.get(unit)
        if roles is None:
            grouped: dict[str, list[Membership]] = {}
            for bond in self.at(unit):
                grouped.setdefault(bond.role, []).append(bond)
            roles = {one: tuple(bonds) for one, bonds in grouped.items()}
            if roles:
                self._by_role[unit] = roles
        return roles.get(role, _NONE)


def _by_person(bond: Membership) -> tuple[str, str, str, date, date]:
    return bond.person, bond.role, bond.affiliation, began(bond), ended(bond)


def _by_day(bond: Membership) -> tuple[date, str, str, str, date]:
    return began(bond), bond.unit, bond.role, bond.affiliation, ended(bond)
