"""The cheapest flow from types of needs to bundles of offers, by shortest ways, in whole numbers.

One type after another is let in. A way leads from the type to a bundle, from there, by taking the place of
another type, on to a second bundle, and so on to one that takes one more. As long as each way is the
shortest there is, what has been let in so far is joined at the least cost there can be; nothing is rounded.

Each bundle keeps a level: what a way to it cost when it was last worked out, beside what a way to the end
cost. Measured against levels no step costs less than nothing, so the nearest bundle is looked at first, and
the search ends with the first end that no other can be nearer than: most ways never leave their own area.
"""

from collections.abc import Callable, Sequence
from typing import Any

#: Sums of costs below it are safe in 64 bits: two of the "never" below added to one still fit.
_SAFE = 1 << 58


def shortest_ways(
    sizes: Sequence[int],
    places: Sequence[int],
    table: Any,
    price: Callable[[int, int], int | None],
    dearest: int,
) -> list[list[tuple[int, int]]]:
    """Return for each bundle what flows to it: (type, how many), by type.

    Args:
        sizes: How many needs each type has.
        places: How many offers each bundle has.
        table: A row for each type, of whole numbers: what a need costs at each bundle, and in the last
            column if it stays unmet; negative: it may not go there.
        price: What an offer of a bundle costs more for its next need after so many, not falling; None: it
            takes no more.
        dearest: The most a cell of the table or a price can come to, without its sign.
    """
    return _Flow(sizes, places, table, price, dearest).run()


class _Flow:
    def __init__(
        self,
        sizes: Sequence[int],
        places: Sequence[int],
        table: Any,
        price: Callable[[int, int], int | None],
        dearest: int,
    ) -> None:
        import numpy as np  # noqa: PLC0415  # an extra; whoever calls this has looked for it

        self.np, self.sizes, self.places, self.price = np, sizes, places, price
        # The last bundle stands for "unmet": it has room for everybody and loads cost nothing.
        self.nowhere = len(places)
        count = len(places) + 1
        # A way visits each bundle once at most, so this is more than any way or level can cost.
        bound = (2 * dearest + 1) * (2 * count + 2)
        wide = bound >= _SAFE
        kind: Any = object if wide else np.int64
        self.never: int = 4 * bound if wide else 1 << 61
        self.table = table.astype(kind)
        self.table[table < 0] = self.never
        self.flow = np.zeros((len(sizes), count), dtype=np.int64)
        self.pushed = [0] * count
        self.ends = np.full(count, self.never, dtype=kind)
        for bundle in range(count):
            self.ends[bundle] = self._next_price(bundle)
        self.levels = np.where(self.ends < self.never, -self.ends, 0)
        #: What it costs to let the cheapest type of one bundle go on to another, and which type that is.
        self.onward = np.full((count, count), self.never, dtype=kind)
        self.movers = np.full((count, count), -1, dtype=np.int64)

    def _next_price(self, bundle: int) -> int:
        if bundle == self.nowhere:
            return 0
        price = self.price(bundle, self.pushed[bundle] // self.places[bundle])
        return self.never if price is None else price

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
        last, came = self._nearest_end(type_)
        way = self._way(type_, last, came)
        amount = self._amount(way, last, most)
        for mover, start, end in way:
            self._move(mover, start, end, amount)
        self.pushed[last] += amount
        self.ends[last] = self._next_price(last)
        return amount

    def _nearest_end(self, type_: int) -> tuple[int, Any]:
        """Return the bundle the shortest way ends at, and for each bundle the one before it on the way."""
        np, levels, never = self.np, self.levels, self.never
        far = self.table[type_] - levels
        came = np.full(len(far), -1, dtype=np.int64)
        ends = np.minimum(self.ends + levels, never)
        waiting, seen = far.copy(), []
        ways = far + ends
        last = int(ways.argmin())
        best = ways[last]
        while True:
            at = int(waiting.argmin())
            here = waiting[at]
            if here >= best:
                break
            waiting[at] = never
            seen.append(at)
            further = np.minimum(self.onward[at] + (here + levels[at] - levels), never)
            nearer = further < far
            if not nearer.any():
                continue
            for array, value in ((far, further), (waiting, further), (came, at)):
                np.copyto(array, value, where=nearer)
            ways = further + ends
            nearest = int(ways.argmin())
            if ways[nearest] < best:
                last, best = nearest, ways[nearest]
        if seen:
            levels[seen] += far[seen] - best
        return last, came

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
            np.copyto(self.onward[end], onward, where=cheaper)
            np.copyto(self.movers[end], mover, where=cheaper)
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
