"""
Ten times the facts, ten times the time, and the same memory?

Facts are made on the way, member by member, and streamed into the scorer grouped by subject; the time it
takes to make them is measured apart and taken off. Run as `python -m benchmarks.growth NAME MEMBERS`, this
module is one such measurement in its own process.
"""

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator

from . import machine, task
from .children import run_module
from .peers import BASELINE, NotInstalled, entry_of, peer_of
from .report import markdown

#: Peers with a `stream`: the hand-written scorer and ours.
NAMES = (BASELINE, "ours")
FACTS = (10_000, 100_000, 1_000_000)
FULL = (*FACTS, 10_000_000)
QUICK = FACTS[:2]
_HEADINGS = (
    "scorer",
    "facts",
    "µs/fact CPU",
    "facts/s CPU",
    "making facts, µs",
    "MiB held → peak",
    "sum of totals",
)


def grow(sizes: tuple[int, ...], only: tuple[str, ...] = ()) -> dict:
    """Return a row for each size and scorer, small to large."""
    chosen = [name for name in NAMES if not only or name in only or name == BASELINE]
    rows = []
    for facts in sizes:
        for name in chosen:
            print(f"\r{facts:,} facts: {name:<20}", end="", file=sys.stderr, flush=True)
            found = run_module("growth", name, facts // task.FACTS_PER_MEMBER)
            rows.append({"name": name, "title": entry_of(name).title, "facts": facts, **found})
    print("\r" + " " * 50 + "\r", end="", file=sys.stderr)
    return {"rows": rows}


class Timed:
    """Facts made one member at a time, and the CPU seconds it took."""

    def __init__(self, count: int, facts_of: Callable):
        self.count = count
        self.facts_of = facts_of
        self.seconds = 0.0

    def __iter__(self) -> Iterator[list]:
        raw = task.members(self.count)
        for member in range(self.count):
            start = time.process_time()
            facts = self.facts_of(member, next(raw))
            self.seconds += time.process_time() - start
            yield facts


def measure(name: str, count: int) -> dict:
    """Return the cost and the memory of one stream."""
    try:
        peer = peer_of(entry_of(name))
    except NotInstalled as error:
        return {"status": "not installed", "why": str(error)}
    peer.compile()
    members = Timed(count, peer.facts_of)
    gc.collect()
    machine.forget_peak()
    before, start = machine.resident(), time.process_time()
    scored, total = _drain(peer.stream(members))
    cpu = time.process_time() - start - members.seconds
    found = {"members": scored, "sum": total, "cpu": cpu, "making": members.seconds}
    return {"status": "ok", **found, "resident": before, "peak": machine.peak()}


def _drain(totals: Iterator[int]) -> tuple[int, int]:
    """Return how many totals there were and their sum, keeping none."""
    scored = total = 0
    for each in totals:
        scored += 1
        total += each
    return scored, total


def table(result: dict) -> str:
    """Return the rows as a Markdown table."""
    return markdown(_HEADINGS, [_cells(row) for row in result["rows"]])


def _cells(row: dict) -> tuple[str, ...]:
    if row["status"] != "ok":
        return (row["title"], f"{row['facts']:,}", row["status"], *[""] * (len(_HEADINGS) - 3))
    return (
        row["title"],
        f"{row['facts']:,}",
        f"{row['cpu'] / row['facts'] * 1e6:.2f}",
        f"{row['facts'] / row['cpu']:,.0f}",
        f"{row['making'] / row['facts'] * 1e6:.2f}",
        f"{row['resident']:,.0f} → {row['peak']:,.0f}",
        task.decimal_text(row["sum"]),
    )


def problems(result: dict) -> list[str]:
    """Return a sentence for each stream that failed, and for each size at which the scorers do not agree."""
    troubled = [row for row in result["rows"] if row["status"] != "ok"]
    unequal = [
        f"{facts:,} facts: the scorers disagree on the sum of totals" for facts in _disagreeing(result)
    ]
    return [
        f"{row['title']}, {row['facts']:,} facts: {row['status']} ({row['why']})" for row in troubled
    ] + unequal


def _disagreeing(result: dict) -> list[int]:
    sums = {}
    for row in result["rows"]:
        if row["status"] == "ok":
            sums.setdefault(row["facts"], set()).add((row["members"], row["sum"]))
    return [facts for facts, seen in sums.items() if len(seen) > 1]


def sound(result: dict) -> bool:
    """Return whether every scorer that is installed ran and all agree."""
    return not _disagreeing(result) and all(row["status"] != "failed" for row in result["rows"])


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
