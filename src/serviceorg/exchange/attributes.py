"""Attributes of XES: from their written form to exact values."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

from .log import Value

_INT = re.compile(r"[+-]?[0-9]{1,18}")
_FLOAT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,12}))?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_FLAGS = {"true": True, "false": False, "1": True, "0": False}


class Unreadable(Exception):
    """A value is not written as its type asks for; the text says what is allowed."""


def text(written: str) -> Value:
    """Return a text as it is."""
    return written


def whole(written: str) -> Value:
    """Return a whole number of at most 18 digits."""
    if not _INT.fullmatch(written):
        raise Unreadable("allowed is a whole number of at most 18 digits")
    return int(written)


def number(written: str) -> Value:
    """Return an exact number: the digits that are written, not their nearest binary fraction."""
    if len(written) > 40 or not _FLOAT.fullmatch(written):
        raise Unreadable("allowed is a finite number of at most 40 signs, like 12.5")
    return Decimal(written)


def flag(written: str) -> Value:
    """Return a flag."""
    if written not in _FLAGS:
        raise Unreadable("allowed are 'true' and 'false'")
    return _FLAGS[written]


def moment(written: str, zone: ZoneInfo | None) -> Value:
    """Return a moment with a fixed offset: the one it is written with, or else that of ``zone`` then.

    Finer parts of a second than microseconds are cut off.
    """
    found = _MOMENT.fullmatch(written)
    if not found:
        raise Unreadable("allowed is a moment like 2011-10-11T13:45:40+02:00")
    clock, fraction, offset = found.groups()
    try:
        seen = datetime.fromisoformat(f"{clock}.{(fraction or '0')[:6]:0<6}")
        if not 1 < seen.year < 9999:  # at the ends of time another zone may have no such year
            raise Unreadable("allowed are the years 2 to 9998")
        if offset:
            return seen.replace(tzinfo=_offset(offset))
        if zone is None:
            raise Unreadable(
                "it has no zone, so nobody knows when it was; "
                "give the one the log was kept in, like zone='Asia/Shanghai'"
            )
        # Kept with a fixed offset, because moments of one zone are compared by their wall clocks.
        return seen.replace(tzinfo=timezone(seen.replace(tzinfo=zone).utcoffset() or timedelta()))
    except ValueError:
        raise Unreadable("there is no such moment") from None


def _offset(written: str) -> timezone:
    if written == "Z":
        return UTC
    size = timedelta(hours=int(written[1:3]), minutes=int(written[4:6]))
    return timezone(-size if written[0] == "-" else size)


def readers(zone: ZoneInfo | None) -> dict[str, Callable[[str], Value]]:
    """Return how each element of XES is read, by its name."""
    return {
        "string": text,
        "id": text,
        "int": whole,
        "float": number,
        "boolean": flag,
        "date": lambda written: moment(written, zone),
    }
