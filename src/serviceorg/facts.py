"""The narrow waist: a dated statement about a subject, and what a kind of fact may say.

Everything an engine reads is a ``Fact``; everything it closes can become one. A fact is never
changed: a wrong one is reversed by a later fact that names it (红字更正).
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import attrs

from .basics import FACT_SCALE, FrozenMap, Label, exact, frozen_map, in_units
from .errors import AmountError, FactProblems, PeriodError, Problem

#: What an attribute of a fact may be.
Value = str | bool | int | Decimal | date

_NONE: FrozenMap[str, Value] = FrozenMap()


_MOST = 10**10


def _amount(value: object) -> tuple[Decimal | None, int]:
    """Return an amount and its ten-thousandths; the common case of a small Decimal first."""
    if value is None:
        return None, 0
    if type(value) is Decimal and value.is_finite() and -_MOST < value < _MOST:
        units = int(value.scaleb(FACT_SCALE))
        if Decimal(units).scaleb(-FACT_SCALE) == value:
            return value, units
    number = exact(value)
    return number, in_units(number, FACT_SCALE)


def _frozen_attributes(values: Mapping[str, Value]) -> FrozenMap[str, Value]:
    for name, value in values.items():
        if isinstance(value, float):
            text = "a binary float is not exact; give a Decimal or text"
            raise AmountError(f"attribute {name!r}: {value!r}: {text}")
        if not isinstance(value, (str, int, Decimal, date)):
            message = f"attribute {name!r}: found {value!r}; allowed are text, numbers, true and false, dates"
            raise FactProblems([Problem("type", "fact", message)])
    return frozen_map(values) if values else _NONE


def _not_a_text(name: str, value: object) -> FactProblems:
    message = f"{name}: found {value!r}; a fact needs a text here that is not empty"
    return FactProblems([Problem("type", "fact", message)])


def _not_a_day(name: str, value: object) -> PeriodError:
    return PeriodError(f"{name}: {value!r} is not a date (a datetime is not one either)")


@attrs.frozen(init=False)
class Fact:
    """A dated statement about a subject (事实记录).

    ``on`` is the day it happened, ``recorded_on`` the day it was entered (default: ``on``),
    ``decided_on`` the day it was confirmed. ``amount`` is exact, with at most four decimals.
    ``reverses`` is the id of the fact this one takes back.
    """

    id: str
    subject: str
    kind: str
    on: date
    amount: Decimal | None
    attributes: FrozenMap[str, Value]
    recorded_on: date
    decided_on: date | None
    recorded_by: str
    evidence: str
    reverses: str | None
    # The same in the engines' own form, worked out once: ordinal day, month number, ten-thousandths.
    day: int = attrs.field(repr=False, eq=False)
    month: int = attrs.field(repr=False, eq=False)
    units: int = attrs.field(repr=False, eq=False)

    def __init__(
        self,
        *,
        id: str,
        subject: str,
        kind: str,
        on: date,
        amount: Decimal | int | str | None = None,
        attributes: Mapping[str, Value] = _NONE,
        recorded_on: date | None = None,
        decided_on: date | None = None,
        recorded_by: str = "",
        evidence: str = "",
        reverses: str | None = None,
    ) -> None:
        """Check the dates and numbers of a fact, and work out its engine form.

        Written out by hand, because millions are made and each field is checked in one pass.

        Raises:
            FactProblems: For an id, subject or kind that is empty or no text.
            AmountError: For an amount or attribute that is not exact or out of bounds.
            PeriodError: For a date that is not a plain date.
        """
        for name, text in (("id", id), ("subject", subject), ("kind", kind)):
            if not text or not isinstance(text, str):
                raise _not_a_text(name, text)
        if type(on) is not date:
            raise _not_a_day("on", on)
        if recorded_on is None:
            recorded_on = on
        elif type(recorded_on) is not date:
            raise _not_a_day("recorded_on", recorded_on)
        if decided_on is not None and type(decided_on) is not date:
            raise _not_a_day("decided_on", decided_on)
        number, units = _amount(amount)
        put = object.__setattr__
        put(self, "id", id)
        put(self, "subject", subject)
        put(self, "kind", kind)
        put(self, "on", on)
        put(self, "amount", number)
        put(self, "attributes", _frozen_attributes(attributes) if attributes else _NONE)
        put(self, "recorded_on", recorded_on)
        put(self, "decided_on", decided_on)
        put(self, "recorded_by", recorded_by)
        put(self, "evidence", evidence)
        put(self, "reverses", reverses)
        put(self, "day", on.toordinal())
        put(self, "month", on.year * 12 + on.month - 1)
        put(self, "units", units)


@attrs.frozen(kw_only=True)
class FieldKind:
    """What one attribute of a fact may be.

    ``type`` is "text", "number", "flag" or "date"; ``one_of`` lists the allowed texts (empty: any);
    ``most`` bounds a number; ``required`` makes its absence an error.
    """

    name: str
    type: str = "text"
    one_of: tuple[str, ...] = ()
    most: Decimal = Decimal(1_000_000)
    required: bool = True


@attrs.frozen(kw_only=True)
class FactKind:
    """A kind of fact that rule sets may read, and what it carries (事实类别).

    ``amount`` says whether a fact of this kind carries one; ``unit`` names it; ``most`` bounds it, so
    that no product can overflow 64 bits in any engine.
    """

    id: str
    title: Label = Label()
    amount: bool = False
    unit: str = ""
    most: Decimal = Decimal(1_000_000)
    fields: FrozenMap[str, FieldKind] = attrs.field(factory=FrozenMap, converter=frozen_map)
