import copy
import pickle
from datetime import UTC, date, datetime, timedelta

import pytest

from serviceorg.basics import Label
from serviceorg.calendars import CalendarDays, Hours, WorkCalendar, WorkingDays, china
from serviceorg.calendars.bundled import calendar_of_years
from serviceorg.errors import (
    CalendarNotPublished,
    CalendarProblems,
    DurationError,
    MomentError,
    PeriodError,
    UnknownIdError,
)
from tests.calendars.given import CN, CN_2013, at, day, days, deadline


@pytest.mark.parametrize(
    ("start", "number", "expected"),
    [
        ("2024-09-27", 1, "2024-09-29"),  # a Sunday that is worked
        ("2024-09-27", 5, "2024-10-10"),  # 29 and 30 September, 8, 9 and 10 October
        ("2024-10-03", 1, "2024-10-08"),
        ("2024-10-10", -5, "2024-09-27"),  # 9 and 8 October, 30 and 29 September, 27
        ("2024-10-05", -1, "2024-09-30"),
        ("2024-10-05", 0, "2024-10-05"),
    ],
)
def test_the_day_itself_is_never_counted(start, number, expected):
    """The nth working day lies after the day (before it, if n is negative); n = 0 is the day itself."""
    assert CN.add_working_days(day(start), number) == day(expected)


def test_counting_undoes_adding():
    """Between a day and its nth working day lie n working days, backwards as many less."""
    start, end = day("2024-09-27"), day("2024-10-10")

    assert CN.working_days_between(start, end) == 5
    assert CN.working_days_between(end, start) == -5
    assert CN.working_days_between(start, start) == 0


def test_a_day_off_can_be_rolled():
    """A working day stays; a day off goes to the next or the previous working day, or stays as well."""
    off, worked = day("2024-10-04"), day("2024-10-12")

    assert [CN.roll(off, to) for to in ("none", "next", "previous")] == list(
        days("2024-10-04", "2024-10-08", "2024-09-30")
    )
    assert {CN.roll(worked, to) for to in ("none", "next", "previous")} == {worked}
    with pytest.raises(DurationError, match=r"roll: found 'nxt'; known are .* Did you mean 'next'"):
        CN.roll(off, "nxt")


def test_every_day_is_of_one_kind():
    """A Saturday inside a holiday is a holiday, a worked Sunday a make-up day, the rest as every week."""
    kinds = [CN.kind_of(day(f"2024-10-{number:02d}")) for number in range(4, 14)]

    assert kinds == [*["holiday"] * 4, *["workday"] * 4, "make-up", "weekend"]
    assert str(CN.why(day("2024-10-12")).title) == "National Day"
    assert CN.why(day("2024-10-13")) is None


def test_a_day_nobody_published_is_refused():
    """Past the data nothing is guessed: not whether a day is worked, nor what lies behind it."""
    with pytest.raises(CalendarNotPublished) as refusal:
        CN.is_working(date(2027, 1, 4))
    with pytest.raises(CalendarNotPublished, match="2027-01-01 is not known"):
        CN.add_working_days(date(2026, 12, 30), 2)
    with pytest.raises(CalendarNotPublished, match="Add the files of earlier years"):
        CN.add_working_days(date(2019, 1, 2), -1)

    assert str(refusal.value) == (
        "calendar 'cn': 2027-01-04 is not known; known is 2019-01-01 to 2026-12-31. "
        "Add the year's file, or accept provisional days with assuming('weekends')"
    )
    assert CN.add_working_days(date(2026, 12, 30), 1) == date(2026, 12, 31)


def test_assumed_days_are_marked():
    """Who accepts weekends or fixed holidays gets an answer, and can see that it is provisional."""
    weekends, statutory = CN.assuming("weekends"), CN.assuming("statutory")
    start = at("2026-12-30 10:00")

    found = [deadline(WorkingDays(2), start, calendar) for calendar in (weekends, statutory)]

    # 1 January 2027 is a Friday: worked if only weekends are off, else 4 January is the second day.
    assert [(one.day, one.provisional) for one in found] == [
        (date(2027, 1, 1), True),
        (date(2027, 1, 4), True),
    ]
    assert not deadline(WorkingDays(1), start, weekends).provisional
    assert not weekends.is_published(date(2027, 1, 1))
    assert statutory.kind_of(date(2030, 10, 2)) == "holiday"
    assert statutory.kind_of(date(2030, 10, 4)) == "workday"
    assert weekends.last == date(2036, 12, 31)


def test_days_that_do_not_roll_need_no_data():
    """Calendar days that end where they end ask nobody; only rolling needs to know the days."""
    start = at("2026-12-28 10:00")

    found = deadline(CalendarDays(30, roll="none"), start, CN)

    assert (found.day, found.provisional) == (date(2027, 1, 27), False)
    with pytest.raises(CalendarNotPublished):
        deadline(CalendarDays(30), start, CN)


def test_a_department_has_days_of_its_own():
    """Local days lie on top of the published ones, with their reason; the calendar below is as it was."""
    reason = Label(zh="赶集日", en="market day")
    local = CN.with_days(id="grid-7", off=days("2024-03-05"), work=days("2024-03-09"), reason=reason)

    assert not local.is_working(day("2024-03-05"))
    assert local.kind_of(day("2024-03-09")) == "make-up"
    assert local.why(day("2024-03-05")).title == reason
    assert local.add_working_days(day("2024-03-04"), 1) == day("2024-03-06")
    assert CN.is_working(day("2024-03-05"))
    assert local != CN


