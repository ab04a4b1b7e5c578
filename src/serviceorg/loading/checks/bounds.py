"""The least and the most a total can come to, and the proof that amounts stay within 64 bits."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import prod

from ...basics import FACT_SCALE, SPANS, FrozenMap, rounded
from ...facts import FactKind
from ...scoring.rules import (
    Ballots,
    Checks,
    Clause,
    Each,
    Head,
    Item,
    Linear,
    Marginal,
    Place,
    Points,
    PointsBy,
    Rank,
    Rate,
    Relative,
    Rounding,
    Steps,
    Tally,
)
from ..drafts import Built, Draft
from ..shapes import Node
from .facts import greatest

_ZERO = Decimal(0)
#: A period has at most so many of each span; generous, since bounds are only used to prove things impossible.
_DAYS_OF_MONTH, _WEEKS_OF_MONTH = 31, 6
_LARGEST = 2**63
_OF_NUMBERS = ("sum", "mean", "first", "last", "best", "worst")


def attainable(draft: Draft, values: Built) -> tuple[Decimal | None, Decimal | None]:
    """Return the least and the most a total can come to, None where that is not bounded or not known."""
    head = values.head
    if head is None or not {"item", "category"} <= values.whole:
        return None, None
    months = months_of(draft)
    least: Decimal | None = head.base if head.base_for_part == "full" else _ZERO
    most: Decimal | None = head.base
    by_category: dict[str, list[Item]] = {}
    for _, item in values.items:
        by_category.setdefault(item.category, []).append(item)
    for _, category in values.categories:
        inside = by_category.get(category.id, [])
        low = _sum(_least(item, months) for item in inside)
        high = _sum(most_of(item, months) for item in inside)
        if category.floor is not None and (low is None or low < category.floor):
            low = category.floor
        if category.cap is not None and (high is None or high > category.cap):
            high = category.cap
        least = _sum((least, _rounded(low, category.round)))
        most = _sum((most, _rounded(high, category.round)))
    return _within(head, values, least, most)


def months_of(draft: Draft) -> int:
    """Return the months of the rule set's period; a year where that is unclear."""
    return SPANS.get(str(draft.head.get("period")), 0) or 12


