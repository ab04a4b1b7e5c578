from datetime import date

import pytest

from serviceorg.calendars import AtLeast, windows
from serviceorg.errors import DurationError, PeriodError


def _shown(duty, start, end):
    return [(window.period.label, window.least) for window in windows(duty, start, end)]


def test_at_least_one_in_each_half():
    """Two visits a year, one in each half, are three windows: the year with two, each half with one."""
    found = _shown(AtLeast(2, per="year", spread="half"), date(2024, 1, 1), date(2024, 12, 31))

    assert found == [("2024", 2), ("2024-H1", 1), ("2024-H2", 1)]


def test_windows_are_whole():
    """A time that touches a quarter gives the whole quarter; parts it does not touch are left out."""
    quarters = _shown(AtLeast(1, per="quarter"), date(2023, 12, 31), date(2024, 4, 1))
    halves = _shown(AtLeast(2, per="year", spread="half"), date(2024, 7, 1), date(2024, 7, 1))
    months = _shown(AtLeast(3, per="month"), date(2024, 2, 10), date(2024, 3, 1))

    assert quarters == [("2023-Q4", 1), ("2024-Q1", 1), ("2024-Q2", 1)]
    assert halves == [("2024", 2), ("2024-H2", 1)]
    assert months == [("2024-02", 3), ("2024-03", 3)]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (
            {"times": 1, "per": "week"},
            "AtLeast.per: found 'week'; known are 'half', 'month', 'quarter', 'year'",
        ),
        (
            {"times": 0, "per": "year"},
            "AtLeast.times: found 0; allowed are whole numbers from 1 to 1000",
        ),
        (
            {"times": 3, "per": "year", "spread": "quarter"},
            "AtLeast.times: found 3; allowed are whole numbers from 4 to 1000: one in each quarter",
        ),
        (
            {"times": 3, "per": "half", "spread": "half"},
            "AtLeast.spread: found 'half'; allowed is a span shorter than 'half', or none",
        ),
    ],
)
def test_a_duty_that_cannot_be_met_is_refused(arguments, text):
    """Each slip in a minimum has its own text; fewer times than parts to spread over cannot be met."""
    with pytest.raises(DurationError) as refusal:
        AtLeast(**arguments)

    assert str(refusal.value) == text


def test_windows_are_bounded():
    """More than 1000 windows are refused, as is a time that ends before it begins."""
    with pytest.raises(PeriodError, match="more than 1000 windows"):
        windows(AtLeast(1, per="month"), date(1990, 1, 1), date(2080, 1, 1))
    with pytest.raises(PeriodError, match="must not end"):
        windows(AtLeast(1, per="month"), date(2024, 1, 2), date(2024, 1, 1))
