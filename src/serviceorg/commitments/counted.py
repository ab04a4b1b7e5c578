"""Which facts count as progress, and why the others do not."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import attrs

from ..basics import FACT_SCALE, exact, in_units
from ..errors import FactProblems, Problem
from ..facts import Fact
from ..model.reversals import check_reversals, taken_back
from .promises import Commitment, Promise, Selection


@attrs.frozen
class SetAside:
    """A fact that does not count (未计入), with the code of the reason and what belongs to it."""

    fact: Fact
    why: str
    detail: str = ""


@attrs.frozen(eq=False)
class FactIndex:
    """Facts by kind and subject (事实索引), built once for many questions about promises."""

    facts: tuple[Fact, ...]
    by_kind: Mapping[str, Sequence[Fact]]
    by_owner: Mapping[tuple[str, str], Sequence[Fact]]
    _undone: dict[date, dict[str, str]] = attrs.field(factory=dict, init=False, repr=False)
    _by_value: dict[tuple[str, str], dict[object, list[Fact]]] = attrs.field(
        factory=dict, init=False, repr=False
    )

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> "FactIndex":
        """Return an index of facts given in any order.

        Raises:
            FactProblems: For double ids, and reversals of what is not there or another subject's.
        """
        listed = tuple(facts)
        check_reversals(listed)
        by_kind: dict[str, list[Fact]] = {}
        by_owner: dict[tuple[str, str], list[Fact]] = {}
        for fact in listed:
            if fact.reverses is None:
                by_kind.setdefault(fact.kind, []).append(fact)
                by_owner.setdefault((fact.kind, fact.subject), []).append(fact)
        return cls(listed, by_kind, by_owner)

    def undone(self, known_on: date) -> Mapping[str, str]:
        """Return what was taken back as far as was known on a day, with the reversal that did it."""
        if known_on not in self._undone:
            known = (
                fact for fact in self.facts if fact.reverses is not None and fact.recorded_on <= known_on
            )
            self._undone[known_on] = taken_back(known)
        return self._undone[known_on]

    def selected(self, selection: Selection) -> list[Fact]:
        """Return the facts a selection speaks of, in no order."""
        found: list[Fact] = []
        for kind in selection.kinds:
            if selection.whose:
                for owner in selection.whose:
                    found += self._of_owner(kind, owner, selection.since.get(owner))
            else:
                found += self._of_anyone(kind, selection)
        if not selection.where:
            return found
        return [fact for fact in found if _matches(selection, fact)]

    def _of_owner(self, kind: str, owner: str, since: date | None) -> Iterable[Fact]:
        """Return the facts of a kind and subject; of an heir only those from the day it took over.

        That day is one of doing: what was done before is the heir's own, whenever it was recorded.
        """
        facts = self.by_owner.get((kind, owner), ())
        return facts if since is None else [fact for fact in facts if fact.on >= since]

    def _of_anyone(self, kind: str, selection: Selection) -> Iterable[Fact]:
        """Return the facts of a kind; with a condition, only those of its first attribute's values."""
        name = next(iter(selection.where), "")
        if not name:
            return self.by_kind.get(kind, ())
        table = self._by_value.get((kind, name))
        if table is None:
            table = self._by_value[kind, name] = {}
            for fact in self.by_kind.get(kind, ()):
                if name in fact.attributes:
                    table.setdefault(fact.attributes[name], []).append(fact)
        return [fact for value in dict.fromkeys(selection.where[name]) for fact in table.get(value, ())]


def _matches(selection: Selection, fact: Fact) -> bool:
    attributes = fact.attributes
    # True is not 1 here: a flag never matches a number.
    return all(
        name in attributes
        and (type(attributes[name]) is bool, attributes[name]) in [(type(v) is bool, v) for v in values]
        for name, values in selection.where.items()
    )


def day_of(fact: Fact, dates: str) -> date | None:
    """Return the day of a fact that counts; None for one that is undecided where the decision counts."""
    if dates == "recorded":
        return fact.recorded_on
    return fact.decided_on if dates == "decided" else fact.on


