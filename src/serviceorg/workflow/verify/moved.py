"""What becomes of promises when tickets under way are moved over to a new version (在途工单)."""

from collections.abc import Iterator, Sequence
from functools import reduce

import attrs

from ...basics import FrozenMap
from ..rules import Move, Promise, Version
from .arcs import OUTSIDE, Arc
from .findings import Finding, listed, told
from .guards import Guard
from .lives import Lives, Table
from .memories import (
    MOST_COUNTED,
    NOT_STARTED,
    Happening,
    Known,
    Memory,
    Pieces,
    Shared,
    Status,
    Tally,
    after,
)
from .promises import broken, in_words, watched_by

_NOTHING: frozenset[str] = frozenset()


def verify_moved(versions: Sequence[Version]) -> tuple[Finding, ...]:
    """Return every promise of the last version that a ticket moved over to it may break.

    ``versions`` follow one another, and each but the first takes over the tickets of the one before. A
    state that was renamed counts under its new name, as it does for the memory of a ticket moved over.
    """
    last = versions[-1]
    if len(versions) < 2 or not last.promises:
        return ()
    lives = MovedLives(versions)
    return tuple(
        finding for number, promise in enumerate(last.promises) for finding in _judged(lives, promise, number)
    )


def _judged(lives: "MovedLives", promise: Promise, number: int) -> Iterator[Finding]:
    watched, top = watched_by(promise, number)
    lives.tops[watched] = top
    where = ("promise", number)
    goal = {arc.number: mask for arc in lives.arrived if (mask := broken(promise, arc))}
    answer = None if top > MOST_COUNTED else lives.find(goal, watched)
    if answer is None or answer.is_open:
        message = (
            f"it could not be shown that tickets moved over keep the promise that {in_words(promise)}; "
            'use fewer "count" requirements, or let these tickets finish by their own version'
        )
        yield Finding("promise-in-flight", where, message)
    elif answer.path is not None:
        story = lives.story(answer.path)
        met = listed(sorted(answer.path[-1].event.names & {*promise.never}))
        message = (
            f"it is promised that {in_words(promise)}, but a ticket moved over may bring {met} about: "
            f"{told(story)}; send its state elsewhere, add a requirement to the last step that rules this "
            "out, or let these tickets finish by their own version"
        )
        yield Finding("promise-in-flight", where, message, story)


