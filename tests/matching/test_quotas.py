"""Households and linkers by quotas and classes: worked by hand from the printed numbers."""

from datetime import date
from fractions import Fraction

import pytest

from serviceorg.errors import MatchingProblems, NotInForceError, UnknownIdError
from serviceorg.matching import Condition, Need, Offer, Pair, Priority, Quota, Rank, assign
from serviceorg.matching.rules import MatchRules
from serviceorg.model.units import Units
from tests.matching.matched import AREA, LEADERS, ON, POOR, TOWN, ranked

BOTH = pytest.mark.parametrize("solver", ["greedy", "optimal"])
THIRTY = Quota(id="town", offers={"class": ("town",)}, about=30)
EIGHT = Quota(id="leader", offers={"class": ("leader",)}, least=8, most=8, first=("poor",))


def homes(count, area="c1", **attributes):
    """Return so many households of one area."""
    return [Need(id=f"{area}-{number:04d}", area=area, attributes=attributes) for number in range(count)]


def linkers(count, class_="town", area="c1"):
    """Return so many linkers of one class."""
    return [
        Offer(id=f"{class_}-{area}-{number:03d}", area=area, attributes={"class": class_})
        for number in range(count)
    ]


@BOTH
def test_about_thirty_bears_twenty_two_point_nine(solver):
    """320,000 households for 14,000 linkers: all linked once, 22 or 23 each, told as short (trap 43, M15)."""
    rules = ranked("met", "deviation", conditions=(AREA,), quotas=(THIRTY,))

    found = assign(homes(320), linkers(14), rules, on=ON, solver=solver)

    (deviation,) = found.deviations()
    assert found.unmet == ()
    assert deviation.mean == Fraction(160, 7)
    assert (deviation.fewest, deviation.largest, deviation.short, deviation.beyond) == (22, 23, 14, 0)


@BOTH
def test_exactly_eight_is_never_nine(solver):
    """A leader takes eight; the ninth household waits, and is told (row 96)."""
    rules = ranked("met", "priority", "deviation", "first", priorities=(POOR,), quotas=(EIGHT,))

    found = assign(homes(9), linkers(1, "leader"), rules, on=ON, solver=solver)

    assert found.loads["leader-c1-000"] == 8
    assert len(found.unmet) == 1


@BOTH
def test_a_leaders_eight_are_the_poor(solver):
    """Six poor households among twenty go to the leader, whose other two places are filled (row 96)."""
    needs = [*homes(14), *homes(6, "p1", care="poor")]
    rules = ranked(
        "met", "priority", "least", "deviation", "first", priorities=(POOR,), quotas=(EIGHT, THIRTY)
    )

    found = assign(needs, [*linkers(1, "leader"), *linkers(1)], rules, on=ON, solver=solver)

    mine = found.needs_of("leader-c1-000")
    assert sum(need.startswith("p1") for need in mine) == 6
    assert len(mine) == 8


@BOTH
def test_quotas_of_three_two_and_one_are_filled_before_anyone_has_more(solver):
    """Six targets for three, two, one leave nobody short; the seventh is beyond (row 136)."""
    quotas = tuple(
        Quota(id=name, offers={"class": (name,)}, least=least)
        for name, least in (("team", 3), ("secretary", 2), ("member", 1))
    )
    rules = ranked("met", "least", "even", quotas=quotas)
    offers = [offer for name in ("team", "secretary", "member") for offer in linkers(1, name)]

    six = assign(homes(6), offers, rules, on=ON, solver=solver)
    five = assign(homes(5), offers, rules, on=ON, solver=solver)

    assert dict(six.loads) == {"member-c1-000": 1, "secretary-c1-000": 2, "team-c1-000": 3}
    assert dict(six.aims)["least"] == 0
    # The one that is short is short of three: 1 / 3 is less than 1 / 2 or 1.
    assert dict(five.aims)["least"] == Fraction(1, 3)


@BOTH
def test_who_arranges_themselves_gets_nothing_from_above(solver):
    """A central assignment leaves the offers of a quota arranged by itself alone (rows 94, 95)."""
    self_arranged = Quota(id="town", offers={"class": ("town",)}, about=30, arrange="self")
    central = Quota(id="agency", offers={"class": ("agency",)}, about=10)
    rules = ranked("met", "deviation", quotas=(self_arranged, central))
    needs, offers = homes(12), [*linkers(1), *linkers(1, "agency")]
    fixed = [(needs[0].id, "town-c1-000")]

    found = assign(needs, offers, rules, on=ON, arrange="central", fixed=fixed, solver=solver)

    assert dict(found.loads) == {"agency-c1-000": 11, "town-c1-000": 1}


