"""Where something is: degrees of latitude and longitude, exact as they were written."""

from decimal import Decimal

import attrs

from ..basics import exact
from ..errors import AmountError

_DEGREES = 7  # of decimals: a centimetre
_POLE, _DATE_LINE = 90, 180


def _degrees(value: object, most: int, where: str) -> Decimal:
    degrees = exact(value, most_decimals=_DEGREES, where=where)
    if abs(degrees) > most:
        raise AmountError(f"{where}: {degrees:f} is out of bounds; allowed are -{most} to {most} degrees")
    return degrees


def _latitude(value: object) -> Decimal:
    return _degrees(value, _POLE, "latitude")


def _longitude(value: object) -> Decimal:
    return _degrees(value, _DATE_LINE, "longitude")


@attrs.frozen(weakref_slot=False)
class Place:
    """A point on the earth (位置), in degrees of one geodetic datum: -90 to 90 north, -180 to 180 east.

    Chinese maps use other datums (GCJ-02, BD-09), which are off by hundreds of metres: all places of one
    question must be of the same one.

    Raises:
        AmountError: For a binary float, or degrees out of bounds.
    """

    latitude: Decimal = attrs.field(converter=_latitude)
    longitude: Decimal = attrs.field(converter=_longitude)
