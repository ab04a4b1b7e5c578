"""The reason for where a promise stands, built when somebody asks for it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ..basics import Label
from ..facts import Fact
from ..reasons import Argument, Reason
from .counted import SetAside, day_of
from .promises import Commitment, Promise
from .sentences import NO_VALUE, STATUS_WORDS
from .standing import Standing


def reason_of(
    commitment: Commitment,
    promise: Promise,
    on: date,
    *,
    standing: Standing,
    first: Standing | None,
    counted: tuple[Fact, ...],
    set_aside: tuple[SetAside, ...],
) -> Reason:
    """Return why a promise stands as it does: numbers, milestones, parts, versions, facts."""
    children = [
        *_numbers(promise, standing),
        *_steps(standing),
        *_versions(commitment, promise, first),
        *_facts(promise, counted),
        *_left_out(commitment, set_aside),
    ]
    arguments = (commitment.id, commitment.title, STATUS_WORDS[standing.status], on)
    return Reason("status", arguments, tuple(children), commitment.source)


def _numbers(promise: Promise, standing: Standing) -> Iterator[Reason]:
    code = "at-most" if promise.goal.direction == "at_most" else "at-least"
    yield Reason(code, (_value(standing.actual), standing.target, standing.due))
    if standing.percent is not None:
        # As text: the digits are part of the answer, 74.10 is not 74.1.
        yield Reason("percent", (str(standing.percent),))
    if standing.reached is not None:
        yield Reason("reached", (standing.reached,))
    if standing.broken is not None and standing.broken < standing.due:
        yield Reason("broken", (standing.broken,))
    if standing.expected is not None:
        yield Reason("expected", (_said(standing.expected),))


def _steps(standing: Standing) -> Iterator[Reason]:
    for step in standing.milestones:
        yield Reason("milestone", (step.milestone.on, step.milestone.target, STATUS_WORDS[step.status]))
    for one in standing.parts:
        goal = one.part.goal
        yield Reason(
            "part",
            (_named(one.part.id, one.part.title), _value(one.actual), goal.target, STATUS_WORDS[one.status]),
        )


def _named(name: str, title: Label) -> Label:
    """Return an id with its title, if it has one."""
    return Label(zh=f"{name} {title.in_('zh')}".strip(), en=f"{name} {title.in_('en')}".strip())


def _versions(commitment: Commitment, promise: Promise, first: Standing | None) -> Iterator[Reason]:
    if promise is not commitment.versions[0]:
        yield Reason("changed", (promise.since, promise.basis))
    if first is not None:
        percent = "–" if first.percent is None else str(first.percent)
        yield Reason("first", (first.target, first.due, STATUS_WORDS[first.status], percent))
    if promise.withdrawn is not None:
        yield Reason("withdrawn", (promise.withdrawn.on, promise.withdrawn.basis))


def _facts(promise: Promise, counted: tuple[Fact, ...]) -> Iterator[Reason]:
    days = [day_of(fact, promise.dates) or fact.on for fact in counted]
    yield Reason("counted", (len(days), min(days), max(days))) if days else Reason("nothing-counted")


def _left_out(commitment: Commitment, set_aside: tuple[SetAside, ...]) -> Iterator[Reason]:
    # A promise of this year has all facts of the years before against it: their number says enough.
    early = sum(one.why == "too-early" for one in set_aside)
    if early:
        yield Reason("too-early", (early, commitment.versions[0].since))
    for one in set_aside:
        if one.why != "too-early":
            yield Reason(one.why, (one.fact.id, one.fact.on, one.detail))


def _value(number: Decimal | None) -> Argument:
    return NO_VALUE if number is None else number


def _said(number: Decimal | Fraction) -> Argument:
    """Return an exact number as it can be read: a fraction without end keeps its two halves."""
    if isinstance(number, Decimal):
        return number
    return str(number)
