"""Windows of time: what they share, and how much of them is used at once."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serviceorg.errors import MomentError, PeriodError
from serviceorg.matching import Window, common, longest, parse_hours
from serviceorg.matching.moments import cliques, most_at_once
from serviceorg.matching.windows import EVERY_DAY

MONDAY = date(2024, 1, 1)
CHINA = timezone(timedelta(hours=8))


def test_hours_run_over_midnight():
    """18:00 to 07:00 is thirteen hours (row 33)."""
    assert parse_hours("18:00-07:00") == (1080, 780)


@pytest.mark.parametrize(
    "text",
    ["18-07", "24:00-07:00", "18:00-18:00", "18:00-25:00", "1800-0700"],
)
def test_hours_nobody_can_read_are_refused(text):
    """Hours are written like 18:00-07:00, and are some time."""
    with pytest.raises(PeriodError, match="hours: found"):
        parse_hours(text)


def test_a_night_in_a_car_park_is_one_stretch():
    """A need from 22:00 to 06:00 lies wholly in 18:00 to 07:00: eight hours (row 33)."""
    assert longest([Window.weekly("22:00-06:00")], [Window.weekly("18:00-07:00")]) == 480


def test_the_early_morning_meets_the_night_before():
    """06:00 to 09:00 shares one hour with the night that began the day before."""
    assert longest([Window.weekly("06:00-09:00")], [Window.weekly("18:00-07:00")]) == 60


def test_sunday_night_reaches_into_monday():
    """A window of Sundays from 22:00 to 02:00 shares two hours with Mondays from midnight."""
    sunday, monday = Window.weekly("22:00-02:00", (7,)), Window.weekly("00:00-08:00", (1,))

    assert common([sunday], [monday]) == (Window.weekly("00:00-02:00", (1,)),)


def test_whole_days_are_not_parted_by_midnight():
    """A night within whole days is whole; the last one is cut at the end of the last day."""
    days, nights = Window.days(MONDAY, date(2024, 1, 2)), Window.weekly("22:00-06:00")

    shared = common([days], [nights])

    assert longest([days], [nights]) == 480
    assert Window.on(date(2024, 1, 2), "22:00-24:00") in shared
    assert Window.on(MONDAY, "00:00-06:00") in shared


def test_a_side_without_windows_is_always_open():
    """No windows are all hours; of two such sides nothing bounds what they share."""
    evening = Window.weekly("18:00-20:00")

    assert common([], [evening]) == (evening,)
    assert longest([], []) is None


def test_weekdays_that_never_meet_share_nothing():
    """Saturdays have nothing in common with Tuesdays."""
    assert common([Window.weekly("09:00-11:00", (6,))], [Window.weekly("09:00-11:00", (2,))]) == ()


def test_moments_need_a_zone():
    """A moment without a zone falls on a day nobody knows."""
    here = datetime(2024, 1, 1, 9, tzinfo=CHINA)

    with pytest.raises(MomentError, match="has no zone"):
        Window.between(here.replace(tzinfo=None), here)


def test_a_stretch_between_moments_may_last_for_days():
    """From Friday 18:00 to Monday 08:00 are 62 hours, and it holds the Sunday."""
    friday = datetime(2024, 1, 5, 18, tzinfo=CHINA)
    stretch = Window.between(friday, datetime(2024, 1, 8, 8, tzinfo=CHINA))

    assert stretch.minutes == 62 * 60
    assert common([stretch], [Window.weekly("09:00-10:00", (7,))])[0].since == date(2024, 1, 7)


@pytest.mark.parametrize(
    ("given_", "text"),
    [
        ({"start": 1440}, "allowed are minutes from 0 to 1439"),
        ({"minutes": 0}, "a length of 0"),
        ({"minutes": 1441}, "begins on one day"),
        ({"weekdays": (0,)}, "allowed are 1 \\(Monday\\) to 7"),
        ({"since": date(2024, 1, 2), "until": MONDAY}, "before it begins"),
        ({"since": datetime(2024, 1, 2, tzinfo=CHINA)}, "is not a date"),
    ],
    ids=["start", "length", "long", "weekday", "span", "moment"],
)
def test_a_window_that_cannot_be_is_refused(given_, text):
    """Each part of a window is checked when it is made."""
    with pytest.raises(PeriodError, match=text):
        Window(**given_)


def test_windows_are_said_in_both_languages():
    """Days of the week, hours and days are in words."""
    window = Window.weekly("18:00-07:00", (6, 7), since=MONDAY)

    assert window.in_("en") == "Saturdays, Sundays 18:00-07:00 2024-01-01.."
    assert window.in_("zh") == "周六、周日 18:00-07:00 2024-01-01.."
    assert Window().in_("zh") == "任何时间"


HOURS = 24
FIRST, DAYS = MONDAY.toordinal() - 8, 60


def windows():
    """Return windows on whole hours, so that a grid of hours tells everything."""
    day = st.integers(0, 20).map(lambda days: MONDAY + timedelta(days))
    weekly = st.builds(
        lambda start, length, days: Window(60 * start, 60 * length, days),
        st.integers(0, 23),
        st.integers(1, 24),
        st.sets(st.integers(1, 7), min_size=1),
    )
    once = st.builds(
        lambda start, length, on: Window(60 * start, 60 * length, EVERY_DAY, on, on),
        st.integers(0, 23),
        st.integers(1, 80),
        day,
    )
    bounded = st.builds(
        lambda window, since, days: Window(
            window.start, window.minutes, window.weekdays, since, since + timedelta(days)
        ),
        weekly,
        day,
        st.integers(0, 20),
    )
    whole = st.builds(lambda since, days: Window.days(since, since + timedelta(days)), day, st.integers(0, 9))
    return st.one_of(weekly, once, bounded, whole)


def hours_in(given_windows):
    """Return every hour of the grid that lies in a window."""
    inside: set[int] = set()
    for window in given_windows:
        for day in range(max(window.first, FIRST - 9), min(window.last, FIRST + DAYS) + 1):
            if (day - 1) % 7 + 1 in window.weekdays:
                begin = day * HOURS + window.start // 60
                inside.update(range(begin, begin + window.minutes // 60))
    return {hour for hour in inside if FIRST * HOURS <= hour < (FIRST + DAYS - 4) * HOURS}


@settings(max_examples=60)
@given(one=st.lists(windows(), min_size=1, max_size=2), other=st.lists(windows(), min_size=1, max_size=2))
def test_what_is_common_is_what_lies_in_both(one, other):
    """Hour by hour, the common windows are those of one side that are of the other too."""
    assert hours_in(common(one, other)) == hours_in(one) & hours_in(other)


@settings(max_examples=40)
@given(within=windows(), taken=st.lists(st.tuples(windows(), st.integers(1, 3)), max_size=4))
def test_the_most_at_once_is_the_most_of_any_hour(within, taken):
    """The busiest moment is found exactly, however windows come again."""
    inside = [(hours_in([window]), quantity) for window, quantity in taken]

    busiest = max((sum(q for hours, q in inside if hour in hours) for hour in hours_in([within])), default=0)

    assert most_at_once((within,), [((window,), quantity) for window, quantity in taken]) == busiest


@settings(max_examples=40)
@given(taken=st.lists(windows(), max_size=4))
def test_cliques_are_the_largest_sets_that_meet(taken):
    """The sets of bookings of one moment, without those that lie in a larger one."""
    inside = [hours_in([window]) for window in taken]
    sets = {
        frozenset(place for place, hours in enumerate(inside) if hour in hours)
        for hour in set().union(*inside)
    }

    largest = {members for members in sets if not any(members < other for other in sets)}

    assert {frozenset(members) for members in cliques([(window,) for window in taken])} == largest
