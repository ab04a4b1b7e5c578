"""Golden cases of a book: a small world, and exactly what the checks must find in it."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import attrs

from ..model import Change, Membership, Person, Placement, Record, Snapshot, Structure, Trait, Unit
from .checking import check_coverage
from .results import CoverageReport, Outcome
from .rules import Case, CoverageBook

_NO_STRUCTURE = Structure()


@attrs.frozen
class CaseFailure:
    """One expectation of a golden case that does not hold (算例不符)."""

    book: str
    case: str
    said: str

    def __str__(self) -> str:
        return f"{self.book}, case {self.case!r}, {self.said}"


def run_cases(book: CoverageBook, *, structure: Structure = _NO_STRUCTURE) -> tuple[CaseFailure, ...]:
    """Return every expectation of a book's golden cases that does not hold, () if all do."""
    return tuple(
        CaseFailure(book.id, case.title, said)
        for case in book.cases
        for said in run_case(book, case, structure=structure)
    )


def run_case(book: CoverageBook, case: Case, *, structure: Structure = _NO_STRUCTURE) -> tuple[str, ...]:
    """Return where a golden case does not come out as it says, in words; nothing if all is as it says."""
    report = case_report(book, case, structure=structure)
    said = []
    for check, expected in case.expect.items():
        outcome = report.checks.get(check)
        if outcome is None:
            said.append(f"{check}: no check of this id is in force on {case.on}")
            continue
        found = dict(_found(outcome))
        said += [
            f"{check}.{name}: expected {wanted!r}, found {found[name]!r}"
            for name, wanted in expected.items()
            if found[name] != wanted
        ]
    return tuple(said)


def case_report(book: CoverageBook, case: Case, *, structure: Structure = _NO_STRUCTURE) -> CoverageReport:
    """Return what the checks of a book find in the small world of a golden case."""
    snapshot = _snapshot(case, structure)
    return check_coverage(book, snapshot, on=case.on, facts=case.facts, amounts=case.amounts)


#: What a case may expect of a check.
EXPECTED = ("base", "met", "exempt", "share", "shown", "mean", "shown_mean", "total", "hard", "soft", "unmet")


def _found(outcome: Outcome) -> Iterator[tuple[str, Any]]:
    """Yield what a case may expect, in the form a file writes it; "none" where there is no base."""
    for name in ("base", "met", "exempt"):
        yield name, getattr(outcome, name)
    for name, number in (("share", outcome.share), ("mean", outcome.mean), ("total", outcome.total)):
        yield name, "none" if number is None else Fraction(number)
    for name, decimal in (("shown", outcome.shown_share), ("shown_mean", outcome.shown_mean)):
        yield name, "none" if decimal is None else decimal
    yield "hard", tuple(finding.of for finding in outcome.findings if not finding.soft)
    yield "soft", tuple(finding.of for finding in outcome.findings if finding.soft)
    yield "unmet", outcome.unmet


def _snapshot(case: Case, structure: Structure) -> Snapshot:
    def of(kind: type[Record]) -> tuple[Any, ...]:
        return tuple(record for record in case.records if isinstance(record, kind))

    return Snapshot.of(
        structure=structure,
        units=of(Unit),
        people=of(Person),
        placements=of(Placement),
        memberships=of(Membership),
        traits=of(Trait),
        changes=of(Change),
    )
