"""Circles of reach as checks of an organisation: what is not known is told, and is not taken for reached."""

from decimal import Decimal
from fractions import Fraction

from serviceorg.coverage import (
    FACT_KINDS,
    Bounds,
    CoverageBook,
    ReachCheck,
    ShareBound,
    Size,
    check_coverage,
    explain,
)
from serviceorg.model import Place, Snapshot, Trait, Unit
from tests.coverage_checks.worlds import DAY, cover, found, outcome, snapshot

EVERYBODY = ShareBound(at_least=Fraction(1))


def circle(**options):
    """Return a check of 15 minutes at 60 m a minute."""
    return ReachCheck(
        id="r",
        points=("station",),
        homes=("home",),
        minutes=Decimal(15),
        metres_per_minute=Decimal(60),
        **options,
    )


def unit(name, kind, latitude=None, size=None):
    """Return a unit on the first meridian, or without a place."""
    place = None if latitude is None else Place(latitude, "0")
    return Unit(id=name, kind=kind, place=place, size=None if size is None else Decimal(size))


def test_a_home_without_a_place_is_not_reached():
    """Of 4 residents 3 are known to be reached; homes and points without a place are told (row 141)."""
    world = Snapshot.of(
        units=[
            unit("P", "station", "0"),
            unit("Q", "station"),
            unit("a", "home", "0", 3),
            unit("b", "home", size=1),
        ]
    )

    result = outcome(circle(), world)

    assert (result.base, result.met, result.share, result.unmet) == (2, 1, Fraction(3, 4), ("b",))
    assert found(result) == [("", "share-at_least"), ("Q", "no-place"), ("b", "no-place")]


def test_residents_nobody_told_are_told():
    """A home without a number of residents is in no share of residents; that it is missing is told."""
    world = Snapshot.of(units=[unit("P", "station", "0"), unit("a", "home", "0")])

    result = outcome(circle(), world)

    assert (result.share, found(result), result.holds) == (None, [("a", "untold")], False)


def test_buildings_count_one_each():
    """A circle may be of buildings: one of two, whoever lives in them (domain 3.6)."""
    world = Snapshot.of(
        units=[unit("P", "station", "0"), unit("a", "home", "0"), unit("b", "home", "1", 100)]
    )

    result = outcome(circle(share_of="buildings"), world)

    assert result.share == Fraction(1, 2)


def test_exempt_homes_leave_the_circle():
    """A home that is exempt, because nobody lives there any more, is in neither number (trap 26)."""
    world = Snapshot.of(
        units=[unit("P", "station", "0"), unit("a", "home", "0", 1), unit("b", "home", "1", 1)],
        traits=[Trait(of="b", name="status", value="cleared")],
    )

    result = outcome(circle(exempt={"status": ("cleared",)}), world)

    assert (result.base, result.exempt, result.share, result.holds) == (1, 1, Fraction(1), True)


def test_a_circle_explains_itself():
    """A circle tells the share, what it is of, the points and the gaps, in both languages."""
    world = Snapshot.of(
        units=[unit("P", "station", "0"), unit("a", "home", "0", 2), unit("b", "home", "0.01", 1)]
    )

    result = outcome(circle(source="report of 2018"), world)

    # 2/3 is cut to 66.6 %, never rounded up.
    assert explain(result) == (
        "r (r): 66.6 % of the residents (source: report of 2018)\n"
        "  exactly 2/3 = 200/3 ≈ 66.67 %, shown as 66.6 %\n"
        "  within 15 minutes: 1 of 2 buildings, 2 of 3 residents\n"
        "    P: buildings within reach: 1; nearest to: 1, residents there: 2\n"
        "  as a whole 2/3 = 200/3 ≈ 66.67 %, wanted is at least 100 % (-100/3 ≈ -33.33 %)\n"
        "  not met, one by one: 1\n"
        "    b: the nearest is P, 18.6 minutes away (1112 m in a straight line)"
    )
    assert explain(result, lang="zh").startswith("r（r）：按居民计 66.6 %（来源：report of 2018）\n")


def test_what_is_not_known_is_told_of_shares_and_means_too():
    """Where one unit has no figure, that is told: a share counts it as not met, and there is no mean."""
    world = snapshot({"a": "cell", "b": "cell"}, sizes={"a": Decimal(2)})
    least = Bounds(at_least=Decimal(1))

    share = outcome(cover(Size(), noun="share", bounds=least, share=EVERYBODY), world)
    mean = outcome(cover(Size(), noun="quota", bounds=least, of="mean"), world)

    assert found(share) == [("", "share-at_least"), ("b", "untold")]
    assert (mean.mean, found(mean)) == (None, [("b", "untold")])


def test_facts_of_a_report_have_the_kinds_it_declares():
    """Every fact of a report carries exactly the attributes of its kind."""
    world = Snapshot.of(
        units=[unit("P", "station", "0"), unit("a", "home", "1", 1), unit("b", "home", size=1)]
    )
    report = check_coverage(CoverageBook(id="test/book", checks=(circle(),)), world, on=DAY)

    facts = list(report.facts(subject="city"))

    assert {fact.kind for fact in facts} == set(FACT_KINDS)
    for fact in facts:
        assert set(fact.attributes) == set(FACT_KINDS[fact.kind].fields)
        assert (fact.amount is not None) == FACT_KINDS[fact.kind].amount
