"""Records one by one: words they use, units and people they name, days that do not fit."""

from collections.abc import Iterable, Mapping
from datetime import date

from ..ages import age_on
from ..days import began, ended
from ..records import Membership, Person, Placement, Trait, Unit
from ..structure import TraitKind
from .findings import Findings, said, span_said

_OLDEST = 130


def check_units(findings: Findings) -> None:
    """Find units of unknown kind, that end before they begin, or are temporary without an end."""
    kinds = findings.snapshot.structure.kinds
    for position, unit in enumerate(findings.snapshot.units.values()):
        if not findings.is_asked(unit):
            continue
        _check_span(findings, "units", position, unit)
        if kinds and unit.kind not in kinds:
            message = f"there is no kind of unit {unit.kind!r}; {findings.guess('kind', unit.kind, kinds)}"
            findings.add("units", position, unit, code="unknown-kind", message=message)
        elif kinds and kinds[unit.kind].temporary and unit.until is None:
            message = f"a unit of kind {unit.kind!r} is temporary; allowed is one with a last day (until)"
            findings.add("units", position, unit, code="no-end", message=message)


def check_people(findings: Findings) -> None:
    """Find people who end before they begin, begin before they are born, or are older than anybody was."""
    snapshot = findings.snapshot
    latest = _latest(findings)
    for position, person in enumerate(snapshot.people.values()):
        if not findings.is_asked(person):
            continue
        if person.id in snapshot.units:
            message = "a unit has the same id; traits and questions could mean either"
            findings.add("people", position, person, code="double-id", message=message)
        _check_span(findings, "people", position, person)
        born = person.born
        if born is None:
            continue
        if person.since is not None and person.since < born:
            message = f"is there since {person.since}, but born on {born}; allowed is a birth before"
            findings.add("people", position, person, code="unborn", message=message)
        if born.year + _OLDEST < latest.year:
            day = findings.on or _last_day(person, snapshot.bonds(person.id))
            if age_on(born, day) > _OLDEST:
                message = (
                    f"born on {born}, which makes {age_on(born, day)} years on {day}; allowed are {_OLDEST}"
                )
                findings.add("people", position, person, code="too-old", message=message)


def _last_day(person: Person, bonds: Iterable[Membership]) -> date:
    """Return the last day of which anything is written about somebody."""
    days = [person.since, person.until]
    for bond in bonds:
        days += bond.since, bond.until
    return max(filter(None, days), default=date.min)


def _latest(findings: Findings) -> date:
    """Return the last day of which anything is written about anybody."""
    if findings.on is not None:
        return findings.on
    snapshot = findings.snapshot
    days = {bond.until or bond.since for bond in snapshot.memberships}
    days |= {person.until or person.since for person in snapshot.people.values()}
    return max(filter(None, days), default=date.min)


def check_placements(findings: Findings) -> None:
    """Find placements that name unknown trees or units, or days on which one of the units is not there."""
    snapshot = findings.snapshot
    trees, units = snapshot.structure.trees, snapshot.units
    for position, placement in enumerate(snapshot.placements):
        if not findings.is_asked(placement):
            continue
        _check_span(findings, "placements", position, placement)
        if trees and placement.tree not in trees:
            message = f"there is no tree {placement.tree!r}; {findings.guess('tree', placement.tree, trees)}"
            findings.add("placements", position, placement, code="unknown-tree", message=message)
        named = [(placement.unit, "unknown-unit", "outside-life")]
        if placement.parent:
            named.append((placement.parent, "unknown-parent", "parent-gone"))
        for unit, unknown, gone in named:
            if unit not in units:
                message = f"there is no unit {unit!r}; {findings.guess('unit', unit, units)}"
                findings.add("placements", position, placement, code=unknown, message=message)
            else:
                _check_life(findings, "placements", position, placement, owner=units[unit], code=gone)


def check_memberships(findings: Findings) -> None:
    """Find bonds that name unknown units, people, roles or affiliations, or days outside a life."""
    snapshot = findings.snapshot
    units, people, roles = snapshot.units, snapshot.people, snapshot.structure.roles
    words = {(role, kind) for role, one in roles.items() for kind in one.at}
    ways = snapshot.structure.affiliations
    is_free = not roles, not ways
    for position, bond in enumerate(snapshot.memberships):
        unit, person = units.get(bond.unit), people.get(bond.person)
        if (
            # The quick way for a bond with nothing to find: this loop meets a million of them.
            unit is not None
            and person is not None
            and (
                is_free[0]
                or (bond.role, unit.kind) in words
                or (bond.role in roles and not roles[bond.role].at)
            )
            and (is_free[1] or not bond.affiliation or bond.affiliation in ways)
            and _is_inside(bond, unit)
            and _is_inside(bond, person)
            and (person.born is None or bond.since is None or person.born <= bond.since)
        ):
            continue
        if findings.is_asked(bond):
            _check_span(findings, "memberships", position, bond)
            _check_bond(findings, position, bond)


