from fractions import Fraction

import pytest

from serviceorg.workflow import Refused, sampled
from tests.workflow.features.given import Actor, at, day, feature, lived

WANG = Actor("wang")
CLERK = Actor("c", "clerk")


@pytest.mark.parametrize("name", [f"w{number:02}" for number in range(9, 17)])
def test_the_stories_of_the_file_come_out(name):
    """Every golden case of W9 to W16 comes out as it is written, step by step."""
    flow = feature(name)

    assert flow.workflow.cases
    assert flow.run_cases() == ()


@pytest.mark.parametrize(
    ("kind", "last"),
    [("consult", "2024-09-29"), ("help", "2024-10-10"), ("complaint", "2024-10-16")],
)
def test_w09_each_class_has_its_own_limit_and_the_first_day_is_excluded(kind, last):
    """W9, rows 67 and 110, traps 17 and 18: 1, 5 or 10 working days from Friday 27 September 2024.

    Worked are Sunday 29 and Monday 30 September, 8 to 11 October, Saturday 12 October, 14 to 16 October.
    """
    flow = feature("w09")
    ticket = flow.open("T", by=CLERK, at=at("2024-09-27 16:00"), form={"class": kind}).ticket

    ticket = lived(flow, ticket, ("sign", CLERK, "2024-09-27 16:30"))

    state = flow.clocks(ticket, at=at("2024-09-27 16:30"))["handling"]
    assert state.deadline.day == day(last)
    assert state.deadline.moment == flow.calendars["cn"].end_of(day(last))


def test_w09_two_hours_end_on_the_second():
    """W9, trap 19: two hours after it was sent is in time, a second more is late; nights count."""
    flow = feature("w09")
    ticket = flow.open("T", by=CLERK, at=at("2024-09-30 23:00"), form={"class": "help"}).ticket

    in_time = lived(flow, ticket, ("sign", CLERK, "2024-10-01 01:00:00"))
    late = lived(flow, ticket, ("sign", CLERK, "2024-10-01 01:00:01"))

    assert flow.clocks(in_time, at=at("2024-10-08 09:00"))["sign-in"].verdict == "met"
    assert flow.clocks(late, at=at("2024-10-08 09:00"))["sign-in"].verdict == "late"


def test_w09_a_clock_says_how_it_was_counted():
    """W9: the state of a clock tells the first day that does not count, the make-up day and the holiday."""
    flow = feature("w09")
    ticket = flow.open("T", by=CLERK, at=at("2024-09-27 16:00"), form={"class": "help"}).ticket
    ticket = lived(flow, ticket, ("sign", CLERK, "2024-09-27 16:30"))

    reason = flow.clocks(ticket, at=at("2024-09-28 09:00"))["handling"].reason

    assert reason.code == "in-time"
    assert {"first-day"} <= {one.code for one in reason.walk()}


def test_w10_an_extension_counts_from_the_old_due_day_whenever_it_was_asked_for():
    """W10, trap 21: five working days more end on 15 November, asked for on the first day or on the last."""
    flow, head = feature("w10"), Actor("h", "head@street-1")
    ticket = flow.open("T", by=WANG, at=at("2024-11-01 09:00"), form={"unit": "street-1"}).ticket

    early = lived(flow, ticket, ("extend", head, "2024-11-01 10:00", {"reason": "等"}))
    late = lived(flow, ticket, ("extend", head, "2024-11-08 23:59", {"reason": "等"}))

    due = [flow.clocks(one, at=at("2024-11-12 09:00"))["handling"].deadline.day for one in (early, late)]
    assert due == [day("2024-11-15")] * 2


def test_w10_nobody_extends_what_they_asked_for_themselves():
    """W10: a head who is the requester does not approve the extension."""
    flow, head = feature("w10"), Actor("h", "head@street-1")
    ticket = flow.open("T", by=head, at=at("2024-11-01 09:00"), form={"unit": "street-1"}).ticket

    with pytest.raises(Refused) as caught:
        flow.fire(ticket, "extend", by=head, at=at("2024-11-04 09:00"), form={"reason": "等"})

    assert caught.value.codes == ("separation",)


def test_w10_the_requester_is_told_why():
    """W10, row 110: an extension is told to the requester with its reason, in both languages."""
    flow, head = feature("w10"), Actor("h", "head@street-1")
    ticket = flow.open("T", by=WANG, at=at("2024-11-01 09:00"), form={"unit": "street-1"}).ticket

    step = flow.fire(ticket, "extend", by=head, at=at("2024-11-04 09:00"), form={"reason": "等待检测"})

    (notice,) = step.notices
    assert (notice.to, notice.text.zh) == ("wang", "因等待检测延期办理")
    assert notice.text.en == "It takes longer: 等待检测"


