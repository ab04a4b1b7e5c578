from datetime import timedelta

import pytest

from serviceorg.calendars import Hours, china
from serviceorg.errors import DurationError, UnknownIdError
from serviceorg.workflow import Refused
from tests.workflow.clocked import (
    BODY,
    CLOCK,
    FIVE,
    NO_EXTENSION,
    WHO,
    at,
    clock,
    clocked,
    due,
    flow_of,
    lived,
    started,
    told,
)
from tests.workflow.features.given import CN, day

DAYS = clocked(FIVE)


def test_a_clock_that_has_not_started_says_so():
    """Before its start a clock has no deadline, no turn and the verdict "not-started"."""
    ticket = DAYS.open("T", by=WHO, at=at("2024-09-26 09:00")).ticket

    state = clock(DAYS, ticket, "2024-12-01 09:00")

    assert (state.verdict, state.deadline, state.turn, state.started) == ("not-started", None, 0, None)
    assert DAYS.next_wakeup(ticket) is None


def test_the_verdict_turns_at_the_end_of_the_last_day():
    """From 26 September five working days end with 9 October: a microsecond divides in time from overdue."""
    ticket = started(DAYS, "2024-09-26 09:00")
    end = at("2024-10-10 00:00")

    before = DAYS.clocks(ticket, at=end - timedelta(microseconds=1))["limit"]
    after = DAYS.clocks(ticket, at=end)["limit"]

    assert (before.verdict, after.verdict) == ("in-time", "overdue")
    assert before.deadline.moment == end


def test_a_stopped_clock_keeps_its_verdict_for_ever():
    """Met stays met and late stays late, whenever it is asked."""
    ticket = started(DAYS, "2024-09-26 09:00")

    met = lived(DAYS, ticket, *told("solve 10-09 23:59:59"))
    late = lived(DAYS, ticket, *told("solve 10-10 00:00"))

    for moment in ("2024-10-10 09:00", "2026-12-31 09:00"):
        assert clock(DAYS, met, moment).verdict == "met"
        assert clock(DAYS, late, moment).verdict == "late"


def test_a_cancelled_clock_says_nothing_and_a_new_start_is_a_new_run():
    """What is cancelled has neither deadline nor verdict; the next start is the second run."""
    flow = clocked(FIVE + 'cancel = "drop"\n')
    ticket = lived(flow, started(flow, "2024-09-26 09:00"), *told("drop 09-27 09:00"))

    cancelled = clock(flow, ticket, "2024-12-01 09:00")
    ticket = lived(flow, ticket, *told("hold 11-01 09:00", "go 11-04 09:00"))

    assert (cancelled.verdict, cancelled.deadline) == ("cancelled", None)
    assert clock(flow, ticket, "2024-11-04 09:00").turn == 2
    assert due(flow, ticket, "2024-11-04 09:00") == "2024-11-12 00:00"


def test_a_reset_begins_the_limit_anew_while_it_runs():
    """From the reset on Monday 4 November five working days end with the 11th; old pauses are forgotten."""
    flow = clocked(FIVE + 'reset = "urgent"\npause = "waiting"\n')
    ticket = lived(flow, started(flow, "2024-10-28 09:00"), *told("hold 10-29 09:00", "go 11-01 09:00"))

    ticket = lived(flow, ticket, *told("urgent 11-04 09:00"))

    assert due(flow, ticket, "2024-11-04 09:00") == "2024-11-12 00:00"
    assert clock(flow, ticket, "2024-11-04 09:00").turn == 2


def test_a_start_while_it_runs_changes_nothing():
    """Entering the starting state again does not begin a running clock anew."""
    ticket = lived(DAYS, started(DAYS, "2024-09-26 09:00"), *told("hold 09-27 09:00", "go 09-30 09:00"))

    assert due(DAYS, ticket, "2024-09-30 09:00") == "2024-10-10 00:00"
    assert clock(DAYS, ticket, "2024-09-30 09:00").turn == 1


AGAIN = [
    ("keep", "", "2024-11-09 00:00", "met"),
    ("continue", "", "2024-11-13 00:00", "in-time"),
    ("restart", "", "2024-11-16 00:00", "in-time"),
    ("grace", "grace = { days = 1 }\n", "2024-11-12 00:00", "in-time"),
]


