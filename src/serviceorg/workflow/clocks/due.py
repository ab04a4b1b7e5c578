"""When a clock is due, and whether it was in time: worked out from the moments of a run."""

from collections.abc import Callable
from datetime import date, datetime

import attrs

from ...calendars import Deadline, Duration, WorkCalendar, deadline
from ...errors import CalendarNotPublished
from ..ticket import Run

VERDICTS = ("not-started", "in-time", "overdue", "met", "late", "cancelled")


def due_of(run: Run, calendar: WorkCalendar, *, explain: bool = False) -> Deadline | None:
    """Return the deadline of a run, None where there is no limit.

    A limit given as a date or a moment is not moved by pauses, only by extensions.

    Raises:
        CalendarNotPublished: If it lies beyond the published calendar.
    """
    limit = run.limit
    if limit is None:
        return None
    if run.not_before is not None and _is_later(run.not_before, run, calendar):
        return _given(run.not_before, run, calendar)
    if isinstance(limit, date):  # a moment is a date too
        return _given(limit, run, calendar)
    pauses, extensions = run.pauses, run.extensions
    return deadline(limit, run.start, calendar, pauses=pauses, extensions=extensions, explain=explain)


def _is_later(day: date, run: Run, calendar: WorkCalendar) -> bool:
    """Return whether a longer statutory limit prevails; extensions are counted after that is decided."""
    limit = run.limit
    assert limit is not None
    if isinstance(limit, date):
        own = _given(limit, attrs.evolve(run, extensions=()), calendar)
    else:
        own = deadline(limit, run.start, calendar, pauses=run.pauses)
    return own.moment is not None and calendar.end_of(day) > own.moment


def _given(limit: date | datetime, run: Run, calendar: WorkCalendar) -> Deadline:
    is_moment = isinstance(limit, datetime)
    if run.extensions:
        first: Duration = run.extensions[0]
        start = limit if isinstance(limit, datetime) else calendar.start_of(limit)
        return deadline(first, start, calendar, extensions=run.extensions[1:])
    if is_moment:
        assert isinstance(limit, datetime)
        return Deadline(limit)
    return Deadline(calendar.end_of(limit), limit, inclusive=False)


def verdict_of(run: Run | None, calendar: WorkCalendar, at: datetime) -> str:
    """Return how a run stands at a moment: one of ``VERDICTS``."""
    if run is None:
        return "not-started"
    if run.is_cancelled:
        return "cancelled"
    in_time = _is_in_time(run, calendar, at if run.stop is None else run.stop)
    if run.stop is None:
        return "in-time" if in_time else "overdue"
    return "met" if in_time else "late"


def _is_in_time(run: Run, calendar: WorkCalendar, end: datetime) -> bool:
    return is_met(lambda: due_of(run, calendar), calendar, end)


def is_met(due: Callable[[], Deadline | None], calendar: WorkCalendar, at: datetime) -> bool:
    """Return whether something done at a moment is in time; without a deadline everything is.

    Raises:
        CalendarNotPublished: If neither the deadline nor the moment lies in the published calendar.
    """
    try:
        found = due()
    except CalendarNotPublished as error:
        if lies_ahead(error, calendar, at):
            return True
        raise
    return found is None or found.is_met_at(at)


def lies_ahead(error: CalendarNotPublished, calendar: WorkCalendar, at: datetime | None) -> bool:
    """Return whether a deadline needs days after all that are published, and the moment lies among these.

    A day before the first one known is another matter: nothing can be said of it.
    """
    return error.day > error.first and (at is None or calendar.is_published(calendar.day_of(at)))


def days_late(run: Run | None, calendar: WorkCalendar, at: datetime) -> int:
    """Return how many calendar days after the due day a clock was stopped, or stands now; 0 when in time."""
    if run is None or run.is_cancelled:
        return 0
    end = at if run.stop is None else run.stop
    if _is_in_time(run, calendar, end):
        return 0
    due = due_of(run, calendar)
    assert due is not None
    assert due.moment is not None
    day = due.day or calendar.day_of(due.moment)
    return (calendar.day_of(end) - day).days
