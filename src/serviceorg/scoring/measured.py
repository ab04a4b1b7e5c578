"""Clauses that measure something first: tallies, rates, checklists, places, and what plugins add.

A measure is taken for each cell of its span whose last day lies in the reign of the version that
asks for it. A cell without an answer is *missing*, and the rule says what that means.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import attrs

from ..errors import ScoringError
from ..facts import Fact
from .admit import matches
from .ballots import mark_of
from .context import Question
from .limits import Payment, cell_days, cell_of, cells_between
from .pay import full_mark, number_of, points_for, to_units
from .plan import ClausePlan
from .rules import Ballots, Checks, PluginMeasure, Points, Rank, Rate, Relative, Tally


@attrs.define(eq=False)
class Measured:
    """What a measured clause pays, and whether an answer is missing ("zero" and "full" are settled)."""

    payments: list[Payment] = attrs.field(factory=list)
    missing: str = ""  # "", "pending" or "reweigh"


def measure(question: Question, plan: ClausePlan, facts: Sequence[Fact], first: int, last: int) -> Measured:
    """Return what a clause pays for the cells that end from ``first`` to ``last``, from admitted facts."""
    found = Measured()
    settled = not facts and plan.clause.missing == "zero"
    if _needs_others(plan) and not question.field.complete and not settled:
        found.missing = "pending"
        return found
    for cell, day, inside in _cells(question, plan, facts, first, last):
        value = value_of(question, plan, cell, inside)
        if value is None:
            _missing(question, plan, day, inside, found)
        else:
            _pay(question, plan, value, day, inside, found)
    return found


def _needs_others(plan: ClausePlan) -> bool:
    """Return whether the clause compares with the other subjects, so that one alone has no answer."""
    measure_ = plan.clause.measure
    panels = isinstance(measure_, Ballots) and bool(measure_.panel)
    return panels or isinstance(measure_, Rank) or isinstance(plan.clause.pay, Relative)


def _over(plan: ClausePlan) -> str:
    measure_ = plan.clause.measure
    return measure_.over if isinstance(measure_, (Tally, Rate, PluginMeasure)) else "period"


def _cells(
    question: Question, plan: ClausePlan, facts: Sequence[Fact], first: int, last: int
) -> "list[tuple[int, int, list[Fact]]]":
    """Return (cell, last day that counts, facts inside) for the cells this version answers for."""
    span, shift = _over(plan), question.plan.shift
    if span == "period":
        asked = first <= question.until <= last and _for_subject(question, plan, question.until)
        whole = (
            question.joined <= question.start and question.left == question.until == question.end.toordinal()
        )
        asked = asked and (whole or _what(plan) != "absent")
        return [(0, question.until, list(facts))] if asked else []
    inside: dict[int, list[Fact]] = {}
    for fact in facts:
        inside.setdefault(cell_of(span, fact.day, fact.month, shift), []).append(fact)
    silent = plan.answers
    start = question.window_of(plan)[0]
    start, until = max(start, question.start, question.joined), min(question.until, question.left)
    asked_cells = cells_between(span, start, until, shift) if silent and start <= until else ()
    cells = sorted({*inside, *asked_cells})
    found = []
    for cell in cells:
        begin, end = cell_days(span, cell, shift)
        if (begin < start or end > until) and _what(plan) == "absent":
            continue  # absence is only held against whole spans
        if not _for_subject(question, plan, min(end, until)):
            continue
        # A cell still running and still empty has nothing to say yet.
        if end > question.until and cell not in inside:
            continue
        # What a longer window finds before the period is answered by the first version in it.
        day = max(min(end, question.until), question.start)
        if not first <= day <= last:
            continue
        found.append((cell, min(end, question.until), inside.get(cell, [])))
    return found


def _for_subject(question: Question, plan: ClausePlan, day: int) -> bool:
    """Return whether the clause is for this subject at all, by its category on the cell's last day."""
    who = plan.clause.who
    category = question.subject.category_on(date.fromordinal(day)) if who.categories else ""
    return (not who.categories or category in who.categories) and (
        not who.kinds or question.subject.kind in who.kinds
    )


def _what(plan: ClausePlan) -> str:
    return plan.clause.measure.what if isinstance(plan.clause.measure, Tally) else ""


def value_of(question: Question, plan: ClausePlan, cell: int, facts: Sequence[Fact]) -> Fraction | None:
    """Return the value a clause measures in one cell, None where there is no answer."""
    match plan.clause.measure:
        case Tally():
            return _per_head(question, plan, _tally(plan.clause.measure, facts))
        case Rate():
            return _rate(question, plan.clause.measure, facts)
        case Ballots():
            return mark_of(question, plan, facts)
        case Checks():
            return _checks(plan, plan.clause.measure, facts)
        case Rank():
            return _place(question, plan)
        case PluginMeasure():
            return _ask_plugin(question, plan, plan.clause.measure, cell, facts)
        case _:
            raise TypeError(type(plan.clause.measure).__name__)


def _tally(measure_: Tally, facts: Sequence[Fact]) -> Fraction | None:
    match measure_.what:
        case "count":
            return Fraction(len(facts))
        case "days":
            return Fraction(len({fact.day for fact in facts}))
        case "distinct":
            return Fraction(len({fact.attributes.get(measure_.field) for fact in facts}))
        case "present":
            return Fraction(bool(facts))
        case "absent":
            return Fraction(not facts)
    numbers = [number_of(fact, measure_.field) for fact in facts]
    if measure_.what == "sum":
        return sum(numbers, Fraction(0))
    if not numbers:
        return None
    one = {"first": lambda: numbers[0], "last": lambda: numbers[-1], "best": lambda: max(numbers)}
    one |= {"worst": lambda: min(numbers), "mean": lambda: sum(numbers, Fraction(0)) / len(numbers)}
    return one[measure_.what]()


