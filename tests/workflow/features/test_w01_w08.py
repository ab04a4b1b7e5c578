import pytest

from serviceorg.errors import FormProblems
from serviceorg.workflow import Refused
from tests.workflow.features.given import Actor, at, day, feature, lived, moves_of

ANYONE = Actor("wang")
HUB = Actor("hub", "hub")


@pytest.mark.parametrize("name", [f"w{number:02}" for number in range(1, 9)])
def test_the_stories_of_the_file_come_out(name):
    """Every golden case of W1 to W8 comes out as it is written, step by step."""
    flow = feature(name)

    assert flow.workflow.cases
    assert flow.run_cases() == ()


def test_w01_a_channel_that_never_closes_counts_from_the_next_working_day():
    """W1, rows 7 and 114: a request of 3 o'clock on 3 October is to be registered by the end of 8 October."""
    flow = feature("w01")
    form = {"name": "王某", "request": "路灯不亮", "contact": "w@example.org", "unit": "street-1"}

    ticket = flow.open("T", by=ANYONE, at=at("2024-10-03 03:00"), form=form, how="web").ticket

    assert flow.clocks(ticket, at=at("2024-10-08 12:00"))["sign"].deadline.day == day("2024-10-08")


@pytest.mark.parametrize("how", ["counter", "phone"])
def test_w01_a_registration_has_all_five_fields(how):
    """W1, row 110: name, request, handler, contact and time limit are mandatory, and missed all at once."""
    flow, clerk = feature("w01"), Actor("li", "clerk@street-1", "street-1")

    with pytest.raises(FormProblems) as caught:
        flow.open("T", by=clerk, at=at("2024-11-04 09:00"), how=how)

    missing = [problem.where for problem in caught.value.problems]
    assert missing == ["name", "request", "handled_by", "contact", "limit"]


def test_w01_a_clerk_of_another_street_takes_nothing_in_for_this_one():
    """W1: who answers on the spot acts for the own unit alone, and a role of elsewhere is none."""
    flow, stranger = feature("w01"), Actor("li", "clerk@street-2", "street-1")

    with pytest.raises(Refused) as caught:
        flow.open(
            "T",
            by=stranger,
            at=at("2024-11-04 09:00"),
            form={"request": "问", "answer": "答"},
            how="on-the-spot",
        )

    assert caught.value.codes == ("no-permission",)


def test_w02_not_accepting_says_why_and_where_to_turn():
    """W2, row 110: without a reason and a pointer nothing is declined; the requester is told both."""
    flow, clerk = feature("w02"), Actor("li", "clerk")
    ticket = flow.open("T", by=ANYONE, at=at("2024-11-04 09:00"), form={"caller": "N", "matter": "M"}).ticket

    with pytest.raises(FormProblems, match="pointer: the field is missing"):
        flow.fire(ticket, "decline", by=clerk, at=at("2024-11-04 09:05"), form={"reason": "in-court"})
    step = flow.fire(
        ticket,
        "decline",
        by=clerk,
        at=at("2024-11-04 09:05"),
        form={"reason": "in-court", "pointer": "人民法院"},
    )

    assert [(one.to, one.text.zh) for one in step.notices] == [("wang", "不予受理，请向人民法院反映")]


def test_w02_two_tickets_of_one_caller_about_one_matter_are_one_record():
    """W2, trap 37: what tells records apart is declared, so a second sight of a matter is recognised."""
    flow = feature("w02")
    form = {"caller": "N-1", "matter": "噪声"}

    first = flow.open("T-1", by=ANYONE, at=at("2024-11-04 09:00"), form=form).ticket
    again = flow.open("T-2", by=Actor("li"), at=at("2024-11-05 09:00"), form=form).ticket
    other = flow.open("T-3", by=ANYONE, at=at("2024-11-05 09:00"), form={**form, "matter": "路灯"}).ticket

    assert flow.identity(first) == flow.identity(again) == ("N-1", "噪声")
    assert flow.identity(other) != flow.identity(first)


@pytest.mark.parametrize(
    ("severity", "state", "unit"),
    [
        ("ordinary", "with-office", "street-2"),
        ("major", "with-meeting", "street-2"),
        ("cross-unit", "with-centre", "city"),
    ],
)
def test_w03_severity_decides_the_way_and_a_cross_unit_matter_goes_through_the_parent(severity, state, unit):
    """W3, row 112: ordinary to the office, major to the meeting, cross-unit to the unit above."""
    flow = feature("w03")
    ticket = flow.open(
        "T", by=Actor("l", "linker"), at=at("2024-11-04 09:00"), form={"place": "south"}
    ).ticket

    step = flow.fire(
        ticket,
        "dispatch",
        by=Actor("o", "office@street-2"),
        at=at("2024-11-04 10:00"),
        form={"severity": severity},
    )

    assert (step.ticket.state, step.ticket.holder("unit")) == (state, unit)


