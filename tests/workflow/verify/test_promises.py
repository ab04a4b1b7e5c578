import pytest

from serviceorg.basics import FrozenMap
from serviceorg.workflow.rules import Field, NoneOpen, Part, PartsDone, Slot, Value
from serviceorg.workflow.verify import lives, verify
from tests.workflow.verify.given import (
    CLOCK,
    MAYBE,
    after,
    at_most,
    before,
    clock,
    codes,
    found,
    move,
    never,
    opening,
    route,
    tier,
    version,
)

TAKE = move("take", "new", "doing")
CHECK = move("check", "doing", "checked")
CLOSE = move("close", "doing checked", "closed")


def test_a_promise_that_holds_says_nothing():
    """Never closed without a check: kept where the check lies on every way."""
    kept = found(
        "new doing checked closed.",
        TAKE,
        CHECK,
        move("close", "checked", "closed"),
        promises=(never("closed", without="check"),),
    )

    assert kept == ()


def test_a_broken_promise_is_shown_by_a_shortest_life():
    """Never closed without a check: broken where the check can be passed by, and the way past is told."""
    broken = found(
        "new doing checked closed.", TAKE, CHECK, CLOSE, promises=(never("closed", without="check"),)
    )

    assert codes(broken) == [("promise", "promise", 0)]
    assert broken[0].story == ("report", "take", "close")
    assert broken[0].message == (
        "it is promised that 'closed' never occurs without 'check' before it, but this life brings "
        "'closed' about: report → take → close; add a requirement to its last step that rules this out, "
        "or correct the promise"
    )


def test_what_leads_to_a_state_comes_before_it():
    """A state and the move that leads to it occur at once: closed by a check is closed after a check."""
    findings = found(
        "new doing closed.",
        TAKE,
        move("check", "doing", "closed"),
        promises=(never("closed", without="check"),),
    )

    assert findings == ()


def test_without_is_counted_from_the_last_since():
    """After a reopening the check must be made again: the old one does not count."""
    steps = (TAKE, CHECK, move("close", "checked", "closed"), move("reopen", "closed", "doing"))
    lazy = move("again", "doing", "closed", after("check"))
    promises = (never("closed", without="check", since="reopen"),)

    kept = found("new doing checked closed.", *steps, promises=promises)
    broken = found("new doing checked closed.", *steps, lazy, promises=promises)

    assert kept == ()
    assert broken[0].story == ("report", "take", "check", "close", "reopen", "again")


def test_requirements_keep_a_promise_where_the_graph_does_not():
    """Never returned after a ruling: kept by a requirement, though the graph has a way back."""
    steps = (TAKE, move("rule", "doing", ""), move("close", "doing", "closed"))
    promises = (never("return", after="rule"),)

    free = found("new doing closed.", *steps, move("return", "doing", "new"), promises=promises)
    bound = found(
        "new doing closed.", *steps, move("return", "doing", "new", before("rule")), promises=promises
    )

    assert free[0].story == ("report", "take", "rule", "return")
    assert bound == ()


def test_after_ends_with_until():
    """Never returned after a ruling until it is quashed: only what lies between is forbidden."""
    steps = (
        TAKE,
        move("rule", "doing", "ruled"),
        move("quash", "ruled", "doing"),
        move("close", "ruled", "closed"),
    )
    back = move("return", "doing", "new")

    kept = found(
        "new doing ruled closed.", *steps, back, promises=(never("return", after="rule", until="quash"),)
    )
    broken = found("new doing ruled closed.", *steps, back, promises=(never("return", after="rule"),))

    assert kept == ()
    assert broken[0].story == ("report", "take", "rule", "quash", "return")


@pytest.mark.parametrize("allowed", [1, 2, 3])
def test_at_most_is_kept_by_a_counter(allowed):
    """Redone at most twice: kept by a counter that allows two, broken by one that allows three."""
    again = move("redo", "doing", "", at_most("redo", most=allowed - 1))
    findings = found(
        "new doing closed.",
        TAKE,
        again,
        move("close", "doing", "closed"),
        promises=(never("redo", at_most=2),),
    )

    assert [finding.story for finding in findings] == (
        [("report", "take", *["redo"] * 3)] if allowed == 3 else []
    )


def test_at_most_none_says_that_it_never_occurs():
    """A promise that something never occurs at all is broken by the shortest way to it."""
    findings = found("new closed.", move("close", "new", "closed"), promises=(never("closed", at_most=0),))

    assert findings[0].story == ("report", "close")
    assert findings[0].message.startswith("it is promised that 'closed' never occurs, but this life")


def test_no_open_objection_at_the_end():
    """A decision that asks for no open objection waits until as many are settled as were opened."""
    steps = (
        move("object", "new", "", opens="objection"),
        move("answer", "new", "", settles="objection"),
        move("decide", "new", "decided", NoneOpen("objection")),
    )

    kept = found("new decided.", *steps, promises=(never("decided", after="object", until="answer"),))
    broken = found("new decided.", *steps, promises=(never("decided", after="object"),))

    assert kept == ()
    assert broken[0].story == ("report", "object", "answer", "decide")


