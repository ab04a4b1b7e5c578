"""What a review of the engine has found, each once: laws that had been broken."""

import json

import pytest

from serviceorg.errors import TicketError
from serviceorg.model import Units
from serviceorg.workflow import Child, Refused
from tests.workflow.clocked import FIVE, WHO, clock, clocked, due, started, told
from tests.workflow.features.given import UNITS, Actor, at, day, flow_of, lived, shown

HEAD = Actor("h", "head@city", "city")


def tier(name, when, rest=""):
    """Return a tier of the clock "limit"."""
    return f'\n[[clock.tier]]\nid = "{name}"\n{when}\n{rest}\n'


def acted(step):
    """Return the tiers and moves of a step with their moments, as the wall clock shows them."""
    return [(event.move, shown(event.at)) for event in step.events]


LAPSE = """
[[move]]
id = "lapse"
from = "@open"
to = "closed"
by = "clock"
"""


@pytest.mark.parametrize(
    ("rest", "hold"),
    [
        (
            'limit = { until = "end" }\npause = "waiting"\n' + tier("over", 'at = "due"', 'move = "lapse"'),
            "03-05",
        ),
        (
            "limit = { working_days = 1 }\npause = 'waiting'\n"
            + tier("over", "after = { days = 3 }", 'move = "lapse"'),
            "03-06",
        ),
    ],
    ids=["until a day", "after the due day"],
)
def test_a_paused_clock_wakes_nobody(rest, hold):
    """While a clock is paused its tiers do nothing, be the deadline a fixed date or be it over."""
    flow = clocked(rest + LAPSE)
    ticket = started(flow, "2024-03-04 09:00", end=day("2024-03-08"))
    ticket = lived(flow, ticket, ("hold", WHO, f"2024-{hold} 09:00"))

    assert flow.next_wakeup(ticket) is None
    assert flow.tick(ticket, at=at("2024-03-20 09:00")).events == ()


LATE = """
[[emit]]
id = "late"
on = "limit.due"
kind = "overdue"
subject = "holder"

[[notice]]
id = "late"
on = "limit.due"
to = "holder"
text = "late"

[fact.overdue]
"""


def test_what_fell_due_is_said_whether_or_not_the_host_ticked():
    """A fact of a late tier is told once, with the move that comes first after it if nobody ticked before."""
    flow = clocked(FIVE + tier("due", 'at = "due"') + LATE)
    ticket = started(flow, "2024-03-04 09:00")  # Monday; five working days end on 11 March at 24:00

    step = flow.fire(ticket, "close", by=WHO, at=at("2024-03-12 09:00"))

    assert acted(step) == [("limit.due", "2024-03-12 00:00"), ("close", "2024-03-12 09:00")]
    assert [(fact.kind, fact.subject) for fact in step.facts] == [("overdue", "c")]
    assert [message.notice for message in step.notices] == ["late"]
    assert flow.tick(step.ticket, at=at("2024-03-13 09:00")).events == ()


FAR = tier("far", "after = { working_days = 20 }", 'colour = "red"')


def test_a_deadline_that_is_known_is_told_in_december():
    """A tier beyond the published calendar keeps nobody from being told the deadline before it."""
    flow = clocked(FIVE + FAR)
    ticket = started(flow, "2026-12-14 09:00")  # Monday; 15, 16, 17, 18 and 21 December

    assert due(flow, ticket, "2026-12-15 09:00") == "2026-12-22 00:00"
    assert clock(flow, ticket, "2026-12-15 09:00").verdict == "in-time"


def test_a_far_tier_does_not_hide_a_near_one():
    """A tier written first, and beyond the published calendar, lets the next one act on its day."""
    flow = clocked(FIVE + FAR + tier("due", 'at = "due"'))
    ticket = started(flow, "2026-12-14 09:00")

    assert shown(flow.next_wakeup(ticket)) == "2026-12-22 00:00"
    assert acted(flow.tick(ticket, at=at("2026-12-25 09:00"))) == [("limit.due", "2026-12-22 00:00")]


