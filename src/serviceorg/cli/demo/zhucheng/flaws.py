"""Records that do not fit, put into the invented Zhucheng on request: what an integrity check should find."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ....model.records import Membership, Placement, Trait, Unit
from .records import GRID, LINKS, World
from .sizes import QUARTER, SINCE

#: How many there are, one for each record below.
FLAWS = 6


def flaws_of(world: World) -> Mapping[str, tuple[Any, ...]]:
    """Return broken records by the part of a snapshot they belong to."""
    first, second = world.grids[0], world.grids[1]
    household = next(one for one in second.households if one not in world.turns.away)
    day = timedelta(1)
    return {
        "units": (Unit(id="G-99999", kind="cell", since=SINCE),),
        "placements": (
            # The cell above has a place, but no head.
            Placement(tree=GRID, unit="G-99999", parent=world.land[-1].villages[-1], since=SINCE),
            # A household linked twice.
            Placement(tree=LINKS, unit=household, parent=first.id, since=QUARTER.start),
        ),
        "memberships": (
            # A unit nobody knows, and a bond that ends before it begins.
            Membership(person=first.linker, unit="S-00000", role="linker", since=QUARTER.start),
            Membership(
                person=second.linker,
                unit=second.home,
                role="unit-ledger",
                since=QUARTER.start,
                until=QUARTER.start - day,
            ),
        ),
        "traits": (
            # A class the structure does not have, and somebody nobody knows.
            Trait(of=world.grids[2].households[0], name="priority", value="oldmember", since=SINCE),
            Trait(of="L-99999", name="origin", value="town", since=SINCE),
        ),
    }
