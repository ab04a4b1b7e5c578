"""Facts and amounts of units that merged, split or were renamed, handed to what the units have become.

Every change says itself what becomes of points (``Change.points``). In a merge or renaming, a fact passes on
whole. In a split, an amount is divided by the shares, exactly: what four decimals cannot hold goes to the
largest remainders, so the parts always add up to the whole. What cannot be divided, a fact without an amount,
goes whole to the unit that has the open tickets: the old one if it lives on, else the one they pass to.

Pass facts on to the last day of the period that is scored: a fact of last year stays with the old unit in
last year's score, and is the new unit's in a look back from today. Keep the original facts and pass them on
anew to each day: what was passed on is not passed on again.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from ..basics import FACT_SCALE, exact, in_units, out_of_units
from ..errors import AmountError, FactProblems, Problem
from ..facts import Fact, Value
from ..reasons import Reason, Template
from .days import a_day
from .lineage import flowed_into
from .records import Change, Unit
from .reversals import check_reversals, taken_back
from .routes import Route, Routes, divided
from .snapshot import Snapshot
from .subjects import Subject

#: The attribute of a passed fact that names the unit it came from.
PASSED_FROM = "passed_from"

SENTENCES: dict[str, Template] = {
    "stays": Template(
        ("fact", "unit", "change", "on"),
        "{fact} ended with {unit}: by change {change} of {on} its points do not pass on",
        "{fact} 随 {unit} 终止：{on} 的变更 {change} 规定其分值不转移",
    ),
    "dissolved": Template(
        ("fact", "unit", "change", "on"),
        "{fact} ended with {unit}: change {change} of {on} left no unit after it",
        "{fact} 随 {unit} 终止：{on} 的变更 {change} 之后没有承接单位",
    ),
}


@attrs.frozen
class EndedFact:
    """A fact, or as much of it, that ended with its unit (随原单位终止), and the change that ended it."""

    fact: Fact
    unit: str
    change: Change
    amount: Decimal | None = None

    @property
    def reason(self) -> Reason:
        """Why it did not pass on."""
        code = "stays" if self.change.after else "dissolved"
        return Reason(code, (self.fact.id, self.unit, self.change.id, self.change.on), (), self.change.basis)


@attrs.frozen(kw_only=True)
class Passing:
    """Facts as of a day (转移结果): those that go on, in order, and those that ended with a unit."""

    facts: tuple[Fact, ...]
    ended: tuple[EndedFact, ...] = ()


def part_id(fact: str, heir: str) -> str:
    """Return the id of the part of a divided fact that went to one heir."""
    return f"{fact}#{heir}"


def passed_on(
    snapshot: Snapshot,
    facts: Iterable[Fact],
    *,
    on: date,
    whole: Collection[str] = (),
    ids: Callable[[str, str], str] = part_id,
) -> tuple[Fact, ...]:
    """Return the facts as they stand on a day, those of units that changed handed to their heirs.

    See ``passing``, which also tells what ended with its unit.
    """
    return passing(snapshot, facts, on=on, whole=whole, ids=ids).facts


def passing(
    snapshot: Snapshot,
    facts: Iterable[Fact],
    *,
    on: date,
    whole: Collection[str] = (),
    ids: Callable[[str, str], str] = part_id,
) -> Passing:
    """Return the facts as they stand on a day, and those that ended with their unit.

    A passed fact keeps its id, days and evidence, and says in the attribute ``passed_from`` whose it was;
    parts of a divided one have the ids that ``ids`` makes of the fact's and the heir's. A reversal goes
    wherever the fact goes that it reverses. Facts of people, and of units without a change, are the same
    objects.

    Args:
        snapshot: With the units and their changes.
        facts: In any order.
        on: The day; changes after it have not happened.
        whole: Kinds of fact that are not divided although they carry an amount. Each part of a divided fact
            counts as a fact, so name the kinds that rules count instead of adding up.
        ids: The ids of parts.

    Raises:
        FactProblems: For facts that were passed on before and would be again: give the original ones; for
            ids of parts that other facts have; for double ids, and reversals of what is not there or
            another subject's, if any fact reverses another.
    """
    kinds = {whole} if isinstance(whole, str) else whole
    routes = Routes(snapshot, a_day(on))
    listed = facts if isinstance(facts, Sequence) else tuple(facts)
    roots: Mapping[str, Fact] = {}
    if any(fact.reverses is not None for fact in listed):
        check_reversals(listed)
        taken_back(listed)  # refuses circles
        roots = chain_roots(listed)
    kept: list[Fact] = []
    gone: list[EndedFact] = []
    again: list[Problem] = []
    divided_ids: list[str] = []
    touched = routes.touched
    for fact in listed:
        if fact.subject not in touched:
            kept.append(fact)
            continue
        root = roots.get(fact.id, fact)
        route = routes.of(root, whole=root.kind in kinds)
        if PASSED_FROM in fact.attributes and list(route.parts) != [fact.subject]:
            again.append(_passed_twice(fact))
            continue
        parts, rest = _shared(fact, root, route)
        gone += [
            EndedFact(fact, unit, change, _amount(fact, part))
            for (unit, change, _), part in zip(route.ended, rest, strict=True)
        ]
        made = _handed(fact, route, parts, ids)
        kept += made
        divided_ids += [one.id for one in made if one.id != fact.id]
    if again:
        raise FactProblems(again)
    _check_ids(kept, set(divided_ids))
    return Passing(facts=tuple(kept), ended=tuple(gone))


def passed_amounts(
    snapshot: Snapshot,
    amounts: Mapping[str, Decimal | int | str],
    *,
    on: date,
    held: date | None = None,
    rule: str = "sum",
    decimals: int = FACT_SCALE,
) -> dict[str, Decimal]:
    """Return amounts by the units that stand on a day, sorted by id: merged ones added, split ones divided.

    For what a quota is counted from: funds, heads, floor space. Parts have so many ``decimals`` (0 for heads)
    and add up to the whole.

    Args:
        snapshot: With the units and their changes.
        amounts: What each unit had; units nobody knows keep theirs.
        on: The day.
        held: The day on which they had it; default: each unit's last day.
        rule: "sum" passes everything on; "change" does what each change says of points.
        decimals: At most 4.

    Raises:
        AmountError: For amounts that are not exact, are negative, or have more decimals.
    """
    if rule not in ("sum", "change"):
        raise AmountError(f"rule: found {rule!r}; allowed are 'sum' and 'change'")
    routes = Routes(snapshot, a_day(on), sums=rule == "sum")
    found: dict[str, int] = {}
    for unit, amount in amounts.items():
        number = exact(amount, most_decimals=decimals, where=f"unit {unit!r}")
        if number < 0:
            raise AmountError(f"unit {unit!r}: {amount!r} is negative; allowed are amounts of 0 or more")
        route = routes.route(unit, held, in_units(number, decimals), whole=False)
        for heir, part in route.parts.items():
            found[heir] = found.get(heir, 0) + part
    return {unit: out_of_units(found[unit], decimals) for unit in sorted(found)}


def successors(snapshot: Snapshot, subjects: Iterable[Subject], *, on: date) -> tuple[Subject, ...]:
    """Return the subjects that are units there on a day, each as old as the oldest whose points passed to it.

    A merged community that began in July is scored for the whole year with what passed to it: its own first
    day would leave the facts of the old ones out. In the place of a unit that has ended stand the units its
    points passed to, under the same organisation, so that last year can be looked at in the units of today.
    Subjects that are no units are returned as they are.
    """
    a_day(on)
    into: dict[str, list[Change]] = {}
    for change in snapshot.changes:
        if change.on <= on and change.points != "stay":
            for unit in dict.fromkeys(change.after):
                into.setdefault(unit, []).append(change)
    listed = tuple(subjects)
    found: dict[str, Subject] = {}
    given = {subject.id for subject in listed}
    for subject in listed:
        if subject.id in snapshot.units and not snapshot.is_there(subject.id, on):
            for heir in snapshot.heirs(subject.id, on=on):
                if heir not in given and subject.id in flowed_into(into, heir, on):
                    found.setdefault(heir, _heir_subject(snapshot.units[heir], subject))
        else:
            found[subject.id] = subject
    return tuple(
        attrs.evolve(one, joined=_first_day(snapshot, one, into)) if one.id in into else one
        for one in found.values()
    )


def _heir_subject(heir: Unit, subject: Subject) -> Subject:
    """Return an heir as a subject of a time before it began, in the place of one that ended."""
    return Subject(
        id=heir.id,
        kind=heir.kind or subject.kind,
        name=heir.name,
        organisation=subject.organisation,
        joined=heir.since,
        left=heir.until,
    )


def _first_day(snapshot: Snapshot, subject: Subject, into: Mapping[str, Sequence[Change]]) -> date | None:
    days = [subject.joined]
    for unit in flowed_into(into, subject.id, date.max):
        record = snapshot.units.get(unit)
        days.append(None if record is None else record.since)
    known = [day for day in days if day is not None]
    return None if len(known) < len(days) else min(known)


def chain_roots(facts: Sequence[Fact]) -> dict[str, Fact]:
    """Return for each reversal the fact at the beginning of its chain."""
    if not any(fact.reverses is not None for fact in facts):
        return {}
    by_id = {fact.id: fact for fact in facts}
    found: dict[str, Fact] = {}
    for one in by_id.values():
        at, chain = one, []
        while at.reverses is not None and at.id not in found:
            chain.append(at.id)
            at = by_id[at.reverses]
        found.update(dict.fromkeys(chain, found.get(at.id, at)))
    return found


def _passed_twice(fact: Fact) -> Problem:
    was = fact.attributes[PASSED_FROM]
    message = f"was passed on from {was!r} before; allowed are the original facts, passed on once to the day"
    return Problem("passed-twice", f"fact {fact.id!r}", message)


def _check_ids(kept: Sequence[Fact], parts: Collection[str]) -> None:
    """Refuse ids of parts that another fact has."""
    if not parts:
        return
    taken = Counter(fact.id for fact in kept)
    problems = [
        Problem(
            "fact-twice", f"fact {name!r}", "the id of this part is that of another fact; name others by ids="
        )
        for name in sorted(parts)
        if taken[name] > 1
    ]
    if problems:
        raise FactProblems(problems)


def _shared(fact: Fact, root: Fact, route: Route) -> tuple[list[int], list[int]]:
    """Return how much of a fact goes to each heir, and how much ended with each unit."""
    amounts = [*route.parts.values(), *(part for _, _, part in route.ended)]
    if fact.units != root.units and fact.amount is not None:  # a reversal of a part of it
        amounts = divided(fact.units, [Fraction(abs(one)) for one in amounts])
    return amounts[: len(route.parts)], amounts[len(route.parts) :]


def _handed(fact: Fact, route: Route, amounts: Sequence[int], ids: Callable[[str, str], str]) -> list[Fact]:
    """Return a fact, or its parts, as facts of the heirs."""
    parts = route.parts
    if list(parts) == [fact.subject] and not route.ended:
        return [fact]
    attributes: dict[str, Value] = {PASSED_FROM: fact.subject, **fact.attributes}
    is_whole = len(parts) == 1 and not route.ended
    return [
        Fact(
            id=fact.id if is_whole else ids(fact.id, heir),
            subject=heir,
            kind=fact.kind,
            on=fact.on,
            amount=_amount(fact, part),
            attributes=attributes,
            recorded_on=fact.recorded_on,
            decided_on=fact.decided_on,
            recorded_by=fact.recorded_by,
            evidence=fact.evidence,
            reverses=_reversed_id(fact, heir, ids, is_whole=is_whole),
        )
        for heir, part in zip(parts, amounts, strict=True)
    ]


def _amount(fact: Fact, part: int) -> Decimal | None:
    if fact.amount is None or part == fact.units:
        return fact.amount
    return out_of_units(part, FACT_SCALE)


def _reversed_id(fact: Fact, heir: str, ids: Callable[[str, str], str], *, is_whole: bool) -> str | None:
    if fact.reverses is None or is_whole:
        return fact.reverses
    return ids(fact.reverses, heir)
