import attrs
import pytest

from serviceorg.errors import TicketError
from serviceorg.workflow import Refused
from tests.workflow.features.given import Actor, at, flow_of, lived, moves_of, shown

WHO = Actor("c", "clerk")
FIRST = """
[workflow]
id = "example/versions"
title = { zh = "版本", en = "Versions" }
effective = 2024-01-01
basis = "B"
source = "S"

[[role]]
id = "clerk"

[[slot]]
id = "handler"

[[field]]
id = "note"

[[state]]
id = "received"
kind = "initial"

[[state]]
id = "working"

[[state]]
id = "checking"

[[state]]
id = "waiting"
kind = "waiting"

[[state]]
id = "closed"
kind = "final"

[[opening]]
id = "begin"
to = "received"
by = "clerk"

[[move]]
id = "accept"
from = "received"
to = "working"
by = "clerk"
optional = ["note"]
sets = { handler = "actor" }

[[move]]
id = "note-down"
from = "working"
to = "same"
by = "clerk"

[[move]]
id = "hold"
from = "working"
to = "waiting"
by = "clerk"

[[move]]
id = "go-on"
from = "waiting"
to = "working"
by = "clerk"

[[move]]
id = "check"
from = "working"
to = "checking"
by = "clerk"

[[move]]
id = "close"
from = ["received", "working", "checking"]
to = "closed"
by = "clerk"

[[clock]]
id = "limit"
start = "working"
stop = "closed"
pause = "waiting"
limit = { working_days = 5 }
[[clock.tier]]
id = "over"
at = "due"
"""


def versions(in_flight, changes='set = { "clock.limit.limit" = { working_days = 10 } }', second=""):
    """Return a flow whose second version is in force from 1 July 2024."""
    amendment = f"""
[[amend]]
effective = 2024-07-01
basis = "B2"
in_flight = {in_flight}
{changes}
"""
    return flow_of(FIRST + amendment + second)


def begun(flow, moment="2024-06-27 09:00"):
    """Return a ticket that was accepted on Thursday 27 June."""
    ticket = flow.open("T", by=WHO, at=at(moment)).ticket
    return lived(flow, ticket, ("accept", WHO, moment, {"note": "n"}))


def due(flow, ticket, moment):
    """Return when the clock is due, as the wall clock shows it."""
    return shown(flow.clocks(ticket, at=at(moment))["limit"].deadline.moment)


def test_a_ticket_is_pinned_to_the_version_it_began_with():
    """A new version changes nothing for tickets in hand: five working days from 27 June end with 4 July."""
    flow = versions('{ tickets = "finish" }')
    ticket = begun(flow)

    later = lived(flow, ticket, ("note-down", WHO, "2024-07-02 09:00"))

    assert later.version == flow.workflow.versions[0].digest
    assert due(flow, later, "2024-07-02 09:00") == "2024-07-05 00:00"


def test_a_ticket_opened_on_the_first_day_has_the_new_version():
    """The first moment of 1 July, by the wall clock of the calendar, divides old from new."""
    flow = versions('{ tickets = "finish" }')
    old, new = (one.digest for one in flow.workflow.versions)

    opened = [
        flow.open("T", by=WHO, at=at(moment)).ticket for moment in ("2024-06-30 23:59:59", "2024-07-01 00:00")
    ]

    assert [one.version for one in opened] == [old, new]


def test_tickets_that_finish_by_their_version_are_not_moved():
    """Where in_flight says finish, migrating is an error that says so."""
    flow = versions('{ tickets = "finish" }')

    with pytest.raises(
        TicketError,
        match="the version of 2024-07-01 lets tickets in flight finish by the one they began with",
    ):
        flow.migrate(begun(flow), by=WHO, at=at("2024-07-02 09:00"))


def test_a_ticket_of_the_version_in_force_is_not_moved():
    """Migrating before the new version is in force, or twice, is an error."""
    flow = versions('{ tickets = "move" }')
    ticket = begun(flow)
    moved = flow.migrate(ticket, by=WHO, at=at("2024-07-02 09:00")).ticket

    for one, moment in ((ticket, "2024-06-30 09:00"), (moved, "2024-07-03 09:00")):
        with pytest.raises(TicketError, match="it has the version in force already"):
            flow.migrate(one, by=WHO, at=at(moment))


def test_a_running_clock_keeps_its_start_and_takes_the_new_limit():
    """Kept: ten working days from 27 June end with 11 July; fields, people and history stay."""
    flow = versions('{ tickets = "move" }')
    ticket = begun(flow)

    step = flow.migrate(ticket, by=WHO, at=at("2024-07-02 09:00"))

    moved = step.ticket
    assert due(flow, moved, "2024-07-02 09:00") == "2024-07-12 00:00"
    assert (moved.state, moved.fields, moved.slots) == (ticket.state, ticket.fields, ticket.slots)
    assert moved.history[:-1] == ticket.history
    assert step.events == (moved.last,)
    assert moved.version == flow.workflow.versions[1].digest


