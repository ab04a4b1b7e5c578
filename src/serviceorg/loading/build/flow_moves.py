"""Openings and moves, and who may make them."""

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from ...basics import Label
from ...workflow.rules import Extension, Move, Opening, Permit, Route, State
from .flow_needs import needs_of
from .flow_values import maybe_duration, sets_of

#: What a group of states in ``from`` means.
_IN_GROUP: dict[str, Callable[[State], bool]] = {
    "@open": lambda state: not state.is_final,
    "@active": lambda state: state.kind == "active",
    "@waiting": lambda state: state.kind == "waiting",
    "@final": lambda state: state.is_final,
}


@attrs.frozen
class Around:
    """What a move needs to know of the rest of the file: the states, the ids of all moves and openings."""

    states: tuple[State, ...]
    moves: frozenset[str]


def opening_of(node: Mapping[str, Any], around: Around) -> Opening:
    """Return an opening."""
    return Opening(**_both(node, around))


def move_of(node: Mapping[str, Any], around: Around) -> Move:
    """Return a move; groups of states are written out in the order of the states."""
    names = (name for one in node["from"] for name in _states_of(one, around.states))
    plain = ("opens", "settles", "completes", "resets_parts", "clears", "duty")
    others = {name: node[name] for name in plain if name in node}
    return Move(
        **_both(node, around),
        sources=tuple(dict.fromkeys(names)),
        extends=tuple(_extension(one) for one in node.get("extends", ())),
        **others,
    )


def _states_of(name: str, states: tuple[State, ...]) -> tuple[str, ...]:
    return tuple(state.id for state in states if _IN_GROUP[name](state)) if name in _IN_GROUP else (name,)


def _both(node: Mapping[str, Any], around: Around) -> dict[str, Any]:
    routes = node["route"] if "route" in node else ({"to": node["to"]},)
    return {
        "id": node["id"],
        "title": node.get("title", Label()),
        "routes": tuple(_route(route, around) for route in routes),
        "permits": tuple(_permit(one) for one in node["by"]),
        "required": node.get("form", ()),
        "optional": node.get("optional", ()),
        "needs": needs_of(node.get("needs", ()), around.moves),
        "sets": sets_of(node.get("sets")),
        "source": node.get("source", ""),
    }


def _route(node: Mapping[str, Any], around: Around) -> Route:
    to = node["to"]
    return Route(
        to="" if to == "same" else to,
        when=needs_of(node.get("when", ()), around.moves),
        sets=sets_of(node.get("sets")),
    )


def _permit(value: str | Mapping[str, Any]) -> Permit:
    if value == "anyone":
        return Permit(anyone=True)
    if value == "clock":
        return Permit(clock=True)
    if isinstance(value, str):
        return Permit(role=value)
    return Permit(**value)


def _extension(node: Mapping[str, Any]) -> Extension:
    return Extension(
        clock=node["clock"],
        by=maybe_duration(node.get("by")),
        days_field=node.get("days_field", ""),
        most=node.get("most", 0),
    )
