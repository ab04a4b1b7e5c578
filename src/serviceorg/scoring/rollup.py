"""Scores of parts (months, quarters) made into the score of a longer period (汇总)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from ..basics import rounded
from ..errors import ScoringError
from .context import Question
from .outcome import Outcome
from .rules import RollUp


class PartCard(Protocol):
    """What a roll-up needs to know of each part."""

    @property
    def outcome(self) -> Outcome:
        """The part's outcome in units."""

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
    value = _value(rule, parts, served)
    step = Fraction(rule.round.step) * question.plan.unit if rule.round else Fraction(1)
    direction = rule.round.direction if rule.round else question.plan.rules.direction
    outcome.total = outcome.before_veto = int(rounded(value, step, direction))
    if any(part.status == "pending" for part in served):
        outcome.status = "pending"
        outcome.waiting = tuple(dict.fromkeys(name for part in served for name in part.outcome.waiting))
    elif len(served) < rule.least:
        outcome.status, outcome.reason = "not_graded", f"{len(served)} of at least {rule.least} parts"
    elif all(part.status == "not_graded" for part in served):
        outcome.status = "not_graded"
    return outcome


def _value(rule: RollUp, parts: Sequence[PartCard], served: Sequence[PartCard]) -> Fraction:
    counted = served if rule.partial == "served" else parts
    totals = [part.outcome.total if part.status != "not_assessed" else 0 for part in counted]
    match rule.by:
        case "sum":
            return Fraction(sum(totals))
        case "best":
            return Fraction(max(totals))
        case "last":
            return Fraction(totals[-1])
        case "weights":
            weights = [Fraction(w) for part, w in zip(parts, rule.weights, strict=True) if part in counted]
            return sum((w * t for w, t in zip(weights, totals, strict=True)), Fraction(0)) / (
                sum(weights) or 1
            )
        case _:
            return Fraction(sum(totals), len(totals))
