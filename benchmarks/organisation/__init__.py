"""
Organisations: trees as of a day, snapshots, duties, matching, journals, service circles, beside other ways.

Rivals that are compared take turns inside one process, in a shuffled order, and several such processes
run: a ratio compares two rivals of the same fraction of a second. What they take in memory, and how time
grows from a thousand records to a million, is measured in processes of their own.
"""

import statistics
import sys

from ..children import run_module
from ..report import markdown, short, spread
from . import growth, targets
from .contests import BASELINE, NAMES, Contest, contest_of

ROUNDS = 3
QUICK_ROUNDS = 1
_QUICK_TURNS = 2
#: The distributions whose versions belong to a result.
DISTRIBUTIONS = (
    "serviceorg",
    "networkx",
    "anytree",
    "bigtree",
    "scipy",
    "ortools",
    "beancount",
    "scikit-learn",
    "numpy",
)


def measure(rounds: int, *, quick: bool = False) -> dict:
    """Return everything measured."""
    contests = {name: _contest(name, rounds, quick=quick) for name in NAMES}
    grown = {name: _grown(name, growth.sizes_of(name, quick=quick)) for name in growth.NAMES}
    return {"rounds": rounds, "contests": contests, "growth": grown}


def _contest(name: str, rounds: int, *, quick: bool) -> dict:
    contest = contest_of(name)
    size, turns = (contest.quick, _QUICK_TURNS) if quick else (contest.size, contest.turns)
    races = [
        _run(f"{name} {number + 1} of {rounds}", "race", name, size, turns, number)
        for number in range(rounds)
    ]
    room = {
        rival.name: _run(f"{name}, memory of {rival.name}", "room", name, rival.name, size)
        for rival in contest.rivals
    }
    return {"size": size, "turns": turns, "races": races, "room": room}


def _grown(name: str, sizes: tuple[int, ...]) -> list[dict]:
    return [{"size": size, **_run(f"growth of {name}, {size:,}", "one_size", name, size)} for size in sizes]


def _run(title: str, module: str, *arguments: object) -> dict:
    print(f"\rorganisation: {title:<50}", end="", file=sys.stderr, flush=True)
    found = run_module(f"organisation.{module}", *arguments)
    print("\r" + " " * 66 + "\r", end="", file=sys.stderr)
    return found


def table(result: dict) -> str:
    """Return a table for each contest, the one of growth, and the one of the targets."""
    tables = [_table(contest_of(name), found) for name, found in result["contests"].items()]
    return "\n\n".join([*tables, growth.table(result["growth"]), targets.table(result)])


def _table(contest: Contest, found: dict) -> str:
    headings = (contest.title.format(size=found["size"]), contest.unit, "× by hand", "MiB", "wrong")
    return markdown(headings, [_cells(contest, rival, found) for rival in contest.rivals])


def _cells(contest: Contest, rival, found: dict) -> tuple[str, ...]:
    races = [race[rival.name] for race in found["races"] if rival.name in race]
    room = found["room"][rival.name]
    taken = f"{room['most']:,.0f}" if room["status"] == "ok" else ""
    if not races or races[0]["status"] != "ok":
        status = races[0]["status"] if races else "failed"
        return (rival.title, status, "", taken, "")
    cost = statistics.median(second for race in races for second in race["seconds"]) * contest.scale
    wrong = sum(race["wrong"] for race in races)
    return (rival.title, short(cost), spread(ratios(found, rival.name)), taken, f"{wrong:,}")


def ratios(found: dict, name: str, below: str = BASELINE) -> list[float]:
    """Return for each process how many times as much a rival took as another, the median over the turns."""
    return [
        statistics.median(
            one / other for one, other in zip(race[name]["seconds"], race[below]["seconds"], strict=True)
        )
        for race in found["races"]
        if race.get(name, {}).get("status") == race.get(below, {}).get("status") == "ok"
    ]


def problems(result: dict) -> list[str]:
    """Return a sentence for each thing that could not be measured, and each rival with a wrong answer."""
    return [
        *(
            f"{name}, {title}: {part['status']} ({part['why']})"
            for name, title, part in _parts(result)
            if part["status"] != "ok"
        ),
        *(
            f"{name}, {title}: {part['wrong']:,} answers differ from those by hand"
            for name, title, part in _parts(result)
            if part.get("wrong")
        ),
    ]


def _parts(result: dict):
    for name, found in result["contests"].items():
        for race in found["races"][:1]:
            if "status" in race:
                yield name, "race", race
            else:
                yield from ((name, rival, part) for rival, part in race.items())
        yield from ((name, f"memory of {rival}", part) for rival, part in found["room"].items())
    for name, rows in result["growth"].items():
        yield from ((name, f"{row['size']:,}", row) for row in rows)


def sound(result: dict) -> bool:
    """Return whether every rival that is installed ran and answered as the others do."""
    return all(
        part["status"] in ("ok", "not installed") and not part.get("wrong") for _, _, part in _parts(result)
    )


__all__ = ["DISTRIBUTIONS", "QUICK_ROUNDS", "ROUNDS", "measure", "problems", "sound", "table"]
