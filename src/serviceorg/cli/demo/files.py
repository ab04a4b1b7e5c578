"""The invented year as files that ``serviceorg score`` reads: facts.jsonl and subjects.jsonl."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from ...facts import Fact, Value
from ...model import Dated, Subject
from .erqi.year import ErqiYear

FACTS, SUBJECTS = "facts.jsonl", "subjects.jsonl"
_json = json.JSONEncoder(ensure_ascii=False).encode


def write_year(year: ErqiYear, folder: Path) -> tuple[Path, Path]:
    """Write both files, line by line, and return their paths; files of these names are replaced.

    Raises:
        OSError: If the folder or a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    facts, subjects = folder / FACTS, folder / SUBJECTS
    write_facts(facts, year.facts)
    _write(subjects, map(_subject, year.subjects))
    return facts, subjects


def write_facts(path: Path, facts: Iterable[Fact]) -> None:
    """Write facts line by line, as ``read_facts`` reads them.

    Raises:
        OSError: If the file cannot be written.
    """
    _write(path, map(_fact, facts))


def _write(path: Path, rows: Iterable[dict[str, object]]) -> None:
    # The same bytes on every system: no "\r\n" on some.
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{_json(row)}\n" for row in rows)


def _fact(fact: Fact) -> dict[str, object]:
    row: dict[str, object] = {
        "id": fact.id,
        "subject": fact.subject,
        "kind": fact.kind,
        "on": fact.on.isoformat(),
    }
    if fact.amount is not None:
        row["amount"] = f"{fact.amount:f}"
    if fact.recorded_on != fact.on:
        row["recorded_on"] = fact.recorded_on.isoformat()
    if fact.evidence:
        row["evidence"] = fact.evidence
    if fact.reverses is not None:
        row["reverses"] = fact.reverses
    if fact.attributes:
        row["attributes"] = {name: _plain(value) for name, value in fact.attributes.items()}
    return row


def _plain(value: Value) -> object:
    # An exact number travels as text: a reader that knows only binary floats would spoil it.
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def _subject(subject: Subject) -> dict[str, object]:
    return dict(_parts(subject))


def _parts(subject: Subject) -> Iterator[tuple[str, object]]:
    yield "id", subject.id
    yield "kind", subject.kind
    yield "name", subject.name
    for key, values in (("category", subject.category), ("organisation", subject.organisation)):
        if values:
            yield key, _dated(values)
    for key, day in (("joined", subject.joined), ("left", subject.left)):
        if day is not None:
            yield key, day.isoformat()
    if subject.exemptions:
        yield (
            "exemptions",
            [
                {
                    "effect": one.effect,
                    "since": one.since.isoformat(),
                    "until": one.until and one.until.isoformat(),
                    "reason": one.reason,
                }
                for one in subject.exemptions
            ],
        )


def _dated(values: tuple[Dated, ...]) -> object:
    """Return one text where nothing ever changed, else the list of changes."""
    if len(values) == 1 and values[0].since == date.min:
        return values[0].value
    return [{"since": one.since.isoformat(), "value": one.value} for one in values]
