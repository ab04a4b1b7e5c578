"""Several trees over the same units, each as of any day (W29, W30)."""

import pickle
from datetime import date, datetime

import pytest

from serviceorg.errors import PeriodError, SnapshotProblems, UnitProblems, UnknownIdError
from serviceorg.model import Change, Person, Placement, Snapshot, Structure, Tree, Unit, UnitKind

Y2024 = date(2024, 1, 1)


def placed(tree, pairs, since=None, until=None):
    """Return placements written as ``child < parent`` pairs."""
    return [
        Placement(tree=tree, unit=unit, parent=parent, since=since, until=until)
        for unit, parent in pairs.items()
    ]


def units(*ids, **lives):
    """Return units of all time, and some that have a life of their own."""
    return [*(Unit(id=name) for name in ids), *lives.values()]


@pytest.fixture
def two_trees():
    """Return the older three-level grid and the four-level party network over the same units (row 12)."""
    grid = {"street": "", "village": "street", "cell-1": "village", "cell-2": "village"}
    network = {"district": "", "street": "district", "village": "street", "area": "village", "cell-1": "area"}
    return Snapshot.of(
        units=units("district", "street", "village", "area", "cell-1", "cell-2"),
        placements=[*placed("grid", grid), *placed("party", network)],
    )


def test_two_trees_share_units(two_trees):
    """The four-level network and the three-level grid put one unit under different ones (row 12, W30)."""
    grid, party = two_trees.tree("grid", on=Y2024), two_trees.tree("party", on=Y2024)

    assert list(grid.chain("cell-1")) == ["cell-1", "village", "street"]
    assert list(party.chain("cell-1")) == ["cell-1", "area", "village", "street", "district"]
    assert "cell-2" in grid
    assert "cell-2" not in party


def test_a_service_area_crosses_boundaries_by_its_own_tree():
    """A team serves cells of other towns in its own tree; their administration stays (row 87)."""
    administration = {"town-1": "", "town-2": "", "v1": "town-1", "v2": "town-1", "v3": "town-2"}
    service = {"team": "", "v2": "team", "v3": "team"}
    snapshot = Snapshot.of(
        units=units("town-1", "town-2", "v1", "v2", "v3", "team"),
        placements=[*placed("administration", administration), *placed("service", service)],
    )

    area = snapshot.tree("service", on=Y2024).below("team")

    assert area == ("team", "v2", "v3")
    assert {snapshot.parent(cell, tree="administration", on=Y2024) for cell in area[1:]} == {
        "town-1",
        "town-2",
    }
    assert not snapshot.tree("service", on=Y2024).covers("team", "v1")


def test_branches_are_moved_under_the_community_from_a_day_on():
    """Three kinds of branches lie under the street one day, under the community the next (row 119)."""
    branches = ("mobile", "firm", "grid-branch")
    snapshot = Snapshot.of(
        units=units("street", "community", *branches),
        placements=[
            *placed("party", {"street": "", "community": "street"}),
            *placed("party", dict.fromkeys(branches, "street"), until=date(2023, 6, 30)),
            *placed("party", dict.fromkeys(branches, "community"), since=date(2023, 7, 1)),
        ],
    )

    before, after = (snapshot.tree("party", on=day) for day in (date(2023, 6, 30), date(2023, 7, 1)))

    assert [before.parent(branch) for branch in branches] == ["street"] * 3
    assert [after.parent(branch) for branch in branches] == ["community"] * 3


def test_a_temporary_branch_lives_from_its_first_to_its_last_day():
    """A project's branch is in the tree on its first and last day, not the day before or after (row 26)."""
    first, last = date(2023, 3, 1), date(2024, 8, 31)
    snapshot = Snapshot.of(
        units=units("street", project=Unit(id="project", since=first, until=last)),
        placements=[*placed("party", {"street": ""}), *placed("party", {"project": "street"}, first, last)],
    )

    days = [date(2023, 2, 28), date(2023, 3, 1), date(2024, 8, 31), date(2024, 9, 1)]

    assert ["project" in snapshot.tree("party", on=day) for day in days] == [False, True, True, False]
    assert [snapshot.is_there("project", day) for day in days] == [False, True, True, False]


