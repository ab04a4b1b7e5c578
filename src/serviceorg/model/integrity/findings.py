"""Where problems are gathered, each at its record; and how records, days and guesses are said."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from ...errors import Problem, known_names
from ..days import holds
from ..records import Change, Membership, Person, Placement, Record, Trait, Unit
from ..snapshot import Snapshot

#: The collections of a snapshot, in the order in which their problems are told.
KINDS = ("units", "people", "placements", "memberships", "traits", "changes")

#: Says file and place of a record from the name of its collection and its position there.
Where = Callable[[str, int], tuple[str, str]]

_FEW = 200  # names among which the nearest is looked for one by one
_NEIGHBOURS = 20


class Findings:
    """The problems found so far; each check adds its own, in any order."""

    def __init__(self, snapshot: Snapshot, *, on: date | None, where: Where | None) -> None:
        self.snapshot = snapshot
        self.on = on
        self._where = where
        self._found: list[tuple[int, int, Problem]] = []
        self._guesses: dict[str, Guesses] = {}

    def add(self, kind: str, position: int, record: Record, *, code: str, message: str) -> None:
        """Add one problem of the record at a position of a collection."""
        file, place = self._where(kind, position) if self._where else ("", "")
        path = ", ".join(part for part in (place, said(record)) if part)
        self._found.append((KINDS.index(kind), position, Problem(code, path, message, file)))

    def problems(self) -> tuple[Problem, ...]:
        """Return all problems in the order of the collections and their records."""
        return tuple(row[-1] for row in sorted(self._found, key=lambda row: row[:2]))

    def guess(self, kind: str, found: str, known: Mapping[str, object]) -> str:
        """Return what is known in words, with the nearest guess; quick however many are known."""
        if kind not in self._guesses:
            self._guesses[kind] = Guesses(known)
        return self._guesses[kind].of(found)

    def is_asked(self, record: Unit | Person | Placement | Membership | Trait) -> bool:
        """Return whether a record is looked at: all are, or those in force on the one day."""
        return self.on is None or holds(record, self.on)

    def window(self, since: date | None, until: date | None) -> tuple[date, date]:
        """Return the days of a record that are looked at, first and last."""
        if self.on is not None:
            return self.on, self.on
        return since or date.min, until or date.max


class Guesses:
    """Names known, and which of them somebody may have meant."""

    def __init__(self, known: Iterable[str]) -> None:
        self._names = sorted(known)
        self._mirrored = sorted(name[::-1] for name in self._names) if len(self._names) > _FEW else []
        self._said: dict[str, str] = {}

    def of(self, found: str) -> str:
        """Return what is known, with the nearest guess last."""
        if found not in self._said:
            self._said[found] = self._told(found)
        return self._said[found]

    def _told(self, found: str) -> str:
        if len(self._names) <= _FEW:
            return known_names(found, self._names)
        # Of very many, those with the same beginning or end are neighbours in one of two sorted lists.
        near = _around(self._names, found)
        near += [name[::-1] for name in _around(self._mirrored, found[::-1])]
        _, _, guess = known_names(found, set(near)).partition(" Did you mean ")
        text = f"{len(self._names)} others are known"
        return f"{text}. Did you mean {guess}" if guess else text


def _around(names: list[str], found: str) -> list[str]:
    middle = bisect_left(names, found)
    return names[max(0, middle - _NEIGHBOURS) : middle + _NEIGHBOURS]


def said(record: Record) -> str:
    """Return which record is meant, in words."""
    if isinstance(record, Placement):
        return f"placement of {record.unit!r} in {record.tree!r}"
    if isinstance(record, Membership):
        return f"membership of {record.person!r} at {record.unit!r} as {record.role!r}"
    if isinstance(record, Trait):
        return f"trait {record.name!r} of {record.of!r}"
    kind = {Unit: "unit", Person: "person", Change: "change"}[type(record)]
    return f"{kind} {record.id!r}"


def span_said(start: date, end: date) -> str:
    """Return a stretch of days in words; the first and last of all days are said as open."""
    if start == end:
        return f"on {start}"
    if start == date.min:
        return "always" if end == date.max else f"until {end}"
    return f"from {start} on" if end == date.max else f"from {start} to {end}"
