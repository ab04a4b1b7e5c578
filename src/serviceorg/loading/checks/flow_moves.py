"""Openings and moves: from states to states, by somebody, with fields that are there."""

from typing import Any

from ..shapes import Node
from .flow_names import Names, check_twice
from .flow_needs import check_needs
from .flow_values import check_sets

_DAYS = ("working_days", "days", "months", "next_working_day")
_KIND_OF_GROUP = {"@active": ("active",), "@waiting": ("waiting",), "@final": ("final",)}


def check_moves(names: Names) -> None:
    """Report openings and moves that name what is not there, or may end nowhere."""
    for noun in ("opening", "move"):
        for node in names.draft.nodes(noun):
            _check_routes(names, node, noun)
            _check_permits(names, node, noun)
            _check_form(names, node)
            check_needs(names, node.get("needs", ()))
            check_sets(names, node.get("sets", {}), node.at("sets"))
    for move in names.draft.nodes("move"):
        _check_sources(names, move)
        _check_part(names, move)
        check_twice(names, move, "clears", "form")
        for name, path in names.places(move, "clears"):
            names.filled_field(name, path)
        _check_extensions(names, move)


def _check_sources(names: Names, move: Node) -> None:
    check_twice(names, move, "from")
    kinds = {state.get("kind", "active") for state in names.draft.nodes("state")}
    for name, path in names.places(move, "from"):
        if not name.startswith("@"):
            names.known("state", name, path)
        elif kinds.isdisjoint(_KIND_OF_GROUP.get(name, ("initial", "active", "waiting"))):
            names.report.add(
                "empty", path, f"no state is meant by {name!r}; name the states, or give one that kind"
            )


def _check_target(names: Names, node: Node, noun: str) -> None:
    if node.get("to") == "same":
        if noun == "opening":
            message = "a ticket that begins has no state to stay in; name the state it begins in"
            names.report.add("key-fit", node.at("to"), message)
    elif "to" in node:
        names.known("state", node["to"], node.at("to"))


def _check_routes(names: Names, node: Node, noun: str) -> None:
    _check_target(names, node, noun)
    routes = node.get("route", ())
    for route in routes:
        _check_target(names, route, noun)
        check_needs(names, route.get("when", ()))
        check_sets(names, route.get("sets", {}), route.at("sets"))
    for route in routes[:-1]:
        if "when" not in names.draft.written(route):
            message = "this route is always taken, and those after it never; write 'when', or put it last"
            names.report.add("routes", route.path, message)
    if routes and "when" in routes[-1] and names.is_sound(node):
        gap = _gap(names, node, routes)
        if gap:
            names.report.add("routes", node.at("route"), f"it may be that no route can be taken: {gap}")


def _gap(names: Names, node: Node, routes: tuple[Node, ...]) -> str:
    """Return why routes may all fail, "" if one of them is always taken."""
    advice = "leave 'when' out of the last one"
    asked: set[str] = set()
    values: set[Any] = set()
    for route in routes:
        needs = route.get("when", ())
        if len(needs) != 1 or "field" not in needs[0] or not ({"is", "one_of"} & needs[0].keys()):
            return advice
        asked.add(needs[0]["field"])
        values.update(needs[0].get("one_of", (needs[0].get("is"),)))
    field = names.fields.get(next(iter(asked)))
    known = () if field is None else (True, False) if field.type == "flag" else field.one_of
    if len(asked) > 1 or field is None or not known:
        return advice
    if missing := [one for one in known if one not in values]:
        return f"{field.id!r} may also be {missing[0]!r}; {advice}, or name it"
    openings = names.draft.nodes("opening")
    kept = not any(field.id in one.get("clears", ()) for one in names.draft.nodes("move"))
    begun = all(field.id in one.get("form", ()) for one in openings)
    always = field.id in node.get("form", ()) or (begun and kept)
    return "" if always else f"{field.id!r} may not be filled in; {advice}, or write the field in 'form'"


def _check_permits(names: Names, node: Node, noun: str) -> None:
    written = names.draft.written(node).get("by")
    for position, permit in enumerate(node.get("by", ())):
        path = node.at("by", position) if isinstance(written, list) else node.at("by")
        if permit == "clock" and noun == "opening":
            names.report.add("key-fit", path, "a clock runs on a ticket and cannot begin one; name who may")
        if isinstance(permit, str) and permit not in ("anyone", "clock"):
            names.known("role", permit, path)
        if isinstance(permit, Node):
            _check_permit(names, permit)


