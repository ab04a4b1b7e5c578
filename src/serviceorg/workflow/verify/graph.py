"""The plain graph of a definition: its states, and every arrow a move or opening draws between them."""

import attrs

from ..rules import Version


@attrs.frozen
class Arrow:
    """One way from a state to another: ``source`` is "" where a ticket begins there.

    ``move`` is the id of the opening or move, ``route`` the number of the route taken, from 0. Where a move
    stays, ``target`` is the source and ``stays`` is true.
    """

    source: str
    target: str
    move: str
    route: int = 0
    stays: bool = False


@attrs.frozen
class Graph:
    """States in the order of the definition, arrows in that of openings, moves, their sources and routes."""

    states: tuple[str, ...]
    arrows: tuple[Arrow, ...]


def graph(version: Version) -> Graph:
    """Return the graph of a version; requirements are left out, so it has every life and some more."""
    arrows = [
        Arrow("", route.to, opening.id, number)
        for opening in version.openings
        for number, route in enumerate(opening.routes)
    ]
    arrows += [
        Arrow(source, route.to or source, move.id, number, not route.to)
        for move in version.moves
        for source in move.sources
        for number, route in enumerate(move.routes)
    ]
    return Graph(tuple(state.id for state in version.states), tuple(arrows))
