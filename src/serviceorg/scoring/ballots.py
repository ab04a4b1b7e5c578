"""Marks given by people: valid ballots only, trimmed, weighted by aspect and group, exact.

Each fact is one mark one voter gave one subject (for one aspect). A ballot is every mark with the
same ballot attribute, over all subjects: a sheet that breaks a rule is void for everyone on it.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs

from ..basics import rounded
from ..errors import FactProblems, Problem, known_names
from ..facts import Fact
from .admit import selects
from .book import live_facts
from .context import Question
from .pay import number_of
from .plan import ClausePlan
from .rules import Ballots, Group, Limit, Trim, Validity


def mark_of(question: Question, plan: ClausePlan, facts: Sequence[Fact]) -> Fraction | None:
    """Return the subject's mark on the scale ``out_of``, None where too few valid ballots exist."""
    mark = raw_mark(question, plan, facts)
    ballots = _ballots(plan)
    if mark is None or not ballots.panel or not facts:
        return mark
    panel = str(facts[0].attributes.get(ballots.panel))
    overall = question.field.panels.get((plan.no, ""))
    own = question.field.panels.get((plan.no, panel))
    if not overall or not own:
        return mark
    return _rounded(ballots, "end", mark * _rounded(ballots, "panel", overall / own))


def _ballots(plan: ClausePlan) -> Ballots:
    assert isinstance(plan.clause.measure, Ballots)
    return plan.clause.measure


def raw_mark(question: Question, plan: ClausePlan, facts: Sequence[Fact]) -> Fraction | None:
    """Return the mark before panels are brought to one level."""
    ballots = _ballots(plan)
    valid = valid_marks(question, plan, facts)
    if not _quorate(ballots, valid) or len(valid) < ballots.least:
        return None
    groups = ballots.groups or (Group(id="", trim=ballots.trim, least=ballots.least),)
    parts: list[tuple[Fraction, Fraction]] = []
    for group in groups:
        mine = [fact for fact in valid if not ballots.groups or fact.attributes.get(ballots.by) == group.id]
        mark = _group_mark(ballots, group, mine)
        _note(question, plan, group, len(mine), mark)
        if mark is not None:
            parts.append((Fraction(group.weight), mark))
        elif ballots.missing == "zero":
            parts.append((Fraction(group.weight), Fraction(0)))
        elif ballots.missing == "pending":
            return None
    weight = sum((weight for weight, _ in parts), Fraction(0))
    if not weight:
        return None
    mark = sum((weight * mark for weight, mark in parts), Fraction(0)) / weight
    return mark if ballots.panel else _rounded(ballots, "end", mark)


def _note(question: Question, plan: ClausePlan, group: Group, count: int, mark: Fraction | None) -> None:
    if question.trace is not None and _ballots(plan).groups:
        question.trace.cells.append((plan.no, "group", (group.id, count, mark, group.weight)))


def _group_mark(ballots: Ballots, group: Group, facts: Sequence[Fact]) -> Fraction | None:
    if not ballots.aspects:
        return _mean(ballots, group, facts, "group")
    total, weights = Fraction(0), Fraction(0)
    for aspect in ballots.aspects:
        mine = [fact for fact in facts if fact.attributes.get(ballots.aspect) == aspect.id]
        inner = attrs.evolve(group, trim=aspect.trim or group.trim, least=max(aspect.least, group.least))
        mark = _mean(ballots, inner, mine, "aspect")
        if mark is None:
            return None
        total += Fraction(aspect.weight) * mark
        weights += Fraction(aspect.weight)
    return _rounded(ballots, "group", total / weights)


def _mean(ballots: Ballots, group: Group, facts: Sequence[Fact], place: str) -> Fraction | None:
    """Return the trimmed mean, None if fewer than ``least`` marks are left after trimming."""
    marks = sorted(mark(ballots, fact) for fact in facts)
    marks = _trimmed(group.trim or ballots.trim, marks)
    if len(marks) < max(group.least, 1):
        return None
    return _rounded(ballots, place, sum(marks, Fraction(0)) / len(marks))


def _trimmed(trim: Trim | None, marks: list[Fraction]) -> list[Fraction]:
    if trim is None or len(marks) <= trim.over or len(marks) <= trim.high + trim.low:
        return marks
    return marks[trim.low : len(marks) - trim.high]


def _rounded(ballots: Ballots, place: str, value: Fraction) -> Fraction:
    decimals = ballots.decimals.get(place)
    return value if decimals is None else rounded(value, Fraction(1, 10**decimals), ballots.direction)


