"""
What a rival takes in memory: `python -m benchmarks.organisation.room CONTEST RIVAL SIZE`.

The task is there already; counted is what comes on top of it while the rival is made and answers once.
Prints one line of JSON.
"""

import gc
import json
import sys

from .. import machine
from ..peers import NotInstalled
from .contests import contest_of
from .race import made


def measure(name: str, rival: str, size: int) -> dict:
    """Return the MiB on top of the task, held and at most."""
    contest = contest_of(name)
    chosen = next(one for one in contest.rivals if one.name == rival)
    task = contest.task(size)
    pieces = contest.pieces(task, 0)
    gc.collect()
    machine.forget_peak()
    before = machine.resident()
    try:
        work = made(chosen, task)
    except NotInstalled as error:
        return {"status": "not installed", "why": str(error)}
    answer = work(pieces[: max(1, len(pieces) // chosen.share)])
    found = {"status": "ok", "held": machine.resident() - before, "most": machine.peak() - before}
    del answer, work
    return found


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
