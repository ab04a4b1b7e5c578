"""The search for lives: shortest stories that reach a goal, and the certainty that there is none.

A search begins without memories, where everything a requirement asks of the past may be so or not so. The
story it finds is lived through with all memories; if it fails, the memories it failed by are taken along and
the search begins anew. So the graph stays small, a story told is always possible and always a shortest one,
and "there is none" is a proof: without a memory there are more lives, never fewer.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import attrs

from ..rules import Move, Opening, Version
from .arcs import OUTSIDE, Arc, arcs_of
from .knowledge import Knowledge
from .memories import Known, Matter, Memory, after, first, tops

#: The most tickets, told apart by state and memories, that one search looks at; and the most arcs that all
#: searches of a definition try. Bundled workflows need some thousands; this many take about half a second.
MOST_NODES = 50_000
MOST_TRIED = 500_000

Node = tuple[int, ...]
Path = tuple[Arc, ...]
#: The numbers of the arcs looked for; each with the values, as bits, the watched memory must have before it.
Goal = Mapping[int, int]
Table = tuple[int, ...]


@attrs.frozen
class Answer:
    """A life that reaches a goal (``path``); or none, by these memories; or ``is_open``: not decided."""

    path: Path | None = None
    memories: tuple[Memory, ...] = ()
    is_open: bool = False


class TooMany(Exception):
    """More tickets would have to be told apart than are looked at; the answer is that nothing is known."""


class _Way(NamedTuple):
    """An arc as a search with certain memories sees it; a tuple, since a search makes one for every arc."""

    arc: Arc
    guard: tuple[tuple[int, int], ...]
    changes: tuple[tuple[int, Table], ...]
    is_sure: bool


class Lives:
    """All possible lives of a ticket under one version of a workflow."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.steps: tuple[Opening | Move, ...] = (*version.openings, *version.moves)
        self.knowledge = Knowledge(version)
        self.tops = tops(version) | self.knowledge.tops()
        self.arcs = arcs_of(version, self.tops, self.knowledge)
        self.clocks = {clock.id: clock for clock in version.clocks}
        self._begin()

    def _begin(self) -> None:
        self._from: dict[int, list[Arc]] = {}
        for arc in self.arcs:
            self._from.setdefault(arc.source, []).append(arc)
        self._tables: dict[Memory, dict[int, Table | None]] = {}
        self._left = MOST_TRIED

    def where(self, step: int) -> tuple[str, int]:
        """Return the place of a step in the version."""
        openings = len(self.version.openings)
        return ("opening", step) if step < openings else ("move", step - openings)

    def story(self, path: Path) -> tuple[str, ...]:
        """Return the openings and moves of a life."""
        return tuple(self.steps[arc.step].id for arc in path)

    def leaving(self, state: int) -> list[Arc]:
        """Return the arcs that leave a state."""
        return self._from.get(state, [])

    def table(self, memory: Memory, arc: Arc) -> Table | None:
        """Return what an arc makes of each value of a memory, None if it leaves it alone."""
        tables = self.tables(memory)
        if arc.number not in tables:
            tables[arc.number] = self.followed(memory, arc)
        return tables[arc.number]

    def followed(self, memory: Memory, arc: Arc) -> Table | None:
        """Return what ``table`` keeps, worked out."""
        if isinstance(memory, Known):
            return self.knowledge.after(memory, (arc.step, arc.route))
        return after(memory, self.tops[memory], arc.event, self.clocks)

    def tables(self, memory: Memory) -> dict[int, Table | None]:
        """Return the tables of a memory that are worked out so far, by the numbers of arcs."""
        return self._tables.setdefault(memory, {})

    def find(self, goal: Goal, watched: Memory | None = None) -> Answer:
        """Return a shortest life that takes one of the arcs of a goal.

        ``watched`` is the memory the goal's values are of; without one the values do not matter.
        """
        tracked = [watched] if watched is not None else []
        while True:
            try:
                path = self._shortest(goal, tracked)
            except TooMany:
                return Answer(is_open=True)
            if path is None:
                return Answer(memories=tuple(tracked))
            missed = self.missed(path)
            if not missed:
                return Answer(path)
            more = [memory for memory in missed if memory not in tracked]
            if not more:  # only where more matters are open than are told apart
                return Answer(is_open=True)
            tracked += more

    def missed(self, path: Path) -> tuple[Memory, ...]:
        """Return the memories by which the first step that is not possible fails; none if all are."""
        values = {memory: first(memory) for arc in path for memory in arc.guard}
        for arc in path:
            failed = [memory for memory, mask in arc.guard.items() if not self._fits(memory, values, mask)]
            if failed:
                return tuple(failed)
            for memory, value in values.items():
                values[memory] = self._exactly(memory, value, arc)
        return ()

    def _fits(self, memory: Memory, values: Mapping[Memory, int], mask: int) -> bool:
        return bool(mask >> min(values[memory], self.tops[memory]) & 1)

    def _exactly(self, memory: Memory, value: int, arc: Arc) -> int:
        table = self.table(memory, arc)
        if table is None:
            return value
        if isinstance(memory, Matter) and value >= self.tops[memory]:
            return value + 1 if arc.event.opens == memory.id else value - 1
        return table[value]

    def _shortest(self, goal: Goal, tracked: list[Memory]) -> Path | None:
        search = Search(self, tracked)
        for node, way, _ in search.steps():
            mask = goal.get(way.arc.number, 0)
            if mask and (mask == -1 or mask >> node[1] & 1):
                return (*search.path(node), way.arc)
        return None

    def spend(self, tried: int) -> None:
        """Count arcs tried; refuse when all searches together have tried too many."""
        self._left -= tried
        if self._left < 0:
            raise TooMany