def _per_head(question: Question, plan: ClausePlan, value: Fraction | None) -> Fraction | None:
    if value is None or not plan.clause.per_head:
        return value
    heads = len(question.heads())
    return value / heads if heads else Fraction(0)


def _rate(question: Question, rate: Rate, facts: Sequence[Fact]) -> Fraction | None:
    if rate.heads:
        heads = question.heads()
        done = [fact.subject for fact in facts if matches(rate.part, fact) and not _excluded(rate, fact)]
        fulfilled = sum(done.count(member.id) >= rate.least for member in heads)
        return Fraction(fulfilled, len(heads)) if heads else None
    if rate.part_field:
        part = sum((number_of(fact, rate.part_field) for fact in facts), Fraction(0))
        whole = sum((number_of(fact, rate.whole_field) for fact in facts), Fraction(0))
        return part / whole if whole else None
    based = [fact for fact in facts if matches(rate.whole, fact) and not _excluded(rate, fact)]
    return Fraction(sum(matches(rate.part, fact) for fact in based), len(based)) if based else None


def _excluded(rate: Rate, fact: Fact) -> bool:
    return any(fact.attributes.get(name) in values for name, values in rate.whole_unless.items())


def _checks(plan: ClausePlan, checks: Checks, facts: Sequence[Fact]) -> Fraction | None:
    """Return the points of the parts that are there (a whole clause's full mark for equal shares)."""
    if not facts:
        return None
    if checks.by:
        return _checked(plan, checks, {str(fact.attributes.get(checks.by)) for fact in facts})
    sheets = [{c.id for c in checks.parts if fact.attributes.get(c.id) is True} for fact in facts]
    values = [_checked(plan, checks, sheet) for sheet in sheets]
    return {"last": values[-1], "best": max(values), "worst": min(values)}[checks.take]


def _checked(plan: ClausePlan, checks: Checks, there: set[str]) -> Fraction:
    met = [check for check in checks.parts if check.id in there]
    if any(check.must for check in checks.parts if check.id not in there):
        return Fraction(0)
    if checks.all_or_nothing and len(met) < len(checks.parts):
        return Fraction(0)
    if all(check.points is not None for check in checks.parts):
        return sum((Fraction(check.points or 0) for check in met), Fraction(0))
    return full_mark(plan.clause.pay) * len(met) / len(checks.parts)


def _place(question: Question, plan: ClausePlan) -> Fraction | None:
    places = question.field.places
    found = None if places is None else places.get((plan.no, question.subject.id))
    return None if found is None else found[0]


def _ask_plugin(
    question: Question, plan: ClausePlan, wanted: PluginMeasure, cell: int, facts: Sequence[Fact]
) -> Fraction | None:
    function = question.field.measures.get(wanted.id)
    if function is None:
        raise ScoringError(
            f"clause {plan.path} needs the measure {wanted.id!r}, which no loaded plugin supplies"
        )
    first, last = (question.start, question.until)
    if wanted.over != "period":
        first, last = cell_days(wanted.over, cell, question.plan.shift)
    answer = function(
        facts, date.fromordinal(first), date.fromordinal(min(last, question.until)), wanted.options
    )
    if answer is None:
        return None
    if isinstance(answer, (float, bool)) or not isinstance(answer, (int, Fraction)):
        raise ScoringError(f"measure {wanted.id!r} returned {answer!r}; allowed are int, Fraction and None")
    return Fraction(answer)


def _missing(question: Question, plan: ClausePlan, day: int, facts: Sequence[Fact], found: Measured) -> None:
    # Too few subjects for a ranking is an answer: there is no place, so no place pays.
    policy = "zero" if isinstance(plan.clause.measure, Rank) else plan.clause.missing or "pending"
    if question.trace is not None:
        question.trace.cells.append((plan.no, "missing", (day, policy, len(facts))))
    if policy == "full":
        _put(question, plan, full_mark(plan.clause.pay), day, found)
    elif policy != "zero":
        found.missing = policy


def _pay(
    question: Question, plan: ClausePlan, value: Fraction, day: int, facts: Sequence[Fact], found: Measured
) -> None:
    pay, measure_ = plan.clause.pay, plan.clause.measure
    if isinstance(measure_, Checks):
        points = value
    elif isinstance(measure_, Ballots) and isinstance(pay, Points):
        points = Fraction(pay.points) * value / Fraction(measure_.out_of)
    elif isinstance(pay, Relative):
        best = question.field.best.get((plan.no, group_of(question, pay.within)), value)
        points = Fraction(pay.full) * value / best if best else Fraction(0)
    else:
        places = question.field.places or {}
        ranked = places.get((plan.no, question.subject.id), (value, 0))[1]
        points = points_for(pay, value, ranked=ranked)
    amount = _put(question, plan, points, day, found)
    if question.trace is not None:
        question.trace.cells.append((plan.no, "value", (day, value, amount, len(facts))))


def _put(question: Question, plan: ClausePlan, points: Fraction, day: int, found: Measured) -> int:
    amount = to_units(question.plan, points)
    when = date.fromordinal(day)
    found.payments.append((day, when.year * 12 + when.month - 1, min(amount, plan.event_cap)))
    return amount


def group_of(question: Question, within: str) -> str:
    """Return the group a subject is compared in: everyone, its category, or its organisation."""
    if within == "category":
        return question.subject.category_on(question.until_date)
    if within == "organisation":
        return question.subject.organisation_on(question.until_date)
    return ""
