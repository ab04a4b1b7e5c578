"""The greedy solver: one need after another, the first classes and the earliest requests first.

Three laws hold of what it returns. Nothing could be added: an unmet need finds no place. No class is passed
over: an unmet need finds no place even where every need of a lower class gives way, those kept from last year
too (only ``fixed`` pairs never do), whether these hold an offer or the hours of one and the same person. And
it fills evenly: of offers that are equal in every rank, the one with the least goes first, then the one whose
id comes first. That needs of the same class or a higher one change places, so that one more is met, is what
"optimal" is for.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from heapq import heapify, heappop, heappush

from .aims import aims_of
from .diary import Booking, Diary, hours_of
from .pool import Pool
from .rules import Quota

#: What joining a need to an offer costs under one rank, at the load the offer has now.
Cost = Callable[[int, int, int], int]


def solve_greedily(pool: Pool) -> None:
    """Fill a pool's choices: first what quotas take first, then everybody, then exchanges between classes."""
    solver = _Plain(pool) if pool.is_plain else _Careful(pool)
    solver.keep_pairs()
    solver.serve_first()
    solver.serve_all()
    solver.make_way()


class _Solver:
    """The order of work; how a place is sought is another's matter."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.costs = tuple(_costs(pool))
        self.order = sorted(range(len(pool.needs)), key=self.turn_of)

    # Who stands on the list without a day was there before anybody else.
    def turn_of(self, need: int) -> tuple[int, date, int]:
        return self.pool.classes[need], self.pool.needs[need].since or date.min, need

    def place(self, need: int, quota: Quota | None = None) -> bool:
        """Join a need to the best offer with room; ``quota`` limits it to what that one still wants."""
        raise NotImplementedError

    def has_room(self, need: int, offer: int) -> bool:
        """Return whether an offer can take a need now."""
        raise NotImplementedError

    def join(self, need: int, offer: int) -> None:
        """Put a need to an offer."""
        self.pool.put(need, offer)

    def part(self, need: int) -> int:
        """Take a need from its offer, and return the offer."""
        return self.pool.take(need)

    def waiting(self) -> Iterator[int]:
        """Yield the needs nobody meets yet, in their order."""
        chosen = self.pool.chosen
        return (need for need in self.order if chosen[need] < 0)

    def keep_pairs(self) -> None:
        """Join who was joined before, where keeping pairs comes before quotas and distances."""
        ranks = self.pool.ranks
        before = ranks[: ranks.index("continuity")] if "continuity" in ranks else ()
        if "continuity" not in ranks or {"first", "least", "deviation", "even", "distance"} & set(before):
            return
        pool = self.pool
        for need in list(self.waiting()):
            offer = pool.previous[need]
            if offer >= 0 and pool.group_of[offer] in pool.choices[need] and self.has_room(need, offer):
                self.join(need, offer)

    def serve_first(self) -> None:
        """Fill the quotas that take certain classes first with these, up to their number."""
        by_class: dict[int, list[int]] = defaultdict(list)
        quotas = [quota for quota in self.pool.quotas if quota.first]
        if quotas:
            for need in self.waiting():
                by_class[self.pool.classes[need]].append(need)
        place_of = {priority.id: place for place, priority in enumerate(self.pool.priorities)}
        for quota in quotas:
            for name in quota.first:
                for need in by_class[place_of.get(name, -1)]:
                    if self.pool.chosen[need] < 0:
                        self.place(need, quota)

    def serve_all(self) -> None:
        """Join every need that is left, in its order."""
        for need in list(self.waiting()):
            self.place(need)

    def make_way(self) -> None:
        """Let unmet needs take the place of lower classes; who gives way seeks another place in turn."""
        pool = self.pool
        queue = [(pool.classes[need], place, need) for place, need in enumerate(self.waiting())]
        if not queue or not pool.priorities:
            return
        self.watch()
        heapify(queue)
        while queue:
            own, turn, need = heappop(queue)
            found = self.yielding(need, own)
            if found is None:
                continue
            offer, yielding = found
            for other in yielding:
                self.part(other)
            self.join(need, offer)
            for other in yielding:
                if not self.place(other):
                    heappush(queue, (pool.classes[other], turn, other))
        self.serve_all()  # who gave way may have left hours that suit somebody else

    def watch(self) -> None:
        """Note from now on who of which class holds what."""
        raise NotImplementedError

    def yielding(self, need: int, own: int) -> tuple[int, list[int]] | None:
        """Return an offer that has room for a need of class ``own``, once needs of lower classes give way.

        Nobody gives way without cause: as few of the higher of them as can be, then the last in order.
        """
        raise NotImplementedError


class _Plain(_Solver):
    """Every place is like the other: of each group of like offers only the least loaded is looked at.

    Where a function tells how far each offer is, all that have room are looked at.
    """

    def __init__(self, pool: Pool) -> None:
        super().__init__(pool)
        self.limits = [pool.limit(offer) for offer in range(len(pool.offers))]
        self.heaps = [[(pool.load[offer], offer) for offer in group.members] for group in pool.groups]
        for heap in self.heaps:
            heapify(heap)
        self.keeps = "continuity" in pool.ranks
        self.held: dict[int, dict[int, list[int]]] | None = None

    def has_room(self, need: int, offer: int) -> bool:
        return self.pool.load[offer] < self.limits[offer]

    def join(self, need: int, offer: int) -> None:
        pool = self.pool
        pool.put(need, offer)
        heappush(self.heaps[pool.group_of[offer]], (pool.load[offer], offer))
        if self.held is not None:
            self.held[pool.group_of[offer]][pool.classes[need]].append(need)

    def part(self, need: int) -> int:
        pool = self.pool
        offer = pool.take(need)
        heappush(self.heaps[pool.group_of[offer]], (pool.load[offer], offer))
        if self.held is not None:
            self.held[pool.group_of[offer]][pool.classes[need]].remove(need)
        return offer

    def watch(self) -> None:
        pool, held = self.pool, defaultdict[int, dict[int, list[int]]](lambda: defaultdict(list))
        for need in self.order:
            if pool.chosen[need] >= 0 and need not in pool.fixed:
                held[pool.group_of[pool.chosen[need]]][pool.classes[need]].append(need)
        self.held = held

    def yielding(self, need: int, own: int) -> tuple[int, list[int]] | None:
        """Return where the last need of the lowest class gives way; as places are alike, one is enough."""
        assert self.held is not None
        pool = self.pool
        for lower in range(len(pool.priorities), own, -1):
            for group in pool.choices[need]:
                for other in reversed(self.held[group][lower]):
                    offer = pool.chosen[other]
                    # An offer may hold more than its limit by what is fixed.
                    if pool.load[offer] <= self.limits[offer]:
                        return offer, [other]
        return None

    def place(self, need: int, quota: Quota | None = None) -> bool:
        pool, costs, load = self.pool, self.costs, self.pool.load
        best: tuple[tuple[int, ...], int, int] | None = None
        for offer in self._candidates(need):
            now = load[offer]
            if quota is None or (pool.quota[offer] is quota and now < quota.target):
                found = (tuple([cost(need, offer, now) for cost in costs]), now, offer)
                if best is None or found < best:
                    best = found
        if best is None:
            return False
        self.join(need, best[2])
        return True

    def _candidates(self, need: int) -> list[int]:
        """Return the offers with room of which one is the best for a need."""
        pool, load, limits = self.pool, self.pool.load, self.limits
        choices = pool.choices[need]
        if pool.question.distance is not None:
            members = (offer for group in choices for offer in pool.groups[group].members)
            return [offer for offer in members if load[offer] < limits[offer]]
        found = [offer for group in choices if (offer := self._least_loaded(group)) >= 0]
        previous = pool.previous[need] if self.keeps else -1
        if previous >= 0 and load[previous] < limits[previous] and pool.group_of[previous] in choices:
            found.append(previous)
        return found

    def _least_loaded(self, group: int) -> int:
        """Return the offer of a group with the least load, -1 if all are full."""
        heap, load, limits = self.heaps[group], self.pool.load, self.limits
        while heap:
            now, offer = heap[0]
            if now == load[offer] and now < limits[offer]:
                return offer
            heappop(heap)
        return -1


class _Careful(_Solver):
    """Hours or amounts make places unlike: every offer is looked at, and the diary asked for room."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(pool)
        self.diary = Diary(pool.question.rules)
        for need in sorted(pool.fixed):
            self.diary.book(self._booking(need, pool.chosen[need]))

    def _booking(self, need: int, offer: int) -> Booking:
        one, other = self.pool.needs[need], self.pool.offers[offer]
        return Booking(one.id, one, other, one.quantity, hours_of(one, other))

    def has_room(self, need: int, offer: int) -> bool:
        most = self.pool.quota[offer].most
        if most is not None and self.pool.load[offer] >= most:
            return False
        return self.diary.hindrance(self._booking(need, offer)) is None

    def join(self, need: int, offer: int) -> None:
        self.pool.put(need, offer)
        self.diary.book(self._booking(need, offer))

    def part(self, need: int) -> int:
        self.diary.cancel(self.pool.needs[need].id)
        return self.pool.take(need)

    def watch(self) -> None:
        """Note nothing: the diary knows who holds an offer, or a person's hours."""

    def yielding(self, need: int, own: int) -> tuple[int, list[int]] | None:
        pool, count = self.pool, len(self.pool.priorities) + 1
        # Who is lowest gives way first: how many of each class, the highest first.
        least = [0] * (count - 1) + [1]
        best: tuple[list[int], int, list[int]] | None = None
        for group in pool.choices[need]:
            for offer in pool.groups[group].members:
                given = self._given_for(need, offer, self._in_the_way(need, offer, own))
                if given is not None:
                    loss = [0] * count
                    for other in given:
                        loss[pool.classes[other]] += 1
                    if loss == least:
                        return offer, given
                    if best is None or loss < best[0]:
                        best = loss, offer, given
        return None if best is None else best[1:]

    def _in_the_way(self, need: int, offer: int, own: int) -> list[int]:
        """Return the needs of lower classes that could make room for one at an offer, in their order."""
        pool = self.pool
        beside = (pool.place_of[name] for name in self.diary.beside(self._booking(need, offer)))
        others = [other for other in beside if pool.classes[other] > own and other not in pool.fixed]
        return sorted(others, key=self.turn_of)

    def _given_for(self, need: int, offer: int, others: list[int]) -> list[int] | None:
        """Return who of ``others`` must give way so that an offer has room, None if that is not enough."""
        pool = self.pool
        if not others:
            return None
        places = [(other, self.part(other)) for other in others]
        given: list[int] = []
        fits = self.has_room(need, offer)
        for other, place in places:
            self.join(other, place)
            if fits and not self.has_room(need, offer):
                given.append(other)
                self.part(other)
        for other, place in places:
            if pool.chosen[other] < 0:
                self.join(other, place)
        return given if fits else None

    def place(self, need: int, quota: Quota | None = None) -> bool:
        pool, load = self.pool, self.pool.load
        found = []
        for group in pool.choices[need]:
            if quota is None or pool.groups[group].quota is quota:
                for offer in pool.groups[group].members:
                    now = load[offer]
                    if quota is None or now < quota.target:
                        found.append((tuple([cost(need, offer, now) for cost in self.costs]), now, offer))
        # The best that has room; sorting costs less than asking the diary of every offer.
        for _, _, offer in sorted(found):
            if self.has_room(need, offer):
                self.join(need, offer)
                return True
        return False


def _costs(pool: Pool) -> Iterator[Cost]:
    """Yield what a pair costs under each rank that tells offers apart, in the order of the ranks."""
    for aim in aims_of(pool):
        if aim.pair is not None:
            yield _of_pair(aim.pair)
        elif aim.load is not None:
            yield _of_load(pool, aim.load)


def _of_pair(pair: Callable[[int, int], int]) -> Cost:
    return lambda need, offer, now: pair(need, offer)


def _of_load(pool: Pool, cost: Callable[[Quota, int], int]) -> Cost:
    """Return by how much a load's cost grows with one more; worked out once for each quota and load."""
    known: dict[tuple[str, int], int] = {}
    quota_at = pool.quota

    def grown(need: int, offer: int, now: int) -> int:
        quota = quota_at[offer]
        key = quota.id, now
        found = known.get(key)
        if found is None:
            found = known[key] = cost(quota, now + 1) - cost(quota, now)
        return found

    return grown
