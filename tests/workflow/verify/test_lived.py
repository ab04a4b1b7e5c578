"""Verification against lives lived one by one, over small workflows nobody thought of."""

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from serviceorg.basics import FrozenMap
from serviceorg.workflow.rules import (
    AnyOf,
    Clock,
    ClockIs,
    Field,
    FieldIs,
    Limit,
    Move,
    NoneOpen,
    Part,
    PartsDone,
    Promise,
    Route,
    Slot,
    SlotIs,
    StateIs,
    Timed,
    Value,
    Version,
)
from serviceorg.workflow.verify import verify
from tests.workflow.verify.given import (
    ANYONE,
    CLOCK,
    FIVE_DAYS,
    MAYBE,
    after,
    at_least,
    at_most,
    before,
    needs,
    never,
    opening,
    tier,
    version,
)
from tests.workflow.verify.lived import breaks, lives, status

STATES = ("s", "t", "u")
MOVES = ("a", "b", "c", "d")
NAMES = (*MOVES, *STATES, "report", "p")
LONGEST = 6
_MOST_LIVES = 600

_move, _name, _state = st.sampled_from(MOVES), st.sampled_from(NAMES), st.sampled_from(STATES)
_since = st.sampled_from(("", "", *NAMES))
_verdicts = st.sampled_from(
    (("not-started",), ("in-time",), ("in-time", "overdue"), ("met",), ("cancelled",))
)


_known = st.one_of(
    st.builds(lambda words: FieldIs("f", words), st.sampled_from((("x",), ("y",), ("x", "y"), ("y", "z")))),
    st.builds(lambda is_filled: FieldIs("f", filled=is_filled), st.booleans()),
    st.builds(lambda is_filled: SlotIs("h", filled=is_filled), st.booleans()),
)
_simple = st.one_of(
    st.just(MAYBE),
    st.builds(
        lambda name, most, since: at_most(name, most=most, since=since), _move, st.integers(0, 2), _since
    ),
    st.builds(
        lambda name, least, since: at_least(name, least=least, since=since), _move, st.integers(1, 2), _since
    ),
    st.builds(lambda name, since: after(name, since=since), _name, _since),
    st.builds(lambda name, since: before(name, since=since), _name, _since),
    st.builds(lambda name: Timed(name, FIVE_DAYS), _name),
    st.builds(lambda state: StateIs((state,)), _state),
    st.just(NoneOpen("m")),
    st.builds(lambda needed: PartsDone("p", needed), st.sampled_from(("all", "any", 2))),
    st.builds(lambda verdicts: ClockIs("k", verdicts), _verdicts),
)
_group = st.lists(_simple, min_size=1, max_size=2).map(lambda checks: needs(*checks))
#: Inside of "any" fields and slots are not followed, so only the others are asked for there.
_checks = st.one_of(
    _known,
    _simple,
    st.builds(lambda groups: AnyOf(tuple(groups)), st.lists(_group, min_size=1, max_size=2)),
)


def _asked(most):
    """Requirements without two on one clock: which of its verdicts hold is one answer, not two."""
    unlike = st.lists(_checks, max_size=most, unique_by=lambda check: repr(check)[:9])
    return unlike.map(lambda checks: needs(*checks))


_form = st.sampled_from(((), (), ("f",)))
_own = (Value(actor=True), Value(nobody=True))


def _filling(*values):
    return st.just(FrozenMap()) | st.sampled_from(values).map(lambda value: FrozenMap(h=value))


_sets, _own_sets = _filling(*_own, Value(field="f")), _filling(*_own)


@st.composite
def moves(draw, name):
    """Return a move with up to two routes, two requirements and all it may change."""
    count = draw(st.sampled_from((1, 1, 1, 2)))
    routes = tuple(
        Route(
            to=draw(st.sampled_from(("", *STATES, "end"))), when=draw(_asked(1)) if number + 1 < count else ()
        )
        for number in range(count)
    )
    required = draw(_form)
    # A slot filled from a field that may be empty may be empty too: that the two go together is not followed.
    sets = draw(_sets if required else _own_sets)
    return Move(
        id=name,
        sources=tuple(draw(st.lists(_state, min_size=1, max_size=2, unique=True))),
        routes=routes,
        required=required,
        optional=draw(_form),
        sets=sets,
        permits=CLOCK if draw(st.sampled_from((False,) * 5 + (True,))) else ANYONE,
        needs=draw(_asked(2)),
        opens=draw(st.sampled_from(("", "", "", "m"))),
        settles=draw(st.sampled_from(("", "", "", "m"))),
        completes=draw(st.sampled_from(("", "", "p"))),
        resets_parts=draw(st.sampled_from(((), (), (), ("p",)))),
    )


@st.composite
def promises(draw):
    """Return a promise of any kind."""
    names = st.lists(_name, min_size=1, max_size=2, unique=True).map(tuple)
    some = st.just(()) | names
    kind = draw(st.sampled_from(("without", "after", "at_most")))
    if kind == "without":
        return Promise(never=draw(names), without=draw(names), since=draw(some))
    if kind == "after":
        return Promise(never=draw(names), after=draw(names), until=draw(some))
    return Promise(never=draw(names), at_most=draw(st.integers(0, 2)))


