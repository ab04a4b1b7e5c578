from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.errors import UnknownIdError
from serviceorg.reasons import render
from serviceorg.workflow import SENTENCES, sampled
from tests.workflow.features.given import Actor, at, day, flow_of, lived

CLERK, WORKER = Actor("c", "clerk@street-1", "street-1"), Actor("w", "worker@street-1", "street-1")
TEXT = """
[workflow]
id = "example/outputs"
title = { zh = "输出", en = "Outputs" }
effective = 2024-01-01
basis = "B"
source = "S"
scope = "unit"

[[role]]
id = "clerk"

[[role]]
id = "worker"

[[role]]
id = "keeper"

[[slot]]
id = "unit"
kind = "unit"

[[slot]]
id = "requester"
party = "applicant"
seen_by = ["keeper"]

[[slot]]
id = "handler"
party = "handler"
title = { zh = "承办人", en = "Handler" }

[[slot]]
id = "helpers"
many = true

[[field]]
id = "requester"
seen_by = ["keeper"]

[[field]]
id = "helpers"
type = "ids"

[[field]]
id = "contact"
seen_by = ["keeper"]

[[field]]
id = "what"

[[field]]
id = "hours"
type = "number"
most = 24

[[field]]
id = "grade"
one_of = ["good", "fair", "bad"]

[[field]]
id = "seen_on"
type = "date"

[[field]]
id = "taken_back"

[[state]]
id = "received"
kind = "initial"

[[state]]
id = "working"

[[state]]
id = "done"

[[state]]
id = "closed"
kind = "final"

[[opening]]
id = "report"
to = "received"
by = "clerk"
form = ["what"]
optional = ["requester", "helpers", "contact"]
sets = { unit = "actor-unit", requester = { field = "requester" }, helpers = { field = "helpers" } }

[[move]]
id = "accept"
from = "received"
to = "working"
by = "worker"
sets = { handler = "actor" }

[[move]]
id = "finish"
from = "working"
to = "done"
by = { slot = "handler" }
form = ["hours"]
optional = ["seen_on"]
duty = "handle"

[[move]]
id = "redo"
from = "done"
to = "working"
by = "clerk"

[[move]]
id = "rate"
from = "done"
to = "closed"
by = "clerk"
form = ["grade"]
duty = "review"

[[move]]
id = "take-back"
from = "closed"
to = "same"
by = "clerk"
form = ["taken_back"]

[[clock]]
id = "limit"
start = "working"
stop = "done"
again = "continue"
limit = { working_days = 5 }
[[clock.tier]]
id = "soon"
before = { working_days = 1 }

[[notice]]
id = "accepted"
on = "accept"
to = ["requester", "handler", "helpers"]
text = { zh = "“{what}”由{handler}办理，协助：{helpers}", en = "{handler} does '{what}' with {helpers}" }

[[notice]]
id = "bad"
on = "closed"
to = "handler"
when = [{ field = "grade", is = "bad" }]

[[notice]]
id = "hurry"
on = "limit.soon"
to = "handler"

[[emit]]
id = "worked"
on = "finish"
kind = "hours"
subject = "handler"
amount = { field = "hours" }
[emit.attributes]
timely = { clock = "limit", table = { met = "yes", late = "no", "" = "open" } }
place = { slot = "unit" }
by = { actor = true }
state = { state = true }
redone = { count = "redo" }
what = { field = "what" }
seen = { field = "seen_on" }

[[emit]]
id = "late"
on = "finish"
kind = "lateness"
subject = "unit"
when = [{ clock = "limit", is = "late" }]
amount = { days_late = "limit" }

[[emit]]
id = "helped"
on = "closed"
kind = "help"
subject = "helpers"
amount = 1
attributes = { points = { field = "grade", table = { good = 2, "" = 1 } }, fair = true }

[[emit]]
id = "asked"
on = "closed"
kind = "asking"
subject = "requester"
confidential = true

[[emit]]
id = "withdrawn"
on = "take-back"
kind = "lateness"
subject = "unit"
amount = 0
reverses = "taken_back"

[fact.hours]
amount = true
[fact.hours.fields]
timely = "text"
place = "text"
by = "text"
state = "text"
redone = "number"
what = "text"
seen = { type = "date", required = false }

[fact.lateness]
amount = true

[fact.help]
amount = true
fields = { points = "number", fair = "flag" }

[fact.asking]

[[metric]]
id = "good-rate"
of = [{ state = "closed" }]
exclude = [{ not_happened = "accept" }, [{ field = "grade", is = "bad" }, { happened = "take-back" }]]
good = [{ field = "grade", one_of = ["good", "fair"] }]

[[metric]]
id = "timely-rate"
of = [{ clock = "limit", one_of = ["met", "late"] }]
good = [{ clock = "limit", is = "met" }]
by = "handler"
"""
FLOW = flow_of(TEXT)


