"""Calendar spans of the account year: the first and last day of the one a day lies in."""

from datetime import date, timedelta
from functools import lru_cache

from ..basics import SPANS, month_end, month_number

_WEEK = 7


@lru_cache(8192)
def span_of(span: str, day: date, first_month: int = 1) -> tuple[date, date]:
    """Return the first and last day of the span a day lies in; weeks begin on Monday, "ever" is all days."""
    if span == "ever":
        return date.min, date.max
    if span == "day":
        return day, day
    if span == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=_WEEK - 1)
    months = SPANS[span]
    shift = first_month - 1
    cell = (month_number(day) - shift) // months
    start = cell * months + shift
    return month_end(start).replace(day=1), month_end(start + months - 1)
