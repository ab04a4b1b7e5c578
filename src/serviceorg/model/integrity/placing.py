"""Trees: units placed twice, in a circle, under a unit of the wrong level, or nowhere."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby

from ..days import began
from ..records import Placement
from ..structure import Tree
from .findings import Findings, span_said
from .lives import life_of
from .stretches import counted, overlaps

_Rows = Mapping[tuple[str, str], list[tuple[int, Placement]]]


def check_trees(findings: Findings) -> None:
    """Find everything wrong with the trees."""
    rows: dict[tuple[str, str], list[tuple[int, Placement]]] = {}
    for position, placement in enumerate(findings.snapshot.placements):
        if findings.is_asked(placement):
            rows.setdefault((placement.tree, placement.unit), []).append((position, placement))
    _check_doubles(findings, rows)
    _check_levels(findings)
    _check_circles(findings)
    for tree in findings.snapshot.structure.trees.values():
        if tree.each:
            _check_each(findings, tree)


def _check_doubles(findings: Findings, rows: _Rows) -> None:
    placements = findings.snapshot.placements
    for found in rows.values():
        for position, other, start, end in overlaps(found) if len(found) > 1 else ():
            days = span_said(findings.on, findings.on) if findings.on else span_said(start, end)
            message = (
                f"the unit has two places in this tree {days}: under {placements[other].parent!r} "
                f"and under {placements[position].parent!r}; allowed is one at a time"
            )
            findings.add(
                "placements", position, placements[position], code="double-placement", message=message
            )


def _check_levels(findings: Findings) -> None:
    snapshot = findings.snapshot
    orders = {
        tree.id: {kind: level for level, kind in enumerate(tree.levels)}
        for tree in snapshot.structure.trees.values()
        if tree.levels
    }
    for position, placement in enumerate(snapshot.placements):
        order = orders.get(placement.tree)
        unit, parent = snapshot.units.get(placement.unit), snapshot.units.get(placement.parent)
        if order is None or unit is None or not findings.is_asked(placement):
            continue
        if unit.kind not in order:
            levels = ", ".join(map(repr, order))
            message = f"a unit of kind {unit.kind!r} has no place in this tree; its levels are {levels}"
        elif parent is not None and order.get(parent.kind, len(order)) >= order[unit.kind]:
            message = (
                f"a unit of kind {unit.kind!r} is placed under {parent.id!r} of kind {parent.kind!r}; "
                f"the levels from the top are {', '.join(map(repr, order))}"
            )
        else:
            continue
        findings.add("placements", position, placement, code="level", message=message)


def _check_circles(findings: Findings) -> None:
    """Find units that lie under themselves; a circle closes on a day on which a placement begins."""
    placements = findings.snapshot.placements
    begun = sorted(
        (p.tree, findings.on or began(p), position)
        for position, p in enumerate(placements)
        if p.parent and findings.is_asked(p)
    )
    told: set[frozenset[str]] = set()
    for (tree, day), group in groupby(begun, key=lambda row: row[:2]):
        seen: set[str] = set()
        for _, _, position in group:
            circle = _circle(findings, placements[position].unit, tree=tree, on=day, seen=seen)
            if circle and frozenset(circle) not in told:
                told.add(frozenset(circle))
                message = (
                    f"{span_said(day, date.max) if findings.on is None else span_said(day, day)} "
                    f"the units above it lead in a circle: {' under '.join((*circle, circle[0]))}"
                )
                findings.add("placements", position, placements[position], code="circle", message=message)


def _circle(findings: Findings, unit: str, *, tree: str, on: date, seen: set[str]) -> list[str]:
    """Return the units of the circle that a walk upwards runs into, the smallest id first; empty for none."""
    path: dict[str, int] = {}
    while unit and unit not in seen:
        seen.add(unit)
        path[unit] = len(path)
        unit = findings.snapshot.parent(unit, tree=tree, on=on)
    if unit not in path:
        return []
    found = list(path)[path[unit] :]
    first = found.index(min(found))
    return found[first:] + found[:first]


def _check_each(findings: Findings, tree: Tree) -> None:
    """Find the days on which a unit that must have a place in a tree has none.

    A unit that does not tell its first day is looked at from the first day of its first placement.
    """
    rows: dict[str, list[Placement]] = {}
    for placement in findings.snapshot.placements:
        if placement.tree == tree.id:
            rows.setdefault(placement.unit, []).append(placement)
    for position, unit in enumerate(findings.snapshot.units.values()):
        if unit.kind not in tree.each:
            continue
        start, end = life_of(findings, unit)
        spans = rows.get(unit.id, [])
        if unit.since is None and spans:
            start = max(start, min(map(began, spans)))
        for first, last in missing_days(spans, start=start, end=end):
            days = span_said(first, last)
            message = f"has no place in the tree {tree.id!r} {days}; every {unit.kind!r} must have one"
            findings.add("units", position, unit, code="no-place", message=message)


def missing_days(spans: Iterable[Placement], *, start: date, end: date) -> list[tuple[date, date]]:
    """Return the stretches of a life in which none of the placements holds."""
    if end < start:
        return []
    return [
        (a, b) for a, b, count in counted([("", span) for span in spans], start=start, end=end) if not count
    ]
