"""Who owes a duty to whom in one window: one pass over the units, however many there are."""

from collections.abc import Container, Iterable, Iterator
from datetime import date

import attrs

from ..model import Membership, Unit
from .book import Duty, Towards, Who
from .obligation import Window
from .world import ALWAYS, World, span_of

#: What a window asks of one holder: (who, unit, target, how many facts).
Row = tuple[str, str, str, int]


@attrs.frozen
class Vacancy:
    """A duty that nobody owes in a window, because nobody holds the role at the unit (空岗).

    ``targets`` is how many units or people are left without: to be seen in coverage, never silently dropped.
    """

    duty: str
    unit: str
    period: str
    targets: int


def rows(
    world: World, duty: Duty, window: Window, *, only: Container[str] | None, vacant: list[Vacancy]
) -> Iterator[Row]:
    """Yield what a window asks, by target and then by who; ``only`` keeps to some targets.

    Notes in ``vacant`` each unit where nobody holds the role though something is owed there.
    """
    if duty.towards is None:
        yield from _owed_to_nobody(world, duty, window, vacant)
    else:
        yield from _owed_to_targets(world, duty, window, only, vacant)


def _owed_to_nobody(world: World, duty: Duty, window: Window, vacant: list[Vacancy]) -> Iterator[Row]:
    holders = _Holders(world, duty.who, window)
    once: set[str] | None = set() if duty.who.units == "once" else None
    for unit in world.units_on(window.held_on, holders.kinds):
        found = holders.of(unit.id)
        if not found:
            if holders.is_empty(unit.id):
                vacant.append(Vacancy(duty.id, unit.id, window.label, 0))
            continue
        for who in found:
            if once is not None:
                if who in once:
                    continue
                once.add(who)
            needed = window.least
            if duty.partial != "whole":
                needed = _part(duty, window, holders.days(unit, who))
            if needed:
                yield who, unit.id, "", needed


def _owed_to_targets(
    world: World, duty: Duty, window: Window, only: Container[str] | None, vacant: list[Vacancy]
) -> Iterator[Row]:
    assert duty.towards is not None
    least, is_whole = window.least, duty.partial == "whole"
    placed = {} if is_whole or duty.towards.role else world.days_placed(duty.towards.tree)
    holders, above = _Holders(world, duty.who, window), _Above(world, duty, window)
    missing: dict[str, int] = {}
    found: dict[str, tuple[str, ...]] = {}
    is_short = window.length > window.last - window.first + 1
    for target, unit, since, until in _targets(world, duty.towards, window, only):
        owners = above.of(unit)
        if not owners:
            continue
        needed = least
        if not is_whole and (is_short or since or until or unit in placed):
            first, last = span_of(since, until)
            first_placed, last_placed = placed.get(unit, ALWAYS)
            if window.first < max(first, first_placed) <= window.last:
                first, first_placed = world.begun(unit, target, duty.towards, window)
            days = _overlap(window, max(first, first_placed), min(last, last_placed))
            needed = _part(duty, window, days)
            if not needed:
                continue
        for owner in owners:
            whose = found.get(owner)
            if whose is None:
                whose = found[owner] = holders.of(owner)
            for who in whose:
                yield who, owner, target, needed
            if not whose and holders.is_empty(owner):
                missing[owner] = missing.get(owner, 0) + 1
    vacant += (Vacancy(duty.id, unit, window.label, number) for unit, number in sorted(missing.items()))


def _targets(
    world: World, towards: Towards, window: Window, only: Container[str] | None
) -> Iterator[tuple[str, str, date | None, date | None]]:
    """Yield (target, unit, since, until), by unit; a person is found at the unit of the bond."""
    snapshot, day = world.snapshot, window.held_on
    suits = world.judge(towards.where, window, towards.class_on)
    for unit in world.units_on(day, towards.kinds):
        if not towards.role:
            name = unit.id
            if (suits is None or suits(name)) and (only is None or name in only):
                yield name, name, unit.since, unit.until
            continue
        bonds: dict[str, Membership] = {}
        for bond in snapshot.holders(unit.id, towards.role, on=day):
            if world.is_there(bond.person, day):
                bonds.setdefault(bond.person, bond)
        for person, bond in bonds.items():
            if (suits is None or suits(person)) and (only is None or person in only):
                yield person, unit.id, bond.since, bond.until


