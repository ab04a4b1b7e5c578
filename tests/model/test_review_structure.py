"""Structures and snapshots made in Python mean what the same words mean in a file."""

from datetime import date

import pytest

from serviceorg.basics.periods import Year
from serviceorg.errors import StructureProblems
from serviceorg.model import (
    Catalogue,
    CategoryRule,
    Membership,
    Person,
    Role,
    Snapshot,
    Structure,
    TraitKind,
    Tree,
    Unit,
    merge,
    successors,
)

DAY = date(2024, 1, 1)


def test_one_text_is_one_word():
    """Where several words may stand, a text is one of them, and not its letters."""
    assert Tree(id="t", levels="street", each="cell") == Tree(id="t", levels=("street",), each=("cell",))
    assert Role(id="head", at="cell") == Role(id="head", at=("cell",))
    assert TraitKind(id="h", of="cell", one_of="ill") == TraitKind(id="h", of=("cell",), one_of=("ill",))
    assert CategoryRule(id="A", roles="head", traits={"h": "ill"}) == CategoryRule(
        id="A", roles=("head",), traits={"h": ("ill",)}
    )
    assert Catalogue(id="c", of="cell", mandatory="meal") == Catalogue(
        id="c", of=("cell",), mandatory=("meal",)
    )


def test_a_category_by_one_role_is_held_by_who_holds_it():
    """``roles="head"`` is the role "head"."""
    snapshot = Snapshot.of(
        structure=Structure(categories=(CategoryRule(id="A", roles="head"),)),
        units=[Unit(id="c")],
        people=[Person(id="p")],
        memberships=[Membership(person="p", unit="c", role="head")],
    )

    assert snapshot.category("p", on=DAY) == "A"


def test_an_exemption_has_an_effect_that_there_is():
    """A misspelt effect would leave somebody assessed who is not to be (trap 26)."""
    with pytest.raises(StructureProblems) as caught:
        TraitKind(id="h", exempts={"ill": "not-assessed"})

    assert str(caught.value) == (
        "trait 'h', 'ill': found 'not-assessed'; known are 'not_assessed', 'not_graded'."
        " Did you mean 'not_assessed'? [unknown-value]"
    )


def test_words_of_a_structure_stand_once():
    """Of two trees of one id none wins in silence, and a word is found under its own id."""
    with pytest.raises(StructureProblems) as twice:
        Structure(trees=[Tree(id="t", levels=("x",)), Tree(id="t")])
    with pytest.raises(StructureProblems) as other:
        Structure(trees={"x": Tree(id="t")})

    assert str(twice.value) == "Tree 't': this id is used twice; allowed is once [double-id]"
    assert str(other.value) == "Tree 'x': its own id is 't'; allowed is the same [double-id]"


def test_a_snapshot_is_made_of_the_parts_of_another():
    """What is read as a mapping by id may be given as one."""
    one = Snapshot.of(units=[Unit(id="a")], people=[Person(id="p")])

    assert Snapshot.of(units=one.units, people=one.people) == one


def test_last_year_is_looked_at_in_the_units_of_today():
    """Two communities of 2023 are one since 2024: as of today the new one stands for both (trap 29)."""
    units = [
        Unit(id="a", kind="com", since=date(2001, 1, 1)),
        Unit(id="b", kind="com", since=date(2002, 1, 1)),
    ]
    merged = merge(Snapshot.of(units=units), ["a", "b"], into=Unit(id="m", kind="com"), on=DAY)
    then = merged.unit_subjects(Year(2023), kind="com")

    assert [one.id for one in then] == ["a", "b"]
    assert [one.id for one in successors(merged, then, on=date(2023, 12, 31))] == ["a", "b"]
    (now,) = successors(merged, then, on=DAY)
    assert (now.id, now.kind, now.joined) == ("m", "com", date(2001, 1, 1))


def test_nobody_stands_for_a_unit_whose_points_stayed():
    """Where points end with the old units, the new one is no successor of last year."""
    merged = merge(
        Snapshot.of(units=[Unit(id="a"), Unit(id="b")]),
        ["a", "b"],
        into=Unit(id="m"),
        on=DAY,
        points="stay",
    )

    assert successors(merged, merged.unit_subjects(Year(2023)), on=DAY) == ()
