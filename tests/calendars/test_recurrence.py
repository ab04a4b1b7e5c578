from datetime import date, timedelta
from typing import Any

import attrs
import pytest

from serviceorg.basics import Label
from serviceorg.calendars import (
    EveryDay,
    EveryWorkingDay,
    MonthlyDay,
    MonthlyNthWeekday,
    Occurrence,
    Quarterly,
    Weekly,
    WorkingDayOfMonth,
    Yearly,
    occurrences,
)
from serviceorg.calendars.bundled import calendar_of_years
from serviceorg.errors import CalendarNotPublished, DurationError, PeriodError
from tests.calendars.given import CN, CN_2013, day, days

OLD = calendar_of_years([CN_2013], id="cn-2013", title=Label(), zone="Asia/Shanghai")
SATURDAY = 5
#: Zhucheng's rule: the second Saturday of each month.
SECOND: Any = MonthlyNthWeekday(2, SATURDAY)
CAREFUL: Any = {"conflicts": ("holiday", "make-up")}


def _words(on_conflict, *conflicts) -> Any:
    """Return options that the types forbid."""
    return {"on_conflict": on_conflict, "conflicts": conflicts}


def _year(recurrence, year, calendar=CN):
    return occurrences(recurrence, date(year, 1, 1), date(year, 12, 31), calendar)


def _dates(recurrence, start, end, calendar=CN):
    return [str(one.date) for one in occurrences(recurrence, day(start), day(end), calendar)]


def _conflicts(year, calendar=CN):
    """Return the second Saturdays that are holidays or worked, with the kind of day."""
    free = attrs.evolve(SECOND, on_conflict="next_free", **CAREFUL)
    return {str(one.planned): one.moved_because for one in _year(free, year, calendar) if one.moved_because}


def test_second_saturdays_of_2013():
    """In 2013 it met Spring Festival on 9 February, and worked days on 8 June and 12 October (trap 17)."""
    assert [str(one.date) for one in _year(SECOND, 2013, OLD)][:4] == [
        "2013-01-12",
        "2013-02-09",
        "2013-03-09",
        "2013-04-13",
    ]
    assert _conflicts(2013, OLD) == {
        "2013-02-09": "holiday",
        "2013-06-08": "make-up",
        "2013-10-12": "make-up",
    }


def test_second_saturdays_of_three_years():
    """Of 36 second Saturdays from 2024 to 2026, 8 are worked and 1 lies in a holiday (trap 17)."""
    assert _conflicts(2024) == {
        "2024-02-10": "holiday",
        "2024-05-11": "make-up",
        "2024-09-14": "make-up",
        "2024-10-12": "make-up",
    }
    assert _conflicts(2025) == {"2025-02-08": "make-up", "2025-10-11": "make-up"}
    assert _conflicts(2026) == {"2026-02-14": "make-up", "2026-05-09": "make-up", "2026-10-10": "make-up"}


@pytest.mark.parametrize(
    ("on_conflict", "moved"),
    [
        # 16 and 17 February are worked, 23 is the next free Saturday; 8 and 9 June are worked, 10 to 12 off.
        ("next_free", ["2013-02-23", "2013-06-15", "2013-10-13"]),
        ("next_working", ["2013-02-18", "2013-06-13", "2013-10-14"]),
        ("previous_working", ["2013-02-08", "2013-06-07", "2013-10-11"]),
        ("skip", []),
    ],
)
def test_what_follows_from_a_conflict_is_declared(on_conflict, moved):
    """A day in conflict is left out, or moves to the nearest day of its kind that is no conflict itself."""
    recurrence = attrs.evolve(SECOND, on_conflict=on_conflict, **CAREFUL)

    found = _year(recurrence, 2013, OLD)

    assert [str(one.date) for one in found if one.moved_because] == moved
    assert len(found) == (9 if on_conflict == "skip" else 12)


def test_a_day_that_moved_says_why():
    """A moved occurrence knows the day it was planned for, the kind of day in the way, and the holiday."""
    recurrence = attrs.evolve(SECOND, on_conflict="next_free", conflicts=("holiday",))

    found = occurrences(recurrence, day("2024-02-01"), day("2024-02-29"), CN)

    assert found == (
        Occurrence(day("2024-02-24"), day("2024-02-10"), "holiday", Label(zh="春节", en="Spring Festival")),
    )


