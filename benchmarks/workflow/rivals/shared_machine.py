"""
transitions: one machine for all tickets, which is its quickest form; a history kept on entering a state.

It asks nobody who makes a move, and an event has neither moment nor form: it is given less to do.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from transitions import EventData, Machine

from .. import task


class Lamp:
    """A ticket to which the machine adds its state and its triggers."""

    state: str
    trigger: Any

    def __init__(self, number: int, form: Mapping[str, str]):
        self.id = f"T-{number}"
        self.title, self.street = form["title"], form["street"]
        self.assignee, self.evidence = form.get("assignee"), form.get("evidence")
        self.reason = form.get("reason")
        self.history: list[tuple[str, str]] = []

    def log(self, event: EventData) -> None:
        """Keep what happened."""
        self.history.append((event.event.name, event.transition.dest))

    def has_assignee(self, _event: EventData) -> bool:
        """Return whether somebody is named."""
        return self.assignee is not None

    def has_evidence(self, _event: EventData) -> bool:
        """Return whether there is evidence."""
        return self.evidence is not None

    def has_reason(self, _event: EventData) -> bool:
        """Return whether there is a reason."""
        return self.reason is not None


class Refused(Exception):
    """A guard said no: transitions returns False."""


class Shared:
    """One machine, and a model for each ticket."""

    is_complete = False

    def __init__(self) -> None:
        self.machine = Machine(
            model=None,
            states=[{"name": state, "on_enter": "log"} for state in task.STATES],
            transitions=[
                {"trigger": move, "source": source, "dest": target}
                | ({"conditions": f"has_{field}"} if field else {})
                for move, source, target, field in task.MOVES
            ],
            initial=task.INITIAL,
            auto_transitions=False,
            send_event=True,
        )

    def open(self, number: int, _at: datetime, form: Mapping[str, str]) -> Lamp:
        ticket = Lamp(number, form)
        self.machine.add_model(ticket)
        return ticket

    def fire(self, ticket: Lamp, move: str, _at: datetime, *, is_stranger: bool = False) -> Lamp:
        assert not is_stranger
        if not ticket.trigger(move):
            raise Refused(move)
        return ticket

    def live(self, ticket: Lamp, moves: Sequence[str], ats: Sequence[datetime]) -> Lamp:
        for move, _at in zip(moves, ats, strict=True):
            if not ticket.trigger(move):
                raise Refused(move)
        return ticket

    def list_moves(self, ticket: Lamp, _at: datetime) -> list[tuple[str, bool]]:
        return [
            (move, ticket.may_trigger(move))  # type: ignore[attr-defined]
            for move in self.machine.get_triggers(ticket.state)
        ]

    def allowed(self, ticket: Lamp, at: datetime) -> list[str]:
        return sorted(move for move, is_allowed in self.list_moves(ticket, at) if is_allowed)

    def state(self, ticket: Lamp) -> str:
        return ticket.state

    def told(self, ticket: Lamp) -> list[tuple[str, str]]:
        return ticket.history

    def forget(self) -> None:
        # add_model keeps every ticket it was ever given.
        self.machine.models.clear()
