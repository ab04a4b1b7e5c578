from datetime import date

import pytest

from tests.schemes.story import Story, moment, registry, told

UNITS = {"point-1": "station-1", "station-1": "town-1", "town-1": "county", "county": ""}
ACTORS = {
    "link": "link-household@point-1",
    "keeper": "ledger-keeper@county",
    "head": "station-head@county",
    "reviewer": "reviewer@point-1",
    "above": "reviewer@town-1",
    "cadre": "@point-1",
    "cadre-2": "@point-1",
    "v1": "",
}


def sorted_into(kind="need", ticket="T-1"):
    """Return a story of a need in the ledger of point 1."""
    story = Story("zunyi/need", UNITS, ACTORS)
    story.open("single", "link", "09-27 15:00", id=ticket, request="Water", requester_ids=["v1"])
    story.do("sort", "keeper", "09-27 16:00", kind=kind)
    return story


def working(kind="need", ticket="T-1"):
    """Return a story of a need a cadre works on."""
    story = sorted_into(kind, ticket)
    story.do("assign", "head", "09-27 17:00", cadre_id="cadre")
    return story


def test_a_collective_demand_is_one_need_of_many():
    """A demand meeting raises one need whose requesters are all told, and may each verify it (row 78)."""
    story = told("zunyi/need", 0)

    asked = [one.to for one in story.messages if one.notice == "result"]

    assert story.ticket.slots["requesters"] == ("v1", "v2")
    assert asked == ["v1", "v2"]
    assert story.ticket.last.by == "v2"


@pytest.mark.parametrize(
    ("base", "entitled", "present", "yes", "refused"),
    [
        ("adults", 301, 150, 150, ("any",)),  # not more than half of the adults
        ("adults", 301, 151, 76, ()),
        ("households", 120, 79, 79, ("any",)),  # less than two thirds
        ("households", 120, 80, 40, ("share",)),  # half is not more than half
        ("households", 120, 80, 41, ()),
    ],
)
def test_a_project_is_decided_by_the_meeting(base, entitled, present, yes, refused):
    """More than half of the adults or two thirds of the households decide a project (row 79, M10)."""
    story = working("project")
    votes = {"base": base, "entitled": entitled, "present": present, "yes": yes}
    form = {**votes, "own_funds": 100, "minutes": "1"}

    if refused:
        assert story.refused("resolve-project", "cadre", "10-08 09:00", **form) == refused
    else:
        assert story.do("resolve-project", "cadre", "10-08 09:00", **form).ticket.state == "subsidy-asked"


def test_the_subsidy_comes_from_somebody_else():
    """A need waits for its subsidy, and neither the cadre nor the requester can grant it (row 79)."""
    story = working("project")
    votes = {"base": "households", "entitled": 120, "present": 80, "yes": 41}
    story.do("resolve-project", "cadre", "10-08 09:00", **votes, own_funds=100, minutes="1")

    assert story.refused("grant", "cadre", "10-09 09:00") == ("no-permission",)
    assert story.refused("grant", "v1", "10-09 09:00") == ("no-permission", "separation")


def test_there_are_four_levels():
    """A need climbs from the point over station and township to the county, and no further (row 80)."""
    story = sorted_into()
    seen = [story.ticket.holder("unit")]

    for day in ("28", "29", "30"):
        story.do("hand-up", "head", f"09-{day} 09:00", reason="Too large")
        seen.append(story.ticket.holder("unit"))

    assert seen == ["point-1", "station-1", "town-1", "county"]
    assert story.refused("hand-up", "head", "10-08 09:00", reason="Too large") == ("count", "no-parent")


def test_what_it_raises_is_said_when_it_is_struck_off():
    """The fact of a solved need names which of the five things it raises (row 81)."""
    story = told("zunyi/need", 0)

    fact = next(one for one in story.facts if one.kind == "need-struck-off")

    assert dict(fact.attributes) == {"kind": "solved", "in_time": True, "dimension": "function"}


def test_the_ledger_is_sorted_every_day():
    """What was raised on a Friday is to be sorted within 24 hours, a Saturday or not (row 82)."""
    story = Story("zunyi/need", UNITS, ACTORS)
    story.open("single", "link", "10-11 15:00", request="Water", requester_ids=["v1"])

    due = story.due("sorting")
    step = story.tick("10-12 15:00:01")

    assert due == moment("10-12 15:00")
    assert [(fact.kind, fact.subject) for fact in step.facts] == [("sorting-late", "point-1")]


def test_one_problem_has_one_cadre():
    """A new cadre takes the place of the old one, and the change is on record (row 83)."""
    story = working()

    story.do("reassign", "head", "09-29 09:00", cadre_id="cadre-2", reason="Leave")
    changes = story.flow.hand_overs(story.ticket, "cadre")

    assert story.ticket.slots["cadre"] == ("cadre-2",)
    assert [(one.before, one.after) for one in changes] == [((), ("cadre",)), (("cadre",), ("cadre-2",))]
    assert story.refused("report", "cadre", "09-29 10:00", result="Done") == ("no-permission",)