@st.composite
def workflows(draw):
    """Return a workflow of three states and an end, four moves, a clock, a part of two pieces, a matter."""
    ids = st.lists(_name, max_size=2, unique=True).map(tuple)
    running = Clock(
        id="k",
        start=draw(ids),
        stop=draw(ids),
        cancel=draw(ids),
        pause=tuple(draw(st.lists(_state, max_size=1))),
        again=draw(st.sampled_from(("keep", "restart"))),
        limit=Limit(duration=FIVE_DAYS),
        tiers=(tier(move=draw(_move)),),
    )
    return version(
        "s t u end.",
        *[draw(moves(name)) for name in MOVES],
        openings=(opening("s"),),
        clocks=(running,),
        fields=(Field(id="f", one_of=("x", "y", "z")),),
        slots=(Slot(id="h", keep=draw(st.booleans())),),
        parts=(Part(id="p", pieces=("x", "y")),),
        promises=tuple(draw(st.lists(promises(), min_size=1, max_size=3))),
    )


def _lived(definition: Version):
    found = []
    for life in lives(definition, LONGEST):
        found.append(life)
        if len(found) == _MOST_LIVES:
            # A length that was not lived to its end says nothing about what is missing.
            return [one for one in found if len(one) < len(life)], len(life) - 1
    return found, LONGEST


@given(workflows())
def test_a_promise_is_broken_by_the_shortest_life_there_is(definition):
    """A promise called broken is broken by a life of that length and none shorter; any other by none."""
    told_of = {
        finding.where[1]: finding for finding in verify(definition) if finding.code.startswith("promise")
    }

    lived, longest = _lived(definition)

    for number, promise in enumerate(definition.promises):
        shortest = min((len(life) for life in lived if breaks(promise, life)), default=None)
        finding = told_of.get(number)
        if finding is None or len(finding.story) > longest:
            assert shortest is None
        else:
            assert finding.code == "promise"
            assert len(finding.story) == shortest


@given(workflows())
def test_a_story_is_a_life(definition):
    """Every story that is told can be lived, event by event."""
    findings = [finding for finding in verify(definition) if 0 < len(finding.story) <= LONGEST]

    lived, longest = _lived(definition)

    stories = {tuple(event.step.id for event in life) for life in lived}
    assert all(finding.story in stories for finding in findings if len(finding.story) <= longest)


@given(workflows())
def test_what_is_said_never_to_occur_never_does(definition):
    """No life comes to an unreachable state, makes a move that is never made, takes a route never taken."""
    findings = verify(definition)
    steps: dict[tuple[str | int, ...], str] = {
        ("opening", number): one.id for number, one in enumerate(definition.openings)
    }
    steps |= {("move", number): one.id for number, one in enumerate(definition.moves)}
    unreachable = {definition.states[one.where[1]].id for one in findings if one.code == "unreachable"}
    unmade = {steps[one.where] for one in findings if one.code == "never-made"}
    untaken = {(steps[one.where[:2]], one.where[3]) for one in findings if one.code == "never-taken"}

    lived, _ = _lived(definition)

    events = [life[-1] for life in lived]
    assert not unreachable & {event.state for event in events}
    assert not unmade & {event.step.id for event in events}
    assert not untaken & {(event.step.id, event.route) for event in events}


@given(workflows())
def test_whatever_is_not_found_to_be_impossible_occurs(definition):
    """A state or move is either found never to occur, or there is a life in which it does."""
    names = [*(state.id for state in definition.states), *(move.id for move in definition.moves)]
    promised = tuple(never(name, at_most=0) for name in names)
    findings = verify(attrs.evolve(definition, promises=promised))
    places = [("state", number) for number in range(len(definition.states))]
    places += [("move", number) for number in range(len(definition.moves))]
    open_matters = {finding.where for finding in findings if finding.code == "matter-never-opened"}

    never_occur = {finding.where for finding in findings if finding.code in {"unreachable", "never-made"}}
    occur = {places[int(finding.where[1])] for finding in findings if finding.code == "promise"}

    assert not never_occur & occur
    assert {*places} - occur - open_matters <= never_occur


@given(workflows())
def test_a_clock_is_left_running_where_some_life_leaves_it(definition):
    """A life that ends with a running clock is found, unless it is longer than all that were looked at."""
    findings = verify(definition)
    clock = definition.clocks[0]
    told_of = [one for one in findings if one.code in {"clock-left-running", "clock-never-stops"}]

    lived, _ = _lived(definition)

    left = [life for life in lived if life[-1].state == "end" and status(clock, life) == "running"]
    assert not left or told_of
    if told_of and told_of[0].story:
        assert min((len(life) for life in left), default=LONGEST) >= min(LONGEST, len(told_of[0].story))


@settings(max_examples=50)
@given(workflows())
def test_a_stuck_ticket_never_comes_to_an_end(definition):
    """No continuation of a life after which a ticket is said to be stuck reaches a final state."""
    stuck = [finding for finding in verify(definition) if finding.code == "stuck"]

    lived, _ = _lived(definition)

    for finding in stuck:
        length = len(finding.story)
        state = definition.states[int(finding.where[1])].id
        ends = {life[:length] for life in lived if len(life) > length and life[-1].state == "end"}
        stories = [
            life
            for life in lived
            if tuple(event.step.id for event in life) == finding.story and life[-1].state == state
        ]
        assert not stories or any(life not in ends for life in stories)
