"""Does one unit lie over another? A tree of a hundred thousand units, as it was on one day."""

import sqlite3
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from ..land import Land, day_of, land, parents_on
from . import Contest, Rival

_QUESTIONS = 20_000
_ON = day_of(20)
Pieces = Sequence[tuple[str, str]]
Work = Callable[[Pieces], list[bool]]


def questions(task: Land, turn: int) -> list[tuple[str, str]]:
    """Return pairs of units; half of them are a unit and one over it."""
    chance, parents = Random(turn), parents_on(task.rows, _ON)
    found = []
    for _ in range(_QUESTIONS):
        unit = above = chance.choice(task.units)
        if chance.randrange(2):
            for _ in range(chance.randrange(5)):
                above = parents[above] or above
        else:
            above = task.units[chance.randrange(1 + len(task.units) // 8)]
        found.append((above, unit))
    return found


def _by_hand(task: Land) -> Work:
    parents = parents_on(task.rows, _ON)

    def covers(above: str, unit: str) -> bool:
        while unit:
            if unit == above:
                return True
            unit = parents[unit]
        return False

    return lambda pieces: [covers(above, unit) for above, unit in pieces]


def _ours(task: Land) -> Work:
    from serviceorg.model import Units

    covers = Units(parents_on(task.rows, _ON)).covers
    return lambda pieces: [covers(above, unit) for above, unit in pieces]


def _networkx(task: Land) -> Work:
    import networkx as nx

    graph = nx.DiGraph((above, unit) for unit, above in parents_on(task.rows, _ON).items() if above)
    ancestors = nx.ancestors
    return lambda pieces: [above == unit or above in ancestors(graph, unit) for above, unit in pieces]


def _nodes(task: Land, node: Any) -> Work:
    """Return the work of a library of node objects with parents and ancestors."""
    parents = parents_on(task.rows, _ON)
    nodes: dict[str, Any] = {}
    todo = [unit for unit in task.units if not parents[unit]]
    below: dict[str, list[str]] = {}
    for unit, above in parents.items():
        below.setdefault(above, []).append(unit)
    while todo:
        unit = todo.pop()
        nodes[unit] = node(unit, parent=nodes.get(parents[unit]))
        todo += below.get(unit, ())

    def work(pieces: Pieces) -> list[bool]:
        return [
            above == unit or any(one is nodes[above] for one in nodes[unit].ancestors)
            for above, unit in pieces
        ]

    return work


def _anytree(task: Land) -> Work:
    import anytree

    return _nodes(task, anytree.Node)


def _bigtree(task: Land) -> Work:
    import bigtree

    return _nodes(task, bigtree.Node)


_CHAIN = """
WITH RECURSIVE chain(unit) AS (
  SELECT :unit UNION ALL SELECT lies.parent FROM lies JOIN chain USING (unit) WHERE lies.parent != ''
) SELECT EXISTS (SELECT 1 FROM chain WHERE unit = :above)
"""


def _sqlite(task: Land) -> Work:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE lies (unit TEXT PRIMARY KEY, parent TEXT) WITHOUT ROWID")
    base.executemany("INSERT INTO lies VALUES (?, ?)", parents_on(task.rows, _ON).items())

    def work(pieces: Pieces) -> list[bool]:
        ask = base.execute
        return [bool(ask(_CHAIN, {"unit": unit, "above": above}).fetchone()[0]) for above, unit in pieces]

    return work


CONTEST = Contest(
    title="does one unit lie over another? {size:,} units",
    unit="µs a question",
    scale=1e6,
    size=100_000,
    quick=10_000,
    task=land,
    pieces=questions,
    rivals=(
        Rival("by-hand", "by hand, a walk up a dict", _by_hand),
        Rival("ours", "serviceorg, `Units.covers`", _ours, needs="serviceorg"),
        Rival("networkx", "networkx, `ancestors`", _networkx, needs="networkx", share=10),
        Rival("anytree", "anytree, `ancestors`", _anytree, needs="anytree", share=10),
        Rival("bigtree", "bigtree, `ancestors`", _bigtree, needs="bigtree", share=10),
        Rival("sqlite", "SQLite in memory, recursive query", _sqlite, share=10),
    ),
)
