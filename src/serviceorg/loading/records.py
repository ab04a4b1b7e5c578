"""Facts and subjects from files, line by line: JSON Lines (.jsonl, .ndjson) and CSV.

Every problem of a file is told at once, with its line. Nothing is guessed and nothing is dropped in
silence: facts of a kind that nobody declared are set aside and counted in the report.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

import attrs

from ..basics import FrozenMap
from ..errors import FactProblems, known_names
from ..facts import Fact, FactKind
from .records_fields import Record, amount_of, attributes_of, records_of
from .records_lines import Lines, Notes, TooManyProblems, opened
from .records_subjects import read_subjects

__all__ = ["FACT_KEYS", "FactReader", "FactReport", "read_facts", "read_subjects"]

FACT_KEYS = (
    "id",
    "subject",
    "kind",
    "on",
    "amount",
    "recorded_on",
    "decided_on",
    "recorded_by",
    "evidence",
    "reverses",
    "attributes",
)
_REQUIRED = ("subject", "kind", "on")
# The nearest id is looked for among so many; difflib would take minutes for a million.
_NEAR = 5_000


@attrs.frozen(kw_only=True)
class FactReport:
    """What was read so far: ``facts`` given out, and how many of each kind nobody declared."""

    facts: int = 0
    unknown_kinds: FrozenMap[str, int] = FrozenMap()
    known_kinds: tuple[str, ...] = ()

    def notices(self) -> tuple[str, ...]:
        """Return a sentence for each kind that was set aside, with the nearest known kind."""
        return tuple(
            f"set aside {count} of kind {kind!r}, which the rules do not read; "
            + known_names(kind, self.known_kinds)
            for kind, count in sorted(self.unknown_kinds.items())
        )


class FactReader(Iterator[Fact]):
    """An iterator over the facts of one file.

    It holds one line at a time; only ids stay in memory, to find doubles and reversals of nothing.
    The problems are raised at the end: facts given out before are not to be used then. A line
    without an id gets "L" and its line number, the same in every run.

    Raises:
        FactProblems: At the end of the file, for all problems found in it; by the first fact asked
            for, if the file cannot be read at all.
    """

    def __init__(self, path: str | Path, kinds: Mapping[str, FactKind]) -> None:
        self._kinds = kinds
        self._notes = Notes(str(path))
        self._lines: Lines | None = None
        self._given = 0
        self._unknown: Counter[str] = Counter()
        self._facts = self._read(Path(path))

    def __iter__(self) -> Iterator[Fact]:
        return self

    def __next__(self) -> Fact:
        fact = next(self._facts)
        self._given += 1
        return fact

    @property
    def report(self) -> FactReport:
        """What was read so far."""
        unknown: FrozenMap[str, int] = FrozenMap(self._unknown)
        return FactReport(facts=self._given, unknown_kinds=unknown, known_kinds=tuple(sorted(self._kinds)))

    @property
    def position(self) -> int:
        """How many bytes of the file have been read, for a progress bar."""
        return self._lines.position if self._lines else 0

    def _read(self, path: Path) -> Iterator[Fact]:
        notes = self._notes
        seen: dict[str, int] = {}
        reversals: dict[str, int] = {}
        with opened(path, notes) as self._lines:
            try:
                for record in records_of(self._lines, path, notes, FACT_KEYS):
                    fact = self._fact(record, seen, reversals)
                    if fact is not None:
                        yield fact
                _check_reversals(notes, seen, reversals)
            except TooManyProblems:
                pass
        if notes.problems:
            raise FactProblems(notes.problems)

    def _fact(self, record: Record, seen: dict[str, int], reversals: dict[str, int]) -> Fact | None:
        record.check_keys(FACT_KEYS, _REQUIRED)
        own_id, reverses = _ids(record, seen, reversals)
        name = record.name("kind")
        kind = self._kinds.get(name)
        subject, on = record.name("subject"), record.day("on")
        recorded_on, decided_on = record.day("recorded_on"), record.day("decided_on")
        recorded_by, evidence = record.text("recorded_by"), record.text("evidence")
        amount, attributes = amount_of(record, kind), attributes_of(record, kind)
        if not record.ok or on is None:
            return None
        if kind is None:
            self._unknown[name] += 1
            return None
        return Fact(
            id=own_id,
            subject=subject,
            kind=name,
            on=on,
            amount=amount,
            attributes=attributes,
            recorded_on=recorded_on or on,
            decided_on=decided_on,
            recorded_by=recorded_by,
            evidence=evidence,
            reverses=reverses,
        )


def read_facts(path: str | Path, kinds: Mapping[str, FactKind]) -> FactReader:
    """Return an iterator over the facts of a .jsonl, .ndjson or .csv file.

    ``.report`` of the iterator says which facts were set aside.
    ``kinds`` (usually ``rule_set.kinds``) says which kinds are read and what each carries: amounts
    and numbers from 0 to the kind's bound with at most four decimals, allowed texts, required
    attributes. A fact that reverses another need not repeat its amount and attributes, and a closed
    scorecard may have a negative total or none.

    Raises:
        FactProblems: While iterating, at the end of the file: every problem with file and line, up
            to 1,000.
    """
    return FactReader(path, kinds)


def _ids(record: Record, seen: dict[str, int], reversals: dict[str, int]) -> tuple[str, str | None]:
    """Return the fact's own id and the one it reverses; both are remembered with their line."""
    own_id, reverses = record.name("id", default=f"L{record.number}"), record.name("reverses") or None
    if own_id in seen:
        record.note("duplicate", "id", f"the id {own_id!r} stands in line {seen[own_id]} already")
    seen[own_id] = record.number
    if reverses is not None:
        reversals.setdefault(reverses, record.number)
    if reverses == own_id:
        record.note("reversal", "reverses", f"the fact {own_id!r} cannot reverse itself")
    return own_id, reverses


def _check_reversals(notes: Notes, seen: Mapping[str, int], reversals: Mapping[str, int]) -> None:
    for target, number in reversals.items():
        if target not in seen:
            near = get_close_matches(target, islice(seen, _NEAR), n=1)
            hint = f". Did you mean {near[0]!r}?" if near else ""
            notes.add("reversal", f"line {number}, reverses", f"this file has no fact {target!r}{hint}")
