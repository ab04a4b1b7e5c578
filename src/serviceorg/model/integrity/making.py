"""Records that a verb is about to make: whether they fit, told before anything is kept."""

from collections.abc import Iterable, Mapping
from datetime import date

from ...errors import Problem, SnapshotProblems
from ..days import began
from ..records import Membership, Placement, Unit
from ..snapshot import Snapshot
from .check import check_snapshot

#: Codes that speak of all the bonds, places or services of a unit: one verb alone cannot settle them.
_OF_THE_WHOLE = frozenset({"too-few", "too-many", "no-place", "not-offered"})


def refuse_misfits(
    snapshot: Snapshot,
    *,
    units: Iterable[Unit] = (),
    placements: Iterable[Placement] = (),
    memberships: Iterable[Membership] = (),
    beside: Iterable[Membership | Placement] = (),
) -> None:
    """Do nothing if new records fit to the words of the structure, to each other, and to those ``beside``.

    How many hold a role at a unit, and whether all that is mandatory is there, is left to
    ``check_snapshot``: a successor may be appointed after the release.

    Raises:
        SnapshotProblems: For words, levels, kinds and days that do not fit, and what is held twice.
    """
    made, rows, bonds = {unit.id: unit for unit in units}, tuple(placements), tuple(memberships)
    old = tuple(beside)
    named = {name for one in (*rows, *bonds, *old) for name in _named(one)} - made.keys()
    known = {name: snapshot.units[name] for name in named if name in snapshot.units}
    people = {name for name in named | made.keys() if name in snapshot.people}
    old_rows = [one for one in old if isinstance(one, Placement)]
    old_bonds = [one for one in old if isinstance(one, Membership)]
    before = Snapshot.of(
        structure=snapshot.structure,
        units=known.values(),
        people=[snapshot.people[name] for name in people],
        placements=old_rows,
        memberships=old_bonds,
    )
    after = Snapshot.of(
        structure=snapshot.structure,
        units=(known | made).values(),
        people=before.people.values(),
        placements=(*old_rows, *rows),
        memberships=(*old_bonds, *bonds),
    )
    told = set(check_snapshot(before))
    found = [one for one in check_snapshot(after) if one.code not in _OF_THE_WHOLE and one not in told]
    if found:
        raise SnapshotProblems(found)


def _named(record: Membership | Placement) -> tuple[str, str]:
    if isinstance(record, Membership):
        return record.unit, record.person
    return record.unit, record.parent


def refuse_circle(snapshot: Snapshot, unit: str, *, tree: str, on: date) -> None:
    """Do nothing if a unit does not lie under itself on a day, nor after a later move.

    Raises:
        SnapshotProblems: For a circle, with the units in it.
    """
    later = {began(p) for p in snapshot.placements if p.tree == tree and began(p) > on}
    for day in (on, *sorted(later)):
        path = [unit]
        above = snapshot.parent(unit, tree=tree, on=day)
        while above and above not in path:
            path.append(above)
            above = snapshot.parent(above, tree=tree, on=day)
        if above == unit:
            message = f"the units above it would lead in a circle: {' under '.join((*path, unit))}"
            raise SnapshotProblems([Problem("circle", f"unit {unit!r} in {tree!r}", message)])


def unknown_words(found: Iterable[str], known: Mapping[str, object]) -> list[str]:
    """Return the words that are not known, in order; where none are declared, any is."""
    return [word for word in found if known and word not in known]
