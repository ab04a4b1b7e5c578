from decimal import Decimal
from fractions import Fraction

import pytest

from serviceorg.basics import Half, Month, Quarter, Span, Year
from serviceorg.errors import FactProblems, PeriodError, ScoringError
from serviceorg.scoring import FactBook, score, score_all, score_stream
from tests.scoring.given import POINTS, card, cards, day, fact, item, points, results, rules, subject


def refused(error, ask):
    """Return the text with which a question is refused."""
    with pytest.raises(error) as caught:
        ask()
    return str(caught.value)


PLAIN = rules(POINTS)


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (Month(2024, 7), "rule set 't' scores a year; '2024-07' is a month"),
        (Quarter(2024, 1), "rule set 't' scores a year; '2024-Q1' is a quarter"),
        (Half(2024, 1), "rule set 't' scores a year; '2024-H1' is a half"),
        (Span(day("01-01"), day("12-31")), "rule set 't' scores a year; '2024-01-01..2024-12-31' is a free"),
        (
            Year(2024, first_month=11),
            "rule set 't' has years that begin in month 1; '2024' belongs to one that begins in month 11",
        ),
    ],
    ids=["month", "quarter", "half", "free", "fiscal"],
)
def test_a_period_the_rules_do_not_score(period, text):
    """A wrong span or a year with another first month is refused by every verb, with what is scored."""
    assert refused(PeriodError, lambda: score(PLAIN, "S", [], period=period)) == text
    assert refused(PeriodError, lambda: score_all(PLAIN, [], period=period, subjects=[subject()])) == text
    assert refused(PeriodError, lambda: list(score_stream(PLAIN, results({"S": 1}), period=period))) == text


def test_a_period_that_has_not_begun():
    """As of a day before its first, a period has no score."""
    assert refused(PeriodError, lambda: card(PLAIN, [], as_of="2023-12-31")) == (
        "as of 2023-12-31, the period '2024' has not begun"
    )


def test_an_anniversary_without_a_day_of_joining():
    """A year that begins on the day of joining needs one."""
    assert refused(ScoringError, lambda: card(rules(POINTS, period='"anniversary"'), [])) == (
        "subject 'S' has no day of joining, which an anniversary year needs"
    )


def test_what_needs_everyone_cannot_be_streamed():
    """Shares, ranks and members need the whole field at once."""
    shared = rules(
        POINTS
        + (
            '[[grade]]\nid = "g"\ntitle = "G"\nfrom = 1\n'
            'share = { most = "10%", rounding = "down", ties = "out" }\n[[grade]]\nid = "r"\n'
            'title = "R"'
        )
    )
    members = item('on = "x"\nof = "members"\npoints = 1')
    text = "rule set 't' needs every subject at once (ranks, shares, members): use score_all"

    assert refused(ScoringError, lambda: list(score_stream(shared, [], period=Year(2024)))) == text
    assert refused(ScoringError, lambda: list(score_stream(members, [], period=Year(2024)))) == text


def test_a_stream_must_be_grouped():
    """Facts of a subject that come in two places are refused rather than scored twice."""
    facts = [*results({"A": 1, "B": 2}), *results({"A": 3})]

    assert refused(ScoringError, lambda: list(score_stream(PLAIN, facts, period=Year(2024)))) == (
        "facts of subject 'A' come in two places; a stream must be grouped by subject"
    )


def test_a_stream_knows_its_subjects():
    """A subject that is described is scored as described; an empty stream has no cards."""
    gone = {"A": subject("A", left="2023-01-01")}

    streamed = list(score_stream(PLAIN, results({"A": 1, "B": 2}), period=Year(2024), subjects=gone))

    assert [(one.subject, one.status) for one in streamed] == [("A", "not_assessed"), ("B", "scored")]
    assert list(score_stream(PLAIN, [], period=Year(2024))) == []


def test_everything_wrong_with_a_book_is_told_at_once():
    """Double ids, reversals of nothing and of others' facts: one line each."""
    facts = [
        fact(id="1"),
        fact(id="1"),
        fact(id="2", reverses="9"),
        fact(id="3", subject="T", reverses="1"),
    ]

    assert refused(FactProblems, lambda: FactBook.of(facts)) == (
        "fact '1': this id stands on more than one fact [fact-twice]\n"
        "fact '2': reverses '9', which is no fact of subject 'S' [reverses-nothing]\n"
        "fact '3': reverses '1', which is no fact of subject 'T' [reverses-nothing]"
    )


def test_a_negative_amount_is_refused():
    """What a fact counts is never below nothing; whether that earns or costs is the rule's to say."""
    assert refused(FactProblems, lambda: FactBook.of([fact(id="7", amount="-0.5")])) == (
        "fact '7': the amount -0.5 is negative; "
        "amounts count, and the rule says whether that earns or costs [amount-negative]"
    )


@pytest.mark.parametrize("line", ["", "times = { year = 9 }"], ids=["inner loop", "general path"])
def test_a_closed_total_may_be_negative(line):
    """Half of a closed -0.01 is -0.005, rounded away from nothing to -0.01, whichever way it is paid."""
    text = (
        '[[item]]\nid = "i"\ncategory = "c"\ntitle = "I"\non = "scorecard"\npoints = 0.5\n'
        f'per = "amount"\n{line}'
    )
    closed = fact("03-31", "-0.01", "scorecard", rule_set="q", period="2024-Q1", grade="", status="scored")

    assert card(rules(text), [closed]).total == Decimal("-0.01")


