"""Verbs and records told what does not fit, at once and in words."""

from datetime import date
from decimal import Decimal

import pytest

from serviceorg.errors import AmountError, PeriodError, SnapshotProblems
from serviceorg.facts import Fact
from serviceorg.model import (
    Affiliation,
    Change,
    Membership,
    Person,
    Placement,
    Role,
    Snapshot,
    Structure,
    Trait,
    TraitKind,
    Tree,
    Unit,
    UnitKind,
    appoint,
    attributed,
    check_snapshot,
    dissolve,
    establish,
    merge,
    release,
    reparent,
    split,
    transfer,
)

JULY = date(2024, 7, 1)
STRUCTURE = Structure(
    trees=[Tree(id="grid", levels=("street", "cell"))],
    kinds=[UnitKind(id="street"), UnitKind(id="cell"), UnitKind(id="window")],
    roles=[Role(id="head", at=("cell",), most=1, one_each=True), Role(id="member")],
    affiliations=[Affiliation(id="home")],
)


@pytest.fixture
def grid():
    """Return a street with two cells, and two people without a post."""
    return Snapshot.of(
        structure=STRUCTURE,
        units=[Unit(id="s", kind="street"), Unit(id="c", kind="cell"), Unit(id="d", kind="cell")],
        people=[Person(id="p"), Person(id="q")],
        placements=[
            Placement(tree="grid", unit="s"),
            Placement(tree="grid", unit="c", parent="s"),
            Placement(tree="grid", unit="d", parent="s"),
        ],
    )


@pytest.fixture
def plain():
    """Return two units under a third, of no structure, and somebody at home in the first."""
    return Snapshot.of(
        units=[Unit(id="a"), Unit(id="b"), Unit(id="top"), Unit(id="under")],
        people=[Person(id="p")],
        placements=[
            Placement(tree="t", unit="a", parent="top"),
            Placement(tree="t", unit="b", parent="top"),
            Placement(tree="t", unit="under", parent="a"),
        ],
        memberships=[Membership(person="p", unit="a", role="member", affiliation="home")],
    )


def refusal(call, *values, **options):
    """Return the whole text of the refusal of a call, line by line."""
    with pytest.raises(SnapshotProblems) as caught:
        call(*values, **options)
    return str(caught.value).splitlines()


def test_a_misspelt_tree_is_no_new_tree(grid):
    """A unit cannot be moved in a tree that the structure does not declare."""
    assert refusal(reparent, grid, "c", tree="gird", parent="s", on=JULY) == [
        (
            "placement of 'c' in 'gird': there is no tree 'gird'; known are 'grid'. Did you mean 'grid'?"
            " [unknown-tree]"
        )
    ]


def test_a_move_against_the_levels_is_refused(grid):
    """A cell cannot lie under a cell."""
    assert refusal(reparent, grid, "c", tree="grid", parent="d", on=JULY) == [
        (
            "placement of 'c' in 'grid': a unit of kind 'cell' is placed under 'd' of kind 'cell';"
            " the levels from the top are 'street', 'cell' [level]"
        )
    ]


def test_nobody_is_appointed_to_words_that_are_none(grid):
    """A misspelt role and affiliation are both told, with the nearest guess."""
    found = refusal(appoint, grid, "p", unit="c", role="haed", on=JULY, affiliation="hme")

    assert [line.rpartition("[")[2] for line in found] == ["unknown-role]", "unknown-affiliation]"]
    assert "Did you mean 'head'?" in found[0]
    assert "Did you mean 'home'?" in found[1]


def test_nobody_is_appointed_where_the_role_is_not_held(grid):
    """A head is one of a cell, not of a street."""
    assert refusal(appoint, grid, "p", unit="s", role="head", on=JULY) == [
        (
            "membership of 'p' at 's' as 'head': role 'head' is held at 'cell', but 's' is of kind 'street'"
            " [misplaced-role]"
        )
    ]


def test_nobody_holds_twice_what_is_held_once(grid):
    """Who is head of one cell is not appointed to a second; how many heads a cell has is not asked here."""
    first = appoint(appoint(grid, "p", unit="c", role="head", on=JULY), "q", unit="c", role="head", on=JULY)

    assert [problem.code for problem in check_snapshot(first)] == ["too-many"]
    assert refusal(appoint, first, "p", unit="d", role="head", on=JULY) == [
        (
            "membership of 'p' at 'd' as 'head': is bound as 'head' also at 'c' from 2024-07-01 on;"
            " allowed is one at a time [double-bond]"
        )
    ]


