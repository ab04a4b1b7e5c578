"""What rules say at their edges, as golden cases that are loaded and run."""

from decimal import Decimal
from fractions import Fraction

import pytest

from serviceorg.errors import RuleSetProblems
from serviceorg.loading import rule_set_from_text
from serviceorg.scoring import run_cases

HEAD = """
[rule_set]
id = "a/b"
title = "Points"
subject = "member"
period = "{period}"
effective = 2025-01-01
basis = "Council 1"
source = "Gazette"
{head}
[fact.vote]
fields.good = "number"
fields.all = "number"
[fact.answer]
fields.good = "flag"
[fact.visit]
amount = true
fields.urgent = {{ type = "flag", required = false }}
fields.place = ["town", "city", "county"]
[[category]]
id = "c"
title = "All"
[[item]]
id = "A"
category = "c"
title = "t"
"""


def loaded(text, *, period="year", head=""):
    """Return the rule set of these keys of one item, and whatever stands below it."""
    return rule_set_from_text(HEAD.format(period=period, head=head) + text)


THIRD = """
on = "vote"
rate = { part = "good", whole = "all" }
missing = "zero"
step = [{ from = "1/3", points = 1 }]
[[case]]
title = "1 of 3 is a third"
period = "2025"
facts = [{ kind = "vote", on = 2025-03-01, attributes = { good = 1, all = 3 } }]
expect = { total = 1 }
[[case]]
title = "333333 of 1000000 is less"
period = "2025"
facts = [{ kind = "vote", on = 2025-03-01, attributes = { good = 333333, all = 1000000 } }]
expect = { total = 0 }
"""


def test_a_third_of_the_votes_is_reached_exactly():
    """1 of 3 reaches "1/3" and 333333 of 1000000 does not (trap 2)."""
    rules = loaded(THIRD)

    assert rules.items[0].clauses[0].pay.steps[0].start == Fraction(1, 3)
    assert run_cases(rules) == ()


def test_above_a_third_a_third_is_not_enough():
    """With above = "1/3", 1 of 3 pays nothing and 334 of 1000 pays."""
    text = THIRD.replace("from =", "above =").replace("expect = { total = 1 }", "expect = { total = 0 }")
    text = text.replace("good = 333333, all = 1000000", "good = 334, all = 1000").rpartition("expect")[0]

    assert run_cases(loaded(text + "expect = { total = 1 }\n")) == ()


def test_a_target_can_be_a_fraction():
    """From a target of "2/3", 1 of 2 is 1/6 below: 16 whole percentage points of 1 each cost 20 its 16."""
    text = (
        THIRD.partition("step")[0]
        + 'linear = { target = "2/3", full = 20, lose = 1, per = 0.01, whole = true }'
    )
    case = """
[[case]]
title = "Two thirds"
period = "2025"
facts = [{ kind = "vote", on = 2025-03-01, attributes = { good = %s } }]
expect = { total = %s }
"""
    two_thirds, half = case % ("2, all = 3", 20), case.replace("Two thirds", "Half") % ("1, all = 2", 4)

    assert run_cases(loaded(text + two_thirds + half)) == ()


def test_fractions_stand_in_order_among_decimals():
    """0.33 < "1/3" < 0.34, whatever way each is written."""
    loaded(THIRD.replace('{ from = "1/3"', '{ from = 0.33, points = 0 }, { above = "1/3"'))

    with pytest.raises(RuleSetProblems, match=r'from = "1/3" stands after 0\.34'):
        loaded(THIRD.replace('{ from = "1/3"', '{ from = 0.34, points = 0 }, { from = "1/3"'))


def test_points_by_a_flag_name_true_and_false():
    """A flag is called true and false in a table of points, as everywhere in a rule file."""
    rules = loaded("""
on = "answer"
points_by = { good = { true = 3, false = 1 } }
[[case]]
title = "Two good answers and a bad one"
period = "2025"
facts = [
  { kind = "answer", on = 2025-03-01, attributes = { good = true } },
  { kind = "answer", on = 2025-03-02, attributes = { good = false } },
  { kind = "answer", on = 2025-03-03, attributes = { good = true } },
]
expect = { total = 7 }
""")

    assert run_cases(rules) == ()


@pytest.mark.parametrize(
    "keys",
    [
        "where = { good = true }\npoints_by = { good = { true = 1 } }",
        "unless = { good = false }\npoints_by = { good = { true = 1 } }",
        "deduct_by = { good = { true = 0, false = 1 } }",
    ],
)
def test_values_that_are_kept_out_need_no_points(keys):
    """A table names every value that where and unless let in."""
    assert len(loaded(f'on = "answer"\n{keys}').items) == 1


def test_a_table_that_never_applies_is_told_for_flags_too():
    """Where only true is read, points for false are points for nothing."""
    with pytest.raises(RuleSetProblems, match=r"this never applies: the facts read here have 'good' = true"):
        loaded('on = "answer"\nwhere = { good = true }\npoints_by = { good = { false = 1 } }')


