from decimal import Decimal

import pytest

from serviceorg.errors import PeriodError
from serviceorg.model import Exemption
from tests.scoring.given import POINTS, card, cards, codes, day, fact, reasons, rules, subject

GRADES = '[[grade]]\nid = "good"\ntitle = "Good"\nfrom = 30\n[[grade]]\nid = "rest"\ntitle = "Rest"\n'
QUARTERS = [
    fact(on, amount, "result") for on, amount in (("02-01", 10), ("05-01", 20), ("08-01", 40), ("11-01", 31))
]


def yearly(by, text="", *, facts=QUARTERS, **more):
    """Return the card of 2024 from quarters of 10, 20, 40 and 31 points."""
    rule_set = rules(POINTS + GRADES + text, period='"quarter"', roll_up=f'{{ into = "year", {by} }}')
    return card(rule_set, facts, **more)


SERVED = 'partial = "served"'


@pytest.mark.parametrize(
    ("by", "wanted"),
    [
        (f'by = "mean", {SERVED}', "25.25"),  # 101 / 4
        (f'by = "sum", {SERVED}', "101"),
        (f'by = "best", {SERVED}', "40"),
        (f'by = "last", {SERVED}', "31"),
        (f'by = "weights", weights = [1, 1, 1, 2], {SERVED}', "26.4"),  # (10 + 20 + 40 + 62) / 5
        (f'by = "mean", {SERVED}, round = {{ step = 1, direction = "up" }}', "26"),
        (f'by = "mean", {SERVED}, round = {{ step = 0.1 }}', "25.3"),
    ],
)
def test_quarters_make_a_year(by, wanted):
    """Mean, sum, best, last or weighted, rounded as declared (S18, row 166)."""
    found = yearly(by)

    assert found.total == Decimal(wanted)
    assert [part.total for part in found.parts] == [10, 20, 40, 31]
    assert found.items["i"].points == found.categories["c"].points


def test_the_grade_is_drawn_over_the_year():
    """A sum of 101 is good; the parts have grades of their own."""
    found = yearly(f'by = "sum", {SERVED}')

    assert found.grade == "good"
    assert [part.grade for part in found.parts] == ["rest", "rest", "good", "good"]
    assert codes(found).count("part") == 4


@pytest.mark.parametrize(
    ("by", "wanted"),
    [
        (f'by = "mean", {SERVED}', "35.5"),  # (40 + 31) / 2
        ('by = "mean", partial = "all"', "17.75"),  # 71 / 4
        (f'by = "weights", weights = [1, 1, 1, 2], {SERVED}', "34"),  # (40 + 62) / 3
        ('by = "weights", weights = [1, 1, 1, 2], partial = "all"', "20.4"),  # 102 / 5
    ],
)
def test_one_who_joined_in_july(by, wanted):
    """Two quarters served: the others are left out, or count as nothing (trap 27)."""
    assert yearly(by, who=subject(joined="07-01")).total == Decimal(wanted)


def test_too_few_parts_have_no_grade():
    """Joined in October, where three quarters are needed: a total, but no grade, and the reason."""
    found = yearly(f'by = "mean", {SERVED}, least = 3', who=subject(joined="10-01"))

    assert (found.total, found.grade, found.status, found.why) == (
        31,
        None,
        "not_graded",
        "1 of at least 3 parts",
    )


def test_no_part_at_all():
    """Joined in 2025: not assessed in 2024."""
    assert yearly(f'by = "mean", {SERVED}', who=subject(joined="2025-02-01")).status == "not_assessed"


def test_exempt_from_grades_all_year():
    """Not graded in every quarter is not graded in the year."""
    exempt = subject(exemptions=(Exemption(effect="not_graded", since=day("01-01")),))

    assert yearly(f'by = "sum", {SERVED}', who=exempt).status == "not_graded"


ASKED = (
    '[fact.asked]\namount = true\n[[item]]\nid = "rate"\ncategory = "c"\ntitle = "Rate"\n'
    'on = "asked"\nmeasure = "mean"\nmissing = "pending"\n'
    "step = [{ from = 50, points = 5 }]\n"
)


def test_a_pending_part_makes_the_year_pending():
    """An answer is there for two of four quarters: what waits is named."""
    found = yearly(
        f'by = "sum", {SERVED}', ASKED, facts=[fact("02-01", 60, "asked"), fact("05-01", 60, "asked")]
    )

    assert (found.status, found.total, found.waiting_for, found.grade) == ("pending", 10, ("rate",), None)


def test_parts_that_have_not_begun_are_not_asked():
    """As of 30 June the year stands on its two quarters: a mean of 15."""
    found = yearly(f'by = "mean", {SERVED}', as_of="06-30")

    assert found.total == 15


def test_everyone_together_is_rolled_up_too():
    """Scoring all in a year gives the same totals, and places over them."""
    rule_set = rules(POINTS, period='"quarter"', roll_up=f'{{ into = "year", by = "sum", {SERVED} }}')
    found = cards(rule_set, [*QUARTERS, fact("05-01", 7, "result", subject="T")])

    assert {name: (one.total, one.place, len(one.parts)) for name, one in found.items()} == {
        "S": (101, 1, 4),
        "T": (7, 2, 4),
    }


def test_months_of_a_half_year_from_november():
    """The first half of 2025 runs from November 2024 to April 2025."""
    rule_set = rules(
        POINTS, period='"month"', first_month="11", roll_up=f'{{ into = "half", by = "sum", {SERVED} }}'
    )
    facts = [fact(on, 1, "result") for on in ("2024-10-31", "2024-11-01", "2025-04-30", "2025-05-01")]

    found = card(rule_set, facts, "2025-H1")

    assert (found.total, len(found.parts), found.parts[0].period.label) == (2, 6, "2024-11")


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2024-07", "rule set 't' scores a quarter or a year; '2024-07' is a month"),
        (
            "2024-01-01..2024-02-01",
            "rule set 't' scores a quarter or a year; '2024-01-01..2024-02-01' is a free",
        ),
    ],
)
def test_a_span_the_rules_do_not_score(period, text):
    """The message says what is scored and what was asked for."""
    rule_set = rules(POINTS, period='"quarter"', roll_up=f'{{ into = "year", by = "sum", {SERVED} }}')

    with pytest.raises(PeriodError) as caught:
        card(rule_set, [], period)

    assert str(caught.value) == text


def test_the_parts_explain_the_whole():
    """Under the year's reason stand its quarters, each with its own lines."""
    found = yearly(f'by = "sum", {SERVED}')

    assert [str(one) for one in reasons(found, "part")[0].arguments] == ["2024-Q1", "10.00", "scored"]
    assert codes(found).count("total") == 5
