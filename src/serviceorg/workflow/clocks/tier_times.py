"""When the tiers of a clock act: before it is due, at that moment, after it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import attrs

from ...basics import add_months
from ...calendars import (
    CalendarDays,
    Deadline,
    Duration,
    Months,
    RealTime,
    WorkCalendar,
    WorkingDays,
    WorkingTime,
)
from ...calendars.zones import wall_moment
from ...errors import CalendarNotPublished
from ..plans.plan import ClockPlan, TierPlan
from ..ticket import Run
from .due import lies_ahead

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)


@attrs.frozen
class Point:
    """A moment to count on from, and the day whose end (or beginning) it is where days are counted."""

    moment: datetime
    day: date | None
    begins: bool = False


def times_of(tier: TierPlan, due: Deadline, calendar: WorkCalendar) -> Iterator[datetime]:
    """Yield the moments at which a tier acts, in order.

    So many days before means the beginning of the day that lies so many before the last one; so many days
    after means the end of the day that lies so many after it. A tier at the deadline acts when it has passed.

    Raises:
        CalendarNotPublished: If one lies beyond the published calendar.
    """
    assert due.moment is not None
    rule, point = tier.tier, Point(due.moment, due.day)
    if rule.before is not None:
        point = _before(point, rule.before, calendar)
    elif rule.after is not None:
        point = _after(point, rule.after, calendar)
    # A deadline that includes its last moment has passed one microsecond later.
    yield point.moment + _TICK if rule.at_due and due.inclusive else point.moment
    for _ in range(rule.times - 1):
        assert rule.every is not None
        point = _after(point, rule.every, calendar)
        yield point.moment


def rearmed(clock: ClockPlan, run: Run, due: Deadline | None, calendar: WorkCalendar, at: datetime) -> Run:
    """Return a run whose deadline has been moved: tiers that lie ahead again act again.

    While the clock is paused nobody knows where they lie, and they stay as they are.
    """
    if due is None or due.moment is None or not any(run.acted):
        return run
    reached = {tier.number for tier in reached_tiers(clock, due, calendar, at)}
    acted = tuple(count if number in reached else 0 for number, count in enumerate(run.acted))
    return attrs.evolve(run, acted=acted)


def reached_tiers(
    clock: ClockPlan, due: Deadline, calendar: WorkCalendar, at: datetime
) -> tuple[TierPlan, ...]:
    """Return the tiers whose first moment has come, in the order of those moments."""
    found = []
    for tier in clock.tiers:
        try:
            moment = next(times_of(tier, due, calendar))
        except CalendarNotPublished as error:
            if not lies_ahead(error, calendar, at):
                raise
            continue
        if at >= moment:
            found.append((moment, tier.number, tier))
    return tuple(tier for _, _, tier in sorted(found, key=lambda one: one[:2]))


def _before(point: Point, time: Duration, calendar: WorkCalendar) -> Point:
    if isinstance(time, RealTime):
        return Point(point.moment - time.minutes * _MINUTE, None)
    if isinstance(time, WorkingTime):
        return Point(_earlier(point.moment, time.minutes * _MINUTE, calendar), None)
    day = _shifted(_day(point, calendar), time, calendar, way=-1)
    return Point(calendar.start_of(day), day, begins=True)


def _earlier(moment: datetime, time: timedelta, calendar: WorkCalendar) -> datetime:
    """Return the moment from which the office is open for ``time`` until ``moment``."""
    day, left = calendar.day_of(moment), time
    while True:
        for first, last in reversed(calendar.opening(day)):
            opened = wall_moment(day, first, calendar.tz)
            closed = min(wall_moment(day, last, calendar.tz, last=True), moment)
            if closed - opened >= left:
                return closed - left
            left -= max(closed - opened, timedelta(0))
        day -= _DAY


def _after(point: Point, time: Duration, calendar: WorkCalendar) -> Point:
    if isinstance(time, RealTime):
        return Point(point.moment + time.minutes * _MINUTE, None)
    if isinstance(time, WorkingTime):
        return Point(calendar.add_working_time(point.moment, time.minutes), None)
    day = _shifted(_day(point, calendar), time, calendar, way=1)
    if point.begins:
        return Point(calendar.start_of(day), day, begins=True)
    return Point(calendar.end_of(day), day)


def _day(point: Point, calendar: WorkCalendar) -> date:
    return point.day or calendar.day_of(point.moment)


def _shifted(day: date, time: Duration, calendar: WorkCalendar, *, way: int) -> date:
    if isinstance(time, CalendarDays):
        return day + way * time.days * _DAY
    if isinstance(time, Months):
        return add_months(day, way * time.months)
    days = time.days if isinstance(time, WorkingDays) else 1
    return calendar.add_working_days(day, way * days)