def test_no_grade_may_be_expected_as_none_or_as_an_empty_text():
    """In a golden case "none" and "" both say that there is no grade."""
    case = '[[case]]\ntitle = "{}"\nperiod = "2025"\nexpect = {{ grade = "{}" }}\n'
    rules = loaded('on = "answer"\npoints = 1\n' + case.format("word", "none") + case.format("empty", ""))

    assert run_cases(rules) == ()


def test_parts_of_a_score_may_decide_a_rolled_up_grade():
    """With a roll-up, needs may look at items and categories: 2 + 0 + 0 + 0 in four quarters is 2."""
    rules = loaded(
        """
on = "answer"
points = 1
[[grade]]
id = "good"
title = "Good"
needs = [{ what = "item.A", from = 2 }, { what = "category.c", from = 2 }]
[[grade]]
id = "rest"
title = "Rest"
[[case]]
title = "A year"
period = "2025"
facts = [
  { kind = "answer", on = 2025-03-01, attributes = { good = true } },
  { kind = "answer", on = 2025-03-02, attributes = { good = true } },
]
expect = { total = 2, grade = "good" }
""",
        period="quarter",
        head='roll_up = { into = "year", by = "sum", partial = "all" }',
    )

    assert run_cases(rules) == ()


def test_the_best_of_means_leaves_out_who_has_none():
    """With relative, a missing mean is no value: 40 of the best 80 is half of 10; no mean is nothing."""
    rules = loaded("""
on = "visit"
measure = "mean"
relative = { full = 10 }
missing = "zero"
[[case]]
title = "Three members"
period = "2025"
subjects = [{ id = "a" }, { id = "b" }, { id = "none" }]
facts = [
  { subject = "a", kind = "visit", on = 2025-03-01, amount = 80, attributes = { place = "town" } },
  { subject = "b", kind = "visit", on = 2025-03-01, amount = 40, attributes = { place = "town" } },
]
[case.expects.a]
total = 10
[case.expects.b]
total = 5
[case.expects.none]
total = 0
""")

    assert run_cases(rules) == ()


def test_a_missing_mean_may_be_given_the_full_mark_of_the_best():
    """With relative there is a full mark, so missing = "full" can pay it: 10 for who has no visit."""
    rules = loaded("""
on = "visit"
measure = "mean"
relative = { full = 10 }
missing = "full"
[[case]]
title = "Nobody was measured"
period = "2025"
expect = { total = 10 }
""")

    assert run_cases(rules) == ()


FACTORS = 'on = "visit"\npoints = 1000\nper = "amount"\nfactor = [{}]\n'


def factors(*wheres):
    """Return factors of 1000 each."""
    return FACTORS.format(", ".join(f"{{ where = {{ {where} }}, by = 1000 }}" for where in wheres))


def test_factors_that_exclude_each_other_are_not_multiplied():
    """1000 points x 10^6 units in 10^-6, twice: 2 x 10^15. That fits 2^63 times 1000, and not times 10^6."""
    places = [f'place = "{name}"' for name in ("town", "city", "county")]

    assert len(loaded(factors(*places)).items) == 1
    assert len(loaded(factors("urgent = true", *places) + 'stack = "highest"').items) == 1
    with pytest.raises(RuleSetProblems, match="overflow"):
        loaded(factors("urgent = true", *places))


def test_a_factor_is_bounded_by_what_it_multiplies_before_it_divides():
    """1.0001 is 10001/10000: three such factors multiply by 10^12 on the way, more than 2^63 holds."""
    text = factors("urgent = true", 'place = ["town", "city"]', 'place = ["city", "county"]')

    with pytest.raises(RuleSetProblems, match="overflow"):
        loaded(text.replace("by = 1000", "by = 1.0001"))


def test_a_category_is_closed_by_its_cap():
    """An amendment that retires the items of a category and sets its cap to 0 is the way to end it."""
    rules = loaded("""
on = "answer"
points = 1
[[category]]
id = "d"
title = "Other"
[[item]]
id = "B"
category = "d"
title = "t"
on = "visit"
points = 1
[[amend]]
effective = 2025-07-01
basis = "Council 2"
set = { "category.d.cap" = 0 }
retire = ["item.B"]
""")

    assert [item.id for item in rules.newest.items] == ["A"]
    assert rules.newest.categories[1].cap == Decimal(0)


def test_a_cap_may_equal_the_base_and_the_floor():
    """A rule set of deductions alone begins at its cap."""
    rules = loaded('on = "answer"\ndeduct = 1\n', head="base = 100\ncap = 100\nfloor = 100")

    assert (rules.newest.head.base, rules.newest.head.cap) == (Decimal(100), Decimal(100))
