"""What does not fit together in a snapshot: each problem with its record, its days and what is allowed."""

from datetime import date

import pytest

from serviceorg.basics import Label
from serviceorg.model import (
    Affiliation,
    Catalogue,
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
    check_snapshot,
)

LAST, FIRST = date(2023, 12, 31), date(2024, 1, 1)
STRUCTURE = Structure(
    trees=[Tree(id="grid", levels=("street", "village", "cell"), each=("cell",)), Tree(id="party")],
    kinds=[
        *(UnitKind(id=kind) for kind in ("street", "village", "cell")),
        UnitKind(id="project", temporary=True),
    ],
    roles=[
        Role(id="member", one_each=True),
        Role(id="helper"),
        Role(id="head", at=("village",), most=1),
    ],
    affiliations=[Affiliation(id="home", one_each=True), Affiliation(id="residence")],
    traits=[
        TraitKind(id="care", of=("cell",), one_of=("poor", "ordinary")),
        TraitKind(id="label", many=True),
        TraitKind(id="post", of=("person",)),
    ],
)
UNITS = (
    Unit(id="street", kind="street"),
    Unit(id="v1", kind="village"),
    Unit(id="v2", kind="village"),
    Unit(id="closed", kind="village", until=LAST),
    Unit(id="x", kind="cell"),
)
PLACES = (
    Placement(tree="grid", unit="v1", parent="street"),
    Placement(tree="grid", unit="x", parent="v1"),
)
PEOPLE = (Person(id="anna", born=date(1990, 5, 1)), Person(id="bo", since=date(2020, 1, 1)))


def told(*, units=UNITS, people=PEOPLE, placements=PLACES, structure=STRUCTURE, on=None, **records):
    """Return all problems of a small snapshot as text, a line each."""
    snapshot = Snapshot.of(structure=structure, units=units, people=people, placements=placements, **records)
    return [str(problem) for problem in check_snapshot(snapshot, on=on)]


def bond(person, unit, role="helper", affiliation="", **days):
    """Return a bond."""
    return Membership(person=person, unit=unit, role=role, affiliation=affiliation, **days)


def place(unit, parent="", tree="grid", **days):
    """Return a placement."""
    return Placement(tree=tree, unit=unit, parent=parent, **days)


def test_a_whole_snapshot_has_no_problem():
    """Records that fit their structure and each other are told nothing about."""
    assert told(memberships=[bond("anna", "v1", "member", "home")]) == []


def test_an_empty_structure_allows_every_word():
    """Words are checked only where the structure declares any of their sort."""
    assert told(structure=Structure(), memberships=[bond("anna", "v1", "cook", "guest")]) == []


@pytest.mark.parametrize(
    ("unit", "message"),
    [
        (
            Unit(id="u", kind="vilage"),
            (
                "there is no kind of unit 'vilage'; known are 'cell', 'project', 'street', 'village'. "
                "Did you mean 'village'? [unknown-kind]"
            ),
        ),
        (
            Unit(id="u", kind="village", since=FIRST, until=LAST),
            (
                "found since 2024-01-01 and until 2023-12-31; allowed is a last day on or after the first "
                "[backwards]"
            ),
        ),
        (
            Unit(id="u", kind="project", since=FIRST),
            "a unit of kind 'project' is temporary; allowed is one with a last day (until) [no-end]",
        ),
        (
            Unit(id="u", kind="cell", since=FIRST),
            "has no place in the tree 'grid' from 2024-01-01 on; every 'cell' must have one [no-place]",
        ),
    ],
    ids=["kind", "backwards", "temporary-row-26", "no-place"],
)
def test_units(unit, message):
    """A unit has a known kind, days in order, an end if temporary, and a place where one is asked for."""
    assert told(units=(*UNITS, unit)) == [f"unit 'u': {message}"]


