from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.errors import CalendarNotPublished
from tests.workflow.clocked import FIVE, NO_EXTENSION, WHO, at, clocked, lived, shown, started, told
from tests.workflow.features.given import CN

TIERS = """
[[clock.tier]]
id = "soon"
before = { working_days = 2 }
colour = "yellow"

[[clock.tier]]
id = "hours"
before = { working_hours = 4 }

[[clock.tier]]
id = "over"
at = "due"
colour = "red"

[[clock.tier]]
id = "nag"
after = { working_days = 1 }
every = { working_days = 1 }
times = 3

[[clock.tier]]
id = "last"
after = { days = 10 }
colour = "black"
"""


def test_tiers_act_at_moments_worked_out_by_hand():
    """From Thursday 26 September, due with Wednesday 9 October: before, at, after and again and again.

    Two working days before the 9th is the 30th of September; four office hours before its end begin at 11:30;
    one, two and three working days after are 10, 11 and 12 October, a make-up Saturday; ten days the 19th.
    """
    flow = clocked(FIVE + TIERS)
    ticket = started(flow, "2024-09-26 09:00")

    step = flow.tick(ticket, at=at("2024-11-30 09:00"))

    assert [(one.move.removeprefix("limit."), shown(one.at)) for one in step.events] == [
        ("soon", "2024-09-30 00:00"),
        ("hours", "2024-10-09 11:30"),
        ("over", "2024-10-10 00:00"),
        ("nag", "2024-10-11 00:00"),
        ("nag", "2024-10-12 00:00"),
        ("nag", "2024-10-13 00:00"),
        ("last", "2024-10-20 00:00"),
    ]
    assert all(one.by == "clock" for one in step.events)
    assert flow.replay("T", step.ticket.history) == step.ticket


def test_a_tick_does_what_is_due_and_nothing_twice():
    """Ticked day by day or once at the end, the same tiers act at the same moments."""
    flow = clocked(FIVE + TIERS)
    ticket = started(flow, "2024-09-26 09:00")
    whole = flow.tick(ticket, at=at("2024-11-30 09:00")).ticket

    for number in range(60):
        ticket = flow.tick(ticket, at=at("2024-09-26 09:00") + timedelta(days=number)).ticket

    assert ticket == whole


@given(st.lists(st.integers(0, 60 * 24 * 30), max_size=8))
def test_the_hours_of_ticking_do_not_matter(minutes):
    """However a host spreads its ticks, the ticket that comes out after the last tier is the same."""
    ticket = started(TIERED, "2024-09-26 09:00")
    whole = TIERED.tick(ticket, at=at("2024-11-30 09:00")).ticket

    for minute in sorted(minutes):
        ticket = TIERED.tick(ticket, at=at("2024-09-26 09:00") + timedelta(minutes=minute)).ticket

    assert TIERED.tick(ticket, at=at("2024-11-30 09:00")).ticket == whole


TIERED = clocked(FIVE + TIERS)


@pytest.mark.parametrize(
    "limit", ["{ working_days = 5 }", "{ hours = 24 }", '{ hours = 24, bound = "under" }']
)
def test_a_tick_at_the_next_wakeup_always_acts(limit):
    """A host that always sleeps until the next wake-up comes to the end and misses nothing."""
    flow = clocked(f"limit = {limit}\n{TIERS}", drop=NO_EXTENSION)
    ticket = started(flow, "2024-11-04 09:00")
    whole = flow.tick(ticket, at=at("2024-12-31 09:00")).ticket

    wakes = 0
    while (moment := flow.next_wakeup(ticket)) is not None:
        step = flow.tick(ticket, at=moment)
        assert step.events
        ticket = step.ticket
        wakes += 1

    assert wakes == 7
    assert ticket == whole


def test_a_stopped_or_paused_clock_wakes_nobody():
    """What has been done or stands still calls for no warning; going on, it does again."""
    flow = clocked(FIVE + 'pause = "waiting"\n' + TIERS)
    ticket = started(flow, "2024-11-04 09:00")

    stopped = lived(flow, ticket, *told("solve 11-05 09:00"))
    paused = lived(flow, ticket, *told("hold 11-05 09:00"))
    running = lived(flow, paused, *told("go 11-06 09:00"))

    assert flow.next_wakeup(stopped) is flow.next_wakeup(paused) is None
    assert flow.tick(paused, at=at("2024-12-31 09:00")).events == ()
    # Four days were left on 6 November: 7, 8, 11, 12; two working days before the 12th is the 8th.
    assert shown(flow.next_wakeup(running)) == "2024-11-08 00:00"


def test_a_new_run_warns_anew():
    """Tiers act once a run: after a restart they act again."""
    flow = clocked(FIVE + 'again = "restart"\n' + TIERS)
    ticket = flow.tick(started(flow, "2024-11-01 09:00"), at=at("2024-11-06 09:00")).ticket

    ticket = lived(flow, ticket, *told("solve 11-07 09:00", "go 11-08 09:00"))

    assert shown(flow.next_wakeup(ticket)) == "2024-11-13 00:00"


def test_days_nobody_has_published_are_told_and_never_guessed():
    """Trap 17: a deadline beyond the published calendar is an error; moves are possible all the same."""
    last = CN.published_through
    flow = clocked(FIVE + TIERS)
    ticket = started(flow, f"{last} 09:00")

    with pytest.raises(CalendarNotPublished, match="Add the year's file"):
        flow.clocks(ticket, at=at(f"{last} 10:00"))
    step = flow.fire(ticket, "solve", by=WHO, at=at(f"{last} 11:00"))

    assert step.ticket.state == "solved"
    # The host is woken when the known days are over, and then told that it cannot be known.
    wake = flow.next_wakeup(ticket)
    assert wake == CN.end_of(last)
    with pytest.raises(CalendarNotPublished):
        flow.tick(ticket, at=wake)