@BOTH
def test_a_household_is_linked_within_its_own_area(solver):
    """An area covers what lies below it in the tree, and nothing beside it (row 98)."""
    areas = Units({"city": "", "c1": "city", "g1": "c1", "c2": "city"})
    needs = [Need(id="in", area="g1"), Need(id="out", area="c2")]
    rules = ranked("met", conditions=(AREA,))

    found = assign(needs, linkers(1), rules, on=ON, areas=areas, solver=solver)

    assert (found.offer_of("in"), found.offer_of("out")) == ("town-c1-000", "")


@BOTH
def test_the_same_area_alone_is_told_by_reach(solver):
    """With reach "same" a linker of the community does not serve the cell below it."""
    areas = Units({"c1": "", "g1": "c1"})
    rules = ranked("met", conditions=(Condition(id="a", what="area", reach="same"),))

    found = assign([Need(id="in", area="g1")], linkers(1), rules, on=ON, areas=areas, solver=solver)

    assert found.unmet == ("in",)


@BOTH
def test_pairs_of_last_year_are_kept_where_all_else_is_equal(solver):
    """Four households, two linkers: each keeps the one of last year."""
    needs, offers = homes(4), linkers(2)
    before = [(need.id, offers[number % 2].id) for number, need in enumerate(needs)]
    rules = ranked("met", "deviation", "continuity", quotas=(THIRTY,))

    found = assign(needs, offers, rules, on=ON, before=before, solver=solver)

    assert [(pair.need, pair.offer) for pair in found.pairs] == before


@BOTH
def test_pairs_of_last_year_come_before_numbers_if_the_ranks_say_so(solver):
    """With continuity before deviation one linker keeps all four, and the new one has none."""
    needs, offers = homes(4), linkers(2)
    before = [(need.id, offers[0].id) for need in needs]
    rules = ranked("met", "continuity", "deviation", quotas=(THIRTY,))

    found = assign(needs, offers, rules, on=ON, before=before, solver=solver)

    assert found.loads[offers[0].id] == 4
    assert found.idle == (offers[1].id,)


@BOTH
def test_the_nearest_goes_where_a_distance_is_given(solver):
    """A function of whole metres decides between offers that are equal in quota."""
    far = {("c1-0000", "town-c1-000"): 900, ("c1-0000", "town-c1-001"): 300}
    rules = ranked("met", "distance")

    found = assign(homes(1), linkers(2), rules, on=ON, distance=lambda n, o: far[n.id, o.id], solver=solver)

    assert found.offer_of("c1-0000") == "town-c1-001"
    assert dict(found.aims)["distance"] == 300


@pytest.mark.parametrize("metres", [2.5, -1, True], ids=["float", "negative", "flag"])
def test_a_distance_that_is_no_whole_number_is_refused(metres):
    """Metres are whole and not negative: a binary float would decide by its last digit."""
    rules = ranked("met", "distance")

    with pytest.raises(MatchingProblems, match="allowed is a whole number from 0 to 1000000000"):
        assign(homes(1), linkers(2), rules, on=ON, distance=lambda need, offer: metres)


def test_versions_of_a_quota_hold_each_in_its_time():
    """Eight until the end of the year, five from then on."""
    old = Quota(id="leader", offers={}, most=8, until=date(2023, 12, 31))
    new = Quota(id="leader", offers={}, most=5, since=date(2024, 1, 1))
    rules = MatchRules(id="r", quotas=(old, new), ranks=(Rank(by="met"),))

    before = assign(homes(9), linkers(1), rules, on=date(2023, 12, 31))
    after = assign(homes(9), linkers(1), rules, on=date(2024, 1, 1))

    assert (len(before.pairs), len(after.pairs)) == (8, 5)


def test_a_need_that_is_not_listed_yet_is_not_met():
    """A need stands from the day it is listed to its last day, both included."""
    needs = [
        Need(id="soon", since=date(2024, 1, 11)),
        Need(id="today", since=ON, until=ON),
        Need(id="over", until=date(2024, 1, 9)),
    ]

    found = assign(needs, linkers(1), ranked("met"), on=ON)

    assert [pair.need for pair in found.pairs] == ["today"]


