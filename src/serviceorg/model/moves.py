"""Units and people moved without mistakes: each verb returns a new snapshot with the past as it was.

A verb looks at every record, so it takes longer the larger the snapshot. The yearly move of thousands is
written as records instead, all at once: ``Snapshot.of`` takes any, ``check_snapshot`` tells what is amiss.
"""

from collections.abc import Mapping
from datetime import date

import attrs

from ..basics import FrozenMap
from ..errors import Problem, SnapshotProblems, known_names
from .days import a_day, began, ended, eve, holds
from .integrity.making import refuse_circle, refuse_misfits
from .records import Membership, Placement, Unit
from .rewriting import earliest, rewritten
from .snapshot import Snapshot


def establish(snapshot: Snapshot, unit: Unit, *, parents: Mapping[str, str]) -> Snapshot:
    """Return the snapshot with one more unit (设立), placed by tree under a unit for all its days.

    Raises:
        SnapshotProblems: For an id that is taken, or a unit above that is not there on the first day; for
            words, levels and days that do not fit.
    """
    where = f"unit {unit.id!r}"
    if unit.id in snapshot.units:
        raise _refused("double-unit", where, "there is a unit of this id already; allowed is a new id")
    placements = []
    for tree, parent in parents.items():
        above = _unit(snapshot, parent, on=began(unit), where=where) if parent else unit
        until = earliest(unit.until, above.until)
        placements.append(Placement(tree=tree, unit=unit.id, parent=parent, since=unit.since, until=until))
    refuse_misfits(snapshot, units=[unit], placements=placements)
    return attrs.evolve(
        snapshot,
        units=FrozenMap({**snapshot.units, unit.id: unit}),
        placements=(*snapshot.placements, *placements),
    )


def reparent(snapshot: Snapshot, unit: str, *, tree: str, parent: str, on: date) -> Snapshot:
    """Return the snapshot in which a unit and all below it lie under another from a day on (调整隶属).

    Raises:
        SnapshotProblems: For a unit that is unknown or not there that day, for a circle, and if a later move
            in that tree is written already; for a tree or level that does not fit.
    """
    eve(on)
    where = f"unit {unit!r} in {tree!r}"
    moved = _unit(snapshot, unit, on=on, where=where)
    above = _unit(snapshot, parent, on=on, where=where) if parent else moved
    rows = [p for p in snapshot.placements if p.unit == unit and p.tree == tree]
    later = sorted(began(row) for row in rows if began(row) > on)
    if later:
        message = f"a move on {later[0]} is written already; allowed is a day after the last one"
        raise _refused("planned-later", where, message)

    def turn(placement: Placement) -> Placement | None:
        is_it = placement.unit == unit and placement.tree == tree and placement.parent != parent
        return None if is_it else placement

    placements = rewritten(snapshot.placements, turn, on=on)
    if not any(row.parent == parent and holds(row, on) for row in rows):
        until = earliest(moved.until, above.until)
        placements += (Placement(tree=tree, unit=unit, parent=parent, since=on, until=until),)
    made = attrs.evolve(snapshot, placements=placements)
    refuse_circle(made, unit, tree=tree, on=on)
    refuse_misfits(
        snapshot,
        placements=[
            p for p in placements if (p.unit, p.tree) == (unit, tree) and p not in rows and began(p) >= on
        ],
    )
    return made


def appoint(
    snapshot: Snapshot,
    person: str,
    *,
    unit: str,
    role: str,
    on: date,
    until: date | None = None,
    affiliation: str = "",
) -> Snapshot:
    """Return the snapshot in which somebody holds a role at a unit from a day on (任职), while both last.

    How many hold a role at a unit is not looked at (``check_snapshot`` does), so that a successor may be
    appointed before or after the release.

    Raises:
        SnapshotProblems: For a unit or person that is unknown or not there that day, or who holds it already;
            for words, kinds and days that do not fit.
    """
    where = f"person {person!r}"
    at = _unit(snapshot, unit, on=on, where=where)
    if person not in snapshot.people:
        raise _refused("unknown-person", where, "there is nobody of this id")
    somebody = snapshot.people[person]
    if not holds(somebody, on):
        raise _refused("not-there", where, f"is not there on {on}")
    others = [bond for bond in snapshot.memberships if bond.person == person]
    for bond in others:
        is_same = (bond.unit, bond.role, bond.affiliation) == (unit, role, affiliation)
        if is_same and ended(bond) >= on and began(bond) <= (until or date.max):
            raise _refused("double-bond", where, f"holds the role {role!r} at {unit!r} already")
    last = earliest(until, at.until, somebody.until)
    made = Membership(person=person, unit=unit, role=role, affiliation=affiliation, since=on, until=last)
    refuse_misfits(snapshot, memberships=[made], beside=others)
    return attrs.evolve(snapshot, memberships=(*snapshot.memberships, made))


