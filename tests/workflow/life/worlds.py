"""Random workflows: small, but with every kind of memory, permission and clock."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from serviceorg.calendars import CalendarDays, RealTime, WorkingDays, china
from serviceorg.model import Actor, Units
from serviceorg.workflow import Flow, Workflow
from serviceorg.workflow.rules import (
    Bounds,
    Clock,
    ClockIs,
    Counted,
    Different,
    Field,
    FieldIs,
    Happened,
    Limit,
    Move,
    Need,
    NoneOpen,
    Opening,
    Permit,
    Role,
    Route,
    Slot,
    SlotIs,
    State,
    Tier,
    Timed,
    Value,
    Version,
)
from serviceorg.workflow.rules import Workflow as Definition

UNITS = {"city": "", "north": "city", "south": "city", "n1": "north", "n2": "north"}
STATES = ("s0", "s1", "s2", "s3", "end")
MOVES = tuple(f"m{number}" for number in range(7))
PLACES = ("n1", "n2", "south")
WORDS = ("a", "b")
ACTORS = (
    Actor("ann", "clerk@n1", "n1"),
    Actor("ben", "clerk@north", "north"),
    Actor("cai", "head@city", "city"),
    Actor("dan", ("clerk@south", "head@north"), "south"),
    Actor("eve"),
)
EVENTS = (*MOVES, *STATES, "begin")

events = st.sampled_from(EVENTS)
few_events = st.lists(events, min_size=1, max_size=3, unique=True).map(tuple)
some_events = st.lists(events, max_size=2, unique=True).map(tuple)
moves_made = st.lists(st.sampled_from(MOVES), min_size=1, max_size=2, unique=True).map(tuple)
durations = st.one_of(
    st.integers(1, 4).map(WorkingDays),
    st.integers(1, 9).map(CalendarDays),
    st.integers(1, 4000).map(RealTime),
)
bounds = st.one_of(
    st.integers(0, 2).map(lambda number: Bounds(most=Fraction(number))),
    st.integers(0, 2).map(lambda number: Bounds(below=Fraction(number))),
    st.integers(0, 2).map(lambda number: Bounds(least=Fraction(number))),
)
verdicts = st.lists(
    st.sampled_from(["not-started", "in-time", "overdue", "met", "late", "cancelled"]),
    min_size=1,
    max_size=4,
    unique=True,
).map(tuple)
checks = st.one_of(
    st.sampled_from(WORDS).map(lambda word: FieldIs("word", one_of=(word,))),
    st.builds(Counted, moves_made, bounds, st.sampled_from(["", *EVENTS])),
    st.builds(Happened, few_events, st.sampled_from(["", *EVENTS]), st.booleans()),
    st.just(NoneOpen("matter")),
    st.builds(Timed, events, durations, st.booleans()),
    st.builds(ClockIs, st.just("limit"), verdicts),
    st.builds(Different, st.just(("handler",)), moves_made),
    st.booleans().map(lambda filled: SlotIs("handler", filled=filled)),
)
needs = st.lists(checks.map(Need), max_size=2).map(tuple)
permits = st.lists(
    st.sampled_from(
        [
            Permit(role="clerk", at="unit"),
            Permit(role="clerk", at="unit", scope="exactly"),
            Permit(role="head", at="unit", scope="above"),
            Permit(role="head", scope="any"),
            Permit(slot="handler"),
            Permit(anyone=True),
        ]
    ),
    min_size=1,
    max_size=2,
).map(tuple)
routes = st.one_of(
    st.sampled_from(["", *STATES]).map(lambda to: (Route(to=to),)),
    st.tuples(st.sampled_from(STATES), st.sampled_from(STATES)).map(
        lambda two: (
            Route(to=two[0], when=(Need(FieldIs("word", one_of=("a",))),)),
            Route(to=two[1]),
        )
    ),
)
sets = st.sampled_from([{}, {"handler": Value(actor=True)}, {"handler": Value(nobody=True)}])
again = st.sampled_from(["continue", "restart", "keep"])


@st.composite
def a_move(draw, name):
    """Return a move of random sources, targets, permits and needs."""
    matter = draw(st.sampled_from(["", "", "opens", "settles"]))
    sources = draw(st.lists(st.sampled_from(STATES[:-1]), min_size=1, max_size=4, unique=True))
    return Move(
        id=name,
        sources=tuple(sources),
        routes=draw(routes),
        permits=draw(permits),
        optional=("word",),
        needs=draw(needs),
        sets=draw(sets),
        duty=draw(st.sampled_from(["", "handle", "review"])),
        opens="matter" if matter == "opens" else "",
        settles="matter" if matter == "settles" else "",
    )


@st.composite
def a_clock(draw):
    """Return a clock of random conditions and limit, with a tier at its deadline."""
    return Clock(
        id="limit",
        start=draw(few_events),
        stop=draw(some_events),
        pause=tuple(draw(st.lists(st.sampled_from(STATES[:-1]), max_size=2, unique=True))),
        reset=draw(some_events),
        cancel=draw(some_events),
        limit=Limit(duration=draw(durations)),
        again=draw(again),
        tiers=(Tier(id="due", at_due=True),),
    )


@st.composite
def an_open_move(draw, name):
    """Return a move that anybody may make at any time, but for the separation of duties."""
    return Move(
        id=name,
        sources=STATES[:-1],
        routes=(Route(to=""),),
        permits=(Permit(anyone=True),),
        optional=("word",),
        duty=draw(st.sampled_from(["handle", "review"])),
    )


@st.composite
def flows(draw, moves=a_move):
    """Return a flow of a random workflow."""
    version = Version(
        effective=date(2024, 1, 1),
        basis="a test",
        digest="one",
        calendar="cn",
        scope="unit",
        roles=(Role(id="clerk"), Role(id="head")),
        slots=(Slot(id="unit", kind="unit"), Slot(id="handler", party="handler")),
        fields=(Field(id="word", one_of=WORDS), Field(id="place", one_of=PLACES)),
        states=tuple(
            State(id=name, kind="initial" if name == "s0" else "final" if name == "end" else "active")
            for name in STATES
        ),
        openings=(
            Opening(
                id="begin",
                routes=(Route(to="s0"),),
                permits=(Permit(anyone=True),),
                required=("place",),
                sets={"unit": Value(field="place")},
            ),
        ),
        moves=tuple(draw(moves(name)) for name in MOVES),
        clocks=(draw(a_clock()),),
    )
    workflow: Workflow = Definition(
        id="test/random", title=version.roles[0].title, source="a test", versions=(version,)
    )
    return Flow(workflow, calendars={"cn": china()}, units=Units(UNITS))


#: How far apart events lie: minutes, nights, holidays.
gaps = st.one_of(
    st.integers(0, 300).map(lambda minutes: timedelta(minutes=minutes)),
    st.integers(0, 12).map(lambda days: timedelta(days=days, hours=3)),
)
