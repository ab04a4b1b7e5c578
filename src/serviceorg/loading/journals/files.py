"""Journals as JSON Lines: a line for each entry, in its canonical form with the hash; heads as JSON.

The canonical form is that of ``serviceorg.ledger.entries``, so another program can check every hash. A file
is only ever added to: ``journal_lines(journal, after=…)`` gives what is new.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from ...basics import parse_date
from ...errors import AmountError, LedgerProblems, PeriodError, Problem, known_names
from ...ledger import Entry, Head, Journal, journal_of, make_entry, verify
from ...ledger.drafts import units_of
from .quick import quick_entry

#: Keys of a line, and whether each must be there.
KEYS: dict[str, bool] = {
    "by": False,
    "evidence": False,
    "fact": False,
    "hash": True,
    "id": True,
    "legs": True,
    "memo": False,
    "move": True,
    "number": True,
    "occurred_on": False,
    "on": True,
    "previous": True,
    "replaces": False,
    "reverses": False,
}
_LONGEST_LINE = 64 * 1024
_MOST_PROBLEMS = 100
_HASH = re.compile(r"[0-9a-f]{64}")
_AMOUNT = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]{0,3}[1-9])?")


def journal_lines(journal: Journal | Iterable[Entry], *, after: int = 0) -> Iterator[str]:
    """Yield a line for each entry with a number above ``after``, with its line end."""
    for entry in journal:
        if entry.number > after:
            yield f"{entry.line()}\n"


def journal_from_text(text: str, *, file: str = "", heads: Iterable[Head] = ()) -> Journal:
    """Return the journal of a text of JSON Lines, verified entry by entry and against ``heads``.

    Raises:
        LedgerProblems: With everything that is wrong: lines nobody can read, and else every break in the
        chain.
    """
    return journal_of(entries_from_text(text, file=file), heads=heads, file=file)


def entries_from_text(text: str, *, file: str = "") -> tuple[Entry, ...]:
    """Return the entries of a text of JSON Lines as written; whether they fit together is not looked at.

    Raises:
        LedgerProblems: With every line that cannot be read, by its number.
    """
    problems: list[Problem] = []
    entries = []
    days: dict[str, date] = {}
    quick = _is_unicode(text)
    for number, written in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        line = written.rstrip("\r")
        if not line.strip():
            continue
        found = (quick and quick_entry(line, days)) or _line(line, f"line {number}", file)
        if isinstance(found, Entry):
            entries.append(found)
        else:
            problems += found
        if len(problems) >= _MOST_PROBLEMS:
            message = f"there are {_MOST_PROBLEMS} problems or more; the rest of the file was not read"
            problems.append(Problem("too-many", f"line {number}", message, file))
            break
    if problems:
        raise LedgerProblems(problems)
    return tuple(entries)


def _is_unicode(text: str) -> bool:
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False


def verified_text(text: str, *, file: str = "", heads: Iterable[Head] = ()) -> tuple[Problem, ...]:
    """Return everything wrong with a journal file, () if nothing is: for who wants no exception."""
    try:
        return verify(entries_from_text(text, file=file), heads=heads, file=file)
    except LedgerProblems as error:
        return error.problems


def heads_from_text(text: str, *, file: str = "") -> tuple[Head, ...]:
    """Return the heads that were kept, one JSON object a line.

    Raises:
        LedgerProblems: With every line that is no head.
    """
    heads, problems = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            heads.append(Head.from_json(_DECODER.decode(line)))
        except (ValueError, KeyError, TypeError, RecursionError, PeriodError):
            message = 'this is no head; write it like {"number":12,"hash":"…","on":"2024-07-31"}'
            problems.append(Problem("head", f"line {number}", message, file))
    if problems:
        raise LedgerProblems(problems)
    return tuple(heads)


def head_line(head: Head) -> str:
    """Return a head as a line of JSON, with its line end."""
    return json.dumps(head.to_json(), separators=(",", ":")) + "\n"


def _whole(text: str) -> int:
    if len(text) > 40:
        raise ValueError(f"a number of {len(text)} signs; at most 40 are allowed")
    return int(text)


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text[:40]} is not a whole number; amounts are written as texts, like '2.5'")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    row = dict(pairs)
    if len(row) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {max(names, key=names.count)!r} stands twice")
    return row


# No number of a journal is a binary float, and none is so long that reading it takes time.
_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_int=_whole, parse_float=_no_number, parse_constant=_no_number
)


def _line(line: str, where: str, file: str) -> Entry | list[Problem]:
    if len(line) > _LONGEST_LINE:
        return [Problem("too-long", where, f"the line is longer than {_LONGEST_LINE} signs", file)]
    try:
        row = _DECODER.decode(line)
    except (ValueError, RecursionError) as error:
        message = "the JSON is nested too deeply" if isinstance(error, RecursionError) else str(error)
        return [Problem("json", where, f"this is not JSON: {message}", file)]
    if not isinstance(row, dict):
        return [Problem("json", where, f"a line is one JSON object; found a {type(row).__name__}", file)]
    reader = _Reader(row)
    entry = reader.entry()
    return [Problem(code, f"{where}, {key}", said, file) for code, key, said in reader.faults] or entry


class _Reader:
    """Reads one line key by key and notes what is wrong."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.row = row
        self.faults: list[tuple[str, str, str]] = []
        for key in row:
            if key not in KEYS:
                self.note("unknown-key", key, f"unknown key {key!r}; {known_names(key, KEYS)}")
        for key, required in KEYS.items():
            if required and key not in row:
                self.note("missing-key", key, f"the key {key!r} is missing")

    def note(self, code: str, key: str, message: str) -> None:
        self.faults.append((code, key, message))

    def entry(self) -> Entry:
        on = self.day("on")
        return make_entry(
            self.number(),
            self.text("id"),
            on,
            self.day("occurred_on") if "occurred_on" in self.row else on,
            self.text("move"),
            self.legs(),
            self.text("memo"),
            self.text("fact"),
            self.text("evidence"),
            self.text("by"),
            self.text("reverses"),
            self.hash("previous"),
            self.hash("hash"),
            self.text("replaces"),
        )

    def text(self, key: str) -> str:
        value = self.row.get(key, "")
        if not isinstance(value, str) or (key in self.row and not value):
            self.note("type", key, f"found {value!r}; allowed is a text that is not empty")
            return ""
        if any("\ud800" <= sign <= "\udfff" for sign in value) if not value.isascii() else False:
            self.note("encoding", key, "the text holds half of a surrogate pair")
            return ""
        return value

    def day(self, key: str) -> Any:
        value = self.row.get(key)
        try:
            return parse_date(value) if key in self.row else None  # type: ignore[arg-type]
        except PeriodError as error:
            self.note("date", key, str(error))
            return None

    def number(self) -> int:
        value = self.row.get("number", 1)
        if type(value) is not int or not 1 <= value < 10**12:
            self.note("type", "number", f"found {value!r}; allowed is a whole number from 1")
            return 1
        return value

    def hash(self, key: str) -> str:
        value = self.row.get(key, "")
        if key in self.row and not (isinstance(value, str) and _HASH.fullmatch(value)):
            self.note("type", key, f"found {value!r:.80}; allowed are 64 small hexadecimal digits")
        return str(value)

    def legs(self) -> tuple[tuple[str, str, int], ...]:
        value = self.row.get("legs", [])
        if not isinstance(value, list) or ("legs" in self.row and len(value) < 2) or len(value) > 1000:
            self.note("type", "legs", "allowed is a list of at least two legs [account, asset, amount]")
            return ()
        return tuple(
            leg for at, one in enumerate(value, 1) if (leg := self.leg(one, f"legs[{at}]")) is not None
        )

    def leg(self, value: Any, key: str) -> tuple[str, str, int] | None:
        is_one = isinstance(value, list) and len(value) == 3 and all(isinstance(one, str) for one in value)
        if not is_one or not value[0] or not value[1]:
            self.note("type", key, 'allowed is a list of three texts, like ["points:M-1", "points", "2.5"]')
            return None
        account, asset, amount = value
        # Written in one way only: "2.50" would have another hash, and be taken for a change.
        if not _AMOUNT.fullmatch(amount) or amount == "-0":
            self.note(
                "amount", key, f"{amount!r:.60} is not an amount as it is written here, like '2.5' or '-3'"
            )
            return None
        try:
            return account, asset, units_of(Decimal(amount))
        except (AmountError, InvalidOperation) as error:
            self.note("amount", key, str(error))
            return None
