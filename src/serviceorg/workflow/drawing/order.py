"""The order inside layers: fewer links that cross."""

from bisect import bisect_right, insort
from collections.abc import Sequence
from itertools import pairwise

from .mesh import Mesh

Layers = list[list[int]]
#: Sweeps without a better result after which the search ends.
_PATIENCE = 3
_MOST_SWEEPS = 16


def ordered(mesh: Mesh) -> Layers:
    """Return the corners of each layer from left to right.

    Each layer in turn is sorted by the middle (barycentre) of its neighbours, downwards and upwards by
    turns; the best order met is kept and neighbours are then exchanged where that alone saves crossings.
    """
    above, below = neighbours(mesh)
    layers = _first(mesh, below)
    best, fewest, patience = layers, _crossings(layers, below), _PATIENCE
    for sweep in range(_MOST_SWEEPS):
        layers = _swept(layers, below if sweep % 2 else above, upwards=sweep % 2 == 1)
        found = _crossings(layers, below)
        patience -= 1
        if found < fewest:
            best, fewest, patience = layers, found, _PATIENCE
        if not (fewest and patience):
            break
    return _exchanged(best, above, below) if fewest else best


def neighbours(mesh: Mesh) -> tuple[list[list[int]], list[list[int]]]:
    """Return for each corner its neighbours in the layer above and in the one below."""
    above: Layers = [[] for _ in mesh.layer]
    below: Layers = [[] for _ in mesh.layer]
    for chain in mesh.chains:
        for upper, lower in pairwise(chain):
            below[upper].append(lower)
            above[lower].append(upper)
    return above, below


def _first(mesh: Mesh, below: Layers) -> Layers:
    # A walk in depth from the boxes in their order keeps what hangs together side by side.
    layers: Layers = [[] for _ in range(mesh.depth)]
    seen = [False] * len(mesh.layer)
    for root in sorted(range(mesh.boxes), key=lambda box: (mesh.layer[box], box)):
        stack = [root]
        while stack:
            corner = stack.pop()
            if not seen[corner]:
                seen[corner] = True
                layers[mesh.layer[corner]].append(corner)
                stack.extend(reversed(below[corner]))
    return layers


def _swept(layers: Layers, towards: Layers, *, upwards: bool) -> Layers:
    swept = [list(layer) for layer in layers]
    place = _places(swept)
    for layer in reversed(swept[:-1]) if upwards else swept[1:]:
        middle = {
            corner: sum(place[other] for other in towards[corner]) / len(towards[corner])
            if towards[corner]
            else place[corner]
            for corner in layer
        }
        layer.sort(key=middle.__getitem__)
        for number, corner in enumerate(layer):
            place[corner] = number
    return swept


def _places(layers: Layers) -> dict[int, int]:
    return {corner: number for layer in layers for number, corner in enumerate(layer)}


def _crossings(layers: Layers, below: Layers) -> int:
    place = _places(layers)
    count = 0
    for layer in layers:
        ends: list[int] = []
        for corner in layer:
            reached = sorted(place[other] for other in below[corner])
            count += sum(len(ends) - bisect_right(ends, end) for end in reached)
            for end in reached:
                insort(ends, end)
    return count


def _exchanged(layers: Layers, above: Layers, below: Layers) -> Layers:
    layers = [list(layer) for layer in layers]
    place = _places(layers)
    for _ in range(_PATIENCE):
        if not sum(_exchange(layer, place, (above, below)) for layer in layers):
            break
    return layers


def _exchange(layer: list[int], place: dict[int, int], sides: Sequence[Layers]) -> int:
    saved = 0
    for at in range(len(layer) - 1):
        left, right = layer[at], layer[at + 1]
        gain = sum(
            (place[a] > place[b]) - (place[a] < place[b])
            for side in sides
            for a in side[left]
            for b in side[right]
        )
        if gain > 0:
            layer[at], layer[at + 1] = right, left
            place[left], place[right] = at + 1, at
            saved += gain
    return saved
