"""What the tests of scoring methods share: the method files, small rule sets, and cards by subject."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from serviceorg.basics import parse_period
from serviceorg.facts import Fact
from serviceorg.loading import rule_set_from_path, rule_set_from_text
from serviceorg.model import Subject
from serviceorg.scoring import RuleSet, Scorecard, score_all

HERE = Path(__file__).parent

#: One item that pays what its facts say.
POINTS = """
[fact.result]
amount = { most = 1000 }
[[item]]
id = "i"
category = "c"
title = "Points"
on = "result"
points = 1
per = "amount"
"""

#: A grade for at most a tenth, to be formatted with the rounding and the rule for ties.
SHARE = """
[[grade]]
id = "first"
title = "First"
from = 0
share = {{ most = "10%", rounding = "{rounding}", ties = "{ties}" }}
[[grade]]
id = "rest"
title = "Rest"
"""


@cache
def method(number: int) -> RuleSet:
    """Return the rule set that shows scoring method S``number``."""
    return rule_set_from_path(HERE / f"s{number:02d}.toml")


def rules(text: str, **head: str) -> RuleSet:
    """Return a small rule set: ``text`` follows the head, ``head`` holds more keys of it, as TOML."""
    first = {"id": '"t"', "title": '"T"', "effective": "2000-01-01", "basis": '"test"', "source": '"test"'}
    keys = {**first, "subject": '"member"', "period": '"year"', **head}
    lines = "\n".join(f"{name} = {value}" for name, value in keys.items())
    return rule_set_from_text(f'[rule_set]\n{lines}\n[[category]]\nid = "c"\ntitle = "C"\n{text}')


def fact(kind: str, on: str, amount: "str | int | None" = None, *, subject: str = "S", **more: Any) -> Fact:
    """Return a fact; keys that no fact has become attributes."""
    own: dict[str, Any] = {name: more.pop(name) for name in ("id", "reverses") if name in more}
    days: dict[str, Any] = {
        name: date.fromisoformat(str(more.pop(name)))
        for name in ("recorded_on", "decided_on")
        if name in more
    }
    own.setdefault("id", f"{kind} {subject} {on} {amount} {sorted(more.items(), key=str)}")
    return Fact(
        **own,
        **days,
        subject=subject,
        kind=kind,
        on=date.fromisoformat(on),
        amount=None if amount is None else Decimal(amount),
        attributes={name.replace("_", "-"): value for name, value in more.items()},
    )


def cards(
    rule_set: RuleSet,
    facts: Iterable[Fact],
    period: str,
    *,
    subjects: Iterable[Subject] | None = None,
    as_of: str | None = None,
) -> dict[str, Scorecard]:
    """Return everyone's card by subject."""
    found = score_all(
        rule_set,
        facts,
        subjects=subjects,
        period=parse_period(period, first_month=rule_set.first_month),
        as_of=None if as_of is None else date.fromisoformat(as_of),
    )
    return {card.subject: card for card in found}


def card(
    rule_set: RuleSet, facts: Iterable[Fact], period: str, *, as_of: str | None = None, **subject: Any
) -> Scorecard:
    """Return the card of the only subject, "S"; keywords describe it."""
    asked = Subject(**{"id": "S", "kind": rule_set.subject_kinds[0], **subject})
    return cards(rule_set, facts, period, subjects=[asked], as_of=as_of)["S"]


def total(rule_set: RuleSet, facts: Iterable[Fact], period: str, **more: Any) -> Decimal | None:
    """Return the total of the only subject."""
    return card(rule_set, facts, period, **more).total


def result(amount: "str | int", on: str = "2024-05-01", **more: Any) -> Fact:
    """Return a fact that ``POINTS`` pays."""
    return fact("result", on, amount, **more)
