"""Publications with objections (W23; rows 60 and 65; M12; traps 18 and 34)."""

import pytest

import serviceorg as so
from tests.schemes.lives import Life, at, someone

UNITS = {"street-1": ""}
CLERK = someone("clerk", "publisher@street-1", unit="street-1")
BOSS = someone("boss", "approver@street-1")
RESIDENT = someone("r1")
OTHER = someone("r2")


def posted(length="five-working-days", matter="scores", moment="2024-09-27 09:00", **form):
    """Return the life of a publication that has just been posted."""
    life = Life("published/publication", UNITS)
    life("prepare", CLERK, moment, matter=matter, content="Third quarter", length=length, **form)
    life("post", CLERK, moment, place="Hall")
    return life


@pytest.mark.parametrize(
    ("length", "last"),
    [
        ("five-working-days", "2024-10-10"),
        ("seven-working-days", "2024-10-12"),
        ("five-days", "2024-10-02"),
        ("seven-days", "2024-10-04"),
        ("twenty-days", "2024-10-17"),
    ],
)
def test_the_window_of_every_length(length, last):
    """M12, trap 18: from Fri 27 Sep 2024, over the holiday; a least time may end on a day off."""
    life = posted(length)

    life.pass_to(f"{last} 23:59")
    before = life.state
    life.pass_to(life.due("window", f"{last} 23:59"))

    assert (before, life.state) == ("posted", "window-over")


def test_a_longer_time_by_law_prevails():
    """W23: with a legal last day of 31 Oct the five working days from 27 Sep are not enough."""
    life = posted(at_least_until=at("2024-10-31").date())

    assert life.due("window", "2024-09-28 09:00") == "2024-11-01 00:00"


def test_nothing_is_confirmed_before_the_window_has_closed():
    """W23: neither on the last day nor, without a tick of the clock, after it."""
    life = posted()

    last_day = life.refused("confirm", BOSS, "2024-10-10 23:00")
    not_ticked = life.refused("confirm", BOSS, "2024-10-11 09:00")
    life.pass_to("2024-10-11 09:00")
    life("confirm", BOSS, "2024-10-11 09:01")

    assert last_day == ["not-from-here"]
    assert not_ticked == ["tick-first"]
    assert life.state == "confirmed"


def test_the_window_wakes_the_host_at_its_end():
    """W23: the next wake-up of a posted publication is the end of its window."""
    life = posted()

    assert life.flow.next_wakeup(life.ticket) == at("2024-10-11 00:00")


def test_who_prepared_it_does_not_confirm_it():
    """W23: two pairs of eyes, even where the clerk could confirm elsewhere."""
    life = posted()
    life.pass_to("2024-10-11 00:00")
    both = someone("clerk", "publisher@street-1", "approver@street-1")

    assert life.refused("confirm", both, "2024-10-11 09:00") == ["separation"]


def test_an_open_objection_stops_the_decision_and_a_rejected_one_does_not():
    """Trap 34: one objection bars the outcome; when it is rejected, the matter takes effect."""
    life = posted()
    life("object", RESIDENT, "2024-10-09 09:00", objection="Wrong")
    life.pass_to("2024-10-11 00:00")

    stopped = life.refused("confirm", BOSS, "2024-10-11 09:00")
    life("answer", BOSS, "2024-10-11 10:00", finding="rejected", reason="counted right", to_whom="r1")
    life("confirm", BOSS, "2024-10-11 11:00")

    assert stopped == ["none-open"]
    assert life.state == "confirmed"


def test_an_upheld_objection_is_corrected_and_posted_again_for_the_full_time():
    """Trap 34: posted again on Wed 9 Oct, five working days are 10, 11, 12 (make-up), 14 and 15 Oct."""
    life = posted()
    life("object", RESIDENT, "2024-09-30 09:00", objection="Wrong")
    life("answer", BOSS, "2024-10-08 09:00", finding="upheld", reason="counted anew", to_whom="r1")
    in_between = life.state
    life("repost", CLERK, "2024-10-09 09:00", place="Hall", change="Branch 9")

    assert in_between == "correcting"
    assert life.due("window", "2024-10-09 10:00") == "2024-10-16 00:00"


