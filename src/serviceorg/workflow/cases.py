"""Golden cases of workflows: stories, and what must be so after each step."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import attrs

from ..errors import FormProblems, ServiceOrgError
from ..model import Actor
from .answers import Child, Refused, Step
from .rules import Case, CaseStep
from .ticket import Ticket


@attrs.frozen
class CaseFailure:
    """What a golden case promises and the workflow does not keep; ``step`` counts from 1."""

    case: str
    step: int
    key: str
    expected: object
    found: object

    def __str__(self) -> str:
        return (
            f"case {self.case!r}, step {self.step}, {self.key}: expected {self.expected}, found {self.found}"
        )


def run_case(case: Case, flow: Any) -> Iterator[CaseFailure]:
    """Yield every promise of a case that is not kept; a step that goes wrong ends the story."""
    ticket: Ticket | None = None
    for number, step in enumerate(case.steps, 1):
        by = case.actors.get(step.by, Actor(step.by or "nobody"))
        made, codes, error = _made(flow, ticket, step, by)
        if codes != tuple(sorted(step.refused)):
            yield CaseFailure(case.title, number, "refused", " ".join(step.refused) or "-", error or "done")
            if not step.refused:
                return
        if made is not None:
            ticket = made.ticket
        if ticket is not None:
            for key, expected, found in _compared(flow, ticket, made, step, by):
                yield CaseFailure(case.title, number, key, expected, found)


def _made(
    flow: Any, ticket: Ticket | None, step: CaseStep, by: Actor
) -> tuple[Step | None, tuple[str, ...], str]:
    """Return the step, the sorted codes of refusal and its text."""
    children = tuple(
        Child(id=name, state=state, is_closed=state == "closed") for name, state in step.children.items()
    )
    try:
        if ticket is None:
            return flow.open("case", by=by, at=step.at, form=step.form, how=step.do), (), ""
        if step.do == "tick":
            return flow.tick(ticket, at=step.at, children=children), (), ""
        return flow.fire(ticket, step.do, by=by, at=step.at, form=step.form, children=children), (), ""
    except Refused as error:
        return None, tuple(sorted(error.codes)), str(error)
    except FormProblems as error:
        return None, ("form",), str(error)
    except ServiceOrgError as error:
        return None, (error.code,), str(error)


def _compared(
    flow: Any, ticket: Ticket, made: Step | None, step: CaseStep, by: Actor
) -> Iterator[tuple[str, object, object]]:
    """Yield (key, expected, found) for everything that differs."""
    for key, expected in step.expect.items():
        found = _FOUND[key](flow, ticket, made, expected, step.at, by)
        wanted = sorted(expected) if isinstance(expected, (list, tuple)) else expected
        if found != wanted:
            yield key, wanted, found


def _slots(flow: Any, ticket: Ticket, made: Step | None, expected: Any, *_: object) -> object:
    return {
        name: (
            type(value)(ticket.slots.get(name, ()))
            if isinstance(value, (list, tuple))
            else ticket.holder(name)
        )
        for name, value in expected.items()
    }


def _fields(flow: Any, ticket: Ticket, made: Step | None, expected: Any, *_: object) -> object:
    return {name: ticket.fields.get(name) for name in expected}


def _due(flow: Any, ticket: Ticket, made: Step | None, expected: Any, at: datetime, by: Actor) -> object:
    states = flow.clocks(ticket, at=at)
    return {name: states[name].deadline.moment if states[name].deadline else None for name in expected}


def _clocks(flow: Any, ticket: Ticket, made: Step | None, expected: Any, at: datetime, by: Actor) -> object:
    states = flow.clocks(ticket, at=at)
    return {name: states[name].verdict for name in expected}


def _facts(flow: Any, ticket: Ticket, made: Step | None, expected: Any, *_: object) -> object:
    found = []
    wanted = list(expected)
    for fact in made.facts if made else ():
        short = f"{fact.kind}:{fact.subject}"
        full = f"{short}:{fact.amount}"
        found.append(full if full in wanted else short)
    return sorted(found)


def _notices(flow: Any, ticket: Ticket, made: Step | None, *_: object) -> object:
    return sorted(f"{one.notice}:{one.slot}" for one in (made.notices if made else ()) if one.to)


def _open(flow: Any, ticket: Ticket, made: Step | None, expected: Any, *_: object) -> object:
    return {name: ticket.open.get(name, 0) for name in expected}


def _count(flow: Any, ticket: Ticket, made: Step | None, expected: Any, *_: object) -> object:
    counted = Counter(event.move for event in ticket.history)
    return {name: counted[name] for name in expected}


def _moves(flow: Any, ticket: Ticket, made: Step | None, expected: Any, at: datetime, by: Actor) -> object:
    return sorted(one.move for one in flow.moves(ticket, by=by, at=at) if one.allowed)


_FOUND: dict[str, Callable[..., object]] = {
    "state": lambda flow, ticket, *_: ticket.state,
    "slots": _slots,
    "fields": _fields,
    "due": _due,
    "clocks": _clocks,
    "facts": _facts,
    "notices": _notices,
    "open": _open,
    "count": _count,
    "moves": _moves,
}
