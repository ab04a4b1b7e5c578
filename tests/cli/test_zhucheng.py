import random
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import attrs
import pytest

from serviceorg.cli.demo.zhucheng.circle import POINTS, homes, service_points
from serviceorg.cli.demo.zhucheng.files import write_city
from serviceorg.cli.demo.zhucheng.flaws import FLAWS
from serviceorg.cli.demo.zhucheng.land import ORDINARY
from serviceorg.cli.demo.zhucheng.quarter import zhucheng
from serviceorg.cli.demo.zhucheng.sizes import CELL, COMMUNITIES, HOUSEHOLDS, LINKERS, MERGED, Sizes
from serviceorg.cli.demo.zhucheng.visits import KIND, QUESTIONS
from serviceorg.loading import fact_kinds_from_text
from serviceorg.loading.records import read_facts
from serviceorg.loading.snapshots.files import read_snapshot
from serviceorg.loading.snapshots.writing import write_snapshot
from serviceorg.loading.structure_files import structure_from_text
from serviceorg.model.integrity import check_snapshot
from serviceorg.plugins.discovery import bundled_schemes

SCHEME = bundled_schemes() / "zhucheng"
SHARE = 0.02
BEFORE, AFTER = MERGED - timedelta(1), date(2024, 9, 30)


@pytest.fixture(scope="module")
def city():
    """Give a fiftieth of the invented city with its visits."""
    return zhucheng(share=SHARE)


