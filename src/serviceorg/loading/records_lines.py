"""Files of records, line by line: JSON Lines and CSV become (line number, keys and values).

Nothing is trusted: lines have a longest length, text is UTF-8, a JSON key stands once, and a number
never passes through a binary float. What is wrong with a line is noted and the next one is read.
"""

import csv
import json
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, NoReturn

from ..errors import FactProblems, Problem, known_names

#: The longest line, in bytes, without its line end.
LONGEST_LINE = 64 * 1024
#: A file with more problems than this is not read to its end.
MOST_PROBLEMS = 1_000
#: The columns of a CSV file that begin with this are attributes.
ATTRIBUTE_COLUMN = "attributes."

JSON_ENDINGS, CSV_ENDINGS = (".jsonl", ".ndjson"), (".csv",)


class TooManyProblems(Exception):
    """More problems than anybody reads; the reader stops."""


class Notes:
    """The problems of one file, in the order they were found.

    Raises:
        TooManyProblems: By ``add``, when one more than ``MOST_PROBLEMS`` would be kept.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, code: str, where: str, message: str) -> None:
        """Keep a problem."""
        if len(self.problems) >= MOST_PROBLEMS:
            text = f"there are more than {MOST_PROBLEMS} problems; the rest of the file was not read"
            self.problems.append(Problem("too-many", where.partition(",")[0], text, self.file))
            raise TooManyProblems
        self.problems.append(Problem(code, where, message, self.file))


class Lines:
    """An iterator over the lines of a file as text.

    ``number`` is the last line; ``first`` is the first one since its user set it to 0.
    """

    def __init__(self, file: BinaryIO, notes: Notes) -> None:
        self._file, self._notes = file, notes
        self.number = self.first = 0

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self._file.tell()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        while raw := self._file.readline(LONGEST_LINE + 2):
            self.number += 1
            line = raw.rstrip(b"\r\n")
            if len(line) <= LONGEST_LINE:
                self.first = self.first or self.number
                return self._text(line)
            text = f"the line is longer than {LONGEST_LINE} bytes"
            self._notes.add("too-long", f"line {self.number}", text)
            while raw and not raw.endswith(b"\n"):
                raw = self._file.readline(LONGEST_LINE)
        raise StopIteration

    def _text(self, line: bytes) -> str:
        try:
            return line.decode("utf-8-sig" if self.number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            # One wrong encoding is one problem, not one for every line with a Chinese sign in it.
            found = line[error.start : error.start + 1]
            text = f"byte {found!r} is not UTF-8; the rest of the file was not read"
            hint = "save it as UTF-8 (in Excel: 'CSV UTF-8')"
            self._notes.add("encoding", f"line {self.number}", f"{text}; {hint}")
            raise StopIteration from None


def is_csv(path: Path) -> bool:
    """Return whether a file is read as CSV (True) or as JSON Lines (False), by its ending.

    Raises:
        ValueError: For any other ending; the text names the allowed ones.
    """
    ending = path.suffix.lower()
    if ending not in JSON_ENDINGS + CSV_ENDINGS:
        allowed = ", ".join(map(repr, JSON_ENDINGS + CSV_ENDINGS))
        raise ValueError(f"a file ending in {path.suffix!r} cannot be read; allowed are {allowed}")
    return ending in CSV_ENDINGS


@contextmanager
def opened(path: Path, notes: Notes) -> Iterator[Lines]:
    """Open a file of records, line by line.

    Raises:
        FactProblems: As ``opened_bytes``.
    """
    with opened_bytes(path, notes) as file:
        yield Lines(file, notes)


@contextmanager
def opened_bytes(path: Path, notes: Notes) -> Iterator[BinaryIO]:
    """Open a file of records.

    Raises:
        FactProblems: If there is no such file, it is a folder or a pipe, or its ending is not a known one.
    """
    try:
        mode = path.stat().st_mode if path.exists() else stat.S_IFREG
        if stat.S_ISDIR(mode):
            raise ValueError("this is a folder; name one file in it")
        if not stat.S_ISREG(mode):  # opening a pipe would wait for somebody to write into it
            raise ValueError(
                "this is a pipe or a device, not a file; save the records in a file and name that"
            )
        is_csv(path)
        file = path.open("rb")
    except ValueError as error:  # a folder or pipe, the ending, or a name no file can have
        raise FactProblems([Problem("format", "", str(error), notes.file)]) from None
    except OSError as error:
        raise FactProblems([Problem("unreadable", "", str(error.strerror), notes.file)]) from None
    with file:
        yield file


def json_records(lines: Lines, notes: Notes) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield (line number, object) for every line of JSON Lines; blank lines are passed over."""
    for text in lines:
        if not text.strip():
            continue
        try:
            record = _DECODER.decode(text)
        except (ValueError, RecursionError) as error:
            notes.add("json", f"line {lines.number}", _json_fault(error))
            continue
        if isinstance(record, dict):
            yield lines.number, record
        else:
            found = type(record).__name__
            notes.add("json", f"line {lines.number}", f"a line is one JSON object {{…}}; found a {found}")


