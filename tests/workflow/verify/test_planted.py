"""A complete workflow without a finding, and what is found when one thing in it is spoilt."""

import attrs
import pytest

from serviceorg.basics import FrozenMap
from serviceorg.workflow.rules import (
    Emission,
    Field,
    FieldIs,
    NoneOpen,
    Notice,
    Part,
    PartsDone,
    Permit,
    Slot,
    SlotIs,
    Timed,
    Value,
    Version,
)
from serviceorg.workflow.verify import Arrow, graph, verify
from tests.workflow.verify.given import (
    ACTOR,
    ANYONE,
    CLOCK,
    FIVE_DAYS,
    after,
    at_most,
    before,
    clock,
    move,
    needs,
    never,
    opening,
    route,
    tier,
    version,
)

HANDLER = (Permit(slot="handler"),)
CLERK = (Permit(role="clerk", at="unit"),)

APPEAL = version(
    "new accepted handling joint reported publication closed. withdrawn. judged.",
    move("accept", "new", "accepted", permits=CLERK, required=("kind",)),
    move(
        "route",
        "accepted",
        (
            route("joint", FieldIs("kind", ("several",)), sets=FrozenMap(helpers=Value(field="units"))),
            route("handling"),
        ),
        required=("units",),
        permits=CLERK,
        sets=FrozenMap(handler=ACTOR),
    ),
    move("sign", "joint", "", completes="signatures"),
    move("proceed", "joint", "handling", PartsDone("signatures")),
    move(
        "return",
        "handling",
        "accepted",
        at_most("return", most=1),
        permits=HANDLER,
        resets_parts=("signatures",),
    ),
    move("report-result", "handling", "reported", permits=HANDLER, required=("result",), duty="handle"),
    move("redo", "reported", (route("handling", at_most("redo", most=1)), route("judged"))),
    move("publish", "reported", "publication", SlotIs("handler", filled=True)),
    move("object", "publication", "", opens="objection"),
    move("answer", "publication", "", settles="objection", permits=CLERK),
    move(
        "close",
        "publication",
        "closed",
        Timed("publication", FIVE_DAYS),
        NoneOpen("objection"),
        duty="review",
    ),
    move("withdraw", "new accepted handling joint", "withdrawn"),
    move("escalate", "handling", "judged", permits=CLOCK),
    openings=(
        opening("new", required=("place",), sets=FrozenMap(unit=Value(field="place"), requester=ACTOR)),
    ),
    scope="unit",
    slots=(
        Slot(id="unit", kind="unit"),
        Slot(id="requester", party="applicant"),
        Slot(id="handler", party="handler"),
        Slot(id="helpers", kind="unit", many=True),
    ),
    fields=(
        Field(id="kind", one_of=("one", "several")),
        Field(id="place"),
        Field(id="units", type="ids"),
        Field(id="result"),
    ),
    parts=(Part(id="signatures", of_slot="helpers"),),
    clocks=(
        clock("accept", "report-result judged", cancel=("withdrawn",), tiers=(tier(move="escalate"),)),
        clock("publication", "close", id="publication-time", pause=("closed",)),
    ),
    notices=(Notice(id="told", on=("accept", "closed"), to=("requester",)),),
    emissions=(Emission(id="done", on=("closed",), kind="done", subject="handler"),),
    promises=(
        never("closed", without="report-result", since="redo"),
        never("redo", at_most=3),
        never("return", after="publication"),
        never("handling", without="signatures route"),
    ),
)


def changed(name: str, **options) -> Version:
    """Return the workflow with one of its moves changed."""
    moves = tuple(attrs.evolve(one, **options) if one.id == name else one for one in APPEAL.moves)
    return attrs.evolve(APPEAL, moves=moves)


def without(name: str) -> Version:
    """Return the workflow without one of its moves."""
    return attrs.evolve(APPEAL, moves=tuple(one for one in APPEAL.moves if one.id != name))


def first_clock(**options) -> Version:
    """Return the workflow with its first clock changed."""
    return attrs.evolve(APPEAL, clocks=(attrs.evolve(APPEAL.clocks[0], **options), APPEAL.clocks[1]))


PLANTED = {
    "nobody reports": (without("report-result"), "unreachable"),
    "nobody publishes": (without("publish"), "unreachable"),
    "nobody proceeds": (without("proceed"), None),
    "nobody signs": (without("sign"), "part-never-complete"),
    "nobody answers": (without("answer"), "stuck"),
    "nobody objects": (without("object"), "matter-never-opened"),
    "closing asks for a withdrawal": (changed("close", needs=needs(after("withdraw"))), "never-made"),
    "closing asks for no report": (changed("close", needs=needs(before("report-result"))), "never-made"),
    "closing is for nobody": (changed("close", permits=()), "nobody-may"),
    "the handler reviews": (changed("close", permits=HANDLER), "nobody-may"),
    "accepting is for the handler": (changed("accept", permits=HANDLER), "nobody-may"),
    "anybody closes from handling": (changed("close", sources=("handling",), needs=()), "promise"),
    "returns after publication": (changed("return", sources=("handling", "publication")), "promise"),
    "redone without end": (changed("redo", routes=(route("handling"),)), "promise"),
    "a route that is never taken": (
        changed("redo", routes=(route("handling"), route("judged"))),
        "never-taken",
    ),
    "nothing stops the clock": (first_clock(stop=(), cancel=()), "clock-never-stops"),
    "a withdrawal leaves the clock": (first_clock(cancel=()), "clock-left-running"),
    "the clock starts with nothing": (first_clock(start=("nothing",)), "clock-never-starts"),
    "the clock is asleep": (first_clock(pause=("handling",)), "tier-never"),
    "escalating is not for the clock": (changed("escalate", permits=ANYONE), "tier-never"),
    "a notice before anybody is there": (
        attrs.evolve(APPEAL, notices=(Notice(id="told", on=("report",), to=("handler",)),)),
        "notice-nobody",
    ),
    "a fact before anybody is there": (
        attrs.evolve(APPEAL, emissions=(Emission(id="f", on=("accept",), kind="f", subject="handler"),)),
        "fact-nobody",
    ),
}


def test_a_complete_workflow_is_found_sound():
    """A workflow with parts, matters, counters, clocks and promises that all fit together has no finding."""
    assert verify(APPEAL) == ()


@pytest.mark.parametrize("name", [name for name, (_, code) in PLANTED.items() if code])
def test_a_planted_mistake_is_found(name):
    """One thing spoilt in a sound workflow is found under its code."""
    spoilt, code = PLANTED[name]

    assert code in {finding.code for finding in verify(spoilt)}


@pytest.mark.parametrize("name", PLANTED)
def test_every_finding_has_a_place_and_says_what_would_help(name):
    """A finding points into the definition and ends in advice."""
    spoilt, _ = PLANTED[name]
    nouns = {"state": "states", "move": "moves", "opening": "openings", "clock": "clocks", "part": "parts"}
    nouns |= {"notice": "notices", "emit": "emissions", "promise": "promises"}

    for finding in verify(spoilt):
        noun, number, *_ = finding.where
        assert int(number) < len(getattr(spoilt, nouns[str(noun)]))
        assert "; " in finding.message


def test_the_graph_has_every_arrow():
    """The plain graph has the openings, and each move once per state it leaves and route it has."""
    plain = graph(version("new done.", move("redo", "new", (route("done"), route("", before("x"))))))

    assert plain.states == ("new", "done")
    assert plain.arrows == (
        Arrow("", "new", "report"),
        Arrow("new", "done", "redo", 0),
        Arrow("new", "new", "redo", 1, stays=True),
    )
