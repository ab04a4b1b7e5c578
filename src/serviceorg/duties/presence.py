"""On how many days of a window somebody held a role, or a unit was there."""

from collections.abc import Callable, Iterable

from ..model import Unit
from .obligation import Window
from .world import ALWAYS, Former, World, span_of


def unit_days(world: World, unit: Unit, window: Window, *, tree: str = "") -> int:
    """Return on how many days of a window a unit was there, and in a tree if one is named.

    What passed into a unit within the window was that unit before: its time begins with theirs.
    """
    placed = world.days_placed(tree) if tree else {}
    first, last = _span(unit, placed)
    if window.first < first <= window.last:
        older = world.former(window).get(unit.id, ())
        first = min([first, *(_span(world.snapshot.units[old], placed)[0] for old in older)])
    return overlap(window, first, last)


def held_days(
    world: World,
    person: str,
    window: Window,
    *,
    role: str,
    affiliation: str | None,
    is_meant: Callable[[str], bool],
) -> int:
    """Return on how many days of a window somebody, being there, held a role at one of the units meant."""
    life = ALWAYS
    record = world.snapshot.people.get(person)
    if record is not None:
        life = span_of(record.since, record.until)
    begun, ended = max(life[0], window.first), min(life[1], window.last)
    bonds = world.snapshot.bonds(person, role=role, affiliation=affiliation)
    spans = (span_of(bond.since, bond.until) for bond in bonds if is_meant(bond.unit))
    return _covered((max(first, begun), min(last, ended)) for first, last in spans)


def one_of(unit: str, former: Former) -> Callable[[str], bool]:
    """Return what tells a unit, and those that passed into it, from others."""
    return frozenset((unit, *former.get(unit, ()))).__contains__


def overlap(window: Window, first: int, last: int) -> int:
    """Return how many days of a window lie between two, both included."""
    return max(0, min(last, window.last) - max(first, window.first) + 1)


def _span(unit: Unit, placed: dict[str, tuple[int, int]]) -> tuple[int, int]:
    first, last = span_of(unit.since, unit.until)
    begun, ended = placed.get(unit.id, ALWAYS)
    return max(first, begun), min(last, ended)


def _covered(spans: Iterable[tuple[int, int]]) -> int:
    """Return how many days lie in spans, each day once."""
    days, free = 0, 0
    for first, last in sorted(spans):
        start = max(first, free)
        if start <= last:
            days += last - start + 1
            free = last + 1
    return days
