"""In which category somebody is on each day, by the rules of a structure."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from .ages import age_on, birthday
from .bonds import Bonds
from .days import holds, turns
from .records import Person
from .structure import CategoryRule
from .subjects import Dated
from .traits import Traits


class Categories:
    """The first rule of a structure that holds for somebody on a day decides (成员类别)."""

    def __init__(self, rules: Sequence[CategoryRule], *, bonds: Bonds, traits: Traits) -> None:
        self._rules = rules
        self._bonds = bonds
        self._traits = traits
        self._ages = sorted(
            {age for rule in rules for age in (rule.from_age, rule.below_age) if age is not None}
        )
        self._names = {name for rule in rules for name in rule.traits}
        self._roles = {role for rule in rules for role in rule.roles}

    def category(self, person: Person, on: date) -> str:
        """Return the category on a day, "" for none."""
        age = None if person.born is None else age_on(person.born, on)
        roles = {bond.role for bond in self._bonds.of(person.id) if holds(bond, on)} if self._roles else ()
        for rule in self._rules:
            if _is_aged(rule, age) and self._has_traits(rule, person.id, on) and _has_all(rule.roles, roles):
                return rule.id
        return ""

    def categories(self, person: Person, start: date, end: date) -> tuple[Dated, ...]:
        """Return the categories of some days, each with its first day; nothing if there never is one."""
        if not self._rules:
            return ()
        found: list[Dated] = []
        for day in (start, *self._turns(person, start, end)):
            category = self.category(person, day)
            if category != (found[-1].value if found else None):
                found.append(Dated(day, category))
        return () if len(found) == 1 and not found[0].value else tuple(found)

    def _turns(self, person: Person, start: date, end: date) -> list[date]:
        """Return the days after the first on which the category may change."""
        days: set[date] = set()
        if self._names:
            days.update(turns(t for t in self._traits.all_of(person.id) if t.name in self._names))
        if self._roles:
            days.update(turns(bond for bond in self._bonds.of(person.id) if bond.role in self._roles))
        if person.born is not None:
            year = person.born.year
            days.update(
                birthday(person.born, age) for age in self._ages if start.year <= year + age <= end.year
            )
        return sorted(day for day in days if start < day <= end)

    def _has_traits(self, rule: CategoryRule, person: str, on: date) -> bool:
        return not rule.traits or all(
            not set(values).isdisjoint(self._traits.values(person, name, on))
            for name, values in rule.traits.items()
        )


def _is_aged(rule: CategoryRule, age: int | None) -> bool:
    """Return whether an age is as a rule asks; without a day of birth none is."""
    if rule.from_age is None and rule.below_age is None:
        return True
    return (
        age is not None
        and (rule.from_age is None or age >= rule.from_age)
        and (rule.below_age is None or age < rule.below_age)
    )


def _has_all(roles: Iterable[str], held: Collection[str]) -> bool:
    return all(role in held for role in roles)
