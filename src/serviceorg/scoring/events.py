"""Clauses in which every fact pays for itself.

``pay_plain`` is the inner loop of the library: facts that pay points, once or per unit, under nested
caps. Everything that needs more (factors, times, one of many, quantities in steps) is ``pay_events``.
Both give the same units for the same rule; a property test holds them together.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from ..basics import month_end, rounded
from ..errors import FactProblems, Problem, known_names
from ..facts import Fact
from .admit import matches
from .book import Entry
from .context import Question
from .limits import allowed, cell_of
from .pay import number_of, to_units
from .plan import CELL_BITS, CELL_MASK, NO_CAP, ClausePlan, PlainRoute
from .rules import Per, Points, PointsBy
from .trace import Trace

#: A payment: ordinal day, month number, units not yet signed.
Payment = tuple[int, int, int]


def pay_plain(entry: Entry, routes: Mapping[str, PlainRoute], cells: dict[int, int]) -> bool:
    """Add what plain facts pay to the months of their clauses; return whether other facts are there."""
    others = False
    route_of = routes.get
    for kind, month, amount in zip(entry.kinds, entry.months, entry.units, strict=True):
        route = route_of(kind)
        if route is None:
            others = True
            continue
        clause, factor, summand, divisor = route
        cell = clause + month
        if cell in cells:
            cells[cell] += (factor * amount + summand) // divisor
        else:
            cells[cell] = (factor * amount + summand) // divisor
    return others


def pay_plain_traced(entry: Entry, routes: Mapping[str, PlainRoute], cells: dict[int, int], trace: Trace) -> bool:
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
        cell = clause + month
        cells[cell] = cells.get(cell, 0) + paid
        note((clause >> CELL_BITS, fact, paid))
    return others


def fold_plain(question: Question, cells: Mapping[int, int]) -> dict[int, int]:
    """Return the units of each plain clause after its caps, smaller span first."""
    if len(question.plan.states) > 1:
        return _fold_versions(question, cells)
    rows, trace = question.state.plain_rows, question.trace
    sums: dict[int, int] = {}
    wide: dict[tuple[int, int], int] = {}
    for key, amount in cells.items():
        no = key >> CELL_BITS
        _, months, cap, _, _ = rows[no]
        if months > 1:
            cell = no, ((key & CELL_MASK) - question.plan.shift) // months
            wide[cell] = wide.get(cell, 0) + amount
            continue
        if months and amount > cap:
            if trace is not None:
                trace.bites.append((no, "month", (key & CELL_MASK) - question.plan.shift, amount, cap))
            amount = cap
        if no in sums:
            sums[no] += amount
        else:
            sums[no] = amount
    for (no, number), amount in wide.items():
        sums[no] = sums.get(no, 0) + _kept(question, no, number, amount, rows[no][2])
    for no, amount in sums.items():
        cap = rows[no][3]
        if amount > cap:
            sums[no] = cap
            if trace is not None:
                trace.bites.append((no, "period", 0, amount, cap))
    return sums


def _kept(question: Question, no: int, cell: int, amount: int, cap: int) -> int:
    if amount <= cap:
        return amount
    if question.trace is not None:
        question.trace.bites.append((no, question.any_clause(no).limits[0][0], cell, amount, cap))
    return cap


def _fold_versions(question: Question, cells: Mapping[int, int]) -> dict[int, int]:
    """Do the same where the rules changed within the period: each cell by the version of its last day."""
    payments: dict[int, list[Payment]] = {}
    for key, amount in cells.items():
        no, month = key >> CELL_BITS, key & CELL_MASK
        last = min(month_end(month).toordinal(), question.until)
        payments.setdefault(no, []).append((last, month, amount))
    found: dict[int, int] = {}
    for no, rows in payments.items():
        kept = capped(question, question.any_clause(no), sorted(rows))
        found[no] = sum(amount for _, _, amount in kept)
    return found


def pay_events(question: Question, facts: Sequence[tuple[Fact, ClausePlan]]) -> list[Payment]:
    """Return what a clause's facts pay, in order, after times, quantities, factors, choice and caps.

    Each fact comes with the clause as it stood on the fact's day.
    """
    counted = _within_times(question, facts)
    quantities = _quantities(question, counted)
    amounts = [
        min(to_units(question.plan, _points(plan, fact) * quantity * _factor(plan, fact)), plan.event_cap)
        for (fact, plan), quantity in zip(counted, quantities, strict=True)
    ]
    counted, amounts = _chosen(question, counted, amounts)
    payments = [(fact.day, fact.month, amount) for (fact, _), amount in zip(counted, amounts, strict=True)]
    if question.trace is not None:
        question.trace.paid += [(plan.no, fact, amount) for (fact, plan), amount in zip(counted, amounts, strict=True)]
    return capped(question, facts[0][1], payments) if payments else []


def capped(question: Question, plan: ClausePlan, payments: list[Payment]) -> list[Payment]:
    """Return the payments of a clause as far as its caps allow, by the version of each cell's last day."""
    spans = _spans(question, plan)
    if not spans:
        return payments

    def cap_of(span: str, cell: int) -> int:
        now = question.clause_on(plan, question.last_day_of(span, cell))
        return dict(now.limits).get(span, NO_CAP)

    kept, bites = allowed(payments, spans, cap_of, question.plan.shift)
    if question.trace is not None:
        for (span, cell), (cap, lost) in bites.items():
            question.trace.bites.append((plan.no, span, cell, cap + lost, cap))
    return [(day, month, amount) for (day, month, _), amount in zip(payments, kept, strict=True)]


