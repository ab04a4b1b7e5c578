from fractions import Fraction

import pytest

from serviceorg.workflow import Command, Refused
from tests.workflow.features.given import Actor, at, feature, lived, moves_of

WANG = Actor("wang")


@pytest.mark.parametrize("name", [f"w{number:02}" for number in range(17, 25)])
def test_the_stories_of_the_file_come_out(name):
    """Every golden case of W17 to W24 comes out as it is written, step by step."""
    flow = feature(name)

    assert flow.workflow.cases
    assert flow.run_cases() == ()


def _answered(flow):
    ticket = flow.open("T", by=WANG, at=at("2024-11-04 09:00"), form={"unit": "grid-1"}).ticket
    return lived(flow, ticket, ("answer", Actor("a", "officer@grid-1"), "2024-11-05 09:00"))


def test_w17_a_review_is_of_the_next_level_up_and_of_that_level_alone():
    """W17: the office above reviews, neither the one that answered nor the one two levels up."""
    flow = feature("w17")
    ticket = lived(flow, _answered(flow), ("ask-review", WANG, "2024-11-06 09:00"))

    allowed = {
        unit: moves_of(flow, ticket, Actor("x", f"officer@{unit}"), "2024-11-07 09:00")
        for unit in ("grid-1", "street-1", "street-2", "city")
    }

    assert allowed == {"grid-1": [], "street-1": ["review"], "street-2": [], "city": []}


def test_w17_thirty_days_to_ask_end_with_the_thirtieth_day():
    """W17: answered on 5 November, a review can be asked for until 24:00 of 5 December."""
    flow = feature("w17")
    ticket = _answered(flow)

    asked = lived(flow, ticket, ("ask-review", WANG, "2024-12-05 23:59"))
    lapsed = flow.tick(ticket, at=at("2024-12-06 00:00")).ticket

    assert (asked.state, lapsed.state) == ("reviewing", "final")


def test_w18_colours_change_as_tiers_are_reached():
    """W18, row 166: yellow two working days before, red when due, black when named; nobody stores a colour.

    Due is Friday 8 November; yellow begins on Wednesday the 6th; six working days after end with the 18th.
    """
    flow = feature("w18")
    ticket = flow.open("T", by=Actor("o", "officer", "street-1"), at=at("2024-11-01 09:00")).ticket
    moments = (
        "2024-11-05 23:59",
        "2024-11-06 00:00",
        "2024-11-09 00:00",
        "2024-11-18 23:59",
        "2024-11-19 00:00",
    )

    colours = [flow.clocks(ticket, at=at(moment))["handling"].colour for moment in moments]

    assert colours == ["", "yellow", "red", "red", "black"]


def test_w18_one_late_tick_does_everything_in_order_once():
    """W18: a host that slept for a month finds all that fell due, in order, and finds it once."""
    flow = feature("w18")
    ticket = flow.open("T", by=Actor("o", "officer", "street-1"), at=at("2024-11-01 09:00")).ticket

    step = flow.tick(ticket, at=at("2024-12-02 09:00"))

    assert [(one.move, one.at) for one in step.events] == [
        ("handling.yellow", at("2024-11-06 00:00")),
        ("handling.red", at("2024-11-09 00:00")),
        ("handling.urge", at("2024-11-12 00:00")),
        ("urge", at("2024-11-12 00:00")),
        ("handling.name", at("2024-11-19 00:00")),
        ("name", at("2024-11-19 00:00")),
    ]
    assert flow.tick(step.ticket, at=at("2024-12-03 09:00")).events == ()
    assert [(one.subject, dict(one.attributes)) for one in step.facts] == [("street-1", {"clock": "overdue"})]


def test_w18_only_a_unit_above_supervises():
    """W18: a supervisor of the same unit is no supervisor of it."""
    flow = feature("w18")
    ticket = flow.open("T", by=Actor("o", "officer", "street-1"), at=at("2024-11-01 09:00")).ticket

    own = moves_of(flow, ticket, Actor("s", "supervisor@street-1"), "2024-11-04 09:00")
    above = moves_of(flow, ticket, Actor("s", "supervisor@city"), "2024-11-04 09:00")

    assert (own, above) == ([], ["supervise"])


OFFICER, CALLER = Actor("o", "officer", "street-1"), Actor("c", "caller")


def _case(flow, name, *, satisfied, officer=OFFICER, more=()):
    ticket = flow.open(name, by=officer, at=at("2024-11-04 09:00")).ticket
    return lived(
        flow,
        ticket,
        ("accept", officer, "2024-11-04 10:00"),
        ("handle", officer, "2024-11-05 09:00"),
        ("call-back", CALLER, "2024-11-06 09:00", {"satisfied": satisfied}),
        *more,
    )


