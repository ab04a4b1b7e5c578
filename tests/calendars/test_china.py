import tomllib
from datetime import date, timedelta
from pathlib import Path

import attrs
import holidays
import pytest

import serviceorg
from serviceorg.calendars import calendar_from_path, china
from serviceorg.errors import CalendarProblems
from tests.calendars.given import CN, CN_2013, day, holiday

FILES = sorted((Path(serviceorg.__file__).parent / "calendars" / "years").glob("*.toml"))
ORACLE = holidays.country_holidays("CN", years=range(2019, 2027))
EVERY_DAY = [date(2019, 1, 1) + timedelta(number) for number in range(2922)]


def _differences(calendar):
    return [one for one in EVERY_DAY if calendar.is_working(one) != ORACLE.is_working_day(one)]


def test_every_day_agrees_with_the_oracle():
    """Each day of 2019 to 2026 is worked exactly if the package holidays says so."""
    assert EVERY_DAY[-1] == CN.published_through
    assert _differences(CN) == []


def test_a_wrong_day_would_be_found():
    """One make-up working day forgotten, or one day off too many, is a difference the comparison shows."""
    forgotten = CN.with_days(id="forgotten", off=[date(2026, 2, 28)])
    invented = CN.with_days(id="invented", off=[date(2020, 2, 3)])

    assert _differences(forgotten) == [date(2026, 2, 28)]
    assert _differences(invented) == [date(2020, 2, 3)]


@pytest.mark.parametrize(("year", "worked"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_working_days_as_published_lists_give(year, worked):
    """2024 has 251 working days, 2025 and 2026 have 248."""
    inside = CN.working_days_between(date(year - 1, 12, 31), date(year, 12, 31))

    assert inside == worked


@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("2019-05-02", False),  # 1 to 4 May, moved by the notice of 22 March 2019
        ("2019-04-28", True),
        ("2019-05-05", True),
        ("2020-01-31", False),  # Spring Festival went on until 2 February 2020
        ("2020-02-01", False),  # planned as a make-up working day before
        ("2020-02-03", True),
        ("2023-10-07", True),
        ("2026-01-04", True),
    ],
)
def test_later_notices_win(text, working):
    """A year's days are those of its last notice: Labour Day 2019, Spring Festival 2020."""
    assert CN.is_working(day(text)) is working


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_year_names_its_notice(file):
    """Every bundled year says which notice it is from, where to read it, and that it came before the year."""
    year = calendar_from_path(file)
    head = tomllib.loads(file.read_text(encoding="utf-8"))["year"]

    assert year.source.startswith(
        f"国务院办公厅关于{year.year}年部分节假日安排的通知，国办发明电〔{year.year - 1}〕"
    )
    assert "https://www.gov.cn/" in year.source
    assert head["published_on"].year == year.year - 1


def test_a_year_can_be_added_the_day_it_is_published():
    """A calendar with one more year is published through that year, and knows its days."""
    spring = holiday("春节", "2027-02-05", "2027-02-11", "2027-01-31")
    coming = attrs.evolve(CN_2013, year=2027, holidays=(spring,))

    calendar = china(more=[coming])

    assert calendar.published_through == date(2027, 12, 31)
    assert calendar.is_working(date(2027, 1, 31))
    assert not calendar.is_working(date(2027, 2, 8))
    assert calendar != china()


def test_a_year_that_does_not_fit_is_refused():
    """A year given twice, and a gap between years, are told together, each by its year."""
    again = attrs.evolve(CN_2013, year=2024, holidays=())

    with pytest.raises(CalendarProblems) as refusal:
        china(more=[CN_2013, again])

    assert str(refusal.value).splitlines() == [
        "2019: the year before it is 2013; the years between are missing [gap]",
        "2024: the year is given twice; keep one of the two [double-year]",
    ]


def test_two_years_must_agree_about_a_day():
    """A day that one year's notice works and the other's has off is refused; other calendars' years too."""
    disputed = holiday("元旦", "2026-12-31", "2027-01-01", "2026-10-10")
    coming = attrs.evolve(
        CN_2013, year=2027, holidays=(holiday("元旦", "2026-10-10", "2026-10-10"), disputed)
    )
    foreign = attrs.evolve(CN_2013, calendar="hk", year=2028, holidays=())

    with pytest.raises(CalendarProblems) as refusal:
        china(more=[coming, foreign])

    assert str(refusal.value).splitlines() == [
        (
            "2028: it belongs to the calendar 'hk', the year before to 'cn'; one calendar "
            "has one id [other-calendar]"
        ),
        "2027: 2026-10-10 is off in one year and worked in the other; correct one of the two [two-kinds]",
    ]