def release(
    snapshot: Snapshot, person: str, *, unit: str, role: str, on: date, affiliation: str = ""
) -> Snapshot:
    """Return the snapshot in which somebody no longer holds a role at a unit from a day on (卸任).

    Raises:
        SnapshotProblems: If there is no such bond on the day before.
    """
    last = eve(on)
    bonds = _bonds(snapshot, person, role, affiliation)
    if unit not in {bond.unit for bond in bonds if holds(bond, last)}:
        message = f"does not hold the role {role!r} at {unit!r} on {last}"
        raise _refused("no-bond", f"person {person!r}", message)

    def turn(bond: Membership) -> Membership | None:
        is_it = (bond.person, bond.unit, bond.role, bond.affiliation) == (person, unit, role, affiliation)
        return None if is_it and began(bond) < on else bond

    return attrs.evolve(snapshot, memberships=rewritten(snapshot.memberships, turn, on=on))


def transfer(
    snapshot: Snapshot,
    person: str,
    *,
    to: str,
    on: date,
    role: str = "member",
    affiliation: str = "home",
    leaving: str = "",
) -> Snapshot:
    """Return the snapshot in which somebody's bond passes to another unit on a day (转接、调动).

    ``on`` is the first day at the new unit. ``leaving`` says which unit, where there are several such bonds.
    A bond keeps its last day, unless that is the last day of the unit left: then it is open again.

    Raises:
        SnapshotProblems: If there is no such bond on the day before, it ends that day by itself, or there are
            several and no ``leaving``; for a unit that is unknown or not there; and if a later bond of the
            kind is written already.
    """
    where = f"person {person!r}"
    _unit(snapshot, to, on=on, where=where)
    every = _bonds(snapshot, person, role, affiliation)
    bonds = [b for b in every if holds(b, eve(on)) and leaving in ("", b.unit)]
    if len(bonds) != 1:
        found = ", ".join(repr(bond.unit) for bond in bonds) or "none"
        left = f"units left as {role!r} by {affiliation!r} on {on}"
        message = f"{left}: found {found}; allowed is one, named by leaving="
        raise _refused("no-bond" if not bonds else "several-bonds", where, message)
    later = [bond for bond in every if began(bond) >= on]
    if later:
        message = f"a bond from {began(later[0])} on is written already; allowed is a day after the last one"
        raise _refused("planned-later", where, message)
    unit, until = bonds[0].unit, bonds[0].until
    if unit == to:
        raise _refused("double-bond", where, f"is bound to {to!r} already; allowed is another unit")
    if unit in snapshot.units and until == snapshot.units[unit].until:
        until = None  # the unit ended then, or will; the bond was only as long as it
    if until is not None and until < on:
        message = f"the bond at {unit!r} ends on {until} by itself; allowed is one that goes on, or appoint"
        raise _refused("no-bond", where, message)
    released = release(snapshot, person, unit=unit, role=role, on=on, affiliation=affiliation)
    return appoint(released, person, unit=to, role=role, on=on, until=until, affiliation=affiliation)


def _bonds(snapshot: Snapshot, person: str, role: str, affiliation: str) -> list[Membership]:
    """Return somebody's bonds of a sort by first day; one pass, as a new snapshot has no index yet."""
    found = [
        bond
        for bond in snapshot.memberships
        if bond.person == person and bond.role == role and bond.affiliation == affiliation
    ]
    return sorted(found, key=began)


def _unit(snapshot: Snapshot, name: str, *, on: date, where: str) -> Unit:
    if name not in snapshot.units:
        raise _refused(
            "unknown-unit", where, f"there is no unit {name!r}; {known_names(name, snapshot.units)}"
        )
    found = snapshot.units[name]
    if not holds(found, a_day(on)):
        raise _refused("not-there", where, f"unit {name!r} is not there on {on}")
    return found


def _refused(code: str, where: str, message: str) -> SnapshotProblems:
    return SnapshotProblems([Problem(code, where, message)])
