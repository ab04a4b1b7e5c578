"""Duties that come again: a closed vocabulary, and what happens when a day does not suit.

A second Saturday may lie in a holiday, or be a working day that makes up for one. What counts as a conflict
and what follows from it is declared, never guessed.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Literal, TypeAlias

import attrs
from dateutil import rrule

from ..basics import Label
from ..errors import DurationError, PeriodError, known_names
from .calendar import WorkCalendar
from .tables import DayKind

#: What happens with a day in conflict: it stays, is left out, or moves to the next (previous) working
#: day or to the next day off.
OnConflict = Literal["keep", "skip", "next_working", "previous_working", "next_free"]

MOST_OCCURRENCES = 1000
_ON_CONFLICT = ("keep", "skip", "next_working", "previous_working", "next_free")
_KINDS = ("workday", "make-up", "weekend", "holiday")
#: No holiday is longer; whoever finds no day within it has declared every day a conflict.
_FARTHEST = 60
_WEEKDAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)


def _number(least: int, most: int) -> Any:
    def check(value: Any, attribute: "attrs.Attribute[Any]", found: Any) -> None:
        if type(found) is not int or not least <= found <= most or found == 0 > least:
            allowed = f"whole numbers from {least} to {most}" + (", without 0" if least < 0 else "")
            raise DurationError(
                f"{type(value).__name__}.{attribute.name}: found {found!r}; allowed are {allowed}"
            )

    return attrs.field(validator=check)


def _nth(value: Any, attribute: "attrs.Attribute[Any]", found: Any) -> None:
    if type(found) is not int or found not in (1, 2, 3, 4, 5, -1):
        name = f"{type(value).__name__}.{attribute.name}"
        raise DurationError(f"{name}: found {found!r}; allowed are 1 to 5, and -1 for the last one")


def _kinds(found: Iterable[DayKind]) -> tuple[DayKind, ...]:
    return tuple(found)


@attrs.frozen(kw_only=True)
class _Recurrence:
    """What every recurrence says about days that do not suit.

    ``conflicts`` are the kinds of days that do not suit: "workday" and "weekend" as every week has them,
    "holiday" and "make-up" as declared. Each day is one of the four.
    """

    on_conflict: OnConflict = attrs.field(default="keep")
    conflicts: tuple[DayKind, ...] = attrs.field(default=(), converter=_kinds)

    def __attrs_post_init__(self) -> None:
        name = type(self).__name__
        if self.on_conflict not in _ON_CONFLICT:
            known = known_names(str(self.on_conflict), _ON_CONFLICT)
            raise DurationError(f"{name}.on_conflict: found {self.on_conflict!r}; {known}")
        for kind in self.conflicts:
            if kind not in _KINDS:
                raise DurationError(f"{name}.conflicts: found {kind!r}; {known_names(str(kind), _KINDS)}")
        if bool(self.conflicts) != (self.on_conflict != "keep"):
            raise DurationError(
                f"{name}: on_conflict is {self.on_conflict!r} and conflicts are {self.conflicts!r}; write "
                "both, like on_conflict='next_free', conflicts=('holiday', 'make-up'), or neither"
            )


@attrs.frozen
class EveryDay(_Recurrence):
    """Every day of the calendar."""


@attrs.frozen
class EveryWorkingDay(_Recurrence):
    """Every working day, make-up days included."""


@attrs.frozen
class Weekly(_Recurrence):
    """A weekday (Monday is 0) of every ``every``-th week; the weeks are counted from that of ``anchor``."""

    weekday: int = _number(0, 6)
    every: int = attrs.field(default=1, kw_only=True)
    anchor: dt.date | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if type(self.every) is not int or not 1 <= self.every <= 52:
            raise DurationError(f"Weekly.every: found {self.every!r}; allowed are whole numbers from 1 to 52")
        if self.every > 1 and self.anchor is None:
            raise DurationError(
                f"Weekly.anchor: every {self.every} weeks from when on? Give a day of the first as anchor"
            )


@attrs.frozen
class MonthlyNthWeekday(_Recurrence):
    """The ``nth`` weekday of each month (每月第二个周六), -1 for the last; some months have no fifth."""

    nth: int = attrs.field(validator=_nth)
    weekday: int = _number(0, 6)


@attrs.frozen
class MonthlyDay(_Recurrence):
    """A day of each month; in a shorter month its last day."""

    day: int = _number(1, 31)


@attrs.frozen
class Quarterly(_Recurrence):
    """A day in the first, second or third month of each quarter; in a shorter month its last day."""

    month: int = _number(1, 3)
    day: int = _number(1, 31)


@attrs.frozen
class Yearly(_Recurrence):
    """A day of a month, each year; 29 February is the 28th in other years."""

    month: int = _number(1, 12)
    day: int = _number(1, 31)


@attrs.frozen
class WorkingDayOfMonth(_Recurrence):
    """The ``n``-th working day of each month; counted from its end if negative, -1 is the last."""

    n: int = _number(-31, 31)


Recurrence: TypeAlias = (
    EveryDay
    | EveryWorkingDay
    | Weekly
    | MonthlyNthWeekday
    | MonthlyDay
    | Quarterly
    | Yearly
    | WorkingDayOfMonth
)


@attrs.frozen
class Occurrence:
    """One day of a recurrence: when it is, when it was ``planned``, and what kind of day made it move.

    ``title`` is the holiday in question; ``provisional`` tells that a day was looked at nobody has published.
    """

    date: dt.date
    planned: dt.date
    moved_because: str = ""
    title: Label = Label()
    provisional: bool = False


def occurrences(
    recurrence: Recurrence, start: dt.date, end: dt.date, calendar: WorkCalendar
) -> tuple[Occurrence, ...]:
    """Return what was planned from ``start`` to ``end``, both included, in the order it was planned.

    An occurrence belongs to the day it was planned for, wherever it moves, so that no span of time counts it
    twice; two may move to the same day. What is skipped is left out.

    Raises:
        PeriodError: If there are more than 1000; ask for a shorter time.
        CalendarNotPublished: If the calendar has to be asked about days nobody has published.
    """
    if end < start:
        raise PeriodError(f"a time must not end ({end}) before it starts ({start})")
    planned = list(islice(_planned(recurrence, start, end, calendar), MOST_OCCURRENCES + 1))
    if len(planned) > MOST_OCCURRENCES:
        raise PeriodError(f"more than {MOST_OCCURRENCES} occurrences from {start} to {end}; ask year by year")
    asked = isinstance(recurrence, (EveryWorkingDay, WorkingDayOfMonth))
    settled = (_settled(recurrence, day, calendar, asked=asked) for day in planned)
    return tuple(one for one in settled if one is not None)


def _settled(
    recurrence: Recurrence, day: dt.date, calendar: WorkCalendar, *, asked: bool
) -> Occurrence | None:
    if not recurrence.conflicts:
        return Occurrence(day, day, provisional=asked and not calendar.is_published(day))
    kind = calendar.kind_of(day)
    if kind not in recurrence.conflicts:
        return Occurrence(day, day, provisional=not calendar.is_published(day))
    if recurrence.on_conflict == "skip":
        return None
    free, step = recurrence.on_conflict == "next_free", -1 if "previous" in recurrence.on_conflict else 1
    moved = _suiting(day, step, calendar, lambda found: found not in recurrence.conflicts, free=free)
    special = calendar.why(day)
    title = special.title if special is not None else Label()
    published = calendar.is_published(day) and calendar.is_published(moved)
    return Occurrence(moved, day, kind, title, not published)


def _suiting(
    day: dt.date, step: int, calendar: WorkCalendar, suits: Callable[[DayKind], bool], *, free: bool
) -> dt.date:
    """Return the nearest day off (or working day) that is no conflict itself."""
    for distance in range(1, _FARTHEST + 1):
        found = day + dt.timedelta(step * distance)
        kind = calendar.kind_of(found)
        if (kind in ("weekend", "holiday")) == free and suits(kind):
            return found
    what = "day off" if free else "working day"
    raise PeriodError(f"{day}: no {what} without conflict within {_FARTHEST} days; declare fewer conflicts")


def _planned(
    recurrence: Recurrence, start: dt.date, end: dt.date, calendar: WorkCalendar
) -> Iterator[dt.date]:
    if isinstance(recurrence, EveryWorkingDay):
        return _working_days(start, end, calendar)
    if isinstance(recurrence, WorkingDayOfMonth):
        return _working_days_of_months(recurrence.n, start, end, calendar)
    rule = _rule(recurrence, start, end)
    return (day for moment in rule if (day := moment.date()) >= start)


def _working_days(start: dt.date, end: dt.date, calendar: WorkCalendar) -> Iterator[dt.date]:
    day = calendar.roll(start, "next")
    while day <= end:
        yield day
        if calendar.working_days_between(day, end) == 0:
            return
        day = calendar.add_working_days(day, 1)


def _working_days_of_months(
    n: int, start: dt.date, end: dt.date, calendar: WorkCalendar
) -> Iterator[dt.date]:
    firsts = rrule.rrule(rrule.MONTHLY, dtstart=_midnight(start.replace(day=1)), until=_midnight(end))
    for moment in firsts:
        first = moment.date()
        last = (first + dt.timedelta(31)).replace(day=1) - dt.timedelta(1)
        inside = calendar.working_days_between(first, last) + calendar.is_working(first)
        if abs(n) > inside:
            continue
        place = n if n > 0 else inside + 1 + n
        day = first if place == 1 and calendar.is_working(first) else None
        if day is None:
            day = calendar.add_working_days(first, place - calendar.is_working(first))
        if start <= day <= end:
            yield day


def _rule(recurrence: Recurrence, start: dt.date, end: dt.date) -> Any:
    until = _midnight(end)
    month = _midnight(start.replace(day=1))
    if isinstance(recurrence, Weekly):
        begin = recurrence.anchor or start
        begin -= dt.timedelta(begin.weekday())
        # An anchor far away would be run through week by week: go by whole steps to just before the start.
        steps = (start - begin).days // (7 * recurrence.every) - 1
        begin += dt.timedelta(7 * recurrence.every * steps)
        return rrule.rrule(
            rrule.WEEKLY,
            interval=recurrence.every,
            byweekday=_WEEKDAYS[recurrence.weekday],
            dtstart=_midnight(begin),
            until=until,
        )
    if isinstance(recurrence, MonthlyNthWeekday):
        weekday = _WEEKDAYS[recurrence.weekday](recurrence.nth)
        return rrule.rrule(rrule.MONTHLY, byweekday=weekday, dtstart=month, until=until)
    if isinstance(recurrence, EveryDay):
        return rrule.rrule(rrule.DAILY, dtstart=_midnight(start), until=until)
    assert isinstance(recurrence, (MonthlyDay, Quarterly, Yearly))
    months: range | None = None
    if isinstance(recurrence, Quarterly):
        months = range(recurrence.month, 13, 3)
    elif isinstance(recurrence, Yearly):
        months = range(recurrence.month, recurrence.month + 1)
    # The last of the days 28 to ``day`` that the month has: rrule alone would pass over a shorter month.
    days = range(min(28, recurrence.day), recurrence.day + 1)
    return rrule.rrule(
        rrule.MONTHLY, bymonth=months, bymonthday=days, bysetpos=-1, dtstart=month, until=until
    )


def _midnight(day: dt.date) -> dt.datetime:
    """Return a day as rrule wants it: without a zone, because a day is the same in each."""
    return dt.datetime.combine(day, dt.time(0))
