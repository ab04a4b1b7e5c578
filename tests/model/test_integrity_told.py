"""How problems are told: in the order of the records, with file and line, quickly among very many names."""

from datetime import date
from decimal import Decimal

import pytest

from serviceorg.model import (
    Change,
    Membership,
    Person,
    Placement,
    Snapshot,
    Structure,
    Trait,
    TraitKind,
    Unit,
    UnitKind,
    check_snapshot,
)

LAST, FIRST = date(2023, 12, 31), date(2024, 1, 1)


def lines_of(snapshot, **options):
    """Return all problems as text."""
    return [str(problem) for problem in check_snapshot(snapshot, **options)]


def test_problems_come_in_the_order_of_the_records():
    """Units come before people, placements, memberships, traits and changes; each sort in its own order."""
    snapshot = Snapshot.of(
        units=[Unit(id="a"), Unit(id="b", since=FIRST, until=LAST)],
        people=[Person(id="p", since=FIRST, until=LAST)],
        placements=[Placement(tree="t", unit="c"), Placement(tree="t", unit="a", parent="d")],
        memberships=[Membership(person="q", unit="a", role="r"), Membership(person="p", unit="e", role="r")],
        traits=[Trait(of="f", name="n", value="v")],
        changes=[Change(id="m", kind="dissolve", on=FIRST, before=("g",))],
    )

    problems = check_snapshot(snapshot)

    assert [problem.where for problem in problems] == [
        "unit 'b'",
        "person 'p'",
        "placement of 'c' in 't'",
        "placement of 'a' in 't'",
        "membership of 'q' at 'a' as 'r'",
        "membership of 'p' at 'e' as 'r'",
        "membership of 'p' at 'e' as 'r'",
        "trait 'n' of 'f'",
        "change 'm'",
    ]


def test_a_reader_says_file_and_line():
    """A reader's file and line stand before the record they tell about."""
    snapshot = Snapshot.of(units=[Unit(id="a")], placements=[Placement(tree="t", unit="a", parent="b")])

    found = lines_of(snapshot, where=lambda kind, position: (f"{kind}.csv", f"line {position + 2}"))

    assert found == [
        (
            "placements.csv, line 2, placement of 'a' in 't': there is no unit 'b'; known are 'a' "
            "[unknown-parent]"
        )
    ]


@pytest.mark.parametrize(
    "name", ["village-0731x", "vilage-07311", "villaeg-07311"], ids=["end", "middle", "swapped"]
)
def test_the_nearest_guess_is_found_among_very_many(name):
    """With more names than anybody would read, their number is told, and the nearest of them (10,000)."""
    snapshot = Snapshot.of(
        units=[Unit(id=f"village-{number:05}") for number in range(10_000)],
        placements=[Placement(tree="t", unit=name)],
    )

    (found,) = lines_of(snapshot)

    assert found.startswith(
        f"placement of {name!r} in 't': there is no unit {name!r}; 10000 others are known. Did you mean "
        f"'village-07"
    )


def test_no_guess_is_made_where_nothing_is_near():
    """A name like none of very many gets their number and no guess."""
    snapshot = Snapshot.of(
        units=[Unit(id=f"village-{number:05}") for number in range(300)],
        placements=[Placement(tree="t", unit="河边")],
    )

    assert lines_of(snapshot) == [
        "placement of '河边' in 't': there is no unit '河边'; 300 others are known [unknown-unit]"
    ]


def change(kind="merge", before=("a", "b"), after=("n",), **options):
    """Return a change on the first day of 2024."""
    return Change(id="m", kind=kind, on=FIRST, before=before, after=after, **options)


