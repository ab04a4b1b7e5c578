"""Durations, bounds, and where values come from."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ...basics import FrozenMap
from ...calendars import (
    CalendarDays,
    Duration,
    Months,
    NextWorkingDay,
    RealTime,
    WorkingDays,
    WorkingTime,
)
from ...workflow.rules import Bounds, Value

_MINUTES = {"minutes": 1, "hours": 60}
_WORKING = {"working_minutes": 1, "working_hours": 60}
_DAYS = {"working_days": WorkingDays, "days": CalendarDays, "months": Months}


def duration_of(node: Mapping[str, Any]) -> Duration:
    """Return the duration a table says; keys of other things in the table are passed by."""
    options = {name: node[name] for name in ("roll", "ends", "bound") if name in node}
    for name, each in _MINUTES.items():
        if name in node:
            return RealTime(node[name] * each, **options)
    for name, each in _WORKING.items():
        if name in node:
            return WorkingTime(node[name] * each, **options)
    for name, type_ in _DAYS.items():
        if name in node:
            duration: Duration = type_(node[name], **options)
            return duration
    return NextWorkingDay(**options)


def maybe_duration(node: Mapping[str, Any] | None) -> Duration | None:
    """Return a duration where one is written."""
    return None if node is None else duration_of(node)


def bounds_of(node: Mapping[str, Any]) -> Bounds | None:
    """Return the range a table says, None where it says none."""
    least, above, most, below = (
        Fraction(node[name]) if name in node else None for name in ("from", "above", "to", "below")
    )
    written = any(end is not None for end in (least, above, most, below))
    return Bounds(least=least, above=above, most=most, below=below) if written else None


def sets_of(node: Mapping[str, Any] | None) -> FrozenMap[str, Value]:
    """Return what each slot is filled with."""
    return FrozenMap({slot: _set(value) for slot, value in (node or {}).items()})


_WORDS = {"actor": Value(actor=True), "actor-unit": Value(actor_unit=True), "nobody": Value(nobody=True)}


def _set(value: str | Mapping[str, Any]) -> Value:
    if isinstance(value, str):
        return _WORDS[value]
    given = {name: one for name, one in value.items() if name != "id"}
    if "id" in value:
        given["constant"] = value["id"]
    return Value(**given)


def emitted_of(value: Any) -> Value:
    """Return where a value of a fact comes from; what is no table is a constant."""
    return Value(**value) if isinstance(value, Mapping) else Value(constant=value)
