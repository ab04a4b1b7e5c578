"""The graph between layers: boxes, and bends where long links pass a layer or carry their text."""

from collections.abc import Sequence

import attrs

from .layers import Link, ranks, turned

#: How strongly a link near the start of its way draws its text there, against layers that are full.
_NEARNESS = 12.0


@attrs.frozen
class Extent:
    """How far something reaches to the left and right of its middle, and its height."""

    left: float
    right: float
    height: float

    @property
    def width(self) -> float:
        """The whole width."""
        return self.left + self.right


NOTHING = Extent(0.0, 0.0, 0.0)


@attrs.frozen
class Mesh:
    """Corners in layers: first the boxes, by number, then the bends.

    ``chains`` has for each link its corners from the upper box to the lower one; ``is_turned`` whether the
    arrow points up; ``texts`` the corner with the link's text. Boxes stand in even layers, texts in odd ones.
    """

    boxes: int
    layer: tuple[int, ...]
    extents: tuple[Extent, ...]
    chains: tuple[tuple[int, ...], ...]
    is_turned: tuple[bool, ...]
    texts: tuple[int, ...]

    @property
    def depth(self) -> int:
        """How many layers there are."""
        return 1 + max(self.layer, default=-1)


def meshed(
    extents: Sequence[Extent], links: Sequence[Link], texts: Sequence[Extent], *, beside: Sequence[int] = ()
) -> Mesh:
    """Return the mesh of boxes of these extents and links between them, each with a text of some extent.

    ``beside`` has for each box the one whose layer it takes if no link holds it, -1 for none.
    """
    against = turned(len(extents), links)
    downward = [(b, a) if turn else (a, b) for (a, b), turn in zip(links, against, strict=True)]
    layer = [2 * rank for rank in ranks(len(extents), downward)]
    held = {end for link in links for end in link}
    for box, other in enumerate(beside):
        if other >= 0 and box not in held:
            layer[box] = layer[other]
    sizes = list(extents)
    at = _text_layers(downward, layer, texts, against)
    chains, marks = [], []
    for number, (upper, lower) in enumerate(downward):
        bends = range(len(sizes), len(sizes) + layer[lower] - layer[upper] - 1)
        for height in range(layer[upper] + 1, layer[lower]):
            layer.append(height)
            sizes.append(texts[number] if height == at[number] else NOTHING)
        chains.append((upper, *bends, lower))
        marks.append(bends[at[number] - layer[upper] - 1])
    return Mesh(len(extents), tuple(layer), tuple(sizes), tuple(chains), against, tuple(marks))


def _text_layers(
    links: Sequence[Link], layer: Sequence[int], texts: Sequence[Extent], against: Sequence[bool]
) -> list[int]:
    # Short links have no choice; the others then take the emptiest layer, rather near where they leave.
    load = [0.0] * (1 + max(layer, default=0))
    found = [0] * len(links)
    for number in sorted(range(len(links)), key=lambda n: (layer[links[n][1]] - layer[links[n][0]], n)):
        upper, lower = (layer[end] for end in links[number])
        near = lower if against[number] else upper
        free = range(upper + 1, lower, 2)
        found[number] = min(free, key=lambda height: (load[height] + _NEARNESS * abs(height - near), height))
        load[found[number]] += texts[number].width
    return found
