"""What must hold, as frozen checks."""

from collections.abc import Callable, Mapping
from typing import Any

from ...basics import FrozenMap, Label
from ...workflow.rules import (
    AnyOf,
    Bounds,
    Check,
    Children,
    ClockIs,
    Counted,
    Different,
    FieldIs,
    Happened,
    Need,
    NoneOpen,
    NotIn,
    PartsDone,
    Plugged,
    SameUnit,
    Share,
    SlotIs,
    StateIs,
    Timed,
)
from .flow_values import bounds_of, duration_of

_NO_BOUNDS = Bounds()


def needs_of(nodes: "tuple[Mapping[str, Any], ...]", moves: "frozenset[str]") -> tuple[Need, ...]:
    """Return needs; ``moves`` are the ids of all moves and openings, for lists that name slots too."""
    return tuple(need_of(node, moves) for node in nodes)


def groups_of(
    groups: "tuple[tuple[Mapping[str, Any], ...], ...]", moves: "frozenset[str]"
) -> tuple[tuple[Need, ...], ...]:
    """Return groups of needs."""
    return tuple(needs_of(group, moves) for group in groups)


def need_of(node: Mapping[str, Any], moves: "frozenset[str]") -> Need:
    """Return one need with its words and source."""
    if "any" in node:
        check: Check = AnyOf(groups_of(node["any"], moves))
    elif "different" in node:
        names = node["different"]
        check = Different(
            slots=tuple(name for name in names if name not in moves),
            moves=tuple(name for name in names if name in moves),
        )
    else:
        # "not_in" may have the key "field" too, so the order of the table matters.
        check = next(make for kind, make in _CHECKS.items() if kind in node)(node)
    return Need(check, title=node.get("title", Label()), source=node.get("source", ""))


def _one_of(node: Mapping[str, Any]) -> tuple[Any, ...]:
    values: tuple[Any, ...] = (node["is"],) if "is" in node else node.get("one_of", ())
    return values


_CHECKS: dict[str, Callable[[Mapping[str, Any]], Check]] = {
    "not_in": lambda node: NotIn(node["not_in"], node.get("field", "")),
    "field": lambda node: FieldIs(node["field"], _one_of(node), bounds_of(node), node.get("filled")),
    "state": lambda node: StateIs(node["state"]),
    "slot": lambda node: SlotIs(node["slot"], _one_of(node), node.get("filled")),
    "share": lambda node: Share(node["share"], node["of"], bounds_of(node) or _NO_BOUNDS),
    "elapsed": lambda node: Timed(node["since"], duration_of(node["elapsed"])),
    "within": lambda node: Timed(node["since"], duration_of(node["within"]), within=True),
    "clock": lambda node: ClockIs(node["clock"], _one_of(node)),
    "none_open": lambda node: NoneOpen(node["none_open"]),
    "same_unit": lambda node: SameUnit(node["same_unit"]),
    "children": lambda node: Children(node["children"], node.get("in", ())),
    "count": lambda node: Counted(node["count"], bounds_of(node) or _NO_BOUNDS, node.get("since", "")),
    "happened": lambda node: Happened(node["happened"], node.get("since", "")),
    "not_happened": lambda node: Happened(node["not_happened"], node.get("since", ""), wants=False),
    "parts": lambda node: PartsDone(node["parts"], node.get("done", "all"), node.get("verdict", ())),
    "requirement": lambda node: Plugged(node["requirement"], FrozenMap(node.get("options", ()))),
}
