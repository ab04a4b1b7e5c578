"""Subjects from files: who is scored, with dated categories and exemptions where the format has room."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from ..errors import FactProblems, known_names
from ..model import Dated, Exemption, Subject
from .records_fields import Record, records_of
from .records_lines import Notes, TooManyProblems, is_csv, opened

SUBJECT_COLUMNS = ("id", "kind", "name", "category", "organisation", "joined", "left")
SUBJECT_KEYS = (*SUBJECT_COLUMNS, "exemptions")
EFFECTS = ("not_assessed", "not_graded")


def read_subjects(path: str | Path) -> tuple[Subject, ...]:
    """Return the subjects of a .jsonl, .ndjson or .csv file, in the order of the file.

    ``category`` and ``organisation`` may be lists of ``{"since": …, "value": …}`` in JSON Lines, and
    ``exemptions`` stand only there.

    Raises:
        FactProblems: Every problem of the file, with its line.
    """
    notes, file = Notes(str(path)), Path(path)
    found: list[Subject] = []
    lines_of: dict[str, int] = {}
    with opened(file, notes) as lines:
        try:
            for record in records_of(lines, file, notes, SUBJECT_COLUMNS):
                found.extend(_subject(record, lines_of, SUBJECT_COLUMNS if is_csv(file) else SUBJECT_KEYS))
        except TooManyProblems:
            pass
    if notes.problems:
        raise FactProblems(notes.problems)
    return tuple(found)


def _subject(record: Record, lines_of: dict[str, int], keys: tuple[str, ...]) -> Iterator[Subject]:
    record.check_keys(keys, ("id",))
    own_id = record.name("id")
    if own_id in lines_of:
        record.note("duplicate", "id", f"the id {own_id!r} stands in line {lines_of[own_id]} already")
    elif own_id:
        lines_of[own_id] = record.number
    kind, name = record.name("kind", default="member"), record.text("name")
    category, organisation = _dated(record, "category"), _dated(record, "organisation")
    joined, left = record.day("joined"), record.day("left")
    _check_order(record, "left", joined, left)
    exemptions = tuple(_exemptions(record))
    if record.ok:
        yield Subject(
            id=own_id,
            kind=kind,
            name=name,
            category=category,
            organisation=organisation,
            joined=joined,
            left=left,
            exemptions=exemptions,
        )


def _dated(record: Record, key: str) -> str | tuple[Dated, ...]:
    if not isinstance(record.values.get(key), list):
        return record.name(key)
    values: list[Dated] = []
    for part, place in _parts(record, key, ("since", "value"), ("since", "value")):
        since, value = part.day("since"), part.name("value")
        if since and value:
            if since in [dated.since for dated in values]:
                record.note("duplicate", place, f"two values begin on {since}")
            values.append(Dated(since, value))
    return tuple(values)


def _exemptions(record: Record) -> Iterator[Exemption]:
    keys = ("effect", "since", "until", "reason")
    if record.values.get("exemptions") is None or record.cells:
        return
    for part, _ in _parts(record, "exemptions", keys, ("effect", "since")):
        effect, reason = part.text("effect"), part.text("reason")
        since, until = part.day("since"), part.day("until")
        if effect and effect not in EFFECTS:
            part.note("value", "effect", f"{effect!r} is not an effect; {known_names(effect, EFFECTS)}")
        _check_order(part, "until", since, until)
        if part.ok and since:
            yield Exemption(effect=effect, since=since, until=until, reason=reason)


class _Part(Record):
    """An object inside a record; its problems are the record's, with the way to it."""

    def __init__(self, whole: Record, place: str, values: Mapping[str, object]) -> None:
        super().__init__(whole.number, values, whole.notes, cells=False)
        self._whole, self._place = whole, place

    def note(self, code: str, key: str, message: str) -> None:
        self.ok = False
        self._whole.note(code, f"{self._place}.{key}" if key else self._place, message)


def _parts(
    record: Record, key: str, keys: tuple[str, ...], required: tuple[str, ...]
) -> Iterator[tuple[Record, str]]:
    values = record.values[key]
    if not isinstance(values, list):
        record.note("type", key, f"{values!r} is not a list of objects with {', '.join(keys)}")
        return
    for number, value in enumerate(values, start=1):
        place = f"{key}[{number}]"
        if isinstance(value, dict):
            part = _Part(record, place, value)
            part.check_keys(keys, required)
            yield part, place
        else:
            record.note("type", place, f"{value!r} is not an object with {', '.join(keys)}")


def _check_order(record: Record, key: str, first: date | None, last: date | None) -> None:
    if first and last and last < first:
        record.note("order", key, f"{last} lies before {first}")