def _check_permit(names: Names, permit: Node) -> None:
    if "slot" in permit:
        slot = names.known("slot", permit["slot"], permit.at("slot"))
        if slot is not None and names.is_sound(slot) and slot.get("kind") == "unit":
            advice = 'name a role: { role = "…", at = "' + permit["slot"] + '" }'
            message = f"the slot {permit['slot']!r} holds a unit, and nobody acts as one; {advice}"
            names.report.add("slot-kind", permit.at("slot"), message)
        for key in ("at", "scope"):
            if key in permit:
                names.report.add(
                    "key-fit", permit.at(key), f"{key!r} says nothing with 'slot'; it belongs to 'role'"
                )
        return
    if "role" in permit:
        names.known("role", permit["role"], permit.at("role"))
    if "at" in permit:
        names.unit_slot(permit["at"], permit.at("at"))
    scope = permit.get("scope", "covers")
    if scope == "any" and "at" in permit:
        names.report.add(
            "key-fit", permit.at("at"), "'at' says nothing with scope = \"any\"; leave one of the two out"
        )
    if "scope" in permit and scope != "any" and not ("at" in permit or "scope" in names.draft.head):
        message = f"it does not say {scope} what; write 'at' with a slot, or 'scope' in [workflow]"
        names.report.add("key-fit", permit.at("scope"), message)


def _check_form(names: Names, node: Node) -> None:
    check_twice(names, node, "form", "optional")
    for key in ("form", "optional"):
        for name, path in names.places(node, key):
            names.known("field", name, path)


def _check_part(names: Names, move: Node) -> None:
    for name, path in names.places(move, "clears"):
        names.known("field", name, path)
    for name, path in names.places(move, "resets_parts"):
        names.known("part", name, path)
    if "completes" not in move:
        return
    part = names.known("part", move["completes"], move.at("completes"))
    if part is None or not names.is_sound(part):
        return
    if "pieces" in part:
        _check_filled(names, move, "piece", part["pieces"], "which piece is complete")
    if "verdicts" in part:
        _check_filled(names, move, "verdict", part["verdicts"], "with which verdict")


def _check_filled(names: Names, move: Node, field: str, words: tuple[str, ...], what: str) -> None:
    path = move.at("completes")
    if field not in move.get("form", ()):
        message = f"the form must say {what}; write the field {field!r} in 'form'"
        names.report.add("part-form", path, message)
        return
    found = names.fields.get(field)
    if found is None:
        return
    unsaid = [word for word in words if word not in found.one_of]
    if found.type != "text":
        names.report.add("part-form", path, f"{found.words} holds no text that names one")
    elif unsaid and (found.one_of or field == "verdict"):
        message = f"the field {field!r} is never {unsaid[0]!r}; add it to its one_of"
        names.report.add("part-form", path, message)


def _check_extensions(names: Names, move: Node) -> None:
    for extension in move.get("extends", ()):
        clock = (
            names.known("clock", extension["clock"], extension.at("clock")) if "clock" in extension else None
        )
        limit = clock.get("limit", {}) if clock is not None else {}
        limits = [limit, *limit.get("table", {}).values(), *filter(None, [limit.get("other")])]
        in_days = any(kind in one for kind in _DAYS for one in limits) or "until" in limit
        if "days_field" in extension:
            _check_days(names, extension, in_days=in_days or not limit)
        elif "by" in extension and in_days and not any(kind in extension["by"] for kind in _DAYS):
            message = "the clock counts days, and hours cannot be added to them; allowed are days and months"
            names.report.add("key-fit", extension.at("by"), message)


def _check_days(names: Names, extension: Node, *, in_days: bool) -> None:
    field = names.field(extension["days_field"], extension.at("days_field"))
    if field is not None and field.type != "count":
        message = f"{field.words} is no count of days"
        names.report.add("field-type", extension.at("days_field"), message)
    if "most" not in names.draft.written(extension):
        message = "the key 'most' is missing: the most days the field may ask for"
        names.report.add("missing-key", extension.path, message)
    if not in_days:
        message = "the clock does not count days, so days cannot be added to it; write 'by' with hours"
        names.report.add("key-fit", extension.at("days_field"), message)
