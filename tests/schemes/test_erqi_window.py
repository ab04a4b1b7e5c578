from decimal import Decimal

import pytest

import serviceorg as so
from tests.schemes.story import Story, moment, registry, told

UNITS = {"w-1": "district", "w-2": "district", "fire": "district", "land": "district", "district": ""}
ACTORS = {
    "clerk": "window-clerk@w-1",
    "convenor": "convenor@district",
    "hall": "hall-head@district",
    "leader": "district-leader@district",
    "fire": "signer@fire",
    "land": "signer@land",
    "water": "signer@water",
    "officer": "@w-2",
    "resident": "",
}


def accepted(kind, at="10-08 09:00"):
    """Return a story of a matter that came in online and was accepted."""
    story = Story("erqi/window", UNITS, ACTORS)
    story.open("online", "resident", "10-06 23:00", item="Canteen", window_id="w-1")
    story.do("accept", "clerk", at, kind=kind)
    return story


def signing():
    """Return a story of a matter two departments have to sign."""
    story = accepted("joint")
    story.do(
        "convene",
        "convenor",
        "10-08 10:00",
        department_ids=["fire", "land"],
        meeting_on=moment("10-10 00:00").date(),
    )
    return story


def test_the_resident_rates_on_the_spot():
    """The rating is the resident's own, given where the matter ends, and a fact about the window (row 5)."""
    story = told("erqi/window", 0)

    rating = next(fact for fact in story.facts if fact.kind == "counter-rating")

    assert (rating.subject, rating.attributes["view"]) == ("w-3", "very-satisfied")
    assert story.ticket.last.by == "resident"


def test_the_hall_is_open_day_and_night_online():
    """A matter comes in on a holiday night; its limit begins when it is accepted (row 7)."""
    story = accepted("single")

    due = story.due("decide")

    assert story.ticket.history[0].at == moment("10-06 23:00")
    assert due == moment("11-05 00:00")  # 9 to 12 Oct 4, then 14 Oct to 1 Nov 15, 4 Nov


def test_a_matter_is_passed_on_inside():
    """Window and handler change, resident and first handler do not; nobody is sent anywhere (rows 10, 66)."""
    story = accepted("single")

    step = story.do("pass-on", "clerk", "10-09 09:00", officer="officer", window_id="w-2", reason="Licences")

    assert {
        name: story.ticket.holder(name) for name in ("first_handler", "handler", "window", "resident")
    } == {
        "first_handler": "clerk",
        "handler": "officer",
        "window": "w-2",
        "resident": "resident",
    }
    assert step.notices == ()


def test_the_first_handler_finishes_a_one_stop_matter():
    """A simple and complete matter cannot be passed on (row 66)."""
    story = accepted("one-stop")

    codes = story.refused(
        "pass-on", "clerk", "10-08 10:00", officer="officer", window_id="w-2", reason="Lunch"
    )

    assert codes == ("not-from-here",)


def test_joint_approval_waits_for_every_department():
    """Departments sign side by side, and only when all agree is the matter approved (row 67, W5)."""
    story = signing()
    story.do("sign", "land", "10-10 10:00", verdict="agree")

    one = story.refused("approve", "convenor", "10-10 11:00")
    story.do("sign", "fire", "10-10 12:00", verdict="agree")
    step = story.do("approve", "convenor", "10-10 13:00")

    assert one == ("parts",)
    assert step.ticket.state == "handling"


def test_a_department_that_was_not_asked_cannot_sign():
    """Only the departments of the meeting have a signature to give (row 67)."""
    story = signing()

    with pytest.raises(so.ServiceOrgError):
        story.do("sign", "water", "10-10 10:00", verdict="agree")


def test_one_department_against_it_is_enough():
    """One verdict against it stops a matter; when all have spoken it may be refused (row 67)."""
    story = signing()
    story.do("sign", "land", "10-10 10:00", verdict="oppose")
    early = story.refused("refuse", "convenor", "10-10 10:30", reason="R")
    story.do("sign", "fire", "10-10 11:00", verdict="agree")

    codes = story.refused("approve", "convenor", "10-10 12:00")
    step = story.do("refuse", "convenor", "10-10 12:00", reason="Boundary")

    assert early == codes == ("parts",)
    assert step.ticket.state == "refused"


