"""Traps of arithmetic and of bands; the arithmetic stands beside each expectation."""

from decimal import Decimal

import pytest

from serviceorg.errors import RuleSetProblems
from serviceorg.model import Subject
from tests.methods.given import POINTS, SHARE, card, cards, fact, method, result, rules, total

DEDUCTIONS = """
[fact.fault]
amount = { most = 1000 }
[[item]]
id = "d"
category = "c"
title = "Faults"
on = "fault"
deduct = 1
per = "amount"
"""
PRINTED = """
[[grade]]
id = "excellent"
title = "90 and more"
from = 90
[[grade]]
id = "good"
title = "80 to 89"
from = 80
to = 89
[[grade]]
id = "other"
title = "79 and less"
to = 79
"""


def test_trap_1_a_gap_between_printed_bands_is_refused():
    """Trap 1: "80–89" under "90 and more" leaves 89.5 homeless, so such bands do not load."""
    with pytest.raises(RuleSetProblems) as caught:
        rules(POINTS + PRINTED)
    assert "band-gap" in {problem.code for problem in caught.value.problems}


def test_trap_1_a_declared_rounding_closes_the_gap():
    """Trap 1: with whole points declared, 89.5 becomes 90 and the printed bands hold."""
    found = card(rules(POINTS + PRINTED, round="{ step = 1 }"), [result("89.5")], "2024")
    assert (found.total, found.grade) == (90, "excellent")


VOTES = """
[fact.vote]
fields.answer = ["yes", "no", "void"]
[[item]]
id = "more-than-half"
category = "c"
title = "More than half"
on = "vote"
shared = true
rate = { part = { answer = "yes" }, unless = { answer = "void" } }
step = [{ above = 0.5, points = 1 }]
missing = "zero"
[[item]]
id = "half-or-more"
category = "c"
title = "Half or more"
on = "vote"
shared = true
rate = { part = { answer = "yes" }, unless = { answer = "void" } }
step = [{ from = 0.5, points = 1 }]
missing = "zero"
[[item]]
id = "of-all"
category = "c"
title = "Half of all ballots, void ones too"
on = "vote"
shared = true
rate = { part = { answer = "yes" } }
step = [{ from = 0.5, points = 1 }]
missing = "zero"
"""


def _votes(**counts):
    return [
        fact("vote", "2024-05-01", answer=answer, id=f"{answer}{n}")
        for answer in counts
        for n in range(counts[answer])
    ]


def _passed(**counts):
    return {name for name, part in card(rules(VOTES), _votes(**counts), "2024").items.items() if part.points}


def test_trap_2_and_3_half_is_half_or_more_but_not_more_than_half():
    """Traps 2 and 3: 15 of 30 reach 半数以上 and not 过半数; 16 of 30 reach both."""
    assert _passed(yes=15, no=15) == {"half-or-more", "of-all"}
    assert _passed(yes=16, no=14) == {"more-than-half", "half-or-more", "of-all"}


def test_trap_3_the_base_decides():
    """Trap 3: 15 yes, 14 no, 2 void are more than half of the valid ballots, and less than half of all 31."""
    assert _passed(yes=15, no=14, void=2) == {"more-than-half", "half-or-more"}


def test_trap_2_a_third_compares_equal_to_a_third():
    """Trap 2: 3 of 9 is exactly a third, which a binary fraction would miss."""
    names = [f"M-{n}" for n in range(9)]
    facts = [fact("result", "2014-05-01", 90 + n, subject=name) for n, name in enumerate(names)]
    found = cards(method(21), facts, "2014", subjects=[Subject(id=name) for name in names])
    assert sum(one.grade == "excellent" for one in found.values()) == 3


def _review(decimals):
    return f"""
[fact.mark]
amount = {{ most = 100 }}
fields.group = ["a", "b"]
[[item]]
id = "i"
category = "c"
title = "Review"
on = "mark"
points = 100
missing = "pending"
[item.ballots]
by = "group"
groups = [{{ id = "a" }}, {{ id = "b" }}]
missing = "reweigh"
{decimals}
"""


@pytest.mark.parametrize(
    ("decimals", "expected"),
    [("", "87.33"), ("decimals = { group = 0 }", "87.50"), ("decimals = { end = 0 }", "87.00")],
    ids=["nowhere", "group", "end"],
)
def test_trap_4_the_place_of_rounding_changes_the_result(decimals, expected):
    """Trap 4: a = 87⅔, b = 87; unrounded 87⅓, groups rounded (88 + 87) / 2, the end rounded 87."""
    facts = [fact("mark", "2024-05-01", mark, group="a", id=f"a{n}") for n, mark in enumerate((87, 88, 88))]
    facts.append(fact("mark", "2024-05-01", 87, group="b"))
    assert total(rules(_review(decimals)), facts, "2024") == Decimal(expected)


def test_trap_5_void_ballots_leave_the_divisor():
    """Trap 5: (100 + 80) / 2 = 90 with a void ballot beside them, not 180 / 3."""
    facts = [
        fact("ballot", "2024-05-01", grade=grade, void=void, id=f"{grade}{void}")
        for grade, void in (("excellent", False), ("good", False), ("poor", True))
    ]
    assert card(method(9), facts, "2024").items["points"].points == 90


