"""Changes of units: whether those before them end and those after them are there as the change says."""

from collections.abc import Iterable, Iterator
from datetime import date

from ...errors import known_names
from ..days import ONE_DAY, holds
from ..records import Change
from .findings import Findings

#: kind -> fewest and most units before, fewest and most after; None for no bound.
ARITIES: dict[str, tuple[int, int | None, int, int | None]] = {
    "merge": (2, None, 1, 1),
    "split": (1, 1, 2, None),
    "rename": (1, 1, 1, 1),
    "dissolve": (1, None, 0, 0),
}
POINTS = ("sum", "stay")


def check_changes(findings: Findings) -> None:
    """Find changes whose kind, units, days, heir, points or shares do not fit."""
    touching: dict[tuple[date, str], list[Change]] = {}
    for change in findings.snapshot.changes:
        for unit in {*change.before, *change.after}:
            touching.setdefault((change.on, unit), []).append(change)
    for position, change in enumerate(findings.snapshot.changes):
        if findings.on is None or change.on <= findings.on:
            others = {other.id: other for unit in _settled(change) for other in touching[change.on, unit]}
            for code, message in (
                *misshapen(change),
                *_units(findings, change),
                *same_day(change, others.values()),
            ):
                findings.add("changes", position, change, code=code, message=message)


def _settled(change: Change) -> list[str]:
    """Return the units that no other change of the day may begin with: they are divided, or end."""
    is_divided = len(change.after) > 1
    return [unit for unit in dict.fromkeys(change.before) if is_divided or unit not in change.after]


def same_day(change: Change, others: Iterable[Change]) -> Iterator[tuple[str, str]]:
    """Yield code and message for units that are divided or end, but are changed again the same day.

    Which was first? And a unit ends once.
    """
    is_divided = len(change.after) > 1
    settled = _settled(change)
    for other in others:
        for unit in settled if other.id != change.id else ():
            if is_divided and (unit in other.before or unit in other.after):
                message = f"{unit!r} is divided, but stands in change {other.id!r} of the same day as well"
                yield "same-day", f"{message}; allowed is another day"
            elif unit in other.before:
                message = f"{unit!r} ends, but change {other.id!r} of the same day begins with it as well"
                yield "same-day", f"{message}; allowed is one change"


def misshapen(change: Change) -> Iterator[tuple[str, str]]:
    """Yield code and message of whatever is wrong with a change, whichever units there are."""
    if change.kind not in ARITIES:
        guess = known_names(change.kind, ARITIES)
        yield "unknown-change", f"there is no kind of change {change.kind!r}; {guess}"
    else:
        least, most, least_after, most_after = ARITIES[change.kind]
        sides = (("before", change.before, least, most), ("after", change.after, least_after, most_after))
        for side, units, fewest, greatest in sides:
            if len(units) < fewest or (greatest is not None and len(units) > greatest):
                bound = f"exactly {fewest}" if fewest == greatest else f"at least {fewest}"
                yield "arity", f"a {change.kind} has {bound} {side} it; found are {len(units)}"
    for side, units in (("before", change.before), ("after", change.after)):
        for unit in sorted({unit for unit in units if units.count(unit) > 1}):
            yield "twice", f"{unit!r} stands twice {side} it; allowed is once"
    if change.tickets and change.tickets not in change.after:
        allowed = ", ".join(map(repr, change.after)) or "none, as no unit comes after"
        yield "heir", f"open tickets pass to {change.tickets!r}; allowed are {allowed}"
    for unit in dict.fromkeys(change.before) if change.tickets in change.after else ():
        if unit in change.after and unit != change.tickets:
            message = f"open tickets pass to {change.tickets!r}, but {unit!r} lives on and keeps its own"
            yield "heir", f"{message}; allowed is none, or {unit!r}"
    if change.points not in POINTS:
        yield "points", f"found points = {change.points!r}; {known_names(change.points, POINTS)}"
    yield from _shares(change)


def _shares(change: Change) -> Iterator[tuple[str, str]]:
    if not change.shares:
        return
    if len(change.shares) != len(change.after):
        yield (
            "shares",
            f"found {len(change.shares)} shares for {len(change.after)} units after it; allowed is one each",
        )
    elif any(share < 0 for share in change.shares):
        yield "shares", f"found the share {min(change.shares)}; allowed are shares from 0 to 1"
    elif sum(change.shares) != 1:
        yield "shares", f"the shares add up to {sum(change.shares)}; allowed is 1"


def _units(findings: Findings, change: Change) -> Iterator[tuple[str, str]]:
    units = findings.snapshot.units
    eve = change.on - ONE_DAY
    for name in dict.fromkeys((*change.before, *change.after)):
        if name not in units:
            yield "unknown-unit", f"there is no unit {name!r}; {findings.guess('unit', name, units)}"
            continue
        unit = units[name]
        if name in change.before and not holds(unit, eve):
            yield "not-there", f"{name!r} must be there on {eve}, the day before the change, but is not"
        elif name in change.before and name not in change.after and unit.until != eve:
            last = f"on {unit.until}" if unit.until else "never"
            yield "not-ended", f"{name!r} ends {last}; allowed is {eve}, the day before the change"
        if name in change.after and not holds(unit, change.on):
            yield "not-begun", f"{name!r} must be there on {change.on}, the day of the change, but is not"
