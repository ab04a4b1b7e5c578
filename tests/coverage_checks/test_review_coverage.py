from datetime import UTC, datetime
from decimal import Decimal

import pytest

from serviceorg.coverage import Bounds, Holders, Told, UnitCount, check_coverage, explain
from serviceorg.coverage.rules import CoverageBook
from serviceorg.errors import CoverageProblems, FactProblems, PeriodError
from serviceorg.facts import Fact
from serviceorg.model import Membership, Person, Snapshot, Structure, TraitKind, Tree, Unit
from tests.coverage_checks.worlds import DAY, cover, outcome, snapshot

ONE = Bounds(at_least=Decimal(1))


def staffed():
    """Return a street whose two people are moved down or not, and a community with one of its own."""
    bonds = [("s1", "ST", "home"), ("s1", "C", "secondment"), ("s2", "ST", "home"), ("own", "C", "home")]
    return Snapshot.of(
        units=[Unit(id="ST", kind="street"), Unit(id="C", kind="community")],
        people=[Person(id=one) for one in ("s1", "s2", "own")],
        memberships=[
            Membership(person=person, unit=unit, role="staff", affiliation=by) for person, unit, by in bonds
        ],
    )


def test_people_are_looked_at_where_they_hold_the_role():
    """Of the street's two one works in the community: a half, whoever else works there (row 121)."""
    moved = UnitCount(kinds=("community",), role="staff", affiliation="secondment")
    check = cover(moved, each="person", role="staff", at=("street",), affiliation="home", bounds=ONE)

    found = outcome(check, staffed())

    assert (found.base, found.met) == (2, 1)


def test_their_units_are_those_where_they_hold_it():
    """Without a role of its own the count is of units below the posts that put people into the check."""
    check = cover(UnitCount(kinds=("community",)), each="person", role="staff", at=("community",), bounds=ONE)

    found = outcome(check, staffed())

    assert (found.base, found.total) == (2, 2)


@pytest.mark.parametrize(
    "day", ["2013-10-15", datetime(2013, 10, 15, tzinfo=UTC), None], ids=["text", "moment", "none"]
)
def test_a_check_is_of_a_day(day):
    """A moment has no zone here, a text may be of any calendar: only a day is a day."""
    with pytest.raises(PeriodError, match="allowed is a day"):
        check_coverage(CoverageBook(id="test/book"), snapshot(), on=day)
    with pytest.raises(PeriodError, match="allowed is a day"):
        check_coverage(CoverageBook(id="test/book"), snapshot(), on=DAY, as_of=day or "")


def test_a_value_nobody_can_have_is_refused():
    """A slip in a value would leave the check without anybody, and all would look well."""
    structure = Structure(traits=[TraitKind(id="care", one_of=("ordinary", "poor"))])
    check = cover(Holders(role="linker"), where={"care": ("por",)})

    with pytest.raises(CoverageProblems) as caught:
        outcome(check, snapshot({"a": "cell"}, structure=structure))

    assert [(one.code, one.where) for one in caught.value.problems] == [
        ("unknown-value", "cover.c.where.care")
    ]
    assert "never 'por'; known are 'ordinary', 'poor'. Did you mean 'poor'?" in str(caught.value)


def test_a_unit_nobody_knows_is_refused():
    """Nothing lies under a unit that never was: that is a slip, not full coverage."""
    check = cover(Holders(role="linker"), tree="t", under="NOWHERE")

    with pytest.raises(CoverageProblems, match="there is no unit 'NOWHERE'"):
        outcome(check, snapshot({"a": "cell"}, parents={"a": ""}))


def test_a_tree_without_units_names_the_check_unless_it_is_declared():
    """A tree nobody is placed in may be a slip; one the structure declares is empty."""
    check = cover(UnitCount(kinds=("cell",)), each="city", tree="admin", noun="quota", bounds=ONE)

    with pytest.raises(CoverageProblems, match=r"quota\.c\.tree: no unit is placed in a tree 'admin'"):
        outcome(check, snapshot({"a": "city"}, parents={"a": ""}))
    declared = outcome(check, snapshot({"a": "city"}, structure=Structure(trees=[Tree(id="admin")])))

    assert (declared.base, declared.total) == (1, 0)


def test_a_fact_delivered_twice_is_refused():
    """Two facts of one id are one visit told twice: neither counted twice nor dropped in silence."""
    visit = Fact(id="v", subject="a", kind="visit", on=DAY)
    check = cover(Told(kinds=("visit",)), bounds=Bounds(at_least=Decimal(2)))

    with pytest.raises(FactProblems, match="this id stands on more than one fact"):
        outcome(check, snapshot({"a": "cell"}), facts=[visit, visit])


def test_what_a_fact_does_not_say_is_no_value():
    """Of three visits by two linkers, one without a name: two different linkers came."""
    facts = [
        Fact(id=str(number), subject="a", kind="visit", on=DAY, attributes=attributes)
        for number, attributes in enumerate([{"by": "p"}, {"by": "q"}, {}])
    ]

    found = outcome(cover(Told(kinds=("visit",), distinct="by")), snapshot({"a": "cell"}), facts=facts)

    assert found.total == 2


def test_a_flag_is_no_number():
    """A fact whose flag is true is not one whose number is 1."""
    flag = Fact(id="f", subject="a", kind="visit", on=DAY, attributes={"count": True})
    number = Fact(id="n", subject="a", kind="visit", on=DAY, attributes={"count": 1})
    check = cover(Told(kinds=("visit",), where={"count": (1,)}))

    assert outcome(check, snapshot({"a": "cell"}), facts=[flag]).total == 0
    assert outcome(check, snapshot({"a": "cell"}), facts=[number]).total == 1


def test_one_reads_like_many():
    """Every number stands in a sentence that fits it."""
    world = snapshot({"a": "cell", "b": "cell"}, traits=[("b", "exempt", "yes")])

    told = explain(outcome(cover(Holders(role="linker"), exempt={"exempt": ("yes",)}), world))

    assert "exempt, in neither number: 1" in told
