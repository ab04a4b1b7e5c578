"""Who lives within some minutes of a service point, told by residents and by buildings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import cos, sqrt
from typing import Literal, NamedTuple

from ..basics import exact
from ..errors import AmountError, CoverageProblems, Problem
from ..model import Unit
from .buckets import Buckets
from .columns import has_columns, reached_in_columns
from .distance import (
    HALF_ROUND,
    RADIUS,
    Located,
    Minutes,
    MinutesOf,
    Travel,
    Walking,
    degrees,
    direction,
    metres,
)
from .reached import Beyond, Nearest, ReachReport, Unreached, made_report

_Row = tuple[str, Decimal | None, Decimal | None, Decimal | int | None]
#: What may be given as a point or home: a unit with a place, or (id, latitude, longitude[, residents]).
Place = Unit | Located | tuple[str, Decimal | None, Decimal | None] | _Row
Search = Literal["any", "plain", "scipy"]
#: More than the error of a scalar product, and a little more than a metre as an angle.
_HAIR, _METRE = 4e-15, 1.1 / RADIUS
#: From so many homes and points on it pays to load scipy, if it is there; the answer is the same.
_MANY, _SEVERAL = 100_000, 200
#: How many parts of a degree seven decimals tell apart.
_FINEST = 10**7


class _Read(NamedTuple):
    ids: list[str]
    places: list[tuple[float, float]]
    residents: list[Decimal | int | None]


def reach(
    points: Iterable[Place],
    homes: Iterable[Place],
    *,
    minutes: Decimal | int | str,
    travel: Travel,
    search: Search = "any",
) -> ReachReport:
    """
    Return which homes lie within so many minutes of a service point (15分钟服务圈).

    Args:
        points: Units with a place, or tuples of id, latitude and longitude in exact degrees; places may be
            left out (None) where ``travel`` tells minutes.
        homes: The same; a unit's ``size``, or a fourth value, is the number of its residents (None: unknown,
            then the home counts as a building alone).
        minutes: The bound itself is within reach.
        travel: ``Walking`` (whole metres of great circle, times a detour, at a declared speed), a table of
            minutes by (home, point), or a function of both ids; a pair without minutes cannot be walked.
        search: How candidates are sought; "scipy" needs the extra ``solver``. The answer never depends on it.

    Raises:
        AmountError: For a binary float, degrees out of bounds, or minutes that are not above 0.
        CoverageProblems: For rows of another form, an id used twice, or a unit without a place where one is
            needed.
    """
    bound = Fraction(exact(minutes, where="minutes"))
    if bound <= 0:
        raise AmountError(f"minutes: {minutes!r} is out of bounds; allowed are numbers above 0")
    walking = isinstance(travel, Walking)
    given, lived = _read(points, "points", placed=walking), _read(homes, "homes", placed=walking)
    if isinstance(travel, Walking):
        furthest = travel.furthest(bound)
        found, within = _walked(given, lived.places, furthest, search)
        # Homes share these values: there are fewer distances than homes.
        times = {far: travel.minutes(far) for far in {one[1] for one in found if one}}
        values = {one: Nearest(given.ids[one[0]], one[1], times[one[1]]) for one in set(found) if one}
        nearest = [None if one is None else values[one] for one in found]
        beyond: Beyond = _Beyond(given, lived, travel, furthest)
    else:
        nearest, within, beyond = _by_table(given.ids, lived, travel, bound)
    return made_report(
        bound,
        points=given.ids,
        homes=lived.ids,
        residents=lived.residents,
        nearest=nearest,
        within=within,
        beyond=beyond,
    )


def _read(places: Iterable[Place], where: str, *, placed: bool) -> _Read:
    """Return ids, degrees and residents as columns, sorted by id where they are points."""
    read = _Read([], [], [])
    add_id, add_place, add_residents = read.ids.append, read.places.append, read.residents.append
    rows = _rows(places, where)
    if where == "points":
        rows.sort(key=_first)
    for row in rows:
        one, latitude, longitude, residents = row
        if placed:
            if type(latitude) is Decimal and type(longitude) is Decimal:
                north, east = float(latitude), float(longitude)
                in_bounds = -90.0 <= north <= 90.0 and -180.0 <= east <= 180.0
                if not (in_bounds and _is_coarse(latitude) and _is_coarse(longitude)):
                    degrees(latitude, 90, f"{where}, {one}, latitude")
                    degrees(longitude, 180, f"{where}, {one}, longitude")
            elif latitude is None:
                text = f"the unit {one!r} has no place; give it one, or leave it out"
                raise CoverageProblems([Problem("no-place", where, text)])
            else:
                north = degrees(latitude, 90, f"{where}, {one}, latitude")
                east = degrees(longitude, 180, f"{where}, {one}, longitude")
            add_place((north, east))
        if residents is not None and type(residents) is not int:
            residents = exact(residents, where=f"{where}, {one}, residents")
        if residents is not None and residents < 0:
            raise AmountError(f"{where}, {one}, residents: {residents} is below 0")
        add_id(one)
        add_residents(residents)
    if len(set(read.ids)) != len(read.ids):
        twice = next(one for one, count in Counter(read.ids).items() if count > 1)
        raise CoverageProblems([Problem("double-id", where, f"the id {twice!r} is used twice")])
    return read


def _is_coarse(value: Decimal) -> bool:
    """Return whether a number surely has at most seven decimals, in any context; noughts may be in doubt."""
    # The ratio of a number with a huge negative exponent is never worked out: it would take all memory.
    return value.adjusted() >= -7 and _FINEST % value.as_integer_ratio()[1] == 0


def _first(row: _Row) -> str:
    return row[0]


def _rows(places: Iterable[Place], where: str) -> list[_Row]:
    """Return rows of four; those of another form are refused, all at once, by their position from 1."""
    rows: list[_Row] = []
    problems = []
    for position, place in enumerate(places, start=1):
        if isinstance(place, Unit):
            at = place.place
            rows.append(
                (place.id, None, None, place.size)
                if at is None
                else (place.id, at.latitude, at.longitude, place.size)
            )
        elif isinstance(place, tuple) and len(place) in (3, 4) and isinstance(place[0], str) and place[0]:
            rows.append((place[0], place[1], place[2], place[3] if len(place) == 4 else None))
        else:
            text = f"found {place!r}; allowed is a unit, or (id, latitude, longitude) and maybe residents"
            problems.append(Problem("type", f"{where}, row {position}", text))
    if problems:
        raise CoverageProblems(problems)
    return rows


#: The position of a point, and how many metres away it is.
_Found = tuple[int, int]


def _walked(
    points: _Read, homes: Sequence[tuple[float, float]], furthest: int, search: Search
) -> tuple[list[_Found | None], list[int]]:
    """Return each home's nearest point within reach, and how many homes each point reaches."""
    if not points.ids:
        return [None] * len(homes), []
    if search == "scipy" or (
        search == "any" and len(homes) >= _MANY and len(points.ids) >= _SEVERAL and has_columns()
    ):
        return reached_in_columns(points.places, homes, furthest)
    return _by_buckets(points, homes, furthest)


