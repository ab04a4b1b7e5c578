"""The structures of the six places say what their reports say."""

from datetime import date

import attrs
import pytest

from serviceorg.model.integrity import check_snapshot
from tests.snapshots.worlds import WORLDS, structure_of

DAY = date(2015, 6, 1)


@pytest.mark.parametrize("place", sorted(WORLDS))
def test_a_small_organisation_of_the_place_is_whole(place):
    """Units of every sort, placed and staffed as the structure says, have no problem on any day."""
    snapshot = WORLDS[place]()

    assert check_snapshot(snapshot) == ()
    assert {unit.kind for unit in snapshot.units.values()} == set(snapshot.structure.kinds)


@pytest.mark.parametrize("place", sorted(WORLDS))
def test_every_word_has_both_languages_and_the_whole_is_marked(place):
    """All titles are bilingual; the whole is marked as illustrative, with source and rows."""
    structure = structure_of(place)
    words = [
        structure,
        *structure.trees.values(),
        *structure.kinds.values(),
        *structure.roles.values(),
        *structure.affiliations.values(),
        *structure.traits.values(),
        *structure.categories,
        *structure.catalogues.values(),
    ]

    assert all(word.title.zh and word.title.en for word in words)
    assert structure.illustrative
    assert structure.source
    assert structure.rows
    assert structure.id == f"{place}/structure"


def test_erqi_lays_four_levels_over_three():
    """Rows 12 and 13, W30: one cell lies in the grid and in the party network, with its branch."""
    snapshot = WORLDS["erqi"]()

    grid, party = (snapshot.tree(name, on=date(2013, 6, 1)) for name in ("grid", "party"))

    assert list(grid.chain("g6")) == ["g6", "c", "t"]
    assert list(party.chain("b")) == ["b", "g6", "s", "c", "t", "d"]
    assert snapshot.structure.trees["grid"].levels == ("town", "community", "cell")


def test_erqi_stations_have_five_windows():
    """Row 9: party affairs, relief, mediation, family planning and social insurance, every one of them."""
    windows = structure_of("erqi").catalogues["station-windows"]

    assert [windows.items[name].zh for name in windows.mandatory] == [
        "党务办理",
        "低保救助",
        "纠纷调解",
        "计生服务",
        "社保办理",
    ]


def test_erqi_secondment_and_residence_stand_beside_the_home_unit():
    """Rows 14 and 27: a cadre's home is an agency and not the cell; a member is registered at two places."""
    snapshot = WORLDS["erqi"]()

    cadre = {bond.affiliation: bond.unit for bond in snapshot.bonds("cadre", on=date(2013, 6, 1))}
    neighbour = {bond.affiliation: bond.unit for bond in snapshot.bonds("neighbour", on=date(2013, 6, 1))}

    assert cadre == {"home": "a", "secondment": "g6"}
    assert neighbour == {"home": "b", "residence": "c"}
    assert structure_of("erqi").traits["origin"].one_of == (
        "organisation-department",
        "district-agency",
        "town",
    )


def test_erqi_branches_on_projects_are_temporary():
    """Row 26: a branch on a project says when it ends, and is gone on the day after."""
    snapshot = WORLDS["erqi"]()

    assert structure_of("erqi").kinds["temporary-branch"].temporary
    assert "tb1" in snapshot.tree("party", on=date(2013, 12, 31))
    assert "tb1" not in snapshot.tree("party", on=date(2014, 1, 1))


def test_erqi_categories_are_those_of_the_vanguard_members():
    """Row 45: five domains, in the ids that erqi/vanguard-member asks for."""
    assert [rule.id for rule in structure_of("erqi").categories] == [
        "rural",
        "community",
        "agency",
        "non-public",
        "institution",
    ]


def test_zunyi_has_four_levels_of_service_and_five_down_to_the_household():
    """Rows 80 and 86: county, township, village, area; and county, township, village, group, household."""
    trees = structure_of("zunyi").trees

    assert len(trees["service"].levels) == 4
    assert len(trees["platform"].levels) == 5


def test_a_linking_household_serves_across_townships():
    """Rows 85 and 87: its households lie in two townships, and in the tree of links under it alone."""
    snapshot = WORLDS["zunyi"]()

    admin, links = (snapshot.tree(name, on=DAY) for name in ("admin", "links"))

    assert [admin.covers("t1", home) for home in ("h1", "h2")] == [True, False]
    assert links.covers("l1", "h1")
    assert links.covers("l1", "h2")
    assert len(structure_of("zunyi").traits["background"].one_of) == 4