@pytest.mark.parametrize(
    ("person", "bonds", "message"),
    [
        (
            Person(id="p", born=FIRST, since=LAST),
            [],
            (
                "person 'p': is there since 2023-12-31, but born on 2024-01-01; allowed is a birth before "
                "[unborn]"
            ),
        ),
        (
            Person(id="p", born=FIRST),
            [bond("p", "v1", since=LAST)],
            (
                "membership of 'p' at 'v1' as 'helper': holds since 2023-12-31, but 'p' is born on "
                "2024-01-01; "
                "allowed is a birth before [unborn]"
            ),
        ),
        (
            Person(id="p", born=date(1890, 1, 1)),
            [bond("p", "v1", since=date(2021, 1, 1))],
            "person 'p': born on 1890-01-01, which makes 131 years on 2021-01-01; allowed are 130 [too-old]",
        ),
        (
            Person(id="v1"),
            [],
            "person 'v1': a unit has the same id; traits and questions could mean either [double-id]",
        ),
        (
            Person(id="p", since=FIRST, until=LAST),
            [],
            (
                "person 'p': found since 2024-01-01 and until 2023-12-31; allowed is a last day on or "
                "after the first "
                "[backwards]"
            ),
        ),
    ],
    ids=["unborn", "bound-before-birth", "too-old", "a-unit-as-well", "backwards"],
)
def test_people(person, bonds, message):
    """Somebody is born before belonging, is no older than anybody ever was, and is no unit."""
    assert told(people=(*PEOPLE, person), memberships=bonds) == [message]


def test_the_age_of_130_is_allowed():
    """The bound itself is no problem: 130 years on the last day written, one more is."""
    person = Person(id="p", born=date(1890, 1, 1))

    assert told(people=[person], memberships=[bond("p", "v1", until=date(2020, 12, 31))]) == []


@pytest.mark.parametrize(
    ("placement", "message"),
    [
        (
            place("v2", tree="gird"),
            (
                "placement of 'v2' in 'gird': there is no tree 'gird'; known are 'grid', 'party'. "
                "Did you mean 'grid'? [unknown-tree]"
            ),
        ),
        (
            place("v9", "street"),
            (
                "placement of 'v9' in 'grid': there is no unit 'v9'; known are 'closed', 'street', 'v1', "
                "'v2', 'x' "
                "[unknown-unit]"
            ),
        ),
        (
            place("v2", "stret"),
            (
                "placement of 'v2' in 'grid': there is no unit 'stret'; known are 'closed', 'street', "
                "'v1', 'v2', "
                "'x'. Did you mean 'street'? [unknown-parent]"
            ),
        ),
        (
            place("closed", "street", since=date(2020, 1, 1)),
            (
                "placement of 'closed' in 'grid': holds from 2020-01-01 on, but the unit 'closed' is "
                "there until "
                "2023-12-31 [outside-life]"
            ),
        ),
        (
            place("v2", "closed", tree="party"),
            (
                "placement of 'v2' in 'party': holds always, but the unit 'closed' is there until 2023-12-31 "
                "[parent-gone]"
            ),
        ),
        (
            place("v1", "v2", since=FIRST, until=FIRST),
            (
                "placement of 'v1' in 'grid': a unit of kind 'village' is placed under 'v2' of kind "
                "'village'; "
                "the levels from the top are 'street', 'village', 'cell' [level]"
            ),
        ),
        (
            place("x", "v2", since=FIRST, until=date(2024, 3, 31)),
            (
                "placement of 'x' in 'grid': the unit has two places in this tree from 2024-01-01 to "
                "2024-03-31: "
                "under 'v1' and under 'v2'; allowed is one at a time [double-placement]"
            ),
        ),
        (
            place("v2", since=FIRST, until=LAST),
            (
                "placement of 'v2' in 'grid': found since 2024-01-01 and until 2023-12-31; allowed is a "
                "last day on "
                "or after the first [backwards]"
            ),
        ),
    ],
    ids=["tree", "unit", "parent", "life", "parent-gone", "level", "double", "backwards"],
)
def test_placements(placement, message):
    """A placement names what is there on its days, once at a time and in the order of levels."""
    placements = PLACES[1:] if placement.unit == "v1" else PLACES

    assert told(placements=(*placements, placement)) == [message]


def test_a_kind_that_is_no_level_has_no_place():
    """A unit whose kind is not among a tree's levels cannot be placed in it."""
    project = Unit(id="p", kind="project", until=FIRST)

    assert told(units=(*UNITS, project), placements=(*PLACES, place("p", "street", until=FIRST))) == [
        (
            "placement of 'p' in 'grid': a unit of kind 'project' has no place in this tree; "
            "its levels are 'street', 'village', 'cell' [level]"
        )
    ]


