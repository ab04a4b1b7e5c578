"""Office hours: when the door is open, by the day of the week."""

import re
from itertools import pairwise
from typing import Any

import attrs

from ..errors import DurationError

#: Minutes from local midnight, half-open; 1440 is 24:00.
Interval = tuple[int, int]
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_INTERVAL = re.compile(r"(\d{2}):([0-5]\d)-(\d{2}):([0-5]\d)")


def _intervals(value: object) -> tuple[Interval, ...]:
    """Return intervals in order, written like "09:00-12:00" or as minutes.

    Raises:
        DurationError: If one cannot be read, ends before it begins, or begins before the last one ended.
    """
    if isinstance(value, str):
        value = (value,) if value else ()
    if not isinstance(value, (tuple, list)):
        raise DurationError(f"office hours: found {value!r}; allowed are texts like '09:00-12:00'")
    read = tuple(_interval(one) for one in value)
    for (start, end), (following, _) in pairwise(read):
        if following < end:
            raise DurationError(
                f"office hours: {_clock(following)} comes before {_clock(end)}, when the hours that began at "
                f"{_clock(start)} end; write them in order, without overlaps"
            )
    return read


def _interval(value: object) -> Interval:
    if isinstance(value, str) and (match := _INTERVAL.fullmatch(value)):
        hour, minute, last_hour, last_minute = map(int, match.groups())
        start, end = 60 * hour + minute, 60 * last_hour + last_minute
    elif isinstance(value, (tuple, list)) and len(value) == 2 and all(type(part) is int for part in value):
        start, end = value
    else:
        raise DurationError(f"office hours: found {value!r}; write them like '09:00-12:00'")
    if not 0 <= start < end <= 1440:
        raise DurationError(
            f"office hours: found {value!r}; allowed is from 00:00 to 24:00, the end after the start"
        )
    return start, end


def _perhaps(value: object) -> tuple[Interval, ...]:
    """Return intervals, or None as it is: until all days are known. No field keeps it."""
    return _intervals(value) if value is not None else None  # type: ignore[return-value]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@attrs.frozen
class Hours:
    """Office hours of each day of the week, and of a make-up working day.

    A day takes texts like "09:00-12:00", in order, or pairs of minutes from midnight; "24:00" is allowed as
    an end. They count on working days only. ``make_up`` holds for days on which people work although their
    weekday is off; it can be left out if all days that have hours have the same.
    """

    monday: tuple[Interval, ...] = attrs.field(default=(), converter=_intervals, kw_only=True)
    tuesday: tuple[Interval, ...] = attrs.field(default=(), converter=_intervals, kw_only=True)
    wednesday: tuple[Interval, ...] = attrs.field(default=(), converter=_intervals, kw_only=True)
    thursday: tuple[Interval, ...] = attrs.field(default=(), converter=_intervals, kw_only=True)
    friday: tuple[Interval, ...] = attrs.field(default=(), converter=_intervals, kw_only=True)
    saturday: tuple[Interval, ...] = attrs.field(default=(), converter=_intervals, kw_only=True)
    sunday: tuple[Interval, ...] = attrs.field(default=(), converter=_intervals, kw_only=True)
    make_up: tuple[Interval, ...] = attrs.field(default=None, converter=_perhaps, kw_only=True)
    #: The seven days in order, Monday first.
    week: tuple[tuple[Interval, ...], ...] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        week = tuple(getattr(self, name) for name in _WEEKDAYS)
        if not any(week):
            raise DurationError(
                "office hours: no day has any; write at least one, like monday=['09:00-17:00']"
            )
        object.__setattr__(self, "week", week)
        if self.make_up is None:
            hours = {day for day in week if day}
            if len(hours) > 1:
                raise DurationError(
                    "office hours: the days have different ones, and nobody said which a make-up day has; "
                    "write make_up=[…], or make_up=[] if the office stays closed"
                )
            object.__setattr__(self, "make_up", hours.pop())

    @classmethod
    def daily(cls, *intervals: str) -> "Hours":
        """Return the same hours for every working day, whichever it is.

        >>> Hours.daily("09:00-12:00", "14:00-17:30").monday
        ((540, 720), (840, 1050))
        """
        every: dict[str, Any] = dict.fromkeys((*_WEEKDAYS, "make_up"), intervals)
        return cls(**every)

    def to_json(self) -> list[object]:
        """Return the hours as plain lists, Monday first and the make-up day last."""
        return [list(map(list, day)) for day in (*self.week, self.make_up)]
