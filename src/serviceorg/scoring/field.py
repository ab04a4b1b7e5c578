"""Scoring everyone together: best marks, panels, ranks, shares of grades, awards.

Three passes at most. First what others' marks are needed for (best of all, panel means); then every
subject on its own; then, where items pay for a place, places are drawn and those subjects scored
again. Shares and awards are drawn last, over finished totals.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeVar

from ..basics import Period
from ..facts import Fact
from ..model import Subject
from .admit import admitted, windowed
from .ballots import raw_mark
from .bands import bar_of, holds, units_of_item
from .book import FactBook
from .card import Scorecard
from .compile import plan_of
from .context import Field, MeasureFunction, Question
from .evaluate import evaluate, is_assessed
from .measured import group_of, value_of
from .outcome import Outcome
from .plan import ClausePlan, Plan
from .rollup import roll_up
from .rules import Award, Ballots, Band, Rank, Relative, RuleSet, Share
from .score import ask_all, begun_parts, check_period, grade

Rows = list[tuple[Question, Outcome]]
Key = TypeVar("Key", int, Fraction, tuple[int, ...])


def score_all(
    rules: RuleSet,
    facts: Iterable[Fact] | FactBook,
    *,
    subjects: Iterable[Subject] | None = None,
    period: Period,
    as_of: date | None = None,
    measures: Mapping[str, MeasureFunction] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Scorecard, ...]:
    """Return everyone's scorecard, by subject id, with ranks, shares and awards drawn.

    Without ``subjects``, everyone with a fact is scored. Subjects of a kind the rule set does not
    score (an organisation's members, say) are read but get no card. ``progress`` is told (done, all).

    Raises:
        PeriodError: If the period is not of the rule set's span.
        FactProblems: If facts lack what a rule needs.
    """
    plan = plan_of(rules)
    book = facts if isinstance(facts, FactBook) else FactBook.of(facts)
    roster = _roster(rules, book, subjects)
    field = Field(book, roster, measures or {}, complete=True)
    asked = [roster[name] for name in sorted(roster) if roster[name].kind in rules.subject_kinds]
    parts: dict[str, tuple[Scorecard, ...]] = {}
    if rules.period not in (period.span, "anniversary"):
        rows, parts = _rolled(plan, field, asked, period, as_of)
    else:
        check_period(rules, period)
        questions = list(ask_all(plan, asked, field, period, as_of))
        rows = _evaluated(plan, field, questions, progress)
    return _settled(plan, rows, parts)


def _rolled(
    plan: Plan, field: Field, asked: Sequence[Subject], period: Period, as_of: date | None
) -> tuple[Rows, dict[str, tuple[Scorecard, ...]]]:
    """Score every part of the period for everyone together, then roll up subject by subject."""
    check_period(plan.rules, period)
    parts: dict[str, tuple[Scorecard, ...]] = {subject.id: () for subject in asked}
    for part in begun_parts(plan, period, as_of):
        own = Field(field.book, field.roster, field.measures, complete=True)
        rows = _evaluated(plan, own, list(ask_all(plan, asked, own, part, as_of)), None)
        for card in _settled(plan, rows, {}):
            parts[card.subject] = (*parts[card.subject], card)
    questions = list(ask_all(plan, asked, field, period, as_of))
    return [(question, roll_up(question, parts[question.subject.id])) for question in questions], parts


def _evaluated(
    plan: Plan, field: Field, questions: Sequence[Question], progress: Callable[[int, int], None] | None
) -> Rows:
    if plan.whole_field:
        _measure_others(plan, field, questions)
    rows: Rows = []
    for done, question in enumerate(questions, 1):
        rows.append((question, evaluate(question)))
        if progress is not None and done % 256 == 0:
            progress(done, len(questions))
    if plan.ranked:
        field.places = _places(plan, rows)
        rows = [(question, evaluate(question)) for question in questions]
    return rows


def _roster(rules: RuleSet, book: FactBook, subjects: Iterable[Subject] | None) -> dict[str, Subject]:
    if subjects is None:
        return {name: Subject(id=name, kind=rules.subject_kinds[0]) for name in book.entries}
    return {subject.id: subject for subject in subjects}


def _measure_others(plan: Plan, field: Field, questions: Sequence[Question]) -> None:
    """Fill in the best value and the panel means that single scores are compared with.

    Only the version in force at the end is asked, and only about those who are assessed.
    """
    taking_part = [question for question in questions if is_assessed(question)]
    for state in dict.fromkeys(question.state for question in taking_part):
        mine = [question for question in taking_part if question.state is state]
        for clause in state.clauses.values():
            measure = clause.clause.measure
            if isinstance(clause.clause.pay, Relative):
                _best(field, clause, mine)
            elif isinstance(measure, Ballots) and measure.panel:
                _panels(field, clause, measure.panel, mine)


def _best(field: Field, clause: ClausePlan, questions: Sequence[Question]) -> None:
    assert isinstance(clause.clause.pay, Relative)
    for question in questions:
        value = value_of(question, clause, 0, admitted(question, clause, windowed(question, clause)))
        if value is not None:
            key = (clause.no, group_of(question, clause.clause.pay.within))
            field.best[key] = max(field.best.get(key, value), value)


def _panels(field: Field, clause: ClausePlan, attribute: str, questions: Sequence[Question]) -> None:
    """Take the mean of all subjects' raw marks, and of each panel's."""
    marks: dict[str, list[Fraction]] = {}
    for question in questions:
        facts = admitted(question, clause, windowed(question, clause))
        mark = raw_mark(question, clause, facts) if facts else None
        if mark is not None:
            marks.setdefault(str(facts[0].attributes.get(attribute)), []).append(mark)
            marks.setdefault("", []).append(mark)
    for panel, listed in marks.items():
        field.panels[clause.no, panel] = sum(listed, Fraction(0)) / len(listed)


def _places(plan: Plan, rows: Rows) -> dict[tuple[int, str], tuple[Fraction, int]]:
    """Return each subject's place in each ranked clause, and how many were ranked with it."""
    found: dict[tuple[int, str], tuple[Fraction, int]] = {}
    for clause in dict.fromkeys(c for question, _ in rows for c in question.state.clauses.values()):
        rank = clause.clause.measure
        if not isinstance(rank, Rank):
            continue
        groups: dict[str, list[tuple[Fraction, str]]] = {}
        for question, outcome in rows:
            if clause.no not in question.state.clauses or question.state.clauses[clause.no] is not clause:
                continue
            value = _ranked_value(question, outcome, clause, rank)
            if outcome.status != "not_assessed" and value is not None:
                groups.setdefault(group_of(question, rank.within), []).append((value, question.subject.id))
        for listed in groups.values():
            if len(listed) >= rank.least:
                for subject, place in places(listed, ties=rank.ties, high_first=rank.order == "high").items():
                    found[clause.no, subject] = (Fraction(place), len(listed))
    return found


def _ranked_value(question: Question, outcome: Outcome, clause: ClausePlan, rank: Rank) -> Fraction | None:
    what, _, name = rank.by.partition(".")
    if what == "total":
        return Fraction(outcome.total)
    if what == "item":
        return Fraction(units_of_item(question, outcome, question.plan.item_ids.index(name)))
    if what == "category":
        names = [plan.category.id for plan in question.state.categories]
        return Fraction(outcome.categories[names.index(name)]) if outcome.categories else None
    facts = admitted(question, clause, windowed(question, clause))
    return Fraction(facts[-1].units) if facts else None


def places(
    values: Iterable[tuple[Key, str]], *, ties: str, high_first: bool = True
) -> dict[str, int] | dict[str, Fraction]:
    """Return the place of each subject.

    Of equals: "min" 1, 2, 2, 4 · "dense" 1, 2, 2, 3 · "max" 1, 3, 3, 4 · "mean" 1, 2.5, 2.5, 4.
    """
    ordered = sorted(values, key=_value, reverse=high_first)
    found: dict[str, Fraction] = {}
    whole: dict[str, int] = {}
    start, dense = 0, 0
    while start < len(ordered):
        end = start + 1
        while end < len(ordered) and ordered[end][0] == ordered[start][0]:
            end += 1
        dense += 1
        for _, subject in ordered[start:end]:
            if ties == "mean":
                found[subject] = Fraction(start + 1 + end, 2)
            else:
                whole[subject] = {"min": start + 1, "max": end, "dense": dense}[ties]
        start = end
    return found if ties == "mean" else whole


def _value(pair: tuple[Key, str]) -> Key:
    return pair[0]


def _settled(plan: Plan, rows: Rows, parts: Mapping[str, tuple[Scorecard, ...]]) -> tuple[Scorecard, ...]:
    """Draw grades within their shares, then places and awards, and make the cards."""
    for question, outcome in rows if plan.banded else ():
        grade(question, outcome)
    # Highest first: who does not fit falls to the next band and counts there.
    for band in _shared_bands(rows):
        out = set(_beyond_share(plan, band, rows))
        for question, outcome in rows:
            if question.subject.id in out:
                outcome.grade = outcome.star = None
                outcome.barred = (*outcome.barred, bar_of(band))
                grade(question, outcome, outcome.barred)
    ranked = [row for row in rows if row[1].status in ("scored", "not_graded")]
    place = _group_places(plan, ranked)
    awards = _awards(plan, ranked)
    cards = []
    for question, outcome in rows:
        name = question.subject.id
        cards.append(Scorecard(question, outcome, parts.get(name, ()), place.get(name), awards.get(name, ())))
    return tuple(cards)


def _shared_bands(rows: Rows) -> list[Band]:
    if not rows:
        return []
    version = rows[0][0].state.version
    stars = sorted(version.stars, key=lambda band: -(band.level or 0))
    return [band for band in (*version.grades, *stars) if band.share is not None]


def _beyond_share(plan: Plan, band: Band, rows: Rows) -> list[str]:
    """Return who holds a band beyond its share, the last in order first out."""
    share = band.share
    assert share is not None
    graded = [row for row in rows if row[1].status not in ("not_assessed", "not_graded")]
    out: list[str] = []
    for members in _grouped(graded, share.within):
        room = room_of(share, len(members))
        held = [row for row in members if _holds_band(row[1], band)]
        if len(held) > room:
            out += _last_out(plan, held, room, share.ties)
    return out


def _holds_band(outcome: Outcome, band: Band) -> bool:
    if band.level is not None:
        return outcome.star == band.level and not outcome.direct_star
    return outcome.grade == band.id and outcome.status != "awarded"


def room_of(share: Share, count: int) -> int:
    """Return how many of ``count`` a share admits, rounded as it declares.

    >>> room_of(Share(numerator=1, denominator=3), 10)
    3
    """
    whole, rest = divmod(count * share.numerator, share.denominator)
    if share.rounding == "up":
        return whole + (rest > 0)
    if share.rounding == "half-up":
        return whole + (2 * rest >= share.denominator)
    return whole


def _last_out(plan: Plan, held: Rows, room: int, ties: str) -> list[str]:
    """Order by the ranking keys; those tied across the edge all stay out, or all come in."""
    ordered = sorted(held, key=lambda row: (tuple(-key for key in ranking_key(plan, row)), row[0].subject.id))
    keys = [ranking_key(plan, row) for row in ordered]
    edge = room
    if ties == "out":
        while edge > 0 and edge < len(keys) and keys[edge - 1] == keys[edge]:
            edge -= 1
    else:
        while 0 < edge < len(keys) and keys[edge - 1] == keys[edge]:
            edge += 1
    return [row[0].subject.id for row in ordered[edge:]]


def ranking_key(plan: Plan, row: tuple[Question, Outcome]) -> tuple[int, ...]:
    """Return a subject's units under each key of the ranking, more is better."""
    question, outcome = row
    names = [category.category.id for category in question.state.categories]
    key: list[int] = []
    for by in question.state.version.head.ranking.by:
        what, _, name = by.partition(".")
        if what == "total":
            key.append(outcome.total)
        elif what == "item":
            key.append(units_of_item(question, outcome, plan.item_ids.index(name)))
        else:
            key.append(outcome.categories[names.index(name)] if outcome.categories else 0)
    return tuple(key)


def _awards(plan: Plan, ranked: Rows) -> dict[str, tuple[str, ...]]:
    awards: dict[str, tuple[str, ...]] = {}
    for award in ranked[0][0].state.version.awards if ranked else ():
        for name in _winners(plan, award, ranked):
            awards[name] = (*awards.get(name, ()), award.id)
    return awards


def _group_places(plan: Plan, rows: Rows) -> dict[str, int]:
    """Return the place of everyone whose total is final, in the order the ranking declares."""
    if not rows:
        return {}
    ranking = rows[0][0].state.version.head.ranking
    found: dict[str, int] = {}
    for members in _grouped(rows, ranking.within):
        if ranking.by == ("total",):
            drawn = places([(row[1].total, row[0].subject.id) for row in members], ties=ranking.ties)
        else:
            drawn = places(
                [(ranking_key(plan, row), row[0].subject.id) for row in members], ties=ranking.ties
            )
        found.update({name: int(place) for name, place in drawn.items()})
    return found


def _grouped(rows: Rows, within: str) -> list[Rows]:
    """Return the rows in groups of those compared with one another."""
    if not within:
        return [rows]
    groups: dict[str, Rows] = {}
    for row in rows:
        groups.setdefault(group_of(row[0], within), []).append(row)
    return list(groups.values())


def _winners(plan: Plan, award: Award, rows: Rows) -> list[str]:
    """Return the first ``top`` of those who may have the award; a tie at the edge as it declares."""
    fit = []
    for question, outcome in rows:
        barred = any(effect in ("zero", "no_award") for effect, _ in outcome.veto_effects)
        if not barred and all(holds(question, outcome, need) for need in award.needs):
            fit.append((question, outcome))
    winners: list[str] = []
    for members in _grouped(fit, award.within):
        out = set(_last_out(plan, members, award.top, award.ties)) if len(members) > award.top else set()
        winners += [row[0].subject.id for row in members if row[0].subject.id not in out]
    return winners
