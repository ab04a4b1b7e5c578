"""What was asked for, and whether a run reached it; a target missed is said, never failed."""

from collections.abc import Callable
from typing import NamedTuple

from ..report import markdown, short

_HEADINGS = ("target", "asked for", "measured", "verdict")


class Target(NamedTuple):
    """One line: what is measured, the most it may be, and how to find it in a result."""

    title: str
    most: float
    unit: str
    find: Callable[[dict], float | None]


def _grown(name: str, size: int) -> Callable[[dict], float | None]:
    def find(result: dict) -> float | None:
        rows = result["growth"].get(name, ())
        return next((row["seconds"] for row in rows if row["size"] == size and row["status"] == "ok"), None)

    return find


TARGETS = (
    Target("a million bonds from CSV", 4, "s", _grown("reading", 1_000_000)),
    Target("a million bonds taken in and found", 1.5, "s", _grown("index", 1_000_000)),
    Target("a tree of 100,000 units as of another day", 0.3, "s", _grown("tree", 100_000)),
    Target("1.4 million records of a city held against each other", 5, "s", _grown("fit", 320_000)),
    Target("a quarter of duties towards 320,000 households", 6, "s", _grown("duties", 320_000)),
    Target("coverage of 320,000 households", 4, "s", _grown("coverage", 320_000)),
    Target("320,000 households to 14,000 linkers, greedy", 5, "s", _grown("greedy", 320_000)),
    Target("320,000 households to 14,000 linkers, optimal", 60, "s", _grown("optimal", 320_000)),
    Target("a million entries of a journal", 15, "s", _grown("journal", 1_000_000)),
    Target("a million homes near 57 points, plain Python", 6, "s", _grown("reach", 1_000_000)),
)


def table(result: dict) -> str:
    """Return a row for each target."""
    return markdown(_HEADINGS, [_cells(target, target.find(result)) for target in TARGETS])


def _cells(target: Target, found: float | None) -> tuple[str, ...]:
    asked = f"at most {target.most:,} {target.unit}"
    if found is None:
        return (target.title, asked, "not measured", "")
    return (target.title, asked, f"{short(found)} {target.unit}", "met" if found <= target.most else "MISSED")