def test_a_unit_whose_unit_above_is_gone_hangs_at_the_top():
    """History is answered, not refused: what hangs from nothing hangs at the top."""
    snapshot = Snapshot.of(
        units=units("cell", gone=Unit(id="gone", until=date(2023, 12, 31))),
        placements=placed("grid", {"gone": "", "cell": "gone"}),
    )

    assert snapshot.tree("grid", on=Y2024).parents == {"cell": ""}
    assert snapshot.parent("cell", tree="grid", on=Y2024) == ""
    assert snapshot.parent("cell", tree="grid", on=date(2023, 12, 31)) == "gone"


def test_a_unit_named_above_another_is_in_the_tree():
    """A unit without a place of its own, but with units under it, is at the top."""
    snapshot = Snapshot.of(units=units("street", "cell"), placements=placed("grid", {"cell": "street"}))

    assert snapshot.tree("grid", on=Y2024).roots == ("street",)


def test_of_two_places_at_once_the_later_one_counts():
    """Two places in one tree are a mistake that is told; the tree takes the one that began last."""
    snapshot = Snapshot.of(
        units=units("a", "b", "cell"),
        placements=[
            *placed("grid", {"cell": "b"}, since=date(2023, 1, 1)),
            *placed("grid", {"a": "", "b": "", "cell": "a"}),
        ],
    )

    assert snapshot.parent("cell", tree="grid", on=Y2024) == "b"
    assert snapshot.parent("cell", tree="grid", on=date(2022, 12, 31)) == "a"


def test_a_circle_is_refused_only_on_its_days():
    """A tree is refused on the days on which its units lead in a circle, and answered on others."""
    snapshot = Snapshot.of(
        units=units("a", "b"),
        placements=[
            *placed("grid", {"a": ""}, until=date(2023, 12, 31)),
            *placed("grid", {"a": "b"}, since=Y2024),
            *placed("grid", {"b": "a"}),
        ],
    )

    assert snapshot.tree("grid", on=date(2023, 12, 31)).parents == {"a": "", "b": "a"}
    with pytest.raises(UnitProblems) as caught:
        snapshot.tree("grid", on=Y2024)
    assert str(caught.value) == "a: the units above it lead in a circle: a, b [circle]"


def test_a_tree_is_made_once_between_two_turns(two_trees):
    """Days between which nothing turns share one tree."""
    assert two_trees.tree("grid", on=Y2024) is two_trees.tree("grid", on=date(2024, 12, 31))


def test_many_trees_asked_one_after_the_other_are_all_right():
    """More days than are kept are answered like a few."""
    months = [date(year, month, 1) for year in range(2018, 2024) for month in range(1, 13)]
    snapshot = Snapshot.of(
        units=[Unit(id="top"), *(Unit(id=str(day), since=day) for day in months)],
        placements=[Placement(tree="grid", unit=str(day), parent="top", since=day) for day in months],
    )

    assert [len(snapshot.tree("grid", on=day)) for day in months] == list(range(2, 74))
    assert len(snapshot.tree("grid", on=months[0])) == 2


def test_an_unknown_tree_is_told_with_the_nearest_guess(two_trees):
    """A tree nobody declared or placed anything in is an error, not an empty tree."""
    with pytest.raises(UnknownIdError) as caught:
        two_trees.tree("gird", on=Y2024)

    assert str(caught.value) == "there is no tree 'gird'; known are 'grid', 'party'. Did you mean 'grid'?"


def test_a_declared_tree_may_be_empty():
    """A tree the structure declares is answered before anything is placed in it."""
    snapshot = Snapshot.of(structure=Structure(trees=[Tree(id="grid")]), units=units("a"))

    assert snapshot.tree("grid", on=Y2024).parents == {}


def test_a_moment_is_no_day(two_trees):
    """A moment is refused where a day is asked for: its day depends on a zone nobody told."""
    with pytest.raises(PeriodError) as caught:
        two_trees.tree("grid", on=datetime(2024, 1, 1))  # noqa: DTZ001  # meant

    assert str(caught.value) == (
        "found datetime.datetime(2024, 1, 1, 0, 0); allowed is a day like date(2024, 7, 31)"
    )
    with pytest.raises(PeriodError) as caught:
        Unit(id="a", since="2024-01-01")  # type: ignore[arg-type]  # meant  # type: ignore[arg-type]  # meant
    assert str(caught.value) == "since: found '2024-01-01'; allowed is a day like date(2024, 7, 31), or None"


