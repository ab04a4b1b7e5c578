"""A work calendar: which days are worked, and when the office is open.

A table counts the working days before each day, so that adding or counting any number of them is a look-up.
"""

from array import array
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs

from ..basics import FrozenMap, Label, frozen_map
from ..errors import CalendarNotPublished, CalendarProblems, DurationError, PeriodError, Problem, known_names
from .hours import Hours, Interval
from .open_time import moment_after, time_between
from .tables import STATUTORY, DayKind, Provisional, SpecialDay, check_days, digest_of, table_of
from .zones import in_utc, start_of_day, wall_moment, zone_of

_ROLLS = ("none", "next", "previous")


@attrs.frozen(eq=False, kw_only=True)
class WorkCalendar:
    """Working days and office hours of one place (工作日历).

    Two calendars with the same content are equal and have the same ``digest``, whatever made them.

    Attributes:
        id: How results name the calendar.
        zone: IANA key of the zone in which its days begin and end.
        first: First day with data.
        published_through: Last day with published data.
        provisional: What is assumed of later days: "weekends", "statutory", or "" to refuse.
        week: The weekdays that are worked, Monday is 0.
        special: What was declared of single days, local days included.
        assumed: Month and day of the holidays that "statutory" assumes every year.
        hours: Office hours, if it has any.
        sources: The notices it was made from.
        digest: SHA-256 of everything above but titles and sources.
    """

    id: str
    title: Label
    zone: str
    first: date
    published_through: date
    week: tuple[int, ...]
    special: FrozenMap[date, SpecialDay] = attrs.field(converter=frozen_map, repr=False)
    provisional: Provisional = ""
    assumed: tuple[tuple[int, int], ...] = ()
    hours: Hours | None = None
    sources: tuple[str, ...] = attrs.field(default=(), repr=False)
    tz: ZoneInfo = attrs.field(init=False, repr=False)
    digest: str = attrs.field(init=False)
    _origin: int = attrs.field(init=False, repr=False)
    #: Working days before day ``_origin + n``; one entry more than there are days.
    _before: "array[int]" = attrs.field(init=False, repr=False)
    #: Ordinals of the working days, in order.
    _worked: "array[int]" = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        check_days(self)
        object.__setattr__(self, "tz", zone_of(self.zone))
        object.__setattr__(self, "digest", digest_of(self))
        before, worked = table_of(self)
        object.__setattr__(self, "_origin", self.first.toordinal())
        object.__setattr__(self, "_before", before)
        object.__setattr__(self, "_worked", worked)

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, WorkCalendar) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)

    @classmethod
    def every_week(
        cls,
        *,
        id: str = "every-week",
        zone: str = "Asia/Shanghai",
        working: Iterable[int] = (0, 1, 2, 3, 4),
        hours: Hours | None = None,
        first: date = date(2000, 1, 1),
        last: date = date(2099, 12, 31),
    ) -> "WorkCalendar":
        """Return a calendar in which every week is like the other, without holidays; Monday is 0."""
        return cls(
            id=id,
            title=Label(zh="每周相同", en="every week alike"),
            zone=zone,
            first=first,
            published_through=last,
            week=tuple(sorted(set(working))),
            special=FrozenMap(),
            hours=hours,
        )

    @property
    def last(self) -> date:
        """The last day about which anything can be said, assumed days included."""
        return date.fromordinal(self._origin + len(self._before) - 2)

    def assuming(self, provisional: Provisional) -> "WorkCalendar":
        """Return the calendar with answers for ten years past the published days.

        "weekends": every week like the other. "statutory": also off are the holidays with a fixed date (in
        China 1 January, 1 and 2 May, 1 to 3 October). Festivals of the moon and make-up days are not guessed.
        Such answers are provisional: count again when the year has been published.
        """
        return attrs.evolve(self, provisional=provisional)

    def with_days(
        self,
        *,
        id: str,
        title: Label | None = None,
        off: Iterable[date] = (),
        work: Iterable[date] = (),
        hours: Hours | None = None,
        reason: Label | None = None,
        source: str = "",
    ) -> "WorkCalendar":
        """Return a calendar of one grid or department: this one, with local days off and days worked on top.

        ``hours`` replaces the office hours. A local day wins over a published one.

        Raises:
            CalendarProblems: If a day is both off and worked, or before the first day of the calendar.
        """
        rest, worked = tuple(off), tuple(work)
        problems = [
            Problem("two-kinds", str(day), "the day is both off and worked; name it once")
            for day in sorted(set(rest) & set(worked))
        ] + [
            Problem(
                "too-early",
                str(day),
                f"{self.id!r} begins on {self.first}; allowed are later days",
            )
            for day in sorted({*rest, *worked})
            if day < self.first
        ]
        if problems:
            raise CalendarProblems(problems)
        label = reason or Label()
        local = {day: SpecialDay(working=False, title=label, source=source) for day in rest}
        local |= {day: SpecialDay(working=True, title=label, source=source) for day in worked}
        return attrs.evolve(
            self,
            id=id,
            title=title or self.title,
            special={**self.special, **local},
            hours=hours or self.hours,
        )

    # Days

    def is_published(self, day: date) -> bool:
        """Return whether anybody has published that day; an assumed day is not."""
        return self.first <= day <= self.published_through

    def is_working(self, day: date) -> bool:
        """Return whether people work on that day.

        Raises:
            CalendarNotPublished: If nobody knows.
        """
        at, before = self._at(day), self._before
        return before[at] != before[at + 1]

    def kind_of(self, day: date) -> DayKind:
        """Return what a day is; a Saturday inside a holiday is a "holiday", not a "weekend"."""
        working = self.is_working(day)
        found = self._declared(day)
        if found is None or (working and day.weekday() in self.week):
            return "workday" if working else "weekend"
        return "make-up" if working else "holiday"

    def why(self, day: date) -> SpecialDay | None:
        """Return what was declared of a day, or None for a day like every week has."""
        return self._declared(day)

    def add_working_days(self, day: date, days: int) -> date:
        """Return the ``days``-th working day after ``day``, before it if negative; the day never counts.

        Raises:
            CalendarNotPublished: If that is past what is known.
        """
        at = day.toordinal() - self._origin
        before = self._before
        if not 0 <= at < len(before) - 1 or isinstance(day, datetime):
            self._at(day)
        if days > 0:
            found = before[at + 1] + days - 1
            if found < len(self._worked):
                return date.fromordinal(self._worked[found])
            raise self._unknown(self.last + timedelta(1))
        if days == 0:
            return day
        found = before[at] + days
        if found >= 0:
            return date.fromordinal(self._worked[found])
        raise self._unknown(self.first - timedelta(1))

    def working_days_between(self, start: date, end: date) -> int:
        """Return the number of working days after ``start``, up to and with ``end``; negative backwards.

        Raises:
            CalendarNotPublished: If one of the two is not known.
        """
        return self._before[self._at(end) + 1] - self._before[self._at(start) + 1]

    def roll(self, day: date, to: str) -> date:
        """Return the day itself if it is worked, else the "next" or "previous" working day; "none" stays."""
        if to not in _ROLLS:
            raise DurationError(f"roll: found {to!r}; {known_names(str(to), _ROLLS)}")
        if to == "none" or self.is_working(day):
            return day
        return self.add_working_days(day, 1 if to == "next" else -1)

    # Moments

    def day_of(self, moment: datetime) -> date:
        """Return the local day of a moment."""
        return in_utc(moment).astimezone(self.tz).date()

    def start_of(self, day: date) -> datetime:
        """Return the first moment of a local day, in UTC."""
        return start_of_day(day, self.tz)

    def end_of(self, day: date) -> datetime:
        """Return 24:00 of a local day in UTC: the first moment that belongs to the next."""
        return start_of_day(day + timedelta(1), self.tz)

    def opening(self, day: date) -> tuple[Interval, ...]:
        """Return the office hours of a day in minutes from midnight, half-open; none on a day off.

        Raises:
            DurationError: If the calendar has no office hours.
        """
        if self.hours is None:
            raise DurationError(
                f"calendar {self.id!r} has no office hours; give it some, like "
                "hours=Hours.daily('09:00-12:00', '14:00-17:30')"
            )
        if not self.is_working(day):
            return ()
        return self.hours.make_up if day.weekday() not in self.week else self.hours.week[day.weekday()]

    def closing(self, day: date) -> datetime | None:
        """Return when the office closes for the day, in UTC; None on a day without office hours."""
        hours = self.opening(day)
        return wall_moment(day, hours[-1][1], self.tz, last=True) if hours else None

    def add_working_time(self, moment: datetime, minutes: int) -> datetime:
        """Return the moment by which the office was open for ``minutes``; it may be a closing time.

        Raises:
            DurationError: For a negative number, or without office hours.
            CalendarNotPublished: If that is past what is known.
        """
        return self.after_working_time(moment, timedelta(minutes=minutes))

    def after_working_time(self, moment: datetime, time: timedelta) -> datetime:
        """Return the moment by which the office was open for ``time``, to the microsecond."""
        start = in_utc(moment)
        if time < timedelta(0):
            raise DurationError(f"working time: found {time}; allowed is 0 or more")
        return moment_after(self._open(self.day_of(start), self.last), start, time) or self._run_out()

    def working_minutes_between(self, start: datetime, end: datetime) -> int:
        """Return the whole minutes the office was open from ``start`` to ``end``; negative backwards."""
        minutes = abs(time := self.working_time_between(start, end)) // timedelta(minutes=1)
        return minutes if time >= timedelta(0) else -minutes

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """Return how long the office was open from ``start`` to ``end``, exactly; negative backwards."""
        first, last = in_utc(start), in_utc(end)
        if last < first:
            return -self.working_time_between(last, first)
        return time_between(self._open(self.day_of(first), self.day_of(last)), first, last)

    def _open(self, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
        """Yield the hours of every day from ``first`` to ``last`` as moments."""
        self._at(first)
        self._at(last)
        self.opening(first)  # tells at once that there are no hours
        day = first if self.is_working(first) else None
        at = self._before[self._at(first) + 1]
        while True:
            if day is not None:
                for start, end in self.opening(day):
                    yield wall_moment(day, start, self.tz), wall_moment(day, end, self.tz, last=True)
            if at >= len(self._worked) or (day := date.fromordinal(self._worked[at])) > last:
                return
            at += 1

    def _run_out(self) -> datetime:
        raise self._unknown(self.last + timedelta(1))

    def _declared(self, day: date) -> SpecialDay | None:
        found = self.special.get(day)
        if found is None and day > self.published_through and self.provisional == "statutory":
            return STATUTORY if (day.month, day.day) in self.assumed else None
        return found

    def _at(self, day: date) -> int:
        """Return the place of a day in the table."""
        if isinstance(day, datetime):
            raise PeriodError(f"found the moment {day}; allowed is a day: ask day_of(moment) for it")
        at = day.toordinal() - self._origin
        if not 0 <= at < len(self._before) - 1:
            raise self._unknown(day)
        return at

    def _unknown(self, day: date) -> CalendarNotPublished:
        return CalendarNotPublished(self.id, day, self.first, self.last)