def test_w11_while_on_hold_nobody_knows_the_due_day_but_what_is_left_is_known():
    """W11: a paused clock has no due moment; of five working days one has run, four are left."""
    flow, head = feature("w11"), Actor("h", "head")
    ticket = flow.open("T", by=WANG, at=at("2024-09-26 09:00")).ticket
    ticket = lived(flow, ticket, ("hold", head, "2024-09-27 09:00", {"until": day("2024-10-08")}))

    state = flow.clocks(ticket, at=at("2024-10-05 09:00"))["handling"]

    assert (state.verdict, state.is_paused, state.deadline.moment) == ("in-time", True, None)
    assert [(one.amount, one.unit) for one in state.deadline.remaining] == [(4, "working days")]


def test_w11_a_holiday_inside_a_suspension_is_not_taken_off_twice():
    """W11, trap 22: on hold from 30 September to 8 October, the limit moves by one working day alone.

    27, 29 and 30 September have run; the 8th, on which it goes on, is not counted; 9 and 10 October are.
    """
    flow, head, officer = feature("w11"), Actor("h", "head"), Actor("o", "officer")
    ticket = flow.open("T", by=WANG, at=at("2024-09-26 09:00")).ticket

    ticket = lived(
        flow,
        ticket,
        ("hold", head, "2024-09-30 09:00", {"until": day("2024-10-08")}),
        ("go-on", officer, "2024-10-08 09:00"),
    )

    due = flow.clocks(ticket, at=at("2024-10-08 09:00"))["handling"].deadline
    assert due.day == day("2024-10-10")


def test_w12_a_deemed_consent_is_made_by_the_clock_at_the_end_of_the_time():
    """W12: silence is consent at 24:00 of the seventh day, made by the clock, however late it is noticed."""
    flow, officer = feature("w12"), Actor("o", "officer")
    ticket = flow.open("T", by=WANG, at=at("2024-11-01 09:00")).ticket
    ticket = lived(
        flow,
        ticket,
        ("supply", WANG, "2024-11-04 09:00", {"papers": "P"}),
        ("propose", officer, "2024-11-05 09:00"),
    )

    step = flow.tick(ticket, at=at("2025-03-01 09:00"))

    last = step.events[-1]
    assert (last.move, last.by, last.at) == ("consent", "clock", at("2024-11-13 00:00"))
    assert step.ticket.state == "accepted"
    assert flow.replay("T", step.ticket.history) == step.ticket


def test_w12_nobody_but_the_clock_deems_anything():
    """W12: a move of the clock alone is open to no person, whatever roles are held."""
    flow = feature("w12")
    ticket = flow.open("T", by=WANG, at=at("2024-11-01 09:00")).ticket

    with pytest.raises(Refused) as caught:
        flow.fire(ticket, "deem-withdrawn", by=Actor("o", ["officer", "clock"]), at=at("2024-11-04 09:00"))

    assert caught.value.codes == ("no-permission",)
    assert "the clock alone" in str(caught.value)


def test_w13_a_notice_has_the_same_key_however_often_it_is_worked_out():
    """W13, row 111, trap 38: the same step has the same keys; after a redo they are new."""
    flow, handler = feature("w13"), Actor("h")
    form = {"requester": "wang", "handler": "h"}
    ticket = flow.open("T", by=CLERK, at=at("2024-11-04 09:00"), form=form).ticket
    limit = {"limit": day("2024-11-11")}

    once = flow.fire(ticket, "assign", by=CLERK, at=at("2024-11-04 10:00"), form=limit)
    twice = flow.fire(ticket, "assign", by=CLERK, at=at("2024-11-04 10:00"), form=limit)
    done = lived(flow, once.ticket, ("handle", handler, "2024-11-05 09:00"))
    again = flow.fire(done, "redo", by=CLERK, at=at("2024-11-06 09:00"))

    keys = {one.key for one in once.notices}
    assert {one.key for one in twice.notices} == keys
    assert len(keys) == 2
    assert keys.isdisjoint(one.key for one in again.notices)
    assert [one.notice for one in again.notices] == ["by-whom", "by-whom"]


def test_w13_an_anonymous_requester_is_on_record_as_not_told():
    """W13, trap 38: with nobody in the slot the notice says so, and the handler is told all the same."""
    flow = feature("w13")

    step = flow.open("T", by=CLERK, at=at("2024-11-04 09:00"), form={"handler": "h"})

    assert [(one.slot, one.to) for one in step.notices] == [("requester", ""), ("handler", "h")]