def test_old_defects_do_not_hinder_a_verb(grid):
    """What was wrong before is told by the check, not by the next appointment."""
    old = Membership(person="p", unit="s", role="haed")
    snapshot = Snapshot.of(
        structure=STRUCTURE,
        units=grid.units.values(),
        people=grid.people.values(),
        placements=grid.placements,
        memberships=[old],
    )

    made = appoint(snapshot, "p", unit="c", role="head", on=JULY)

    assert [problem.code for problem in check_snapshot(made)] == ["unknown-role"]


def test_a_new_unit_is_of_a_kind_and_in_a_tree_that_there_is(grid):
    """A misspelt kind and tree are told before the unit is there."""
    found = refusal(establish, grid, Unit(id="z", kind="zell"), parents={"gird": ""})

    assert [line.rpartition("[")[2] for line in found] == ["unknown-kind]", "unknown-tree]"]


def test_nothing_is_made_that_ends_before_it_begins(plain):
    """Neither a bond nor a unit has its last day before its first."""
    june = date(2024, 6, 1)

    (bond,) = refusal(appoint, plain, "p", unit="b", role="r", on=JULY, until=june)
    first, *_ = refusal(establish, plain, Unit(id="z", since=JULY, until=june), parents={"t": "top"})
    merged = refusal(merge, plain, ["a", "b"], into=Unit(id="m", until=june), on=JULY)

    assert bond.endswith(
        "since 2024-07-01 and until 2024-06-01; allowed is a last day on or after the first [backwards]"
    )
    assert first.startswith("unit 'z': found since 2024-07-01 and until 2024-06-01")
    assert merged[0].startswith("unit 'm': found since 2024-07-01 and until 2024-06-01")


@pytest.mark.parametrize(
    ("parents", "message"),
    [
        (
            {"t": "nope"},
            "parents: there is no unit 'nope'; known are 'a', 'b', 'top', 'under' [unknown-parent]",
        ),
        ({"t": "a"}, "parents: 'a' is not there on 2024-07-01 [parent-gone]"),
        (
            {"tt": "top"},
            ("parents: there is no tree 'tt'; known are 't'. Did you mean 't'? [unknown-tree]"),
        ),
    ],
    ids=["unknown", "gone", "tree"],
)
def test_the_unit_above_a_new_one_is_there(plain, parents, message):
    """What a merge places its heir under must be a unit of the day, in a tree of the old ones."""
    found = refusal(merge, plain, ["a", "b"], into=Unit(id="m"), on=JULY, parents=parents)

    assert found == [f"change 'merge-a-b-2024-07-01': {message}"]


def test_a_new_unit_cannot_lie_under_its_own_children(plain):
    """What lay under the old unit lies under the heir, so the heir cannot lie under it."""
    assert refusal(merge, plain, ["a", "b"], into=Unit(id="m"), on=JULY, parents={"t": "under"}) == [
        "unit 'm' in 't': the units above it would lead in a circle: m under under under m [circle]"
    ]


def test_roles_and_names_of_a_change_are_known(grid):
    """A misspelt role would move instead of ending, and a misspelt child would go with the rest."""
    roles = refusal(merge, grid, ["c", "d"], into=Unit(id="m", kind="cell"), on=JULY, bonds={"haed": "end"})
    names = refusal(
        split,
        grid,
        "c",
        into=[Unit(id="x", kind="cell"), Unit(id="y", kind="cell")],
        on=JULY,
        division={"": "x", "pp": "y"},
    )

    assert roles == [
        (
            "change 'merge-c-d-2024-07-01': bonds: there is no role 'haed'; known are 'head', 'member'."
            " Did you mean 'head'? [unknown-role]"
        )
    ]
    assert names == [
        (
            "change 'split-c-2024-07-01': division: there is no unit or person 'pp'; known are 'c', 'd', 'p',"
            " 'q', 's'. Did you mean 'p'? [unknown-owner]"
        )
    ]


def test_a_unit_ends_once(plain):
    """What went into one merger on a day cannot go into another, nor be dissolved (118)."""
    merged = merge(plain, ["a", "b"], into=Unit(id="c"), on=JULY)
    message = (
        "'a' ends, but change 'merge-a-b-2024-07-01' of the same day begins with it as well;"
        " allowed is one change [same-day]"
    )

    assert refusal(dissolve, merged, "a", on=JULY) == [f"change 'dissolve-a-2024-07-01': {message}"]
    assert refusal(merge, merged, ["a", "top"], into=Unit(id="e"), on=JULY) == [
        f"change 'merge-a-top-2024-07-01': {message}"
    ]


def test_the_check_tells_units_that_end_twice():
    """Two mergers of one day share a unit: each is told."""
    last = date(2024, 6, 30)
    snapshot = Snapshot.of(
        units=[
            *(Unit(id=one, until=last) for one in "abd"),
            Unit(id="c", since=JULY),
            Unit(id="e", since=JULY),
        ],
        changes=[
            Change(id="1", kind="merge", on=JULY, before=("a", "b"), after=("c",)),
            Change(id="2", kind="merge", on=JULY, before=("a", "d"), after=("e",)),
        ],
    )

    assert [problem.code for problem in check_snapshot(snapshot)] == ["same-day", "same-day"]


