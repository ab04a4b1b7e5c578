"""
Tickets: opened, moved, listed, stored and swept, beside a ticket written by hand and two other engines.

Every figure comes from a process of its own. Rivals that are compared take turns inside one process, in a
shuffled order, and several such processes run: a ratio compares two rivals of the same fraction of a second.
"""

import sys

from ..children import run_module
from ..report import markdown, spread
from . import targets
from .rivals import BASELINE, DISTRIBUTIONS, ENTRIES, Entry
from .targets import costs, middle, ratios

ROUNDS = 5
QUICK_ROUNDS = 2
_TURNS, _QUICK_TURNS = 25, 5
_TICKETS, _QUICK_TICKETS = 10_000, 1_000
_LENGTH_TURNS, _LONGEST = 15, 10_000
_LOADS, _QUICK_LOADS = 9, 3
_SWEPT, _QUICK_SWEPT = 1_000_000, 20_000
#: An engine whose tickets take a hundred times as long is given fewer of them.
_SHARE_OF_SLOW = 10


def measure(rounds: int, *, quick: bool = False) -> dict:
    """Return everything measured."""
    turns = _QUICK_TURNS if quick else _TURNS
    race = [_run(f"race {number + 1} of {rounds}", "race", turns, number) for number in range(rounds)]
    broken = next((found for found in race if "status" in found), None)
    tickets = _QUICK_TICKETS if quick else _TICKETS
    return {
        "rounds": rounds,
        "turns": turns,
        "race": [] if broken else race,
        "broken": broken,
        "memory": {
            entry.name: _run(f"memory of {entry.name}", "memory", entry.name, _share(entry, tickets))
            for entry in ENTRIES
        },
        "lengths": _run("lengths of history", "lengths", 3 if quick else _LENGTH_TURNS, _LONGEST),
        "bundled": _run("bundled workflows", "bundled", _QUICK_LOADS if quick else _LOADS),
        "sweep": _run("sweep", "sweep", _QUICK_SWEPT if quick else _SWEPT),
    }


def _share(entry: Entry, tickets: int) -> int:
    return tickets if entry.lives > _SHARE_OF_SLOW else tickets // _SHARE_OF_SLOW


def _run(title: str, module: str, *arguments: object) -> dict:
    print(f"\rworkflow: {title:<40}", end="", file=sys.stderr, flush=True)
    found = run_module(f"workflow.{module}", *arguments)
    print("\r" + " " * 55 + "\r", end="", file=sys.stderr)
    return found


def table(result: dict) -> str:
    """Return all tables, the one of the targets last."""
    return "\n\n".join(
        part
        for part in (
            _rivals(result),
            _lengths(result["lengths"]),
            _bundled(result["bundled"]),
            _sweep(result["sweep"]),
            targets.table(result),
        )
        if part
    )


def _rivals(result: dict) -> str:
    headings = (
        "ticket",
        "a move, µs",
        "× by hand",
        "opening, µs",
        "list of moves, µs",
        "bytes, fresh",
        "after 14",
    )
    return markdown(headings, [_rival_cells(entry, result) for entry in ENTRIES])


def _rival_cells(entry: Entry, result: dict) -> tuple[str, ...]:
    race, memory = result["race"], result["memory"][entry.name]
    bytes_ = (f"{memory['fresh']:,.0f}", f"{memory['grown']:,.0f}") if memory["status"] == "ok" else ("", "")
    if not costs(race, entry.name, "fire"):
        status = race[0][entry.name]["status"] if race else "failed"
        return (entry.title, status, "", "", "", *bytes_)
    times = [f"{middle(costs(race, entry.name, what)):,.2f}" for what in ("fire", "open", "moves")]
    # The range is that of the processes' medians: single turns on a shared machine say little.
    against = [middle(turns) for turns in ratios(race, "fire", entry.name, BASELINE)]
    return (entry.title, times[0], spread(against), times[1], times[2], *bytes_)


def _lengths(found: dict) -> str:
    if found["status"] != "ok":
        return ""
    rows = [
        (
            f"a move on a ticket of {row['length']:,} events, µs",
            *(f"{row['fire'][name]:.2f}" for name in _BOTH),
        )
        for row in found["rows"]
    ]
    rows.append(("an event played again from the history, µs", "", f"{found['replay']:.2f}"))
    return markdown(("history", "by hand, a tuple", "serviceorg"), rows)


_BOTH = (BASELINE, "ours")


def _bundled(found: dict) -> str:
    if found["status"] != "ok":
        return ""
    rows = [
        (row["name"], f"{row['lines']:,}", f"{row['ms']:.1f}")
        if row["status"] == "ok"
        else (row["name"], row["status"], "")
        for row in found["rows"]
    ]
    return markdown(("workflow", "lines", "load, verify and plan, ms"), rows)


def _sweep(found: dict) -> str:
    if found["status"] != "ok":
        return ""
    memory = f"{found['resident']:,.0f} → {found['peak']:,.0f}"
    rows = [
        (title, f"{found[name]['due']:,}", f"{found[name]['seconds']:.2f}", room)
        for name, title, room in (
            ("late", "the first in weeks", ""),
            ("idle", f"{found['overdue']:.0%} overdue, nothing new", memory),
            ("busy", "one in a hundred due", memory),
        )
    ]
    heading = f"sweep of {found['tickets']:,} tickets"
    return markdown((heading, "due", "CPU seconds", "MiB held → peak"), rows)


def problems(result: dict) -> list[str]:
    """Return a sentence for each thing that could not be measured and each rival that fails its checks."""
    found = [f"race: {result['broken']['why']}"] if result["broken"] else []
    if result["race"]:
        found += _said((entry.title, result["race"][0][entry.name]) for entry in ENTRIES)
    found += _said((f"memory of {name}", each) for name, each in result["memory"].items())
    found += _said((name, result[name]) for name in ("lengths", "bundled", "sweep"))
    found += _said((row["name"], row) for row in result["bundled"].get("rows", ()))
    return found


def _said(parts) -> list[str]:
    return [f"{title}: {part['status']} ({part['why']})" for title, part in parts if part["status"] != "ok"]


def sound(result: dict) -> bool:
    """Return whether every rival that is installed ran and does the work; a missed target is no failure."""
    if result["broken"]:
        return False
    parts = [
        *(found[entry.name] for found in result["race"] for entry in ENTRIES),
        *result["memory"].values(),
        *(result[name] for name in ("lengths", "bundled", "sweep")),
        *result["bundled"].get("rows", ()),
    ]
    return all(part["status"] in ("ok", "not installed") for part in parts)


__all__ = ["DISTRIBUTIONS", "QUICK_ROUNDS", "ROUNDS", "measure", "problems", "sound", "table"]
