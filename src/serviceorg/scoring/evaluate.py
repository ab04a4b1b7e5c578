"""The score of one subject: facts → clauses → items → categories → total → veto.

Grades, stars and everything that needs other subjects come after (``bands.py``, ``field.py``).
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from fractions import Fraction
from operator import attrgetter

import attrs

from ..basics import month_number, rounded
from ..facts import Fact
from .admit import admitted, cleared, selects, windowed
from .book import Entry, live
from .capped import capped
from .context import Question
from .events import pay_events
from .limits import Payment, allowed
from .measured import measure
from .outcome import Outcome
from .pay import full_mark
from .plain import Months, check_amounts, fold_plain, pay_plain
from .plan import ClausePlan, ItemPlan, State, readers_of
from .rules import Checks, Each, Rounding
from .straight import evaluate_straight, is_straight
from .vetoes import Standing, apply_vetoes, scopes_of, standing_vetoes

_DAY_AND_ID = attrgetter("day", "id")


def evaluate(question: Question) -> Outcome:
    """Return the outcome of one question, before grades."""
    if is_straight(question) and not question.plan.lasting:
        straight = evaluate_straight(question, question.own_entry())
        if straight is not None:
            return straight
    outcome = Outcome()
    if not _assessed(question, outcome):
        return outcome
    entry = question.own_entry()
    months_of: Months = {}
    rest = _pay(question, entry, months_of)
    sums = fold_plain(question, months_of)
    payments: dict[int, list[Payment]] = {}
    missing: dict[int, str] = {}
    if rest or any(state.always for state in question.plan.states):
        payments, missing = _general(question, rest)
    vetoes = standing_vetoes(question, rest) if question.plan.veto_kinds else ()
    _sum_up(question, outcome, sums, payments, missing, vetoes)
    return outcome


def _pay(question: Question, entry: Entry, months_of: Months) -> list[Fact]:
    """Run the inner loop for every version in force; return the facts it left, in order."""
    rest: list[Fact] = []
    for state, first, last in question.reigns():
        mine = live(entry, first, last, question.as_of)
        check_amounts(mine, state)
        rest += pay_plain(mine, state.plain, months_of, question.trace)
    return sorted(rest, key=_DAY_AND_ID)


def _assessed(question: Question, outcome: Outcome) -> bool:
    """Decide whether the subject is scored at all; an exemption on the last day that counts rules."""
    subject, day = question.subject, question.until_date
    who = question.state.version.head.who
    if not (subject.exemptions or subject.joined or subject.left or who.categories or who.kinds):
        return True
    last_day = min(day, subject.left) if subject.left is not None else day
    exemption = subject.exemption_on(last_day)
    if exemption is not None and exemption.effect == "not_assessed":
        outcome.status, outcome.reason = "not_assessed", exemption.reason or "exempt"
    elif (who.categories and subject.category_on(last_day) not in who.categories) or (
        who.kinds and subject.kind not in who.kinds
    ):
        outcome.status, outcome.reason = "not_assessed", "not among those assessed"
    elif (subject.joined is not None and subject.joined > day) or (
        subject.left is not None and subject.left.toordinal() < question.start
    ):
        outcome.status, outcome.reason = "not_assessed", "did not belong in this period"
    elif exemption is not None:
        outcome.status, outcome.reason = "not_graded", exemption.reason or "exempt from grades"
    return outcome.status != "not_assessed"


def _general(question: Question, rest: Sequence[Fact]) -> tuple[dict[int, list[Payment]], dict[int, str]]:
    """Return the payments of every general clause that has any, and the clauses with a missing answer."""
    payments: dict[int, list[Payment]] = {}
    missing: dict[int, str] = {}
    events: dict[int, list[tuple[Fact, ClausePlan]]] = {}
    for state, first, last in question.reigns():
        for plan, called in _called(state, rest):
            facts = _clause_facts(question, plan, called)
            if isinstance(plan.clause.measure, Each):
                events.setdefault(plan.no, []).extend(_paying(question, plan, facts, first, last))
            else:
                found = measure(question, plan, facts, first, last)
                payments.setdefault(plan.no, []).extend(found.payments)
                if found.missing:
                    missing[plan.no] = found.missing
    payments = {no: capped(question, question.plan.newest[no], paid) for no, paid in payments.items()}
    for no, paired in events.items():
        if paired:
            payments[no] = pay_events(question, paired)
    return payments, missing


def _called(state: State, rest: Sequence[Fact]) -> Iterable[tuple[ClausePlan, list[Fact]]]:
    """Return each clause to ask, in order of its number, with the facts of the period that may call it."""
    called: dict[int, tuple[ClausePlan, list[Fact]]] = {plan.no: (plan, []) for plan in state.always}
    for fact in rest:
        for plan in readers_of(state, fact.kind, fact.attributes):
            if plan.no not in called:
                called[plan.no] = (plan, [])
            called[plan.no][1].append(fact)
    return [called[no] for no in sorted(called)]


def _clause_facts(question: Question, plan: ClausePlan, called: Sequence[Fact]) -> list[Fact]:
    """Return the facts a clause counts, cleared ones left out."""
    spread = not question.single and not isinstance(plan.clause.measure, Each)
    if not plan.roams and not spread:
        return admitted(question, plan, called)
    facts = admitted(question, plan, windowed(question, plan))
    window = plan.clause.window
    if not (window.clear_after or window.clear_on):
        return facts
    item = question.item_now(plan.item)
    of_item = [f for f in _selected(question, item) if f.day <= question.until]
    first = cleared(question, item.clauses, of_item)
    if question.trace is not None:
        question.trace.refused += [
            (plan.no, fact, "cleared", str(first)) for fact in facts if fact.day < first
        ]
    return [fact for fact in facts if fact.day >= first]


def _selected(question: Question, item: ItemPlan) -> list[Fact]:
    found = {
        fact.id: fact for plan in item.clauses for fact in windowed(question, plan) if selects(plan, fact)
    }
    return sorted(found.values(), key=lambda fact: fact.day)


def _paying(
    question: Question, plan: ClausePlan, facts: Sequence[Fact], first: int, last: int
) -> Iterable[tuple[Fact, ClausePlan]]:
    """Pair each fact of this reign with its clause; one from before the period pays as it did on its day."""
    for fact in facts:
        if first <= fact.day <= last:
            yield fact, plan
        elif fact.day < question.start == first:
            yield fact, question.clause_on(plan, fact.day)


def _sum_up(
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
    _total(question, outcome, totals, vetoes)


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
    if plan.simple:
        only = plan.clauses[0]
        units = sums.get(only.no, 0)
        for _, _, amount in payments.get(only.no, ()):
            units += amount
        return only.clause.sign * units
    rows: list[Payment] = []
    values: list[int] = []
    for clause in plan.clauses:
        sign = clause.clause.sign
        paid = payments.get(clause.no, [])
        values.append(sign * (sums.get(clause.no, 0) + sum(amount for _, _, amount in paid)))
        rows += [(day, month, sign * amount) for day, month, amount in paid]
    if plan.item.take:
        value = {"best": max, "worst": min}[plan.item.take](values)
    elif plan.limits and rows:
        value = _item_capped(question, plan, sorted(rows))
    else:
        value = sum(values)
    value += plan.full
    if plan.floor is not None and value < plan.floor:
        _note(question, f"item.{plan.item.id}", "floor", (value, plan.floor))
        value = plan.floor
    return _round_units(question, plan.item.round, value, f"item.{plan.item.id}")


def _item_capped(question: Question, plan: ItemPlan, rows: list[Payment]) -> int:
    """Cap the clauses of an item together; deductions are capped by their size when nothing is earned."""
    caps = dict(plan.limits)
    only_costs = all(amount <= 0 for _, _, amount in rows)
    turned = [(day, month, -amount) for day, month, amount in rows] if only_costs else rows
    kept, bites = allowed(turned, list(caps), lambda span, cell: caps[span], question.plan.shift)
    if question.trace is not None:
        for (span, cell), (cap, lost) in bites.items():
            _note(question, f"item.{plan.item.id}", "cap", (span, cell, cap + lost, cap))
    return -sum(kept) if only_costs else sum(kept)


def _reweighed(question: Question, category: int, left_out: Sequence[ItemPlan], total: int) -> int:
    """Raise a category to its full mark when items without an answer leave it (重新分配权重)."""
    missing = {plan.no for plan in left_out}
    mine = [p for p in question.state.items.values() if p.category == category]
    whole = sum((item_full(p) for p in mine), 0)
    present = sum((item_full(p) for p in mine if p.no not in missing), 0)
    value = int(rounded(Fraction(total * whole, present), 1, question.plan.rules.direction)) if present else 0
    names = tuple(plan.item.id for plan in left_out)
    _note(
        question,
        f"category.{question.state.categories[category].category.id}",
        "reweighed",
        (names, total, value),
    )
    return value


def item_full(plan: ItemPlan) -> Fraction:
    """Return the most an item can come to, in points; the loader makes sure that there is such a number."""
    earned = sum((_clause_full(clause) for clause in plan.clauses if clause.clause.sign > 0), Fraction(0))
    return Fraction(plan.item.full or 0) + earned


def _clause_full(clause: ClausePlan) -> Fraction:
    checks = clause.clause.measure
    if isinstance(checks, Checks) and all(check.points is not None for check in checks.parts):
        return sum((Fraction(check.points or 0) for check in checks.parts), Fraction(0))
    return full_mark(clause.clause.pay)


def _total(question: Question, outcome: Outcome, totals: list[int], vetoes: Sequence[Standing]) -> None:
    """Cap and floor categories and the whole, round as the head declares, then let vetoes speak."""
    if outcome.waiting:
        reach = list(totals)
        for item in outcome.waiting:
            plan = question.item_now(question.plan.item_ids.index(item))
            reach[_category_now(question, plan)] += int(item_full(plan) * question.plan.unit)
        quiet = attrs.evolve(question, trace=None)
        outcome.could_reach = _limited(quiet, reach)
    head = question.state.version.head
    outcome.base = question.state.base if head.base_for_part == "full" else _base(question)
    outcome.total = outcome.before_veto = _limited(question, totals)
    outcome.categories = totals
    if vetoes:
        apply_vetoes(outcome, vetoes)
    if outcome.waiting and outcome.status == "scored":
        outcome.status = "pending"


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
    subject, period = question.subject, question.period
    if head.base_for_part == "full" or not base:
        return base
    start = max(subject.joined or period.start, date.fromordinal(question.start))
    end = min(subject.left or period.end, period.end)
    if head.base_for_part == "months":
        served = month_number(end) - month_number(start) + 1
        whole = month_number(period.end) - month_number(period.start) + 1
    else:
        served = end.toordinal() - start.toordinal() + 1
        whole = period.end.toordinal() - question.start + 1
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
