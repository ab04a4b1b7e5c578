"""
The one machine that every rival runs: 10 states, 14 moves, 3 guards, and a life of 14 moves.

A clerk of the district, who stands over the street a ticket belongs to, makes every move. One clock runs from
"triage" until the ticket is resolved, rejected or closed. Everything is made up; no town works like this.
"""

from datetime import UTC, datetime, timedelta
from functools import cache

STATES = (
    "received",
    "triaged",
    "assigned",
    "in_progress",
    "resolved",
    "verified",
    "closed",
    "returned",
    "escalated",
    "rejected",
)
INITIAL = "received"
#: Of each move: its id, the state it leaves, the one it leads to, and the field that must be filled, if any.
MOVES = (
    ("triage", "received", "triaged", ""),
    ("reject", "triaged", "rejected", "reason"),
    ("assign", "triaged", "assigned", "assignee"),
    ("start", "assigned", "in_progress", ""),
    ("give_back", "assigned", "returned", ""),
    ("retriage", "returned", "triaged", ""),
    ("escalate", "in_progress", "escalated", ""),
    ("take_over", "escalated", "assigned", ""),
    ("resolve", "in_progress", "resolved", "evidence"),
    ("verify", "resolved", "verified", ""),
    ("reopen", "resolved", "in_progress", ""),
    ("close", "verified", "closed", ""),
    ("appeal", "closed", "assigned", ""),
    ("revive", "rejected", "triaged", ""),
)
LIFE = (
    "triage",
    "assign",
    "give_back",
    "retriage",
    "assign",
    "start",
    "escalate",
    "take_over",
    "start",
    "resolve",
    "reopen",
    "resolve",
    "verify",
    "close",
)
#: Moves that lead in a circle from "triaged", for histories of any length.
CIRCLE = ("assign", "give_back", "retriage")

FORM = {
    "title": "street lamp out",
    "street": "street-1",
    "assignee": "u7",
    "evidence": "photo",
    "reason": "reported twice",
}
REQUIRED = ("title", "street")
OPTIONAL = ("assignee", "evidence", "reason")

CLOCK_START = "triage"
CLOCK_STOPS = ("resolved", "rejected", "closed")

#: The unit above each one, "" at the top.
UNITS = {"city": "", "district-1": "city", "street-1": "district-1", "street-2": "district-1"}
ROLE = "clerk"
CLERK = ("u7", "district-1", "street-1")  # id, where the post is held, home unit
STRANGER = ("u8", "street-2", "street-2")  # a clerk as well, of another street

BEGIN = datetime(2024, 9, 2, 1, tzinfo=UTC)
_STEP = timedelta(seconds=1)


def moment(number: int) -> datetime:
    """Return the moment of that number, a second apart, as a new object at every call."""
    return BEGIN + number * _STEP


def moments(first: int, count: int) -> list[datetime]:
    """Return so many moments, each an object of its own."""
    return [moment(number) for number in range(first, first + count)]


def targets() -> dict[tuple[str, str], str]:
    """Return the state that a move leads to, by the state left and the move."""
    return {(source, move): target for move, source, target, _ in MOVES}


def expected() -> list[tuple[str, str]]:
    """Return the moves of a life with the states they lead to, worked out from the table alone."""
    table, state, told = targets(), INITIAL, []
    for move in LIFE:
        state = table[state, move]
        told.append((move, state))
    return told


@cache
def toml_text() -> str:
    """Return the machine as a workflow file."""
    final = 'kind = "final"'
    kinds = {INITIAL: 'kind = "initial"', "closed": final}
    tables = [
        *(f'[[field]]\nid = "{name}"\ntitle = "{name}"' for name in (*REQUIRED, *OPTIONAL)),
        *(f'[[state]]\nid = "{name}"\ntitle = "{name}"\n{kinds.get(name, "")}' for name in STATES),
        _OPENING.format(required=list(REQUIRED), optional=list(OPTIONAL), state=INITIAL),
        *(_move_text(*row) for row in MOVES),
        _CLOCK.format(start=CLOCK_START, stop=list(CLOCK_STOPS)),
    ]
    return "\n".join([_HEAD, *tables])


def _move_text(move: str, source: str, target: str, guard: str) -> str:
    needs = f'needs = [{{ field = "{guard}", filled = true }}]\n' if guard else ""
    head = f'[[move]]\nid = "{move}"\ntitle = "{move}"\nby = "{ROLE}"'
    return f'{head}\nfrom = "{source}"\nto = "{target}"\n{needs}'


_HEAD = f"""
[workflow]
id = "bench/ticket"
title = "A ticket"
effective = 2020-01-01
basis = "made up"
source = "made up"
scope = "unit"
[[role]]
id = "{ROLE}"
title = "{ROLE}"
[[slot]]
id = "unit"
title = "unit"
kind = "unit"
"""
_OPENING = f"""[[opening]]
id = "report"
title = "report"
to = "{{state}}"
by = "{ROLE}"
form = {{required}}
optional = {{optional}}
sets = {{{{ unit = {{{{ field = "street" }}}} }}}}
"""
_CLOCK = """[[clock]]
id = "resolve"
title = "resolve"
start = "{start}"
stop = {stop}
again = "continue"
limit = {{ working_days = 5 }}
[[clock.tier]]
id = "due"
at = "due"
"""
