"""
Bytes a ticket takes, fresh and after 14 moves: `python -m benchmarks.workflow.memory NAME TICKETS`.

Every ticket has an id of its own and every event a moment of its own, as tickets read from a database have;
the texts of the form are shared. Measured with tracemalloc, engine and definition left out. One line of JSON.
"""

import gc
import json
import sys
import tracemalloc
from typing import Any

from ..peers import NotInstalled
from . import task
from .rivals import Rival, entry_of, rival_of

_SPACE = len(task.LIFE) + 1


def measure(name: str, count: int) -> dict:
    """Return bytes a ticket."""
    try:
        rival = rival_of(entry_of(name))
    except NotInstalled as error:
        return {"status": "not installed", "why": str(error)}
    _grown(rival, _opened(rival, 0))  # what is made once is nobody's ticket
    rival.forget()
    gc.collect()
    tracemalloc.start()
    tickets: list[Any] = [None] * count
    empty = tracemalloc.get_traced_memory()[0]
    for number in range(count):
        tickets[number] = _opened(rival, number)
    gc.collect()
    fresh = tracemalloc.get_traced_memory()[0]
    for number in range(count):
        tickets[number] = _grown(rival, tickets[number], number)
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0]
    return {
        "status": "ok",
        "tickets": count,
        "fresh": (fresh - empty) / count,
        "grown": (grown - empty) / count,
    }


def _opened(rival: Rival, number: int) -> Any:
    return rival.open(number, task.moment(number * _SPACE), task.FORM)


def _grown(rival: Rival, ticket: Any, number: int = 0) -> Any:
    return rival.live(ticket, task.LIFE, task.moments(number * _SPACE + 1, len(task.LIFE)))


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
