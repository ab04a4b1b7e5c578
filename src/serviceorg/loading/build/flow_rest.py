"""Places, clocks, notices, facts, metrics and promises."""

from collections.abc import Mapping
from typing import Any

from ...basics import FrozenMap, Label
from ...workflow.rules import (
    Clock,
    Emission,
    Field,
    InFlight,
    Limit,
    Metric,
    Notice,
    Part,
    Promise,
    Role,
    Slot,
    State,
    Tier,
)
from .flow_needs import groups_of, needs_of
from .flow_values import duration_of, emitted_of, maybe_duration


def role_of(node: Mapping[str, Any]) -> Role:
    """Return a role."""
    return Role(**node)


def slot_of(node: Mapping[str, Any]) -> Slot:
    """Return a slot."""
    return Slot(**node)


def field_of(node: Mapping[str, Any]) -> Field:
    """Return a field."""
    return Field(**node)


def state_of(node: Mapping[str, Any]) -> State:
    """Return a state; outsiders see a final one as closed unless it says otherwise."""
    public = node.get("public") or ("closed" if node.get("kind") == "final" else "open")
    return State(**{**node, "public": public})


def part_of(node: Mapping[str, Any]) -> Part:
    """Return a part."""
    return Part(**node)


def clock_of(node: Mapping[str, Any]) -> Clock:
    """Return a clock with its tiers."""
    given = {name: value for name, value in node.items() if name != "tier"}
    return Clock(
        **{
            **given,
            "limit": _limit(node["limit"]),
            "grace": maybe_duration(node.get("grace")),
            "tiers": tuple(_tier(tier) for tier in node.get("tier", ())),
        }
    )


def _limit(node: Mapping[str, Any]) -> Limit:
    or_later = node.get("or_later", "")
    if "until" in node:
        return Limit(until=node["until"], or_later=or_later)
    if "by" in node:
        table = {text: duration_of(one) for text, one in node["table"].items()}
        return Limit(
            duration=maybe_duration(node.get("other")),
            by=node["by"],
            table=FrozenMap(table),
            or_later=or_later,
        )
    return Limit(duration=duration_of(node), or_later=or_later)


def _tier(node: Mapping[str, Any]) -> Tier:
    given: dict[str, Any] = {
        name: duration_of(node[name]) for name in ("before", "after", "every") if name in node
    }
    given |= {name: node[name] for name in ("id", "times", "colour", "move", "source") if name in node}
    return Tier(**given, at_due="at" in node)


def notice_of(node: Mapping[str, Any], moves: "frozenset[str]") -> Notice:
    """Return a notice."""
    return Notice(**{**node, "when": needs_of(node.get("when", ()), moves)})


def emission_of(node: Mapping[str, Any], moves: "frozenset[str]") -> Emission:
    """Return what is told as a fact."""
    attributes = {name: emitted_of(value) for name, value in node.get("attributes", {}).items()}
    amount = emitted_of(node["amount"]) if "amount" in node else None
    when = needs_of(node.get("when", ()), moves)
    return Emission(**{**node, "when": when, "amount": amount, "attributes": FrozenMap(attributes)})


def metric_of(node: Mapping[str, Any], moves: "frozenset[str]") -> Metric:
    """Return a rate."""
    return Metric(
        id=node["id"],
        title=node.get("title", Label()),
        of=needs_of(node.get("of", ()), moves),
        exclude=groups_of(node.get("exclude", ()), moves),
        good=needs_of(node.get("good", ()), moves),
        by=node.get("by", "unit"),
        source=node.get("source", ""),
    )


def promise_of(node: Mapping[str, Any]) -> Promise:
    """Return a promise."""
    return Promise(**node)


def in_flight_of(node: Mapping[str, Any]) -> InFlight:
    """Return what a new version means for tickets under way."""
    return InFlight(**{**node, "states": FrozenMap(node.get("states", ()))})
