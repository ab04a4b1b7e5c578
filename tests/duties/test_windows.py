"""The windows of duties: periods, spreads, days that do not suit, versions."""

from datetime import date

import attrs
import pytest

from serviceorg.basics import Label, parse_period
from serviceorg.calendars import (
    AtLeast,
    CalendarDays,
    EveryWorkingDay,
    MonthlyDay,
    MonthlyNthWeekday,
    WorkingDays,
    calendar_of_years,
    china,
)
from serviceorg.duties.spans import Timing
from tests.calendars.given import CN_2013
from tests.duties.worlds import day, on_days, quarterly

SATURDAY = 5
IN_2013 = calendar_of_years([CN_2013], id="cn", title=Label(en="2013"), zone="Asia/Shanghai")


def windows(duty, period, calendar=None):
    """Return the windows of a duty in a period written like "2024-Q3"."""
    when = parse_period(period)
    return Timing({"cn": calendar or china()}, "cn").windows(duty, when.start, when.end)


#: By hand from the notices: the second Saturday, and where each policy takes it.
SECOND_SATURDAYS = [
    # 9 to 15 February 2013 are the Spring Festival; the 16th and 17th are worked in return.
    ("2013-02", "2013-02-09", "2013-02-18", "2013-02-08", "2013-02-23"),
    # 8 and 9 June 2013 are worked for the Dragon Boat Festival of 10 to 12 June.
    ("2013-06", "2013-06-08", "2013-06-13", "2013-06-07", "2013-06-15"),
    # 12 October 2013 is worked for the National Day; the 13th is a Sunday.
    ("2013-10", "2013-10-12", "2013-10-14", "2013-10-11", "2013-10-13"),
    # 14 September 2024 is worked for Mid-Autumn, 15 to 17 September.
    ("2024-09", "2024-09-14", "2024-09-18", "2024-09-13", "2024-09-21"),
    ("2024-10", "2024-10-12", "2024-10-14", "2024-10-11", "2024-10-13"),
    # 8 February 2025 is worked for the Spring Festival, which ended on the 4th.
    ("2025-02", "2025-02-08", "2025-02-10", "2025-02-07", "2025-02-09"),
    # 11 October 2025 is worked for the National Day.
    ("2025-10", "2025-10-11", "2025-10-13", "2025-10-10", "2025-10-12"),
]


@pytest.mark.parametrize(
    ("month", "planned", "next_working", "previous_working", "next_free"),
    SECOND_SATURDAYS,
    ids=[row[0] for row in SECOND_SATURDAYS],
)
def test_a_second_saturday_in_conflict_goes_where_it_is_told(
    month, planned, next_working, previous_working, next_free
):
    """Zhucheng's second Saturday meets holidays and days worked in return (row 101, trap 17)."""
    calendar = IN_2013 if month.startswith("2013") else china()

    def ends(policy):
        keeps = policy == "keep"
        recurrence = MonthlyNthWeekday(
            2, SATURDAY, on_conflict=policy, conflicts=() if keeps else ("holiday", "make-up")
        )
        return [(one.label, one.end) for one in windows(on_days(recurrence), month, calendar)]

    assert ends("keep") == [(planned, day(planned))]
    assert ends("skip") == []
    assert ends("next_working") == [(planned, day(next_working))]
    assert ends("previous_working") == [(planned, day(previous_working))]
    assert ends("next_free") == [(planned, day(next_free))]


def test_a_window_belongs_to_the_period_in_which_it_ends():
    """A quarter asked for in the second half of the year has two windows, in its first month none."""
    assert [one.label for one in windows(quarterly(), "2024-H2")] == ["2024-Q3", "2024-Q4"]
    assert windows(quarterly(), "2024-07") == []
    assert [one.label for one in windows(quarterly(), "2024-09")] == ["2024-Q3"]


def test_twice_a_year_with_one_in_each_half_is_two_windows():
    """What is spread is owed once in each part, and nothing is left to ask of the year (W25)."""
    duty = quarterly(at_least=AtLeast(2, per="year", spread="half"), grace=None)

    found = [(one.label, one.least) for one in windows(duty, "2024")]

    assert found == [("2024-H1", 1), ("2024-H2", 1)]


def test_what_a_year_asks_beyond_its_halves_is_a_window_of_its_own():
    """Three a year with one in each half: one in each, and one more at the end of the year."""
    duty = quarterly(at_least=AtLeast(3, per="year", spread="half"), grace=None)

    found = [(one.label, one.least) for one in windows(duty, "2024")]

    assert found == [("2024-H1", 1), ("2024-H2", 1), ("2024+", 1)]


def test_grace_counts_working_days_after_the_last_day():
    """Three working days after 30 September 2024: the holiday lasts to the 7th, so the 8th, 9th and 10th."""
    (window,) = windows(quarterly(), "2024-Q3")

    assert (window.end, window.grace_until) == (date(2024, 9, 30), date(2024, 10, 10))


def test_grace_in_calendar_days_moves_off_a_rest_day():
    """Five days after 30 September are 5 October, a holiday to the 7th: it ends on the 8th (民法典 §203)."""
    (window,) = windows(quarterly(grace=CalendarDays(5)), "2024-Q3")

    assert window.grace_until == date(2024, 10, 8)


def test_due_soon_in_working_days_counts_back_from_the_last_day():
    """Two working days before Monday, 30 September 2024: the 29th, which is worked, and the 27th."""
    (window,) = windows(quarterly(due_soon=WorkingDays(2)), "2024-Q3")

    assert window.soon_from == date(2024, 9, 27)


def test_working_days_around_a_holiday_are_those_of_the_calendar():
    """From 28 September to 8 October 2024 people work on the 29th, the 30th and the 8th."""
    found = windows(on_days(EveryWorkingDay()), "2024-09-28..2024-10-08")

    assert [one.label for one in found] == ["2024-09-29", "2024-09-30", "2024-10-08"]


def test_a_version_is_in_force_by_the_last_day_of_the_window():
    """Monthly until June, quarterly from July on: the second quarter has three windows, the third has one."""
    old = attrs.evolve(quarterly(), at_least=AtLeast(1, per="month"), until=day("2024-06-30"))
    new = attrs.evolve(quarterly(), since=day("2024-07-01"))

    found = [one.label for duty in (old, new) for one in windows(duty, "2024")]

    assert found == ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06", "2024-Q3", "2024-Q4"]


def test_a_version_that_ends_within_a_window_leaves_it_to_the_next():
    """A quarter whose last day lies behind the version is owed by the next, and whole."""
    old, new = quarterly(until=day("2024-09-29")), quarterly(since=day("2024-09-30"))
    timing = Timing({"cn": china()}, "cn", [old, new])
    when = parse_period("2024-Q3")

    found = [timing.windows(duty, when.start, when.end) for duty in (old, new)]

    assert [[(one.start, one.end) for one in each] for each in found] == [[], [(when.start, when.end)]]


def test_days_of_several_years_are_found_without_a_limit():
    """A month's fifth day comes 36 times in three years."""
    assert len(windows(on_days(MonthlyDay(5)), "2022-01-01..2024-12-31")) == 36


def test_a_grace_nobody_has_published_is_provisional():
    """With assumed days, a window whose grace lies past the published years says so."""
    calendar = china().assuming("weekends")
    year = calendar.published_through.year

    (window,) = windows(quarterly(), f"{year}-Q4", calendar)

    assert window.provisional
