"""Places: how far right each corner stands, and how far down each layer."""

from collections.abc import Sequence
from itertools import pairwise

import attrs

from .mesh import Mesh
from .order import Layers

#: Space between boxes, between other neighbours, and between links on one side of a box.
_BETWEEN_BOXES, _BETWEEN, _BETWEEN_PORTS = 30.0, 18.0, 18.0
#: Space between layers: at least, at most, and how much a link adds that runs far to the side.
_LEAST_GAP, _MOST_GAP, _SLOPE = 26.0, 64.0, 0.09
#: A port gives way by so much for a straight line.
_HAIR = 4.0
_ROUNDS, _STRAIGHTENINGS = 24, 3
#: How strongly a straight piece is wanted: between bends most, so that long links do not sway.
_STRAIGHT_BENDS, _STRAIGHT_END = 8.0, 2.0


@attrs.frozen
class Segment:
    """A piece of a link between two layers, with the ports where it meets boxes, right of their middle."""

    upper: int
    lower: int
    upper_port: float
    lower_port: float
    weight: float


@attrs.frozen
class Places:
    """``x`` of every corner's middle, ``top`` and ``bottom`` of every layer, the segments of each link."""

    x: tuple[float, ...]
    top: tuple[float, ...]
    bottom: tuple[float, ...]
    segments: tuple[tuple[Segment, ...], ...]


def placed(mesh: Mesh, layers: Layers, margin: float, head: float) -> Places:
    """Return the places of all corners, right of ``margin`` and below ``head``."""
    segments = _segments(mesh, layers)
    x = _columns(mesh, layers, [segment for chain in segments for segment in chain])
    left = min((x[corner] - extent.left for corner, extent in enumerate(mesh.extents)), default=0.0)
    x = [value - left + margin for value in x]
    segments = tuple(tuple(_snapped(piece, mesh.boxes, x) for piece in chain) for chain in segments)
    top, bottom = _rows(mesh, layers, segments, x, head)
    return Places(tuple(x), top, bottom, segments)


def _segments(mesh: Mesh, layers: Layers) -> tuple[tuple[Segment, ...], ...]:
    place = {corner: number for layer in layers for number, corner in enumerate(layer)}
    leaving: dict[int, list[tuple[int, int]]] = {}
    arriving: dict[int, list[tuple[int, int]]] = {}
    for number, chain in enumerate(mesh.chains):
        leaving.setdefault(chain[0], []).append((place[chain[1]], number))
        arriving.setdefault(chain[-1], []).append((place[chain[-2]], number))
    out, into = _ports(mesh, leaving), _ports(mesh, arriving)
    return tuple(
        tuple(
            Segment(
                upper,
                lower,
                out[number] if upper == chain[0] else 0.0,
                into[number] if lower == chain[-1] else 0.0,
                _STRAIGHT_END if mesh.boxes > min(upper, lower) else _STRAIGHT_BENDS,
            )
            for upper, lower in pairwise(chain)
        )
        for number, chain in enumerate(mesh.chains)
    )


def _snapped(piece: Segment, boxes: int, x: Sequence[float]) -> Segment:
    # A link that would miss a bend by a hair meets its box a hair aside instead.
    aside = x[piece.lower] + piece.lower_port - x[piece.upper] - piece.upper_port
    if abs(aside) > _HAIR:
        return piece
    if piece.upper < boxes:
        return attrs.evolve(piece, upper_port=piece.upper_port + aside)
    return attrs.evolve(piece, lower_port=piece.lower_port - aside) if piece.lower < boxes else piece


def _ports(mesh: Mesh, links: dict[int, list[tuple[int, int]]]) -> dict[int, float]:
    # Links meet a box in the order of where they come from, evenly about its middle.
    ports = {}
    for box, ends in links.items():
        flat = 2 * mesh.extents[box].left - 32.0
        step = min(_BETWEEN_PORTS, max(flat, 0.0) / max(len(ends) - 1, 1))
        for number, (_, link) in enumerate(sorted(ends)):
            ports[link] = step * (number - (len(ends) - 1) / 2)
    return ports


