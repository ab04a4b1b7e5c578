"""A small workflow and one ticket of it, for tests of what goes out and comes in."""

from datetime import UTC, datetime
from decimal import Decimal

from serviceorg.calendars import china
from serviceorg.loading import workflow_from_text
from serviceorg.model import Actor, Units
from serviceorg.workflow import Flow, Ticket

COMPLAINT = """
[workflow]
id = "example/complaint"
title = { zh = "投诉", en = "Complaint" }
effective = 2020-01-01
basis = "Decision 1/2020"
source = "Notice board"
scope = "unit"

[[role]]
id = "clerk"
title = { zh = "经办人", en = "Clerk" }

[[role]]
id = "chief"
title = { zh = "主任", en = "Chief" }

[[slot]]
id = "handler"
title = { zh = "经办人", en = "Handler" }

[[slot]]
id = "unit"
title = { zh = "单位", en = "Unit" }
kind = "unit"

[[slot]]
id = "reporter"
title = { zh = "反映人", en = "Reporter" }
seen_by = ["chief"]

[[field]]
id = "text"
title = { zh = "内容", en = "What it is about" }

[[field]]
id = "place"
title = { zh = "单位", en = "Unit" }

[[field]]
id = "lat"
title = { zh = "纬度", en = "Latitude" }
type = "number"
least = -90
most = 90

[[field]]
id = "phone"
title = { zh = "电话", en = "Phone" }
seen_by = ["chief"]

[[field]]
id = "cost"
title = { zh = "费用", en = "Cost" }
type = "number"

[[field]]
id = "visits"
title = { zh = "走访次数", en = "Visits" }
type = "count"

[[field]]
id = "solved"
title = { zh = "已解决", en = "Solved" }
type = "flag"

[[field]]
id = "on"
title = { zh = "日期", en = "Day" }
type = "date"

[[field]]
id = "witnesses"
title = { zh = "见证人", en = "Witnesses" }
type = "ids"

[[state]]
id = "new"
title = { zh = "待受理", en = "New" }
kind = "initial"

[[state]]
id = "working"
title = { zh = "办理中", en = "In hand" }

[[state]]
id = "waiting"
title = { zh = "待补正", en = "Waiting for the reporter" }
kind = "waiting"

[[state]]
id = "closed"
title = { zh = "已办结", en = "Closed" }
kind = "final"
outcome = "solved"

[[opening]]
id = "report"
title = { zh = "反映", en = "Report" }
to = "new"
by = "anyone"
form = ["text", "place"]
optional = ["lat", "phone"]
sets = { reporter = "actor", unit = { field = "place" } }

[[move]]
id = "accept"
title = { zh = "受理", en = "Accept" }
from = "new"
to = "working"
by = "clerk"
sets = { handler = "actor" }

[[move]]
id = "ask"
title = { zh = "要求补正", en = "Ask the reporter" }
from = "working"
to = "waiting"
by = { slot = "handler" }

[[move]]
id = "answer"
title = { zh = "补正", en = "Answer" }
from = "waiting"
to = "working"
by = ["clerk", { slot = "reporter" }]

[[move]]
id = "give-up"
title = { zh = "逾期未补正", en = "No answer" }
from = "waiting"
to = "closed"
by = "clock"

[[move]]
id = "close"
title = { zh = "办结", en = "Close" }
from = "working"
to = "closed"
by = { slot = "handler" }
form = ["cost", "visits", "solved", "on", "witnesses"]

[[clock]]
id = "resolve"
title = { zh = "办结时限", en = "Time to close" }
start = "report"
stop = "closed"
limit = { hours = 72 }
holder = "handler"

[[clock]]
id = "silence"
title = { zh = "补正时限", en = "Time to answer" }
start = "ask"
stop = ["answer", "closed"]
limit = { hours = 24 }
again = "restart"
tier = [{ id = "over", at = "due", move = "give-up" }]
"""
UNITS = Units({"city": "", "street-1": "city"})
CLERK = Actor("u7", "clerk@street-1", "street-1")
NEIGHBOUR = Actor("p3", (), "street-1")


def moment(day: int, hour: int) -> datetime:
    """Return a moment of January 2024 in UTC."""
    return datetime(2024, 1, day, hour, tzinfo=UTC)


def complaints() -> Flow:
    """Return the flow of the complaint workflow."""
    workflow = workflow_from_text(COMPLAINT, file="complaint.toml")
    return Flow(workflow, calendars={"cn": china()}, units=UNITS)


def reported(flow: Flow, name: str = "T-1") -> Ticket:
    """Return a complaint as p3 reported it on 2 January at 8:00."""
    form = {"text": 'A <lamp> & "more"\nis out', "place": "street-1", "lat": Decimal("30.25"), "phone": "555"}
    return flow.open(name, by=NEIGHBOUR, at=moment(2, 8), form=form).ticket


def answered(flow: Flow) -> Ticket:
    """Return a complaint accepted at 9:00, with a question at 10:00 that p3 answered at 11:00."""
    ticket = flow.fire(reported(flow), "accept", by=CLERK, at=moment(2, 9)).ticket
    ticket = flow.fire(ticket, "ask", by=CLERK, at=moment(2, 10)).ticket
    return flow.fire(ticket, "answer", by=NEIGHBOUR, at=moment(2, 11)).ticket


def closed(flow: Flow) -> Ticket:
    """Return the same complaint, closed at 12:00 with a value of every kind; p3 was a witness too."""
    form = {
        "cost": Decimal("12.50"),
        "visits": 2,
        "solved": True,
        "on": moment(2, 12).date(),
        "witnesses": ["w1", "p3"],
    }
    return flow.fire(answered(flow), "close", by=CLERK, at=moment(2, 12), form=form).ticket
