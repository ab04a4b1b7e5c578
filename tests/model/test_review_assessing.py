"""Who assesses: moves of people, and changes of units that move nobody."""

from datetime import date
from typing import Any

import pytest

from serviceorg.basics.periods import Year
from serviceorg.errors import StructureProblems
from serviceorg.model import (
    Cutoff,
    Membership,
    Person,
    Placement,
    Snapshot,
    Unit,
    dissolve,
    explain,
    merge,
    rename,
    split,
    transfer,
)

CUTOFF = Cutoff(month=12, day=1)
WITHIN = Cutoff(month=12, day=1, tree="t", within="office")
LATE = date(2024, 12, 5)


@pytest.fixture
def offices():
    """Return two offices under a county, and somebody at home in the first."""
    return Snapshot.of(
        units=[Unit(id="a", kind="office"), Unit(id="b", kind="office"), Unit(id="top", kind="county")],
        people=[Person(id="p")],
        placements=[Placement(tree="t", unit=unit, parent="top") for unit in "ab"],
        memberships=[Membership(person="p", unit="a", role="member", affiliation="home")],
    )


def asked(snapshot, cutoff=CUTOFF):
    """Return who assesses p for 2024."""
    return snapshot.assessing_unit("p", Year(2024), cutoff=cutoff)[0]


@pytest.mark.parametrize("cutoff", [CUTOFF, WITHIN], ids=["plain", "within"])
def test_who_was_in_a_merged_office_has_not_moved(offices, cutoff):
    """A became m after the cutoff: the whole staff of a is assessed by m, as a is no more (trap 24, W29)."""
    merged = merge(offices, ["a", "b"], into=Unit(id="m", kind="office"), on=LATE)

    unit, reason = merged.assessing_unit("p", Year(2024), cutoff=cutoff)

    assert unit == "m"
    assert explain(reason).splitlines() == [
        "p is assessed for 2024 by m",
        "  belongs to a on 2024-01-01",
        "  a has become m by 2024-12-05",
    ]


def test_who_was_in_a_renamed_office_has_not_moved(offices):
    """A new name after the cutoff is the same office."""
    assert asked(rename(offices, "a", into=Unit(id="n"), on=LATE)) == "n"


def test_who_came_to_a_part_of_a_split_office_has_not_moved(offices):
    """Those whom the division of an office gave to the new one are assessed there, whenever it was."""
    parts = split(offices, "a", into=["a", Unit(id="n")], on=LATE, division={"p": "n", "": "a"})

    assert asked(parts) == "n"


def test_what_the_old_unit_became_assesses_who_moved_too_late(offices):
    """P moved to b too late, then a was renamed: n assesses for a."""
    moved = transfer(offices, "p", to="b", on=LATE)

    assert asked(moved) == "a"
    assert asked(rename(moved, "a", into=Unit(id="n"), on=date(2024, 12, 10))) == "n"


def test_a_late_move_stays_late_when_the_new_unit_is_renamed(offices):
    """P moved to b too late, and b was renamed: a still assesses, and there is no second move."""
    moved = rename(transfer(offices, "p", to="b", on=LATE), "b", into=Unit(id="n"), on=date(2024, 12, 10))

    unit, reason = moved.assessing_unit("p", Year(2024), cutoff=CUTOFF)

    assert unit == "a"
    assert [step.code for step in reason.children] == ["unit-at-first", "moved-late"]


def test_a_unit_that_nobody_took_over_still_assesses(offices):
    """After a dissolution there is no heir: the last unit is named."""
    assert asked(dissolve(offices, "a", on=LATE)) == "a"


@pytest.mark.parametrize("order", [1, -1], ids=["first", "last"])
def test_a_second_home_that_ended_before_the_cutoff_does_not_decide(order):
    """P was at b from March to June beside a: on 1 July p is a's again, and a assesses (trap 24)."""
    home: dict[str, Any] = {"person": "p", "role": "member", "affiliation": "home"}
    bonds = [
        Membership(unit="a", **home),
        Membership(unit="b", since=date(2024, 3, 1), until=date(2024, 6, 30), **home),
    ]
    snapshot = Snapshot.of(
        units=[Unit(id="a"), Unit(id="b")], people=[Person(id="p")], memberships=bonds[::order]
    )

    assert asked(snapshot) == "a"


@pytest.mark.parametrize(
    ("month", "day", "message"),
    [
        (13, 1, "found month 13 and day 1; allowed are whole numbers, 1 to 12"),
        (True, 1, "found month True and day 1; allowed are whole numbers, 1 to 12"),
        (12, 0, "there is no day 0 of month 12 in every year; the last is 31"),
        (2, 29, "there is no day 29 of month 2 in every year; the last is 28"),
    ],
)
def test_a_cutoff_is_a_day_of_every_year(month, day, message):
    """A cutoff made in Python is held to what a file may say."""
    with pytest.raises(StructureProblems) as caught:
        Cutoff(month=month, day=day)

    assert str(caught.value) == f"cutoff: {message} [bad-date]"
