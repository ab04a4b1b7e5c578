"""One move, whole or not at all: from a ticket and a form to the next ticket and what it brings about."""

from collections.abc import Mapping
from datetime import UTC, datetime

import attrs

from ...basics import FrozenMap
from ...basics.periods import EARLIEST, LATEST
from ...errors import FormProblems, MomentError
from ...model import Actor
from ...reasons import Reason
from ..answers import Refused, Step, make_step
from ..clocks.runs import Runs, advanced, extended, extension_of, with_limits
from ..judging.checks import all_hold, fields_hold, holds, pieces_of
from ..judging.forms import check_ids, is_known, read_form
from ..judging.hindrances import beyond_top, hindrances, piece_of, routed
from ..judging.permission import permitted
from ..judging.situation import Situation, Surroundings
from ..judging.unmet import no_extension, no_permission, no_piece, no_route, no_verdict, unmet
from ..plans.plan import Edge, Effect, Plan, Target
from ..rules import Move
from ..ticket import FULL, NO_SLOTS, Form, Line, Memory, Slots, Ticket, make_ticket
from .outputs import spoken
from .values import with_sets


def in_order(at: datetime, last: datetime | None) -> datetime:
    """Return a moment in UTC.

    Raises:
        MomentError: If it has no zone, or lies before the last event.
    """
    if not isinstance(at, datetime):
        raise MomentError(f"at: found {at!r}; allowed is a moment with a time zone")
    if not is_known(at):
        raise MomentError(f"at: {at} is out of bounds; allowed are the years {EARLIEST} to {LATEST}")
    if at.tzinfo is not UTC:
        if at.utcoffset() is None:
            raise MomentError(f"at: {at} has no time zone; say which one it is in")
        at = at.astimezone(UTC)
    if last is not None and at < last:
        raise MomentError(f"at: {at} lies before the last event of the ticket, at {last}")
    return at


def fired(now: Situation, edge: Edge, form: Mapping[str, object]) -> Step:
    """Return the step of a move that is permitted and whose needs are met.

    Raises:
        Refused: With everything that stands against it.
        FormProblems: For what is wrong in the form, if nothing else stands against the move.
    """
    assert now.actor is not None
    ticket, actor = now.ticket, now.actor
    role = permitted(edge.permits, actor, ticket.slots, now.around.units)
    if role is None or edge.is_guarded:
        judged(now, edge, role, form)
    elif form or edge.form.required or edge.clears:
        now.fill(_read(now, edge, form), edge.clears)
    return made(now, edge, _target(now, edge), role or "")


def quickly(
    plan: Plan, around: Surroundings, ticket: Ticket, *, edge: Edge, actor: Actor, at: datetime
) -> Step | None:
    """Return the step of a quick move without a form; None if something stands against it.

    It is what ``fired`` returns, without the ``Situation`` nobody asks here.
    """
    role = permitted(edge.permits, actor, ticket.slots, around.units)
    if role is None or (edge.checks and not fields_hold(edge.checks, ticket.fields)):
        return None
    target = edge.targets[0]
    effect, told = target.effect, target.told
    memory, runs = ticket.memory, ticket.runs
    if effect.remembers:
        memory = remembering(memory, effect, ticket.revision, actor.id)
    if effect.clocks:
        fields, slots = ticket.fields, ticket.slots
        runs = advanced(plan, around, runs, effect, state=told[1], at=at, fields=fields, slots=slots)
    line = (told, actor.id, actor.unit, role, at, ())
    moved = with_line(ticket, line, ticket.fields, ticket.slots, memory=memory, runs=runs)
    return make_step(moved, 1, (), (), ())


def judged(now: Situation, edge: Edge, role: str | None, form: Mapping[str, object]) -> None:
    """Fill in the form of a move nothing stands against; otherwise raise all that does."""
    problems: FormProblems | None = None
    try:
        now.fill(_read(now, edge, form), edge.clears)
    except FormProblems as error:
        problems = error
    # With a form that cannot be read, the needs that look at it cannot be judged.
    needs = edge.needs_now if problems else edge.needs
    reasons = hindrances(edge, now, role)
    reasons += (unmet(need, now) for need in needs if not holds(need, now))
    if reasons:
        raise _refused(now, edge, *reasons)
    if problems:
        raise problems