def _ended(flow, name, move):
    ticket = flow.open(name, by=OFFICER, at=at("2024-11-04 09:00")).ticket
    return lived(flow, ticket, (move, OFFICER, "2024-11-04 10:00"))


def test_w19_what_was_not_accepted_repeated_or_judged_unreasonable_leaves_numerator_and_denominator():
    """W19, row 70, trap 39: 2 of 3 remain; each ticket left out names the exclusion that did it."""
    flow = feature("w19")
    ruling = ("judge-unreasonable", Actor("p", "panel"), "2024-11-07 09:00", {"record": "R-1"})

    (rate,) = flow.metrics(
        [
            _case(flow, "T-1", satisfied=True),
            _case(flow, "T-2", satisfied=True),
            _case(flow, "T-3", satisfied=False),
            _case(flow, "T-4", satisfied=False, more=[ruling]),
            _ended(flow, "T-5", "decline"),
            _ended(flow, "T-6", "merge"),
            flow.open("T-7", by=OFFICER, at=at("2024-11-04 09:00")).ticket,
        ],
        at=at("2024-11-30 09:00"),
    )

    assert rate.counted == ("T-1", "T-2", "T-3")
    assert rate.good == ("T-1", "T-2")
    assert dict(rate.excluded) == {"T-4": 2, "T-5": 0, "T-6": 1}
    assert rate.share == Fraction(2, 3)


def test_w19_a_satisfied_answer_cannot_be_ruled_out():
    """W19, trap 39: a ruling is for the dissatisfied alone, and only once."""
    flow, panel = feature("w19"), Actor("p", "panel")
    ticket = _case(flow, "T", satisfied=True)

    with pytest.raises(Refused) as caught:
        flow.fire(ticket, "judge-unreasonable", by=panel, at=at("2024-11-07 09:00"), form={"record": "R"})

    assert caught.value.codes == ("field",)


def test_w19_units_are_rated_each_by_itself():
    """W19: every unit has its own rate, in the order of the ids."""
    flow = feature("w19")
    other = Actor("q", "officer", "street-2")

    rates = flow.metrics(
        [_case(flow, "T-1", satisfied=False, officer=other), _case(flow, "T-2", satisfied=True)],
        at=at("2024-11-30 09:00"),
    )

    assert [(one.group, one.share) for one in rates] == [("street-1", 1), ("street-2", 0)]


def _reported(flow):
    form = {"facts": "F", "contact": "C", "unit": "street-1"}
    return flow.open("T", by=WANG, at=at("2024-11-04 09:00"), form=form).ticket


@pytest.mark.parametrize(
    ("posts", "fields", "slots"),
    [
        ("keeper@city", {"facts", "contact", "unit"}, {"reporter", "unit"}),
        ("keeper@street-2", {"facts", "unit"}, {"unit"}),
        ("officer@street-1", {"facts", "unit"}, {"unit"}),
    ],
)
def test_w20_who_reported_is_seen_by_the_keeper_of_the_unit_alone(posts, fields, slots):
    """W20: reporter and contact are shown to a keeper whose unit covers the ticket's, and to nobody else."""
    flow = feature("w20")

    seen = flow.view(_reported(flow), by=Actor("k", posts))

    assert (set(seen["fields"]), set(seen["slots"])) == (fields, slots)


def test_w20_who_is_barred_neither_gets_it_nor_closes_it():
    """W20: withdrawal is looked up for who is named in the form and for who acts."""
    flow, keeper = feature("w20"), Actor("k", "keeper@city")
    ticket = lived(flow, _reported(flow), ("bar", keeper, "2024-11-04 10:00", {"barred": ["zhao", "sun"]}))

    with pytest.raises(Refused) as given:
        flow.fire(ticket, "give", by=keeper, at=at("2024-11-04 11:00"), form={"to_whom": "sun"})
    ticket = lived(flow, ticket, ("give", keeper, "2024-11-04 11:00", {"to_whom": "li"}))
    with pytest.raises(Refused) as closed:
        flow.fire(ticket, "close", by=Actor("zhao", "officer@city", "street-2"), at=at("2024-11-05 09:00"))

    assert given.value.codes == ("not-in",)
    assert closed.value.codes == ("not-in", "same-unit")


