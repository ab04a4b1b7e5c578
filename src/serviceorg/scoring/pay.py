"""From a measured value to units of the rule set, exactly; rounded once, as the rule set declares."""

from decimal import Decimal
from fractions import Fraction

from ..basics import FACT_SCALE, rounded
from ..errors import FactProblems, Problem
from ..facts import Fact
from .plan import FACT_UNIT, Plan
from .rules import Linear, Marginal, Pay, Place, Points, PointsBy, Step, Steps


def number_of(fact: Fact, field: str) -> Fraction:
    """Return the number a fact carries in ``field``.

    Raises:
        FactProblems: If the fact has none there.
    """
    if field == "amount" and fact.amount is not None:
        return Fraction(fact.units, FACT_UNIT)
    value = fact.attributes.get(field)
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Fraction(value)
    found = "nothing" if value is None else repr(value)
    raise FactProblems(
        [
            Problem(
                "fact-number",
                f"fact {fact.id!r}",
                f"{field}: found {found}; a fact of kind {fact.kind!r} needs a number",
            )
        ]
    )


def units_in(fact: Fact, field: str) -> int:
    """Return the number a fact carries in ``field`` in ten-thousandths.

    Raises:
        FactProblems: If the fact has none there, or one with more than four decimals.
    """
    number = number_of(fact, field) * FACT_UNIT
    if number.denominator != 1:
        text = f"{field}: {fact.attributes[field]!r} has more than {FACT_SCALE} decimals"
        raise FactProblems([Problem("fact-number", f"fact {fact.id!r}", text)])
    return int(number)


def to_units(plan: Plan, points: Fraction | Decimal | int) -> int:
    """Return an amount of points as whole units, rounded in the rule set's direction."""
    exact = Fraction(points) * plan.unit
    if exact.denominator == 1:
        return exact.numerator
    return int(rounded(exact, 1, plan.rules.direction))


def points_for(pay: Pay, value: Fraction, *, ranked: int = 0) -> Fraction:
    """Return what a value pays; ``ranked`` is the number of subjects a place is drawn from."""
    match pay:
        case Points():
            return Fraction(pay.points) * value
        case Steps():
            return _rung(pay, value, ranked)
        case Marginal():
            return _slices(pay, value)
        case Linear():
            return _line(pay, value)
        case Place():
            return max(Fraction(pay.full) - Fraction(pay.lose) * (value - 1), Fraction(0))
        case _:
            raise TypeError(f"{type(pay).__name__} does not pay for a number")


def _rung(pay: Steps, value: Fraction, ranked: int) -> Fraction:
    paid = Fraction(0)
    for step in pay.steps:
        if step.to is not None:  # rungs of a ranking: the first place that is not too far down
            last = -((-ranked * Fraction(step.to)) // 1) if step.share else Fraction(step.to)
            if value <= last:
                return Fraction(step.points)
        elif _reached(step, value):
            paid = Fraction(step.points)
    return paid


def _reached(step: Step, value: Fraction) -> bool:
    if step.above is not None:
        return value > Fraction(step.above)
    return step.start is None or value >= Fraction(step.start)


def _slices(pay: Marginal, value: Fraction) -> Fraction:
    paid = Fraction(0)
    bounds = [Fraction(step.start or 0) for step in pay.slices]
    for no, step in enumerate(pay.slices):
        top = bounds[no + 1] if no + 1 < len(bounds) else value
        paid += Fraction(step.points) * max(Fraction(0), min(value, top) - bounds[no])
    return paid


def _line(pay: Linear, value: Fraction) -> Fraction:
    below = max(Fraction(pay.target) - value, Fraction(0)) / Fraction(pay.per)
    lost = Fraction(int(below)) if pay.whole else below
    return max(Fraction(pay.full) - Fraction(pay.lose) * lost, Fraction(0))


def full_mark(pay: Pay) -> Fraction:
    """Return the most a measured clause can pay; for ``missing = "full"`` and re-weighing."""
    match pay:
        case Points():
            return Fraction(pay.points)
        case PointsBy():
            return max(map(Fraction, pay.table.values()), default=Fraction(0))
        case Steps():
            return max((Fraction(step.points) for step in pay.steps), default=Fraction(0))
        case Marginal():
            raise TypeError("a marginal scale has no full mark")
        case _:
            return Fraction(pay.full)
