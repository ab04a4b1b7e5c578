"""What a command leaves out of its results, in sentences: nothing is dropped in silence."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import islice

import attrs

from ..basics import Period
from ..facts import Fact
from ..model import Subject
from ..scoring.rules import Clause, Condition, Rank, Rate, RuleSet, Version, Veto
from ..scoring.rules.pays import Relative
from .words import counted

#: How many examples a sentence gives.
MOST_SHOWN = 3
# The nearest id is looked for among so many; difflib would take minutes for a million.
_NEAR = 5_000
#: Closed scorecards are facts of earlier periods by their nature.
_CLOSED = "scorecard"


@attrs.frozen
class _Reach:
    """What the versions of a rule set read beyond a subject's own facts of the period."""

    longer: frozenset[str]  # kinds of which older facts are read too
    about: frozenset[tuple[str, str]]  # kind and attribute that names the subject instead
    members: bool  # an organisation's members are read, though they get no card


def passed_over(
    rules: RuleSet,
    facts: Sequence[Fact],
    subjects: Sequence[Subject] | None,
    period: Period,
    *,
    facts_file: str,
    subjects_file: str | None,
) -> tuple[str, ...]:
    """Return a sentence for each sort of fact or subject that has no part in the results."""
    reach = _reach_of(rules)
    found: list[str] = []
    if subjects is not None:
        found += (f"{facts_file}: {text}" for text in _unlisted(facts, subjects, reach))
        found += (f"{subjects_file}: {text}" for text in _unscored(rules, subjects, reach))
    found += (f"{facts_file}: {text}" for text in _outside(rules, facts, period, reach))
    found += _without_organisation(rules, subjects)
    return tuple(found)


def reads_members(rules: RuleSet) -> bool:
    """Return whether rules read what the members of an organisation do, though they get no card."""
    return _reach_of(rules).members


def _without_organisation(rules: RuleSet, subjects: Sequence[Subject] | None) -> Iterator[str]:
    """Yield who belongs to no organisation, where places are drawn within it: they stand in one pool."""
    if not any(map(_compares_within_organisations, rules.versions)):
        return
    said = f"rule set {rules.id!r} compares within the organisation"
    if subjects is None:
        yield f"{said}, but without --subjects or --snapshot nobody has one: all are compared with each other"
        return
    alone = sum(
        one.kind in rules.subject_kinds and not any(dated.value for dated in one.organisation)
        for one in subjects
    )
    if alone:
        have = "has none and is" if alone == 1 else "have none and are"
        yield f"{said}, but {counted(alone, 'subject')} {have} compared with others that have none"


def _compares_within_organisations(version: Version) -> bool:
    clauses = [clause for item in version.items for clause in item.clauses]
    bands = (*version.grades, *version.stars)
    drawn = [version.head.ranking.within, *(award.within for award in version.awards)]
    drawn += [band.share.within for band in bands if band.share is not None]
    drawn += [clause.measure.within for clause in clauses if isinstance(clause.measure, Rank)]
    drawn += [clause.pay.within for clause in clauses if isinstance(clause.pay, Relative)]
    return "organisation" in drawn


def _unlisted(facts: Sequence[Fact], subjects: Sequence[Subject], reach: _Reach) -> Iterator[str]:
    known = {one.id for one in subjects}
    stray = Counter(
        fact.subject for fact in facts if fact.subject not in known and not _names_one(fact, known, reach)
    )
    if stray:
        who = counted(len(stray), "subject that is not listed", "subjects that are not listed")
        shown = _some(
            f"{name!r}{_near(name, islice(known, _NEAR))}" for name in sorted(stray)[: MOST_SHOWN + 1]
        )
        yield f"{counted(stray.total(), 'fact')} of {who}: {shown}"


def _names_one(fact: Fact, known: set[str], reach: _Reach) -> bool:
    return any(kind == fact.kind and fact.attributes.get(name) in known for kind, name in reach.about)


