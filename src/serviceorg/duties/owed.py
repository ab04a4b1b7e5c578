"""Who owes a duty to whom in one window: one pass over the units, however many there are."""

from collections.abc import Container, Iterator

import attrs

from ..model import Membership, Unit
from .book import Duty, Towards
from .obligation import Window
from .presence import held_days, one_of, unit_days
from .world import World

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
    holders, is_once = _Holders(world, duty, window), duty.is_owed_once
    owing: set[str] = set()
    for unit in world.units_on(window.held_on, holders.kinds):
        found = holders.of(unit.id)
        if not found:
            if holders.is_empty(unit.id):
                vacant.append(Vacancy(duty.id, unit.id, window.label, 0))
            continue
        if is_once:
            found = tuple(who for who in found if who not in owing)
            owing.update(found)
        for who in found:
            needed = window.least
            if duty.partial != "whole":
                needed = _part(duty, window, holders.days(unit, who))
            if needed:
                yield who, unit.id, "", needed


def _owed_to_targets(
    world: World, duty: Duty, window: Window, only: Container[str] | None, vacant: list[Vacancy]
) -> Iterator[Row]:
    assert duty.towards is not None
    least, part, is_by_unit = window.least, _Part(world, duty, window), bool(duty.role_of_facts)
    is_part_asked, placed = part.is_asked, part.placed_for_a_part
    holders, above = _Holders(world, duty, window), _Above(world, duty, window)
    missing: dict[str, int] = {}
    found: dict[str, tuple[str, ...]] = {}
    for target, unit, is_cut in _targets(world, duty.towards, window, only):
        owners = above.of(unit)
        if not owners:
            continue
        needed = least
        if is_part_asked and (is_cut or unit in placed):
            needed = part.needed(target, unit)
            if not needed:
                continue
        owing: set[str] | None = None if is_by_unit or len(owners) == 1 else set()
        for owner in owners:
            whose = found.get(owner)
            if whose is None:
                whose = found[owner] = holders.of(owner)
            for who in whose:
                if owing is not None:  # somebody at two levels owes a target once, at the nearer
                    if who in owing:
                        continue
                    owing.add(who)
                yield who, owner, target, needed
            if not whose and holders.is_empty(owner):
                missing[owner] = missing.get(owner, 0) + 1
    vacant += (Vacancy(duty.id, unit, window.label, number) for unit, number in sorted(missing.items()))


def _targets(
    world: World, towards: Towards, window: Window, only: Container[str] | None
) -> Iterator[tuple[str, str, bool]]:
    """Yield (target, unit, whether it may be there for a part), by unit; a person at the unit of the bond."""
    snapshot, day, start, end = world.snapshot, window.held_on, window.start, window.end
    suits = world.judge(towards.where, window, towards.class_on)
    is_cut = window.length > window.last - window.first + 1
    for unit in world.units_on(day, towards.kinds):
        if not towards.role:
            name = unit.id
            if (suits is None or suits(name)) and (only is None or name in only):
                since, until = unit.since, unit.until
                is_dated = (since is not None and since > start) or (until is not None and until < end)
                yield name, name, is_cut or is_dated
            continue
        bonds = snapshot.holders(unit.id, towards.role, on=day)
        for person in dict.fromkeys([bond.person for bond in bonds if world.is_there(bond.person, day)]):
            if (suits is None or suits(person)) and (only is None or person in only):
                yield person, unit.id, True


class _Part:
    """How much of a window is owed to a target that was there for a part of it."""

    def __init__(self, world: World, duty: Duty, window: Window) -> None:
        assert duty.towards is not None
        self.world, self.duty, self.window, self.towards = world, duty, window, duty.towards
        self.is_asked = duty.partial != "whole"
        placed = world.days_placed(duty.towards.tree) if self.is_asked else {}
        first, last = window.first, window.last
        self.placed_for_a_part = {
            unit for unit, (begun, ended) in placed.items() if begun > first or ended < last
        }

    def needed(self, target: str, unit: str) -> int:
        """Return how many facts are owed to it."""
        world, window, towards = self.world, self.window, self.towards
        if towards.role:
            is_meant = one_of(unit, world.former(window))
            days = held_days(world, target, window, role=towards.role, affiliation=None, is_meant=is_meant)
        else:
            days = unit_days(world, world.snapshot.units[unit], window, tree=towards.tree)
        return _part(self.duty, window, days)


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

    def __init__(self, world: World, duty: Duty, window: Window) -> None:
        who = duty.who
        self.world, self.duty, self.who, self.window = world, duty, who, window
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

        Of what is owed once, time at any of the units is time of who owes it.
        """
        world, window, asked = self.world, self.window, self.who
        if who == unit.id:
            return unit_days(world, unit, window)
        is_meant = self._is_of_kind if self.duty.is_owed_once else one_of(unit.id, world.former(window))
        return held_days(
            world, who, window, role=asked.role, affiliation=asked.affiliation, is_meant=is_meant
        )

    def _is_of_kind(self, unit: str) -> bool:
        found = self.world.snapshot.units.get(unit)
        return not self.kinds or (found is not None and found.kind in self.kinds)

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


def _part(duty: Duty, window: Window, days: int) -> int:
    """Return how many facts a window asks that was only there for so many of its days."""
    length = window.length
    if days >= length or duty.partial == "whole":
        return window.least
    return window.least * days // length if duty.partial == "pro-rata" else 0