def _columns(mesh: Mesh, layers: Layers, segments: Sequence[Segment]) -> list[float]:
    pulls: list[list[tuple[int, float, float]]] = [[] for _ in mesh.layer]
    for segment in segments:
        shift = segment.upper_port - segment.lower_port
        pulls[segment.lower].append((segment.upper, shift, segment.weight))
        pulls[segment.upper].append((segment.lower, -shift, segment.weight))
    offsets = [_offsets(mesh, layer) for layer in layers]
    x = [0.0] * len(mesh.layer)
    for layer, offset in zip(layers, offsets, strict=True):
        for corner, value in zip(layer, offset, strict=True):
            x[corner] = value - offset[-1] / 2
    pairs = list(zip(layers, offsets, strict=True))
    for turn in range(_ROUNDS):
        for layer, offset in reversed(pairs) if turn % 2 else pairs:
            _settle(layer, offset, pulls, x)
    for _ in range(_STRAIGHTENINGS):
        _straighten(mesh, layers, x)
    return x


def _offsets(mesh: Mesh, layer: Sequence[int]) -> list[float]:
    # How far right of the first corner each one stands when all stand as close as they may.
    offsets, before = [], None
    for corner in layer:
        gap = 0.0 if before is None else offsets[-1] + _apart(mesh, before, corner)
        offsets.append(gap)
        before = corner
    return offsets


def _apart(mesh: Mesh, left: int, right: int) -> float:
    space = _BETWEEN_BOXES if max(left, right) < mesh.boxes else _BETWEEN
    return mesh.extents[left].right + space + mesh.extents[right].left


def _settle(
    layer: Sequence[int],
    offsets: Sequence[float],
    pulls: Sequence[Sequence[tuple[int, float, float]]],
    x: list[float],
) -> None:
    # The least sum of weighted squares under the least distances: blocks of neighbours that push one
    # another are joined until their wishes are in order (pool adjacent violators).
    blocks: list[tuple[float, float, int]] = []
    for corner, offset in zip(layer, offsets, strict=True):
        weight = sum(pull for _, _, pull in pulls[corner])
        wish = (
            sum((x[other] + shift) * pull for other, shift, pull in pulls[corner]) / weight
            if weight
            else x[corner]
        )
        block = (wish - offset, weight or 0.01, 1)
        while blocks and blocks[-1][0] > block[0]:
            before = blocks.pop()
            total = before[1] + block[1]
            mean = (before[0] * before[1] + block[0] * block[1]) / total
            block = (mean, total, before[2] + block[2])
        blocks.append(block)
    at = 0
    for mean, _, size in blocks:
        for number in range(at, at + size):
            x[layer[number]] = mean + offsets[number]
        at += size


def _straighten(mesh: Mesh, layers: Layers, x: list[float]) -> None:
    # The bends of a link stand in one line as far as their neighbours leave room for it, then in the next.
    place = {corner: number for layer in layers for number, corner in enumerate(layer)}
    for chain in sorted(mesh.chains, key=len, reverse=True):
        run: list[int] = []
        least, most = float("-inf"), float("inf")
        for corner in chain[1:-1]:
            low, high = _room(mesh, layers[mesh.layer[corner]], place[corner], x)
            if max(least, low) > min(most, high):
                _align(run, least, most, x)
                run, least, most = [], low, high
            run.append(corner)
            least, most = max(least, low), min(most, high)
        _align(run, least, most, x)


def _room(mesh: Mesh, layer: Sequence[int], at: int, x: Sequence[float]) -> tuple[float, float]:
    low, high = float("-inf"), float("inf")
    if at > 0:
        low = x[layer[at - 1]] + _apart(mesh, layer[at - 1], layer[at])
    if at + 1 < len(layer):
        high = x[layer[at + 1]] - _apart(mesh, layer[at], layer[at + 1])
    return low, high


def _align(run: Sequence[int], least: float, most: float, x: list[float]) -> None:
    # Two neighbours that touch may differ by a rounding: then nothing is to be gained here.
    if run and least <= most:
        middle = min(max(sum(x[corner] for corner in run) / len(run), least), most)
        for corner in run:
            x[corner] = middle


def _rows(
    mesh: Mesh, layers: Layers, segments: Sequence[Sequence[Segment]], x: Sequence[float], head: float
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    far = [0.0] * (len(layers) + 1)
    for chain in segments:
        for piece in chain:
            aside = abs(x[piece.upper] + piece.upper_port - x[piece.lower] - piece.lower_port)
            far[mesh.layer[piece.lower]] = max(far[mesh.layer[piece.lower]], aside)
    tops, bottoms, y = [], [], head
    for number, layer in enumerate(layers):
        if number:
            y += min(_MOST_GAP, max(_LEAST_GAP, 18.0 + _SLOPE * far[number]))
        tops.append(y)
        y += max((mesh.extents[corner].height for corner in layer), default=0.0)
        bottoms.append(y)
    return tuple(tops), tuple(bottoms)