def _by_buckets(
    points: _Read, homes: Iterable[tuple[float, float]], furthest: int
) -> tuple[list[_Found | None], list[int]]:
    """Return the same by cells of about the reach; the exact distance only where it decides.

    The scalar product of two directions is the cosine of the angle between them, right to about 1e-15: that
    tells who is surely within or beyond, and who is surely not the nearest by a metre.
    """
    directions = [direction(*place) for place in points.places]
    near = Buckets(points.places, directions, furthest + 1.0).near
    surely, hardly = _cosine(furthest + 0.4) + _HAIR, _cosine(furthest + 0.6) - _HAIR
    within = [0] * len(directions)
    nearest: list[_Found | None] = []
    add = nearest.append
    for latitude, longitude in homes:
        candidates = near(latitude, longitude)
        best, first, second = -1, -2.0, -2.0
        if candidates:
            x, y, z = here = direction(latitude, longitude)
            for position, u, v, w in candidates:
                product = x * u + y * v + z * w
                if product < surely and (product < hardly or metres(here, directions[position]) > furthest):
                    continue
                within[position] += 1
                if product > first:
                    best, first, second = position, product, first
                elif product > second:
                    second = product
        if best < 0:
            add(None)
        elif second < first - (sqrt(abs(2.0 - 2.0 * first)) + _METRE) * _METRE - _HAIR:
            add((best, metres(here, directions[best])))
        else:  # two are about as near: whole metres decide, then the id
            far, best = min((metres(here, directions[one[0]]), one[0]) for one in candidates)
            add((best, far))
    return nearest, within