UNITS = (
    Unit(id="a", until=LAST),
    Unit(id="b", until=LAST),
    Unit(id="n", since=FIRST),
    Unit(id="o", since=FIRST),
    Unit(id="stays"),
    Unit(id="old", until=date(2023, 6, 30)),
)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            change("merg"),
            (
                "there is no kind of change 'merg'; known are 'dissolve', 'merge', 'rename', 'split'. "
                "Did you mean 'merge'? [unknown-change]"
            ),
        ),
        (change(before=("a",)), "a merge has at least 2 before it; found are 1 [arity]"),
        (change("split", before=("a",)), "a split has at least 2 after it; found are 1 [arity]"),
        (change("rename"), "a rename has exactly 1 before it; found are 2 [arity]"),
        (change("dissolve"), "a dissolve has exactly 0 after it; found are 1 [arity]"),
        (change(before=("a", "b", "a")), "'a' stands twice before it; allowed is once [twice]"),
        (change(tickets="a"), "open tickets pass to 'a'; allowed are 'n' [heir]"),
        (
            change("dissolve", after=(), tickets="n"),
            "open tickets pass to 'n'; allowed are none, as no unit comes after [heir]",
        ),
        (change(points="add"), "found points = 'add'; known are 'stay', 'sum' [points]"),
        (
            change("split", ("a",), ("n", "o"), shares=(Decimal(1),)),
            "found 1 shares for 2 units after it; allowed is one each [shares]",
        ),
        (
            change("split", ("a",), ("n", "o"), shares=(Decimal("0.5"), Decimal("0.4"))),
            "the shares add up to 0.9; allowed is 1 [shares]",
        ),
        (
            change("split", ("a",), ("n", "o"), shares=(Decimal("1.5"), Decimal("-0.5"))),
            "found the share -0.5; allowed are shares from 0 to 1 [shares]",
        ),
        (
            change(after=("c",)),
            "there is no unit 'c'; known are 'a', 'b', 'n', 'o', 'old', 'stays' [unknown-unit]",
        ),
        (
            change(before=("a", "old")),
            "'old' must be there on 2023-12-31, the day before the change, but is not [not-there]",
        ),
        (
            change(before=("a", "stays")),
            "'stays' ends never; allowed is 2023-12-31, the day before the change [not-ended]",
        ),
        (
            change(after=("old",)),
            "'old' must be there on 2024-01-01, the day of the change, but is not [not-begun]",
        ),
    ],
    ids=[
        "kind",
        "merge-of-one",
        "split-into-one",
        "rename-of-two",
        "dissolve-into-one",
        "twice",
        "heir",
        "no-heir",
        "points",
        "shares-missing",
        "shares-sum",
        "shares-negative",
        "unknown",
        "not-there",
        "not-ended",
        "not-begun",
    ],
)
def test_changes(change, message):
    """A change has as many units as its kind, whole shares, and units that end and begin on its days."""
    snapshot = Snapshot.of(units=UNITS, changes=[change])

    assert lines_of(snapshot) == [f"change 'm': {message}"]


def test_a_change_to_come_is_not_looked_at():
    """Asked as of a day, a change of a later day is not yet true."""
    snapshot = Snapshot.of(units=UNITS, changes=[change(before=("a", "old"))])

    assert lines_of(snapshot, on=LAST) == []
    assert len(lines_of(snapshot, on=FIRST)) == 1


def test_a_survivor_of_a_change_need_not_end():
    """A unit that stands before and after a change lives on."""
    assert lines_of(Snapshot.of(units=UNITS, changes=[change(before=("a", "stays"), after=("stays",))])) == []


def test_a_unit_divided_on_the_day_of_another_change():
    """A unit that takes up another and is divided on the same day is told at the division."""
    second = Change(id="s", kind="split", on=FIRST, before=("stays",), after=("stays", "o"))
    first = change(before=("a", "stays"), after=("stays",))

    assert lines_of(Snapshot.of(units=UNITS, changes=[first, second])) == [
        (
            "change 's': 'stays' is divided, but stands in change 'm' of the same day as well; allowed is "
            "another day "
            "[same-day]"
        )
    ]


def test_asked_as_of_a_day_only_that_day_is_looked_at():
    """Units, people and records that are not there on the day asked about are told nothing about."""
    snapshot = Snapshot.of(
        structure=Structure(kinds=[UnitKind(id="cell")], traits=[TraitKind(id="care", one_of=("poor",))]),
        units=[Unit(id="old", kind="cel", until=LAST), Unit(id="a", kind="cell")],
        people=[Person(id="p", born=date(1850, 1, 1), until=LAST), Person(id="a", until=LAST)],
        placements=[Placement(tree="t", unit="a", parent="b", until=LAST)],
        memberships=[Membership(person="q", unit="a", role="r", until=LAST)],
        traits=[Trait(of="a", name="care", value="rich", until=LAST)],
    )

    assert lines_of(snapshot, on=FIRST) == []
    assert [problem.code for problem in check_snapshot(snapshot, on=LAST)] == [
        "unknown-kind",
        "too-old",
        "double-id",
        "unknown-parent",
        "unknown-person",
        "unknown-value",
    ]
