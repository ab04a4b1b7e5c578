"""Hours that come again: windows of time, what two of them have in common, and how many fall on one moment.

All windows of one question are in the civil time of one place: days and minutes from midnight, no zone.
Moments are brought to that time before they become a window (``Window.between``), whatever zone each was
written in, so that no two of one question can be in different ones.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache

import attrs

from ..calendars.zones import in_utc, zone_of
from ..errors import MomentError, PeriodError

#: The IANA key of the civil time that holds where nothing else is said.
CIVIL_ZONE = "Asia/Shanghai"
DAY = 1440
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
_ALWAYS, _NEVER = 1, 3_652_059  # ordinals of the first and last day Python knows
_LONGEST = 366 * DAY
_SHIFTED = 1000  # days, more than any window reaches; the first years of all calendars are nobody's
_EN = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_WEEK = (1 << 168) - 1
_HOURS = re.compile(r"(\d{2}):([0-5]\d)-(\d{2}):([0-5]\d)")


def parse_hours(text: str) -> tuple[int, int]:
    """Return the start in minutes from midnight and the length in minutes of hours like "18:00-07:00".

    Hours that end before they begin run into the next day; "24:00" may be written as an end.

    Raises:
        PeriodError: For any other form, or hours of no length.
    """
    match = _HOURS.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise PeriodError(f"hours: found {text!r}; write them like '18:00-07:00'")
    hour, minute, last_hour, last_minute = map(int, match.groups())
    start, end = 60 * hour + minute, 60 * last_hour + last_minute
    if start >= DAY or end > DAY or start == end:
        raise PeriodError(f"hours: found {text!r}; allowed is from 00:00 to 24:00, the end not at the start")
    return start, end - start if end > start else end + DAY - start


def _weekdays(value: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(value)))


@attrs.frozen(cache_hash=True)
class Window:
    """A stretch of time that comes again (时段): from ``start`` (minutes from midnight) for ``minutes``.

    It begins on every day from ``since`` to ``until`` (both included, None for open) that is one of
    ``weekdays``, Monday being 1. One that is longer than a day begins on one day only.

    Raises:
        PeriodError: For a start, length, weekday or span that cannot be.
    """

    start: int = 0
    minutes: int = DAY
    weekdays: tuple[int, ...] = attrs.field(default=EVERY_DAY, converter=_weekdays)
    since: date | None = None
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        if type(self.start) is not int or not 0 <= self.start < DAY:
            raise PeriodError(f"window: found start {self.start!r}; allowed are minutes from 0 to 1439")
        if type(self.minutes) is not int or not 0 < self.minutes <= _LONGEST:
            raise PeriodError(
                f"window: found a length of {self.minutes!r}; allowed is 1 to {_LONGEST} minutes"
            )
        if not self.weekdays or not set(self.weekdays) <= set(EVERY_DAY):
            raise PeriodError(f"window: found weekdays {self.weekdays!r}; allowed are 1 (Monday) to 7")
        for day in (self.since, self.until):
            if day is not None and type(day) is not date:
                raise PeriodError(f"window: {day!r} is not a date (a datetime is not one either)")
        if self.since is not None and self.until is not None and self.until < self.since:
            raise PeriodError(f"window: it ends on {self.until}, before it begins on {self.since}")
        if self.minutes > DAY and (self.since is None or self.since != self.until):
            raise PeriodError("window: one that is longer than a day begins on one day; give since = until")

    @classmethod
    def weekly(
        cls,
        hours: str,
        weekdays: Iterable[int] = EVERY_DAY,
        *,
        since: date | None = None,
        until: date | None = None,
    ) -> "Window":
        """Return hours like "18:00-07:00" on these days of every week."""
        return cls(*parse_hours(hours), weekdays, since, until)

    @classmethod
    def on(cls, day: date, hours: str = "00:00-24:00") -> "Window":
        """Return hours of one day."""
        return cls(*parse_hours(hours), EVERY_DAY, day, day)

    @classmethod
    def days(cls, since: date, until: date) -> "Window":
        """Return whole days, the first and the last included."""
        return cls(0, DAY, EVERY_DAY, since, until)

    @classmethod
    def between(cls, start: datetime, end: datetime, *, zone: str = CIVIL_ZONE) -> "Window":
        """Return the time between two moments, as the clocks of ``zone`` show it.

        Both are brought to that one civil time first: 10:00+08:00 and 02:00Z are the same hour. Give the
        ``zone`` of the rules (``MatchRules.zone``), so that all windows of a question are in one.

        Raises:
            MomentError: For a moment without a zone.
            PeriodError: If the end is not at least a minute after the start, or more than 366 days.
            UnknownIdError: For a zone nobody knows.
        """
        for moment in (start, end):
            if not isinstance(moment, datetime) or moment.tzinfo is None:
                raise MomentError(f"window: {moment!r} has no zone, so nobody knows the day")
        civil = zone_of(zone)
        begins, ends = (in_utc(moment).astimezone(civil).replace(tzinfo=None) for moment in (start, end))
        length = int((ends - begins).total_seconds()) // 60
        return cls(60 * begins.hour + begins.minute, length, EVERY_DAY, begins.date(), begins.date())

    @property
    def first(self) -> int:
        """The ordinal of the first day on which it may begin."""
        return _ALWAYS if self.since is None else self.since.toordinal()

    @property
    def last(self) -> int:
        """The ordinal of the last day on which it may begin."""
        return _NEVER if self.until is None else self.until.toordinal()

    @property
    def reach(self) -> int:
        """How many midnights it runs over."""
        return (self.start + self.minutes - 1) // DAY

    @property
    def is_whole(self) -> bool:
        """Whether it is every day around the clock, so that midnight parts nothing."""
        return self.start == 0 and self.minutes == DAY and self.weekdays == EVERY_DAY

    def in_(self, lang: str) -> str:
        """Return the window in words, in "en" or "zh"."""
        names, joint, always = (_ZH, "、", "任何时间") if lang == "zh" else (_EN, ", ", "always")
        end = self.start + self.minutes
        days, over = divmod(end - 1, DAY)
        shown = "" if self.is_whole else f"{_clock(self.start)}-{_clock(over + 1)}"
        if days > 1:  # one long stretch: the clock alone would hide the days between
            shown += f" (+{days} d)" if lang != "zh" else f"（{days} 日后）"
        weekdays = "" if self.weekdays == EVERY_DAY else joint.join(names[day - 1] for day in self.weekdays)
        span = ""
        if self.since is not None or self.until is not None:
            span = str(self.since) if self.since == self.until else f"{self.since or ''}..{self.until or ''}"
        return " ".join(filter(None, (weekdays, shown, span))) or always

    def __str__(self) -> str:
        return self.in_("en")


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _piece(start: int, minutes: int, weekdays: Iterable[int], first: int, last: int) -> Window | None:
    """Return a window whose start may lie on a later day, None if it never comes."""
    moved, start = divmod(start, DAY)
    days = tuple(sorted((day - 1 + moved) % 7 + 1 for day in weekdays))
    first, last = first + moved, last + moved
    # What is open stays open, however many days it was shifted by.
    first = _ALWAYS if first < _ALWAYS + _SHIFTED else first
    last = _NEVER if last > _NEVER - _SHIFTED else last
    if minutes <= 0 or first > last or not days:
        return None
    if last - first < 6 and not any((day - 1) % 7 + 1 in days for day in range(first, last + 1)):
        return None
    since = None if first == _ALWAYS else date.fromordinal(first)
    return Window(start, minutes, days, since, None if last == _NEVER else date.fromordinal(last))


def _met(one: Window, other: Window) -> Iterator[Window | None]:
    """Yield the common pieces of two windows, of which the other begins so many days after the one."""
    for shift in range(-other.reach, one.reach + 1):
        start = max(one.start, other.start + DAY * shift)
        end = min(one.start + one.minutes, other.start + other.minutes + DAY * shift)
        days = [day for day in one.weekdays if (day - 1 + shift) % 7 + 1 in other.weekdays]
        yield _piece(
            start, end - start, days, max(one.first, other.first - shift), min(one.last, other.last - shift)
        )


def _within(whole: Window, other: Window) -> Iterator[Window | None]:
    """Yield what of a window lies in whole days that follow each other: uncut, or cut at either end."""
    first, last, reach = whole.first, whole.last, other.reach
    yield _piece(
        other.start, other.minutes, other.weekdays, max(first, other.first), min(last - reach, other.last)
    )
    if other.is_whole:
        return
    edges = {*range(first - reach, first), *range(max(last - reach + 1, first), last + 1)} if reach else set()
    for day in sorted(edges):
        if other.first <= day <= other.last and (day - 1) % 7 + 1 in other.weekdays:
            start = max(other.start, DAY * (first - day))
            end = min(other.start + other.minutes, DAY * (last + 1 - day))
            yield _piece(start, end - start, EVERY_DAY, day, day)


def common(one: Iterable[Window], other: Iterable[Window]) -> tuple[Window, ...]:
    """Return the time that lies in windows of both sides; a side without windows is always open.

    A stretch is what one window of each side share: windows that touch are best written as one.
    """
    ours, theirs = tuple(one), tuple(other)
    return _common(ours, theirs) if ours and theirs else ours or theirs


@lru_cache(maxsize=10_000)  # a hall has the same hours for every claim
def _common(ours: tuple[Window, ...], theirs: tuple[Window, ...]) -> tuple[Window, ...]:
    found: dict[Window, None] = {}
    for mine in ours:
        for yours in theirs:
            if mine.is_whole:
                pieces = _within(mine, yours)
            else:
                pieces = _within(yours, mine) if yours.is_whole else _met(mine, yours)
            found.update((piece, None) for piece in pieces if piece is not None)
    return tuple(found)


def longest(one: Iterable[Window], other: Iterable[Window]) -> int | None:
    """Return the minutes of the longest stretch both sides share, 0 for none, None for no bound at all."""
    ours, theirs = tuple(one), tuple(other)
    if not ours and not theirs:
        return None
    return max((_length(window) for window in common(ours, theirs)), default=0)


def _length(window: Window) -> int:
    if window.is_whole:
        return DAY * (window.last - window.first + 1)
    return window.minutes


def touches(one: Iterable[Window], other: Iterable[Window]) -> bool:
    """Return whether two bookings fall on one moment; one without windows takes all time."""
    return longest(one, other) != 0


@lru_cache(maxsize=10_000)
def week_of(windows: tuple[Window, ...]) -> int:
    """Return the hours of the week windows fall on, a bit for each of the 168; none are all.

    Two bookings without a bit in common never meet, so that nobody need work out when they do.
    """
    found = 0 if windows else _WEEK
    for window in windows:
        last = (window.start + window.minutes - 1) // 60
        block = (1 << (last + 1)) - (1 << window.start // 60) if last < 168 else _WEEK
        for weekday in window.weekdays:
            moved = block << 24 * (weekday - 1)
            while moved:
                found |= moved & _WEEK
                moved >>= 168
    return found


@lru_cache(maxsize=10_000)
def days_of(windows: tuple[Window, ...], most: int) -> tuple[int, ...] | None:
    """Return the ordinals of the days windows fall on; None if they may begin on more days than ``most``."""
    if not windows or sum(window.last - window.first + 1 for window in windows) > most:
        return None
    return tuple(
        sorted(
            {
                first + day
                for window in windows
                for first in range(window.first, window.last + 1)
                if (first - 1) % 7 + 1 in window.weekdays
                for day in range(window.reach + 1)
            }
        )
    )
