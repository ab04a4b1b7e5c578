"""Every cell of every bundled workflow: each state, each move, each role, and where the role is held.

Tickets are put into each state by hand, so that none is missed for want of a story that leads there.
"""

from datetime import UTC, datetime
from itertools import product
from unittest.mock import patch

import attrs
import pytest

import serviceorg as so
from serviceorg.errors import FormProblems
from serviceorg.workflow.judging import permission
from serviceorg.workflow.ticket import Event, Memory, line_of

REGISTRY = so.load(discover=False)
UNITS = so.Units({"top": "", "mid": "top", "here": "mid", "below": "here", "beside": "mid"})
AT = datetime(2024, 9, 3, 2, tzinfo=UTC)
PLACES = tuple(UNITS.parents)
LINE = ("here", "mid", "top")


def ticket_in(flow, state):
    """Return a ticket in a state; every unit slot holds "here", and every person's slot "someone"."""
    version = flow.workflow.versions[-1]
    slots = {slot.id: ("here" if slot.kind == "unit" else "someone",) for slot in version.slots}
    event = Event("begin", state.id, "someone", AT, {})
    return so.Ticket(
        id="T-1",
        workflow=flow.workflow.id,
        version=version.digest,
        state=state.id,
        fields={},
        slots=slots,
        memory=Memory(),
        runs=(None,) * len(version.clocks),
        older=(),
        recent=line_of(event),
    )


def may(move, version, role, place):
    """Return whether one of a move's permits fits a role held at a place, by the words of the file."""
    for permit in move.permits:
        if permit.anyone:
            return True
        if permit.role != role or not permit.role:
            continue
        if permit.scope == "any" or not (permit.at or version.scope):
            return True
        if (
            (permit.scope == "covers" and place in LINE)
            or (permit.scope == "above" and place in LINE[1:])
            or (permit.scope == "exactly" and place == "here")
        ):
            return True
    return False


def cells(flow):
    """Yield (ticket, state, move, actor, whether the role permits it) for every cell."""
    version = flow.workflow.versions[-1]
    roles = [*(role.id for role in version.roles), ""]
    for state in version.states:
        ticket = ticket_in(flow, state)
        for move, role, place in product(version.moves, roles, PLACES):
            actor = so.Actor("outsider", [so.Post(role, place)] if role else [])
            yield ticket, state, move, actor, may(move, version, role, place)


def wrong_cells(flow):
    """Return every cell in which the engine says something else than the file."""
    wrong = []
    for ticket, state, move, actor, permitted in cells(flow):
        codes = codes_of(flow, ticket, move, actor)
        if state.id not in move.sources:
            if codes != ("not-from-here",):
                wrong.append((state.id, move.id, actor.posts, codes))
        elif ("no-permission" not in codes) != permitted:
            wrong.append((state.id, move.id, actor.posts, codes))
    return wrong


def codes_of(flow, ticket, move, actor):
    """Return the codes of refusal; none for a move that is made, or only lacks its form."""
    try:
        flow.fire(ticket, move.id, by=actor, at=AT)
    except so.Refused as error:
        return error.codes
    except FormProblems:
        return ()
    return ()


@pytest.mark.parametrize("name", REGISTRY.workflows)
def test_every_cell_is_as_the_file_says(name):
    """A move is open exactly to the roles its file names, from the states and at the units it names."""
    flow = REGISTRY.workflow(name, units=UNITS)

    wrong = wrong_cells(flow)

    assert wrong == []


def test_the_cells_find_a_planted_bug():
    """A role that counts wherever it is held is found."""
    flow = REGISTRY.workflow("pingxiang/appeal", units=UNITS)

    with patch.object(permission, "_reaches", lambda at, permit, slots, units: True):
        wrong = wrong_cells(flow)

    assert wrong


def test_a_ticket_can_be_put_into_any_state():
    """The tickets of this module differ from real ones in their state alone."""
    flow = REGISTRY.workflow("pingxiang/appeal", units=UNITS)
    states = flow.workflow.versions[-1].states

    tickets = [ticket_in(flow, state) for state in states]

    assert [ticket.state for ticket in tickets] == [state.id for state in states]
    assert len({attrs.evolve(ticket, state="", recent=()) for ticket in tickets}) == 1