def test_a_redrawn_grid_is_checked_unit_by_unit():
    """Ten thousand cells divided on one day are checked in one go (W29)."""
    count, last = 10_000, date(2024, 6, 30)
    snapshot = Snapshot.of(
        units=[
            *(Unit(id=f"x{n}", until=last) for n in range(count)),
            *(Unit(id=f"y{n}", since=JULY) for n in range(2 * count)),
        ],
        changes=[
            Change(id=f"c{n}", kind="split", on=JULY, before=(f"x{n}",), after=(f"y{n}", f"y{count + n}"))
            for n in range(count)
        ],
    )

    assert check_snapshot(snapshot) == ()


def test_nothing_lies_under_a_kind_that_is_no_level():
    """A window has no place in a tree of streets and cells, so no cell lies under one."""
    snapshot = Snapshot.of(
        structure=STRUCTURE,
        units=[Unit(id="w", kind="window"), Unit(id="c", kind="cell")],
        placements=[Placement(tree="grid", unit="c", parent="w")],
    )

    assert [str(problem) for problem in check_snapshot(snapshot)] == [
        (
            "placement of 'c' in 'grid': a unit of kind 'cell' is placed under 'w' of kind 'window';"
            " the levels from the top are 'street', 'cell' [level]"
        )
    ]


def test_one_bond_is_not_held_twice():
    """The same bond written twice would count a member twice, whatever the structure says."""
    bond = Membership(person="p", unit="a", role="member", affiliation="home")
    snapshot = Snapshot.of(units=[Unit(id="a")], people=[Person(id="p")], memberships=[bond, bond])

    assert [str(problem) for problem in check_snapshot(snapshot)] == [
        (
            "membership of 'p' at 'a' as 'member': is bound as 'member' twice at 'a' always;"
            " allowed is one at a time [double-bond]"
        )
    ]


@pytest.mark.parametrize("kinds", [(), (TraitKind(id="service", many=True),)], ids=["free", "many"])
def test_one_value_does_not_hold_twice(kinds):
    """Of a trait of which several values hold, each holds once at a time."""
    traits = [Trait(of="a", name="service", value=value) for value in ("meal", "bath", "meal")]
    snapshot = Snapshot.of(structure=Structure(traits=kinds), units=[Unit(id="a")], traits=traits)

    assert [str(problem) for problem in check_snapshot(snapshot)] == [
        "trait 'service' of 'a': is 'meal' twice always; allowed is once at a time [double-trait]"
    ]


def test_a_bond_that_a_temporary_unit_cut_short_is_open_again(plain):
    """P was lent to a branch of the summer and came home early: the bond at home has no end (row 26)."""
    summer = establish(plain, Unit(id="t", until=date(2024, 8, 1)), parents={"t": "top"})

    home = transfer(transfer(summer, "p", to="t", on=JULY), "p", to="a", on=date(2024, 7, 15))

    assert home.bonds("p")[-1] == Membership(
        person="p", unit="a", role="member", affiliation="home", since=date(2024, 7, 15)
    )


def test_a_bond_that_ends_by_itself_is_not_transferred():
    """On the day after its last there is nothing left to pass to another unit."""
    bond = Membership(person="p", unit="a", role="member", affiliation="home", until=date(2024, 6, 30))
    snapshot = Snapshot.of(units=[Unit(id="a"), Unit(id="b")], people=[Person(id="p")], memberships=[bond])

    assert refusal(transfer, snapshot, "p", to="b", on=JULY) == [
        (
            "person 'p': the bond at 'a' ends on 2024-06-30 by itself;"
            " allowed is one that goes on, or appoint [no-bond]"
        )
    ]


def test_no_verb_stumbles_over_the_first_of_all_days(plain):
    """0001-01-01 has no day before it, so nothing can end then: that is told, no bare overflow."""
    first = date.min

    with pytest.raises(PeriodError, match="allowed is a day that has one before it"):
        Change(id="1", kind="dissolve", on=first, before=("a",))
    with pytest.raises(PeriodError, match="allowed is a day that has one before it"):
        transfer(plain, "p", to="b", on=first)
    with pytest.raises(PeriodError, match="allowed is a day that has one before it"):
        release(plain, "p", unit="a", role="member", affiliation="home", on=first)
    with pytest.raises(PeriodError, match="allowed is a day that has one before it"):
        reparent(plain, "a", tree="t", parent="b", on=first)


