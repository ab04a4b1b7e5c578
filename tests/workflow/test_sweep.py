"""Many tickets ticked at once: the sweep asks about few of them, and must answer for all as if it asked."""

from datetime import timedelta
from random import Random

import pytest

from serviceorg.errors import CalendarNotPublished
from serviceorg.workflow import Child
from tests.workflow.clocked import FIVE, NO_EXTENSION, WHO, at, clocked, started

FIRST = at("2024-09-09 00:00")
DAYS = 35  # over Mid-Autumn and the National Day, with their make-up Saturdays
TIERS = """
pause = "waiting"
again = "continue"
[[clock.tier]]
id = "soon"
before = { working_days = 1 }
[[clock.tier]]
id = "over"
at = "due"
[[clock.tier]]
id = "nag"
after = { days = 2 }
every = { working_days = 1 }
times = 2
"""
EXPIRES = """
[[clock.tier]]
id = "over"
at = "due"
move = "expire"

[[move]]
id = "expire"
from = "working"
to = "closed"
by = "clock"
needs = [{ children = "all", in = ["b"] }]
"""
LIMITS = (
    "{ working_days = 5 }",
    "{ days = 7, roll = 'next' }",
    "{ days = 7, roll = 'previous' }",
    "{ months = 1 }",
    "{ hours = 30 }",
    "{ working_hours = 12 }",
    "{ next_working_day = true }",
)


def several(flow, count=150):
    """Return tickets begun at any minute of some weeks; of four, one is paused, one went on, one ticked."""
    luck, found = Random(11), []
    for number in range(count):
        begun = FIRST + timedelta(minutes=luck.randrange(DAYS * 24 * 60))
        ticket = flow.open(f"T-{number}", by=WHO, at=begun).ticket
        ticket = flow.fire(ticket, "go", by=WHO, at=begun).ticket
        if number % 4 in (1, 2):
            ticket = flow.fire(ticket, "hold", by=WHO, at=begun).ticket
        if number % 4 == 2:
            ticket = flow.fire(ticket, "go", by=WHO, at=begun + timedelta(hours=30)).ticket
        if number % 4 == 3:
            ticket = flow.tick(ticket, at=begun + timedelta(days=luck.randrange(20))).ticket
        found.append(ticket)
    return found


@pytest.mark.parametrize("limit", LIMITS)
def test_a_sweep_finds_what_single_ticks_find(limit):
    """Whatever the limit, the starts and the moment: the steps of a sweep are those of one tick each."""
    flow = clocked(f"limit = {limit}\n{TIERS}", drop=NO_EXTENSION)
    tickets = several(flow)
    late = max(ticket.last_at for ticket in tickets)

    for days in (0, 0.4, 1, 3, 8, 30):
        moment = late + timedelta(days=days)
        single = [flow.tick(ticket, at=moment) for ticket in tickets]

        assert list(flow.tick_many(tickets, at=moment)) == [step for step in single if step.events]


def test_after_a_sweep_the_next_has_nothing_to_do():
    """What a sweep has done is done: swept again at the same moment, nothing is yielded."""
    flow = clocked(FIVE + TIERS)
    moment = at("2024-11-30 09:00")

    ticked = [step.ticket for step in flow.tick_many(several(flow), at=moment)]

    assert ticked
    assert list(flow.tick_many(ticked, at=moment)) == []


def test_a_move_that_is_owed_is_made_once_the_children_are_told():
    """A move that fell due while a child was open is made by the sweep that hears it is closed."""
    flow = clocked(FIVE + EXPIRES)
    ticket = started(flow, "2024-11-04 09:00")
    moment, later = at("2024-11-30 09:00"), at("2024-12-02 09:00")
    children = {
        "open": [Child(id="c", state="a", is_closed=False)],
        "closed": [Child(id="c", state="b", is_closed=True)],
    }

    owing = flow.tick(ticket, at=moment, children=children["open"]).ticket
    still = list(flow.tick_many([owing], at=later, children_of=lambda _: children["open"]))
    made = list(flow.tick_many([owing], at=later, children_of=lambda _: children["closed"]))

    assert (owing.state, still) == ("working", [])
    assert [step.ticket.state for step in made] == ["closed"]


def test_errors_of_single_tickets_come_at_the_end():
    """A deadline nobody can know any more is an error of that ticket alone, named with its id."""
    flow = clocked(FIVE + TIERS)
    through = flow.calendars["cn"].published_through
    beyond = started(flow, f"{through} 09:00")
    good = started(flow, "2024-09-26 09:00")
    swept = flow.tick_many([beyond, good], at=at(f"{through + timedelta(days=60)} 09:00"))

    first = next(swept)

    assert first.ticket.event(0).at == good.event(0).at
    with pytest.raises(ExceptionGroup) as caught:
        next(swept)
    assert [type(error) for error in caught.value.exceptions] == [CalendarNotPublished]
