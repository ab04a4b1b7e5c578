"""Which facts a clause counts, and why the others do not."""

from collections.abc import Sequence
from datetime import date

from ..basics import add_months
from ..facts import Fact
from .book import too_late
from .context import Question
from .limits import cell_days, cells_between
from .plan import ClausePlan
from .rules import Gate, Where


def matches(where: Where, fact: Fact) -> bool:
    """Return whether every named attribute has one of the wanted values."""
    attributes = fact.attributes
    return all(_same(attributes.get(name), values) for name, values in where.items())


def _same(value: object, values: Sequence[object]) -> bool:
    # True is not 1 here: a flag never matches a number.
    return any(value == wanted and isinstance(value, bool) == isinstance(wanted, bool) for wanted in values)


def selects(plan: ClausePlan, fact: Fact) -> bool:
    """Return whether a fact is of the kind and form that a clause speaks of at all."""
    select = plan.clause.select
    if fact.kind not in select.on or not matches(select.where, fact):
        return False
    return not any(_same(fact.attributes.get(name), values) for name, values in select.unless.items())


def admitted(question: Question, plan: ClausePlan, facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts a clause counts, in order; notes the reason for each selected one it refuses."""
    kept: list[Fact] = []
    seen: set[object] = set()
    for fact in facts:
        if not selects(plan, fact):
            continue
        reason = _refusal(question, plan, fact)
        distinct = plan.clause.select.distinct
        if not reason and distinct:
            key = fact.day if distinct == "day" else fact.attributes.get(distinct)
            reason = ("same", distinct) if key in seen else None
            seen.add(key)
        if reason is None:
            kept.append(fact)
        elif question.trace is not None:
            question.trace.refused.append((plan.no, fact, *reason))
    return kept


def _refusal(question: Question, plan: ClausePlan, fact: Fact) -> tuple[str, str] | None:
    clause = plan.clause
    if clause.who.categories or clause.who.kinds:
        category = question.subject.category_on(date.fromordinal(fact.day))
        if clause.who.categories and category not in clause.who.categories:
            return "category", category
        if clause.who.kinds and question.subject.kind not in clause.who.kinds:
            return "kind", question.subject.kind
    if clause.select.late is not None and too_late(clause.select.late, fact):
        return "late", clause.select.late.by
    if clause.select.gate is not None and not _open(question, clause.select.gate, fact):
        return "gate", clause.select.gate.kind
    return None


def _open(question: Question, gate: Gate, fact: Fact) -> bool:
    """Look back from the fact's day over the gate's stretch; the day itself is part of it."""
    day = date.fromordinal(fact.day)
    first = add_months(day, -gate.within.months).toordinal() + 1 - gate.within.days
    earlier = question.own_facts(first, fact.day)
    found = any(f.kind == gate.kind and f is not fact and matches(gate.where, f) for f in earlier)
    return found == gate.wants


def windowed(question: Question, plan: ClausePlan) -> tuple[Fact, ...]:
    """Return the live facts of the time a clause looks at, carried ones included."""
    first, last = question.window_of(plan)
    facts = question.facts_of(plan, first, last)
    carry = plan.clause.window.carry
    if carry is not None:
        length = question.period.end.toordinal() - question.period.start.toordinal() + 1
        months = {"year": 12, "half": 6, "quarter": 3, "month": 1}.get(question.period.span, 0)
        before = (
            add_months(date.fromordinal(question.begin), -months).toordinal()
            if months
            else question.begin - length
        )
        earlier = question.facts_of(plan, before, question.begin - 1)
        known = {fact.id for fact in facts}
        facts = (*(f for f in earlier if matches(carry, f) and f.id not in known), *facts)
    return facts


def cleared(question: Question, plans: Sequence[ClausePlan], facts: Sequence[Fact]) -> int:
    """Return the first day that still counts after the clearing rules of an item's clauses.

    A whole span without any fact of the item wipes what came before it; so does a clearing fact.
    """
    first = 0
    for plan in plans:
        window = plan.clause.window
        if window.clear_on:
            wiped = [f.day for f in question.own_facts(1, question.until) if f.kind == window.clear_on]
            first = max([first, *(day + 1 for day in wiped)])
        if window.clear_after and facts:
            first = max(first, _after_clean_span(question, window.clear_after, [fact.day for fact in facts]))
    return first


def _after_clean_span(question: Question, span: str, days: Sequence[int]) -> int:
    """Return the day after the last complete span without a fact that follows one with facts."""
    shift = question.plan.shift
    for cell in reversed(cells_between(span, days[0], question.until, shift)):
        first, last = cell_days(span, cell, shift)
        if last <= question.until and days[0] < first and not any(first <= day <= last for day in days):
            return last + 1
    return 0