def test_what_counts_as_a_conflict_is_declared():
    """Where only make-up days are in the way, a holiday will do: 14 September 2024 moves to the 15th."""
    recurrence = attrs.evolve(SECOND, on_conflict="next_free", conflicts=("make-up",))

    moved = [(str(one.planned), str(one.date)) for one in _year(recurrence, 2024) if one.moved_because]

    assert moved == [("2024-05-11", "2024-05-12"), ("2024-09-14", "2024-09-15"), ("2024-10-12", "2024-10-13")]


@pytest.mark.parametrize(
    ("recurrence", "start", "end", "expected"),
    [
        (EveryDay(), "2024-09-30", "2024-10-02", ["2024-09-30", "2024-10-01", "2024-10-02"]),
        (
            EveryWorkingDay(),
            "2024-09-28",
            "2024-10-09",
            ["2024-09-29", "2024-09-30", "2024-10-08", "2024-10-09"],
        ),
        (Weekly(0), "2024-10-01", "2024-10-15", ["2024-10-07", "2024-10-14"]),
        (
            Weekly(0, every=2, anchor=date(2020, 1, 8)),  # the week of Monday 6 January 2020
            "2024-09-30",
            "2024-10-20",
            ["2024-10-07"],  # 1736 days, 248 weeks after it
        ),
        (
            Weekly(2, every=2, anchor=date(2025, 1, 1)),
            "2024-12-01",
            "2025-01-15",
            ["2024-12-04", "2024-12-18", "2025-01-01", "2025-01-15"],
        ),
        (
            MonthlyNthWeekday(-1, SATURDAY),
            "2024-01-01",
            "2024-03-31",
            ["2024-01-27", "2024-02-24", "2024-03-30"],
        ),
        (MonthlyNthWeekday(5, SATURDAY), "2024-01-01", "2024-06-30", ["2024-03-30", "2024-06-29"]),
        (
            MonthlyDay(31),
            "2024-01-31",
            "2024-04-30",
            ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"],
        ),
        (MonthlyDay(5), "2024-01-06", "2024-03-05", ["2024-02-05", "2024-03-05"]),
        (
            Quarterly(3, 31),
            "2024-01-01",
            "2024-12-31",
            ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"],
        ),
        (Quarterly(2, 31), "2023-01-01", "2023-06-30", ["2023-02-28", "2023-05-31"]),
        (Yearly(7, 1), "2023-07-02", "2025-07-01", ["2024-07-01", "2025-07-01"]),
        (Yearly(2, 29), "2023-01-01", "2025-12-31", ["2023-02-28", "2024-02-29", "2025-02-28"]),
        (WorkingDayOfMonth(1), "2024-09-15", "2024-12-31", ["2024-10-08", "2024-11-01", "2024-12-02"]),
        (WorkingDayOfMonth(-1), "2024-08-01", "2024-10-30", ["2024-08-30", "2024-09-30"]),
        (WorkingDayOfMonth(2), "2024-10-01", "2024-10-31", ["2024-10-09"]),
        (WorkingDayOfMonth(23), "2024-09-01", "2024-10-31", []),
    ],
)
def test_the_vocabulary(recurrence, start, end, expected):
    """Each recurrence gives the days it names, both ends of the asked time included."""
    assert _dates(recurrence, start, end) == expected


def test_a_short_february_has_few_working_days():
    """A month without an nth working day is passed over: February 2024 has 18."""
    # February 2024: 29 days; 1 to 9 (4 is a worked Sunday, 3 off): 8; 18 to 29 without 24 and 25: 10.
    assert _dates(WorkingDayOfMonth(18), "2024-02-01", "2024-02-29") == ["2024-02-29"]
    assert _dates(WorkingDayOfMonth(19), "2024-02-01", "2024-02-29") == []
    assert _dates(WorkingDayOfMonth(-18), "2024-02-01", "2024-02-29") == ["2024-02-01"]


