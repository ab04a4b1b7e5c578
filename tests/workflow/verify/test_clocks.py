from serviceorg.basics import FrozenMap
from serviceorg.workflow.rules import Emission, NoneOpen, Notice, Part, PartsDone, Slot
from tests.workflow.verify.given import (
    ACTOR,
    CLOCK,
    after,
    clock,
    codes,
    found,
    move,
    never,
    tier,
)

TAKE = move("take", "new", "doing")
FINISH = move("finish", "doing", "done")
WITHDRAW = move("withdraw", "new doing", "withdrawn")
STATES = "new doing done. withdrawn."


def test_a_clock_whose_start_never_occurs_is_found():
    """A clock that waits for what never happens never starts."""
    lost = move("find", "lost", "done")
    findings = found("new lost done.", move("finish", "new", "done"), lost, clocks=(clock("find", "done"),))

    assert ("clock-never-starts", "clock", 0) in codes(findings)
    assert findings[-1].message == (
        "the clock 'resolve' never starts, because 'find' never occurs; name something in 'start' that does"
    )


def test_a_clock_nothing_stops_is_found():
    """A clock with neither a stop nor a cancel that can occur goes on for ever."""
    findings = found(STATES, TAKE, FINISH, WITHDRAW, clocks=(clock("take"),))

    assert codes(findings) == [("clock-never-stops", "clock", 0)]


def test_a_clock_left_running_at_the_end_is_found_with_its_story():
    """A final state that does not end a running clock is told, with a life that gets there."""
    findings = found(STATES, TAKE, FINISH, WITHDRAW, clocks=(clock("take", "finish"),))

    assert codes(findings) == [("clock-left-running", "clock", 0)]
    assert findings[0].story == ("report", "take", "withdraw")
    assert findings[0].message == (
        "the clock 'resolve' goes on running in the final state 'withdrawn': report → take → withdraw; "
        "name 'withdrawn' or 'withdraw' in 'stop' or 'cancel', or the state in 'pause'"
    )


def test_stop_cancel_and_pause_all_end_a_clock():
    """A final state in stop, cancel or pause leaves no clock running."""
    ended = (
        clock("take", "finish withdrawn"),
        clock("take", "finish", cancel=("withdraw",)),
        clock("take", "finish", pause=("withdrawn",)),
    )

    assert [found(STATES, TAKE, FINISH, WITHDRAW, clocks=(one,)) for one in ended] == [()] * 3


def test_a_requirement_can_keep_a_clock_from_being_left():
    """A clock is not left running by a life that no requirement allows."""
    stopped = move("stop", "doing", "")
    withdraw = move("withdraw", "doing", "withdrawn", after("stop"))

    assert found(STATES, TAKE, FINISH, stopped, withdraw, clocks=(clock("take", "finish stop"),)) == ()


def test_a_clock_that_starts_again_must_be_stopped_again():
    """With again="keep" a later start changes nothing; with "restart" the clock runs once more."""
    steps = (TAKE, move("answer", "doing", ""), move("ask", "doing", "", after("answer")), FINISH)
    kept, again = (
        found("new doing done.", *steps, clocks=(clock("take ask", "answer", cancel=("take",), again=word),))
        for word in ("keep", "restart")
    )

    assert codes(kept) == codes(again) == [("clock-left-running", "clock", 0)]
    assert kept[0].story == ("report", "take", "finish")
    early = (TAKE, FINISH, move("answer", "doing", "answered"), move("ask", "answered", "done"))
    for word, expected in (("keep", ()), ("restart", ("report", "take", "answer", "ask"))):
        findings = found(
            "new doing answered done.", *early, clocks=(clock("take ask", "answer finish", again=word),)
        )
        assert tuple(name for finding in findings for name in finding.story) == expected


def test_a_tier_that_can_never_act_is_found():
    """A tier is found whose move starts where its clock never runs, or is not allowed to the clock."""
    raised = move("raise", "doing", "", permits=CLOCK)
    elsewhere = clock("report", "take withdrawn", tiers=(tier(move="raise"), tier("warn")))
    forbidden = clock("take", "finish withdrawn", tiers=(tier(move="note"),))
    note = move("note", "doing", "")

    first = found(STATES, TAKE, FINISH, WITHDRAW, raised, clocks=(elsewhere,))
    second = found(STATES, TAKE, FINISH, WITHDRAW, note, clocks=(forbidden,))

    assert codes(first) == [("never-made", "move", 3), ("tier-never", "clock", 0, "tier", 0)]
    assert "its move 'raise' starts from 'doing', where the clock never runs" in first[1].message
    assert codes(second) == [("tier-never", "clock", 0, "tier", 0)]
    assert "its move 'note' is not allowed to the clock" in second[0].message


