"""Hours that somebody cannot have served: two facts of one person and day that overlap in time."""

import re
from collections.abc import Iterable

import attrs

from ..errors import FactProblems, Problem
from ..facts import Fact
from .reversals import taken_back

_TIME = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")
_DAY = 24 * 60


@attrs.frozen
class Overlap:
    """Two facts of one subject and day that overlap in time (时段重叠), by so many minutes."""

    first: Fact
    second: Fact
    minutes: int


def overlapping(facts: Iterable[Fact], *, start: str = "start", end: str = "end") -> tuple[Overlap, ...]:
    """Return every pair of facts of one subject and day that overlap in time, by subject, day and start.

    What ends as the other begins does not overlap. Facts without times and facts that were taken back are
    passed over; whatever the kind, nobody is in two places at once.

    Args:
        facts: In any order.
        start: The attribute with the first minute, as text like "08:30".
        end: The attribute with the end, up to "24:00".

    Raises:
        FactProblems: For times nobody can read, one without the other, and ends not after the start.
    """
    listed = tuple(facts)
    undone = taken_back(listed)
    days: dict[tuple[str, int], list[tuple[int, int, str, Fact]]] = {}
    problems: list[Problem] = []
    for fact in listed:
        if fact.reverses is not None or fact.id in undone or not {start, end} & fact.attributes.keys():
            continue
        first, last = (_minutes(fact.attributes.get(name)) for name in (start, end))
        if first is None or last is None or last <= first:
            problems.append(_unreadable(fact, start, end))
        else:
            days.setdefault((fact.subject, fact.day), []).append((first, last, fact.id, fact))
    if problems:
        raise FactProblems(problems)
    return tuple(pair for day in sorted(days) for pair in _pairs(sorted(days[day], key=lambda row: row[:3])))


def _pairs(rows: list[tuple[int, int, str, Fact]]) -> Iterable[Overlap]:
    running: list[tuple[int, Fact]] = []
    for first, last, _, fact in rows:
        running = [(end, other) for end, other in running if end > first]
        for end, other in running:
            yield Overlap(other, fact, min(end, last) - first)
        running.append((last, fact))


def _minutes(value: object) -> int | None:
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    minutes = int(match[1]) * 60 + int(match[2])
    return minutes if minutes <= _DAY else None


def _unreadable(fact: Fact, start: str, end: str) -> Problem:
    found = f"{start} {fact.attributes.get(start)!r}, {end} {fact.attributes.get(end)!r}"
    message = f"found {found}; allowed are times like '08:30', the end after the start, at most '24:00'"
    return Problem("times", f"fact {fact.id!r}", message)
