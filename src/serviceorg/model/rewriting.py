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
    """Return all records; each of ``begun`` that overlaps one saying the same is made one with it."""
    new: dict[R, list[R]] = {}
    for record in begun:
        new.setdefault(attrs.evolve(record, since=None, until=None), []).append(record)
    found: list[R] = []
    owners = {_owner(record) for record in new}
    for record in kept:
        if _owner(record) not in owners:
            found.append(record)
            continue
        says = attrs.evolve(record, since=None, until=None)
        if says not in new:
            found.append(record)
            continue
        union = record
        rest = []
        for other in new[says]:
            if began(other) <= ended(union) and began(union) <= ended(other):
                union = _union(union, other)
            else:
                rest.append(other)
        new[says] = rest
        found.append(union)
    for records in new.values():
        found += _joined(records)
    return tuple(found)


def _owner(record: Placement | Membership | Trait) -> str:
    if isinstance(record, Placement):
        return record.unit
    return record.person if isinstance(record, Membership) else record.of


def _joined(records: list[R]) -> list[R]:
    found: list[R] = []
    for record in sorted(records, key=began):
        if found and began(record) <= ended(found[-1]):
            found[-1] = _union(found[-1], record)
        else:
            found.append(record)
    return found


def _union(one: R, other: R) -> R:
    since = None if None in (one.since, other.since) else min(began(one), began(other))
    until = None if None in (one.until, other.until) else max(ended(one), ended(other))
    return attrs.evolve(one, since=since, until=until)


def earliest(*days: date | None) -> date | None:
    """Return the earliest of some days, None being open."""
    return min((day for day in days if day is not None), default=None)
