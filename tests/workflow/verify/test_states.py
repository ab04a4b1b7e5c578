from serviceorg.workflow.rules import NoneOpen
from serviceorg.workflow.verify import verify
from tests.workflow.verify.given import MAYBE, after, at_most, before, codes, found, move, route, version


def test_a_sound_workflow_has_no_findings():
    """A workflow whose tickets all can be finished, by moves that all can be made, is found sound."""
    assert found("new doing done.", move("take", "new", "doing"), move("finish", "doing", "done")) == ()


def test_a_state_nothing_leads_to_is_unreachable():
    """A state no opening and no move leads to is found, with what to do about it."""
    findings = found("new lost done.", move("finish", "new", "done"), move("drop", "lost", "done"))

    assert codes(findings) == [("unreachable", "state", 1), ("never-made", "move", 1)]
    assert findings[0].message == (
        "no ticket ever reaches the state 'lost': no opening and no move leads there; "
        "add one, or take the state out"
    )
    assert findings[1].message == (
        "the move 'drop' can never be made: no ticket ever reaches 'lost'; make a way there, "
        "or take the move out"
    )


def test_a_state_behind_a_move_that_is_never_made_is_unreachable():
    """A state to which only a move leads that can never be made is found, and the move is named."""
    findings = found(
        "new lost done.",
        move("finish", "new", "done"),
        move("lose", "new", "lost", after("finish")),
        move("find", "lost", "done"),
    )

    assert [finding.code for finding in findings] == ["unreachable", "never-made", "never-made"]
    assert "'lose' would lead there, but never does" in findings[0].message


def test_a_state_without_a_way_out_is_a_dead_end():
    """A state without a move out that is not final is a dead end; what leads only there has no end."""
    findings = found(
        "new doing hole done.",
        move("take", "new", "doing"),
        move("finish", "new", "done"),
        move("dig", "doing", "hole"),
    )

    assert codes(findings) == [("dead-end", "state", 2), ("no-end", "state", 1)]
    assert findings[0].message == (
        "no move leads out of 'hole', and it is not final; add a move, or give it kind = 'final'"
    )
    assert findings[1].message == (
        "from 'doing' no final state can be reached: every way ends where nothing leads on; "
        "add a way to a final state"
    )


def test_a_circle_nobody_can_leave_is_a_livelock():
    """States that lead only to one another are found once, at the first of them."""
    findings = found(
        "new here there done.",
        move("finish", "new", "done"),
        move("enter", "new", "here"),
        move("go", "here", "there"),
        move("return", "there", "here"),
    )

    assert codes(findings) == [("livelock", "state", 1)]
    assert findings[0].message == (
        "a ticket that comes to 'here' and 'there' stays there for ever: moves lead round, but none leads "
        "out; add a move to a final state"
    )


def test_a_state_with_only_moves_that_stay_is_a_livelock():
    """A state whose moves all stay in it is no dead end, but a circle of one."""
    findings = found("new done.", move("finish", "new", "done"), move("note", "new", "")) + found(
        "new trap done.", move("finish", "new", "done"), move("fall", "new", "trap"), move("note", "trap", "")
    )

    assert codes(findings) == [("livelock", "state", 1)]


def test_a_ticket_that_has_used_up_its_ways_out_is_stuck():
    """A life after which no requirement of the ways out can hold again is told, the shortest one."""
    findings = found(
        "new doing done.",
        move("take", "new", "doing"),
        move("spoil", "doing", ""),
        move("finish", "doing", "done", before("spoil")),
    )

    assert codes(findings) == [("stuck", "state", 1)]
    assert findings[0].story == ("report", "take", "spoil")
    assert findings[0].message == (
        "after report → take → spoil a ticket in 'doing' can never be finished: its ways out ask for "
        "something that can no longer become so (how often 'spoil' occurred); add a way out that "
        "does not ask for it"
    )


def test_returns_that_run_out_do_not_make_a_ticket_stuck():
    """A limit on returns is harmless while another way out is left."""
    findings = found(
        "new doing done.",
        move("take", "new", "doing"),
        move("return", "doing", "new", at_most("return", most=1)),
        move("finish", "doing", "done"),
    )

    assert findings == ()


def test_what_must_come_before_the_end_can_still_come():
    """An end that asks for something earlier is no trap while that can still be done."""
    findings = found(
        "new doing done.",
        move("take", "new", "doing"),
        move("check", "doing", ""),
        move("return", "doing", "new"),
        move("finish", "doing", "done", after("check", since="return")),
    )

    assert findings == ()


def test_a_route_with_a_condition_may_not_be_taken():
    """Where the first route has a condition, the second one is a way too."""
    routes = (route("done", MAYBE), route("new"))

    assert found("new done.", move("try", "new", routes)) == ()


def test_the_same_definition_gives_the_same_findings():
    """Findings are values: the same definition verified twice gives equal ones in the same order."""
    definition = version("new lost hole done.", move("fall", "new", "hole"), move("find", "lost", "done"))

    assert verify(definition) == verify(definition)


def test_a_stuck_ticket_is_told_by_what_keeps_it_alone():
    """Of several things the way out asks for, those that can still become so are not named."""
    definition = version(
        "s t end.",
        move("accept", "s", "t"),
        move("walk", "s", "t"),
        move("hint", "s t", "", opens="supervision"),
        move("answer", "s t", "", settles="supervision"),
        move("close", "t", "end", NoneOpen("supervision"), before("accept")),
    )

    (stuck,) = verify(definition)

    assert (stuck.code, stuck.story) == ("stuck", ("report", "accept"))
    assert "how often 'accept' occurred" in stuck.message
    assert "supervision" not in stuck.message
