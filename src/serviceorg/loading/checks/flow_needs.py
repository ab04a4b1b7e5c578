"""Needs ask about things that are there, in a way that can be answered."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ..shapes import Node
from ..shapes.flow_needs import NEED_KINDS
from ..shapes.flow_values import BOUND_NAMES
from .facts import said, type_of
from .flow_names import FormField, Names, check_twice

_NUMBERS = ("count", "number")
#: Type of a field -> the type of a value it can be compared with.
_COMPARED = {"text": "text", "count": "number", "number": "number", "flag": "flag", "date": "date"}
#: Kinds of need that ask who acts, or which children there are: nobody does where tickets are counted.
_OF_ACTORS = ("different", "same_unit")


def check_needs(names: Names, needs: Iterable[Node], *, counted: bool = False) -> None:
    """Report needs that speak of what is not there; ``counted`` where tickets are counted and nobody acts."""
    for need in needs:
        kind = next((kind for kind in NEED_KINDS if kind in need), "")
        if counted and (kind in _OF_ACTORS or (kind == "not_in" and "field" not in need)):
            message = f"{kind!r} asks who acts, but nobody acts where tickets are counted"
            names.report.add("need-fit", need.at(kind), message)
        if kind in _CHECKS:
            _CHECKS[kind](names, need)
        if kind == "any":
            for group in need["any"]:
                check_needs(names, group, counted=counted)


def _field(names: Names, need: Node) -> None:
    field = names.field(need["field"], need.at("field"))
    if field is None:
        return
    for name in BOUND_NAMES:
        if name in need and field.type not in _NUMBERS:
            message = f"{field.words} has no range; write 'is', 'one_of' or 'filled'"
            names.report.add("field-type", need.at(name), message)
            return
    if "is" in need:
        _value(names, field, need["is"], need.at("is"))
    for position, value in enumerate(need.get("one_of", ())):
        _value(names, field, value, need.at("one_of", position))


def _value(names: Names, field: FormField, value: Any, path: tuple[str | int, ...]) -> None:
    if _COMPARED.get(field.type) != type_of(value):
        names.report.add("field-type", path, f"{field.words} is never {said(value)}")
    elif field.one_of and value not in field.one_of:
        names.report.guess(
            "field-type", path, f"{field.words} is never {said(value)}", found=value, known=field.one_of
        )
    elif field.type in _NUMBERS:
        node = names.nodes["field"][field.id]
        least, most = node.get("least", Decimal(0)), node.get("most", Decimal(1_000_000))
        if not least <= value <= most or (field.type == "count" and value != int(value)):
            names.report.add(
                "field-type", path, f"{field.words} is never {value}; it goes from {least} to {most}"
            )


def _state(names: Names, need: Node) -> None:
    for name, path in names.places(need, "state"):
        names.known("state", name, path)


def _slot(names: Names, need: Node) -> None:
    names.known("slot", need["slot"], need.at("slot"))


def _share(names: Names, need: Node) -> None:
    for key in ("share", "of"):
        field = names.field(need[key], need.at(key)) if key in need else None
        if field is not None and field.type != "count":
            message = f"{field.words} is no count; a share is exact only of two counts"
            names.report.add("field-type", need.at(key), message)


def _timed(names: Names, need: Node) -> None:
    if "since" in need:
        names.event(need["since"], need.at("since"))


def _clock(names: Names, need: Node) -> None:
    names.known("clock", need["clock"], need.at("clock"))


def _none_open(names: Names, need: Node) -> None:
    matter = need["none_open"]
    if matter not in names.opened:
        text = f"no move opens a matter {matter!r}"
        names.report.guess("unknown-name", need.at("none_open"), text, found=matter, known=names.opened)


def _different(names: Names, need: Node) -> None:
    check_twice(names, need, "different")
    for name, path in names.places(need, "different"):
        names.one_of(("slot", "move", "opening"), name, path)


def _same_unit(names: Names, need: Node) -> None:
    names.unit_slot(need["same_unit"], need.at("same_unit"))


def _not_in(names: Names, need: Node) -> None:
    names.known("slot", need["not_in"], need.at("not_in"))
    field = names.field(need["field"], need.at("field")) if "field" in need else None
    if field is not None and field.type not in ("text", "ids"):
        message = f"{field.words} holds no ids; allowed are fields of type text and ids"
        names.report.add("field-type", need.at("field"), message)


def _count(names: Names, need: Node) -> None:
    check_twice(names, need, "count")
    for name, path in names.places(need, "count"):
        names.one_of(("move", "opening"), name, path)
    _timed(names, need)


def _happened(names: Names, need: Node) -> None:
    for key in ("happened", "not_happened"):
        for name, path in names.places(need, key):
            names.event(name, path)
    _timed(names, need)


def _parts(names: Names, need: Node) -> None:
    part = names.known("part", need["parts"], need.at("parts"))
    if part is None or not names.is_sound(part):
        return
    for name, path in names.places(need, "verdict"):
        if name not in part.get("verdicts", ()):
            text = f"the part {need['parts']!r} is never completed with {name!r}"
            names.report.guess("unknown-name", path, text, found=name, known=part.get("verdicts", ()))
    done, pieces = need.get("done"), part.get("pieces")
    if isinstance(done, int) and pieces is not None and done > len(pieces):
        message = f"{done} pieces are needed, but the part {need['parts']!r} has {len(pieces)}"
        names.report.add("out-of-range", need.at("done"), message)


_CHECKS = {
    "field": _field,
    "state": _state,
    "slot": _slot,
    "share": _share,
    "elapsed": _timed,
    "within": _timed,
    "clock": _clock,
    "none_open": _none_open,
    "different": _different,
    "same_unit": _same_unit,
    "not_in": _not_in,
    "count": _count,
    "happened": _happened,
    "not_happened": _happened,
    "parts": _parts,
}
