"""A ticket as plain values and back: what a host writes into its database."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from ...basics import FrozenMap
from ...errors import TicketError
from ..plans.plan import Plan
from ..ticket import Event, FieldValue, Ticket
from .migrating import MIGRATE

#: The keys of a stored ticket and of each of its events.
KEYS = ("id", "workflow", "version", "events")
_TEXTS = ("move", "state", "by")


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
    row |= {name: value for name in ("unit", "role", "piece") if (value := getattr(event, name))}
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
    """Yield the events of a stored ticket.

    A field's values are read as the version declares it under which the event was made: the first event that
    moved the ticket to another version tells the one before, and each of these tells the next.

    Raises:
        TicketError: For an event that cannot be read; says which.
    """
    rows = stored["events"]
    if not isinstance(rows, (list, tuple)):
        raise TicketError(f"ticket {stored['id']!r}: found {rows!r} as its events; allowed is a list")
    version = next((_forms(row)["before"] for row in rows if "before" in _forms(row)), stored["version"])
    for number, row in enumerate(rows):
        try:
            types = _types(plans, version)
            form = {
                name: _typed(value, types.get(name, "text")) for name, value in row.get("form", {}).items()
            }
            yield _event(row, form)
        except (AttributeError, KeyError, TypeError, ValueError, InvalidOperation) as error:
            text = f"ticket {stored['id']!r}, event {number}: {row!r} cannot be read ({error})"
            raise TicketError(text) from None
        version = _forms(row).get("version", version)


def _forms(row: Any) -> Mapping[str, Any]:
    """Return the form of an event that moved a ticket to another version; an empty one of any other."""
    form = row.get("form") if isinstance(row, Mapping) and row.get("move") == MIGRATE else None
    return form if isinstance(form, Mapping) else {}


def _types(plans: Mapping[str, Plan], version: object) -> dict[str, str]:
    # A version that is not here is told when the history is replayed.
    plan = plans.get(version) if isinstance(version, str) else None
    return {name: field.type for name, field in plan.fields.items()} if plan is not None else {}


def _event(row: Mapping[str, Any], form: dict[str, FieldValue]) -> Event:
    texts = {name: row.get(name, "") for name in ("unit", "role", "piece")}
    texts |= {name: row[name] for name in _TEXTS}
    for name, value in texts.items():
        if not isinstance(value, str):
            raise ValueError(f"{name}: found {value!r}; allowed is a text")
    return Event(
        **texts,
        at=datetime.fromisoformat(row["at"]),
        form=FrozenMap(form),
        slots=FrozenMap({name: tuple(held) for name, held in row.get("slots", {}).items()}),
    )


def _typed(value: Any, type_: str) -> FieldValue:
    if type_ == "date":
        return date.fromisoformat(value)
    if type_ == "moment":
        return datetime.fromisoformat(value)
    if type_ == "number":
        return value if isinstance(value, int) else Decimal(value)
    return tuple(value) if isinstance(value, list) else value
