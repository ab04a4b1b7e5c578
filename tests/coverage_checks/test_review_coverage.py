"""Coverage where records are odd: places, values, days, mergers, facts told twice, and who is left out."""

import pickle
from datetime import UTC, date, datetime
from decimal import Context, Decimal, localcontext
from fractions import Fraction

import pytest

from serviceorg.coverage import (
    Amount,
    Bounds,
    Holders,
    ReachCheck,
    ShareBound,
    Told,
    UnitCount,
    Walking,
    check_coverage,
    explain,
    reach,
)
from serviceorg.coverage.rules import CoverageBook
from serviceorg.errors import AmountError, CoverageProblems, FactProblems, PeriodError
from serviceorg.facts import Fact
from serviceorg.model import (
    Change,
    Membership,
    Person,
    Place,
    Snapshot,
    Structure,
    TraitKind,
    Tree,
    Unit,
    merge,
)
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
        check_coverage(
            CoverageBook(id="test/book"), snapshot(), on=DAY, as_of=day or datetime(2013, 1, 1, tzinfo=UTC)
        )


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


# ---- units that became others

BEFORE, SINCE = date(2013, 6, 30), date(2013, 7, 1)
MADE = date(2013, 1, 8)


def became(kind, after, *, living=(), before=("a", "b"), **rest):
    """Return an organisation in which units became others on 1 July 2013."""
    names = dict.fromkeys((*before, *after))
    units = [
        Unit(
            id=one,
            kind="community",
            since=SINCE if one not in before else None,
            until=BEFORE if one in before and one not in after else None,
        )
        for one in (*names, *living)
    ]
    change = Change(id="c", kind=kind, on=SINCE, before=before, after=after, **rest)
    return Snapshot.of(units=units, changes=[change])


def about(one, name, on=MADE, **rest):
    """Return a fact about a unit."""
    return Fact(id=name, subject=one, kind="promise", on=on, **rest)


PROMISES = cover(Told(kinds=("promise",)), each="community", bounds=Bounds(at_least=Decimal(2)))
PAID = cover(Told(kinds=("promise",), add="amount"), each="community", bounds=Bounds(above=Decimal(0)))


@pytest.mark.parametrize("points", ["sum", "stay"])
def test_what_was_done_before_a_merger_counts_for_the_heir(points):
    """Two promised once each; the merged one has promised twice, whatever their points do (row 163)."""
    told = [about("a", "1"), about("b", "2")]

    found = outcome(PROMISES, became("merge", ("m",), points=points), facts=told)

    assert (found.base, found.met, found.total) == (1, 1, 2)


def test_before_the_merger_each_stands_for_itself():
    """On the day before the merger the answer is the old one: each promised once, and owes another."""
    told = [about("a", "1"), about("b", "2")]

    found = outcome(PROMISES, became("merge", ("m",)), facts=told, on=BEFORE)

    assert (found.base, found.met, found.total) == (2, 0, 2)


def test_what_is_told_late_of_an_old_unit_is_its_heirs():
    """Who writes the old name in August means what it has become; what was taken back is nobody's."""
    told = [
        about("a", "1", on=date(2013, 8, 1)),
        about("b", "2"),
        about("b", "3"),
        Fact(id="4", subject="b", kind="promise", on=MADE, reverses="3"),
    ]

    assert outcome(PROMISES, became("merge", ("m",)), facts=told).total == 2


def test_a_unit_may_be_named_by_an_attribute():
    """A fact about somebody else that names the old unit counts for its heir as well."""
    told = [about("p", "1", attributes={"unit": "a"}), about("p", "2", attributes={"unit": "b"})]
    check = cover(Told(kinds=("promise",), about="unit"), each="community")

    assert outcome(check, became("merge", ("m",)), facts=told).total == 2


def test_a_split_divides_sums_and_nothing_else():
    """A promise cannot be halved: the first heir has it; of 100 yuan each heir has its share, 70 and 30."""
    world = became("split", ("x", "y"), before=("a",), shares=(Decimal("0.7"), Decimal("0.3")))
    told = [about("a", "1", amount=100)]

    counted, added = outcome(PROMISES, world, facts=told), outcome(PAID, world, facts=told)

    assert [(one.of, one.found) for one in counted.findings] == [("x", 1), ("y", 0)]
    assert (added.met, added.total) == (2, 100)
    most = cover(PAID.measure, each="community", bounds=Bounds(exactly=Decimal(70)))
    assert [(one.of, one.found) for one in outcome(most, world, facts=told).findings] == [("y", 30)]


def test_a_dissolved_unit_leaves_nothing():
    """What a dissolved unit did counts for nobody, and of those that stay nothing is changed."""
    world = became("dissolve", (), living=("z",))

    found = outcome(PROMISES, world, facts=[about("a", "1"), about("z", "2", on=SINCE)])

    assert (found.base, found.total) == (1, 1)