def test_a_pause_is_kept_with_the_clock():
    """Kept: held from 28 June to 2 July one day has run, and nine of ten are left: they end with 15 July."""
    flow = versions('{ tickets = "move", clocks = "keep" }')
    ticket = lived(flow, begun(flow), ("hold", WHO, "2024-06-28 09:00"))

    moved = flow.migrate(ticket, by=WHO, at=at("2024-07-01 09:00")).ticket
    moved = lived(flow, moved, ("go-on", WHO, "2024-07-02 09:00"))

    # 3, 4, 5, 8, 9, 10, 11, 12 and 15 July.
    assert due(flow, moved, "2024-07-02 09:00") == "2024-07-16 00:00"
    assert flow.replay("T", moved.history) == moved


def test_a_running_clock_begins_anew_where_it_is_restarted():
    """Restarted: ten working days from 2 July end with 16 July, as the second run."""
    flow = versions('{ tickets = "move", clocks = "restart" }')

    moved = flow.migrate(begun(flow), by=WHO, at=at("2024-07-02 09:00")).ticket

    assert due(flow, moved, "2024-07-02 09:00") == "2024-07-17 00:00"
    assert flow.clocks(moved, at=at("2024-07-02 09:00"))["limit"].turn == 2


def test_a_clock_restarted_while_it_stands_still_stands_still():
    """Restarted in a waiting state, nothing of the ten days has run until it goes on."""
    flow = versions('{ tickets = "move", clocks = "restart" }')
    ticket = lived(flow, begun(flow), ("hold", WHO, "2024-06-28 09:00"))

    moved = flow.migrate(ticket, by=WHO, at=at("2024-07-01 09:00")).ticket

    state = flow.clocks(moved, at=at("2024-07-05 09:00"))["limit"]
    assert (state.is_paused, state.deadline.moment) == (True, None)
    assert [(one.amount, one.unit) for one in state.deadline.remaining] == [(10, "working days")]


def test_a_clock_that_has_stopped_keeps_its_verdict():
    """What was late by the old limit stays late, though the new one is longer."""
    flow = versions('{ tickets = "move" }')
    ticket = lived(flow, begun(flow, "2024-06-12 09:00"), ("close", WHO, "2024-06-20 09:00"))
    before = flow.clocks(ticket, at=at("2024-06-30 09:00"))["limit"].verdict

    moved = flow.migrate(ticket, by=WHO, at=at("2024-07-02 09:00")).ticket

    # From Wednesday 12 June: 13, 14, 17, 18 and 19 June.
    assert (before, flow.clocks(moved, at=at("2024-07-02 09:00"))["limit"].verdict) == ("late", "late")


GONE = """
retire = ["state.checking", "move.check"]
set = { "move.close.from" = ["received", "working"] }
"""


def test_tickets_of_a_state_that_is_gone_go_where_the_map_says():
    """A ticket in "checking" comes to "working" and can go on from there."""
    flow = versions('{ tickets = "move", states = { checking = "working" } }', GONE)
    ticket = lived(flow, begun(flow), ("check", WHO, "2024-06-28 09:00"))

    moved = flow.migrate(ticket, by=WHO, at=at("2024-07-02 09:00")).ticket

    assert (ticket.state, moved.state) == ("checking", "working")
    assert moves_of(flow, moved, WHO, "2024-07-02 10:00") == ["close", "hold", "note-down"]
    assert flow.replay("T", moved.history) == moved


def test_a_history_replays_over_a_migration():
    """Events before the migration are applied by the old version, those after it by the new one."""
    flow = versions('{ tickets = "move", clocks = "restart" }')
    moved = flow.migrate(begun(flow), by=WHO, at=at("2024-07-02 09:00")).ticket
    ticket = lived(flow, moved, ("hold", WHO, "2024-07-03 09:00"), ("go-on", WHO, "2024-07-04 09:00"))
    ticket = flow.tick(ticket, at=at("2024-12-31 09:00")).ticket

    again = flow.replay("T", ticket.history)

    assert again == ticket
    assert [one.move for one in again.history] == [
        "begin",
        "accept",
        "migrate",
        "hold",
        "go-on",
        "limit.over",
    ]


def test_a_migration_to_a_version_that_is_not_here_is_told():
    """A history that moves to an unknown version cannot be replayed, and says why."""
    flow = versions('{ tickets = "move" }')
    moved = flow.migrate(begun(flow), by=WHO, at=at("2024-07-02 09:00")).ticket
    odd = attrs.evolve(moved.last, form={"version": "f" * 64})

    with pytest.raises(TicketError, match="moved to a version that is not here"):
        flow.replay("T", [*moved.history[:-1], odd])


ASKING = """
[amend.set]
"move.close.needs" = [{ happened = "accept" }]
"move.note-down.needs" = [{ count = "note-down", to = 1 }]
"""