@pytest.mark.parametrize(
    ("kind", "move", "by", "first", "then"),
    [
        ("single", "extend-single", "hall", "11-05 00:00", "11-19 00:00"),
        ("joint", "extend-joint", "leader", "12-10 00:00", "12-31 00:00"),
    ],
)
def test_limits_are_those_of_the_law(kind, move, by, first, then):
    """20 working days and 10 more, or 45 and 15 more, once, by somebody above (row 67, W9, W10)."""
    story = accepted(kind)

    before = story.due("decide")
    story.do(move, by, "10-09 09:00", reason="R")

    assert before == moment(first)
    assert story.due("decide") == moment(then)
    assert story.refused(move, by, "10-10 09:00", reason="R") == ("count",)


def test_time_of_a_test_does_not_count():
    """A matter sent to a hearing or a test waits without losing time (W11)."""
    story = accepted("single")

    story.do("examine", "clerk", "10-09 09:00", reason="Test")
    paused = story.flow.clocks(story.ticket, at=moment("11-30 09:00"))["decide"]

    assert paused.is_paused
    assert paused.verdict == "in-time"


def test_a_department_that_does_not_come_is_noted():
    """Absence from a meeting for joint approval is a fact that the appraisal of windows reads (row 67)."""
    story = signing()

    step = story.do("note-absence", "convenor", "10-10 09:30", absent_id="land")

    assert [(fact.kind, fact.subject) for fact in step.facts] == [("joint-meeting-absence", "land")]


def test_the_fast_lane_has_one_leader_throughout():
    """A key project goes nowhere before its one leader is named, who then stays (row 68, W7)."""
    story = accepted("key")

    without = [
        one.move
        for one in story.flow.moves(story.ticket, by=story.actors["convenor"], at=moment("10-08 10:00"))
    ]
    story.do("name-escort", "leader", "10-08 10:00", escort_id="leader")

    assert "convene" not in without
    assert story.ticket.slots["escort"] == ("leader",)
    assert next(one for one in story.flow.workflow.versions[-1].slots if one.id == "escort").keep


def test_an_errand_is_run_by_one_named_person():
    """An errand waits for its named agent, who is then the handler (row 69)."""
    story = accepted("proxy")

    waiting = story.ticket.state
    step = story.do("appoint-agent", "hall", "10-08 10:00", agent_id="officer")

    assert waiting == "appointing"
    assert step.ticket.slots["agent"] == step.ticket.slots["handler"] == ("officer",)


def test_satisfaction_counts_those_who_rated():
    """Who was dissatisfied and then said no more is counted, and not as satisfied (row 70, W19, trap 40)."""
    flow = registry().workflow("erqi/window")
    tickets = [told("erqi/window", number, ticket=f"T-{number}").ticket for number in range(3)]

    rates = [one for one in flow.metrics(tickets, at=moment("11-01 00:00")) if one.metric == "satisfied"]

    assert {one.group: (one.good, one.counted) for one in rates} == {
        "w-1": (("T-2",), ("T-2",)),
        "w-2": ((), ("T-1",)),
        "w-3": (("T-0",), ("T-0",)),
    }


def test_papers_that_never_come_are_a_withdrawal():
    """What is not completed in time is taken as withdrawn, and leaves the rate of the window (W12)."""
    story = Story("erqi/window", UNITS, ACTORS)
    story.open("online", "resident", "09-20 10:00", item="Licence", window_id="w-1")
    story.do("ask-papers", "clerk", "09-23 09:00", missing="Photo")

    step = story.tick("10-18 00:00")

    assert step.ticket.state == "withdrawn"
    assert dict(step.facts[0].attributes) == {"in_time": True, "ruling": "withdrawn"}


def test_the_stars_of_windows_read_what_the_window_says():
    """One errand is worth half a point, one matter of one in time the full ten (D1 and D3)."""
    rules = registry().rule_set("erqi/window-stars")
    story = told("erqi/window", 2)
    read = [fact for fact in story.facts if fact.kind in rules.kinds and fact.subject == "w-1"]

    card = so.score(rules, so.Subject(id="w-1", kind="window"), read, period=so.Quarter(2024, 3))

    assert card.items["D1"].points == 10
    assert card.items["D3"].points == Decimal("0.5")


