"""How old somebody is on a day, in full years."""

from datetime import date

from ..basics import add_months


def age_on(born: date, on: date) -> int:
    """Return the full years on a day; a year is full on the birthday, from its first hour.

    Somebody born on 29 February has the birthday on 28 February where the year has no 29th: a period of years
    ends on the corresponding day, and where there is none on the month's last (民法典 §202). Before birth the
    age is negative. (Criminal courts count from the day after the birthday; no rule here follows them.)

    >>> age_on(date(1964, 2, 29), date(2024, 2, 28)), age_on(date(1964, 2, 29), date(2025, 2, 28))
    (59, 61)
    """
    years = on.year - born.year
    # Nearly always month and day decide; making the birthday itself would cost ten times as much.
    if (on.month, on.day) >= (born.month, born.day):
        return years
    is_leap_child = born.month == 2 and born.day == 29 and on.month == 2 and on.day == 28
    return years if is_leap_child and on == birthday(born, years) else years - 1


def birthday(born: date, years: int) -> date:
    """Return the day on which somebody has so many full years."""
    return add_months(born, 12 * years)
