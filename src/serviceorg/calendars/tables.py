"""What a calendar says of single days, and the table that makes counting them a look-up."""

from array import array
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from json import dumps
from typing import Literal, Protocol

import attrs

from ..basics import Label
from ..errors import DurationError, PeriodError, known_names
from .hours import Hours

#: What is assumed of days nobody has published: refuse, weekends only, weekends and fixed holidays.
Provisional = Literal["", "weekends", "statutory"]
#: What a day can be. "workday" and "weekend" are what the week says, the others what was declared.
DayKind = Literal["workday", "make-up", "weekend", "holiday"]

_PROVISIONAL = ("", "weekends", "statutory")
#: Assumed days are reckoned this many years past the last published one.
YEARS_ASSUMED = 10


@attrs.frozen
class SpecialDay:
    """A day that was declared off or worked; ``title`` and ``source`` say by whom and why."""

    working: bool
    title: Label = Label()
    source: str = ""


STATUTORY = SpecialDay(working=False, title=Label(zh="法定节假日（推定）", en="statutory holiday (assumed)"))


class Days(Protocol):
    """What a calendar is made from."""

    @property
    def id(self) -> str:
        """How results name it."""

    @property
    def zone(self) -> str:
        """Where its days begin and end."""

    @property
    def first(self) -> date:
        """First day with data."""

    @property
    def published_through(self) -> date:
        """Last day with published data."""

    @property
    def week(self) -> tuple[int, ...]:
        """The weekdays that are worked."""

    @property
    def special(self) -> Mapping[date, SpecialDay]:
        """What was declared of single days."""

    @property
    def provisional(self) -> Provisional:
        """What is assumed of later days."""

    @property
    def assumed(self) -> tuple[tuple[int, int], ...]:
        """Holidays that "statutory" assumes every year."""

    @property
    def hours(self) -> Hours | None:
        """Office hours."""


def check_days(days: Days) -> None:
    """Refuse what makes no calendar.

    Raises:
        DurationError: If the assumption is unknown.
        PeriodError: If the calendar ends before it begins, or a week has no working day.
    """
    if days.provisional not in _PROVISIONAL:
        found = days.provisional
        raise DurationError(f"provisional: found {found!r}; {known_names(str(found), _PROVISIONAL)}")
    if days.published_through < days.first:
        raise PeriodError(
            f"calendar {days.id!r}: it must not end ({days.published_through}) "
            f"before it begins ({days.first})"
        )
    if not days.week or not set(days.week) <= set(range(7)):
        raise PeriodError(
            f"calendar {days.id!r}: found the weekdays {days.week!r}; allowed are 0 (Monday) to 6 (Sunday), "
            "at least one"
        )


def table_of(days: Days) -> "tuple[array[int], array[int]]":
    """Return the number of working days before each day (and after the last), and the working days.

    Both begin with the calendar's first day; working days are ordinals.
    """
    last = days.published_through
    if days.provisional:
        last = date(last.year + YEARS_ASSUMED, 12, 31)
    origin, shift = days.first.toordinal(), days.first.weekday()
    declared = _declared(days, last)
    week = [weekday in days.week for weekday in range(7)]
    before, worked, count = array("i", [0]), array("i"), 0
    for ordinal in range(origin, last.toordinal() + 1):
        if declared.get(ordinal, week[(ordinal - origin + shift) % 7]):
            worked.append(ordinal)
            count += 1
        before.append(count)
    return before, worked


def _declared(days: Days, last: date) -> dict[int, bool]:
    """Return by ordinal whether a day is worked; what somebody declared wins over what is assumed."""
    assumed: dict[int, bool] = {}
    if days.provisional == "statutory":
        through = days.published_through
        guessed = [date(year, *day) for year in range(through.year, last.year + 1) for day in days.assumed]
        assumed = {day.toordinal(): False for day in guessed if day > through}
    return assumed | {day.toordinal(): found.working for day, found in days.special.items()}


def digest_of(days: Days) -> str:
    """Return the SHA-256 of everything that decides about days and hours; titles and sources do not."""
    special = sorted((day.isoformat(), found.working) for day, found in days.special.items())
    content = {
        "id": days.id,
        "zone": days.zone,
        "first": days.first.isoformat(),
        "through": days.published_through.isoformat(),
        "week": days.week,
        "provisional": days.provisional,
        "assumed": days.assumed if days.provisional else (),
        "hours": days.hours.to_json() if days.hours else None,
        "special": special,
    }
    return sha256(dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
