"""The journal: an append-only book of balanced entries, as a frozen value.

Appending returns a new ``Journal`` in constant time: all handles of one history share one log and differ in
how much of it they see. Appending to an older handle branches: its part of the log is copied first, so
neither history knows of the other. Handles may be read and appended to from several threads: a lock in the
shared log lets one append at a time, and a reader only ever sees what was complete when its handle was made.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from threading import Lock
from typing import Any

import attrs

from ..basics import parse_date
from ..errors import UnknownIdError
from ..model.days import a_day
from .entries import NO_HASH, Entry, amount_of

_HASH = re.compile(r"[0-9a-f]{64}")


class Book:
    """One account in the log: the numbers of its entries, and the running balance after each."""

    __slots__ = ("numbers", "running")

    def __init__(self) -> None:
        self.numbers, self.running = array("q"), array("q")


class Log:
    """What handles share: entries in order, found by id and by account. Only the engine writes to it."""

    __slots__ = ("books", "days", "entries", "ids", "kept", "lock", "replacements", "reversals")

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.lock = Lock()
        self.entries: list[Entry] = []
        self.days = array("i")
        self.ids: dict[str, Entry] = {}
        self.books: dict[str, Book] = {}
        self.reversals: dict[str, Entry] = {}  # by the id of the entry that was taken back
        self.replacements: dict[str, Entry] = {}  # by the id of the entry in whose place one stands
        self.kept: dict[Any, Any] = {}  # sums so far, for who posts; whoever reads works them out
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Append an entry that was checked and fits."""
        books, number = self.books, entry.number
        for account, _, units in entry.raw:
            book = books.get(account)
            is_new = book is None
            if book is None:
                book = Book()
            numbers, running = book.numbers, book.running
            if numbers and numbers[-1] == number:  # a second leg of one entry
                running[-1] += units
            else:
                running.append(running[-1] + units if numbers else units)
                numbers.append(number)
            if is_new:
                books[account] = book  # not before: somebody may be reading
        if entry.reverses:
            self.reversals[entry.reverses] = entry
        if entry.replaces:
            self.replacements[entry.replaces] = entry
        self.ids[entry.id] = entry
        self.days.append(entry.on.toordinal())
        self.entries.append(entry)

    def cut(self, length: int) -> None:
        """Take away every entry after the first ``length``, which no handle has seen: a batch was refused."""
        self.kept.clear()
        while len(self.entries) > length:
            entry = self.entries.pop()
            self.days.pop()
            del self.ids[entry.id]
            if entry.reverses:
                del self.reversals[entry.reverses]
            if entry.replaces:
                del self.replacements[entry.replaces]
            for account in {account for account, _, _ in entry.raw}:
                book = self.books[account]
                if len(book.numbers) == 1:
                    del self.books[account]  # first: somebody may be reading
                book.numbers.pop()
                book.running.pop()

    def upto(self, length: int) -> "Log":
        """Return this log if it is so long, or a copy of its beginning if it has grown further."""
        return self if len(self.entries) == length else Log(self.entries[:length])

    def balance(self, account: str) -> int:
        """Return the newest balance of an account in ten-thousandths."""
        book = self.books.get(account)
        return book.running[-1] if book else 0


