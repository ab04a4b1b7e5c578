"""The verbs: score one subject, score everyone, stream over millions of facts."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ..basics import SPANS, Period, add_months
from ..errors import PeriodError, ScoringError
from ..facts import Fact
from ..model import Subject
from .bands import give_grade
from .book import FactBook
from .card import Scorecard
from .compile import plan_of
from .context import Field, MeasureFunction, Question
from .evaluate import evaluate
from .outcome import Outcome
from .plan import Plan
from .rollup import roll_up
from .rules import Ballots, RuleSet, Validity
from .trace import Trace


def score(
    rules: RuleSet,
    subject: Subject | str,
    facts: Iterable[Fact] | FactBook,
    *,
    period: Period,
    as_of: date | None = None,
    subjects: Iterable[Subject] = (),
    measures: Mapping[str, MeasureFunction] | None = None,
    trace: bool = False,
) -> Scorecard:
    """Return one subject's scorecard.

    Facts of other subjects may be among ``facts``; only ballots and members' facts use them. What
    needs every subject (ranks, shares, awards) is pending here: use ``score_all``.

    Args:
        rules: The rule set.
        subject: The subject, or the id of one about whom nothing else is known.
        facts: In any order.
        period: Of the span the rule set scores, or the one it rolls up into.
        as_of: What was known on that day; default: everything.
        subjects: The others, where the rules look at members.
        measures: Measures of plugins, by id (``registry.measures``).
        trace: Note every step at once, where the explanation is wanted anyway; without it,
            ``card.reason`` works the score out a second time.

    Raises:
        PeriodError: If the period is not of the rule set's span.
        FactProblems: If a fact lacks what a rule needs of it.
        NotInForceError: If no version is in force on the last day that counts.
    """
    plan = plan_of(rules)
    book = facts if isinstance(facts, FactBook) else FactBook.of(facts)
    asked = Subject(id=subject, kind=rules.subject_kinds[0]) if isinstance(subject, str) else subject
    roster = {other.id: other for other in (*subjects, asked)}
    field = Field(book, roster, measures or {})
    return card_of(plan, asked, field, period, as_of, Trace() if trace else None)


def card_of(
    plan: Plan,
    subject: Subject,
    field: Field,
    period: Period,
    as_of: date | None,
    trace: Trace | None = None,
) -> Scorecard:
    """Return a scorecard, rolled up from parts where the period is longer than the rule set's own."""
    rules = plan.rules
    check_period(rules, period)
    if rules.period not in (period.span, "anniversary"):
        parts = [card_of(plan, subject, field, part, as_of) for part in begun_parts(plan, period, as_of)]
        question = ask(plan, subject, field, period, as_of)
        return finished(question, roll_up(question, parts), parts=tuple(parts))
    question = ask(plan, subject, field, period, as_of, trace)
    return finished(question, evaluate(question))


def begun_parts(plan: Plan, period: Period, as_of: date | None) -> list[Period]:
    """Return the parts of a longer period that have begun on ``as_of``."""
    return [part for part in period.parts(plan.rules.period) if as_of is None or part.start <= as_of]


def check_period(rules: RuleSet, period: Period) -> None:
    """Refuse a period the rule set does not score.

    Raises:
        PeriodError: Names the span the rule set scores.
    """
    if not isinstance(period, Period):
        hint = "write so.Year(2024) or so.parse_period('2024')"
        raise PeriodError(f"the period must be a Period, found {period!r}; {hint}")
    allowed = {rules.period, "year"} if rules.period == "anniversary" else {rules.period}
    allowed |= {version.head.roll_up.into for version in rules.versions if version.head.roll_up}
    if period.span not in allowed:
        names = " or a ".join(sorted(allowed - {"anniversary"}))
        raise PeriodError(f"rule set {rules.id!r} scores a {names}; {period.label!r} is a {period.span}")
    if SPANS.get(period.span, 0) > 1 and period.first_month != rules.first_month:
        raise PeriodError(
            f"rule set {rules.id!r} has years that begin in month {rules.first_month}; "
            f"{period.label!r} belongs to one that begins in month {period.first_month}"
        )


def ask(
    plan: Plan, subject: Subject, field: Field, period: Period, as_of: date | None, trace: Trace | None = None
) -> Question:
    """Return the question for one subject and period; an anniversary year begins on the joining day.

    Raises:
        PeriodError: If the period has not begun on ``as_of``.
        NotInForceError: If no version is in force on the last day that counts.
    """
    start, end = (
        _anniversary(subject, period) if plan.rules.period == "anniversary" else (period.start, period.end)
    )
    known = as_of or date.max
    until = min(end, known)
    if until < start:
        raise PeriodError(f"as of {known}, the period {period.label!r} has not begun")
    plan.rules.at(until)  # raises NotInForceError
    start = max(start, plan.rules.versions[0].effective)  # rules are not retroactive
    first, day = start.toordinal(), until.toordinal()
    state = plan.state_on(day)
    single = plan.state_on(first) is state
    return Question(plan, subject, period, known, field, trace, first, day, until, state, single, end)


def ask_all(
    plan: Plan, subjects: Iterable[Subject], field: Field, period: Period, as_of: date | None
) -> Iterator[Question]:
    """Yield the questions for many subjects; what they share is worked out once."""
    if plan.rules.period == "anniversary":
        yield from (ask(plan, subject, field, period, as_of) for subject in subjects)
        return
    one = ask(plan, Subject(id=""), field, period, as_of)
    known, start, until, day = one.as_of, one.start, one.until, one.until_date
    state, single = one.state, one.single
    for subject in subjects:
        yield Question(
            plan, subject, period, known, field, None, start, until, day, state, single, period.end
        )


