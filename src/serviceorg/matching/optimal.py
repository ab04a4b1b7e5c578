"""The optimal solver: the best assignment there is by the ranks in their order, exactly.

Where every place is like the other this is a flow from needs to offers with costs that grow with the load; it
is solved by shortest ways, one component of needs and offers after another. Ranks are put into one whole
number per pair, each rank weighing more than all later ones together can come to. Where hours or amounts
make places unlike, ``program`` solves it instead.
"""

from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from ..errors import MatchingProblems, Problem
from .aims import Aim, aims_of
from .flow import shortest_ways
from .greedy import solve_greedily
from .pool import Pool
from .program import solve_program

#: Beyond it a table of costs would not fit into the memory of an ordinary machine.
MOST_CELLS = 20_000_000


def solve_optimally(pool: Pool) -> None:
    """Fill a pool's choices with the best assignment.

    Raises:
        MatchingProblems: If needs and offers hang together in a component that is too big.
        ModuleNotFoundError: If the extra ``solver`` is not installed.
    """
    load_numpy()
    aims = aims_of(pool)
    components = _components(pool)
    if not pool.is_plain:
        for needs, groups in components:
            solve_program(pool, aims, needs, [m for g in groups for m in pool.groups[g].members])
        return
    everybody = _greedy_meets(pool) if _met_comes_first(pool) else frozenset()
    for needs, groups in components:
        _Component(pool, aims, needs, groups, is_met=everybody.issuperset(needs)).solve()


def load_numpy() -> Any:
    """Return numpy, or say which extra brings it.

    Raises:
        ModuleNotFoundError: If it is not installed.
    """
    try:
        import numpy as np  # noqa: PLC0415  # an extra: only who asks for the optimum needs it
    except ModuleNotFoundError:
        message = (
            'the optimal solver needs numpy and scipy: pip install "serviceorg[solver]", or take "greedy"'
        )
        raise ModuleNotFoundError(message) from None
    return np


def _met_comes_first(pool: Pool) -> bool:
    """Return whether nothing that could be had by leaving needs unmet comes before meeting them."""
    ranks = pool.ranks
    return set(ranks[: ranks.index("met")]) <= {"priority", "earliest"}


def _greedy_meets(pool: Pool) -> frozenset[int]:
    """Return the needs the greedy solver meets: where it meets all, what is unmet need not be weighed."""
    trial = Pool(pool.question)
    solve_greedily(trial)
    return frozenset(need for need, offer in enumerate(trial.chosen) if offer >= 0)


def _components(pool: Pool) -> list[tuple[list[int], list[int]]]:
    """Return (needs, groups) that hang together, what is fixed and what has no choice left out.

    One person's bookings bind all offers of that person, so these hang together too.
    """
    above = list(range(len(pool.groups)))

    def top(group: int) -> int:
        while above[group] != group:
            above[group] = above[above[group]]
            group = above[group]
        return group

    for choices in {id(choices): choices for choices in pool.choices}.values():
        for group in choices[1:]:
            low, high = sorted((top(choices[0]), top(group)))
            above[high] = low
    if pool.question.rules.booked:
        # Whoever is booked on either side may be met in every component: all of it is one question.
        above = [0] * len(above)
    needs: dict[int, list[int]] = defaultdict(list)
    for need, choices in enumerate(pool.choices):
        if choices and pool.chosen[need] < 0:
            needs[top(choices[0])].append(need)
    groups: dict[int, list[int]] = defaultdict(list)
    for group in range(len(above)):
        if top(group) in needs:
            groups[top(group)].append(group)
    return [(needs[number], groups[number]) for number in sorted(needs)]