def test_zhucheng_has_one_head_for_each_cell_and_one_linker_for_each_small_grid():
    """Rows 90, 91 and 98: three levels, exactly one head of a cell, exactly one linker of a small grid."""
    structure = structure_of("zhucheng")

    assert structure.trees["grid"].levels == ("community", "village", "cell", "household")
    assert [(role.least, role.most) for role in map(structure.roles.get, ("grid-head", "linker"))] == [
        (1, 1),
        (1, 1),
    ]


def test_zhucheng_linkers_come_from_three_sides_and_households_are_of_two_classes():
    """Rows 94 to 96 and 99, 100: towns, city agencies, leaders; ordinary and poor households."""
    snapshot = WORLDS["zhucheng"]()

    found = {name: snapshot.category(name, on=DAY) for name in ("town-linker", "agency-linker", "leader")}

    assert found == {"town-linker": "town", "agency-linker": "city-agency", "leader": "leader"}
    assert snapshot.structure.traits["care"].one_of == ("ordinary", "poor")
    assert snapshot.trait("h3", "priority", on=DAY) == "old-member"


def test_what_a_linker_cannot_solve_goes_to_the_unit_above():
    """Row 104: above the small grid lies the linker's own unit, and above that the city."""
    links = WORLDS["zhucheng"]().tree("links", on=DAY)

    assert list(links.chain("h2")) == ["h2", "s2", "a", "city"]


def test_pingxiang_areas_branches_and_link_areas_lie_below_one_another():
    """Row 107: township, area, branch, link area, and in it households and projects."""
    links = WORLDS["pingxiang"]().tree("links", on=DAY)

    assert list(links.chain("p")) == ["p", "l", "b", "a", "t"]


def test_pingxiang_departments_became_a_community_centre():
    """Row 113: the street's departments end, and the centre of the community is what they have become."""
    snapshot = WORLDS["pingxiang"]()

    assert snapshot.heirs("civil-affairs", on=DAY) == ("cc",)
    assert "cc" in snapshot.tree("service", on=DAY)


def test_qinling_communities_merge_and_a_branch_moves_under_the_new_one():
    """Rows 118 to 120, 129: the heir of both communities, a branch moved down, one first secretary."""
    snapshot = WORLDS["qinling"]()

    assert snapshot.ancestors_in_time("c", on=DAY) == ("c", "c1", "c2")
    assert snapshot.parent("f", tree="party", on=date(2015, 2, 28)) == "st"
    assert snapshot.parent("f", tree="party", on=date(2015, 3, 1)) == "c"
    assert [bond.person for bond in snapshot.holders("c", "first-secretary", on=DAY)] == ["first"]
    assert snapshot.structure.roles["dispute-officer"].least == 1


def test_gaomi_centres_offer_seven_services_and_more():
    """Row 146: seven are mandatory, and an offer that is not listed is allowed."""
    catalogue = structure_of("gaomi").catalogues["seven-plus-x"]

    assert len(catalogue.mandatory) == 7
    assert catalogue.open


@pytest.mark.parametrize(
    ("name", "number"),
    [("counters", 6), ("teams", 6), ("six-uniform", 6), ("eight-systems", 8), ("service-items", 48)],
)
def test_gaomi_catalogues_have_as_many_items_as_are_printed(name, number):
    """Rows 145, 147, 148, 149 and 155: six counters, teams and uniform things, eight systems, 48 items."""
    assert len(structure_of("gaomi").catalogues[name].items) == number


def test_gaomi_counters_are_those_of_the_workflow():
    """Row 148: the six counters have the ids that gaomi/service writes down for a matter."""
    counters = structure_of("gaomi").catalogues["counters"]

    assert set(counters.items) == {"reception", "members", "region", "groups", "volunteers", "general"}


def test_gaomi_centres_have_two_full_time_staff():
    """Row 148: at least two; with one of them gone the snapshot is not whole."""
    whole = WORLDS["gaomi"]()
    bonds = [bond for bond in whole.memberships if bond.person != "two"]

    found = check_snapshot(attrs.evolve(whole, memberships=tuple(bonds)))

    assert [(problem.code, problem.where) for problem in found] == [("too-few", "unit 'centre'")]
