"""What became of promises, as facts that scoring reads."""

from collections.abc import Iterable
from datetime import date

from ..basics import Label, frozen_map
from ..facts import Fact, FactKind, FieldKind
from ..model.reversals import taken_back
from .counted import FactIndex
from .progress import Progress, progress
from .promises import CommitmentBook

OUTCOMES = {"done": "kept", "done-late": "kept-late", "missed": "broken", "withdrawn": "withdrawn"}

#: Results of promises are facts too: one for each promise whose outcome is known.
COMMITMENT_RESULT = FactKind(
    id="commitment-result",
    title=Label(zh="承诺兑现结果", en="What became of a promise"),
    fields=frozen_map(
        {
            "book": FieldKind(name="book"),
            "commitment": FieldKind(name="commitment"),
            "outcome": FieldKind(name="outcome", one_of=tuple(OUTCOMES.values())),
            "on_time": FieldKind(name="on_time", type="flag"),
        }
    ),
)


def result_facts(
    book: CommitmentBook, facts: Iterable[Fact] | FactIndex, *, on: date, issued: Iterable[Fact] = ()
) -> tuple[Fact, ...]:
    """Return the facts that say what became of the promises, as far as it is known on a day.

    A kept promise is dated by the day it was kept, a broken one by its due day (a limit by the day on which
    it was passed), so that each falls into the period it belongs to. Facts that were ``issued`` before are
    not issued again; those that no longer hold (progress was taken back, or came late) are reversed.

    Raises:
        FactProblems: As for ``progress``.
    """
    before = tuple(issued)
    undone = taken_back(before)
    standing = {
        str(fact.attributes["commitment"]): fact
        for fact in before
        if fact.kind == COMMITMENT_RESULT.id
        and fact.reverses is None
        and fact.id not in undone
        and fact.attributes.get("book") == book.id
    }
    taken = {fact.id for fact in before}
    found: list[Fact] = []
    for one in progress(book, facts, on=on):
        new, old = _result(book, one), standing.get(one.commitment.id)
        if old is not None and new is not None and _same(old, new):
            continue
        if old is not None:
            found.append(_reversal(old, on, taken))
        if new is not None:
            found.append(_renamed(new, taken))
    return tuple(found)


def _result(book: CommitmentBook, one: Progress) -> Fact | None:
    outcome = OUTCOMES.get(one.status)
    if outcome is None:
        return None
    return Fact(
        id=f"{book.id}:{one.commitment.id}:{outcome}:{one.on}",
        subject=one.commitment.by,
        kind=COMMITMENT_RESULT.id,
        on=_day(one),
        recorded_on=one.on,
        attributes={
            "book": book.id,
            "commitment": one.commitment.id,
            "outcome": outcome,
            "on_time": outcome == "kept",
        },
    )


def _day(one: Progress) -> date:
    if one.status == "withdrawn" and one.promise.withdrawn is not None:
        return one.promise.withdrawn.on
    return one.standing.reached or one.standing.broken or one.standing.due


def _same(old: Fact, new: Fact) -> bool:
    return (old.subject, old.on, old.attributes) == (new.subject, new.on, new.attributes)


def _reversal(old: Fact, on: date, taken: set[str]) -> Fact:
    name = _free(f"{old.id}:reversed:{on}", taken)
    return Fact(
        id=name,
        subject=old.subject,
        kind=old.kind,
        on=old.on,
        recorded_on=on,
        attributes=old.attributes,
        reverses=old.id,
    )


def _renamed(new: Fact, taken: set[str]) -> Fact:
    name = _free(new.id, taken)
    if name == new.id:
        return new
    return Fact(
        id=name,
        subject=new.subject,
        kind=new.kind,
        on=new.on,
        recorded_on=new.recorded_on,
        attributes=new.attributes,
    )


def _free(name: str, taken: set[str]) -> str:
    """Return the name, with a number if it was taken on the same day before."""
    found, number = name, 2
    while found in taken:
        found, number = f"{name}:{number}", number + 1
    taken.add(found)
    return found
