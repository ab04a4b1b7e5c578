"""What a picture shows, before anybody asks where: boxes, arrows between them, texts in one language."""

from collections.abc import Sequence

import attrs

from ...basics import FrozenMap


@attrs.frozen(kw_only=True)
class Tag:
    """A move as written at an arrow: its title, who may make it, and all else in ``about`` (a tooltip)."""

    move: str
    title: str
    who: str
    is_timed: bool = False
    is_walked: bool = False
    about: str = ""


@attrs.frozen(kw_only=True)
class Box:
    """A state, or ("group") several states that share moves, or ("start") where tickets begin.

    ``signs`` are the lines on clocks, ``loops`` the moves that stay, ``visits`` the places of the state in
    the path of the ticket, counted from 1. ``beside`` is the place of the box whose layer is taken where
    no arrow says otherwise, -1 for none.
    """

    id: str
    kind: str
    title: str
    about: str = ""
    signs: tuple[str, ...] = ()
    loops: tuple[Tag, ...] = ()
    visits: tuple[int, ...] = ()
    is_here: bool = False
    beside: int = -1


@attrs.frozen
class Arrow:
    """All moves from one box to another; ``source`` and ``target`` are places in the list of boxes."""

    source: int
    target: int
    tags: tuple[Tag, ...]

    @property
    def is_walked(self) -> bool:
        """Whether the ticket went this way."""
        return any(tag.is_walked for tag in self.tags)


@attrs.frozen
class Sketch:
    """A picture without places; ``states`` and ``moves`` say how many the workflow has."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


@attrs.frozen
class Walk:
    """The path of a ticket: its steps as (from, move, to), "" before the opening, and its visits."""

    steps: frozenset[tuple[str, str, str]] = frozenset()
    visits: FrozenMap[str, tuple[int, ...]] = FrozenMap()


def walk_of(path: Sequence[tuple[str, str]]) -> Walk:
    """Return the walk of events given as (move, state reached); what stays in a state is no new visit."""
    steps: set[tuple[str, str, str]] = set()
    visits: dict[str, tuple[int, ...]] = {}
    before, count = "", 0
    for move, state in path:
        steps.add((before, move, state))
        if state != before:
            count += 1
            visits[state] = (*visits.get(state, ()), count)
        before = state
    return Walk(frozenset(steps), FrozenMap(visits))
