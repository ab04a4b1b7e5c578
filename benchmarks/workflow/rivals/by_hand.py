"""
What a careful engineer writes by hand for this one machine: a frozen ticket, a table of moves, one function.

It does what the engine does: who may move it is looked up in a tree of units, an opening's form is checked, a
guard may refuse, moments are in order, the clock is marked where it starts and stops, and every event keeps
move, state, actor, moment, form, home unit and role. The history is a tuple, as one would write it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import attrs

from .. import task

_NO_FORM: Mapping[str, str] = {}


class NotAllowed(Exception):
    """A move that cannot be made."""


@attrs.frozen
class Person:
    """Who acts: an id, posts as pairs of role and unit, a home unit."""

    id: str
    posts: tuple[tuple[str, str], ...]
    unit: str


@attrs.frozen
class Record:
    """One line of the history."""

    move: str
    state: str
    by: str
    at: datetime
    form: Mapping[str, str]
    unit: str
    role: str


@attrs.frozen
class Case:
    """A ticket: its fields, where it stands, when its clock started and stopped, its history."""

    id: str
    title: str
    assignee: str | None
    evidence: str | None
    reason: str | None
    unit: str
    state: str
    started: datetime | None
    stopped: datetime | None
    history: tuple[Record, ...]


_Guard = Callable[[Case], bool] | None
_GUARDS: dict[str, _Guard] = {
    "": None,
    "assignee": lambda case: case.assignee is not None,
    "evidence": lambda case: case.evidence is not None,
    "reason": lambda case: case.reason is not None,
}
_TABLE: dict[str, dict[str, tuple[str, _Guard, str]]] = {state: {} for state in task.STATES}
for _move, _source, _target, _field in task.MOVES:
    _TABLE[_source][_move] = (_target, _GUARDS[_field], task.ROLE)
_STOPS = frozenset(task.CLOCK_STOPS)


def _above() -> dict[str, frozenset[str]]:
    """Return for each unit itself and all units over it."""
    found: dict[str, frozenset[str]] = {}
    for unit in task.UNITS:
        chain, here = [], unit
        while here:
            chain.append(here)
            here = task.UNITS[here]
        found[unit] = frozenset(chain)
    return found


_ABOVE = _above()


def may(person: Person, role: str, unit: str) -> bool:
    """Return whether somebody holds a role at a unit or over it."""
    above = _ABOVE[unit]
    for held, at in person.posts:  # noqa: SIM110 - quicker than any() by half
        if held == role and at in above:
            return True
    return False


def open_case(
    number: str, person: Person, at: datetime, form: Mapping[str, str], *, role: str = task.ROLE
) -> Case:
    """Return a new ticket."""
    if at.tzinfo is None:
        raise NotAllowed("no zone")
    for name, value in form.items():
        if name not in task.FORM:
            raise NotAllowed(f"unknown {name}")
        if not isinstance(value, str) or not value.strip():
            raise NotAllowed(f"wrong {name}")
    for name in task.REQUIRED:
        if name not in form:
            raise NotAllowed(f"missing {name}")
    unit = form["street"]
    if not may(person, role, unit):
        raise NotAllowed("report")
    kept = dict(form)  # the caller may change the one he gave
    record = Record("report", task.INITIAL, person.id, at, kept, person.unit, role)
    return Case(
        number,
        form["title"],
        form.get("assignee"),
        form.get("evidence"),
        form.get("reason"),
        unit,
        task.INITIAL,
        None,
        None,
        (record,),
    )


def checked(case: Case, move: str, person: Person, at: datetime) -> tuple[str, str]:
    """Return the state a move leads to and the role it is made by."""
    if at.tzinfo is None or at < case.history[-1].at:
        raise NotAllowed("out of order")
    row = _TABLE[case.state].get(move)
    if row is None:
        raise NotAllowed(move)
    target, guard, role = row
    if not may(person, role, case.unit):
        raise NotAllowed(move)
    if guard is not None and not guard(case):
        raise NotAllowed(move)
    return target, role


def clock_after(case: Case, move: str, target: str, at: datetime) -> tuple[datetime | None, datetime | None]:
    """Return when the clock started and stopped; a second start lets it go on."""
    started, stopped = case.started, case.stopped
    if move == task.CLOCK_START:
        return started or at, None
    if started is not None and stopped is None and target in _STOPS:
        return started, at
    return started, stopped


def constructed(
    case: Case, move: str, person: Person, at: datetime, form: Mapping[str, str] = _NO_FORM
) -> Case:
    """Return the ticket after a move, every field passed on."""
    target, role = checked(case, move, person, at)
    record = Record(move, target, person.id, at, form, person.unit, role)
    started, stopped = clock_after(case, move, target, at)
    return Case(
        case.id,
        case.title,
        case.assignee,
        case.evidence,
        case.reason,
        case.unit,
        target,
        started,
        stopped,
        (*case.history, record),
    )


def evolved(case: Case, move: str, person: Person, at: datetime, form: Mapping[str, str] = _NO_FORM) -> Case:
    """Return the ticket after a move, as `attrs.evolve` makes it."""
    target, role = checked(case, move, person, at)
    record = Record(move, target, person.id, at, form, person.unit, role)
    started, stopped = clock_after(case, move, target, at)
    return attrs.evolve(case, state=target, started=started, stopped=stopped, history=(*case.history, record))


def listed(case: Case, person: Person) -> list[tuple[str, bool]]:
    """Return every move that leaves the state and whether this person may make it now."""
    return [
        (move, may(person, role, case.unit) and (guard is None or guard(case)))
        for move, (_, guard, role) in _TABLE[case.state].items()
    ]


def _person(given: tuple[str, str, str]) -> Person:
    name, at, unit = given
    return Person(name, ((task.ROLE, at),), unit)


class Constructed:
    """The baseline."""

    is_complete = True

    def __init__(self) -> None:
        self.clerk, self.stranger = _person(task.CLERK), _person(task.STRANGER)
        self.step = constructed

    def open(self, number: int, at: datetime, form: Mapping[str, str]) -> Case:
        return open_case(f"T-{number}", self.clerk, at, form)

    def fire(self, ticket: Case, move: str, at: datetime, *, is_stranger: bool = False) -> Case:
        return self.step(ticket, move, self.stranger if is_stranger else self.clerk, at)

    def live(self, ticket: Case, moves: Sequence[str], ats: Sequence[datetime]) -> Case:
        step, clerk = self.step, self.clerk
        for move, at in zip(moves, ats, strict=True):
            ticket = step(ticket, move, clerk, at)
        return ticket

    def list_moves(self, ticket: Case, _at: datetime) -> list[tuple[str, bool]]:
        return listed(ticket, self.clerk)

    def allowed(self, ticket: Case, at: datetime) -> list[str]:
        return sorted(move for move, is_allowed in self.list_moves(ticket, at) if is_allowed)

    def state(self, ticket: Case) -> str:
        return ticket.state

    def told(self, ticket: Case) -> list[tuple[str, str]]:
        return [(record.move, record.state) for record in ticket.history[1:]]

    def forget(self) -> None:
        return None


class Evolved(Constructed):
    """The same, written shorter."""

    def __init__(self) -> None:
        super().__init__()
        self.step = evolved
