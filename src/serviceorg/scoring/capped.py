"""The caps of one clause, each by the version in force on the last day of its cell."""

from .context import Question
from .limits import Payment, allowed
from .plan import NO_CAP, ClausePlan


def capped(question: Question, plan: ClausePlan, payments: list[Payment]) -> list[Payment]:
    """Return the payments of a clause as far as its caps allow, by the version of each cell's last day."""
    spans = question.plan.spans[plan.no]
    if not spans:
        return payments

    caps = dict(plan.limits)

    def cap_of(span: str, cell: int) -> int:
        if len(question.plan.states) == 1:
            return caps[span]
        now = question.clause_on(plan, question.last_day_of(span, cell))
        return dict(now.limits).get(span, NO_CAP)

    kept, bites = allowed(payments, spans, cap_of, question.plan.shift)
    if question.trace is not None:
        for (span, cell), (cap, lost) in bites.items():
            question.trace.bites.append((plan.no, span, cell, cap + lost, cap))
    return [(day, month, amount) for (day, month, _), amount in zip(payments, kept, strict=True)]


def signed(question: Question, plan: ClausePlan, payments: list[Payment]) -> list[Payment]:
    """Return payments with the sign the clause had on their day: earned above, deducted below 0."""
    if len(question.plan.states) == 1:
        if plan.clause.sign > 0:
            return payments
        return [(day, month, -amount) for day, month, amount in payments]
    return [
        (day, month, question.clause_on(plan, day).clause.sign * amount) for day, month, amount in payments
    ]
