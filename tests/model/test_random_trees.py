"""Trees of any shape and any history, against somebody who walks them step by step."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from serviceorg.model import Placement, Snapshot, Unit

FIRST = date(2024, 1, 1)
NAMES = tuple("abcdefgh")
days = st.integers(0, 9).map(lambda number: FIRST + timedelta(days=number))
maybe_days = st.none() | days


@st.composite
def lives(draw):
    """Draw units, some of all time and some of a few days."""
    return [Unit(id=name, since=draw(maybe_days), until=draw(maybe_days)) for name in NAMES]


@st.composite
def histories(draw):
    """Draw a snapshot in which units are moved about, each under one before it in the alphabet."""
    rows = []
    for number, name in enumerate(NAMES):
        turns = sorted(draw(st.sets(days, max_size=3)))
        starts = [draw(st.sampled_from([None, FIRST])), *turns]
        ends = [*(day - timedelta(days=1) for day in turns), None]
        for since, until in zip(starts, ends, strict=True):
            above = draw(st.sampled_from(["", *NAMES[:number]]))
            if draw(st.booleans()):
                rows.append(Placement(tree="t", unit=name, parent=above, since=since, until=until))
    return Snapshot.of(units=draw(lives()), placements=draw(st.permutations(rows)))


def lives_on(snapshot, name, day):
    """Return whether a unit is there, looked up the slow way."""
    unit = snapshot.units[name]
    return (unit.since or date.min) <= day <= (unit.until or date.max)


def walked(snapshot, day):
    """Return unit -> unit above on a day, from all placements one by one."""
    above = {}
    for row in snapshot.placements:
        if (row.since or date.min) <= day <= (row.until or date.max) and lives_on(snapshot, row.unit, day):
            is_there = row.parent and lives_on(snapshot, row.parent, day)
            above[row.unit] = row.parent if is_there else ""
    return above | {parent: "" for parent in above.values() if parent and parent not in above}


def chain_of(above, unit):
    """Return a unit and those over it, step by step."""
    found = []
    while unit in above:
        found.append(unit)
        unit = above[unit]
    return found


@given(histories(), days)
def test_a_tree_is_what_a_slow_walk_finds(snapshot, day):
    """On any day the tree answers what a walk over all placements finds."""
    tree, above = snapshot.tree("t", on=day) if snapshot.placements else None, walked(snapshot, day)
    if tree is None:
        return

    chains = {unit: chain_of(above, unit) for unit in NAMES}

    assert dict(tree.parents) == above
    for unit in NAMES:
        assert list(tree.chain(unit)) == chains[unit]
        assert snapshot.parent(unit, tree="t", on=day) == above.get(unit, "")
        assert set(tree.below(unit)) == {other for other in NAMES if unit in chains[other]}
        assert tree.children(unit) == tuple(sorted(o for o in NAMES if above.get(o) == unit))
        assert tree.level(unit) == max(0, len(chains[unit]) - 1)
        for other in NAMES:
            assert tree.covers(other, unit) == (other in chains[unit])


@given(histories(), st.lists(days, min_size=2, max_size=6))
def test_trees_that_were_kept_are_like_new_ones(snapshot, asked):
    """An answer depends neither on days asked before nor on the order of the records."""
    if not snapshot.placements:
        return
    fresh = Snapshot.of(units=snapshot.units.values(), placements=snapshot.placements[::-1])

    assert [snapshot.tree("t", on=day) for day in asked] == [
        fresh.tree("t", on=day) for day in reversed(asked)
    ][::-1]
