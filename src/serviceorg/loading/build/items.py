"""Items and their clauses."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ...basics import FrozenMap
from ...scoring.rules import (
    Clause,
    Item,
    Late,
    Linear,
    Marginal,
    Pay,
    Place,
    Points,
    PointsBy,
    Relative,
    Step,
    Steps,
)
from .measures import measure_of
from .select import factors_of, per_of, rounding_of, select_of, who_of, window_of

_NOTHING = Decimal(0)


def item_of(node: Mapping[str, Any], late: Late | None) -> Item:
    """Return an item; ``late`` is the head's time for late entry.

    Without a list of clauses its keys are those of its only clause, but for the caps over spans of time,
    which are the item's own.
    """
    limits = limits_of(node.get("cap"))
    clauses = node.get("clause")
    if clauses is None:
        event = FrozenMap({span: most for span, most in limits.items() if span == "event"})
        made: tuple[Clause, ...] = (_clause(node, late, cap=event, id_="", take=_own_take(node)),)
    else:
        made = tuple(
            _clause(clause, late, cap=limits_of(clause.get("cap")), id_=clause["id"], take=_own_take(clause))
            for clause in clauses
        )
    return Item(
        id=node["id"],
        category=node["category"],
        title=node["title"],
        source=node.get("source", ""),
        clauses=made,
        full=node.get("full"),
        floor=_floor(node),
        cap=FrozenMap({span: most for span, most in limits.items() if span != "event"}),
        take=node.get("take", "") if clauses is not None else "",
        round=rounding_of(node.get("round")),
    )


def _floor(node: Mapping[str, Any]) -> Decimal | None:
    floor = node.get("floor")
    if floor is None:
        return _NOTHING if "full" in node else None
    return None if floor == "none" else floor


def _own_take(node: Mapping[str, Any]) -> str:
    # With checks, ``take`` says which of several lists counts and belongs to the measure.
    take: str = "" if "checks" in node else node.get("take", "")
    return take


def limits_of(value: Any) -> FrozenMap[str, Any]:
    """Return limits by span: a single number is the limit of the whole period."""
    if value is None:
        return FrozenMap()
    return FrozenMap(value if isinstance(value, dict) else {"period": value})


def _clause(
    node: Mapping[str, Any], late: Late | None, *, cap: FrozenMap[str, Decimal], id_: str, take: str
) -> Clause:
    pay, sign = _pay(node)
    return Clause(
        id=id_,
        select=select_of(node, late),
        who=who_of(node.get("who")),
        window=window_of(node),
        measure=measure_of(node),
        pay=pay,
        sign=sign,
        per=per_of(node.get("per")),
        factors=factors_of(node.get("factor", ())),
        stack=node.get("stack", "product"),
        times=limits_of(node.get("times")),
        take=take,
        cap=cap,
        per_head=node.get("per_head", False),
        missing=node.get("missing", ""),
        shared=node.get("shared", False),
    )


def _pay(node: Mapping[str, Any]) -> tuple[Pay, int]:
    sign = -1 if "deduct" in node or "deduct_by" in node or node.get("deducts") else 1
    if "points" in node or "deduct" in node:
        return Points(points=node["points"] if "points" in node else node["deduct"]), sign
    if "points_by" in node or "deduct_by" in node:
        ((field, table),) = (node.get("points_by") or node["deduct_by"]).items()
        return PointsBy(field=field, table=FrozenMap(table)), sign
    if "step" in node:
        return Steps(steps=tuple(_step(step) for step in node["step"])), sign
    if "marginal" in node:
        return Marginal(slices=tuple(_step(step) for step in node["marginal"])), sign
    for name, type_ in (("linear", Linear), ("place", Place), ("relative", Relative)):
        if name in node:
            pay: Pay = type_(**node[name])
            return pay, sign
    return Points(points=_NOTHING), sign


def _step(node: Mapping[str, Any]) -> Step:
    to = node.get("to")
    share = isinstance(to, tuple)
    return Step(
        points=node["points"],
        start=node.get("from"),
        above=node.get("above"),
        to=to[1] if isinstance(to, tuple) else to,
        share=share,
    )
