"""What a state publishes for a year: holidays, and the working days that make up for them."""

from datetime import date, timedelta

import attrs

from ..basics import Label
from ..errors import PeriodError

_MOST_DAYS_OFF = 40


@attrs.frozen
class Holiday:
    """A holiday of one year (放假安排): the run of days off, and the days worked in return (调休).

    ``off`` is its first and last day, both included. ``source`` is where it stands, if not in the notice of
    the year.
    """

    title: Label
    off: tuple[date, date]
    work: tuple[date, ...] = ()
    source: str = ""

    def __attrs_post_init__(self) -> None:
        first, last = self.off
        if not timedelta(0) <= last - first < timedelta(_MOST_DAYS_OFF):
            raise PeriodError(
                f"holiday {str(self.title)!r}: found {first} to {last}; allowed are 1 to {_MOST_DAYS_OFF} "
                "days, the first one first"
            )

    @property
    def days_off(self) -> tuple[date, ...]:
        """The days off, in order."""
        first, last = self.off
        return tuple(first + timedelta(number) for number in range((last - first).days + 1))


@attrs.frozen
class CalendarYear:
    """One published year of a calendar; ``source`` is the notice and where it can be read."""

    calendar: str
    year: int
    holidays: tuple[Holiday, ...]
    source: str = attrs.field(kw_only=True)
    published_on: date = attrs.field(kw_only=True)
