"""The head, the categories and the kinds of fact."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ...basics import FrozenMap, Label
from ...facts import FactKind, FieldKind
from ...scoring.rules import Category, Head, Ranking, RollUp
from .select import rounding_of, who_of

_MOST = Decimal(1_000_000)


def head_of(node: Mapping[str, Any]) -> Head:
    """Return what one version says of the whole score."""
    floor = node.get("floor")
    return Head(
        base=node.get("base", Decimal(0)),
        cap=node.get("cap"),
        floor=None if floor == "none" else floor,
        round=rounding_of(node.get("round")),
        base_for_part=node.get("base_for_part", "full"),
        counts=FrozenMap(node.get("counts", ())),
        roll_up=_roll_up(node.get("roll_up")),
        ranking=Ranking(**node.get("ranking", {})),
        who=who_of(node.get("who")),
    )


def _roll_up(node: Mapping[str, Any] | None) -> RollUp | None:
    return None if node is None else RollUp(**{**node, "round": rounding_of(node.get("round"))})


def category_of(node: Mapping[str, Any]) -> Category:
    """Return a category."""
    given = {name: value for name, value in node.items() if name != "note"}
    return Category(**{**given, "round": rounding_of(node.get("round"))})


def kind_of(name: str, node: Mapping[str, Any]) -> FactKind:
    """Return a kind of fact."""
    amount = node.get("amount", False)
    carried = {} if isinstance(amount, bool) else amount
    return FactKind(
        id=name,
        title=node.get("title", Label()),
        amount=amount is not False,
        unit=carried.get("unit", ""),
        most=carried.get("most", _MOST),
        fields=FrozenMap({field: _field(field, value) for field, value in node.get("fields", {}).items()}),
    )


def _field(name: str, value: Any) -> FieldKind:
    if isinstance(value, str):
        return FieldKind(name=name, type=value)
    return FieldKind(name=name, one_of=value) if isinstance(value, tuple) else FieldKind(name=name, **value)


#: Closed scorecards are facts too: rule sets read them without declaring them.
SCORECARD = FactKind(
    id="scorecard",
    title=Label(zh="评分结果", en="Closed scorecard"),
    amount=True,
    fields=FrozenMap(
        {
            name: FieldKind(name=name, required=name not in ("grade", "status"))
            for name in ("rule_set", "period", "grade", "status")
        }
    ),
)
