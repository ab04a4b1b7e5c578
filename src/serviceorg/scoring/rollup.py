"""Scores of parts (months, quarters) made into the score of a longer period (汇总)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from ..basics import rounded
from ..errors import ScoringError
from .bands import units_of_item
from .context import Question
from .outcome import Outcome
from .rules import RollUp


class PartCard(Protocol):
    """What a roll-up needs to know of each part."""

    @property
    def outcome(self) -> Outcome:
        """The part's outcome in units."""

    @property
    def question(self) -> Question:
        """The part's question."""

    @property
    def status(self) -> str:
        """The part's status."""


def roll_up(question: Question, parts: Sequence[PartCard]) -> Outcome:
    """Return the outcome of the longer period from its parts, in order.

    A part that is not assessed counts as the rule says: left out ("served") or as nothing ("all").
    A pending part makes the whole pending.
    """
    rule = question.state.version.head.roll_up
    if rule is None:
        raise ScoringError(f"rule set {question.plan.rules.id!r} declares no roll_up")
    outcome = Outcome()
    served = [part for part in parts if part.status != "not_assessed"]
    if not served:
        outcome.status, outcome.reason = "not_assessed", "no part of the period was assessed"
        return outcome
    step = Fraction(rule.round.step) * question.plan.unit if rule.round else Fraction(1)
    direction = rule.round.direction if rule.round else question.plan.rules.direction
    total = _value(rule, parts, served, [part.outcome.total for part in parts])
    outcome.total = outcome.before_veto = int(rounded(total, step, direction))
    _roll_parts(question, rule, parts, served, outcome)
    if any(part.status == "pending" for part in served):
        outcome.status = "pending"
        outcome.waiting = tuple(dict.fromkeys(name for part in served for name in part.outcome.waiting))
    elif len(served) < rule.least:
        outcome.status, outcome.reason = "not_graded", f"{len(served)} of at least {rule.least} parts"
    elif all(part.status == "not_graded" for part in served):
        outcome.status = "not_graded"
    return outcome


def _roll_parts(
    question: Question, rule: RollUp, parts: Sequence[PartCard], served: Sequence[PartCard], outcome: Outcome
) -> None:
    """Roll up every category and item the same way, so that needs and rankings can look at them."""
    direction = question.plan.rules.direction
    categories = []
    for plan in question.state.categories:
        units = [_category(part, plan.category.id) for part in parts]
        categories.append(int(rounded(_value(rule, parts, served, units), 1, direction)))
    outcome.categories = categories
    items = {}
    for no in {no for state in question.plan.states for no in state.items}:
        units = [units_of_item(part.question, part.outcome, no) for part in parts]
        items[no] = int(rounded(_value(rule, parts, served, units), 1, direction))
    outcome.items = items


def _category(part: PartCard, name: str) -> int:
    names = part.question.state.category_nos
    known = name in names and part.outcome.categories
    return part.outcome.categories[names[name]] if known else 0


def _value(
    rule: RollUp, parts: Sequence[PartCard], served: Sequence[PartCard], units: Sequence[int]
) -> Fraction:
    """Return mean, sum, best, last or weighted mean of the units of the parts that count, exactly."""
    counted = [no for no, part in enumerate(parts) if rule.partial == "all" or part in served]
    values = [units[no] if parts[no].status != "not_assessed" else 0 for no in counted]
    match rule.by:
        case "sum":
            return Fraction(sum(values))
        case "best":
            return Fraction(max(values))
        case "last":
            return Fraction(values[-1])
        case "weights":
            weights = [Fraction(rule.weights[no]) for no in counted]
            weighted = sum((w * v for w, v in zip(weights, values, strict=True)), Fraction(0))
            return weighted / (sum(weights) or 1)
        case _:
            return Fraction(sum(values), len(values))