@pytest.mark.parametrize(("again", "grace", "moment", "verdict"), AGAIN)
def test_a_reopened_clock_does_what_was_declared(again, grace, moment, verdict):
    """Trap 23: started 1 November, solved on the 6th with two days left, reopened on Friday the 8th.

    Kept; two more working days (11, 12); five new ones (11 to 15); one day of grace, rolled to the 11th.
    """
    flow = clocked(FIVE + f'again = "{again}"\n{grace}')

    ticket = lived(flow, started(flow, "2024-11-01 09:00"), *told("solve 11-06 09:00", "go 11-08 09:00"))

    assert due(flow, ticket, "2024-11-08 09:00") == moment
    assert clock(flow, ticket, "2024-11-08 09:00").verdict == verdict


def test_the_first_run_counts_for_a_clock_that_is_kept():
    """Trap 23: a late first solution stays late, however quick the second is."""
    ticket = lived(
        DAYS,
        started(DAYS, "2024-11-01 09:00"),
        *told("solve 11-09 00:00", "go 11-11 09:00", "solve 11-11 10:00"),
    )

    state = clock(DAYS, ticket, "2024-11-12 09:00")

    assert (state.verdict, state.stopped) == ("late", at("2024-11-09 00:00"))


LIMITS = [
    ("{ minutes = 30 }", "2024-09-26 16:30"),
    ("{ hours = 24 }", "2024-09-27 16:00"),
    ("{ working_minutes = 30 }", "2024-09-26 16:30"),
    ("{ working_hours = 2 }", "2024-09-27 09:30"),
    ("{ working_days = 3 }", "2024-10-01 00:00"),
    ('{ working_days = 3, ends = "office" }', "2024-09-30 17:30"),
    ("{ days = 5 }", "2024-10-09 00:00"),
    ('{ days = 5, roll = "none" }', "2024-10-02 00:00"),
    ('{ days = 5, roll = "previous" }', "2024-10-01 00:00"),
    ("{ months = 1 }", "2024-10-29 00:00"),
    ('{ months = 1, roll = "none" }', "2024-10-27 00:00"),
    ("{ next_working_day = true }", "2024-09-28 00:00"),
]


@pytest.mark.parametrize(("limit", "moment"), LIMITS)
def test_every_kind_of_limit_counts_its_own_way(limit, moment):
    """Traps 17 to 20, from Thursday 26 September 2024, 16:00; the office is open 9 to 12 and 14 to 17:30.

    The 29th and 30th of September are worked, 1 to 7 October are off; 26 October is a Saturday.
    """
    flow = clocked(f"limit = {limit}\n", drop=NO_EXTENSION)

    ticket = started(flow, "2024-09-26 16:00")

    assert due(flow, ticket, "2024-09-26 16:00") == moment


@pytest.mark.parametrize(
    ("limit", "verdict"),
    [("{ hours = 2 }", "met"), ('{ hours = 2, bound = "under" }', "late")],
)
def test_the_last_moment_is_in_time_unless_the_rule_says_less_than(limit, verdict):
    """以内 includes the last moment, 不满 does not."""
    flow = clocked(f"limit = {limit}\n", drop=NO_EXTENSION)

    ticket = lived(flow, started(flow, "2024-11-04 09:00"), *told("solve 11-04 11:00"))

    assert clock(flow, ticket, "2024-11-04 12:00").verdict == verdict


BY_CLASS = """
[clock.limit]
by = "class"
table = { consult = { working_days = 1 }, complaint = { working_days = 10 } }
other = { days = 2 }
or_later = "statutory"
"""


@pytest.mark.parametrize(
    ("form", "moment"),
    [
        ({"class": "consult"}, "2024-11-06 00:00"),
        ({"class": "complaint"}, "2024-11-19 00:00"),
        ({"class": "rest"}, "2024-11-07 00:00"),
        ({}, "2024-11-07 00:00"),
        ({"class": "consult", "statutory": day("2024-11-30")}, "2024-12-01 00:00"),
        ({"class": "complaint", "statutory": day("2024-11-08")}, "2024-11-19 00:00"),
    ],
)
def test_a_limit_is_looked_up_and_a_longer_statutory_one_prevails(form, moment):
    """W9: from Monday 4 November by class, the rest two days; the later of it and the statutory day holds."""
    flow = clocked(BY_CLASS)

    ticket = started(flow, "2024-11-04 09:00", **form)

    assert due(flow, ticket, "2024-11-04 09:00") == moment


