"""Units placed anew, people appointed, released and transferred."""

from datetime import date

import pytest

from serviceorg.errors import SnapshotProblems
from serviceorg.model import (
    Membership,
    Person,
    Placement,
    Snapshot,
    Unit,
    appoint,
    check_snapshot,
    establish,
    release,
    reparent,
    transfer,
)

LAST, FIRST = date(2023, 6, 30), date(2023, 7, 1)
KINDS = ("mobile", "firm", "grid")


@pytest.fixture
def snapshot():
    """Return a street with a community and three kinds of branches beside it, and somebody at home there."""
    chain = {"street": "", "community": "street", **dict.fromkeys(KINDS, "street")}
    return Snapshot.of(
        units=[*(Unit(id=unit) for unit in chain), Unit(id="closed", until=LAST)],
        placements=[Placement(tree="party", unit=unit, parent=parent) for unit, parent in chain.items()],
        people=[Person(id="p"), Person(id="late", since=date(2024, 1, 1))],
        memberships=[Membership(person="p", unit="firm", role="member", affiliation="home")],
    )


def problem(call, *values, **options):
    """Return the whole text of the refusal of a call."""
    with pytest.raises(SnapshotProblems) as caught:
        call(*values, **options)
    return str(caught.value)


def test_three_kinds_of_branches_are_moved_under_the_community(snapshot):
    """Each branch lies under the street the day before, then under the community (rows 113, 119)."""
    moved = snapshot
    for branch in KINDS:
        moved = reparent(moved, branch, tree="party", parent="community", on=FIRST)

    assert moved.tree("party", on=LAST) == snapshot.tree("party", on=LAST)
    assert moved.tree("party", on=FIRST).children("community") == ("firm", "grid", "mobile")
    assert check_snapshot(moved) == ()


def test_a_move_to_where_a_unit_is_changes_nothing(snapshot):
    """A unit that lies there already stays, without a new record."""
    assert reparent(snapshot, "firm", tree="party", parent="street", on=FIRST) == snapshot


def test_a_move_on_the_same_day_corrects_the_first(snapshot):
    """Of two moves on one day, the second counts and the first leaves nothing behind."""
    once = reparent(snapshot, "firm", tree="party", parent="community", on=FIRST)
    twice = reparent(once, "firm", tree="party", parent="grid", on=FIRST)

    assert twice.parent("firm", tree="party", on=FIRST) == "grid"
    assert check_snapshot(twice) == ()


def test_a_unit_gets_its_first_place_in_another_tree(snapshot):
    """A unit that has no place in a tree gets one by the same verb."""
    placed = reparent(snapshot, "firm", tree="grid", parent="", on=FIRST)

    assert placed.tree("grid", on=FIRST).roots == ("firm",)
    assert "firm" not in placed.tree("grid", on=LAST)


def test_moves_that_cannot_be_are_refused(snapshot):
    """A circle, a later move, an unknown unit or one that is not there is refused with its reason."""
    moved = reparent(snapshot, "firm", tree="party", parent="community", on=FIRST)

    circle = problem(reparent, moved, "community", tree="party", parent="firm", on=FIRST)
    later = problem(reparent, moved, "firm", tree="party", parent="grid", on=LAST)
    unknown = problem(reparent, moved, "frim", tree="party", parent="grid", on=FIRST)
    gone = problem(reparent, moved, "firm", tree="party", parent="closed", on=date(2023, 8, 1))

    assert circle == (
        "unit 'community' in 'party': the units above it would lead in a circle: "
        "community under firm under community [circle]"
    )
    assert later == (
        "unit 'firm' in 'party': a move on 2023-07-01 is written already; allowed is a day after the last "
        "one "
        "[planned-later]"
    )
    assert unknown == (
        "unit 'frim' in 'party': there is no unit 'frim'; known are 'closed', 'community', 'firm', 'grid', "
        "'mobile', 'street'. Did you mean 'firm'? [unknown-unit]"
    )
    assert gone == "unit 'firm' in 'party': unit 'closed' is not there on 2023-08-01 [not-there]"


def test_a_circle_that_closes_later_is_refused_as_well(snapshot):
    """A move is refused if a move written for a later day would make a circle of it."""
    later = reparent(snapshot, "firm", tree="party", parent="community", on=date(2024, 1, 1))

    assert problem(reparent, later, "community", tree="party", parent="firm", on=FIRST) == (
        "unit 'community' in 'party': the units above it would lead in a circle: "
        "community under firm under community [circle]"
    )


