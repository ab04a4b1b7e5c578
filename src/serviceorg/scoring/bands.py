"""Grades, stars and consequences: what a total leads to, condition by condition."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from ..basics import add_months, parse_period
from ..facts import Fact
from .admit import matches
from .book import SCORECARD
from .context import Question
from .outcome import Outcome
from .pay import number_of
from .rules import Band, Condition, Consequence, Length


def give_grade(question: Question, outcome: Outcome, barred: Sequence[str] = ()) -> None:
    """Set grade and star of an outcome whose total stands; ``barred`` are bands full by quota."""
    version = question.state.version
    if outcome.status in ("scored", "awarded"):
        direct = _direct(question, version.grades)
        effects = dict(outcome.veto_effects)
        at_most = [grade for effect, grade in outcome.veto_effects if effect == "grade_at_most"]
        bands = _open_bands(version.grades, at_most)
        if direct is not None and "zero" not in effects and "no_grade" not in effects:
            outcome.grade, outcome.status = (direct if direct in bands else bands[0]).id, "awarded"
        elif "no_grade" not in effects:
            outcome.grade = _first(question, outcome, bands, barred)
    if outcome.status in ("scored", "not_graded", "awarded") and version.stars:
        _give_star(question, outcome, barred)


def _give_star(question: Question, outcome: Outcome, barred: Sequence[str]) -> None:
    """Set the highest star whose bound and needs are met, or the one a direct fact gives."""
    if any(effect in ("no_star", "zero") for effect, _ in outcome.veto_effects):
        return
    stars = sorted(question.state.version.stars, key=lambda band: -(band.level or 0))
    direct = _direct(question, stars)
    if direct is not None:
        outcome.star, outcome.direct_star = direct.level, True
        return
    found = _first(question, outcome, stars, barred)
    outcome.star = next((band.level for band in stars if band.id == found), None)


def _open_bands(bands: Sequence[Band], at_most: Sequence[str]) -> Sequence[Band]:
    ids = [band.id for band in bands]
    first = max((ids.index(grade) for grade in at_most if grade in ids), default=0)
    return bands[first:]


def _direct(question: Question, bands: Sequence[Band]) -> Band | None:
    for band in bands:
        for rule in band.direct:
            facts = question.own_facts(question.start, question.until)
            if any(fact.kind in rule.on and matches(rule.where, fact) for fact in facts):
                return band
    return None


def _first(question: Question, outcome: Outcome, bands: Sequence[Band], barred: Sequence[str]) -> str | None:
    """Return the first band, highest first, whose bound and needs are met and that has room."""
    for band in bands:
        if not within(question, outcome, band):
            continue
        unmet = [need for need in band.needs if not holds(question, outcome, need)]
        reason = "quota" if bar_of(band) in barred else "needs" if unmet else ""
        if not reason:
            return band.id
        if question.trace is not None:
            what = tuple(need.what for need in unmet)
            question.trace.notes.append((f"grade.{band.id}", reason, what))
    return None


def bar_of(band: Band) -> str:
    """Return how a band that is full is known; a grade and a star may share an id."""
    return band.id if band.level is None else f"star.{band.id}"


def within(question: Question, outcome: Outcome, band: Band) -> bool:
    """Return whether the total reaches the band's lower bound."""
    total = Fraction(outcome.total, question.plan.unit)
    if band.above is not None:
        return total > Fraction(band.above)
    return band.start is None or total >= Fraction(band.start)


def holds(question: Question, outcome: Outcome, need: Condition) -> bool:
    """Return whether a condition holds for an outcome."""
    if need.what == "grade":
        return (outcome.grade or "") in need.one_of
    return compared(need, _value(question, outcome, need))


def compared(need: Condition, value: Fraction) -> bool:
    """Compare a value with the bounds of a condition, each as its word says."""
    return not (
        (need.least is not None and value < Fraction(need.least))
        or (need.above is not None and value <= Fraction(need.above))
        or (need.most is not None and value > Fraction(need.most))
        or (need.below is not None and value >= Fraction(need.below))
    )


