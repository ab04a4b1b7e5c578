"""What a change does to the records of a snapshot: what held is ended, and begins anew at the heirs."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

import attrs

from .days import ONE_DAY, began, ended
from .records import Membership, Placement, Trait

R = TypeVar("R", Placement, Membership, Trait)

#: What to do with a record that is in force on or after the day: return it changed, or None to end it.
Turn = Callable[[R], R | None]


def rewritten(records: Iterable[R], turn: Turn[R], *, on: date) -> tuple[R, ...]:
    """Return records with those that hold on or after a day turned.

    What ``turn`` leaves as it is stays; anything else ends on the day before, and what it returns begins on
    the day. Where that overlaps a record that says the same, the two become one. Order is kept; new ones
    come last.
    """
    kept: list[R] = []
    begun: list[R] = []
    for record in records:
        if record.until is not None and record.until < on:
            kept.append(record)
            continue
        turned = turn(record)
        if turned is record or turned == record:
            kept.append(record)
            continue
        if record.since is None or record.since < on:
            kept.append(attrs.evolve(record, until=on - ONE_DAY))
        if turned is not None:
            begun.append(attrs.evolve(turned, since=max(on, began(record))))
    return united(kept, begun) if begun else tuple(kept)


def united(kept: Iterable[R], begun: Iterable[R]) -> tuple[R, ...]:
    """Return all records; each of ``begun`` and whatever says the same and overlaps it are made one.

    What became one stands where the first of ``kept`` in it stood; the rest of ``begun`` comes last.
    """
    new: dict[R, list[R]] = {}
    for record in begun:
        new.setdefault(_says(record), []).append(record)
    owners = {_owner(record) for record in new}
    found = list(kept)
    places: dict[R, list[int]] = {}
    for at, record in enumerate(found):
        if _owner(record) in owners and _says(record) in new:
            places.setdefault(_says(record), []).append(at)
    joined: set[int] = set()
    for says, fresh in new.items():
        rows = [(found[at], at) for at in places.get(says, ())]
        for union, old in _joined(rows, fresh):
            if old:
                found[min(old)] = union
                joined.update(set(old) - {min(old)})
            else:
                found.append(union)
    return tuple(record for at, record in enumerate(found) if at not in joined)


def _says(record: R) -> R:
    return attrs.evolve(record, since=None, until=None)


def _owner(record: Placement | Membership | Trait) -> str:
    if isinstance(record, Placement):
        return record.unit
    return record.person if isinstance(record, Membership) else record.of


def _joined(kept: Iterable[tuple[R, int]], begun: Iterable[R]) -> list[tuple[R, list[int]]]:
    """Return records of one sort with those that overlap made one, and the places of what went into each."""
    rows: list[tuple[R, list[int]]] = [(record, [at]) for record, at in kept]
    rows += [(record, []) for record in begun]
    found: list[tuple[R, list[int]]] = []
    for record, places in sorted(rows, key=lambda row: began(row[0])):
        if found and began(record) <= ended(found[-1][0]):
            union, before = found.pop()
            found.append((_union(union, record), before + places))
        else:
            found.append((record, places))
    return found


def _union(one: R, other: R) -> R:
    since = None if None in (one.since, other.since) else min(began(one), began(other))
    until = None if None in (one.until, other.until) else max(ended(one), ended(other))
    return attrs.evolve(one, since=since, until=until)


def earliest(*days: date | None) -> date | None:
    """Return the earliest of some days, None being open."""
    return min((day for day in days if day is not None), default=None)
