"""What is written at moves and in states: titles, who may, clocks, and tooltips with the rest."""

from collections.abc import Iterator, Sequence

import attrs

from ...basics import Label
from ..rules import Clock, Move, Opening, Permit, State, Version
from ..words.definition import needs_in_words, permit_in_words
from ..words.titles import Titles
from .sketch import Tag
from .words import (
    ANYONE,
    CLOCK,
    FORM,
    KINDS,
    OUTCOME,
    SIGNS,
    TICKET_PATH,
    WHEN,
    WHO,
    listed,
    many_clocks,
    moment_of,
    named,
)

#: More clocks than these are counted in a state's box, and named in its tooltip alone.
_NAMED_CLOCKS = 2


@attrs.frozen
class Captions:
    """The texts of one version in one language."""

    version: Version
    lang: str
    titles: Titles

    def title(self, thing: State | Move | Opening) -> str:
        """Return the title of something, else its id; never blank."""
        return thing.title.in_(self.lang).strip() or thing.id

    def tag(self, step: Opening | Move, *, to: str, is_walked: bool) -> Tag:
        """Return what is written at an arrow of a step that leads to the state ``to`` ("" stays)."""
        names = dict.fromkeys(name for permit in step.permits for name in self._permitted(permit, step.id))
        return Tag(
            move=step.id,
            title=self.title(step),
            who=" / ".join(names),
            is_timed=any(permit.clock for permit in step.permits),
            is_walked=is_walked,
            about="\n".join((self.title(step), *self._about(step, to))),
        )

    def _permitted(self, permit: Permit, move: str) -> Sequence[str]:
        # The short form, for the eye; the tooltip has the whole of it.
        if permit.role:
            return (self._in(self.titles.role(permit.role)),)
        if permit.slot:
            return (self._in(self.titles.slot(permit.slot)),)
        if permit.anyone:
            return (self._in(ANYONE),)
        timers = [(clock, tier) for clock in self.version.clocks for tier in clock.tiers if tier.move == move]
        moments = [
            moment_of(self._in(self.titles.clock(clock.id)), tier, self.lang) for clock, tier in timers
        ]
        return moments or (self._in(CLOCK),)

    def _about(self, step: Opening | Move, to: str) -> Iterator[str]:
        who = [self._in(permit_in_words(one, self.titles, scope=self.version.scope)) for one in step.permits]
        form = [self._in(self.titles.field(name)) for name in (*step.required, *step.optional)]
        ways = [route.when for route in step.routes if route.to == to]
        when = [self._in(needs_in_words(needs, self.titles)) for needs in (step.needs, *ways) if needs]
        for head, texts in ((WHO, who), (FORM, form), (WHEN, when)):
            if texts:
                yield named(self._in(head), listed(list(dict.fromkeys(texts)), self.lang), self.lang)
        yield from self._clock_lines(step.id, most=len(self.version.clocks))

    def signs(self, state: State) -> tuple[str, ...]:
        """Return the lines on clocks in a state's box: which it pauses, starts, stops."""
        return tuple(self._clock_lines(state.id, most=_NAMED_CLOCKS))

    def about_state(self, state: State, visits: Sequence[int]) -> str:
        """Return the tooltip of a state; ``visits`` are its places in the path of a ticket."""
        lines = [named(self.title(state), self._in(KINDS[state.kind]), self.lang)]
        if state.outcome:
            lines.append(named(self._in(OUTCOME), state.outcome, self.lang))
        if visits:
            lines.append(named(self._in(TICKET_PATH), listed(list(map(str, visits)), self.lang), self.lang))
        return "\n".join((*lines, *self._clock_lines(state.id, most=len(self.version.clocks))))

    def _clock_lines(self, event: str, most: int) -> Iterator[str]:
        for sign, label in SIGNS.items():
            clocks = [clock.id for clock in self.version.clocks if event in _events(clock)[sign]]
            if len(clocks) > most:
                yield named(self._in(label), many_clocks(len(clocks), self.lang), self.lang)
            elif clocks:
                names = [self._in(self.titles.clock(name)) for name in clocks]
                yield named(self._in(label), listed(names, self.lang), self.lang)

    def _in(self, label: Label) -> str:
        return label.in_(self.lang)


def _events(clock: Clock) -> dict[str, tuple[str, ...]]:
    return {"pauses": clock.pause, "starts": clock.start, "stops": (*clock.stop, *clock.cancel)}