HEADED = """
[workflow]
id = "town/review"
title = "R"
effective = 2024-01-01
basis = "B"
source = "S"

[[role]]
id = "clerk"

[[role]]
id = "head"

[[slot]]
id = "unit"
kind = "unit"

[[slot]]
id = "helpers"
kind = "unit"
many = true

[[slot]]
id = "lead"

[[field]]
id = "where"

[[field]]
id = "units"
type = "ids"

[[field]]
id = "urgent"
type = "flag"

[[field]]
id = "when"
type = "moment"

[[state]]
id = "working"
kind = "initial"

[[state]]
id = "closed"
kind = "final"

[[opening]]
id = "report"
to = "working"
by = "anyone"
optional = ["where", "units", "urgent", "when"]
sets = { unit = { field = "where" }, helpers = { field = "units" } }

[[move]]
id = "close"
from = "working"
to = "closed"
by = ["anyone", "clock"]
"""
#: What is written behind it belongs to "close".
JOIN = 'needs = [{ children = "all" }]\n'


def reported(flow, by=WHO, **form):
    """Return a ticket opened on a Monday morning."""
    return flow.open("T", by=by, at=at("2024-03-04 09:00"), form=form).ticket


def again(flow, ticket):
    """Return the ticket as it comes back from a database."""
    return flow.restore(json.loads(json.dumps(flow.dump(ticket))))


JUDGE = """
[[move]]
id = "judge"
from = "working"
by = "clerk"

[[move.route]]
to = "working"
when = [{ children = "any" }]
sets = { lead = { id = "u1" } }

[[move.route]]
to = "working"
sets = { lead = { id = "u2" } }
"""


@pytest.mark.parametrize(("closed", "lead"), [(True, "u1"), (False, "u2")])
def test_a_replay_takes_the_slots_that_were_filled(closed, lead):
    """Which of two routes to one state was taken is not judged again: who was put in is told by the event."""
    flow = flow_of(HEADED + JUDGE)
    children = (Child(id="a", state="closed" if closed else "working", is_closed=closed),)

    ticket = flow.fire(reported(flow), "judge", by=WHO, at=at("2024-03-04 10:00"), children=children).ticket

    assert ticket.slots["lead"] == (lead,)
    assert again(flow, ticket) == ticket


RAISE = """
[[move]]
id = "raise"
from = "working"
to = "same"
by = "anyone"
sets = { unit = { parent_of = "unit" } }
"""


@pytest.mark.parametrize(
    "tree", [{"street-1": "district", "district": "city", "city": ""}, {"city": ""}], ids=["moved", "gone"]
)
def test_a_reorganisation_leaves_the_past_alone(tree):
    """Who was responsible under an old tree of units is the same when the ticket is read under a new one."""
    flow, later = flow_of(HEADED + RAISE), flow_of(HEADED + RAISE, units=Units(tree))
    ticket = lived(flow, reported(flow, where="street-1"), ("raise", WHO, "2024-03-04 10:00"))

    assert ticket.slots["unit"] == ("city",)
    assert later.restore(flow.dump(ticket)) == ticket


def test_an_extension_counts_from_the_statutory_day():
    """Where a longer statutory limit prevails, the days of an extension come after it (trap 21)."""
    flow = clocked('limit = { working_days = 5, or_later = "statutory" }\n')
    ticket = started(flow, "2024-03-04 09:00", statutory=day("2024-03-29"))
    assert due(flow, ticket, "2024-03-04 10:00") == "2024-03-30 00:00"

    ticket = lived(flow, ticket, *told("extend 03-05 09:00"))

    # 1, 2, 3, 7 and 8 April: 4 to 6 April are Tomb-Sweeping, and 7 April is worked for it.
    assert due(flow, ticket, "2024-03-05 10:00") == "2024-04-09 00:00"


GRACE = """
limit = { by = "class", table = { consult = { days = 5 }, complaint = { days = 10 }, rest = { days = 1 } } }
again = "grace"
grace = { working_days = 1 }
"""


def test_the_time_of_grace_is_not_overwritten():
    """A field that sets the limit, filled in anew, leaves the short time after a reopening as it is."""
    flow = clocked(GRACE)
    ticket = started(flow, "2024-03-04 09:00", **{"class": "consult"})
    ticket = lived(flow, ticket, *told("solve 03-05 09:00", "go 03-06 09:00"))
    assert due(flow, ticket, "2024-03-06 10:00") == "2024-03-08 00:00"

    ticket = lived(flow, ticket, ("reclass", WHO, "2024-03-06 11:00", {"class": "complaint"}))

    assert due(flow, ticket, "2024-03-06 12:00") == "2024-03-08 00:00"


