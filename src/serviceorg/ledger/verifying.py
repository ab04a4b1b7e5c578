"""Tamper evidence: what was changed, taken out, put in, moved or cut off, and where (防篡改核验)."""

from collections.abc import Iterable
from itertools import pairwise

from ..errors import LedgerProblems, Problem
from .entries import NO_HASH, Entry, hash_of
from .journal import Head, Journal, Log


def verify(entries: Iterable[Entry], *, heads: Iterable[Head] = (), file: str = "") -> tuple[Problem, ...]:
    """Return everything that does not fit together in a journal or in entries that were read, in order.

    The first problem names the first entry that is wrong. ``heads`` were kept elsewhere: they show what
    nothing inside can show, that the end was cut off, or that all was written anew with fitting hashes.

    Codes: "changed" (the hash is not that of the content), "gap" (entries are missing), "order" (a number
    stands where another belongs), "chain" (it does not continue the entry before), "truncated", "rewritten"
    (it is not the entry the head was made of), "days" (a day goes back), "double-id", "reverses" (a
    reversal is not that of an entry before), "double-reversal", "replaces" (it stands in the place of one
    that is not there, not taken back, or replaced already).
    """
    kept = list(entries)
    problems = list(_links(kept, file))
    ids: dict[str, int] = {}
    for entry in kept:
        first = ids.setdefault(entry.id, entry.number)
        if first != entry.number:
            message = f"the id {entry.id!r} is that of entry {first} too"
            problems.append(Problem("double-id", f"entry {entry.number}", message, file))
    for before, after in pairwise(kept):
        if after.on < before.on:
            message = f"{after.on} is before {before.on}, the day of the entry before"
            problems.append(Problem("days", f"entry {after.number}", message, file))
    if not problems:  # of entries that were changed nothing more can be said
        problems += _reversals(kept, file)
    for head in heads:
        problem = _against(head, kept, file)
        if problem is not None:
            problems.append(problem)
    return tuple(problems)


def _links(entries: list[Entry], file: str) -> Iterable[Problem]:
    """Yield what is wrong with hashes and numbers; each entry is compared with the one really before it."""
    number, digest = 0, NO_HASH
    for entry in entries:
        where = f"entry {entry.number}"
        found = hash_of(entry)
        if found != entry.hash:
            message = f"its content gives {found[:12]}…, but its hash is {entry.hash[:12]}…: it was changed"
            yield Problem("changed", where, message, file)
        if entry.number > number + 1:
            missing = f"{number + 1}" if entry.number == number + 2 else f"{number + 1} to {entry.number - 1}"
            yield Problem("gap", where, f"it follows entry {number}: {missing} is missing", file)
        elif entry.number != number + 1:
            message = f"it follows entry {number}, where {number + 1} belongs: it was put in or moved"
            yield Problem("order", where, message, file)
        elif entry.previous != digest:
            message = (
                f"it continues {entry.previous[:12]}…, but the entry before it has {digest[:12]}…: "
                "one of the two was replaced"
            )
            yield Problem("chain", where, message, file)
        number, digest = entry.number, entry.hash


def _against(head: Head, entries: list[Entry], file: str) -> Problem | None:
    if head.number == 0:
        return None
    where = f"entry {head.number}"
    if len(entries) < head.number:
        message = (
            f"a head of {head.number} entries was kept, but {len(entries)} are there: the end was cut off"
        )
        return Problem("truncated", where, message, file)
    found = entries[head.number - 1].hash
    if found != head.hash:
        message = (
            f"the head kept of it has {head.hash[:12]}…, but it has {found[:12]}…: "
            "it, or something before it, was written anew"
        )
        return Problem("rewritten", where, message, file)
    return None


def journal_of(entries: Iterable[Entry], *, heads: Iterable[Head] = (), file: str = "") -> Journal:
    """Return the journal of entries that were kept elsewhere.

    Raises:
        LedgerProblems: With everything that does not fit together.
    """
    kept = list(entries)
    problems = verify(kept, heads=heads, file=file)
    if problems:
        raise LedgerProblems(problems)
    try:
        return Journal(Log(kept), len(kept))
    except OverflowError:
        message = "its amounts add up to more than a balance can hold exactly"
        raise LedgerProblems([Problem("amount", "", message, file)]) from None


def _reversals(entries: list[Entry], file: str) -> Iterable[Problem]:
    """Yield reversals of what is not there, of a reversal, or for the second time; so with replacements."""
    known: dict[str, Entry] = {}
    taken: dict[str, int] = {}
    replaced: set[str] = set()
    for entry in entries:
        if entry.replaces:
            if entry.replaces not in taken or entry.replaces in replaced:
                message = (
                    f"it stands in the place of {entry.replaces!r}, which is no entry taken back before it"
                )
                if entry.replaces in replaced:
                    message = f"it stands in the place of {entry.replaces!r}, as another entry does already"
                yield Problem("replaces", f"entry {entry.number}", message, file)
            replaced.add(entry.replaces)
        if entry.reverses:
            problem = _reversal_fault(entry, known.get(entry.reverses), taken.get(entry.reverses))
            if problem:
                code, message = problem
                yield Problem(code, f"entry {entry.number}", message, file)
            taken.setdefault(entry.reverses, entry.number)
        known[entry.id] = entry


def _reversal_fault(entry: Entry, original: Entry | None, earlier: int | None) -> tuple[str, str] | None:
    if original is None:
        return "reverses", f"it reverses {entry.reverses!r}, which is no entry before it"
    if original.reverses:
        return "reverses", f"it reverses {original.id!r}, which is a reversal itself"
    if earlier is not None:
        return "double-reversal", f"it reverses {original.id!r}, as entry {earlier} did already"
    if [(account, asset, -units) for account, asset, units in original.raw] != list(entry.raw):
        return "reverses", f"its legs are not those of {original.id!r} with the other sign"
    return None
