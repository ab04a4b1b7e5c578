"""Bonds, ages, traits and categories as of any day (W31)."""

from datetime import date

import pytest

from serviceorg.basics import Year
from serviceorg.errors import UnknownIdError
from serviceorg.model import (
    CategoryRule,
    Dated,
    Membership,
    Person,
    Snapshot,
    Structure,
    Trait,
    TraitKind,
    Unit,
)

#: Suichang: A village cadres, B under 60 without a post, C from 60 on, D away; the first rule decides.
SUICHANG = Structure(
    categories=(
        CategoryRule(id="D", traits={"absence": ("away",)}),
        CategoryRule(id="A", roles=("cadre",)),
        CategoryRule(id="B", below_age=60),
        CategoryRule(id="C", from_age=60),
    ),
    traits=[
        TraitKind(id="absence", of=("person",), one_of=("away",)),
        TraitKind(id="health", of=("person",), one_of=("bedridden",), exempts={"bedridden": "not_assessed"}),
    ],
)


def of(*, people=(), bonds=(), traits=(), structure=SUICHANG):
    """Return a snapshot of one village with people, bonds and traits."""
    return Snapshot.of(
        structure=structure, units=[Unit(id="village")], people=people, memberships=bonds, traits=traits
    )


def bond(person, role="member", unit="village", affiliation="", **days):
    """Return a bond, by default at the village."""
    return Membership(person=person, unit=unit, role=role, affiliation=affiliation, **days)


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(1964, 5, 1), date(2024, 4, 30), 59),
        (date(1964, 5, 1), date(2024, 5, 1), 60),
        (date(1964, 2, 29), date(2024, 2, 28), 59),
        (date(1964, 2, 29), date(2024, 2, 29), 60),
        (date(1964, 2, 29), date(2025, 2, 27), 60),
        (date(1964, 2, 29), date(2025, 2, 28), 61),
        (date(2024, 5, 1), date(2024, 5, 1), 0),
    ],
    ids=["eve", "birthday", "leap-eve", "leap-day", "before-last", "last-of-february", "newborn"],
)
def test_an_age_is_reached_on_the_birthday(born, on, age):
    """A year is full on the birthday; without a 29 February it is the month's last day (民法典 §202)."""
    assert of(people=[Person(id="p", born=born)]).age("p", on=on) == age


def test_nobody_knows_the_age_without_a_day_of_birth():
    """Without a day of birth there is no age, and no category that asks for one."""
    snapshot = of(people=[Person(id="p")])

    assert snapshot.age("p", on=date(2024, 1, 1)) is None
    assert snapshot.category("p", on=date(2024, 1, 1)) == ""
    assert snapshot.categories("p", Year(2024)) == ()


def test_categories_turn_on_the_exact_day():
    """Who turns 60, gets a post and goes away is in the right category each day (W31, trap 28)."""
    snapshot = of(
        people=[Person(id="p", born=date(1964, 4, 10))],
        bonds=[bond("p", role="cadre", since=date(2024, 6, 1), until=date(2024, 8, 31))],
        traits=[Trait(of="p", name="absence", value="away", since=date(2024, 11, 15))],
    )

    assert snapshot.categories("p", Year(2024)) == (
        Dated(date(2024, 1, 1), "B"),
        Dated(date(2024, 4, 10), "C"),
        Dated(date(2024, 6, 1), "A"),
        Dated(date(2024, 9, 1), "C"),
        Dated(date(2024, 11, 15), "D"),
    )


def test_a_turn_that_changes_nothing_is_none():
    """A cadre who turns 60 stays a cadre: no new category begins on that day."""
    snapshot = of(people=[Person(id="p", born=date(1964, 4, 10))], bonds=[bond("p", role="cadre")])

    assert snapshot.categories("p", Year(2024)) == (Dated(date(2024, 1, 1), "A"),)


def test_retired_and_laid_off_members_are_categories_of_their_own():
    """Categories by a trait tell those without compulsory duties from those in service (row 135)."""
    structure = Structure(
        categories=(
            CategoryRule(id="voluntary", traits={"employment": ("retired", "laid-off")}),
            CategoryRule(id="in-service"),
        )
    )
    snapshot = of(
        structure=structure,
        people=[Person(id="p")],
        traits=[Trait(of="p", name="employment", value="retired", since=date(2024, 7, 1))],
    )

    assert [snapshot.category("p", on=day) for day in (date(2024, 6, 30), date(2024, 7, 1))] == [
        "in-service",
        "voluntary",
    ]


def test_home_and_residence_are_two_bonds():
    """An in-service member belongs to the employer's branch and serves where the home is (rows 27, 134)."""
    snapshot = Snapshot.of(
        units=[Unit(id="bureau"), Unit(id="community")],
        people=[Person(id="p")],
        memberships=[
            bond("p", unit="bureau", affiliation="home"),
            bond("p", unit="community", affiliation="residence", since=date(2024, 3, 1)),
        ],
    )

    assert [b.unit for b in snapshot.bonds("p", on=date(2024, 3, 1))] == ["bureau", "community"]
    assert [b.unit for b in snapshot.bonds("p", on=date(2024, 2, 29))] == ["bureau"]
    assert [b.unit for b in snapshot.bonds("p", affiliation="residence")] == ["community"]