def test_w03_a_place_nobody_listed_falls_to_the_rest():
    """W3: the table of territories has a row for all others."""
    flow = feature("w03")

    step = flow.open("T", by=Actor("l", "linker"), at=at("2024-11-04 09:00"), form={"place": "elsewhere"})

    assert step.ticket.holder("unit") == "city"


def _with_unit(flow):
    ticket = flow.open("T", by=HUB, at=at("2024-11-08 16:00")).ticket
    return lived(flow, ticket, ("dispatch", HUB, "2024-11-08 16:30", {"to_unit": "street-1"}))


def test_w04_twenty_four_hours_run_through_the_weekend():
    """W4, trap 19: dispatched on Friday at 16:30, returned until Saturday 16:30, and not a second later."""
    flow, officer = feature("w04"), Actor("a", "officer@street-1")
    ticket = _with_unit(flow)

    last = flow.fire(
        ticket, "return", by=officer, at=at("2024-11-09 16:30:00"), form={"reason": "不属"}
    ).ticket
    with pytest.raises(Refused) as caught:
        flow.fire(ticket, "return", by=officer, at=at("2024-11-09 16:30:01"), form={"reason": "不属"})

    assert last.state == "at-hub"
    assert caught.value.codes == ("within",)
    assert "24 hours" in str(caught.value)


def test_w04_each_dispatch_gives_a_new_time_to_return():
    """W4: the time for a return counts from the last dispatch, not from the first."""
    flow, officer = feature("w04"), Actor("a", "officer@street-1")
    ticket = lived(
        flow,
        _with_unit(flow),
        ("return", officer, "2024-11-09 09:00", {"reason": "不属"}),
        ("dispatch", HUB, "2024-11-11 09:00", {"to_unit": "street-1"}),
    )

    moves = moves_of(flow, ticket, officer, "2024-11-12 09:00")

    assert moves == ["close", "return"]


def test_w05_whoever_signs_must_be_of_a_helper_unit():
    """W5, row 67: a unit that was not asked completes nothing, and those that were are named."""
    flow = feature("w05")
    ticket = flow.open("T", by=ANYONE, at=at("2024-03-01 09:00")).ticket
    form = {"lead": "city", "helpers": ["street-1", "grid-2"]}
    ticket = lived(flow, ticket, ("distribute", Actor("w", "window"), "2024-03-04 09:00", form))

    with pytest.raises(Refused) as caught:
        flow.fire(
            ticket,
            "opine",
            by=Actor("x", "officer@street-2", "street-2"),
            at=at("2024-03-05 09:00"),
            form={"verdict": "agree"},
        )

    assert caught.value.codes == ("no-piece",)
    assert "street-1, grid-2" in str(caught.value)
    assert ticket.done == {}


def test_w05_the_applicant_does_not_approve():
    """W5: whoever applied is kept away from granting, whatever roles are held."""
    flow, both = feature("w05"), Actor("wang", ["head@city", "officer@city"], "city")
    ticket = flow.open("T", by=both, at=at("2024-03-01 09:00")).ticket
    form = {"lead": "city", "helpers": ["city"]}
    ticket = lived(
        flow,
        ticket,
        ("distribute", Actor("w", "window"), "2024-03-04 09:00", form),
        ("opine", both, "2024-03-05 09:00", {"verdict": "agree"}),
    )

    with pytest.raises(Refused) as caught:
        flow.fire(ticket, "grant", by=both, at=at("2024-03-06 09:00"))

    assert caught.value.codes == ("separation",)


def test_w05_the_time_for_opinions_stops_with_the_last_piece():
    """W5: a sub-deadline of ten working days is met when the last helper signs, not the first."""
    flow = feature("w05")
    first, second = Actor("a", "officer", "street-1"), Actor("b", "officer", "street-2")
    ticket = flow.open("T", by=ANYONE, at=at("2024-03-01 09:00")).ticket
    form = {"lead": "city", "helpers": ["street-1", "street-2"]}
    ticket = lived(
        flow,
        ticket,
        ("distribute", Actor("w", "window"), "2024-03-04 09:00", form),
        ("opine", first, "2024-03-05 09:00", {"verdict": "agree"}),
    )
    half = flow.clocks(ticket, at=at("2024-03-06 09:00"))["opinions-due"]

    ticket = lived(flow, ticket, ("opine", second, "2024-03-18 23:59", {"verdict": "agree"}))

    whole = flow.clocks(ticket, at=at("2024-04-01 09:00"))["opinions-due"]
    assert (half.verdict, half.stopped) == ("in-time", None)
    assert (whole.verdict, whole.stopped) == ("met", at("2024-03-18 23:59"))


