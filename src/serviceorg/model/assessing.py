"""Which unit assesses somebody who moved within the period."""

from collections.abc import Sequence
from datetime import date

from ..basics import Period
from ..reasons import Reason
from .days import ONE_DAY, began, holds, touches, turns
from .records import Membership
from .structure import Cutoff
from .subjects import Dated
from .trees import Trees


def assessing_unit(
    bonds: Sequence[Membership], *, person: str, period: Period, cutoff: Cutoff, trees: Trees
) -> tuple[str, Reason]:
    """Return the one unit that assesses somebody for a period, "" for none, and why.

    Moves are taken one after the other, each seen from the unit that would assess without it. ``bonds`` are
    by first day; of those that overlap, the one that began last counts while it holds. A move's day is the
    first one at the new unit. If ``last_day`` lies outside the period, every move in it is in time.

    Who comes to another unit because the old one became it has not moved. Of a unit that has ended by the
    last day of the period, the one assesses to which its open tickets passed.
    """
    inside = [bond for bond in bonds if touches(bond, period.start, period.end)]
    if not inside:
        return "", Reason("no-unit", (person, period.label))
    moves = [move for move in dated_units(inside) if move.value and move.since <= period.end]
    while len(moves) > 1 and moves[1].since <= period.start:
        del moves[0]
    lineage, last_day = trees.lineage, last_day_of(cutoff, period)
    unit = at = moves[0].value
    steps = [Reason("unit-at-first", (unit, max(moves[0].since, period.start)))]
    for day, new in ((move.since, move.value) for move in moves[1:]):
        old, at = at, new
        if new == unit or (old != unit and lineage.became(old, new, day)):
            continue
        step = _step(unit, new, day=day, last_day=last_day, cutoff=cutoff, trees=trees)
        steps.append(step)
        if step.code != "moved-late":
            unit = new
    heir = unit if lineage.lives(unit, period.end) else lineage.ticket_heir(unit, period.end)
    if heir not in ("", unit):
        steps.append(Reason("became", (unit, heir, period.end)))
        unit = heir
    return unit, Reason("assessing-unit", (person, period.label, unit), tuple(steps))


def _step(old: str, new: str, *, day: date, last_day: date, cutoff: Cutoff, trees: Trees) -> Reason:
    """Return what a first day at another unit means: no move, or one that counts, or one too late."""
    if trees.lineage.became(old, new, day):
        return Reason("became", (old, new, day))
    above = _common(old, new, day=day, cutoff=cutoff, trees=trees)
    if above:
        return Reason("moved-inside", (old, new, day, above))
    code = "moved-in-time" if day <= last_day else "moved-late"
    return Reason(code, (old, new, day, last_day))


def dated_units(bonds: Sequence[Membership]) -> tuple[Dated, ...]:
    """Return the units of bonds, given by first day, with "" from the first day of each gap between two.

    Of bonds that overlap, the one that began last counts while it holds.
    """
    if len(bonds) == 1:
        return (Dated(began(bonds[0]), bonds[0].unit),)
    found: list[Dated] = []
    for day in sorted({began(bonds[0]), *turns(bonds)}):
        unit = ""
        for bond in bonds:
            if holds(bond, day):
                unit = bond.unit
        if not found or found[-1].value != unit:
            found.append(Dated(day, unit))
    if not found[-1].value:
        found.pop()  # after the last day nothing is a gap
    return tuple(found)


def last_day_of(cutoff: Cutoff, period: Period) -> date:
    """Return the last day on which a move counts for a period; the period's last if it is outside."""
    for year in range(period.end.year, period.start.year - 1, -1):
        day = date(year, cutoff.month, cutoff.day)
        if day in period:
            return day
    return period.end


def _common(old: str, new: str, *, day: date, cutoff: Cutoff, trees: Trees) -> str:
    """Return the unit of kind ``within`` under which both lie, "" for none.

    The old unit is looked at on the day before as well: it may have ended with the move.
    """
    if not cutoff.within:
        return ""
    now = trees.above_of_kind(cutoff.tree, new, kind=cutoff.within, on=day)
    before = trees.above_of_kind(cutoff.tree, old, kind=cutoff.within, on=day) or trees.above_of_kind(
        cutoff.tree, old, kind=cutoff.within, on=day - ONE_DAY
    )
    return now if now and now == before else ""
