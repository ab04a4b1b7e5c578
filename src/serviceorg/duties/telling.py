"""Settled obligations as facts for scoring, and what becomes of facts that were told before."""

from collections.abc import Container, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from ..facts import Fact, Value
from ..model.reversals import taken_back
from .book import DutyBook, Emission
from .obligation import DONE, LATE, MISSED, SETTLED, STATUSES, Obligation

#: Who records what duties tell.
RECORDER = "duties"
#: Book, duty, who, unit, target, window, how it was settled.
_PARTS = 7


def facts_of(book: DutyBook, obligations: Iterable[Obligation], on: date) -> Iterator[Fact]:
    """Yield the facts of what is settled on a day; an excuse is told when its window is over."""
    for one in obligations:
        if one.state in SETTLED:
            emission = one.duty.emit.get(STATUSES[one.state])
            if emission is not None and (one.state == DONE or one.window.end <= on):
                yield _fact(book, one, emission)


def news_of(
    book: DutyBook,
    facts: Iterable[Fact],
    stored: Iterable[Fact],
    *,
    windows: frozenset[tuple[str, str]],
    on: date,
) -> Iterator[Fact]:
    """Yield what to add to the stored facts of some windows so that of them exactly ``facts`` stand."""
    wanted = {fact.id: fact for fact in facts}
    before = {fact.id: fact for fact in stored if fact.recorded_by == RECORDER}
    undone = taken_back(before.values())
    for name, fact in wanted.items():
        if name not in before:
            yield fact
        elif name in undone:
            yield _reversal(before[undone[name]], on, before)
    for name, fact in before.items():
        if fact.reverses is None and name not in undone and name not in wanted:
            parts = name.split("|")
            if len(parts) == _PARTS and parts[0] == book.id and (parts[1], parts[5]) in windows:
                yield _reversal(fact, on, before)


def _reversal(fact: Fact, on: date, taken: Container[str]) -> Fact:
    """Return what takes back a fact; taken back a second time on one day, it is numbered."""
    base, count = f"{fact.id}|reversed-{on}", 1
    name = base
    while name in taken:
        count += 1
        name = f"{base}#{count}"
    return Fact(
        id=name,
        subject=fact.subject,
        kind=fact.kind,
        on=on,
        amount=fact.amount,
        attributes=fact.attributes,
        recorded_by=RECORDER,
        reverses=fact.id,
    )


def _fact(book: DutyBook, one: Obligation, emission: Emission) -> Fact:
    on, recorded_on = _days(one)
    return Fact(
        id=f"{book.id}|{one.id}|{_settled(one, emission, on)}",
        subject=one.who if emission.subject == "who" else one.unit,
        kind=emission.kind,
        on=on,
        amount=_amount(one, emission),
        attributes={**emission.attributes, **_told(one, emission)},
        recorded_on=recorded_on,
        recorded_by=RECORDER,
        evidence=f"{book.id} {book.digest[:12]}",
    )


def _settled(one: Obligation, emission: Emission, on: date) -> str:
    """Return the last part of an id: how it was settled, with what of the fact could still be otherwise."""
    if one.state == DONE:
        return f"{one.status}-{on}"
    return f"{one.status}-{one.needed - one.done}" if emission.amount == "shortage" else one.status


def _days(one: Obligation) -> tuple[date, date]:
    due = one.window.end
    if one.state == DONE:
        needed = one.facts[: one.needed]
        on = max(fact.on for fact in needed)
        return on, max(on, *(fact.recorded_on for fact in needed))
    if one.state == LATE:
        return due, max(fact.recorded_on for fact in one.facts)
    if one.state == MISSED:
        return due, one.window.settled_after + timedelta(1)
    return due, due


def _amount(one: Obligation, emission: Emission) -> Decimal | None:
    if emission.amount == "shortage":
        return Decimal(one.needed - one.done)
    return emission.amount


def _told(one: Obligation, emission: Emission) -> dict[str, Value]:
    told: dict[str, Value] = {
        "duty": one.duty.id,
        "status": one.status,
        "unit": one.unit,
        "towards": one.towards,
        "period": one.window.label,
        "late": one.state == LATE,
    }
    return {name: told[name] for name in emission.fields if name in told}