def test_w06_hand_overs_are_recorded_and_the_first_asked_stays():
    """W6, rows 10, 66 and 156: each change of hands is on record; who was asked first stays."""
    flow = feature("w06")
    first, second = Actor("first", "staff"), Actor("second")
    ticket = flow.open("T", by=first, at=at("2024-11-04 09:00")).ticket
    ticket = lived(
        flow,
        ticket,
        ("pass-on", first, "2024-11-04 10:00", {"to_whom": "second"}),
        ("pass-on", second, "2024-11-04 11:00", {"to_whom": "third"}),
    )

    handed = [(one.before, one.after, one.by) for one in flow.hand_overs(ticket, "handler")]

    assert handed == [
        ((), ("first",), "first"),
        (("first",), ("second",), "first"),
        (("second",), ("third",), "second"),
    ]
    assert [one.after for one in flow.hand_overs(ticket, "owner")] == [("first",)]


def test_w07_never_more_than_one_person_is_responsible():
    """W7, row 83: after every hand-over exactly one person is in the slot."""
    flow, head = feature("w07"), Actor("h", "head")
    ticket = flow.open("T", by=head, at=at("2024-11-04 09:00"), form={"lane": "ordinary"}).ticket

    for minute, who in enumerate(["a", "b", "a", "c"]):
        ticket = lived(flow, ticket, ("assign", head, f"2024-11-04 10:0{minute}", {"who": who}))

        assert ticket.slots["responsible"] == (who,)


def test_w07_the_escort_may_be_named_at_once():
    """W7, row 68: a fast matter listed with its leader can begin at once."""
    flow, head = feature("w07"), Actor("h", "head")
    form = {"lane": "fast", "leader": "mayor"}
    ticket = flow.open("T", by=head, at=at("2024-11-04 09:00"), form=form).ticket

    ticket = lived(flow, ticket, ("assign", head, "2024-11-04 09:10", {"who": "cadre"}))

    assert ticket.state == "in-hand"


def test_w08_nothing_is_raised_above_the_top_of_the_tree():
    """W8, rows 104 and 112: where no unit lies above, a raise is refused and the level stays filled."""
    flow, city = feature("w08"), Actor("c", "holder@city", "city")
    ticket = flow.open("T", by=city, at=at("2024-11-01 09:00")).ticket

    with pytest.raises(Refused) as caught:
        flow.fire(ticket, "raise", by=city, at=at("2024-11-04 09:00"))

    assert caught.value.codes == ("no-parent",)


def test_w08_at_the_top_a_time_out_is_noted_once_and_moves_nothing():
    """W8: the clock says what it could not do, the ticket stays with the city, and nothing wakes it again."""
    flow = feature("w08")
    ticket = flow.open("T", by=Actor("c", "holder@city", "city"), at=at("2024-11-01 09:00")).ticket

    step = flow.tick(ticket, at=at("2024-12-31 09:00"))

    assert [event.move for event in step.events] == ["level-due.up"]
    assert [note.code for note in step.notes] == ["timed-move-refused"]
    assert step.ticket.holder("level") == "city"
    assert flow.next_wakeup(step.ticket) is None


def test_w08_a_time_out_is_dated_to_the_moment_it_fell_due():
    """W8: however late the host asks, the ticket went up when its time was over, and the next time runs."""
    flow = feature("w08")
    linker = Actor("l", "holder@grid-1", "grid-1")
    ticket = flow.open("T", by=linker, at=at("2024-11-01 09:00")).ticket

    step = flow.tick(ticket, at=at("2024-11-13 09:00"))

    assert [(one.move, one.at) for one in step.events] == [
        ("level-due.up", at("2024-11-09 00:00")),
        ("raise", at("2024-11-09 00:00")),
    ]
    # From Saturday 9 November: 11, 12, 13, 14 and 15 November.
    due = flow.clocks(step.ticket, at=at("2024-11-13 09:00"))["level-due"].deadline
    assert due.day == day("2024-11-15")
