"""What people did, handed to the unit they belonged to that day: each activity once (双报到双服务).

Somebody who serves at the community of residence belongs to an employer's branch too, and both write it down.
Asked by the affiliation "home" the fact is the employer's, by "residence" the community's, by "secondment"
that of the cell somebody was sent to: one activity, counted once each way.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from ..basics import FACT_SCALE, out_of_units
from ..errors import FactProblems, Problem, known_names
from ..facts import Fact, Value
from ..reasons import Reason, Template, render
from .days import holds
from .passing import chain_roots, part_id
from .records import Membership
from .reversals import check_reversals, taken_back
from .routes import divided
from .snapshot import Snapshot

#: The attribute of an attributed fact that names the person whose it was.
ATTRIBUTED_FROM = "attributed_from"
#: In ``same``: the fact's evidence, instead of an attribute.
EVIDENCE = "evidence"
SEVERAL = ("refuse", "first", "split")

SENTENCES: dict[str, Template] = {
    "double": Template(
        ("fact", "kept", "person", "on"),
        "{fact} tells what {kept} told already of {person} on {on}; it counts once",
        "{fact} 与 {kept} 记录的是 {person} 在 {on} 的同一活动，只计一次",
    ),
    "double-differs": Template(
        ("fact", "kept", "person", "on", "amount", "other"),
        "{fact} tells what {kept} told already of {person} on {on}, but says {amount} for {other};"
        " the {other} of the first counts",
        "{fact} 与 {kept} 记录的是 {person} 在 {on} 的同一活动，"
        "但数量为 {amount}，而非 {other}；按 {other} 计",
    ),
    "no-bond": Template(
        ("fact", "person", "on"),
        "{fact}: {person} had no such bond on {on}",
        "{fact}：{person} 在 {on} 没有这种隶属关系",
    ),
    "unknown": Template(
        ("fact", "person", "on"),
        "{fact} of {on}: nobody knows {person}",
        "{on} 的 {fact}：查无 {person}",
    ),
    "several": Template(
        ("fact", "person", "on", "units"),
        "{fact}: {person} had such bonds to {units} on {on}, and nothing says which counts",
        "{fact}：{person} 在 {on} 同时属于 {units}，未规定计入哪一个",
    ),
}


@attrs.frozen
class Double:
    """A second record of one activity (重复记录), set aside for the one that is kept."""

    fact: Fact
    kept: Fact
    person: str

    @property
    def is_conflict(self) -> bool:
        """Whether the two records say different amounts."""
        return self.fact.amount != self.kept.amount

    @property
    def reason(self) -> Reason:
        """Why it does not count."""
        arguments = (self.fact.id, self.kept.id, self.person, self.fact.on)
        if self.is_conflict:
            return Reason("double-differs", (*arguments, self.fact.amount, self.kept.amount))
        return Reason("double", arguments)


@attrs.frozen
class Unattributed:
    """A fact that no unit gets (无法归属): ``why`` is "no-bond", "unknown" or "several" (of ``units``)."""

    fact: Fact
    person: str
    why: str
    units: tuple[str, ...] = ()

    @property
    def reason(self) -> Reason:
        """Why no unit gets it."""
        arguments = (self.fact.id, self.person, self.fact.on)
        return Reason(self.why, (*arguments, ", ".join(self.units)) if self.units else arguments)


@attrs.frozen(kw_only=True)
class Attribution:
    """Facts of people as facts of their units (归属结果), in the order given.

    ``facts`` holds facts of units as they were given, too. ``doubles`` are set aside, ``unattributed`` belong
    to nobody; nothing else is missing.
    """

    facts: tuple[Fact, ...]
    doubles: tuple[Double, ...] = ()
    unattributed: tuple[Unattributed, ...] = ()

    @property
    def conflicts(self) -> tuple[Double, ...]:
        """The doubles that say another amount than the record that is kept."""
        return tuple(double for double in self.doubles if double.is_conflict)


def explain_attribution(attribution: Attribution, *, lang: str = "en") -> str:
    """Return why facts were set aside or belong to nobody, a line each, in "en" or "zh"."""
    told: tuple[Double | Unattributed, ...] = (*attribution.doubles, *attribution.unattributed)
    return "\n".join(render(one.reason, SENTENCES, lang=lang) for one in told)


def attributed(
    snapshot: Snapshot,
    facts: Iterable[Fact],
    *,
    affiliation: str | Sequence[str] = "home",
    role: str = "",
    kind: str = "",
    same: Sequence[str] = ("activity",),
    several: str = "refuse",
    who: str = "",
) -> Attribution:
    """Return the facts of people as facts of the units they belonged to on the facts' days.

    The person stays in the attribute ``attributed_from``. Of records of one activity the one that was
    recorded first is kept, of those of one day the one of the smallest id. A reversal goes where the fact
    goes that it reverses; a record that was taken back does not push another one out.

    Args:
        snapshot: With people, units and bonds.
        facts: In any order.
        affiliation: By which bond; of several, the first by which somebody has one that day.
        role: Bonds of this role alone; "" is any.
        kind: Bonds to units of this kind alone; "" is any.
        same: Attributes that, beside person, kind and day, tell one activity from another; "evidence" is the
            fact's own. Facts that lack one are never doubles.
        several: What to do where somebody has such bonds to several units that day: "refuse" (listed),
            "first" (the bond that began first), or "split" (the amount in equal parts; without one it is
            listed).
        who: The attribute that names the person, where the subject is somebody else; "" is the subject.

    Raises:
        FactProblems: For another word in ``several``; for double ids, and reversals of what is not there or
            another subject's.
        UnknownIdError: For a role or affiliation that the structure does not declare, if it declares any.
    """
    if several not in SEVERAL:
        message = f"found {several!r}; {known_names(str(several), SEVERAL)}"
        raise FactProblems([Problem("unknown-word", "several", message)])
    listed = facts if isinstance(facts, Sequence) else tuple(facts)
    check_reversals(listed)
    undone = taken_back(listed)
    roots = chain_roots(listed)
    wanted = (affiliation,) if isinstance(affiliation, str) else tuple(affiliation)
    for word in wanted:
        snapshot.bonds("", role=role, affiliation=word)  # refuses words the structure does not declare
    attributes = (same,) if isinstance(same, str) else tuple(same)
    places = _Places(snapshot, wanted, role=role, kind=kind, several=several)
    kept_of = _doubles(
        [fact for fact in listed if fact.reverses is None and fact.id not in undone], attributes, who
    )
    found: list[Fact] = []
    doubles: list[Double] = []
    nobodys: list[Unattributed] = []
    for fact in listed:
        root = roots.get(fact.id, fact)
        person = _person(root, who)
        if places.is_unit(person):
            found.append(fact)
        elif root.id in kept_of:
            doubles.append(Double(fact, kept_of[root.id], person))
        else:
            units, why = places.of(person, root)
            if why:
                nobodys.append(Unattributed(fact, person, why, units))
            found += () if why else _handed(fact, person, units)
    return Attribution(facts=tuple(found), doubles=tuple(doubles), unattributed=tuple(nobodys))


def _person(fact: Fact, who: str) -> str:
    return str(fact.attributes.get(who, fact.subject)) if who else fact.subject


def _doubles(facts: Iterable[Fact], same: Sequence[str], who: str) -> dict[str, Fact]:
    """Return for each fact that tells an activity again the one that is kept."""
    groups: dict[Hashable, list[Fact]] = {}
    for fact in facts:
        attributes = fact.attributes
        values = [fact.evidence if name == EVIDENCE else attributes.get(name, "") for name in same]
        if values and "" not in values:
            groups.setdefault((_person(fact, who), fact.kind, fact.day, *values), []).append(fact)
    found: dict[str, Fact] = {}
    for group in groups.values():
        if len(group) > 1:
            kept = min(group, key=lambda fact: (fact.recorded_on, fact.id))
            found.update((fact.id, kept) for fact in group if fact is not kept)
    return found


class _Places:
    """The units people belonged to, by day."""

    def __init__(
        self, snapshot: Snapshot, wanted: Collection[str], *, role: str, kind: str, several: str
    ) -> None:
        self._snapshot, self._wanted = snapshot, wanted
        self._role, self._kind, self._several = role, kind, several
        self._bonds: dict[str, list[tuple[Membership, ...]]] = {}

    def is_unit(self, subject: str) -> bool:
        return subject in self._snapshot.units and subject not in self._snapshot.people

    def of(self, person: str, fact: Fact) -> tuple[tuple[str, ...], str]:
        """Return the units that get a fact, and why none does."""
        units = self._units(person, fact.on)
        if not units:
            known = person in self._snapshot.people or bool(self._snapshot.bonds(person))
            return (), "no-bond" if known else "unknown"
        if len(units) == 1 or self._several == "first":
            return units[:1], ""
        return units, "" if self._several == "split" and fact.units else "several"

    def _units(self, person: str, on: date) -> tuple[str, ...]:
        if person not in self._bonds:
            bonds = self._snapshot.bonds(person, role=self._role)
            self._bonds[person] = [
                tuple(bond for bond in bonds if bond.affiliation == one and self._is_of_kind(bond.unit))
                for one in self._wanted
            ]
        for bonds in self._bonds[person]:
            if len(bonds) == 1:  # most people, asked for a million facts
                bond = bonds[0]
                if (bond.since is None or bond.since <= on) and (bond.until is None or on <= bond.until):
                    return (bond.unit,)
                continue
            units = tuple(dict.fromkeys(bond.unit for bond in bonds if holds(bond, on)))
            if units:
                return units
        return ()

    def _is_of_kind(self, unit: str) -> bool:
        record = self._snapshot.units.get(unit)
        return not self._kind or (record is not None and record.kind == self._kind)


def _handed(fact: Fact, person: str, units: tuple[str, ...]) -> list[Fact]:
    attributes: Mapping[str, Value] = {**fact.attributes, ATTRIBUTED_FROM: person}
    if len(units) == 1:
        return [_fact(fact, units[0], attributes, id=fact.id, amount=fact.amount, reverses=fact.reverses)]
    parts = divided(fact.units, [Fraction(1)] * len(units))
    return [
        _fact(
            fact,
            unit,
            attributes,
            id=part_id(fact.id, unit),
            amount=None if fact.amount is None else out_of_units(part, FACT_SCALE),
            reverses=None if fact.reverses is None else part_id(fact.reverses, unit),
        )
        for unit, part in zip(units, parts, strict=True)
    ]


def _fact(
    fact: Fact,
    unit: str,
    attributes: Mapping[str, Value],
    *,
    id: str,  # noqa: A002  # an id is called id everywhere
    amount: Decimal | None,
    reverses: str | None,
) -> Fact:
    return Fact(
        id=id,
        subject=unit,
        kind=fact.kind,
        on=fact.on,
        amount=amount,
        attributes=attributes,
        recorded_on=fact.recorded_on,
        decided_on=fact.decided_on,
        recorded_by=fact.recorded_by,
        evidence=fact.evidence,
        reverses=reverses,
    )