def _unscored(rules: RuleSet, subjects: Sequence[Subject], reach: _Reach) -> Iterator[str]:
    kinds = Counter(
        one.kind
        for one in subjects
        if one.kind not in rules.subject_kinds and not (reach.members and one.organisation)
    )
    for kind, count in sorted(kinds.items())[:MOST_SHOWN]:
        guess = _near(kind, rules.subject_kinds)
        many = counted(count, "subject")
        yield f"{many} of kind {kind!r}, which rule set {rules.id!r} does not score{guess}"
    if len(kinds) > MOST_SHOWN:
        rest = sum(count for _, count in sorted(kinds.items())[MOST_SHOWN:])
        more = counted(len(kinds) - MOST_SHOWN, "more kind", "more kinds")
        yield f"{counted(rest, 'subject')} of {more}, which rule set {rules.id!r} does not score"


def _outside(rules: RuleSet, facts: Sequence[Fact], period: Period, reach: _Reach) -> Iterator[str]:
    if rules.period == "anniversary":
        return  # everyone has a period of their own
    # Nearly all facts lie within; what may be done with the others is asked of those only.
    outside = [(fact, day) for fact in facts if (day := _day_of(fact, rules)) not in period]
    days = [day for fact, day in outside if _is_lost(fact, day, period, reach)]
    if days:
        lie = "lies" if len(days) == 1 else "lie"
        are = "is" if len(days) == 1 else "are"
        shown = _some(map(str, sorted(set(days))[: MOST_SHOWN + 1]))
        yield f"{counted(len(days), 'fact')} {lie} outside {period} and {are} not scored here: {shown}"


def _day_of(fact: Fact, rules: RuleSet) -> date:
    """Return the day that counts; a fact nobody decided yet is taken by the day it happened."""
    if rules.dates == "occurred":
        return fact.on
    return fact.recorded_on if rules.dates == "recorded" else fact.decided_on or fact.on


def _is_lost(fact: Fact, day: date, period: Period, reach: _Reach) -> bool:
    """Return whether no rule reads a fact of that day; a reversal works on any day."""
    if fact.reverses is not None or fact.kind == _CLOSED:
        return False
    return day > period.end or fact.kind not in reach.longer


def _reach_of(rules: RuleSet) -> _Reach:
    longer: set[str] = set()
    about: set[tuple[str, str]] = set()
    members = False
    for version in rules.versions:
        for clause in (clause for item in version.items for clause in item.clauses):
            longer |= _older_kinds(clause)
            counts_heads = isinstance(clause.measure, Rate) and clause.measure.heads
            members |= clause.select.members or clause.per_head or counts_heads
            if clause.select.about:
                about |= {(kind, clause.select.about) for kind in clause.select.on}
        for veto in version.vetoes:
            longer |= set(veto.on) if _outlasts(veto) else set()
            members |= veto.members
        for need in _needs(version):
            longer |= set(need.on) if need.window != "period" else set()
    return _Reach(frozenset(longer), frozenset(about), members)


def _older_kinds(clause: Clause) -> set[str]:
    window, gate = clause.window, clause.select.gate
    older = set(clause.select.on) if window.kind != "period" or window.carry is not None else set()
    if window.clear_on:
        older.add(window.clear_on)
    if gate is not None:
        older.add(gate.kind)
    return older


def _outlasts(veto: Veto) -> bool:
    return veto.lasts is not None or bool(veto.lasts_by or veto.lasts_field)


def _needs(version: Version) -> Iterator[Condition]:
    for band in (*version.grades, *version.stars):
        yield from band.needs
    for award in version.awards:
        yield from award.needs
    for consequence in version.consequences:
        yield from consequence.when


def _near(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f" (did you mean {near[0]!r}?)" if near else ""


def _some(examples: Iterable[str]) -> str:
    """Return the first examples in words, with a sign that there are more."""
    shown = list(examples)
    return ", ".join([*shown[:MOST_SHOWN], "…"] if len(shown) > MOST_SHOWN else shown)
