from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.basics import (
    Half,
    Month,
    Period,
    Quarter,
    Span,
    Year,
    add_months,
    month_end,
    month_number,
    parse_date,
    parse_period,
)
from serviceorg.errors import PeriodError

DAYS = st.dates(date(1901, 1, 1), date(2199, 12, 31))
FIRST_MONTHS = st.integers(1, 12)


@given(st.integers(1901, 2199), FIRST_MONTHS, st.sampled_from(["half", "quarter", "month"]))
def test_parts_fill_a_year_without_gap_or_overlap(year, first_month, span):
    """Halves, quarters and months follow each other day by day from the first day of a year to its last."""
    whole = Year(year, first_month=first_month)
    parts = list(whole.parts(span))

    assert parts[0].start == whole.start
    assert parts[-1].end == whole.end
    assert all(one.end + timedelta(days=1) == two.start for one, two in pairwise(parts))
    assert len(parts) == {"half": 2, "quarter": 4, "month": 12}[span]


@given(st.integers(1901, 2199), FIRST_MONTHS, st.integers(1, 2), st.integers(1, 4))
def test_parts_of_halves_and_quarters(year, first_month, half, quarter):
    """A half has the quarters and months of its days, a quarter its three months."""
    halved = Half(year, half, first_month=first_month)
    months = list(Quarter(year, quarter, first_month=first_month).parts("month"))

    assert [part.label[-2:] for part in halved.parts("quarter")] == [f"Q{2 * half - 1}", f"Q{2 * half}"]
    assert len(list(halved.parts("month"))) == 6
    assert months[0].start == Quarter(year, quarter, first_month=first_month).start
    assert len(months) == 3


@given(st.integers(1901, 2199), FIRST_MONTHS, st.integers(1, 2), st.integers(1, 4), st.integers(1, 12))
def test_a_written_period_is_read_as_the_same(year, first_month, half, quarter, month):
    """The label of a year, half, quarter, month or free span reads back as the period itself."""
    spans = [
        Year(year, first_month=first_month),
        Half(year, half, first_month=first_month),
        Quarter(year, quarter, first_month=first_month),
        Month(year, month),
        Span(date(year, 1, 5), date(year, 2, 4)),
    ]

    assert [parse_period(str(one), first_month=first_month) for one in spans] == spans


def test_a_year_from_november_is_named_for_its_end():
    """The assessment year 2025 from November to October begins on 1 November 2024 (trap 10)."""
    year = Year(2025, first_month=11)

    assert (year.start, year.end, year.label) == (date(2024, 11, 1), date(2025, 10, 31), "2025")
    assert [part.label for part in year.parts("quarter")] == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]
    assert [part.label for part in year.parts("month")][:3] == ["2024-11", "2024-12", "2025-01"]


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"), ("2024-03-31", -1, "2024-02-29"),
     ("2024-02-29", 12, "2025-02-28"), ("2024-05-15", 8, "2025-01-15")],
)  # fmt: skip
def test_months_on_end_in_the_month_they_name(day, months, wanted):
    """31 January and one month is the last day of February (trap 20)."""
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(wanted)


@given(DAYS)
def test_a_month_has_one_last_day(day):
    """The end of a day's month is in that month, and the next day is not."""
    end = month_end(month_number(day))

    assert month_number(end) == month_number(day)
    assert month_number(end + timedelta(days=1)) == month_number(day) + 1


def test_a_period_holds_its_first_and_last_day():
    """Both ends belong to a period, the days beside them do not."""
    quarter = Quarter(2024, 1)

    assert date(2024, 1, 1) in quarter
    assert date(2024, 3, 31) in quarter
    assert date(2024, 4, 1) not in quarter
    assert str(quarter) == "2024-Q1"


NUMBER: Any = 20240731
REFUSED = [
    (lambda: Year(1899), "year 1899 is out of bounds; allowed are 1900 to 2200"),
    (lambda: Quarter(2024, 5), "there is no quarter 5 of a year from month 1; allowed are 1 to 4"),
    (lambda: Half(2024, 1, first_month=13), "there is no half 1 of a year from month 13; allowed are 1 to 2"),
    (
        lambda: Span(date(2024, 2, 1), date(2024, 1, 1)),
        "a period must not end (2024-01-01) before it starts (2024-02-01)",
    ),
    (
        lambda: Period(date(1800, 1, 1), date(2024, 1, 1)),
        "1800-01-01 is out of bounds; allowed are the years 1900 to 2200",
    ),
    (lambda: parse_date("2024-W01-1"), "'2024-W01-1' is not a date; write it like '2024-07-31'"),
    (lambda: parse_date(NUMBER), "20240731 is not a date; write it like '2024-07-31'"),
    (lambda: parse_date("2023-02-29"), "'2023-02-29' is not a day of the calendar"),
    (lambda: parse_date("2201-01-01"), "'2201-01-01' is out of bounds; allowed are the years 1900 to 2200"),
    (
        lambda: list(Month(2024, 1).parts("quarter")),
        "2024-01 has no parts of span 'quarter'; allowed are spans shorter than 'month'",
    ),
    (
        lambda: list(Year(2024).parts("day")),
        "2024 has no parts of span 'day'; allowed are spans shorter than 'year'",
    ),
    (
        lambda: list(Span(date(2024, 1, 1), date(2024, 5, 1)).parts("month")),
        "2024-01-01..2024-05-01 has no parts of span 'month'; allowed are spans shorter than 'free'",
    ),
    (
        lambda: parse_period("2024Q1"),
        (
            "'2024Q1' is not a period; "
            "write it like '2024', '2024-H1', '2024-Q3', '2024-07' or '2024-01-05..2024-02-04'"
        ),
    ),
]


@pytest.mark.parametrize(("make", "text"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_period_is_refused_in_words(make, text):
    """A day or period that does not exist, or is written otherwise, is refused with what is allowed."""
    with pytest.raises(PeriodError) as caught:
        make()

    assert str(caught.value) == text
