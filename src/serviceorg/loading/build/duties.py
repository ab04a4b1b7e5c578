"""Duties, their parts, and golden cases."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from ...basics import FrozenMap
from ...calendars import (
    AtLeast,
    CalendarDays,
    EveryDay,
    EveryWorkingDay,
    MonthlyDay,
    MonthlyNthWeekday,
    Quarterly,
    Recurrence,
    Weekly,
    WorkingDayOfMonth,
    Yearly,
)
from ...duties import (
    Case,
    Duty,
    DutyBook,
    Emission,
    Excuse,
    Expected,
    Fulfilment,
    Towards,
    Who,
)
from ...facts import Fact, FactKind
from ...model import Membership, Person, Placement, Trait, Unit
from ..shapes.duties import WEEKDAYS
from .flow_values import duration_of, maybe_duration

_SAME = ("id", "title", "held", "partial", "since", "until", "source", "illustrative", "rows", "note")
_HEAD = ("id", "title", "source", "calendar", "illustrative", "rows")


def book_of(
    head: Mapping[str, Any],
    duties: tuple[Duty, ...],
    cases: tuple[Case, ...],
    *,
    kinds: Mapping[str, FactKind],
    origin: str,
    digest: str,
) -> DutyBook:
    """Return the book of a file."""
    given = {name: head[name] for name in _HEAD if name in head}
    return DutyBook(**given, kinds=FrozenMap(kinds), duties=duties, cases=cases, origin=origin, digest=digest)


def duty_of(node: Mapping[str, Any], kinds: Mapping[str, FactKind]) -> Duty:
    """Return a duty.

    Raises:
        DurationError: For a frequency that means nothing.
    """
    given = {name: node[name] for name in _SAME if name in node}
    roster, on = node.get("roster"), node.get("on")
    fulfilled = {**node["fulfilled"]}
    if roster is not None:
        fulfilled |= {"by": "role", "role": roster["role"], "distinct": "person"}
        given |= {"on": _roster_days(roster), "times": roster.get("least", 1)}
    elif on is not None:
        given |= {"on": recurrence_of(on), "times": on.get("times", 1), "early": on.get("early", 0)}
    else:
        given["at_least"] = AtLeast(**node["at_least"])
    soon = node.get("due_soon")
    return Duty(
        **given,
        who=_who(node["who"]),
        towards=_towards(node.get("towards")),
        fulfilled=_fulfilment(fulfilled),
        grace=maybe_duration(node.get("grace")),
        due_soon=CalendarDays(soon["days"], roll="none") if soon and "days" in soon else maybe_duration(soon),
        excuse=_excuse(node.get("excuse")),
        emit=FrozenMap({status: _emission(one, kinds) for status, one in node.get("emit", {}).items()}),
    )


def recurrence_of(node: Mapping[str, Any]) -> Recurrence:
    """Return on which days something comes again.

    Raises:
        DurationError: For what does not fit together.
    """
    options = {name: node[name] for name in ("on_conflict", "conflicts") if name in node}
    every = node["every"]
    if every == "day":
        return EveryDay(**options)
    if every == "working-day":
        return EveryWorkingDay(**options)
    if every == "week":
        weekday = WEEKDAYS.index(node["weekday"])
        return Weekly(weekday, every=node.get("weeks", 1), anchor=node.get("anchor"), **options)
    if every != "month":
        return (Quarterly if every == "quarter" else Yearly)(node["month"], node["day"], **options)
    if "day" in node:
        return MonthlyDay(node["day"], **options)
    if "working_day" in node:
        return WorkingDayOfMonth(node["working_day"], **options)
    return MonthlyNthWeekday(node["nth"], WEEKDAYS.index(node["weekday"]), **options)


def _roster_days(node: Mapping[str, Any]) -> Recurrence:
    return EveryDay() if node.get("per", "day") == "day" else EveryWorkingDay()


def _who(node: Mapping[str, Any]) -> Who:
    given = {name: value for name, value in node.items() if name not in ("kind", "category")}
    return Who(**given, kinds=node.get("kind", ()), categories=node.get("category", ()))


def _towards(node: Mapping[str, Any] | None) -> Towards | None:
    if node is None:
        return None
    return Towards(**{name: value for name, value in node.items() if name != "kind"}, kinds=node["kind"])


def _fulfilment(node: Mapping[str, Any]) -> Fulfilment:
    given = {name: value for name, value in node.items() if name not in ("fact", "recorded_within")}
    if "weekday" in given:
        given["weekday"] = WEEKDAYS.index(given["weekday"])
    within = node.get("recorded_within")
    return Fulfilment(
        **given, facts=node["fact"], recorded_within=None if within is None else duration_of(within)
    )


def _excuse(node: Mapping[str, Any] | None) -> Excuse | None:
    if node is None:
        return None
    part = Fraction(node.get("share", 1))
    return Excuse(**{**node, "share": (part.numerator, part.denominator)})


def _emission(node: Mapping[str, Any], kinds: Mapping[str, FactKind]) -> Emission:
    given = {name: value for name, value in node.items() if name != "fact"}
    kind = kinds.get(node["fact"])
    return Emission(**given, kind=node["fact"], fields=tuple(kind.fields) if kind else ())


def case_of(node: Mapping[str, Any]) -> Case:
    """Return a golden case."""
    return Case(
        title=node["title"],
        period=node["period"],
        on=node["on"],
        units=tuple(
            Unit(**{name: value for name, value in unit.items() if name != "in"}) for unit in node["units"]
        ),
        people=tuple(Person(**person) for person in node.get("people", ())),
        placements=tuple(
            Placement(tree=tree, unit=unit["id"], parent=parent, **_span(unit))
            for unit in node["units"]
            for tree, parent in unit.get("in", {}).items()
        ),
        memberships=tuple(Membership(**bond) for bond in node.get("bonds", ())),
        traits=tuple(Trait(**trait) for trait in node.get("traits", ())),
        facts=tuple(_fact(fact, number) for number, fact in enumerate(node.get("facts", ()), 1)),
        expect=tuple(Expected(**one) for one in node["expect"]),
        vacant=node.get("vacant", ()),
        facts_expected=node.get("emits"),
    )


def _span(node: Mapping[str, Any]) -> dict[str, date]:
    return {name: node[name] for name in ("since", "until") if name in node}


def _fact(node: Mapping[str, Any], number: int) -> Fact:
    return Fact(**{"id": f"case-{number}", **node, "attributes": FrozenMap(node.get("attributes", ()))})
