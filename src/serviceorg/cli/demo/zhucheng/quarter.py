"""An invented Zhucheng of the published size and a quarter of its visits, from a seed: the same each time."""

import random
from collections.abc import Iterator, Sequence

import attrs

from ....facts import Fact
from ....model import Change, Membership, Person, Placement, Snapshot, Structure, Trait, Unit
from .flaws import flaws_of
from .land import invent_land
from .links import invent_links
from .records import World
from .sizes import Sizes
from .turns import invent_turns
from .visits import visits

SEED = 2024


@attrs.frozen(kw_only=True, eq=False)
class Zhucheng:
    """The records of a snapshot and the facts of the third quarter of 2024, all invented."""

    world: World
    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    placements: tuple[Placement, ...]
    memberships: tuple[Membership, ...]
    traits: tuple[Trait, ...]
    changes: tuple[Change, ...]
    facts: Sequence[Fact]

    def snapshot(self, structure: Structure) -> Snapshot:
        """Return the snapshot of the records, by a structure."""
        return Snapshot.of(
            structure=structure,
            units=self.units,
            people=self.people,
            placements=self.placements,
            memberships=self.memberships,
            traits=self.traits,
            changes=self.changes,
        )


def zhucheng(
    seed: int = SEED, *, share: float = 1.0, with_visits: bool = True, with_flaws: bool = False
) -> Zhucheng:
    """
    Return the invented city.

    Args:
        seed: Decides everything that is drawn.
        share: How much of the published size, above 0 and at most 1; two communities at least.
        with_visits: Whether to make the facts too, the greater part of the work.
        with_flaws: Whether to add the broken records of ``zhucheng_flaws``.
    """
    chance = random.Random(seed)
    sizes = Sizes.of(share)
    land = invent_land(chance, sizes)
    grids = invent_links(chance, land, sizes)
    world = World(sizes=sizes, land=land, grids=grids, turns=invent_turns(chance, land, grids))
    facts: Iterator[Fact] = visits(chance, world) if with_visits else iter(())
    flaws = flaws_of(world) if with_flaws else {}
    return Zhucheng(
        world=world,
        units=(*world.units(), *flaws.get("units", ())),
        people=tuple(world.people()),
        placements=(*world.placements(), *flaws.get("placements", ())),
        memberships=(*world.memberships(), *flaws.get("memberships", ())),
        traits=(*world.traits(), *flaws.get("traits", ())),
        changes=tuple(world.changes()),
        facts=list(facts),
    )
