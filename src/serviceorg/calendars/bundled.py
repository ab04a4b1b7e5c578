"""The calendars that come with the library."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from ..basics import Label
from ..errors import CalendarProblems, Problem
from .calendar import WorkCalendar
from .files import calendar_from_path
from .hours import Hours
from .published import CalendarYear
from .tables import SpecialDay

_YEARS = Path(__file__).with_name("years")
#: Whose date does not move (全国年节及纪念日放假办法 §2, as amended from 2025).
_FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))


def china(
    *,
    id: str = "cn",
    hours: Hours | None = None,
    zone: str = "Asia/Shanghai",
    more: Iterable[CalendarYear] = (),
) -> WorkCalendar:
    """Return the calendar of China: holidays and make-up working days as the State Council published them.

    The years from 2019 are bundled, each with its notice; ``more`` adds the next one on the day it is
    published (or an earlier one, without a gap). No notice sets office hours: it has them only if given.

    Raises:
        CalendarProblems: If a year is there twice, or one is left out, or two years disagree about a day.
    """
    return calendar_of_years(
        (*_bundled(), *more),
        id=id,
        title=Label(zh="中国工作日历", en="working days of China"),
        zone=zone,
        hours=hours,
        assumed=_FIXED,
    )


@cache
def _bundled() -> tuple[CalendarYear, ...]:
    return tuple(calendar_from_path(file) for file in sorted(_YEARS.glob("cn-*.toml")))


def calendar_of_years(
    years: Iterable[CalendarYear],
    *,
    id: str,
    title: Label,
    zone: str,
    hours: Hours | None = None,
    assumed: tuple[tuple[int, int], ...] = (),
) -> WorkCalendar:
    """Return the calendar of published years; Monday to Friday are worked where nothing else is said.

    Raises:
        CalendarProblems: If there is no year, one is there twice or left out, or two disagree about a day.
    """
    ordered = sorted(years, key=lambda year: year.year)
    problems = _order_problems(ordered)
    special = _special_days(ordered, problems)
    if problems:
        raise CalendarProblems(problems)
    return WorkCalendar(
        id=id,
        title=title,
        zone=zone,
        first=date(ordered[0].year, 1, 1),
        published_through=date(ordered[-1].year, 12, 31),
        week=(0, 1, 2, 3, 4),
        special=special,
        assumed=assumed,
        hours=hours,
        sources=tuple(year.source for year in ordered),
    )


def _order_problems(years: Sequence[CalendarYear]) -> list[Problem]:
    if not years:
        return [Problem("no-year", "", "there is no year; give at least one")]
    problems = []
    for earlier, later in pairwise(years):
        if later.calendar != earlier.calendar:
            message = (
                f"it belongs to the calendar {later.calendar!r}, the year before to {earlier.calendar!r}"
            )
            problems.append(Problem("other-calendar", str(later.year), f"{message}; one calendar has one id"))
        if later.year == earlier.year:
            problems.append(
                Problem("double-year", str(later.year), "the year is given twice; keep one of the two")
            )
        elif later.year > earlier.year + 1:
            message = f"the year before it is {earlier.year}; the years between are missing"
            problems.append(Problem("gap", str(later.year), message))
    return problems


def _special_days(years: Sequence[CalendarYear], problems: list[Problem]) -> dict[date, SpecialDay]:
    special: dict[date, SpecialDay] = {}
    for year in years:
        for holiday in year.holidays:
            source = holiday.source or year.source
            for day in (*holiday.days_off, *holiday.work):
                found = SpecialDay(working=day in holiday.work, title=holiday.title, source=source)
                if special.setdefault(day, found).working != found.working:
                    message = f"{day} is off in one year and worked in the other; correct one of the two"
                    problems.append(Problem("two-kinds", str(year.year), message))
    first = min((date(year.year, 1, 1) for year in years), default=date.min)
    return {day: found for day, found in special.items() if day >= first}
