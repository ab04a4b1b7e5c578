"""Rungs and slices stand in ascending order, and each can be reached."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from ...facts import FactKind
from ...scoring.rules import Ballots, Clause, Marginal, Rate, Step, Steps, Tally
from ..drafts import Built, Draft
from ..shapes import Node
from .facts import greatest

_DAYS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "half": 184, "year": 366}
_ONE_VALUE = ("mean", "first", "last", "best", "worst")


def check_ladders(draft: Draft, values: Built) -> None:
    """Report rungs out of order, and rungs above the greatest value the measure can have."""
    for node, item in values.items:
        nodes: tuple[Node, ...] = node.get("clause", (node,))
        for place, clause in zip(nodes, item.clauses, strict=True):
            if isinstance(clause.pay, Steps):
                _check_order(draft, place, "step", clause.pay.steps)
                _check_reach(draft, place, clause, clause.pay.steps)
            elif isinstance(clause.pay, Marginal):
                _check_order(draft, place, "marginal", clause.pay.slices)


def _check_order(draft: Draft, place: Node, key: str, steps: tuple[Step, ...]) -> None:
    before: dict[bool, Step] = {}
    for position, step in enumerate(steps):
        # Places and shares of a ranking cannot be compared with each other before the ranking is known.
        last = before.get(step.share)
        if last is not None and _edge(step) <= _edge(last):
            message = f"{_said(step)} stands after {_plain(last)}; rungs stand from low to high, each once"
            draft.report.add("order", place.at(key, position), message)
        before[step.share] = step


def _written(step: Step) -> Decimal | Fraction:
    return next(edge for edge in (step.start, step.above, step.to) if edge is not None)


def _edge(step: Step) -> tuple[Fraction, bool]:
    return Fraction(_written(step)), step.above is not None


def _said(step: Step) -> str:
    name = "from" if step.start is not None else "above" if step.above is not None else "to"
    return f"{name} = {_plain(step)}"


def _plain(step: Step) -> str:
    value = _written(step)
    if step.share and isinstance(value, Decimal):
        return f'"{(value * 100).normalize():f}%"'
    return f'"{value}"' if isinstance(value, Fraction) else f"{value}"


def _check_reach(draft: Draft, place: Node, clause: Clause, steps: tuple[Step, ...]) -> None:
    most = _most(clause, draft.kinds.known, str(draft.head.get("period", "")))
    for position, step in enumerate(steps):
        if most is None or step.to is not None:
            continue
        value, is_above = _edge(step)
        if value > most or (is_above and value == most):
            message = f"{_said(step)} is never reached: what is measured here is at most {most}"
            draft.report.add("unreachable-rung", place.at("step", position), message)


def _most(clause: Clause, kinds: Mapping[str, FactKind], period: str) -> Decimal | None:
    """Return the greatest value the measure can have, None if there is no bound."""
    measure = clause.measure
    if isinstance(measure, Ballots):
        return measure.out_of
    if isinstance(measure, Rate):
        # Sums of two attributes may give more than the whole: a plan can be over-fulfilled.
        return None if measure.part_field else Decimal(1)
    if isinstance(measure, Tally) and measure.what in _ONE_VALUE:
        return greatest(kinds, clause.select.on, measure.field)
    if isinstance(measure, Tally) and measure.what == "days" and clause.window.kind == "period":
        span = period if measure.over == "period" else measure.over
        return Decimal(_DAYS.get(span, 366)) if clause.window.carry is None else None
    return None
