"""Laws of coverage that hold in every organisation."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from serviceorg.coverage import Bounds, CoverageBook, Holders, UnitCount, check_coverage
from serviceorg.model import Membership, Placement, Snapshot, Unit
from tests.coverage_checks.worlds import DAY, cover, number

UNITS = tuple(f"u{n}" for n in range(8))
PEOPLE = ("p", "q", "r")
POSTS = st.lists(st.tuples(st.sampled_from(UNITS), st.sampled_from(PEOPLE)), max_size=12)
#: A forest: each unit hangs under one before it, or at the top.
ABOVE = st.lists(st.integers(0, 7), min_size=8, max_size=8)
KINDS = st.lists(st.sampled_from(["cell", "home"]), min_size=8, max_size=8)


def organisation(kinds, above, posts):
    """Return units of two kinds in a tree, and who is linker where."""
    parents = {
        unit: "" if place >= number_ else f"u{place}"
        for number_, (unit, place) in enumerate(zip(UNITS, above, strict=True))
    }
    return Snapshot.of(
        units=[Unit(id=unit, kind=kind) for unit, kind in zip(UNITS, kinds, strict=True)],
        placements=[Placement(tree="t", unit=unit, parent=parent) for unit, parent in parents.items()],
        memberships=[Membership(person=person, unit=unit, role="linker") for unit, person in posts],
    )


def book(*bounds):
    """Return one check of each sort for each bounds."""
    checks = []
    for position, one in enumerate(bounds):
        checks += [
            cover(
                Holders(role="linker", through="above"),
                each="home",
                tree="t",
                bounds=one,
                id=f"above{position}",
            ),
            cover(
                Holders(role="linker", through="below"),
                each="cell",
                tree="t",
                bounds=one,
                id=f"below{position}",
            ),
            cover(UnitCount(kinds=("home",)), each="cell", tree="t", bounds=one, id=f"units{position}"),
            cover(
                UnitCount(kinds=("home",)),
                each="person",
                role="linker",
                tree="t",
                bounds=one,
                id=f"person{position}",
            ),
        ]
    return CoverageBook(id="test/laws", checks=tuple(checks))


LEAST = book(Bounds(at_least=number(1)), Bounds(at_least=number(2)))
SOFT = book(Bounds(about=number(2), tolerance=Fraction(1, 2)))


@settings(max_examples=120, deadline=None)
@given(KINDS, ABOVE, POSTS)
def test_counts_are_those_of_the_definition(kinds, above, posts):
    """Linkers above and below, homes below and homes of a person are what each way up finds."""
    world = organisation(kinds, above, posts)
    tree = world.tree("t", on=DAY)
    ways = {unit: list(tree.chain(unit)) for unit in UNITS}
    homes = [unit for unit, kind in zip(UNITS, kinds, strict=True) if kind == "home"]
    cells = [unit for unit in UNITS if unit not in homes]

    report = check_coverage(LEAST, world, on=DAY)

    assert report["above0"].total == sum(
        len({who for unit, who in posts if unit in ways[home]}) for home in homes
    )
    assert report["below0"].total == sum(
        len({who for unit, who in posts if cell in ways[unit]}) for cell in cells
    )
    assert report["units0"].total == sum(cell in ways[home] for home in homes for cell in cells)
    assert report["person0"].total == sum(
        len({home for home in homes if any(unit in ways[home] for unit, one in posts if one == who)})
        for who in {who for _, who in posts}
    )


@settings(max_examples=80, deadline=None)
@given(KINDS, ABOVE, POSTS)
def test_shares_are_parts_and_add_up(kinds, above, posts):
    """A share lies between 0 and 1, met and unmet make the base, and nobody is in the base twice."""
    report = check_coverage(LEAST, organisation(kinds, above, posts), on=DAY)

    for outcome in report.checks.values():
        assert outcome.met + len(outcome.unmet) == outcome.base
        assert len(set(outcome.unmet)) == len(outcome.unmet)
        assert (outcome.share is None) == (outcome.base == 0)
        assert 0 <= (outcome.share or 0) <= 1


@settings(max_examples=80, deadline=None)
@given(KINDS, ABOVE, POSTS, st.tuples(st.sampled_from(UNITS), st.sampled_from(PEOPLE)))
def test_one_more_holder_never_lowers_at_least(kinds, above, posts, more):
    """Whoever had enough has enough when somebody else takes a post."""
    before = check_coverage(LEAST, organisation(kinds, above, posts), on=DAY)
    after = check_coverage(LEAST, organisation(kinds, above, [*posts, more]), on=DAY)

    for check in ("above0", "above1", "below0", "below1"):
        assert set(after[check].unmet) <= set(before[check].unmet)


@settings(max_examples=60, deadline=None)
@given(KINDS, ABOVE, POSTS)
def test_soft_bounds_never_make_faults(kinds, above, posts):
    """What is about so many is told and is never a fault."""
    report = check_coverage(SOFT, organisation(kinds, above, posts), on=DAY)

    assert report.hard == ()
    assert all(outcome.holds in (True, None) for outcome in report.checks.values())


@settings(max_examples=60, deadline=None)
@given(KINDS, ABOVE, POSTS, st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(kinds, above, posts, order):
    """The same records in another order give the same report."""
    world = organisation(kinds, above, posts)
    mixed = {
        name: order.sample(records, len(records))
        for name, records in (
            ("units", list(world.units.values())),
            ("placements", list(world.placements)),
            ("memberships", list(world.memberships)),
        )
    }

    other = check_coverage(LEAST, Snapshot.of(**mixed), on=DAY)

    assert other == check_coverage(LEAST, world, on=DAY)
