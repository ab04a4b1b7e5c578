"""What falls due as time passes: tiers of clocks, and the moves clocks make."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

import attrs

from ...calendars import Deadline, WorkCalendar
from ...errors import CalendarNotPublished, FormProblems
from ...reasons import Reason
from ..answers import Child, Refused, Step, make_step
from ..clocks.due import due_of, lies_ahead
from ..clocks.tier_times import times_of
from ..judging.permission import THE_CLOCK, is_for_clock
from ..judging.situation import Situation, Surroundings
from ..judging.unmet import tick_first
from ..plans.plan import ClockPlan, Edge, Plan, TierPlan
from ..ticket import CLOCK, Run, Ticket
from .move import Change, applied, fired

#: A tick does so much at once; who asks again gets the rest.
_MOST_STEPS = 1_000


@attrs.frozen
class Waking:
    """A tier that will act: when, and of which clock."""

    at: datetime
    clock: ClockPlan
    tier: TierPlan
    is_now: bool


def ticked(
    plan: Plan, around: Surroundings, ticket: Ticket, at: datetime, children: Sequence[Child] | None = None
) -> Step:
    """Return everything that fell due by ``at``, in the order in which it did; no events if nothing did.

    A timed move is dated to the moment it fell due, however late the host asks.
    """
    steps: list[Step] = []
    while len(steps) < _MOST_STEPS:
        found = _next_step(plan, around, ticket, at, children)
        if not found:
            break
        ticket = found[-1].ticket
        steps += found
    return joined(steps) if steps else make_step(ticket, 0, (), (), ())


def _next_step(
    plan: Plan, around: Surroundings, ticket: Ticket, at: datetime, children: Sequence[Child] | None
) -> list[Step]:
    """Return what is due first: a move that a clock still owes, or a tier with its move; nothing at all."""
    owed = owed_move(plan, around, ticket, children)
    if owed is not None:
        return [owed]
    waking = first_waking(plan, around, ticket, at, plan.tiered)
    if waking is None or not waking.is_now:
        return []
    return _act(plan, around, ticket, waking, children)


def owed_move(
    plan: Plan, around: Surroundings, ticket: Ticket, children: Sequence[Child] | None
) -> Step | None:
    """Return the step of a move that a clock could not make when it fell due, and can make now.

    It is dated to the last event, which has made it possible; so it does not hang on when somebody asks.
    """
    for clock in plan.timed:
        run = ticket.runs[clock.position]
        if run is None or run.stop is not None or run.is_paused or not run.owed:
            continue
        for move in run.owed:
            try:
                return timed_move(plan, around, ticket, move, ticket.last_at, children)
            except (Refused, FormProblems):
                continue
    return None


def first_waking(
    plan: Plan,
    around: Surroundings,
    ticket: Ticket,
    at: datetime | None,
    clocks: Sequence[ClockPlan],
    *,
    with_move: bool = False,
) -> Waking | None:
    """Return the tier that acts first of those still to come (of those with a move alone), None for none.

    ``is_now`` says whether its moment has come by ``at``; without ``at``, whatever lies ahead is looked for.
    """
    found: list[tuple[datetime, int, int, Waking]] = []
    for clock in clocks:
        run = ticket.runs[clock.position]
        if run is None or run.stop is not None:
            continue
        calendar = around.calendar(plan, clock, ticket.slots)
        found += (
            (waking.at, clock.position, waking.tier.number, waking)
            for waking in wakings(clock, run, calendar, at)
            if waking.tier.tier.move or not with_move
        )
    return min(found, key=lambda one: one[:3])[3] if found else None


def after_due(now: Situation, edge: Edge, form: Mapping[str, object]) -> Step:
    """Return the step of a move after everything that fell due before it, all of it or nothing.

    Raises:
        Refused: If a move of a clock fell due, or the move cannot be made.
    """
    try:
        reasons = overdue(now)
        if reasons:
            raise Refused(now.ticket.id, edge.id, now.ticket.state, reasons, edge.title)
        before = ticked(now.plan, now.around, now.ticket, now.at, now.children)
    except CalendarNotPublished:
        # Nobody can know whether anything is due: that must not keep people from going on.
        return fired(now, edge, form)
    now.ticket = before.ticket
    step = fired(now, edge, form)
    return joined((before, step))


def joined(steps: Sequence[Step]) -> Step:
    """Return several steps as one; the ticket is that of the last."""
    return make_step(
        steps[-1].ticket,
        sum(step.length for step in steps),
        tuple(fact for step in steps for fact in step.facts),
        tuple(notice for step in steps for notice in step.notices),
        tuple(note for step in steps for note in step.notes),
    )


def overdue(now: Situation) -> tuple[Reason, ...]:
    """Return that a move of a clock fell due and has not been made; nothing if none did."""
    if not now.plan.timed:
        return ()
    owed = owed_move(now.plan, now.around, now.ticket, now.children)
    if owed is not None:
        return (tick_first(owed.ticket.last.move, owed.ticket.last_at, now),)
    waking = first_waking(now.plan, now.around, now.ticket, now.at, now.plan.timed, with_move=True)
    if waking is None or not waking.is_now:
        return ()
    return (tick_first(waking.tier.name, waking.at, now),)


def wakings(clock: ClockPlan, run: Run, calendar: WorkCalendar, at: datetime | None) -> Iterator[Waking]:
    """Yield, for each tier that has not acted as often as it may, its next occurrence.

    While a clock is paused it wakes nobody. What lies after all days that are published is not due now,
    unless now lies there too; who asks without ``at`` is told the end of these days: by then more of them
    are known, or the tick says that they are not.
    """
    if run.is_paused:
        return
    try:
        due = due_of(run, calendar)
    except CalendarNotPublished as error:
        due = None
        if not lies_ahead(error, calendar, at):
            raise
    else:
        if due is None:
            return
    for tier in clock.tiers:
        acted = run.acted[tier.number]
        if acted < tier.tier.times:
            moment = _next(tier, acted, due, calendar, at)
            yield Waking(moment, clock, tier, at is not None and at >= moment)


def _next(
    tier: TierPlan, acted: int, due: Deadline | None, calendar: WorkCalendar, at: datetime | None
) -> datetime:
    try:
        if due is not None:
            return next(islice(times_of(tier, due, calendar), acted, None))
    except CalendarNotPublished as error:
        if not lies_ahead(error, calendar, at):
            raise
    return calendar.end_of(calendar.published_through)


def _act(
    plan: Plan, around: Surroundings, ticket: Ticket, waking: Waking, children: Sequence[Child] | None
) -> list[Step]:
    """Return the step of a tier, and that of its move if it has one that can be made."""
    at = max(waking.at, ticket.last_at)
    step = noted(plan, around, ticket, waking.clock, waking.tier, at)
    name = waking.tier.tier.move
    if not name:
        return [step]
    try:
        return [step, timed_move(plan, around, step.ticket, name, at, children)]
    except (Refused, FormProblems):
        note = Reason("timed-move-refused", (plan.titles.event(name),))
        return [attrs.evolve(step, notes=(*step.notes, note))]


def noted(
    plan: Plan, around: Surroundings, ticket: Ticket, clock: ClockPlan, tier: TierPlan, at: datetime
) -> Step:
    """Return the step that notes that a tier has acted."""
    run = ticket.runs[clock.position]
    assert run is not None
    acted = (*run.acted[: tier.number], run.acted[tier.number] + 1, *run.acted[tier.number + 1 :])
    move = tier.tier.move
    owed = (*run.owed, move) if move and move not in run.owed else run.owed
    runs = list(ticket.runs)
    runs[clock.position] = attrs.evolve(run, acted=acted, owed=owed)
    now = Situation(plan, around, ticket, ticket.fields, ticket.slots, THE_CLOCK, at, ticket.state)
    changed = Change(ticket.fields, ticket.slots, ticket.memory, tuple(runs))
    line = ((tier.name, ticket.state), CLOCK, "", "", at, ())
    return applied(now, line, tier.effect, changed)


def timed_move(
    plan: Plan,
    around: Surroundings,
    ticket: Ticket,
    name: str,
    at: datetime,
    children: Sequence[Child] | None,
) -> Step:
    """Return the step of a move the clock makes.

    Raises:
        Refused: If it does not leave the present state or its needs are not met.
    """
    edge = plan.edges[ticket.state].get(name)
    if edge is None or not is_for_clock(edge.permits):
        raise Refused(ticket.id, name, ticket.state, (), plan.titles.event(name))
    now = Situation(plan, around, ticket, ticket.fields, ticket.slots, THE_CLOCK, at, ticket.state, children)
    step = fired(now, edge, {})
    return attrs.evolve(step, ticket=without_owed(step.ticket, name))


def without_owed(ticket: Ticket, move: str) -> Ticket:
    """Return a ticket on which no clock owes a move any more."""
    runs = tuple(
        attrs.evolve(run, owed=tuple(one for one in run.owed if one != move)) if run and run.owed else run
        for run in ticket.runs
    )
    return attrs.evolve(ticket, runs=runs)
