"""What is true of whom, and when: traits found by whose they are."""

from collections.abc import Iterable
from datetime import date

from .days import began, ended, holds
from .records import Trait

_NONE: tuple[Trait, ...] = ()


class Traits:
    """Traits by the unit or person they are of."""

    def __init__(self, traits: Iterable[Trait]) -> None:
        self._of: dict[str, Trait | list[Trait]] = {}
        of = self._of
        for trait in traits:
            if trait.of not in of:
                of[trait.of] = trait
            elif type(other := of[trait.of]) is list:
                other.append(trait)
            else:
                of[trait.of] = [other, trait]  # type: ignore[list-item]  # a trait: no list yet

    def all_of(self, of: str) -> tuple[Trait, ...]:
        """Return every trait of somebody or something, by first day, name and value."""
        found = self._of.get(of)
        if found is None:
            return _NONE
        if type(found) is Trait:
            return (found,)
        return tuple(sorted(found, key=_by_day))  # type: ignore[arg-type]  # a list

    def spans(self, of: str, name: str) -> tuple[Trait, ...]:
        """Return the traits of one name, by first day."""
        return tuple(trait for trait in self.all_of(of) if trait.name == name)

    def values(self, of: str, name: str, on: date) -> tuple[str, ...]:
        """Return the values in force on a day, sorted, each once."""
        return tuple(sorted({t.value for t in self.all_of(of) if t.name == name and holds(t, on)}))

    def value(self, of: str, name: str, on: date) -> str:
        """Return the value in force on a day, of several the one that began last; "" for none."""
        found = ""
        for trait in self.all_of(of):
            if trait.name == name and holds(trait, on):
                found = trait.value
        return found


def _by_day(trait: Trait) -> tuple[date, str, str, date]:
    return began(trait), trait.name, trait.value, ended(trait)