def test_w21_each_gate_is_open_to_its_own_step_alone():
    """W21, rows 51 and 52: in every state exactly one kind of step leads on, made by the one it is for."""
    flow = feature("w21")
    states = {
        move.id: move.sources
        for move in flow.workflow.versions[0].moves
        if move.id not in ("objection", "answer-objection")
    }

    assert states == {
        "rate-oneself": ("self",),
        "rate-by-masses": ("mass",),
        "rate-each-other": ("mutual",),
        "comment-on": ("commenting",),
        "publish": ("preliminary",),
        "correct": ("public",),
        "decide": ("public",),
    }


def test_w21_nobody_scores_themselves():
    """W21, trap 32: a leader who is assessed comments on others only."""
    flow, both = feature("w21"), Actor("m", ["organiser", "leader", "committee"])
    ticket = flow.open("T", by=both, at=at("2024-11-04 09:00"), form={"subject": "m"}).ticket
    ticket = lived(flow, ticket, ("rate-oneself", both, "2024-11-04 10:00", {"own_points": 95}))

    with pytest.raises(Refused) as caught:
        flow.fire(ticket, "rate-by-masses", by=both, at=at("2024-11-05 09:00"), form={"mass_points": 99})

    assert caught.value.codes == ("separation",)


def _proposed():
    flow, chair = feature("w22"), Actor("c", "chair")
    return flow, chair, flow.open("T", by=chair, at=at("2024-11-04 09:00")).ticket


@pytest.mark.parametrize(("present", "for_it", "state"), [(20, 15, "deliberated"), (20, 14, "rejected")])
def test_w22_half_or_more_of_all_includes_the_half(present, for_it, state):
    """W22, M11, traps 2 and 3: 15 of 30 are 半数以上; 14 are not, though 70 % of those present."""
    flow, chair, ticket = _proposed()
    form = {"members": 30, "members_present": present, "members_for": for_it}

    ticket = lived(flow, ticket, ("deliberate", chair, "2024-11-05 09:00", form))

    assert ticket.state == state


def test_w22_without_two_thirds_there_is_no_meeting():
    """W22, M11: 19 of 30 are no quorum, 20 are needed; the refusal shows the exact share."""
    flow, chair, ticket = _proposed()
    form = {"members": 30, "members_present": 19, "members_for": 19}

    with pytest.raises(Refused) as caught:
        flow.fire(ticket, "deliberate", by=chair, at=at("2024-11-05 09:00"), form=form)

    assert caught.value.codes == ("share",)
    assert "19/30" in str(caught.value)
    assert "2/3以上" in caught.value.in_("zh")


VOTE = {
    "adults": 301,
    "adults_present": 150,
    "households": 120,
    "households_present": 80,
    "voting": 80,
    "women": 27,
    "votes_for": 41,
}


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({}, "passed"),
        ({"votes_for": 40}, "rejected"),
        (
            {"adults_present": 151, "households_present": 0, "voting": 151, "women": 51, "votes_for": 76},
            "passed",
        ),
    ],
)
def test_w22_a_quorum_is_of_adults_or_of_households_and_more_than_half_of_those_present_pass(changed, state):
    """W22, M10, trap 3: 80 of 120 households will do, or 151 of 301 adults; 41 of 80 pass, 40 do not."""
    flow, chair, ticket = _proposed()
    members = {"members": 30, "members_present": 30, "members_for": 30}
    ticket = lived(flow, ticket, ("deliberate", chair, "2024-11-05 09:00", members))

    ticket = lived(flow, ticket, ("vote", chair, "2024-11-06 09:00", VOTE | changed))

    assert ticket.state == state


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"households_present": 79}, ("any",)),
        ({"women": 26}, ("share",)),
        ({"voting": 0, "women": 0}, ("share",)),
    ],
)
def test_w22_a_meeting_without_its_quorum_decides_nothing(changed, codes):
    """W22, M10: 150 of 301 adults and 79 of 120 households are too few; 26 of 80 are no third."""
    flow, chair, ticket = _proposed()
    members = {"members": 30, "members_present": 30, "members_for": 30}
    ticket = lived(flow, ticket, ("deliberate", chair, "2024-11-05 09:00", members))

    with pytest.raises(Refused) as caught:
        flow.fire(ticket, "vote", by=chair, at=at("2024-11-06 09:00"), form=VOTE | changed)

    assert caught.value.codes == codes


def test_w22_more_than_all_is_no_share():
    """W22: 40 present of 30 members is a slip of the form, and no quorum."""
    flow, chair, ticket = _proposed()
    form = {"members": 30, "members_present": 40, "members_for": 20}

    with pytest.raises(Refused) as caught:
        flow.fire(ticket, "deliberate", by=chair, at=at("2024-11-05 09:00"), form=form)

    assert caught.value.codes == ("share",)


