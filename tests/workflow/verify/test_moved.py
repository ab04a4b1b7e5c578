"""Promises and tickets under way: who is moved over to a new version keeps what that one promises."""

from datetime import date
from itertools import count, islice
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serviceorg.basics import FrozenMap
from serviceorg.workflow.rules import (
    AnyOf,
    Children,
    ClockIs,
    Field,
    FieldIs,
    InFlight,
    Move,
    Need,
    Slot,
    SlotIs,
)
from serviceorg.workflow.verify import verify, verify_moved
from tests.workflow.verify.given import ACTOR, after, at_most, before, move, never, opening, version
from tests.workflow.verify.lived import Lived, breaks, lives, next_events
from tests.workflow.verify.test_lived import workflows

CHECKED = never("closed", without="verify")
DUTY = (move("verify", "working", "checked"), move("close", "checked", "closed"))


def later(states, *moves, where=(), **options):
    """Return a version of the next year that takes over the tickets under way."""
    in_flight = InFlight(tickets="move", states=FrozenMap(where))
    return attrs.evolve(version(states, *moves, **options), in_flight=in_flight, effective=date(2025, 1, 1))


def stories(*versions):
    """Return the stories of all findings."""
    assert not any(finding.code.startswith("promise") for finding in verify(versions[-1]))
    return [" ".join(finding.story) for finding in verify_moved(versions)]


MOVED = "(moved to the version of 2025-01-01)"
OLD = version(
    "working checked desk closed.",
    *DUTY,
    move("put", "working", "desk"),
    move("take", "desk", "working"),
    promises=(CHECKED,),
)


@pytest.mark.parametrize(
    ("desk", "told"),
    [
        ("working", []),
        ("checked", [f"report put {MOVED} close"]),
        ("closed", [f"report put {MOVED}"]),
    ],
)
def test_where_a_state_goes_must_keep_the_promise(desk, told):
    """Tickets of a state that is gone go where the duty still lies ahead, not past it and not to the end."""
    new = later("working checked closed.", *DUTY, promises=(CHECKED,), where={"desk": desk})

    assert stories(OLD, new) == told


def test_a_state_with_its_duty_done_may_go_past_it():
    """A state that only verified tickets reach may be sent past the verification."""
    old = version(
        "working checked filing closed.",
        *DUTY,
        move("file", "checked", "filing"),
        move("shut", "filing", "closed"),
        promises=(CHECKED,),
    )
    new = later("working checked closed.", *DUTY, promises=(CHECKED,), where={"filing": "checked"})

    assert stories(old, new) == []


def test_a_new_promise_is_asked_of_tickets_under_way_too():
    """A duty that is new lies behind tickets that are past its place; a need for it keeps the promise."""
    old = version("working checked closed.", move("go", "working", "checked"), DUTY[1])
    new = later("working checked closed.", *DUTY, promises=(CHECKED,))
    asking = later(
        "working checked closed.",
        DUTY[0],
        move("verify-late", "checked", ""),
        move("close", "checked", "closed", after("verify", "verify-late")),
        promises=(never("closed", without="verify verify-late"),),
    )

    assert stories(old, new) == [f"report go {MOVED} close"]
    assert stories(old, asking) == []


def test_ordinary_amendments_break_nothing():
    """Moves added, moves taken away and a state renamed leave a promise kept."""
    new = later(
        "working verified desk closed.",
        move("verify", "working", "verified"),
        move("close", "verified", "closed"),
        move("urge", "working verified", ""),
        move("put", "working", "desk"),
        move("take", "desk", "working"),
        promises=(CHECKED, never("closed", without="verified")),
        where={"checked": "verified"},
    )

    assert stories(OLD, new) == []


def test_a_count_goes_on_over_the_versions():
    """At most twice means twice in the whole life, though each version by itself allows two."""
    twice = never("return", at_most=2)
    moves = (move("return", "a", "a", at_most("return", most=1)), move("close", "a", "closed"))
    free = version("a closed.", move("return", "a", "a"), moves[1])

    assert stories(version("a closed.", *moves), later("a closed.", *moves, promises=(twice,))) == []
    assert stories(free, later("a closed.", *moves, promises=(twice,))) == []
    loose = (
        move("return", "a", "b"),
        move("go", "b", "c"),
        move("again", "c", "d"),
        move("close", "d c", "e"),
    )
    once = later("a b c d e.", *loose, promises=(never("return", at_most=1),), where={"b": "a"})
    assert stories(version("a b c d e.", *loose), once) == [f"report return {MOVED} return"]


def test_what_a_suspension_forbids_holds_after_a_move():
    """After one thing until another is followed through both versions."""
    still = never("closed", after="suspend", until="resume")
    old = version(
        "a waiting closed.",
        move("suspend", "a", "waiting"),
        move("resume", "waiting", "a"),
        move("close", "a", "closed"),
    )
    new = later("a closed.", move("close", "a", "closed"), promises=(still,), where={"waiting": "a"})
    again = attrs.evolve(
        new, promises=(), moves=(*new.moves, move("suspend", "a", ""), move("resume", "a", ""))
    )
    asking = (move("suspend", "a", ""), move("resume", "a", ""))
    kept = later(
        "a closed.",
        *asking,
        move(
            "close",
            "a",
            "closed",
            AnyOf(((Need(before("suspend")),), (Need(after("resume", since="suspend")),))),
        ),
        promises=(still,),
        where={"waiting": "a"},
    )

    assert stories(old, attrs.evolve(again, promises=(never("closed", without="report"),))) == []
    assert stories(old, kept) == []
    assert [finding.code for finding in verify_moved((old, new))] == ["promise-in-flight"]


