"""
Measure one peer once, in this process: `python -m benchmarks.worker NAME MEMBERS EXPECTED`.

`EXPECTED` is a JSON file with the exact totals. Prints one line of JSON.
"""

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from . import machine
from .peers import Entry, NotInstalled, Peer, entry_of, peer_of

#: The first pass of an engine pays for memory it keeps; the median of three is a pass that no longer does.
_PASSES = 3


def measure(entry: Entry, count: int, expected: list[int]) -> dict:
    """Return the measurements of one peer; status is 'ok' or 'not installed'."""
    try:
        peer = peer_of(entry)
    except NotInstalled as error:
        return {"status": "not installed", "why": str(error)}
    found = {"status": "ok", "members": count}
    _, found["load"] = timed(lambda: peer.load(count))
    _, found["compile"] = timed(peer.compile)
    # Warm before the clock: thread pools, lazy imports and the like are nobody's scoring time.
    peer.score_one(0)
    found |= _all(peer, expected[:count])
    found["one"] = _one(peer, min(entry.singles, count))
    return found


def _all(peer: Peer, expected: list[int]) -> dict:
    """Return the cost of scoring everyone, the memory of the first pass, and how many totals were wrong."""
    gc.collect()
    machine.forget_peak()
    before = machine.resident()
    answer, first = timed(peer.score_all)
    found = {"resident": before, "peak": machine.peak(), "first": first}
    costs, mistakes = [first], wrong(peer.totals(answer), expected)
    for _ in range(_PASSES - 1):
        answer, cost = timed(peer.score_all)
        costs.append(cost)
        mistakes = max(mistakes, wrong(peer.totals(answer), expected))
    return found | {"all": middle(costs), "wrong": mistakes}


def wrong(totals: list[int], expected: list[int]) -> int:
    """Return how many totals are not the exact one; a total that is missing or too many is wrong as well."""
    return sum(a != b for a, b in zip(totals, expected, strict=False)) + abs(len(totals) - len(expected))


def _one(peer: Peer, singles: int) -> dict[str, float]:
    """Return the median cost of one member alone."""
    gc.collect()
    costs = [timed(lambda member=member: peer.score_one(member))[1] for member in range(singles)]
    return middle(costs)


def middle(costs: list[dict[str, float]]) -> dict[str, float]:
    """Return the median cost, clock by clock."""
    return {clock: statistics.median(cost[clock] for cost in costs) for clock in ("cpu", "wall")}


def timed(work: Callable[[], object]) -> tuple[object, dict[str, float]]:
    """Return an answer and its cost in seconds: CPU of all threads, and wall."""
    wall, cpu = time.perf_counter(), time.process_time()
    answer = work()
    return answer, {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}


def main(name: str, count: str, expected: str) -> None:
    """Print the measurements of one peer."""
    totals = json.loads(Path(expected).read_text(encoding="ascii"))
    print(json.dumps(measure(entry_of(name), int(count), totals)))


if __name__ == "__main__":
    main(*sys.argv[1:])
