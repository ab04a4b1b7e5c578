"""Tickets out as an event log: XES, IEEE 1849-2016, for tools that mine processes."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from ..workflow import Event, Flow, Ticket
from ..workflow.rules import Move, Opening, Version
from ..workflow.ticket import FieldValue
from .sight import SeenTicket, Sight, is_person

_EXTENSIONS = (
    ("Concept", "concept"),
    ("Time", "time"),
    ("Lifecycle", "lifecycle"),
    ("Organizational", "org"),
)
# What every trace and event of ours has: some tools refuse a log that does not say so.
_GLOBALS = {
    "trace": ("concept:name", "workflow", "version", "state", "public"),
    "event": ("concept:name", "lifecycle:transition", "from_state", "to_state"),
}
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)
# Signs XML has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_xes(flow: Flow, tickets: Iterable[Ticket], *, masked: bool = True, lang: str = "") -> str:
    """Return tickets of one workflow as a XES log, one trace each, in the order given.

    The activity (``concept:name``) of an event is the id of its opening, move or tier, or its title with
    ``lang`` "zh" or "en". ``org:resource`` is who acted (nobody for moves of
    the clock), ``org:role`` the role used, ``org:group`` the home
    unit; ``from_state`` and ``to_state`` say where the ticket stood. What was filled in stands as
    ``field.ID``, who is in a slot as ``slot.ID``. Moments are in UTC, dates without a time are texts.

    Args:
        flow: The workflow the tickets are of.
        tickets: Any number of them.
        masked: Whether to leave out fields and slots that only some roles may see, and whoever is or was
            in such a slot.
        lang: The language of activities, "" for ids.

    Raises:
        TicketError: For a ticket of another workflow.

    Source: IEEE 1849-2016.
    """
    sight = Sight(flow, masked=masked)
    lines = [*_head(flow), *_traces(tickets, sight, lang), "</log>"]
    return "\n".join(lines) + "\n"


def _head(flow: Flow) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">'
    for name, prefix in _EXTENSIONS:
        yield f'\t<extension name="{name}" prefix="{prefix}" uri="http://www.xes-standard.org/{prefix}.xesext"/>'
    for scope, keys in _GLOBALS.items():
        yield f'\t<global scope="{scope}">'
        yield from (_attribute(key, "unknown", 2) for key in keys)
        if scope == "event":
            yield '\t\t<date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/>'
        yield "\t</global>"
    yield '\t<classifier name="Activity" keys="concept:name"/>'
    yield '\t<classifier name="Resource" keys="org:resource"/>'
    yield _attribute("concept:name", flow.workflow.id, 1)
    yield _attribute("lifecycle:model", "standard", 1)


def _traces(tickets: Iterable[Ticket], sight: Sight, lang: str) -> Iterator[str]:
    for ticket in tickets:
        seen = sight.of(ticket)
        yield "\t<trace>"
        yield from _trace(seen, _titles(seen.version, lang))
        yield "\t</trace>"


def _trace(seen: SeenTicket, titles: dict[str, str]) -> Iterator[str]:
    ticket, state = seen.ticket, seen.state
    yield _attribute("concept:name", ticket.id, 2)
    yield _attribute("workflow", ticket.workflow, 2)
    yield _attribute("version", ticket.version, 2)
    yield _attribute("state", state.id, 2)
    yield _attribute("public", state.public, 2)
    if state.outcome:
        yield _attribute("outcome", state.outcome, 2)
    for name, value in seen.fields.items():
        yield _attribute(f"field.{name}", value, 2)
    for name, held in seen.slots.items():
        yield _attribute(f"slot.{name}", held if len(held) > 1 else held[0], 2)
    before = ""
    for event in seen.history:
        yield "\t\t<event>"
        yield from _event(event, before, titles)
        yield "\t\t</event>"
        before = event.state


def _event(event: Event, before: str, titles: dict[str, str]) -> Iterator[str]:
    yield _attribute("concept:name", titles.get(event.move, event.move), 3)
    yield _attribute("time:timestamp", event.at, 3)
    yield _attribute("lifecycle:transition", "complete", 3)
    actor = event.by if is_person(event) else ""
    for key, text in (("org:resource", actor), ("org:role", event.role), ("org:group", event.unit)):
        if text:
            yield _attribute(key, text, 3)
    yield _attribute("from_state", before, 3)
    yield _attribute("to_state", event.state, 3)
    for name, value in event.form.items():
        yield _attribute(f"field.{name}", value, 3)


def _titles(version: Version, lang: str) -> dict[str, str]:
    """Return the titles of openings and moves in a language; nothing for "", which means ids."""
    steps: tuple[Opening | Move, ...] = (*version.openings, *version.moves)
    return {one.id: one.title.in_(lang) or one.id for one in steps if lang}


def _attribute(key: str, value: FieldValue, depth: int) -> str:
    indent = "\t" * depth
    if isinstance(value, tuple):
        items = "".join(f'<string key="id" value="{_escaped(one)}"/>' for one in value)
        return f'{indent}<list key="{_escaped(key)}"><values>{items}</values></list>'
    tag, text = _written(value)
    return f'{indent}<{tag} key="{_escaped(key)}" value="{_escaped(text)}"/>'


def _written(value: "FieldValue") -> tuple[str, str]:
    if isinstance(value, bool):
        return "boolean", "true" if value else "false"
    if isinstance(value, int):
        return "int", str(value)
    if isinstance(value, Decimal):
        return "float", f"{value:f}"
    if isinstance(value, datetime):
        return "date", value.isoformat()
    return "string", str(value)  # dates too: the date of XES has a time of day and a zone


def _escaped(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text).translate(_ESCAPES)
