"""The least and the most a total can come to, worked by hand from the caps of a rule set."""

from decimal import Decimal

import pytest

from serviceorg.errors import RuleSetProblems
from serviceorg.loading import rule_set_from_text

RULES = """
[rule_set]
id = "a/b"
title = "Points"
subject = "member"
period = "year"
effective = 2025-01-01
basis = "Council 1"
source = "Gazette"
{head}
[fact.one]
amount = true
fields.level = ["a", "b"]
fields.sign = "flag"
fields.log = "flag"
[[category]]
id = "c"
title = "All"
{category}
[[item]]
id = "A"
category = "c"
title = "t"
{item}
[[grade]]
id = "top"
title = "Top"
from = {top}
[[grade]]
id = "rest"
title = "Rest"
"""


def reaches(top, item, *, head="", category=""):
    """Return whether a grade from this total on can be reached; other problems are raised."""
    text = RULES.format(top=top, item=item, head=head, category=category)
    try:
        rule_set_from_text(text)
        codes = []
    except RuleSetProblems as error:
        codes = [problem.code for problem in error.problems]
    assert codes in ([], ["band-unreachable"])
    return not codes


#: The keys of an item, those of the head and of the category, and the most a total can come to.
MOST = {
    "points with a cap": ('on = "one"\npoints = 2\ncap = 30', "", "", "30"),
    "base and cap": ('on = "one"\npoints = 2\ncap = 30', "base = 60", "", "90"),
    # 12 months of 4 each.
    "a cap of each month": ('on = "one"\npoints = 2\ncap = { month = 4 }', "", "", "48"),
    # 2 points, 4 times in each of 2 halves.
    "times in each half": ('on = "one"\npoints = 2\ntimes = { half = 4 }', "", "", "16"),
    "one of many": ('on = "one"\npoints = 2\ntake = "best"', "", "", "2"),
    "the dearest value": ('on = "one"\npoints_by = { level = { a = 3, b = 7 } }\ntimes = 1', "", "", "7"),
    "the highest rung of each quarter": (
        'on = "one"\nmeasure = "count"\nover = "quarter"\nstep = [{ from = 1, points = 5 }]',
        "",
        "",
        "20",
    ),
    "presence in each month": ('on = "one"\nmeasure = "present"\nover = "month"\npoints = 1', "", "", "12"),
    "a checklist": (
        'on = "one"\nchecks = [{ id = "sign", points = 1 }, { id = "log", points = 2.5 }]\nmissing = "zero"',
        "",
        "",
        "3.5",
    ),
    "a rate": ('on = "one"\nrate = { part = { level = "a" } }\npoints = 15\nmissing = "zero"', "", "", "15"),
    "places": ('rank = { by = "total" }\nplace = { full = 9, lose = 1 }', "", "", "9"),
    "an allotment": ('on = "one"\ndeduct = 2\nfull = 20', "", "", "20"),
    "the cap of the category": ('on = "one"\npoints = 2', "", "cap = 25", "25"),
    "the cap of the total": ('on = "one"\npoints = 2', "cap = 110", "", "110"),
    # 34 is nearer to 5 x 7 than to 4 x 7.
    "a rounding": ('on = "one"\npoints = 2\ncap = 34', "round = { step = 7 }", "", "35"),
    "a rounding down": (
        'on = "one"\npoints = 2\ncap = 34',
        'round = { step = 7, direction = "down" }',
        "",
        "28",
    ),
    # 8 is rounded up to 2 x 5 in the item, and to 1 x 12 in the category.
    "a rounding of an item": (
        'on = "one"\npoints = 2\ncap = 8\nround = { step = 5, direction = "up" }',
        "",
        "",
        "10",
    ),
    "a rounding of a category": (
        'on = "one"\npoints = 2\ncap = 8',
        "",
        'round = { step = 12, direction = "up" }',
        "12",
    ),
}


@pytest.mark.parametrize("name", MOST)
def test_a_grade_above_the_most_attainable_total_is_refused(name):
    """A grade may begin at the most a total can come to, and not a hundredth above."""
    item, head, category, most = MOST[name]

    assert reaches(most, item, head=head, category=category)
    assert not reaches(Decimal(most) + Decimal("0.01"), item, head=head, category=category)


@pytest.mark.parametrize(
    "item",
    [
        'on = "one"\npoints = 2',
        'on = "one"\npoints = 2\nper = "amount"\ntimes = 1',
        'on = "one"\nmeasure = "sum"\npoints = 1',
        'on = "one"\nmeasure = "acme.streak"\npoints = 1',
    ],
)
def test_without_a_bound_every_grade_can_be_reached(item):
    """Where nothing bounds a total, no grade is called unreachable."""
    assert reaches(999_999, item)


@pytest.mark.parametrize(
    ("item", "head", "has_bottom"),
    [
        ('on = "one"\npoints = 2', "", True),
        ('on = "one"\ndeduct = 2', "base = 5", False),
        ('on = "one"\ndeduct = 2', "base = 5\nfloor = 0", True),
        ('on = "one"\ndeduct = 2\nfull = 20', "", True),
        ('on = "one"\ndeduct = 2\nfull = 20\nfloor = "none"', "", False),
        ('on = "one"\ndeduct = 2\ncap = 10', "base = 10", True),
        ('on = "one"\ndeduct = 2\ncap = 10', "base = 9", False),
    ],
)
def test_the_last_grade_may_begin_at_the_least_total(item, head, has_bottom):
    """A last grade from 0 on is whole only if no total can fall below 0."""
    text = RULES.format(top=1, item=item, head=head, category="cap = 500").replace(
        'title = "Rest"', 'title = "Rest"\nfrom = 0'
    )
    if has_bottom:
        assert rule_set_from_text(text).newest.grades[-1].start == 0
    else:
        with pytest.raises(RuleSetProblems, match="band-open"):
            rule_set_from_text(text)
