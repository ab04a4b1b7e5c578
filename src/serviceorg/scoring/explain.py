"""From a scorecard to the reason behind it: the score is worked out again with every step noted."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

import attrs

from ..basics import Label, Period, out_of_units
from ..facts import Fact
from ..model.passing import PASSED_FROM
from ..reasons import Argument, Reason, render
from .bands import give_grade, units_of_item
from .book import taken_back
from .context import Question
from .evaluate import evaluate
from .limits import cell_days
from .outcome import Outcome
from .plan import ClausePlan
from .rules import Per
from .sentences import SENTENCES, SPAN_WORDS, worded
from .trace import Trace


class Explained(Protocol):
    """What an explanation needs of a scorecard; the card itself stands above this file."""

    @property
    def subject(self) -> str: ...
    @property
    def period(self) -> Period: ...
    @property
    def status(self) -> str: ...
    @property
    def why(self) -> str: ...
    @property
    def total(self) -> Decimal | None: ...
    @property
    def could_reach(self) -> Decimal | None: ...
    @property
    def grade(self) -> str | None: ...
    @property
    def star(self) -> int | None: ...
    @property
    def place(self) -> int | None: ...
    @property
    def consequences(self) -> tuple[str, ...]: ...
    @property
    def parts(self) -> Sequence["Explained"]: ...
    @property
    def question(self) -> Question: ...
    @property
    def outcome(self) -> Outcome: ...


def explain(card: Explained, *, lang: str = "en") -> str:
    """Return why a scorecard is as it is, as indented lines in "en" or "zh"."""
    return render(reason_of(card), SENTENCES, lang=lang)


def reason_of(card: Explained) -> Reason:
    """Return the tree of reasons of a scorecard, from the total down to each fact."""
    if card.parts:
        rows = tuple(
            Reason("part", (p.period.label, p.total, worded(p.status)), (reason_of(p),)) for p in card.parts
        )
        return _top(card, (*_head(card), *rows, *_results(card, None)))
    if card.status == "not_assessed":
        return Reason("not_assessed", (card.subject, card.period.label, worded(card.why)))
    question, outcome, trace = card.question, card.outcome, card.question.trace
    if trace is None:  # scored without one: work it out again with every step noted
        trace = Trace()
        question = attrs.evolve(question, trace=trace)
        outcome = evaluate(question)
        give_grade(question, outcome, card.outcome.barred)
    teller = _Teller(card, question, outcome, trace)
    return _top(
        card, (*_head(card), *teller.base(), *teller.categories(), *teller.whole(), *_results(card, teller))
    )


def _top(card: Explained, children: tuple[Reason, ...]) -> Reason:
    if card.status == "pending":
        return Reason("pending", (card.subject, card.period.label, card.total, card.could_reach), children)
    return Reason("total", (card.subject, card.period.label, card.total), children)


def _head(card: Explained) -> tuple[Reason, ...]:
    rules, version = card.question.plan.rules, card.question.state.version
    return (Reason("rules", (rules.id, version.effective, rules.digest[:12]), source=rules.source),)


def _results(card: Explained, teller: "_Teller | None") -> Iterable[Reason]:
    if teller is not None:
        yield from teller.bands()
    version = card.question.state.version
    titles = {band.id: band.title for band in version.grades}
    if card.status == "awarded":
        yield Reason("awarded", (titles.get(card.grade or "", Label()),))
    elif card.status == "not_graded":
        yield Reason("not_graded", (worded(card.why),))
    elif card.grade:
        yield Reason("grade", (card.grade, titles[card.grade]))
    if card.star is not None:
        yield Reason("star", (card.star,))
    if card.place is not None:
        yield Reason("place", (card.place,))
    names = {c.id: c.title for c in version.consequences}
    yield from (Reason("consequence", (name, names[name])) for name in card.consequences)


@attrs.frozen(eq=False)
class _Teller:
    """Turns the raw notes of one evaluation into reasons."""

    card: Explained
    question: Question
    outcome: Outcome
    trace: Trace

    def points(self, units: int) -> Decimal:
        return out_of_units(units, self.question.plan.rules.scale)

    def base(self) -> Iterable[Reason]:
        state = self.question.state
        if state.base:
            yield Reason("base", (self.points(self.outcome.base),))
        yield from self.noted("total", ("part-base",))

    def categories(self) -> Iterable[Reason]:
        state = self.question.state
        by_category: dict[str, list[Reason]] = {}
        for no in self._touched():
            plan = self.question.item_now(no)
            by_category.setdefault(plan.item.category, []).append(self.item(no))
        for plan_, units in zip(state.categories, self.outcome.categories, strict=True):
            category = plan_.category
            children = (*by_category.get(category.id, ()), *self.noted(f"category.{category.id}"))
            if children:
                yield Reason(
                    "category",
                    (category.id, category.title, self.points(units)),
                    tuple(children),
                    category.source,
                )

    def _touched(self) -> list[int]:
        owner = {
            no: clause.item for state in self.question.plan.states for no, clause in state.clauses.items()
        }
        numbers = {row[0] for row in self.trace.paid} | {row[0] for row in self.trace.refused}
        numbers |= {row[0] for row in self.trace.cells}
        # A fact that is too late for every clause is refused without one; see _left_aside.
        return sorted({owner[no] for no in numbers if no in owner} | set(self.outcome.items))

    def item(self, no: int) -> Reason:
        plan = self.question.item_now(no)
        children: list[Reason] = []
        if plan.full:
            children.append(Reason("allotment", (self.points(plan.full),)))
        for clause in self._clauses(no):
            children += self.clause(clause)
        children += self.noted(f"item.{plan.item.id}")
        points = self.points(units_of_item(self.question, self.outcome, no))
        return Reason("item", (plan.item.id, plan.item.title, points), tuple(children), plan.item.source)

    def _clauses(self, item: int) -> list[ClausePlan]:
        """Return an item's clauses, those retired in the period after those in force."""
        plan = self.question.plan
        now = list(self.question.item_now(item).clauses)
        known = {clause.no for clause in now}
        return now + [c for no, c in plan.newest.items() if plan.item_of[no] == item and no not in known]

    def clause(self, plan: ClausePlan) -> list[Reason]:
        found: list[tuple[tuple[int, str], Reason]] = []
        sign = plan.clause.sign
        for no, fact, units in self.trace.paid:
            if no == plan.no:
                found.append(((fact.day, fact.id), self.event(plan, fact, sign * units)))
        for no, fact, code, detail in self.trace.refused:
            if no == plan.no:
                found.append(((fact.day, fact.id), _refusal(fact, code, detail)))
        rows = [reason for _, reason in sorted(found, key=lambda pair: pair[0])]
        rows += [
            self.measured(plan, code, arguments) for no, code, arguments in self.trace.cells if no == plan.no
        ]
        rows += [self.bite(*bite[1:]) for bite in self.trace.bites if bite[0] == plan.no]
        return rows

    def event(self, plan: ClausePlan, fact: Fact, units: int) -> Reason:
        per = plan.clause.per
        if isinstance(per, Per):
            quantity = fact.amount if per.field == "amount" else fact.attributes.get(per.field)
            return Reason("per", (_day(fact), _called(fact), _plain(quantity), self.points(units)))
        return Reason("event", (_day(fact), _called(fact), self.points(units)))

    def measured(self, plan: ClausePlan, code: str, arguments: Sequence[object]) -> Reason:
        if code == "value":
            day, value, units, count = arguments
            points = self.points(plan.clause.sign * _count(units))
            return Reason("value", (date.fromordinal(_count(day)), _plain(value), _count(count), points))
        if code == "group":
            group, count, mark, weight = arguments
            return Reason("group", (str(group), _count(count), _plain(mark), _plain(weight)))
        day, policy = arguments[:2]
        assert isinstance(day, int)
        return Reason("missing", (date.fromordinal(day), worded(str(policy))))

    def bite(self, span: str, cell: int, before: int, cap: int) -> Reason:
        lost = self.points(before - cap)
        if span == "period":
            return Reason("cap-period", (self.points(before), self.points(cap), lost))
        first, last = cell_days(span, cell, self.question.plan.shift)
        when = f"{date.fromordinal(first)}..{date.fromordinal(last)}"
        return Reason("cap", (SPAN_WORDS[span], when, self.points(before), self.points(cap), lost))

    def noted(self, place: str, codes: tuple[str, ...] = ()) -> list[Reason]:
        """Return the notes of one place; with ``codes`` only those, else all but part-base."""
        found: list[Reason] = []
        for where, code, arguments in self.trace.notes:
            if where == place and (code in codes if codes else code != "part-base"):
                found.append(self.note(code, arguments))
        return found

    def note(self, code: str, arguments: Sequence[object]) -> Reason:
        if code == "cap" and len(arguments) == 4:
            span, cell, before, cap = arguments
            return self.bite(str(span), _count(cell), _count(before), _count(cap))
        if code == "reweighed":
            items, before, after = arguments
            assert isinstance(items, tuple)
            return Reason(code, (", ".join(map(str, items)), self._units(before), self._units(after)))
        if code == "part-base":
            unit, served, whole, units = arguments
            return Reason(code, (str(unit), _count(served), _count(whole), self._units(units)))
        name = "ceiling" if code == "cap" else code
        return Reason(name, tuple(self._units(argument) for argument in arguments))

    def _units(self, value: object) -> Decimal:
        assert isinstance(value, int)
        return self.points(value)

    def whole(self) -> Iterable[Reason]:
        yield from self.noted("total")
        titles = {veto.id: veto.title for veto in self.question.state.version.vetoes}
        for place, code, arguments in self.trace.notes:
            if code == "veto":
                name = place.removeprefix("veto.")
                fact, on, ends = arguments
                shown = str(ends) or self.question.period.end.isoformat()
                yield Reason("veto", (name, titles.get(name, Label()), str(fact), str(on), shown))
        if self.outcome.total != self.outcome.before_veto:
            yield Reason("vetoed", (self.points(self.outcome.before_veto),))
        yield from self._left_aside()

    def _left_aside(self) -> Iterable[Reason]:
        """Tell which facts of the period were not looked at at all, and why."""
        question = self.question
        late = {row[1].id: row for row in self.trace.refused if row[0] < 0}
        for _, fact, code, detail in late.values():
            yield _refusal(fact, code, detail)
        entry = question.field.book.entry(question.subject.id, question.plan.rules.dates)
        reversals = taken_back(fact for fact in entry.facts if fact.recorded_on <= question.as_of)
        unread: dict[str, int] = {}
        kinds = _kinds_read(question)
        elsewhere = 0
        for fact in entry.facts:
            if fact.reverses is not None:
                continue
            if not question.begin <= fact.day <= question.until:
                elsewhere += 1
            elif fact.day < question.start:
                yield Reason("too-early", (_day(fact), fact.id, date.fromordinal(question.start)))
            elif fact.id in reversals:
                yield Reason("reversed", (_day(fact), fact.id, reversals[fact.id]))
            elif fact.recorded_on > question.as_of:
                yield Reason("unknown-then", (_day(fact), fact.id, fact.recorded_on))
            elif not question.subject.belongs_on(date.fromordinal(fact.day)):
                yield Reason("outside", (_day(fact), fact.id))
            elif fact.kind not in kinds:
                unread[fact.kind] = unread.get(fact.kind, 0) + 1
        if elsewhere:
            yield Reason("elsewhere", (elsewhere,))
        yield from (Reason("unread", (kind, count)) for kind, count in sorted(unread.items()))

    def bands(self) -> Iterable[Reason]:
        for place, code, arguments in self.trace.notes:
            band = place.removeprefix("grade.")
            if code == "needs":
                yield Reason("needs", (band, ", ".join(map(str, arguments))))
            elif code == "quota":
                yield Reason("quota", (band,))