class Search:
    """A walk over all tickets that differ in state or in one of the tracked memories, nearest first.

    A node is the number of the state, then the value of each tracked memory. An arc is "sure" if everything
    it asks of the past is tracked, so that it can be taken from the node and not only perhaps.
    ``begun`` is a life the walk goes on from.
    """

    def __init__(self, lives: Lives, tracked: Iterable[Memory], begun: Path = ()) -> None:
        self.lives = lives
        self._begun = begun
        self.tracked = tuple(tracked)
        self._columns = [(number, one, lives.tables(one)) for number, one in enumerate(self.tracked, 1)]
        self.came: dict[Node, tuple[Node, Arc] | None] = {}
        self._ways: dict[int, list[_Way]] = {}

    def steps(self) -> Iterator[tuple[Node, _Way, Node]]:
        """Yield every arc that can be taken, with the nodes it leaves and reaches; ``came`` has all met."""
        start: Node = (OUTSIDE, *map(first, self.tracked))
        for arc in self._begun:
            start = _reached(start, self._way(arc))
        came = self.came
        came[start] = None
        queue = deque((start,))
        while queue:
            node = queue.popleft()
            ways = self.ways(node[0])
            self.lives.spend(len(ways) + 1)
            if len(came) > MOST_NODES:
                raise TooMany
            for way in ways:
                for position, mask in way.guard:
                    if not mask >> node[position] & 1:
                        break
                else:
                    reached = _reached(node, way)
                    yield node, way, reached
                    if reached not in came:
                        came[reached] = node, way.arc
                        queue.append(reached)

    def path(self, node: Node) -> Path:
        """Return the arcs of a shortest way to a node."""
        arcs = []
        step = self.came[node]
        while step is not None:
            arcs.append(step[1])
            step = self.came[step[0]]
        return tuple(reversed(arcs))

    def ways(self, state: int) -> list[_Way]:
        """Return the arcs that leave a state, as this search sees them."""
        if state not in self._ways:
            self._ways[state] = [self._way(arc) for arc in self.lives.leaving(state)]
        return self._ways[state]

    def _way(self, arc: Arc) -> _Way:
        guard, changes = [], []
        number = arc.number
        for position, memory, tables in self._columns:
            if arc.guard and memory in arc.guard:
                guard.append((position, arc.guard[memory]))
            table = tables[number] if number in tables else self.lives.table(memory, arc)
            if table is not None:
                changes.append((position, table))
        return _Way(arc, tuple(guard), tuple(changes), len(guard) == len(arc.guard))


def _reached(node: Node, way: _Way) -> Node:
    if not way.changes:
        return (way.arc.target, *node[1:])
    values = list(node)
    values[0] = way.arc.target
    for position, table in way.changes:
        values[position] = table[values[position]]
    return tuple(values)
