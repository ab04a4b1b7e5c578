"""Golden cases of duties: small worlds, and every obligation in them."""

from collections.abc import Iterator, Mapping

import attrs

from ..basics import parse_period
from ..calendars import WorkCalendar
from ..errors import ServiceOrgError
from ..model import Snapshot
from .book import Case, DutyBook, Expected
from .check import check_duties
from .obligation import Obligation
from .report import DutyReport

_Key = tuple[str, str, str, str]


@attrs.frozen
class CaseFailure:
    """What a golden case expects and does not come out."""

    case: str
    what: str
    expected: object
    found: object

    def __str__(self) -> str:
        return f"case {self.case!r}, {self.what}: expected {self.expected}, found {self.found}"


def run_cases(book: DutyBook, *, calendars: Mapping[str, WorkCalendar]) -> Iterator[CaseFailure]:
    """Yield everything that comes out other than the book's cases expect; nothing if all is well."""
    for case in book.cases:
        try:
            report = report_of(book, case, calendars=calendars)
        except ServiceOrgError as error:
            yield CaseFailure(case.title, "report", "a report", str(error))
            continue
        yield from _compared(case, report)


def report_of(book: DutyBook, case: Case, *, calendars: Mapping[str, WorkCalendar]) -> DutyReport:
    """Return the report of a golden case."""
    snapshot = Snapshot.of(
        units=case.units,
        people=case.people,
        placements=case.placements,
        memberships=case.memberships,
        traits=case.traits,
    )
    period = parse_period(case.period)
    return check_duties(book, snapshot, case.facts, on=case.on, period=period, calendars=calendars)


def _compared(case: Case, report: DutyReport) -> Iterator[CaseFailure]:
    left: dict[_Key, list[Obligation]] = {}
    for each in report.obligations:
        left.setdefault((each.duty.id, each.who, each.towards, each.period), []).append(each)
    for expected in case.expect:
        key = (expected.duty, expected.who, expected.towards, expected.period)
        listed = left.get(key, [])
        # Who holds a role at several units owes it at each: the unit tells which is meant.
        one = next(
            (owed for owed in listed if expected.unit in ("", owed.unit)), listed[0] if listed else None
        )
        if one is None:
            yield CaseFailure(case.title, _named(key), expected.status, "no such obligation")
            continue
        listed.remove(one)
        for name, wanted, got in _differing(expected, one):
            yield CaseFailure(case.title, f"{_named(key)}, {name}", wanted, got)
    for key, listed in left.items():
        yield from (CaseFailure(case.title, _named(key), "nothing", owed.status) for owed in listed)
    vacant = sorted(f"{one.duty}:{one.unit}" for one in report.vacant)
    if vacant != sorted(case.vacant):
        yield CaseFailure(case.title, "vacant", sorted(case.vacant), vacant)
    if case.facts_expected is not None:
        told = _told(report, case.facts_expected)
        if told != sorted(case.facts_expected):
            yield CaseFailure(case.title, "facts", sorted(case.facts_expected), told)


def _named(key: _Key) -> str:
    duty, who, towards, period = key
    to = f" towards {towards}" if towards else ""
    return f"{duty} of {who}{to} in {period}"


def _differing(expected: Expected, one: Obligation) -> Iterator[tuple[str, object, object]]:
    wanted = {
        "status": expected.status,
        "done": expected.done,
        "needed": expected.needed,
        "due": expected.due,
    }
    wanted["unit"] = expected.unit or None
    for name, value in wanted.items():
        got = getattr(one, name)
        if value is not None and value != got:
            yield name, value, got


def _told(report: DutyReport, wanted: tuple[str, ...]) -> list[str]:
    told = []
    for fact in report.facts():
        short = f"{fact.kind}:{fact.subject}"
        full = f"{short}:{fact.amount}"
        told.append(full if full in wanted else short)
    return sorted(told)
