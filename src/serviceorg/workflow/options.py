"""What can be done now: every move that leaves a state, with all that stands against it."""

from ..reasons import Reason
from .answers import Option
from .checks import holds
from .hindrances import hindrances
from .permission import permitted
from .plan import Edge
from .situation import Situation
from .unmet import unmet


def options(now: Situation, overdue: tuple[Reason, ...]) -> tuple[Option, ...]:
    """Return an option for each move; needs that look at its form are not judged before it is filled in.

    ``overdue`` stands against all of them: what has fallen due comes first.
    """
    return tuple([_option(edge, now, overdue) for edge in now.plan.edges[now.source].values()])


def _option(edge: Edge, now: Situation, overdue: tuple[Reason, ...]) -> Option:
    assert now.actor is not None
    role = permitted(edge.permits, now.actor, now.slots, now.around.units)
    if role is not None and not edge.is_guarded and not overdue:
        return edge.option
    reasons = [*overdue, *hindrances(edge, now, role)]
    reasons += (unmet(need, now) for need in edge.needs_now if not holds(need, now))
    if not reasons:
        return edge.option
    move = edge.move
    return Option(edge.id, edge.title, False, move.required, move.optional, tuple(reasons))
