"""Account rules as values."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ...basics import FrozenMap
from ...ledger.rules import AccountKind, Also, Asset, Case, Expiry, Move, Need, Step

_ENDS = {"from": "source_account", "to": "target_account"}


def asset_of(node: Mapping[str, Any]) -> Asset:
    """Return an asset."""
    return Asset(**node)


def account_of(node: Mapping[str, Any]) -> AccountKind:
    """Return an account kind; a place may hold any amount unless it says otherwise, an owner none below 0."""
    default = "none" if node["owner"] == "place" else Decimal(0)
    bounds = {"least": _bound(node.get("least", default)), "most": _bound(node.get("most", "none"))}
    return AccountKind(**{**node, **bounds})


def _bound(value: Any) -> Decimal | None:
    return None if value == "none" else Decimal(value)


def move_of(node: Mapping[str, Any]) -> Move:
    """Return a move."""
    given = _renamed(node)
    for name in ("times", "total", "where"):
        if name in given:
            given[name] = FrozenMap(given[name])
    if "needs" in given:
        given["needs"] = tuple(Need(**need) for need in given["needs"])
    if "also" in given:
        given["also"] = tuple(Also(**_renamed(also)) for also in given["also"])
    return Move(**given)


def expiry_of(node: Mapping[str, Any]) -> Expiry:
    """Return an expiry."""
    return Expiry(**_renamed(node))


def ledger_case_of(node: Mapping[str, Any]) -> Case:
    """Return a golden case."""
    return Case(
        title=node["title"],
        steps=tuple(_step(step) for step in node["steps"]),
        balances=FrozenMap(node["expect"]),
        lifetimes=FrozenMap(node.get("lifetime", ())),
        joined=FrozenMap(node.get("joined", ())),
    )


def _step(node: Mapping[str, Any]) -> Step:
    given = {name: value for name, value in node.items() if name != "reverse"}
    return Step(**given, reverses=node.get("reverse", ""))


def _renamed(node: Mapping[str, Any]) -> dict[str, Any]:
    return {_ENDS.get(name, name): value for name, value in node.items()}
