"""Golden cases: a rule set tests itself, exactly, with no margin (黄金案例)."""

from collections.abc import Mapping
from decimal import Decimal

import attrs

from ..basics import parse_period
from ..errors import ServiceOrgError
from ..model import Subject
from .book import FactBook
from .card import Scorecard
from .context import MeasureFunction
from .field import score_all
from .rules import Case, RuleSet


@attrs.frozen
class CaseFailure:
    """One expectation of a golden case that does not hold."""

    rule_set: str
    case: str
    subject: str
    key: str
    expected: str
    found: str

    def __str__(self) -> str:
        who = f", subject {self.subject!r}" if self.subject else ""
        what = f"{self.key}: expected {self.expected}, found {self.found}"
        return f"{self.rule_set}, case {self.case!r}{who}: {what}"


def run_cases(
    rules: RuleSet, *, measures: Mapping[str, MeasureFunction] | None = None
) -> tuple[CaseFailure, ...]:
    """Return every expectation of the rule set's golden cases that does not hold; none is good."""
    failures: list[CaseFailure] = []
    for case in rules.cases:
        try:
            failures += _run(rules, case, measures)
        except ServiceOrgError as error:
            failures.append(CaseFailure(rules.id, case.title, "", "the case itself", "a result", str(error)))
    return tuple(failures)


def _run(rules: RuleSet, case: Case, measures: Mapping[str, MeasureFunction] | None) -> list[CaseFailure]:
    period = parse_period(case.period, first_month=rules.first_month)
    known = {subject.id: subject for subject in case.subjects}
    for name in (*case.expect, *(fact.subject for fact in case.facts)):
        known.setdefault(name, Subject(id=name, kind=rules.subject_kinds[0]))
    book = FactBook.of(case.facts)
    cards = score_all(
        rules, book, subjects=known.values(), period=period, as_of=case.as_of, measures=measures
    )
    by_id = {card.subject: card for card in cards}
    failures: list[CaseFailure] = []
    for subject, expected in case.expect.items():
        for key, value in expected.items():
            found = _found(by_id.get(subject), key)
            none = key == "star" and value == 0 and found is None  # "no star" is written as 0
            if not none and not _equal(value, found):
                failures.append(CaseFailure(rules.id, case.title, subject, key, _shown(value), _shown(found)))
    return failures


def _found(card: Scorecard | None, key: str) -> object:
    """Return what a card says under a key of ``expect``."""
    if card is None:
        return "no scorecard"
    what, _, name = key.partition(".")
    if what in ("item", "category") and name:
        parts = card.items if what == "item" else card.categories
        return parts[name].points if name in parts else f"no {what} {name!r}"
    if key in ("vetoes", "awards", "consequences", "waiting_for"):
        return list(getattr(card, key))
    if key in ("total", "grade", "star", "status", "place", "could_reach"):
        return getattr(card, key)
    return f"no such key {key!r}"


def _equal(expected: object, found: object) -> bool:
    if isinstance(expected, (int, Decimal)) and not isinstance(expected, bool):
        return isinstance(found, (int, Decimal)) and Decimal(expected) == Decimal(found)
    if isinstance(expected, (list, tuple)):
        return isinstance(found, list) and list(expected) == found
    if expected in ("none", ""):
        return found is None
    return expected == found


def _shown(value: object) -> str:
    return str(value) if isinstance(value, Decimal) else repr(value)
