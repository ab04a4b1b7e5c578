import pytest

from serviceorg.model import Units
from serviceorg.workflow import Refused
from tests.workflow.features.given import Actor, at, flow_of, lived, moves_of

TEXT = """
[workflow]
id = "example/parts"
title = { zh = "并联", en = "Parts" }
effective = 2024-01-01
basis = "B"
source = "S"

[[slot]]
id = "helpers"
kind = "unit"
many = true

[[field]]
id = "helpers"
type = "ids"

[[field]]
id = "verdict"
one_of = ["agree", "oppose"]

[[field]]
id = "piece"
one_of = ["fire", "water", "power"]

[[part]]
id = "signed"
title = { zh = "会签", en = "Signatures" }
of_slot = "helpers"
verdicts = ["agree", "oppose"]

[[part]]
id = "reports"
title = { zh = "报告", en = "Reports" }
pieces = ["fire", "water", "power"]

[[state]]
id = "open-file"
kind = "initial"

[[state]]
id = "done"
kind = "final"

[[opening]]
id = "begin"
to = "open-file"
by = "anyone"
optional = ["helpers"]
sets = { helpers = { field = "helpers" } }

[[move]]
id = "sign"
from = "open-file"
to = "same"
by = "anyone"
form = ["verdict"]
completes = "signed"

[[move]]
id = "report"
from = "open-file"
to = "same"
by = "anyone"
form = ["piece"]
completes = "reports"

[[move]]
id = "redraft"
from = "open-file"
to = "same"
by = "anyone"
resets_parts = "signed"

[[move]]
id = "all-agree"
from = "open-file"
to = "done"
by = "anyone"
needs = [{ parts = "signed", verdict = "agree" }]

[[move]]
id = "all-signed"
from = "open-file"
to = "done"
by = "anyone"
needs = [{ parts = "signed" }]

[[move]]
id = "two-thirds"
from = "open-file"
to = "done"
by = "anyone"
needs = [{ parts = "signed", done = "2/3", verdict = "agree" }]

[[move]]
id = "two-reports"
from = "open-file"
to = "done"
by = "anyone"
needs = [{ parts = "reports", done = 2 }]

[[move]]
id = "any-report"
from = "open-file"
to = "done"
by = "anyone"
needs = [{ parts = "reports", done = "any" }]

[[notice]]
id = "complete"
on = "signed"
to = "helpers"
"""
FLOW = flow_of(TEXT, units=Units({"u1": "", "u2": "", "u3": ""}))
NOW = "2024-11-04 10:00"


def drafted(*helpers):
    """Return a ticket with some helper units."""
    form = {"helpers": list(helpers)} if helpers else {}
    return FLOW.open("T", by=Actor("x"), at=at("2024-11-04 09:00"), form=form).ticket


def sign(ticket, unit, verdict="agree"):
    """Return the step of a unit's signature."""
    return FLOW.fire(ticket, "sign", by=Actor(f"of-{unit}", unit=unit), at=at(NOW), form={"verdict": verdict})


def possible(ticket):
    """Return the moves that end the file."""
    return [
        one for one in moves_of(FLOW, ticket, Actor("x"), NOW) if one not in ("sign", "report", "redraft")
    ]


def test_a_join_waits_for_all_with_the_verdict_that_counts():
    """W5: with two agreeing and one opposing all have signed and two thirds agree, but not all."""
    ticket = drafted("u1", "u2", "u3")
    ticket = sign(sign(ticket, "u1").ticket, "u2").ticket
    two = possible(ticket)

    three = possible(sign(ticket, "u3", "oppose").ticket)

    assert two == ["two-thirds"]
    assert three == ["all-signed", "two-thirds"]


def test_a_verdict_may_be_changed_until_the_file_is_closed():
    """Who signs again puts the new verdict in place of the old one."""
    ticket = sign(sign(drafted("u1", "u2"), "u1").ticket, "u2", "oppose").ticket

    changed = sign(ticket, "u2", "agree").ticket

    assert dict(changed.done["signed"]) == {"u1": "agree", "u2": "agree"}
    assert "all-agree" in possible(changed)


def test_a_part_is_completed_once():
    """What hangs on a part being complete happens when it becomes so, not whenever somebody signs again."""
    first = sign(drafted("u1", "u2"), "u1")
    second = sign(first.ticket, "u2")

    again = sign(second.ticket, "u1", "oppose")

    assert [len(step.notices) for step in (first, second, again)] == [0, 2, 0]


def test_after_a_reset_every_piece_is_done_again():
    """W23: a new draft needs all signatures anew, and its completion is told anew."""
    ticket = sign(sign(drafted("u1", "u2"), "u1").ticket, "u2").ticket
    ticket = lived(FLOW, ticket, ("redraft", Actor("x"), NOW))

    none_left = possible(ticket)
    once_more = sign(sign(ticket, "u1").ticket, "u2")

    assert (dict(ticket.done), none_left) == ({}, [])
    assert len(once_more.notices) == 2


def test_a_part_of_nobody_is_not_complete():
    """W5: where no unit was asked, "all have signed" does not hold."""
    assert possible(drafted()) == []


def test_pieces_with_names_are_counted():
    """A part of named pieces asks for any, for a number or for all of them, each piece once."""
    ticket, found = drafted(), []
    for piece in ("fire", "fire", "water"):
        ticket = lived(FLOW, ticket, ("report", Actor("x"), NOW, {"piece": piece}))
        found.append(possible(ticket))

    assert found == [["any-report"], ["any-report"], ["any-report", "two-reports"]]


def test_who_is_asked_for_nothing_completes_nothing():
    """An actor of no unit, or of one that was not asked, is refused with the pieces there are."""
    for unit in ("", "u9"):
        with pytest.raises(Refused) as caught:
            sign(drafted("u1", "u2"), unit)

        assert caught.value.codes == ("no-piece",)
        assert "the pieces are: u1, u2" in str(caught.value)


def test_what_is_missing_is_named():
    """The refusal of a join says how many are complete and which are missing."""
    ticket = sign(drafted("u1", "u2", "u3"), "u1").ticket

    with pytest.raises(Refused) as caught:
        FLOW.fire(ticket, "all-signed", by=Actor("x"), at=at(NOW))

    assert "Signatures: 1 of 3 complete" in str(caught.value)
    assert "still missing: u2, u3" in str(caught.value)
    assert "会签：须完成3项，已完成1项" in caught.value.in_("zh")
