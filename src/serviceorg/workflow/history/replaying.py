"""From a history back to the ticket: nothing is judged again, everything is applied again."""

from ...basics import FrozenMap
from ...errors import FormProblems, TicketError, known_names
from ...model import Actor, Post
from ..judging.checks import all_hold
from ..judging.forms import read_form
from ..judging.permission import THE_CLOCK
from ..judging.situation import Situation, Surroundings
from ..moving.move import in_order, made
from ..moving.tiers import noted, without_owed
from ..plans.plan import Edge, Plan, Target
from ..rules import Move
from ..ticket import CLOCK, Event, Slots, Ticket


def repeated(plan: Plan, around: Surroundings, ticket: Ticket, event: Event) -> Ticket:
    """Return the ticket after one more event of its history; ``ticket`` is blank before the first.

    Raises:
        TicketError: If the definition has no such event at this place.
        MomentError: If it lies before the event in front of it.
    """
    at = in_order(event.at, ticket.last_at if ticket.recent else None)
    clock_name, _, tier_name = event.move.partition(".")
    if tier_name:
        return _tier(plan, around, ticket, event, (clock_name, tier_name))
    edges = plan.edges[ticket.state] if ticket.recent else plan.openings
    edge = edges.get(event.move)
    if edge is None:
        raise _misfit(ticket, event, f"nothing of this name here; {known_names(event.move, edges)}")
    actor = _actor(event)
    now = Situation(plan, around, ticket, ticket.fields, ticket.slots, actor, at, ticket.state)
    if isinstance(edge.move, Move) and edge.move.completes:
        now.piece = event.piece or event.unit
    try:
        now.fill(read_form(edge.form, event.form), edge.clears)
    except FormProblems as error:
        raise _misfit(ticket, event, str(error)) from None
    step = made(now, edge, _target(edge, event, now), event.role, slots=_slots(event, ticket))
    return without_owed(step.ticket, event.move) if actor is THE_CLOCK else step.ticket


def _slots(event: Event, ticket: Ticket) -> Slots | None:
    """Return the slots as the event tells them; None if it does not, and the definition decides."""
    if event.slots is None:
        return None
    if not event.slots:
        return ticket.slots
    changed = {**ticket.slots, **event.slots}
    return FrozenMap({name: held for name, held in changed.items() if held})


def _actor(event: Event) -> Actor:
    if event.by == CLOCK:
        return THE_CLOCK
    return Actor(event.by, (Post(event.role),) if event.role else (), event.unit)


def _target(edge: Edge, event: Event, now: Situation) -> Target:
    """Return the route that was taken: of those that lead to the state reached, the first that holds.

    A condition on children or of a plugin cannot be judged again; the state reached decides then.
    """
    leading = [target for target in edge.targets if target.state == event.state]
    if not leading:
        states = {target.state for target in edge.targets}
        raise _misfit(now.ticket, event, f"it led to {event.state!r}; {known_names(event.state, states)}")
    if len(leading) == 1:
        return leading[0]
    return next((target for target in leading if all_hold(target.when, now)), leading[-1])


def _tier(plan: Plan, around: Surroundings, ticket: Ticket, event: Event, name: tuple[str, str]) -> Ticket:
    for clock in plan.clocks:
        for tier in clock.tiers:
            if (clock.clock.id, tier.tier.id) == name:
                if ticket.runs[clock.position] is None:
                    raise _misfit(ticket, event, "this clock has not started")
                return noted(plan, around, ticket, clock, tier, event.at).ticket
    known = [tier.name for clock in plan.clocks for tier in clock.tiers]
    raise _misfit(ticket, event, f"there is no such tier; {known_names(event.move, known)}")


def _misfit(ticket: Ticket, event: Event, why: str) -> TicketError:
    number = ticket.revision
    return TicketError(f"ticket {ticket.id!r}, event {number}, {event.move!r} at {event.at}: {why}")