def test_a_new_class_changes_the_limit_of_a_running_clock_and_not_its_start():
    """Reclassed from consult to complaint on the second day, the ten working days count from the first."""
    flow = clocked(BY_CLASS)
    ticket = started(flow, "2024-11-04 09:00", **{"class": "consult"})

    ticket = flow.fire(
        ticket, "reclass", by=WHO, at=at("2024-11-05 09:00"), form={"class": "complaint"}
    ).ticket

    assert due(flow, ticket, "2024-11-05 09:00") == "2024-11-19 00:00"
    assert flow.replay("T", ticket.history) == ticket


def test_a_new_class_does_not_touch_a_clock_that_has_stopped():
    """The verdict of a clock that was met in time is not taken back by a later form."""
    flow = clocked(BY_CLASS)
    ticket = lived(
        flow, started(flow, "2024-11-04 09:00", **{"class": "complaint"}), *told("solve 11-12 09:00")
    )

    ticket = flow.fire(ticket, "reclass", by=WHO, at=at("2024-11-13 09:00"), form={"class": "consult"}).ticket

    assert clock(flow, ticket, "2024-11-13 09:00").verdict == "met"


def test_a_limit_may_be_the_day_in_a_field():
    """A day lasts until its end, worked or not; without a day there is no limit until one is filled in."""
    flow = clocked('limit = { until = "end" }\n')
    bare = started(flow, "2024-11-04 09:00")

    filled = flow.fire(
        bare, "reclass", by=WHO, at=at("2024-11-05 09:00"), form={"end": day("2024-11-09")}
    ).ticket

    assert clock(flow, bare, "2026-11-05 09:00").verdict == "in-time"
    assert clock(flow, bare, "2026-11-05 09:00").deadline is None
    assert due(flow, filled, "2024-11-05 09:00") == "2024-11-10 00:00"


def test_a_limit_in_a_field_is_not_moved_by_a_pause():
    """What must be done by a day must be done by that day, however long the ticket waited."""
    flow = clocked('limit = { until = "end" }\npause = "waiting"\n')
    ticket = started(flow, "2024-11-04 09:00", end=day("2024-11-09"))

    ticket = lived(flow, ticket, *told("hold 11-05 09:00", "go 11-08 09:00"))

    assert due(flow, ticket, "2024-11-08 09:00") == "2024-11-10 00:00"


@pytest.mark.parametrize(
    ("since", "form", "moment"),
    [
        ("letter", {"letter": day("2024-10-31")}, "2024-11-08 00:00"),
        ("letter", {"letter": day("2024-11-06")}, "2024-11-14 00:00"),
        ("letter", {}, "2024-11-12 00:00"),
        ("call", {"call": at("2024-11-01 23:30")}, "2024-11-09 00:00"),
    ],
)
def test_a_clock_may_count_from_a_day_in_a_field(since, form, moment):
    """W9: five working days from the letter's day, before or after the start; else from the start."""
    flow = clocked(FIVE + f'since = "{since}"\n')

    ticket = started(flow, "2024-11-04 09:00", **form)

    assert due(flow, ticket, "2024-11-04 09:00") == moment


def test_an_extension_counts_from_the_old_due_day():
    """Trap 21: five more after 9 October are 10, 11, 12, 14 and 15 October, whenever they are asked for."""
    ticket = started(DAYS, "2024-09-26 09:00")

    early = lived(DAYS, ticket, *told("extend 09-26 10:00"))
    late = lived(DAYS, ticket, *told("extend 10-09 23:00"))
    twice = lived(DAYS, early, *told("extend 10-10 09:00"))

    assert due(DAYS, early, "2024-10-10 09:00") == due(DAYS, late, "2024-10-10 09:00") == "2024-10-16 00:00"
    assert due(DAYS, twice, "2024-10-10 09:00") == "2024-10-23 00:00"


