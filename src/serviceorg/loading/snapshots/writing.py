"""Snapshots into folders, as ``read_snapshot`` reads them.

Every row is read back before anything is written, with the eyes of the reader: what could not be read, or
would be read as something else, is a problem of its record. So a folder that was written can be read.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, TextIO

import attrs

from ...basics.escaping import escaped
from ...basics.masking import mask_name
from ...errors import Problem, SnapshotProblems, known_names
from ...model.records import Person
from ...model.snapshot import Snapshot
from ..records_fields import Record
from ..records_lines import LONGEST_LINE, MOST_PROBLEMS, Notes
from .cells import Cells, Unusual, unmarked
from .tables import PARTED, TABLES, Table

Format = Literal["csv", "jsonl"]
Naming = Literal["masked", "plain", "none"]
_FORMATS, _NAMINGS = ("csv", "jsonl"), ("masked", "plain", "none")


def write_snapshot(
    snapshot: Snapshot,
    path: str | Path,
    *,
    format: Format = "csv",  # noqa: A002 -- what everybody calls it
    names: Naming = "masked",
) -> None:
    """Write the records of a snapshot into a folder of six files; the folder is made, or must be empty.

    The structure is not written: it is a file that people wrote, and is given to ``read_snapshot`` as it is.

    In CSV a text that a spreadsheet could take for a formula gets a leading ``'``, which reading takes off
    again. Ids in a list are parted by ``;`` there: a change of units whose ids have one needs JSON Lines.

    Args:
        snapshot: Any records, whole or not.
        path: The folder.
        format: "csv" (a header and cells; RFC 4180) or "jsonl" (an object a line; nothing is null).
        names: "masked" shows the surnames of people alone and leaves the names of units, which are not to
            hold people's names; "plain" shows everything; "none" leaves out all names, those of units too.

    Raises:
        SnapshotProblems: If the folder holds something already, or cannot be written; or with every record
            that could not be read again. Nothing was written then, but for a disk that filled up.
    """
    _check_choices(format, names)
    folder = Path(path)
    rows = _Rows(snapshot, format, names)
    problems = [*_obstacles(folder), *rows.problems()]
    if problems:
        raise SnapshotProblems(problems)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in TABLES.items():
            # The line ends are written as they are, on every system.
            with (folder / f"{name}.{format}").open("w", encoding="utf-8", newline="") as file:
                rows.write(table, file)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        text = f"the folder cannot be written: {getattr(error, 'strerror', None) or error}"
        raise SnapshotProblems([Problem("unwritable", "", text, str(folder))]) from None


def _check_choices(format_: str, names: str) -> None:
    for what, found, allowed in (("format", format_, _FORMATS), ("names", names, _NAMINGS)):
        if found not in allowed:
            text = f"{found!r} is not allowed; {known_names(str(found), allowed)}"
            raise SnapshotProblems([Problem("unknown-word", what, text)])


def _obstacles(folder: Path) -> Iterator[Problem]:
    try:
        if folder.is_dir() and any(folder.iterdir()):
            text = "the folder holds something already; name a new one, or empty this one yourself"
            yield Problem("not-empty", "", text, str(folder))
        elif folder.exists() and not folder.is_dir():
            yield Problem("not-empty", "", "this is a file; name a folder", str(folder))
    except (OSError, ValueError) as error:
        text = f"the folder cannot be written: {getattr(error, 'strerror', None) or error}"
        yield Problem("unwritable", "", text, str(folder))


class _Rows:
    """The rows of a snapshot as they are written."""

    def __init__(self, snapshot: Snapshot, format_: Format, names: Naming) -> None:
        self._snapshot, self._names = snapshot, names
        self._cells = format_ == "csv"
        self._read = Cells({}, blank="" if self._cells else None)

    def write(self, table: Table, file: TextIO) -> None:
        """Write one file."""
        if self._cells:
            csv.writer(file).writerow(table.keys)
        self._write_rows(table, map(self._row(table), self._records(table)), file)

    def _write_rows(self, table: Table, rows: Iterable[tuple[Any, ...]], file: TextIO) -> None:
        if self._cells:
            csv.writer(file).writerows(rows)
            return
        for row in rows:
            values = {key: value for key, value in zip(table.keys, row, strict=True) if value is not None}
            file.write(json.dumps(values, ensure_ascii=False) + "\n")

    def problems(self) -> list[Problem]:
        """Return a problem for each record that would not be read as it is."""
        found: list[Problem] = []
        for table in TABLES.values():
            row_of, quick = self._row(table), table.quick(self._read)
            for position, record in enumerate(self._records(table)):
                row = row_of(record)
                try:
                    if quick(*row) == record:
                        continue
                except (Unusual, TypeError):
                    pass
                message = self._fault(table, record, row) or self._too_long(table, row)
                if message and len(found) < MOST_PROBLEMS:
                    found.append(Problem("unwritable", f"{table.name}[{position}]", message))
        return found

    def _fault(self, table: Table, record: Any, row: tuple[Any, ...]) -> str:
        """Return why a record cannot be written, "" if it can: it is read key by key."""
        notes = Notes("")
        blank = self._read.blank
        values = {key: value for key, value in zip(table.keys, row, strict=True) if value != blank}
        read = Record(0, unmarked(values, cells=self._cells), notes, cells=self._cells)
        read.check_keys(table.keys, table.required)
        again = table.precise(read)
        if notes.problems:
            first = notes.problems[0]
            place = first.where.removeprefix("line 0").removeprefix(", ")
            return f"{place}: {first.message}" if place else first.message
        if again == record:
            return ""
        pairs = zip(table.keys, table.values(record), table.values(again), strict=True)
        other = " and ".join(f"{key} = {found!r:.80}" for key, meant, found in pairs if meant != found)
        advice = "; JSON Lines (format='jsonl') can hold it" if self._cells else ""
        return f"it would be read as something else, with {other}{advice}"

    def _too_long(self, table: Table, row: tuple[Any, ...]) -> str:
        """Return that a row makes a longer line than the reader takes, "" if it does not.

        Only a row that is not plain can: a change with thousands of units.
        """
        line = io.StringIO()
        self._write_rows(table, [row], line)
        size = len(line.getvalue().rstrip("\r\n").encode())
        if size <= LONGEST_LINE:
            return ""
        return f"its line would have {size} bytes; allowed are {LONGEST_LINE}"

    def _records(self, table: Table) -> Iterable[Any]:
        found = getattr(self._snapshot, table.name)
        records: Iterable[Any] = found.values() if table.name in ("units", "people") else found
        if self._names == "plain" or table.name not in ("units", "people"):
            return records
        return map(self._shown, records)

    def _shown(self, record: Any) -> Any:
        if not record.name or (self._names == "masked" and not isinstance(record, Person)):
            return record
        return attrs.evolve(record, name="" if self._names == "none" else mask_name(record.name))

    def _row(self, table: Table) -> Callable[[Any], tuple[Any, ...]]:
        """Return the function that makes the row of a record."""
        values = table.values
        if not self._cells:
            return lambda record: tuple(map(_json_value, values(record)))
        said = _Cells().__getitem__
        return lambda record: tuple(map(said, values(record)))


class _Cells(dict[Any, str]):
    """Cells of CSV by value; the same days, roles and ids stand in very many rows."""

    def __missing__(self, value: object) -> str:
        cell = _cell(value)
        if len(self) < _MOST_CELLS:
            self[value] = cell
        return cell


_MOST_CELLS = 100_000


def _cell(value: object) -> str:
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, tuple):
        return escaped(PARTED.join(map(_plain, value)))
    return _plain(value)


def _plain(value: object) -> str:
    """Return a value as plain text, "" for None; a number has no exponent."""
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _json_value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_json_value(one) for one in value] or None
    if isinstance(value, (date, Decimal)):
        return _plain(value)
    return value if value != "" else None