class _Above:
    """The units at or above a unit where a duty is owed; every level of the tree is worked out once."""

    def __init__(self, world: World, duty: Duty, window: Window) -> None:
        assert duty.towards is not None
        day, tree = window.held_on, duty.towards.tree
        kinds = duty.who.at or duty.who.kinds
        self.known = {unit.id for unit in world.units_on(day, kinds)}
        self.parents = world.snapshot.tree(tree, on=day).parents if tree else {}
        self.above: dict[str, tuple[str, ...]] = {"": ()}

    def of(self, unit: str) -> tuple[str, ...]:
        """Return those units, nearest first."""
        parent = self.parents.get(unit, "")
        over = self.above.get(parent)
        if over is None:
            over = self._climbed(parent)
        return (unit, *over) if unit in self.known else over

    def _climbed(self, unit: str) -> tuple[str, ...]:
        path = [unit]
        while (parent := self.parents.get(path[-1], "")) not in self.above:
            path.append(parent)
        over = self.above[parent]
        for one in reversed(path):
            if one in self.known:
                over = (one, *over)
            self.above[one] = over
        return over


class _Holders:
    """Who owes a duty at a unit on the day that decides it."""

    def __init__(self, world: World, who: Who, window: Window) -> None:
        self.world, self.who, self.window = world, who, window
        self.day = window.held_on
        self.kinds = who.at if who.role else who.kinds
        self._suits = world.judge(who.where, window, "held")
        self._found: dict[str, tuple[str, ...]] = {}

    def of(self, unit: str) -> tuple[str, ...]:
        """Return the people, or the unit itself, in order."""
        if unit not in self._found:
            self._found[unit] = self._owing(unit)
        return self._found[unit]

    def is_empty(self, unit: str) -> bool:
        """Return whether nobody holds the role there, so that a duty of every holder is owed by none."""
        who = self.who
        if not who.role or who.where or who.categories:
            return False  # whoever comes next may not be among those who owe it
        return not self._bonds(unit)

    def days(self, unit: Unit, who: str) -> int:
        """Return on how many days of the window somebody held the role, or the unit was there.

        What was before a unit that passed into it counts as the unit; with ``units`` "once" every unit does.
        """
        window, asked = self.window, self.who
        if who == unit.id:
            first, last = span_of(unit.since, unit.until)
            if window.first < first <= window.last:
                first = min(span_of(one.since, None)[0] for one in self.world.before(unit.id, window.held_on))
            return _overlap(window, first, last)
        if asked.units == "once":
            bonds: Iterable[Membership] = self.world.snapshot.bonds(who, role=asked.role)
        else:
            units = self.world.before(unit.id, window.held_on)
            bonds = [bond for one in units for bond in self.world.snapshot.bonds_of_unit(one.id)]
        held = [False] * (window.last - window.first + 1)
        for bond in bonds:
            is_meant = bond.person == who and bond.role == asked.role
            if is_meant and asked.affiliation in (None, bond.affiliation):
                first, last = span_of(bond.since, bond.until)
                first, last = max(first, window.first), min(last, window.last)
                for day in range(first, last + 1):
                    held[day - window.first] = True
        return sum(held)

    def _bonds(self, unit: str) -> list[Membership]:
        """Return the bonds of those who hold the role there and are there themselves."""
        who, day = self.who, self.day
        bonds = self.world.snapshot.holders(unit, who.role, on=day, affiliation=who.affiliation)
        return [bond for bond in bonds if self.world.is_there(bond.person, day)]

    def _owing(self, unit: str) -> tuple[str, ...]:
        who = self.who
        if not who.role:
            return (unit,) if self._suits is None or self._suits(unit) else ()
        bonds = self._bonds(unit)
        if not bonds:
            return ()
        people = [person for person in dict.fromkeys(bond.person for bond in bonds) if self._is_meant(person)]
        if who.several == "joint":
            return (unit,) if people else ()
        return tuple(people)

    def _is_meant(self, person: str) -> bool:
        if self._suits is not None and not self._suits(person):
            return False
        wanted = self.who.categories
        if not wanted:
            return True
        return self.world.snapshot.category(person, on=self.day) in wanted


def _overlap(window: Window, first: int, last: int) -> int:
    return max(0, min(last, window.last) - max(first, window.first) + 1)


def _part(duty: Duty, window: Window, days: int) -> int:
    """Return how many facts a window asks that was only there for so many of its days."""
    length = window.length
    if days >= length or duty.partial == "whole":
        return window.least
    return window.least * days // length if duty.partial == "pro-rata" else 0