def test_a_circle_is_told_once_with_its_first_day():
    """Units that lead in a circle on some day are told once, on the day on which it closes."""
    party = [place("v1", "v2", "party"), place("v2", "street", "party", until=LAST)]
    closing = place("v2", "v1", "party", since=FIRST)

    assert told(placements=(*PLACES, *party, closing)) == [
        (
            "placement of 'v2' in 'party': from 2024-01-01 on the units above it lead in a circle: "
            "v1 under v2 under v1 [circle]"
        )
    ]
    assert told(placements=(*PLACES, *party, closing), on=LAST) == []
    assert told(placements=(*PLACES, *party, closing), on=FIRST) == [
        (
            "placement of 'v1' in 'party': on 2024-01-01 the units above it lead in a circle: "
            "v1 under v2 under v1 [circle]"
        )
    ]


def test_days_without_a_place_are_told_exactly():
    """A gap between two places is told with its first and last day."""
    gap = [place("x", "v1", until=date(2024, 1, 31)), place("x", "v2", since=date(2024, 3, 1))]

    assert told(placements=(*PLACES[:1], *gap)) == [
        (
            "unit 'x': has no place in the tree 'grid' from 2024-02-01 to 2024-02-29; every 'cell' must "
            "have one "
            "[no-place]"
        )
    ]


@pytest.mark.parametrize(
    ("membership", "messages"),
    [
        (
            bond("ana", "v1"),
            ["there is no person 'ana'; known are 'anna', 'bo'. Did you mean 'anna'? [unknown-person]"],
        ),
        (
            bond("anna", "v3"),
            ["there is no unit 'v3'; known are 'closed', 'street', 'v1', 'v2', 'x' [unknown-unit]"],
        ),
        (
            bond("anna", "v1", "hepler", "hone"),
            [
                (
                    "there is no role 'hepler'; known are 'head', 'helper', 'member'. Did you mean 'helper'? "
                    "[unknown-role]"
                ),
                (
                    "there is no affiliation 'hone'; known are 'home', 'residence'. Did you mean 'home'? "
                    "[unknown-affiliation]"
                ),
            ],
        ),
        (
            bond("anna", "street", "head"),
            ["role 'head' is held at 'village', but 'street' is of kind 'street' [misplaced-role]"],
        ),
        (
            bond("bo", "closed", since=date(2019, 12, 31)),
            [
                "holds from 2019-12-31 on, but the unit 'closed' is there until 2023-12-31 [outside-life]",
                "holds from 2019-12-31 on, but the person 'bo' is there from 2020-01-01 on [outside-life]",
            ],
        ),
        (
            bond("anna", "v1", since=FIRST, until=LAST),
            [
                (
                    "found since 2024-01-01 and until 2023-12-31; allowed is a last day on or after the "
                    "first "
                    "[backwards]"
                )
            ],
        ),
    ],
    ids=["person", "unit", "role-and-affiliation", "misplaced", "lives", "backwards"],
)
def test_memberships(membership, messages):
    """A bond names what there is, where its role is held, on days on which unit and person are there."""
    name = f"membership of {membership.person!r} at {membership.unit!r} as {membership.role!r}"

    assert told(memberships=[membership]) == [f"{name}: {message}" for message in messages]


def test_two_bonds_of_which_one_is_allowed():
    """A role or affiliation held once at a time is told for the days on which it is held twice."""
    helper = {"role": "helper", "affiliation": "home"}
    bonds = [
        bond("anna", "v1", **helper, until=date(2024, 2, 29)),
        bond("anna", "v2", **helper, since=date(2024, 2, 29)),
        bond("anna", "v1", "member", since=FIRST),
        bond("anna", "v2", "member", since=date(2024, 6, 1), until=date(2024, 6, 30)),
    ]

    assert told(memberships=bonds) == [
        (
            "membership of 'anna' at 'v2' as 'helper': is bound by affiliation 'home' also at 'v1' on "
            "2024-02-29; "
            "allowed is one at a time [double-bond]"
        ),
        (
            "membership of 'anna' at 'v2' as 'member': is bound as 'member' also at 'v1' from 2024-06-01 to "
            "2024-06-30; allowed is one at a time [double-bond]"
        ),
    ]
    assert len(told(memberships=bonds, on=date(2024, 2, 29))) == 1
    assert told(memberships=bonds, on=FIRST) == []


