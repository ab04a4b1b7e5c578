"""Who lives within fifteen minutes of one of 57 service points? Buildings of an invented town."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from random import Random
from typing import Any, NamedTuple

from . import Contest, Rival

_RADIUS = 6_371_008.8
_MINUTES, _METRES_A_MINUTE = 15, 60
_FURTHEST = _MINUTES * _METRES_A_MINUTE
#: Id, latitude, longitude, residents.
Home = tuple[str, Decimal, Decimal, int]
Work = Callable[[Sequence[Home]], Any]


class Town(NamedTuple):
    """Service points and homes."""

    points: list[tuple[str, Decimal, Decimal]]
    homes: list[Home]


def town(size: int) -> Town:
    """Return the invented town with so many buildings."""
    from serviceorg.cli.demo.zhucheng.circle import homes, service_points

    points = [(one.id, one.latitude, one.longitude) for one in service_points(Random(3))]
    return Town(
        points, [(one.id, one.latitude, one.longitude, one.residents) for one in homes(Random(3), size)]
    )


def _by_hand(task: Town) -> Work:
    def nearest(north: float, east: float, ring: float) -> tuple[str, int]:
        best, least = "", _FURTHEST + 1
        for point, other_north, other_east, other_ring in points:
            half = sin((north - other_north) / 2) ** 2
            half += ring * other_ring * sin((east - other_east) / 2) ** 2
            far = int(2 * asin(sqrt(half)) * _RADIUS + 0.5)
            if far < least:
                best, least = point, far
        return best, least

    points = [
        (point, radians(latitude), radians(longitude), cos(radians(latitude)))
        for point, latitude, longitude in task.points
    ]

    def work(pieces: Sequence[Home]) -> list[Any]:
        found = []
        for _, latitude, longitude, _ in pieces:
            north = radians(latitude)
            found.append(nearest(north, radians(longitude), cos(north)))
        return found

    return work


def _ours(search: str) -> Callable[[Town], Work]:
    def make(task: Town) -> Work:
        from serviceorg.coverage.distance import Walking
        from serviceorg.coverage.reaching import reach

        walking = Walking(metres_per_minute=Decimal(_METRES_A_MINUTE))
        return lambda pieces: (
            pieces,
            reach(task.points, pieces, minutes=_MINUTES, travel=walking, search=search),  # type: ignore[arg-type]
        )

    return make


def _told(answer: Any) -> list[int]:
    homes, report = answer
    reached = report.reached
    return [reached[home[0]].metres if home[0] in reached else -1 for home in homes]


def _told_pairs(answer: list[tuple[str, int]]) -> list[int]:
    # Metres alone are compared: between two points at the same whole metre, engines choose differently.
    return [metres if point else -1 for point, metres in answer]


def _pairs(ids: list[str], best: list[int], metres: list[int]) -> list[tuple[str, int]]:
    pairs = zip(best, metres, strict=True)
    return [(ids[at], far) if far <= _FURTHEST else ("", far) for at, far in pairs]


def _radians(places: Sequence[Any]) -> Any:
    import numpy as np

    return np.radians(np.array([(float(one[1]), float(one[2])) for one in places]))


def _numpy(task: Town) -> Work:
    import numpy as np

    points = _radians(task.points)
    ids = [point[0] for point in task.points]

    def work(pieces: Sequence[Home]) -> list[tuple[str, int]]:
        homes = _radians(pieces)
        north, east = homes[:, :1] - points[:, 0], homes[:, 1:] - points[:, 1]
        half = np.sin(north / 2) ** 2
        half += np.cos(homes[:, :1]) * np.cos(points[:, 0]) * np.sin(east / 2) ** 2
        far = np.floor(2 * np.arcsin(np.sqrt(half)) * _RADIUS + 0.5)
        best = far.argmin(axis=1)
        least = far[np.arange(len(best)), best].astype(int)
        return _pairs(ids, best.tolist(), least.tolist())

    return work


def _ball_tree(task: Town) -> Work:
    from sklearn.neighbors import BallTree

    tree = BallTree(_radians(task.points), metric="haversine")
    ids = [point[0] for point in task.points]

    def work(pieces: Sequence[Home]) -> list[tuple[str, int]]:
        far, best = tree.query(_radians(pieces), k=1)
        metres = [int(one * _RADIUS + 0.5) for one in far[:, 0].tolist()]
        return _pairs(ids, best[:, 0].tolist(), metres)

    return work


CONTEST = Contest(
    title="who is within 15 minutes of one of 57 points? {size:,} buildings",
    unit="µs a building",
    scale=1e6,
    size=50_000,
    quick=5_000,
    task=town,
    pieces=lambda task, _turn: task.homes,
    turns=5,
    rivals=(
        Rival("by-hand", "by hand, every point for every building", _by_hand, _told_pairs),
        Rival("ours", "serviceorg, plain Python", _ours("plain"), _told, needs="serviceorg"),
        Rival("ours-scipy", "serviceorg with scipy", _ours("scipy"), _told, needs="scipy"),
        Rival("numpy", "numpy, every point for every building", _numpy, _told_pairs, needs="numpy"),
        Rival(
            "scikit-learn", "scikit-learn, `BallTree`, haversine", _ball_tree, _told_pairs, needs="sklearn"
        ),
    ),
)
