"""The optimal solver: the best assignment there is by the ranks in their order, exactly.

Where every place is like the other this is a flow from needs to offers with costs that grow with the load; it
is solved by shortest ways, one component of needs and offers after another. Ranks are put into one whole
number per pair, each rank weighing more than all later ones together can come to in any exchange of places.
Where hours or amounts make places unlike, ``program`` solves it instead.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple

from ..errors import MatchingProblems, Problem
from .aims import Aim, aims_of
from .flow import shortest_ways
from .greedy import solve_greedily
from .pool import Pool
from .program import solve_program

#: Beyond so many types times bundles, or bundles squared, it takes more than a minute and a gigabyte or two.
MOST_CELLS = 4_000_000


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
    if pool.question.distance is not None:
        # Each need and each offer stands for itself: told before any distance is asked for.
        for needs, groups in components:
            members = sum(len(pool.groups[group].members) for group in groups)
            _refuse_if_too_big(pool, needs, members, len(needs), members)
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


def _refuse_if_too_big(pool: Pool, needs: list[int], offers: int, types: int, bundles: int) -> None:
    """Raise MatchingProblems where so many types and bundles would take too much to solve."""
    if max(types, bundles + 1) * (bundles + 1) > MOST_CELLS:
        message = (
            f"{len(needs)} needs and {offers} offers hang together, in {types} types and {bundles} bundles "
            "of like ones, which is too much for the optimal solver (types times bundles, and bundles "
            f"squared, up to {MOST_CELLS}); give areas that part them, or take the greedy solver"
        )
        raise MatchingProblems([Problem("too-big", f"need {pool.needs[needs[0]].id!r}", message)])


class _Costs(NamedTuple):
    """What an aim costs in a component: each type unmet, each type at each bundle it may go to; its span."""

    aim: Aim
    unmet: list[int]
    pairs: list[Any]
    span: int


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
        offers = sum(map(len, self.bundles))
        _refuse_if_too_big(pool, needs, offers, len(self.types), len(self.bundles))
        self.allowed = [
            [bundle for group in pool.choices[members[0]] for bundle in of_group[group]]
            for members in self.types
        ]
        self.steps = self._steps()

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

    def _steps(self) -> list[int]:
        """Return for each bundle how many more one of its offers could come to carry."""
        reaching = [0] * len(self.bundles)
        for members, allowed in zip(self.types, self.allowed, strict=True):
            for bundle in allowed:
                reaching[bundle] += len(members)
        pool = self.pool
        return [
            max(0, min(pool.limit(bundle[0]) - pool.load[bundle[0]], many))
            for bundle, many in zip(self.bundles, reaching, strict=True)
        ]

    def solve(self) -> None:
        """Join the needs of the component."""
        weighed = self._weighed([self._costs(aim) for aim in self.aims])
        table, dearest = self._table(weighed)
        price, dear = self._prices([(weight, costs.aim) for weight, costs in weighed])
        flow = shortest_ways(
            [len(members) for members in self.types],
            [len(bundle) for bundle in self.bundles],
            table,
            price,
            max(dearest, dear),
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

    def _costs(self, aim: Aim) -> _Costs:
        """Return what an aim costs, and the most that any exchange of places can change of it.

        An exchange goes round each bundle once at most: at each one need leaves and another comes, and one
        bundle may carry one more and another one less. What no such exchange makes better is the best.
        """
        np, pair = load_numpy(), aim.pair
        unmet = [aim.unmet(members[0]) for members in self.types]
        rows: list[Any] = []
        if pair is not None:
            heads = [bundle[0] for bundle in self.bundles]
            for members, allowed in zip(self.types, self.allowed, strict=True):
                need = members[0]
                costs = (pair(need, heads[bundle]) for bundle in allowed)
                rows.append(np.fromiter(costs, np.int64, len(allowed)))
        top = max(max(unmet, default=0), max((int(row.max()) for row in rows if len(row)), default=0))
        cheap, dear = self._bounds(aim)
        span = 2 * (len(self.bundles) + 2) * top + 2 * (dear - cheap)
        return _Costs(aim, unmet, rows, span)

    def _bounds(self, aim: Aim) -> tuple[int, int]:
        """Return the least and the most that one need more can cost an offer."""
        if aim.load is None:
            return 0, 0
        found = {0}
        for bundle, steps in zip(self.bundles, self.steps, strict=True):
            if steps:
                quota, load = self.pool.quota[bundle[0]], self.pool.load[bundle[0]]
                for now in (load, load + steps - 1):
                    found.add(aim.load(quota, now + 1) - aim.load(quota, now))
        return min(found), max(found)

    def _weighed(self, costs: list[_Costs]) -> list[tuple[int, _Costs]]:
        """Return the weight of each aim: more than all later ones can come to together."""
        weighed, weight = [], 1
        for one in reversed(costs):
            weighed.append((weight, one))
            weight *= one.span + 1
        return weighed

    def _table(self, weighed: list[tuple[int, _Costs]]) -> tuple[Any, int]:
        """Return what each type costs at each bundle and unmet (negative: not allowed), and the most."""
        np = load_numpy()
        dearest = sum(weight * one.span for weight, one in weighed)
        kind: Any = np.int64 if dearest < 1 << 62 else object
        table = np.full((len(self.types), len(self.bundles) + 1), -1, dtype=kind)
        for type_, allowed in enumerate(self.allowed):
            row = np.zeros(len(allowed), dtype=kind)
            lost = 0
            for weight, one in weighed:
                lost += weight * one.unmet[type_]
                if one.pairs:
                    row += one.pairs[type_].astype(kind) * weight
            table[type_, allowed] = row
            if not self.is_met:
                table[type_, -1] = lost
        return table, max(0, int(table.max()))

    def _prices(self, weighed: list[tuple[int, Aim]]) -> tuple[Callable[[int, int], int | None], int]:
        """Return what one need more costs an offer of a bundle that has taken so many, and the most of it."""
        pool, known = self.pool, dict[tuple[str, int], int]()
        loads = [(weight, aim.load) for weight, aim in weighed if aim.load is not None]

        def price(bundle: int, taken: int) -> int | None:
            if taken >= self.steps[bundle]:
                return None
            offer = self.bundles[bundle][0]
            quota, now = pool.quota[offer], pool.load[offer] + taken
            key = quota.id, now
            found = known.get(key)
            if found is None:
                found = sum(weight * (load(quota, now + 1) - load(quota, now)) for weight, load in loads)
                known[key] = found
            return found

        bounds = [self._bounds(aim) for _, aim in weighed]
        dear = sum(
            weight * max(abs(least), most) for (weight, _), (least, most) in zip(weighed, bounds, strict=True)
        )
        return price, dear
