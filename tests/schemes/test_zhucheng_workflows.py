import pytest

import serviceorg as so
from tests.schemes.story import Story, moment, registry, told

UNITS = {"grid-12": "community-4", "community-4": "town-2", "town-2": "city", "water": "city", "city": ""}
ACTORS = {
    "grid": "grid-head@grid-12",
    "community": "community-head@community-4",
    "linker": "linker@town-2",
    "book": "unit-ledger@town-2",
    "water": "unit-ledger@water",
    "centre": "city-centre@city",
}
REPORT = {
    "number": "N-1",
    "household": "H-7",
    "class": "livelihood",
    "request": "Relief",
    "community_id": "community-4",
}
FIVE = {"family": "4", "difficulties": "Floods", "hopes": "None", "disputes": "None", "opinions": "None"}
VISIT = {"number": "N-2", "household": "H-9", "class": "roads-water", "community_id": "community-4", **FIVE}


def reported():
    """Return a story that begins with a report by handset."""
    story = Story("zhucheng/livelihood", UNITS, ACTORS)
    story.open("handset", "grid", "10-08 09:00", **REPORT)
    return story


def visited(**more):
    """Return a story that begins with a visit."""
    story = Story("zhucheng/livelihood", UNITS, ACTORS)
    story.open("visit", "linker", "10-08 09:00", **VISIT, **more)
    return story


def test_a_handset_report_goes_straight_to_the_city():
    """What the head of a grid reports lies with the city centre at once, which dispatches it (row 92)."""
    story = reported()

    first = story.ticket.state
    story.do("dispatch", "centre", "10-08 09:30", unit_id="water")

    assert first == "at-city"
    assert story.ticket.holder("unit") == "water"


def test_the_community_sees_it_at_the_same_moment():
    """The report is told to the community at once, and its head may act before the city has (row 93)."""
    story = reported()

    told_to = [(one.slot, one.to) for one in story.messages]
    may = {one.move for one in options(story, "community", "10-08 09:01") if one.allowed}

    assert ("community", "community-4") in told_to
    assert may == {"act-early"}


def options(story, by, at):
    """Return the moves an actor sees."""
    return story.flow.moves(story.ticket, by=story.actors[by], at=moment(at))


def test_two_views_of_one_record_close_it_once():
    """Acted on first and dispatched later, a record ends once, with one fact of each kind (trap 37)."""
    story = told("zhucheng/livelihood", 0)

    kinds = sorted((fact.kind, fact.subject) for fact in story.facts)

    assert [event.move for event in story.ticket.history].count("confirm-early") == 1
    assert kinds == [
        ("early-action", "head"),
        ("handset-report", "grid"),
        ("need-solved", "head"),
        ("need-view", "head"),
    ]


def test_the_city_cannot_give_it_to_a_second_unit():
    """Once the community acts, no other unit is dispatched, also after the result (row 93, trap 37)."""
    story = reported()
    story.do("act-early", "community", "10-08 09:05")

    early = story.refused("dispatch", "centre", "10-08 09:30", unit_id="water")
    story.do("finish", "community", "10-08 15:00", result="Done", level="community")
    late = story.refused("dispatch", "centre", "10-08 15:30", unit_id="water")

    assert early == late == ("not-from-here",)


def test_the_second_report_of_one_record_is_merged():
    """Reports are one record by their number; the second is a duplicate and pays nothing (trap 37)."""
    first, second = reported(), reported()

    step = second.do("merge", "centre", "10-08 09:20", same_as="N-1")

    assert second.flow.workflow.versions[-1].identity == ("number",)
    assert first.ticket.fields["number"] == second.ticket.fields["number"]
    assert (step.ticket.state, step.facts) == ("duplicate", ())


@pytest.mark.parametrize("missing", sorted(FIVE))
def test_every_visit_asks_the_five_questions(missing):
    """A visit is not entered without family, difficulties, hopes, disputes and opinions (row 103)."""
    story = Story("zhucheng/livelihood", UNITS, ACTORS)
    form = {name: value for name, value in VISIT.items() if name != missing}

    with pytest.raises(so.FormProblems, match=missing):
        story.open("visit", "linker", "10-08 09:00", **form)


def test_a_visit_without_a_need_is_only_noted():
    """A visit counts for the linker whether or not somebody asked for something (rows 102 and 103)."""
    story = visited()

    step = story.do("note", "linker", "10-08 09:10")

    assert step.ticket.state == "noted"
    assert [(one.kind, one.attributes["household"]) for one in story.facts] == [("household-visit", "H-9")]