@pytest.mark.parametrize(
    ("limit", "moment"),
    [
        ("{ working_days = 5 }", "2024-10-13 00:00"),
        ("{ days = 5 }", "2024-10-12 00:00"),
        ('{ days = 5, roll = "none" }', "2024-10-05 00:00"),
    ],
)
def test_days_in_a_field_are_of_the_clock_s_own_kind(limit, moment):
    """Three days more from 26 September: 10, 11, 12 October; 9, 10, 11 October; 2, 3, 4 October."""
    flow = clocked(f"limit = {limit}\n")
    ticket = started(flow, "2024-09-26 09:00")

    ticket = flow.fire(ticket, "extend-days", by=WHO, at=at("2024-09-27 09:00"), form={"days": 3}).ticket

    assert due(flow, ticket, "2024-09-27 09:00") == moment


def test_an_extension_while_the_clock_stands_still_is_added_to_what_is_left():
    """W11 with W10: paused with four of five days left and extended by five, nine are left; then they run."""
    flow = clocked(FIVE + 'pause = "waiting"\n')
    ticket = lived(flow, started(flow, "2024-10-28 09:00"), *told("hold 10-29 09:00", "extend 10-30 09:00"))

    remaining = clock(flow, ticket, "2024-10-31 09:00").deadline.remaining
    ticket = lived(flow, ticket, *told("go 11-01 09:00"))

    assert [(one.amount, one.unit) for one in remaining] == [(9, "working days")]
    # 4 to 7 November are the four that were left, 8 to 14 November the five more.
    assert due(flow, ticket, "2024-11-01 09:00") == "2024-11-15 00:00"


def test_an_extension_counts_from_the_statutory_day_too():
    """Trap 21: where the statutory day prevails, five working days more are the five after it."""
    flow = clocked('limit = { working_days = 5, or_later = "statutory" }\n')
    ticket = started(flow, "2024-11-01 09:00", statutory=day("2024-11-29"))

    ticket = lived(flow, ticket, *told("extend 11-20 09:00"))

    # 2 to 6 December.
    assert due(flow, ticket, "2024-11-20 09:00") == "2024-12-07 00:00"


def test_what_has_no_limit_cannot_be_extended():
    """A clock whose last day has not been filled in has nothing that could be longer."""
    flow = clocked('limit = { until = "end" }\n')

    with pytest.raises(Refused) as caught:
        flow.fire(started(flow, "2024-11-04 09:00"), "extend", by=WHO, at=at("2024-11-05 09:00"))

    assert caught.value.codes == ("no-extension",)


def test_a_limit_in_a_field_is_extended_from_its_day():
    """Five working days after Friday 8 November end with the 15th."""
    flow = clocked('limit = { until = "end" }\n')
    ticket = started(flow, "2024-11-01 09:00", end=day("2024-11-08"))

    ticket = lived(flow, ticket, *told("extend 11-04 09:00"))

    assert due(flow, ticket, "2024-11-04 09:00") == "2024-11-16 00:00"


def test_what_was_overdue_before_a_pause_stays_overdue():
    """A pause after the last day changes nothing; one on the last day leaves the day on which it goes on."""
    flow = clocked(FIVE + 'pause = "waiting"\n')
    ticket = started(flow, "2024-11-01 09:00")

    late = lived(flow, ticket, *told("hold 11-12 09:00"))
    last = lived(flow, ticket, *told("hold 11-08 09:00", "go 11-18 09:00"))

    assert clock(flow, late, "2024-11-20 09:00").verdict == "overdue"
    assert due(flow, last, "2024-11-18 10:00") == "2024-11-19 00:00"


@pytest.mark.parametrize("days", [0, 11])
def test_more_days_than_the_rule_allows_are_no_extension(days):
    """The field asks for at least one and at most ten days; the refusal says so."""
    ticket = started(DAYS, "2024-09-26 09:00")

    with pytest.raises(Refused) as caught:
        DAYS.fire(ticket, "extend-days", by=WHO, at=at("2024-09-27 09:00"), form={"days": days})

    assert caught.value.codes == ("no-extension",)
    assert "from 1 to 10" in str(caught.value)


def test_a_pause_in_two_states_is_one_pause():
    """Trap 22: from waiting straight to testing the clock stands still throughout, over the holiday too.

    27 September has run; 9 to 12 October are the other four, the day of going on not counted.
    """
    flow = clocked(FIVE + 'pause = ["waiting", "testing"]\n')
    ticket = started(flow, "2024-09-26 09:00")

    ticket = lived(flow, ticket, *told("hold 09-27 09:00", "test 09-30 09:00"))
    paused = clock(flow, ticket, "2024-10-05 09:00")
    ticket = lived(flow, ticket, *told("go 10-08 09:00"))

    assert (paused.is_paused, paused.deadline.moment) == (True, None)
    assert due(flow, ticket, "2024-10-08 09:00") == "2024-10-13 00:00"


