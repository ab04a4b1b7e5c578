"""A fingerprint of rules: the SHA-256 of a canonical JSON text."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from json import dumps
from typing import Any


def digest_of(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a document, whatever the order of its keys and the form of its numbers."""
    return sha256(canonical(document).encode()).hexdigest()


def canonical(value: Any) -> str:
    """Return a value as JSON with sorted keys and no spaces; 0.50 and 0.5 are written alike.

    >>> canonical({"b": [Decimal("0.50"), Decimal("2.0")], "a": date(2024, 7, 1)})
    '{"a":{"date":"2024-07-01"},"b":[{"number":"0.5"},2]}'
    """
    return dumps(value, sort_keys=True, separators=(",", ":"), default=_tagged)


def _tagged(value: Any) -> Any:
    """Return what JSON has no word for, marked so that no text reads the same."""
    if isinstance(value, Decimal):
        # Magnitude and fineness were bounded when the text was read, so this is short and quick.
        return int(value) if value == value.to_integral_value() else {"number": f"{value.normalize():f}"}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    raise TypeError(f"{value!r} is no value of a rule file")
