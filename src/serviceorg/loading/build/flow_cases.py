"""Golden cases of workflows."""

from collections.abc import Mapping
from typing import Any

from ...basics import FrozenMap
from ...model import Actor
from ...workflow.rules import Case, CaseStep


def flow_case_of(node: Mapping[str, Any]) -> Case:
    """Return a golden case; the name of an actor is the id."""
    return Case(
        title=node["title"],
        actors=FrozenMap({name: _actor(name, value) for name, value in node["actors"].items()}),
        units=FrozenMap(node.get("units", ())),
        steps=tuple(_step(step) for step in node["step"]),
    )


def _actor(name: str, value: Any) -> Actor:
    if isinstance(value, Mapping):
        return Actor(name, value.get("posts", ()), value.get("unit", ""))
    return Actor(name, value or ())


def _step(node: Mapping[str, Any]) -> CaseStep:
    return CaseStep(
        do=node["do"],
        by=node.get("by", ""),
        at=node["at"],
        form=FrozenMap(node.get("form", ())),
        children=FrozenMap(node.get("children", ())),
        refused=node.get("refused", ()),
        expect=_expected(node.get("expect", {})),
    )


def _expected(node: Mapping[str, Any]) -> FrozenMap[str, Any]:
    """Return what must be so: tables are frozen maps, lists are tuples."""
    return FrozenMap(
        {name: FrozenMap(value) if isinstance(value, dict) else value for name, value in node.items()}
    )