def _within(
    head: Head, values: Built, least: Decimal | None, most: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    if head.floor is not None and (least is None or least < head.floor):
        least = head.floor
    if head.cap is not None and (most is None or most > head.cap):
        most = head.cap
    zeroed = any(veto.effect == "zero" and veto.scope == "total" for _, veto in values.vetoes)
    if zeroed and least is not None and least > 0:
        least = _ZERO
    return _rounded(least, head.round), _rounded(most, head.round)


def _rounded(value: Decimal | None, rounding: Rounding | None) -> Decimal | None:
    if value is None or rounding is None:
        return value
    whole = rounded(Fraction(value) / Fraction(rounding.step), 1, rounding.direction)
    return int(whole) * rounding.step


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    total = _ZERO
    for value in values:
        if value is None:
            return None
        total += value
    return total


def _least(item: Item, months: int) -> Decimal | None:
    if item.floor is not None:
        return _rounded(item.floor, item.round)
    lost = [_clause_most(clause, months) for clause in item.clauses if clause.sign < 0]
    total = _capped(item.cap, _sum(lost), months)
    return None if total is None else _rounded((item.full or _ZERO) - total, item.round)


def most_of(item: Item, months: int) -> Decimal | None:
    """Return the most an item can come to in so many months, None where that is not bounded."""
    earned = [_clause_most(clause, months) for clause in item.clauses if clause.sign > 0]
    total = _capped(item.cap, _sum(earned), months)
    return None if total is None else _rounded((item.full or _ZERO) + total, item.round)


def _clause_most(clause: Clause, months: int) -> Decimal | None:
    """Return the most a clause can come to in a period, without its sign."""
    each = _pays(clause)
    times = times_of(clause, months)
    return _capped(clause.cap, None if each is None or times is None else each * times, months)


def times_of(clause: Clause, months: int) -> int | None:
    """Return how often a clause pays in a period at most, None where that is not bounded."""
    if not isinstance(clause.measure, Each):
        over = clause.measure.over if isinstance(clause.measure, (Tally, Rate)) else "period"
        return _spans(over, months)
    if clause.take:
        return 1
    limits = [limit * _spans(span, months) for span, limit in clause.times.items()]
    if clause.select.distinct == "day":
        limits.append(_spans("day", months))
    return min(limits) if limits else None


def _spans(span: str, months: int) -> int:
    if span == "day":
        return months * _DAYS_OF_MONTH
    if span == "week":
        return months * _WEEKS_OF_MONTH
    return -(-months // SPANS[span]) if span != "period" else 1


def _pays(clause: Clause) -> Decimal | None:
    """Return the most one fact, or one span measured, can pay; None where that is not bounded."""
    pay = clause.pay
    if isinstance(pay, Points):
        return _points(clause, pay)
    if isinstance(pay, PointsBy):
        return None if clause.per or clause.factors else max(pay.table.values())
    if isinstance(pay, Steps):
        return max(step.points for step in pay.steps)
    return pay.full if isinstance(pay, (Linear, Place, Relative)) else None


def _points(clause: Clause, pay: Points) -> Decimal | None:
    measure = clause.measure
    if isinstance(measure, Checks):
        own = [part.points for part in measure.parts if part.points is not None]
        return sum(own, _ZERO) if own else pay.points
    if isinstance(measure, (Ballots, Rank)):
        return pay.points
    if isinstance(measure, Rate):
        return None if measure.part_field else pay.points
    if isinstance(measure, Tally):
        return pay.points if measure.what in ("present", "absent") else None
    return pay.points if isinstance(measure, Each) and not clause.per and not clause.factors else None


def _capped(caps: FrozenMap[str, Decimal], value: Decimal | None, months: int) -> Decimal | None:
    limits = [most * _spans(span, months) for span, most in caps.items() if span != "event"]
    return min([*limits, *([] if value is None else [value])], default=None)


def check_overflow(draft: Draft, values: Built) -> None:
    """Report amounts that could become too large for 64 bits in the engines that compute with them."""
    scale = draft.report.scale
    for node, item in values.items:
        nodes: tuple[Node, ...] = node.get("clause", (node,))
        for place, clause in zip(nodes, item.clauses, strict=True):
            paid, most = _rate_of(clause), _quantity(clause, draft.kinds.known)
            if paid * 10**scale * most * 10**FACT_SCALE * _factor(clause) * 2 >= _LARGEST:
                factors = ", with the factors that may go together," if clause.factors else ""
                message = (
                    f"{paid} points for each of up to {most} units{factors} are too much to compute exactly; "
                    "bound the quantity with 'most' where the kind of fact is declared"
                )
                draft.report.add("overflow", place.path, message)


def _rate_of(clause: Clause) -> Decimal:
    pay = clause.pay
    if isinstance(pay, Points):
        return pay.points
    if isinstance(pay, PointsBy):
        return max(pay.table.values())
    return max(part.points for part in pay.slices) if isinstance(pay, Marginal) else _ZERO


def _factor(clause: Clause) -> int:
    """Return the most that factors can multiply an amount by, as the whole numbers engines compute with.

    1.5 multiplies by 3 before it divides by 2. Of factors that ask for different values of one
    attribute only one applies.
    """
    most: list[int] = []
    asked: dict[str, tuple[int, set[object]]] = {}  # attribute -> its last group, the values asked for there
    for factor in clause.factors:
        by = max(Fraction(factor.by).numerator, 1)
        apart = (
            name
            for name, values in factor.where.items()
            if name in asked and asked[name][1].isdisjoint(values)
        )
        name = next(apart, None)
        if name is None:
            name = next(iter(factor.where))
            asked[name] = (len(most), set())
            most.append(by)
        group, values = asked[name]
        values.update(factor.where[name])
        most[group] = max(most[group], by)
    highest = max(most, default=1)
    return highest if clause.stack == "highest" else min(prod(most), _LARGEST)


def _quantity(clause: Clause, kinds: Mapping[str, FactKind]) -> Decimal:
    """Return the greatest quantity one fact can bring: 1 where it brings none, 0 where that is unknown."""
    if clause.per is not None:
        most = greatest(kinds, clause.select.on, clause.per.field)
        return _ZERO if most is None else min(most, clause.per.most.get("event", most))
    if isinstance(clause.measure, Tally) and clause.measure.what in _OF_NUMBERS:
        return greatest(kinds, clause.select.on, clause.measure.field) or _ZERO
    return Decimal(1)