class MovedLives(Lives):
    """All lives of tickets that began under an earlier version and were moved over to the last one.

    A stage is the number of a version. States, steps and arcs of all versions are counted through; matters,
    clocks and parts go with a ticket, what requirements count is worked out anew from its history, as the
    version moved to asks for it. ``arrived`` are the arcs of the last version and those that lead there.
    """

    def __init__(self, versions: Sequence[Version]) -> None:
        self.stages = tuple(map(Lives, versions))
        self.version = versions[-1]
        self.steps = ()
        self.tops: dict[Memory, int] = {}
        self._stage_of: list[int] = []  # by the number of an arc
        self._routes: list[tuple[str, str]] = []  # the states an arc leaves and reaches, by their ids
        self._moving: set[int] = set()  # the numbers of the arcs that move a ticket over
        arcs: list[Arc] = []
        offset = 0
        for stage, lives in enumerate(self.stages):
            first = len(self.steps)
            arcs += self._own(stage, lives, len(arcs), (offset, first))
            self.steps = (*self.steps, *lives.steps)
            offset += len(lives.version.states)
            if stage + 1 < len(self.stages):
                arcs += self._moved(stage, len(arcs), offset)
                self.steps = (*self.steps, _moving_to(self.stages[stage + 1].version))
            for memory, top in lives.tops.items():
                self.tops.setdefault(self._kept(memory, stage), top)
        self.arcs = tuple(arcs)
        end = len(self.stages) - 1
        self.arrived = [arc for arc in arcs if self._stage_of[arc.number] == end]
        self._begin()

    def _own(self, stage: int, lives: Lives, number: int, first: tuple[int, int]) -> Iterator[Arc]:
        """Yield the arcs of a version; who is opened under the last one is not moved over."""
        states = [state.id for state in lives.version.states]
        for arc in lives.arcs:
            if arc.source == OUTSIDE and stage == len(self.stages) - 1:
                continue
            source = OUTSIDE if arc.source == OUTSIDE else arc.source + first[0]
            self._stage_of.append(stage)
            self._routes.append(("" if source == OUTSIDE else states[arc.source], states[arc.target]))
            yield attrs.evolve(
                arc,
                number=number,
                source=source,
                target=arc.target + first[0],
                step=arc.step + first[1],
                guard=self._guard(arc.guard, stage),
            )
            number += 1

    def _moved(self, stage: int, number: int, offset: int) -> Iterator[Arc]:
        """Yield the arcs that move tickets to the next version, whose states begin at ``offset``."""
        old, new = (lives.version for lives in self.stages[stage : stage + 2])
        places = {state.id: offset + place for place, state in enumerate(new.states)}
        for place, state in enumerate(old.states):
            target = new.in_flight.states.get(state.id, state.id)
            if target in places:
                names = frozenset((target,)) if target != state.id else _NOTHING
                source = offset - len(old.states) + place
                self._stage_of.append(stage + 1)
                self._routes.append((state.id, target))
                self._moving.add(number)
                yield Arc(number, source, places[target], len(self.steps), 0, FrozenMap(), Happening(names))
                number += 1

    def _kept(self, memory: Memory, stage: int) -> Memory:
        return attrs.evolve(memory, stage=stage) if isinstance(memory, (Tally, Known)) else memory

    def _guard(self, guard: Guard, stage: int) -> Guard:
        """Return a guard of one version as it looks at the memories of all."""
        return FrozenMap(
            {
                self._kept(memory, stage): mask
                for memory, mask in guard.items()
                if not isinstance(memory, (Pieces, Shared)) or self._is_same_part(memory, stage)
            }
        )

    def _is_same_part(self, memory: Pieces | Shared, stage: int) -> bool:
        """Return whether a part had the same pieces in all versions so far; if not, it says nothing."""
        found = {
            ((part.pieces, part.of_slot), lives.tops[memory])
            for lives in self.stages[: stage + 1]
            for part in lives.version.parts
            if part.id == memory.id
        }
        return len(found) == 1

    def followed(self, memory: Memory, arc: Arc) -> Table | None:
        """Return what an arc makes of each value of a memory, None if it leaves it alone."""
        stage, is_moving = self._stage_of[arc.number], arc.number in self._moving
        match memory:
            case Tally():
                names = self._names(memory, arc)
                return after(memory, self.tops[memory], Happening(names), {}) if names else None
            case Known():
                if is_moving or stage > memory.stage:
                    return None
                keep, own = self.stages[stage].knowledge.keep, attrs.evolve(memory, stage=0)
                return self.stages[memory.stage].knowledge.followed(
                    own, self.steps[arc.step], arc.route, keep
                )
            case Status():
                clocks = self.stages[stage].clocks
                found = after(memory, self.tops[memory], arc.event, clocks)
                if not is_moving or memory.id in self.stages[stage - 1].clocks:
                    return found
                return (NOT_STARTED if found is None else found[NOT_STARTED],) * (self.tops[memory] + 1)
        return None if is_moving else after(memory, self.tops[memory], arc.event, {})

    def _names(self, memory: Tally, arc: Arc) -> frozenset[str]:
        """Return the names under which a version counts an arc, be it one of a version before."""
        stage, is_moving = self._stage_of[arc.number], arc.number in self._moving
        if memory.promise >= 0:
            return frozenset(self._renamed(name, stage) for name in arc.event.names)
        if stage >= memory.stage:
            return arc.event.names if stage == memory.stage else _NOTHING
        version = self.stages[memory.stage].version
        source, target = (version.in_flight.states.get(one, one) for one in self._routes[arc.number])
        step = "" if is_moving else self.steps[arc.step].id
        leads = {route.to for move in version.moves if move.id == step for route in move.routes}
        # The memory of a ticket moved over is found in its history, which tells moves and states alone.
        return frozenset((step, target) if target != source or target in leads else (step,))

    def _renamed(self, name: str, stage: int) -> str:
        """Return what a state of a version is called in the last one; other names stay."""
        later = (lives.version.in_flight.states for lives in self.stages[stage + 1 :])
        return reduce(lambda found, states: states.get(found, found), later, name)


def _moving_to(version: Version) -> Move:
    return Move(id=f"(moved to the version of {version.effective})", sources=(), routes=(), permits=())
