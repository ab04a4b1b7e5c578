"""What can be done now: every move that leaves a state, with all that stands against it."""

from .answers import Option
from .checks import holds
from .moving import standing_against
from .permission import permitted
from .plan import Edge
from .situation import Situation
from .unmet import unmet


def options(now: Situation) -> tuple[Option, ...]:
    """Return an option for each move; needs that look at its form are not judged before it is filled in."""
    return tuple([_option(edge, now) for edge in now.plan.edges[now.source].values()])


def _option(edge: Edge, now: Situation) -> Option:
    assert now.actor is not None
    role = permitted(edge.permits, now.actor, now.slots, now.around.units)
    if role is not None and not edge.is_guarded:
        return edge.option
    reasons = standing_against(edge, now, role)
    for need in edge.needs_now:
        if not holds(need, now):
            reasons.append(unmet(need, now))
    if not reasons:
        return edge.option
    move = edge.move
    return Option(edge.id, edge.title, False, move.required, move.optional, tuple(reasons))
