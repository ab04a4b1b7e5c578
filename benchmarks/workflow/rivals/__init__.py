"""The rivals: one module an engine, each running the machine in the form that engine is best at."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any, NamedTuple, Protocol

from ...peers import NotInstalled

#: The rival every other one is compared with.
BASELINE = "by-hand"


class Rival(Protocol):
    """
    What is asked of a rival; a ticket is whatever it likes.

    `live` and `list_moves` are timed as they stand, so each of them calls its engine directly.
    """

    #: Whether it checks who makes a move, and keeps everything about each event.
    is_complete: bool

    def open(self, number: int, at: datetime, form: Mapping[str, str]) -> Any:
        """Return a new ticket."""

    def fire(self, ticket: Any, move: str, at: datetime, *, is_stranger: bool = False) -> Any:
        """Return the ticket after a move, or raise whatever the engine raises."""

    def live(self, ticket: Any, moves: Sequence[str], ats: Sequence[datetime]) -> Any:
        """Return the ticket after several moves."""

    def list_moves(self, ticket: Any, at: datetime) -> Any:
        """Return every move that leaves the state with whether it can be made, in the engine's own form."""

    def allowed(self, ticket: Any, at: datetime) -> list[str]:
        """Return the ids of the moves that `list_moves` says can be made, sorted."""

    def state(self, ticket: Any) -> str:
        """Return the state."""

    def told(self, ticket: Any) -> list[tuple[str, str]]:
        """Return each move made and the state it led to."""

    def forget(self) -> None:
        """Let go of tickets the engine itself holds on to."""


class Entry(NamedTuple):
    """A row of the table: where a rival lives, and how many tickets it is given at a time."""

    name: str
    title: str
    module: str
    variant: str
    needs: str
    lives: int = 400


ENTRIES = (
    Entry(BASELINE, "by hand, frozen attrs, constructors", "by_hand", "Constructed", "attrs"),
    Entry("by-hand-evolve", "by hand, frozen attrs, evolve", "by_hand", "Evolved", "attrs"),
    Entry("ours", "serviceorg", "ours", "Flows", "serviceorg"),
    Entry("transitions", "transitions, shared machine", "shared_machine", "Shared", "transitions", 40),
    Entry("statemachine", "python-statemachine, StateMachine", "own_machine", "Machines", "statemachine", 2),
    Entry("statechart", "python-statemachine, StateChart", "own_machine", "Charts", "statemachine", 2),
)
#: The distributions whose versions belong to a result.
DISTRIBUTIONS = ("serviceorg", "attrs", "transitions", "python-statemachine")


def entry_of(name: str) -> Entry:
    """Return the row of a rival."""
    return next(entry for entry in ENTRIES if entry.name == name)


def rival_of(entry: Entry) -> Rival:
    """
    Return a new rival, its engine imported.

    Raises:
        NotInstalled: If the package it needs is missing.
    """
    try:
        import_module(entry.needs)
    except ModuleNotFoundError as error:
        if error.name != entry.needs:
            raise
        raise NotInstalled(str(error)) from error
    return getattr(import_module(f"{__name__}.{entry.module}"), entry.variant)()
