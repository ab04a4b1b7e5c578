from datetime import datetime, timedelta
from typing import Any

import pytest

from serviceorg.calendars import (
    SENTENCES,
    CalendarDays,
    Months,
    NextWorkingDay,
    Pause,
    RealTime,
    Remaining,
    WorkingDays,
    WorkingTime,
    china,
    elapsed,
)
from serviceorg.errors import CalendarNotPublished, DurationError, MomentError
from serviceorg.reasons import render
from tests.calendars.given import CN, at, day, deadline, midnight_after, shown

#: From Monday 30 September 2024 to Tuesday 8 October: the whole of National Day lies inside.
HOLIDAYS = Pause(at("2024-09-30 10:00"), at("2024-10-08 10:00"))
NIGHT = timedelta(microseconds=1)


def _day(duration, start, **options):
    return str(deadline(duration, at(start), CN, **options).day)


def test_a_publication_of_five_working_days():
    """From Friday 27 September 2024, 5 working days end on 10 October, 7 calendar days on 4 October (M12)."""
    start = at("2024-09-27 16:00")

    five = deadline(WorkingDays(5), start, CN)
    seven = deadline(CalendarDays(7, roll="none"), start, CN)

    assert (five.day, five.moment) == (day("2024-10-10"), midnight_after("2024-10-10"))
    assert (seven.day, seven.moment) == (day("2024-10-04"), midnight_after("2024-10-04"))
    assert not five.provisional


def test_the_first_day_is_not_counted():
    """A count begun at any time of a day, on a day off too, begins with the next day (trap 18)."""
    assert {_day(WorkingDays(1), f"2024-09-27 {clock}") for clock in ("00:00", "09:00", "23:59")} == {
        "2024-09-29"
    }
    assert _day(WorkingDays(1), "2024-09-28 10:00") == "2024-09-29"
    assert _day(CalendarDays(1), "2024-09-25 00:00") == "2024-09-26"


def test_only_a_last_day_off_is_rolled():
    """Days off on the way count as calendar days; a last one goes where the duration says (trap 18)."""
    rolls = {
        roll: _day(CalendarDays(7, roll=roll), "2024-09-27 10:00") for roll in ("none", "next", "previous")
    }

    assert rolls == {"none": "2024-10-04", "next": "2024-10-08", "previous": "2024-09-30"}
    assert _day(CalendarDays(12), "2024-09-27 10:00") == "2024-10-09"
    # 12 October is a Saturday that is worked: nothing to roll.
    assert _day(CalendarDays(15), "2024-09-27 10:00") == "2024-10-12"


def test_a_deadline_is_never_rolled_to_before_its_beginning():
    """Rolled back from within a holiday, a deadline stays on the day it began."""
    assert _day(CalendarDays(2, roll="previous"), "2024-10-03 10:00") == "2024-10-03"


