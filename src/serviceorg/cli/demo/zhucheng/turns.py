"""What changes in the invented Zhucheng during the quarter: classes, homes, linkers, two communities."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import attrs

from .land import OLD_MEMBER, ORDINARY, POOR_CARE, Community
from .links import SmallGrid
from .sizes import MOVED_AWAY, ON_LEAVE, QUARTER, RANKED, RECLASSED, REPLACED

_DAY = timedelta(1)


@attrs.frozen(kw_only=True, eq=False)
class Turns:
    """
    Everything that turns out otherwise within the quarter.

    ``away`` is the last day of households that leave, ``reclassed`` the first day of another class and which
    one, ``replaced`` the first day of a small grid's new linker and who it is, ``on_leave`` the linkers
    who are away all quarter, ``ranked`` those of rank, ``merged`` the communities that become one, and which.
    """

    away: Mapping[str, date]
    reclassed: Mapping[str, tuple[date, str]]
    replaced: Mapping[str, tuple[date, str]]
    on_leave: frozenset[str]
    ranked: frozenset[str]
    merged: tuple[tuple[str, str], str]

    def linker_on(self, grid: SmallGrid, day: date) -> str:
        """Return who is linked with the households of a small grid on a day."""
        since, successor = self.replaced.get(grid.id, (date.max, ""))
        return successor if day >= since else grid.linker


def invent_turns(chance: random.Random, land: Sequence[Community], grids: Sequence[SmallGrid]) -> Turns:
    """Return what changes; every change falls in the middle of the quarter, none on its edge."""
    away: dict[str, date] = {}
    reclassed: dict[str, tuple[date, str]] = {}
    for community in land:
        for household, care in community.care.items():
            drawn = chance.randrange(1000)
            if drawn < MOVED_AWAY:
                away[household] = _day(chance)
            elif drawn < MOVED_AWAY + RECLASSED and care != OLD_MEMBER:
                reclassed[household] = _day(chance), ORDINARY if care == POOR_CARE else POOR_CARE
    leaving = [one for one in grids if chance.randrange(1000) < REPLACED]
    replaced = {
        one.id: (_day(chance), f"L-{len(grids) + number:05d}") for number, one in enumerate(leaving, 1)
    }
    staying = [one for one in grids if one.id not in replaced]
    on_leave = frozenset(one.linker for one in staying if chance.randrange(1000) < ON_LEAVE)
    ranked = frozenset(
        one.linker for one in staying if one.origin == "leader" or chance.randrange(1000) < RANKED
    )
    at = _neighbours(chance, land)
    merged = (land[at].id, land[at + 1].id), f"C-{len(land) + 1:03d}"
    return Turns(
        away=away,
        reclassed=reclassed,
        replaced=replaced,
        on_leave=on_leave,
        ranked=ranked,
        merged=merged,
    )


def _day(chance: random.Random) -> date:
    days = (QUARTER.end - QUARTER.start).days
    return QUARTER.start + (5 + chance.randrange(days - 10)) * _DAY


def _neighbours(chance: random.Random, land: Sequence[Community]) -> int:
    """Return the place of a community whose next one is of the same town."""
    places = [at for at in range(len(land) - 1) if land[at].town == land[at + 1].town]
    return chance.choice(places)