@pytest.mark.parametrize(
    ("path", "level"),
    [
        ([("solve-self", "linker", {"result": "R", "level": "linker"})], "linker"),
        (
            [
                ("to-unit", "linker", {"reason": "R"}),
                ("solve-unit", "book", {"result": "R", "level": "unit"}),
            ],
            "unit",
        ),
        (
            [
                ("to-unit", "linker", {"reason": "R"}),
                ("to-city", "book", {"reason": "R"}),
                ("dispatch", "centre", {"unit_id": "water"}),
                ("take", "water", {"officer": "water"}),
                ("finish", "water", {"result": "R", "level": "city"}),
            ],
            "city",
        ),
    ],
)
def test_there_are_three_ledgers(path, level):
    """The linker solves it, or the unit's ledger takes it, or the city's; the fact says which (row 104)."""
    story = visited(request="Ditch")

    for hour, (move, by, form) in enumerate(path, 10):
        asked = {"request": "Ditch"} if move in {"solve-self", "to-unit", "solve-unit", "to-city"} else {}
        story.do(move, by, f"10-08 {hour}:00", **form, **asked)
    step = story.do("call-back", "centre", "10-09 09:00", view="satisfied")
    solved = next(fact for fact in step.facts if fact.kind == "need-solved")

    assert (solved.attributes["level"], solved.attributes["class"]) == (level, "roads-water")


def test_what_lies_too_long_goes_up_by_itself():
    """A need past the linker's time is in the unit's ledger, past the unit's in the city's (row 104, W8)."""
    story = visited(request="Ditch")

    early = story.refused("solve-self", "linker", "10-30 09:00", request="D", result="R", level="linker")
    first = story.tick("10-15 00:00").ticket.state  # 9, 10, 11, 12, 14 Oct
    second = story.tick("10-30 00:00").ticket.state  # 16 to 18, 21 to 25, 28, 29 Oct

    assert early == ("tick-first",)
    assert (first, second) == ("unit-book", "at-city")


def test_there_are_six_classes():
    """A need is of one of six classes, of which the source names three (row 105)."""
    rules = registry().workflow_rules("zhucheng/livelihood")

    classes = next(one for one in rules.versions[-1].fields if one.id == "class").one_of

    assert len(classes) == 6
    assert classes[:3] == ("livelihood", "employment", "production")


def test_the_household_is_not_for_everybody():
    """The household of a record is seen by those who serve it alone."""
    story = reported()

    inside = story.flow.view(story.ticket, by=story.actors["community"])["fields"]
    outside = story.flow.view(story.ticket, by=so.Actor("x"))["fields"]

    assert inside["household"] == "H-7"
    assert "household" not in outside


def test_the_third_time_it_goes_up_a_level():
    """What the city's unit has not solved three times lies with the joint meeting, which settles it (W16)."""
    story = told("zhucheng/livelihood", 2)

    after = [event.state for event in story.ticket.history if event.move == "not-solved"]

    assert after == ["handling", "handling", "at-meeting"]
    assert story.ticket.holder("unit") == "water"


def test_a_record_nobody_signs_for_is_overdue_all_the_same():
    """A unit that lets a record lie is late, and the linker who once had it is not (W8, trap 41)."""
    story = visited(request="Ditch")
    story.do("to-unit", "linker", "10-08 10:00", request="Ditch", reason="R")
    story.do("to-city", "book", "10-08 11:00", request="Ditch", reason="R")
    story.do("dispatch", "centre", "10-08 12:00", unit_id="water")

    step = story.tick("10-29 00:00")  # 9 to 12 Oct (Sat worked), 14 to 18, 21 to 25, 28 Oct

    assert [(fact.kind, fact.subject) for fact in step.facts] == [("need-overdue", "water")]
    assert step.notes == ()


def test_a_lapse_is_a_fact_about_whoever_let_it_lie():
    """The linker past five working days and the unit past ten are late, each for its own ledger (row 104)."""
    story = visited(request="Ditch")

    first = story.tick("10-15 00:00")  # 9, 10, 11, 12, 14 Oct
    second = story.tick("10-30 00:00")  # 16 to 18, 21 to 25, 28, 29 Oct

    assert [(fact.kind, fact.subject) for fact in first.facts] == [("need-overdue", "linker")]
    assert [(fact.kind, fact.subject) for fact in second.facts] == [("need-overdue", "town-2")]
