"""A town for the fifteen-minute circle: the published 57 service points, invented homes around (row 141)."""

import random
from collections.abc import Iterator
from decimal import Decimal

from ....coverage import Located

POINTS, HOMES = 57, 20_000
#: In millionths of a degree: the middle of an invented town near 36° north, and five kilometres each way.
_NORTH, _EAST = 36_380_000, 119_755_000
_FIVE_NORTH, _FIVE_EAST = 45_000, 55_900
_ACROSS = 8  # points lie in a net of eight by eight, moved about; what is left over stays empty


def service_points(chance: random.Random, count: int = POINTS) -> Iterator[Located]:
    """Yield service points, one in each field of a net over the town, in the order of their ids."""
    fields = sorted(chance.sample(range(_ACROSS * _ACROSS), count))
    for number, field in enumerate(fields, 1):
        row, column = divmod(field, _ACROSS)
        north = (row + chance.random()) * 2 / _ACROSS - 1
        east = (column + chance.random()) * 2 / _ACROSS - 1
        yield Located(f"E-{number:02d}", *_degrees(north, east))


def homes(chance: random.Random, count: int = HOMES) -> Iterator[Located]:
    """Yield buildings with their residents; the nearer the middle, the closer they stand."""
    luck = chance.random
    for number in range(1, count + 1):
        north, east = luck() + luck() - 1, luck() + luck() - 1
        yield Located(f"B-{number:06d}", *_degrees(north, east), 3 + int(luck() * 90))


def _degrees(north: float, east: float) -> tuple[Decimal, Decimal]:
    """Return exact degrees of a place, -1 to 1 of the way to the edge of the town."""
    latitude, longitude = _NORTH + round(north * _FIVE_NORTH), _EAST + round(east * _FIVE_EAST)
    return Decimal(latitude).scaleb(-6), Decimal(longitude).scaleb(-6)
