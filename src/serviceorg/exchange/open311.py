"""Public status out: service requests and services as Open311 GeoReport v2 has them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from ..basics import FrozenMap
from ..errors import UnknownIdError
from ..workflow import Flow, Ticket
from ..workflow.ticket import FieldValue
from .sight import SeenTicket, Sight

#: What a field of the workflow may be given as.
GIVEN = ("description", "address", "address_id", "zipcode", "lat", "long", "media_url", "service_notice")
_NUMBERS = ("lat", "long")
_RUNNING = ("in-time", "overdue")
_NOTHING: FrozenMap[str, str] = FrozenMap()


def to_open311(
    flow: Flow,
    tickets: Ticket | Iterable[Ticket],
    *,
    at: datetime,
    fields: Mapping[str, str] = _NOTHING,
    lang: str = "zh",
    masked: bool = True,
) -> list[dict[str, object]]:
    """Return tickets as GeoReport v2 service requests, ready for ``json.dumps``; what is not known is None.

    ``status`` is the public status of the state, ``status_notes`` its title, ``expected_datetime`` when the
    first clock that still runs is due, ``agency_responsible`` who is in the workflow's scope slot.

    Args:
        flow: The workflow the tickets are of.
        tickets: One ticket or several.
        at: The moment the clocks are read.
        fields: Which field of the workflow is given as "description", "address", "address_id", "zipcode",
            "lat", "long", "media_url" or "service_notice". "lat" and "long" are read from fields of
            numbers alone, and given as JSON numbers.
        lang: The language of titles, "zh" or "en".
        masked: Whether to leave out fields and slots that only some roles may see.

    Raises:
        UnknownIdError: For another key in ``fields``, or a field the workflow does not have.
        TicketError: For a ticket of another workflow.
        CalendarNotPublished: If a deadline lies beyond the published calendar.

    Source: Open311 GeoReport v2, "GET service requests".
    """
    sight = Sight(flow, masked=masked)
    _check(flow, fields)
    several = (tickets,) if isinstance(tickets, Ticket) else tickets
    return [_request(flow, sight.of(ticket), at=at, fields=fields, lang=lang) for ticket in several]


def open311_services(flow: Flow, *, lang: str = "zh") -> list[dict[str, object]]:
    """Return the workflow as the one entry it adds to a GeoReport v2 list of services.

    ``service_code`` is the id that ``to_open311`` gives with every request.

    Source: Open311 GeoReport v2, "GET service list".
    """
    workflow = flow.workflow
    title = workflow.title.in_(lang) or workflow.id
    return [
        {
            "service_code": workflow.id,
            "service_name": title,
            "description": workflow.source,
            "metadata": False,
            "type": "realtime",
            "keywords": "",
            "group": workflow.id.partition("/")[0],
        }
    ]


def _check(flow: Flow, fields: Mapping[str, str]) -> None:
    known = {field.id for version in flow.workflow.versions for field in version.fields}
    for given, field in fields.items():
        if given not in GIVEN:
            raise UnknownIdError("key of a service request to fill from a field", given, GIVEN)
        if field not in known:
            raise UnknownIdError("field", field, known)


def _request(
    flow: Flow, seen: SeenTicket, *, at: datetime, fields: Mapping[str, str], lang: str
) -> dict[str, object]:
    ticket, version, state = seen.ticket, seen.version, seen.state
    expected = _expected(flow, ticket, at)
    given = {name: _given(name, seen.fields.get(fields.get(name, ""))) for name in GIVEN}
    return {
        "service_request_id": ticket.id,
        "status": state.public,
        "status_notes": state.title.in_(lang) or state.id,
        "service_name": flow.workflow.title.in_(lang) or flow.workflow.id,
        "service_code": flow.workflow.id,
        "agency_responsible": next(iter(seen.slots.get(version.scope, ())), None),
        "requested_datetime": seen.history[0].at.isoformat(),
        "updated_datetime": seen.history[-1].at.isoformat(),
        "expected_datetime": expected.isoformat() if expected else None,
        **given,
    }


def _expected(flow: Flow, ticket: Ticket, at: datetime) -> datetime | None:
    due = [
        clock.deadline.moment
        for clock in flow.clocks(ticket, at=at).values()
        if clock.verdict in _RUNNING and clock.deadline and clock.deadline.moment
    ]
    return min(due, default=None)


def _given(name: str, value: FieldValue | None) -> object:
    if value is None:
        return None
    if name in _NUMBERS:
        # JSON numbers have no other form here; the shortest text of a float of this size is what was written.
        return float(value) if isinstance(value, (int, Decimal)) else None
    return value if isinstance(value, str) else str(value)