def _kinds_read(question: Question) -> set[str]:
    kinds: set[str] = set()
    for state in question.plan.states:
        kinds |= {kind for clause in state.clauses.values() for kind in clause.clause.select.on}
        version = state.version
        kinds |= {kind for veto in version.vetoes for kind in veto.on}
        kinds |= {kind for band in version.grades for direct in band.direct for kind in direct.on}
        for band in (*version.grades, *version.stars):
            kinds |= {kind for need in band.needs for kind in need.on}
    return kinds


def _called(fact: Fact) -> str | Label:
    """Return a fact's id, and whose it was where it passed on through a change of units."""
    origin = fact.attributes.get(PASSED_FROM)
    if origin is None:
        return fact.id
    return Label(f"{fact.id}（来自 {origin}）", f"{fact.id} (from {origin})", fact.id)


def _refusal(fact: Fact, code: str, detail: str) -> Reason:
    same_day = code == "same" and detail == "day"
    return Reason(
        f"refused-{code}",
        (_day(fact), _called(fact), Label("日", "day", "day") if same_day else worded(detail)),
    )


def _day(fact: Fact) -> date:
    return date.fromordinal(fact.day)


def _count(value: object) -> int:
    assert isinstance(value, int)
    return value


def _plain(value: object) -> Argument:
    """Show an exact fraction as a decimal where it is one, else as a quotient."""
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return value.numerator
        reduced = value.denominator
        for prime in (2, 5):
            while reduced % prime == 0:
                reduced //= prime
        return Decimal(value.numerator) / Decimal(value.denominator) if reduced == 1 else str(value)
    if value is None:
        return "–"  # a group nobody answered for has no mark
    return value if isinstance(value, (str, int, Decimal)) else str(value)
