"""Periods of civil time: years, halves, quarters, months and free spans.

Months are counted from January of year 0, so that every longer span is plain integer arithmetic;
a year may begin in any month (an assessment year from November to October, for example).
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

import attrs

from ..errors import PeriodError

#: Spans in which things are limited and measured, small to large, with the months each one has.
SPANS: dict[str, int] = {"day": 0, "week": 0, "month": 1, "quarter": 3, "half": 6, "year": 12}

EARLIEST, LATEST = 1900, 2200


@attrs.frozen
class Period:
    """What one score covers (考核周期): first and last day, both included.

    ``span`` is a key of ``SPANS`` or "free"; ``label`` is how the period is written
    (2024, 2024-H1, 2024-Q3, 2024-07, 2024-01-05..2024-02-04).
    """

    start: date
    end: date
    span: str = "free"
    label: str = ""
    first_month: int = 1

    def __attrs_post_init__(self) -> None:
        for day in (self.start, self.end):
            if not EARLIEST <= day.year <= LATEST:
                raise PeriodError(f"{day} is out of bounds; allowed are the years {EARLIEST} to {LATEST}")
        if self.end < self.start:
            raise PeriodError(f"a period must not end ({self.end}) before it starts ({self.start})")
        if not self.label:
            object.__setattr__(self, "label", f"{self.start}..{self.end}")

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return self.label

    def parts(self, span: str) -> Iterator["Period"]:
        """Yield the shorter periods of ``span`` that make up this one, in order.

        Raises:
            PeriodError: If ``span`` is not shorter than this period, or this period is free.
        """
        size, own = SPANS.get(span, 0), SPANS.get(self.span, 0)
        if not size or size >= own:
            raise PeriodError(
                f"{self.label} has no parts of span {span!r}; allowed are spans shorter than {self.span!r}"
            )
        begun, offset = divmod(month_number(self.start) - (self.first_month - 1), 12)
        year = begun + (self.first_month > 1)  # named for the year in which it ends
        for number in range(offset // size, (offset + own) // size):
            yield _calendar(span, year, number + 1, self.first_month)


def month_number(day: date) -> int:
    """Return the months from January of year 0 to the month of ``day``."""
    return day.year * 12 + day.month - 1


def month_end(number: int) -> date:
    """Return the last day of a month counted from January of year 0."""
    year, month = number // 12, number % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """Return the same day so many months on, or the last day of a shorter month (民法典 §202).

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    number = month_number(day) + months
    last = month_end(number)
    return last if day.day > last.day else last.replace(day=day.day)


def _calendar(span: str, year: int, number: int, first_month: int) -> Period:
    size = SPANS[span]
    if not EARLIEST <= year <= LATEST:
        raise PeriodError(f"year {year} is out of bounds; allowed are {EARLIEST} to {LATEST}")
    if not 1 <= first_month <= 12 or not 1 <= number <= 12 // size:
        raise PeriodError(
            f"there is no {span} {number} of a year from month {first_month}; allowed are 1 to {12 // size}"
        )
    # A year that does not begin in January is named for the year in which it ends.
    first = (year - (first_month > 1)) * 12 + first_month - 1 + (number - 1) * size
    mark = {"year": "", "half": f"-H{number}", "quarter": f"-Q{number}", "month": f"-{number:02d}"}[span]
    if span == "month" and first_month > 1:
        mark, year = f"-{first % 12 + 1:02d}", first // 12
    return Period(
        month_end(first).replace(day=1), month_end(first + size - 1), span, f"{year}{mark}", first_month
    )


def Year(year: int, *, first_month: int = 1) -> Period:
    """Return a year; one that begins after January is named for the year in which it ends.

    >>> Year(2025, first_month=11).start
    datetime.date(2024, 11, 1)
    """
    return _calendar("year", year, 1, first_month)


def Half(year: int, number: int, *, first_month: int = 1) -> Period:
    """Return the first or second half of a year."""
    return _calendar("half", year, number, first_month)


def Quarter(year: int, number: int, *, first_month: int = 1) -> Period:
    """Return one of the four quarters of a year."""
    return _calendar("quarter", year, number, first_month)


def Month(year: int, number: int) -> Period:
    """Return a calendar month."""
    return _calendar("month", year, number, 1)


def Span(start: date, end: date) -> Period:
    """Return a free period from ``start`` to ``end``, both included."""
    return Period(start, end)


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PERIOD = re.compile(r"(\d{4})(?:-(?:(H)([12])|(Q)([1-4])|(\d{2})))?")


def parse_date(text: str) -> date:
    """Return the day written as YYYY-MM-DD, strictly.

    Raises:
        PeriodError: For any other form (week dates included), or a day that does not exist.
    """
    if not isinstance(text, str) or not _DATE.fullmatch(text):
        raise PeriodError(f"{text!r} is not a date; write it like '2024-07-31'")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise PeriodError(f"{text!r} is not a day of the calendar") from None
    if not EARLIEST <= day.year <= LATEST:
        raise PeriodError(f"{text!r} is out of bounds; allowed are the years {EARLIEST} to {LATEST}")
    return day


def parse_period(text: str, *, first_month: int = 1) -> Period:
    """Return the period written as 2024, 2024-H1, 2024-Q3, 2024-07 or 2024-01-05..2024-02-04.

    Raises:
        PeriodError: For any other form.
    """
    start, dots, end = text.partition("..")
    if dots:
        return Span(parse_date(start), parse_date(end))
    match = _PERIOD.fullmatch(text)
    if not match:
        raise PeriodError(
            f"{text!r} is not a period; write it like '2024', '2024-H1', '2024-Q3', '2024-07' "
            "or '2024-01-05..2024-02-04'"
        )
    year, half, h, quarter, q, month = match.groups()
    if half:
        return Half(int(year), int(h), first_month=first_month)
    if quarter:
        return Quarter(int(year), int(q), first_month=first_month)
    return Month(int(year), int(month)) if month else Year(int(year), first_month=first_month)
