"""What is measured: the value of the one key that says it."""

from collections.abc import Mapping
from typing import Any

from ...basics import FrozenMap
from ...scoring.rules import (
    Ballots,
    Check,
    Checks,
    Each,
    Group,
    Limit,
    Measure,
    PluginMeasure,
    Quorum,
    Rank,
    Rate,
    Tally,
    Trim,
    Validity,
)
from .select import where_of

EACH = Each()


def measure_of(node: Mapping[str, Any]) -> Measure:
    """Return how a clause measures; each fact for itself where nothing is written."""
    if "measure" in node:
        return _named(node)
    if "rate" in node:
        return _rate(node["rate"])
    if "ballots" in node:
        return _ballots(node["ballots"])
    if "checks" in node:
        return _checks(node)
    return Rank(**node["rank"]) if "rank" in node else EACH


def _named(node: Mapping[str, Any]) -> Measure:
    name, over = node["measure"], node.get("over", "period")
    if "." in name:
        return PluginMeasure(id=name, over=over, options=FrozenMap(node.get("options", ())))
    return Tally(what=name, field=node.get("field", "amount"), over=over)


def _rate(node: Mapping[str, Any]) -> Rate:
    part, whole = node.get("part"), node.get("whole")
    return Rate(
        part_field=part if isinstance(part, str) else "",
        whole_field=whole if isinstance(whole, str) else "",
        part=where_of(None if isinstance(part, str) else part),
        whole=where_of(None if isinstance(whole, str) else whole),
        whole_unless=where_of(node.get("unless")),
        over=node.get("over", "period"),
        heads=node.get("heads", False),
        least=node.get("least", 1),
    )


def _ballots(node: Mapping[str, Any]) -> Ballots:
    given = dict(node)
    for name in ("groups", "aspects"):
        given[name] = tuple(_group(group) for group in node.get(name, ()))
    for name in ("marks", "decimals"):
        given[name] = FrozenMap(node.get(name, ()))
    given["trim"] = _trim(node.get("trim"))
    given["valid"] = _validity(node.get("valid"))
    given["quorum"] = Quorum(**node["quorum"]) if "quorum" in node else None
    return Ballots(**given)


def _group(node: Mapping[str, Any]) -> Group:
    return Group(**{**node, "trim": _trim(node.get("trim"))})


def _trim(node: Mapping[str, Any] | None) -> Trim | None:
    return None if node is None else Trim(**node)


def _validity(node: Mapping[str, Any] | None) -> Validity | None:
    if node is None:
        return None
    return Validity(**{**node, "limits": tuple(Limit(**limit) for limit in node.get("limits", ()))})


def _checks(node: Mapping[str, Any]) -> Checks:
    return Checks(
        parts=tuple(Check(**part) for part in node["checks"]),
        by=node.get("check_by", ""),
        take=node.get("take", "last"),
        all_or_nothing=node.get("all_or_nothing", False),
    )
