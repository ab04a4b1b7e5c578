"""The same search by columns, with numpy and scipy (extra ``solver``): candidates from a tree, decided alike.

Whole metres come from the same formula. Where one of numpy's lies so close to half a metre that its sines
could differ from Python's, it is worked out again by the plain function, so that both give the same metre.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from math import sin

from .distance import RADIUS, direction, metres

_CLOSE = 1e-5
_MISSING = "this search needs numpy and scipy; install serviceorg[solver], or leave search='scipy' out"


def has_columns() -> bool:
    """Return whether numpy and scipy are installed."""
    return find_spec("numpy") is not None and find_spec("scipy") is not None


def reached_in_columns(
    points: Sequence[tuple[float, float]], homes: Sequence[tuple[float, float]], furthest: int
) -> tuple[list[tuple[int, int] | None], list[int]]:
    """Return each home's nearest point in reach (position, metres), and how many homes each point reaches.

    Raises:
        ModuleNotFoundError: Without numpy and scipy, naming the extra.
    """
    if not has_columns():
        raise ModuleNotFoundError(_MISSING)
    import numpy as np  # noqa: PLC0415 - an extra, only where it is asked for
    from scipy.spatial import cKDTree  # noqa: PLC0415

    if not homes:
        return [], [0] * len(points)
    degrees = np.radians(np.array(homes, dtype=np.float64))
    ring = np.cos(degrees[:, 0])
    rows = np.stack(
        (ring * np.cos(degrees[:, 1]), ring * np.sin(degrees[:, 1]), np.sin(degrees[:, 0])), axis=1
    )
    chord = 2.0 * sin(min((furthest + 2.0) / RADIUS, 3.14159) / 2.0) + 1e-9
    if (furthest + 2.0) / RADIUS >= 3.14:
        chord = 2.1
    centres = [direction(*place) for place in points]
    candidates = cKDTree(rows).query_ball_point(np.array(centres), chord)
    best = np.full(len(homes), furthest + 1, dtype=np.int64)
    owner = np.full(len(homes), -1, dtype=np.int64)
    within = []
    for position, (centre, indices) in enumerate(zip(centres, candidates, strict=True)):
        chosen = np.array(indices, dtype=np.int64)
        near = rows[chosen]
        apart = np.sqrt(((near - centre) ** 2).sum(axis=1))
        together = np.sqrt(((near + centre) ** 2).sum(axis=1))
        raised = 2.0 * np.arctan2(apart, together) * RADIUS + 0.5
        whole = np.floor(raised).astype(np.int64)
        for doubtful in np.flatnonzero(np.abs(raised - np.round(raised)) < _CLOSE):
            whole[doubtful] = metres(direction(*homes[chosen[doubtful]]), centre)
        within.append(int((whole <= furthest).sum()))
        nearer = whole < best[chosen]  # in the order of ids: the first of equals stays
        best[chosen[nearer]] = whole[nearer]
        owner[chosen[nearer]] = position
    pairs = zip(owner.tolist(), best.tolist(), strict=True)
    return [None if point < 0 else (point, far) for point, far in pairs], within
