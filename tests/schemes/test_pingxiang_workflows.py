import pytest

import serviceorg as so
from tests.schemes.story import Story, moment, registry, told

UNITS = {"town-1": "county", "town-2": "county", "county": "city", "city": ""}
ACTORS = {
    "clerk": "clerk@town-1",
    "head": "office-head@town-1",
    "secretary": "meeting-secretary@town-1",
    "other-secretary": "meeting-secretary@county",
    "centre": "coordinator@county",
    "city-centre": "coordinator@city",
    "cadre": "@town-1",
    "resident": "",
}
FIVE = {
    "requester_name": "R.",
    "request": "Lamp",
    "officer": "cadre",
    "contact": "1",
    "deadline": moment("10-08 00:00").date(),
}


def received(how="online"):
    """Return a story in which an appeal has come in."""
    story = Story("pingxiang/appeal", UNITS, ACTORS)
    story.open(how, "resident", "09-22 03:00", request="Lamp", township="town-1")
    return story


def accepted(severity=""):
    """Return a story in which it has been accepted, and routed."""
    story = received()
    story.do("accept", "clerk", "09-23 09:00", **FIVE)
    if severity:
        story.do("classify", "clerk", "09-23 09:10", severity=severity)
    return story


@pytest.mark.parametrize("missing", sorted(FIVE))
def test_an_appeal_is_not_accepted_without_one_of_the_five(missing):
    """Name, request, handling cadre, contact and limit are asked for, each by its name (row 110)."""
    story = received()
    form = {name: value for name, value in FIVE.items() if name != missing}

    with pytest.raises(so.FormProblems, match=missing):
        story.do("accept", "clerk", "09-23 09:00", **form)


def test_what_can_be_solved_on_the_spot_is():
    """An appeal may end where it was brought, without being registered first (row 110)."""
    story = received()

    step = story.do("solve-now", "clerk", "09-23 09:00", solution="Switched on")

    assert step.ticket.state == "solved-on-spot"
    assert [(fact.kind, fact.subject) for fact in step.facts] == [("appeal-solved-on-the-spot", "clerk")]


def test_the_limit_is_the_one_written_down():
    """The clock of an appeal runs to the end of the day that was entered when it was accepted (row 110)."""
    story = accepted()

    due = story.due("handle")

    assert due == moment("10-09 00:00")


def test_three_messages_go_to_two_people():
    """Requester and handler are told three times: accepted, by whom, the limit with a question (row 111)."""
    story = told("pingxiang/appeal", 0)

    sent = [(one.notice, one.slot) for one in story.messages]

    assert sent == [
        (notice, slot)
        for notice in ("accepted", "assigned", "opinion-asked")
        for slot in ("requester", "handler")
    ]
    assert "2024-10-08" in story.messages[-1].text.in_("zh")


@pytest.mark.parametrize(
    ("severity", "state", "desk"),
    [
        ("ordinary", "at-office", "town-1"),
        ("major", "at-meeting", "town-1"),
        ("cross-unit", "at-centre", "county"),
    ],
)
def test_severity_decides_the_route(severity, state, desk):
    """Ordinary appeals go to the offices, major ones before the meeting, others to the centre (row 112)."""
    story = accepted(severity)

    assert story.ticket.state == state
    assert story.ticket.holder("desk") == desk


def test_each_route_has_its_own_body():
    """Only the body an appeal lies before forms the proposal, not that of another level (row 112)."""
    story = accepted("major")

    elsewhere = story.refused("decide", "other-secretary", "09-24 09:00", proposal="P", minutes="1")
    offices = story.refused("propose", "head", "09-24 09:00", proposal="P")
    step = story.do("decide", "secretary", "09-24 09:00", proposal="P", minutes="1")

    assert elsewhere == ("no-permission",)
    assert offices == ("not-from-here",)
    assert step.ticket.state == "handling"


