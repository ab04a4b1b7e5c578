"""Durations as types: what is counted, and where the last day ends.

Seven days, seven working days and seven office hours are different things, so they are different types. The
first day is never counted. 以内 "within" is in time at the very moment, 不满 "under" is not.
"""

from collections.abc import Callable
from typing import Any, ClassVar, Literal, TypeAlias

import attrs

from ..basics import Label
from ..errors import DurationError, known_names
from .amounts import amount_of

#: Whether the last moment itself is still in time: 以内 and 不超过 say yes, 不满 and 少于 say no.
Bound = Literal["within", "under"]
#: Where a last day that is a rest day goes: it stays, to the next working day, to the one before.
Roll = Literal["none", "next", "previous"]
#: When the last day ends: at 24:00, or when the office closes.
Ends = Literal["midnight", "office"]

_BOUNDS, _ROLLS, _ENDS = ("within", "under"), ("none", "next", "previous"), ("midnight", "office")
_MOST_MINUTES = 60 * 24 * 3660
_MOST_DAYS = 3660
_MOST_MONTHS = 120


def _word(allowed: tuple[str, ...]) -> Callable[[Any, "attrs.Attribute[Any]", Any], None]:
    def check(duration: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
        if value not in allowed:
            where = f"{type(duration).__name__}.{attribute.name}"
            raise DurationError(f"{where}: found {value!r}; {known_names(str(value), allowed)}")

    return check


def _whole(most: int) -> Callable[[Any, "attrs.Attribute[Any]", Any], None]:
    def check(duration: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
        if type(value) is not int or not 1 <= value <= most:
            where = f"{type(duration).__name__}.{attribute.name}"
            raise DurationError(f"{where}: found {value!r}; allowed are whole numbers from 1 to {most}")

    return check


def _bound_of_days(duration: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
    _word(_BOUNDS)(duration, attribute, value)
    if value == "under" and duration.ends == "midnight":
        name = type(duration).__name__
        raise DurationError(
            f"{name}.bound: found 'under', but a day ends at 24:00, which is the next day already; "
            "allowed is 'within', or 'under' with ends='office'. To leave out the last day, count one less"
        )


def _option(default: str, allowed: tuple[str, ...]) -> Any:
    return attrs.field(default=default, kw_only=True, validator=_word(allowed))


def _bound(check: Any) -> Any:
    return attrs.field(default="within", kw_only=True, validator=check)


class _Written:
    """What every duration has: its words in English and Chinese."""

    __slots__ = ()

    @property
    def written(self) -> str:
        """The duration in English, like "5 working days"."""
        return self.in_("en")

    def in_(self, lang: str) -> str:
        """Return the duration in words; ``lang`` is "zh" or "en"."""
        words = self._words().in_(lang)
        if getattr(self, "bound", "within") == "within":
            return words
        return f"不满{words}" if lang == "zh" else f"less than {words}"

    def _words(self) -> Label:
        raise NotImplementedError


@attrs.frozen
class RealTime(_Written):
    """Minutes that run through nights, weekends and holidays (24 hours a day)."""

    minutes: int = attrs.field(validator=_whole(_MOST_MINUTES))
    bound: Bound = _bound(_word(_BOUNDS))

    unit: ClassVar[str] = "minutes"

    @property
    def at_least_days(self) -> int:
        """The fewest local days between the first day and the last; a day of 25 hours is allowed for."""
        return max(0, self.minutes // 1440 - 1)

    def _words(self) -> Label:
        return amount_of(60 * self.minutes, "seconds")


@attrs.frozen
class WorkingTime(_Written):
    """Minutes during which the office is open."""

    minutes: int = attrs.field(validator=_whole(_MOST_MINUTES))
    bound: Bound = _bound(_word(_BOUNDS))

    unit: ClassVar[str] = "working minutes"

    @property
    def at_least_days(self) -> int:
        """The fewest local days between the first day and the last: an office may be open day and night."""
        return max(0, self.minutes // 1440 - 1)

    def _words(self) -> Label:
        return amount_of(60 * self.minutes, "working seconds")


@attrs.frozen
class WorkingDays(_Written):
    """Working days, make-up days included; the first day is not counted."""

    days: int = attrs.field(validator=_whole(_MOST_DAYS))
    ends: Ends = _option("midnight", _ENDS)
    bound: Bound = _bound(_bound_of_days)

    unit: ClassVar[str] = "working days"

    @property
    def at_least_days(self) -> int:
        """The fewest local days between the first day and the last."""
        return self.days

    def _words(self) -> Label:
        return amount_of(self.days, "working days")


@attrs.frozen
class CalendarDays(_Written):
    """Days of the calendar; the first is not counted, and a last day off work goes where ``roll`` says.

    Source: 民法典 §201, §203. A least time, like that of a publication, takes ``roll="none"``.
    """

    days: int = attrs.field(validator=_whole(_MOST_DAYS))
    roll: Roll = _option("next", _ROLLS)
    ends: Ends = _option("midnight", _ENDS)
    bound: Bound = _bound(_bound_of_days)

    unit: ClassVar[str] = "days"

    @property
    def at_least_days(self) -> int:
        """The fewest local days between the first day and the last."""
        return 0 if self.roll == "previous" else self.days

    def _words(self) -> Label:
        return amount_of(self.days, "days")


@attrs.frozen
class Months(_Written):
    """Months; they end on the day of the same number, or on the last day of a shorter month.

    Source: 民法典 §202, §203.
    """

    months: int = attrs.field(validator=_whole(_MOST_MONTHS))
    roll: Roll = _option("next", _ROLLS)
    ends: Ends = _option("midnight", _ENDS)
    bound: Bound = _bound(_bound_of_days)

    unit: ClassVar[str] = "days"

    @property
    def at_least_days(self) -> int:
        """The fewest local days between the first day and the last."""
        return 0 if self.roll == "previous" else 28 * self.months

    def _words(self) -> Label:
        return amount_of(self.months, "months")


@attrs.frozen
class NextWorkingDay(_Written):
    """The end of the next working day."""

    ends: Ends = _option("midnight", _ENDS)
    bound: Bound = _bound(_bound_of_days)

    unit: ClassVar[str] = "working days"

    @property
    def at_least_days(self) -> int:
        """The fewest local days between the first day and the last."""
        return 1

    def _words(self) -> Label:
        return Label(zh="下一个工作日结束前", en="the end of the next working day")


Duration: TypeAlias = RealTime | WorkingTime | WorkingDays | CalendarDays | Months | NextWorkingDay
DURATIONS = (RealTime, WorkingTime, WorkingDays, CalendarDays, Months, NextWorkingDay)
#: Those counted by the clock; the others are counted by days.
CLOCKED = (RealTime, WorkingTime)
