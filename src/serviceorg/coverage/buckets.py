"""Which points can be near a place: the earth in cells of about the reach, found by one look-up.

A point stands in every cell its reach touches, so that a home asks in its own cell alone. Rows are bands of
latitude; each has as many cells as fit around it there, and counts them around the earth, so that nothing is
lost at the date line or near the poles.
"""

from collections.abc import Sequence
from math import asin, ceil, cos, degrees, pi, radians, sin

from .distance import RADIUS, Vector

#: A point that may be in reach: its position, and its direction from the middle of the earth.
Candidate = tuple[int, float, float, float]

#: Slack of a box, in degrees: a hair against the errors of binary floats.
_SLACK = 1e-9
_SMALLEST = 1e-3
#: Cells are so much smaller than the reach: fewer points are looked at in vain.
_FINER = 3.0


class Buckets:
    """Points by cell, for a reach in metres; ``near`` returns them in the order given."""

    __slots__ = ("_around", "_cells", "_count", "_rows_per_degree")

    def __init__(
        self, points: Sequence[tuple[float, float]], directions: Sequence[Vector], reach: float
    ) -> None:
        angle = min(degrees((reach + 1.0) / RADIUS) + _SLACK, 180.0)
        height = max(angle / _FINER, _SMALLEST)
        self._rows_per_degree = 1.0 / height
        self._count = ceil(180.0 / height) + 1
        self._around: dict[int, int] = {}
        self._cells: dict[tuple[int, int], list[Candidate]] = {}
        for position, (latitude, longitude) in enumerate(points):
            for cell in self._touched(latitude, longitude, angle):
                self._cells.setdefault(cell, []).append((position, *directions[position]))

    def near(self, latitude: float, longitude: float) -> Sequence[Candidate]:
        """Return all points that can be within reach of a place; most of them are."""
        row = int((latitude + 90.0) * self._rows_per_degree)
        around = self._around.get(row)
        if around is None:  # no point reaches into this band
            return ()
        column = int((longitude + 180.0) * around / 360.0) % around
        return self._cells.get((row, column), ())

    def _touched(self, latitude: float, longitude: float, angle: float) -> list[tuple[int, int]]:
        width = _half_width(latitude, angle)
        lowest = int(max(latitude - angle + 90.0, 0.0) * self._rows_per_degree)
        highest = int(min(latitude + angle + 90.0, 180.0) * self._rows_per_degree)
        cells = []
        for row in range(lowest, highest + 1):
            around = self._columns(row)
            first = int((longitude - width + 180.0) * around // 360.0)
            last = int((longitude + width + 180.0) * around // 360.0)
            columns = range(around) if last - first >= around else range(first, last + 1)
            cells += sorted({(row, column % around) for column in columns})
        return cells

    def _columns(self, row: int) -> int:
        """Return how many cells a band has around the earth, at least one."""
        known = self._around.get(row)
        if known is None:
            south = row / self._rows_per_degree - 90.0
            north = south + 1.0 / self._rows_per_degree
            widest = 0.0 if south <= 0.0 <= north else min(abs(south), abs(north))
            known = max(1, int(360.0 * self._rows_per_degree * max(cos(radians(min(widest, 90.0))), 0.0)))
            self._around[row] = known
        return known


def _half_width(latitude: float, angle: float) -> float:
    """Return how many degrees of longitude a cap of this radius reaches to either side; 180 around a pole."""
    if abs(latitude) + angle >= 90.0:
        return 180.0
    ratio = sin(radians(angle)) / cos(radians(latitude))
    return degrees(asin(min(ratio, 1.0)) if ratio < 1.0 else pi) + _SLACK