def test_an_occurrence_belongs_to_the_day_it_was_planned_for():
    """Two adjoining times give together what the whole gives, though a day moved from one to the other."""
    recurrence = MonthlyDay(31, on_conflict="next_working", conflicts=("weekend", "holiday"))
    first, middle, last = days("2024-01-01", "2024-08-31", "2024-12-31")

    parts = occurrences(recurrence, first, middle, CN) + occurrences(
        recurrence, middle + timedelta(1), last, CN
    )

    assert parts == occurrences(recurrence, first, last, CN)
    assert (parts[7].planned, parts[7].date) == days("2024-08-31", "2024-09-02")


def test_assumed_days_make_an_occurrence_provisional():
    """An unpublished day is only looked at where a conflict is declared, and then the answer says so."""
    plain = _year(SECOND, 2027)
    careful = attrs.evolve(SECOND, on_conflict="skip", **CAREFUL)
    assumed = _year(careful, 2027, CN.assuming("statutory"))

    assert len(plain) == 12
    assert not any(one.provisional for one in plain)
    assert all(one.provisional for one in assumed)
    with pytest.raises(CalendarNotPublished):
        _year(careful, 2027)


def test_recurrences_are_bounded():
    """More than 1000 occurrences are refused, as is a time that ends before it begins; years take no time."""
    with pytest.raises(PeriodError, match="more than 1000 occurrences from 2020-01-01 to 2023-01-01"):
        occurrences(EveryDay(), date(2020, 1, 1), date(2023, 1, 1), CN)
    with pytest.raises(PeriodError, match="must not end"):
        occurrences(EveryDay(), date(2020, 1, 2), date(2020, 1, 1), CN)

    assert len(occurrences(EveryDay(), date(2020, 1, 1), date(2022, 9, 26), CN)) == 1000


def test_a_conflict_that_never_ends_is_refused():
    """Where no day is left that suits, the declaration is refused instead of searching for ever."""
    recurrence = EveryDay(on_conflict="next_free", conflicts=("weekend", "holiday"))

    with pytest.raises(PeriodError, match="no day off without conflict within 60 days"):
        occurrences(recurrence, day("2024-10-01"), day("2024-10-01"), CN)


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: Weekly(7), "Weekly.weekday: found 7; allowed are whole numbers from 0 to 6"),
        (lambda: Weekly(1, every=0), "Weekly.every: found 0; allowed are whole numbers from 1 to 52"),
        (
            lambda: Weekly(1, every=2),
            "Weekly.anchor: every 2 weeks from when on? Give a day of the first as anchor",
        ),
        (
            lambda: MonthlyNthWeekday(0, 1),
            "MonthlyNthWeekday.nth: found 0; allowed are 1 to 5, and -1 for the last one",
        ),
        (lambda: MonthlyDay(32), "MonthlyDay.day: found 32; allowed are whole numbers from 1 to 31"),
        (
            lambda: WorkingDayOfMonth(0),
            "WorkingDayOfMonth.n: found 0; allowed are whole numbers from -31 to 31, without 0",
        ),
        (
            lambda: EveryDay(**_words("next_fre", "holiday")),
            (
                "EveryDay.on_conflict: found 'next_fre'; known are 'keep', 'next_free', 'next_working', "
                "'previous_working', 'skip'. Did you mean 'next_free'?"
            ),
        ),
        (
            lambda: EveryDay(**_words("skip", "holidays")),
            (
                "EveryDay.conflicts: found 'holidays'; known are 'holiday', 'make-up', 'weekend', 'workday'. "
                "Did you mean 'holiday'?"
            ),
        ),
        (
            lambda: EveryDay(on_conflict="skip"),
            (
                "EveryDay: on_conflict is 'skip' and conflicts are (); write both, like "
                "on_conflict='next_free', "
                "conflicts=('holiday', 'make-up'), or neither"
            ),
        ),
    ],
)
def test_a_recurrence_that_says_nothing_is_refused(make, text):
    """Each slip in a recurrence has its own text."""
    with pytest.raises(DurationError) as refusal:
        make()

    assert str(refusal.value) == text