def _is_inside(record: Membership | Trait, owner: Unit | Person) -> bool:
    """Return whether a record holds on one day at least, and only while its owner is there."""
    since, until = record.since, record.until
    return (
        (since is None or until is None or since <= until)
        and (owner.since is None or (since is not None and owner.since <= since))
        and (owner.until is None or (until is not None and until <= owner.until))
    )


def _check_bond(findings: Findings, position: int, bond: Membership) -> None:
    snapshot = findings.snapshot
    roles, ways = snapshot.structure.roles, snapshot.structure.affiliations
    unit, person = snapshot.units.get(bond.unit), snapshot.people.get(bond.person)
    found: list[tuple[str, str, Mapping[str, object]]] = []
    if unit is None:
        found.append(("unit", bond.unit, snapshot.units))
    if person is None:
        found.append(("person", bond.person, snapshot.people))
    if roles and bond.role not in roles:
        found.append(("role", bond.role, roles))
    if ways and bond.affiliation and bond.affiliation not in ways:
        found.append(("affiliation", bond.affiliation, ways))
    for kind, name, known in found:
        message = f"there is no {kind} {name!r}; {findings.guess(kind, name, known)}"
        findings.add("memberships", position, bond, code=f"unknown-{kind}", message=message)
    if (
        unit is not None
        and bond.role in roles
        and roles[bond.role].at
        and unit.kind not in roles[bond.role].at
    ):
        kinds = ", ".join(map(repr, roles[bond.role].at))
        message = f"role {bond.role!r} is held at {kinds}, but {bond.unit!r} is of kind {unit.kind!r}"
        findings.add("memberships", position, bond, code="misplaced-role", message=message)
    if person is not None and person.born and bond.since and bond.since < person.born:
        born = f"{bond.person!r} is born on {person.born}"
        message = f"holds since {bond.since}, but {born}; allowed is a birth before"
        findings.add("memberships", position, bond, code="unborn", message=message)
    for owner in (unit, person):
        if owner is not None:
            _check_life(findings, "memberships", position, bond, owner=owner, code="outside-life")


def check_traits(findings: Findings) -> None:
    """Find traits of nobody, with unknown names or values, of the wrong kind, or outside a life."""
    snapshot = findings.snapshot
    kinds = snapshot.structure.traits
    for position, trait in enumerate(snapshot.traits):
        if not findings.is_asked(trait):
            continue
        _check_span(findings, "traits", position, trait)
        owner = snapshot.units.get(trait.of) or snapshot.people.get(trait.of)
        if owner is None:
            known = {**snapshot.units, **snapshot.people}
            message = f"there is no unit or person {trait.of!r}; {findings.guess('owner', trait.of, known)}"
            findings.add("traits", position, trait, code="unknown-owner", message=message)
        else:
            _check_life(findings, "traits", position, trait, owner=owner, code="outside-life")
        if kinds and trait.name not in kinds:
            message = f"there is no trait {trait.name!r}; {findings.guess('trait', trait.name, kinds)}"
            findings.add("traits", position, trait, code="unknown-trait", message=message)
        elif kinds:
            _check_value(findings, position, trait, kind=kinds[trait.name], owner=owner)


def _check_value(
    findings: Findings, position: int, trait: Trait, *, kind: TraitKind, owner: Unit | Person | None
) -> None:
    if kind.one_of and trait.value not in kind.one_of:
        known: Mapping[str, None] = dict.fromkeys(kind.one_of)
        guess = findings.guess(f"value of {kind.id}", trait.value, known)
        message = f"found the value {trait.value!r}; {guess}"
        findings.add("traits", position, trait, code="unknown-value", message=message)
    found = "person" if isinstance(owner, Person) else owner.kind if owner else ""
    if owner is not None and kind.of and found not in kind.of:
        of = ", ".join(map(repr, kind.of))
        message = f"trait {trait.name!r} is for {of}, but {trait.of!r} is of kind {found!r}"
        findings.add("traits", position, trait, code="misplaced-trait", message=message)


def _check_span(
    findings: Findings, kind: str, position: int, record: Unit | Person | Placement | Membership | Trait
) -> None:
    if record.since is not None and record.until is not None and record.until < record.since:
        days = f"since {record.since} and until {record.until}"
        message = f"found {days}; allowed is a last day on or after the first"
        findings.add(kind, position, record, code="backwards", message=message)


def _check_life(
    findings: Findings,
    kind: str,
    position: int,
    record: Placement | Membership | Trait,
    *,
    owner: Unit | Person,
    code: str,
) -> None:
    """Find a record that holds on a day on which the unit or person it names is not there."""
    start, end = findings.window(record.since, record.until)
    if start <= end and (start < began(owner) or ended(owner) < end):
        life = span_said(began(owner), ended(owner))
        message = f"holds {span_said(start, end)}, but the {said(owner)} is there {life}"
        findings.add(kind, position, record, code=code, message=message)


def life_of(findings: Findings, owner: Unit) -> tuple[date, date]:
    """Return the days of a unit that are looked at; none (the last before the first) if it is not there."""
    if findings.is_asked(owner):
        return findings.window(owner.since, owner.until)
    return date.max, date.min
