"""A workflow with one clock, for the tests of clocks and tiers: what a clock is, each test adds."""

from tests.workflow.features.given import Actor, at, flow_of, lived, shown

__all__ = [
    "BODY",
    "CLOCK",
    "FIVE",
    "NO_EXTENSION",
    "WHO",
    "at",
    "clock",
    "clocked",
    "due",
    "flow_of",
    "lived",
    "shown",
    "started",
    "told",
]

WHO = Actor("c", "clerk", "street-1")
BODY = """
[workflow]
id = "example/clocks"
title = { zh = "计时", en = "Clocks" }
effective = 2024-01-01
basis = "B"
source = "S"

[[role]]
id = "clerk"

[[slot]]
id = "unit"
kind = "unit"

[[slot]]
id = "holder"

[[field]]
id = "class"
one_of = ["consult", "complaint", "rest"]

[[field]]
id = "letter"
type = "date"

[[field]]
id = "call"
type = "moment"

[[field]]
id = "end"
type = "date"

[[field]]
id = "statutory"
type = "date"

[[field]]
id = "days"
type = "count"

[[field]]
id = "unit"

[[state]]
id = "begun"
kind = "initial"

[[state]]
id = "working"

[[state]]
id = "waiting"
kind = "waiting"

[[state]]
id = "testing"
kind = "waiting"

[[state]]
id = "solved"

[[state]]
id = "closed"
kind = "final"

[[opening]]
id = "begin"
to = "begun"
by = "clerk"
optional = ["class", "letter", "call", "end", "statutory", "unit"]
sets = { unit = { field = "unit" }, holder = "actor" }

[[move]]
id = "go"
from = ["begun", "waiting", "testing", "solved"]
to = "working"
by = "clerk"

[[move]]
id = "hold"
from = ["working", "testing"]
to = "waiting"
by = "clerk"

[[move]]
id = "test"
from = ["working", "waiting"]
to = "testing"
by = "clerk"

[[move]]
id = "solve"
from = "working"
to = "solved"
by = "clerk"

[[move]]
id = "urgent"
from = "working"
to = "same"
by = "clerk"

[[move]]
id = "drop"
from = "working"
to = "same"
by = "clerk"

[[move]]
id = "reclass"
from = "@open"
to = "same"
by = "clerk"
optional = ["class", "statutory", "end"]

[[move]]
id = "close"
from = ["begun", "working", "solved"]
to = "closed"
by = "clerk"

[[move]]
id = "extend"
from = ["working", "waiting", "testing"]
to = "same"
by = "clerk"
extends = { clock = "limit", by = EXTENSION }

[[move]]
id = "extend-days"
from = ["working", "waiting", "testing"]
to = "same"
by = "clerk"
form = ["days"]
extends = { clock = "limit", days_field = "days", most = 10 }
"""
CLOCK = """
[[clock]]
id = "limit"
start = "working"
stop = ["solved", "closed"]
"""
#: Days cannot be added to hours.
NO_EXTENSION = ["extend", "extend-days"]
FIVE = "limit = { working_days = 5 }\n"


def clocked(rest, *, extension="{ working_days = 5 }", calendars=None, drop=()):
    """Return a flow with one clock, "limit", that starts on entering "working" and stops on "solved"."""
    body = BODY
    for move in drop:
        first = body.index(f'[[move]]\nid = "{move}"')
        last = body.find("[[move]]", first + 1)
        body = body[:first] + (body[last:] if last > 0 else "")
    return flow_of(body.replace("EXTENSION", extension) + CLOCK + rest, calendars=calendars)


def started(flow, moment, **form):
    """Return a ticket whose clock started at a moment."""
    ticket = flow.open("T", by=WHO, at=at(moment), form=form).ticket
    return lived(flow, ticket, ("go", WHO, moment))


def clock(flow, ticket, moment):
    """Return the state of the clock."""
    return flow.clocks(ticket, at=at(moment))["limit"]


def due(flow, ticket, moment):
    """Return when the clock is due, as the wall clock shows it."""
    return shown(clock(flow, ticket, moment).deadline.moment)


def told(*steps):
    """Return moves of the same clerk, each written "move day hour"."""
    return [(move, WHO, f"2024-{moment}") for move, _, moment in (step.partition(" ") for step in steps)]