def test_a_cadre_says_how_far_it_has_come():
    """No word in five working days is a fact about the cadre; a word begins the time anew (row 83)."""
    story = working()
    story.do("note-progress", "cadre", "09-29 09:00", progress="Pipe ordered")

    due = story.due("tracking")
    step = story.tick("10-12 00:00")

    assert due == moment("10-12 00:00")  # 30 Sep, 8, 9, 10, 11 Oct
    assert ("tracking-missed", "cadre") in [(fact.kind, fact.subject) for fact in step.facts]


def test_what_is_not_solved_is_not_struck_off():
    """Only satisfied residents, asked by somebody else than the cadre, strike a need off (row 84, W14)."""
    story = working()
    story.do("report", "cadre", "09-30 09:00", result="Done")

    by_cadre = story.refused("verify", "cadre", "09-30 10:00", view="satisfied")
    unsolved = story.refused("verify", "v1", "09-30 10:00", view="dissatisfied")
    story.do("redo", "v1", "09-30 10:00", view="dissatisfied", reason="Dry")

    assert by_cadre == ("no-permission", "separation")
    assert unsolved == ("field",)
    assert story.ticket.state == "working"


def test_who_is_not_reached_is_not_called_satisfied():
    """After three vain calls a need may be seen to be solved, without a view of anybody (trap 40)."""
    story = told("zunyi/need", 1)

    last = story.steps[-1]

    assert [fact.kind for fact in last.facts] == ["need-struck-off"]
    assert [fact.kind for fact in story.facts].count("need-view") == 1  # the dissatisfied one


@pytest.mark.parametrize(
    ("kind", "more", "state", "outcome"),
    [
        ("judged", {}, "struck-judged", "judged"),
        ("extended", {"resume_on": date(2025, 3, 3)}, "struck-extended", "extended"),
        ("handed-over", {"taker": "water office"}, "struck-handed-over", "handed-over"),
    ],
)
def test_what_cannot_be_solved_ends_honestly(kind, more, state, outcome):
    """Three kinds of striking off do not say solved, and the level above has to agree (trap 36, W14)."""
    story = working()
    story.do("propose-strike", "cadre", "09-29 09:00", strike=kind, reason="R", **more)

    own_level = story.refused("rule", "reviewer", "09-30 09:00", minutes="1")
    step = story.do("rule", "above", "09-30 09:00", minutes="1")
    fact = step.facts[0]

    assert own_level == ("no-permission",)
    assert step.ticket.state == state
    assert (fact.kind, fact.subject, fact.attributes["kind"]) == ("need-struck-off", "cadre", outcome)
    assert "in_time" not in fact.attributes


def test_what_was_judged_leaves_the_rate():
    """What was judged or handed over is not counted against the unit, what was put off is (trap 36, W19)."""
    flow = registry().workflow("zunyi/need")
    tickets = []
    for kind in ("judged", "handed-over", "extended"):
        story = working(ticket=kind)
        more = {"resume_on": date(2025, 3, 3), "taker": "T"}
        story.do("propose-strike", "cadre", "09-29 09:00", strike=kind, reason="R", **more)
        tickets.append(story.do("rule", "above", "09-30 09:00", minutes="1").ticket)

    rate = next(one for one in flow.metrics(tickets, at=moment("10-08 00:00")) if one.metric == "struck-off")

    assert rate.counted == ("extended",)
    assert rate.good == ()
    assert set(rate.excluded) == {"judged", "handed-over"}


def test_what_was_put_off_comes_back():
    """A need put off is taken up again by a named cadre, with a limit that begins anew (trap 23)."""
    story = told("zunyi/need", 1)

    turns = story.flow.clocks(story.ticket, at=story.ticket.last.at)["resolve"].turn

    assert story.ticket.state == "struck-redone"
    assert turns == 2


def test_who_takes_an_errand_answers_for_it():
    """A linking household that takes an errand is its cadre at once, and an errand run is a fact (row 89)."""
    story = told("zunyi/need", 2)

    errands = [(one.kind, one.subject) for one in story.facts if one.kind == "errand-by-proxy"]

    assert story.ticket.holder("cadre") == "link"
    assert errands == [("errand-by-proxy", "link")]


def test_the_third_redo_is_taken_up_by_the_level_above():
    """Twice a need goes back to its cadre; the third time a unit above names who goes on (W16, row 80)."""
    story = told("zunyi/need", 3)

    after = [event.state for event in story.ticket.history if event.move == "redo"]

    assert after == ["working", "working", "raised-up"]
    assert story.ticket.holder("cadre") == "second"


def test_a_unit_that_names_nobody_is_late():
    """Past the working day for naming the cadre the fact is about the unit (row 83, trap 41)."""
    story = sorted_into()

    step = story.tick("09-30 00:00")  # sorted Fri 27 Sep; the next working day is Sun 29 Sep

    assert [(fact.kind, fact.subject) for fact in step.facts] == [("need-overdue", "point-1")]
    assert step.notes == ()


def test_what_is_handed_up_has_days_of_its_own():
    """The limit of the point ends with handing up; the station's cadre has ten days anew (row 80)."""
    story = working()
    story.do("hand-up", "head", "10-09 09:00", reason="Too large")
    ended = story.verdict("resolve")

    story.do("assign", "head", "10-09 10:00", cadre_id="cadre-2")

    assert ended == "cancelled"
    assert story.due("resolve") == moment("10-23 00:00")  # 10, 11, 12 (worked), 14 to 18, 21, 22 Oct
