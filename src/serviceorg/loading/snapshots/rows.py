"""One file of a snapshot, read at once: quickly row by row, and key by key where a row is not plain.

The quick way and the precise one take the same rows and make the same records; only the precise one can tell
what is wrong. CSV is read in blocks; from one with a line that is too long, or no UTF-8, line by line.
"""

import csv
import io
from array import array
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO

import attrs

from ...errors import FactProblems
from ..records_fields import Record
from ..records_lines import (
    LONGEST_LINE,
    Lines,
    Notes,
    TooManyProblems,
    header_is_sound,
    is_csv,
    json_records,
    opened_bytes,
)
from .cells import BothCells, Cells, Unusual, unmarked
from .tables import Quick, Table

_BLOCK = 1 << 20


@attrs.define
class Rows:
    """What was read of one file: records, the line of each, and whether the file was read to its end."""

    table: Table
    notes: Notes
    records: list[Any] = attrs.field(factory=list)
    lines: "array[int]" = attrs.field(factory=lambda: array("L"))
    is_whole: bool = False

    def broken(self) -> set[str]:
        """Return the lines with a problem, as problems call them."""
        return {problem.where.partition(",")[0] for problem in self.notes.problems}

    def has_lost(self) -> bool:
        """Return whether a line with a problem gave no record."""
        broken = self.broken()
        return bool(broken) and not broken <= {f"line {number}" for number in self.lines}

    def precise(self, number: int, values: dict[str, object], *, cells: bool) -> None:
        """Read a row key by key; note what is wrong, and keep what can be read."""
        record = Record(number, unmarked(values, cells=cells), self.notes, cells=cells)
        record.check_keys(self.table.keys, self.table.required)
        made = self.table.precise(record)
        assert made is not None or not record.ok  # nothing is dropped in silence
        if made is not None:
            self.records.append(made)
            self.lines.append(number)


def read_rows(table: Table, path: Path, cells: BothCells) -> Rows:
    """Return the records of a file and all its problems of form; ``cells`` are those of all the files."""
    rows = Rows(table, Notes(str(path)))
    try:
        with opened_bytes(path, rows.notes) as file:
            if is_csv(path):
                _read_csv(rows, file, cells.of_csv)
            else:
                _read_json(rows, file, cells.of_json)
        if table.has_ids:
            _drop_doubles(rows)
    except FactProblems as error:
        rows.notes.problems += error.problems
        rows.is_whole = False
    except TooManyProblems:
        rows.is_whole = False
    return rows


def _read_csv(rows: Rows, file: BinaryIO, cells: Cells) -> None:
    table, notes = rows.table, rows.notes
    # RFC 4180 and nothing else: strict refuses stray quotes, which otherwise glue rows together.
    reader = csv.reader(_lines(file, notes), strict=True)
    before = len(notes.problems)
    try:
        header = next((row for row in reader if any(row)), None)
        if header is None and len(notes.problems) == before:
            notes.add("csv", "line 1", f"the file has no header; allowed columns are {', '.join(table.keys)}")
        if header is None or not _has_columns(header, table, notes, reader.line_num):
            return
        _read_cells(rows, reader, header, table.quick(cells))
    except csv.Error as error:
        text = f"this is not CSV ({error}); the rest of the file was not read"
        notes.add("csv", f"line {reader.line_num}", text)
        return
    rows.is_whole = not any(problem.code == "encoding" for problem in notes.problems[before:])


def _has_columns(header: list[str], table: Table, notes: Notes, number: int) -> bool:
    is_sound = header_is_sound(header, table.keys, notes, number)
    for key in table.required:
        # A misspelt column was told already, with this one as the guess.
        if is_sound and key not in header:
            notes.add("missing", f"line {number}", f"the column {key!r} is missing")
    return is_sound and set(table.required) <= set(header)


def _read_cells(rows: Rows, reader: Any, header: list[str], quick: Quick) -> None:
    """Read the rows under a header; written for speed, since a file may have a million of them."""
    keys, width = rows.table.keys, len(header)
    # A column that is not there is read from one blank cell, put behind the others.
    pick = itemgetter(*(header.index(key) if key in header else width for key in keys))
    as_written = tuple(header) == keys
    add, mark = rows.records.append, rows.lines.append
    number = reader.line_num
    for row in reader:
        first, number = number + 1, reader.line_num
        try:
            if len(row) != width:
                raise Unusual
            record = quick(*row) if as_written else quick(*pick([*row, ""]))
        except Unusual:
            if any(row):
                _read_row(rows, first, row, header)
            continue
        add(record)
        mark(first)


def _read_row(rows: Rows, number: int, row: list[str], header: list[str]) -> None:
    if len(row) != len(header):
        cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
        text = f"the row has {cells}; the header has {len(header)}"
        rows.notes.add("csv", f"line {number}", text)
        return
    values: dict[str, object] = {key: cell for key, cell in zip(header, row, strict=True) if cell}
    rows.precise(number, values, cells=True)


def _lines(file: BinaryIO, notes: Notes) -> Iterator[str]:
    """Yield the lines of a file with their ends; one that is too long becomes a blank one: all count."""
    start = number = 0
    while block := file.read(_BLOCK):
        if not block.endswith(b"\n"):
            block += file.readline(LONGEST_LINE + 2)
        text = _plain(block)
        if text is None:
            file.seek(start)
            yield from _careful(Lines(file, notes), number)
            return
        yield from io.StringIO(text.removeprefix("\ufeff") if start == 0 else text, newline="\n")
        start += len(block)
        number += block.count(b"\n")


def _plain(block: bytes) -> str | None:
    """Return the text of whole lines, None if one is too long or something is no UTF-8."""
    if max(map(len, block.split(b"\n"))) > LONGEST_LINE:
        return None
    try:
        return block.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _careful(lines: Lines, number: int) -> Iterator[str]:
    lines.number = number
    for text in lines:
        for _ in range(number + 1, lines.number):
            yield "\n"
        number = lines.number
        yield f"{text}\n"


def _read_json(rows: Rows, file: BinaryIO, cells: Cells) -> None:
    table, notes = rows.table, rows.notes
    keys, quick, allowed = table.keys, table.quick(cells), frozenset(table.keys)
    add, mark = rows.records.append, rows.lines.append
    before = len(notes.problems)
    for number, values in json_records(Lines(file, notes), notes):
        try:
            if not values.keys() <= allowed:
                raise Unusual
            record = quick(*map(values.get, keys))
        except (Unusual, TypeError):  # TypeError: a list or table where an id belongs, which no dict looks up
            rows.precise(number, values, cells=False)
            continue
        add(record)
        mark(number)
    rows.is_whole = not any(problem.code == "encoding" for problem in notes.problems[before:])


def _drop_doubles(rows: Rows) -> None:
    """Note ids that stand twice; the first is kept."""
    if len({record.id for record in rows.records}) == len(rows.records):
        return
    seen: dict[str, int] = {}
    kept, lines = [], array("L")
    for record, number in zip(rows.records, rows.lines, strict=True):
        if record.id in seen:
            text = f"the id {record.id!r} stands in line {seen[record.id]} already"
            rows.notes.add("duplicate", f"line {number}, id", text)
            continue
        seen[record.id] = number
        kept.append(record)
        lines.append(number)
    rows.records, rows.lines = kept, lines
