"""
python-statemachine: a class, and a machine of its own for each ticket; a history kept on entering a state.

It asks nobody who makes a move, and an event has neither moment nor form: it is given less to do.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from statemachine import State, StateChart, StateMachine

from .. import task


class Lamp:
    """What a machine is about."""

    def __init__(self, number: int, form: Mapping[str, str]):
        self.id = f"T-{number}"
        self.title, self.street = form["title"], form["street"]
        self.assignee, self.evidence = form.get("assignee"), form.get("evidence")
        self.reason = form.get("reason")
        self.state: str | None = None
        self.history: list[tuple[str, str]] = []

    def has_assignee(self) -> bool:
        """Return whether somebody is named."""
        return self.assignee is not None

    def has_evidence(self) -> bool:
        """Return whether there is evidence."""
        return self.evidence is not None

    def has_reason(self) -> bool:
        """Return whether there is a reason."""
        return self.reason is not None


def _log(self: Any, event: Any, target: State) -> None:
    if event != "__initial__":
        self.model.history.append((str(event), target.id))


def _machine_class(base: type) -> type:
    states = {state: State(initial=state == task.INITIAL) for state in task.STATES}
    moves = {
        move: states[source].to(states[target], **({"cond": f"has_{field}"} if field else {}))
        for move, source, target, field in task.MOVES
    }
    return type("TicketMachine", (base,), {**states, **moves, "on_enter_state": _log})


class Machines:
    """The older of its two forms, which raises where nothing can be done."""

    is_complete = False
    base: type = StateMachine

    def __init__(self) -> None:
        self.kind = _machine_class(self.base)

    def open(self, number: int, _at: datetime, form: Mapping[str, str]) -> Any:
        return self.kind(Lamp(number, form))

    def fire(self, ticket: Any, move: str, _at: datetime, *, is_stranger: bool = False) -> Any:
        assert not is_stranger
        ticket.send(move)
        return ticket

    def live(self, ticket: Any, moves: Sequence[str], ats: Sequence[datetime]) -> Any:
        for move, _at in zip(moves, ats, strict=True):
            ticket.send(move)
        return ticket

    def list_moves(self, ticket: Any, _at: datetime) -> Any:
        return ticket.enabled_events()

    def allowed(self, ticket: Any, at: datetime) -> list[str]:
        return sorted(event.id for event in self.list_moves(ticket, at))

    def state(self, ticket: Any) -> str:
        return next(iter(ticket.configuration)).id

    def told(self, ticket: Any) -> list[tuple[str, str]]:
        return ticket.model.history

    def forget(self) -> None:
        return None


class Charts(Machines):
    """The newer one; it passes over an event that fits nowhere, as the standard of state charts asks."""

    base = StateChart