def _cosine(far: float) -> float:
    """Return the cosine of an angle given in metres on the earth; beyond half its round, below all."""
    return cos(far / RADIUS) if far < HALF_ROUND else -2.0


class _Beyond:
    """The nearest point of homes out of reach, worked out when somebody reads the list.

    They are sought within twice the reach, then four times, and so on: whoever has a point in a ring has the
    nearest one in it.
    """

    def __init__(self, points: _Read, homes: _Read, walking: Walking, furthest: int) -> None:
        self.points, self.homes, self.walking, self.furthest = points, homes, walking, furthest

    def __call__(self, positions: Sequence[int]) -> Iterator[Unreached]:
        ids, homes, residents = self.points.ids, self.homes.ids, self.homes.residents
        todo, ring = list(positions), max(self.furthest, 1)
        minutes: dict[int, Fraction] = {}
        while todo and ids and ring <= 2 * HALF_ROUND:
            ring *= 2
            places = [self.homes.places[position] for position in todo]
            nearest, _ = _by_buckets(self.points, places, ring)
            for position, found in zip(todo, nearest, strict=True):
                if found is not None:
                    far = found[1]
                    took = minutes.get(far) or minutes.setdefault(far, self.walking.minutes(far))
                    yield Unreached(homes[position], ids[found[0]], far, took, residents[position])
            todo = [position for position, found in zip(todo, nearest, strict=True) if found is None]
        for position in todo:
            yield Unreached(homes[position], "", None, None, residents[position])


def _by_table(
    points: list[str], lived: _Read, travel: Minutes | MinutesOf, bound: Fraction
) -> tuple[list[Nearest | None], list[int], "_BeyondTable"]:
    homes = lived.ids
    best: dict[str, tuple[Fraction, str]] = {}
    within = dict.fromkeys(points, 0)
    for home, point, given in _pairs(points, homes, travel):
        took = _minutes(given, home, point)
        if took <= bound:
            within[point] += 1
        if home not in best or (took, point) < best[home]:
            best[home] = (took, point)
    nearest: list[Nearest | None] = []
    for home in homes:
        found = best.get(home)
        nearest.append(Nearest(found[1], None, found[0]) if found and found[0] <= bound else None)
    return nearest, [within[point] for point in points], _BeyondTable(lived, best)


def _pairs(
    points: list[str], homes: list[str], travel: Minutes | MinutesOf
) -> Iterable[tuple[str, str, Decimal | int | Fraction]]:
    if isinstance(travel, Mapping):
        known_homes, known_points = set(homes), set(points)
        for (home, point), given in travel.items():
            if home in known_homes and point in known_points:
                yield home, point, given
        return
    for home in homes:
        for point in points:
            told = travel(home, point)
            if told is not None:
                yield home, point, told


def _minutes(given: Decimal | int | Fraction, home: str, point: str) -> Fraction:
    took = given if isinstance(given, Fraction) else Fraction(exact(given, where=f"{home} to {point}"))
    if took < 0:
        raise AmountError(f"{home} to {point}: {given!r} minutes; allowed are 0 and more")
    return took


class _BeyondTable:
    """What a table of minutes says of homes out of reach."""

    def __init__(self, homes: _Read, best: Mapping[str, tuple[Fraction, str]]) -> None:
        self.homes, self.best = homes, best

    def __call__(self, positions: Sequence[int]) -> Iterator[Unreached]:
        for position in positions:
            home = self.homes.ids[position]
            took, point = self.best.get(home, (None, ""))
            yield Unreached(home, point, None, took, self.homes.residents[position])