def test_nothing_is_settled_that_is_not_open():
    """An answer comes after an objection, for there is nothing to settle before."""
    findings = found(
        "new done.",
        move("object", "new", "", opens="objection"),
        move("answer", "new", "", settles="objection"),
        move("finish", "new", "done"),
        promises=(never("answer", without="object"),),
    )

    assert findings == ()


def test_a_part_is_whole_after_its_last_piece():
    """A promise may name a part: it occurs when the last of its pieces is complete."""
    steps = (
        move("sign", "new", "", completes="signatures"),
        move("publish", "new", "done", PartsDone("signatures")),
        move("withdraw", "new", "", resets_parts=("signatures",)),
    )
    part = Part(id="signatures", pieces=("a", "b"))
    kept = (never("publish", without="signatures", since="withdraw"),)

    assert found("new done.", *steps, parts=(part,), promises=kept) == ()
    assert found("new done.", *steps, parts=(part,), promises=(never("signatures", at_most=0),))[0].story == (
        "report",
        "sign",
        "sign",
    )


def test_a_clocks_move_needs_its_clock():
    """What only the clock does comes after what starts it."""
    steps = (move("take", "new", ""), move("finish", "new", "done"), move("late", "new", "", permits=CLOCK))
    running = clock("take", "done", tiers=(tier(move="late"),))

    assert found("new done.", *steps, clocks=(running,), promises=(never("late", without="take"),)) == ()


def test_openings_count_like_moves():
    """A promise may tell openings apart."""
    openings = (opening("new"), opening("new", id="anonymous"))
    steps = (move("ask", "new", "", before("anonymous")), move("finish", "new", "done"))

    assert found("new done.", *steps, openings=openings, promises=(never("ask", after="anonymous"),)) == ()


def test_conditions_on_forms_may_go_either_way():
    """A promise is not kept by a condition on what people fill in or what children do."""
    either = (route("closed", MAYBE), route("checked"))
    findings = found(
        "new checked closed.",
        move("go", "new", either),
        move("close", "checked", "closed"),
        promises=(never("closed", without="checked"),),
    )

    assert findings[0].story == ("report", "go")


def test_what_is_too_large_to_look_through_is_said_to_be_unknown(monkeypatch):
    """A promise that would need more looking than is allowed is not called kept, nor broken."""
    steps = [move(name, "new", "", at_most(name, most=9)) for name in ("a", "b", "c")]
    asked = [at_most("a", most=9), at_most("b", most=9), at_most("c", most=9)]
    promises = (never("done", at_most=1), never("a", at_most=10))
    monkeypatch.setattr(lives, "MOST_NODES", 5)

    findings = found("new done.", *steps, move("finish", "new", "done", *asked), promises=promises)

    assert codes(findings) == [("promise-unknown", "promise", 1)]
    assert "could not be shown" in findings[0].message


def test_numbers_too_large_to_count_are_not_counted():
    """A requirement of a million times may hold and may fail; a promise of a million times is not decided."""
    often = move("often", "new", "", at_most("often", most=1_000_000))
    promises = (never("often", at_most=1_000_000), never("often", at_most=3))

    findings = found("new done.", often, move("finish", "new", "done"), promises=promises)

    assert codes(findings) == [("promise-unknown", "promise", 0), ("promise", "promise", 1)]


HELPERS = Slot(id="helpers", kind="unit", many=True)
UNITS_IN = FrozenMap(helpers=Value(field="units"))
SIGNED = Part(id="signed", of_slot="helpers")


def joined(*moves, needed="all", **options):
    """Return a workflow in which several units sign before it is closed, which promises just that."""
    return version(
        "s end.",
        move("sign", "s", "", completes="signed"),
        move("close", "s", "end", PartsDone("signed", needed)),
        *moves,
        parts=(SIGNED,),
        slots=(HELPERS,),
        fields=(Field(id="units", type="ids"),),
        openings=(opening("s", required=("units",), sets=UNITS_IN),),
        promises=(never("end", without="signed"),),
        **options,
    )


def test_nothing_is_closed_before_all_units_have_signed():
    """That all units of a slot have signed is the same as that the part has occurred."""
    assert verify(joined()) == ()


def test_one_signature_is_not_all():
    """Where one signature is enough, a life without the others is told."""
    (finding,) = verify(joined(needed="any"))

    assert (finding.code, finding.story) == ("promise", ("report", "sign", "close"))


def test_units_asked_anew_may_be_those_who_have_signed():
    """Once the slot is filled anew, all of those in it may have signed without the last one ever signing."""
    (finding,) = verify(joined(move("ask", "s", "", required=("units",), sets=UNITS_IN)))

    assert (finding.code, finding.story) == ("promise", ("report", "sign", "ask", "close"))


def test_signatures_that_were_thrown_away_are_asked_again():
    """After a part was begun anew nothing of it is complete, whoever is asked now."""
    anew = move("anew", "s", "", required=("units",), sets=UNITS_IN, resets_parts=("signed",))

    assert verify(joined(anew)) == ()