def test_amounts_of_old_units_are_their_heirs():
    """The merged community has both budgets, and its own beside them (row 170); who lives keeps its own."""
    world = became("merge", ("m",), living=("z",))
    check = cover(Amount(of="budget"), each="community", bounds=Bounds(exactly=Decimal("150.5")))

    found = outcome(check, world, amounts={"budget": {"a": 100, "b": "50.5", "z": 7}})
    more = outcome(check, world, amounts={"budget": {"a": 100, "b": "50.5", "m": 1, "z": 7}})

    assert [(one.of, one.found) for one in found.findings] == [("z", 7)]
    assert [(one.of, one.found) for one in more.findings] == [("m", Fraction(303, 2)), ("z", 7)]


def test_a_unit_that_takes_another_in_has_what_both_had():
    """A unit that lives on through a merger keeps its own amount and has that of the other added."""
    world = became("merge", ("a",))
    check = cover(Amount(of="budget"), each="community")

    assert outcome(check, world, amounts={"budget": {"a": 100, "b": 20}}).total == 120
    assert outcome(PROMISES, world, facts=[about("a", "1"), about("b", "2")]).total == 2


def test_an_amount_of_a_split_unit_is_divided_exactly():
    """A third is a third: shares that no decimal holds add up to the whole."""
    world = became("split", ("x", "y", "z"), before=("a",))

    found = outcome(cover(Amount(of="budget"), each="community"), world, amounts={"budget": {"a": 100}})

    assert (found.total, found.mean) == (100, Fraction(100, 3))


# ---- facts that are taken back


def test_a_reversal_of_what_is_not_there_is_refused_on_any_day():
    """All facts are looked at, also those that were recorded after the day of knowledge."""
    told = [about("a", "1"), Fact(id="2", subject="a", kind="promise", on=MADE, reverses="nowhere")]

    with pytest.raises(FactProblems, match="reverses 'nowhere', which is no fact"):
        outcome(PROMISES, became("merge", ("m",)), facts=told)


def test_a_fact_recorded_twice_is_refused_whatever_was_known():
    """An id on two facts is wrong, also where the second was recorded after the day of knowledge."""
    told = [about("a", "1"), about("a", "1", recorded_on=date(2013, 12, 1))]

    with pytest.raises(FactProblems, match="this id stands on more than one fact"):
        outcome(PROMISES, became("merge", ("m",)), facts=told, as_of=DAY)


# ---- rows of a circle


@pytest.mark.parametrize(
    "row",
    [("h",), ("h", 1), ("h", 1, 1, 1, 1), 5, "abc", (7, 1, 1), ("", 1, 1)],
    ids=["id", "two", "five", "number", "text", "no-text-id", "empty-id"],
)
def test_rows_of_another_form_are_refused_by_position(row):
    """A row is a unit, or an id with two degrees and maybe residents; others are told by their position."""
    homes = [("a", Decimal(0), Decimal(0)), row]

    with pytest.raises(CoverageProblems, match=r"^homes, row 2: found .*; allowed is a unit, or \(id, "):
        reach(
            [("P", Decimal(0), Decimal(0))], homes, minutes=15, travel=Walking(metres_per_minute=Decimal(60))
        )


@pytest.mark.parametrize(
    "given",
    [Decimal("1.12345678"), "1.12345678", Decimal("1E-999999999"), Decimal("NaN")],
    ids=["decimal", "text", "tiny", "none"],
)
def test_degrees_have_seven_decimals_however_they_are_given(given):
    """An eighth decimal is a millimetre nobody measured: refused as a number and as a text."""
    travel = Walking(metres_per_minute=Decimal(60))

    with pytest.raises(AmountError, match="homes, h, latitude"):
        reach([("P", Decimal(0), Decimal(0))], [("h", given, Decimal(0))], minutes=15, travel=travel)


def test_seven_decimals_and_noughts_after_them_are_fine():
    """A nought more is no finer: 1.12345670 is 1.1234567, in any context of decimals."""
    travel = Walking(metres_per_minute=Decimal(60))
    place = (Decimal("1.12345670"), Decimal("-179.1234567"))

    with localcontext(Context(prec=3)):
        assert reach([("P", *place)], [("h", *place)], minutes=15, travel=travel).buildings_reached == 1


def two_become_one():
    """Return two communities that became C on 1 July 2013."""
    before = snapshot({"A": "community", "B": "community"})
    return merge(before, ["A", "B"], into=Unit(id="C", kind="community"), on=date(2013, 7, 1))


