"""Households to linkers: everybody met, nobody over the limit, the least way to walk in all."""

from collections.abc import Callable, Sequence
from datetime import date
from random import Random
from typing import Any, NamedTuple

from . import Contest, Rival

_ON = date(2024, 7, 1)
_AREAS, _LINKERS, _ROOM = 10, 5, 22
Work = Callable[[Sequence[Any]], Any]


class Question(NamedTuple):
    """Households and linkers by area, each with a place on a square of a thousand metres."""

    households: list[tuple[str, str, int, int]]
    linkers: list[tuple[str, str, int, int]]

    def metres(self, household: tuple[str, str, int, int], linker: tuple[str, str, int, int]) -> int:
        """Return the way along streets."""
        return abs(household[2] - linker[2]) + abs(household[3] - linker[3])


def question(size: int) -> Question:
    """Return so many households in ten areas, with room for a tenth more of them."""
    chance = Random(23)
    households = [
        (f"H-{number:05d}", f"A-{number % _AREAS}", chance.randrange(1000), chance.randrange(1000))
        for number in range(size)
    ]
    count = _LINKERS * _AREAS * size // 1_000
    linkers = [
        (f"L-{number:04d}", f"A-{number % _AREAS}", chance.randrange(1000), chance.randrange(1000))
        for number in range(count)
    ]
    return Question(households, linkers)


def _areas(task: Question) -> list[tuple[list[Any], list[Any]]]:
    """Return the households and linkers of each area."""
    return [
        (
            [one for one in task.households if one[1] == f"A-{area}"],
            [one for one in task.linkers if one[1] == f"A-{area}"],
        )
        for area in range(_AREAS)
    ]


def _scipy(task: Question) -> Work:
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    def solve(households: list[Any], linkers: list[Any]) -> tuple[int, int]:
        costs = np.array([[task.metres(home, linker) for linker in linkers] for home in households])
        rows, columns = linear_sum_assignment(np.repeat(costs, _ROOM, axis=1))
        return len(rows), int(np.repeat(costs, _ROOM, axis=1)[rows, columns].sum())

    return lambda pieces: [solve(*area) for _ in pieces for area in _areas(task)]


def _ortools(task: Question) -> Work:
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    def solve(households: list[Any], linkers: list[Any]) -> tuple[int, int]:
        flow, end = SimpleMinCostFlow(), len(households) + len(linkers)
        for home, household in enumerate(households):
            flow.set_node_supply(home, 1)
            for at, linker in enumerate(linkers, len(households)):
                flow.add_arc_with_capacity_and_unit_cost(home, at, 1, task.metres(household, linker))
        for at in range(len(households), end):
            flow.add_arc_with_capacity_and_unit_cost(at, end, _ROOM, 0)
        flow.set_node_supply(end, -len(households))
        flow.solve()
        return len(households), flow.optimal_cost()

    return lambda pieces: [solve(*area) for _ in pieces for area in _areas(task)]


def _networkx(task: Question) -> Work:
    import networkx as nx

    def solve(households: list[Any], linkers: list[Any]) -> tuple[int, int]:
        graph = nx.DiGraph()
        graph.add_node("end", demand=len(households))
        for home in households:
            graph.add_node(home[0], demand=-1)
            for linker in linkers:
                graph.add_edge(home[0], linker[0], capacity=1, weight=task.metres(home, linker))
        for linker in linkers:
            graph.add_edge(linker[0], "end", capacity=_ROOM, weight=0)
        cost, _ = nx.network_simplex(graph)
        return len(households), cost

    return lambda pieces: [solve(*area) for _ in pieces for area in _areas(task)]


def _ours(solver: str) -> Callable[[Question], Work]:
    def make(task: Question) -> Work:
        from serviceorg.matching.assign import assign
        from serviceorg.matching.records import Need, Offer
        from serviceorg.matching.rules import Condition, MatchRules, Rank

        rules = MatchRules(
            id="bench/households",
            conditions=(Condition(id="area", what="area", reach="same"),),
            ranks=(Rank(by="met"), Rank(by="distance")),
        )
        needs = [Need(id=one[0], area=one[1]) for one in task.households]
        offers = [Offer(id=one[0], area=one[1], capacity=_ROOM) for one in task.linkers]
        homes = {one[0]: one for one in task.households}
        linkers = {one[0]: one for one in task.linkers}

        def distance(need: Need, offer: Offer) -> int:
            return task.metres(homes[need.id], linkers[offer.id])

        return lambda pieces: [
            assign(needs, offers, rules, on=_ON, distance=distance, solver=solver) for _ in pieces
        ]

    return make


def _sums(found: list[tuple[int, int]]) -> list[int]:
    return [sum(met for met, _ in found), sum(metres for _, metres in found)]


def _told(found: list[Any]) -> list[int]:
    aims = dict(found[0].aims)
    return [aims["met"], aims["distance"]]


def _met(found: list[Any]) -> list[int]:
    return _told(found)[:1]


CONTEST = Contest(
    title="{size:,} households to linkers in 10 areas, by distance",
    unit="ms a question",
    scale=1e3,
    size=1_000,
    quick=200,
    task=question,
    pieces=lambda task, _turn: [task],
    turns=5,
    rivals=(
        Rival("by-hand", "by hand, scipy `linear_sum_assignment`", _scipy, _sums, needs="scipy"),
        Rival("ours", "serviceorg, optimal", _ours("optimal"), _told, needs="scipy"),
        Rival(
            "ours-greedy", "serviceorg, greedy (not the least way)", _ours("greedy"), _met, needs="serviceorg"
        ),
        Rival("ortools", "OR-Tools, `SimpleMinCostFlow`", _ortools, _sums, needs="ortools"),
        Rival("networkx", "networkx, `network_simplex`", _networkx, _sums, needs="networkx"),
    ),
)
