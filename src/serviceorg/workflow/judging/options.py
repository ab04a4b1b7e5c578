"""What can be done now: every move that leaves a state, with all that stands against it."""

from collections.abc import Sequence
from datetime import datetime

from ...model import Actor
from ...reasons import Reason
from ..answers import Child, Option
from ..moving.tiers import overdue
from ..plans.plan import Edge, Plan
from ..rules import Permit
from ..ticket import Ticket
from .checks import fields_hold, holds
from .hindrances import hindrances
from .permission import permitted
from .situation import Situation, Surroundings
from .unmet import unmet


def options(
    plan: Plan,
    around: Surroundings,
    ticket: Ticket,
    *,
    by: Actor,
    at: datetime,
    children: Sequence[Child] | None,
) -> tuple[Option, ...]:
    """Return an option for each move; needs that look at its form are not judged before it is filled in.

    What has fallen due comes first: it stands against all of them.
    """
    found: list[Option] = []
    now: Situation | None = None
    late: tuple[Reason, ...] = ()
    if plan.timed:
        now = Situation(plan, around, ticket, ticket.fields, ticket.slots, by, at, ticket.state, children)
        late = overdue(now)
    permits: tuple[Permit, ...] | None = None
    role: str | None = None
    for edge in plan.edges[ticket.state].values():
        if edge.permits is not permits:  # mostly the same people make all moves that leave a state
            permits = edge.permits
            role = permitted(permits, by, ticket.slots, around.units)
        if role is not None and not late and _is_open(edge, ticket):
            found.append(edge.option)
            continue
        if now is None:
            now = Situation(plan, around, ticket, ticket.fields, ticket.slots, by, at, ticket.state, children)
        found.append(_option(edge, now, role, late))
    return tuple(found)


def _is_open(edge: Edge, ticket: Ticket) -> bool:
    """Return whether nothing but a form that is still empty can stand against a move; False if unsure."""
    return not edge.is_guarded or (edge.is_quick and fields_hold(edge.checks, ticket.fields))


def _option(edge: Edge, now: Situation, role: str | None, late: tuple[Reason, ...]) -> Option:
    reasons = [*late, *hindrances(edge, now, role)]
    reasons += [unmet(need, now) for need in edge.needs_now if not holds(need, now)]
    if not reasons:
        return edge.option
    move = edge.move
    return Option(edge.id, edge.title, False, move.required, move.optional, tuple(reasons))
