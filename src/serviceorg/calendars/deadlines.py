"""Deadlines: from a duration, a start and a calendar to the last moment that is still in time.

Nothing is stored and no clock is read: the same arguments give the same deadline, today and in ten years.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import attrs

from ..errors import DurationError
from ..reasons import Reason
from .calendar import WorkCalendar
from .counting import End, Remaining, count_days, count_time, whole_of
from .durations import CLOCKED, DURATIONS, Duration, RealTime, WorkingDays, WorkingTime
from .steps import Steps
from .stops import Pause, stops_of
from .zones import in_utc

_MINUTE = timedelta(minutes=1)


@attrs.frozen
class Deadline:
    """When something must have happened (期限届满).

    Attributes:
        moment: The end in UTC; None while the clock stands still and nobody knows until when.
        day: The last day, for durations counted by days.
        bound: "within" or "under", as the duration says.
        inclusive: Whether ``moment`` itself is still in time. 24:00 is not: it is the next day already.
        provisional: Whether days were assumed that nobody has published yet; count again when they are.
        remaining: What is left while the clock stands still: of the duration that was running first, then of
            extensions after it.
        steps: How it was counted, if that was asked for.
    """

    moment: datetime | None
    day: date | None = None
    bound: str = "within"
    inclusive: bool = True
    provisional: bool = False
    remaining: tuple[Remaining, ...] = ()
    steps: tuple[Reason, ...] = ()

    def is_met_at(self, moment: datetime) -> bool:
        """Return whether something done at ``moment`` is in time; while the clock stands still, all is.

        Raises:
            MomentError: If the moment has no zone.
        """
        done = in_utc(moment)
        if self.moment is None:
            return True
        return done < self.moment or (self.inclusive and done == self.moment)


def deadline(
    duration: Duration,
    start: datetime,
    calendar: WorkCalendar,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Duration] = (),
    explain: bool = False,
) -> Deadline:
    """Return the deadline of a duration that began at ``start``.

    The first day never counts. Only what runs counts: a day on which the clock is stopped is counted, the day
    on which it goes on is not, so a stop within one day costs nothing, and a holiday inside a pause is not
    counted twice. Overlapping pauses are one; one that begins when the time is over changes nothing. An
    extension is counted from the old end (rolled, if it was rolled), whenever it was asked for. ``explain``
    fills ``steps``; their sentences are ``SENTENCES``.

    Raises:
        CalendarNotPublished: If days are needed that nobody has published.
        DurationError: For days that are extended by hours, or office hours of a calendar without any.
        MomentError: If ``start`` has no zone.
    """
    begun = in_utc(start, where="start")
    if (
        type(duration) is WorkingDays
        and not (pauses or extensions or explain)
        and duration.ends == "midnight"
    ):
        # By far the most frequent question, in half the time: no stops, no extensions, nothing to roll.
        last = calendar.add_working_days(begun.astimezone(calendar.tz).date(), duration.days)
        late = last > calendar.published_through
        return Deadline(calendar.end_of(last), last, "within", inclusive=False, provisional=late)
    _check(duration, extensions)
    stops = stops_of(pauses, begun)[::-1] if pauses else []
    steps = Steps(calendar) if explain else None
    if steps is not None:
        steps.started(duration, begun)
    end = _count(duration, begun, stops, calendar, steps=steps)
    provisional = False
    for number, extension in enumerate(extensions, 1):
        if isinstance(end, Remaining):
            return _standing(end, extensions[number - 1 :], steps)
        provisional |= end.provisional
        if steps is not None:
            steps.extended(extension, end.day or end.moment)
        end = _count(extension, end.day or end.moment, stops, calendar, steps=steps)
        duration = extension
    if isinstance(end, Remaining):
        return _standing(end, (), steps)
    provisional |= end.provisional
    if steps is None:
        return Deadline(end.moment, end.day, duration.bound, end.inclusive, provisional)
    _note_last(steps, end, stops, provisional=provisional)
    return Deadline(
        end.moment, end.day, duration.bound, end.inclusive, provisional, steps=tuple(steps.reasons)
    )


def elapsed(
    duration: Duration | type[Duration],
    start: datetime,
    at: datetime,
    calendar: WorkCalendar,
    *,
    pauses: Sequence[Pause] = (),
) -> int:
    """Return how much has run from ``start`` to ``at``, pauses left out, in the unit of the kind of duration.

    Whole minutes for RealTime and WorkingTime, working days for WorkingDays and NextWorkingDay, days for
    CalendarDays and Months. The first day does not count, the day of ``at`` does. 0 before the start.

    Raises:
        CalendarNotPublished: If days are needed that nobody has published.
    """
    kind = duration if isinstance(duration, type) else type(duration)
    if kind not in DURATIONS:
        raise DurationError(_no_duration("duration", duration))
    running = _running(in_utc(start, where="start"), in_utc(at, where="at"), pauses)
    if kind is RealTime:
        return sum((last - first for first, last in running), timedelta(0)) // _MINUTE
    if kind is WorkingTime:
        time = (calendar.working_time_between(first, last) for first, last in running)
        return sum(time, timedelta(0)) // _MINUTE
    days = [(calendar.day_of(first), calendar.day_of(last)) for first, last in running]
    if kind.unit == "working days":
        return sum(calendar.working_days_between(first, last) for first, last in days)
    return sum((last - first).days for first, last in days)


def _running(start: datetime, at: datetime, pauses: Sequence[Pause]) -> list[tuple[datetime, datetime]]:
    """Return the stretches between the pauses, up to ``at``."""
    found, begun = [], start
    for pause in stops_of(pauses, start):
        if begun < pause.since and begun < at:
            found.append((begun, min(pause.since, at)))
        if pause.until is None:
            return found
        begun = pause.until
    return [*found, (begun, at)] if begun < at else found


def _count(
    duration: Duration,
    start: date | datetime,
    stops: list[Pause],
    calendar: WorkCalendar,
    *,
    steps: Steps | None,
) -> End | Remaining:
    if isinstance(duration, CLOCKED):
        assert isinstance(start, datetime)
        return count_time(duration, start, stops, calendar, steps=steps)
    day = calendar.day_of(start) if isinstance(start, datetime) else start
    if steps is not None:
        steps.add("first-day", day)
    return count_days(duration, day, stops, calendar, steps=steps)


def _standing(left: Remaining, later: Sequence[Duration], steps: Steps | None) -> Deadline:
    remaining = [left]
    for extension in later:
        whole = whole_of(extension)
        if whole.unit == remaining[-1].unit:
            remaining[-1] = Remaining(remaining[-1].amount + whole.amount, whole.unit)
        else:
            remaining.append(whole)
    reasons: tuple[Reason, ...] = ()
    if steps is not None:
        for one in remaining:
            steps.remaining(one.amount, one.unit)
        reasons = tuple(steps.reasons)
    return Deadline(None, remaining=tuple(remaining), steps=reasons)


def _note_last(steps: Steps, end: End, stops: list[Pause], *, provisional: bool) -> None:
    for pause in reversed(stops):
        steps.add("pause-too-late", steps.clock(pause.since))
    if end.day is not None and not end.inclusive and end.moment == steps.calendar.end_of(end.day):
        steps.add("due", end.day)
    else:
        steps.add("due-at" if end.inclusive else "due-under", steps.clock(end.moment))
    if provisional:
        steps.provisional()


def _check(duration: Duration, extensions: Sequence[Duration]) -> None:
    if type(duration) not in DURATIONS:
        raise DurationError(_no_duration("duration", duration))
    before: Duration = duration
    for number, extension in enumerate(extensions):
        where = f"extensions[{number}]"
        if type(extension) not in DURATIONS:
            raise DurationError(_no_duration(where, extension))
        if isinstance(extension, CLOCKED) and not isinstance(before, CLOCKED):
            raise DurationError(
                f"{where}: {extension.written} after {before.written}, which end with a day; allowed are "
                "WorkingDays, CalendarDays, Months and NextWorkingDay"
            )
        before = extension


def _no_duration(where: str, found: object) -> str:
    names = ", ".join(kind.__name__ for kind in DURATIONS)
    return f"{where}: found {found!r}; allowed are {names}"
