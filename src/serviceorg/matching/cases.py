"""Golden cases of matching rules: needs, offers and claims, and exactly what must come of them."""

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from ..errors import ServiceOrgError
from ..model.units import Units
from .assign import Assignment, assign
from .board import Board, claims_board
from .public import facts_of
from .records import Claim, Response
from .rules import MatchCase, MatchRules


@attrs.frozen
class CaseFailure:
    """One expectation of a golden case that does not hold."""

    rules: str
    case: str
    key: str
    expected: object
    found: object

    def __str__(self) -> str:
        return (
            f"{self.rules}, case {self.case!r}, {self.key}: expected {self.expected!r}, found {self.found!r}"
        )


def run_cases(rules: MatchRules) -> tuple[CaseFailure, ...]:
    """Return every expectation of the rules' golden cases that does not hold; none is good."""
    failures: list[CaseFailure] = []
    for case in rules.cases:
        try:
            failures += run_case(case, rules)
        except ServiceOrgError as error:
            failures.append(CaseFailure(rules.id, case.title, "the case itself", "a result", str(error)))
    return tuple(failures)


def run_case(case: MatchCase, rules: MatchRules) -> Iterator[CaseFailure]:
    """Yield what a case expects and does not find.

    ``expect`` may say: ``pairs`` (need to offer), ``unmet``, ``loads``, ``aims`` of the assignment;
    ``claims``, ``needs``, ``offers`` (states), ``left``, ``refused`` (claim to codes), ``ignored`` (how many
    responses) of the board; ``facts`` as ``kind:subject`` or ``kind:subject:amount``.
    """
    areas = Units(case.areas) if case.areas else None
    found: dict[str, Any] = {}
    asked = set(case.expect)
    if asked & {"pairs", "unmet", "loads", "aims"} or not case.claims:
        given = assign(
            case.needs,
            case.offers,
            rules,
            on=case.on,
            areas=areas,
            fixed=case.fixed,
            before=case.before,
            solver=case.solver,
        )
        found |= _of_assignment(given)
    if case.claims:
        history: tuple[Claim | Response, ...] = (*case.claims, *case.responses)
        found |= _of_board(
            claims_board(case.needs, case.offers, history, rules=rules, on=case.on, areas=areas)
        )
    for key, expected in case.expect.items():
        part = found.get(key)
        if isinstance(expected, Mapping) and isinstance(part, Mapping):
            for name, value in expected.items():
                if _plain(part.get(name)) != _plain(value):
                    yield CaseFailure(
                        rules.id, case.title, f"{key}.{name}", _plain(value), _plain(part.get(name))
                    )
        elif _plain(part) != _plain(expected):
            yield CaseFailure(rules.id, case.title, key, _plain(expected), _plain(part))


def _of_assignment(given: Assignment) -> dict[str, Any]:
    return {
        "pairs": {pair.need: pair.offer for pair in given.pairs},
        "unmet": given.unmet,
        "loads": given.loads,
        "aims": {name.replace(":", "-"): value for name, value in given.aims},
        "facts": _facts(given),
    }


def _of_board(board: Board) -> dict[str, Any]:
    return {
        "claims": {name: standing.state for name, standing in board.claims.items()},
        "needs": {name: listing.state for name, listing in board.needs.items()},
        "offers": {name: listing.state for name, listing in board.offers.items()},
        "left": {one.id: one.left for one in (*board.needs.values(), *board.offers.values())},
        "refused": {
            name: tuple(reason.code for reason in standing.reason.children)
            for name, standing in board.claims.items()
            if standing.state == "refused"
        },
        "ignored": len(board.ignored),
        "facts": _facts(board),
    }


def _facts(answer: Board | Assignment) -> tuple[str, ...]:
    return tuple(
        f"{fact.kind}:{fact.subject}" + (f":{fact.amount.normalize():f}" if fact.amount is not None else "")
        for fact in facts_of(answer)
    )


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
