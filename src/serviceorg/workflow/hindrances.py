"""What stands against a move besides its needs: the actor, earlier duties, what the move is about."""

from collections.abc import Iterator

from ..reasons import Reason
from .checks import pieces_of
from .permission import kept_apart
from .plan import Edge, Target
from .rules import Move
from .situation import Situation
from .unmet import no_extension, no_parent, no_permission, no_piece, nothing_open, separated


def hindrances(edge: Edge, now: Situation, role: str | None) -> list[Reason]:
    """Return what stands against a move whatever is filled in; ``role`` None means no permission."""
    assert now.actor is not None
    found = [] if role is not None else [no_permission(edge, now)]
    clashing = kept_apart(edge, now.ticket, now.actor)
    if clashing:
        found.append(separated(edge, clashing, now))
    if isinstance(edge.move, Move) and not edge.is_plain:
        found += _of_move(edge.move, now)
    if edge.is_straight:
        found += beyond_top(edge.targets[0], now)
    return found


def beyond_top(target: Target, now: Situation) -> Iterator[Reason]:
    """Yield that there is no unit above the one from which a target goes up."""
    for slot, value in target.sets:
        if value.parent_of:
            held = now.slots.get(value.parent_of, ())
            if not any(now.around.units.parent(unit) for unit in held):
                yield no_parent(slot, value.parent_of, held, now)


def _of_move(move: Move, now: Situation) -> Iterator[Reason]:
    """Yield that there is nothing to settle, no clock to extend, no piece of the actor's own unit."""
    if move.settles and not now.ticket.memory.open.get(move.settles):
        yield nothing_open(move.settles, now)
    for rule in move.extends:
        run = now.ticket.runs[now.plan.clock(rule.clock).position]
        if run is None or run.stop is not None or run.limit is None:
            yield no_extension(rule, now)
    if move.completes and now.plan.parts[move.completes].of_slot:
        assert now.actor is not None
        pieces = pieces_of(move.completes, now)
        if now.actor.unit not in pieces:
            yield no_piece(move.completes, now.actor.unit, pieces, now)