def test_a_notice_that_came_down_is_posted_anew_for_the_full_time():
    """W23: days on which nobody could read it do not count."""
    life = posted("seven-days", moment="2024-11-04 09:00")
    life("interrupt", CLERK, "2024-11-09 09:00", reason="storm")
    life("repost", CLERK, "2024-11-11 09:00", place="Hall", change="none")

    assert life.due("window", "2024-11-11 10:00") == "2024-11-19 00:00"


def test_a_voters_list_is_objected_to_within_five_days():
    """Section 3.6: posted Mon 2 Sep, five days end Sat 7 Sep and roll to Mon 9 Sep; the 10th is late."""
    life = posted("twenty-days", "voters", "2024-09-02 09:00")

    life("object", RESIDENT, "2024-09-09 23:00", objection="I am missing")
    late = life.refused("object", OTHER, "2024-09-10 00:00", objection="So am I")

    assert late == ["any"]


@pytest.mark.parametrize(("moment", "in_time"), [("2024-11-08 23:59", True), ("2024-11-09 09:00", False)])
def test_an_answer_is_due_within_three_days(moment, in_time):
    """Section 3.6: an objection of Tue 5 Nov is answered by Fri 8 Nov; the fact says whether it was."""
    life = posted("twenty-days", moment="2024-11-04 09:00")
    life("object", RESIDENT, "2024-11-05 09:00", objection="Wrong")

    life("answer", BOSS, moment, finding="rejected", reason="no", to_whom="r1")

    assert life.facts[-1].kind == "objection-answered"
    assert life.facts[-1].attributes["in_time"] is in_time


def test_each_objector_is_told_of_the_own_objection():
    """W13: with two objections open, each answer goes to the person it is about."""
    life = posted("twenty-days", moment="2024-11-04 09:00")
    life("object", RESIDENT, "2024-11-05 09:00", objection="Wrong")
    life("object", OTHER, "2024-11-05 10:00", objection="Wrong too")

    first = life("answer", BOSS, "2024-11-06 09:00", finding="rejected", reason="no", to_whom="r1")
    second = life("answer", BOSS, "2024-11-06 10:00", finding="rejected", reason="no", to_whom="r2")

    assert [[one.to for one in step.notices] for step in (first, second)] == [["r1"], ["r2"]]


def test_outsiders_do_not_see_who_objected():
    """W20: an objector is seen by those who handle objections, not by the neighbours."""
    life = posted()
    life("object", RESIDENT, "2024-09-29 09:00", objection="Wrong")

    seen = ["objector" in life.flow.view(life.ticket, by=who)["slots"] for who in (OTHER, CLERK)]

    assert seen == [False, True]


@pytest.mark.parametrize("missing", ["identity", "duties", "promises", "comments", "reviews"])
def test_a_staff_display_shows_all_five(missing):
    """Row 65: identity, duties, promises, comments and reviews; one missing and it is not prepared."""
    life = Life("published/publication", UNITS)
    five = ("identity", "duties", "promises", "comments", "reviews")
    form = {"matter": "staff-display", "content": "Counter 1", "length": "seven-days"}
    form |= {f"shows_{one}": one != missing for one in five}

    with pytest.raises(so.Refused) as caught:
        life("prepare", CLERK, "2024-09-27 09:00", **form)

    assert list(caught.value.codes) == ["any"]


def test_what_was_published_becomes_a_fact():
    """Row 60: the matter, its objections and second postings, and whether it was posted in time."""
    life = posted()
    life("object", RESIDENT, "2024-09-30 09:00", objection="Wrong")
    life("answer", BOSS, "2024-10-08 09:00", finding="upheld", reason="counted anew", to_whom="r1")
    life("repost", CLERK, "2024-10-09 09:00", place="Hall", change="Branch 9")
    life.pass_to("2024-10-16 00:00")
    life("confirm", BOSS, "2024-10-16 09:00")

    fact = life.facts[-1]

    assert (fact.kind, fact.subject) == ("publication-confirmed", "street-1")
    assert dict(fact.attributes) == {"matter": "scores", "objections": 1, "reposted": 1, "in_time": True}
