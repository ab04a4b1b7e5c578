"""What duties say of facts: the kinds are declared, and have these attributes and values."""

from typing import Any

from ...facts import FactKind
from ..drafts import Draft
from ..shapes import Node
from .facts import Reading, kind_called

#: Attributes that are filled in by themselves where a kind declares them, and their types.
FILLED_IN = {
    "duty": "text",
    "status": "text",
    "unit": "text",
    "towards": "text",
    "period": "text",
    "late": "flag",
}


def check_duty_facts(draft: Draft, node: Node) -> None:
    """Report attributes and amounts that the facts of a duty do not have."""
    fulfilled = node.get("fulfilled")
    if fulfilled is not None:
        _check_fulfilled(draft, fulfilled)
    excuse = node.get("excuse")
    if excuse is not None and "fact" in excuse:
        reading = Reading(draft, (excuse["fact"],), excuse.at("fact"))
        if "until" in excuse:
            reading.typed(excuse["until"], "date", excuse.at("until"))
    for status, emission in node.get("emit", {}).items():
        _check_emission(draft, status, emission)


def _check_fulfilled(draft: Draft, node: Node) -> None:
    reading = Reading(draft, node.get("fact", ()), node.at("fact"))
    if "target" in node:
        reading.typed(node["target"], "text", node.at("target"))
    for name in ("where", "unless"):
        reading.where(node.get(name), node.at(name))
    for position, name in enumerate(node.get("filled", ())):
        reading.fields(name, node.at("filled", position))
    if "least_amount" in node:
        reading.number("amount", node.at("least_amount"))
    if node.get("distinct", "day") not in ("day", "person"):
        reading.fields(node["distinct"], node.at("distinct"))
    if "nil" in node:
        reading.typed(node["nil"], "flag", node.at("nil"))


def _check_emission(draft: Draft, status: str, node: Node) -> None:
    kind = kind_called(draft, node["fact"], node.at("fact")) if "fact" in node else None
    if kind is None:
        return
    report = draft.report
    if kind.amount != ("amount" in node):
        text = "must carry an amount" if kind.amount else "carry no amount"
        report.add("emit", node.path, f"facts of kind {kind.id!r} {text}")
    amount = node.get("amount")
    if amount == "shortage" and status != "missed":
        report.add("emit", node.at("amount"), f"nothing is short of what is {status!r}; write a number")
    elif amount is not None and amount != "shortage" and amount > kind.most:
        report.add("emit", node.at("amount"), f"the amount of kind {kind.id!r} is at most {kind.most}")
    reading = Reading(draft, (kind.id,), node.at("fact"))
    given: dict[str, Any] = node.get("attributes", {})
    reading.where({name: (value,) for name, value in given.items()}, node.at("attributes"))
    _check_told(draft, kind, node, given)


def _check_told(draft: Draft, kind: FactKind, node: Node, given: dict[str, Any]) -> None:
    """Report attributes a kind needs that nothing fills in, or that are filled in with another type."""
    for name, field in kind.fields.items():
        if name in given:
            if name in FILLED_IN:
                text = f"{name!r} is filled in by itself; leave it out"
                draft.report.add("emit", node.at("attributes", name), text)
        elif name in FILLED_IN:
            if field.type != FILLED_IN[name] or field.one_of:
                text = f"{name!r} is filled in by itself, with any {FILLED_IN[name]}"
                draft.report.add("emit", node.path, f"{text}; the kind {kind.id!r} allows other values")
        elif field.required:
            text = f"facts of kind {kind.id!r} must have the attribute {name!r}"
            draft.report.add("emit", node.path, f"{text}; write it in 'attributes'")
