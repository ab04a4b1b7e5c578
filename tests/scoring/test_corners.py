from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

from serviceorg.basics import Year
from serviceorg.errors import FactProblems, ScoringError
from serviceorg.scoring import FactBook, explain, run_cases, score, score_all, score_stream
from serviceorg.scoring.pay import full_mark, points_for
from serviceorg.scoring.rollup import roll_up
from serviceorg.scoring.rules import Marginal, Place, PointsBy, Relative, Step, Steps
from tests.scoring.given import (
    POINTS,
    card,
    cards,
    codes,
    fact,
    item,
    points,
    reasons,
    results,
    rules,
    said,
    subject,
    total,
)

SHARED = (
    'shared = true\non = {0}\n[[item]]\nid = "j"\ncategory = "c"\ntitle = "J"\n'
    "shared = true\npoints = 10\non = {1}\n"
)


def test_a_clause_read_in_part_by_another_pays_all_its_kinds():
    """Facts "x" and "y" pay 1 in one item, "y" also 10 in another: 1 + 1 + 10."""
    rule_set = item("points = 1\n" + SHARED.format('["x", "y"]', '"y"'), "[fact.x]\n[fact.y]")

    assert total(rule_set, [fact(), fact(kind="y")]) == 12


def test_a_second_reader_that_comes_with_an_amendment():
    """Until June "x" pays 1, from July also 10 in a new item.

    A cap of 2 a year sees the facts of both halves.
    """
    amend = (
        '[[amend]]\neffective = 2024-07-01\nbasis = "2"\n[[amend.item]]\nid = "j"\n'
        'category = "c"\ntitle = "J"\non = "x"\nshared = true\npoints = 10'
    )
    rule_set = item(f'on = "x"\npoints = 1\nshared = true\ncap = {{ year = 2 }}\n{amend}')

    found = card(rule_set, [fact("05-01"), fact("06-01"), fact("08-01")])

    assert (found.items["i"].points, found.items["j"].points) == (2, 10)


def test_many_readers_of_one_kind_all_pay():
    """Four items read the same fact without conditions and pay 1, 2, 3 and 4."""
    text = "[fact.x]\n" + "".join(
        f'[[item]]\nid = "i{no}"\ncategory = "c"\ntitle = "I"\nshared = true\non = "x"\npoints = {no}\n'
        for no in (1, 2, 3, 4)
    )

    assert total(rules(text), [fact()]) == 10


def test_a_time_limit_of_one_clause_leaves_the_others_alone():
    """The same late fact counts for the clause without a limit."""
    late = 'late = { by = "recorded", days = 10 }\n'
    rule_set = item(f"points = 1\n{late}" + SHARED.format('"x"', '"x"'))

    found = card(rule_set, [fact("05-01", recorded_on="06-01"), fact("05-02")])

    assert (found.items["i"].points, found.items["j"].points) == (1, 20)
    assert codes(found).count("refused-late") == 1


def test_a_reversal_taken_back_gives_the_fact_back():
    """A fact whose reversal was itself reversed counts again; as of the days between, it does not."""
    rule_set = item('on = "x"\npoints = 1')
    facts = [
        fact("05-01", id="1"),
        fact("05-01", id="2", reverses="1", recorded_on="06-01"),
        fact("05-01", id="3", reverses="2", recorded_on="07-01"),
    ]

    assert [total(rule_set, facts, as_of=on) for on in ("05-31", "06-30", "07-31")] == [1, 0, 1]


@pytest.mark.parametrize("pairs", [{"1": "1"}, {"1": "2", "2": "1"}, {"1": "2", "2": "3", "3": "1"}])
def test_facts_cannot_take_themselves_back(pairs):
    """A ring of reversals has no meaning and is refused, each fact of it by name."""
    with pytest.raises(FactProblems) as caught:
        FactBook.of([fact(id=name, reverses=gone) for name, gone in pairs.items()])

    assert {(one.code, one.where) for one in caught.value.problems} == {
        ("reverses-itself", f"fact {name!r}") for name in pairs
    }