def _read(now: Situation, edge: Edge, form: Mapping[str, object]) -> Form:
    filled = read_form(edge.form, form)
    if edge.id_fields:
        check_ids(edge.id_fields, edge.unit_fields, filled, now.around.units)
    return filled


def _refused(now: Situation, edge: Edge, *reasons: Reason) -> Refused:
    return Refused(now.ticket.id, edge.id, now.ticket.state, reasons, edge.title)


def opened(now: Situation, edge: Edge, form: Mapping[str, object]) -> Step:
    """Return the first step of a ticket; ``now`` has a blank one.

    Who may open it is judged by the slots as the opening fills them.

    Raises:
        Refused: With everything that stands against it.
        FormProblems: For what is wrong in the form.
    """
    assert now.actor is not None
    now.fill(_read(now, edge, form))
    target = edge.targets[0] if edge.is_straight else _target(now, edge)
    now.slots = with_sets(target.sets, now)
    role = permitted(edge.permits, now.actor, now.slots, now.around.units)
    if role is None or not all_hold(edge.needs, now):
        reasons = [] if role is not None else [no_permission(edge, now)]
        reasons += [unmet(need, now) for need in edge.needs if not holds(need, now)]
        raise _refused(now, edge, *reasons)
    return made(now, edge, target, role, slots=now.slots)


def _target(now: Situation, edge: Edge) -> Target:
    target = edge.targets[0] if edge.is_straight else routed(edge, now)
    if target is None:
        raise _refused(now, edge, no_route(edge, now))
    return target


def made(now: Situation, edge: Edge, target: Target, role: str, *, slots: Slots | None = None) -> Step:
    """Return the step of a move whose needs are met; ``slots`` are those it leads to, if they are known."""
    assert now.actor is not None
    actor, ticket = now.actor, now.ticket
    if slots is None:
        if not edge.is_straight and (reasons := tuple(beyond_top(target, now))):
            raise _refused(now, edge, *reasons)
        slots = with_sets(target.sets, now) if target.sets else ticket.slots
    move = edge.move
    if not edge.is_light and isinstance(move, Move) and move.completes:
        now.piece = piece_of(move, now, role)
    different = _different(ticket.slots, slots)
    rest = (now.form, different, now.piece) if now.form or different or now.piece else ()
    line = (target.told, actor.id, actor.unit, role, now.at, rest)
    if edge.is_light and not target.effect.is_busy:
        moved = with_line(ticket, line, now.fields, slots, memory=ticket.memory, runs=ticket.runs)
        return make_step(moved, 1, (), (), ())
    changed, effect = _changed(now, edge, target, slots)
    return applied(now, line, effect, changed)


def _different(before: Slots, after: Slots) -> Slots:
    """Return the slots that are not what they were, () for one that is empty now."""
    if before is after:
        return NO_SLOTS
    if not before:
        return after
    names = [name for name in {**before, **after} if before.get(name, ()) != after.get(name, ())]
    return FrozenMap({name: after.get(name, ()) for name in names}) if names else NO_SLOTS


@attrs.define(eq=False)
class Change:
    """What of a ticket an event changes, besides its state and history."""

    fields: Form
    slots: Slots
    memory: Memory
    runs: Runs


def with_line(
    ticket: Ticket, line: Line, fields: Form, slots: Slots, *, memory: Memory, runs: Runs
) -> Ticket:
    """Return a ticket with one more event; its history is never copied whole."""
    older, recent = ticket.older, ticket.recent
    if len(recent) < FULL:
        recent = recent + line  # half the time of unpacking both
    else:
        older, recent = (*older, recent), line
    return make_ticket(
        ticket.id,
        ticket.workflow,
        ticket.version,
        line[0][1],
        fields,
        slots,
        memory,
        runs,
        older,
        recent,
    )


