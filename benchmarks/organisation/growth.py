"""Ten times the records, ten times the time? What is measured in sizes, and the table of it."""

import math
from collections.abc import Callable
from importlib import import_module
from itertools import pairwise
from typing import NamedTuple

from ..report import markdown, short

SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUICK = 10_000
_HEADINGS = ("growth", "records", "seconds CPU", "µs a record", "slope", "MiB at the start → most")


class Growth(NamedTuple):
    """What is measured in sizes; ``make`` prepares one outside the clock and returns the work."""

    title: str
    make: Callable[[int], Callable[[], object]]
    sizes: tuple[int, ...] = SIZES


#: Each growth is an entry of the module named; in the order of the table.
NAMES = {
    "reading": "grown",
    "reading-whole": "grown",
    "index": "grown",
    "tree": "grown",
    "journal": "grown",
    "reach": "grown",
    "reach-scipy": "grown",
    "fit": "grown_city",
    "duties": "grown_city",
    "coverage": "grown_city",
    "greedy": "grown_city",
    "optimal": "grown_city",
}


def growth_of(name: str) -> Growth:
    """Return what is measured under a name."""
    return import_module(f".{NAMES[name]}", __package__).GROWTHS[name]


def sizes_of(name: str, *, quick: bool) -> tuple[int, ...]:
    """Return the sizes to measure; a quick run takes the small ones."""
    sizes = growth_of(name).sizes
    return tuple(size for size in sizes if size <= QUICK) if quick else sizes


def slope(rows: list[dict]) -> list[float | None]:
    """Return for each size the power of the growth since the size before: 1 is linear."""
    found: list[float | None] = [None]
    for one, other in pairwise(rows):
        if "seconds" not in one or "seconds" not in other:
            found.append(None)
            continue
        found.append(math.log(other["seconds"] / one["seconds"]) / math.log(other["size"] / one["size"]))
    return found


def table(grown: dict[str, list[dict]]) -> str:
    """Return a row for each size."""
    rows = []
    for name, found in grown.items():
        title = growth_of(name).title
        for row, power in zip(found, slope(found), strict=True):
            rows.append(_cells(title, row, power))
    return markdown(_HEADINGS, rows)


def _cells(title: str, row: dict, power: float | None) -> tuple[str, ...]:
    if row["status"] != "ok":
        return (title, f"{row['size']:,}", row["status"], "", "", "")
    return (
        title,
        f"{row['size']:,}",
        f"{row['seconds']:.3f}",
        short(row["seconds"] / row["size"] * 1e6),
        "" if power is None else f"{power:.2f}",
        f"{row['resident']:,.0f} → {row['peak']:,.0f}",
    )
