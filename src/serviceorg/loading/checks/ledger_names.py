"""What a ledger file declares, by name, and its versions in time."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from ..drafts import Draft
from ..report import Path
from ..shapes import Node

_NO_KEYS: Mapping[str, Any] = {}


class AccountNames:
    """The names of a ledger file; a name that nothing declares is reported where it is used."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.report = draft, draft.report
        self.kinds: dict[str, Node] = {}
        for node in draft.nodes("account"):
            if "id" in node:
                self.kinds.setdefault(node["id"], node)
        self.scales = {
            node["id"]: node.get("scale", 0)
            for node in draft.nodes("asset")
            if "id" in node and draft.is_sound(node.path)
        }
        self.places: dict[str, set[str]] = {}
        for node in draft.nodes("account"):
            if "id" in node:
                self.places.setdefault(node["id"], set()).update(node.get("places", ()))

    def asset(self, name: str, path: Path) -> None:
        """Report an asset that is not there."""
        if name not in self.draft.ids("asset"):
            self.report.unknown("unknown-name", path, what="asset", found=name, known=self.draft.ids("asset"))

    def move(self, name: str, path: Path) -> None:
        """Report a move that is not there."""
        if name not in self.draft.ids("move"):
            self.report.unknown("unknown-name", path, what="move", found=name, known=self.draft.ids("move"))

    def kind(self, name: str, path: Path) -> Node | None:
        """Return the table of an account kind; reports one that is not there."""
        known = self.draft.ids("account")
        if name not in known:
            self.report.unknown("unknown-name", path, what="account", found=name, known=known)
        return self.kinds.get(name)

    def end(self, name: str, path: Path, *, asset: str = "") -> Node | None:
        """Return the table of an account kind or place; reports one that is not there or of another asset."""
        kind, colon, place = name.partition(":")
        node = self.kind(kind, path)
        if node is None or "owner" not in node:
            return node
        is_place = node["owner"] == "place"
        if colon and not is_place:
            message = (
                f"{kind!r} belongs to a {node['owner']}; leave out {':' + place!r}: the draft names the owner"
            )
            self.report.add("account-place", path, message)
        elif is_place and not colon:
            self.report.add(
                "account-place", path, f"{kind!r} is a place; write which, like '{kind}:{self._any(kind)}'"
            )
        elif is_place and place not in self.places[kind] and self.draft.is_sound(node.path):
            self.report.unknown(
                "unknown-name", path, what=f"place of {kind!r}", found=place, known=self.places[kind]
            )
        if asset and node.get("asset") not in (None, asset):
            self.report.add("account-asset", path, f"{name!r} holds {node['asset']!r}, not {asset!r}")
        return node

    def _any(self, kind: str) -> str:
        return min(self.places[kind], default="NAME")

    def is_between_places(self, node: Node) -> bool:
        """Return whether both ends of a move are places."""
        return ":" in node["from"] and ":" in node["to"]

    def scaled(self, asset: str, node: Node, keys: tuple[str, ...]) -> None:
        """Report numbers that are finer than their asset."""
        scale = self.scales.get(asset)
        for key in keys:
            value = node.get(key)
            if scale is not None and isinstance(value, (int, Decimal)) and not fits(Decimal(value), scale):
                message = f"{value} has more decimals than {asset!r}, which has {scale}"
                self.report.add("decimals", node.at(key), message)


def fits(value: Decimal, scale: int) -> bool:
    """Return whether a number has at most so many decimals."""
    return value == round(value, scale)


def check_ledger_versions(draft: Draft) -> None:
    """Report versions that overlap or leave a gap, spans that end before they begin, ids of two nouns."""
    for noun in ("account", "move", "expiry"):
        versions: dict[str, list[Node]] = {}
        for node in draft.nodes(noun):
            since, until = node.get("since"), node.get("until")
            if since and until and until < since:
                draft.report.add(
                    "bounds", node.at("until"), f"it ends on {until}, before it begins on {since}"
                )
            elif "id" in node and draft.is_sound(node.path):
                versions.setdefault(node["id"], []).append(node)
        for nodes in versions.values():
            _check_spans(draft, nodes)
    taken = draft.ids("move")
    for node in draft.nodes("expiry"):
        if node.get("id") in taken:
            draft.report.add(
                "double-id", node.at("id"), f"{node['id']!r} is a move too; entries name either by its id"
            )
    _check_expiries(draft)


def _check_spans(draft: Draft, nodes: list[Node]) -> None:
    nodes = sorted(nodes, key=lambda node: node.get("since", date.min))
    for before, after in pairwise(nodes):
        end, begin = before.get("until"), after.get("since")
        if end is None or begin is None or begin <= end:
            which = f"{after['id']!r} stands twice"
            message = f"{which}, and both hold on {begin or before.get('since') or 'every day'}"
            draft.report.add(
                "double-id", after.at("id"), f"{message}; end the first on the day before the second"
            )
        elif begin != end + timedelta(days=1):
            message = (
                f"{after['id']!r} does not hold from {end + timedelta(days=1)} to {begin - timedelta(days=1)}"
            )
            draft.report.add("version-gap", after.at("since"), f"{message}; versions must touch")
        if before.get("asset") != after.get("asset") or before.get("owner") != after.get("owner"):
            message = "versions of an account keep its owner and asset; give a new account another id"
            draft.report.add("key-fit", after.path, message)


def _check_expiries(draft: Draft) -> None:
    """Report accounts that two expiries speak of on one day."""
    of_account: dict[str, list[Node]] = {}
    for node in draft.nodes("expiry"):
        if "account" in node and "id" in node:
            of_account.setdefault(node["account"], []).append(node)
    for account, nodes in of_account.items():
        for position, node in enumerate(nodes):
            rival = next(
                (one for one in nodes[:position] if one["id"] != node["id"] and _overlap(one, node)), None
            )
            if rival is not None:
                message = f"{rival['id']!r} says already when what is in {account!r} ends"
                draft.report.add("expiry-twice", node.at("account"), message)


def _overlap(one: Node, other: Node) -> bool:
    begins = max(one.get("since", date.min), other.get("since", date.min))
    ends = min(one.get("until", date.max), other.get("until", date.max))
    return bool(begins <= ends)
