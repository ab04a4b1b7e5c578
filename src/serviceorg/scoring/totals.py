"""From clauses to items, categories and the total: allotments, caps, floors, rounding, re-weighing."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from fractions import Fraction

import attrs

from ..basics import month_number, rounded
from ..errors import ScoringError
from .context import Question
from .limits import Payment, allowed, cells_between
from .outcome import Outcome
from .pay import full_mark
from .plan import NO_CAP, ClausePlan, ItemPlan
from .rules import Checks, Each, Marginal, PluginMeasure, Points, Rounding, Tally
from .vetoes import Standing, apply_vetoes, scopes_of


def sum_up(
    question: Question,
    outcome: Outcome,
    sums: dict[int, int],
    payments: dict[int, list[Payment]],
    missing: dict[int, str],
    vetoes: Sequence[Standing],
) -> None:
    """Add clauses to items, items to categories, categories to the total; keep what is missing apart."""
    state = question.state
    totals = [0] * len(state.categories)
    zeroed = scopes_of(vetoes)
    outcome.waiting = tuple(_sum_items(question, outcome, totals, sums, payments, missing, zeroed))
    _total(question, outcome, totals, missing, vetoes)


def _sum_items(
    question: Question,
    outcome: Outcome,
    totals: list[int],
    sums: dict[int, int],
    payments: dict[int, list[Payment]],
    missing: dict[int, str],
    zeroed: Collection[str],
) -> list[str]:
    """Fill ``outcome.items`` and the categories' totals; return the ids of items that wait for an answer."""
    item_of = question.plan.item_of
    touched = {item_of[no] for no in (*sums, *payments, *missing)} | set(question.state.owed)
    waiting: list[str] = []
    values: dict[int, int] = {}
    out: dict[int, list[ItemPlan]] = {}
    for no in sorted(touched):
        plan = question.item_now(no)
        policies = {missing[clause.no] for clause in plan.clauses if clause.no in missing} if missing else ()
        category = _category_now(question, plan)
        if "pending" in policies:
            waiting.append(plan.item.id)
        if "reweigh" in policies:
            out.setdefault(category, []).append(plan)
            continue
        value = 0 if f"item.{plan.item.id}" in zeroed else item_value(question, plan, sums, payments)
        values[no] = value
        totals[category] += value
    for category, left_out in out.items():
        totals[category] = _reweighed(question, category, left_out, totals[category])
    for no, category_plan in enumerate(question.state.categories):
        if f"category.{category_plan.category.id}" in zeroed:
            totals[no] = 0
    outcome.items = values
    return waiting


def _category_now(question: Question, plan: ItemPlan) -> int:
    """Return the category's number at the end: versions may list categories in another order."""
    return plan.category if question.single else question.state.category_nos[plan.item.category]


def item_value(
    question: Question, plan: ItemPlan, sums: dict[int, int], payments: dict[int, list[Payment]]
) -> int:
    """Return the units of one item: its allotment and its clauses, chosen, capped, floored, rounded."""
    mine = [clause.no for clause in plan.clauses]
    if not question.single:  # clauses retired in the period keep what they earned
        mine += [no for no in {*sums, *payments} if question.plan.item_of[no] == plan.no and no not in mine]
    values = [sums.get(no, 0) + sum(amount for _, _, amount in payments.get(no, ())) for no in mine]
    if plan.simple:
        return sum(values)
    rows = [payment for no in mine for payment in payments.get(no, ())]
    if plan.item.take:
        value = {"best": max, "worst": min}[plan.item.take](values)
    elif plan.limits and rows:
        value = _item_capped(question, plan, sorted(rows))
    else:
        value = sum(values)
    if plan.no in question.state.items:  # a retired item has no allotment any more
        value += plan.full
    if plan.floor is not None and value < plan.floor:
        _note(question, f"item.{plan.item.id}", "floor", (value, plan.floor))
        value = plan.floor
    return _round_units(question, plan.item.round, value, f"item.{plan.item.id}")


def _item_capped(question: Question, plan: ItemPlan, rows: list[Payment]) -> int:
    """Cap the clauses of an item together; deductions are capped by their size when nothing is earned."""

    def cap_of(span: str, cell: int) -> int:
        now = question.plan.state_on(question.last_day_of(span, cell)).items.get(plan.no, plan)
        return dict(now.limits).get(span, NO_CAP)

    spans = [span for span, _ in plan.limits]
    only_costs = all(amount <= 0 for _, _, amount in rows)
    turned = [(day, month, -amount) for day, month, amount in rows] if only_costs else rows
    kept, bites = allowed(turned, spans, cap_of, question.plan.shift)
    if question.trace is not None:
        for (span, cell), (cap, lost) in bites.items():
            _note(question, f"item.{plan.item.id}", "cap", (span, cell, cap + lost, cap))
    return -sum(kept) if only_costs else sum(kept)


def _reweighed(question: Question, category: int, left_out: Sequence[ItemPlan], total: int) -> int:
    """Raise a category to its full mark when items without an answer leave it (重新分配权重)."""
    missing = {plan.no for plan in left_out}
    mine = [p for p in question.state.items.values() if p.category == category]
    whole = sum(item_full(question, p) for p in mine)
    present = sum(item_full(question, p) for p in mine if p.no not in missing)
    value = int(rounded(Fraction(total * whole, present), 1, question.plan.rules.direction)) if present else 0
    names = tuple(plan.item.id for plan in left_out)
    _note(
        question,
        f"category.{question.state.categories[category].category.id}",
        "reweighed",
        (names, total, value),
    )
    return value