def test_a_holiday_inside_a_pause_is_not_added_again():
    """Trap 22: stopped from 30 September to 8 October, the limit moves from the 9th to the 10th."""
    flow = clocked(FIVE + 'pause = "waiting"\n')

    ticket = lived(flow, started(flow, "2024-09-26 09:00"), *told("hold 09-30 09:00", "go 10-08 09:00"))

    assert due(flow, ticket, "2024-10-08 09:00") == "2024-10-11 00:00"


def test_a_pause_in_real_time_is_added_to_the_second():
    """Of 24 hours ten have run; after the pause the other fourteen run from the moment it goes on."""
    flow = clocked('limit = { hours = 24 }\npause = "waiting"\n', drop=NO_EXTENSION)
    ticket = started(flow, "2024-11-04 09:00")

    ticket = lived(flow, ticket, *told("hold 11-04 19:00", "go 11-06 08:30:15"))

    assert due(flow, ticket, "2024-11-06 09:00") == "2024-11-06 22:30"


def test_a_clock_that_starts_in_a_paused_state_stands_still_from_the_start():
    """A start that leads into a state that does not count uses up nothing."""
    flow = clocked(FIVE + 'pause = "working"\n')

    state = clock(flow, started(flow, "2024-11-04 09:00"), "2024-11-20 09:00")

    assert (state.verdict, state.is_paused, state.deadline.moment) == ("in-time", True, None)


def test_the_calendar_of_a_unit_is_used_for_the_unit_and_all_below_it():
    """A unit with a calendar of its own counts by it, a grid below it too, another by the definition's."""
    plain = china(hours=Hours.daily("00:00-24:00"))
    flow = clocked(
        'limit = { working_hours = 24 }\ncalendar_of = "unit"\n',
        calendars={"street-1": plain},
        drop=NO_EXTENSION,
    )

    dues = {
        unit: due(flow, started(flow, "2024-11-04 12:00", unit=unit), "2024-11-04 12:00")
        for unit in ("street-1", "grid-1", "street-2")
    }

    # Day and night: 24 hours on. The office of the others is open 6.5 hours a day: 3.5 on the 4th,
    # 6.5 each on the 5th, 6th and 7th, and the last hour on the 8th.
    assert dues == {
        "street-1": "2024-11-05 12:00",
        "grid-1": "2024-11-05 12:00",
        "street-2": "2024-11-08 10:00",
    }


def test_days_that_are_assumed_are_marked_as_provisional():
    """Who accepts provisional days gets a deadline that says it is one."""
    last = CN.published_through
    flow = clocked(FIVE, calendars={"cn": CN.assuming("weekends")})
    ticket = started(flow, f"{last} 09:00")

    state = flow.clocks(ticket, at=at(f"{last} 10:00"))["limit"]

    assert state.deadline.provisional


def test_office_time_needs_office_hours():
    """A limit in working hours cannot be counted by a calendar without hours: an error, not a guess."""
    with pytest.raises(
        DurationError, match="clock 'limit': 2 working hours by office hours; calendar 'cn' has none"
    ):
        clocked("limit = { working_hours = 2 }\n", calendars={"cn": china()}, drop=NO_EXTENSION)


def test_who_answers_for_a_clock_is_in_its_state():
    """The state of a clock names who is in the slot of its holder."""
    flow = clocked(FIVE + 'holder = "holder"\n')

    assert clock(flow, started(flow, "2024-11-04 09:00"), "2024-11-05 09:00").holder == "c"


def test_a_clock_without_its_calendar_is_told_when_the_flow_is_made():
    """A calendar of another name is missed at once, with the names that are there."""
    text = (BODY + CLOCK + FIVE).replace("EXTENSION", "{ working_days = 5 }")

    with pytest.raises(UnknownIdError, match="there is no calendar 'uk'; known are 'cn'"):
        flow_of(text.replace('source = "S"', 'source = "S"\ncalendar = "uk"', 1))