def test_a_book_can_be_walked_through_and_used_again():
    """A book gives its facts back, and scores like the facts it was made from."""
    facts = results({"A": 1, "B": 2})
    book = FactBook.of(facts)

    assert sorted(one.id for one in book) == sorted(one.id for one in facts)
    assert score(PLAIN, "B", book, period=Year(2024)).total == 2
    assert [one.total for one in score_all(PLAIN, book, period=Year(2024))] == [1, 2]


@pytest.mark.parametrize(
    ("keys", "given", "text"),
    [
        ('measure = "mean"\nfield = "mark"\nmissing = "zero"\npoints = 1', {},
         "fact '7': mark: found nothing; a fact of kind 'x' needs a number [fact-number]"),
        ('measure = "mean"\nfield = "mark"\nmissing = "zero"\npoints = 1', {"mark": True},
         "fact '7': mark: found True; a fact of kind 'x' needs a number [fact-number]"),
        ('measure = "sum"\npoints = 1', {},
         "fact '7': amount: found nothing; a fact of kind 'x' needs a number [fact-number]"),
        ('points = 1\nper = { field = "mark" }', {"mark": "two"},
         "fact '7': mark: found 'two'; a fact of kind 'x' needs a number [fact-number]"),
        ("points_by = { level = { town = 2, city = 4 } }", {"level": "cty"},
         ("fact '7': level: 'cty' pays nothing that clause i names; "
          "known are 'city', 'town'. Did you mean 'city'? [fact-value]")),
    ],
)  # fmt: skip
def test_a_fact_that_lacks_what_a_rule_needs(keys, given, text):
    """A missing number is never taken for nothing, an unknown value never for no points."""
    rule_set = item(
        f'on = "x"\n{keys}',
        '[fact.x]\namount = true\nfields.mark = "number"\nfields.level = ["town", "city"]',
    )

    assert refused(FactProblems, lambda: card(rule_set, [fact(id="7", **given)])) == text


PLUGIN = 'on = "x"\nmeasure = "demo.span"\noptions = {{ least = 2 }}\n{}\npoints = 2\nmissing = "pending"'


def span_of(facts, first, last, options):
    """Return the days between the first and the last fact, None for fewer than ``least`` facts."""
    assert first <= facts[0].on <= facts[-1].on <= last if facts else True
    return (facts[-1].on - facts[0].on).days if len(facts) >= options["least"] else None


def test_a_plugins_measure_is_paid_like_any_other():
    """From 1 to 11 May are 10 days, 2 points each; a single fact has no answer, which is pending."""
    rule_set = item(PLUGIN.format(""))
    measures = {"demo.span": span_of}

    assert points(rule_set, [fact("05-01"), fact("05-11")], measures=measures) == 20
    assert card(rule_set, [fact("05-01")], measures=measures).status == "pending"
    assert cards(rule_set, [fact("05-01"), fact("05-11")], measures=measures)["S"].total == 20


def test_a_plugins_measure_for_each_month():
    """1 to 3 May are 2 days, 1 to 4 June 3: 10 points; the day of each cell's end is its own."""
    rule_set = item(PLUGIN.format('over = "month"').replace("pending", "zero"))
    facts = [fact("05-01"), fact("05-03"), fact("06-01"), fact("06-04")]
    months = []

    def noted(facts, first, last, options):
        months.append((first, last))
        return span_of(facts, first, last, options)

    assert points(rule_set, facts, measures={"demo.span": noted}) == 10
    assert (day("05-01"), day("05-31")) in months


def test_a_plugins_fraction_is_exact():
    """A third of 2 points, rounded once: 0.67."""
    assert points(
        item(PLUGIN.format("")), [fact()], measures={"demo.span": lambda *_: Fraction(1, 3)}
    ) == Decimal("0.67")


def test_a_fact_without_amount_is_no_fact_of_nothing():
    """On the inner loop too, a fact that should carry an amount and does not is refused."""
    assert refused(FactProblems, lambda: card(PLAIN, [fact(kind="result", id="7")])) == (
        "fact '7': amount: found nothing; a fact of kind 'result' needs a number [fact-number]"
    )


@pytest.mark.parametrize("wrong", [0.5, True, "10", Decimal(1)], ids=["float", "flag", "text", "Decimal"])
def test_a_plugin_that_returns_anything_else_is_refused(wrong):
    """Floats, flags, texts and Decimals are no measured values."""
    ask = lambda: card(item(PLUGIN.format("")), [fact()], measures={"demo.span": lambda *_: wrong})  # noqa: E731

    assert (
        refused(ScoringError, ask)
        == f"measure 'demo.span' returned {wrong!r}; allowed are int, Fraction and None"
    )


def test_a_measure_nobody_supplies():
    """The clause and the measure it needs are named."""
    assert refused(ScoringError, lambda: card(item(PLUGIN.format("")), [fact()])) == (
        "clause i needs the measure 'demo.span', which no loaded plugin supplies"
    )


def test_progress_is_told_as_it_goes():
    """After every 256 subjects, done and all."""
    told = []
    facts = results({f"s{no:03d}": 1 for no in range(600)})

    score_all(PLAIN, facts, period=Year(2024), progress=lambda done, whole: told.append((done, whole)))

    assert told[:2] == [(256, 600), (512, 600)]