def counted(
    index: FactIndex,
    commitment: Commitment,
    promise: Promise,
    *,
    selection: Selection,
    on: date,
    known_on: date,
) -> tuple[list[tuple[date, Fact]], list[SetAside]]:
    """Return (day, fact) of what counts, by day and id, and what is set aside; see also ``used_again``.

    What happened after ``on`` or was recorded after ``known_on`` is as if it did not exist.
    """
    undone, begun = index.undone(known_on), commitment.versions[0].since
    placed, aside = [], []
    for fact in index.selected(selection):
        if fact.recorded_on > known_on:
            continue
        day = day_of(fact, promise.dates)
        if promise.dates == "decided" and day is not None and day > known_on:
            day = None  # nobody knew of the decision
        if day is not None and day > on:
            continue
        if fact.id in undone:
            aside.append(SetAside(fact, "reversed", undone[fact.id]))
        elif day is None:
            aside.append(SetAside(fact, "undecided"))
        elif day < begun:
            aside.append(SetAside(fact, "too-early", str(begun)))
        else:
            fault = _unproved(promise, fact) or _unconfirmed(commitment, promise, fact, known_on)
            if fault:
                aside.append(SetAside(fact, *fault))
            else:
                placed.append((day, fact))
    placed.sort(key=lambda pair: (pair[0], pair[1].id))
    return placed, aside


def _unproved(promise: Promise, fact: Fact) -> tuple[str, str] | None:
    proof = promise.proof
    if proof.evidence and not fact.evidence.strip():
        return "no-evidence", ""
    missing = [name for name in proof.fields if fact.attributes.get(name, "") in ("", False)]
    return ("no-proof", ", ".join(missing)) if missing else None


def _unconfirmed(
    commitment: Commitment, promise: Promise, fact: Fact, known_on: date
) -> tuple[str, str] | None:
    wanted = promise.confirmation
    if wanted is None:
        return None
    who = str(fact.attributes.get(wanted.field, "")).strip()
    if not who or fact.decided_on is None or fact.decided_on > known_on:
        return "unconfirmed", ""
    if who in (commitment.by, fact.subject, fact.recorded_by, *promise.responsible):
        return "own-confirmation", ""
    return ("wrong-confirmer", "") if wanted.among and who not in wanted.among else None


def used_again(placed: Iterable[tuple[date, Fact]]) -> dict[str, SetAside]:
    """Return by id the facts whose reference an earlier one of another id used; all parts of a promise count.

    The first by day and id keeps the reference.
    """
    first: dict[str, str] = {}
    found: dict[str, SetAside] = {}
    for _, fact in sorted(placed, key=lambda pair: (pair[0], pair[1].id)):
        reference = fact.evidence.strip()
        if reference and first.setdefault(reference, fact.id) != fact.id:
            found[fact.id] = SetAside(fact, "evidence-again", first[reference])
    return found


@attrs.frozen
class Course:
    """How a measured quantity ran (进度曲线): days, and the value at the end of each in ten-thousandths."""

    days: tuple[date, ...] = ()
    values: tuple[int, ...] = ()


_ONE = 10**FACT_SCALE


def course_of(selection: Selection, facts: Sequence[tuple[date, Fact]]) -> Course:
    """Return how the measured quantity ran over facts in order.

    Raises:
        FactProblems: For facts without the quantity that is measured, or with a negative one.
    """
    ends: dict[date, int] = {}
    total, seen, problems = 0, set(), []
    measure = selection.measure
    for day, fact in facts:
        if measure == "count":
            total += _ONE
        elif measure == "presence":
            total = _ONE
        elif measure == "distinct":
            if selection.field not in fact.attributes:
                problems.append(_no_quantity(fact, selection.field))
                continue
            seen.add(fact.attributes[selection.field])
            total = len(seen) * _ONE
        else:
            amount = quantity(fact, selection.field)
            if amount is None or amount < 0:
                problems.append(_no_quantity(fact, selection.field))
                continue
            total = amount if measure == "last" else total + amount
        ends[day] = total
    if problems:
        raise FactProblems(problems)
    return Course(tuple(ends), tuple(ends.values()))


def quantity(fact: Fact, field: str) -> int | None:
    """Return the amount of a fact, or an attribute that is a number, in ten-thousandths; None for neither."""
    if field == "amount":
        return None if fact.amount is None else fact.units
    value = fact.attributes.get(field)
    if value is None or isinstance(value, (bool, str, date)):
        return None
    return in_units(exact(value, where=f"fact {fact.id!r}, attribute {field!r}"), FACT_SCALE)


def _no_quantity(fact: Fact, field: str) -> Problem:
    found = fact.amount if field == "amount" else fact.attributes.get(field)
    message = f"{field}: found {found!r}; progress is measured by it, so it must be there and not negative"
    return Problem("no-quantity", f"fact {fact.id!r}", message)