def mark(ballots: Ballots, fact: Fact) -> Fraction:
    """Return the mark a fact gives, a named grade by its table.

    Raises:
        FactProblems: For a grade the table does not have, or a mark out of scale.
    """
    if not ballots.marks:
        number = number_of(fact, ballots.value)
        if not 0 <= number <= Fraction(ballots.out_of):
            text = f"mark {number} is out of scale; allowed are 0 to {ballots.out_of}"
            raise FactProblems([Problem("mark-scale", f"fact {fact.id!r}", text)])
        return number
    name = str(fact.attributes.get(ballots.value))
    if name not in ballots.marks:
        text = f"{ballots.value}: {name!r} is no mark; {known_names(name, ballots.marks)}"
        raise FactProblems([Problem("mark-unknown", f"fact {fact.id!r}", text)])
    return Fraction(ballots.marks[name])


def valid_marks(question: Question, plan: ClausePlan, facts: Sequence[Fact]) -> list[Fact]:
    """Return the marks that stand on valid ballots."""
    ballots = _ballots(plan)
    if ballots.valid is None:
        return list(facts)
    checked = bool(ballots.valid.limits) or ballots.valid.not_all_equal
    void = _void_ballots(question, plan, ballots, ballots.valid) if checked else {}
    kept: list[Fact] = []
    for fact in facts:
        ballot = fact.attributes.get(ballots.valid.ballot)
        own = (
            bool(ballots.valid.not_self)
            and fact.attributes.get(ballots.valid.not_self) == question.subject.id
        )
        if not own and ballot not in void:
            kept.append(fact)
        elif question.trace is not None:
            question.trace.refused.append((plan.no, fact, "void", "self" if own else void[ballot]))
    return kept


def _void_ballots(
    question: Question, plan: ClausePlan, ballots: Ballots, valid: Validity
) -> Mapping[object, str]:
    """Return each void ballot of the period with the rule it breaks; read once for all subjects."""
    first, last = question.window_of(plan)
    key = ("void", plan, first, last, question.as_of)
    if key not in question.field.derived:
        sheets: dict[object, list[Fraction]] = {}
        for fact in _all_marks(question, plan):
            if valid.ballot in fact.attributes:
                sheets.setdefault(fact.attributes[valid.ballot], []).append(mark(ballots, fact))
        faults = {ballot: _fault(valid, marks) for ballot, marks in sheets.items()}
        question.field.derived[key] = {ballot: fault for ballot, fault in faults.items() if fault}
    found = question.field.derived[key]
    assert isinstance(found, dict)
    return found


def _all_marks(question: Question, plan: ClausePlan) -> list[Fact]:
    book, dates = question.field.book, question.plan.rules.dates
    found: list[Fact] = []
    for subject in book.entries:
        facts = live_facts(book.entry(subject, dates), *question.window_of(plan), question.as_of)
        found += [fact for fact in facts if selects(plan, fact)]
    return found


def _fault(valid: Validity, marks: Sequence[Fraction]) -> str:
    if valid.not_all_equal and len(marks) > 1 and len(set(marks)) == 1:
        return "all-equal"
    for no, limit in enumerate(valid.limits, 1):
        count = sum(_within(limit, one) for one in marks)
        if (limit.most is not None and count > limit.most) or (
            limit.least is not None and count < limit.least
        ):
            return f"limit-{no}"
    return ""


def _within(limit: Limit, one: Fraction) -> bool:
    return (limit.at_least is None or one >= Fraction(limit.at_least)) and (
        limit.below is None or one < Fraction(limit.below)
    )


def _sheets(valid: Validity, facts: Sequence[Fact]) -> set[object]:
    """Return the ballots of some marks; a mark that names none is a ballot of its own."""
    return {fact.attributes.get(valid.ballot, ("alone", fact.id)) for fact in facts}


def _quorate(ballots: Ballots, valid: Sequence[Fact]) -> bool:
    quorum = ballots.quorum
    if quorum is None:
        return True
    from_group = [fact for fact in valid if fact.attributes.get(ballots.by) == quorum.group]
    count, mine = len(valid), len(from_group)
    if ballots.valid is not None:  # several aspects on one sheet are one ballot
        count, mine = len(_sheets(ballots.valid, valid)), len(_sheets(ballots.valid, from_group))
    return count >= quorum.least and (not quorum.group or mine >= Fraction(quorum.share) * count)
