"""Items and clauses of one version, compiled: amounts in units, limits in order, plain or not."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from ..basics import FACT_SCALE, SPANS, in_units
from .pay import points_for
from .plan import NO_CAP, ClausePlan, ItemPlan, PlainRoute, Quantity
from .rules import (
    Clause,
    Each,
    Item,
    Late,
    Linear,
    Per,
    Place,
    Points,
    PointsBy,
    Rank,
    RuleSet,
    Steps,
    Tally,
)

#: Tallies that have no answer without a fact.
NEEDS_A_NUMBER = ("mean", "first", "last", "best", "worst")


def units(rules: RuleSet, amount: Decimal) -> int:
    """Return an amount of the rule set as a whole number of its smallest unit."""
    return in_units(amount, rules.scale)


def compile_item(
    rules: RuleSet, item: Item, no: int, category: int, clause_nos: Mapping[tuple[str, str], int]
) -> ItemPlan:
    """Return an item of one version with its clauses; ``clause_nos`` numbers them over all versions."""
    only = len(item.clauses) == 1
    bare = item.full is None and item.floor is None and item.round is None and not item.take
    clauses = tuple(
        _clause(rules, item, clause, no, clause_nos[item.id, clause.id]) for clause in item.clauses
    )
    return ItemPlan(
        no,
        item,
        category,
        clauses,
        0 if item.full is None else units(rules, item.full),
        None if item.floor is None else units(rules, item.floor),
        () if only else _limits(rules, item.cap),
        only and bare,
    )


def _limits(rules: RuleSet, cap: Mapping[str, Decimal]) -> tuple[tuple[str, int], ...]:
    order = (*SPANS, "period")
    return tuple((span, units(rules, cap[span])) for span in order if span in cap)


def _clause(rules: RuleSet, item: Item, clause: Clause, item_no: int, no: int) -> ClausePlan:
    only = len(item.clauses) == 1
    caps = {**clause.cap}
    if only:
        for span, cap in item.cap.items():
            caps[span] = min(cap, caps.get(span, cap))
    # In the rule set's own period a cap by its span is one of the whole; looking further back it is not.
    own = ("period", rules.period) if clause.window.kind == "period" else ("period",)
    whole = {span for span in own if span in caps}
    limits = _limits(
        rules, {span: cap for span, cap in caps.items() if span not in whole and span != "event"}
    )
    period_cap = min((units(rules, caps[span]) for span in whole), default=NO_CAP)
    # A cap over several clauses needs their payments in order of days, which the inner loop forgets.
    alone = only or not item.cap
    plain = (
        alone
        and _is_plain(clause, common_late(rules))
        and len(limits) <= 1
        and all(SPANS[span] for span, _ in limits)
    )
    return ClausePlan(
        no,
        item_no,
        clause,
        f"{item.id}.{clause.id}" if clause.id else item.id,
        plain and "event" not in caps,
        _answers_without_facts(clause),
        _roams(clause),
        limits if period_cap == NO_CAP else (*limits, ("period", period_cap)),
        limits[0][1] if limits else NO_CAP,
        period_cap,
        units(rules, caps["event"]) if "event" in caps else NO_CAP,
        units(rules, clause.pay.points) if isinstance(clause.pay, Points) else None,
        _table(rules, clause),
        None if clause.per is None else _quantity(clause.per),
        tuple((factor.where, Fraction(factor.by)) for factor in clause.factors),
    )


def _answers_without_facts(clause: Clause) -> bool:
    measure, pay = clause.measure, clause.pay
    if clause.missing or isinstance(measure, Rank):
        return True
    if not isinstance(measure, Tally) or measure.what in NEEDS_A_NUMBER:
        return False
    scaled = isinstance(pay, (Steps, Linear, Place))
    return measure.what == "absent" or (scaled and points_for(pay, Fraction(0)) != 0)


def _table(rules: RuleSet, clause: Clause) -> Mapping[str, int]:
    if not isinstance(clause.pay, PointsBy):
        return {}
    return {value: units(rules, points) for value, points in clause.pay.table.items()}


def _quantity(per: Per) -> Quantity:
    most = {span: in_units(limit, FACT_SCALE) for span, limit in per.most.items()}
    step = 0 if per.step is None else in_units(per.step, FACT_SCALE)
    return Quantity(
        per.field, in_units(per.unit, FACT_SCALE), step, per.round, most.get("event"), most.get("day")
    )


def _roams(clause: Clause) -> bool:
    select, window = clause.select, clause.window
    cleared = bool(window.clear_after or window.clear_on)
    return (
        bool(select.about or select.members) or window.kind != "period" or window.carry is not None or cleared
    )


def common_late(rules: RuleSet) -> Late | None:
    """Return the rule for late registration if every clause of every version has the same one."""
    found = {
        clause.select.late for version in rules.versions for item in version.items for clause in item.clauses
    }
    return found.pop() if len(found) == 1 else None


def _is_plain(clause: Clause, late: Late | None) -> bool:
    select, per = clause.select, clause.per
    flat = per is None or (per.field == "amount" and per.step is None and not per.most)
    chosen = bool(select.where or select.unless or select.distinct or select.gate or select.late != late)
    altered = bool(clause.factors or clause.times or clause.take or clause.per_head)
    chosen = chosen or bool(clause.who.kinds or clause.who.categories)
    each = isinstance(clause.measure, Each) and isinstance(clause.pay, Points)
    return each and flat and not (chosen or altered or _roams(clause))


def plain_route(rules: RuleSet, plan: ClausePlan) -> PlainRoute:
    """Return the row of the inner loop for a plain clause."""
    assert isinstance(plan.clause.pay, Points)
    points = units(rules, plan.clause.pay.points)
    if plan.clause.per is None:
        return plan.no, 0, points, 1
    # half_up(points * amount / unit): unit and amount are both in ten-thousandths.
    divisor = in_units(plan.clause.per.unit, FACT_SCALE)
    return plan.no, 2 * points, divisor, 2 * divisor
