from datetime import timedelta

import pytest

from serviceorg.calendars import Hours, WorkCalendar, WorkingDays, WorkingTime, china
from serviceorg.errors import CalendarNotPublished, DurationError
from tests.calendars.given import CN, at, day, deadline, shown

BERLIN = "Europe/Berlin"


def _berlin(*hours):
    return WorkCalendar.every_week(
        id="desk",
        zone=BERLIN,
        working=range(7),
        hours=Hours.daily(*hours),
        first=day("2024-01-01"),
        last=day("2024-12-31"),
    )


def _open_minutes(calendar, text):
    return calendar.working_minutes_between(calendar.start_of(day(text)), calendar.end_of(day(text)))


def test_hours_are_minutes_of_the_day():
    """Office hours are half-open intervals in minutes from midnight; a day off has none; 24:00 is 1440."""
    night = CN.with_days(id="night", hours=Hours.daily("00:00-06:00", "22:00-24:00"))

    assert CN.opening(day("2024-09-29")) == ((540, 720), (840, 1050))
    assert CN.opening(day("2024-10-01")) == ()
    assert night.opening(day("2024-09-27")) == ((0, 360), (1320, 1440))


def test_hours_are_written_or_counted():
    """One text stands for a list of one; pairs of minutes are taken as they are."""
    assert Hours(monday="09:00-12:00").monday == Hours(monday=[(540, 720)]).monday == ((540, 720),)


def test_each_weekday_may_have_its_hours():
    """A make-up Saturday has hours of its own; a weekday without hours is worked, but not open."""
    calendar = china(hours=Hours(monday=["09:00-12:00"], friday=["09:00-11:00"], make_up=["10:00-11:00"]))

    assert calendar.opening(day("2024-10-12")) == ((600, 660),)
    assert calendar.opening(day("2024-10-11")) == ((540, 660),)
    assert calendar.opening(day("2024-10-10")) == ()
    # From Thursday: Friday 120 minutes, make-up Saturday 60, Monday the rest.
    assert shown(calendar.add_working_time(at("2024-10-10 09:00"), 190)) == "2024-10-14 09:10"


def test_a_make_up_day_has_the_hours_of_every_day():
    """Where all days have the same hours, so has a make-up day; an office may also stay closed on one."""
    week = {"monday": ["09:00-12:00"], "tuesday": ["09:00-12:00"]}

    assert china(hours=Hours(**week)).opening(day("2024-10-12")) == ((540, 720),)
    assert china(hours=Hours(**week, make_up=[])).opening(day("2024-10-12")) == ()


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2024-09-27 16:00", 120, "2024-09-29 09:30"),  # 90 on Friday, 30 on the worked Sunday (trap 19)
        ("2024-09-27 16:00", 90, "2024-09-27 17:30"),  # ends with the day, not on the next morning
        ("2024-09-27 13:00", 1, "2024-09-27 14:01"),
        ("2024-09-27 08:00", 180, "2024-09-27 12:00"),
        ("2024-10-03 12:00", 60, "2024-10-08 10:00"),
        ("2024-10-03 12:00", 0, "2024-10-03 12:00"),
    ],
)
def test_working_time_runs_while_the_office_is_open(start, minutes, end):
    """Minutes count during office hours only; time that ends at closing ends there."""
    assert shown(CN.add_working_time(at(start), minutes)) == end


def test_working_time_between_two_moments_is_exact():
    """Between Friday 16:00 and Sunday 09:30 lie 120 open minutes; backwards as many less; seconds count."""
    start, end = at("2024-09-27 16:00"), at("2024-09-29 09:30")

    assert CN.working_minutes_between(start, end) == 120
    assert CN.working_minutes_between(end, start) == -120
    assert CN.working_time_between(start, end - timedelta(seconds=1)) == timedelta(minutes=119, seconds=59)
    assert CN.working_minutes_between(start, end - timedelta(seconds=1)) == 119


