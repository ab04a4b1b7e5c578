"""What a host can get wrong, and what a file written by somebody from elsewhere relies on."""

from typing import Any

import pytest

from serviceorg.calendars import china
from serviceorg.errors import MomentError, NotInForceError, TicketError, UnknownIdError
from serviceorg.workflow import Refused
from tests.workflow.features.given import Actor, at, flow_of

WANG = Actor("wang")
NOW = at("2024-03-05 09:00")
#: What a type checker would not let pass.
ODD: dict[str, Any] = {"number": 5, "short": [("clerk",)]}
TEXT = """
[workflow]
id = "example/repair"
title = "Repair"
effective = 2024-01-01
basis = "B"
source = "S"

[[slot]]
id = "unit"
kind = "unit"

[[slot]]
id = "handler"

[[field]]
id = "place"

[[state]]
id = "working"
kind = "initial"

[[state]]
id = "done"
kind = "final"

[[opening]]
id = "report"
to = "working"
by = "anyone"
form = ["place"]
sets = { unit = { field = "place" }, handler = "actor" }

[[move]]
id = "take-away"
from = "working"
to = "same"
by = "anyone"
sets = { handler = "nobody" }

[[move]]
id = "finish"
from = "working"
to = "done"
by = "anyone"

[[clock]]
id = "solve"
start = "report"
stop = "done"
limit = { working_days = 5 }
calendar_of = "unit"

[[emit]]
id = "taken"
on = "take-away"
kind = "taken-away"
subject = "handler"

[fact.taken-away]
"""


def opened(flow):
    """Return a ticket of street-1, opened on Mon 4 March 2024."""
    return flow.open("T", by=Actor("wang"), at=at("2024-03-04 09:00"), form={"place": "street-1"}).ticket


def test_a_fact_is_about_whom_the_move_took_from_the_slot():
    """Taking the matter from its handler is told of that handler, though nobody is in the slot afterwards."""
    flow = flow_of(TEXT)

    step = flow.fire(opened(flow), "take-away", by=Actor("head"), at=at("2024-03-05 09:00"))

    assert step.ticket.slots.get("handler", ()) == ()
    assert [(fact.kind, fact.subject) for fact in step.facts] == [("taken-away", "wang")]
    assert step.notes == ()


def test_clocks_are_not_asked_about_a_time_before_the_last_event():
    """How a clock stood before the ticket moved on is not guessed from where it stands now."""
    flow = flow_of(TEXT)
    ticket = flow.fire(opened(flow), "finish", by=Actor("wang"), at=at("2024-03-08 09:00")).ticket

    with pytest.raises(MomentError, match="before the last event"):
        flow.clocks(ticket, at=at("2024-03-07 09:00"))


def test_a_calendar_for_a_unit_that_is_not_there_is_told():
    """A misspelt unit would count by the common calendar in silence, and make the deadline wrong."""
    with pytest.raises(UnknownIdError, match="Did you mean 'street-1'"):
        flow_of(TEXT, calendars={"stret-1": china()})


NAMESAKES = """
[workflow]
id = "example/opinion"
title = "Opinion"
effective = 2024-01-01
basis = "B"
source = "S"

[[field]]
id = "opinion"
title = { zh = "意见", en = "What they say" }

[[state]]
id = "asked"
kind = "initial"

[[state]]
id = "done"
kind = "final"

[[opening]]
id = "ask"
to = "asked"
by = "anyone"

[[move]]
id = "finish"
from = "asked"
to = "done"
by = "anyone"
optional = ["opinion"]
needs = [{ field = "opinion", filled = true }]

[[clock]]
id = "opinion"
title = { zh = "征求意见时限", en = "Time for the opinion" }
start = "ask"
stop = "done"
limit = { working_days = 5 }
"""


def test_a_field_and_a_clock_of_one_id_keep_their_own_titles():
    """A refusal about a field names the field, though a clock has the same id; the clock names itself."""
    flow = flow_of(NAMESAKES)
    ticket = flow.open("T", by=Actor("wang"), at=at("2024-03-04 09:00")).ticket

    with pytest.raises(Refused) as caught:
        flow.fire(ticket, "finish", by=Actor("wang"), at=at("2024-03-05 09:00"))

    assert "fill in What they say" in caught.value.in_("en")
    assert "请填写意见" in caught.value.in_("zh")
    assert flow.clocks(ticket, at=at("2024-03-05 09:00"))["opinion"].title.en == "Time for the opinion"


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (lambda flow, ticket: flow.fire(None, "finish", by=WANG, at=NOW), TicketError, "allowed is a Ticket"),
        (lambda flow, ticket: flow.clocks(5, at=NOW), TicketError, "found 5; allowed is a Ticket"),
        (lambda flow, ticket: flow.moves("T", by=WANG, at=NOW), TicketError, "allowed is a Ticket"),
        (lambda flow, ticket: flow.fire(ticket, ["finish"], by=WANG, at=NOW), UnknownIdError, "no move"),
        (lambda flow, ticket: flow.fire(ticket, "finish", by="wang", at=NOW), TicketError, "an Actor"),
        (lambda flow, ticket: Actor("wang", ODD["number"]), TicketError, "found 5; allowed are posts like"),
        (lambda flow, ticket: Actor("wang", ODD["short"]), TicketError, "allowed is a post like"),
        (lambda flow, ticket: Actor("wang", [""]), TicketError, "allowed is a post like"),
    ],
    ids=["fire", "clocks", "moves", "move", "actor", "posts", "short post", "empty post"],
)
def test_a_wrong_type_is_told_in_words(call, error, text):
    """What is no ticket, move, actor or post is refused by an error that says what is allowed."""
    flow = flow_of(TEXT)
    ticket = opened(flow)

    with pytest.raises(error, match=text):
        call(flow, ticket)


def test_one_that_is_no_ticket_does_not_end_a_sweep():
    """The others are ticked; what was wrong comes at the end, with what it was."""
    flow = flow_of(TEXT.replace("[[emit]]", DUE + "[[emit]]"))
    steps = []

    with pytest.raises(ExceptionGroup) as caught:
        steps.extend(flow.tick_many([None, opened(flow)], at=at("2024-03-20 09:00")))

    assert [event.move for step in steps for event in step.events] == ["solve.late"]
    assert [str(one) for one in caught.value.exceptions] == ["found None; allowed is a Ticket"]
    assert caught.value.exceptions[0].__notes__ == ["ticket None"]


DUE = """
[[clock.tier]]
id = "late"
at = "due"
"""


def test_a_workflow_that_is_not_in_force_yet_says_the_day_of_the_place():
    """The first hours of a day in China are still the day before elsewhere; the message says China's."""
    flow = flow_of(TEXT.replace("effective = 2024-01-01", "effective = 2024-01-02"))

    with pytest.raises(NotInForceError, match="from 2024-01-02 on, not on 2024-01-01"):
        flow.open("T", by=WANG, at=at("2024-01-01 02:00"), form={"place": "street-1"})