def csv_records(
    lines: Lines, notes: Notes, columns: Sequence[str]
) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield (line number, cells) for every row of a CSV file; empty cells are left out.

    ``columns`` are the allowed names; ``attributes.NAME`` columns are allowed when "attributes" is,
    and come together under that key. All values are text.
    """
    # RFC 4180 and nothing else: strict refuses stray quotes, which otherwise glue rows together.
    rows = csv.reader((f"{line}\n" for line in lines), strict=True)
    header: list[str] | None = None
    while True:
        lines.first = 0
        try:
            cells = next(rows, None)
        except csv.Error as error:
            place = f"line {lines.first or lines.number}"
            notes.add("csv", place, f"this is not CSV ({error}); the rest of the file was not read")
            return
        if cells is None:
            break
        if not any(cells):
            continue
        if header is None:
            header = cells
            if not header_is_sound(header, columns, notes, lines.first):
                return
        elif len(cells) != len(header):
            text = f"the row has {len(cells)} cells; the header has {len(header)}"
            notes.add("csv", f"line {lines.first}", text)
        else:
            yield lines.first, _grouped(header, cells)
    if header is None and not notes.problems:
        notes.add("csv", "line 1", f"the file has no header; allowed columns are {', '.join(columns)}")


def _grouped(header: list[str], cells: list[str]) -> dict[str, object]:
    record: dict[str, object] = {}
    attributes: dict[str, object] = {}
    for column, cell in zip(header, cells, strict=True):
        if cell:
            name = column.removeprefix(ATTRIBUTE_COLUMN)
            (record if name == column else attributes)[name] = cell
    if attributes:
        record["attributes"] = attributes
    return record


def header_is_sound(header: list[str], columns: Sequence[str], notes: Notes, number: int) -> bool:
    """Return whether the columns of a CSV file are known and stand once; what is wrong is noted."""
    before = len(notes.problems)
    plain = [column for column in columns if column != "attributes"]
    for place, column in enumerate(header):
        is_attribute = column.startswith(ATTRIBUTE_COLUMN) and column != ATTRIBUTE_COLUMN
        if column not in plain and not (is_attribute and "attributes" in columns):
            hint = "columns are parted by commas; " if len(header) == 1 and set(";\t") & set(column) else ""
            text = f"unknown column {column[:80]!r}; {hint}{known_names(column, columns_shown(columns))}"
            notes.add("unknown", f"line {number}", text)
        if column in header[:place]:
            notes.add("duplicate", f"line {number}", f"the column {column[:80]!r} stands twice")
    return len(notes.problems) == before


def columns_shown(columns: Sequence[str]) -> list[str]:
    """Return the names of CSV columns as documentation shows them."""
    return ["attributes.NAME" if column == "attributes" else column for column in columns]


def _whole(text: str) -> int:
    if len(text) > 40:
        raise ValueError(f"a number of {len(text)} signs; at most 40 are allowed")
    return int(text)


def _decimal(text: str) -> Decimal:
    if len(text) > 40:
        raise ValueError(f"a number of {len(text)} signs; at most 40 are allowed")
    return Decimal(text)


def _refused(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a number of JSON")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) != len(pairs):
        seen: set[str] = set()
        double = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {double!r} stands twice")
    return record


_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_float=_decimal, parse_int=_whole, parse_constant=_refused
)


def _json_fault(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"this is not JSON: {error.msg} at sign {error.pos + 1}"
    if isinstance(error, RecursionError):
        return "the JSON is nested too deeply"
    return str(error)
