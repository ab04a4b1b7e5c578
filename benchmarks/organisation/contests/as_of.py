"""The whole tree of a hundred thousand units as it was on some day, each day another one."""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from ..land import Land, day_of, land, parents_on
from . import Contest, Rival

_DAYS = 2
Pieces = Sequence[date]
Work = Callable[[Pieces], list[Any]]


def days(_task: Land, turn: int) -> list[date]:
    """Return days nobody asked for before; between any two of them something moved."""
    return [day_of(turn, step) for step in range(_DAYS)]


def _by_hand(task: Land) -> Work:
    rows = task.rows

    def tree(on: date) -> tuple[dict[str, str], dict[str, tuple[int, int]]]:
        parents = parents_on(rows, on)
        below: dict[str, list[str]] = {}
        for unit, parent in parents.items():
            below.setdefault(parent, []).append(unit)
        order, todo = [], list(below[""])
        while todo:
            unit = todo.pop()
            order.append(unit)
            todo += below.get(unit, ())
        sizes = dict.fromkeys(order, 1)
        for unit in reversed(order):
            if parents[unit]:
                sizes[parents[unit]] += sizes[unit]
        return parents, {unit: (at, at + sizes[unit]) for at, unit in enumerate(order)}

    return lambda pieces: [tree(on) for on in pieces]


def _ours(task: Land) -> Work:
    from serviceorg.model import Placement, Snapshot, Unit

    snapshot = Snapshot.of(
        units=[Unit(id=unit) for unit in task.units],
        placements=[
            Placement(tree="t", unit=unit, parent=parent, since=since, until=until)
            for unit, parent, since, until in task.rows
        ],
    )
    snapshot.tree("t", on=day_of(0))
    return lambda pieces: [snapshot.tree("t", on=on) for on in pieces]


def _networkx(task: Land) -> Work:
    import networkx as nx

    def tree(on: date) -> Any:
        graph = nx.DiGraph()
        graph.add_edges_from((above, unit) for unit, above in parents_on(task.rows, on).items() if above)
        return graph

    return lambda pieces: [tree(on) for on in pieces]


def _anytree(task: Land) -> Work:
    import anytree

    def tree(on: date) -> dict[str, Any]:
        parents = parents_on(task.rows, on)
        nodes = {unit: anytree.Node(unit) for unit in parents}
        for unit, above in parents.items():
            if above:
                nodes[unit].parent = nodes[above]
        return nodes

    return lambda pieces: [tree(on) for on in pieces]


_AS_OF = "SELECT unit, parent FROM lies WHERE since <= ?1 AND until >= ?1"


def _sqlite(task: Land) -> Work:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE lies (unit TEXT, parent TEXT, since INTEGER, until INTEGER)")
    last = date.max.toordinal()
    base.executemany(
        "INSERT INTO lies VALUES (?, ?, ?, ?)",
        (
            (unit, parent, since.toordinal(), until.toordinal() if until else last)
            for unit, parent, since, until in task.rows
        ),
    )
    return lambda pieces: [dict(base.execute(_AS_OF, (on.toordinal(),))) for on in pieces]


CONTEST = Contest(
    title="the tree of {size:,} units as of another day",
    unit="ms a tree",
    scale=1e3,
    size=100_000,
    quick=10_000,
    task=land,
    pieces=days,
    turns=7,
    rivals=(
        Rival(
            "by-hand",
            "by hand, parents and numbers in order",
            _by_hand,
            lambda found: [one[0] for one in found],
        ),
        Rival(
            "ours",
            "serviceorg, `Snapshot.tree`",
            _ours,
            lambda found: [dict(one.parents) for one in found],
            needs="serviceorg",
        ),
        Rival("sqlite", "SQLite, parents alone", _sqlite),
        Rival(
            "networkx",
            "networkx, a graph a day",
            _networkx,
            lambda found: [{unit: next(iter(graph.pred[unit]), "") for unit in graph} for graph in found],
            needs="networkx",
            share=2,
        ),
        Rival(
            "anytree",
            "anytree, nodes a day",
            _anytree,
            lambda found: [
                {unit: node.parent.name if node.parent else "" for unit, node in nodes.items()}
                for nodes in found
            ],
            needs="anytree",
            share=2,
        ),
    ),
)
