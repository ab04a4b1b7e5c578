"""What units did that are no more: it counts for those that stand for them now (合并后的承继)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ..basics import FACT_SCALE, out_of_units
from ..facts import Fact
from ..model import Snapshot
from ..model.routes import Routes
from .bounds import Count


def handed(routes: Routes, one: str, fact: Fact, *, divided: bool) -> list[tuple[str, Fact]]:
    """Return whom a fact about a unit is about after the changes up to a day, with the fact.

    In a split, what is not ``divided`` stays with the unit that lives on, or goes whole to the one that open
    tickets pass to; an amount that is divided goes out by the shares of the change. What a dissolved unit did
    counts for nobody. Points may end with a unit (``Change.points``); what it did for coverage does not.
    """
    parts = routes.route(one, fact.on, fact.units, whole=not divided or not fact.units).parts
    if list(parts.values()) == [fact.units]:
        return [(heir, fact) for heir in parts]
    return [(heir, _part(fact, heir, part)) for heir, part in parts.items()]


def _part(fact: Fact, heir: str, units: int) -> Fact:
    amount = out_of_units(units, FACT_SCALE)
    return Fact(
        id=fact.id, subject=heir, kind=fact.kind, on=fact.on, amount=amount, attributes=fact.attributes
    )


def handed_amounts(snapshot: Snapshot, given: Mapping[str, Decimal], *, on: date) -> Mapping[str, Count]:
    """Return amounts with those of units that are no more added to what their heirs have, by exact shares."""
    gone = {one for one in given if one in snapshot.units and not snapshot.is_there(one, on)}
    found: dict[str, Count] = {one: amount for one, amount in given.items() if one not in gone}
    for one in sorted(gone):
        for heir, share in snapshot.inheritance(one, on=on):
            found[heir] = Fraction(found.get(heir, 0)) + Fraction(given[one]) * share
    return found