def _anniversary(subject: Subject, period: Period) -> tuple[date, date]:
    if subject.joined is None:
        raise ScoringError(f"subject {subject.id!r} has no day of joining, which an anniversary year needs")
    years = period.start.year - subject.joined.year
    start = add_months(subject.joined, 12 * years)
    return start, date.fromordinal(add_months(subject.joined, 12 * years + 12).toordinal() - 1)


def finished(question: Question, outcome: Outcome, *, parts: tuple[Scorecard, ...] = ()) -> Scorecard:
    """Return the card of an outcome that is looked at alone: what depends on the others waits."""
    if question.plan.banded:
        grade(question, outcome)
        if not question.field.complete and outcome.status == "scored":
            _await_the_others(question, outcome)
    return Scorecard(question, outcome, parts)


def grade(question: Question, outcome: Outcome, barred: tuple[str, ...] = ()) -> None:
    """Draw grade and star where the rules have any."""
    version = question.state.version
    if version.grades or version.stars:
        give_grade(question, outcome, barred)


def _await_the_others(question: Question, outcome: Outcome) -> None:
    """A grade or star with a share is not sure before everyone is scored: say so instead of guessing."""
    version = question.state.version
    grades = [band.id for band in version.grades if band.share and band.id == outcome.grade]
    stars = [band.id for band in version.stars if band.share and band.level == outcome.star]
    if grades or stars:
        outcome.status, outcome.could_reach = "pending", outcome.total
        outcome.waiting = tuple(f"share.{name}" for name in (*grades, *stars))
        outcome.grade = None if grades else outcome.grade
        outcome.star = None if stars else outcome.star


def score_stream(
    rules: RuleSet,
    facts: Iterable[Fact] | FactBook,
    *,
    period: Period,
    as_of: date | None = None,
    subjects: Mapping[str, Subject] | None = None,
    measures: Mapping[str, MeasureFunction] | None = None,
    trace: bool = False,
) -> Iterator[Scorecard]:
    """Yield the card of each subject in turn, of a book or of facts that come grouped by subject.

    Nothing is kept from one subject to the next: memory stays flat over any number of facts.

    Raises:
        ScoringError: If the rule set needs all subjects at once, or a subject's facts come in two places.
    """
    plan = plan_of(rules)
    refuse_whole_field(plan)
    check_period(rules, period)
    known, supplied = subjects or {}, measures or {}
    kind = rules.subject_kinds[0]
    if isinstance(facts, FactBook):
        field = Field(facts, known, supplied)
        everyone = (known.get(subject) or Subject(id=subject, kind=kind) for subject in facts.entries)
        listed = (subject for subject in everyone if subject.kind in rules.subject_kinds)
        yield from _cards(plan, listed, field, period, as_of, trace=trace)
        return
    seen: set[str] = set()
    for subject, mine in _grouped(facts):
        if subject in seen:
            raise ScoringError(
                f"facts of subject {subject!r} come in two places; a stream must be grouped by subject"
            )
        seen.add(subject)
        asked = known.get(subject) or Subject(id=subject, kind=kind)
        if asked.kind not in rules.subject_kinds:
            continue
        yield card_of(
            plan,
            asked,
            Field(FactBook.of(mine), {subject: asked}, supplied),
            period,
            as_of,
            Trace() if trace else None,
        )


def _cards(
    plan: Plan,
    subjects: Iterable[Subject],
    field: Field,
    period: Period,
    as_of: date | None,
    *,
    trace: bool,
) -> Iterator[Scorecard]:
    """Yield card after card; what the questions share is worked out once."""
    if period.span != plan.rules.period:
        yield from (card_of(plan, subject, field, period, as_of) for subject in subjects)
        return
    for question in ask_all(plan, subjects, field, period, as_of):
        if trace:
            question.trace = Trace()
        yield finished(question, evaluate(question))


def refuse_whole_field(plan: Plan) -> None:
    """Refuse to stream what needs every subject.

    Raises:
        ScoringError: Names ``score_all`` as the way.
    """
    sheets = any(
        isinstance(c.clause.measure, Ballots)
        and c.clause.measure.valid
        and _checks_sheets(c.clause.measure.valid)
        for state in plan.states
        for c in state.clauses.values()
    )
    member_vetoes = any(veto.members for version in plan.rules.versions for veto in version.vetoes)
    reads_others = any(
        c.clause.select.members or c.clause.select.about
        for state in plan.states
        for c in state.clauses.values()
    )
    if plan.whole_field or reads_others or sheets or member_vetoes:
        raise ScoringError(
            f"rule set {plan.rules.id!r} needs every subject at once (ranks, shares, members): use score_all"
        )


def _checks_sheets(valid: Validity) -> bool:
    return bool(valid.limits) or valid.not_all_equal


def _grouped(facts: Iterable[Fact]) -> Iterator[tuple[str, list[Fact]]]:
    current: str | None = None
    mine: list[Fact] = []
    for fact in facts:
        if fact.subject != current:
            if current is not None:
                yield current, mine
            current, mine = fact.subject, []
        mine.append(fact)
    if current is not None:
        yield current, mine
