"""The machine as a workflow file."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from serviceorg.calendars import china
from serviceorg.loading import workflow_from_text
from serviceorg.model import Actor, Units
from serviceorg.workflow import Flow, Option, Ticket

from .. import task


def _actor(given: tuple[str, str, str]) -> Actor:
    name, at, unit = given
    return Actor(name, f"{task.ROLE}@{at}", unit)


class Flows:
    """One flow for all tickets."""

    is_complete = True

    def __init__(self) -> None:
        workflow = workflow_from_text(task.toml_text())
        self.flow = Flow(workflow, calendars={"cn": china()}, units=Units(task.UNITS))
        self.clerk, self.stranger = _actor(task.CLERK), _actor(task.STRANGER)

    def open(self, number: int, at: datetime, form: Mapping[str, str]) -> Ticket:
        return self.flow.open(f"T-{number}", by=self.clerk, at=at, form=form).ticket

    def fire(self, ticket: Ticket, move: str, at: datetime, *, is_stranger: bool = False) -> Ticket:
        return self.flow.fire(ticket, move, by=self.stranger if is_stranger else self.clerk, at=at).ticket

    def live(self, ticket: Ticket, moves: Sequence[str], ats: Sequence[datetime]) -> Ticket:
        fire, clerk = self.flow.fire, self.clerk
        for move, at in zip(moves, ats, strict=True):
            ticket = fire(ticket, move, by=clerk, at=at).ticket
        return ticket

    def list_moves(self, ticket: Ticket, at: datetime) -> tuple[Option, ...]:
        return self.flow.moves(ticket, by=self.clerk, at=at)

    def allowed(self, ticket: Ticket, at: datetime) -> list[str]:
        return sorted(option.move for option in self.list_moves(ticket, at) if option.allowed)

    def state(self, ticket: Ticket) -> str:
        return ticket.state

    def told(self, ticket: Ticket) -> list[tuple[str, str]]:
        return [(event.move, event.state) for event in ticket.history[1:]]

    def forget(self) -> None:
        return None
