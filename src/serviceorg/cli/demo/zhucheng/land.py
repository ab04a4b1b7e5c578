"""The land of the invented Zhucheng: towns, communities, villages, cells of about thirty households."""

import random
from collections.abc import Iterator, Sequence

import attrs

from .sizes import CELL, FEWEST_VILLAGES, MOST_VILLAGES, OLD_MEMBERS, POOR, Sizes, divided

ORDINARY, POOR_CARE, OLD_MEMBER = "ordinary", "poor", "old-member"


@attrs.frozen(kw_only=True, eq=False)
class Community:
    """A community, the town it lies in, its villages with their cells, and the cells' households.

    ``cells`` are villages, in each the households of its cells; ``care`` is each household's class.
    """

    id: str
    town: str
    villages: tuple[str, ...]
    cells: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
    care: dict[str, str]

    @property
    def households(self) -> list[str]:
        """All households, in the order of their numbers."""
        return list(self.care)


def invent_land(chance: random.Random, sizes: Sizes) -> tuple[Community, ...]:
    """Return the communities in the order of their ids; all numbers run on from one to the next."""
    weights = [50 + chance.randrange(101) for _ in range(sizes.communities)]
    towns = divided(sizes.communities, [1] * sizes.towns)
    homes = [f"T-{town:02d}" for town, count in enumerate(towns, 1) for _ in range(count)]
    numbers = Numbers()
    return tuple(
        _community(chance, f"C-{number:03d}", town, count, numbers)
        for number, (town, count) in enumerate(zip(homes, divided(sizes.households, weights), strict=True), 1)
    )


@attrs.define(eq=False)
class Numbers:
    """The next numbers to be given out."""

    village: int = 0
    cell: int = 0
    household: int = 0


def _community(chance: random.Random, own_id: str, town: str, count: int, numbers: Numbers) -> Community:
    spread = FEWEST_VILLAGES + chance.randrange(MOST_VILLAGES - FEWEST_VILLAGES + 1)
    sizes = [one for one in divided(count, [30 + chance.randrange(71) for _ in range(spread)]) if one]
    villages, cells = [], []
    for size in sizes:
        numbers.village += 1
        villages.append(f"V-{numbers.village:04d}")
        cells.append(tuple(_cells(size, numbers)))
    households = [one for village in cells for _, members in village for one in members]
    care = {one: _care(chance.randrange(1000)) for one in households}
    return Community(id=own_id, town=town, villages=tuple(villages), cells=tuple(cells), care=care)


def _cells(households: int, numbers: Numbers) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield a village's cells, as equal as can be, with the ids of their households."""
    count = max(1, (2 * households + CELL) // (2 * CELL))
    for size in divided(households, [1] * count):
        numbers.cell += 1
        first = numbers.household + 1
        numbers.household += size
        yield f"G-{numbers.cell:05d}", tuple(f"H-{number:06d}" for number in range(first, first + size))


def _care(drawn: int) -> str:
    return POOR_CARE if drawn < POOR else OLD_MEMBER if drawn < POOR + OLD_MEMBERS else ORDINARY


def towns_of(land: Sequence[Community]) -> tuple[str, ...]:
    """Return the towns in order."""
    return tuple(dict.fromkeys(one.town for one in land))