def test_repeated_warnings_before_the_day_are_one_day_apart():
    """Three warnings from three days before, a day apart, begin on three days that follow one another."""
    rest = "limit = { days = 10, roll = 'none' }\n"
    flow = clocked(
        rest + tier("warn", "before = { days = 3 }", "every = { days = 1 }\ntimes = 3"), drop=["extend"]
    )
    ticket = started(flow, "2024-03-01 09:00")  # due at the end of 11 March

    step = flow.tick(ticket, at=at("2024-03-20 09:00"))

    assert acted(step) == [("limit.warn", f"2024-03-{number} 00:00") for number in ("08", "09", "10")]


def test_tickets_of_another_workflow_have_no_rate():
    """Metrics over a ticket of another workflow say so, like everything else that is given one."""
    flow, other = flow_of(HEADED), flow_of(HEADED.replace("town/review", "town/other"))

    with pytest.raises(TicketError, match="it is of workflow 'town/review', not 'town/other'"):
        other.metrics([reported(flow)], at=at("2024-03-05 09:00"))


TIMED = (
    HEADED
    + JOIN
    + """
[[clock]]
id = "limit"
start = "report"
stop = "closed"
limit = { working_days = 1 }

[[clock.tier]]
id = "due"
at = "due"
move = "close"
"""
)
OPEN, CLOSED = Child(id="a", state="working", is_closed=False), Child(id="a", state="closed", is_closed=True)


@pytest.mark.parametrize(
    ("children", "state"), [(None, "working"), ((OPEN,), "working"), ((CLOSED,), "closed"), ((), "closed")]
)
def test_children_nobody_told_of_are_not_taken_as_closed(children, state):
    """A sweep closes a ticket with its children if it was told them; "none told" is not "there are none"."""
    flow = flow_of(TIMED)

    ticket = reported(flow)
    (step,) = flow.tick_many([ticket], at=at("2024-03-06 09:00"), children_of=lambda ticket: children)

    assert step.ticket.state == state


def test_a_move_without_its_children_told_is_refused():
    """A need on children is not met while nobody has said which there are."""
    flow = flow_of(HEADED + JOIN)

    with pytest.raises(Refused) as caught:
        flow.fire(reported(flow), "close", by=WHO, at=at("2024-03-04 10:00"))

    assert [reason.code for reason in caught.value.reasons] == ["children-untold"]
    assert flow.fire(reported(flow), "close", by=WHO, at=at("2024-03-04 10:00"), children=()).events


SIGN = """
[[part]]
id = "signed"
of_slot = "helpers"

[[move]]
id = "sign"
from = "working"
to = "same"
by = { role = "clerk", scope = "any" }
completes = "signed"

[[emit]]
id = "joined"
on = "signed"
kind = "joined"
subject = "helpers"

[fact.joined]
"""


def test_a_part_is_complete_once():
    """Who signs a complete part once more tells its facts no second time."""
    flow = flow_of(HEADED + SIGN)
    one, two = (Actor(f"c{n}", f"clerk@street-{n}", f"street-{n}") for n in (1, 2))
    ticket = reported(flow, units=("street-1", "street-2"))

    ticket = lived(flow, ticket, ("sign", one, "2024-03-04 10:00"))
    whole = flow.fire(ticket, "sign", by=two, at=at("2024-03-04 11:00"))
    once_more = flow.fire(whole.ticket, "sign", by=one, at=at("2024-03-04 12:00"))

    assert [fact.subject for fact in whole.facts] == ["street-1", "street-2"]
    assert once_more.facts == ()


SECRET = (
    HEADED.replace('[[slot]]\nid = "lead"\n', '[[slot]]\nid = "lead"\nSEEN\n').replace(
        "sets = { unit =", 'sets = { lead = "actor", unit ='
    )
    + """
[[emit]]
id = "begun"
on = "report"
kind = "begun"
subject = "unit"

[fact.begun]
"""
)


@pytest.mark.parametrize(("seen", "recorded_by"), [("", "c"), ('seen_by = ["head"]', "")])
def test_a_fact_does_not_name_who_must_not_be_seen(seen, recorded_by):
    """Who stands in a confidential slot is not told as the one who recorded a fact."""
    flow = flow_of(SECRET.replace("SEEN", seen))

    step = flow.open("T", by=WHO, at=at("2024-03-04 09:00"), form={"where": "street-1"})

    assert [fact.recorded_by for fact in step.facts] == [recorded_by]


