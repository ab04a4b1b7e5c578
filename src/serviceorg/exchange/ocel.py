"""Tickets out as an object-centric event log: OCEL 2.0, in its JSON form."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal

from ..model import Units
from ..workflow import Event, Flow, HandOver, Ticket
from ..workflow.rules import Field
from ..workflow.ticket import FieldValue
from .sight import SeenTicket, Sight, is_person

_TYPES = {"count": "integer", "number": "float", "flag": "boolean", "moment": "time"}
#: What stands in a slot of each kind.
_KINDS = {"person": "member", "unit": "unit"}
_NO_UNITS = Units()
Json = dict[str, object]


def to_ocel(
    flow: Flow, tickets: Iterable[Ticket], *, units: Units = _NO_UNITS, masked: bool = True
) -> dict[str, object]:
    """Return tickets of one workflow as an OCEL 2.0 document, ready for ``json.dumps``.

    Objects are tickets, members and units; their ids begin with their type ("member:u7"), because they share
    one space of names. Every value is a text, as the published schema asks. State, public status and fields
    of a ticket are attributes with the moment they changed. An event is related to its ticket, to its actor
    and the actor's unit, to the units over that one in ``units``, and to whoever it put into a slot. Some
    tools drop objects without any event, so none is left without.

    Raises:
        TicketError: For a ticket of another workflow.

    Source: OCEL 2.0 specification (2023), section on JSON.
    """
    sight = Sight(flow, masked=masked)
    log = _Document(units)
    for ticket in tickets:
        seen = sight.of(ticket)
        log.add(seen, tuple(sight.entries(seen)))
    return log.document()


class _Document:
    """The document while tickets are added."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._events: list[Json] = []
        self._objects: dict[str, Json] = {}
        self._links: dict[str, dict[tuple[str, str], None]] = {}
        self._event_types: dict[str, dict[str, str]] = {}
        self._fields: dict[str, str] = {}

    def document(self) -> dict[str, object]:
        """Return the whole."""
        for name, links in self._links.items():
            self._objects[name]["relationships"] = [
                {"objectId": other, "qualifier": qualifier} for other, qualifier in links
            ]
        of_ticket = {"workflow": "string", "version": "string", "state": "string", "public": "string"}
        types = {"member": {}, "ticket": {**of_ticket, **self._fields}, "unit": {}}
        return {
            "objectTypes": [_type(name, attributes) for name, attributes in types.items()],
            "eventTypes": [_type(name, self._event_types[name]) for name in sorted(self._event_types)],
            "objects": list(self._objects.values()),
            "events": self._events,
        }

    def add(self, seen: SeenTicket, changes: tuple[HandOver, ...]) -> None:
        """Add a ticket with its events; ``changes`` are those of its slots."""
        ticket, version = seen.ticket, seen.version
        kinds = {slot.id: slot.kind for slot in version.slots}
        fields = {field.id: field for field in version.fields}
        types = {f"field.{name}": _type_of(fields.get(name)) for name in seen.fields}
        self._fields |= types
        own = f"ticket:{ticket.id}"
        self._object("ticket", ticket.id)["attributes"] = list(_changes(seen))
        for slot, held in seen.slots.items():
            for one in held if slot in kinds else ():  # the version a ticket came from may have had more
                self._link(own, f"{_KINDS[kinds[slot]]}:{one}", slot)
        before = ""
        for number, event in enumerate(seen.history):
            related = {(own, "ticket"): None, **dict.fromkeys(self._actors(event))}
            for change in changes:
                if change.number == number:
                    related |= dict.fromkeys(self._holders(change, kinds[change.slot]))
            self._event(f"{ticket.id}#{number + 1}", event, before, related)
            self._event_types[event.move] |= {
                f"field.{name}": _type_of(fields.get(name)) for name in event.form
            }
            before = event.state

    def _event(self, name: str, event: Event, before: str, related: Mapping[tuple[str, str], None]) -> None:
        attributes = {"from_state": before, "to_state": event.state}
        attributes |= {"role": event.role} if event.role else {}
        types = self._event_types.setdefault(event.move, {})
        types |= dict.fromkeys(attributes, "string")
        attributes |= {f"field.{name}": _text(value) for name, value in event.form.items()}
        self._events.append(
            {
                "id": name,
                "type": event.move,
                "time": event.at.isoformat(),
                "attributes": [{"name": key, "value": text} for key, text in attributes.items()],
                "relationships": [{"objectId": other, "qualifier": how} for other, how in related],
            }
        )

    def _actors(self, event: Event) -> Iterator[tuple[str, str]]:
        if is_person(event):
            self._object("member", event.by)
            yield f"member:{event.by}", "actor"
        if event.unit:
            yield from self._unit(event.unit, "unit")

    def _holders(self, change: HandOver, kind: str) -> Iterator[tuple[str, str]]:
        for one in change.after:
            if kind == "unit":
                yield from self._unit(one, change.slot)
            else:
                self._object("member", one)
                yield f"member:{one}", change.slot

    def _unit(self, unit: str, qualifier: str) -> Iterator[tuple[str, str]]:
        self._object("unit", unit)
        yield f"unit:{unit}", qualifier
        below = unit
        while above := self._units.parent(below):
            self._object("unit", above)
            self._link(f"unit:{below}", f"unit:{above}", "under")
            yield f"unit:{above}", "over"
            below = above

    def _object(self, kind: str, name: str) -> Json:
        own = f"{kind}:{name}"
        return self._objects.setdefault(own, {"id": own, "type": kind, "attributes": [], "relationships": []})

    def _link(self, one: str, other: str, qualifier: str) -> None:
        self._links.setdefault(one, {})[other, qualifier] = None


def _changes(seen: SeenTicket) -> Iterator[Json]:
    """Yield the attributes of a ticket with the moment each got its value; only what changed is repeated."""
    public = {state.id: state.public for state in seen.version.states}
    known: dict[str, str] = {}
    for event in seen.history:
        found = {"workflow": seen.ticket.workflow, "version": seen.ticket.version}
        found |= {"state": event.state, "public": public.get(event.state, "open")}
        found |= {f"field.{name}": _text(value) for name, value in event.form.items()}
        for name, text in found.items():
            if known.get(name) != text:
                yield {"name": name, "time": event.at.isoformat(), "value": text}
        known |= found


def _type(name: str, attributes: Mapping[str, str]) -> Json:
    return {"name": name, "attributes": [{"name": key, "type": kind} for key, kind in attributes.items()]}


def _type_of(field: Field | None) -> str:
    # A date without a time is a text: the "time" of OCEL is a moment.
    return _TYPES.get(field.type, "string") if field else "string"


def _text(value: FieldValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, tuple):
        return " ".join(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
