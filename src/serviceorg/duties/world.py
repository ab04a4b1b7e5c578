"""A snapshot as the duties see it: lives, placements and traits gathered once for many questions."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import pairwise
from operator import attrgetter

from ..basics import Label
from ..model import Snapshot, Trait, Unit
from .book import Traits
from .obligation import Window

#: First and last ordinal of what holds always.
ALWAYS = (1, 10**7)
#: Units that passed into others, by what they became.
Former = Mapping[str, tuple[str, ...]]
_ID = attrgetter("id")


class World:
    """What duties ask of a snapshot, each record looked at once however often it is asked about."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._traits: dict[str, list[Trait]] = {}
        self._traits_of: dict[str, dict[str, list[Trait]]] = {}
        self._placed: dict[str, dict[str, tuple[int, int]]] = {}
        self._of_kinds: dict[tuple[str, ...], list[Unit]] = {}
        self._former: dict[tuple[date, date], Former] = {}

    def units_on(self, day: date, kinds: tuple[str, ...]) -> list[Unit]:
        """Return the units of some kinds (none: of all) that are there on a day, by id."""
        found = self._of_kinds.get(kinds)
        if found is None:
            wanted = frozenset(kinds)
            found = [unit for unit in self.snapshot.units.values() if not kinds or unit.kind in wanted]
            found.sort(key=_ID)
            self._of_kinds[kinds] = found
        return [
            unit
            for unit in found
            if (unit.since is None or unit.since <= day) and (unit.until is None or day <= unit.until)
        ]

    def is_there(self, person: str, day: date) -> bool:
        """Return whether somebody is there on a day; so is who has no record (``check_snapshot`` tells)."""
        found = self.snapshot.people.get(person)
        if found is None:
            return True
        since, until = found.since, found.until
        return (since is None or since <= day) and (until is None or day <= until)

    def former(self, window: Window) -> Former:
        """Return the units that within a window, by its deciding day, became others: heir -> what it was."""
        key = window.start, window.held_on
        if key not in self._former:
            self._former[key] = self._became(*key)
        return self._former[key]

    def days_placed(self, tree: str) -> dict[str, tuple[int, int]]:
        """Return the first and last ordinal day of units in a tree; not of those that were always in it."""
        if tree not in self._placed:
            found: dict[str, tuple[int, int]] = {}
            for one in self.snapshot.placements:
                if one.tree == tree and (one.since or one.until or one.unit in found):
                    first, last = span_of(one.since, one.until)
                    known = found.get(one.unit, (first, last))
                    found[one.unit] = min(known[0], first), max(known[1], last)
            self._placed[tree] = found
        return self._placed[tree]

    def traits_of(self, name: str, of: str) -> list[Trait]:
        """Return the traits of one name of somebody or something, of all time."""
        known = self._traits_of.get(name)
        if known is None:
            known = self._traits_of[name] = {}
            for trait in self._named(name):
                known.setdefault(trait.of, []).append(trait)
        return known.get(of, [])

    def called(self, name: str) -> Label | str:
        """Return the title of a trait where the structure has one, else its name."""
        kind = self.snapshot.structure.traits.get(name)
        return kind.title if kind is not None and str(kind.title) else name

    def judge(self, traits: Traits, window: Window, class_on: str) -> Callable[[str], bool] | None:
        """Return what tells whether traits hold of an id in a window; None where nothing is asked."""
        if not traits:
            return None
        if class_on == "any":
            return lambda of: _any_day(
                [(self.traits_of(name, of), frozenset(values)) for name, values in traits.items()], window
            )
        if class_on == "all":
            days = window.last - window.first + 1
            return lambda of: all(
                covered_days(self.traits_of(name, of), frozenset(values), window) == days
                for name, values in traits.items()
            )
        day = {"start": window.start, "end": window.end}.get(class_on, window.held_on)
        tests = [self._holding(name, frozenset(values), day) for name, values in traits.items()]
        return tests[0] if len(tests) == 1 else lambda of: all(test(of) for test in tests)

    def _became(self, start: date, on: date) -> Former:
        snapshot = self.snapshot
        changed = (change.before for change in snapshot.changes if start < change.on <= on)
        found: dict[str, list[str]] = {}
        for unit in sorted({unit for before in changed for unit in before if unit in snapshot.units}):
            heir = snapshot.ticket_heir(unit, on=on)
            if heir and heir != unit:
                found.setdefault(heir, []).append(unit)
        return {heir: tuple(units) for heir, units in found.items()}

    def _named(self, name: str) -> list[Trait]:
        if name not in self._traits:
            self._traits[name] = [trait for trait in self.snapshot.traits if trait.name == name]
        return self._traits[name]

    def _holding(self, name: str, wanted: frozenset[str], day: date) -> Callable[[str], bool]:
        """Return the test for one of the wanted values on a day; "" stands for none at all."""
        holding = [
            trait
            for trait in self._named(name)
            if (trait.since is None or trait.since <= day) and (trait.until is None or day <= trait.until)
        ]
        having = {trait.of for trait in holding if trait.value in wanted}
        if "" not in wanted:
            return having.__contains__
        others = {trait.of for trait in holding} - having
        return lambda of: of not in others


def span_of(since: date | None, until: date | None) -> tuple[int, int]:
    """Return first and last day as ordinals, open ends far away."""
    first = 1 if since is None else since.toordinal()
    return first, ALWAYS[1] if until is None else until.toordinal()


def _holds(traits: Iterable[Trait], wanted: frozenset[str], day: date) -> bool:
    """Return whether one of the wanted values is in force on a day; "" stands for none at all."""
    some = False
    for trait in traits:
        since, until = trait.since, trait.until
        if (since is None or since <= day) and (until is None or day <= until):
            some = True
            if trait.value in wanted:
                return True
    return not some and "" in wanted


def covered_days(traits: Iterable[Trait], wanted: frozenset[str], window: Window) -> int:
    """Return on how many days of a window one of the wanted values is in force."""
    turns = [*_turns(traits, window), window.last + 1]
    return sum(later - day for day, later in pairwise(turns) if _holds(traits, wanted, date.fromordinal(day)))


def _turns(traits: Iterable[Trait], window: Window) -> list[int]:
    """Return the first days of the stretches of a window in which no trait begins or ends."""
    days = {window.first}
    for trait in traits:
        first, last = span_of(trait.since, trait.until)
        days.update(day for day in (first, last + 1) if window.first < day <= window.last)
    return sorted(days)


def _any_day(conditions: list[tuple[list[Trait], frozenset[str]]], window: Window) -> bool:
    """Return whether there is a day on which all conditions hold."""
    turns = {day for traits, _ in conditions for day in _turns(traits, window)}
    return any(
        all(_holds(traits, wanted, date.fromordinal(day)) for traits, wanted in conditions)
        for day in sorted(turns)
    )
