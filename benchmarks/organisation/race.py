"""
All rivals of a contest in one process, in shuffled order.

`python -m benchmarks.organisation.race NAME SIZE TURNS SEED`. Whatever else the machine is doing touches them
all. CPU seconds of all threads, the garbage collector resting while the clock runs. Every answer is compared
with that of the hand-written rival. Prints one line of JSON: seconds a piece, turn by turn.
"""

import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from random import Random
from typing import Any, NamedTuple

from ..peers import NotInstalled
from .contests import BASELINE, Contest, Rival, contest_of


class Racer(NamedTuple):
    """A rival that is ready."""

    rival: Rival
    work: Callable[[Sequence[Any]], Any]


def race(contest: Contest, size: int, turns: int, seed: int) -> dict[str, dict]:
    """Return for each rival the seconds a piece of every turn, or why there are none."""
    task = contest.task(size)
    found, racers = _ready(contest, task)
    for turn in range(turns + 1):
        pieces = contest.pieces(task, seed * (turns + 1) + turn)
        answers = {}
        for racer in Random(seed * turns + turn).sample(racers, len(racers)):
            mine = pieces[: max(1, len(pieces) // racer.rival.share)]
            seconds, answer = timed(racer.work, mine)
            answers[racer.rival.name] = racer.rival.told(answer)
            if turn:  # the first one warms up
                found[racer.rival.name]["seconds"].append(seconds / len(mine))
        expected = answers[BASELINE]
        for name, answer in answers.items():
            found[name]["wrong"] += sum(one != other for one, other in zip(answer, expected, strict=False))
    return found


def _ready(contest: Contest, task: Any) -> tuple[dict[str, dict], list[Racer]]:
    found: dict[str, dict] = {}
    racers = []
    for rival in contest.rivals:
        try:
            racers.append(Racer(rival, made(rival, task)))
            found[rival.name] = {"status": "ok", "seconds": [], "wrong": 0}
        except NotInstalled as error:
            found[rival.name] = {"status": "not installed", "why": str(error)}
    return found, racers


def made(rival: Rival, task: Any) -> Callable[[Sequence[Any]], Any]:
    """
    Return a rival's work.

    Raises:
        NotInstalled: If the package it needs is missing.
    """
    if rival.needs:
        try:
            import_module(rival.needs)
        except ModuleNotFoundError as error:
            if error.name != rival.needs.partition(".")[0]:
                raise
            raise NotInstalled(str(error)) from error
    return rival.make(task)


def timed(work: Callable[[Sequence[Any]], Any], pieces: Sequence[Any]) -> tuple[float, Any]:
    """Return the CPU seconds of a piece of work, and its answer."""
    gc.collect()
    gc.disable()
    start = time.process_time()
    answer = work(pieces)
    seconds = time.process_time() - start
    gc.enable()
    return seconds, answer


if __name__ == "__main__":
    print(json.dumps(race(contest_of(sys.argv[1]), *map(int, sys.argv[2:]))))