class _Component:
    """Needs and offers that hang together: alike needs become a type, alike offers a bundle."""

    def __init__(
        self, pool: Pool, aims: tuple[Aim, ...], needs: list[int], groups: list[int], *, is_met: bool
    ) -> None:
        self.pool, self.needs, self.is_met = pool, needs, is_met
        self.aims = [aim for aim in aims if aim.pair or aim.load] if is_met else list(aims)
        self.keeps = "continuity" in pool.ranks
        self.bundles, bundle_group = self._bundled(groups)
        of_group: dict[int, list[int]] = defaultdict(list)
        for number, group in enumerate(bundle_group):
            of_group[group].append(number)
        self.types = self._typed()
        if len(self.types) * (len(self.bundles) + 1) > MOST_CELLS:
            message = (
                f"{len(needs)} needs and {sum(map(len, self.bundles))} offers hang together, which is too "
                "much for the optimal solver; give areas that part them, or take the greedy solver"
            )
            raise MatchingProblems([Problem("too-big", f"need {pool.needs[needs[0]].id!r}", message)])
        self.allowed = [
            [bundle for group in pool.choices[members[0]] for bundle in of_group[group]]
            for members in self.types
        ]

    def _bundled(self, groups: list[int]) -> tuple[list[list[int]], list[int]]:
        pool = self.pool
        singular = {pool.previous[need] for need in self.needs} if self.keeps else set()
        bundles: dict[object, list[int]] = {}
        of: list[int] = []
        for group in groups:
            for offer in pool.groups[group].members:
                lonely = offer if offer in singular or pool.question.distance is not None else -1
                key = group, pool.load[offer], pool.limit(offer), lonely
                if key not in bundles:
                    bundles[key] = []
                    of.append(group)
                bundles[key].append(offer)
        return list(bundles.values()), of

    def _typed(self) -> list[list[int]]:
        pool, types = self.pool, defaultdict(list)
        alone = pool.question.distance is not None
        waits = next((aim.unmet for aim in self.aims if aim.name == "earliest"), None)
        for need in self.needs:
            key = (
                need if alone else -1,
                pool.choices[need],
                pool.classes[need],
                pool.needs[need].area,
                pool.previous[need] if self.keeps else -1,
                waits(need) if waits is not None else 0,
            )
            types[key].append(need)
        return list(types.values())

    def solve(self) -> None:
        """Join the needs of the component."""
        unmet, pairs, loads = self._costs()
        flow = shortest_ways(
            [len(members) for members in self.types],
            [len(bundle) for bundle in self.bundles],
            unmet,
            pairs,
            loads,
        )
        queues = [iter(members) for members in self.types]
        for number, bundle in enumerate(self.bundles):
            joined = sorted(next(queues[type_]) for type_, many in flow[number] for _ in range(many))
            size, extra = divmod(len(joined), len(bundle))
            at = 0
            for place, offer in enumerate(bundle):
                end = at + size + (place < extra)
                for need in joined[at:end]:
                    self.pool.put(need, offer)
                at = end

    def _costs(self) -> tuple[list[int | None], list[dict[int, int]], list[list[int]]]:
        """Return whole-number costs: of each type unmet (None: not allowed), of pairs, of one more."""
        unmet = [0] * len(self.types)
        pairs: list[dict[int, int]] = [dict.fromkeys(allowed, 0) for allowed in self.allowed]
        loads = [[0] * self._steps(bundle[0]) for bundle in self.bundles]
        weight = 1
        for aim in reversed(self.aims):
            lost = [aim.unmet(members[0]) for members in self.types]
            cells = self._pair_costs(aim.pair)
            steps = self._load_costs(aim)
            span = max(lost, default=0) + max((max(row.values(), default=0) for row in cells), default=0)
            span = span * len(self.needs) + self._span_of_loads(steps)
            for type_, cost in enumerate(lost):
                unmet[type_] += weight * cost
                for bundle, far in cells[type_].items():
                    pairs[type_][bundle] += weight * far
            for bundle, row in enumerate(steps):
                for step, cost in enumerate(row):
                    loads[bundle][step] += weight * cost
            weight *= span + 1
        return [None if self.is_met else cost for cost in unmet], pairs, loads

    def _steps(self, offer: int) -> int:
        return max(0, min(self.pool.limit(offer) - self.pool.load[offer], len(self.needs)))

    def _pair_costs(self, pair: Callable[[int, int], int] | None) -> list[dict[int, int]]:
        if pair is None:
            return [{} for _ in self.types]
        bundles = self.bundles
        return [
            {bundle: pair(members[0], bundles[bundle][0]) for bundle in allowed}
            for members, allowed in zip(self.types, self.allowed, strict=True)
        ]

    def _load_costs(self, aim: Aim) -> list[list[int]]:
        """Return for each bundle by how much the cost of one offer grows with each further need."""
        if aim.load is None:
            return [[] for _ in self.bundles]
        rows = []
        for bundle in self.bundles:
            quota, load = self.pool.quota[bundle[0]], self.pool.load[bundle[0]]
            costs = [aim.load(quota, load + step) for step in range(self._steps(bundle[0]) + 1)]
            rows.append([after - now for now, after in pairwise(costs)])
        return rows

    def _span_of_loads(self, steps: list[list[int]]) -> int:
        """Return the most by which two assignments differ: each need adds one step, at most the dearest."""
        dear = max((row[-1] for row in steps if row), default=0)
        cheap = min((row[0] for row in steps if row), default=0)
        return len(self.needs) * (max(dear, 0) - min(cheap, 0))
