"""What was asked for, and whether a run reached it; a target missed is said, never failed."""

import statistics
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..report import markdown, short

_HEADINGS = ("target", "asked for", "measured", "verdict")


class Target(NamedTuple):
    """One line: what is measured, the bound, which side of it is well, and how to find it in a result."""

    title: str
    bound: float
    unit: str
    is_most: bool
    find: Callable[[dict], float | None]


def _ratio(what: str, above: str, below: str) -> Callable[[dict], float | None]:
    return lambda result: middle(ratios(result["race"], what, above, below))


def _memory(result: dict) -> float | None:
    found = result["memory"]["ours"]
    return found["grown"] if found["status"] == "ok" else None


def _sweep(name: str) -> Callable[[dict], float | None]:
    def find(result: dict) -> float | None:
        found = result["sweep"]
        # A quick run sweeps fewer tickets; a sweep is linear.
        return found[name]["seconds"] * 1e6 / found["tickets"] if found["status"] == "ok" else None

    return find


def _load(choose: Callable[[list[float]], float]) -> Callable[[dict], float | None]:
    def find(result: dict) -> float | None:
        rows = [row["ms"] for row in result["bundled"].get("rows", ()) if row["status"] == "ok"]
        return choose(rows) if rows else None

    return find


TARGETS = (
    Target("a move, against one written by hand", 1.5, "×", True, _ratio("fire", "ours", "by-hand")),
    Target("a move, transitions against ours", 2, "×", False, _ratio("fire", "transitions", "ours")),
    Target(
        "a move, python-statemachine against ours", 20, "×", False, _ratio("fire", "statemachine", "ours")
    ),
    Target("list of moves, transitions against ours", 8, "×", False, _ratio("moves", "transitions", "ours")),
    Target("opening a ticket", 5, "µs", True, lambda result: middle(costs(result["race"], "ours", "open"))),
    Target("a ticket after 14 moves", 2_500, "bytes", True, _memory),
    Target("load, verify and plan a bundled workflow, median", 20, "ms", True, _load(statistics.median)),
    Target("load, verify and plan a bundled workflow, slowest", 20, "ms", True, _load(max)),
    Target("sweep of a million tickets, nothing due", 5, "s", True, _sweep("idle")),
    Target("sweep of a million tickets, one in a hundred due", 5, "s", True, _sweep("busy")),
)


def costs(race: Sequence[dict], name: str, what: str) -> list[float]:
    """Return microseconds a call of one rival, turn by turn over all processes; [] if it did not run."""
    return [cost for found in race if found[name]["status"] == "ok" for cost in found[name][what]]


def ratios(race: Sequence[dict], what: str, above: str, below: str) -> list[list[float]]:
    """Return for each process how many times as much one rival took as another, turn by turn."""
    return [
        [one / other for one, other in zip(found[above][what], found[below][what], strict=True)]
        for found in race
        if found[above]["status"] == found[below]["status"] == "ok"
    ]


def middle(values: Sequence) -> float | None:
    """Return the median of numbers, or of lists of numbers; None of nothing."""
    flat = [each for value in values for each in (value if isinstance(value, list) else [value])]
    return statistics.median(flat) if flat else None


def table(result: dict) -> str:
    """Return a row for each target."""
    return markdown(_HEADINGS, [_cells(target, target.find(result)) for target in TARGETS])


def _cells(target: Target, found: float | None) -> tuple[str, ...]:
    sign = "at most" if target.is_most else "at least"
    asked = f"{sign} {target.bound:,} {target.unit}"
    if found is None:
        return (target.title, asked, "not measured", "")
    is_met = found <= target.bound if target.is_most else found >= target.bound
    return (target.title, asked, f"{short(found)} {target.unit}", "met" if is_met else "MISSED")