def _spans(question: Question, plan: ClausePlan) -> list[str]:
    """Return the spans limited in any version, small to large."""
    spans: dict[str, None] = {}
    for state in question.plan.states:
        if plan.no in state.clauses:
            spans.update(dict.fromkeys(span for span, _ in state.clauses[plan.no].limits))
    order = ("day", "week", "month", "quarter", "half", "year", "period")
    return [span for span in order if span in spans]


def _within_times(question: Question, facts: Sequence[tuple[Fact, ClausePlan]]) -> list[tuple[Fact, ClausePlan]]:
    """Keep the earliest facts as often as ``times`` allows; one refused uses up no other limit."""
    used: dict[tuple[str, int], int] = {}
    kept: list[tuple[Fact, ClausePlan]] = []
    for fact, plan in facts:
        keys = [(span, cell_of(span, fact.day, fact.month, question.plan.shift)) for span in plan.clause.times]
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
    now = question.clause_on(plan, question.last_day_of(*key))
    return now.clause.times.get(key[0], plan.clause.times[key[0]])


def _quantities(question: Question, facts: Sequence[tuple[Fact, ClausePlan]]) -> list[Fraction]:
    """Return how many units each fact counts, after its own and the day's ceiling."""
    day_used: dict[int, Fraction] = {}
    found: list[Fraction] = []
    for fact, plan in facts:
        per = plan.clause.per
        if per is None:
            found.append(Fraction(1))
            continue
        quantity = number_of(fact, per.field)
        if "event" in per.most:
            quantity = min(quantity, Fraction(per.most["event"]))
        quantity = _in_steps(per, quantity)
        if "day" in per.most:
            left = Fraction(per.most["day"]) - day_used.get(fact.day, Fraction(0))
            quantity = min(quantity, left)
            day_used[fact.day] = day_used.get(fact.day, Fraction(0)) + quantity
        found.append(quantity / Fraction(per.unit))
    return found


def _in_steps(per: Per, quantity: Fraction) -> Fraction:
    return quantity if per.step is None else rounded(quantity, Fraction(per.step), per.round)


def _points(plan: ClausePlan, fact: Fact) -> Fraction:
    pay = plan.clause.pay
    if isinstance(pay, PointsBy):
        value = str(fact.attributes.get(pay.field))
        if value not in pay.table:
            text = f"{pay.field}: {value!r} pays nothing that clause {plan.path} names; {known_names(value, pay.table)}"
            raise FactProblems([Problem("fact-value", f"fact {fact.id!r}", text)])
        return Fraction(pay.table[value])
    assert isinstance(pay, Points)
    return Fraction(pay.points)


def _factor(plan: ClausePlan, fact: Fact) -> Fraction:
    found = [Fraction(factor.by) for factor in plan.clause.factors if matches(factor.where, fact)]
    if plan.clause.stack == "highest":
        return max(found, default=Fraction(1))
    product = Fraction(1)
    for factor in found:
        product *= factor
    return product


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
        question.trace.refused += [(plan.no, fact, "take", take) for no, (fact, plan) in enumerate(facts) if no != index]
    return [facts[index]], [amounts[index]]
