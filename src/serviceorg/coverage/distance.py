"""How far two places are apart, in whole metres: the only place of the library where binary floats decide.

Degrees are exact decimals, but sines are not: a distance is worked out in binary floats and rounded to whole
metres (half up) before anything is compared. The error of the working is about a millionth of a millimetre:
only where a distance lies that close to half a metre could two machines differ.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import atan2, cos, radians, sin, sqrt
from typing import NamedTuple

import attrs

from ..basics import exact
from ..errors import AmountError

#: Mean radius of the earth in metres (IUGG, R1).
RADIUS = 6_371_008.8
#: Half of the way around it, in whole metres: nothing is further.
HALF_ROUND = 20_015_115
#: Direction from the middle of the earth, of length one.
Vector = tuple[float, float, float]


class Located(NamedTuple):
    """Something with a place (位置): exact degrees, and how many live there (None: nobody says)."""

    id: str
    latitude: Decimal
    longitude: Decimal
    residents: Decimal | int | None = None


def direction(latitude: float, longitude: float) -> Vector:
    """Return where a place lies as seen from the middle of the earth."""
    north, east = radians(latitude), radians(longitude)
    ring = cos(north)
    return (ring * cos(east), ring * sin(east), sin(north))


def metres(one: Vector, other: Vector) -> int:
    """Return the great-circle distance of two directions in whole metres, half up.

    The same distance as the haversine formula gives, in the form that is good for neighbours and antipodes.
    """
    x, y, z = one
    u, v, w = other
    apart = sqrt((x - u) * (x - u) + (y - v) * (y - v) + (z - w) * (z - w))
    together = sqrt((x + u) * (x + u) + (y + v) * (y + v) + (z + w) * (z + w))
    return int(2.0 * atan2(apart, together) * RADIUS + 0.5)


def metres_between(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> int:
    """Return the great-circle distance of two (latitude, longitude) in whole metres.

    >>> metres_between((Decimal(0), Decimal(0)), (Decimal(0), Decimal(1)))
    111195
    """
    return metres(direction(float(one[0]), float(one[1])), direction(float(other[0]), float(other[1])))


def degrees(value: object, most: int, where: str) -> float:
    """Return exact degrees within -most to most as a float.

    Raises:
        AmountError: For a binary float, or degrees out of bounds.
    """
    number = exact(value, most_decimals=7, where=where)
    if not -most <= number <= most:
        raise AmountError(f"{where}: {value!r} is out of bounds; allowed are degrees from -{most} to {most}")
    return float(number)


@attrs.frozen(kw_only=True)
class Walking:
    """On foot (步行): so many metres a minute along a way that is ``detour`` times the straight line."""

    metres_per_minute: Decimal
    detour: Decimal = Decimal(1)

    def __attrs_post_init__(self) -> None:
        for name in ("metres_per_minute", "detour"):
            number = exact(getattr(self, name), where=name)
            if number <= 0 or (name == "detour" and number < 1):
                least = "1 or more" if name == "detour" else "a number above 0"
                raise AmountError(f"{name}: {number} is out of bounds; allowed is {least}")
            object.__setattr__(self, name, number)

    def minutes(self, metres: int) -> Fraction:
        """Return how long so many metres of straight line take, exactly."""
        return metres * Fraction(self.detour) / Fraction(self.metres_per_minute)

    def furthest(self, minutes: Fraction) -> int:
        """Return the most whole metres of straight line within so many minutes."""
        return int(minutes * Fraction(self.metres_per_minute) / Fraction(self.detour))


#: Minutes by (home, point); a pair that is not there cannot be walked; so with None of a function.
Minutes = Mapping[tuple[str, str], Decimal | int | Fraction]
MinutesOf = Callable[[str, str], Decimal | int | Fraction | None]
Travel = Walking | Minutes | MinutesOf
