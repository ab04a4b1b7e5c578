"""Units merged, split, renamed and dissolved, with their history (W29)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from serviceorg.errors import PeriodError, SnapshotProblems
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
    Tree,
    Unit,
    UnitKind,
    apply_change,
    appoint,
    check_snapshot,
    dissolve,
    establish,
    merge,
    rename,
    split,
)

LAST, FIRST = date(2023, 6, 30), date(2023, 7, 1)
STRUCTURE = Structure(
    trees=[Tree(id="admin", levels=("street", "community", "cell"), each=("community", "cell"))],
    kinds=[UnitKind(id=kind) for kind in ("street", "community", "cell")],
    roles=[Role(id="member"), Role(id="head", at=("community",), least=1, most=1)],
    affiliations=[Affiliation(id="home", one_each=True)],
)
TEN = tuple(f"c{number}" for number in range(1, 11))
HEADLESS = {"head": "end"}


def community(name):
    """Return a community of all time."""
    return Unit(id=name, kind="community")


def home(person, unit):
    """Return a member's home bond of all time."""
    return Membership(person=person, unit=unit, role="member", affiliation="home")


@pytest.fixture
def ten():
    """Return ten communities under one street, each with a cell, a head and a member (row 118)."""
    units = [Unit(id="street", kind="street"), *map(community, TEN)]
    cells = {f"{name}-cell": name for name in TEN}
    bonds = [Membership(person=f"head-{name}", unit=name, role="head") for name in TEN]
    return Snapshot.of(
        structure=STRUCTURE,
        units=[*units, *(Unit(id=cell, kind="cell") for cell in cells)],
        placements=[
            Placement(tree="admin", unit=unit, parent=parent)
            for unit, parent in {"street": "", **dict.fromkeys(TEN, "street"), **cells}.items()
        ],
        people=[Person(id=f"{who}-{name}") for name in TEN for who in ("head", "member")],
        memberships=[*bonds, *(home(f"member-{name}", name) for name in TEN)],
    )


@pytest.fixture
def eight(ten):
    """Return the ten merged into eight: the first two into one, the last two into another (row 118)."""
    once = merge(ten, ["c1", "c2"], into=community("n1"), on=FIRST, bonds=HEADLESS, change="m1")
    twice = merge(once, ["c9", "c10"], into=community("n2"), on=FIRST, bonds=HEADLESS, change="m2")
    return appoint(
        appoint(twice, "head-c1", unit="n1", role="head", on=FIRST),
        "head-c9",
        unit="n2",
        role="head",
        on=FIRST,
    )


def test_ten_communities_become_eight(eight):
    """Ten live on the last day of the old state, eight on the first of the new (row 118)."""
    before, after = (len(eight.units_on(day, "community")) for day in (LAST, FIRST))

    assert (before, after) == (10, 8)
    assert check_snapshot(eight) == ()


def test_which_of_the_ten_became_which_is_known_both_ways(eight):
    """Each old community has one heir; each new one has its ancestors, itself included (row 118)."""
    heirs = {name: eight.heirs(name, on=FIRST) for name in TEN}

    assert heirs == {
        "c1": ("n1",),
        "c2": ("n1",),
        **{name: (name,) for name in TEN[2:8]},
        "c9": ("n2",),
        "c10": ("n2",),
    }
    assert eight.heirs("c1", on=LAST) == ("c1",)
    assert eight.ancestors_in_time("n2", on=FIRST) == ("c10", "c9", "n2")
    assert eight.ancestors_in_time("n2", on=LAST) == ("n2",)


def test_the_past_is_asked_as_it_was(ten, eight):
    """As of any day before the merger, tree and bonds are what they were without it (W29)."""
    assert eight.tree("admin", on=LAST) == ten.tree("admin", on=LAST)
    assert [bond.unit for bond in eight.bonds("member-c2", on=LAST)] == ["c2"]
    assert [bond.unit for bond in eight.bonds("member-c2", on=FIRST)] == ["n1"]


def test_cells_lie_under_the_heir(eight):
    """The cells of a merged community lie under the new one from its first day."""
    assert eight.tree("admin", on=FIRST).children("n1") == ("c1-cell", "c2-cell")


def test_staff_of_the_successor_cover_tickets_of_the_old_unit(eight):
    """With heirs, the new community covers the old ones, and no ticket is rewritten (trap 29, W29)."""
    heirs = eight.tree("admin", on=FIRST, heirs=True)

    assert heirs.covers("n1", "c2")
    assert heirs.covers("street", "c10")
    assert not heirs.covers("n1", "c9")
    assert "c2" not in eight.tree("admin", on=FIRST)


