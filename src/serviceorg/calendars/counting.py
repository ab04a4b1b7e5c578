"""Counting one duration from a day or a moment, with the pauses that fall into it."""

from datetime import date, datetime, timedelta

import attrs

from ..basics import add_months
from .calendar import WorkCalendar
from .durations import CalendarDays, Duration, Months, NextWorkingDay, RealTime, WorkingDays, WorkingTime
from .steps import Steps
from .stops import Pause

DayDuration = WorkingDays | CalendarDays | Months | NextWorkingDay
TimeDuration = RealTime | WorkingTime
_SECOND = timedelta(seconds=1)


@attrs.frozen
class Remaining:
    """What is left while a clock stands still; parts of a second are left out.

    ``unit`` is "days", "working days", "months", "seconds" or "working seconds".
    """

    amount: int
    unit: str


@attrs.frozen
class End:
    """Where a duration ends. A day ends at 24:00, which is not ``inclusive``: it is the next day already."""

    moment: datetime
    day: date | None
    inclusive: bool
    provisional: bool


def count_days(
    duration: DayDuration, day: date, stops: list[Pause], calendar: WorkCalendar, *, steps: Steps | None
) -> End | Remaining:
    """Return the end of a duration counted by days after ``day``; what is left if it stands still for good.

    The day a stretch begins is not counted, the day it is broken off is. ``stops`` is in reverse order;
    pauses that fall into the count are taken from it.
    """
    working = isinstance(duration, (WorkingDays, NextWorkingDay))
    left = days_of(duration, day)
    while stops:
        pause = stops[-1]
        stop = calendar.day_of(pause.since)
        # Past the last known day nothing can be counted; then the end tells, or says that nobody knows.
        known = not working or stop <= calendar.last
        counted = _between(day, stop, calendar, working=working) if known else left
        if (counted >= left or _rolls_back(duration)) and pause.since >= _end(
            duration, day, left, calendar
        ).moment:
            break
        stops.pop()
        if steps is not None:
            steps.days(min(counted, left), duration.unit, day, stop)
            steps.paused(pause)
        left = max(0, left - counted)
        if pause.until is None:
            return Remaining(left, duration.unit)
        day = calendar.day_of(pause.until)
    end = _end(duration, day, left, calendar)
    if steps is not None:
        _note_end(steps, duration, (day, left), end)
    return end


def count_time(
    duration: TimeDuration,
    start: datetime,
    stops: list[Pause],
    calendar: WorkCalendar,
    *,
    steps: Steps | None,
) -> End | Remaining:
    """Return the end of a duration counted by the clock, to the microsecond; see ``count_days``."""
    working = isinstance(duration, WorkingTime)
    unit = "working seconds" if working else "seconds"
    left = timedelta(minutes=duration.minutes)
    while stops:
        pause = stops[-1]
        ran = _ran(start, pause.since, left, calendar) if working else pause.since - start
        if ran >= left:
            break
        stops.pop()
        if steps is not None:
            steps.time(ran, unit, start, pause.since)
            steps.paused(pause)
        left -= ran
        if pause.until is None:
            return Remaining(left // _SECOND, unit)
        start = pause.until
    moment = calendar.after_working_time(start, left) if working else start + left
    if steps is not None:
        steps.time(left, unit, start, moment)
    provisional = working and calendar.day_of(moment) > calendar.published_through
    return End(moment, None, duration.bound == "within", provisional)


def days_of(duration: DayDuration, day: date) -> int:
    """Return how many days a duration counts after ``day``; those of a month depend on it."""
    if isinstance(duration, Months):
        return (add_months(day, duration.months) - day).days
    return 1 if isinstance(duration, NextWorkingDay) else duration.days


def whole_of(duration: Duration) -> Remaining:
    """Return a duration that has not begun as what is left of it."""
    if isinstance(duration, (RealTime, WorkingTime)):
        unit = "working seconds" if isinstance(duration, WorkingTime) else "seconds"
        return Remaining(60 * duration.minutes, unit)
    if isinstance(duration, Months):
        return Remaining(duration.months, "months")
    return Remaining(1 if isinstance(duration, NextWorkingDay) else duration.days, duration.unit)


def _between(day: date, stop: date, calendar: WorkCalendar, *, working: bool) -> int:
    return calendar.working_days_between(day, stop) if working else (stop - day).days


def _ran(start: datetime, since: datetime, left: timedelta, calendar: WorkCalendar) -> timedelta:
    """Return the working time before a pause; ``left`` if all of it had passed before the known days end."""
    if calendar.day_of(since) > calendar.last:
        calendar.after_working_time(start, left)
        return left
    return calendar.working_time_between(start, since)


def _rolls_back(duration: DayDuration) -> bool:
    return getattr(duration, "roll", "next") == "previous"


def _last_days(duration: DayDuration, day: date, left: int, calendar: WorkCalendar) -> tuple[date, date]:
    """Return the last day as counted, and where it goes if it is a day off."""
    if isinstance(duration, (WorkingDays, NextWorkingDay)):
        # Nothing is left when the clock stood still on the last day: it ends with the day it goes on.
        last = calendar.add_working_days(day, left) if left else calendar.roll(day, "next")
        return last, last
    counted = day + timedelta(left)
    # Rolled back, it still does not end before it began.
    return counted, max(day, calendar.roll(counted, duration.roll))


def _end(duration: DayDuration, day: date, left: int, calendar: WorkCalendar) -> End:
    counted, last = _last_days(duration, day, left, calendar)
    rolls = getattr(duration, "roll", "next") != "none"
    provisional = rolls and max(counted, last) > calendar.published_through
    closing = calendar.closing(last) if duration.ends == "office" else None
    if closing is None:
        return End(calendar.end_of(last), last, False, provisional)
    return End(closing, last, duration.bound == "within", provisional)


def _note_end(steps: Steps, duration: DayDuration, at: tuple[date, int], end: End) -> None:
    day, left = at
    counted, last = _last_days(duration, day, left, steps.calendar)
    steps.days(left, duration.unit, day, counted)
    if last != counted:
        steps.add("rolled", counted, last)
