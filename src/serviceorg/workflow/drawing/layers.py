"""Layers of a graph: which arrows run against the flow, and how far down each box stands.

The method is the one of layered drawings since Sugiyama: turn arrows until there is no circle, stack the
boxes, order each layer, then give places. Here are the first two steps.
"""

from collections.abc import Sequence

Link = tuple[int, int]


def turned(count: int, links: Sequence[Link]) -> tuple[bool, ...]:
    """Return for each link whether it runs against the flow; turning those leaves no circle.

    Of two ways to see the flow the one with fewer turned links is taken: the order in which the boxes are
    given (people write a process down as it runs), and a walk in depth from the first box.
    """
    as_written = tuple(target < source for source, target in links)
    as_walked = _closing(count, links)
    return as_walked if sum(as_walked) < sum(as_written) else as_written


def _closing(count: int, links: Sequence[Link]) -> tuple[bool, ...]:
    # The links that lead back to a box from which the walk came.
    leaving: list[list[int]] = [[] for _ in range(count)]
    for number, (source, _) in enumerate(links):
        leaving[source].append(number)
    closing = [False] * len(links)
    seen, trail = [False] * count, [False] * count
    for root in range(count):
        if seen[root]:
            continue
        seen[root] = trail[root] = True
        stack = [(root, iter(leaving[root]))]
        while stack:
            box, rest = stack[-1]
            number = next(rest, -1)
            if number < 0:
                trail[box] = False
                stack.pop()
                continue
            target = links[number][1]
            closing[number] = trail[target]
            if not seen[target]:
                seen[target] = trail[target] = True
                stack.append((target, iter(leaving[target])))
    return tuple(closing)


def ranks(count: int, links: Sequence[Link]) -> list[int]:
    """Return the layer of each box, from 0, for links without a circle: each leads at least one layer down.

    Boxes first stand as high as they can; then each moves to where its links are shorter, until none gains.
    """
    above: list[list[int]] = [[] for _ in range(count)]
    below: list[list[int]] = [[] for _ in range(count)]
    for source, target in links:
        below[source].append(target)
        above[target].append(source)
    order = _downward(above, below)
    layer = [0] * count
    for box in order:
        layer[box] = 1 + max((layer[other] for other in above[box]), default=-1)
    for _ in range(count):
        if not _pulled(order, layer, above, below):
            break
    used = {height: number for number, height in enumerate(sorted(set(layer)))}
    return [used[height] for height in layer]


def _downward(above: Sequence[Sequence[int]], below: Sequence[Sequence[int]]) -> list[int]:
    waiting = [len(others) for others in above]
    order = [box for box, number in enumerate(waiting) if number == 0]
    for box in order:
        for other in below[box]:
            waiting[other] -= 1
            if waiting[other] == 0:
                order.append(other)
    return order


def _pulled(
    order: Sequence[int], layer: list[int], above: Sequence[Sequence[int]], below: Sequence[Sequence[int]]
) -> bool:
    moved = False
    for box in reversed(order):
        if len(below[box]) > len(above[box]):
            best = min(layer[other] for other in below[box]) - 1
        elif len(above[box]) > len(below[box]):
            best = max(layer[other] for other in above[box]) + 1
        else:
            continue
        if best != layer[box]:
            layer[box], moved = best, True
    return moved
