"""Many moves at once, each with an outcome of its own."""

from collections.abc import Callable, Iterable

from ...errors import ServiceOrgError, TicketError
from ..answers import Command, Outcome, Step


def outcomes_of(
    commands: Iterable[Command], fire: Callable[..., Step], *, whole: bool
) -> tuple[Outcome, ...]:
    """Return one outcome for each command, in order; with ``whole`` and an error anywhere, no steps."""
    seen: set[str] = set()
    outcomes = tuple(_outcome(command, fire, seen) for command in commands)
    if whole and any(one.error for one in outcomes):
        return tuple(one if one.error else Outcome(one.ticket) for one in outcomes)
    return outcomes


def _outcome(command: Command, fire: Callable[..., Step], seen: set[str]) -> Outcome:
    name = command.ticket.id
    try:
        if name in seen:
            text = "another command before it moves the same ticket; fire them one after the other"
            raise TicketError(f"ticket {name!r}: {text}")
        seen.add(name)
        step = fire(
            command.ticket,
            command.move,
            by=command.by,
            at=command.at,
            form=command.form,
            children=command.children,
            revision=command.revision,
        )
    except ServiceOrgError as error:
        return Outcome(name, error=error)
    return Outcome(name, step)