def test_an_attribute_with_too_many_decimals_is_not_cut_off():
    """A quantity in an attribute has at most four decimals, like an amount."""
    rule_set = item('on = "x"\npoints = 1\nper = { field = "mark" }', '[fact.x]\nfields.mark = "number"')

    with pytest.raises(
        FactProblems,
        match=r"^fact '7': mark: Decimal\('0\.00001'\) has more than 4 decimals \[fact-number\]$",
    ):
        card(rule_set, [fact(id="7", mark=Decimal("0.00001"))])


def test_a_value_that_no_decimal_holds_is_told_as_a_quotient():
    """The mean of 1, 0 and 0 is told as 1/3, that of 1 and 0 as 0.5, that of 2 as 2."""
    rule_set = item('on = "x"\nmeasure = "mean"\nmissing = "zero"\npoints = 1')
    means = [[1, 0, 0], [1, 0], [2]]

    shown = [said(card(rule_set, [fact(amount=one) for one in amounts]), "value")[0][1] for amounts in means]

    assert shown == ["1/3", "0.5", "2"]


def test_what_does_not_pay_for_a_number_says_so():
    """A share of the best is worked out elsewhere; a scale without an end has no full mark."""
    with pytest.raises(TypeError, match="Relative does not pay for a number"):
        points_for(Relative(full=Decimal(1)), Fraction(1))
    with pytest.raises(TypeError, match="a marginal scale has no full mark"):
        full_mark(Marginal(slices=()))


def test_full_marks():
    """The most a table, rungs or a place can pay."""
    assert full_mark(PointsBy(field="a", table={"x": Decimal(2), "y": Decimal(7)})) == 7
    assert full_mark(Steps(steps=(Step(points=Decimal(4), start=Decimal(1)),))) == 4
    assert full_mark(Place(full=Decimal(9), lose=Decimal(1))) == 9


def test_rules_without_a_roll_up_roll_nothing_up():
    """The engine says so rather than guess a way."""
    with pytest.raises(ScoringError, match=r"^rule set 't' declares no roll_up$"):
        roll_up(card(rules(POINTS), []).question, [])


def test_anniversaries_are_scored_together_too():
    """Each subject has its own year: A's begins in March, B's in September."""
    who = [subject("A", joined="2020-03-01"), subject("B", joined="2020-09-01")]
    facts = [fact("05-01", 5, "result", subject=name) for name in "AB"]

    found = cards(rules(POINTS, period='"anniversary"'), facts, subjects=who)

    assert {name: one.total for name, one in found.items()} == {"A": 5, "B": 0}


def test_a_book_can_be_streamed_as_it_is():
    """A book is grouped already; its cards are those of everyone scored one by one."""
    rule_set, facts = rules(POINTS), results({"B": 2, "A": 1})

    found = {
        one.subject: one.to_dict() for one in score_stream(rule_set, FactBook.of(facts), period=Year(2024))
    }

    assert found == {name: score(rule_set, name, facts, period=Year(2024)).to_dict() for name in "AB"}


@pytest.mark.parametrize("book", [True, False], ids=["book", "facts"])
def test_a_traced_stream_explains_without_working_it_out_again(book):
    """Cards scored with a trace have the same reasons as those without."""
    rule_set, facts = rules(POINTS + "cap = { month = 3 }"), results({"A": 1, "B": 5})
    given = FactBook.of(facts) if book else facts

    traced = list(score_stream(rule_set, given, period=Year(2024), trace=True))
    plain = list(score_stream(rule_set, given, period=Year(2024)))

    assert [explain(one) for one in traced] == [explain(one) for one in plain]


def test_a_rolled_up_book_can_be_streamed():
    """Quarters of 1 and 2 make 3."""
    rule_set = rules(POINTS, period='"quarter"', roll_up='{ into = "year", by = "sum", partial = "served" }')
    facts = [fact("02-01", 1, "result"), fact("05-01", 2, "result")]

    assert [one.total for one in score_stream(rule_set, FactBook.of(facts), period=Year(2024))] == [3]