@attrs.frozen
class Head:
    """The end of a journal at some time (账簿封签): kept elsewhere, it shows later what was changed.

    ``hash`` is that of the entry with the number; 0 and 64 zeros for an empty journal.
    """

    number: int
    hash: str
    on: date | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the head as plain JSON values."""
        return {"number": self.number, "hash": self.hash, "on": None if self.on is None else str(self.on)}

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "Head":
        """Return the head of plain JSON values.

        Raises:
            KeyError, TypeError, ValueError: If it is none.
        """
        number, digest = row["number"], row["hash"]
        is_one = type(number) is int and number >= 0 and isinstance(digest, str) and _HASH.fullmatch(digest)
        if not is_one or (number == 0 and digest != NO_HASH):
            raise ValueError(f"{row!r} is not the head of a journal")
        return cls(number, digest, None if row.get("on") is None else parse_date(row["on"]))


class Journal:
    """An append-only book of entries (日记账): ``Journal()`` is empty; ``post`` returns a longer one.

    Two journals are equal if they are of the same length and end with the same hash: then every entry is
    equal. Iterating yields the entries in order; ``log`` and ``length`` are for the engine.
    """

    __slots__ = ("length", "log")
    log: Log
    length: int

    def __init__(self, log: Log | None = None, length: int = 0) -> None:
        object.__setattr__(self, "log", Log() if log is None else log)
        object.__setattr__(self, "length", length)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a journal is frozen; {name!r} cannot be set")

    __delattr__ = __setattr__  # type: ignore[assignment]

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[Entry]:
        entries = self.log.entries
        return (entries[at] for at in range(self.length))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Journal):
            return NotImplemented
        return self.length == other.length and self.last_hash == other.last_hash

    def __hash__(self) -> int:
        return hash((self.length, self.last_hash))

    def __repr__(self) -> str:
        return f"<Journal of {self.length} entries, {self.last_hash[:12]}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (tuple(self),)

    @property
    def last(self) -> Entry:
        """The last entry.

        Raises:
            UnknownIdError: If the journal is empty.
        """
        if not self.length:
            raise UnknownIdError("entry", "last", ())
        return self.log.entries[self.length - 1]

    @property
    def last_hash(self) -> str:
        """The hash of the last entry, 64 zeros of an empty journal."""
        return self.log.entries[self.length - 1].hash if self.length else NO_HASH

    def head(self) -> Head:
        """Return the number, hash and day of the last entry, to be kept where nobody can change it."""
        return Head(self.length, self.last_hash, self.last.on if self.length else None)

    def has(self, id: str) -> bool:
        """Return whether there is an entry of that id."""
        found = self.log.ids.get(id)
        return found is not None and found.number <= self.length

    def entry(self, id: str) -> Entry:
        """Return the entry of an id.

        Raises:
            UnknownIdError: If there is none.
        """
        found = self.log.ids.get(id)
        if found is None or found.number > self.length:
            raise UnknownIdError("entry", id, [entry.id for entry in self][-1000:])
        return found

    def reversal_of(self, id: str) -> Entry | None:
        """Return the entry that takes back the one of this id, None if none does."""
        found = self.log.reversals.get(id)
        return found if found is not None and found.number <= self.length else None

    def replacement_of(self, id: str) -> Entry | None:
        """Return the entry that stands in the place of the one of this id, None if none does."""
        found = self.log.replacements.get(id)
        return found if found is not None and found.number <= self.length else None

    def accounts(self, kind: str = "") -> tuple[str, ...]:
        """Return every account that has an entry, sorted; of one kind if it is given."""
        books, length = self.log.books, self.length
        return tuple(
            sorted(
                account
                for account, book in list(books.items())
                if any(first <= length for first in book.numbers[:1])
                and (not kind or account.partition(":")[0] == kind)
            )
        )

    def balance(self, account: str, *, on: date | None = None) -> Decimal:
        """Return what an account holds at the end of a day, or now; 0 for one without entries."""
        return amount_of(self.units(account, on=on))

    def units(self, account: str, *, on: date | None = None) -> int:
        """Return the balance in ten-thousandths; in logarithmic time."""
        book = self.log.books.get(account)
        if book is None:
            return 0
        count = bisect_right(book.numbers, self.count(on))
        return book.running[count - 1] if count else 0

    def count(self, on: date | None = None) -> int:
        """Return how many entries were booked by the end of a day.

        Raises:
            PeriodError: If it is no day.
        """
        if on is None:
            return self.length
        return bisect_right(self.log.days, a_day(on).toordinal(), 0, self.length)

    def entries_of(self, account: str, *, on: date | None = None) -> tuple[Entry, ...]:
        """Return the entries of an account, in order; up to the end of a day if it is given."""
        book = self.log.books.get(account)
        if book is None:
            return ()
        entries = self.log.entries
        return tuple(
            entries[number - 1] for number in book.numbers[: bisect_right(book.numbers, self.count(on))]
        )


def _restored(entries: tuple[Entry, ...]) -> Journal:
    return Journal(Log(entries), len(entries))
