"""Clauses in which every fact pays for itself, with everything such a clause can have.

The order is: times, quantity (own ceiling, steps, the day's ceiling), points x quantity x factor,
rounded once, cap of the event, one of many, caps by span.
"""

from collections.abc import Sequence
from fractions import Fraction

from ..basics import Direction, half_up, rounded
from ..errors import FactProblems, Problem, known_names
from ..facts import Fact
from .admit import matches
from .context import Question
from .limits import Payment, cell_of
from .pay import units_in
from .plan import FACT_UNIT, ClausePlan
from .rules import PointsBy


def pay_events(question: Question, facts: Sequence[tuple[Fact, ClausePlan]]) -> list[Payment]:
    """Return what a clause's facts pay, in order, after times, quantities, factors and choice.

    Each fact comes with the clause as it stood on the fact's day.
    """
    counted = _within_times(question, facts) if any(plan.clause.times for _, plan in facts) else list(facts)
    direction = question.plan.rules.direction
    amounts = [
        min(_amount(plan, fact, quantity, direction), plan.event_cap)
        for (fact, plan), quantity in zip(counted, _quantities(counted), strict=True)
    ]
    counted, amounts = _chosen(question, counted, amounts)
    payments = [(fact.day, fact.month, amount) for (fact, _), amount in zip(counted, amounts, strict=True)]
    if question.trace is not None:
        question.trace.paid += [
            (plan.no, fact, amount) for (fact, plan), amount in zip(counted, amounts, strict=True)
        ]
    return payments


def _within_times(
    question: Question, facts: Sequence[tuple[Fact, ClausePlan]]
) -> list[tuple[Fact, ClausePlan]]:
    """Keep the earliest facts as often as ``times`` allows; one refused uses up no other limit."""
    used: dict[tuple[str, int], int] = {}
    kept: list[tuple[Fact, ClausePlan]] = []
    for fact, plan in facts:
        keys = [
            (span, cell_of(span, fact.day, fact.month, question.plan.shift)) for span in plan.clause.times
        ]
        full = [key[0] for key in keys if used.get(key, 0) >= _times(question, plan, key)]
        if full:
            if question.trace is not None:
                question.trace.refused.append((plan.no, fact, "times", full[0]))
            continue
        for key in keys:
            used[key] = used.get(key, 0) + 1
        kept.append((fact, plan))
    return kept


def _times(question: Question, plan: ClausePlan, key: tuple[str, int]) -> int:
    if len(question.plan.states) == 1:
        return plan.clause.times[key[0]]
    now = question.clause_on(plan, question.last_day_of(*key))
    return now.clause.times.get(key[0], plan.clause.times[key[0]])


def _quantities(facts: Sequence[tuple[Fact, ClausePlan]]) -> list[int]:
    """Return the ten-thousandths each fact counts, after its own ceiling, its steps and the day's ceiling."""
    day_used: dict[int, int] = {}
    found: list[int] = []
    for fact, plan in facts:
        quantity = plan.quantity
        if quantity is None:
            found.append(FACT_UNIT)
            continue
        amount = (
            fact.units
            if quantity.field == "amount" and fact.amount is not None
            else units_in(fact, quantity.field)
        )
        if quantity.most_event is not None:
            amount = min(amount, quantity.most_event)
        if quantity.step:
            amount = int(rounded(amount, quantity.step, quantity.direction))
        if quantity.most_day is not None:
            used = day_used.get(fact.day, 0)
            amount = min(amount, quantity.most_day - used)
            day_used[fact.day] = used + amount
        found.append(amount)
    return found


def _amount(plan: ClausePlan, fact: Fact, quantity: int, direction: Direction) -> int:
    """Return points x quantity / unit x factor in units, rounded once."""
    factor, divisor = (1, 1) if not plan.factors else _factor(plan, fact)
    points = plan.points if plan.points is not None else _points_by(plan, fact)
    factor *= points * quantity
    divisor *= FACT_UNIT if plan.quantity is None else plan.quantity.unit
    if direction == "half-up" and factor >= 0:
        return half_up(factor, divisor)
    return int(rounded(Fraction(factor, divisor), 1, direction))


def _points_by(plan: ClausePlan, fact: Fact) -> int:
    pay = plan.clause.pay
    assert isinstance(pay, PointsBy)
    found = fact.attributes.get(pay.field)
    # A flag is called as a rule file writes it: true, not True.
    value = str(found).lower() if isinstance(found, bool) else str(found)
    if value not in plan.table:
        known = known_names(value, pay.table)
        text = f"{pay.field}: {value!r} pays nothing that clause {plan.path} names; {known}"
        raise FactProblems([Problem("fact-value", f"fact {fact.id!r}", text)])
    return plan.table[value]


def _factor(plan: ClausePlan, fact: Fact) -> tuple[int, int]:
    """Return what the matching factors multiply to, as a quotient of whole numbers."""
    found = [by for where, by in plan.factors if matches(where, fact)]
    if plan.clause.stack == "highest":
        found = [max(found)] if found else []
    numerator, denominator = 1, 1
    for by in found:
        numerator, denominator = numerator * by.numerator, denominator * by.denominator
    return numerator, denominator


def _chosen(
    question: Question, facts: list[tuple[Fact, ClausePlan]], amounts: list[int]
) -> tuple[list[tuple[Fact, ClausePlan]], list[int]]:
    """Keep one of many, as the clause stands at the end."""
    take = question.clause_on(facts[0][1], question.until).clause.take if facts else ""
    if not take:
        return facts, amounts
    index = {
        "first": 0,
        "last": len(facts) - 1,
        "best": amounts.index(max(amounts)),
        "worst": amounts.index(min(amounts)),
    }[take]
    if question.trace is not None:
        question.trace.refused += [
            (plan.no, fact, "take", take) for no, (fact, plan) in enumerate(facts) if no != index
        ]
    return [facts[index]], [amounts[index]]
