from datetime import date
from fractions import Fraction

import attrs
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from serviceorg.basics import Year
from serviceorg.scoring import score
from tests.scoring.reference import Opinion, opinion
from tests.scoring.strategies import MANY, Outline, built, cases


def engine(outline: Outline, mine, as_of=None, **head) -> Opinion:
    """Return what the engine makes of the facts, in the reference's form."""
    card = score(built(outline, **head), "S", mine, period=Year(2024), as_of=as_of)
    return Opinion(
        Fraction(card.total or 0),
        tuple(Fraction(part.points) for part in card.categories.values()),
        tuple(Fraction(part.points) for part in card.items.values()),
    )


@MANY
@given(cases())
def test_the_engine_agrees_with_the_reference(case):
    """Total, categories and items of any rule set and facts are those of the slow reference in fractions."""
    outline, mine = case

    assert engine(outline, mine) == opinion(outline, mine)


@MANY
@given(cases(wide=True, changing=False))
def test_the_engine_agrees_on_numbers_that_no_double_holds(case):
    """Results stay exact where products pass 2 to the 53rd, the last whole number a double is sure of."""
    outline, mine = case

    assert engine(outline, mine) == opinion(outline, mine)


@MANY
@given(cases(plain=True, changing=False))
def test_the_inner_loop_agrees_with_the_reference(case):
    """Rule sets of the inner loop alone come out as in the reference."""
    outline, mine = case

    assert engine(outline, mine) == opinion(outline, mine)


@MANY
@given(cases(bare=True, plain=True, changing=False))
def test_the_straight_path_agrees_with_the_reference(case):
    """Rule sets of nothing but plain clauses, which are summed kind by kind, come out as in the reference."""
    outline, mine = case

    assert engine(outline, mine) == opinion(outline, mine)


@given(cases(), st.dates(date(2024, 1, 1), date(2025, 12, 31)))
def test_the_engine_agrees_as_of_any_day(case, as_of):
    """What was recorded later than the day asked about is as if it did not exist, reversals included."""
    outline, mine = case

    assert engine(outline, mine, as_of) == opinion(outline, mine, as_of)


# Teeth: an engine with a planted mistake must be found out by the same comparison.


def assert_found(wrong, strategy):
    """Assert that the comparison tells a wrong engine from the reference on some drawn case."""

    @settings(max_examples=400, database=None, print_blob=False, phases=(Phase.generate,))
    @given(strategy)
    def agrees(case):
        outline, mine = case
        assert wrong(outline, mine) == opinion(outline, mine)

    with pytest.raises(AssertionError):
        agrees()


@pytest.mark.parametrize("direction", ["down", "up", "half-even"])
@pytest.mark.parametrize("plain", [True, False], ids=["inner loop", "general path"])
def test_an_engine_that_rounds_otherwise_is_found(direction, plain):
    """Cutting off, rounding up, or ties to even as Decimal does unasked, do not pass for half-up."""

    def wrong(outline, mine):
        return engine(outline, mine, direction=direction)

    assert_found(wrong, cases(plain=plain, changing=False))


@pytest.mark.parametrize("span", ["day", "week", "month", "quarter", "half", "year", "period"])
def test_an_engine_that_forgets_a_cap_is_found(span):
    """The caps of no span can be left out unnoticed."""

    def wrong(outline, mine):
        return engine(without_cap(outline, span), mine)

    assert_found(wrong, cases(plain=False, changing=False))


def without_cap(outline: Outline, span: str) -> Outline:
    """Return the outline without the caps of one span."""

    def rest(caps):
        return {name: cap for name, cap in caps.items() if name != span}

    items = [
        attrs.evolve(
            item,
            cap=rest(item.cap),
            clauses=tuple(attrs.evolve(clause, cap=rest(clause.cap)) for clause in item.clauses),
        )
        for item in outline.items
    ]
    return attrs.evolve(outline, items=tuple(items))


def test_an_engine_that_counts_in_doubles_is_found(monkeypatch):
    """Amounts that pass through a binary float differ from the engine's on wide numbers."""
    monkeypatch.setattr(
        "tests.scoring.reference.half_up",
        lambda value, step: Fraction(int(float(value) / float(step) + 0.5)) * step,
    )

    assert_found(engine, cases(wide=True, changing=False))


def test_an_engine_that_pays_by_the_newest_rules_is_found():
    """Facts of before an amendment cannot be paid by the rules after it unnoticed."""

    def wrong(outline, mine):
        return engine(outline.later or outline, mine)

    assert_found(wrong, cases())


def test_an_engine_that_forgets_reversals_is_found():
    """A fact that was taken back cannot go on counting unnoticed."""

    def wrong(outline, mine):
        return engine(outline, [fact for fact in mine if fact.reverses is None])

    assert_found(wrong, cases(changing=False))
