"""Facts in the engine's own order: by subject, by day, with reversals resolved as of a day.

A book is built once from facts in any order and read by every score. Facts that were not known
on the day asked about (recorded later) are as if they did not exist; a reversed fact is kept,
so that the explanation can still show it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from operator import attrgetter

import attrs

from ..basics import add_months
from ..errors import FactProblems, Problem
from ..facts import Fact
from .rules import Late

#: The kind of fact a closed scorecard becomes.
SCORECARD = "scorecard"

_DAY, _ID, _KIND = attrgetter("day"), attrgetter("id"), attrgetter("kind")


@attrs.frozen(eq=False)
class Entry:
    """One subject's facts in order, and what lets the evaluator skip checks."""

    facts: tuple[Fact, ...] = ()
    first: int = 0
    last: int = 0
    known: date = date.min  # the last day on which any of them was recorded
    straight: bool = True  # none reverses another
    delay: int = 0  # the most days between happening and recording
    # What the inner loop reads: the facts by kind, then day, and as flat columns of the same order. Reading
    # columns takes a third of the time of reading scattered facts; a tuple for each kind takes twice as long.
    by_kind: tuple[Fact, ...] = ()
    column: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    kinds: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()  # kinds of which a fact carries no amount

    @classmethod
    def of(cls, facts: Iterable[Fact], same: dict[int, int] | None = None) -> "Entry":
        """Return the facts in order; ties of a day go by id.

        ``same`` lets many entries share equal numbers, which keeps them close together in memory.
        """
        # Two sorts by one key each are quicker than one by two: no pairs are made.
        by_id = sorted(facts, key=_ID)
        by_id.sort(key=_DAY)
        ordered = tuple(by_id)
        if not ordered:
            return NOTHING
        known = max([fact.recorded_on for fact in ordered])
        straight = not any([fact.reverses for fact in ordered])
        by_kind = sorted(ordered, key=_KIND)
        column = tuple([fact.kind for fact in by_kind])
        one = ({} if same is None else same).setdefault
        # Identity first: most facts are recorded on their day, and then hold one date twice.
        delays = [(fact.recorded_on - fact.on).days for fact in ordered if fact.recorded_on is not fact.on]
        return cls(
            ordered,
            ordered[0].day,
            ordered[-1].day,
            known,
            straight,
            max(delays, default=0),
            tuple(by_kind),
            column,
            tuple([one(fact.month, fact.month) for fact in by_kind]),
            tuple([one(fact.units, fact.units) for fact in by_kind]),
            frozenset(column),
            frozenset([fact.kind for fact in ordered if fact.amount is None]),
        )


NOTHING = Entry()


def live(entry: Entry, first: int, last: int, as_of: date) -> Entry:
    """Return the entry cut to what counts: itself where nothing is to be cut."""
    if entry.straight and entry.known <= as_of and first <= entry.first and entry.last <= last:
        return entry
    return Entry.of(live_facts(entry, first, last, as_of))


def too_late(late: Late, fact: Fact) -> bool:
    """Return whether a fact was recorded (or decided) after the time the rule allows, or not at all."""
    known = fact.decided_on if late.by == "decided" else fact.recorded_on
    if known is None:
        return True
    if known == fact.on:
        return False
    return known.toordinal() > add_months(fact.on, late.within.months).toordinal() + late.within.days


def in_time(entry: Entry, late: Late) -> bool:
    """Return whether it is plain at a glance that no fact of the entry came too late."""
    return late.by == "recorded" and entry.delay <= 28 * late.within.months + late.within.days


def live_facts(entry: Entry, first: int, last: int, as_of: date) -> tuple[Fact, ...]:
    """Return the facts of days ``first`` to ``last`` that were known and not taken back on ``as_of``."""
    if entry.straight and entry.known <= as_of and first <= entry.first and entry.last <= last:
        return entry.facts
    known = [fact for fact in entry.facts if fact.recorded_on <= as_of]
    undone = taken_back(known)
    return tuple(f for f in known if first <= f.day <= last and f.reverses is None and f.id not in undone)


def taken_back(facts: Iterable[Fact]) -> dict[str, str]:
    """Return each fact that is taken back, with the reversal that does it; one may be taken back itself."""
    reversals: dict[str, list[str]] = {}
    for fact in facts:
        if fact.reverses is not None:
            reversals.setdefault(fact.reverses, []).append(fact.id)

    def undone_by(name: str) -> str | None:
        return next((other for other in reversals.get(name, ()) if undone_by(other) is None), None)

    return {name: other for name in reversals if (other := undone_by(name)) is not None}