TOLD = """
[[notice]]
id = "begun"
on = "report"
to = "unit"
text = { zh = "{when} {urgent}", en = "{when} {urgent}" }
"""


def test_a_notice_speaks_like_people():
    """A moment is told as the wall clock shows it, and a flag as yes or no."""
    flow = flow_of(HEADED + TOLD)

    step = flow.open(
        "T",
        by=WHO,
        at=at("2024-03-04 09:00"),
        form={"where": "street-1", "when": at("2024-03-04 08:00"), "urgent": True},
    )

    (message,) = step.notices
    assert (message.text.zh, message.text.en) == ("2024-03-04 08:00 是", "2024-03-04 08:00 yes")


def test_tiers_ahead_of_a_moved_deadline_act_again():
    """A warning that was given before an extension is given again before the new deadline."""
    flow = clocked(FIVE + tier("warn", "before = { working_days = 1 }") + tier("due", 'at = "due"'))
    ticket = started(flow, "2024-03-04 09:00")  # due at the end of 11 March
    ticket = flow.tick(ticket, at=at("2024-03-11 12:00")).ticket
    ticket = lived(flow, ticket, *told("extend 03-11 13:00"))  # to the end of 18 March

    step = flow.tick(ticket, at=at("2024-03-20 09:00"))

    assert acted(step) == [("limit.warn", "2024-03-15 00:00"), ("limit.due", "2024-03-19 00:00")]


RETYPED = (
    HEADED
    + """
[[amend]]
effective = 2025-01-01
basis = "B2"
in_flight = { tickets = "finish" }
set = { "field.where.type" = "date", "opening.report.sets" = { lead = "actor" } }
"""
)


def test_what_was_filled_in_is_read_as_it_was_declared_then():
    """A field of another type in a later version leaves the tickets of the earlier one readable."""
    flow = flow_of(RETYPED)
    ticket = reported(flow, where="street-1")
    late = flow.open("L", by=WHO, at=at("2025-03-03 09:00"), form={"where": day("2025-03-01")}).ticket

    assert again(flow, ticket) == ticket
    assert again(flow, late) == late


TWICE = (
    HEADED
    + """
[[amend]]
effective = 2025-01-01
basis = "B2"
in_flight = { tickets = "move" }
set = { "field.where.title" = "Where" }

[[amend.field]]
id = "seen"
type = "date"

[[amend.move]]
id = "see"
from = "working"
to = "same"
by = "anyone"
form = ["seen"]
"""
)


def test_a_ticket_moved_over_is_read_by_one_version_after_the_other():
    """Events before a migration are read by the old version and those after it by the new one."""
    flow = flow_of(TWICE)
    ticket = flow.migrate(reported(flow, where="street-1"), by=HEAD, at=at("2025-01-06 09:00")).ticket
    ticket = lived(flow, ticket, ("see", WHO, "2025-01-06 10:00", {"seen": day("2025-01-05")}))

    assert again(flow, ticket) == ticket
    assert again(flow, ticket).fields["seen"] == day("2025-01-05")


@pytest.mark.parametrize(
    "change",
    [
        {"events": 5},
        {"events": [5]},
        {"events": [{"move": ["x"], "state": "working", "by": "c", "at": "2024-03-04T01:00:00+00:00"}]},
        {"events": [{"move": "report", "state": "working", "by": 5, "at": "2024-03-04T01:00:00+00:00"}]},
        {"events": [{"move": "report", "state": "working", "by": "c", "at": 5}]},
        {
            "events": [
                {"move": "report", "state": "working", "by": "c", "form": 5, "at": "2024-03-04T01:00:00Z"}
            ]
        },
    ],
    ids=["no list", "no table", "move", "actor", "moment", "form"],
)
def test_what_is_no_stored_ticket_is_a_ticket_error(change):
    """Rows a database has spoilt are told, whatever they hold."""
    flow = flow_of(HEADED)

    with pytest.raises(TicketError):
        flow.restore({**flow.dump(reported(flow)), **change})


def test_the_tree_of_these_tests_has_two_streets():
    """The units the tests above speak of lie under one city."""
    assert UNITS.parent("street-1") == UNITS.parent("street-2") == "city"
