"""Entries of a journal, and the bytes whose SHA-256 ties each to the one before.

The bytes are those of RFC 8785 (JSON canonicalisation): one object, keys sorted, no spaces, UTF-8, only
quotation marks, backslashes and control characters escaped. Keys: by, evidence, fact, id, legs, memo, move,
number, occurred_on, on, previous, replaces, reverses. All values are texts, except ``number`` and ``legs``, a
list of [account, asset, amount]. Amounts are texts without needless zeros ("2.5", "-3", "0"), days are
YYYY-MM-DD. A key whose text would be empty is left out, ``occurred_on`` too where it is the same day as
``on``; ``previous`` is the hash of the entry before, 64 zeros for the first. ``hash``, the SHA-256 in small
hexadecimal digits, is not part of the bytes; a line of a journal file is the same object with it.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from hashlib import sha256
from json.encoder import encode_basestring
from typing import Any

import attrs

from ..basics import FACT_SCALE
from ..basics.quick import blank_twin, quickest

#: What the first entry has as the hash before.
NO_HASH = "0" * 64
#: A leg as the engine keeps it: account, asset, ten-thousandths.
RawLeg = tuple[str, str, int]

_ONE = 10**FACT_SCALE
# The quick one of the json module; it is not in its __all__, but has been there since Python 2.
_quoted: Callable[[str], str] = encode_basestring


def amount_text(units: int) -> str:
    """Return ten-thousandths as a number without needless zeros.

    >>> amount_text(25000), amount_text(-30000), amount_text(-5)
    ('2.5', '-3', '-0.0005')
    """
    if not units % _ONE:
        return str(units // _ONE)
    whole, rest = divmod(abs(units), _ONE)
    text = f"{whole}.{rest:04d}".rstrip("0")
    return f"-{text}" if units < 0 else text


def amount_of(units: int) -> Decimal:
    """Return ten-thousandths as a Decimal without needless zeros."""
    whole, rest = divmod(units, _ONE)
    return Decimal(amount_text(units)) if rest else Decimal(whole)


@attrs.frozen
class Leg:
    """One account's share of an entry (分录明细): what it gains, or loses where it is negative."""

    account: str
    asset: str
    amount: Decimal


@attrs.frozen(kw_only=True, weakref_slot=False)
class Entry:
    """A line of the journal (分录): numbered without a gap from 1, balanced, tied to the one before.

    ``on`` is the day it is booked: its balance counts from then. ``occurred_on`` is the day of what it is
    about, never later. ``id`` is the host's key: posting it twice posts it once. ``fact`` names the fact it
    comes from, ``reverses`` the entry it takes back (红字冲正), ``replaces`` the one taken back in whose
    place it stands: what it brings is as old as that. ``raw`` has the legs in ten-thousandths.
    """

    number: int
    id: str
    on: date
    occurred_on: date
    move: str
    raw: tuple[RawLeg, ...]
    memo: str
    fact: str
    evidence: str
    by: str
    reverses: str
    previous: str
    hash: str
    replaces: str = ""

    @property
    def legs(self) -> tuple[Leg, ...]:
        """The legs: giver and taker first, then what flowed over, then what moved along with it."""
        return tuple(Leg(account, asset, amount_of(units)) for account, asset, units in self.raw)

    @property
    def amount(self) -> Decimal:
        """What was moved: what the first account gave."""
        return amount_of(-self.raw[0][2])

    def canonical(self) -> bytes:
        """Return the bytes whose SHA-256 is ``hash``."""
        return f"{{{self._before()}{self._after()}}}".encode()

    def line(self) -> str:
        """Return the entry as a line of a journal file, without a line end."""
        return f'{{{self._before()}"hash":"{self.hash}",{self._after()}}}'

    def _before(self) -> str:
        return before_hash(self.by, self.evidence, self.fact)

    def _after(self) -> str:
        return after_hash(
            self.number, self.id, self.on, self.occurred_on, self.move, self.raw, self.memo,
            self.previous, self.reverses, self.replaces,
        )  # fmt: skip


def before_hash(by: str, evidence: str, fact: str) -> str:
    """Return the canonical text of the keys that sort before "hash"."""
    text = f'"by":{_quoted(by)},' if by else ""
    if evidence:
        text += f'"evidence":{_quoted(evidence)},'
    if fact:
        text += f'"fact":{_quoted(fact)},'
    return text


def after_hash(
    number: int,
    id: str,
    on: date,
    occurred_on: date,
    move: str,
    raw: tuple[RawLeg, ...],
    memo: str,
    previous: str,
    reverses: str,
    replaces: str = "",
) -> str:
    """Return the canonical text of the keys that sort after "hash"."""
    legs = ",".join(
        [f'[{_quoted(one)},{_quoted(asset)},"{amount_text(units)}"]' for one, asset, units in raw]
    )
    said = f'"memo":{_quoted(memo)},' if memo else ""
    earlier = f'"occurred_on":"{occurred_on.isoformat()}",' if occurred_on != on else ""
    back = f',"reverses":{_quoted(reverses)}' if reverses else ""
    if replaces:
        back = f',"replaces":{_quoted(replaces)}{back}'
    return (
        f'"id":{_quoted(id)},"legs":[{legs}],{said}"move":{_quoted(move)},"number":{number},'
        f'{earlier}"on":"{on.isoformat()}","previous":"{previous}"{back}'
    )


def hash_of(entry: Entry) -> str:
    """Return the hash an entry must have."""
    return sha256(entry.canonical()).hexdigest()


_EntryTwin: Any = blank_twin(Entry)


def _entry(
    number: int,
    id: str,
    on: date,
    occurred_on: date,
    move: str,
    raw: tuple[RawLeg, ...],
    memo: str,
    fact: str,
    evidence: str,
    by: str,
    reverses: str,
    previous: str,
    hash: str,
    replaces: str = "",
) -> Entry:
    made = _EntryTwin()
    made.number = number
    made.id = id
    made.on = on
    made.occurred_on = occurred_on
    made.move = move
    made.raw = raw
    made.memo = memo
    made.fact = fact
    made.evidence = evidence
    made.by = by
    made.reverses = reverses
    made.previous = previous
    made.hash = hash
    made.replaces = replaces
    made.__class__ = Entry
    entry: Entry = made
    return entry


make_entry = quickest(Entry, _entry)


def sealed(
    number: int,
    id: str,
    on: date,
    occurred_on: date,
    move: str,
    raw: tuple[RawLeg, ...],
    memo: str,
    fact: str,
    evidence: str,
    by: str,
    reverses: str,
    previous: str,
    replaces: str = "",
) -> Entry:
    """Return an entry with its hash; the caller has checked everything in it."""
    text = (
        f"{{{before_hash(by, evidence, fact)}"
        f"{after_hash(number, id, on, occurred_on, move, raw, memo, previous, reverses, replaces)}}}"
    )
    return make_entry(
        number, id, on, occurred_on, move, raw, memo, fact, evidence, by, reverses, previous,
        sha256(text.encode()).hexdigest(), replaces,
    )  # fmt: skip
