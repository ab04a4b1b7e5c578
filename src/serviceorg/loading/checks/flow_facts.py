"""What a workflow tells as facts fits the kinds of fact: each value can be had, and can be what it is for."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ...facts import FactKind, FieldKind
from ..build.head import SCORECARD
from ..report import Path
from ..shapes import Node
from ..shapes.flow_values import VERDICTS
from ..shapes.shape import listed
from .facts import kind_called, said, type_of
from .flow_names import Names
from .flow_values import check_table

_CALLED = {"text": "a text", "number": "a number", "flag": "true or false", "date": "a date"}
#: Type of a field -> type its value has in a fact.
_TOLD = {"count": "number", "number": "number", "flag": "flag", "date": "date"}
#: How a clock stands where a fact is told is for the file to know; that it may end in these is certain.
_ENDS = ("met", "late")


class When(NamedTuple):
    """Where a fact is told: the states it may be told in, and what fields it is told for can be."""

    states: tuple[str, ...]
    narrowed: Mapping[str, tuple[Any, ...]]


class Told(NamedTuple):
    """What a value of a fact can be: its type, and the only values it has (() for any)."""

    type: str
    values: tuple[Any, ...] = ()
    allowed: tuple[str, ...] = ()


def check_emission(names: Names, emission: Node) -> None:
    """Report a fact about nobody, of no kind, or of values its kind does not have."""
    if "subject" in emission:
        names.known("slot", emission["subject"], emission.at("subject"))
    if not emission.get("confidential"):
        _check_secrets(names, emission)
    if "reverses" in emission:
        field = names.filled_field(emission["reverses"], emission.at("reverses"))
        if field is not None and field.type != "text":
            message = f"{field.words} holds no id of a fact"
            names.report.add("field-type", emission.at("reverses"), message)
    kind = None
    if emission.get("kind") == SCORECARD.id:
        message = "a scorecard is closed by scoring; a workflow cannot tell one"
        names.report.add("unknown-kind", emission.at("kind"), message)
    elif "kind" in emission:
        kind = kind_called(names.draft, emission["kind"], emission.at("kind"))
    if kind is not None:
        _check_amount(names, emission, kind)
        _check_attributes(names, emission, kind)


def _check_secrets(names: Names, emission: Node) -> None:
    """Report a subject, amount or attribute that only some roles may see."""
    if "subject" in emission:
        check_told(names, "slot", emission["subject"], emission.at("subject"), what="fact")
    for value in (emission.get("amount"), *emission.get("attributes", {}).values()):
        for noun in ("field", "slot"):
            if isinstance(value, Node) and noun in value:
                check_told(names, noun, value[noun], value.at(noun), what="fact")


def check_told(names: Names, noun: str, name: str, path: Path, *, what: str) -> None:
    """Report a field or slot that a notice or fact tells, though only some roles may see it."""
    roles = names.seen_by(noun, name)
    if roles:
        message = (
            f"the {noun} {name!r} is seen by {listed(roles, 'and')} alone, but the {what} may tell others; "
            f"leave it out, or write confidential = true if whoever gets the {what} may know it"
        )
        names.report.add("confidential", path, message)


def _check_amount(names: Names, emission: Node, kind: FactKind) -> None:
    report = names.report
    if kind.amount != ("amount" in names.draft.written(emission)):
        text = "must carry an amount; write 'amount'" if kind.amount else "carry no amount; leave it out"
        report.add("no-amount", emission.path, f"facts of kind {kind.id!r} {text}")
        return
    if "amount" not in emission:
        return
    value, path = emission["amount"], emission.at("amount")
    can_be = _told(names, value, _when(names, emission))
    if can_be is None:
        return
    if can_be.type != "number":
        report.add("attribute-type", path, f"an amount is a number; this is {_CALLED[can_be.type]}")
        return
    least, most = min(can_be.values, default=None), max(can_be.values, default=None)
    if isinstance(value, Node) and "field" in value and "table" not in value:
        node = names.nodes["field"][value["field"]]
        least, most = node.get("least", 0), node.get("most", 1_000_000)
    for edge in (least, most):
        if edge is not None and not 0 <= edge <= kind.most:
            message = (
                f"the amount of a fact of kind {kind.id!r} lies from 0 to {kind.most}, but this may be {edge}"
            )
            report.add("out-of-range", path, message)
            return


def _check_attributes(names: Names, emission: Node, kind: FactKind) -> None:
    report, when = names.report, _when(names, emission)
    for name, value in emission.get("attributes", {}).items():
        path = emission.at("attributes", name)
        can_be = _told(names, value, when)
        if name not in kind.fields:
            text = f"facts of kind {kind.id!r} have no attribute {name!r}"
            report.guess("unknown-attribute", path, text, found=name, known=kind.fields)
        elif can_be is not None:
            _check_attribute(names, kind, kind.fields[name], can_be, path)
    attributes = names.draft.written(emission).get("attributes", {})
    for name, field in kind.fields.items():
        if field.required and isinstance(attributes, dict) and name not in attributes:
            message = f"facts of kind {kind.id!r} must have the attribute {name!r}"
            report.add("fact-attribute", emission.path, message)


def _check_attribute(names: Names, kind: FactKind, field: FieldKind, can_be: Told, path: Path) -> None:
    called = f"the attribute {field.name!r} of kind {kind.id!r}"
    if can_be.type != field.type:
        message = f"{called} is {_CALLED[field.type]}; this is {_CALLED[can_be.type]}"
        names.report.add("attribute-type", path, message)
    elif field.one_of and not can_be.values:
        text = f"this may be any text, but {called} takes few; give the field one_of, or write a table"
        names.report.guess("unknown-value", path, text, found="", known=field.one_of)
    elif field.one_of:
        strange = [one for one in can_be.values if one not in field.one_of]
        if strange:
            shown = " and ".join(map(said, strange[:8])) + (" …" if strange[8:] else "")
            text = (
                f"this may be {shown}, but {called} never is; write a table, or ask for the others in 'when'"
            )
            names.report.guess("unknown-value", path, text, found=str(strange[0]), known=field.one_of)


def _when(names: Names, emission: Node) -> When:
    narrowed = {
        need["field"]: (need["is"],) if "is" in need else need["one_of"]
        for need in emission.get("when", ())
        if "field" in need and ("is" in need or "one_of" in need)
    }
    return When(_states_at(names, emission), narrowed)


def _states_at(names: Names, emission: Node) -> tuple[str, ...]:
    """Return the states in which something named in ``on`` may end."""
    states = tuple(names.draft.ids("state"))
    found: set[str] = set()
    for event in emission.get("on", ()):
        noun = names.events.get(event, "")
        moves = [names.nodes[noun].get(event)] if noun in ("move", "opening") else ()
        if noun == "part":
            moves = [one for one in names.nodes["move"].values() if one.get("completes") == event]
        targets = {to for move in moves for to in _targets(move)}
        found |= {event} if noun == "state" else targets if targets and "" not in targets else set(states)
    return tuple(name for name in states if name in found)


def _targets(move: Node | None) -> list[str]:
    """Return where a move leads; "" stands for a place nobody can tell."""
    if move is None:
        return [""]
    if "to" in move and move["to"] != "same":
        return [move["to"]]
    if "to" in move:
        return ["" if name.startswith("@") else name for name in move.get("from", ("",))]
    return [to for route in move.get("route", ({},)) for to in _targets(Node((), {**move, **route}))]


def _told(names: Names, value: Any, when: When) -> Told | None:
    """Return what a value can be; reports names that are not there. None if that cannot be said."""
    if not isinstance(value, Node):
        return Told(type_of(value), (value,))
    found = _found(names, value, when)
    if "table" not in value or found is None:
        return None if "table" in names.draft.written(value) else found
    known = tuple(map(said, found.values)) if found.type != "text" else found.values
    called = next(key if value[key] is True else str(value[key]) for key in value if key != "table")
    table = value["table"]
    check_table(names, called, table, value.at("table"), known=known, allowed=found.allowed)
    types = {type_of(one) for one in table.values()}
    if len(types) > 1:
        message = "the values are of several types; write texts alone, or numbers alone"
        names.report.add("table-keys", value.at("table"), message)
        return None
    return Told(types.pop(), tuple(table.values()))


def _found(names: Names, value: Node, when: When) -> Told | None:
    if "field" in value:
        field = names.filled_field(value["field"], value.at("field"))
        if field is None:
            return None
        values = (True, False) if field.type == "flag" else field.one_of
        return Told(_TOLD.get(field.type, "text"), when.narrowed.get(field.id, values), field.one_of)
    for key in ("clock", "days_late"):
        if key in value:
            names.known("clock", value[key], value.at(key))
            return Told("text", _ENDS, VERDICTS) if key == "clock" else Told("number")
    if "slot" in value:
        names.known("slot", value["slot"], value.at("slot"))
        return Told("text")
    if "count" in value:
        names.one_of(("move", "opening"), value["count"], value.at("count"))
        return Told("number")
    if "state" in value:
        return Told("text", when.states, tuple(names.draft.ids("state")))
    return Told("text") if "actor" in value else None
