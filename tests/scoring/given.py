"""What the tests of the engine share: small rule sets from TOML, facts, and cards."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from serviceorg.basics import parse_period
from serviceorg.facts import Fact
from serviceorg.loading import rule_set_from_text
from serviceorg.model import Dated, Subject
from serviceorg.reasons import Reason
from serviceorg.scoring import RuleSet, Scorecard, score, score_all

HEAD = {
    "id": '"t"',
    "title": '"T"',
    "subject": '"member"',
    "period": '"year"',
    "effective": "2020-01-01",
    "basis": '"for tests"',
    "source": '"for tests"',
}

#: One item that pays each fact what it says.
POINTS = """
[fact.result]
amount = { most = 1000000 }
[[item]]
id = "i"
category = "c"
title = "Points"
on = "result"
points = 1
per = "amount"
"""


def rules(text: str, categories: Iterable[str] = ('id = "c"',), **head: str) -> RuleSet:
    """Return a rule set; ``head`` has more keys of its head, ``categories`` the lines of each, as TOML."""
    lines = "\n".join(f"{name} = {value}" for name, value in {**HEAD, **head}.items())
    listed = "\n".join(f'[[category]]\ntitle = "C"\n{one}' for one in categories)
    return rule_set_from_text(f"[rule_set]\n{lines}\n{listed}\n{text}")


def item(keys: str, facts: str = "[fact.x]\namount = true", **head: str) -> RuleSet:
    """Return a rule set with one item "i" of category "c" that has these keys; its facts are of kind "x"."""
    return rules(f'{facts}\n[[item]]\nid = "i"\ncategory = "c"\ntitle = "I"\n{keys}', **head)


def day(text: str) -> date:
    """Return a day of 2024 written "05-01", or any day written whole."""
    return date.fromisoformat(text if len(text) > 5 else f"2024-{text}")


_COUNTER = iter(range(10**9))


def fact(on: str = "05-01", amount: "str | int | None" = None, kind: str = "x", **more: Any) -> Fact:
    """Return a fact of "S"; keys that no fact has become its attributes."""
    own: dict[str, Any] = {
        name: more.pop(name) for name in ("id", "subject", "reverses", "attributes") if name in more
    }
    days: dict[str, Any] = {
        name: day(more.pop(name)) for name in ("recorded_on", "decided_on") if name in more
    }
    given: dict[str, Any] = {"id": f"f{next(_COUNTER)}", "subject": "S", "attributes": more, **own, **days}
    return Fact(kind=kind, on=day(on), amount=None if amount is None else Decimal(amount), **given)


def subject(name: str = "S", **more: Any) -> Subject:
    """Return a subject; days are written as text."""
    days: dict[str, Any] = {one: day(more.pop(one)) for one in ("joined", "left") if one in more}
    return Subject(id=name, **days, **more)


def dated(values: Mapping[str, str]) -> tuple[Dated, ...]:
    """Return values by the day they hold from."""
    return tuple(Dated(day(since), value) for since, value in values.items())


def card(
    rule_set: RuleSet, facts: Iterable[Fact], period: str = "2024", *, as_of: str | None = None, **more: Any
) -> Scorecard:
    """Return the card of "S" scored alone.

    ``who`` is the subject, ``others`` and ``measures`` as for score.
    """
    asked = more.pop("who", None) or Subject(id="S", kind=rule_set.subject_kinds[0])
    return score(
        rule_set,
        asked,
        facts,
        period=parse_period(period, first_month=rule_set.first_month),
        as_of=None if as_of is None else day(as_of),
        subjects=more.pop("others", ()),
        **more,
    )


def total(rule_set: RuleSet, facts: Iterable[Fact], period: str = "2024", **more: Any) -> Decimal | None:
    """Return the total of "S" scored alone."""
    return card(rule_set, facts, period, **more).total


def points(rule_set: RuleSet, facts: Iterable[Fact], period: str = "2024", **more: Any) -> Decimal:
    """Return what item "i" came to for "S" scored alone."""
    return card(rule_set, facts, period, **more).items["i"].points


def cards(
    rule_set: RuleSet, facts: Iterable[Fact], period: str = "2024", *, as_of: str | None = None, **more: Any
) -> dict[str, Scorecard]:
    """Return everyone's card by subject, scored together."""
    found = score_all(
        rule_set,
        facts,
        period=parse_period(period, first_month=rule_set.first_month),
        as_of=None if as_of is None else day(as_of),
        **more,
    )
    return {one.subject: one for one in found}


def results(marks: Mapping[str, "str | int"], on: str = "05-01") -> list[Fact]:
    """Return one fact of kind "result" for each subject and amount."""
    return [fact(on, amount, "result", subject=name) for name, amount in marks.items()]


def codes(one: Scorecard) -> list[str]:
    """Return the codes of a card's reasons, parents first."""
    return [reason.code for reason in one.reason.walk()]


def reasons(one: Scorecard, code: str) -> list[Reason]:
    """Return a card's reasons of one code."""
    return [reason for reason in one.reason.walk() if reason.code == code]


def said(one: Scorecard, code: str) -> list[list[str]]:
    """Return the values of a card's reasons of one code, as they are said in English."""
    return [[str(value) for value in reason.arguments] for reason in reasons(one, code)]