def test_heirs_are_followed_through_several_changes(eight):
    """A ticket of a unit that merged, whose heir was renamed, is covered by the last of them (W29)."""
    renamed = rename(eight, "n1", into=community("riverside"), on=date(2024, 1, 1))

    tree = renamed.tree("admin", on=date(2024, 1, 1), heirs=True)

    assert tree.heirs["c1"] == tree.heirs["n1"] == "riverside"
    assert renamed.heirs("c1", on=date(2023, 12, 31)) == ("n1",)
    assert renamed.heirs("c1", on=date(2024, 1, 1)) == ("riverside",)
    assert renamed.ancestors_in_time("riverside", on=date(2024, 1, 1)) == ("c1", "c2", "n1", "riverside")
    assert check_snapshot(renamed) == ()


def test_a_merger_that_was_split_again(eight):
    """What two communities put together and shared 3 : 1 is inherited in quarters, theirs by theirs (W29)."""
    parts = [community("east"), community("west")]
    later = split(
        eight,
        "n1",
        into=parts,
        on=date(2025, 1, 1),
        division={"c1-cell": "east", "": "west"},
        shares=[Decimal("0.75"), Decimal("0.25")],
    )

    assert later.inheritance("c1", on=date(2025, 1, 1)) == (
        ("east", Fraction(3, 4)),
        ("west", Fraction(1, 4)),
    )
    assert later.inheritance("c1", on=date(2024, 12, 31)) == (("n1", Fraction(1)),)
    assert later.heirs("c2", on=date(2025, 1, 1)) == ("east", "west")
    assert later.ticket_heir("c2", on=date(2025, 1, 1)) == "east"
    assert later.tree("admin", on=date(2025, 1, 1), heirs=True).heirs["c2"] == "east"
    assert later.parent("c2-cell", tree="admin", on=date(2025, 1, 1)) == "west"
    assert [bond.unit for bond in later.bonds("member-c1", on=date(2025, 1, 1))] == ["west"]


def test_a_split_in_equal_parts():
    """Where nobody says shares, a third each is exactly a third."""
    snapshot = Snapshot.of(units=[Unit(id="a")])
    later = split(snapshot, "a", into=[Unit(id=one) for one in "xyz"], on=FIRST, division={})

    assert later.inheritance("a", on=FIRST) == tuple((one, Fraction(1, 3)) for one in "xyz")


def test_a_unit_that_outlives_its_split_keeps_its_share():
    """What a unit had before half of it went to another is half its own; what it got later is all its own."""
    snapshot = split(Snapshot.of(units=[Unit(id="a")]), "a", into=["a", Unit(id="b")], on=FIRST, division={})

    assert snapshot.heirs("a", on=FIRST) == ("a",)
    assert snapshot.inheritance("a", on=FIRST, held=LAST) == (("a", Fraction(1, 2)), ("b", Fraction(1, 2)))
    assert snapshot.inheritance("a", on=FIRST) == (("a", Fraction(1)),)
    assert snapshot.ancestors_in_time("b", on=FIRST) == ("a", "b")


def test_a_dissolved_unit_has_no_heir(eight):
    """After dissolution nothing is inherited, and the cells hang where the unit hung."""
    later = dissolve(eight, "n1", on=date(2025, 1, 1))

    assert later.heirs("c1", on=date(2025, 1, 1)) == ()
    assert later.inheritance("c1", on=date(2025, 1, 1)) == ()
    assert later.ticket_heir("c1", on=date(2025, 1, 1)) == ""
    assert later.parent("c1-cell", tree="admin", on=date(2025, 1, 1)) == "street"
    assert "c1" not in later.tree("admin", on=date(2025, 1, 1), heirs=True)
    assert later.bonds("member-c1", on=date(2025, 1, 1)) == ()


def test_a_unit_not_yet_there_has_become_nothing(eight):
    """Before its first day a unit has no heir, not even itself."""
    assert eight.heirs("n1", on=LAST) == ()


def test_absorbing_leaves_the_survivor_as_it_was(ten):
    """A unit that takes up another keeps its id, place and bonds, and gains the other's."""
    later = merge(ten, ["c1"], into="c2", on=FIRST, bonds=HEADLESS, change="m")

    assert later.changes[0].before == ("c1", "c2")
    assert later.tree("admin", on=FIRST).children("c2") == ("c1-cell", "c2-cell")
    assert [bond.person for bond in later.holders("c2", on=FIRST)] == ["head-c2", "member-c1", "member-c2"]
    assert check_snapshot(later) == ()


