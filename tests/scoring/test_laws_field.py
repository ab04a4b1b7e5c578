from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.scoring.field import places, room_of
from serviceorg.scoring.rules import Share
from tests.scoring.strategies import MANY

MARKS = st.lists(st.integers(-3, 3), max_size=12).map(
    lambda marks: [(m, f"s{no:02d}") for no, m in enumerate(marks)]
)
SHARES = st.integers(1, 40).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


def test_places_as_printed():
    """Marks 9, 8, 8, 7 are placed 1 2 2 4, 1 2 2 3, 1 3 3 4, and 1 2.5 2.5 4."""
    marks = [(9, "a"), (8, "b"), (8, "c"), (7, "d")]

    assert places(marks, ties="min") == {"a": 1, "b": 2, "c": 2, "d": 4}
    assert places(marks, ties="dense") == {"a": 1, "b": 2, "c": 2, "d": 3}
    assert places(marks, ties="max") == {"a": 1, "b": 3, "c": 3, "d": 4}
    assert places(marks, ties="mean") == {"a": 1, "b": Fraction(5, 2), "c": Fraction(5, 2), "d": 4}


@given(MARKS)
def test_each_way_with_ties_counts_what_it_says(marks):
    """A place counts those better (min), all not worse (max), better marks (dense), or the middle."""
    drawn = {ties: places(marks, ties=ties) for ties in ("min", "max", "dense", "mean")}

    for mine, name in marks:
        better = [mark for mark, _ in marks if mark > mine]
        level = [mark for mark, _ in marks if mark == mine]
        assert drawn["min"][name] == len(better) + 1
        assert drawn["max"][name] == len(better) + len(level)
        assert drawn["dense"][name] == len(set(better)) + 1
        assert drawn["mean"][name] == Fraction(drawn["min"][name] + drawn["max"][name], 2)


@given(MARKS)
def test_low_marks_first_turns_the_order(marks):
    """Where less is better, the places are those of the marks with their signs turned."""
    turned = [(-mark, name) for mark, name in marks]

    assert places(marks, ties="min", high_first=False) == places(turned, ties="min")


@given(MARKS)
def test_mean_places_use_up_all_places(marks):
    """Mean places add up to 1 + 2 + … + n, however many are tied."""
    number = len(marks)

    assert sum(places(marks, ties="mean").values()) == Fraction(number * (number + 1), 2)


@MANY
@given(SHARES, st.integers(0, 500))
def test_room_stays_within_the_share(share, count):
    """Rounded down, a share never admits more than it says, nor one whole place less."""
    part, whole = share
    exact = Fraction(count * part, whole)

    room = room_of(Share(numerator=part, denominator=whole), count)

    assert room <= exact < room + 1


@MANY
@given(SHARES, st.integers(0, 500))
def test_room_rounded_up_or_half_up(share, count):
    """Rounded up, a share admits the next whole number; half-up, the nearest one, a half counting up."""
    part, whole = share
    exact = Fraction(count * part, whole)

    up = room_of(Share(numerator=part, denominator=whole, rounding="up"), count)
    half = room_of(Share(numerator=part, denominator=whole, rounding="half-up"), count)

    assert up - 1 < exact <= up
    assert half - Fraction(1, 2) <= exact < half + Fraction(1, 2)


@pytest.mark.parametrize(("count", "room"), [(10, 3), (9, 3), (8, 2), (3, 1), (2, 0), (0, 0)])
def test_a_third_is_exact(count, room):
    """At most a third of 9 is 3, of 10 is 3, of 2 is none (M8, trap 7)."""
    assert room_of(Share(numerator=1, denominator=3), count) == room


@pytest.mark.parametrize(("rounding", "room"), [("down", 0), ("half-up", 1), ("up", 1)])
def test_a_tenth_of_seven(rounding, room):
    """A tenth of seven branches, 0.7, is none or one as the rule rounds (trap 7)."""
    assert room_of(Share(numerator=1, denominator=10, rounding=rounding), 7) == room
