"""Moving a ticket from the version it began with to a later one, as that one says."""

from collections.abc import Mapping
from datetime import datetime

import attrs

from ..basics import FrozenMap
from ..errors import TicketError
from ..model import Actor
from .answers import Step, make_step
from .clocks import Runs, advanced, limit_of
from .moving import Change, remembering
from .plan import ClockPlan, Plan
from .situation import Surroundings
from .ticket import BLOCK, Event, Run, Ticket, make_event

#: The event that says so; its form has the digest of the new version.
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
    event = make_event(MIGRATE, state, by.id, at, FrozenMap({"version": new.version.digest}), by.unit, "")
    return _moved(old, new, around, ticket, event)


def _moved(old: Plan, new: Plan, around: Surroundings, ticket: Ticket, event: Event) -> Step:
    entered = frozenset((event.state,)) if event.state != ticket.state else frozenset[str]()
    effect = new.effect_of(entered, "", event.state)
    runs = _runs(old, new, ticket, event)
    runs = advanced(
        new,
        around,
        runs,
        attrs.evolve(effect, clocks=tuple(range(len(runs)))),
        state=event.state,
        at=event.at,
        fields=ticket.fields,
        slots=ticket.slots,
    )
    memory = remembering(ticket.memory, effect, ticket.revision, event.by)
    changed = Change(ticket.fields, ticket.slots, memory, runs)
    older, recent = ticket.older, ticket.recent
    if len(recent) < BLOCK:
        recent = (*recent, event)
    else:
        older, recent = (*older, recent), (event,)
    moved = attrs.evolve(
        ticket,
        version=new.version.digest,
        state=event.state,
        memory=changed.memory,
        runs=changed.runs,
        older=older,
        recent=recent,
    )
    return make_step(moved, (event,), (), (), ())


def _runs(old: Plan, new: Plan, ticket: Ticket, event: Event) -> Runs:
    """Return the runs under the new version: by the ids of their clocks."""
    held: Mapping[str, Run | None] = {clock.clock.id: ticket.runs[clock.position] for clock in old.clocks}
    return tuple(_run(clock, held.get(clock.clock.id), new, ticket, event) for clock in new.clocks)


def _run(clock: ClockPlan, run: Run | None, new: Plan, ticket: Ticket, event: Event) -> Run | None:
    if run is None:
        return None
    if run.stop is not None:
        return attrs.evolve(run, acted=_fitted(run.acted, len(clock.tiers)))
    limit, not_before = limit_of(clock.clock, ticket.fields)
    if new.version.in_flight.clocks == "restart":
        return Run(
            start=event.at,
            limit=limit,
            not_before=not_before,
            turn=run.turn + 1,
            acted=(0,) * len(clock.tiers),
        )
    acted = _fitted(run.acted, len(clock.tiers))
    return attrs.evolve(run, limit=limit, not_before=not_before, acted=acted)


def _fitted(acted: tuple[int, ...], count: int) -> tuple[int, ...]:
    """Return what tiers have done, for as many tiers as there are now."""
    return (*acted, *(0,) * count)[:count]