def test_fields_and_slots_go_with_a_ticket():
    """What an old form filled in counts for the new version, and what only a new one fills in is empty."""
    fields = (Field(id="result", one_of=("yes", "no")),)
    promise = (never("closed", without="note"),)
    asking = move("close", "a", "closed", FieldIs("result", ("yes",)), SlotIs("handler", filled=True))
    note = move("note", "a", "", required=("result",), sets=FrozenMap(handler=ACTOR))
    given_ = {"fields": fields, "slots": (Slot(id="handler"),)}
    bare = version("a closed.", move("drop", "a", "closed"))
    filling = version("a closed.", attrs.evolve(note, id="old-note"), move("drop", "a", "closed"), **given_)
    new = later("a closed.", note, asking, promises=promise, **given_)

    assert stories(bare, new) == []
    assert stories(filling, new) == [f"report old-note {MOVED} close"]


def test_three_versions_are_one_life():
    """A ticket may be moved over twice; what happened under the first version counts in the third."""
    first = version(
        "a b closed.", move("verify", "a", "b"), move("skip", "a", "b"), move("close", "b", "closed")
    )
    second = later("a b closed.", first.moves[0], first.moves[2])
    third = later("a b closed.", move("verify", "a", "b"), move("close", "b", "closed"), promises=(CHECKED,))

    assert stories(first, second, third) == [f"report skip {MOVED} {MOVED} close"]
    assert stories(second, third) == []


def test_one_version_alone_moves_nobody_over():
    """Where tickets finish by their own version nothing is asked."""
    assert verify_moved((OLD,)) == ()


#: The most events before a ticket is moved over, and after it.
LONGEST = 3
STEP = Move(id="moved", sources=(), routes=(), permits=())


_UNLIKE = count(2)


def _plainer(need):
    """Return a requirement without clocks: what becomes of theirs is no matter of names."""
    check = need.check
    if isinstance(check, ClockIs):
        return Need(Children(next(_UNLIKE)))  # one that is asked nowhere else: the same twice is one answer
    if isinstance(check, AnyOf):
        return Need(AnyOf(tuple(tuple(map(_plainer, group)) for group in check.groups)))
    return need


def _without_clocks(definition):
    moves = tuple(
        attrs.evolve(
            one,
            needs=tuple(map(_plainer, one.needs)),
            routes=tuple(attrs.evolve(way, when=tuple(map(_plainer, way.when))) for way in one.routes),
        )
        for one in definition.moves
    )
    return attrs.evolve(definition, moves=moves, clocks=())


def _counted(life, new):
    """Return a life as the new version finds it in the history: moves, and states that were entered."""
    where, found, state = new.in_flight.states, [], ""
    for event in life:
        reached = where.get(event.state, event.state)
        leads = {way.to for one in new.moves if one.id == event.step.id for way in one.routes}
        names = {event.step.id, *([reached] if reached != state or reached in leads else [])}
        found.append(attrs.evolve(event, names=frozenset(names)))
        state = reached
    return tuple(found)


def _moved_lives(old, new, story=()):
    """Yield every life that is moved over, with its events since; of a story alone where one is given."""
    where = new.in_flight.states

    def fits(life):
        return not story or tuple(event.step.id for event in life) == story[: len(life)]

    for life in filter(fits, lives(old, LONGEST)):
        last = life[-1]
        state = where.get(last.state, last.state)
        names = frozenset((state,)) if state != last.state else frozenset()
        moved = Lived(STEP, 0, state, names, "", last.field, last.slot)
        truth = tuple(
            attrs.evolve(event, names=frozenset(where.get(name, name) for name in event.names))
            for event in life
        )
        pairs = [((*_counted(life, new), moved), (*truth, moved))] if fits((*life, moved)) else []
        for _ in range(LONGEST):
            yield from (true for _, true in pairs)
            pairs = [
                ((*counted, event), (*true, event))
                for counted, true in pairs
                for event in next_events(new, counted)
                if fits((*true, event))
            ]
        yield from (true for _, true in pairs)


@settings(max_examples=40)
@given(workflows(), workflows(), st.sampled_from(("s", "t", "u", "end")))
def test_no_life_moved_over_breaks_a_promise_that_is_not_told_of(old, new, where):
    """Every promise broken by some life that is moved over is told, and what is told is a life."""
    old, new = _without_clocks(old), _without_clocks(new)
    states = FrozenMap(u=where) if where != "u" else FrozenMap()
    new = attrs.evolve(new, in_flight=InFlight(tickets="move", states=states))

    told: dict[Any, tuple[str, ...]] = {
        finding.where[1]: finding.story for finding in verify_moved((old, new))
    }

    for life in islice(_moved_lives(old, new), 1500):
        for number, promise in enumerate(new.promises):
            assert number in told or not breaks(promise, life), (promise, [event.step.id for event in life])
    for number, story in told.items():
        before_move = next(place for place, step in enumerate(story) if step.startswith("(moved"))
        if before_move <= LONGEST and len(story) - before_move - 1 <= LONGEST:
            names = (*story[:before_move], "moved", *story[before_move + 1 :])
            same = (life for life in _moved_lives(old, new, names) if breaks(new.promises[number], life))
            assert next(same, None), (number, story)


def test_the_opening_of_the_new_version_is_no_life_moved_over():
    """Who is opened under the new version is asked by its own verification, not here."""
    new = later("a closed.", move("close", "a", "closed"), openings=(opening("a"), opening("a", id="direct")))
    new = attrs.evolve(new, promises=(never("closed", without="report direct"),))

    assert stories(version("a closed.", move("close", "a", "closed")), new) == []
