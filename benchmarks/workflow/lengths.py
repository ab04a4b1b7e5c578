"""
A move on a ticket with 10, 100, 1,000 and 10,000 events, and a history played again.

`python -m benchmarks.workflow.lengths TURNS LONGEST` prints microseconds, one line of JSON. The ticket
written by hand is measured beside: its history is a tuple, which is copied for every move.
"""

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from . import task
from .rivals import BASELINE, Rival, entry_of, rival_of
from .rivals.ours import Flows

LENGTHS = (10, 100, 1_000, 10_000)
NAMES = (BASELINE, "ours")
_MICRO = 1e6
_FIRES = 99
_REPLAYS = 20


def measure(turns: int, longest: int) -> dict:
    """Return a row for each length, microseconds a move, and the microseconds an event played again."""
    rivals = {name: rival_of(entry_of(name)) for name in NAMES}
    rows = []
    for length in (each for each in LENGTHS if each <= longest):
        tickets = {name: _aged(rival, length) for name, rival in rivals.items()}
        rows.append(
            {
                "length": length,
                "fire": _middle(
                    turns, {name: _firing(rivals[name], tickets[name], length) for name in NAMES}
                ),
            }
        )
    return {"status": "ok", "rows": rows, "replay": _replay(turns)}


def _aged(rival: Rival, length: int) -> Any:
    """Return a ticket that goes around in a circle until it has so many events, and stands in "triaged"."""
    ticket = rival.live(rival.open(1, task.moment(0), task.FORM), ["triage"], [task.moment(1)])
    rounds = (length - 2) // len(task.CIRCLE)
    moves = task.CIRCLE * rounds
    return rival.live(ticket, moves, task.moments(2, len(moves)))


def _firing(rival: Rival, ticket: Any, length: int) -> Callable[[], float]:
    """Return a turn that makes 99 moves, three at a time, each three from the ticket of that length."""
    ats = task.moments(length + 2, len(task.CIRCLE))
    rounds = _FIRES // len(task.CIRCLE)

    def turn() -> float:
        for _ in range(rounds):
            rival.live(ticket, task.CIRCLE, ats)
        return rounds * len(task.CIRCLE)

    return turn


def _replay(turns: int) -> float:
    """Return microseconds an event of a whole life, played again from its history."""
    ours = Flows()
    opened = ours.open(1, task.moment(0), task.FORM)
    ticket = ours.live(opened, task.LIFE, task.moments(1, len(task.LIFE)))
    history = ticket.history
    assert ours.flow.replay(ticket.id, history) == ticket

    def turn() -> float:
        for _ in range(_REPLAYS):
            ours.flow.replay(ticket.id, history)
        return _REPLAYS * len(history)

    return _middle(turns, {"ours": turn})["ours"]


def _middle(turns: int, works: dict[str, Callable[[], float]]) -> dict[str, float]:
    """Return the median microseconds a piece of work, all rivals taking turns."""
    costs: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(turns):
        for name, work in works.items():
            gc.collect()
            gc.disable()
            start = time.thread_time()
            pieces = work()
            costs[name].append((time.thread_time() - start) / pieces * _MICRO)
            gc.enable()
    return {name: statistics.median(each) for name, each in costs.items()}


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]))))
