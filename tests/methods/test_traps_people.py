"""Traps of people, organisations and procedure; the arithmetic stands beside each expectation."""

from datetime import date
from decimal import Decimal

import pytest

from serviceorg.errors import RuleSetProblems
from serviceorg.model import Dated, Exemption, Subject
from serviceorg.scoring import run_cases
from tests.methods.given import POINTS, SHARE, card, cards, fact, method, result, rules, total

TEAM = """
[fact.hours]
amount = { most = 24 }
fields.activity = "text"
[[item]]
id = "i"
category = "c"
title = "Hours of the members"
on = "hours"
of = "members"
points = 1
per = "amount"
"""


def _team(text, facts, *members):
    units = [Subject(id=name, kind="organisation") for name in ("O-1", "O-2")]
    found = cards(rules(text, subject='"organisation"'), facts, "2024", subjects=[*units, *members])
    return [found["O-1"].total, found["O-2"].total]


def test_trap_24_each_unit_counts_the_days_of_its_own():
    """Trap 24: moved on 1 July, a member has 3 hours of June in the old unit and 5 of July in the new one."""
    moved = Subject(id="M", organisation=(Dated(date(2020, 1, 1), "O-1"), Dated(date(2024, 7, 1), "O-2")))
    facts = [
        fact("hours", "2024-06-30", 3, subject="M", activity="a"),
        fact("hours", "2024-07-01", 5, subject="M", activity="b"),
    ]
    assert _team(TEAM, facts, moved) == [3, 5]


def test_trap_25_one_activity_reported_twice_counts_once():
    """Trap 25: the community and the employer both record activity "a": 3 hours, not 6."""
    facts = [
        fact("hours", "2024-06-01", 3, activity="a", id="by the community"),
        fact("hours", "2024-06-01", 3, activity="a", id="by the employer"),
        fact("hours", "2024-06-02", 2, activity="b"),
    ]
    once = TEAM.replace('of = "members"', 'distinct = "activity"')
    assert total(rules(once), facts, "2024") == 5


def _exempt(effect):
    return (Exemption(effect=effect, since=date(2024, 1, 1), reason="long ill"),)


def test_trap_26_not_assessed_is_not_nothing():
    """Trap 26: not assessed has no total, not graded a total and no grade, and 0 points are both."""
    graded = rules(POINTS + SHARE.format(rounding="up", ties="in"))
    found = cards(
        graded,
        [result(5, subject="ungraded"), result(5, subject="exempt")],
        "2024",
        subjects=[
            Subject(id="exempt", exemptions=_exempt("not_assessed")),
            Subject(id="ungraded", exemptions=_exempt("not_graded")),
            Subject(id="idle"),
        ],
    )
    shown = {name: (one.status, one.total, one.grade) for name, one in found.items()}
    assert shown == {
        "exempt": ("not_assessed", None, None),
        "ungraded": ("not_graded", 5, None),
        "idle": ("scored", 0, "first"),
    }


def _quarters(partial, least=1):
    return rules(
        POINTS + '[[grade]]\nid = "g"\ntitle = "G"\n',
        period='"quarter"',
        roll_up=f'{{ into = "year", by = "mean", partial = "{partial}", least = {least} }}',
    )


@pytest.mark.parametrize(("partial", "expected"), [("served", "100.00"), ("all", "25.00")])
def test_trap_27_the_mean_of_a_joiner_is_declared(partial, expected):
    """Trap 27: one quarter of 100 since joining in October is 100 of those served, or 100 / 4 of all."""
    found = card(_quarters(partial), [result(100, "2024-11-01")], "2024", joined=date(2024, 10, 1))
    assert found.total == Decimal(expected)


def test_trap_27_too_few_quarters_give_no_grade():
    """Trap 27: where two quarters are needed, the joiner of October has no grade and beats nobody."""
    found = card(_quarters("served", 2), [result(100, "2024-11-01")], "2024", joined=date(2024, 10, 1))
    assert found.grade is None


@pytest.mark.parametrize(("part", "expected"), [("full", 60), ("months", 15)])
def test_trap_27_the_base_of_a_joiner_is_declared(part, expected):
    """Trap 27: of a base of 60, three months of twelve are 15 pro rata."""
    joined = rules(POINTS, base="60", base_for_part=f'"{part}"')
    assert total(joined, [], "2024", joined=date(2024, 10, 1)) == expected


def test_trap_28_the_category_of_the_day_decides():
    """Trap 28: a nomination before the member became grid head earns no bonus, one after it does."""
    changed = (Dated(date(2010, 1, 1), "office"), Dated(date(2013, 7, 1), "grid-head"))
    early, late = fact("nomination", "2013-06-30"), fact("nomination", "2013-07-01")
    assert total(method(30), [early], "2013", category=changed) == 0
    assert total(method(30), [late], "2013", category=changed) == 2


def test_trap_31_chief_and_window_pay_once_each():
    """Trap 31: one complaint takes 2 from the window, 1 from its chief and nothing from others."""
    people = [Subject(id="W", kind="window"), Subject(id="C", kind="staff"), Subject(id="D", kind="staff")]
    found = cards(
        method(28), [fact("complaint", "2010-05-01", subject="W", chief="C")], "2010", subjects=people
    )
    assert {name: one.total for name, one in found.items()} == {"W": -2, "C": -1, "D": 0}


def test_trap_32_a_mark_for_oneself_is_void():
    """Trap 32: A's 100 for A does not count, so A has the 80 of the other ballot."""
    marks = {"b1": ("A", (100, 60, 65)), "b2": ("x", (80, 62, 66))}
    facts = [
        fact("mark", "2022-11-01", mark, subject=name, ballot=ballot, voter=voter)
        for ballot, (voter, given) in marks.items()
        for name, mark in zip("ABC", given, strict=True)
    ]
    found = cards(method(14), facts, "2022", subjects=[Subject(id=name, kind="staff") for name in "ABC"])
    assert found["A"].total == 80