@pytest.mark.parametrize(
    ("kind", "state", "outcome"),
    [
        ("judged", "judged-off", "judged"),
        ("extended", "extended-off", "extended"),
        ("handed-over", "handed-off", "handed-over"),
    ],
)
def test_w14_what_cannot_be_solved_is_struck_off_by_judgement_with_its_kind(kind, state, outcome):
    """W14, rows 84 and 157, trap 36: judged, extended and handed over are ends of their own."""
    flow, officer = feature("w14"), Actor("o", "officer")
    ticket = flow.open("T", by=officer, at=at("2024-11-04 09:00")).ticket

    ticket = lived(
        flow,
        ticket,
        ("report-done", officer, "2024-11-05 09:00"),
        ("call-back", Actor("c", "caller"), "2024-11-06 09:00", {"solved": False}),
        ("judge", Actor("p", "panel"), "2024-11-07 09:00", {"kind": kind, "record": "R"}),
    )

    outcomes = {one.id: one.outcome for one in flow.workflow.versions[0].states}
    assert (ticket.state, outcomes[ticket.state]) == (state, outcome)


def test_w14_whoever_handled_it_does_not_call_back():
    """W14: the handler holds the caller's role too, and is kept away all the same."""
    flow, both = feature("w14"), Actor("o", ["officer", "caller"])
    ticket = flow.open("T", by=both, at=at("2024-11-04 09:00")).ticket
    ticket = lived(flow, ticket, ("report-done", both, "2024-11-05 09:00"))

    with pytest.raises(Refused) as caught:
        flow.fire(ticket, "call-back", by=both, at=at("2024-11-06 09:00"), form={"solved": True})

    assert caught.value.codes == ("separation",)


def test_w15_a_tenth_is_drawn_and_anybody_can_draw_it_again():
    """W15, row 59, trap 40: of 95 tickets ten are called back, drawn by the seed alone."""
    ids = [f"T-{number}" for number in range(95)]

    drawn = sampled(ids, share=Fraction(1, 10), seed="2024-11")
    again = sampled(reversed(ids), share="1/10", seed="2024-11")

    assert len(drawn) == 10
    assert set(drawn) == set(again)
    assert set(sampled(ids, share="1/10", seed="2024-12")) != set(drawn)


def _called(flow, name, *steps):
    officer = Actor("o", "officer", "street-1")
    ticket = flow.open(name, by=officer, at=at("2024-11-04 09:00")).ticket
    return lived(flow, ticket, ("handle", officer, "2024-11-05 09:00"), *steps)


def test_w15_unreachable_is_not_satisfied():
    """W15, trap 40: three calls without answer leave the rate; they count neither as good nor as bad."""
    flow, caller = feature("w15"), Actor("c", "caller")
    silent = [("no-answer", caller, f"2024-11-0{n} 09:00") for n in (6, 7, 8)]

    (rate,) = flow.metrics(
        [
            _called(flow, "T-1", ("rate", caller, "2024-11-06 09:00", {"grade": "very-good"})),
            _called(flow, "T-2", ("rate", caller, "2024-11-06 09:00", {"grade": "fair"})),
            _called(flow, "T-3", *silent),
            _called(flow, "T-4"),
        ],
        at=at("2024-11-30 09:00"),
    )

    assert (rate.group, rate.good, rate.counted) == ("street-1", ("T-1",), ("T-1", "T-2"))
    assert dict(rate.excluded) == {"T-3": 0}
    assert rate.share == Fraction(1, 2)


def test_w16_the_third_redo_raises():
    """W16, row 59: the counter is before the move, so the third redo finds two and goes up."""
    flow, officer = feature("w16"), Actor("o", "officer")
    ticket = flow.open("T", by=WANG, at=at("2024-11-01 09:00")).ticket

    reached = []
    for hour in (10, 12, 14):
        ticket = lived(
            flow,
            ticket,
            ("solve", officer, f"2024-11-01 {hour}:00"),
            ("redo", WANG, f"2024-11-01 {hour + 1}:00"),
        )
        reached.append(ticket.state)

    assert reached == ["working", "working", "raised"]


def test_w16_a_reopened_clock_does_what_its_file_says():
    """W16, trap 23: first result kept, time used so far continued, begun anew, or a time of grace.

    Opened Friday 1 November, solved on the 6th (three of five working days), reopened on Friday the 8th.
    """
    flow = feature("w16")
    ticket = flow.open("T", by=WANG, at=at("2024-11-01 09:00")).ticket

    ticket = lived(
        flow, ticket, ("solve", Actor("o", "officer"), "2024-11-06 09:00"), ("redo", WANG, "2024-11-08 09:00")
    )

    clocks = flow.clocks(ticket, at=at("2024-11-08 09:00"))
    assert {name: (one.verdict, one.turn, one.deadline.day) for name, one in clocks.items()} == {
        "first": ("met", 1, day("2024-11-08")),
        "total": ("in-time", 1, day("2024-11-12")),
        "this-time": ("in-time", 2, day("2024-11-15")),
        "allowance": ("in-time", 2, day("2024-11-12")),
    }