def test_real_time_runs_through_days_off():
    """24 hours from Friday 16:00 end on Saturday 16:00; 1 working day and 2 office hours do not (trap 19)."""
    start = at("2024-09-27 16:00")

    ends = [deadline(one, start, CN).moment for one in (RealTime(1440), WorkingDays(1), WorkingTime(120))]

    assert list(map(shown, ends)) == ["2024-09-28 16:00", "2024-09-30 00:00", "2024-09-29 09:30"]


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-01-31", 1, "2026-02-28"),  # a Saturday, but worked
        ("2024-09-27", 1, "2024-10-28"),  # 27 October is a Sunday
        ("2024-01-15", 12, "2025-01-15"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_a_month_ends_on_the_same_number(start, months, end):
    """A month ends on the day of the same number, or on the last day of a shorter month (trap 20)."""
    assert _day(Months(months), f"{start} 10:00") == end


def test_an_extension_counts_from_the_old_end():
    """5 working days from 4 March 2024 end on the 11th, extended by 5 on the 18th (trap 21)."""
    assert _day(WorkingDays(5), "2024-03-04 10:00") == "2024-03-11"
    assert _day(WorkingDays(5), "2024-03-04 10:00", extensions=[WorkingDays(5)]) == "2024-03-18"
    assert _day(WorkingDays(10), "2024-03-04 10:00") == "2024-03-18"


def test_an_old_end_counts_as_it_was_rolled():
    """5 days end on Saturday 9 March, rolled to Monday 11; 5 more end on Saturday 16, rolled to Monday 18."""
    extended = _day(CalendarDays(5), "2024-03-04 10:00", extensions=[CalendarDays(5)])

    assert extended == "2024-03-18"


def test_extensions_of_other_kinds():
    """Days extend days, time extends time, days extend time; each in its own way."""
    start = at("2024-09-27 16:00")

    mixed = deadline(WorkingDays(1), start, CN, extensions=[CalendarDays(3, roll="none"), NextWorkingDay()])
    time = deadline(RealTime(60), start, CN, extensions=[WorkingTime(60)])
    days = deadline(RealTime(60), start, CN, extensions=[WorkingDays(1)])

    assert mixed.day == day("2024-10-08")  # 29 September, 2 October, then the next working day
    assert shown(time.moment) == "2024-09-29 09:30"  # 17:00; half an hour on Friday, half on Sunday
    assert days.day == day("2024-09-29")


def test_hours_cannot_extend_days():
    """A deadline that ends with a day cannot be extended by hours; what is no duration is refused too."""
    start = at("2024-09-27 16:00")

    with pytest.raises(DurationError) as refusal:
        deadline(WorkingDays(1), start, CN, extensions=[Months(1), RealTime(60)])
    with pytest.raises(DurationError, match="duration: found 5; allowed are RealTime, WorkingTime"):
        deadline(5, start, CN)
    with pytest.raises(DurationError, match=r"extensions\[0\]: found '5 days'"):
        deadline(WorkingDays(1), start, CN, extensions=["5 days"])

    assert str(refusal.value) == (
        "extensions[1]: 1 hour after 1 month, which end with a day; allowed are "
        "WorkingDays, CalendarDays, Months "
        "and NextWorkingDay"
    )


def test_a_holiday_inside_a_pause_is_not_counted_twice():
    """10 working days, stopped from 30 September to 8 October, end one working day later (trap 22).

    26, 27, 29 and 30 September are four; 9, 10, 11, 12, 14 and 15 October are the other six. Without the
    pause 8 October would count.
    """
    assert _day(WorkingDays(10), "2024-09-25 10:00") == "2024-10-14"
    assert _day(WorkingDays(10), "2024-09-25 10:00", pauses=[HOLIDAYS]) == "2024-10-15"


def test_calendar_days_wait_for_the_pause():
    """10 days from 25 September end on 5 October, with 8 days of pause on 13 October; the roll comes last."""
    assert _day(CalendarDays(10, roll="none"), "2024-09-25 10:00") == "2024-10-05"
    assert _day(CalendarDays(10, roll="none"), "2024-09-25 10:00", pauses=[HOLIDAYS]) == "2024-10-13"
    assert _day(CalendarDays(10), "2024-09-25 10:00", pauses=[HOLIDAYS]) == "2024-10-14"


def test_months_wait_for_the_pause():
    """1 month from 25 September and 8 days of pause end on Saturday 2 November, rolled to the 4th."""
    assert _day(Months(1), "2024-09-25 10:00") == "2024-10-25"
    assert _day(Months(1), "2024-09-25 10:00", pauses=[HOLIDAYS]) == "2024-11-04"


def test_time_waits_for_the_pause_to_the_second():
    """72 hours from Friday 10:00, stopped for two days, end on Wednesday 10:00; seconds count."""
    start, stop = at("2024-09-27 10:00"), at("2024-09-28 10:00")

    found = deadline(RealTime(4320), start, CN, pauses=[Pause(stop, stop + timedelta(days=2, seconds=7))])

    assert found.moment == at("2024-10-02 10:00") + timedelta(seconds=7)


def test_working_time_waits_for_the_pause():
    """4 open hours, stopped from 11:00 to 15:00: 1 before, 2:30 after it, half an hour on Sunday."""
    pause = Pause(at("2024-09-27 11:00"), at("2024-09-27 15:00"))

    found = deadline(WorkingTime(240), at("2024-09-27 10:00"), CN, pauses=[pause])

    assert shown(found.moment) == "2024-09-29 09:30"


def test_a_pause_within_a_day_costs_no_day():
    """A stop that begins and ends on one day changes nothing where days are counted."""
    pause = Pause(at("2024-09-29 09:00"), at("2024-09-29 17:00"))

    assert _day(WorkingDays(5), "2024-09-27 10:00", pauses=[pause]) == "2024-10-10"


def test_a_pause_on_the_last_day_ends_with_the_day_it_goes_on():
    """Stopped on the last day, a count ends with the day on which it goes on, or the next working day."""
    worked = Pause(at("2024-10-10 09:00"), at("2024-10-15 09:00"))
    off = Pause(at("2024-10-10 09:00"), at("2024-10-19 09:00"))

    assert _day(WorkingDays(5), "2024-09-27 10:00", pauses=[worked]) == "2024-10-15"
    assert _day(WorkingDays(5), "2024-09-27 10:00", pauses=[off]) == "2024-10-21"


@pytest.mark.parametrize(
    "duration", [WorkingDays(5), CalendarDays(5), RealTime(60), WorkingTime(60), Months(1)]
)
def test_a_pause_after_the_end_changes_nothing(duration):
    """Whoever stops the clock when the time is over comes too late, at the very moment as well."""
    start = at("2024-03-04 10:00")
    plain = deadline(duration, start, CN)
    late = [Pause(plain.moment), Pause(plain.moment + timedelta(days=400 * 365))]

    assert deadline(duration, start, CN, pauses=late[:1]) == plain
    assert deadline(duration, start, CN, pauses=late[1:]) == plain


def test_pauses_that_overlap_are_one():
    """Two reasons to wait at the same time do not wait twice; their order says nothing."""
    parts = [
        Pause(at("2024-10-03 10:00"), at("2024-10-08 10:00")),
        Pause(at("2024-09-30 10:00"), at("2024-10-04 10:00")),
        Pause(at("2024-09-01 10:00"), at("2024-09-02 10:00")),
    ]

    assert _day(WorkingDays(10), "2024-09-25 10:00", pauses=parts) == "2024-10-15"
    assert _day(WorkingDays(10), "2024-09-25 10:00", pauses=parts[::-1]) == "2024-10-15"


def test_a_pause_inside_an_extension_stops_the_extension():
    """5 working days to 8 October, extended by 5: stopped on 9 October, four are left after the 14th."""
    pause = Pause(at("2024-10-09 10:00"), at("2024-10-14 10:00"))

    assert _day(WorkingDays(5), "2024-09-25 10:00") == "2024-10-08"
    found = _day(WorkingDays(5), "2024-09-25 10:00", pauses=[pause], extensions=[WorkingDays(5)])
    assert found == "2024-10-18"


def test_what_is_left_while_the_clock_stands_still():
    """Stopped for good on 30 September, 6 of 10 working days are left, and all of the extensions."""
    pauses = [Pause(at("2024-09-30 10:00"))]
    start = at("2024-09-25 10:00")

    found = deadline(WorkingDays(10), start, CN, pauses=pauses, extensions=[WorkingDays(5), Months(1)])
    time = deadline(WorkingTime(600), start, CN, pauses=pauses)

    assert (found.moment, found.day, found.provisional) == (None, None, False)
    assert found.remaining == (Remaining(11, "working days"), Remaining(1, "months"))
    # 330 minutes on the 25th, 180 on the morning of the 26th, 90 after 14:00.
    assert shown(time.moment) == "2024-09-26 15:30"
    assert found.is_met_at(at("2030-01-01 00:00"))


def test_what_is_left_of_time_is_exact():
    """3 of 5 open hours and 30 seconds have run when the clock stops for good."""
    pause = Pause(at("2024-09-25 15:30") + timedelta(seconds=30))

    found = deadline(WorkingTime(300), at("2024-09-25 10:30"), CN, pauses=[pause])

    assert found.remaining == (Remaining(2 * 3600 - 30, "working seconds"),)


def test_extensions_by_the_clock_are_left_as_well():
    """Stopped after one of two hours, the other and an extension of an hour are left, working time apart."""
    start, pauses = at("2024-09-25 10:00"), [Pause(at("2024-09-25 11:00"))]

    found = deadline(RealTime(120), start, CN, pauses=pauses, extensions=[RealTime(60), WorkingTime(60)])
    days = deadline(RealTime(120), start, CN, pauses=pauses, extensions=[NextWorkingDay(), CalendarDays(3)])

    assert found.remaining == (Remaining(7200, "seconds"), Remaining(3600, "working seconds"))
    assert days.remaining[1:] == (Remaining(1, "working days"), Remaining(3, "days"))


def test_a_clock_that_stands_still_needs_no_later_days():
    """Where nobody knows the end anyhow, days nobody has published are not asked for."""
    pauses = [Pause(at("2026-12-25 10:00"))]

    found = deadline(WorkingDays(15), at("2026-12-20 10:00"), CN, pauses=pauses)

    assert found.remaining == (Remaining(10, "working days"),)
    with pytest.raises(CalendarNotPublished):
        deadline(WorkingDays(15), at("2026-12-20 10:00"), CN)


def test_the_last_moment():
    """24:00 is too late; the very moment is in time "within", not "under"; an office ends when it closes."""
    start = at("2024-09-27 16:00")
    days, hours = deadline(WorkingDays(1), start, CN), deadline(RealTime(60), start, CN)
    under = deadline(RealTime(60, bound="under"), start, CN)
    office = deadline(WorkingDays(1, ends="office"), start, CN)
    earlier = deadline(WorkingDays(1, ends="office", bound="under"), start, CN)

    assert [days.is_met_at(days.moment - NIGHT), days.is_met_at(days.moment)] == [True, False]
    assert [hours.is_met_at(hours.moment), hours.is_met_at(hours.moment + NIGHT)] == [True, False]
    assert [under.is_met_at(under.moment - NIGHT), under.is_met_at(under.moment)] == [True, False]
    assert shown(office.moment) == "2024-09-29 17:30"
    assert [office.is_met_at(office.moment), earlier.is_met_at(office.moment)] == [True, False]


def test_a_day_without_office_hours_ends_at_midnight():
    """Where the last day has no hours, it ends at 24:00 (民法典 §203); a calendar without any is refused."""
    start = at("2024-09-27 10:00")

    found = deadline(CalendarDays(7, roll="none", ends="office"), start, CN)

    assert (found.moment, found.inclusive) == (midnight_after("2024-10-04"), False)
    with pytest.raises(DurationError, match="has no office hours"):
        deadline(WorkingDays(1, ends="office"), start, china())


def test_moments_without_a_zone_are_refused():
    """Start, pauses and the moment that is checked need a zone."""
    bare = datetime.fromisoformat("2024-09-27 10:00")

    with pytest.raises(MomentError, match=r"^start: 2024-09-27 10:00:00 has no zone"):
        deadline(WorkingDays(1), bare, CN)
    with pytest.raises(MomentError, match=r"^pause\.until"):
        Pause(at("2024-09-27 10:00"), bare)
    with pytest.raises(MomentError):
        deadline(WorkingDays(1), at("2024-09-27 10:00"), CN).is_met_at(bare)


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        (WorkingDays(9), 6),  # 26, 27, 29, 30 September; 9, 10 October
        (NextWorkingDay, 6),
        (CalendarDays, 7),  # 26 to 30 September; 9, 10 October
        (Months(1), 7),
        (RealTime, 5 * 1440 + 2 * 1440 + 60),
        (WorkingTime(1), 2400),
    ],
)
def test_what_has_run_leaves_pauses_out(duration, expected):
    """From 25 September 10:00 to 10 October 11:00, stopped from 30 September 10:00 to 8 October 10:00.

    Working time: 330 minutes on the 25th, 390 each on 26, 27 and 29 September (a worked Sunday), 60 on the
    30th; 330 on the 8th, 390 on the 9th and 120 on the 10th of October.
    """
    start, end = at("2024-09-25 10:00"), at("2024-10-10 11:00")

    assert elapsed(duration, start, end, CN, pauses=[HOLIDAYS]) == expected