def taken_in(at="10-06 23:00"):
    """Return a story of a matter that came in online and that nobody has looked at."""
    story = Story("erqi/window", UNITS, ACTORS)
    story.open("online", "resident", at, item="Canteen", window_id="w-1")
    return story


def test_silence_is_acceptance():
    """What nobody answers within five working days counts as accepted from the day of receipt (W12)."""
    story = taken_in()
    due = story.due("reply-in")

    story.tick("10-13 00:00")  # from Sun 6 Oct: 8, 9, 10, 11, 12 (worked) Oct

    assert due == moment("10-13 00:00")
    assert story.ticket.state == "deemed"
    assert story.due("decide") == moment("11-02 00:00")  # 5 to 12 Oct, then three weeks to Fri 1 Nov


@pytest.mark.parametrize(
    ("kind", "due"), [("single", "11-02 00:00"), ("proxy", "11-02 00:00"), ("joint", "12-07 00:00")]
)
def test_naming_the_way_late_gives_no_new_limit(kind, due):
    """After silence the limit of the way that is named counts from the receipt, not from the naming (W12)."""
    story = taken_in()
    story.tick("10-13 00:00")

    story.do("choose-way", "clerk", "10-25 09:00", kind=kind)

    assert story.due("decide") == moment(due)  # Fri 1 Nov the 20th, Fri 6 Dec the 45th working day


def test_what_silence_has_accepted_is_not_declined():
    """After five working days nothing is declined or sent back for papers any more (W12)."""
    story = taken_in()
    story.tick("10-13 00:00")

    assert story.refused("decline", "clerk", "10-14 09:00", reason="R", pointer="P") == ("not-from-here",)
    assert story.refused("ask-papers", "clerk", "10-14 09:00", missing="Photo") == ("not-from-here",)


def test_papers_that_are_asked_for_stop_the_silence():
    """Papers asked for in time end the silence; with them the five days begin anew (W12)."""
    story = taken_in()
    story.do("ask-papers", "clerk", "10-08 09:00", missing="Photo")
    asked = (story.verdict("reply-in"), story.verdict("decide"))

    story.do("bring-papers", "resident", "10-14 09:00")

    assert asked == ("met", "cancelled")
    assert story.due("reply-in") == moment("10-22 00:00")  # 15, 16, 17, 18, 21 Oct


def test_what_is_not_accepted_is_said_with_a_pointer():
    """A matter of any kind may be declined from the start, with the reason and where to turn (W2)."""
    story = taken_in()

    with pytest.raises(so.FormProblems, match="pointer"):
        story.do("decline", "clerk", "10-08 09:00", reason="Not ours")
    step = story.do("decline", "clerk", "10-08 09:00", reason="Not ours", pointer="The county hall")

    assert step.ticket.state == "not-accepted"
    assert "The county hall" in str(step.notices[0].text)
    assert step.facts == ()


def test_what_was_not_accepted_leaves_the_rate():
    """A declined matter is neither in time nor late (W19)."""
    story = taken_in()
    story.do("decline", "clerk", "10-08 09:00", reason="Not ours", pointer="The county hall")

    rates = story.flow.metrics([story.ticket], at=moment("11-01 00:00"))

    assert [one.counted for one in rates if one.metric == "in-time"] == [()] * len(
        [one for one in rates if one.metric == "in-time"]
    )


@pytest.mark.parametrize("kind", ["one-stop", "single"])
def test_one_department_may_refuse_by_a_second_person(kind):
    """A matter of one department is refused by the head of the hall, with the reason, not by its handler."""
    story = accepted(kind)

    own = story.refused("refuse-single", "clerk", "10-08 10:00", reason="R")
    step = story.do("refuse-single", "hall", "10-08 10:00", reason="No right to it")

    assert own == ("different", "no-permission")
    assert step.ticket.state == "refused"
    assert [(one.kind, one.attributes["in_time"]) for one in step.facts] == [("window-case", True)]


def test_a_one_stop_matter_is_not_yellow_from_the_start():
    """A limit of one working day has no warning longer than itself (W18)."""
    story = accepted("one-stop")

    state = story.flow.clocks(story.ticket, at=moment("10-08 09:00"))["at-once"]

    assert (state.colour, state.verdict) == ("", "in-time")
