"""The cheapest flow from types of needs to bundles of offers, by shortest ways, in whole numbers.

One type after another is let in. A way leads from the type to a bundle, from there, by taking the place of
another type, on to a second bundle, and so on to one that takes one more. As long as each way is the
shortest there is, what has been let in so far is joined at the least cost there can be; nothing is rounded.
"""

from collections.abc import Sequence
from typing import Any

#: Sums of costs below it are safe in 64 bits: two of the "never" below added to one still fit.
_SAFE = 1 << 58


def shortest_ways(
    sizes: Sequence[int],
    places: Sequence[int],
    unmet: Sequence[int | None],
    pairs: Sequence[dict[int, int]],
    loads: Sequence[Sequence[int]],
) -> list[list[tuple[int, int]]]:
    """Return for each bundle what flows to it: (type, how many), by type.

    Args:
        sizes: How many needs each type has.
        places: How many offers each bundle has.
        unmet: What a need of each type costs that stays unmet; None: it must be met.
        pairs: What a need of each type costs at each bundle it may go to.
        loads: What one more need costs an offer of each bundle, the first first; not falling.
    """
    return _Flow(sizes, places, unmet, pairs, loads).run()


class _Flow:
    def __init__(
        self,
        sizes: Sequence[int],
        places: Sequence[int],
        unmet: Sequence[int | None],
        pairs: Sequence[dict[int, int]],
        loads: Sequence[Sequence[int]],
    ) -> None:
        import numpy as np  # noqa: PLC0415  # an extra; whoever calls this has looked for it

        self.np, self.sizes, self.places, self.loads = np, sizes, places, loads
        # The last bundle stands for "unmet": it has room for everybody and loads cost nothing.
        self.nowhere = len(places)
        count = len(places) + 1
        costs = [abs(cost) for row in pairs for cost in row.values()]
        costs += [abs(cost) for row in loads for cost in row] + [cost for cost in unmet if cost is not None]
        # A way visits each bundle once at most, so this is more than any way can cost.
        bound = (2 * max(costs, default=0) + 1) * (2 * count + 2)
        wide = bound >= _SAFE
        kind: Any = object if wide else np.int64
        self.never: int = 4 * bound if wide else 1 << 61
        self.table = np.full((len(sizes), count), self.never, dtype=kind)
        for type_, row in enumerate(pairs):
            if row:
                self.table[type_, list(row)] = list(row.values())
            price = unmet[type_]
            if price is not None:
                self.table[type_, self.nowhere] = price
        self.flow = np.zeros((len(sizes), count), dtype=np.int64)
        self.pushed = [0] * count
        self.ends = np.full(count, self.never, dtype=kind)
        for bundle in range(count):
            self.ends[bundle] = self._next_price(bundle)
        #: What it costs to let the cheapest type of one bundle go on to another, and which type that is.
        self.onward = np.full((count, count), self.never, dtype=kind)
        self.movers = np.full((count, count), -1, dtype=np.int64)

    def _next_price(self, bundle: int) -> int:
        if bundle == self.nowhere:
            return 0
        level = self.pushed[bundle] // self.places[bundle]
        return self.loads[bundle][level] if level < len(self.loads[bundle]) else self.never

    def run(self) -> list[list[tuple[int, int]]]:
        """Return what flows to each bundle."""
        for type_, size in enumerate(self.sizes):
            left = size
            while left:
                left -= self._send(type_, left)
        return [
            [
                (int(type_), int(self.flow[type_, bundle]))
                for type_ in self.np.flatnonzero(self.flow[:, bundle])
            ]
            for bundle in range(self.nowhere)
        ]

    def _send(self, type_: int, most: int) -> int:
        """Send needs of a type along the shortest way there is now, and return how many."""
        np, table, onward = self.np, self.table, self.onward
        far = table[type_].copy()
        came = np.full(len(far), -1, dtype=np.int64)
        while True:
            ways = far[:, None] + onward
            via = ways.argmin(axis=0)
            shorter = ways[via, np.arange(len(far))]
            nearer = shorter < far
            if not nearer.any():
                break
            far = np.where(nearer, shorter, far)
            came = np.where(nearer, via, came)
        last = int((far + self.ends).argmin())
        way = self._way(type_, last, came)
        amount = self._amount(way, last, most)
        for mover, start, end in way:
            self._move(mover, start, end, amount)
        self.pushed[last] += amount
        self.ends[last] = self._next_price(last)
        return amount

    def _way(self, type_: int, last: int, came: Any) -> list[tuple[int, int, int]]:
        """Return the moves of a way: (type, from, to), from -1 for the type that is let in."""
        way = []
        at = last
        while came[at] >= 0:
            start = int(came[at])
            way.append((int(self.movers[start, at]), start, at))
            at = start
        way.append((type_, -1, at))
        return way

    def _amount(self, way: list[tuple[int, int, int]], last: int, most: int) -> int:
        amount = most
        for mover, start, _ in way:
            if start >= 0:
                amount = min(amount, int(self.flow[mover, start]))
        if last == self.nowhere:
            return amount
        # The price holds until every offer of the bundle has one more.
        return min(amount, self.places[last] - self.pushed[last] % self.places[last])

    def _move(self, mover: int, start: int, end: int, amount: int) -> None:
        np, table = self.np, self.table
        if start >= 0:
            self.flow[mover, start] -= amount
            if not self.flow[mover, start]:
                self._look_again(start)
        if not self.flow[mover, end]:
            onward = np.minimum(table[mover] - table[mover, end], self.never)
            cheaper = onward < self.onward[end]
            self.onward[end] = np.where(cheaper, onward, self.onward[end])
            self.movers[end] = np.where(cheaper, mover, self.movers[end])
        self.flow[mover, end] += amount

    def _look_again(self, bundle: int) -> None:
        """Work out anew who goes on from a bundle, after a type has left it."""
        np = self.np
        types = np.flatnonzero(self.flow[:, bundle])
        if not len(types):
            self.onward[bundle] = self.never
            return
        rows = np.minimum(self.table[types] - self.table[types, bundle][:, None], self.never)
        best = rows.argmin(axis=0)
        self.onward[bundle] = rows[best, np.arange(rows.shape[1])]
        self.movers[bundle] = types[best]