def test_shares_and_sizes_are_exact():
    """A binary float is no share and no size; neither is what is no number, or below nothing."""
    with pytest.raises(AmountError, match=r"share: 0\.1: a binary float is not exact"):
        Change(id="1", kind="split", on=JULY, before=["x"], after=["a", "b"], shares=[0.1, 0.9])
    with pytest.raises(AmountError, match=r"NaN.* is out of bounds"):
        Change(id="1", kind="split", on=JULY, before=["x"], after=["a", "b"], shares=[Decimal("NaN"), 1])
    with pytest.raises(AmountError, match=r"size: 0\.1: a binary float is not exact"):
        Unit(id="x", size=0.1)
    with pytest.raises(AmountError, match="size: -1 is negative"):
        Unit(id="x", size=-1)


def test_units_of_a_change_are_a_list_that_nobody_changes():
    """A text is not taken for a list of letters, and a list given is not kept as one that may change."""
    assert refusal(Change, id="1", kind="merge", on=JULY, before="ab", after=["c"]) == [
        (
            "change, units before or after: found 'ab'; allowed is a list of ids of units,"
            " like ('east', 'west') [ids]"
        )
    ]

    change = Change(id="1", kind="merge", on=JULY, before=["a", "b"], after=["c"])

    assert (change.before, change.after) == (("a", "b"), ("c",))
    assert hash(change) == hash(Change(id="1", kind="merge", on=JULY, before=("a", "b"), after=("c",)))


def test_one_text_means_one_unit_in_a_merger(plain):
    """``merge(s, "ab")`` is a merger of one unit called "ab", which is none."""
    assert "[arity]" in refusal(merge, plain, "ab", into=Unit(id="m"), on=JULY)[0]


def test_one_text_means_one_attribute_that_tells_activities_apart(plain):
    """Two records of one activity count once, whether the attribute is given alone or in a list (trap 25)."""
    facts = [
        Fact(id=name, subject="p", kind="act", on=JULY, amount=2, attributes={"activity": "x"})
        for name in "12"
    ]

    for same in ("activity", ("activity",)):
        assert [fact.id for fact in attributed(plain, facts, same=same).facts] == ["1"]


def test_bonds_that_overlap_by_a_merger_are_one():
    """At b till March and again from October, at a till November: after the merger p is at b once."""
    home = {"person": "p", "role": "h"}
    spans = {
        "first": Membership(unit="b", since=date(2024, 1, 1), until=date(2024, 3, 31), **home),
        "second": Membership(unit="b", since=date(2024, 10, 1), until=date(2024, 12, 31), **home),
        "other": Membership(unit="a", since=date(2024, 1, 1), until=date(2024, 11, 30), **home),
    }
    before = Snapshot.of(
        units=[Unit(id="a"), Unit(id="b")], people=[Person(id="p")], memberships=spans.values()
    )

    merged = merge(before, ["a", "b"], into="b", on=date(2024, 2, 1))

    assert merged.memberships == (
        Membership(unit="b", since=date(2024, 1, 1), until=date(2024, 12, 31), **home),
        Membership(unit="a", since=date(2024, 1, 1), until=date(2024, 1, 31), **home),
    )


def test_a_merger_makes_no_crowd_of_heads(grid):
    """Who merges cells with a head each says that the role ends, or releases one before (row 118)."""
    heads = appoint(grid, "p", unit="c", role="head", on=date(2024, 1, 1))
    heads = appoint(heads, "q", unit="d", role="head", on=date(2024, 1, 1))
    new = Unit(id="m", kind="cell")

    assert refusal(merge, heads, ["c", "d"], into=new, on=JULY) == [
        (
            "change 'merge-c-d-2024-07-01': 2 would hold the role 'head' at 'm'; allowed are at most 1:"
            " end the role by bonds=, or release before [too-many]"
        )
    ]

    ended = merge(heads, ["c", "d"], into=new, on=JULY, bonds={"head": "end"})
    one = merge(release(heads, "q", unit="d", role="head", on=JULY), ["c", "d"], into=new, on=JULY)

    assert ended.holders("m", "head", on=JULY) == ()
    assert [bond.person for bond in one.holders("m", "head", on=JULY)] == ["p"]
    assert check_snapshot(appoint(ended, "q", unit="m", role="head", on=JULY)) == ()


def test_a_new_unit_may_be_placed_in_one_more_tree(plain):
    """What is told of a tree in which the old units had no place is done, and not passed over."""
    other = reparent(plain, "under", tree="other", parent="top", on=date(2024, 1, 1))

    merged = merge(other, ["a", "b"], into=Unit(id="m"), on=JULY, parents={"other": "top"})

    assert merged.parent("m", tree="other", on=JULY) == "top"
    assert merged.parent("m", tree="t", on=JULY) == "top"
