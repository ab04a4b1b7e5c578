"""A ticket as plain values and back: what a host writes into its database."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from ..basics import FrozenMap
from ..errors import TicketError
from .plan import Plan
from .ticket import Event, FieldValue, Ticket

#: The keys of a stored ticket and of each of its events.
KEYS = ("id", "workflow", "version", "events")


def dumped(ticket: Ticket) -> dict[str, object]:
    """Return a ticket as JSON values: its history, and what it belongs to; the rest follows from these."""
    return {
        "id": ticket.id,
        "workflow": ticket.workflow,
        "version": ticket.version,
        "events": [_plain_event(event) for event in ticket.history],
    }


def _plain_event(event: Event) -> dict[str, object]:
    row: dict[str, object] = {
        "move": event.move,
        "state": event.state,
        "by": event.by,
        "at": event.at.isoformat(),
    }
    if event.form:
        row["form"] = {name: _plain(value) for name, value in event.form.items()}
    row |= {name: value for name, value in (("unit", event.unit), ("role", event.role)) if value}
    if event.slots:
        row["slots"] = {name: list(held) for name, held in event.slots.items()}
    return row


def _plain(value: FieldValue) -> object:
    if isinstance(value, (date, Decimal)):  # a moment is a date too
        return value.isoformat() if isinstance(value, date) else str(value)
    return list(value) if isinstance(value, tuple) else value


def read_head(stored: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return id, workflow and version of a stored ticket.

    Raises:
        TicketError: If it is not what ``dumped`` writes.
    """
    if not isinstance(stored, Mapping) or set(stored) != set(KEYS):
        found = sorted(stored) if isinstance(stored, Mapping) else stored
        raise TicketError(f"a stored ticket has the keys {', '.join(KEYS)}; found {found!r}")
    return str(stored["id"]), str(stored["workflow"]), str(stored["version"])


def read_events(stored: Mapping[str, Any], plans: Mapping[str, Plan]) -> Iterator[Event]:
    """Yield the events of a stored ticket; a field's values are read as its declaration says.

    Raises:
        TicketError: For an event that cannot be read; says which.
    """
    types = {name: field.type for plan in plans.values() for name, field in plan.fields.items()}
    for number, row in enumerate(stored["events"]):
        try:
            form = {
                name: _typed(value, types.get(name, "text")) for name, value in row.get("form", {}).items()
            }
            yield Event(
                row["move"],
                row["state"],
                row["by"],
                datetime.fromisoformat(row["at"]),
                FrozenMap(form),
                row.get("unit", ""),
                row.get("role", ""),
                FrozenMap({name: tuple(held) for name, held in row.get("slots", {}).items()}),
            )
        except (AttributeError, KeyError, TypeError, ValueError, InvalidOperation) as error:
            text = f"ticket {stored['id']!r}, event {number}: {row!r} cannot be read ({error})"
            raise TicketError(text) from None


def _typed(value: Any, type_: str) -> FieldValue:
    if type_ == "date":
        return date.fromisoformat(value)
    if type_ == "moment":
        return datetime.fromisoformat(value)
    if type_ == "number":
        return value if isinstance(value, int) else Decimal(value)
    return tuple(value) if isinstance(value, list) else value