def _value(question: Question, outcome: Outcome, need: Condition) -> Fraction:
    unit = question.plan.unit
    what, _, name = need.what.partition(".")
    if what == "total":
        return Fraction(outcome.total, unit)
    if what == "item":
        no = question.plan.item_ids.index(name)
        return Fraction(units_of_item(question, outcome, no), unit)
    if what == "category":
        names = [plan.category.id for plan in question.state.categories]
        return Fraction(outcome.categories[names.index(name)], unit)
    facts = [fact for fact in _window(question, need) if fact.kind in need.on and matches(need.where, fact)]
    if need.field:
        return sum((number_of(fact, need.field) for fact in facts), Fraction(0))
    return Fraction(len(facts))


def units_of_item(question: Question, outcome: Outcome, no: int) -> int:
    """Return an item's units, whichever way they were summed."""
    if no in outcome.items:
        return outcome.items[no]
    item_of = question.plan.item_of
    return sum(units for clause, units in outcome.clause_sums.items() if item_of[clause] == no)


def _window(question: Question, need: Condition) -> Sequence[Fact]:
    first = question.start
    if need.window == "ever":
        first = 1
    elif need.window == "rolling" and need.length is not None:
        first = add_months(question.until_date, -need.length.months).toordinal() + 1 - need.length.days
    return question.own_facts(first, question.until)


def consequences(question: Question, outcome: Outcome) -> tuple[str, ...]:
    """Return the ids of the consequences that follow, of each ladder only the last."""
    if outcome.status not in ("scored", "not_graded"):
        return ()
    drawn: dict[str, str] = {}
    for rule in question.state.version.consequences:
        if all(holds(question, outcome, need) for need in rule.when) and _repeated(question, rule):
            drawn[rule.ladder or f"\0{rule.id}"] = rule.id
    return tuple(drawn.values())


def _repeated(question: Question, rule: Consequence) -> bool:
    """Check past scorecards: an unbroken row of periods, or so many times within a stretch."""
    if rule.consecutive <= 1 and rule.times <= 1:
        return True
    past = _past_cards(question)
    row, expected = 1, date.fromordinal(question.begin - 1)
    for card in past:
        if card.on != expected or not _held_then(rule.when, card):
            break
        row += 1
        expected = _day_before(question, card)
    count = 1 + sum(_held_then(rule.when, card) for card in past if _recent(question, rule.within, card))
    return row >= rule.consecutive and count >= rule.times


def _past_cards(question: Question) -> list[Fact]:
    facts = question.own_facts(1, question.begin - 1)
    cards = [
        f for f in facts if f.kind == SCORECARD and f.attributes.get("rule_set") == question.plan.rules.id
    ]
    # Cards of quarters and of the year they roll up into are two rows of their own.
    mine = [card for card in cards if _span_of(card) == question.period.span]
    return sorted(mine, key=lambda fact: fact.day, reverse=True)


def _span_of(card: Fact) -> str:
    return parse_period(str(card.attributes.get("period", ""))).span


def _day_before(question: Question, card: Fact) -> date:
    months = {"year": 12, "half": 6, "quarter": 3, "month": 1}.get(question.period.span, 12)
    first_next = date.fromordinal(card.on.toordinal() + 1)
    return date.fromordinal(add_months(first_next, -months).toordinal() - 1)


def _recent(question: Question, within_: Length | None, card: Fact) -> bool:
    if within_ is None:
        return True
    first = add_months(question.until_date, -within_.months).toordinal() + 1 - within_.days
    return card.day >= first


def _held_then(needs: Sequence[Condition], card: Fact) -> bool:
    for need in needs:
        if need.what == "grade":
            if str(card.attributes.get("grade", "")) not in need.one_of:
                return False
        elif card.amount is None or not compared(need, Fraction(card.amount)):
            return False
    return True
