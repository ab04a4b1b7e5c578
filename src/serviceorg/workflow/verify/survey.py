"""Which steps, routes and states occur in some life: the ground all other questions stand on."""

from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property

from .arcs import OUTSIDE, Arc
from .lives import Answer, Lives, Search, TooMany

Way = tuple[int, int]  # the numbers of a step and of its route


class Survey:
    """What can occur in lives of a ticket.

    ``states`` are the numbers of the states some ticket reaches and ``ways`` the steps and routes some ticket
    takes; what could not be decided counts as occurring. ``never`` has, for every way that is not taken, the
    answer that says so.
    """

    def __init__(self, lives: Lives) -> None:
        self.lives = lives
        self.states: set[int] = set()
        self.ways: set[Way] = set()
        self.never: dict[Way, Answer] = {}
        self._seen(arc for arc in lives.arcs if arc.source == OUTSIDE and not arc.guard)
        self._ask()

    def _seen(self, arcs: Iterable[Arc]) -> None:
        """Note arcs as taken, and whatever follows without asking for anything of the past."""
        todo = list(arcs)
        while todo:
            arc = todo.pop()
            self.ways.add((arc.step, arc.route))
            if arc.target not in self.states:
                self.states.add(arc.target)
                todo += (after for after in self.lives.leaving(arc.target) if not after.guard)

    def _ask(self) -> None:
        doubtful: dict[Way, dict[int, int]] = {}
        for arc in self.lives.arcs:
            if (arc.step, arc.route) not in self.ways:
                doubtful.setdefault((arc.step, arc.route), {})[arc.number] = -1
        short = self._shortcuts(doubtful)
        for way, goal in doubtful.items():
            if way in self.ways:
                continue
            answer = short.get(way) or self.lives.find(goal)
            if answer.path is not None:
                self._seen(answer.path)
            elif answer.is_open:
                self._seen(arc for arc in self.lives.arcs if arc.number in goal)
            else:
                self.never[way] = answer

    def _shortcuts(self, doubtful: dict[Way, dict[int, int]]) -> dict[Way, Answer]:
        """Return the ways whose shortest story in the plain graph is possible as it stands: most of them."""
        found: dict[Way, Answer] = {}
        if doubtful:
            with suppress(TooMany):  # then each is asked for by itself
                plain = Search(self.lives, ())
                for node, step, _ in plain.steps():
                    way = step.arc.step, step.arc.route
                    if way in doubtful and way not in found:
                        path = (*plain.path(node), step.arc)
                        if not self.lives.missed(path):
                            found[way] = Answer(path)
        return found

    @cached_property
    def arcs(self) -> tuple[Arc, ...]:
        """The arcs of all ways that are taken, from states that are reached."""
        return tuple(
            arc
            for arc in self.lives.arcs
            if (arc.step, arc.route) in self.ways and (arc.source in self.states or arc.source == OUTSIDE)
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of everything that occurs: openings, moves, states entered, parts completed."""
        return frozenset().union(*(arc.event.names for arc in self.arcs))

    def made(self, step: int) -> bool:
        """Return whether a step is made in some life."""
        return any((step, route) in self.ways for route in range(len(self.lives.steps[step].routes)))
