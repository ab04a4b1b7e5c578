"""The aims of a matching as exact numbers: every one is a sum that is to be small.

A sum has up to three parts: what an unmet need costs, what a pair costs, what an offer's load costs.
"""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from .pool import Pool, metres
from .rules import Quota


class Aim(NamedTuple):
    """One column of costs; ``name`` is the rank, with the class after a colon for priority classes.

    Costs are whole numbers of one ``scale``-th.
    """

    name: str
    unmet: Callable[[int], int]
    pair: Callable[[int, int], int] | None = None
    load: Callable[[Quota, int], int] | None = None
    scale: int = 1


def _nothing(_: int) -> int:
    return 0


def aims_of(pool: Pool) -> tuple[Aim, ...]:
    """Return the aims in the order of the ranks; priority classes make one each."""
    return tuple(aim for rank in pool.ranks for aim in _aims(pool, rank))


def _aims(pool: Pool, rank: str) -> Iterator[Aim]:
    if rank == "met":
        yield Aim(rank, lambda need: 1)
    elif rank == "priority":
        for place, priority in enumerate(pool.priorities):
            yield Aim(f"priority:{priority.id}", _of_class(pool, place))
    elif rank == "first":
        yield Aim(rank, _nothing, _liking(pool))
    elif rank == "least":
        scale = _scale(quota.least for quota in pool.quotas)
        yield Aim(rank, _nothing, None, _shortfall(scale), scale)
    elif rank == "deviation":
        scale = _scale(quota.about or 0 for quota in pool.quotas)
        yield Aim(rank, _nothing, None, _difference(scale), scale)
    elif rank == "even":
        yield Aim(rank, _nothing, None, lambda quota, load: load * load)
    elif rank == "distance":
        yield Aim(rank, _nothing, _distance(pool))
    elif rank == "continuity":
        yield Aim(rank, lambda need: int(pool.previous[need] >= 0), _broken(pool))
    else:
        yield Aim("earliest", _waiting(pool))


def _scale(numbers: Iterable[int]) -> int:
    return lcm(*(number for number in numbers if number))


def _shortfall(scale: int) -> Callable[[Quota, int], int]:
    """Return what a load costs that is below the least: its square, divided by the least.

    Squared, what is missing is spread over all; divided, it is spread in proportion: half of thirty is
    missed as badly as half of ten.
    """
    return lambda quota, load: max(0, quota.least - load) ** 2 * (scale // (quota.least or 1))


def _difference(scale: int) -> Callable[[Quota, int], int]:
    """Return what a load costs that is off the number it should be about, as ``_shortfall`` does."""

    def cost(quota: Quota, load: int) -> int:
        return 0 if quota.about is None else (load - quota.about) ** 2 * (scale // (quota.about or 1))

    return cost


def _of_class(pool: Pool, place: int) -> Callable[[int], int]:
    return lambda need: int(pool.classes[need] == place)


def _liking(pool: Pool) -> Callable[[int, int], int]:
    """Return the place of a need's class in the list of what the offer's quota takes first."""
    ids = [priority.id for priority in pool.priorities]
    places = {
        quota.id: [
            quota.first.index(name) if name in quota.first else len(quota.first) for name in (*ids, "")
        ]
        for quota in (*pool.quotas, Quota(id=""))
    }
    return lambda need, offer: places[pool.quota[offer].id][pool.classes[need]]


def _distance(pool: Pool) -> Callable[[int, int], int]:
    question, needs, offers = pool.question, pool.needs, pool.offers
    if question.distance is not None:
        return lambda need, offer: metres(question, needs[need], offers[offer])
    known: dict[tuple[str, str], int] = {}

    def steps(need: int, offer: int) -> int:
        key = needs[need].area, offers[offer].area
        found = known.get(key)
        if found is None:
            found = known[key] = metres(question, needs[need], offers[offer])
        return found

    return steps


def _broken(pool: Pool) -> Callable[[int, int], int]:
    return lambda need, offer: int(pool.previous[need] not in (-1, offer))


def _waiting(pool: Pool) -> Callable[[int], int]:
    """Return the days a need has stood on the list, the first one included; 0 if nobody knows."""
    on = pool.question.on

    def days(need: int) -> int:
        since = pool.needs[need].since
        return 0 if since is None else max(0, (on - since).days + 1)

    return days


def values_of(pool: Pool, aims: tuple[Aim, ...]) -> tuple[tuple[str, int | Fraction], ...]:
    """Return what each aim comes to, exactly; "met" counts the needs that are met, all others are losses."""
    values: list[tuple[str, int | Fraction]] = []
    for aim in aims:
        total = 0
        if aim.pair is not None:
            pair = aim.pair
            total += sum(pair(need, offer) for need, offer in enumerate(pool.chosen) if offer >= 0)
        lost = sum(aim.unmet(need) for need, offer in enumerate(pool.chosen) if offer < 0)
        if aim.load is not None:
            cost = aim.load
            total += sum(cost(quota, load) for quota, load in zip(pool.quota, pool.load, strict=True))
        whole = len(pool.needs) - lost if aim.name == "met" else total + lost
        part = Fraction(whole, aim.scale)
        values.append((aim.name, whole // aim.scale if part.denominator == 1 else part))
    return tuple(values)
