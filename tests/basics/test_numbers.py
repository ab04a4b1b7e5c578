from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.basics import exact, half_up, in_units, out_of_units, rounded
from serviceorg.errors import AmountError
from tests.scoring.strategies import ARITHMETIC

#: Small numbers, and numbers around 2^53 and 2^63, where doubles and machine words give way.
WHOLE = st.one_of(
    st.integers(0, 300),
    st.integers(2**53 - 300, 2**53 + 300),
    st.integers(2**63 - 300, 2**63 + 300),
    st.integers(0, 2**70),
)
POSITIVE = WHOLE.filter(bool)
FRACTIONS = st.builds(Fraction, st.one_of(WHOLE, WHOLE.map(int.__neg__)), st.integers(1, 40))
STEPS = st.sampled_from([Fraction(1), Fraction(1, 10), Fraction(1, 4), Fraction(5), Fraction(2, 3)])
DIRECTIONS = st.sampled_from(["half-up", "half-even", "up", "down"])


@ARITHMETIC
@given(WHOLE, POSITIVE)
def test_half_up_is_the_nearest_whole_number_and_ties_go_up(numerator, denominator):
    """The result is at most a half away from the quotient, and above it where it is exactly a half away."""
    away = half_up(numerator, denominator) - Fraction(numerator, denominator)

    assert -Fraction(1, 2) < away <= Fraction(1, 2)


def test_rounding_through_a_double_is_found():
    """The law above fails for a half-up that divides in floating point: 2^53 + 1 is no double."""
    wrong = int((2**53 + 1) / 1 + 0.5)

    assert abs(wrong - (2**53 + 1)) > Fraction(1, 2)
    assert half_up(2**53 + 1, 1) == 2**53 + 1


@pytest.mark.parametrize(
    ("numerator", "denominator", "whole"), [(5, 2, 3), (7, 3, 2), (1, 2, 1), (0, 9, 0), (8, 3, 3)]
)
def test_half_up_by_hand(numerator, denominator, whole):
    """2.5 is 3, 2.33 is 2, 0.5 is 1, 0 is 0, 2.67 is 3."""
    assert half_up(numerator, denominator) == whole


@ARITHMETIC
@given(FRACTIONS, STEPS, DIRECTIONS)
def test_rounded_is_a_near_multiple_of_the_step(value, step, direction):
    """Every direction gives a whole number of steps, less than one step away and on its own side."""
    result = rounded(value, step, direction)
    away = abs(result) - abs(value)

    assert (result / step).denominator == 1
    assert result == 0 or (result > 0) == (value > 0)
    if direction == "up":
        assert 0 <= away < step
    elif direction == "down":
        assert -step < away <= 0
    else:
        assert abs(away) <= step / 2
    if away == step / 2:
        assert direction in ("half-up", "up") or (result / step) % 2 == 0


@given(FRACTIONS, STEPS, DIRECTIONS)
def test_rounding_twice_changes_nothing(value, step, direction):
    """A rounded number is left as it is, and the sign is only carried along."""
    result = rounded(value, step, direction)

    assert rounded(result, step, direction) == result
    assert rounded(-value, step, direction) == -result


@pytest.mark.parametrize(
    ("direction", "wanted"),
    [
        ("half-up", ["-3", "-2", "-1", "0", "1", "2", "3"]),
        ("half-even", ["-2", "-2", "0", "0", "0", "2", "2"]),
        ("up", ["-3", "-2", "-1", "0", "1", "2", "3"]),
        ("down", ["-2", "-1", "0", "0", "0", "1", "2"]),
    ],
)
def test_ties_by_hand(direction, wanted):
    """-2.5, -1.5, -0.5, 0, 0.5, 1.5 and 2.5 in every direction."""
    values = [Fraction(n, 2) for n in (-5, -3, -1, 0, 1, 3, 5)]

    assert [rounded(value, 1, direction) for value in values] == [Fraction(one) for one in wanted]


@given(st.integers(-(10**14), 10**14), st.integers(0, 6))
def test_units_and_back(units, scale):
    """Units as a Decimal have exactly the scale's decimals and come back as the same units."""
    value = out_of_units(units, scale)

    assert in_units(value, scale) == units
    assert value.as_tuple().exponent == -scale


@pytest.mark.parametrize("value", ["2.5", Decimal("2.5"), Decimal("2.50000"), "0.0001", 7, "-3", "1e3"])
def test_exact_numbers_are_taken(value):
    """Whole numbers, Decimals and texts with at most four decimals come back as equal Decimals."""
    assert exact(value) == Decimal(value)


REFUSED = [
    (
        0.1,
        "amount: 0.1: a binary float is not exact; allowed are whole numbers, Decimal and text such as '2.5'",
    ),
    (True, "amount: True: not a number; allowed are whole numbers, Decimal and text such as '2.5'"),
    (None, "amount: None: not a number; allowed are whole numbers, Decimal and text such as '2.5'"),
    ("two", "amount: 'two' is not a number; write it like '2.5'"),
    ("1" * 41, "amount: a number of 41 signs; at most 40 are allowed"),
    (Decimal("NaN"), "amount: Decimal('NaN') is out of bounds; allowed are amounts below 10000000000"),
    ("Infinity", "amount: 'Infinity' is out of bounds; allowed are amounts below 10000000000"),
    (10**12, "amount: 1000000000000 is out of bounds; allowed are amounts below 10000000000"),
    (
        Decimal("1e999999"),
        "amount: Decimal('1E+999999') is out of bounds; allowed are amounts below 10000000000",
    ),
    ("0.00001", "amount: '0.00001' has more than 4 decimals"),
]


@pytest.mark.parametrize(("value", "text"), REFUSED, ids=[str(value)[:12] for value, _ in REFUSED])
def test_what_is_not_exact_or_too_large_is_refused_at_once(value, text):
    """Floats, flags, words, long texts, infinities and too many decimals are refused in words."""
    with pytest.raises(AmountError) as caught:
        exact(value)

    assert str(caught.value) == text


def test_where_and_decimals_can_be_named():
    """The message says which number it is about and how many decimals that one may have."""
    with pytest.raises(AmountError, match=r"^item\[2\]\.points: '0\.125' has more than 2 decimals$"):
        exact("0.125", most_decimals=2, where="item[2].points")
