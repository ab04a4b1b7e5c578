"""Who holds a role anywhere below a unit on a day? A list of people for every branch of the tree."""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from random import Random

from ..land import Land, day_of, land, parents_on
from . import Contest, Rival

_QUESTIONS = 60
_ON = day_of(20)
Pieces = Sequence[str]
Work = Callable[[Pieces], list[list[str]]]


def branches(task: Land, turn: int) -> list[str]:
    """Return units with some hundreds of others below them."""
    first = len(task.units) // 512
    return Random(turn).choices(task.units[max(1, first // 8) : first + 9], k=_QUESTIONS)


def _by_hand(task: Land) -> Work:
    below: dict[str, list[str]] = {}
    for unit, parent in parents_on(task.rows, _ON).items():
        below.setdefault(parent, []).append(unit)
    bonds: dict[str, list[tuple[str, date, date | None]]] = {}
    for person, unit, since, until in task.bonds:
        bonds.setdefault(unit, []).append((person, since, until))

    def people(branch: str) -> list[str]:
        found, todo = [], [branch]
        while todo:
            unit = todo.pop()
            for person, since, until in bonds.get(unit, ()):
                if since <= _ON and (until is None or until >= _ON):
                    found.append(person)
            todo += below.get(unit, ())
        return found

    return lambda pieces: [people(branch) for branch in pieces]


def _ours(task: Land) -> Work:
    from serviceorg.model import Membership, Placement, Snapshot, Unit

    snapshot = Snapshot.of(
        units=[Unit(id=unit) for unit in task.units],
        placements=[
            Placement(tree="t", unit=unit, parent=parent, since=since, until=until)
            for unit, parent, since, until in task.rows
        ],
        memberships=[
            Membership(person=person, unit=unit, role="head", since=since, until=until)
            for person, unit, since, until in task.bonds
        ],
    )
    tree, holders = snapshot.tree("t", on=_ON), snapshot.holders
    holders(task.units[0], "head", on=_ON)

    def people(branch: str) -> list[str]:
        return [bond.person for unit in tree.below(branch) for bond in holders(unit, "head", on=_ON)]

    return lambda pieces: [people(branch) for branch in pieces]


_BELOW = """
WITH RECURSIVE branch(unit) AS (
  SELECT :unit UNION ALL
  SELECT lies.unit FROM lies JOIN branch ON lies.parent = branch.unit
  WHERE lies.since <= :day AND lies.until >= :day
) SELECT person FROM branch JOIN bond USING (unit) WHERE bond.since <= :day AND bond.until >= :day
"""


def _sqlite(task: Land) -> Work:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE lies (unit TEXT, parent TEXT, since INTEGER, until INTEGER)")
    base.execute("CREATE TABLE bond (person TEXT, unit TEXT, since INTEGER, until INTEGER)")
    last = date.max.toordinal()
    for table, rows in (("lies", task.rows), ("bond", task.bonds)):
        base.executemany(
            f"INSERT INTO {table} VALUES (?, ?, ?, ?)",
            (
                (one, other, since.toordinal(), until.toordinal() if until else last)
                for one, other, since, until in rows
            ),
        )
    base.execute("CREATE INDEX under ON lies (parent)")
    base.execute("CREATE INDEX at ON bond (unit)")
    day = _ON.toordinal()
    return lambda pieces: [
        [person for (person,) in base.execute(_BELOW, {"unit": branch, "day": day})] for branch in pieces
    ]


def _sorted(found: list[list[str]]) -> list[list[str]]:
    return [sorted(people) for people in found]


CONTEST = Contest(
    title="everybody with a role below a unit on a day, some hundreds of units",
    unit="µs a branch",
    scale=1e6,
    size=100_000,
    quick=10_000,
    task=land,
    pieces=branches,
    rivals=(
        Rival("by-hand", "by hand, a walk down two dicts", _by_hand, _sorted),
        Rival("ours", "serviceorg, `below` and `holders`", _ours, _sorted, needs="serviceorg"),
        Rival("sqlite", "SQLite in memory, recursive query", _sqlite, _sorted),
    ),
)
