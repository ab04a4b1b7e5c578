"""Moving a ticket from the version it began with to a later one, as that one says."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

import attrs

from ...basics import FrozenMap
from ...calendars.durations import CLOCKED
from ...errors import TicketError
from ...model import Actor
from ..answers import Step, make_step
from ..clocks.runs import Runs, advanced, limit_of
from ..judging.situation import Surroundings
from ..moving.move import remembering, with_line
from ..plans.plan import ClockPlan, Plan
from ..ticket import NO_SLOTS, Event, Memory, Run, Ticket, line_of

#: The event that says so; its form has the digests of the new version and of the one before.
MIGRATE = "migrate"


def migrated(old: Plan, new: Plan, around: Surroundings, ticket: Ticket, *, by: Actor, at: datetime) -> Step:
    """Return the step that moves a ticket to a new version; fields, people and history stay.

    Raises:
        TicketError: If tickets in flight finish by the version they began with.
    """
    rule = new.version.in_flight
    if rule.tickets != "move":
        raise TicketError(
            f"ticket {ticket.id!r}: the version of {new.version.effective} lets tickets in flight finish by "
            "the one they began with"
        )
    state = rule.states.get(ticket.state, ticket.state)
    if state not in new.states:
        raise TicketError(f"ticket {ticket.id!r}: the new version has no state {state!r}")
    digests = {"version": new.version.digest, "before": old.version.digest}
    event = Event(MIGRATE, state, by.id, at, FrozenMap(digests), by.unit, slots=NO_SLOTS)
    return _moved(old, new, around, ticket, event)


def brought_up(
    plans: Sequence[Plan], last: str, around: Surroundings, ticket: Ticket, *, by: Actor, at: datetime
) -> Step:
    """Return the step that moves a ticket to the version with the digest ``last``, one after the other.

    Raises:
        TicketError: If it has that version already, or tickets in flight finish by their own.
    """
    digests = [plan.version.digest for plan in plans]
    here, there = digests.index(ticket.version), digests.index(last)
    if there <= here:
        raise TicketError(f"ticket {ticket.id!r}: it has the version in force already")
    length = 0
    for old, new in pairwise(plans[here : there + 1]):
        step = migrated(old, new, around, ticket, by=by, at=at)
        ticket, length = step.ticket, length + step.length
    return make_step(ticket, length, (), (), ())


def _moved(old: Plan, new: Plan, around: Surroundings, ticket: Ticket, event: Event) -> Step:
    entered = frozenset((event.state,)) if event.state != ticket.state else frozenset[str]()
    effect = new.effect_of(entered, "", event.state)
    runs = advanced(
        new,
        around,
        _runs(old, new, ticket, event),
        attrs.evolve(effect, clocks=tuple(range(len(new.clocks)))),
        state=event.state,
        at=event.at,
        fields=ticket.fields,
        slots=ticket.slots,
    )
    memory = remembering(_remembered(new, ticket), effect, ticket.revision, event.by)
    line = line_of(event)
    moved = with_line(ticket, line, ticket.fields, ticket.slots, memory=memory, runs=runs)
    return make_step(attrs.evolve(moved, version=new.version.digest), 1, (), (), ())


def _remembered(new: Plan, ticket: Ticket) -> Memory:
    """Return what the new version asks to be remembered, found in the history by its names.

    A state is taken as entered where the history shows a change to it, or a move that leads to it by name.
    """
    renamed = new.version.in_flight.states
    memory, before = Memory(open=ticket.memory.open, done=ticket.memory.done), ""
    for number, event in enumerate(ticket.history):
        state = renamed.get(event.state, event.state)
        names = {event.move}
        if state != before or state in _targets(new, event.move):
            names.add(state)
        memory = remembering(memory, new.effect_of(frozenset(names), "", ""), number, event.by)
        before = state
    return memory


def _targets(plan: Plan, move: str) -> set[str]:
    return {route.to for route in plan.moves[move].routes} if move in plan.moves else set()


def _runs(old: Plan, new: Plan, ticket: Ticket, event: Event) -> Runs:
    """Return the runs under the new version: by the ids of their clocks."""
    held = {clock.clock.id: clock for clock in old.clocks}
    return tuple(_run(clock, held.get(clock.clock.id), new, ticket, event) for clock in new.clocks)


def _run(clock: ClockPlan, before: ClockPlan | None, new: Plan, ticket: Ticket, event: Event) -> Run | None:
    run = None if before is None else ticket.runs[before.position]
    if run is None or before is None:
        return None
    acted = _acted(run, before, clock)
    if run.stop is not None or run.is_grace:
        return attrs.evolve(run, acted=acted)
    limit, not_before = limit_of(clock.clock, ticket.fields)
    if new.version.in_flight.clocks == "restart":
        return Run(
            start=event.at,
            limit=limit,
            not_before=not_before,
            turn=run.turn + 1,
            acted=(0,) * len(clock.tiers),
        )
    if run.extensions and isinstance(run.limit, CLOCKED) != isinstance(limit, CLOCKED):
        raise TicketError(
            f"ticket {ticket.id!r}: its clock {clock.clock.id!r} was extended, and the new version "
            "counts it in another unit; let such tickets finish by the version they began with"
        )
    return attrs.evolve(run, limit=limit, not_before=not_before, acted=acted)


def _acted(run: Run, before: ClockPlan, after: ClockPlan) -> tuple[int, ...]:
    """Return what the tiers of the new version have done: found by their ids."""
    done = {one.tier.id: run.acted[one.number] for one in before.tiers}
    return tuple(done.get(one.tier.id, 0) for one in after.tiers)
