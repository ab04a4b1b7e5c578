"""Random lives of tickets of every feature: whatever is asked, the laws of tickets hold."""

from datetime import timedelta
from functools import cache
from itertools import pairwise

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from serviceorg.errors import FormProblems
from serviceorg.workflow import Child, Command, Refused
from tests.workflow.features.given import UNITS, Actor, at, day, feature

NAMES = [f"w{number:02}" for number in range(1, 25)]
PEOPLE = ("wang", "li", "zhao")
MOST_STEPS = 14
VALUES = {
    "count": st.integers(0, 40),
    "number": st.integers(0, 5),
    "flag": st.booleans(),
    "date": st.sampled_from([day("2024-11-01"), day("2024-12-31"), day("2025-03-03")]),
    "moment": st.just(at("2024-11-01 10:00")),
    "ids": st.lists(st.sampled_from([*UNITS.parents]), min_size=1, unique=True),
}


@cache
def flow_named(name):
    """Return the flow of a file, read once."""
    return feature(name)


def everybody(version, who):
    """Return somebody with every role everywhere: nobody but the clock may do more."""
    posts = [(role.id, unit) for role in version.roles for unit in UNITS.parents]
    return Actor(who, posts, "street-1")


@st.composite
def actors(draw, version):
    """Draw one of three people with any posts, or all of them."""
    if draw(st.booleans()):
        return everybody(version, draw(st.sampled_from(PEOPLE)))
    roles = [role.id for role in version.roles]
    posts = draw(st.lists(st.tuples(st.sampled_from(roles), st.sampled_from([*UNITS.parents])), max_size=4))
    return Actor(draw(st.sampled_from(PEOPLE)), posts, draw(st.sampled_from(["", *UNITS.parents])))


@st.composite
def forms(draw, version, required, optional):
    """Draw a form with all it must hold, and some of what it may."""
    fields = {field.id: field for field in version.fields}
    form = {}
    units = fields_of_units(version)
    for name in (*required, *optional):
        if name in optional and draw(st.booleans()):
            continue
        field = fields[name]
        texts = st.sampled_from(field.one_of or (*UNITS.parents, *PEOPLE))
        if name in units:
            names = st.sampled_from([*UNITS.parents])
            some = st.lists(names, min_size=1, max_size=2, unique=True)
            form[name] = draw(some if field.type == "ids" else names)
        else:
            form[name] = draw(VALUES.get(field.type, texts))
    return form


def fields_of_units(version):
    """Return the fields that fill slots of units: nothing but units may be written there."""
    units = {slot.id for slot in version.slots if slot.kind == "unit"}
    edges = [*version.openings, *version.moves]
    sets = [one for edge in edges for one in (edge.sets, *(route.sets for route in edge.routes))]
    values = [value for one in sets for slot, value in one.items() if slot in units]
    return {value.field for value in values if not value.table}


CHILDREN = (Child(id="c", state="closed", is_closed=True),)


@st.composite
def lives(draw):
    """Draw a flow, and the ticket after each step of a random life."""
    flow = flow_named(draw(st.sampled_from(NAMES)))
    version = flow.workflow.versions[0]
    opening = draw(st.sampled_from(version.openings))
    moment = at("2024-10-28 09:00")
    form = draw(forms(version, opening.required, opening.optional))
    by = everybody(version, draw(st.sampled_from(PEOPLE)))
    ticket = flow.open("T", by=by, at=moment, form=form, how=opening.id).ticket
    stages = [ticket]
    for _ in range(draw(st.integers(0, MOST_STEPS))):
        moment += timedelta(minutes=draw(st.sampled_from([0, 1, 600, 1440, 10_000])))
        ticket = flow.tick(ticket, at=moment, children=CHILDREN).ticket
        leaving = [move for move in version.moves if ticket.state in move.sources]
        if leaving:
            move = draw(st.sampled_from(leaving))
            asked = _asked(draw, ticket, move, version, moment)
            (outcome,) = flow.fire_many([asked])
            assert outcome.error is None or isinstance(outcome.error, (Refused, FormProblems))
            ticket = outcome.step.ticket if outcome.step else ticket
        stages.append(ticket)
    return flow, stages, moment


def _asked(draw, ticket, move, version, moment):
    return Command(
        ticket=ticket,
        move=move.id,
        by=draw(actors(version)),
        at=moment,
        form=draw(forms(version, move.required, move.optional)),
        children=CHILDREN,
    )


@given(lives())
def test_every_life_replays_to_its_ticket(life):
    """W1 to W24: at every stage the history leads to the same ticket again, and only ever grows."""
    flow, stages, _ = life

    for before, after in pairwise(stages):
        assert after.history[: before.revision] == before.history
    assert flow.replay("T", stages[-1].history) == stages[-1]


@given(lives(), st.data())
def test_what_is_offered_can_be_made(life, data):
    """What is offered and needs no form can be made; what is not offered is refused for its reasons."""
    flow, stages, moment = life
    ticket = stages[-1]
    by = data.draw(actors(flow.workflow.versions[0]))

    for option in flow.moves(ticket, by=by, at=moment, children=CHILDREN):
        command = Command(ticket=ticket, move=option.move, by=by, at=moment, children=CHILDREN)
        (outcome,) = flow.fire_many([command])
        if not option.allowed:
            assert isinstance(outcome.error, Refused)
            assert {one.code for one in option.reasons} <= {one.code for one in outcome.error.reasons}
        elif not option.required and not option.optional:
            assert outcome.error is None


@given(lives())
def test_a_tick_at_the_next_wakeup_acts(life):
    """Whatever has happened, who ticks at the next wake-up finds something to do, and comes to an end."""
    flow, stages, _ = life

    ticket, wakes = stages[-1], 0
    while (wake := flow.next_wakeup(ticket)) is not None and wake.year < 2027:
        step = flow.tick(ticket, at=wake)
        wakes += 1
        assert step.events
        assert wakes < 50
        ticket = step.ticket


@given(lives())
def test_a_final_state_is_the_end_of_its_clocks(life):
    """W14, W19: in a final state no clock of these workflows runs on, so nothing wakes it."""
    flow, stages, _ = life
    finals = {state.id for state in flow.workflow.versions[0].states if state.is_final}

    for ticket in stages:
        if ticket.state in finals:
            assert flow.next_wakeup(ticket) is None
            assert not any(run is not None and run.is_running for run in ticket.runs)


@settings(max_examples=30)
@given(lives(), lives())
def test_tickets_know_nothing_of_each_other(one, other):
    """A ticket given another id replays to the same but for its id: facts and keys hang on the id alone."""
    for flow, stages, _ in (one, other):
        assert flow.replay("U", stages[-1].history) == attrs.evolve(stages[-1], id="U")
