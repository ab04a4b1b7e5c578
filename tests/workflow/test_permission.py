import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.errors import TicketError, WorkflowProblems
from serviceorg.loading.flow_files import workflow_from_text
from serviceorg.model import Actor, Post, Units
from serviceorg.workflow import Refused
from tests.workflow.features.given import at, flow_of, moves_of

WHEN = "2024-11-04 09:00"
HEAD = """
[workflow]
id = "example/permission"
title = { zh = "权限", en = "Permission" }
effective = 2024-01-01
basis = "B"
source = "S"
scope = "unit"

[[role]]
id = "clerk"

[[role]]
id = "other"

[[slot]]
id = "unit"
kind = "unit"

[[slot]]
id = "helpers"
kind = "unit"
many = true

[[slot]]
id = "requester"
party = "applicant"

[[slot]]
id = "handler"
party = "handler"

[[slot]]
id = "subject"
party = "subject"

[[field]]
id = "unit"

[[field]]
id = "who"

[[field]]
id = "helpers"
type = "ids"

[[state]]
id = "begun"
kind = "initial"

[[state]]
id = "ended"
kind = "final"

[[opening]]
id = "begin"
to = "begun"
by = "anyone"
optional = ["unit", "helpers", "who"]
[opening.sets]
unit = { field = "unit" }
helpers = { field = "helpers" }
requester = { field = "who" }
handler = { field = "who" }
subject = { field = "who" }
"""
SCOPES = """
[[move]]
id = "covers"
from = "begun"
to = "ended"
by = { role = "clerk", scope = "covers" }

[[move]]
id = "above"
from = "begun"
to = "ended"
by = { role = "clerk", scope = "above" }

[[move]]
id = "exactly"
from = "begun"
to = "ended"
by = { role = "clerk", scope = "exactly" }

[[move]]
id = "any"
from = "begun"
to = "ended"
by = { role = "clerk", scope = "any" }

[[move]]
id = "helped"
from = "begun"
to = "ended"
by = { role = "clerk", at = "helpers" }
"""
IDS = [f"u{number}" for number in range(12)]
UNITS = st.lists(st.integers(0, 99), min_size=1, max_size=len(IDS)).map(
    lambda numbers: {
        IDS[place]: "" if place == 0 or number % 5 == 0 else IDS[number % place]
        for place, number in enumerate(numbers)
    }
)
PLAIN = flow_of(HEAD + SCOPES)


def _chain(parents, unit):
    """Return the unit and all above it, by walking up: the slow way."""
    found = []
    while unit in parents:
        found.append(unit)
        unit = parents[unit]
    return found


def _flow(parents):
    return attrs.evolve(PLAIN, units=Units(parents))


@given(UNITS, st.data())
def test_a_role_reaches_as_far_as_its_scope_says(parents, data):
    """In any tree, covers, above, exactly and any are what walking up the tree says they are."""
    about = data.draw(st.sampled_from([*parents]))
    at_unit = data.draw(st.sampled_from([*parents, "nowhere"]))
    helpers = data.draw(st.lists(st.sampled_from([*parents]), min_size=1, unique=True))
    flow = _flow(parents)
    form = {"unit": about, "helpers": helpers}
    ticket = flow.open("T", by=Actor("x"), at=at(WHEN), form=form).ticket

    allowed = moves_of(flow, ticket, Actor("c", [Post("clerk", at_unit)]), WHEN)

    over = at_unit in _chain(parents, about)
    expected = {
        "covers": about == at_unit or over,
        "above": over and about != at_unit,
        "exactly": about == at_unit,
        "any": True,
        "helped": all(at_unit in _chain(parents, one) for one in helpers),
    }
    assert allowed == sorted(move for move, may in expected.items() if may)


@given(UNITS, st.data())
def test_no_role_outside_its_subtree_permits_and_no_other_role_does(parents, data):
    """Whatever posts are held elsewhere, or in other roles, a move about a unit stays denied."""
    about = data.draw(st.sampled_from([*parents]))
    outside = [one for one in parents if one not in _chain(parents, about)]
    posts = [Post("other", one) for one in parents] + [Post("clerk", one) for one in outside]
    flow = _flow(parents)
    ticket = flow.open("T", by=Actor("x"), at=at(WHEN), form={"unit": about}).ticket

    allowed = set(moves_of(flow, ticket, Actor("c", posts, about), WHEN))

    assert allowed <= {"any"}


@given(st.sets(st.sampled_from(["clerk@u0", "other@u0", "clerk", "other@u1"])))
def test_what_nobody_is_permitted_is_denied(posts):
    """Without anybody in a unit slot, only a role that counts wherever it is held permits anything."""
    flow = _flow({"u0": "", "u1": "u0"})
    ticket = flow.open("T", by=Actor("x"), at=at(WHEN)).ticket

    allowed = moves_of(flow, ticket, Actor("c", sorted(posts)), WHEN)

    assert allowed == (["any"] if {"clerk@u0", "clerk"} & posts else [])


def test_a_move_without_by_is_refused_when_it_is_loaded():
    """Nothing is permitted by saying nothing: 'by' is required of every move."""
    text = HEAD + '[[move]]\nid = "end"\nfrom = "begun"\nto = "ended"\n'

    with pytest.raises(WorkflowProblems, match="the key 'by' is missing"):
        workflow_from_text(text)