def test_what_the_new_version_asks_of_the_past_is_found_in_the_history():
    """A requirement that is new counts what happened under the old version too."""
    changes = ASKING.replace(
        '[{ happened = "accept" }]', '[{ any = [{ state = "received" }, { happened = "accept" }] }]'
    )
    flow = versions('{ tickets = "move" }', changes)
    ticket = lived(flow, begun(flow), *[("note-down", WHO, f"2024-06-28 {hour}:00") for hour in ("09", "10")])

    moved = flow.migrate(ticket, by=WHO, at=at("2024-07-02 09:00")).ticket

    with pytest.raises(Refused) as caught:
        flow.fire(moved, "note-down", by=WHO, at=at("2024-07-02 10:00"))
    closed = flow.fire(moved, "close", by=WHO, at=at("2024-07-02 10:00")).ticket
    assert caught.value.codes == ("count",)
    assert closed.state == "closed"
    assert flow.replay("T", closed.history) == closed


SECOND = """
[[amend]]
effective = 2024-10-01
basis = "B3"
in_flight = { tickets = "move" }
set = { "clock.limit.limit" = { working_days = 20 } }
"""


def test_a_ticket_is_moved_through_every_version_between():
    """From the first version to the third it goes through the second, one event for each."""
    flow = versions('{ tickets = "move" }', second=SECOND)

    ticket = flow.tick(begun(flow), at=at("2024-10-08 09:00")).ticket

    step = flow.migrate(ticket, by=WHO, at=at("2024-10-08 09:00"))

    digests = [one.digest for one in flow.workflow.versions]
    assert [one.form["version"] for one in step.events] == digests[1:]
    assert step.ticket.version == digests[2]
    assert flow.replay("T", step.ticket.history) == step.ticket


def test_a_version_that_keeps_its_tickets_stops_the_way_through():
    """If a version on the way lets tickets finish, they are not carried past it."""
    flow = versions('{ tickets = "finish" }', second=SECOND)

    ticket = flow.tick(begun(flow), at=at("2024-10-08 09:00")).ticket

    with pytest.raises(TicketError, match="2024-07-01"):
        flow.migrate(ticket, by=WHO, at=at("2024-10-08 09:00"))


def test_what_fell_due_comes_before_a_migration():
    """A ticket on which something fell due is not moved over it: that would make it undone."""
    flow = versions('{ tickets = "move" }')

    with pytest.raises(TicketError, match="tick it first"):
        flow.migrate(begun(flow), by=WHO, at=at("2024-10-08 09:00"))


def test_who_migrates_is_on_record():
    """The event of a migration has the actor, the moment and the digests of both versions."""
    flow = versions('{ tickets = "move" }')

    event = flow.migrate(begun(flow), by=Actor("chief", unit="city"), at=at("2024-07-02 09:00")).events[0]

    assert (event.move, event.by, event.unit, event.at) == (
        "migrate",
        "chief",
        "city",
        at("2024-07-02 09:00"),
    )
    before, version = (one.digest for one in flow.workflow.versions)
    assert dict(event.form) == {"before": before, "version": version}


DUTIES = """
set = { "move.accept.duty" = "handle", "move.check.duty" = "review", "move.check.by" = "anyone" }
"""


def test_a_duty_that_is_new_looks_back_too():
    """Who accepted under the old version is the handler of the new one's review, and is kept away from it."""
    flow = versions('{ tickets = "move" }', DUTIES)

    moved = flow.migrate(begun(flow), by=Actor("chief"), at=at("2024-07-02 09:00")).ticket

    assert "check" not in moves_of(flow, moved, WHO, "2024-07-02 10:00")
    assert "check" in moves_of(flow, moved, Actor("d", "clerk"), "2024-07-02 10:00")


MATTERS = """
[[amend.move]]
id = "object"
from = "working"
to = "same"
by = "anyone"
opens = "objection"

[[amend.move]]
id = "answer"
from = "working"
to = "same"
by = "clerk"
settles = "objection"

[[amend.clock]]
id = "urgent"
start = "object"
stop = ["answer", "closed"]
limit = { hours = 2 }
"""


def test_what_is_new_begins_with_nothing_open():
    """Moves, matters and clocks that the new version brings can be used at once, and begin empty."""
    flow = versions('{ tickets = "move" }', MATTERS)
    moved = flow.migrate(begun(flow), by=WHO, at=at("2024-07-02 09:00")).ticket

    ticket = lived(flow, moved, ("object", Actor("n"), "2024-07-02 10:00"))

    assert flow.clocks(moved, at=at("2024-07-02 09:30"))["urgent"].verdict == "not-started"
    assert flow.clocks(ticket, at=at("2024-07-02 12:00"))["urgent"].verdict == "in-time"
    assert ticket.open["objection"] == 1
    assert flow.replay("T", ticket.history) == ticket


def test_many_tickets_of_both_versions_live_side_by_side():
    """One flow serves tickets of every version at once, each by its own rules."""
    flow = versions('{ tickets = "finish" }')
    old, new = begun(flow), begun(flow, "2024-07-01 09:00")

    days = [due(flow, ticket, "2024-07-02 09:00") for ticket in (old, new)]

    # Five working days from 27 June; ten from 1 July: 2 to 5, 8 to 12 and 15 July.
    assert days == ["2024-07-05 00:00", "2024-07-16 00:00"]