def test_nothing_runs_before_the_start_or_while_it_stands_still():
    """Before the start nothing has run; while the clock stands still, what had run before."""
    start, pauses = at("2024-09-25 10:00"), [Pause(at("2024-09-27 10:00"))]
    wrong: Any = int

    assert elapsed(WorkingDays, start, start - NIGHT, CN) == 0
    assert elapsed(WorkingDays, start, at("2024-10-20 10:00"), CN, pauses=pauses) == 2
    assert elapsed(RealTime, start, at("2024-10-20 10:00"), CN, pauses=pauses) == 2880
    with pytest.raises(DurationError, match="duration: found <class 'int'>"):
        elapsed(wrong, start, start, CN)


def test_a_deadline_can_explain_itself():
    """Each stretch, make-up day, pause and extension is a step with words in both languages."""
    pauses = [HOLIDAYS, Pause(at("2024-11-30 10:00"))]

    found = deadline(
        WorkingDays(6), at("2024-09-25 10:00"), CN, pauses=pauses, extensions=[CalendarDays(2)], explain=True
    )
    english = "\n".join(render(one, SENTENCES) for one in found.steps)
    chinese = "\n".join(render(one, SENTENCES, lang="zh") for one in found.steps)

    source = f" (source: {CN.sources[5]})"
    assert english.replace(source, "") == (
        "from 2024-09-25 10:00: 6 working days\n"
        "2024-09-25 does not count: the first day never does\n"
        "4 working days from 2024-09-26 to 2024-09-30\n"
        "  2024-09-29 counts: worked in return for National Day\n"
        "stopped from 2024-09-30 10:00 to 2024-10-08 10:00\n"
        "2 working days from 2024-10-09 to 2024-10-10\n"
        "extended by 2 calendar days, counted from 2024-10-10\n"
        "2024-10-10 does not count: the first day never does\n"
        "2 calendar days from 2024-10-11 to 2024-10-12\n"
        "the stop at 2024-11-30 10:00 came after the end and changes nothing\n"
        "ends on 2024-10-12 at 24:00"
    )
    assert "2024-09-29 计入：国庆节调休上班" in chinese
    assert "2024-09-30 10:00 至 2024-10-08 10:00 中止" in chinese


def test_every_sentence_is_used():
    """Every code of the catalogue has a deadline that says it, and no step has a code without a sentence."""
    friday, assuming = at("2024-09-27 16:00"), CN.assuming("weekends")
    stop = [Pause(at("2024-09-30 10:00"))]
    asked = [
        deadline(WorkingDays(5), friday, CN, pauses=[HOLIDAYS], explain=True),
        deadline(WorkingDays(5), friday, CN, pauses=stop, explain=True),
        deadline(RealTime(5), friday, CN, pauses=stop, explain=True),
        deadline(
            RealTime(5, bound="under"), friday, CN, extensions=[RealTime(5, bound="under")], explain=True
        ),
        deadline(CalendarDays(7), friday, CN, explain=True),
        deadline(WorkingDays(500), at("2026-09-27 16:00"), assuming, explain=True),
        deadline(WorkingDays(8), friday, CN, explain=True),
    ]

    codes = {reason.code for one in asked for step in one.steps for reason in step.walk()}

    assert codes == set(SENTENCES)
    assert all(
        render(step, SENTENCES, lang=lang) for one in asked for step in one.steps for lang in ("en", "zh")
    )
    assert deadline(WorkingDays(5), friday, CN).steps == ()
