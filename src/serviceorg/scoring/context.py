"""One question to a rule set, and what the general clauses need to answer it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

import attrs

from ..basics import Period, add_months
from ..facts import Fact
from ..model import Subject
from .book import Entry, FactBook, in_time, live, live_facts, too_late
from .limits import cell_days
from .plan import ClausePlan, ItemPlan, Plan, State
from .rules import Late
from .trace import Trace

#: A plugin's measure: facts of the cell in order, its first and last day, the options of the rule.
MeasureFunction = Callable[[Sequence[Fact], date, date, Mapping[str, object]], "Fraction | int | None"]

_LONG_AGO = date(1, 1, 1).toordinal()


@attrs.define(eq=False)
class Field:
    """All subjects and facts, and the values that need every subject (worked out in ``field.py``)."""

    book: FactBook
    roster: Mapping[str, Subject]
    measures: Mapping[str, MeasureFunction] = attrs.field(factory=dict)
    best: dict[tuple[int, str], Fraction] = attrs.field(factory=dict)
    panels: dict[tuple[int, str], Fraction] = attrs.field(factory=dict)
    places: dict[tuple[int, str], tuple[Fraction, int]] | None = None  # clause, subject -> place, ranked
    complete: bool = False  # every subject is here, so ranks and shares may be drawn
    derived: dict[object, object] = attrs.field(factory=dict)
    _members: dict[str, tuple[Subject, ...]] | None = None

    def members(self, organisation: str) -> tuple[Subject, ...]:
        """Return everyone who ever belonged to the organisation, by id."""
        if self._members is None:
            found: dict[str, list[Subject]] = {}
            for subject in sorted(self.roster.values(), key=lambda s: s.id):
                for name in {dated.value for dated in subject.organisation}:
                    found.setdefault(name, []).append(subject)
            self._members = {name: tuple(listed) for name, listed in found.items()}
        return self._members.get(organisation, ())


@attrs.define(eq=False)
class Question:
    """Score this subject for this period as of this day.

    Not frozen, because one is made for every subject and a frozen one is dearer to make; nothing else
    changes it. ``start`` and ``until`` are the first and last ordinal day that can count, ``until_date``
    the latter as a date, ``state`` the version in force on it, ``single`` whether it was in force all the
    time from ``start``, ``end`` the period's last day (a subject's own, in an anniversary year).
    """

    plan: Plan
    subject: Subject
    period: Period
    as_of: date
    field: Field
    trace: Trace | None
    start: int
    until: int
    until_date: date
    state: State
    single: bool
    end: date

    @property
    def begin(self) -> int:
        """The first ordinal day of the period itself; rules that begin later set ``start`` later."""
        return self.start if self.plan.rules.period == "anniversary" else self.period.start.toordinal()

    @property
    def joined(self) -> int:
        """The ordinal day on which the subject began to belong."""
        return _LONG_AGO if self.subject.joined is None else self.subject.joined.toordinal()

    @property
    def left(self) -> int:
        """The ordinal day on which the subject ceased to belong, or the last day that counts."""
        return self.until if self.subject.left is None else self.subject.left.toordinal()

    def reigns(self) -> Iterator[tuple[State, int, int]]:
        """Yield each version in force during the period with its first and last ordinal day."""
        states = self.plan.states
        for no, state in enumerate(states):
            first = self.start if no == 0 else max(state.since, self.start)
            last = min(states[no + 1].since - 1, self.until) if no + 1 < len(states) else self.until
            if first <= last:
                yield state, first, last

    def facts_of(self, clause: ClausePlan, first: int, last: int) -> tuple[Fact, ...]:
        """Return the live facts a clause may read from ``first`` to ``last``: own, about, or members'."""
        select, dates, book = clause.clause.select, self.plan.rules.dates, self.field.book
        if select.members:
            return self.members_facts(first, last)
        if select.about:
            entry = book.about(select.about, self.subject.id, dates)
            return live_facts(entry, *_belonging(self.subject, first, last), self.as_of)
        return self.own_facts(first, last)

    def own_entry(self) -> Entry:
        """Return the subject's live facts of the period, in the form of the inner loop."""
        subject, late = self.subject, self.plan.late
        entry = self.field.book.entry(subject.id, self.plan.rules.dates)
        first, last = self.start, self.until
        if subject.joined is not None or subject.left is not None:
            first, last = _belonging(subject, first, last)
        entry = live(entry, first, last, self.as_of)
        return entry if late is None or in_time(entry, late) else self._without_late(entry, late)

    def _without_late(self, entry: Entry, late: Late) -> Entry:
        """Leave out what was registered too late for every clause."""
        if self.trace is not None:
            self.trace.refused += [
                (-1, fact, "late", late.by) for fact in entry.facts if too_late(late, fact)
            ]
        return Entry.of(fact for fact in entry.facts if not too_late(late, fact))

    def own_facts(self, first: int, last: int) -> tuple[Fact, ...]:
        """Return the subject's live facts of days on which it belonged."""
        entry = self.field.book.entry(self.subject.id, self.plan.rules.dates)
        return live_facts(entry, *_belonging(self.subject, first, last), self.as_of)

    def members_facts(self, first: int, last: int) -> tuple[Fact, ...]:
        """Return the live facts of an organisation's members on days they belonged and were assessed."""
        found: list[Fact] = []
        for member in self.field.members(self.subject.id):
            entry = self.field.book.entry(member.id, self.plan.rules.dates)
            for fact in live_facts(entry, *_belonging(member, first, last), self.as_of):
                day = date.fromordinal(fact.day)
                if member.organisation_on(day) == self.subject.id and not _left_out(member, day):
                    found.append(fact)
        return tuple(sorted(found, key=lambda f: (f.day, f.id)))

    def heads(self) -> tuple[Subject, ...]:
        """Return the members who belong to this organisation on the last day and are assessed."""
        day = self.until_date
        return tuple(
            member
            for member in self.field.members(self.subject.id)
            if member.organisation_on(day) == self.subject.id
            and member.belongs_on(day)
            and not _left_out(member, day)
        )

    def clause_on(self, plan: ClausePlan, day: int) -> ClausePlan:
        """Return the clause as it stood on ``day``; before it began as it began, retired as it ended."""
        if len(self.plan.states) == 1:
            return plan
        found: ClausePlan | None = None
        for state in self.plan.states:
            mine = state.clauses.get(plan.no)
            if mine is not None and (found is None or state.since <= day):
                found = mine
        return found or plan

    def item_now(self, no: int) -> ItemPlan:
        """Return an item as it stands at the end, or as it last stood if it was retired."""
        if self.single and no in self.state.items:
            return self.state.items[no]
        past = [
            s.items[no]
            for s in self.plan.states
            if no in s.items and (s.since <= self.until or s is self.state)
        ]
        return past[-1] if past else next(s.items[no] for s in self.plan.states if no in s.items)

    def last_day_of(self, span: str, cell: int) -> int:
        """Return the last day of a cell that can count."""
        return self.until if span == "period" else min(cell_days(span, cell, self.plan.shift)[1], self.until)

    def window_of(self, clause: ClausePlan) -> tuple[int, int]:
        """Return the first and last day of the time a clause looks at, carried facts left aside."""
        window = clause.clause.window
        if window.kind == "ever":
            return _LONG_AGO, self.until
        if window.kind == "rolling" and window.length is not None:
            return (
                add_months(self.until_date, -window.length.months).toordinal() + 1 - window.length.days,
                self.until,
            )
        return self.start, self.until


def _belonging(subject: Subject, first: int, last: int) -> tuple[int, int]:
    """Return the days from ``first`` to ``last`` cut to those between joining and leaving."""
    if subject.joined is not None:
        first = max(first, subject.joined.toordinal())
    if subject.left is not None:
        last = min(last, subject.left.toordinal())
    return first, last


def _left_out(member: Subject, day: date) -> bool:
    exemption = member.exemption_on(day)
    return exemption is not None and exemption.effect == "not_assessed"
