"""
Score the task with every peer and compare.

Each round starts every peer once in a fresh process, in a shuffled order, and compares it with the
hand-written scorer of the same round: whatever else the machine was doing touches both. Figures are medians
over the rounds. The first pass of a process is shown apart, so that nobody's caches can flatter a later one.
"""

import json
import statistics
import sys
import tempfile
from pathlib import Path
from random import Random

from . import oracle, task
from .children import run_module
from .peers import BASELINE, ENTRIES, Entry
from .report import markdown, short, spread

QUICK_MEMBERS = 1_000
_QUICK_SHARE = 10
_ORDER_SEED = 5
_HEADINGS = (
    "peer",
    "members",
    "facts/s CPU",
    "facts/s wall",
    "× by hand",
    "× first pass",
    "one member, µs",
    "rules, ms",
    "MiB held → peak",
    "wrong",
)
_CLOCKS = ("cpu", "wall")


def compare(rounds: int, members: int, only: tuple[str, ...] = (), *, quick: bool = False) -> dict:
    """Return the measurements of every round, and a row for each peer in the order of `ENTRIES`."""
    chosen = [entry for entry in ENTRIES if not only or entry.name in only or entry.name == BASELINE]
    with tempfile.TemporaryDirectory() as folder:
        expected = Path(folder) / "expected.json"
        expected.write_text(
            json.dumps(oracle.expected_totals(task.rules(), task.members(members))), encoding="ascii"
        )
        shares = {entry.name: share(entry, members, quick=quick) for entry in chosen}
        measured = [_round(f"{number + 1} of {rounds}", number, shares, expected) for number in range(rounds)]
    return {
        "members": members,
        "facts_per_member": task.FACTS_PER_MEMBER,
        "rows": [summary(entry, measured) for entry in chosen],
        "rounds": measured,
    }


def _round(title: str, number: int, shares: dict[str, int], expected: Path) -> dict[str, dict]:
    """Return the measurement of each peer in one round."""
    found = {}
    for name in Random(_ORDER_SEED + number).sample(list(shares), len(shares)):
        print(f"\rround {title}: {name:<20}", end="", file=sys.stderr, flush=True)
        found[name] = run_module("worker", name, shares[name], expected)
    print("\r" + " " * 50 + "\r", end="", file=sys.stderr)
    return found


def share(entry: Entry, members: int, *, quick: bool) -> int:
    """Return how many members a peer is asked to score; never none."""
    most = entry.most or members
    if quick and entry.most:
        most = max(1, most // _QUICK_SHARE)
    return min(members, most)


def summary(entry: Entry, measured: list[dict[str, dict]]) -> dict:
    """Return the medians of one peer over the rounds, or why there are none."""
    mine = [found[entry.name] for found in measured]
    troubled = next((each for each in mine if each["status"] != "ok"), None)
    if troubled is not None:
        return {"name": entry.name, "title": entry.title, **troubled}
    pairs = [(found[entry.name], found[BASELINE]) for found in measured if found[BASELINE]["status"] == "ok"]
    return {
        "name": entry.name,
        "title": entry.title,
        "status": "ok",
        "members": mine[0]["members"],
        "seconds": {clock: _median(each["all"][clock] for each in mine) for clock in _CLOCKS},
        "one": {clock: _median(each["one"][clock] for each in mine) for clock in _CLOCKS},
        "compile": {clock: _median(each["compile"][clock] for each in mine) for clock in _CLOCKS},
        "ratios": ratios(pairs, "all"),
        "first_ratios": ratios(pairs, "first"),
        "resident": _median(each["resident"] for each in mine),
        "peak": _median(each["peak"] for each in mine),
        "wrong": max(each["wrong"] for each in mine),
    }


def _median(values) -> float:
    return statistics.median(values)


def ratios(pairs: list[tuple[dict, dict]], which: str) -> list[float]:
    """Return the CPU time of one member against the baseline's in the same round, smallest first."""
    return sorted(per_member(one, which) / per_member(other, which) for one, other in pairs)


def per_member(measured: dict, which: str) -> float:
    """Return the CPU seconds of one member in the 'first' pass over everyone, or in the median of 'all'."""
    return measured[which]["cpu"] / measured["members"]


def table(result: dict) -> str:
    """Return the summary as a Markdown table."""
    return markdown(_HEADINGS, [_cells(row, result["facts_per_member"]) for row in result["rows"]])


def _cells(row: dict, facts_per_member: int) -> tuple[str, ...]:
    if row["status"] != "ok":
        return (row["title"], row["status"], *[""] * (len(_HEADINGS) - 2))
    facts = row["members"] * facts_per_member
    return (
        row["title"],
        f"{row['members']:,}",
        f"{facts / row['seconds']['cpu']:,.0f}",
        f"{facts / row['seconds']['wall']:,.0f}",
        spread(row["ratios"]),
        short(statistics.median(row["first_ratios"])) if row["first_ratios"] else "?",
        f"{row['one']['cpu'] * 1e6:,.0f}",
        f"{row['compile']['cpu'] * 1e3:,.1f}",
        f"{row['resident']:,.0f} → {row['peak']:,.0f}",
        f"{row['wrong']:,}",
    )


def problems(result: dict) -> list[str]:
    """Return a sentence for each peer that could not be measured or gave a wrong total."""
    found = []
    for row in result["rows"]:
        if row["status"] != "ok":
            found.append(f"{row['title']}: {row['status']} ({row['why']})")
        elif row["wrong"]:
            found.append(f"{row['title']}: {row['wrong']:,} totals differ from the exact ones")
    return found


def sound(result: dict) -> bool:
    """Return whether every peer that is installed ran and was exact."""
    return all(
        row["status"] == "not installed" or (row["status"] == "ok" and not row["wrong"])
        for row in result["rows"]
    )