@pytest.mark.parametrize("about", ["", "of"], ids=["subject", "attribute"])
def test_what_was_told_of_merged_units_is_told_of_their_heir(about):
    """A made one promise and B another before they became C: C has made two this year (row 163, W29)."""
    facts = [
        Fact(id=one, subject=one, kind="promise", on=date(2013, 1, 8), attributes={"of": one}) for one in "AB"
    ]
    check = cover(
        Told(kinds=("promise",), within="year", about=about),
        each="community",
        bounds=Bounds(at_least=Decimal(2)),
    )

    found = outcome(check, two_become_one(), facts=facts)

    assert (found.base, found.met, found.total) == (1, 1, 2)


def test_amounts_of_merged_units_are_those_of_their_heir():
    """5,000 for A and 3,000 for B are 8,000 for C; what is said of C itself stays as it is (row 170)."""
    check = cover(Amount(of="budget"), each="community")
    world = two_become_one()

    parts = outcome(check, world, amounts={"budget": {"A": 5000, "B": 3000}})
    whole = outcome(check, world, amounts={"budget": {"C": 8000}})

    assert parts.total == whole.total == 8000


# ---- who is left out


HALF = ShareBound(at_least=Fraction(1, 2))


def test_who_is_not_met_is_named_where_only_the_whole_can_fall_short():
    """A share explains who is left out, by id, whether or not it holds; beyond the most they are counted."""
    world = snapshot(dict.fromkeys("abcd", "cell"), holders=[("b", "head", "p"), ("d", "head", "q")])
    result = outcome(cover(Holders(role="head"), noun="share", bounds=ONE, share=HALF), world)

    assert explain(result) == (
        "c (c): 2 of 4 (50.0 %)\n  nothing falls short\n  not met, one by one: 2\n    a\n    c"
    )
    assert explain(result, most=1, lang="zh").endswith("未达标的逐一列出：2\n    a\n    ……另有 1 条")


def test_whom_a_finding_names_is_not_named_again():
    """Of a cover every gap is a finding; of a mean nobody alone is at fault: no list stands beside them."""
    world = snapshot({"a": "cell", "b": "cell"}, holders=[("b", "head", "p")])

    each = explain(outcome(cover(Holders(role="head"), bounds=ONE), world))
    mean = explain(outcome(cover(Holders(role="head"), noun="quota", of="mean", bounds=ONE), world))

    assert "not met" not in each
    assert "not met" not in mean


def circle_of(**options):
    """Return a circle of 15 minutes at 60 m a minute around stations."""
    return ReachCheck(
        id="r",
        points=("station",),
        homes=("home",),
        minutes=Decimal(15),
        metres_per_minute=Decimal(60),
        **options,
    )


def test_a_circle_counts_homes_without_a_place_everywhere_alike():
    """Five live nobody knows where: they are in every denominator, and are told as out of reach (row 141)."""
    here = Place(latitude=Decimal(0), longitude=Decimal(0))
    away = Place(latitude=Decimal("0.01"), longitude=Decimal(0))
    world = Snapshot.of(
        units=[
            Unit(id="P", kind="station", place=here),
            Unit(id="a", kind="home", place=here, size=Decimal(10)),
            Unit(id="b", kind="home", place=away, size=Decimal(1)),
            Unit(id="c", kind="home", size=Decimal(5)),
            Unit(id="d", kind="home", place=away),
        ]
    )

    result = outcome(circle_of(), world)

    assert result.share == Fraction(10, 16)
    assert (result.reach.buildings, result.reach.residents, result.reach.unknown_residents) == (4, 16, 1)
    assert [one.home for one in result.reach.unreached] == ["b", "d", "c"]
    told = explain(result)
    assert "within 15 minutes: 1 of 4 buildings, 10 of 16 residents" in told
    assert "d: nobody has said how many live there" in told
    # c and d are named by findings; of b nothing else is told.
    assert told.endswith(
        "not met, one by one: 1\n    b: the nearest is P, 18.6 minutes away (1112 m in a straight line)"
    )
    assert explain(result.reach).endswith("c: no way to any service point is known")
    assert pickle.loads(pickle.dumps(result.reach)).unreached == result.reach.unreached


def test_nothing_of_all_is_told_as_nought():
    """Where no station has a place nobody is reached: 0 %, not 0/1 (row 141)."""
    world = Snapshot.of(
        units=[
            Unit(id="P", kind="station"),
            Unit(
                id="a", kind="home", place=Place(latitude=Decimal(0), longitude=Decimal(0)), size=Decimal(2)
            ),
        ]
    )

    told = explain(outcome(circle_of(), world))

    assert "as a whole 0 %, wanted is at least 100 % (-100 %)" in told
    assert told.endswith("a: no way to any service point is known")
