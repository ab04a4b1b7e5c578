"""Which facts fulfil a duty: gathered once by who and target, with why others were set aside."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ..basics import Label
from ..errors import FactProblems, Problem
from ..facts import Fact
from ..model import Snapshot
from ..model.reversals import taken_back
from .book import Duty, Fulfilment, Where
from .sentences import WEEKDAYS
from .spans import Timing
from .world import Former

#: Under what facts are found: the target, else who did it; the unit and the target where a role decides.
Key = str | tuple[str, str]
#: A fact that does not count, and why: (fact, code, what it is about).
Refusal = tuple[Fact, str, str | Label]


def known_facts(facts: Iterable[Fact], kinds: Iterable[str], on: date) -> dict[str, list[Fact]]:
    """Return the facts of some kinds that were known by a day and not taken back, by kind.

    Raises:
        FactProblems: If two of them share an id, or reversals take back themselves or what is not there.
    """
    facts = facts if isinstance(facts, (list, tuple)) else list(facts)
    found: dict[str, list[Fact]] = {kind: [] for kind in kinds}
    today = on.toordinal()
    reversals: list[Fact] = []
    for fact in facts:
        if fact.reverses is not None:
            if fact.recorded_on <= on:
                reversals.append(fact)
            continue
        bucket = found.get(fact.kind)
        if bucket is not None and fact.day <= today and fact.recorded_on <= on:
            bucket.append(fact)
    _check_ids(found)
    if reversals:
        _check_reversals(facts, reversals)
        undone = taken_back(reversals)
        return {kind: [fact for fact in bucket if fact.id not in undone] for kind, bucket in found.items()}
    return found


def _check_reversals(facts: Iterable[Fact], reversals: list[Fact]) -> None:
    """Refuse reversals of what is not there, or is another subject's."""
    wanted = {fact.reverses for fact in reversals}
    owners = {fact.id: fact.subject for fact in facts if fact.id in wanted}
    text = "reverses {!r}, which is no fact of subject {!r}"
    problems = [
        Problem("reverses-nothing", f"fact {fact.id!r}", text.format(fact.reverses, fact.subject))
        for fact in reversals
        if owners.get(fact.reverses or "") != fact.subject
    ]
    if problems:
        raise FactProblems(sorted(problems, key=str))


def _check_ids(found: Mapping[str, list[Fact]]) -> None:
    seen = {fact.id for bucket in found.values() for fact in bucket}
    if len(seen) == sum(map(len, found.values())):
        return
    seen.clear()
    problems = []
    for bucket in found.values():
        for fact in bucket:
            if fact.id in seen:
                text = "this id stands on more than one fact"
                problems.append(Problem("fact-twice", f"fact {fact.id!r}", text))
            seen.add(fact.id)
    raise FactProblems(sorted(problems, key=str))