def test_trap_5_an_absent_candidate_leaves_the_panel_mean():
    """Trap 5: a candidate without a mark is pending and moves nobody: one panel, so its coefficient is 1."""
    facts = [
        fact("interview", "2012-05-01", mark, subject=f"M-{n}", panel="first")
        for n, mark in enumerate((76, 84))
    ]
    found = cards(method(17), facts, "2012", subjects=[Subject(id=f"M-{n}") for n in range(3)])
    assert [found["M-0"].total, found["M-1"].total] == [76, 84]
    assert found["M-2"].status == "pending"


def test_trap_6_the_cap_stands_on_the_sum():
    """Trap 6: under a cap of 110, 100 + 15 − 6 is 109; a cap before the deduction would make it 104."""
    facts = [fact("commendation", "2024-03-01", 15), fact("off-post", "2024-03-02", 2)]
    assert total(method(1), facts, "2024-03") == 109


def test_trap_6_the_floor_holds_for_the_sum_not_on_the_way():
    """Trap 6: −10 and a later +5 are −5, so 0; a floor on the running balance would give 5."""
    facts = [fact("fault", "2024-01-01", 10), result(5, "2024-06-01")]
    assert total(rules(POINTS + DEDUCTIONS, floor="0"), facts, "2024") == 0


def test_trap_6_the_veto_comes_last():
    """Trap 6: a veto makes 0 of 70 + 25, and points earned after it do not come on top."""
    facts = [
        fact("violation", "2013-03-01", type="fraud"),
        fact("result", "2013-06-30", 25),
    ]
    assert total(method(22), facts, "2013") == 0


def _firsts(marks, *, rounding="down", ties="out"):
    names = [f"M-{n:02d}" for n in range(len(marks))]
    facts = [result(mark, subject=name) for name, mark in zip(names, marks, strict=True)]
    text = POINTS + SHARE.format(rounding=rounding, ties=ties)
    found = cards(rules(text), facts, "2024", subjects=[Subject(id=name) for name in names])
    return sum(one.grade == "first" for one in found.values())


@pytest.mark.parametrize(("rounding", "expected"), [("down", 0), ("half-up", 1), ("up", 1)])
def test_trap_7_ten_percent_of_seven(rounding, expected):
    """Trap 7: 0.7 places are none rounded down, and one rounded half up or up."""
    assert _firsts(range(7), rounding=rounding) == expected


@pytest.mark.parametrize(("ties", "expected"), [("out", 0), ("in", 2)])
def test_trap_7_a_tie_at_the_cut(ties, expected):
    """Trap 7: two share the best mark of ten and one place is there: nobody has it, or both, as declared."""
    assert _firsts([9, 9, *range(8)], ties=ties) == expected


OVERLAP = """
[fact.review]
fields.grade = ["excellent", "fair", "bad"]
[[item]]
id = "excellent"
category = "c"
title = "Excellent 60 % or more"
on = "review"
shared = true
rate = { part = { grade = "excellent" } }
step = [{ from = 0.6, points = 1 }]
missing = "zero"
[[item]]
id = "bad"
category = "c"
title = "Bad 30 % or more"
on = "review"
shared = true
rate = { part = { grade = "bad" } }
step = [{ from = 0.3, points = 1 }]
missing = "zero"
[[grade]]
id = "good"
title = "Good"
from = 1
needs = [{ what = "item.excellent", from = 1 }, { what = "item.bad", below = 1 }]
[[grade]]
id = "bad"
title = "Bad"
"""


def _grade_of(**counts):
    facts = [
        fact("review", "2024-05-01", grade=g, id=f"{g}{n}")
        for g, count in counts.items()
        for n in range(count)
    ]
    return card(rules(OVERLAP), facts, "2024").grade


def test_trap_8_two_clauses_that_hold_at_once_have_a_declared_order():
    """Trap 8: with 60 % excellent and 40 % bad both rules hold; the rule set says that bad wins."""
    assert _grade_of(excellent=6, bad=4) == "bad"
    assert _grade_of(excellent=6, bad=2, fair=2) == "good"


def test_trap_8_two_items_may_not_claim_one_fact_in_silence():
    """Trap 8: two items that read the same fact must say that they share it."""
    with pytest.raises(RuleSetProblems) as caught:
        rules(OVERLAP.replace("shared = true\n", ""))
    assert "counted-twice" in {problem.code for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("missing", "expected"), [("reweigh", "90.00"), ("zero", "45.00"), ("pending", None)], ids=str
)
def test_trap_9_a_group_nobody_rated_in(missing, expected):
    """Trap 9: of two equal groups one is empty: the other carries all, half is lost, or the score waits."""
    found = card(
        rules(_review("").replace('"reweigh"', f'"{missing}"')),
        [fact("mark", "2024-05-01", 90, group="a")],
        "2024",
    )
    if expected is None:
        assert (found.status, found.waiting_for) == ("pending", ("i",))
    else:
        assert (found.status, found.total) == ("scored", Decimal(expected))