def test_who_was_bound_to_both_is_bound_once():
    """Somebody with the same bond to two units that become one has one bond to the new one."""
    bonds = [
        Membership(person="p", unit="a", role="helper", until=date(2024, 3, 31)),
        Membership(person="p", unit="b", role="helper"),
    ]
    snapshot = Snapshot.of(units=[Unit(id="a"), Unit(id="b")], people=[Person(id="p")], memberships=bonds)

    later = merge(snapshot, ["a", "b"], into=Unit(id="n"), on=FIRST)

    assert later.holders("n", on=FIRST) == (Membership(person="p", unit="n", role="helper", since=FIRST),)


def test_a_bond_with_an_end_keeps_it():
    """What was to end on a day still ends on that day at the new unit; what had ended is not touched."""
    ended = Membership(person="p", unit="a", role="helper", until=date(2020, 1, 1))
    due = Membership(person="p", unit="a", role="helper", since=date(2021, 1, 1), until=date(2023, 9, 30))
    snapshot = Snapshot.of(units=[Unit(id="a")], people=[Person(id="p")], memberships=[ended, due])

    later = rename(snapshot, "a", into=Unit(id="n"), on=FIRST)

    assert later.bonds("p") == (
        ended,
        Membership(person="p", unit="a", role="helper", since=date(2021, 1, 1), until=LAST),
        Membership(person="p", unit="n", role="helper", since=FIRST, until=date(2023, 9, 30)),
    )


def test_renaming_keeps_what_is_true_of_a_unit_and_merging_ends_it():
    """Traits pass on to the same unit under a new id, not to a merged one."""
    snapshot = Snapshot.of(
        units=[Unit(id="a"), Unit(id="b")], traits=[Trait(of="a", name="care", value="poor")]
    )

    renamed = rename(snapshot, "a", into=Unit(id="n"), on=FIRST)
    merged = merge(snapshot, ["a", "b"], into=Unit(id="n"), on=FIRST)

    assert renamed.trait("n", "care", on=FIRST) == "poor"
    assert merged.trait("n", "care", on=FIRST) == ""
    assert [one.trait("a", "care", on=LAST) for one in (renamed, merged)] == ["poor", "poor"]


def test_a_merger_across_parents_asks_where_the_new_unit_lies():
    """Units under different ones make a new unit only if somebody says under which it lies."""
    snapshot = Snapshot.of(
        units=[Unit(id=one) for one in ("s1", "s2", "a", "b")],
        placements=[Placement(tree="admin", unit=u, parent=p) for u, p in (("a", "s1"), ("b", "s2"))],
    )

    with pytest.raises(SnapshotProblems) as caught:
        merge(snapshot, ["a", "b"], into=Unit(id="n"), on=FIRST, change="m")
    merged = merge(snapshot, ["a", "b"], into=Unit(id="n"), on=FIRST, parents={"admin": "s2"})

    assert str(caught.value) == (
        "change 'm': in the tree 'admin' the units lie under 's1', 's2'; say which by parents= [parents]"
    )
    assert merged.parent("n", tree="admin", on=FIRST) == "s2"


def test_a_parent_that_passes_into_its_child_leaves_it_in_its_place():
    """When a unit is taken up by one below it, that one hangs where the unit hung."""
    chain = {"street": "", "a": "street", "b": "a", "cell": "a"}
    snapshot = Snapshot.of(
        units=[Unit(id=unit) for unit in chain],
        placements=[Placement(tree="admin", unit=unit, parent=parent) for unit, parent in chain.items()],
    )

    later = merge(snapshot, ["a"], into="b", on=FIRST)

    assert later.tree("admin", on=FIRST).parents == {"b": "street", "cell": "b", "street": ""}


def test_a_department_is_abolished_and_its_centre_stands(ten):
    """Functions move to a new centre, and the department that had them is dissolved (row 113)."""
    office = establish(ten, Unit(id="office", kind="community"), parents={"admin": "street"})
    centre = establish(office, Unit(id="centre", kind="community", since=FIRST), parents={"admin": "street"})
    change = Change(id="sink", kind="rename", on=date(2023, 8, 1), before=("office",), after=("centre",))

    later = apply_change(centre, change)

    assert later.heirs("office", on=date(2023, 8, 1)) == ("centre",)
    assert later.ticket_heir("office", on=date(2023, 7, 31)) == "office"