def test_double_ids_are_told_all_at_once():
    """A need or offer that stands twice, or an id on both sides, is refused before anything is matched."""
    needs = [Need(id="a"), Need(id="a"), Need(id="b")]
    offers = [Offer(id="b"), Offer(id="")]

    with pytest.raises(MatchingProblems) as caught:
        assign(needs, offers, ranked("met"), on=ON)

    assert str(caught.value) == (
        "need 'a': this id is used twice [double-id]\n"
        "offer: the id is empty; write what tells it from others [empty]\n"
        "need 'b': an offer has the same id; give each its own [double-id]"
    )


def test_fixed_pairs_of_what_is_not_there_are_refused():
    """A pair agreed before names a need and an offer of this question, each need once."""
    fixed = [
        Pair("c1-0000", "nobody"),
        Pair("c1-0001", "town-c1-000"),
        Pair("c1-0001", "town-c1-001"),
    ]

    with pytest.raises(MatchingProblems) as caught:
        assign(homes(2), linkers(2), ranked("met"), on=ON, fixed=fixed)

    assert str(caught.value) == (
        "fixed pair 'c1-0000', 'nobody': it names what is not there; give its need and its offer too "
        "[unknown-id]\n"
        "fixed pair 'c1-0001', 'town-c1-001': the need is fixed to 'town-c1-000' as well; a need goes to one "
        "offer [double-id]"
    )


def test_a_day_before_the_rules_is_refused():
    """Rules that begin in June say nothing of May."""
    rules = MatchRules(id="r", effective=date(2024, 6, 1))

    with pytest.raises(NotInForceError, match="no matching rules on 2024-05-31; they hold from 2024-06-01"):
        assign([], [], rules, on=date(2024, 5, 31))


def test_an_unknown_solver_is_refused_with_a_guess():
    """The two solvers are named."""
    with pytest.raises(UnknownIdError, match="Did you mean 'optimal'"):
        assign([], [], ranked("met"), on=ON, solver="optimum")


def test_the_optimum_says_which_extra_is_missing(monkeypatch):
    """Without numpy the error names the extra that brings it."""
    monkeypatch.setitem(__import__("sys").modules, "numpy", None)

    with pytest.raises(ModuleNotFoundError, match=r'pip install "serviceorg\[solver\]"'):
        assign(homes(1), linkers(1), ranked("met"), on=ON, solver="optimal")


def test_nobody_answers_their_own_need():
    """A need and an offer of the same person or unit never meet, whatever the conditions say."""
    found = assign([Need(id="n", by="p")], [Offer(id="o", by="p")], ranked("met"), on=ON)

    assert found.unmet == ("n",)


def test_what_is_known_of_an_assignment_is_asked_by_ids_that_are_there():
    """An id that was not in the question is an error, not an empty answer."""
    found = assign(homes(1), linkers(1), ranked("met"), on=ON)

    with pytest.raises(UnknownIdError, match="there is no need 'x'"):
        found.offer_of("x")
    with pytest.raises(UnknownIdError, match="there is no offer 'x'"):
        found.needs_of("x")


def test_a_component_too_big_for_the_optimum_is_refused(monkeypatch):
    """Where everything hangs together the optimal solver says so, and what to do."""
    monkeypatch.setattr("serviceorg.matching.optimal.MOST_CELLS", 1)
    rules = ranked("met", priorities=(Priority(id="p", needs={"care": ("poor",)}),), quotas=(LEADERS, TOWN))

    with pytest.raises(MatchingProblems, match="3 needs and 2 offers hang together") as caught:
        assign(homes(3), linkers(2), rules, on=ON, solver="optimal")

    assert "take the greedy solver" in str(caught.value)


def test_whole_numbers_beyond_sixty_four_bits_stay_exact():
    """Long distances before quotas: what is composed of them leaves 64 bits, and stays exact."""
    needs, offers = homes(6), linkers(3)
    far = {
        (need.id, offer.id): 10**9 - 7 * row - 11 * column * row
        for row, need in enumerate(needs)
        for column, offer in enumerate(offers)
    }
    rules = ranked("met", "distance", "deviation", "even", "continuity", quotas=(THIRTY,))
    before = [(need.id, offers[0].id) for need in needs]

    found = assign(
        needs, offers, rules, on=ON, distance=lambda n, o: far[n.id, o.id], before=before, solver="optimal"
    )

    # The third linker is nearest to each but the first household, for whom all are equally far.
    assert dict(found.aims)["distance"] == sum(10**9 - 29 * row for row in range(6))