def test_a_clock_that_is_always_paused_never_acts():
    """A clock that is paused wherever it runs never comes to its tiers."""
    running = clock("take", "finish withdrawn", pause=("doing",), tiers=(tier(),))
    findings = found(STATES, TAKE, FINISH, WITHDRAW, clocks=(running,))

    assert codes(findings) == [("tier-never", "clock", 0, "tier", 0)]


def test_a_notice_to_a_slot_that_is_always_empty_is_found():
    """A notice to a slot nothing fills by then reaches nobody; a slot some way fills is enough."""
    slots = (Slot(id="handler"), Slot(id="helper"))
    take = move("take", "new", "doing", sets=FrozenMap(handler=ACTOR))
    notices = (
        Notice(id="early", on=("report",), to=("handler",)),
        Notice(id="late", on=("done", "resolve.due"), to=("handler", "helper")),
    )
    findings = found("new doing done.", take, FINISH, slots=slots, notices=notices)

    assert codes(findings) == [("notice-nobody", "notice", 0), ("notice-nobody", "notice", 1)]
    assert findings[0].message == (
        "the notice 'early' to 'handler' reaches nobody: the slot 'handler' is always empty when 'report' "
        "occurs; fill the slot earlier, or name another one"
    )
    assert "to 'helper'" in findings[1].message


def test_a_tier_speaks_wherever_its_clock_runs():
    """A notice on a tier reaches whoever may be in the slot while the clock runs."""
    take = move("take", "new", "doing", sets=FrozenMap(handler=ACTOR))
    notices = (Notice(id="due", on=("resolve.due",), to=("handler",)),)
    options = {"slots": (Slot(id="handler"),), "notices": notices}

    empty = found(
        "new doing done.", take, FINISH, clocks=(clock("report", "take", tiers=(tier(),)),), **options
    )
    filled = found(
        "new doing done.", take, FINISH, clocks=(clock("take", "done", tiers=(tier(),)),), **options
    )

    assert codes(empty) == [("notice-nobody", "notice", 0)]
    assert filled == ()


def test_a_fact_about_nobody_is_found():
    """A fact whose subject is a slot that is always empty by then is found."""
    emission = Emission(id="handled", on=("done",), kind="handled", subject="handler")
    findings = found("new doing done.", TAKE, FINISH, slots=(Slot(id="handler"),), emissions=(emission,))

    assert codes(findings) == [("fact-nobody", "emit", 0)]


def test_a_matter_that_is_never_settled_is_found():
    """What a move opens some other move must be able to settle."""
    findings = found("new done.", move("object", "new", "", opens="objection"), move("finish", "new", "done"))

    assert codes(findings) == [("matter-never-settled", "move", 0)]


def test_a_matter_that_is_never_opened_is_found():
    """What a move settles, or asks not to be open, some move must be able to open."""
    findings = found(
        "new done.",
        move("answer", "new", "", settles="objection"),
        move("finish", "new", "done", NoneOpen("complaint")),
    )

    assert codes(findings) == [("matter-never-opened", "move", 0), ("matter-never-opened", "move", 1)]
    assert "'answer' settles 'objection', but no move that can be made opens it" in findings[0].message


def test_a_part_nothing_completes_is_found():
    """A part something asks for must be completed by a move, and of a slot that something fills."""
    fixed, units = Part(id="reports", pieces=("a",)), Part(id="units", of_slot="helpers")
    options = {"parts": (fixed, units), "slots": (Slot(id="helpers", kind="unit", many=True),)}
    sign = move("sign", "new", "", completes="units")
    publish = move("publish", "new", "", PartsDone("reports"))
    end = move("finish", "new", "done")
    promises = (never("done", without="units"),)

    findings = found("new done.", sign, publish, end, promises=promises, **options)

    assert ("part-never-complete", "part", 0) in codes(findings)
    assert ("part-never-complete", "part", 1) in codes(findings)