def accepted(name="T", moment="2024-11-01 09:00", **form):
    """Return the step of accepting a ticket on Friday 1 November: its limit is the 8th."""
    ticket = FLOW.open(name, by=CLERK, at=at(moment), form={"what": "路灯", **form}).ticket
    return FLOW.fire(ticket, "accept", by=WORKER, at=at(moment))


def finished(ticket, moment, **form):
    """Return the step of finishing a ticket."""
    return FLOW.fire(ticket, "finish", by=WORKER, at=at(moment), form={"hours": Decimal("2.5"), **form})


def test_a_fact_has_its_id_from_the_ticket_the_event_and_the_rule():
    """The same event worked out again tells the same fact; its evidence is the ticket."""
    ticket = accepted().ticket

    (fact,) = finished(ticket, "2024-11-05 23:30").facts

    assert fact == finished(ticket, "2024-11-05 23:30").facts[0]
    assert (fact.id, fact.kind, fact.subject, fact.evidence) == ("T#2:worked", "hours", "w", "T")
    assert (fact.on, fact.recorded_by) == (day("2024-11-05"), "w")


def test_a_fact_carries_what_its_rule_reads():
    """Amounts are exact, verdicts go through the table; slots, the actor, the state and counts are told."""
    (fact,) = finished(accepted().ticket, "2024-11-08 23:30", seen_on=day("2024-11-07")).facts

    assert fact.amount == Decimal("2.5")
    assert dict(fact.attributes) == {
        "timely": "yes",
        "place": "street-1",
        "by": "w",
        "state": "done",
        "redone": 0,
        "what": "路灯",
        "seen": day("2024-11-07"),
    }


def test_an_attribute_without_a_value_is_left_out():
    """What was not filled in is no empty text: the fact does not have it."""
    (fact,) = finished(accepted().ticket, "2024-11-08 23:30").facts

    assert "seen" not in fact.attributes


def test_lateness_counts_calendar_days_after_the_due_day():
    """Due with Friday 8 November and done on Tuesday the 12th is four days late."""
    worked, late = finished(accepted().ticket, "2024-11-12 09:00").facts

    assert worked.attributes["timely"] == "no"
    # Event 2 is the warning of the 7th, which fell due before and was worked off first.
    assert (late.id, late.subject, late.amount) == ("T#3:late", "street-1", 4)


def test_counts_include_this_move_and_facts_of_a_redo_are_new():
    """A second finish tells a fact with an id of its own, in which one redo is counted."""
    ticket = finished(accepted().ticket, "2024-11-05 09:00").ticket
    ticket = lived(FLOW, ticket, ("redo", CLERK, "2024-11-05 10:00"))

    (fact,) = finished(ticket, "2024-11-05 11:00").facts

    assert (fact.id, fact.attributes["redone"]) == ("T#4:worked", 1)


def rated(grade, **form):
    """Return the step of rating a ticket that was finished in time."""
    ticket = finished(accepted(**form).ticket, "2024-11-05 09:00").ticket
    return FLOW.fire(ticket, "rate", by=CLERK, at=at("2024-11-06 09:00"), form={"grade": grade})


@pytest.mark.parametrize(("grade", "points"), [("good", 2), ("fair", 1)])
def test_everyone_in_a_slot_of_many_has_a_fact(grade, points):
    """Each helper has a fact of the same event with an id of its own."""
    step = rated(grade, helpers=["h2", "h1"], requester="r")

    helped = [one for one in step.facts if one.kind == "help"]

    assert [(one.id, one.subject, one.amount) for one in helped] == [
        ("T#3:helped:h2", "h2", 1),
        ("T#3:helped:h1", "h1", 1),
    ]
    assert [dict(one.attributes) for one in helped] == [{"points": points, "fair": True}] * 2


