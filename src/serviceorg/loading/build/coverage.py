"""Coverage checks from the tables of a file."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ...basics import FrozenMap
from ...coverage.rules import (
    Amount,
    Bounds,
    Check,
    CoverageBook,
    Display,
    Holders,
    Items,
    Measure,
    ReachCheck,
    Rule,
    ShareBound,
    Size,
    Told,
    UnitCount,
    Values,
    Whom,
)
from ..drafts import Draft
from ..shapes import Node
from ..shapes.coverage import BOUND_NAMES, MEASURES, NOUNS
from .coverage_cases import case_of

_SAME = ("id", "title", "rows", "source", "illustrative", "since", "until", "soft")
_WHOM = ("each", "tree", "under", "role", "at", "affiliation")
#: What is shown where a file says nothing: a share of cover is cut, so that 99.97 % never looks like all.
_SHOWN = {
    "cover": Display(places=1, direction="down"),
    "reach": Display(places=1, direction="down"),
    "quota": Display(places=1),
    "share": Display(places=0),
}


def book_of(draft: Draft, *, origin: str) -> CoverageBook:
    """Return the book of a draft without problems; checks in the order of the file."""
    head = {name: value for name, value in draft.head.items() if name not in ("counts", "note")}
    checks = [rule_of(noun, node) for noun in NOUNS for node in draft.nodes(noun)]
    return CoverageBook(
        **head,
        checks=tuple(checks),
        kinds=FrozenMap(draft.kinds.known),
        cases=tuple(case_of(node) for node in draft.nodes("case")),
        origin=origin,
    )


def rule_of(noun: str, node: Node) -> Rule:
    """Return one check."""
    same = {name: node[name] for name in _SAME if name in node}
    display = _display(noun, node.get("display", {}))
    if noun == "reach":
        return _reach(node, same, display)
    return Check(
        **same,
        noun=noun,
        whom=Whom(
            **{name: node[name] for name in _WHOM if name in node},
            where=traits_of(node, "where"),
            exempt=traits_of(node, "exempt"),
        ),
        measure=measure_of(node),
        bounds=_bounds(node),
        of=node.get("of", "each"),
        priority=traits_of(node, "priority"),
        share=ShareBound(**node["wanted"]) if noun == "share" else None,
        display=display,
    )


def _reach(node: Node, same: Mapping[str, Any], display: Display) -> ReachCheck:
    given = {
        name: node[name]
        for name in ("points", "homes", "minutes", "metres_per_minute", "detour", "share_of")
        if name in node
    }
    wanted = ShareBound(**node["wanted"]) if "wanted" in node else ShareBound(at_least=Fraction(1))
    return ReachCheck(
        **same,
        **given,
        points_where=traits_of(node, "points_where"),
        where=traits_of(node, "where"),
        exempt=traits_of(node, "exempt"),
        share=wanted,
        display=display,
    )


def _display(noun: str, node: Mapping[str, Any]) -> Display:
    shown = _SHOWN[noun]
    return Display(places=node.get("places", shown.places), direction=node.get("direction", shown.direction))


def traits_of(node: Mapping[str, Any], name: str) -> FrozenMap[str, tuple[str, ...]]:
    """Return a table of traits; nothing where there is none."""
    return FrozenMap(node.get(name, ()))


def _bounds(node: Mapping[str, Any]) -> Bounds:
    given: dict[str, Any] = {name: Decimal(node[name]) for name in BOUND_NAMES if name in node}
    if "tolerance" in node:
        is_part, off = node["tolerance"]
        given["tolerance"] = off * Fraction(node["about"]) if is_part else off
    return Bounds(**given)


def measure_of(node: Mapping[str, Any]) -> Measure:
    """Return what a check counts."""
    name = next(name for name in MEASURES if name in node)
    found = node[name]
    if name == "size":
        return Size()
    if name == "holders":
        return Holders(**{**found, "where": traits_of(found, "where")})
    if name == "units":
        rest = {key: found[key] for key in ("role", "affiliation") if key in found}
        return UnitCount(
            kinds=found["kind"], where=traits_of(found, "where"), add_size="add" in found, **rest
        )
    if name == "items":
        return Items(**{key: found[key] for key in ("trait", "all", "catalogue") if key in found})
    if name == "facts":
        rest = {
            key: found[key] for key in ("about", "within", "days", "add", "per", "distinct") if key in found
        }
        return Told(kinds=found["kind"], where=FrozenMap(found.get("where", ())), **rest)
    return Values(**found) if name == "values" else Amount(**found)
