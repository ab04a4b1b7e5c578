"""The windows of a duty: which periods or days it covers, when each is due, and how long grace lasts."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ..basics import SPANS, Period
from ..calendars import (
    AtLeast,
    Duration,
    Occurrence,
    WorkCalendar,
    WorkingDays,
    deadline,
    occurrences,
    windows,
)
from ..errors import UnknownIdError
from .book import Duty
from .obligation import Window

_DAY, _YEAR = timedelta(1), timedelta(366)


class _Asked(NamedTuple):
    """A period, how many facts it asks for, and the parts it leaves aside (or that it is one of them)."""

    period: Period
    least: int
    parts: tuple[tuple[int, int], ...] = ()
    is_part: bool = False


class Timing:
    """The windows of duties by one calendar, which is only asked for when a duty needs it."""

    def __init__(self, calendars: dict[str, WorkCalendar], name: str, duties: Iterable[Duty] = ()) -> None:
        self.calendars, self.name = calendars, name
        self._versions: dict[str, list[Duty]] = {}
        for duty in duties:
            self._versions.setdefault(duty.id, []).append(duty)

    @property
    def calendar(self) -> WorkCalendar:
        """The calendar of the book.

        Raises:
            UnknownIdError: If nobody gave it.
        """
        found = self.calendars.get(self.name)
        if found is None:
            raise UnknownIdError("calendar", self.name, self.calendars)
        return found

    def windows(self, duty: Duty, start: date, end: date) -> list[Window]:
        """Return the windows of a duty that end (were planned) from ``start`` to ``end``, in order.

        A window in which the duty begins or ends (no version of it touches) is as long as the duty was there.
        """
        first = start if duty.since is None else max(start, duty.since)
        last = end if duty.until is None else min(end, duty.until)
        if last < first:
            return []
        if duty.at_least is None:
            return [self._of_day(duty, one) for one in self._occurrences(duty, first, last)]
        begun, ended = self.life(duty)
        found = list(_periods(duty.at_least, first, last))
        if ended is not None and ended == last:  # its last window is over before its time
            later = list(_periods(duty.at_least, ended + _DAY, ended + _YEAR))
            found += [asked for asked in later if asked.period.start <= ended]
        return [self._of_period(duty, asked, begun or date.min, ended or date.max) for asked in found]

    def life(self, duty: Duty) -> tuple[date | None, date | None]:
        """Return the first and last day of a duty with the versions that touch this one; None for open."""
        since, until = duty.since, duty.until
        versions = self._versions.get(duty.id, ())
        for one in sorted(versions, key=_begins, reverse=True):
            if since is not None and one.until is not None and (since - one.until).days == 1:
                since = one.since
        for one in sorted(versions, key=_begins):
            if until is not None and one.since is not None and (one.since - until).days == 1:
                until = one.until
        return since, until

    def backwards(self, duty: Duty, window: Window) -> Iterator[Window]:
        """Yield the windows before one, the latest first, until there was none for a year."""
        day, is_beyond = (window.planned or window.end) - _DAY, bool(window.parts)
        while True:
            first = day.replace(year=day.year - 1, day=1)
            found = [one for one in self.windows(duty, first, day) if bool(one.parts) == is_beyond]
            if not found:
                return
            yield from reversed(found)
            day = first - _DAY

    def last_entry(self, duration: Duration, day: date) -> date:
        """Return the last day of a duration that began on ``day``."""
        return self._after(day, duration)

    def _occurrences(self, duty: Duty, start: date, end: date) -> Iterator[Occurrence]:
        assert duty.on is not None
        for year in range(start.year, end.year + 1):
            first, last = max(start, date(year, 1, 1)), min(end, date(year, 12, 31))
            yield from occurrences(duty.on, first, last, self.calendar)

    def _of_period(self, duty: Duty, asked: _Asked, begun: date, ended: date) -> Window:
        period, parts = asked.period, asked.parts
        start, end = max(period.start, begun), min(period.end, ended)
        grace = self._after(end, duty.grace)
        return Window(
            duty=duty,
            label=f"{period.label}+" if parts else period.label,
            start=start,
            end=end,
            grace_until=grace,
            settled_after=self._after(grace, duty.fulfilled.recorded_within),
            soon_from=self._before(end, duty.due_soon),
            least=asked.least,
            held_on=end if duty.held == "end" else start,
            parts=parts,
            is_part=asked.is_part,
            provisional=self._is_provisional(duty, grace),
            length=(period.end - period.start).days + 1,
        )

    def _of_day(self, duty: Duty, one: Occurrence) -> Window:
        grace = self._after(one.date, duty.grace)
        return Window(
            duty=duty,
            label=one.planned.isoformat(),
            start=one.date - duty.early * _DAY,
            end=one.date,
            grace_until=grace,
            settled_after=self._after(grace, duty.fulfilled.recorded_within),
            soon_from=self._before(one.date, duty.due_soon),
            least=duty.times,
            held_on=one.date,
            planned=one.planned,
            moved_because=one.moved_because,
            moved_title=one.title,
            provisional=one.provisional or self._is_provisional(duty, grace),
        )

    def _after(self, day: date, duration: Duration | None) -> date:
        if duration is None:
            return day
        calendar = self.calendar
        return deadline(duration, calendar.start_of(day), calendar).day or day

    def _before(self, day: date, duration: Duration | None) -> date:
        if duration is None:
            return day
        if isinstance(duration, WorkingDays):
            return self.calendar.add_working_days(day, -duration.days)
        return day - timedelta(getattr(duration, "days", 0))

    def _is_provisional(self, duty: Duty, grace: date) -> bool:
        return (
            duty.grace or duty.fulfilled.recorded_within
        ) is not None and grace > self.calendar.published_through


def _periods(duty: AtLeast, start: date, end: date) -> Iterator[_Asked]:
    """Yield what is asked in the windows that end in a time, in the order of their ends.

    What is spread is owed once in each part. What is asked for beyond that is a window of its own, in which
    the first fact of each part does not count again: so each missing fact is missed exactly once.
    """
    if not duty.spread:
        for window in windows(duty, start, end):
            if start <= window.period.end <= end:
                yield _Asked(window.period, window.least)
        return
    beyond = duty.times - SPANS[duty.per] // SPANS[duty.spread]
    found: list[_Asked] = []
    for window in windows(duty, start, end):
        if window.period.span == duty.spread:
            found.append(_Asked(window.period, 1, is_part=beyond > 0))
        elif beyond:
            parts = window.period.parts(duty.spread)
            days = tuple((part.start.toordinal(), part.end.toordinal()) for part in parts)
            found.append(_Asked(window.period, beyond, days))
    found.sort(key=lambda one: (one.period.end, bool(one.parts)))
    yield from (one for one in found if start <= one.period.end <= end)


def _begins(duty: Duty) -> date:
    return duty.since or date.min