@pytest.mark.parametrize(
    ("trait", "message"),
    [
        (
            Trait(of="y", name="care", value="poor"),
            (
                "there is no unit or person 'y'; known are 'anna', 'bo', 'closed', 'street', 'v1', 'v2', 'x' "
                "[unknown-owner]"
            ),
        ),
        (
            Trait(of="x", name="caer", value="poor"),
            (
                "there is no trait 'caer'; known are 'care', 'label', 'post'. Did you mean 'care'? "
                "[unknown-trait]"
            ),
        ),
        (
            Trait(of="x", name="care", value="por"),
            "found the value 'por'; known are 'ordinary', 'poor'. Did you mean 'poor'? [unknown-value]",
        ),
        (
            Trait(of="v1", name="care", value="poor"),
            "trait 'care' is for 'cell', but 'v1' is of kind 'village' [misplaced-trait]",
        ),
        (
            Trait(of="closed", name="label", value="red", since=FIRST),
            "holds from 2024-01-01 on, but the unit 'closed' is there until 2023-12-31 [outside-life]",
        ),
        (
            Trait(of="x", name="label", value="red", since=FIRST, until=LAST),
            (
                "found since 2024-01-01 and until 2023-12-31; allowed is a last day on or after the first "
                "[backwards]"
            ),
        ),
    ],
    ids=["owner", "name", "value", "kind", "life", "backwards"],
)
def test_traits(trait, message):
    """A trait is of somebody or something there is, by a known name and value, where it belongs."""
    assert told(traits=[trait]) == [f"trait {trait.name!r} of {trait.of!r}: {message}"]


def test_one_value_at_a_time():
    """A trait of one value is told for the days on which it has two; labels may be many."""
    traits = [
        Trait(of="x", name="care", value="poor", until=date(2024, 3, 31)),
        Trait(of="x", name="care", value="ordinary", since=date(2024, 3, 1)),
        Trait(of="x", name="label", value="red"),
        Trait(of="x", name="label", value="blue"),
    ]

    assert told(traits=traits) == [
        (
            "trait 'care' of 'x': is 'ordinary' and 'poor' from 2024-03-01 to 2024-03-31; allowed is one "
            "value at a "
            "time [double-trait]"
        )
    ]


#: Row 13: a branch or group with its head in every cell. Row 148: at least two full-time staff at a station.
STAFFED = Structure(
    kinds=[UnitKind(id="cell"), UnitKind(id="station")],
    roles=[Role(id="head", at=("cell",), least=1, most=1), Role(id="full-time", at=("station",), least=2)],
)


def test_each_cell_has_its_head():
    """Cells without a head are all named, one of the 696 as well as any other (row 13)."""
    cells = [f"cell-{number:03}" for number in range(696)]
    without = {"cell-007", "cell-695"}

    found = told(
        structure=STAFFED,
        units=[Unit(id=cell, kind="cell") for cell in cells],
        people=[Person(id=f"head of {cell}") for cell in cells],
        placements=(),
        memberships=[bond(f"head of {cell}", cell, "head") for cell in cells if cell not in without],
    )

    assert found == [
        f"unit {cell!r}: nobody holds the role 'head' always; allowed are at least 1 [too-few]"
        for cell in sorted(without)
    ]


def test_the_days_with_too_few_or_too_many_are_exact():
    """A month with one full-timer and a day with two heads are told as just these days (row 148)."""
    people = [Person(id=one) for one in "abcd"]
    units = [Unit(id="station", kind="station", since=FIRST), Unit(id="cell", kind="cell", since=FIRST)]
    bonds = [
        bond("a", "station", "full-time", since=FIRST),
        bond("b", "station", "full-time", since=FIRST, until=date(2024, 4, 30)),
        bond("c", "station", "full-time", since=date(2024, 6, 1)),
        bond("a", "cell", "head", since=FIRST, until=date(2024, 8, 1)),
        bond("d", "cell", "head", since=date(2024, 8, 1)),
    ]
    records = {"structure": STAFFED, "units": units, "people": people, "placements": (), "memberships": bonds}

    assert told(**records) == [
        (
            "unit 'station': 1 holds the role 'full-time' from 2024-05-01 to 2024-05-31; allowed are at "
            "least 2 "
            "[too-few]"
        ),
        "unit 'cell': 2 hold the role 'head' on 2024-08-01; allowed are at most 1 [too-many]",
    ]
    assert told(**records, on=date(2024, 5, 15)) == [
        "unit 'station': 1 holds the role 'full-time' on 2024-05-15; allowed are at least 2 [too-few]"
    ]
    assert told(**records, on=date(2024, 6, 1)) == []


