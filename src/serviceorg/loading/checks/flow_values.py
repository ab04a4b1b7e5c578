"""Slots are filled from things that are there, and with what they can hold."""

from collections.abc import Collection, Mapping
from typing import Any

from ..report import Path
from ..shapes import Node
from .facts import said
from .flow_names import FormField, Names, missing_of


def check_sets(names: Names, sets: Mapping[str, Any], path: Path) -> None:
    """Report slots that are not there, and values they cannot be filled with."""
    for name, value in sets.items():
        place = (*path, name)
        slot = names.known("slot", name, place)
        if slot is None or not names.is_sound(slot):
            slot = None
        if isinstance(value, str):
            _check_kind(names, slot, {"actor": "person", "actor-unit": "unit"}.get(value, ""), place)
        else:
            _check_set_from(names, slot, value)


def _check_kind(names: Names, slot: Node | None, kind: str, path: Path) -> None:
    if slot is not None and kind and slot.get("kind", "person") != kind:
        called = {"person": "a person", "unit": "a unit"}
        message = (
            f"the slot {slot['id']!r} holds {called[slot.get('kind', 'person')]}, but this is {called[kind]}"
        )
        names.report.add("slot-kind", path, message)


def _check_set_from(names: Names, slot: Node | None, value: Node) -> None:
    report = names.report
    if "table" in value and "field" not in value and "field" not in names.draft.written(value):
        report.add(
            "key-fit", value.at("table"), "a table looks up the text of a field; write 'field' with it"
        )
    if "parent_of" in value:
        names.unit_slot(value["parent_of"], value.at("parent_of"))
        _check_kind(names, slot, "unit", value.at("parent_of"))
    if "slot" in value:
        other = names.known("slot", value["slot"], value.at("slot"))
        if other is not None and names.is_sound(other):
            _check_kind(names, slot, other.get("kind", "person"), value.at("slot"))
    if "field" in value:
        field = names.field(value["field"], value.at("field"))
        if field is not None:
            _check_set_field(names, slot, field, value)


def _check_set_field(names: Names, slot: Node | None, field: FormField, value: Node) -> None:
    report = names.report
    if field.type not in ("text", "ids"):
        message = f"{field.words} holds no ids; allowed are fields of type text and ids"
        report.add("field-type", value.at("field"), message)
    elif field.type == "ids" and slot is not None and not slot.get("many", False):
        message = (
            f"{field.words} holds several ids, but the slot {slot['id']!r} only one; give it many = true"
        )
        report.add("field-type", value.at("field"), message)
    if "table" in value:
        check_table(names, field.id, value["table"], value.at("table"), known=field.one_of)


def check_table(
    names: Names,
    called: str,
    table: Mapping[str, Any],
    path: Path,
    *,
    known: Collection[str],
    allowed: Collection[str] = (),
) -> None:
    """Report keys of a table that never come, and texts that come and have none.

    ``known`` are the texts that come, () for any; ``allowed`` those that may come besides.
    """
    if not known:
        if "" not in table:
            message = f'{called!r} may be any text; write "" for all others, or give it one_of'
            names.report.add("table-keys", path, message)
        return
    for text in table:
        if text and text not in known and text not in allowed:
            message = f"{called!r} is never {said(text)}"
            names.report.guess("table-keys", (*path, text), message, found=text, known=known)
    missing = missing_of(known, table)
    if missing:
        shown = " and ".join(map(repr, missing[:8])) + (" …" if missing[8:] else "")
        message = (
            f'nothing is said of {shown}, which {called!r} may be; name every text, or write "" for the rest'
        )
        names.report.add("table-keys", path, message)