def test_local_days_must_make_sense():
    """A day both off and worked, and a day before the calendar begins, are told at once."""
    with pytest.raises(CalendarProblems) as refusal:
        CN.with_days(id="x", off=days("2018-05-01", "2024-05-01"), work=days("2024-05-01"))

    assert str(refusal.value).splitlines() == [
        "2024-05-01: the day is both off and worked; name it once [two-kinds]",
        "2018-05-01: 'cn' begins on 2019-01-01; allowed are later days [too-early]",
    ]


def test_a_plain_week_has_no_holidays():
    """A calendar of equal weeks works the days it is told, for as long as it is told."""
    six = WorkCalendar.every_week(
        id="shop", working=(0, 1, 2, 3, 4, 5), first=day("2024-01-01"), last=day("2024-12-31")
    )

    assert six.is_working(day("2024-10-05"))
    assert not six.is_working(day("2024-10-06"))
    assert six.working_days_between(day("2024-01-07"), day("2024-01-14")) == 6
    assert six.published_through == six.last == day("2024-12-31")


def test_equal_content_is_equal():
    """Calendars with the same days, hours, zone and id are equal and hash alike, whatever their titles."""
    again = pickle.loads(pickle.dumps(CN))
    titled = CN.with_days(id="cn", title=Label(en="other words"))
    later = CN.with_days(id="cn", hours=Hours.daily("09:00-17:00"))

    assert again == CN == titled == copy.deepcopy(CN)
    assert len({hash(one) for one in (again, CN, titled)}) == 1
    assert later != CN
    assert china() != CN
    assert CN != "cn"
    assert again.add_working_days(day("2024-09-27"), 5) == day("2024-10-10")


def test_the_digest_follows_every_day():
    """One day more or less changes the digest; the order in which days are named does not."""
    first = CN.with_days(id="a", off=days("2024-03-05", "2024-03-06"))
    second = CN.with_days(id="a", off=days("2024-03-06", "2024-03-05"))
    third = CN.with_days(id="a", off=days("2024-03-05"))

    assert first.digest == second.digest
    assert len({CN.digest, first.digest, third.digest}) == 3
    assert len(CN.digest) == 64


def test_local_days_begin_and_end_at_local_midnight():
    """A day of China begins at 16:00 UTC of the day before; the moment 24:00 belongs to the next day."""
    found = day("2024-09-27")

    assert CN.start_of(found) == datetime(2024, 9, 26, 16, tzinfo=UTC)
    assert CN.end_of(found) == CN.start_of(found + timedelta(1))
    assert CN.day_of(CN.end_of(found)) == found + timedelta(1)
    assert CN.day_of(datetime(2024, 9, 26, 16, tzinfo=UTC)) == found
    assert CN.start_of(found).tzinfo is UTC


@pytest.mark.parametrize(
    "moment", [datetime.fromisoformat("2024-09-27 10:00"), date(2024, 9, 27), "2024-09-27"]
)
def test_a_moment_without_a_zone_is_refused(moment):
    """Nobody knows on which day a moment without a zone falls, so it is refused; a bare day too."""
    with pytest.raises(MomentError, match=r"^moment: .*allowed is a datetime with"):
        CN.day_of(moment)


@pytest.mark.parametrize("year", [1, 9999])
def test_moments_have_bounds(year):
    """A moment so far off that no zone can hold it is refused, not overflown."""
    with pytest.raises(MomentError, match="is out of bounds; allowed are the years 1900 to 9000"):
        CN.day_of(datetime(year, 1, 1, tzinfo=UTC))


def test_a_moment_is_no_day():
    """Methods about days refuse moments: their local day depends on the zone."""
    for ask in (CN.is_working, lambda one: CN.add_working_days(one, 1)):
        with pytest.raises(PeriodError, match="allowed is a day"):
            ask(at("2024-09-27 10:00"))


def test_what_makes_no_calendar_is_refused():
    """An unknown zone or assumption, a week without work, and an end before the beginning have their text."""
    with pytest.raises(UnknownIdError, match=r"no time zone 'Asia/Shanghia'.*Did you mean 'Asia/Shanghai'"):
        china(zone="Asia/Shanghia")
    with pytest.raises(DurationError, match=r"provisional: found 'weekend'.*Did you mean 'weekends'"):
        CN.assuming("weekend")
    with pytest.raises(PeriodError, match=r"found the weekdays \(\)"):
        WorkCalendar.every_week(id="idle", working=())
    with pytest.raises(PeriodError, match="must not end"):
        WorkCalendar.every_week(first=day("2024-01-02"), last=day("2024-01-01"))
    with pytest.raises(CalendarProblems, match="there is no year"):
        calendar_of_years([], id="none", title=Label(), zone="UTC")


def test_an_older_year_stands_alone():
    """A calendar can be made from any published year: 9 February 2013 was off, 16 February worked."""
    old = calendar_of_years([CN_2013], id="cn-2013", title=Label(), zone="Asia/Shanghai")

    assert not old.is_working(day("2013-02-09"))
    assert old.is_working(day("2013-02-16"))
    assert old.sources == ("国务院办公厅关于2013年部分节假日安排的通知",)