def test_a_split_that_forgets_somebody_is_refused(ten):
    """Children and people of whom nobody says where they go are all named."""
    with pytest.raises(SnapshotProblems) as caught:
        split(
            ten, "c1", into=[community("x"), community("y")], on=FIRST, division={"head-c1": "z"}, change="s"
        )
    assert str(caught.value) == (
        "change 's': 'head-c1' goes to 'z'; allowed are the units after the change [unknown-share]"
    )

    with pytest.raises(SnapshotProblems) as caught:
        split(
            ten, "c1", into=[community("x"), community("y")], on=FIRST, division={"head-c1": "x"}, change="s"
        )
    assert str(caught.value).splitlines() == [
        (
            "change 's': nobody says where 'c1-cell' goes; name it in division=, or \"\" for the rest "
            "[undivided]"
        ),
        (
            "change 's': nobody says where 'member-c1' goes; name it in division=, or \"\" for the rest "
            "[undivided]"
        ),
    ]


def test_everything_wrong_with_a_change_is_told_at_once(eight):
    """A change that does not fit is refused with all its reasons, and the snapshot is as it was."""
    change = Change(
        id="m1", kind="merge", on=date(2024, 1, 1), before=("c1", "c99"), after=("n3", "n4"), tickets="c3"
    )
    with pytest.raises(SnapshotProblems) as caught:
        apply_change(
            eight, change, new=[Unit(id="n3", since=FIRST), community("n1")], bonds="keep", traits="move"
        )

    assert str(caught.value).splitlines() == [
        "change 'm1': a merge has exactly 1 after it; found are 2 [arity]",
        "change 'm1': open tickets pass to 'c3'; allowed are 'n3', 'n4' [heir]",
        "change 'm1': there is a change of this id already; allowed is a new id [double-change]",
        "change 'm1': 'c1' must be there on 2023-12-31, the day before the change, but is not [not-there]",
        "change 'm1': there is no unit 'c99' [unknown-unit]",
        "change 'm1': 'n3' begins on 2023-07-01; allowed is 2024-01-01, or no day [not-begun]",
        "change 'm1': there is no unit 'n4'; a new one is given as a Unit [unknown-unit]",
        "change 'm1': the new unit 'n1' does not stand after the change [unused-unit]",
        "change 'm1': found 'keep' for bonds or traits; allowed are 'move' and 'end' [unknown-word]",
    ]


def test_a_new_unit_needs_a_new_id(ten):
    """A unit that is there already cannot be made again; it is named by its id alone."""
    with pytest.raises(SnapshotProblems) as caught:
        merge(ten, ["c1", "c2"], into=community("c3"), on=FIRST, change="m")

    assert str(caught.value) == (
        "change 'm': there is a unit 'c3' already; allowed is a new id, or its id alone [double-unit]"
    )


def test_a_parent_and_its_child_become_one_new_unit():
    """A unit and one below it merge into a new one that hangs where the upper one hung."""
    chain = {"street": "", "a": "street", "b": "a", "cell": "b"}
    snapshot = Snapshot.of(
        units=[Unit(id=unit) for unit in chain],
        placements=[Placement(tree="admin", unit=unit, parent=parent) for unit, parent in chain.items()],
    )

    later = merge(snapshot, ["a", "b"], into=Unit(id="n"), on=FIRST)

    assert later.tree("admin", on=FIRST).parents == {"cell": "n", "n": "street", "street": ""}


def test_children_of_several_dissolved_units_go_each_to_what_is_left_above():
    """When a unit and the one above it are dissolved together, children hang from the next that stays."""
    chain = {"s1": "", "s2": "", "a": "s1", "b": "a", "cell-1": "b", "c": "s2", "cell-2": "c"}
    snapshot = Snapshot.of(
        units=[Unit(id=unit) for unit in chain],
        placements=[Placement(tree="admin", unit=unit, parent=parent) for unit, parent in chain.items()],
    )

    later = apply_change(snapshot, Change(id="x", kind="dissolve", on=FIRST, before=("a", "b", "c")))

    assert later.tree("admin", on=FIRST).parents == {"cell-1": "s1", "cell-2": "s2", "s1": "", "s2": ""}


def test_a_unit_that_ended_by_itself_is_not_its_own_part():
    """Who came out of a unit's division is not its heir when the unit ends later without a change."""
    divided = Change(id="s", kind="split", on=FIRST, before=("a",), after=("a", "b"))
    snapshot = Snapshot.of(
        units=[Unit(id="a", until=date(2023, 12, 31)), Unit(id="b", since=FIRST)], changes=[divided]
    )

    assert snapshot.heirs("a", on=date(2024, 1, 1)) == ()