def test_the_centre_of_the_county_may_raise_it_to_the_city():
    """What the county's centre cannot coordinate goes to that of the city (rows 109 and 112)."""
    story = accepted("cross-unit")

    story.do("raise", "centre", "09-24 09:00", reason="Two counties")

    assert story.ticket.holder("desk") == "city"
    assert "no-permission" in story.refused("raise", "centre", "09-24 10:00", reason="Again")


def test_the_channels_never_close():
    """An appeal comes in at three on a Sunday morning, from anybody (row 114)."""
    story = received()

    assert story.ticket.state == "received"


def test_nobody_is_told_who_cannot_be_told():
    """An anonymous requester gets no message, and the record says so for each (trap 38)."""
    story = told("pingxiang/appeal", 2)

    to_requester = [one for one in story.messages if one.slot == "requester"]

    assert {one.to for one in to_requester} == {""}
    assert {one.notice for one in to_requester} >= {"accepted", "assigned", "opinion-asked"}
    assert all(one.to == "cadre" for one in story.messages if one.slot == "handler")


def test_after_a_redo_the_message_is_a_new_one():
    """The third message is sent again after a redo, under a key of its own (trap 38)."""
    story = told("pingxiang/appeal", 1)

    keys = [one.key for one in story.messages if (one.notice, one.slot) == ("opinion-asked", "requester")]

    assert len(keys) == 3
    assert len(set(keys)) == 3


def test_a_changed_number_is_told_to_both():
    """Requester and handler hear of a new contact, while the appeal stays where it is (trap 38)."""
    story = accepted("ordinary")

    step = story.do("update-contact", "resident", "09-24 09:00", contact="2")

    assert step.ticket.state == "at-office"
    assert [(one.notice, one.to) for one in step.notices] == [
        ("contact-changed", "resident"),
        ("contact-changed", "cadre"),
    ]


def test_who_does_not_answer_is_not_satisfied():
    """Unanswered and judged appeals leave the rate, each under its own number (traps 39, 40)."""
    flow = registry().workflow("pingxiang/appeal")
    tickets = [told("pingxiang/appeal", number, ticket=f"T-{number}").ticket for number in range(3)]

    rates = [one for one in flow.metrics(tickets, at=moment("11-01 00:00")) if one.metric == "satisfied"]

    assert {one.group: (one.good, one.counted, dict(one.excluded)) for one in rates} == {
        "town-1": (("T-0",), ("T-0",), {"T-2": 0}),
        "town-2": ((), (), {"T-1": 1}),
    }


def test_contact_and_name_are_not_for_everybody():
    """The requester's name and contact are seen by those who work on the appeal, not by others."""
    story = accepted()

    clerk = story.flow.view(story.ticket, by=story.actors["clerk"])["fields"]
    other = story.flow.view(story.ticket, by=story.actors["city-centre"])["fields"]
    stranger = story.flow.view(story.ticket, by=so.Actor("x"))["fields"]

    assert clerk["contact"] == "1"
    assert other["contact"] == "1"
    assert "contact" not in stranger
    assert "requester_name" not in stranger


def test_lying_before_the_meeting_saves_nobody_from_the_centre():
    """Overdue while the meeting has it, an appeal goes to the centre as soon as the meeting lets go (W8)."""
    story = accepted("major")
    story.tick("10-11 00:00")  # due 8 Oct; two working days more: 9, 10 Oct
    during = story.ticket.state

    story.do("decide", "secretary", "10-12 09:00", proposal="Pay", minutes="No. 1")
    step = story.tick("10-12 09:00")

    assert during == "at-meeting"
    assert step.ticket.state == "at-centre"


def test_helpers_are_asked_to_help():
    """Of several units one leads and the others are told so; without helpers nobody is (row 112)."""
    alone, helped = accepted("cross-unit"), accepted("cross-unit")
    form = {"proposal": "Repair", "lead_unit": "town-1", "officer": "cadre"}

    none = alone.do("coordinate", "centre", "09-24 09:00", **form)
    step = helped.do("coordinate", "centre", "09-24 09:00", **form, helper_units=["town-2"])

    assert "help-asked" not in [one.notice for one in none.notices]
    assert ("help-asked", "town-2") in [(one.notice, one.to) for one in step.notices]