def test_the_same_person_twice_is_one():
    """Two bonds of one person at once are one holder of the role."""
    bonds = [bond("a", "station", "full-time"), bond("a", "station", "full-time", "guest")]

    assert told(
        structure=STAFFED,
        units=[Unit(id="station", kind="station")],
        people=[Person(id="a")],
        placements=(),
        memberships=bonds,
    ) == ["unit 'station': 1 holds the role 'full-time' always; allowed are at least 2 [too-few]"]


#: Row 146: seven mandatory services and whatever the place adds.
SEVEN = tuple(f"s{number}" for number in range(1, 8))


def offering(*, is_open):
    """Return a structure whose stations offer seven services and more."""
    catalogue = Catalogue(
        id="7+X",
        trait="service",
        of=("station",),
        items={item: Label(item, item) for item in (*SEVEN, "extra")},
        mandatory=SEVEN,
        open=is_open,
    )
    traits = [TraitKind(id="service", of=("station",), many=True)]
    return Structure(kinds=[UnitKind(id="station")], traits=traits, catalogues=[catalogue])


def test_mandatory_services_are_offered_on_every_day():
    """A station without two of the seven is told which, and on which days (7+X)."""
    services = [Trait(of="st", name="service", value=item, since=FIRST) for item in (*SEVEN[:5], "extra")]
    late = [Trait(of="st", name="service", value=item, since=date(2024, 3, 1)) for item in SEVEN[5:]]

    assert told(
        structure=offering(is_open=True),
        units=[Unit(id="st", kind="station")],
        placements=(),
        traits=[*services, *late],
    ) == [
        (
            "unit 'st': offers 5 of the 7 mandatory items of '7+X' from 2024-01-01 to 2024-02-29; "
            "missing are 's6', 's7' [not-offered]"
        )
    ]


def test_a_service_that_is_not_listed():
    """A closed catalogue allows only what it lists; an open one whatever a place adds (the X of 7+X)."""
    traits = [Trait(of="st", name="service", value=item) for item in (*SEVEN, "extar")]
    records = {"units": [Unit(id="st", kind="station")], "placements": (), "traits": traits}

    assert told(structure=offering(is_open=False), **records) == [
        (
            "trait 'service' of 'st': catalogue '7+X' has no item 'extar'; known are 'extra', 's1', 's2', "
            "'s3', 's4', "
            "'s5', 's6', 's7'. Did you mean 'extra'? [unlisted]"
        )
    ]
    assert told(structure=offering(is_open=True), **records) == []


def test_one_service_gives_way_to_another():
    """When one mandatory service begins as another ends, the two gaps are told apart."""
    five = [Trait(of="st", name="service", value=item) for item in SEVEN[:5]]
    turn = [
        Trait(of="st", name="service", value="s6", until=LAST),
        Trait(of="st", name="service", value="s7", since=FIRST),
    ]

    found = told(
        structure=offering(is_open=True),
        units=[Unit(id="st", kind="station")],
        placements=(),
        traits=[*five, *turn],
    )

    assert found == [
        (
            "unit 'st': offers 6 of the 7 mandatory items of '7+X' until 2023-12-31; missing are 's7' "
            "[not-offered]"
        ),
        (
            "unit 'st': offers 6 of the 7 mandatory items of '7+X' from 2024-01-01 on; missing are 's6' "
            "[not-offered]"
        ),
    ]


def test_a_unit_that_tells_no_first_day_is_looked_at_from_what_is_first_written():
    """Where nobody wrote when a cell began, head and place are not missed for the time before them."""
    head = bond("anna", "cell", "head", since=FIRST)
    structure = Structure(trees=[Tree(id="grid", each=("cell",))], kinds=STAFFED.kinds, roles=STAFFED.roles)

    found = told(
        structure=structure,
        units=[Unit(id="cell", kind="cell")],
        placements=[place("cell", since=date(2022, 1, 1))],
        memberships=[head],
    )

    assert found == []
