"""What a host can get wrong, and what a file written by somebody from elsewhere relies on."""

import pytest

from serviceorg.calendars import china
from serviceorg.errors import MomentError, UnknownIdError
from serviceorg.workflow import Refused
from tests.workflow.features.given import Actor, at, flow_of

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
