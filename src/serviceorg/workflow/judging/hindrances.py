"""What stands against a move besides its needs: the actor, earlier duties, what the move is about."""

from collections.abc import Iterator

from ...reasons import Reason
from ..plans.plan import Edge, Target
from ..rules import Move
from .checks import all_hold, pieces_of
from .permission import kept_apart
from .situation import Situation
from .unmet import no_extension, no_parent, no_permission, no_piece, no_route, nothing_open, separated


def hindrances(edge: Edge, now: Situation, role: str | None) -> list[Reason]:
    """Return what stands against a move whatever is filled in; ``role`` None means no permission."""
    assert now.actor is not None
    found = [] if role is not None else [no_permission(edge, now)]
    clashing = kept_apart(edge, now.ticket, now.actor)
    if clashing:
        found.append(separated(edge, clashing, now))
    if isinstance(edge.move, Move) and not edge.is_plain:
        found += _of_move(edge.move, now, role or "")
    if edge.is_routed_now:
        target = routed(edge, now)
        found += [no_route(edge, now)] if target is None else beyond_top(target, now)
    return found


def routed(edge: Edge, now: Situation) -> Target | None:
    """Return the first target whose conditions hold, None if none does."""
    for target in edge.targets:
        if not target.when or all_hold(target.when, now):
            return target
    return None


def beyond_top(target: Target, now: Situation) -> Iterator[Reason]:
    """Yield that there is no unit above the one from which a target goes up."""
    for slot, value in target.sets:
        if value.parent_of:
            held = now.slots.get(value.parent_of, ())
            if not any(now.around.units.parent(unit) for unit in held):
                yield no_parent(slot, value.parent_of, held, now)


def _of_move(move: Move, now: Situation, role: str) -> Iterator[Reason]:
    """Yield that there is nothing to settle, no clock to extend, no piece of the actor's own unit."""
    if move.settles and not now.ticket.memory.open.get(move.settles):
        yield nothing_open(move.settles, now)
    for rule in move.extends:
        run = now.ticket.runs[now.plan.clock(rule.clock).position]
        if run is None or run.stop is not None or run.limit is None:
            yield no_extension(rule, now)
    if move.completes and now.plan.parts[move.completes].of_slot:
        pieces = pieces_of(move.completes, now)
        piece = piece_of(move, now, role)
        is_asked = "piece" in (*move.required, *move.optional) and "piece" not in now.form
        if piece not in pieces and not (is_asked and pieces):
            yield no_piece(move.completes, piece, pieces, now)


def piece_of(move: Move, now: Situation, role: str) -> str:
    """Return the piece of a part that a move completes; "" if the actor stands for none of them.

    Of a part that belongs to units, it is the one at which the actor holds the role that permits the move, or
    the home unit, if the role covers it or is held at no unit. The home unit goes before others; where there
    are several others, the form's ``piece`` says which. Without a role it is the home unit.
    """
    part = now.plan.parts[move.completes]
    said = str(now.form.get("piece", ""))
    if not part.of_slot:
        return said
    if now.piece:
        return now.piece
    assert now.actor is not None
    home, units = now.actor.unit, now.around.units
    if not role:
        return home
    posts = [post.at for post in now.actor.posts if post.role == role]
    own = [
        piece
        for piece in pieces_of(part.id, now)
        if piece in posts or (piece == home and any(not at or units.covers(at, piece) for at in posts))
    ]
    if said or home in own:
        return said if said in own else "" if said else home
    return own[0] if len(own) == 1 else ""
