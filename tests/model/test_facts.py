import copy
import pickle
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.basics import FrozenMap
from serviceorg.errors import AmountError, PeriodError
from serviceorg.facts import Fact, FactKind, FieldKind

DAY = date(2024, 2, 29)


def fact(**more):
    """Return a fact of 29 February 2024."""
    return Fact(**{"id": "1", "subject": "S", "kind": "x", "on": DAY, **more})


def test_a_fact_knows_its_engine_form():
    """Day 738945 counted from year 1, month 2024 x 12 + 1, and 2.5 as 25,000 ten-thousandths."""
    one = fact(amount="2.5")

    assert (one.day, one.month, one.units) == (738945, 24289, 25_000)
    assert one.amount == Decimal("2.5")


def test_a_fact_without_more_is_recorded_on_its_day_and_undecided():
    """Recorded on the day it happened, not decided, without amount, attributes or reversal."""
    one = fact()

    assert (one.recorded_on, one.decided_on, one.amount, one.reverses) == (DAY, None, None, None)
    assert (one.attributes, one.units, one.recorded_by, one.evidence) == ({}, 0, "", "")


def test_equal_facts_are_equal_values():
    """Facts with the same statement are equal, hash alike, and survive pickling and copying."""
    one, other = (fact(amount=amount, attributes={"a": 1, "b": True}) for amount in ("2.50", Decimal("2.5")))

    assert one == other
    assert hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == one
    assert pickle.loads(pickle.dumps(one)).units == 25_000
    assert copy.copy(one) == one
    assert one != fact(amount="2.6", attributes={"a": 1, "b": True})


def test_a_fact_cannot_be_changed():
    """Neither a field nor an attribute of a fact can be set."""
    one = fact(attributes={"a": 1})

    with pytest.raises(AttributeError):
        one.amount = Decimal(3)
    with pytest.raises(TypeError):
        one.attributes["a"] = 2
    assert type(one.attributes) is FrozenMap


@given(st.integers(-(10**14) + 1, 10**14 - 1))
def test_amounts_of_four_decimals_are_held_exactly(units):
    """Every amount below ten thousand million with four decimals comes back digit for digit."""
    one = fact(amount=Decimal(units).scaleb(-4))

    assert one.units == units
    assert one.amount == Decimal(units).scaleb(-4)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0.5, "amount: 0.5: a binary float is not exact"),
        (Decimal("0.00001"), "amount: Decimal('0.00001') has more than 4 decimals"),
        (Decimal("1." + "0" * 34 + "1"), "has more than 4 decimals"),
        (Decimal("1e10"), "amount: Decimal('1E+10') is out of bounds"),
        (Decimal("NaN"), "amount: Decimal('NaN') is out of bounds"),
        (True, "amount: True: not a number"),
    ],
)
def test_an_amount_that_is_not_exact_is_refused(amount, text):
    """Floats, flags, NaN, ten thousand million, and more than four decimals are refused."""
    with pytest.raises(AmountError) as caught:
        fact(amount=amount)

    assert text in str(caught.value)


def test_a_float_among_the_attributes_is_refused():
    """An attribute is no back door for binary floats."""
    with pytest.raises(
        AmountError, match=r"^attribute 'share': 0\.1: a binary float is not exact; give a Decimal or text$"
    ):
        fact(attributes={"share": 0.1})


@pytest.mark.parametrize("name", ["on", "recorded_on", "decided_on"])
@pytest.mark.parametrize("value", ["2024-05-01", datetime(2024, 5, 1, tzinfo=UTC)], ids=["text", "datetime"])
def test_a_day_is_a_plain_date(name, value):
    """Texts and moments are refused where a day is asked for."""
    with pytest.raises(PeriodError) as caught:
        fact(**{name: value})

    assert str(caught.value) == f"{name}: {value!r} is not a date (a datetime is not one either)"


def test_kinds_of_facts_are_values():
    """Kinds with the same fields are equal and survive pickling; fields are frozen."""
    one, other = (
        FactKind(id="x", fields={"level": FieldKind(name="level", one_of=("a", "b"))}) for _ in range(2)
    )

    assert one == other
    assert hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == one
    assert type(one.fields) is FrozenMap