def _crowd(residents, others):
    sizes = {"residents": residents, "others": others}
    return [
        fact("vote", "2022-11-01", 90, group=group, id=f"{group}{n}")
        for group in sizes
        for n in range(sizes[group])
    ]


@pytest.mark.parametrize(
    ("residents", "others", "expected"),
    [(35, 15, 54), (34, 15, 0), (34, 16, 0), (50, 0, 54)],
    ids=["just-enough", "49-raters", "68-percent", "residents-only"],
)
def test_s14_a_crowd_of_raters_must_be_large_and_mixed(residents, others, expected):
    """S14: at least 50 raters, of whom 70 % ordinary residents; 0.6 × 90 = 54 where it counts."""
    found = card(method(14), _crowd(residents, others), "2022")
    assert found.items["masses"].points == expected


LIFTED = """
[fact.case]
fields.lifted = { type = "date", required = false }
[[veto]]
id = "V"
title = "Under investigation"
on = "case"
effect = "zero"
scope = "item.i"
lasts = { months = 24 }
lifted = "lifted"
"""


def test_trap_33_a_veto_has_a_scope_and_an_end():
    """Trap 33: a veto on one item leaves the other, for 24 months or until the day it is lifted."""
    other = POINTS.replace("result", "extra").replace('"i"', '"j"')
    scoped = rules(POINTS + other + LIFTED)
    facts = [result(5), fact("extra", "2024-05-01", 7)]
    assert total(scoped, [*facts, fact("case", "2024-01-01")], "2024") == 7
    assert total(scoped, [*facts, fact("case", "2022-12-31")], "2024") == 12
    assert total(scoped, [*facts, fact("case", "2024-01-01", lifted=date(2024, 6, 1))], "2024") == 12


SPLIT = """
[fact.hours]
amount = { most = 24 }
[fact.login]
[[item]]
id = "hours"
category = "c"
title = "Two hours of an activity, three of a day"
on = "hours"
points = 1
per = { field = "amount", most = { event = 2, day = 3 } }
[[item]]
id = "login"
category = "c"
title = "One login a day"
on = "login"
points = 1
times = { day = 1 }
"""


def test_trap_41_splitting_an_activity_earns_no_more_than_the_day_allows():
    """Trap 41: one activity of 6 hours counts 2; split in three it counts 3, the most of a day."""
    whole, parts = (
        [fact("hours", "2024-05-01", 6)],
        [fact("hours", "2024-05-01", 2, id=f"p{n}") for n in range(3)],
    )
    assert total(rules(SPLIT), whole, "2024") == 2
    assert total(rules(SPLIT), parts, "2024") == 3


def test_trap_41_many_logins_of_one_day_are_one():
    """Trap 41: five logins on one day and one on the next pay 2."""
    facts = [fact("login", "2024-05-01", id=f"l{n}") for n in range(5)] + [fact("login", "2024-05-02")]
    assert total(rules(SPLIT), facts, "2024") == 2


def test_trap_41_one_piece_of_evidence_cannot_feed_two_items():
    """Trap 41: a second item that reads the same facts is refused when the rules are loaded."""
    twice = POINTS + POINTS.split("[[item]]")[1].replace('"i"', '"j"').join(["[[item]]", ""])
    with pytest.raises(RuleSetProblems) as caught:
        rules(twice)
    assert "counted-twice" in {problem.code for problem in caught.value.problems}


def test_a_wrong_expectation_is_found():
    """A golden case that is off by a hundredth is told with what was expected and found."""
    case = '[[case]]\ntitle = "Wrong"\nperiod = "2024"\n'
    case += 'facts = [{ kind = "result", on = 2024-05-01, amount = 5 }]\n'
    (failure,) = run_cases(rules(POINTS + case + "expect = { total = 5.01 }\n"))
    assert (failure.key, failure.expected, failure.found) == ("total", "5.01", "5.00")


RANKED = """
[fact.mark]
amount = { most = 100 }
[[item]]
id = "place"
category = "c"
title = "Place"
on = "mark"
rank = { by = "amount", ties = "min" }
step = [{ to = 1, points = 5 }, { to = 2, points = 3 }, { to = "60%", points = 1 }]
"""


@pytest.mark.parametrize(
    ("ties", "expected"),
    [("min", [1, 2, 2, 4, 5]), ("dense", [1, 2, 2, 3, 4]), ("max", [1, 3, 3, 4, 5])],
    ids=["min", "dense", "max"],
)
def test_s33_the_place_of_equals_is_declared(ties, expected):
    """S33: marks 9, 8, 8, 7, 6 are placed 1-2-2-4-5, 1-2-2-3-4 or 1-3-3-4-5."""
    people = [Subject(id=f"M-{n}") for n in range(5)]
    facts = [result(mark, subject=f"M-{n}") for n, mark in enumerate((9, 8, 8, 7, 6))]
    found = cards(rules(POINTS, ranking=f'{{ ties = "{ties}" }}'), facts, "2024", subjects=people)
    assert [found[person.id].place for person in people] == expected


def test_s16_a_rung_may_be_a_share_of_those_ranked():
    """S16: of five the first has 5, both seconds 3; 60 % of five is place 3, so the fourth has 0."""
    people = [Subject(id=f"M-{n}") for n in range(6)]
    facts = [fact("mark", "2024-05-01", mark, subject=f"M-{n}") for n, mark in enumerate((9, 8, 8, 7, 6))]
    found = cards(rules(RANKED), facts, "2024", subjects=people)
    assert [found[f"M-{n}"].total for n in range(5)] == [5, 3, 3, 0, 0]