@pytest.fixture(scope="module")
def structure():
    """Give the bundled structure."""
    return structure_from_text((SCHEME / "structure.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def snapshot(city, structure):
    """Give the snapshot of it."""
    return city.snapshot(structure)


@pytest.fixture(scope="module")
def whole():
    """Give the city of the published size, without visits."""
    return zhucheng(with_visits=False)


def test_the_published_sizes_are_the_default(whole):
    """235 communities, 320,000 households and 14,000 linkers, each with a small grid (rows 90, 97 and 98)."""
    kinds = Counter(unit.kind for unit in whole.units if unit.since != MERGED)

    assert (COMMUNITIES, HOUSEHOLDS, LINKERS) == (235, 320_000, 14_000)
    assert (kinds["community"], kinds["household"], kinds["small-grid"]) == (235, 320_000, 14_000)


def test_a_cell_has_about_thirty_households(whole):
    """Between 20 and 40 households lie in each cell, 30 in the mean to the nearest whole (row 90)."""
    sizes = [
        len(households) for one in whole.world.land for village in one.cells for _, households in village
    ]

    assert (sum(sizes), min(sizes) >= 20, max(sizes) <= 40) == (320_000, True, True)
    assert round(Fraction(sum(sizes), len(sizes))) == CELL


def test_a_linker_has_as_many_as_the_origin_says(whole):
    """About 30 and about 10 in the mean, exactly 8, by origin; 22.9 of all (rows 94 to 96, M15)."""
    sizes: dict[str, list[int]] = {origin: [] for origin in ("town", "city-agency", "leader")}
    for grid in whole.world.grids:
        sizes[grid.origin].append(len(grid.households))

    assert round(Fraction(sum(sizes["town"]), len(sizes["town"]))) == 30
    assert round(Fraction(sum(sizes["city-agency"]), len(sizes["city-agency"]))) == 10
    assert set(sizes["leader"]) == {8}
    assert round(Fraction(sum(map(sum, sizes.values())), sum(map(len, sizes.values()))), 1) == Fraction(
        229, 10
    )


def test_leaders_have_poor_households_and_old_members_only(whole):
    """Whoever is linked with a city leader is poor or an old member (row 96)."""
    care = {household: one for community in whole.world.land for household, one in community.care.items()}

    linked = {care[one] for grid in whole.world.grids if grid.origin == "leader" for one in grid.households}

    assert ORDINARY not in linked


def test_everybody_is_linked_once(city):
    """Every household is in exactly one small grid and in exactly one cell (row 97)."""
    everybody = sorted(unit.id for unit in city.units if unit.kind == "household")

    linked = sorted(one for grid in city.world.grids for one in grid.households)
    placed = sorted(
        one
        for community in city.world.land
        for village in community.cells
        for _, households in village
        for one in households
    )

    assert linked == placed == everybody


def test_the_same_seed_gives_the_same_city(city):
    """The seed decides everything, and another one gives another city."""
    again, other = zhucheng(share=SHARE), zhucheng(7, share=SHARE)

    assert (again.units, again.traits, again.facts) == (city.units, city.traits, city.facts)
    assert (other.traits, other.facts) != (city.traits, city.facts)


@pytest.mark.parametrize("share", [0.0001, 0.01, 0.3])
def test_a_share_keeps_the_proportions(share):
    """However small the share, there are two communities, a leader, and 22 or 23 households a linker."""
    sizes = Sizes.of(share)

    assert sizes.communities >= 2
    assert min(sizes.linkers.values()) >= 1
    assert 22 <= Fraction(sizes.households, sum(sizes.linkers.values())) < Fraction(47, 2)


def test_two_communities_of_one_town_become_one(snapshot):
    """On the eve of the merger there are two, on the day one, with the villages of both (row 118)."""
    (change,) = snapshot.changes
    (new,) = change.after

    assert [snapshot.is_there(one, BEFORE) for one in (*change.before, new)] == [True, True, False]
    assert [snapshot.is_there(one, MERGED) for one in (*change.before, new)] == [False, False, True]
    before, after = snapshot.tree("grid", on=BEFORE), snapshot.tree("grid", on=MERGED)
    villages = [one for old in change.before for one in before.children(old)]
    assert sorted(after.children(new)) == sorted(villages)


def test_visits_are_made_by_who_is_linked_that_day(city, snapshot):
    """The subject of a visit holds the household's small grid on the day of the visit."""
    tree = snapshot.tree("links", on=date(2024, 7, 1))
    visits = [fact for fact in city.facts if fact.attributes]

    strangers = [
        fact.id
        for fact in visits
        if not any(
            bond.person == fact.subject
            for bond in snapshot.holders(tree.parent(str(fact.attributes["household"])), "linker", on=fact.on)
        )
    ]

    assert len(visits) > 5_000
    assert strangers == []


def test_a_visit_says_which_household_and_what_was_asked(city):
    """Nearly every visit has the five answers, a few lack one, none lacks two (row 103)."""
    answered = Counter(
        len(fact.attributes) - 1 for fact in city.facts if fact.kind == KIND and fact.reverses is None
    )

    assert set(answered) == {4, 5}
    assert len(QUESTIONS) == 5
    assert answered[4] * 50 < answered[5]


def test_a_class_that_changes_holds_every_day(city, snapshot):
    """A household has a class on each day of the quarter until it leaves, also when the class changes."""
    turned = list(city.world.turns.reclassed.items())

    assert turned
    for household, (since, new) in turned:
        assert snapshot.trait(household, "care", on=since) == new
        assert snapshot.trait(household, "care", on=since - timedelta(1)) not in (new, "")


def test_the_circle_has_the_published_points():
    """There are 57 service points, and each home has somebody living in it (row 141)."""
    points, found = list(service_points(random.Random(1))), list(homes(random.Random(1), 500))

    assert len(points) == POINTS == 57
    assert len({(one.latitude, one.longitude) for one in points}) == 57
    assert all(one.residents and one.residents > 0 for one in found)


def test_the_city_fits_together(city, structure):
    """Nothing is wrong with the invented city by its own structure."""
    assert check_snapshot(city.snapshot(structure)) == ()


@pytest.mark.parametrize("seed", [1, 7, 99])
def test_a_city_of_any_seed_fits_together(seed, structure):
    """Whatever is drawn, nothing in the city is broken: its structure's rules hold on every day."""
    small = zhucheng(seed, share=0.01, with_visits=False)

    assert check_snapshot(small.snapshot(structure)) == ()


def test_flaws_on_request_are_all_found(structure):
    """Each broken record that was put in on request is found, and nothing else."""
    flawed = zhucheng(share=SHARE, with_visits=False, with_flaws=True)

    found = check_snapshot(flawed.snapshot(structure))

    assert len(found) == FLAWS
    assert sorted(problem.code for problem in found) == [
        "backwards",
        "double-placement",
        "too-few",
        "unknown-owner",
        "unknown-unit",
        "unknown-value",
    ]


def test_the_files_are_those_the_library_writes(city, structure, tmp_path):
    """The demo's own quick writer writes the same bytes as ``write_snapshot``."""
    folder, _ = write_city(city, tmp_path / "city")

    write_snapshot(city.snapshot(structure), tmp_path / "again", names="none")

    for file in sorted((tmp_path / "again").iterdir()):
        assert (folder / file.name).read_bytes() == file.read_bytes()


def test_the_files_are_read_as_they_were_written(city, structure, tmp_path):
    """Snapshot and visits come back from their files as they were invented."""
    folder, visits = write_city(city, tmp_path)
    kinds = fact_kinds_from_text((SCHEME / "facts.toml").read_text("utf-8"))

    own = attrs.evolve(structure, origin=str(folder / "structure.toml"))
    assert read_snapshot(folder) == city.snapshot(own)
    assert list(read_facts(visits, kinds)) == city.facts