@pytest.mark.parametrize(
    ("place", "last", "first"),
    [
        ("board", "2024-10-04 23:59:59", "2024-10-05 00:00"),
        ("web", "2024-10-10 23:59:59", "2024-10-11 00:00"),
    ],
)
def test_w23_a_publication_lasts_its_full_time(place, last, first):
    """W23, M12, trap 18: 7 days from 27 September end with 4 October, 5 working days with the 10th."""
    flow, publisher = feature("w23"), Actor("p", "publisher")
    ticket = flow.open("T", by=publisher, at=at("2024-09-27 08:00"), form={"content": "名单"}).ticket
    ticket = lived(flow, ticket, ("publish", publisher, "2024-09-27 09:00", {"place": place}))

    before = moves_of(flow, ticket, publisher, last)
    after = moves_of(flow, ticket, publisher, first)

    assert "end" not in before
    assert "end" in after


def test_w23_a_change_is_published_again_for_the_full_time():
    """W23, row 60, trap 34: what an objection changes is published anew in full; upheld, the time goes on."""
    flow, publisher, neighbour = feature("w23"), Actor("p", "publisher"), Actor("n")
    ticket = flow.open("T", by=publisher, at=at("2024-11-01 08:00"), form={"content": "名单"}).ticket
    board = {"place": "board"}
    ticket = lived(
        flow,
        ticket,
        ("publish", publisher, "2024-11-01 09:00", board),
        ("object", neighbour, "2024-11-06 09:00"),
    )

    upheld = lived(flow, ticket, ("answer", publisher, "2024-11-07 09:00", {"outcome": "upheld"}))
    changed = lived(
        flow,
        ticket,
        ("answer", publisher, "2024-11-07 09:00", {"outcome": "changed"}),
        ("publish", publisher, "2024-11-07 10:00", board),
    )

    assert "end" in moves_of(flow, upheld, publisher, "2024-11-09 00:00")
    assert "end" not in moves_of(flow, changed, publisher, "2024-11-14 23:59")
    assert "end" in moves_of(flow, changed, publisher, "2024-11-15 00:00")


COMMITTEE, SUPERIOR, MEMBER = Actor("com", "committee"), Actor("up", "superior"), Actor("m")


def _graded(flow):
    form = {"subject": "m", "grade": "basic"}
    return flow.open("T", by=COMMITTEE, at=at("2024-03-01 09:00"), form=form)


def test_w24_the_result_stands_while_it_is_under_appeal():
    """W24, trap 35: asking for a review or appealing tells no fact, so the grade stays in force meanwhile."""
    flow = feature("w24")
    given = _graded(flow)

    asked = flow.fire(given.ticket, "ask-review", by=MEMBER, at=at("2024-03-04 09:00"))
    appealed = flow.fire(given.ticket, "appeal", by=MEMBER, at=at("2024-03-04 09:00"))

    assert [dict(one.attributes) for one in given.facts] == [{"grade": "basic"}]
    assert (asked.facts, appealed.facts) == ((), ())
    assert asked.ticket.fields["grade"] == "basic"


def test_w24_a_changed_grade_takes_the_old_fact_back_and_tells_a_new_one():
    """W24: correction is by reversal: one fact takes the old one back by its id, one has the new grade."""
    flow = feature("w24")
    given = _graded(flow)
    ticket = lived(flow, given.ticket, ("ask-review", MEMBER, "2024-03-04 09:00"))
    form = {"new_grade": "competent", "old_fact": given.facts[0].id}

    step = flow.fire(ticket, "change", by=COMMITTEE, at=at("2024-03-11 09:00"), form=form)

    told = [(one.id, one.attributes["grade"], one.reverses) for one in step.facts]
    assert given.facts[0].id == "T#0:given"
    assert told == [("T#2:taken-back", "basic", "T#0:given"), ("T#2:changed", "competent", None)]


@pytest.mark.parametrize(("days", "allowed"), [(0, False), (1, True), (30, True), (31, False)])
def test_w24_an_appeal_is_prolonged_by_thirty_days_at_most(days, allowed):
    """W24: from one to thirty days may be added to the sixty, and none and thirty-one may not."""
    flow = feature("w24")
    ticket = lived(flow, _graded(flow).ticket, ("appeal", MEMBER, "2024-03-04 09:00"))

    command = Command(
        ticket=ticket, move="prolong", by=SUPERIOR, at=at("2024-04-01 09:00"), form={"more_days": days}
    )
    (outcome,) = flow.fire_many([command])

    assert (outcome.error is None) == allowed
    assert allowed or outcome.error.codes == ("no-extension",)
