"""Golden cases: a book of commitments tests itself, exactly (黄金案例)."""

from decimal import Decimal

import attrs

from ..errors import ServiceOrgError
from .progress import Progress, progress
from .promises import Case, CommitmentBook

#: What a golden case may expect of a commitment.
EXPECTED = ("status", "actual", "target", "percent", "reached", "first", "first_percent", "set_aside")


@attrs.frozen
class CaseFailure:
    """One expectation of a golden case that does not hold (算例不符)."""

    book: str
    case: str
    commitment: str
    key: str
    expected: str
    found: str

    def __str__(self) -> str:
        what = f"{self.key}: expected {self.expected}, found {self.found}"
        return f"{self.book}, case {self.case!r}, commitment {self.commitment!r}: {what}"


def run_cases(book: CommitmentBook) -> tuple[CaseFailure, ...]:
    """Return every expectation of the book's golden cases that does not hold; none is good."""
    failures: list[CaseFailure] = []
    for case in book.cases:
        try:
            failures += _run(book, case)
        except ServiceOrgError as error:
            failures.append(CaseFailure(book.id, case.title, "", "the case itself", "a result", str(error)))
    return tuple(failures)


def _run(book: CommitmentBook, case: Case) -> list[CaseFailure]:
    found = {one.commitment.id: one for one in progress(book, case.facts, on=case.on)}
    failures = []
    for name, expected in case.expect.items():
        for key, value in expected.items():
            answer = _answer(found.get(name), key)
            if not _equal(value, answer):
                failures.append(CaseFailure(book.id, case.title, name, key, _shown(value), _shown(answer)))
    return failures


def _answer(one: Progress | None, key: str) -> object:
    if one is None:
        return "no such commitment"
    name, _, part = key.partition(".")
    if name == "part":
        return next((p.status for p in one.standing.parts if p.part.id == part), f"no part {part!r}")
    first = one.first
    answers: dict[str, object] = {
        "status": one.status,
        "actual": one.actual,
        "target": one.target,
        "percent": one.percent,
        "reached": one.standing.reached,
        "first": None if first is None else first.status,
        "first_percent": None if first is None else first.percent,
        "set_aside": tuple(f"{entry.fact.id}: {entry.why}" for entry in one.set_aside),
    }
    return answers.get(key, f"no such key {key!r}")


def _equal(expected: object, found: object) -> bool:
    if isinstance(expected, (int, Decimal)) and not isinstance(expected, bool):
        return isinstance(found, Decimal) and Decimal(expected) == found
    return found is None if expected in ("none", "") else expected == found


def _shown(value: object) -> str:
    return str(value) if isinstance(value, Decimal) else repr(value)
