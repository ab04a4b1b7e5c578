"""What grows: files, trees, bonds, journals, homes."""

from collections.abc import Callable
from decimal import Decimal

from serviceorg.coverage.distance import Walking
from serviceorg.coverage.reaching import reach
from serviceorg.ledger.journal import Journal
from serviceorg.ledger.posting import post
from serviceorg.loading.snapshots.files import read_snapshot
from serviceorg.model import Membership, Placement, Snapshot, Unit

from .bonds import folders
from .contests.journal import drafts, rules, wishes
from .contests.reach import town
from .growth import Growth
from .land import day_of, land


def _reading(size: int) -> Callable[[], object]:
    path = folders(size).bare
    return lambda: read_snapshot(path, check=False)


def _reading_whole(size: int) -> Callable[[], object]:
    path = folders(size).whole
    return lambda: read_snapshot(path)


def _journal(size: int) -> Callable[[], object]:
    asked, points = wishes(size), rules()

    def work() -> Journal:
        journal = Journal()
        for draft in drafts(asked):
            journal = post(journal, points, draft)
        return journal

    return work


def _reach(search: str) -> Callable[[int], Callable[[], object]]:
    def make(size: int) -> Callable[[], object]:
        task, walking = town(size), Walking(metres_per_minute=Decimal(60))
        return lambda: reach(task.points, task.homes, minutes=15, travel=walking, search=search)  # type: ignore[arg-type]

    return make


def _tree(size: int) -> Callable[[], object]:
    task = land(size)
    snapshot = Snapshot.of(
        units=[Unit(id=unit) for unit in task.units],
        placements=[
            Placement(tree="t", unit=unit, parent=parent, since=since, until=until)
            for unit, parent, since, until in task.rows
        ],
    )
    snapshot.tree("t", on=day_of(0))
    return lambda: snapshot.tree("t", on=day_of(90))


def _index(size: int) -> Callable[[], object]:
    units = [Unit(id=f"U-{number}") for number in range(size // 10)]
    bonds = [
        Membership(person=f"P-{number}", unit=f"U-{number % len(units)}", role="member", affiliation="home")
        for number in range(size)
    ]

    def work() -> object:
        snapshot = Snapshot.of(units=units, memberships=bonds)
        return snapshot, snapshot.holders("U-1", "member", on=day_of(0))

    return work


GROWTHS = {
    "reading": Growth("bonds from CSV, form checked", _reading),
    "reading-whole": Growth("the same with people and units, held together", _reading_whole),
    "index": Growth("bonds taken in and found", _index),
    "tree": Growth("a tree as of another day", _tree),
    "journal": Growth("entries of a journal", _journal),
    "reach": Growth("homes near 57 points, plain Python", _reach("plain")),
    "reach-scipy": Growth("homes near 57 points, with scipy", _reach("scipy")),
}
