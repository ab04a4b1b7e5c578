"""The inner loop of the library: facts that pay points, once or per unit, under nested caps.

It runs over columns of a subject's facts and adds integers; everything that needs more (factors, times,
one of many, quantities in steps) is in ``events.py``. Both give the same units for the same rule; a
property test holds them together.
"""

from collections.abc import Mapping

from ..basics import month_end
from ..errors import FactProblems, Problem
from ..facts import Fact
from .book import Entry
from .capped import capped, signed
from .context import Question
from .plan import PlainRoute, State
from .trace import Trace

#: What each clause was paid in each month, by their numbers.
Months = dict[int, dict[int, int]]


def pay_plain(
    entry: Entry, routes: Mapping[str, PlainRoute], months_of: Months, trace: Trace | None
) -> list[Fact]:
    """Add what plain facts pay to the months of their clauses; return the facts of other kinds."""
    rest: list[Fact] = []
    columns = zip(entry.by_kind, entry.column, entry.months, entry.units, strict=True)
    for fact, kind, month, amount in columns:
        route = routes.get(kind)
        if route is None:
            rest.append(fact)
            continue
        clause, factor, summand, divisor = route
        paid = (factor * amount + summand) // divisor
        if clause not in months_of:
            months_of[clause] = {month: paid}
        else:
            cells = months_of[clause]
            cells[month] = cells.get(month, 0) + paid
        if trace is not None:
            trace.paid.append((clause, fact, paid))
    return rest


def check_amounts(entry: Entry, state: State) -> None:
    """Refuse facts that carry no amount where the rule pays by it: nothing is not the same as 0.

    Raises:
        FactProblems: Names every such fact.
    """
    if state.by_amount.isdisjoint(entry.without):
        return
    missing = [fact for fact in entry.facts if fact.amount is None and fact.kind in state.by_amount]
    text = "amount: found nothing; a fact of kind {!r} needs a number"
    raise FactProblems(
        [Problem("fact-number", f"fact {fact.id!r}", text.format(fact.kind)) for fact in missing]
    )


def fold_plain(question: Question, months_of: Months) -> dict[int, int]:
    """Return the signed units of each plain clause after caps, each cell by the version of its last day."""
    if not question.single:
        return {no: _by_versions(question, no, months) for no, months in months_of.items()}
    rows, trace = question.state.plain_rows, question.trace
    found: dict[int, int] = {}
    for no, months in months_of.items():
        sign, size, cell_cap, period_cap, _ = rows[no]
        amount = 0
        for cell, paid in (months if size <= 1 else _cells(months, size, question.plan.shift)).items():
            amount += paid if paid < cell_cap else cell_cap
            if paid > cell_cap and trace is not None:
                span = question.state.clauses[no].limits[0][0]
                trace.bites.append(
                    (no, span, cell - question.plan.shift if size == 1 else cell, paid, cell_cap)
                )
        if amount > period_cap:
            if trace is not None:
                trace.bites.append((no, "period", 0, amount, period_cap))
            amount = period_cap
        found[no] = sign * amount
    return found


def _cells(months: Mapping[int, int], size: int, shift: int) -> dict[int, int]:
    """Put months together to the longer cells that are capped."""
    cells: dict[int, int] = {}
    for month, paid in months.items():
        cell = (month - shift) // size
        cells[cell] = cells.get(cell, 0) + paid
    return cells


def _by_versions(question: Question, no: int, months: Mapping[int, int]) -> int:
    rows = [
        (min(month_end(month).toordinal(), question.until), month, paid) for month, paid in months.items()
    ]
    paid = capped(question, question.plan.newest[no], sorted(rows))
    return sum(amount for _, _, amount in signed(question, question.plan.newest[no], paid))
