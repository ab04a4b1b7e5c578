"""Which unit assesses somebody who moved within the period."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from ..basics import Period
from ..reasons import Reason
from .days import ONE_DAY, began, touches
from .records import Membership
from .structure import Cutoff
from .trees import Trees


def assessing_unit(
    bonds: Sequence[Membership], *, person: str, period: Period, cutoff: Cutoff, trees: Trees
) -> tuple[str, Reason]:
    """Return the one unit that assesses somebody for a period, "" for none, and why.

    Moves are taken one after the other, each seen from the unit that would assess without it. ``bonds`` are
    by first day; a move's day is the first one at the new unit. If ``last_day`` lies outside the period,
    every move in it is in time.
    """
    inside = [bond for bond in bonds if touches(bond, period.start, period.end)]
    if not inside:
        return "", Reason("no-unit", (person, period.label))
    last_day = last_day_of(cutoff, period)
    unit = inside[0].unit
    steps = [Reason("unit-at-first", (unit, max(began(inside[0]), period.start)))]
    for bond in inside[1:]:
        day = began(bond)
        if bond.unit == unit:
            continue
        above = _common(unit, bond.unit, day=day, cutoff=cutoff, trees=trees)
        if above:
            steps.append(Reason("moved-inside", (unit, bond.unit, day, above)))
        elif day <= last_day:
            steps.append(Reason("moved-in-time", (unit, bond.unit, day, last_day)))
        else:
            steps.append(Reason("moved-late", (unit, bond.unit, day, last_day)))
            continue
        unit = bond.unit
    return unit, Reason("assessing-unit", (person, period.label, unit), tuple(steps))


def last_day_of(cutoff: Cutoff, period: Period) -> date:
    """Return the last day on which a move counts for a period; the period's last if it is outside."""
    for year in range(period.end.year, period.start.year - 1, -1):
        last = monthrange(year, cutoff.month)[1]
        day = date(year, cutoff.month, min(cutoff.day, last))
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
