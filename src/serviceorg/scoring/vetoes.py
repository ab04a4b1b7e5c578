"""一票否决: which vetoes stand against a subject on the last day that counts."""

from collections.abc import Collection, Sequence
from datetime import date

import attrs

from ..basics import add_months
from ..facts import Fact
from .admit import matches
from .context import Question
from .outcome import Outcome
from .rules import Length, Veto

_LONG_AGO = 1


@attrs.frozen(eq=False)
class Standing:
    """A veto in force, the fact that caused it, and its first free day (None: the period's end)."""

    veto: Veto
    fact: Fact
    ends: date | None


def standing_vetoes(question: Question, rest: Sequence[Fact]) -> tuple[Standing, ...]:
    """Return the vetoes in force on the last day, in the order of the rule set.

    ``rest`` are the facts of the period no plain clause read: where no veto outlives its period,
    looking at them is enough.
    """
    plan = question.plan
    # ``rest`` lacks what was registered too late to pay; a fraud found late is a fraud all the same.
    if not plan.lasting and plan.late is None and not any(fact.kind in plan.veto_kinds for fact in rest):
        return ()
    found: list[Standing] = []
    for veto in question.state.version.vetoes:
        found += _standing(question, veto, _facts(question, veto))
    if question.trace is not None:
        for standing in found:
            ends = "" if standing.ends is None else standing.ends.isoformat()
            question.trace.notes.append(
                (f"veto.{standing.veto.id}", "veto", (standing.fact.id, standing.fact.on, ends))
            )
    return tuple(found)


def _facts(question: Question, veto: Veto) -> list[Fact]:
    first = question.start if _in_period(veto) else _LONG_AGO
    source = question.members_facts if veto.members else question.own_facts
    facts = [
        fact for fact in source(first, question.until) if fact.kind in veto.on and matches(veto.where, fact)
    ]
    who = veto.who
    return [
        fact
        for fact in facts
        if (not who.kinds or question.subject.kind in who.kinds)
        and (not who.categories or question.subject.category_on(date.fromordinal(fact.day)) in who.categories)
    ]


def _in_period(veto: Veto) -> bool:
    return veto.lasts is None and not veto.lasts_by and not veto.lasts_field


def _standing(question: Question, veto: Veto, facts: Sequence[Fact]) -> list[Standing]:
    """Work through the facts in order; with ``adds_up`` a new term begins where the running one ends."""
    found: list[Standing] = []
    running: date | None = None
    for fact in facts:
        start = date.fromordinal(fact.day)
        ends = None if _in_period(veto) else _end(veto, fact, start, running)
        lifted = fact.attributes.get(veto.lifted) if veto.lifted else None
        if isinstance(lifted, date) and (ends is None or lifted < ends):
            ends = lifted
        if veto.adds_up is not None and ends is not None:
            running = ends
        if (
            ends is None
            or question.until_date < ends
            or (veto.stands == "any-day" and question.start < ends.toordinal())
        ):
            found.append(Standing(veto, fact, ends))
    if veto.adds_up is not None and found:
        return [found[-1]]
    return found


def _end(veto: Veto, fact: Fact, start: date, running: date | None) -> date:
    """Return the first day after the term; terms that add up never run longer than allowed."""
    length = veto.lasts_by.get(str(fact.attributes.get(veto.lasts_field)), veto.lasts) or Length()
    if veto.adds_up is None or running is None or running <= start:
        return _after(start, length)
    return min(_after(running, length), _after(start, veto.adds_up))


def _after(day: date, length: Length) -> date:
    return date.fromordinal(add_months(day, length.months).toordinal() + length.days)


def scopes_of(vetoes: Sequence[Standing]) -> Collection[str]:
    """Return the items and categories that vetoes set to nothing ("item.ID", "category.ID")."""
    return {s.veto.scope for s in vetoes if s.veto.effect == "zero" and s.veto.scope != "total"}


def apply_vetoes(outcome: Outcome, vetoes: Sequence[Standing]) -> None:
    """Enter the standing vetoes into an outcome; a veto of the total makes it nothing, and final."""
    outcome.vetoes = tuple(dict.fromkeys(standing.veto.id for standing in vetoes))
    # One that undoes a part of the score leaves grade, star and awards to the rest of it.
    whole = [one.veto for one in vetoes if one.veto.effect != "zero" or one.veto.scope == "total"]
    outcome.veto_effects = tuple((veto.effect, veto.grade) for veto in whole)
    if any(standing.veto.effect == "zero" and standing.veto.scope == "total" for standing in vetoes):
        outcome.total, outcome.waiting, outcome.could_reach = 0, (), None
