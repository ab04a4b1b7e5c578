"""One record of a file, read key by key; what is wrong is noted, with what is allowed instead."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from ..basics import exact, parse_date
from ..basics.numbers import FACT_SCALE
from ..errors import AmountError, PeriodError, known_names
from ..facts import FactKind, FieldKind, Value
from .build.head import SCORECARD
from .records_lines import Lines, Notes, csv_records, is_csv, json_records

#: The longest id, in signs.
LONGEST_ID = 200
#: The longest other text, in signs.
LONGEST_TEXT = 4096

# Decimal() itself would also take '1_000', ' 2 ', '1e3' and digits of other scripts.
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")

_FLAGS = {word: flag for flag in (True, False) for word in (str(flag), str(flag).lower(), str(flag).upper())}


class Record:
    """A record with its line number; ``ok`` turns False with the first problem.

    ``cells`` says that every value is text, as in CSV. An absent key and null mean the same.
    """

    def __init__(self, number: int, values: Mapping[str, object], notes: Notes, *, cells: bool) -> None:
        self.number, self.values, self.notes, self.cells = number, values, notes, cells
        self.ok = True

    def note(self, code: str, key: str, message: str) -> None:
        """Keep a problem with a key of this record ("" for the record as a whole)."""
        self.ok = False
        self.notes.add(code, f"line {self.number}, {key}" if key else f"line {self.number}", message)

    def check_keys(self, allowed: Iterable[str], required: Iterable[str]) -> None:
        """Note keys nobody knows, and keys that are missing."""
        allowed = tuple(allowed)
        for key in self.values:
            if key not in allowed:
                self.note("unknown", "", f"unknown key {_shown(key)}; {known_names(key, allowed)}")
        for key in required:
            if self.values.get(key) is None:
                self.note("missing", "", f"{key!r} is missing")

    def text(self, key: str, *, default: str = "") -> str:
        """Return a text of at most ``LONGEST_TEXT`` signs."""
        value = self.values.get(key)
        if value is None:
            return default
        if not isinstance(value, str):
            self.note("type", key, f"{_shown(value)} is not a text")
        elif len(value) > LONGEST_TEXT:
            self.note("too-long", key, f"a text of {len(value)} signs; at most {LONGEST_TEXT} are allowed")
        else:
            return value
        return default

    def name(self, key: str, *, default: str = "") -> str:
        """Return an id: a text that is not empty, printable and without blanks at its ends."""
        value = self.values.get(key)
        if value is None:
            return default
        if isinstance(value, str) and is_name(value):
            return value
        allowed = f"1 to {LONGEST_ID} printable signs without blanks at the ends"
        self.note("id", key, f"{_shown(value)} is not an id; allowed are {allowed}")
        return default

    def day(self, key: str) -> date | None:
        """Return a day written as YYYY-MM-DD."""
        value = self.values.get(key)
        return None if value is None else self.day_of(key, value)

    def day_of(self, key: str, value: object) -> date | None:
        """Return the day that a value is."""
        try:
            if isinstance(value, str) and len(value) <= LONGEST_ID:
                return parse_date(value)
            self.note("date", key, f"{_shown(value)} is not a date; write it like '2024-07-31'")
        except PeriodError as error:
            self.note("date", key, str(error))
        return None

    def number_of(
        self,
        key: str,
        value: object,
        most: Decimal,
        *,
        least: Decimal = Decimal(0),
        decimals: int = FACT_SCALE,
    ) -> Decimal | None:
        """Return a number from ``least`` to ``most``; text is allowed, written like '2.5'."""
        if isinstance(value, str) and not _NUMBER.fullmatch(value):
            self.note("number", key, f"{_shown(value)} is not a number; write it like '2.5'")
            return None
        try:
            given = str(value) if isinstance(value, Decimal) else value
            number = exact(given, most_decimals=decimals, where=key)
        except AmountError as error:
            self.note("number", key, str(error).removeprefix(f"{key}: "))
            return None
        if not least <= number <= most:
            self.note("number", key, f"{number:f} is out of bounds; allowed are {least:f} to {most:f}")
            return None
        return number


def records_of(lines: Lines, path: Path, notes: Notes, keys: Sequence[str]) -> Iterator[Record]:
    """Yield the records of an open file; ``keys`` are the columns a CSV file may have."""
    cells = is_csv(path)
    for number, values in csv_records(lines, notes, keys) if cells else json_records(lines, notes):
        yield Record(number, values, notes, cells=cells)


def is_name(text: str) -> bool:
    """Return whether a text can be an id of a fact or a subject."""
    return 0 < len(text) <= LONGEST_ID and text.isprintable() and text == text.strip()


def amount_of(record: Record, kind: FactKind | None) -> Decimal | None:
    """Return the amount of a fact within the bounds of its kind (None: a kind nobody declares)."""
    value = record.values.get("amount")
    # A total may be negative, and a subject that was not assessed has none. Everything else is a
    # magnitude: whether it earns or costs is said by the item that reads it.
    is_card = kind is None or kind.id == SCORECARD.id
    if value is None:
        if kind and kind.amount and not is_card and record.values.get("reverses") is None:
            record.note("missing", "", f"'amount' is missing; facts of kind {kind.id!r} carry one")
        return None
    if kind and not kind.amount:
        record.note("unknown", "amount", f"facts of kind {kind.id!r} carry no amount")
        return None
    most = kind.most if kind else Decimal(9_999_999_999)
    return record.number_of("amount", value, most, least=-most if is_card else Decimal(0))


def attributes_of(record: Record, kind: FactKind | None) -> dict[str, Value]:
    """Return the attributes of a fact as its kind declares them; none for a kind nobody declares."""
    values = record.values.get("attributes")
    if values is None:
        values = {}
    if not isinstance(values, dict):
        record.note("type", "attributes", f"{_shown(values)} is not an object of names and values")
        return {}
    if kind is None:
        return {}
    found: dict[str, Value] = {}
    for name, value in values.items():
        field = kind.fields.get(name)
        if field is None:
            text = f"facts of kind {kind.id!r} have no attribute {_shown(name)}; "
            record.note("unknown", "attributes", text + known_names(name, kind.fields))
        elif value is not None and (read := _attribute(record, field, value)) is not None:
            found[name] = read
    if record.values.get("reverses") is None:
        for name, field in kind.fields.items():
            if field.required and values.get(name) is None:
                text = f"{name!r} is missing; facts of kind {kind.id!r} carry it"
                record.note("missing", "attributes", text)
    return found


def _attribute(record: Record, field: FieldKind, value: object) -> Value | None:
    key = f"attributes.{field.name}"
    if field.type == "number":
        return record.number_of(key, value, field.most)
    if field.type == "flag":
        return _flag(record, key, value)
    if field.type == "date":
        return record.day_of(key, value)
    if not isinstance(value, str):
        record.note("type", key, f"{_shown(value)} is not a text")
    elif len(value) > LONGEST_TEXT:
        record.note("too-long", key, f"a text of {len(value)} signs; at most {LONGEST_TEXT} are allowed")
    elif field.one_of and value not in field.one_of:
        record.note("value", key, f"{_shown(value)} is not allowed; {known_names(value, field.one_of)}")
    else:
        return value
    return None


def _flag(record: Record, key: str, value: object) -> bool | None:
    if record.cells:
        # Spreadsheets write TRUE and FALSE; anything else, like tRuE, is a slip.
        value = _FLAGS.get(str(value), value)
    if isinstance(value, bool):
        return value
    record.note("type", key, f"{_shown(value)} is not a flag; allowed are true and false")
    return None


def _shown(value: object) -> str:
    text = str(value) if isinstance(value, Decimal) else repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"