class Tally:
    """The facts of one duty by who and target, each in the order of days and ids.

    ``aside`` has those that speak of the duty but do not count, with the reason.
    """

    def __init__(
        self, duty: Duty, facts: Mapping[str, list[Fact]], *, snapshot: Snapshot, timing: Timing
    ) -> None:
        self.duty, self.snapshot, self.timing = duty, snapshot, timing
        self.rule = duty.fulfilled
        #: The role that decides whose facts count at a unit, "" where it is no matter of one.
        self.role = duty.role_of_facts
        #: By which bond it is held (None: any): what is owed jointly, those do who owe it.
        self.affiliation = None if self.rule.role else duty.who.affiliation
        #: Whether the facts found for a target must still be those of who owes it.
        self.own = bool(self.rule.target) and self.rule.by == "self" and not self.role
        self.found: dict[Key, Fact | list[Fact]] = {}
        self.aside: dict[Key, list[Refusal]] = {}
        self._entries: dict[int, int] = {}
        for kind in dict.fromkeys(self.rule.facts):
            self._gather(facts.get(kind, ()))
        for listed in self.found.values():
            if type(listed) is list:
                listed.sort(key=by_day)

    def key_of(self, who: str, unit: str, towards: str) -> Key:
        """Return under which key the facts of an obligation lie."""
        target = (towards or unit) if self.rule.target else ""
        if self.role:
            return unit, target
        return target or ("" if self.rule.by == "anyone" else who)

    def keys_of(self, who: str, unit: str, towards: str, former: Former) -> set[Key]:
        """Return the keys of an obligation, with those of units that passed into those it is about."""
        return {
            self.key_of(one, place, target)
            for one in (who, *former.get(who, ()))
            for place in (unit, *former.get(unit, ()))
            for target in (towards, *former.get(towards, ()))
        }

    def _gather(self, facts: Iterable[Fact]) -> None:
        rule, target, role = self.rule, self.rule.target, self.role
        by_subject = rule.by != "anyone"
        where, unless = _wanted(rule.where), _wanted(rule.unless)
        conditions = (rule.least_amount, rule.weekday, rule.recorded_within)
        plain = not rule.filled and conditions == (None, None, None)
        for fact in facts:
            attributes = fact.attributes
            if where and not all(_has(attributes, name, values) for name, values in where):
                continue
            if unless and any(_has(attributes, name, values) for name, values in unless):
                continue
            to: Any = attributes.get(target) if target else ""
            if target and (type(to) is not str or not to):
                continue
            refusal = None if plain else self._refusal(fact, rule)
            if role:
                for unit in self._places(fact):
                    self._keep((unit, to), fact, refusal)
            else:
                self._keep(to or (fact.subject if by_subject else ""), fact, refusal)

    def _keep(self, key: Key, fact: Fact, refusal: tuple[str, str | Label] | None) -> None:
        if refusal is not None:
            self.aside.setdefault(key, []).append((fact, *refusal))
            return
        # Most targets have one fact: a list of their own only for those with more spares time and room.
        other = self.found.setdefault(key, fact)
        if other is not fact:
            if type(other) is list:
                other.append(fact)
            else:
                self.found[key] = [other, fact]  # type: ignore[list-item]  # a fact: no list yet

    def _places(self, fact: Fact) -> tuple[str, ...]:
        """Return the units where whoever the fact is about held the role that day."""
        bonds = self.snapshot.bonds(fact.subject, on=fact.on, role=self.role, affiliation=self.affiliation)
        return tuple(sorted({bond.unit for bond in bonds}))

    def _refusal(self, fact: Fact, rule: Fulfilment) -> tuple[str, str | Label] | None:
        attributes = fact.attributes
        for name in rule.filled:
            value = attributes.get(name)
            if value is None or value is False or (type(value) is str and not value.strip()):
                return "not-filled", name
        if rule.least_amount is not None and (fact.amount is None or fact.amount < rule.least_amount):
            return "too-little", str(rule.least_amount)
        if rule.weekday is not None and fact.on.weekday() != rule.weekday:
            return "wrong-weekday", WEEKDAYS[rule.weekday]
        if rule.recorded_within is not None:
            last = self._entries.get(fact.day)
            if last is None:
                last = self.timing.last_entry(rule.recorded_within, fact.on).toordinal()
                self._entries[fact.day] = last
            if fact.recorded_on.toordinal() > last:
                return "recorded-late", date.fromordinal(last).isoformat()
        return None


def distinct(facts: list[Fact], by: str) -> list[Fact]:
    """Return the first fact of each day, person or attribute; all of them where nothing is said."""
    if not by or len(facts) < 2:
        return facts
    seen: set[object] = set()
    kept = []
    for fact in facts:
        key: object = fact.day if by == "day" else fact.subject if by == "person" else fact.attributes.get(by)
        if key not in seen:
            seen.add(key)
            kept.append(fact)
    return kept


def _wanted(where: Where) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    return tuple(where.items())


def _has(attributes: Mapping[str, Any], name: str, values: tuple[Any, ...]) -> bool:
    # True is not 1 here: a flag never matches a number.
    found = attributes.get(name)
    return any(found == value and isinstance(found, bool) is isinstance(value, bool) for value in values)


def by_day(fact: Fact) -> tuple[int, str]:
    """Return what sorts facts by day and id."""
    return fact.day, fact.id
