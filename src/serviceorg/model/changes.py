"""Changes made without mistakes: each verb returns a new snapshot, in which the past is as it was.

What held is ended on the day before, what is new begins on the day, and the reason is kept as a ``Change``.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from ..errors import SnapshotProblems
from .days import a_day
from .records import Change, Unit
from .reorganising import Reorganisation
from .snapshot import Snapshot

_NOTHING: Mapping[str, str] = MappingProxyType({})


def apply_change(
    snapshot: Snapshot,
    change: Change,
    *,
    new: Iterable[Unit] = (),
    parents: Mapping[str, str] = _NOTHING,
    bonds: str | Mapping[str, str] = "move",
    traits: str = "end",
    division: Mapping[str, str] = _NOTHING,
) -> Snapshot:
    """Return the snapshot after a change of units (单位变更).

    Units before the change end, unless they stand after it too. Children are placed under the heir, bonds
    move to it, and whoever was bound to two units that are now one is bound once.

    Args:
        snapshot: The organisation until now.
        change: What becomes what, and on which day.
        new: The units after the change that are not there yet; they begin on the day.
        parents: The unit above the new ones, by tree; only needed where those before lay under different
            ones, or not in that tree.
        bonds: "move" or "end", for all roles or by role ("move" for those not named). A role that only so
            many may hold at a unit is to end where more would come together; ``appoint`` whoever goes on.
        traits: "move" or "end": whether what was true of the old units is true of a single heir.
        division: Child or person -> heir, where there are several heirs; "" names the heir of all the rest.

    Raises:
        SnapshotProblems: For all that does not fit, each with its reason; the snapshot is as it was.
    """
    plan = Reorganisation(
        snapshot,
        change,
        new={unit.id: unit for unit in new},
        parents=parents,
        bonds=bonds,
        traits=traits,
        division=division,
    )
    if plan.problems:
        raise SnapshotProblems(plan.problems)
    return plan.result()


def merge(  # noqa: PLR0913  # one argument for each thing a merge decides
    snapshot: Snapshot,
    units: Sequence[str],
    *,
    into: Unit | str,
    on: date,
    bonds: str | Mapping[str, str] = "move",
    parents: Mapping[str, str] = _NOTHING,
    points: str = "sum",
    change: str = "",
    basis: str = "",
) -> Snapshot:
    """Return the snapshot in which units became one (合并), a new one or one that is there already.

    ``on`` is the first day of the new state. Bonds move unless ``bonds`` says "end" for their role, as it
    must where each unit had its own head and the new one has one: ``bonds={"head": "end"}``, then
    ``appoint``. Points that ran on the units themselves pass on ("sum") or end with them ("stay").

    Raises:
        SnapshotProblems: For all that does not fit.
    """
    name, new = _named(into)
    named = (units,) if isinstance(units, str) else tuple(units)
    before = named if new or name in named else (*named, name)
    made = _change("merge", before, (name,), on=on, change=change, basis=basis, points=points)
    return apply_change(snapshot, made, new=new, bonds=bonds, parents=parents)


def split(  # noqa: PLR0913  # one argument for each thing a split decides
    snapshot: Snapshot,
    unit: str,
    *,
    into: Sequence[Unit | str],
    on: date,
    division: Mapping[str, str],
    shares: Sequence[Decimal] = (),
    tickets: str = "",
    points: str = "sum",
    change: str = "",
    basis: str = "",
) -> Snapshot:
    """Return the snapshot in which a unit became several (拆分); it lives on if it is named among them.

    ``division`` says for children and people to which unit they go, "" for all the rest; ``shares`` how
    what can be divided is divided, in equal parts if empty. Open tickets, and facts that cannot be divided,
    stay with the unit if it lives on; else they pass to the unit ``tickets``, by default the first of
    ``into``. Points that ran on the unit itself pass on ("sum") or end with it ("stay").

    Raises:
        SnapshotProblems: For all that does not fit, children and people whom nobody divided among them.
    """
    named = [_named(one) for one in into]
    after = tuple(name for name, _ in named)
    name = change or f"split-{unit}-{a_day(on)}"
    made = Change(
        id=name,
        kind="split",
        on=on,
        before=(unit,),
        after=after,
        tickets=tickets,
        points=points,
        shares=tuple(shares),
        basis=basis,
    )
    return apply_change(snapshot, made, new=[one for _, new in named for one in new], division=division)


def rename(
    snapshot: Snapshot, unit: str, *, into: Unit, on: date, change: str = "", basis: str = ""
) -> Snapshot:
    """Return the snapshot in which a unit goes on under a new id (更名), with its children, bonds and traits.

    Raises:
        SnapshotProblems: For all that does not fit.
    """
    made = _change("rename", (unit,), (into.id,), on=on, change=change, basis=basis)
    return apply_change(snapshot, made, new=(into,), traits="move")


def dissolve(snapshot: Snapshot, unit: str, *, on: date, change: str = "", basis: str = "") -> Snapshot:
    """Return the snapshot in which a unit is no more from a day on (撤销); children go to the unit above it.

    Raises:
        SnapshotProblems: For all that does not fit.
    """
    return apply_change(snapshot, _change("dissolve", (unit,), (), on=on, change=change, basis=basis))


def _named(into: Unit | str) -> tuple[str, tuple[Unit, ...]]:
    return (into, ()) if isinstance(into, str) else (into.id, (into,))


def _change(
    kind: str,
    before: tuple[str, ...],
    after: tuple[str, ...],
    *,
    on: date,
    change: str,
    basis: str,
    points: str = "sum",
) -> Change:
    name = change or f"{kind}-{'-'.join(before)}-{a_day(on)}"
    return Change(id=name, kind=kind, on=on, before=before, after=after, basis=basis, points=points)
