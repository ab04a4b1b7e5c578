"""Office hours: when the door is open, by the day of the week."""

import re

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
        raise DurationError(f"office hours: found {value!r}; allowed is a list like ['09:00-12:00', '14:00-17:30']")
    read = tuple(_interval(one) for one in value)
    for (start, end), (following, _) in zip(read, read[1:], strict=False):
        if following < end:
            raise DurationError(
                f"office hours: {_clock(following)} comes before {_clock(end)}, the end of the hours that began "
                f"at {_clock(start)}; write them in order, without overlaps"
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
        raise DurationError(f"office hours: found {value!r}; they begin before they end, between 00:00 and 24:00")
    return start, end


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _day() -> tuple[Interval, ...]:
    return attrs.field(default=(), converter=_intervals, kw_only=True)  # type: ignore[no-any-return]


@attrs.frozen
class Hours:
    """Office hours of each day of the week, and of a make-up working day.

    A day takes texts like "09:00-12:00", in order, or pairs of minutes from midnight; "24:00" is allowed as an
    end. They count on working days only. ``make_up`` holds for days on which people work although their
    weekday is off.
    """

    monday: tuple[Interval, ...] = _day()
    tuesday: tuple[Interval, ...] = _day()
    wednesday: tuple[Interval, ...] = _day()
    thursday: tuple[Interval, ...] = _day()
    friday: tuple[Interval, ...] = _day()
    saturday: tuple[Interval, ...] = _day()
    sunday: tuple[Interval, ...] = _day()
    make_up: tuple[Interval, ...] = _day()
    #: The seven days in order, Monday first.
    week: tuple[tuple[Interval, ...], ...] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        week = tuple(getattr(self, name) for name in _WEEKDAYS)
        if not any(week):
            raise DurationError("office hours: no day has any; write at least one, like monday=['09:00-17:00']")
        object.__setattr__(self, "week", week)

    @classmethod
    def daily(cls, *intervals: str) -> "Hours":
        """Return the same hours for every working day, whichever it is.

        >>> Hours.daily("09:00-12:00", "14:00-17:30").monday
        ((540, 720), (840, 1050))
        """
        return cls(**{name: intervals for name in (*_WEEKDAYS, "make_up")})

    def to_json(self) -> list[object]:
        """Return the hours as plain lists, Monday first and the make-up day last."""
        return [list(map(list, day)) for day in (*self.week, self.make_up)]
