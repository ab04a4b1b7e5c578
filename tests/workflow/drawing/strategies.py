"""Workflows nobody would write: any states, any moves, any titles."""

from hypothesis import strategies as st

from serviceorg.basics import Label
from serviceorg.workflow.rules import STATE_KINDS, Move, Opening, Permit, Route, State, Version
from tests.workflow.drawing.samples import ROLES, START

TITLES = st.text(max_size=40) | st.sampled_from(["办理", "回访核查", "A & B <i>", "x" * 60, "direction TB"])
WHO = st.sampled_from([Permit(anyone=True), Permit(clock=True), *(Permit(role=role.id) for role in ROLES)])


@st.composite
def versions(draw, most_states=9, most_moves=14):
    """Return a version with any graph of states, unreachable ones and circles included."""
    count = draw(st.integers(1, most_states))
    ids = [f"s-{number}" for number in range(count)]
    states = tuple(
        State(id=name, title=Label(en=draw(TITLES)), kind=draw(st.sampled_from(STATE_KINDS))) for name in ids
    )
    targets = st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True)
    opening = Opening(id="begin", routes=_routes(draw(targets)), permits=(draw(WHO),))
    moves = tuple(
        Move(
            id=f"m-{number}",
            title=Label(en=draw(TITLES)),
            sources=tuple(draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))),
            routes=_routes(draw(targets | st.just([""]))),
            permits=tuple(draw(st.lists(WHO, min_size=1, max_size=2))),
        )
        for number in range(draw(st.integers(0, most_moves)))
    )
    return Version(
        effective=START, basis="-", digest="any", roles=ROLES, states=states, openings=(opening,), moves=moves
    )


def _routes(targets):
    return tuple(Route(to=target) for target in targets)
