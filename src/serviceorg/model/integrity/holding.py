"""Bonds and traits together: held twice at a time, by too few or by too many."""

from collections import Counter
from collections.abc import Mapping

from ..days import began
from ..records import Membership, Trait, Unit
from ..structure import Role
from .findings import Findings, span_said
from .lives import life_of
from .stretches import counted, overlaps

_BY_WAY = 3  # parts of the key of bonds of which one is allowed by an affiliation


def check_bonds(findings: Findings) -> None:
    """Find people bound twice where once is allowed, and units where too few or too many hold a role."""
    structure = findings.snapshot.structure
    single_roles = {role.id for role in structure.roles.values() if role.one_each}
    single_ways = {way.id for way in structure.affiliations.values() if way.one_each}
    bounded = [role for role in structure.roles.values() if role.least or role.most is not None]
    _check_doubles(findings, single_roles, single_ways)
    for role in bounded:
        _check_counts(findings, role)


def _check_doubles(findings: Findings, roles: set[str], ways: set[str]) -> None:
    counts = Counter(bond.person for bond in findings.snapshot.memberships)
    several = {person for person, count in counts.items() if count > 1}
    groups: dict[tuple[str, ...], list[tuple[int, Membership]]] = {}
    for position, bond in enumerate(findings.snapshot.memberships) if several else ():
        if bond.person in several and findings.is_asked(bond):
            if bond.role in roles:
                groups.setdefault((bond.person, bond.role), []).append((position, bond))
            if bond.affiliation in ways:
                groups.setdefault((bond.person, bond.role, bond.affiliation), []).append((position, bond))
            if bond.role not in roles and bond.affiliation not in ways:
                same = (bond.person, bond.role, bond.affiliation, bond.unit)
                groups.setdefault(same, []).append((position, bond))
    memberships = findings.snapshot.memberships
    for key, rows in groups.items():
        for position, other, start, end in overlaps(rows):
            days = span_said(findings.on, findings.on) if findings.on else span_said(start, end)
            what = f"by affiliation {key[2]!r}" if len(key) == _BY_WAY else f"as {key[1]!r}"
            unit = memberships[other].unit
            at = f"twice at {unit!r}" if unit == memberships[position].unit else f"also at {unit!r}"
            message = f"is bound {what} {at} {days}; allowed is one at a time"
            findings.add("memberships", position, memberships[position], code="double-bond", message=message)


def _check_counts(findings: Findings, role: Role) -> None:
    held: dict[str, list[Membership]] = {}
    for bond in findings.snapshot.memberships:
        if bond.role == role.id:
            held.setdefault(bond.unit, []).append(bond)
    for position, unit in enumerate(findings.snapshot.units.values()):
        if not role.at or unit.kind in role.at:
            _check_count(findings, position, unit, role=role, bonds=held.get(unit.id, []))


def _check_count(
    findings: Findings, position: int, unit: Unit, *, role: Role, bonds: list[Membership]
) -> None:
    """Find the days on which too few or too many hold a role at a unit.

    A unit that does not tell its first day is looked at from the first day on which anybody held the role.
    """
    start, end = life_of(findings, unit)
    if unit.since is None and bonds:
        start = max(start, min(map(began, bonds)))
    if end < start:
        return
    for first, last, count in counted([(bond.person, bond) for bond in bonds], start=start, end=end):
        days = span_said(first, last)
        if count < role.least:
            message = f"{_so_many(count)} the role {role.id!r} {days}; allowed are at least {role.least}"
            findings.add("units", position, unit, code="too-few", message=message)
        elif role.most is not None and count > role.most:
            message = f"{_so_many(count)} the role {role.id!r} {days}; allowed are at most {role.most}"
            findings.add("units", position, unit, code="too-many", message=message)


def _so_many(count: int) -> str:
    return {0: "nobody holds", 1: "1 holds"}.get(count, f"{count} hold")


def check_single_traits(findings: Findings) -> None:
    """Find traits of which one holds at a time, but two do; of those that hold together, one value twice."""
    kinds = findings.snapshot.structure.traits
    single = {name for name, kind in kinds.items() if not kind.many}
    traits = findings.snapshot.traits
    counts = Counter((trait.of, trait.name) for trait in traits)
    groups: dict[tuple[str, ...], list[tuple[int, Trait]]] = {}
    for position, trait in enumerate(traits) if len(counts) < len(traits) else ():
        if counts[trait.of, trait.name] > 1 and findings.is_asked(trait):
            key = (trait.of, trait.name, *(() if trait.name in single else (trait.value,)))
            groups.setdefault(key, []).append((position, trait))
    _tell_doubles(findings, groups)


def _tell_doubles(findings: Findings, groups: Mapping[tuple[str, ...], list[tuple[int, Trait]]]) -> None:
    traits = findings.snapshot.traits
    for rows in groups.values():
        for position, other, start, end in overlaps(rows) if len(rows) > 1 else ():
            days = span_said(findings.on, findings.on) if findings.on else span_said(start, end)
            one, two = traits[position].value, traits[other].value
            said = f"is {one!r} and {two!r} {days}; allowed is one value at a time"
            message = said if one != two else f"is {one!r} twice {days}; allowed is once at a time"
            findings.add("traits", position, traits[position], code="double-trait", message=message)
