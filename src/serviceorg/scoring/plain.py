"""The inner loop of the library: facts that pay points, once or per unit, under nested caps.

It runs over columns of a subject's facts and adds integers; everything that needs more (factors, times,
one of many, quantities in steps) is in ``events.py``. Both give the same units for the same rule; a
property test holds them together.
"""

from collections.abc import Mapping

from ..basics import month_end
from .book import Entry
from .capped import capped
from .context import Question
from .plan import PlainRoute
from .trace import Trace

#: What each clause was paid in each month, by their numbers.
Months = dict[int, dict[int, int]]


def pay_plain(entry: Entry, routes: Mapping[str, PlainRoute], months_of: Months) -> bool:
    """Add what plain facts pay to the months of their clauses; return whether other facts are there."""
    others = False
    route_of = routes.get
    for kind, month, amount in zip(entry.kinds, entry.months, entry.units, strict=True):
        route = route_of(kind)
        if route is None:
            others = True
            continue
        clause, factor, summand, divisor = route
        paid = (factor * amount + summand) // divisor
        if clause not in months_of:
            months_of[clause] = {month: paid}
        elif month in (months := months_of[clause]):
            months[month] += paid
        else:
            months[month] = paid
    return others


def pay_plain_traced(entry: Entry, routes: Mapping[str, PlainRoute], months_of: Months, trace: Trace) -> bool:
    """Do the same as ``pay_plain`` and note what each fact paid."""
    others = False
    note = trace.paid.append
    route_of = routes.get
    for fact, kind, month, amount in zip(entry.facts, entry.kinds, entry.months, entry.units, strict=True):
        route = route_of(kind)
        if route is None:
            others = True
            continue
        clause, factor, summand, divisor = route
        paid = (factor * amount + summand) // divisor
        note((clause, fact, paid))
        if clause not in months_of:
            months_of[clause] = {month: paid}
        elif month in (months := months_of[clause]):
            months[month] += paid
        else:
            months[month] = paid
    return others


def fold_plain(question: Question, months_of: Months) -> dict[int, int]:
    """Return the units of each plain clause after its caps, each cell by the version of its last day."""
    if len(question.plan.states) > 1:
        return {no: _by_versions(question, no, months) for no, months in months_of.items()}
    rows, trace = question.state.plain_rows, question.trace
    found: dict[int, int] = {}
    for no, months in months_of.items():
        _, size, cell_cap, period_cap, _ = rows[no]
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
        found[no] = amount
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
    return sum(amount for _, _, amount in capped(question, question.plan.newest[no], sorted(rows)))
