"""The common case in one breath: plain clauses only, one version, a subject who belonged throughout.

Most members of most rule sets are such a case. It gives the same outcome as the general path (a
property test compares them) in half the time, because nothing is asked that cannot matter here.
"""

from .book import Entry
from .context import Question
from .outcome import NOTHING, Outcome
from .plain import check_amounts
from .plan import NO_CAP
from .vetoes import Standing, apply_vetoes, scopes_of, standing_vetoes


def is_straight(question: Question) -> bool:
    """Return whether nothing but plain clauses can matter for this question."""
    subject = question.subject
    straight = question.single and question.state.since in question.plan.straight
    return straight and not (subject.exemptions or subject.joined or subject.left)


def evaluate_straight(question: Question, entry: Entry) -> Outcome | None:
    """Return the outcome, None if the subject has facts that only the general path can read."""
    state, trace = question.state, question.trace
    vetoes: tuple[Standing, ...] = ()
    if not state.readable.issuperset(entry.kinds):
        rest = [fact for fact in entry.facts if fact.kind not in state.plain]
        if any(fact.kind in state.general for fact in rest):
            return None
        vetoes = standing_vetoes(question, rest) if question.plan.veto_kinds else ()
        if scopes_of(vetoes):
            if trace is not None:
                trace.notes.clear()
            return None
    check_amounts(entry, state)
    totals = [0] * len(state.category_limits)
    pay = _pay if trace is None else _pay_traced
    sums = pay(question, entry, totals)
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


def _pay(question: Question, entry: Entry, totals: list[int]) -> dict[int, int]:
    """Return the units of each clause after its caps, and add them, signed, to their categories.

    Facts stand by kind, then day: a clause is done when the next kind begins, a month when the next
    month does. That spares two look-ups a fact.
    """
    row_of = question.state.straight.get
    sums: dict[int, int] = {}
    current, row = "", None
    no = factor = summand = sign = category = earned = cell = at = 0
    divisor, month_cap, period_cap = 1, NO_CAP, NO_CAP
    for kind, month, amount in zip(entry.column, entry.months, entry.units, strict=True):
        if kind != current:
            if row is not None:
                earned += cell if cell < month_cap else month_cap
                if earned > period_cap:
                    earned = period_cap
                sums[no] = sign * earned
                totals[category] += sign * earned
            current, row = kind, row_of(kind)
            earned = cell = at = 0
            if row is None:
                continue
            no, factor, summand, divisor, sign, month_cap, period_cap, category = row
        elif row is None:
            continue
        if month != at:
            earned += cell if cell < month_cap else month_cap
            cell, at = 0, month
        cell += (factor * amount + summand) // divisor
    if row is not None:
        earned += cell if cell < month_cap else month_cap
        if earned > period_cap:
            earned = period_cap
        sums[no] = sign * earned
        totals[category] += sign * earned
    return sums


def _pay_traced(question: Question, entry: Entry, totals: list[int]) -> dict[int, int]:
    """Do the same as ``_pay`` and note what each fact paid and which caps bit.

    Written out a second time on purpose: the inner loop is no place to ask whether to note a fact.
    """
    trace, shift, row_of = question.trace, question.plan.shift, question.state.straight.get
    assert trace is not None
    note = trace.paid.append
    sums: dict[int, int] = {}
    current, row = "", None
    no = factor = summand = sign = category = earned = cell = at = 0
    divisor, month_cap, period_cap = 1, NO_CAP, NO_CAP
    for kind, month, amount, fact in zip(entry.column, entry.months, entry.units, entry.by_kind, strict=True):
        if kind != current:
            if row is not None:
                if cell > month_cap:
                    trace.bites.append((no, "month", at - shift, cell, month_cap))
                    cell = month_cap
                earned += cell
                if earned > period_cap:
                    trace.bites.append((no, "period", 0, earned, period_cap))
                    earned = period_cap
                sums[no] = sign * earned
                totals[category] += sign * earned
            current, row = kind, row_of(kind)
            earned = cell = at = 0
            if row is None:
                continue
            no, factor, summand, divisor, sign, month_cap, period_cap, category = row
        elif row is None:
            continue
        if month != at:
            if cell > month_cap:
                trace.bites.append((no, "month", at - shift, cell, month_cap))
                cell = month_cap
            earned += cell
            cell, at = 0, month
        paid = (factor * amount + summand) // divisor
        note((no, fact, paid))
        cell += paid
    if row is not None:
        if cell > month_cap:
            trace.bites.append((no, "month", at - shift, cell, month_cap))
            cell = month_cap
        earned += cell
        if earned > period_cap:
            trace.bites.append((no, "period", 0, earned, period_cap))
            earned = period_cap
        sums[no] = sign * earned
        totals[category] += sign * earned
    return sums


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