def test_a_fact_about_nobody_is_noted_and_not_told():
    """Where a slot is empty no fact is told, and the step says which one and why, in both languages."""
    step = rated("good", helpers=["h"])

    assert [one.kind for one in step.facts] == ["help"]
    assert [render(one, SENTENCES, lang="en") for one in step.notes] == [
        "no fact 'asking': nobody is in requester"
    ]
    assert [render(one, SENTENCES, lang="zh") for one in step.notes] == ["未生成事实“asking”：requester空缺"]


def test_a_fact_that_takes_another_back_names_it():
    """A reversal is a fact of its own with the id of the one it takes back."""
    late = finished(accepted().ticket, "2024-11-12 09:00")
    ticket = lived(FLOW, late.ticket, ("rate", CLERK, "2024-11-12 10:00", {"grade": "bad"}))
    form = {"taken_back": late.facts[1].id}

    (fact,) = FLOW.fire(ticket, "take-back", by=CLERK, at=at("2024-11-13 09:00"), form=form).facts

    assert (fact.id, fact.reverses, fact.amount) == ("T#5:withdrawn", "T#3:late", 0)


def test_a_notice_has_a_key_for_each_receiver():
    """The key is of ticket, event, notice, slot and receiver; the text names fields and slots."""
    step = accepted(requester="r", helpers=["h1", "h2"])

    assert [one.key for one in step.notices] == [
        "T#1:accepted:requester:r",
        "T#1:accepted:handler:w",
        "T#1:accepted:helpers:h1",
        "T#1:accepted:helpers:h2",
    ]
    assert {one.text.zh for one in step.notices} == {"“路灯”由w办理，协助：h1 h2"}
    assert {one.text.en for one in step.notices} == {"w does '路灯' with h1 h2"}


def test_an_anonymous_requester_is_a_notice_to_nobody():
    """Trap 38: the record shows that nobody could be told; what is empty leaves no braces in the text."""
    step = accepted()

    told = [(one.slot, one.to) for one in step.notices]

    assert told == [("requester", ""), ("handler", "w"), ("helpers", "")]
    assert step.notices[0].text.zh == "“路灯”由w办理，协助："


def test_braces_of_the_requester_are_only_text():
    """Whatever is filled in is put into a notice as it is: names in braces there are not looked up."""
    step = accepted(helpers=["{contact}"], contact="secret")

    assert "secret" not in step.notices[0].text.zh
    assert "{contact}" in step.notices[0].text.zh


@pytest.mark.parametrize(("grade", "told"), [("bad", ["bad"]), ("good", [])])
def test_a_notice_has_its_condition(grade, told):
    """A notice with when is sent only where it holds, by the fields as they have become."""
    assert [one.notice for one in rated(grade).notices] == told


def test_a_tier_sends_its_notice_once_with_its_own_key():
    """A warning is sent by the tick that finds it due, and by none after it."""
    ticket = accepted().ticket

    step = FLOW.tick(ticket, at=at("2024-11-07 09:00"))

    assert [one.key for one in step.notices] == ["T#2:hurry:handler:w"]
    assert FLOW.tick(step.ticket, at=at("2024-11-07 10:00")).notices == ()


def test_what_fell_due_before_a_move_stands_first_in_its_step():
    """A host that forgot to tick loses no warning: the move works it off, dated to the moment it fell due."""
    step = finished(accepted().ticket, "2024-11-08 09:00")

    assert [(one.move, one.at) for one in step.events] == [
        ("limit.soon", at("2024-11-07 00:00")),
        ("finish", at("2024-11-08 09:00")),
    ]
    assert [one.key for one in step.notices] == ["T#2:hurry:handler:w"]


def test_what_a_step_says_is_said_by_no_replay():
    """Replaying a history gives the ticket; nothing is sent or told a second time."""
    ticket = rated("good", requester="r").ticket

    assert FLOW.replay("T", ticket.history) == ticket


def closed(name, grade, moment="2024-11-05 09:00", *, back=False):
    """Return a ticket that was rated, and taken back if that is asked for."""
    ticket = finished(accepted(name).ticket, moment).ticket
    ticket = lived(FLOW, ticket, ("rate", CLERK, "2024-11-20 09:00", {"grade": grade}))
    steps = [("take-back", CLERK, "2024-11-21 09:00", {"taken_back": "x"})] if back else []
    return lived(FLOW, ticket, *steps)


