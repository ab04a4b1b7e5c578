"""What is asked to be posted."""

from collections.abc import Set
from copy import copy
from datetime import date
from decimal import Decimal

import attrs

from ..basics import FACT_SCALE, exact, in_units
from ..errors import LedgerProblems, PeriodError, Problem

_LONGEST = 2000
_MOST = 10**10
_NONE: frozenset[str] = frozenset()


def units_of(amount: object) -> int:
    """Return an exact number in ten-thousandths.

    Raises:
        AmountError: For a binary float, or a number that is not exact or out of bounds.
    """
    if type(amount) is Decimal and amount.is_finite() and -_MOST < amount < _MOST:
        units = int(amount.scaleb(FACT_SCALE))
        if Decimal(units).scaleb(-FACT_SCALE) == amount:
            return units
    return in_units(exact(amount), FACT_SCALE)


def _bad(name: str, message: str) -> LedgerProblems:
    return LedgerProblems([Problem("type", f"draft.{name}", message)])


def check_texts(**texts: str) -> None:
    """Refuse what is no text, too long, or cannot be written as UTF-8.

    Raises:
        LedgerProblems: Naming the first such text.
    """
    for name, text in texts.items():
        if not isinstance(text, str):
            raise _bad(name, f"found {text!r}; allowed is a text")
        if len(text) > _LONGEST:
            raise _bad(name, f"a text of {len(text)} signs; at most {_LONGEST} are allowed")
        if not text.isascii():
            try:
                text.encode()
            except UnicodeEncodeError:
                raise _bad(name, "the text holds half of a surrogate pair") from None


def _words(standing: object) -> frozenset[str]:
    """Return standings as a set; a text is not taken for the set of its letters."""
    is_many = isinstance(standing, (Set, tuple, list))
    if not is_many or not all(isinstance(word, str) for word in standing):  # type: ignore[attr-defined]
        raise _bad(
            "standing", f"found {standing!r}; allowed is a set of texts, like {{'under-investigation'}}"
        )
    return frozenset(standing)  # type: ignore[call-overload, no-any-return]


@attrs.frozen(kw_only=True, init=False)
class Draft:
    """An entry that is asked for (记账申请): which move, of whose account, how much.

    ``id`` is the host's key: the same draft posted twice is posted once. ``owner`` is whose account it is
    about, ``other`` the second party of a transfer. ``amount`` is None where the move fixes it or takes all.
    ``occurred_on`` is the day of what it is about, by default ``on``, the day it is booked. ``standing`` has
    what holds of the parties that day (under investigation, entitled to care): the host knows, the rules
    say what follows; it is not stored. ``replaces`` is an entry that was taken back, in whose place this one
    stands: what it brings then ends when that would have ended, however late it is put right.

    Raises:
        LedgerProblems: For an id or owner that is empty, what is no text, standings that are no set of texts.
        AmountError: For an amount that is not exact.
        PeriodError: For a day that is no plain date.
    """

    id: str
    move: str
    owner: str
    on: date
    amount: Decimal | None
    other: str
    occurred_on: date
    memo: str
    fact: str
    evidence: str
    by: str
    standing: frozenset[str]
    replaces: str
    units: int | None = attrs.field(repr=False, eq=False)

    def __init__(
        self,
        *,
        id: str,
        move: str,
        owner: str,
        on: date,
        amount: Decimal | int | str | None = None,
        other: str = "",
        occurred_on: date | None = None,
        memo: str = "",
        fact: str = "",
        evidence: str = "",
        by: str = "",
        standing: Set[str] | tuple[str, ...] | list[str] = frozenset(),
        replaces: str = "",
    ) -> None:
        """Check texts, days and the amount; written out by hand, because a million may be made."""
        if not (id and owner):
            raise _bad("owner" if id else "id", f"found {owner if id else id!r}; it must not be empty")
        try:
            plain = len(id + move + owner + other + memo + fact + evidence + by + replaces) <= _LONGEST
        except TypeError:
            plain = False
        if not plain or not (id + owner + other + memo + fact + evidence + by + replaces).isascii():
            check_texts(
                id=id, move=move, owner=owner, other=other, memo=memo, fact=fact, evidence=evidence, by=by,
                replaces=replaces,
            )  # fmt: skip
        for day in (on, occurred_on):
            if type(day) is not date and (day is not None or day is on):
                raise PeriodError(f"draft {id!r}: {day!r} is not a date (a datetime is not one either)")
        units = None if amount is None else units_of(amount)
        put = object.__setattr__
        put(self, "id", id)
        put(self, "move", move)
        put(self, "owner", owner)
        put(self, "on", on)
        put(self, "amount", amount if amount is None or type(amount) is Decimal else exact(amount))
        put(self, "other", other)
        put(self, "occurred_on", on if occurred_on is None else occurred_on)
        put(self, "memo", memo)
        put(self, "fact", fact)
        put(self, "evidence", evidence)
        put(self, "by", by)
        put(self, "standing", _words(standing) if standing else _NONE)
        put(self, "replaces", replaces)
        put(self, "units", units)


def in_place_of(draft: Draft, entry: str) -> Draft:
    """Return the draft as one that stands in the place of an entry."""
    if draft.replaces == entry:
        return draft
    made = copy(draft)
    object.__setattr__(made, "replaces", entry)
    return made