def test_seconded_staff_are_counted_by_where_they_come_from():
    """Staff sent into a cell are found there by affiliation, and keep their home (row 14)."""
    snapshot = Snapshot.of(
        units=[Unit(id=unit) for unit in ("cell", "agency", "town")],
        people=[Person(id="p"), Person(id="q")],
        memberships=[
            bond("p", unit="agency", affiliation="home"),
            bond("q", unit="town", affiliation="home"),
            bond("q", role="staff", unit="cell", affiliation="secondment"),
            bond("p", role="staff", unit="cell", affiliation="secondment", until=date(2023, 12, 31)),
        ],
    )
    staff = snapshot.holders("cell", "staff", on=date(2023, 12, 31), affiliation="secondment")

    homes = [snapshot.bonds(b.person, on=date(2023, 12, 31), affiliation="home")[0].unit for b in staff]

    assert homes == ["agency", "town"]
    assert len(snapshot.holders("cell", "staff", on=date(2024, 1, 1))) == 1


def test_a_second_role_stands_beside_the_first():
    """A member of the street's team is first secretary of a community as well (row 120)."""
    snapshot = Snapshot.of(
        units=[Unit(id="street"), Unit(id="community")],
        people=[Person(id="p")],
        memberships=[
            bond("p", role="team", unit="street"),
            bond("p", role="first-secretary", unit="community"),
        ],
    )

    assert [b.role for b in snapshot.bonds("p", on=date(2024, 1, 1))] == ["first-secretary", "team"]
    assert [b.person for b in snapshot.holders("community", "first-secretary", on=date(2024, 1, 1))] == ["p"]


def test_holders_are_those_of_that_very_unit_by_person():
    """Who holds what is asked of one unit, not of those below; the order is by person, whatever was given."""
    bonds = [bond("q"), bond("p"), bond("r", role="head"), bond("p", role="head", until=date(2023, 12, 31))]
    snapshot = of(people=[Person(id=p) for p in "pqr"], bonds=bonds)

    assert [b.person for b in snapshot.holders("village", "member", on=date(2024, 1, 1))] == ["p", "q"]
    assert [b.person for b in snapshot.holders("village", on=date(2024, 1, 1))] == ["p", "q", "r"]
    assert snapshot.holders("nowhere", "head", on=date(2024, 1, 1)) == ()
    assert snapshot.holders("nowhere", on=date(2024, 1, 1)) == ()
    assert snapshot.holders("village", "cook", on=date(2024, 1, 1)) == ()
    assert len(snapshot.bonds_of_unit("village")) == 4
    assert snapshot.bonds("nobody") == ()


def test_traits_hold_from_day_to_day():
    """A trait is asked as of a day; several values at once come sorted; spans come by first day."""
    traits = [
        Trait(of="p", name="label", value="tailor"),
        Trait(of="p", name="label", value="cook", since=date(2024, 2, 1), until=date(2024, 2, 29)),
        Trait(of="p", name="health", value="bedridden", since=date(2024, 5, 1)),
    ]
    snapshot = of(people=[Person(id="p")], traits=traits)

    assert snapshot.traits_of("p", "label", on=date(2024, 2, 29)) == ("cook", "tailor")
    assert snapshot.trait("p", "label", on=date(2024, 2, 29)) == "cook"
    assert snapshot.trait("p", "label", on=date(2024, 3, 1)) == "tailor"
    assert snapshot.trait("p", "health", on=date(2024, 4, 30)) == ""
    assert snapshot.trait_spans("p", "label") == (traits[0], traits[1])
    assert snapshot.trait_spans("village", "label") == ()


def test_the_age_of_nobody_is_an_error():
    """Age and category are asked of people there are."""
    snapshot = of(people=[Person(id="p")])

    with pytest.raises(UnknownIdError, match="there is no person 'q'"):
        snapshot.age("q", on=date(2024, 1, 1))
    with pytest.raises(UnknownIdError, match="there is no person 'q'"):
        snapshot.category("q", on=date(2024, 1, 1))


def test_a_category_may_turn_on_the_last_day():
    """Who turns 60 on 31 December is in the other category for that one day."""
    snapshot = of(people=[Person(id="p", born=date(1964, 12, 31))])

    assert snapshot.categories("p", Year(2024)) == (
        Dated(date(2024, 1, 1), "B"),
        Dated(date(2024, 12, 31), "C"),
    )


def test_a_record_given_twice_is_two():
    """Two equal bonds or traits stay two records, so that a check can tell them."""
    twice = bond("p")
    trait = Trait(of="p", name="label", value="cook")
    snapshot = of(people=[Person(id="p")], bonds=[twice, twice, bond("p")], traits=[trait, trait])

    assert len(snapshot.bonds("p")) == len(snapshot.holders("village", on=date(2024, 1, 1))) == 3
    assert len(snapshot.trait_spans("p", "label")) == 2
    assert snapshot.traits_of("p", "label", on=date(2024, 1, 1)) == ("cook",)
