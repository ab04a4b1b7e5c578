"""Reading a line of a journal quickly: it is right if the entry made of it writes the very same line.

A line that our own writer wrote is known by this, without looking at every key; whatever differs by a
sign is read again key by key, with a message for everything that is wrong.
"""

import json
from datetime import date
from decimal import Decimal, DecimalException
from typing import Any

from ...basics.periods import EARLIEST, LATEST
from ...ledger import Entry, make_entry

_ONE = 10_000
_LONGEST, _MOST_LEGS = 64 * 1024, 1000
_LARGEST = 10**10 * _ONE
_WRONG = (ValueError, TypeError, KeyError, AttributeError, RecursionError, DecimalException)


def quick_entry(line: str, days: dict[str, date]) -> Entry | None:
    """Return the entry of a line in canonical form, None if it is in any other; ``days`` keeps days read."""
    if len(line) > _LONGEST:
        return None
    try:
        entry = _made(json.loads(line), days)
        return entry if entry is not None and entry.line() == line else None
    except _WRONG:
        return None


def _made(row: dict[str, Any], days: dict[str, date]) -> Entry | None:
    get = row.get
    on = _day(row["on"], days)
    late = get("occurred_on")
    raw = tuple([(account, asset, _units(amount)) for account, asset, amount in row["legs"]])
    number, name, move, digest, previous = row["number"], row["id"], row["move"], row["hash"], row["previous"]
    if (
        type(number) is not int
        or number < 1
        or not (name and move)
        or not 2 <= len(raw) <= _MOST_LEGS
        or not all(account and asset for account, asset, _ in raw)
        or not (_is_hash(digest) and _is_hash(previous))
    ):
        return None
    return make_entry(
        number,
        name,
        on,
        on if late is None else _day(late, days),
        move,
        raw,
        get("memo", ""),
        get("fact", ""),
        get("evidence", ""),
        get("by", ""),
        get("reverses", ""),
        previous,
        digest,
        get("replaces", ""),
    )


def _day(text: str, days: dict[str, date]) -> date:
    found = days.get(text)
    if found is None:
        found = date.fromisoformat(text)
        if not EARLIEST <= found.year <= LATEST:
            raise ValueError(text)
        days[text] = found
    return found


def _units(text: str) -> int:
    units = int(text) * _ONE if "." not in text else int(Decimal(text) * _ONE)
    if not -_LARGEST < units < _LARGEST:
        raise ValueError(text)
    return units


def _is_hash(text: str) -> bool:
    return len(text) == 64 and text.isalnum() and text.isascii() and text.islower() | text.isdigit()