def test_working_time_needs_hours_and_published_days():
    """A calendar without hours says so; time that runs past the data is refused."""
    with pytest.raises(DurationError, match=r"calendar 'cn' has no office hours.*Hours.daily"):
        china().add_working_time(at("2024-09-27 16:00"), 1)
    with pytest.raises(CalendarNotPublished):
        CN.add_working_time(at("2026-12-31 17:00"), 31)
    with pytest.raises(DurationError, match="allowed is 0 or more"):
        CN.add_working_time(at("2026-12-31 17:00"), -1)

    assert shown(CN.add_working_time(at("2026-12-31 17:00"), 30)) == "2026-12-31 17:30"
    assert CN.working_minutes_between(at("2026-12-31 17:00"), at("2026-12-31 23:00")) == 30


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        ({}, "office hours: no day has any; write at least one, like monday=['09:00-17:00']"),
        (
            {"monday": ["09:00-12:00"], "friday": ["09:00-11:00"]},
            (
                "office hours: the days have different ones, and nobody said which a make-up day has; "
                "write make_up=[…], or make_up=[] if the office stays closed"
            ),
        ),
        ({"monday": ["9-12"]}, "office hours: found '9-12'; write them like '09:00-12:00'"),
        ({"monday": 9}, "office hours: found 9; allowed are texts like '09:00-12:00'"),
        (
            {"monday": ["12:00-09:00"]},
            "office hours: found '12:00-09:00'; allowed is from 00:00 to 24:00, the end after the start",
        ),
        (
            {"monday": ["09:00-12:00", "11:30-13:00"]},
            (
                "office hours: 11:30 comes before 12:00, when the hours that began at 09:00 end; "
                "write them in order, without overlaps"
            ),
        ),
    ],
)
def test_hours_that_make_no_sense_are_refused(hours, text):
    """Each slip in office hours has its own text."""
    with pytest.raises(DurationError) as refusal:
        Hours(**hours)

    assert str(refusal.value) == text


@pytest.mark.parametrize(
    ("hours", "ordinary", "put_forward", "put_back"),
    [
        ("00:00-24:00", 1440, 1380, 1500),
        ("01:00-02:30", 90, 60, 150),  # closes when the clock leaps; or after the hour was shown twice
        ("02:30-05:00", 150, 120, 210),  # opens at 02:30 the first time
        ("02:15-02:45", 30, 0, 90),  # is skipped; or runs from the first 02:15 to the second 02:45
        ("09:00-17:00", 480, 480, 480),
    ],
)
def test_office_hours_follow_the_wall_clock(hours, ordinary, put_forward, put_back):
    """An office opens the first time its clock shows the hour, and closes the last time (Berlin, 2024)."""
    desk = _berlin(hours)

    assert [_open_minutes(desk, text) for text in ("2024-03-30", "2024-03-31", "2024-10-27")] == [
        ordinary,
        put_forward,
        put_back,
    ]


def test_a_day_ends_at_local_midnight_in_summer_and_winter():
    """The day on which the clock is put forward ends an hour earlier by UTC than the one before."""
    desk = _berlin("09:00-17:00")

    ends = [deadline(WorkingDays(1), at(f"2024-03-{day} 12:00", BERLIN), desk).moment for day in (29, 30)]

    assert [f"{end:%d %H:%M}" for end in ends] == ["30 23:00", "31 22:00"]


def test_working_time_crosses_the_change_of_clocks():
    """Three open hours begun at 16:00 end at 11:00 by the clock, though the night had an hour less."""
    desk = _berlin("09:00-17:00")

    found = deadline(WorkingTime(180), at("2024-03-30 16:00", BERLIN), desk)

    assert shown(found.moment, BERLIN) == "2024-03-31 11:00"


@pytest.mark.parametrize(
    ("zone", "text", "utc"),
    [
        ("Asia/Beirut", "2021-03-28", "2021-03-27 22:00"),  # 00:00 is skipped: the day begins at 01:00
        (
            "America/Havana",
            "2024-11-03",
            "2024-11-03 04:00",
        ),  # 00:00 is shown twice: it begins with the first
        ("America/Sao_Paulo", "2018-02-18", "2018-02-18 03:00"),  # 23:00 to 24:00 of the day before twice
    ],
)
def test_a_day_begins_where_midnight_is_odd(zone, text, utc):
    """A day begins with its first moment, also where the clock is changed at midnight."""
    calendar = WorkCalendar.every_week(id="odd", zone=zone)

    start = calendar.start_of(day(text))

    assert f"{start:%Y-%m-%d %H:%M}" == utc
    assert calendar.day_of(start) == day(text)
    assert calendar.day_of(start - timedelta(seconds=1)) < day(text)
