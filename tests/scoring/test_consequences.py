import pytest

from serviceorg.facts import Fact
from tests.scoring.given import POINTS, card, day, fact, reasons, rules

GRADES = '[[grade]]\nid = "good"\ntitle = "Good"\nfrom = 60\n[[grade]]\nid = "bad"\ntitle = "Bad"\n'


def rule(name, when, more=""):
    """Return a consequence as TOML."""
    return (
        f'[[consequence]]\nid = "{name}"\ntitle = {{ zh = "谈话", en = "Talk" }}\nwhen = [{when}]\n{more}\n'
    )


BAD = '{ what = "grade", one_of = ["bad"] }'


def history(rule_set, *marks):
    """Return a fact for each year's points up to 2024, and the closed cards of the years before."""
    years = range(2024 - len(marks) + 1, 2025)
    facts = [fact(f"{year}-05-01", mark, "result") for year, mark in zip(years, marks, strict=True)]
    closed: list[Fact] = []
    for year in list(years)[:-1]:
        one = card(rule_set, [*facts, *closed], str(year))
        closed.append(one.to_fact(id=f"card-{year}"))
    return [*facts, *closed]


def drawn(text, *marks):
    """Return what follows in 2024 from the points of the years up to it."""
    rule_set = rules(POINTS + GRADES + text)
    return card(rule_set, history(rule_set, *marks)).consequences


def test_a_result_has_consequences():
    """40 points are bad: a talk follows, with its reason; 60 are not."""
    text = rule("talk", BAD)
    rule_set = rules(POINTS + GRADES + text)

    found = card(rule_set, [fact(amount=40, kind="result")])

    assert found.consequences == ("talk",)
    assert [str(one) for one in reasons(found, "consequence")[0].arguments] == ["talk", "Talk"]
    assert drawn(text, 60) == ()


def test_of_a_ladder_only_the_last_step_is_taken():
    """Below 60 a talk, below 40 a warning, below 20 removal: 30 points bring the warning alone (S23)."""
    steps = [("talk", 60), ("warning", 40), ("removal", 20)]
    text = "".join(
        rule(step, f'{{ what = "total", below = {bound} }}', 'ladder = "l"') for step, bound in steps
    )

    assert drawn(text, 30) == ("warning",)
    assert drawn(text + rule("letter", BAD), 10) == ("removal", "letter")


@pytest.mark.parametrize(
    ("marks", "follows"),
    [((40, 40), True), ((60, 40), False), ((40, 60, 40), False), ((40, 40, 40), True), ((40,), False)],
)
def test_two_years_running(marks, follows):
    """Bad in 2024 and in 2023: good years in between break the row (trap 14)."""
    assert drawn(rule("removal", BAD, "consecutive = 2"), *marks) == (("removal",) if follows else ())


@pytest.mark.parametrize(
    ("marks", "within", "follows"),
    [
        ((40, 60, 40), "", True),
        ((60, 60, 40), "", False),
        ((40, 60, 60, 60, 40), "within = { months = 36 }", False),
        ((40, 60, 40), "within = { months = 36 }", True),
        ((40, 60, 60), "", False),
    ],
)
def test_twice_within_some_years(marks, within, follows):
    """Bad for the second time, of all years or of three.

    The years between do not matter, this one must be bad.
    """
    assert drawn(rule("removal", BAD, f"times = 2\n{within}"), *marks) == (("removal",) if follows else ())


def test_past_totals_count_too():
    """Below 50 in two years running, by total."""
    text = rule("removal", '{ what = "total", below = 50 }', "consecutive = 2")

    assert drawn(text, 49, 49) == ("removal",)
    assert drawn(text, 50, 49) == ()


def test_quarters_running():
    """Three quarters in a row, read from closed cards of a quarterly rule set."""
    rule_set = rules(POINTS + GRADES + rule("removal", BAD, "consecutive = 3"), period='"quarter"')
    closed: list[Fact] = []
    for label in ("2024-Q1", "2024-Q2"):
        closed.append(card(rule_set, closed, label).to_fact(id=label))

    assert card(rule_set, closed, "2024-Q3").consequences == ("removal",)
    assert card(rule_set, closed[1:], "2024-Q3").consequences == ()


def test_a_card_of_other_rules_does_not_count():
    """Only closed cards of the same rule set are looked at."""
    rule_set = rules(POINTS + GRADES + rule("removal", BAD, "consecutive = 2"))
    other = rules(POINTS + GRADES, id='"other"')

    assert card(rule_set, [card(other, [], "2023").to_fact(id="c")]).consequences == ()


def test_a_past_year_without_total_breaks_a_row_of_totals():
    """One not assessed last year was not below 50 then."""
    rule_set = rules(POINTS + GRADES + rule("removal", '{ what = "total", below = 50 }', "consecutive = 2"))
    closed = fact(
        "2023-12-31", kind="scorecard", rule_set="t", period="2023", grade="", status="not_assessed"
    )

    assert card(rule_set, [closed]).consequences == ()


def test_pending_results_have_no_consequences():
    """Nothing follows before the answer is there."""
    asked = (
        '[fact.asked]\namount = true\n[[item]]\nid = "a"\ncategory = "c"\ntitle = "A"\n'
        'on = "asked"\nmeasure = "mean"\nmissing = "pending"\n'
        "step = [{ from = 50, points = 5 }]\n"
    )

    assert drawn(asked + rule("talk", '{ what = "total", below = 60 }'), 40) == ()


def test_a_closed_card_is_a_fact():
    """Total as amount, on the last day, with rule set, period, grade and status.

    Recorded when it is closed.
    """
    rule_set = rules(POINTS + GRADES)

    found = card(rule_set, [fact(amount=70, kind="result")]).to_fact(id="1", recorded_on=day("2025-01-15"))

    assert (found.id, found.subject, found.kind, found.on, found.amount) == (
        "1",
        "S",
        "scorecard",
        day("12-31"),
        70,
    )
    assert found.recorded_on == day("2025-01-15")
    assert found.attributes == {"rule_set": "t", "period": "2024", "grade": "good", "status": "scored"}


def test_a_closed_card_can_be_scored_itself():
    """A yearly rule set reads the quarters' cards: 40 + 30."""
    quarter = rules(POINTS, id='"q"', period='"quarter"')
    facts = [fact("02-01", 40, "result"), fact("05-01", 30, "result")]
    closed = [card(quarter, facts, f"2024-Q{no}").to_fact(id=f"c{no}") for no in (1, 2)]
    text = '[[item]]\nid = "i"\ncategory = "c"\ntitle = "I"\non = "scorecard"\npoints = 1\nper = "amount"'

    assert card(rules(text), closed).total == 70
