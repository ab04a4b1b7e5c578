"""How a clock stands at a moment, for people."""

from datetime import datetime

from ...calendars import Deadline, WorkCalendar
from ...reasons import Reason
from ..answers import ClockState
from ..plans.plan import ClockPlan, Plan
from ..ticket import Run, Slots
from .due import due_of, verdict_of
from .tier_times import reached_tiers


def state_of(
    plan: Plan, clock: ClockPlan, run: Run | None, calendar: WorkCalendar, *, at: datetime, slots: Slots
) -> ClockState:
    """Return everything that can be said of a clock at a moment.

    Raises:
        CalendarNotPublished: If its deadline lies beyond the published calendar.
    """
    rule = clock.clock
    title = plan.titles.clock(rule.id)
    holder = slots.get(rule.holder, ("",))[0]
    if run is None:
        reason = Reason("not-started", (title,), source=rule.source)
        return ClockState(id=rule.id, title=title, verdict="not-started", holder=holder, reason=reason)
    due = None if run.is_cancelled else due_of(run, calendar, explain=True)
    verdict = verdict_of(run, calendar, at)
    return ClockState(
        id=rule.id,
        title=title,
        verdict=verdict,
        is_paused=run.is_paused,
        started=run.start,
        stopped=run.stop,
        deadline=due,
        turn=run.turn,
        colour=_colour(clock, run, due, calendar, at=at),
        holder=holder,
        reason=Reason(verdict, (title,), due.steps if due else (), rule.source),
    )


def _colour(clock: ClockPlan, run: Run, due: Deadline | None, calendar: WorkCalendar, *, at: datetime) -> str:
    if due is None or due.moment is None:
        return ""
    colours = [
        one.tier.colour for one in reached_tiers(clock, due, calendar, run.stop or at) if one.tier.colour
    ]
    return colours[-1] if colours else ""