def test_a_temporary_branch_is_placed_for_its_life(snapshot):
    """A project's branch has a place from its first to its last day, and none after it (row 26)."""
    project = Unit(id="project", since=FIRST, until=date(2024, 6, 30))

    made = establish(snapshot, project, parents={"party": "street"})

    assert "project" in made.tree("party", on=date(2024, 6, 30))
    assert "project" not in made.tree("party", on=date(2024, 7, 1))
    assert check_snapshot(made) == ()
    assert problem(establish, made, project, parents={}) == (
        "unit 'project': there is a unit of this id already; allowed is a new id [double-unit]"
    )


def test_a_transfer_ends_one_bond_and_begins_the_next(snapshot):
    """Whoever is transferred belongs to exactly one unit on every day."""
    moved = transfer(snapshot, "p", to="community", on=FIRST)

    assert [bond.unit for day in (LAST, FIRST) for bond in moved.bonds("p", on=day)] == ["firm", "community"]
    assert check_snapshot(moved) == ()


def test_transfers_that_cannot_be_are_refused(snapshot):
    """Without a bond, with several, with a later one or to the same unit, nobody is transferred."""
    double = appoint(snapshot, "p", unit="grid", role="member", affiliation="home", on=date(2023, 1, 1))
    planned = transfer(snapshot, "p", to="grid", on=date(2024, 1, 1))

    none = problem(transfer, snapshot, "late", to="grid", on=date(2024, 2, 1))
    several = problem(transfer, double, "p", to="mobile", on=FIRST)
    later = problem(transfer, planned, "p", to="mobile", on=FIRST)
    same = problem(transfer, snapshot, "p", to="firm", on=FIRST)

    assert none == (
        "person 'late': units left as 'member' by 'home' on 2024-02-01: found none; allowed is one, named by "
        "leaving= [no-bond]"
    )
    assert several == (
        "person 'p': units left as 'member' by 'home' on 2023-07-01: found 'firm', 'grid'; allowed is "
        "one, named "
        "by leaving= [several-bonds]"
    )
    assert later == (
        "person 'p': a bond from 2024-01-01 on is written already; allowed is a day after the last one "
        "[planned-later]"
    )
    assert same == "person 'p': is bound to 'firm' already; allowed is another unit [double-bond]"
    left = transfer(double, "p", to="mobile", on=FIRST, leaving="grid")
    assert [bond.unit for bond in left.bonds("p", on=FIRST)] == ["firm", "mobile"]


def test_an_appointment_lasts_no_longer_than_unit_and_person(snapshot):
    """A role begins on its day and ends with the unit at the latest."""
    made = appoint(snapshot, "p", unit="closed", role="head", on=date(2023, 1, 1))

    assert made.holders("closed", "head", on=LAST)[0].until == LAST
    assert check_snapshot(made) == ()


def test_appointments_that_cannot_be_are_refused(snapshot):
    """Nobody is appointed who is unknown, not there yet, or holds the role already."""
    head = appoint(snapshot, "p", unit="firm", role="head", on=FIRST)

    assert problem(appoint, head, "p", unit="firm", role="head", on=date(2024, 1, 1)) == (
        "person 'p': holds the role 'head' at 'firm' already [double-bond]"
    )
    assert problem(appoint, head, "q", unit="firm", role="head", on=FIRST) == (
        "person 'q': there is nobody of this id [unknown-person]"
    )
    assert problem(appoint, head, "late", unit="firm", role="head", on=FIRST) == (
        "person 'late': is not there on 2023-07-01 [not-there]"
    )


def test_a_release_ends_the_role_on_the_day_before(snapshot):
    """The day of release is the first without the role; what is not held cannot be given up."""
    head = appoint(snapshot, "p", unit="firm", role="head", on=FIRST)
    freed = release(head, "p", unit="firm", role="head", on=date(2023, 9, 1))

    assert [len(freed.holders("firm", "head", on=day)) for day in (date(2023, 8, 31), date(2023, 9, 1))] == [
        1,
        0,
    ]
    assert problem(release, freed, "p", unit="firm", role="head", on=date(2024, 1, 1)) == (
        "person 'p': does not hold the role 'head' at 'firm' on 2023-12-31 [no-bond]"
    )


def test_a_release_leaves_a_later_appointment(snapshot):
    """Who is released now and appointed again later keeps the later appointment."""
    now = appoint(snapshot, "p", unit="firm", role="head", on=FIRST, until=date(2023, 12, 31))
    again = appoint(now, "p", unit="firm", role="head", on=date(2024, 6, 1))

    freed = release(again, "p", unit="firm", role="head", on=date(2023, 9, 1))

    spans = [(bond.since, bond.until) for bond in freed.bonds("p", role="head")]
    assert spans == [(FIRST, date(2023, 8, 31)), (date(2024, 6, 1), None)]