def test_a_rate_shows_all_that_went_into_it():
    """W19: good and counted are ids, the excluded name the exclusion; what is not asked for is nowhere."""
    tickets = [
        closed("T-1", "good"),
        closed("T-2", "fair", "2024-11-12 09:00"),
        closed("T-3", "bad"),
        closed("T-4", "bad", back=True),
        closed("T-5", "good", back=True),
        accepted("T-6").ticket,
    ]

    good, timely = FLOW.metrics(tickets, at=at("2024-12-01 09:00"))

    assert (good.metric, good.group) == ("good-rate", "street-1")
    assert (good.good, good.counted) == (("T-1", "T-2", "T-5"), ("T-1", "T-2", "T-3", "T-5"))
    assert dict(good.excluded) == {"T-4": 1}
    assert good.share == Fraction(3, 4)
    assert (timely.metric, timely.group, timely.share) == ("timely-rate", "w", Fraction(4, 5))


def test_a_rate_of_nothing_is_none():
    """Where every ticket is excluded there is no rate: neither 0 nor 1."""
    (good, _) = FLOW.metrics([closed("T-1", "bad", back=True)], at=at("2024-12-01 09:00"))

    assert (good.counted, good.share) == ((), None)


@given(st.permutations(range(6)))
def test_the_order_of_tickets_does_not_change_a_rate(order):
    """Facts in any order give the same share for each group."""
    made = [TICKETS[number] for number in order]

    shares = {(one.metric, one.group): one.share for one in FLOW.metrics(made, at=at("2024-12-01 09:00"))}

    assert shares == {("good-rate", "street-1"): Fraction(2, 3), ("timely-rate", "w"): 1}


TICKETS = [closed(f"T-{number}", grade) for number, grade in enumerate(["good", "fair", "bad"] * 2)]


@given(st.sets(st.text(max_size=4), max_size=40), st.fractions(0, 1), st.text(max_size=5))
def test_a_sample_is_as_large_as_asked_and_of_the_ids_alone(ids, share, seed):
    """Trap 40: at least the share, less than one more, each id once, the same for any order of the ids."""
    drawn = sampled(sorted(ids), share=share, seed=seed)

    assert share * len(ids) <= len(drawn) < share * len(ids) + 1
    assert set(drawn) <= ids
    assert len(set(drawn)) == len(drawn)
    assert set(sampled(sorted(ids, reverse=True), share=share, seed=seed)) == set(drawn)


def test_a_sample_grows_with_its_share():
    """Whoever is in a sample of a tenth is in one of a fifth with the same seed."""
    ids = [f"T-{number}" for number in range(200)]

    tenth, fifth = (sampled(ids, share=share, seed="2024-11") for share in ("1/10", "20/100"))

    assert (len(tenth), len(fifth)) == (20, 40)
    assert set(tenth) < set(fifth)


@pytest.mark.parametrize("share", ["3/2", "-1/10"])
def test_a_share_beyond_the_whole_is_refused(share):
    """A sample is a part of what there is."""
    with pytest.raises(ValueError, match="allowed is a part from 0 to 1"):
        sampled(["T"], share=share, seed="s")


def test_hand_overs_name_each_change_and_nothing_else():
    """A change of who is in a slot is told with the number of its event, the move, by whom and when."""
    ticket = finished(accepted().ticket, "2024-11-05 09:00").ticket

    (change,) = FLOW.hand_overs(ticket, "handler")

    assert (change.number, change.move, change.before, change.after) == (1, "accept", (), ("w",))
    assert (change.by, change.at) == ("w", at("2024-11-01 09:00"))
    assert FLOW.hand_overs(ticket, "requester") == ()


def test_a_slot_nobody_declared_is_told():
    """A slip in the name of a slot is an error with the nearest guess, not an empty answer."""
    with pytest.raises(UnknownIdError, match=r"there is no slot 'handlr'; .* Did you mean 'handler'"):
        FLOW.hand_overs(accepted().ticket, "handlr")


@pytest.mark.parametrize(
    ("posts", "sees"),
    [
        ("keeper@street-1", True),
        ("keeper@city", True),
        ("keeper@grid-1", False),
        ("keeper@street-2", False),
        ("clerk@street-1", False),
        ((), False),
    ],
)
def test_confidential_fields_and_slots_are_left_out_for_others(posts, sees):
    """W20: who holds a named role over the ticket's unit sees them; for all others they are not there."""
    ticket = accepted(requester="r", contact="c@example.org").ticket

    view = FLOW.view(ticket, by=Actor("x", posts))

    assert set(view["fields"]) == {"what"} | ({"requester", "contact"} if sees else set())
    assert set(view["slots"]) == {"unit", "handler"} | ({"requester"} if sees else set())
