"""Whether a need holds: one small function for each kind of check."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from ...calendars import deadline
from ..clocks.due import is_met, verdict_of
from ..plans.compile import counter_name
from ..rules import (
    AnyOf,
    Children,
    ClockIs,
    Counted,
    Different,
    FieldIs,
    Happened,
    Need,
    NoneOpen,
    NotIn,
    PartsDone,
    Plugged,
    SameUnit,
    Share,
    SlotIs,
    StateIs,
    Timed,
)
from ..ticket import Form
from .forms import filled_ids
from .situation import Situation


def holds(need: Need, now: Situation) -> bool:
    """Return whether a need holds."""
    return _HOLDS[type(need.check)](need.check, now)


def all_hold(needs: Iterable[Need], now: Situation) -> bool:
    """Return whether every need holds."""
    for need in needs:  # noqa: SIM110 - all() over a generator costs as much as the check
        if not _HOLDS[type(need.check)](need.check, now):
            return False
    return True


def fields_hold(checks: Iterable[FieldIs], fields: Form) -> bool:
    """Return whether what is asked of fields holds."""
    for check in checks:  # noqa: SIM110 - as above
        if not _is_field(check, fields):
            return False
    return True


def _field(check: FieldIs, now: Situation) -> bool:
    return _is_field(check, now.fields)


def _is_field(check: FieldIs, fields: Form) -> bool:
    value = fields.get(check.field)
    if check.filled is not None:
        return (value is not None) == check.filled
    if value is None:
        return False
    if check.bounds is not None:
        return isinstance(value, (int, Decimal)) and check.bounds.hold(value)
    # True is not 1 here: a flag is compared with flags.
    return any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in check.one_of)


def _state(check: StateIs, now: Situation) -> bool:
    return now.source in check.states


def share_of(check: Share, now: Situation) -> Fraction | None:
    """Return a part as an exact fraction, None if a count is missing, or the part is more than the whole."""
    part, whole = now.fields.get(check.part), now.fields.get(check.of)
    if not isinstance(part, (int, Decimal)) or not isinstance(whole, (int, Decimal)) or not whole:
        return None
    if part > whole:
        return None  # more than all is a slip of the pen
    return Fraction(part) / Fraction(whole)


def _share(check: Share, now: Situation) -> bool:
    share = share_of(check, now)
    return share is not None and check.bounds.hold(share)


def _timed(check: Timed, now: Situation) -> bool:
    number = now.ticket.memory.marks.get(check.since)
    if number is None:
        return False
    calendar = now.around.own_calendar(now.plan)
    begun = now.ticket.moment(number)
    return is_met(lambda: deadline(check.duration, begun, calendar), calendar, now.at) == check.within


def _clock(check: ClockIs, now: Situation) -> bool:
    clock = now.plan.clock(check.clock)
    calendar = now.around.calendar(now.plan, clock, now.slots)
    return verdict_of(now.ticket.runs[clock.position], calendar, now.at) in check.verdicts


def _none_open(check: NoneOpen, now: Situation) -> bool:
    return not now.ticket.memory.open.get(check.matter)


def clashes(check: Different, now: Situation) -> tuple[str, ...]:
    """Return the slots the actor is in, and the moves the actor made, of those that must be another's."""
    who = now.actor.id if now.actor else ""
    found = [slot for slot in check.slots if who in now.slots.get(slot, ())]
    makers = now.ticket.memory.makers
    return (*found, *(move for move in check.moves if who in makers.get(move, ())))


def _different(check: Different, now: Situation) -> bool:
    return not clashes(check, now)


def _same_unit(check: SameUnit, now: Situation) -> bool:
    own = now.actor.unit if now.actor else ""
    held = now.slots.get(check.slot, ())
    return bool(own) and any(own == unit or now.around.units.covers(unit, own) for unit in held)


def enough(needed: str | int | Fraction, whole: int) -> int:
    """Return how many of ``whole`` are needed.

    >>> enough("all", 5), enough("any", 5), enough(Fraction(2, 3), 5)
    (5, 1, 4)
    """
    if needed == "all":
        return whole
    if needed == "any":
        return 1
    return ceil(needed * whole) if isinstance(needed, Fraction) else int(needed)


def children_done(check: Children, now: Situation) -> int:
    """Return how many child tickets are where they must be."""
    children = now.children or ()
    if check.states:
        return sum(child.state in check.states for child in children)
    return sum(child.is_closed for child in children)


def _children(check: Children, now: Situation) -> bool:
    # "All of none" holds where somebody has told that there are none, not where nobody has told anything.
    if now.children is None:
        return False
    return children_done(check, now) >= enough(check.needed, len(now.children))


def _counted(check: Counted, now: Situation) -> bool:
    return check.bounds.hold(now.ticket.memory.counts.get(counter_name(check), 0))


def _happened(check: Happened, now: Situation) -> bool:
    marks = now.ticket.memory.marks
    since = marks.get(check.since, -1) if check.since else -1
    return any(marks.get(name, -1) > since for name in check.what) == check.wants


def pieces_of(part: str, now: Situation) -> tuple[str, ...]:
    """Return the pieces a part has on this ticket."""
    rule = now.plan.parts[part]
    return now.slots.get(rule.of_slot, ()) if rule.of_slot else rule.pieces


def pieces_done(check: PartsDone, now: Situation) -> tuple[str, ...]:
    """Return the pieces that are complete, with a verdict that counts."""
    done: Mapping[str, str] = now.ticket.memory.done.get(check.part, {})
    wanted = check.verdicts
    return tuple(
        piece
        for piece in pieces_of(check.part, now)
        if piece in done and (not wanted or done[piece] in wanted)
    )


def _parts(check: PartsDone, now: Situation) -> bool:
    pieces = pieces_of(check.part, now)
    # A part of nobody is not complete: "all units have signed" must not hold because none was asked.
    return bool(pieces) and len(pieces_done(check, now)) >= enough(check.needed, len(pieces))


def _slot(check: SlotIs, now: Situation) -> bool:
    held = now.slots.get(check.slot, ())
    if check.filled is not None:
        return bool(held) == check.filled
    return any(one in check.one_of for one in held)


def _not_in(check: NotIn, now: Situation) -> bool:
    barred = now.slots.get(check.slot, ())
    asked = filled_ids(now.fields.get(check.field)) if check.field else (now.actor.id if now.actor else "",)
    return not any(one in barred for one in asked)


def _plugged(check: Plugged, now: Situation) -> bool:
    actor = now.actor.id if now.actor else ""
    asked = now.around.requirements[check.id]
    return asked(now.ticket, now.fields, actor, now.at, check.options) is None


def _any(check: AnyOf, now: Situation) -> bool:
    return any(all_hold(group, now) for group in check.groups)


_HOLDS: dict[type, Callable[[Any, Situation], bool]] = {
    FieldIs: _field,
    StateIs: _state,
    Share: _share,
    Timed: _timed,
    ClockIs: _clock,
    NoneOpen: _none_open,
    Different: _different,
    SameUnit: _same_unit,
    Children: _children,
    Counted: _counted,
    Happened: _happened,
    PartsDone: _parts,
    SlotIs: _slot,
    NotIn: _not_in,
    Plugged: _plugged,
    AnyOf: _any,
}

__all__ = [
    "all_hold",
    "children_done",
    "clashes",
    "enough",
    "holds",
    "pieces_done",
    "pieces_of",
    "share_of",
]
