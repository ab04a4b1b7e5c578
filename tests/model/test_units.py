import pickle

import pytest

from serviceorg.errors import UnitProblems
from serviceorg.model import Units

#: Row 12's four levels: district, street, community, sub-area.
DISTRICT = {
    "erqi": "",
    "s1": "erqi",
    "c1": "s1",
    "p1": "c1",
    "p2": "c1",
    "s2": "erqi",
    "c2": "s2",
    "p3": "c2",
}


@pytest.fixture
def units():
    """Return the four-level network of row 12."""
    return Units(DISTRICT)


def test_covers_is_the_unit_itself_or_one_over_it(units):
    """A unit covers itself and what lies under it, never what lies over or beside it (row 12)."""
    assert units.covers("s1", "p2")
    assert units.covers("p2", "p2")
    assert not units.covers("p2", "s1")
    assert not units.covers("s1", "p3")


def test_below_begins_with_the_unit_and_mirrors_the_chain(units):
    """What is below a unit is exactly what has it in its chain, itself first."""
    assert units.below("s1") == ("s1", "c1", "p1", "p2")
    assert list(units.chain("p1")) == ["p1", "c1", "s1", "erqi"]
    assert all((a in units.below(b)) == (b in units.chain(a)) for a in DISTRICT for b in DISTRICT)


def test_children_are_only_those_right_below(units):
    """Children are one step down; those of nothing are the roots."""
    assert units.children("c1") == ("p1", "p2")
    assert units.children("p1") == ()
    assert units.roots == ("erqi",)


def test_level_counts_the_units_above(units):
    """The top is at level 0, a sub-area of the four-level network at level 3 (row 12)."""
    assert [units.level(unit) for unit in ("erqi", "s2", "c2", "p3")] == [0, 1, 2, 3]


def test_a_unit_nobody_knows_is_nowhere(units):
    """For an unknown unit there is nothing above, below or beside, and no error."""
    assert units.below("c9") == ()
    assert units.children("c9") == ()
    assert units.level("c9") == 0
    assert units.parent("c9") == ""
    assert list(units.chain("c9")) == []
    assert "c9" not in units
    assert not units.covers("c9", "c9")


def test_an_empty_tree_has_no_roots():
    """A tree without units answers nothing, and has no length."""
    nothing = Units()

    assert nothing.roots == ()
    assert len(nothing) == 0


def test_a_circle_is_refused_with_its_units():
    """Units that lead in a circle make no tree; the message names them."""
    with pytest.raises(UnitProblems) as caught:
        Units({"a": "b", "b": "a", "top": ""})

    assert str(caught.value) == "a: the units above it lead in a circle: a, b [circle]"


def test_all_unknown_parents_are_told_at_once():
    """Each unit whose unit above is unknown is told, with the nearest guess."""
    with pytest.raises(UnitProblems) as caught:
        Units({"street": "", "c1": "stret", "c2": "nowhere"})

    assert str(caught.value).splitlines() == [
        (
            "c1: the unit above it is 'stret'; known are 'c1', 'c2', 'street'. Did you mean 'street'? "
            "[unknown-unit]"
        ),
        "c2: the unit above it is 'nowhere'; known are 'c1', 'c2', 'street' [unknown-unit]",
    ]


def test_a_tree_is_a_value(units):
    """Equal parents make equal trees, through pickling too."""
    assert units == Units(dict(reversed(DISTRICT.items())))
    assert pickle.loads(pickle.dumps(units)).below("c1") == units.below("c1")