@attrs.frozen(eq=False)
class FactBook:
    """Facts grouped by subject (事实簿), for one or many subjects."""

    entries: Mapping[str, Entry]
    _derived: dict[object, object] = attrs.field(factory=dict, repr=False)

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> "FactBook":
        """Return a book of facts given in any order.

        Raises:
            FactProblems: If two facts share an id, or one reverses a fact that is not there or is
                another subject's.
        """
        by_subject: dict[str, list[Fact]] = {}
        count = 0
        for fact in facts:
            count += 1
            if fact.subject in by_subject:
                by_subject[fact.subject].append(fact)
            else:
                by_subject[fact.subject] = [fact]
        reversing = any([fact.reverses for listed in by_subject.values() for fact in listed])
        if reversing or len({fact.id for listed in by_subject.values() for fact in listed}) < count:
            _check(by_subject)
        if any([fact.units < 0 for listed in by_subject.values() for fact in listed]):
            _check_signs(by_subject)
        same: dict[int, int] = {}
        return cls({subject: Entry.of(listed, same) for subject, listed in by_subject.items()})

    def entry(self, subject: str, dates: str = "occurred") -> Entry:
        """Return one subject's facts, on the dates that count for the rule set."""
        if dates == "occurred":
            return self.entries.get(subject, NOTHING)
        key = (subject, dates)
        if key not in self._derived:
            self._derived[key] = Entry.of(_redated(self.entries.get(subject, NOTHING).facts, dates))
        found = self._derived[key]
        assert isinstance(found, Entry)
        return found

    def about(self, attribute: str, subject: str, dates: str) -> Entry:
        """Return the facts whose ``attribute`` names the subject, whoever they were recorded for."""
        key = ("about", attribute, dates)
        if key not in self._derived:
            found: dict[object, list[Fact]] = {}
            named: dict[str, object] = {}
            for fact in self:
                if attribute in fact.attributes:
                    found.setdefault(fact.attributes[attribute], []).append(fact)
                    named[fact.id] = fact.attributes[attribute]
            _with_reversals(self, found, named)
            self._derived[key] = {name: Entry.of(_redated(listed, dates)) for name, listed in found.items()}
        table = self._derived[key]
        assert isinstance(table, dict)
        entry = table.get(subject, NOTHING)
        assert isinstance(entry, Entry)
        return entry

    def __iter__(self) -> Iterator[Fact]:
        for entry in self.entries.values():
            yield from entry.facts


def _with_reversals(facts: Iterable[Fact], found: dict[object, list[Fact]], named: dict[str, object]) -> None:
    """Take along what reverses a listed fact, though it need not name the subject again."""
    loose = [fact for fact in facts if fact.reverses is not None and fact.id not in named]
    while True:
        taken = [fact for fact in loose if fact.reverses in named]
        if not taken:
            return
        for fact in taken:
            assert fact.reverses is not None
            named[fact.id] = named[fact.reverses]
            found[named[fact.id]].append(fact)
        loose = [fact for fact in loose if fact.id not in named]


def _redated(facts: Iterable[Fact], dates: str) -> Iterator[Fact]:
    """Yield copies whose engine day is the recorded or decided day; undecided ones are left out."""
    for fact in facts:
        counted = {"recorded": fact.recorded_on, "decided": fact.decided_on}.get(dates, fact.on)
        if counted is None and fact.reverses is None:
            continue
        counted = counted or fact.recorded_on  # a reversal needs no decision of its own
        twin = copy(fact)
        object.__setattr__(twin, "day", counted.toordinal())
        object.__setattr__(twin, "month", counted.year * 12 + counted.month - 1)
        yield twin


def _check_signs(by_subject: Mapping[str, list[Fact]]) -> None:
    """Refuse negative amounts: the sign of what a fact pays lives in the rule. A closed total may be one."""
    text = "the amount {} is negative; amounts count, and the rule says whether that earns or costs"
    problems = [
        Problem("amount-negative", f"fact {fact.id!r}", text.format(fact.amount))
        for facts in by_subject.values()
        for fact in facts
        if fact.units < 0 and fact.kind != SCORECARD
    ]
    if problems:
        raise FactProblems(problems)


def _check(by_subject: Mapping[str, list[Fact]]) -> None:
    """Refuse double ids and reversals of what is not there, all at once."""
    owners: dict[str, str] = {}
    problems: list[Problem] = []
    for subject, facts in by_subject.items():
        for fact in facts:
            if fact.id in owners:
                problems.append(
                    Problem("fact-twice", f"fact {fact.id!r}", "this id stands on more than one fact")
                )
            owners[fact.id] = subject
    for subject, facts in by_subject.items():
        for fact in facts:
            if fact.reverses is not None and owners.get(fact.reverses) != subject:
                text = f"reverses {fact.reverses!r}, which is no fact of subject {subject!r}"
                problems.append(Problem("reverses-nothing", f"fact {fact.id!r}", text))
        problems += _circles(facts)
    if problems:
        raise FactProblems(problems)


def _circles(facts: Sequence[Fact]) -> list[Problem]:
    """Find reversals that, one taking back the next, come back to themselves."""
    target = {fact.id: fact.reverses for fact in facts if fact.reverses is not None}
    text = "takes back, step by step, itself; a reversal must name an earlier fact"
    found: list[Problem] = []
    for name, first in target.items():
        at: str | None = first
        steps = 0
        while at is not None and at != name and steps < len(target):
            at, steps = target.get(at), steps + 1
        if at == name:
            found.append(Problem("reverses-itself", f"fact {name!r}", text))
    return found
