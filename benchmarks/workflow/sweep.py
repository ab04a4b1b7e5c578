"""
A sweep over a million open tickets: `python -m benchmarks.workflow.sweep TICKETS`.

Opened over 20 working days between eight and six, more of them lately, each with one of five limits: 1, 5 and
20 working days, 15 days by the calendar, 16 hours of the office. A reminder comes 24 hours before the end, a
report when it is over. First everything that fell due by the beginning of a working day is done, so a part of
the tickets is overdue already; then one sweep finds nothing, and one, later, finds about one in a hundred.
Prints one line of JSON.
"""

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from serviceorg.calendars import Hours, WorkCalendar, china
from serviceorg.loading import workflow_from_text
from serviceorg.model import Actor, Units
from serviceorg.workflow import Flow, Ticket

from .. import machine

TICKETS = 1_000_000
_SEED = 7
_DAYS = 20
_CLASSES = ("rush", "common", "long", "calendar", "office")
_FIRST = datetime(
    2024, 8, 5, tzinfo=UTC
)  # a Monday, 08:00 in China; no holiday until the middle of September
_HOURS = 10
_SHARE = 0.01
_PASSES = 3
_SAMPLE = 20_000
_TEXT = """
[workflow]
id = "bench/sweep"
title = "Open tickets"
effective = 2020-01-01
basis = "made up"
source = "made up"
scope = "unit"
[[role]]
id = "clerk"
title = "clerk"
[[slot]]
id = "unit"
title = "unit"
kind = "unit"
[[field]]
id = "class"
title = "class"
one_of = ["rush", "common", "long", "calendar", "office"]
[[state]]
id = "received"
title = "received"
kind = "initial"
[[state]]
id = "closed"
title = "closed"
kind = "final"
[[opening]]
id = "report"
title = "report"
to = "received"
by = "clerk"
form = ["class"]
sets = { unit = { id = "street-1" } }
[[move]]
id = "close"
title = "close"
from = "received"
to = "closed"
by = "clerk"
[[clock]]
id = "resolve"
title = "resolve"
start = "report"
stop = "closed"
[clock.limit]
by = "class"
[clock.limit.table]
rush = { working_days = 1 }
common = { working_days = 5 }
long = { working_days = 20 }
calendar = { days = 15, roll = "next" }
office = { working_hours = 16 }
[[clock.tier]]
id = "soon"
before = { hours = 24 }
[[clock.tier]]
id = "over"
at = "due"
"""


def measure(count: int) -> dict:
    """Return the seconds of both sweeps, what they found, and the memory held."""
    calendar = china(hours=Hours.daily("09:00-12:00", "14:00-17:30"))
    flow = Flow(workflow_from_text(_TEXT), calendars={"cn": calendar}, units=Units({"street-1": ""}))
    calm = calendar.start_of(calendar.add_working_days(_FIRST.date(), _DAYS))
    tickets = _tickets(flow, count, calendar)
    late, catching_up = _timed(
        lambda: {step.ticket.id: step.ticket for step in flow.tick_many(tickets, at=calm)}
    )
    caught_up = len(late)
    tickets = [late.pop(ticket.id, ticket) for ticket in tickets]
    overdue = sum(ticket.last.move == "resolve.over" for ticket in tickets)
    busy = _moment_of(flow, tickets)
    gc.collect()
    held = machine.resident()
    machine.forget_peak()
    sweeps = {"idle": _sweep(flow, tickets, calm), "busy": _sweep(flow, tickets, busy)}
    return {
        "status": "ok",
        "tickets": count,
        "overdue": overdue / count,
        "late": {"due": caught_up, "seconds": catching_up},
        **sweeps,
        "resident": held,
        "peak": machine.peak(),
    }


def _sweep(flow: Flow, tickets: list[Ticket], at: datetime) -> dict:
    """Return how many tickets had something due, and the median seconds to find and do it."""
    passes = [_timed(lambda: sum(1 for _ in flow.tick_many(tickets, at=at))) for _ in range(_PASSES)]
    return {"due": passes[0][0], "seconds": statistics.median(seconds for _, seconds in passes)}


def _tickets(flow: Flow, count: int, calendar: WorkCalendar) -> list[Ticket]:
    """Return open tickets, all with moments and ids of their own."""
    chance, clerk = Random(_SEED), Actor("u7", "clerk@street-1", "street-1")
    days = [calendar.add_working_days(_FIRST.date(), number) for number in range(_DAYS)]
    begins = [datetime(day.year, day.month, day.day, tzinfo=UTC) for day in days]
    # Of the older ones, more are closed by now: what is open grows with the square of the day.
    opened = chance.choices(begins, [(number + 1) ** 2 for number in range(_DAYS)], k=count)
    return [
        flow.open(
            f"T-{number}",
            by=clerk,
            at=begin + timedelta(seconds=chance.randrange(_HOURS * 3600)),
            form={"class": chance.choice(_CLASSES)},
        ).ticket
        for number, begin in enumerate(opened)
    ]


def _moment_of(flow: Flow, tickets: list[Ticket]) -> datetime:
    """Return the moment by which one ticket of a hundred wakes, as a sample of them tells."""
    sample = Random(_SEED).sample(tickets, min(_SAMPLE, len(tickets)))
    wakeups = sorted(filter(None, map(flow.next_wakeup, sample)))
    return wakeups[int(len(sample) * _SHARE)] + timedelta(seconds=1)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return an answer and the CPU seconds it took."""
    start = time.process_time()
    answer = work()
    return answer, time.process_time() - start


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
