"""Duties that set a number instead of a day: at least once a quarter, twice a year with one in each half."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Literal

import attrs

from ..basics import SPANS, Half, Month, Period, Quarter, Year
from ..errors import DurationError, PeriodError, known_names

Per = Literal["month", "quarter", "half", "year"]

_PER = ("month", "quarter", "half", "year")
_MOST = 1000


@attrs.frozen
class AtLeast:
    """At least ``times`` in every month, quarter, half or year; ``spread``: one in each shorter span too.

    Twice a year, at least once in each half: ``AtLeast(2, per="year", spread="half")``.
    """

    times: int
    per: Per = attrs.field(kw_only=True)
    spread: Literal["", "month", "quarter", "half"] = attrs.field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.per not in _PER:
            raise DurationError(f"AtLeast.per: found {self.per!r}; {known_names(str(self.per), _PER)}")
        shorter = tuple(span for span in _PER if SPANS[span] < SPANS[self.per])
        if self.spread and self.spread not in shorter:
            raise DurationError(
                f"AtLeast.spread: found {self.spread!r}; allowed is a span shorter than {self.per!r}, or none"
            )
        least = SPANS[self.per] // SPANS[self.spread] if self.spread else 1
        if type(self.times) is not int or not least <= self.times <= _MOST:
            why = f": one in each {self.spread}" if self.spread else ""
            raise DurationError(
                f"AtLeast.times: found {self.times!r}; allowed are whole numbers from {least} to {_MOST}{why}"
            )


@attrs.frozen
class Window:
    """A period, and how often something must happen in it at the least."""

    period: Period
    least: int


def windows(duty: AtLeast, start: date, end: date) -> tuple[Window, ...]:
    """Return the windows that have a day from ``start`` to ``end``, long ones before their parts.

    Windows are whole: whether a part of one may be asked for in full is for the duty to say.

    Raises:
        PeriodError: If there are more than 1000; ask for a shorter time.
    """
    if end < start:
        raise PeriodError(f"a time must not end ({end}) before it starts ({start})")
    found = tuple(islice(_windows(duty, start, end), _MOST + 1))
    if len(found) > _MOST:
        raise PeriodError(f"more than {_MOST} windows from {start} to {end}; ask for a shorter time")
    return found


def _windows(duty: AtLeast, start: date, end: date) -> Iterator[Window]:
    for year in range(start.year, end.year + 1):
        for period in _periods(duty.per, year):
            if not _touch(period, start, end):
                continue
            yield Window(period, duty.times)
            for part in period.parts(duty.spread) if duty.spread else ():
                if _touch(part, start, end):
                    yield Window(part, 1)


def _touch(period: Period, start: date, end: date) -> bool:
    return period.start <= end and start <= period.end


def _periods(span: str, year: int) -> tuple[Period, ...]:
    if span == "year":
        return (Year(year),)
    make = {"half": Half, "quarter": Quarter, "month": Month}[span]
    return tuple(make(year, number) for number in range(1, 12 // SPANS[span] + 1))
