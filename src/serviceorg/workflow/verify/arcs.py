"""The graph verification walks: one arc for every way a step can go from a state."""

from collections.abc import Iterator

import attrs

from ..rules import Clock, Move, Opening, Route, Version
from .guards import ALWAYS, NEVER, Guard, Guards, Reader, both, either, sure
from .knowledge import Knowledge
from .memories import (
    MATTERS,
    NONE_DONE,
    SOME_DONE,
    UNSURE,
    WHOLE,
    Happening,
    Matter,
    Memory,
    Pieces,
    Shared,
)

#: The number of the state before the opening.
OUTSIDE = -1


@attrs.frozen(eq=False)
class Arc:
    """A step along one of its routes, under one alternative of its requirements.

    ``source`` and ``target`` are numbers of states, ``step`` is the number of the step (openings first), and
    ``event`` what happens. An arc without ``guard`` can be taken whatever was before.
    """

    number: int
    source: int
    target: int
    step: int
    route: int
    guard: Guard
    event: Happening


def arcs_of(version: Version, tops: dict[Memory, int], knowledge: Knowledge) -> tuple[Arc, ...]:
    """Return every arc, in the order of openings, moves, their sources and routes.

    States that are not there are passed over: loading tells of those.
    """
    return tuple(_Drawer(version, tops, knowledge).arcs())


class _Drawer:
    def __init__(self, version: Version, tops: dict[Memory, int], knowledge: Knowledge) -> None:
        self.version = version
        self.tops = tops
        self.knowledge = knowledge
        self.reader = Reader(tops, version.parts)
        self.numbers = {state.id: number for number, state in enumerate(version.states)}
        self.slots = {part.id: part.of_slot for part in version.parts if part.of_slot}
        self.timed: dict[str, list[Clock]] = {}
        for clock in version.clocks:
            for tier in clock.tiers:
                self.timed.setdefault(tier.move, []).append(clock)

    def arcs(self) -> Iterator[Arc]:
        number = 0
        steps: tuple[Opening | Move, ...] = (*self.version.openings, *self.version.moves)
        for index, step in enumerate(steps):
            sources = step.sources if isinstance(step, Move) else ("",)
            for source in sources:
                for route, event, guard in self._ways(index, step, source):
                    target = step.routes[route].to or source
                    ends = self.numbers.get(source, OUTSIDE), self.numbers.get(target, OUTSIDE)
                    if ends[1] != OUTSIDE and (ends[0] != OUTSIDE or not source):
                        yield Arc(number, *ends, index, route, guard, event)
                        number += 1

    def _ways(self, index: int, step: Opening | Move, source: str) -> Iterator[tuple[int, Happening, Guard]]:
        allowed = both(self._running(step, source), self.reader.hold(step.needs, source))
        for number, route in enumerate(step.routes):
            if allowed is NEVER:
                return
            taken = both(allowed, self._filled(index, number))
            taken = both(taken, self.reader.hold(route.when, source))
            known = (*step.needs, *route.when)
            for earlier in step.routes[:number]:
                passed = NEVER if sure(earlier.when, known) else self.reader.fail(earlier.when, source)
                taken = both(taken, passed)
            for event, needed in self._happenings(step, route):
                for guard in both(taken, needed):
                    yield number, event, guard

    def _filled(self, step: int, route: int) -> Guards:
        """Return what must be known of fields and slots for a route to be taken."""
        guard = self.knowledge.guard((step, route))
        if not guard:
            return ALWAYS
        return (guard,) if all(guard.values()) else NEVER

    def _running(self, step: Opening | Move, source: str) -> Guards:
        """Return when the clocks run a step needs: those it extends, one that makes it if only clocks may."""
        if isinstance(step, Opening):
            return ALWAYS
        found = ALWAYS
        for extension in step.extends:
            found = both(found, self.reader.runs((extension.clock,)))
        if step.id in self.timed and all(permit.clock for permit in step.permits):
            awake = [clock.id for clock in self.timed[step.id] if source not in clock.pause]
            found = both(found, self.reader.runs(awake))
        return found

    def _happenings(self, step: Opening | Move, route: Route) -> Iterator[tuple[Happening, Guards]]:
        names = frozenset(filter(None, (step.id, route.to)))
        if isinstance(step, Opening):
            yield Happening(names), ALWAYS
            return
        refills = frozenset(part for part, slot in self.slots.items() if slot in {**route.sets, **step.sets})
        for is_whole, is_new, done in self._pieces(step):
            for stays_many, open_now in self._matters(step):
                event = Happening(
                    names | {step.completes} if is_whole else names,
                    opens=step.opens,
                    settles=step.settles,
                    completes=step.completes,
                    resets=step.resets_parts,
                    is_new=is_new,
                    stays_many=stays_many,
                    refills=refills,
                )
                yield event, both(done, open_now)

    def _matters(self, step: Move) -> Iterator[tuple[bool, Guards]]:
        if not step.settles:
            yield False, ALWAYS
            return
        memory = Matter(step.settles)
        yield False, self._only(memory, (2 << MATTERS) - 2)
        yield True, self._only(memory, 1 << MATTERS)

    def _pieces(self, step: Move) -> Iterator[tuple[bool, bool, Guards]]:
        """Yield the ways to complete a piece: whether the part is whole by it, whether it is new, and when.

        A piece may be completed once more, with another verdict; the part does not occur again by that.
        """
        if step.completes in self.slots:
            yield from self._shared(step)
            return
        memory = Pieces(step.completes)
        if memory not in self.tops:
            yield False, False, ALWAYS
            return
        top = self.tops[memory]
        if step.completes in step.resets_parts:
            yield top == 1, True, ALWAYS
        else:
            yield False, True, self._only(memory, (1 << max(top - 1, 0)) - 1)
            yield True, True, self._only(memory, 1 << (top - 1) if top else 0)
            yield False, False, self._only(memory, (2 << top) - 2)

    def _shared(self, step: Move) -> Iterator[tuple[bool, bool, Guards]]:
        """Yield the same for a part of a slot: how many units there are in it nobody knows."""
        if step.completes in step.resets_parts:
            yield False, True, ALWAYS
            yield True, True, ALWAYS
            return
        memory = Shared(step.completes)
        unfinished = self._only(memory, 1 << NONE_DONE | 1 << SOME_DONE | 1 << UNSURE)
        yield False, True, unfinished
        yield True, True, unfinished
        yield False, False, self._only(memory, 1 << SOME_DONE | 1 << WHOLE | 1 << UNSURE)

    def _only(self, memory: Memory, mask: int) -> Guards:
        return either((Guard({memory: mask}),), NEVER) if mask > 0 else NEVER
