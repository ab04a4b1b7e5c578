"""The common case in one breath: plain clauses only, one version, a subject who belonged throughout.

Most members of most rule sets are such a case. It gives the same outcome as the general path (a
property test compares them) in half the time, because nothing is asked that cannot matter here.
"""

from .book import Entry
from .context import Question
from .outcome import NOTHING, Outcome
from .plain import Months, pay_plain, pay_plain_traced
from .trace import Trace
from .vetoes import Standing, apply_vetoes, scopes_of, standing_vetoes


def is_straight(question: Question) -> bool:
    """Return whether nothing but plain clauses can matter for this question."""
    subject = question.subject
    return question.plan.straight and not (subject.exemptions or subject.joined or subject.left)


def evaluate_straight(question: Question, entry: Entry) -> Outcome | None:
    """Return the outcome, None if the subject has other facts, which the general path must read."""
    months_of: Months = {}
    state, trace = question.state, question.trace
    if trace is None:
        others = pay_plain(entry, state.plain, months_of)
    else:
        others = pay_plain_traced(entry, state.plain, months_of, trace)
    vetoes: tuple[Standing, ...] = ()
    if others:
        rest = [fact for fact in entry.facts if fact.kind not in state.plain]
        if any(fact.kind in state.general for fact in rest):
            if trace is not None:
                trace.paid.clear()
            return None
        vetoes = standing_vetoes(question, rest) if question.plan.veto_kinds else ()
        if scopes_of(vetoes):
            if trace is not None:
                trace.paid.clear()
                trace.notes.clear()
            return None
    totals = [0] * len(state.category_limits)
    sums = _sums(question, months_of, totals)
    if trace is not None:
        _note_bites(question, months_of, trace)
    total = state.base
    for no, (floor, cap) in enumerate(state.category_limits):
        value = totals[no]
        if not floor <= value <= cap:
            value = totals[no] = _limited(question, no, value)
        total += value
    if total > state.cap or (state.floor is not None and total < state.floor):
        total = _whole(question, total)
    outcome = Outcome("scored", "", total, total, state.base, sums, NOTHING, totals)
    if vetoes:
        apply_vetoes(outcome, vetoes)
    return outcome


def _sums(question: Question, months_of: Months, totals: list[int]) -> dict[int, int]:
    """Return the units of each clause after its caps, and add them, signed, to their categories."""
    rows = question.state.plain_rows
    sums: dict[int, int] = {}
    for no, months in months_of.items():
        sign, _, month_cap, period_cap, category = rows[no]
        amount = 0
        for paid in months.values():
            amount += paid if paid < month_cap else month_cap
        if amount > period_cap:
            amount = period_cap
        sums[no] = amount
        totals[category] += sign * amount
    return sums


def _note_bites(question: Question, months_of: Months, trace: Trace) -> None:
    """Note each cap that bit."""
    rows, bites, shift = question.state.plain_rows, trace.bites, question.plan.shift
    for no, months in months_of.items():
        _, _, month_cap, period_cap, _ = rows[no]
        amount = 0
        for month, paid in months.items():
            if paid > month_cap:
                bites.append((no, "month", month - shift, paid, month_cap))
            amount += min(month_cap, paid)
        if amount > period_cap:
            bites.append((no, "period", 0, amount, period_cap))


def _limited(question: Question, no: int, value: int) -> int:
    plan = question.state.categories[no]
    limit = min(max(value, plan.floor), plan.cap)
    if question.trace is not None:
        code = "cap" if value > plan.cap else "floor"
        question.trace.notes.append((f"category.{plan.category.id}", code, (value, limit)))
    return limit


def _whole(question: Question, total: int) -> int:
    state = question.state
    code = "cap" if total > state.cap else "floor"
    limit = state.cap if total > state.cap else state.floor or 0
    if question.trace is not None:
        question.trace.notes.append(("total", code, (total, limit)))
    return limit
