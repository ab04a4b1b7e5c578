"""
All rivals in one process, in short turns and shuffled order: `python -m benchmarks.workflow.race TURNS SEED`.

A turn gives each rival a few new tickets, a life of 14 moves each, and the list of moves in every state on
the way. Whatever else the machine is doing in that second touches them all. CPU time of the thread; the
garbage collector rests while the clock runs. Prints one line of JSON: microseconds a call, turn by turn.
"""

import gc
import json
import sys
import time
from random import Random
from typing import Any, NamedTuple

from ..peers import NotInstalled
from . import task
from .check import shortcomings
from .rivals import ENTRIES, Entry, Rival, rival_of

_MICRO = 1e6
_LISTS = 20  # how often the moves of one ticket are listed


class Racer(NamedTuple):
    """A rival that does the work, and a ticket of it in each state of a life."""

    entry: Entry
    rival: Rival
    stations: list[Any]


def race(turns: int, seed: int) -> dict[str, dict]:
    """Return for each rival 'open', 'fire' and 'moves' of every turn, or why there are none."""
    found, racers = _racers()
    for turn in range(turns + 1):
        for racer in Random(seed * turns + turn).sample(racers, len(racers)):
            measured = _turn(racer)
            if turn:  # the first one warms up
                for what, cost in measured.items():
                    found[racer.entry.name][what].append(cost)
    return found


def _racers() -> tuple[dict[str, dict], list[Racer]]:
    found: dict[str, dict] = {}
    racers = []
    for entry in ENTRIES:
        try:
            rival = rival_of(entry)
        except NotInstalled as error:
            found[entry.name] = {"status": "not installed", "why": str(error)}
            continue
        wrong = shortcomings(rival)
        if wrong:
            found[entry.name] = {"status": "wrong", "why": "; ".join(wrong)}
            continue
        found[entry.name] = {"status": "ok", "open": [], "fire": [], "moves": []}
        racers.append(Racer(entry, rival, _stations(rival)))
    return found, racers


def _stations(rival: Rival) -> list[Any]:
    """Return fresh tickets that stopped after 0, 1, 2 … moves of a life, in every state on the way."""
    return [
        rival.live(
            rival.open(number, task.moment(0), task.FORM),
            task.LIFE[:number],
            task.moments(1, number),
        )
        for number in range(len(task.LIFE) + 1)
    ]


def _turn(racer: Racer) -> dict[str, float]:
    """Return microseconds an opening, a move and a list of moves."""
    rival, lives = racer.rival, racer.entry.lives
    first, later, length = task.moment(0), task.moments(1, len(task.LIFE)), len(task.LIFE)
    clock, moves, form, last = time.thread_time, task.LIFE, task.FORM, task.moment(99)
    gc.collect()
    gc.disable()
    start = clock()
    tickets = [rival.open(number, first, form) for number in range(lives)]
    opened = clock()
    for ticket in tickets:
        rival.live(ticket, moves, later)
    lived = clock()
    lists = min(_LISTS, lives)
    for _ in range(lists):
        for ticket in racer.stations:
            rival.list_moves(ticket, last)
    listed = clock()
    gc.enable()
    del tickets
    rival.forget()
    return {
        "open": (opened - start) / lives * _MICRO,
        "fire": (lived - opened) / lives / length * _MICRO,
        "moves": (listed - lived) / lists / len(racer.stations) * _MICRO,
    }


if __name__ == "__main__":
    print(json.dumps(race(int(sys.argv[1]), int(sys.argv[2]))))
