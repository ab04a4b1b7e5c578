import pytest

import serviceorg as so
from tests.schemes.story import Story, moment, registry, told

UNITS = {"community-3": "street-1", "housing": "city", "street-1": "city", "city": ""}
ACTORS = {
    "desk": "receptionist@community-3",
    "deputy": "receptionist@community-3",
    "head": "centre-head@community-3",
    "clerk": "unit-clerk@housing",
    "officer": "@housing",
    "resident": "",
}
ASKED = {"number": "1", "resident_id": "resident", "request": "Drain", "contact": "1", "post": "reception"}


def forwarded():
    """Return a story of a matter that has gone to the housing office."""
    story = Story("gaomi/service", UNITS, ACTORS)
    story.open("register", "desk", "10-08 09:00", **ASKED)
    story.do("forward", "desk", "10-08 09:30", unit_id="housing", **{"class": "service"})
    return story


def fed_back():
    """Return a story of a matter whose result is back with the first person asked."""
    story = forwarded()
    story.do("take", "clerk", "10-08 10:00", officer="officer")
    story.do("feed-back", "officer", "10-09 10:00", result="Done")
    return story


def test_the_first_person_asked_stays_responsible():
    """Whoever handles it, the first person asked alone enters it in the ledger (row 156, W6)."""
    story = fed_back()

    others = [
        story.refused("enter", who, "10-09 11:00", view="good") for who in ("officer", "head", "deputy")
    ]
    story.do("enter", "desk", "10-09 11:00", view="good")

    assert others == [("no-permission",)] * 3
    assert story.ticket.holder("first_asked") == "desk"
    assert story.flow.hand_overs(story.ticket, "first_asked")[1:] == ()


def test_a_deputy_stands_in_without_taking_over():
    """A deputy may act for the first person asked; the responsibility does not move (row 156)."""
    story = fed_back()

    story.do("deputise", "head", "10-09 11:00", deputy="deputy")
    step = story.do("enter", "deputy", "10-09 12:00", view="good")

    assert ("first-asked-seen-through", "desk") in [(fact.kind, fact.subject) for fact in step.facts]


def test_the_four_steps_come_in_order():
    """Register, forward, handle and feed back, closing ledger: none can be left out (row 157)."""
    story = told("gaomi/service", 0)

    states = list(dict.fromkeys(event.state for event in story.ticket.history))

    assert states == ["registered", "forwarded", "handling", "fed-back", "closed"]
    assert forwarded().refused("enter", "desk", "10-08 11:00", view="good") == ("not-from-here",)


def test_a_matter_comes_back_inside_and_not_to_the_resident():
    """What a unit gives back lies with the first person asked again, twice at most (row 156, W4)."""
    story = forwarded()

    step = story.do("give-back", "clerk", "10-09 09:00", reason="Not ours")
    story.do("forward", "desk", "10-09 09:30", unit_id="housing", **{"class": "service"})
    story.do("give-back", "clerk", "10-09 10:00", reason="Not ours")
    story.do("forward", "desk", "10-09 10:30", unit_id="housing", **{"class": "service"})

    assert step.ticket.state == "registered"
    assert [(one.notice, one.to) for one in step.notices] == [("given-back", "desk")]
    assert story.refused("give-back", "clerk", "10-09 11:00", reason="Not ours") == ("count",)


def test_nothing_comes_back_after_a_ruling():
    """Once the head of the centre has ruled, the unit keeps the matter (W4)."""
    story = forwarded()
    story.do("give-back", "clerk", "10-08 10:00", reason="Not ours")
    story.do("rule", "head", "10-08 11:00", unit_id="housing", reason="Yours", **{"class": "service"})

    codes = story.refused("give-back", "clerk", "10-08 12:00", reason="Not ours")

    assert codes == ("not-happened",)


@pytest.mark.parametrize("item", [0, 49])
def test_the_catalogue_has_forty_eight_items(item):
    """An item outside the catalogue of 48 cannot be registered (row 155)."""
    story = Story("gaomi/service", UNITS, ACTORS)

    with pytest.raises(so.FormProblems, match="item"):
        story.open("register", "desk", "10-08 09:00", **ASKED, item=item)


def test_there_are_six_kinds_of_post():
    """A matter comes in at one of six kinds of counter (row 148)."""
    fields = registry().workflow_rules("gaomi/service").versions[-1].fields

    posts = next(one for one in fields if one.id == "post").one_of

    assert len(posts) == 6


def test_what_was_raised_is_late_for_the_unit_that_had_it():
    """The unit that let a matter be raised keeps its overdue fact, and the rate counts it as late (W8)."""
    story = told("gaomi/service", 1)

    late = [fact.subject for fact in story.facts if fact.kind == "matter-overdue"]
    rates = story.flow.metrics([story.ticket], at=moment("12-01 00:00"))
    in_time = next(one for one in rates if one.metric == "in-time")

    assert late == ["officer", "water"]
    assert (in_time.good, in_time.counted) == ((), ("T-1",))


def test_the_unit_after_a_ruling_has_days_of_its_own():
    """What is raised and given out anew is in time there if its own five days are kept (W9)."""
    story = told("gaomi/service", 1)

    closed = next(fact for fact in story.facts if fact.kind == "matter-closed")

    assert dict(closed.attributes) == {"in_time": True, "explained": True}


def test_a_matter_nobody_signs_for_is_overdue_all_the_same():
    """A unit that lets a matter lie unsigned is late; nothing is said of an empty slot (trap 41)."""
    story = forwarded()

    step = story.tick("10-15 00:00")  # from Tue 8 Oct: 9, 10, 11, 12 (worked), 14 Oct

    assert [(fact.kind, fact.subject) for fact in step.facts] == [("matter-overdue", "housing")]
    assert step.notes == ()


@pytest.mark.parametrize(("case", "item", "points"), [(0, "F03", 1), (1, "K06", -3)])
def test_the_points_of_members_read_what_the_matter_says(case, item, points):
    """A settled dispute gives the handler a point, an upheld complaint takes three (gaomi/member-points)."""
    rules = registry().rule_set("gaomi/member-points")
    story = told("gaomi/service", case)
    read = [fact for fact in story.facts if fact.kind in rules.kinds and fact.subject == "officer"]

    card = so.score(rules, so.Subject(id="officer", category="community"), read, period=so.Year(2024))

    assert card.items[item].points == points