def test_ancestors_are_found_on_every_way():
    """What a unit took up after one part left it is no ancestor of that part, but of what the unit became."""
    units = [Unit(id=name) for name in ("a", "c")]
    apart = split(Snapshot.of(units=units), "a", into=["a", Unit(id="b")], on=date(2020, 1, 1), division={})
    taken = merge(apart, ["c"], into="a", on=date(2022, 1, 1))
    again = merge(taken, ["a", "b"], into=Unit(id="x"), on=date(2023, 1, 1))

    assert again.ancestors_in_time("b", on=date(2022, 12, 31)) == ("a", "b")
    assert again.ancestors_in_time("x", on=date(2023, 1, 1)) == ("a", "b", "c", "x")


def test_a_unit_is_not_divided_on_the_day_of_another_change(ten):
    """A unit cannot take up another and be divided on one day: nobody could tell which came first."""
    merged = merge(ten, ["c1"], into="c2", on=FIRST, bonds=HEADLESS, change="m")
    divided = split(ten, "c2", into=["c2", community("x")], on=FIRST, division={"": "c2"}, change="s")
    refusal = (
        "change 's': 'c2' is divided, but stands in change 'm' of the same day as well; "
        "allowed is another day [same-day]"
    )

    with pytest.raises(SnapshotProblems) as caught:
        split(merged, "c2", into=["c2", community("x")], on=FIRST, division={"": "c2"}, change="s")
    assert str(caught.value) == refusal
    with pytest.raises(SnapshotProblems) as caught:
        merge(divided, ["c1"], into="c2", on=FIRST, change="m")
    assert str(caught.value) == refusal.replace("change 's'", "change 'm'", 1)


def test_two_units_are_taken_up_on_one_day(ten):
    """A unit may take up several others on one day, by one change each."""
    once = merge(ten, ["c1"], into="c2", on=FIRST, bonds=HEADLESS)
    twice = merge(once, ["c3"], into="c2", on=FIRST, bonds=HEADLESS)

    assert twice.ancestors_in_time("c2", on=FIRST) == ("c1", "c2", "c3")
    assert check_snapshot(twice) == ()


def test_nothing_outlives_a_temporary_heir(ten):
    """Bonds, places and cells of units that merge into a temporary one last no longer than it."""
    heir = Unit(id="n", kind="community", until=date(2024, 12, 31))

    later = merge(ten, ["c1", "c2"], into=heir, on=FIRST, bonds=HEADLESS)

    assert [bond.until for bond in later.holders("n", on=FIRST)] == [date(2024, 12, 31)] * 2
    assert "n" not in later.tree("admin", on=date(2025, 1, 1))
    assert {problem.code for problem in check_snapshot(later)} == {"no-place", "too-few"}


def test_a_unit_with_a_change_to_come_cannot_end_before_it(eight):
    """A change that would leave a later one without its unit is refused."""
    later = rename(eight, "c3", into=community("c3b"), on=date(2025, 1, 1), change="later")

    with pytest.raises(SnapshotProblems) as caught:
        dissolve(later, "c3", on=date(2024, 1, 1), change="now")

    assert str(caught.value) == (
        "change 'now': 'c3' stands in change 'later' of 2025-01-01, but ends before [planned-later]"
    )


def test_a_change_is_on_a_day():
    """The day of a change is a day, and never missing."""
    with pytest.raises(PeriodError) as caught:
        Change(id="m", kind="dissolve", on=None, before=("a",))  # type: ignore[arg-type]  # meant

    assert str(caught.value) == "on: found None; allowed is a day like date(2024, 7, 31)"


def test_a_merge_and_a_split_say_what_becomes_of_points_and_tickets():
    """What a verb declares stands in the change it records: points that stay, and who gets open tickets."""
    day = date(2024, 4, 1)
    first = Snapshot.of(units=[Unit(id="a"), Unit(id="b")])

    merged = merge(first, ["a", "b"], into=Unit(id="c"), on=day, points="stay")
    parted = split(
        merged, "c", into=[Unit(id="d"), Unit(id="e")], on=date(2025, 1, 1), division={"": "d"}, tickets="e"
    )

    assert [(one.kind, one.points, one.tickets) for one in parted.changes] == [
        ("merge", "stay", ""),
        ("split", "sum", "e"),
    ]
    assert parted.ticket_heir("a", on=date(2025, 1, 1)) == "e"