def test_a_part_veto_on_rules_of_the_inner_loop():
    """Points only, and a veto of one item: the other item's 4 are left, traced or not."""
    text = (
        '[[item]]\nid = "j"\ncategory = "c"\ntitle = "J"\non = "y"\npoints = 4\n[fact.y]\n'
        '[fact.bad]\n[[veto]]\nid = "v"\ntitle = "V"\non = "bad"\neffect = "zero"\n'
        'scope = "item.i"'
    )

    found = card(rules(POINTS + text), [*results({"S": 5}), fact(kind="y"), fact(kind="bad")])

    assert (found.total, found.items["i"].points, found.items["j"].points) == (4, 0, 4)
    assert len(reasons(found, "veto")) == 1


def test_a_veto_of_everything_on_rules_of_the_inner_loop():
    """Points only, and a veto: nothing, told once, whatever other facts there are."""
    text = '[fact.bad]\n[[veto]]\nid = "v"\ntitle = "V"\non = "bad"\neffect = "zero"'

    found = card(rules(POINTS + text), [*results({"S": 5}), fact(kind="bad"), fact(kind="other")])

    assert (found.total, found.vetoes) == (0, ("v",))
    assert codes(found).count("vetoed") == 1


def test_no_base_is_no_base_for_part_of_the_year():
    """Nothing pro rata is nothing, and not told."""
    found = card(item('on = "x"\npoints = 1', base_for_part='"days"'), [], who=subject(joined="07-01"))

    assert found.total == 0
    assert "part-base" not in codes(found)


CASE = """
[[case]]
title = "One"
period = "2024"
subjects = [{ id = "S" }, { id = "M", kind = "staff" }]
facts = [{ kind = "result", on = 2024-05-01, amount = 7 }]
expect = { total = 7 }
"""


def test_what_a_case_expects_must_be_there():
    """A subject without a card, an item or key that is not: told as found, not passed over."""
    rule_set = rules(POINTS + CASE)
    (case,) = rule_set.cases
    asked = {"M": {"total": Decimal(1)}, "S": {"item.z": Decimal(1), "colour": "red", "grade": "none"}}
    wrong = attrs.evolve(rule_set, cases=(attrs.evolve(case, expect=asked),))

    assert [str(one).partition(", subject ")[2] for one in run_cases(wrong)] == [
        "'M': total: expected 1, found 'no scorecard'",
        "'S': item.z: expected 1, found \"no item 'z'\"",
        "'S': colour: expected 'red', found \"no such key 'colour'\"",
    ]


def test_a_category_read_from_the_card_of_one_not_assessed_is_empty():
    """No score, no categories, no items."""
    found = card(rules(POINTS), [], who=subject(left="2023-01-01"))

    assert (found.categories, found.items, found.consequences) == ({}, {}, ())
    assert explain(found) == "S, 2024: not assessed: did not belong in this period"


def test_a_fact_about_somebody_on_the_day_it_was_recorded():
    """Facts that name a subject are redated like its own; one without the attribute names nobody."""
    rule_set = item(
        'on = "x"\nabout = "chief"\npoints = 1', '[fact.x]\nfields.chief = "text"', dates='"recorded"'
    )
    facts = [fact("2023-12-31", subject="W", chief="S", recorded_on="01-02"), fact(subject="W")]

    assert points(rule_set, facts) == 1


def test_a_reversed_decision_needs_no_decision_of_its_own():
    """Where the day of decision counts, an undecided reversal still takes its fact back."""
    rule_set = item('on = "x"\npoints = 1', dates='"decided"')
    facts = [
        fact("05-01", id="1", decided_on="06-01"),
        fact("05-01", id="2", reverses="1", recorded_on="07-01"),
    ]

    assert (total(rule_set, facts, as_of="06-30"), total(rule_set, facts)) == (1, 0)


def test_everyone_in_a_district_without_facts():
    """Subjects without a fact are scored: the base, an allotment, and the last place."""
    found = score_all(
        rules(POINTS, base="10"), results({"A": 5}), subjects=[subject("A"), subject("B")], period=Year(2024)
    )

    assert [(one.total, one.place) for one in found] == [(15, 1), (10, 2)]