def test_the_refusal_says_who_may():
    """A denied actor is told every permit in words, in English and Chinese."""
    flow = _flow({"u0": "", "u1": "u0"})
    ticket = flow.open("T", by=Actor("x"), at=at(WHEN), form={"unit": "u1"}).ticket

    with pytest.raises(Refused) as caught:
        flow.fire(ticket, "above", by=Actor("c", "clerk@u1"), at=at(WHEN))

    assert "allowed: clerk of a unit above unit" in str(caught.value)
    assert "有权者：clerk（须为unit的上级单位）" in caught.value.in_("zh")


DUTIES = """
[[move]]
id = "approve"
from = "begun"
to = "ended"
by = "anyone"
duty = "approve"

[[move]]
id = "review"
from = "begun"
to = "ended"
by = "anyone"
duty = "review"

[[move]]
id = "score"
from = "begun"
to = "ended"
by = "anyone"
duty = "score"

[[move]]
id = "work"
from = "begun"
to = "same"
by = "anyone"
duty = "handle"

[[move]]
id = "strict"
from = "begun"
to = "ended"
by = "anyone"
needs = [{ different = ["work", "begin"] }]
duty = "approve"
"""
DUTIFUL = flow_of(HEAD + DUTIES, units=Units({"u0": "", "u1": "u0"}))


@given(st.sets(st.sampled_from(["clerk@u0", "other@u0", "clerk@u1"])))
def test_no_post_loosens_the_separation_of_duties(posts):
    """Whoever is in the party's slot neither approves, reviews nor scores, whatever posts are held."""
    flow = DUTIFUL
    ticket = flow.open("T", by=Actor("x"), at=at(WHEN), form={"who": "p", "unit": "u1"}).ticket

    party = moves_of(flow, ticket, Actor("p", sorted(posts)), WHEN)
    stranger = moves_of(flow, ticket, Actor("q", sorted(posts)), WHEN)

    assert party == ["work"]
    assert stranger == ["approve", "review", "score", "strict", "work"]


def test_whoever_handled_it_once_does_not_review_it():
    """Having made a move with the duty to handle keeps away from reviewing, in no slot and long after."""
    flow = DUTIFUL
    ticket = flow.open("T", by=Actor("x"), at=at(WHEN)).ticket
    for who in ("a", "b"):
        ticket = flow.fire(ticket, "work", by=Actor(who), at=at("2024-11-05 09:00")).ticket

    allowed = {who: moves_of(flow, ticket, Actor(who), "2024-11-06 09:00") for who in ("a", "b", "c", "x")}

    assert allowed == {
        "a": ["approve", "score", "work"],
        "b": ["approve", "score", "work"],
        "c": ["approve", "review", "score", "strict", "work"],
        "x": ["approve", "review", "score", "work"],
    }


def test_separation_is_tightened_by_different():
    """A need may keep more people away than the duty does, and both are told."""
    flow = DUTIFUL
    ticket = flow.open("T", by=Actor("p"), at=at(WHEN), form={"who": "p"}).ticket

    with pytest.raises(Refused) as caught:
        flow.fire(ticket, "strict", by=Actor("p"), at=at("2024-11-05 09:00"))

    assert caught.value.codes == ("separation", "different")


@pytest.mark.parametrize("duty", ["approve", "review", "score"])
def test_a_file_that_permits_a_duty_to_its_own_party_alone_is_refused(duty):
    """No permit loosens a duty: what only the party might do can be done by nobody, and loading says so."""
    slot = {"approve": "requester", "review": "handler", "score": "subject"}[duty]
    text = (
        HEAD
        + f"""
[[move]]
id = "end"
from = "begun"
to = "ended"
by = {{ slot = "{slot}" }}
duty = "{duty}"
"""
    )

    with pytest.raises(WorkflowProblems, match="nobody may make the move 'end'"):
        workflow_from_text(text)


def test_nobody_calls_themselves_the_clock():
    """The clock's own id is reserved: an actor of that name is an error, never a permission."""
    flow = DUTIFUL
    ticket = flow.open("T", by=Actor("x"), at=at(WHEN)).ticket

    with pytest.raises(TicketError, match="no actor may have it"):
        flow.fire(ticket, "work", by=Actor("clock"), at=at(WHEN))
    with pytest.raises(TicketError, match="no actor may have it"):
        flow.open("T", by=Actor("clock"), at=at(WHEN))
    with pytest.raises(TicketError, match="no actor may have it"):
        flow.moves(ticket, by=Actor("clock"), at=at(WHEN))


def test_the_event_keeps_the_role_the_actor_used():
    """The history says by which role somebody acted: the permitted one, "" where anyone or a slot may."""
    flow = _flow({"u0": "", "u1": "u0"})
    ticket = flow.open("T", by=Actor("x", "clerk@u0"), at=at(WHEN), form={"unit": "u1"}).ticket

    after = flow.fire(ticket, "covers", by=Actor("c", ["other@u0", "clerk@u0"], "u0"), at=at(WHEN)).ticket

    assert [(one.by, one.role, one.unit) for one in after.history] == [("x", "", ""), ("c", "clerk", "u0")]
