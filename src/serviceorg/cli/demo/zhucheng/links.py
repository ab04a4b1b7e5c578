"""Who is linked with whom in the invented Zhucheng: each linker's households are one small grid (row 98)."""

import random
from collections.abc import Iterator, Sequence

import attrs

from .land import ORDINARY, POOR_CARE, Community
from .sizes import BY_ORIGIN, OVERLOADED, Sizes, divided

CITY = "ZC"
_MUCH_TOO_MANY = 12


@attrs.frozen(kw_only=True, eq=False)
class SmallGrid:
    """A linker's own small grid in a community, where the linker comes from and works, and the households."""

    id: str
    community: str
    linker: str
    origin: str
    home: str
    households: tuple[str, ...]


def invent_links(chance: random.Random, land: Sequence[Community], sizes: Sizes) -> tuple[SmallGrid, ...]:
    """Return all small grids; every household is in exactly one of them (row 97)."""
    leaders = divided(sizes.linkers["leader"], [1] * len(land))
    chosen = [_first_of_all(chance, one, count) for one, count in zip(land, leaders, strict=True)]
    left = [_others(one, taken) for one, taken in zip(land, chosen, strict=True)]
    weights = [len(households) for households in left]
    towns, agencies = (divided(sizes.linkers[origin], weights) for origin in ("town", "city-agency"))
    grids: list[SmallGrid] = []
    for place, community in enumerate(land):
        parts: list[tuple[str, Sequence[str]]] = [("leader", part) for part in chosen[place]]
        parts += _shared_out(chance, left[place], towns[place], agencies[place])
        for origin, households in parts:
            number = len(grids) + 1
            grids.append(
                SmallGrid(
                    id=f"S-{number:05d}",
                    community=community.id,
                    linker=f"L-{number:05d}",
                    origin=origin,
                    home=_home(chance, origin, community, sizes),
                    households=tuple(households),
                )
            )
    return tuple(grids)


def _home(chance: random.Random, origin: str, community: Community, sizes: Sizes) -> str:
    """Return where a linker works: the community's own town, some agency, or the city itself."""
    if origin == "town":
        return community.town
    return CITY if origin == "leader" else agency_id(1 + chance.randrange(sizes.agencies))


def agency_id(number: int) -> str:
    """Return the id of an agency of the city."""
    return f"A-{number:02d}"


def _first_of_all(chance: random.Random, community: Community, leaders: int) -> list[list[str]]:
    """Return eight households for each leader: poor ones first, then those of old members (row 96)."""
    first = [one for one, care in community.care.items() if care != ORDINARY]
    chance.shuffle(first)
    first.sort(key=lambda one: community.care[one] != POOR_CARE)
    size = BY_ORIGIN["leader"]
    return [sorted(first[number * size : (number + 1) * size]) for number in range(leaders)]


def _others(community: Community, taken: Sequence[Sequence[str]]) -> list[str]:
    gone = {one for part in taken for one in part}
    return [one for one in community.households if one not in gone]


def _shared_out(
    chance: random.Random, households: Sequence[str], towns: int, agencies: int
) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the small grids of a community: neighbours go to one linker, about as many as is usual."""
    origins = ["town"] * towns + ["city-agency"] * agencies
    chance.shuffle(origins)
    counts = [BY_ORIGIN[origin] for origin in origins]
    _take_up(counts, len(households) - sum(counts), origins)
    _make_uneven(chance, counts, origins)
    at = 0
    for origin, count in zip(origins, counts, strict=True):
        yield origin, households[at : at + count]
        at += count


def _take_up(counts: list[int], difference: int, origins: Sequence[str]) -> None:
    """Spread what is too many or too few over those from the towns, one household at a time."""
    towns = [place for place, origin in enumerate(origins) if origin == "town"]
    step = 1 if difference > 0 else -1
    for number in range(abs(difference)):
        counts[towns[number % len(towns)]] += step


def _make_uneven(chance: random.Random, counts: list[int], origins: Sequence[str]) -> None:
    """Let some have a few more and others as many fewer; a very few have far too many."""
    for origin, most in (("town", 5), ("city-agency", 2)):
        mine = [place for place, one in enumerate(origins) if one == origin]
        chance.shuffle(mine)
        for more, fewer in zip(mine[::2], mine[1::2], strict=False):
            is_much = origin == "town" and chance.randrange(1000) < OVERLOADED
            moved = _MUCH_TOO_MANY if is_much else chance.randrange(most)
            counts[more] += moved
            counts[fewer] -= moved
