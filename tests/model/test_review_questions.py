"""Questions asked of a snapshot: misspelt words, days before the first, heirs in a tree, masked names."""

from datetime import date

import pytest

from serviceorg.basics.periods import Year
from serviceorg.errors import UnknownIdError
from serviceorg.model import (
    Affiliation,
    Catalogue,
    Membership,
    Person,
    Placement,
    Role,
    Snapshot,
    Structure,
    Subject,
    Trait,
    Tree,
    Unit,
    UnitKind,
    attributed,
    check_snapshot,
    merge,
)

DAY = date(2024, 7, 1)


@pytest.fixture
def snapshot():
    """Return one cell with a member, of a structure that declares its words."""
    structure = Structure(
        kinds=[UnitKind(id="cell")],
        roles=[Role(id="member")],
        affiliations=[Affiliation(id="home")],
    )
    return Snapshot.of(
        structure=structure,
        units=[Unit(id="c", kind="cell")],
        people=[Person(id="p")],
        memberships=[Membership(person="p", unit="c", role="member", affiliation="home")],
    )


QUESTIONS = {
    "subjects-role": lambda s, word: s.subjects(Year(2024), role=word),
    "subjects-affiliation": lambda s, word: s.subjects(Year(2024), affiliation=word),
    "units-on": lambda s, word: s.units_on(DAY, word),
    "unit-subjects": lambda s, word: s.unit_subjects(Year(2024), kind=word),
    "tree": lambda s, word: s.unit_subjects(Year(2024), tree=word),
    "holders-role": lambda s, word: s.holders("c", word, on=DAY),
    "bonds-role": lambda s, word: s.bonds("p", role=word),
    "bonds-affiliation": lambda s, word: s.bonds("p", affiliation=word),
    "attributed": lambda s, word: attributed(s, [], affiliation=("home", word)),
    "holders-affiliation": lambda s, word: s.holders("c", on=DAY, affiliation=word),
}


@pytest.mark.parametrize("asked", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_a_misspelt_word_is_no_empty_answer(snapshot, asked):
    """A question with a word that the structure does not declare is refused with the nearest guess."""
    with pytest.raises(UnknownIdError, match="'zz'"):
        asked(snapshot, "zz")


def test_any_word_may_be_asked_where_none_is_declared():
    """An empty structure takes every word, so an unknown one is just not met."""
    snapshot = Snapshot.of(units=[Unit(id="c")])

    assert snapshot.units_on(DAY, "zz") == snapshot.holders("c", "zz", on=DAY) == ()
    assert snapshot.subjects(Year(2024), role="zz") == ()


def test_what_is_wrong_on_a_day_is_part_of_what_is_wrong():
    """A cell without a first day is asked for place, head and services from the first day it had any."""
    structure = Structure(
        trees=[Tree(id="t", each=("cell",))],
        kinds=[UnitKind(id="cell")],
        roles=[Role(id="head", least=1)],
        catalogues=[Catalogue(id="x", trait="offers", of=("cell",), mandatory=("i",))],
    )
    first, last = date(2024, 1, 1), date(2025, 1, 1)
    snapshot = Snapshot.of(
        structure=structure,
        units=[Unit(id="c", kind="cell", until=last)],
        people=[Person(id="p")],
        placements=[Placement(tree="t", unit="c", since=first, until=last)],
        memberships=[Membership(person="p", unit="c", role="head", since=first, until=last)],
        traits=[Trait(of="c", name="offers", value="i", since=first, until=date(2024, 6, 30))],
    )

    found = {
        day: [one.code for one in check_snapshot(snapshot, on=day)] for day in (date(2020, 1, 1), first, DAY)
    }

    assert [problem.code for problem in check_snapshot(snapshot)] == ["not-offered"]
    assert found == {date(2020, 1, 1): [], first: [], DAY: ["not-offered"]}


def test_above_a_unit_that_ended_is_what_lies_above_its_heir():
    """A ticket of a merged point is handed up to the station, not to its own successor (row 118, trap 29)."""
    chain = {"station": "", "one": "station", "two": "station"}
    before = Snapshot.of(
        units=[Unit(id=unit) for unit in chain],
        placements=[Placement(tree="t", unit=unit, parent=parent) for unit, parent in chain.items()],
    )

    tree = merge(before, ["one", "two"], into=Unit(id="both"), on=DAY).tree("t", on=DAY, heirs=True)

    assert tree.parent("one") == tree.parent("both") == "station"
    assert tree.level("one") == tree.level("both") == 1
    assert tree.covers("both", "one")
    assert dict(tree.heirs) == {"one": "both", "two": "both"}


def test_no_name_is_read_in_a_traceback():
    """The repr of a person or subject shows the surname alone: logs are read by strangers."""
    assert repr(Person(id="p", name="张三丰")) == (
        "Person(id='p', name='张*', born=None, since=None, until=None)"
    )
    assert "name='张*'" in repr(Subject(id="p", name="张三丰"))
