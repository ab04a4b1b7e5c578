"""Which facts, whose, over which time: the values of a clause's selecting keys."""

from collections.abc import Mapping
from typing import Any

from ...basics import FrozenMap
from ...scoring.rules import Factor, Gate, Late, Length, Per, Rounding, Select, Where, Who, Window

_NEAREST = {"nearest": "half-up"}
_NONE: FrozenMap[str, Any] = FrozenMap()
EVERYONE = Who()
OWN_PERIOD = Window()


def where_of(table: Mapping[str, Any] | None) -> Where:
    """Return the allowed values by attribute; nothing for no table."""
    return FrozenMap(table) if table else _NONE


def length_of(node: Mapping[str, Any]) -> Length:
    """Return months (of years too) or days."""
    return Length(months=node.get("months", 0) + 12 * node.get("years", 0), days=node.get("days", 0))


def rounding_of(node: Mapping[str, Any] | None) -> Rounding | None:
    """Return a rounding, or None where none is written."""
    return None if node is None else Rounding(**node)


def who_of(node: Mapping[str, Any] | None) -> Who:
    """Return the subjects meant; everyone where nothing is written."""
    return EVERYONE if node is None else Who(**node)


def late_of(node: Mapping[str, Any] | None) -> Late | None:
    """Return the time for late entry, None for no limit."""
    return None if node is None else Late(by=node.get("by", "recorded"), within=length_of(node))


def select_of(node: Mapping[str, Any], late: Late | None) -> Select:
    """Return the selection of a clause; ``late`` is what the head says for all."""
    return Select(
        on=node.get("on", ()),
        where=where_of(node.get("where")),
        unless=where_of(node.get("unless")),
        about=node.get("about", ""),
        members="of" in node,
        distinct=node.get("distinct", ""),
        gate=_gate(node.get("only_if")),
        late=late_of(node.get("late")) or late,
    )


def _gate(node: Mapping[str, Any] | None) -> Gate | None:
    if node is None:
        return None
    return Gate(
        kind=node.get("some") or node["none"],
        where=where_of(node.get("where")),
        within=length_of(node),
        wants="some" in node,
    )


def window_of(node: Mapping[str, Any]) -> Window:
    """Return the stretch of time a clause or condition looks at."""
    window, carry = node.get("window", "period"), node.get("carry")
    if window == "period" and carry is None and "clear_after" not in node and "clear_on" not in node:
        return OWN_PERIOD
    rolling = not isinstance(window, str)
    return Window(
        kind="rolling" if rolling else window,
        length=length_of(window) if rolling else None,
        carry=None if carry is None else where_of(carry["where"]),
        clear_after=node.get("clear_after", ""),
        clear_on=node.get("clear_on", ""),
    )


def per_of(value: str | Mapping[str, Any] | None) -> Per | None:
    """Return the quantity that is paid for, None where each fact pays once."""
    if value is None or isinstance(value, str):
        return None if value is None else Per(field=value)
    given = {**value, "most": FrozenMap(value.get("most", ()))}
    if "round" in given:
        given["round"] = _NEAREST.get(given["round"], given["round"])
    return Per(**given)


def factors_of(nodes: tuple[Mapping[str, Any], ...]) -> tuple[Factor, ...]:
    """Return the factors on what a fact pays."""
    return tuple(Factor(where=where_of(node["where"]), by=node["by"]) for node in nodes)
