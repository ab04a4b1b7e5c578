"""Days on which something holds: from ``since`` to ``until``, both included, None for open."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Protocol, TypeVar

from ..errors import PeriodError

ONE_DAY = timedelta(days=1)


class Spanned(Protocol):
    """Whatever holds from a day to a day."""

    @property
    def since(self) -> date | None:
        """The first day, None for open."""

    @property
    def until(self) -> date | None:
        """The last day, None for open."""


S = TypeVar("S", bound=Spanned)


def a_day(value: object) -> date:
    """Return the value if it is a day.

    Raises:
        PeriodError: For a moment (its day depends on a zone nobody told), or anything else.
    """
    if type(value) is date or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise PeriodError(f"found {value!r}; allowed is a day like date(2024, 7, 31)")


def eve(day: date) -> date:
    """Return the day before.

    Raises:
        PeriodError: For the first of all days, and for what is no day.
    """
    if a_day(day) == date.min:
        raise PeriodError(f"found {day}; allowed is a day that has one before it")
    return day - ONE_DAY


def a_day_with_an_eve(_record: object, field: object, value: Any) -> None:
    """Refuse what is no day, and the first of all days; an attrs validator.

    Raises:
        PeriodError: For a moment, a text, a number, None, and 0001-01-01.
    """
    a_day_always(_record, field, value)
    eve(value)


def a_day_always(_record: object, field: object, value: Any) -> None:
    """Refuse what is no day; an attrs validator.

    Raises:
        PeriodError: For a moment, a text, a number, None.
    """
    if not isinstance(value, date) or isinstance(value, datetime):
        name = getattr(field, "name", "day")
        raise PeriodError(f"{name}: found {value!r}; allowed is a day like date(2024, 7, 31)")


def a_day_or_none(_record: object, field: object, value: Any) -> None:
    """Refuse a ``since`` or ``until`` that is no day; an attrs validator.

    Raises:
        PeriodError: For a moment, a text, a number.
    """
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        name = getattr(field, "name", "day")
        raise PeriodError(f"{name}: found {value!r}; allowed is a day like date(2024, 7, 31), or None")


def holds(record: Spanned, on: date) -> bool:
    """Return whether a record is in force on a day."""
    since, until = record.since, record.until
    return (since is None or since <= on) and (until is None or on <= until)


def touches(record: Spanned, start: date, end: date) -> bool:
    """Return whether a record is in force on any day from ``start`` to ``end``."""
    since, until = record.since, record.until
    return (since is None or since <= end) and (until is None or start <= until)


def began(record: Spanned) -> date:
    """Return the first day, the first of all days for open."""
    return record.since or date.min


def ended(record: Spanned) -> date:
    """Return the last day, the last of all days for open."""
    return record.until or date.max


def turns(records: Iterable[Spanned]) -> list[date]:
    """Return the days on which a record begins, or has ended the day before, in order, each once."""
    days = set()
    for record in records:
        if record.since is not None:
            days.add(record.since)
        if record.until is not None and record.until != date.max:
            days.add(record.until + ONE_DAY)
    return sorted(days)
