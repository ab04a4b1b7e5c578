"""What a question of reach comes to: shares by residents and by buildings, by point, and the gaps."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import attrs

from ..basics import FrozenMap


class Nearest(NamedTuple):
    """The nearest point of a home within reach (最近服务点), with minutes, and whole metres if on foot."""

    point: str
    metres: int | None
    minutes: Fraction = Fraction(0)


class Unreached(NamedTuple):
    """A home out of reach (未覆盖住户): its nearest point, metres and minutes; "" and None for no way."""

    home: str
    point: str
    metres: int | None
    minutes: Fraction | None
    residents: Decimal | int | None


class PointReach(NamedTuple):
    """What a point does (服务点覆盖情况): homes within its reach; homes and residents it is nearest to."""

    point: str
    within: int
    nearest: int
    residents: Fraction


#: Works out what is told of homes out of reach, by their positions.
Beyond = Callable[[Sequence[int]], Iterable[Unreached]]


@attrs.frozen(eq=False, slots=False)
class ReachReport:
    """Who is within reach of a service point (服务圈覆盖结果), told by residents and by buildings.

    ``buildings`` counts the homes, ``residents`` those who live in homes whose number is known;
    ``unknown_residents`` is the number of homes where it is not. A share without a base is None.
    """

    minutes: Fraction
    buildings: int
    buildings_reached: int
    residents: Fraction
    residents_reached: Fraction
    unknown_residents: int
    points: FrozenMap[str, PointReach]
    _homes: Sequence[str] = attrs.field(repr=False)
    _nearest: Sequence[Nearest | None] = attrs.field(repr=False)
    _residents_by_home: Sequence[Decimal | int | None] = attrs.field(repr=False)
    _beyond: Beyond = attrs.field(repr=False)

    def with_unplaced(self, homes: Sequence[tuple[str, Decimal | int | None]]) -> "ReachReport":
        """Return the report with homes (id, residents) without a place: not known to be reached, so not."""
        if not homes:
            return self
        living = [residents for _, residents in homes]
        gaps = [Unreached(home, "", None, None, residents) for home, residents in homes]
        return attrs.evolve(
            self,
            buildings=self.buildings + len(homes),
            residents=self.residents + sum(Fraction(one) for one in living if one is not None),
            unknown_residents=self.unknown_residents + living.count(None),
            homes=[*self._homes, *(home for home, _ in homes)],
            nearest=[*self._nearest, *[None] * len(homes)],
            residents_by_home=[*self._residents_by_home, *living],
            beyond=_AndUnplaced(self._beyond, len(self._homes), gaps),
        )

    @property
    def share_of_buildings(self) -> Fraction | None:
        """The part of homes within reach, None without homes."""
        return Fraction(self.buildings_reached, self.buildings) if self.buildings else None

    @property
    def share_of_residents(self) -> Fraction | None:
        """The part of residents within reach, None without residents."""
        return self.residents_reached / self.residents if self.residents else None

    @cached_property
    def reached(self) -> FrozenMap[str, Nearest]:
        """The nearest point of each home within reach, in the order the homes were given."""
        pairs = zip(self._homes, self._nearest, strict=True)
        return FrozenMap({home: nearest for home, nearest in pairs if nearest is not None})

    @cached_property
    def unreached(self) -> tuple[Unreached, ...]:
        """The homes out of reach, nearest first; those without any way last, then by id."""
        gaps = [position for position, nearest in enumerate(self._nearest) if nearest is None]
        return tuple(sorted(self._beyond(gaps), key=_nearest_first))


class _AndUnplaced:
    """What is told of homes out of reach, where the last ones have no place: no way to any point is known."""

    def __init__(self, beyond: Beyond, placed: int, homes: Sequence[Unreached]) -> None:
        self.beyond, self.placed, self.homes = beyond, placed, homes

    def __call__(self, positions: Sequence[int]) -> Iterator[Unreached]:
        yield from self.beyond([one for one in positions if one < self.placed])
        yield from (self.homes[one - self.placed] for one in positions if one >= self.placed)


def _nearest_first(one: Unreached) -> tuple[bool, Fraction, str]:
    return (one.minutes is None, one.minutes or Fraction(0), one.home)


def made_report(
    minutes: Fraction,
    *,
    points: Sequence[str],
    homes: Sequence[str],
    residents: Sequence[Decimal | int | None],
    nearest: Sequence[Nearest | None],
    within: Sequence[int],
    beyond: Beyond,
) -> ReachReport:
    """Return the report of what was found for each home, in the order of the homes."""
    homes_of = dict.fromkeys(points, 0)
    people_of: dict[str, int | Decimal] = dict.fromkeys(points, 0)
    everybody: int | Decimal = 0
    unknown = 0
    for found, living in zip(nearest, residents, strict=True):
        if living is None:
            unknown += 1
            if found is not None:
                homes_of[found.point] += 1
            continue
        everybody += living
        if found is not None:
            homes_of[found.point] += 1
            people_of[found.point] += living
    return ReachReport(
        minutes=minutes,
        buildings=len(homes),
        buildings_reached=sum(homes_of.values()),
        residents=Fraction(everybody),
        residents_reached=Fraction(sum(people_of.values())),
        unknown_residents=unknown,
        points=FrozenMap(
            {
                point: PointReach(point, count, homes_of[point], Fraction(people_of[point]))
                for point, count in zip(points, within, strict=True)
            }
        ),
        homes=homes,
        nearest=nearest,
        residents_by_home=residents,
        beyond=beyond,
    )