def item_full(question: Question, plan: ItemPlan) -> int:
    """Return the most units an item can come to.

    Raises:
        ScoringError: If there is no such number; the loader refuses rule sets where that could happen.
    """
    most = [_most(question, clause) for clause in plan.clauses if clause.clause.sign > 0]
    if None in most:
        raise ScoringError(f"item {plan.item.id!r} has no full mark, so its category cannot be weighed anew")
    earned = plan.full + sum(units for units in most if units is not None)
    return min(earned, dict(plan.limits).get("period", earned))


def _clause_full(clause: ClausePlan) -> Fraction:
    checks = clause.clause.measure
    if isinstance(checks, Checks) and all(check.points is not None for check in checks.parts):
        return sum((Fraction(check.points or 0) for check in checks.parts), Fraction(0))
    return full_mark(clause.clause.pay)


def _total(
    question: Question,
    outcome: Outcome,
    totals: list[int],
    missing: dict[int, str],
    vetoes: Sequence[Standing],
) -> None:
    """Cap and floor categories and the whole, round as the head declares, then let vetoes speak."""
    if outcome.waiting:
        outcome.could_reach = could_reach(question, outcome, totals, missing)
    head = question.state.version.head
    outcome.base = question.state.base if head.base_for_part == "full" else _base(question)
    outcome.total = outcome.before_veto = _limited(question, totals)
    outcome.categories = totals
    if vetoes:
        apply_vetoes(outcome, vetoes)
    if outcome.waiting and outcome.status == "scored":
        outcome.status = "pending"


def could_reach(
    question: Question, outcome: Outcome, totals: Sequence[int], missing: Mapping[int, str]
) -> int | None:
    """Return the most the total may still become, None where a waiting item has no limit.

    Every clause without an answer is taken to pay its most, in every span it is asked for; caps of
    clause, item, category and total hold.
    """
    reach = list(totals)
    for name in outcome.waiting:
        plan = question.item_now(question.plan.item_ids.index(name))
        category = _category_now(question, plan)
        most = [
            _most(question, c) for c in plan.clauses if missing.get(c.no) == "pending" and c.clause.sign > 0
        ]
        cap = question.state.categories[category].cap
        if "period" in dict(plan.limits):
            cap = max(dict(plan.limits)["period"] - outcome.items.get(plan.no, 0), 0)
        if None in most and cap == NO_CAP:
            return None
        more = sum(units for units in most if units is not None) if None not in most else cap
        reach[category] += min(more, cap)
    return _limited(attrs.evolve(question, trace=None), reach)


def _most(question: Question, plan: ClausePlan) -> int | None:
    """Return the most units a clause can pay, None for no limit but its item's."""
    measure, pay = plan.clause.measure, plan.clause.pay
    counted = isinstance(measure, Tally) and measure.what in ("present", "absent")
    valued = isinstance(measure, (Tally, PluginMeasure)) and isinstance(pay, Points) and not counted
    if valued or isinstance(measure, Each) or isinstance(pay, Marginal):
        return None if plan.period_cap == NO_CAP else plan.period_cap
    span = getattr(measure, "over", "period")
    cells = (
        1
        if span == "period"
        else len(cells_between(span, question.start, question.until, question.plan.shift))
    )
    return min(int(_clause_full(plan) * question.plan.unit) * cells, plan.period_cap)


def _limited(question: Question, totals: list[int]) -> int:
    """Cap, floor and round the categories in place; return base and categories, limited the same way."""
    state = question.state
    for no, plan in enumerate(state.categories):
        value = totals[no]
        if value > plan.cap or value < plan.floor:
            totals[no] = min(max(value, plan.floor), plan.cap)
            _note(
                question,
                f"category.{plan.category.id}",
                "cap" if value > plan.cap else "floor",
                (value, totals[no]),
            )
        if plan.category.round is not None:
            totals[no] = _round_units(
                question, plan.category.round, totals[no], f"category.{plan.category.id}"
            )
    total = sum(totals, state.base if state.version.head.base_for_part == "full" else _base(question))
    if total > state.cap:
        _note(question, "total", "cap", (total, state.cap))
        total = state.cap
    if state.floor is not None and total < state.floor:
        _note(question, "total", "floor", (total, state.floor))
        total = state.floor
    rule = state.version.head.round
    return total if rule is None else _round_units(question, rule, total, "total")


def _base(question: Question) -> int:
    """Return the base, pro rata where the subject belonged for part of the period and the rule says so."""
    head, base = question.state.version.head, question.state.base
    subject = question.subject
    if head.base_for_part == "full" or not base:
        return base
    begin = date.fromordinal(question.begin)
    start = max(subject.joined or begin, begin)
    end = min(subject.left or question.end, question.end)
    if head.base_for_part == "months":
        served = month_number(end) - month_number(start) + 1
        whole = month_number(question.end) - month_number(begin) + 1
    else:
        served = end.toordinal() - start.toordinal() + 1
        whole = question.end.toordinal() - question.begin + 1
    part = int(rounded(Fraction(base * served, whole), 1, question.plan.rules.direction))
    if part != base:
        _note(question, "total", "part-base", (head.base_for_part, served, whole, part))
    return part


def _round_units(question: Question, rule: Rounding | None, value: int, place: str) -> int:
    if rule is None:
        return value
    step = Fraction(rule.step) * question.plan.unit
    result = int(rounded(Fraction(value), step, rule.direction))
    if result != value:
        _note(question, place, "round", (value, result))
    return result


def _note(question: Question, place: str, code: str, arguments: Sequence[object]) -> None:
    if question.trace is not None:
        question.trace.notes.append((place, code, arguments))
