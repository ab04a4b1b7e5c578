"""The best assignment where hours or amounts make places unlike: a whole-number programme, rank after rank.

A choice of 0 or 1 for each pair that suits. What is used of an offer at any moment, and who is booked at
which hours, are bounds on sums of choices. Each rank is sought by itself, and its best value held while the
next is sought; values are whole numbers, so that the solver's last digits decide nothing.
"""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from ..errors import MatchingProblems, Problem
from .aims import Aim
from .diary import hours_of
from .moments import cliques
from .pool import Pool
from .windows import touches

#: Beyond so many pairs a programme is not solved in a time people wait for.
MOST_PAIRS = 20_000
#: Whole numbers up to here are exact in the solver's floating point.
_EXACT = 1 << 40


def solve_program(pool: Pool, aims: tuple[Aim, ...], needs: list[int], offers: list[int]) -> None:
    """Join the needs of one component the best way there is.

    Raises:
        MatchingProblems: For too many pairs, or values that the solver could not hold exactly.
        ModuleNotFoundError: If scipy is not installed.
    """
    program = _Program(pool, needs, offers)
    if not program.pairs:
        return
    for aim in aims:
        program.aim_at(aim)
    program.join()


class _Program:
    def __init__(self, pool: Pool, needs: list[int], offers: list[int]) -> None:
        self.pool, self.needs, self.offers = pool, needs, offers
        groups: dict[int, list[int]] = defaultdict(list)
        for offer in sorted(offers):
            groups[pool.group_of[offer]].append(offer)
        # Counted before they are written out: a city's worth of pairs would fill any memory.
        many = sum(len(groups[group]) for need in needs for group in pool.choices[need] if group in groups)
        if many > MOST_PAIRS:
            message = (
                f"{many} pairs with hours or amounts hang together; the optimal solver takes "
                f"{MOST_PAIRS} at most. Give areas that part them, or take the greedy solver"
            )
            raise MatchingProblems([Problem("too-big", f"need {pool.needs[needs[0]].id!r}", message)])
        self.pairs = [
            (need, offer) for need in needs for group in pool.choices[need] for offer in groups.get(group, ())
        ]
        # One more column for each step of load an offer can come to: they carry the costs of loads.
        self.of_offer: dict[int, list[int]] = defaultdict(list)
        self.of_need: dict[int, list[int]] = defaultdict(list)
        for column, (need, offer) in enumerate(self.pairs):
            self.of_offer[offer].append(column)
            self.of_need[need].append(column)
        self.steps = [
            (offer, step) for offer, columns in sorted(self.of_offer.items()) for step in range(len(columns))
        ]
        self.rows: list[tuple[dict[int, int], int, int]] = list(self._bounds()) if self.pairs else []
        self.answer: list[int] = []

    def _bounds(self) -> Iterator[tuple[dict[int, int], int, int]]:
        """Yield (coefficients, least, most): the hard bounds."""
        pool = self.pool
        for columns in self.of_need.values():
            yield dict.fromkeys(columns, 1), 0, 1
        first = len(self.pairs)
        of_steps: dict[int, list[int]] = defaultdict(list)
        for place, (offer, _) in enumerate(self.steps):
            of_steps[offer].append(first + place)
        for offer, columns in self.of_offer.items():
            most = pool.quota[offer].most
            if most is not None:
                yield dict.fromkeys(columns, 1), 0, max(0, most - pool.load[offer])
            yield {**dict.fromkeys(columns, 1), **dict.fromkeys(of_steps[offer], -1)}, 0, 0
            yield from self._capacity(offer, columns)
        if pool.question.rules.booked:
            yield from self._booked()

    def _capacity(self, offer: int, columns: list[int]) -> Iterator[tuple[dict[int, int], int, int]]:
        pool = self.pool
        capacity = pool.offers[offer].capacity
        if capacity is None:
            return
        kept = [need for need in sorted(pool.fixed) if pool.chosen[need] == offer]
        joined = [*kept, *(self.pairs[column][0] for column in columns)]
        scale = _common_scale([capacity, *(pool.needs[need].quantity for need in joined)])
        amounts = [_whole(pool.needs[need].quantity, scale) for need in joined]
        together = [tuple(range(len(joined)))]
        if pool.question.rules.capacity == "at-once":
            together = cliques([hours_of(pool.needs[need], pool.offers[offer]) for need in joined])
        for members in together:
            used = sum(amounts[place] for place in members if place < len(kept))
            row = {columns[place - len(kept)]: amounts[place] for place in members if place >= len(kept)}
            if row:
                yield row, 0, max(0, _whole(capacity, scale) - used)

    def _booked(self) -> Iterator[tuple[dict[int, int], int, int]]:
        """Yield that of two pairs of one person at one time one at most is chosen, none against the fixed."""
        pool = self.pool
        fixed = [(need, pool.chosen[need], -1) for need in sorted(pool.fixed)]
        free = [(need, offer, column) for column, (need, offer) in enumerate(self.pairs)]
        people: dict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
        for side in pool.question.rules.booked:
            for entry in (*fixed, *free):
                who = pool.offers[entry[1]].by if side == "offerer" else pool.needs[entry[0]].by
                if who:
                    people[side, who].append(entry)
        for (side, _), entries in people.items():
            for place, (need, offer, column) in enumerate(entries):
                for other, another, beside in entries[place + 1 :]:
                    if other == need or (side == "offerer" and another == offer) or beside < 0:
                        continue
                    hours = hours_of(pool.needs[need], pool.offers[offer])
                    if touches(hours, hours_of(pool.needs[other], pool.offers[another])):
                        yield ({beside: 1}, 0, 0) if column < 0 else ({column: 1, beside: 1}, 0, 1)

    def aim_at(self, aim: Aim) -> None:
        """Find the least an aim can come to, and hold it from now on."""
        pool, costs = self.pool, [0] * (len(self.pairs) + len(self.steps))
        for column, (need, offer) in enumerate(self.pairs):
            costs[column] = (aim.pair(need, offer) if aim.pair is not None else 0) - aim.unmet(need)
        if aim.load is not None:
            for place, (offer, step) in enumerate(self.steps, len(self.pairs)):
                quota, load = pool.quota[offer], pool.load[offer] + step
                costs[place] = aim.load(quota, load + 1) - aim.load(quota, load)
        if not any(costs):
            return
        if sum(map(abs, costs)) > _EXACT:
            message = f"the rank {aim.name!r} comes to more than {_EXACT}; give distances in larger units"
            raise MatchingProblems([Problem("too-big", "rank", message)])
        self.answer = self._solved(costs)
        best = sum(cost * chosen for cost, chosen in zip(costs, self.answer, strict=True))
        self.rows.append(({place: cost for place, cost in enumerate(costs) if cost}, best, best))

    def _solved(self, costs: list[int]) -> list[int]:
        try:
            import numpy as np  # noqa: PLC0415  # an extra: only who asks for the optimum needs it
            from scipy import optimize, sparse  # noqa: PLC0415
        except ModuleNotFoundError:
            message = 'the optimal solver needs numpy and scipy: pip install "serviceorg[solver]"'
            raise ModuleNotFoundError(message) from None
        cells = [
            (row, column, value)
            for row, (entries, _, _) in enumerate(self.rows)
            for column, value in entries.items()
        ]
        rows, columns, values = zip(*cells, strict=True)
        matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(self.rows), len(costs)), dtype=float)
        bounds = optimize.LinearConstraint(
            matrix,
            np.array([low for _, low, _ in self.rows], float),
            np.array([high for _, _, high in self.rows], float),
        )
        found: Any = optimize.milp(
            np.array(costs, float),
            integrality=np.ones(len(costs)),
            bounds=optimize.Bounds(0, 1),
            constraints=bounds,
            options={"mip_rel_gap": 0},
        )
        if found.x is None:
            raise MatchingProblems([Problem("solver", "optimal", f"the solver gave up: {found.message}")])
        answer = [round(value) for value in found.x]
        self._check(answer)
        return answer

    def _check(self, answer: list[int]) -> None:
        """Hold the rounded answer against every bound in whole numbers: no tolerance decides anything."""
        for entries, least, most in self.rows:
            if not least <= sum(value * answer[column] for column, value in entries.items()) <= most:
                raise MatchingProblems([Problem("solver", "optimal", "the solver's answer breaks a bound")])

    def join(self) -> None:
        """Put the chosen pairs into the pool."""
        for column, (need, offer) in enumerate(self.pairs):
            if self.answer and self.answer[column]:
                self.pool.put(need, offer)


def _common_scale(amounts: list[Any]) -> int:
    scale = 1
    for amount in amounts:
        scale = max(scale, Fraction(amount).denominator)
    return 10**4 if scale > 1 else 1  # quantities have at most four decimals


def _whole(amount: Any, scale: int) -> int:
    return int(Fraction(amount) * scale)
