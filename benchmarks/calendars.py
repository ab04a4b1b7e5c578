"""
Working days: a table against a walk from day to day, and against the package holidays if it is installed.

``python -m benchmarks.calendars`` prints microseconds and ratios. Every rival counts over the same days,
and its answers are compared before the clock starts; no time is asserted.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from serviceorg.calendars import Hours, Months, Pause, WorkingDays, WorkingTime, china, deadline

from .report import markdown

ROUNDS = 7
CALLS = 2000
DAYS = (1, 5, 20, 60)
_HEADINGS = ("task", "serviceorg, µs", "day by day, µs", "×", "holidays, µs", "×")
_DAY = timedelta(1)


def walked(worked: set[date], day: date, number: int) -> date:
    """Return the nth working day as one would write it without a table: one set, one loop."""
    while number:
        day += _DAY
        number -= day in worked
    return day


def rows() -> list[tuple[str, ...]]:
    """Return a row for adding 1, 5, 20 and 60 working days, then rows for whole deadlines."""
    calendar = china(hours=Hours.daily("09:00-12:00", "14:00-17:30"))
    starts = [date(2019, 1, 1) + _DAY * number for number in range(0, 2800, 7)]
    worked = {
        day
        for day in (date(2019, 1, 1) + _DAY * number for number in range(2922))
        if calendar.is_working(day)
    }
    oracle = _oracle()
    found = []
    for number in DAYS:
        rivals: list[Callable[[date], date] | None] = [
            lambda day, number=number: calendar.add_working_days(day, number),
            lambda day, number=number: walked(worked, day, number),
            oracle and (lambda day, number=number: oracle.get_nth_working_day(day, number)),
        ]
        for rival in filter(None, rivals[1:]):
            assert all(rival(day) == calendar.add_working_days(day, number) for day in starts), number
        found.append(_row(f"add {number} working days", [_timed(rival, starts) for rival in rivals]))
    return [*found, *_deadlines(calendar)]


def _deadlines(calendar) -> list[tuple[str, ...]]:
    moments = [datetime(2019, 1, 1, 2, tzinfo=UTC) + _DAY * number for number in range(0, 2600, 7)]
    five, month, hours = WorkingDays(5), Months(1), WorkingTime(600)
    tasks: dict[str, Callable[[datetime], object]] = {
        "deadline of 5 working days": lambda at: deadline(five, at, calendar),
        "the same with a pause": lambda at: deadline(
            five, at, calendar, pauses=(Pause(at + _DAY, at + 9 * _DAY),)
        ),
        "the same, explained": lambda at: deadline(five, at, calendar, explain=True),
        "deadline of a month": lambda at: deadline(month, at, calendar),
        "deadline of 10 working hours": lambda at: deadline(hours, at, calendar),
    }
    return [_row(name, [_timed(task, moments), None, None]) for name, task in tasks.items()]


def _oracle():
    """Return the other package's calendar, or None where it is not installed; its years are loaded first."""
    try:
        import holidays
    except ModuleNotFoundError:
        return None
    return holidays.country_holidays("CN", years=range(2019, 2027))


def _timed(task, arguments) -> float | None:
    """Return microseconds a call: the median of the rounds."""
    if task is None:
        return None
    repeated = [arguments[number % len(arguments)] for number in range(CALLS)]
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for argument in repeated:
            task(argument)
        rounds.append((time.perf_counter() - start) / CALLS * 1e6)
    return statistics.median(rounds)


def _row(name: str, times: list[float | None]) -> tuple[str, ...]:
    own, *others = times
    assert own is not None
    cells = [name, f"{own:.2f}"]
    for other in others:
        cells += ["", ""] if other is None else [f"{other:.2f}", f"{other / own:.1f}"]
    return tuple(cells)


def main() -> int:
    """Print the table."""
    print(markdown(_HEADINGS, rows()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