def applied(now: Situation, line: Line, effect: Effect, changed: Change) -> Step:
    """Return the step that adds an event to a ticket, with its memory, clocks, facts and notices."""
    ticket, number = now.ticket, now.ticket.revision
    (_, state), by, _, _, at, _ = line
    if effect.remembers:
        changed.memory = remembering(changed.memory, effect, number, by)
    if effect.clocks:
        changed.runs = advanced(
            now.plan,
            now.around,
            changed.runs,
            effect,
            state=state,
            at=at,
            fields=changed.fields,
            slots=changed.slots,
        )
    fields, slots = changed.fields, changed.slots
    moved = with_line(ticket, line, fields, slots, memory=changed.memory, runs=changed.runs)
    if not effect.speaks:
        return make_step(moved, 1, (), (), ())
    after = Situation(now.plan, now.around, moved, fields, slots, now.actor, at, ticket.state)
    after.before = ticket.slots
    facts, notices, notes = spoken(effect, after, number=number, state=state)
    return make_step(moved, 1, facts, notices, notes)


def remembering(memory: Memory, effect: Effect, number: int, by: str) -> Memory:
    """Return a memory with what the definition asks to be remembered of an event."""
    counts, marks, makers = memory.counts, memory.marks, memory.makers
    if effect.counters or effect.cleared:
        changed = {**counts, **dict.fromkeys(effect.cleared, 0)}
        for name in effect.counters:
            changed[name] = changed.get(name, 0) + 1
        counts = FrozenMap(changed)
    if effect.marks:
        marks = FrozenMap({**marks, **dict.fromkeys(effect.marks, number)})
    if effect.maker and by not in makers.get(effect.maker, ()):
        makers = FrozenMap({**makers, effect.maker: (*makers.get(effect.maker, ()), by)})
    return Memory(counts=counts, marks=marks, makers=makers, open=memory.open, done=memory.done)


def _changed(now: Situation, edge: Edge, target: Target, slots: Slots) -> tuple[Change, Effect]:
    """Return what a move changes, and its effect: another one where it completes a part."""
    ticket, effect = now.ticket, target.effect
    runs, memory = ticket.runs, ticket.memory
    if edge.limit_fields and now.form:
        runs = with_limits(now, slots)
    move = edge.move
    if isinstance(move, Move) and not edge.is_plain:
        memory = _with_matters(move, now)
        memory, is_whole = _with_parts(move, now, edge, memory)
        effect = target.whole if is_whole and target.whole is not None else effect
        runs = _with_extensions(move, now, edge, runs, slots)
    return Change(now.fields, slots, memory, runs), effect


def _with_matters(move: Move, now: Situation) -> Memory:
    memory = now.ticket.memory
    if not move.opens and not move.settles:
        return memory
    matters = dict(memory.open)
    if move.settles:
        matters[move.settles] -= 1
    if move.opens:
        matters[move.opens] = matters.get(move.opens, 0) + 1
    return attrs.evolve(memory, open=FrozenMap(matters))


def _with_parts(move: Move, now: Situation, edge: Edge, memory: Memory) -> tuple[Memory, bool]:
    """Return the memory with a piece completed, and whether the part is complete by it."""
    done, is_whole = memory.done, False
    if move.resets_parts:
        done = FrozenMap({part: pieces for part, pieces in done.items() if part not in move.resets_parts})
    if move.completes:
        part = now.plan.parts[move.completes]
        pieces = pieces_of(part.id, now)
        piece = now.piece
        if piece not in pieces:
            raise _refused(now, edge, no_piece(part.id, piece, pieces, now))
        verdict = str(now.form.get("verdict", ""))
        if part.verdicts and verdict not in part.verdicts:
            raise _refused(now, edge, no_verdict(part.id, verdict, part.verdicts, now))
        before = done.get(part.id, FrozenMap())
        complete = FrozenMap({**before, piece: verdict})
        done = FrozenMap({**done, part.id: complete})
        # A part occurs when it becomes complete, not when a verdict is corrected afterwards.
        is_whole = all(one in complete for one in pieces) and not all(one in before for one in pieces)
    return (memory if done is memory.done else attrs.evolve(memory, done=done)), is_whole


def _with_extensions(move: Move, now: Situation, edge: Edge, runs: Runs, slots: Slots) -> Runs:
    for rule in move.extends:
        clock = now.plan.clock(rule.clock)
        by = extension_of(clock, runs[clock.position], rule, now.fields)
        if by is None:
            raise _refused(now, edge, no_extension(rule, now))
        runs = extended(runs, clock, by, now, slots)
    return runs