def test_double_ids_are_told_all_at_once():
    """Two units, people or changes of one id cannot be told apart; each second one is named."""
    change = Change(id="m", kind="dissolve", on=Y2024, before=("a",))
    with pytest.raises(SnapshotProblems) as caught:
        Snapshot.of(units=units("a", "b", "a"), people=[Person(id="p")] * 2, changes=[change] * 2)

    assert str(caught.value).splitlines() == [
        "unit 'a': this id is given twice; the unit of position 2 is the second [double-unit]",
        "person 'p': this id is given twice; the person of position 1 is the second [double-person]",
        "change 'm': this id is given twice; the change of position 1 is the second [double-change]",
    ]


def test_units_of_a_day_are_by_id_and_of_one_kind():
    """Units of a day are those that live then, by id; a kind narrows them."""
    kinds = {"b": "cell", "a": "cell", "street": "street"}
    snapshot = Snapshot.of(
        structure=Structure(kinds=[UnitKind(id="cell"), UnitKind(id="street")]),
        units=[
            *(Unit(id=name, kind=kind) for name, kind in kinds.items()),
            Unit(id="0", kind="cell", until=Y2024),
        ],
    )

    assert [unit.id for unit in snapshot.units_on(date(2024, 1, 2), "cell")] == ["a", "b"]
    assert [unit.id for unit in snapshot.units_on(Y2024)] == ["0", "a", "b", "street"]


def test_unknown_units_and_people_are_told():
    """Asking for a unit or person nobody knows is an error with the nearest guess."""
    snapshot = Snapshot.of(units=units("cell-1"), people=[Person(id="anna")])

    with pytest.raises(UnknownIdError) as caught:
        snapshot.unit("cel-1")
    assert str(caught.value) == "there is no unit 'cel-1'; known are 'cell-1'. Did you mean 'cell-1'?"
    with pytest.raises(UnknownIdError) as caught:
        snapshot.person("ana")
    assert str(caught.value) == "there is no person 'ana'; known are 'anna'. Did you mean 'anna'?"
    assert not snapshot.is_there("ana", Y2024)


def test_a_snapshot_is_a_value(two_trees):
    """Equal records make equal snapshots; pickling keeps the records and leaves the indexes."""
    copied = pickle.loads(pickle.dumps(two_trees))

    assert copied == two_trees
    assert hash(copied) == hash(two_trees)
    assert copied.tree("grid", on=Y2024) == two_trees.tree("grid", on=Y2024)


def test_an_heir_outside_the_tree_takes_nobody_in():
    """A unit that passed to one without a place in this tree is not in it, heirs or no heirs."""
    change = Change(id="m", kind="rename", on=Y2024, before=("old",), after=("elsewhere",))
    snapshot = Snapshot.of(
        units=units("top", "elsewhere", old=Unit(id="old", until=date(2023, 12, 31))),
        placements=placed("grid", {"top": "", "old": "top"}),
        changes=[change],
    )

    assert snapshot.tree("grid", on=Y2024, heirs=True).parents == {"top": ""}


def test_heirs_turn_when_units_outside_the_tree_do():
    """The heir is looked for anew on the day of each change, and when a unit on the way to it ends."""
    changes = [
        Change(id="late", kind="rename", on=date(2024, 2, 1), before=("old",), after=("between",)),
        Change(id="next", kind="rename", on=date(2024, 3, 1), before=("between",), after=("new",)),
    ]
    snapshot = Snapshot.of(
        units=units(
            "new",
            old=Unit(id="old", until=date(2023, 12, 31)),
            between=Unit(id="between", until=date(2024, 4, 30)),
        ),
        placements=placed("grid", {"new": "", "old": ""}),
        changes=changes,
    )

    days = [date(2024, 1, 31), date(2024, 4, 30), date(2024, 5, 1)]
    direct = Snapshot.of(
        units=units("new", old=Unit(id="old", until=date(2023, 12, 31))),
        placements=placed("grid", {"new": "", "old": ""}),
        changes=[Change(id="late", kind="rename", on=date(2024, 2, 1), before=("old",), after=("new",))],
    )

    assert ["old" in snapshot.tree("grid", on=day, heirs=True) for day in days] == [False, False, True]
    assert ["old" in direct.tree("grid", on=day, heirs=True) for day in (days[0], date(2024, 2, 1))] == [
        False,
        True,
    ]


def test_a_snapshot_is_shown_in_one_line(two_trees):
    """Printed, a snapshot tells how much there is, not everything."""
    assert repr(two_trees) == (
        "<Snapshot of no structure: 6 units, 0 people, 9 placements, 0 memberships, 0 traits, 0 changes>"
    )
