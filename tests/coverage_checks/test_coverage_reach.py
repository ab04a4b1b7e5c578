"""The 15-minute circle: who is reached, by residents and by buildings, whatever way it is worked out."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serviceorg.coverage import Walking, explain, metres_between, reach
from serviceorg.coverage.columns import has_columns
from serviceorg.coverage.distance import direction, metres
from serviceorg.errors import AmountError, CoverageProblems
from serviceorg.model import Place, Unit

#: 60 metres a minute: 15 minutes are 900 m (domain 3.6: 15 minutes are about 800 to 1,000 m).
SLOW = Walking(metres_per_minute=Decimal(60))


def degrees(text):
    """Return exact degrees."""
    return Decimal(text)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # 2 pi R / 360 with R = 6,371,008.8 m is 111,195.08 m.
        pytest.param(("0", "0"), ("0", "1"), 111195, id="a degree of the equator"),
        pytest.param(("0", "0"), ("1", "0"), 111195, id="a degree of a meridian"),
        # pi R = 20,015,114.4 m
        pytest.param(("0", "0"), ("0", "180"), 20015114, id="antipodes on the equator"),
        pytest.param(("90", "0"), ("-90", "77"), 20015114, id="from pole to pole"),
        pytest.param(("0", "179.5"), ("0", "-179.5"), 111195, id="across the date line"),
        # Both lie half a degree from the pole, on opposite sides.
        pytest.param(("89.5", "0"), ("89.5", "180"), 111195, id="over the pole"),
        pytest.param(("36.38", "119.75"), ("36.38", "119.75"), 0, id="the same place"),
    ],
)
def test_distances_are_great_circles_in_whole_metres(one, other, expected):
    """A distance is the great circle on a sphere of the earth's mean radius, in whole metres (row 141)."""
    assert metres_between(tuple(map(degrees, one)), tuple(map(degrees, other))) == expected


def test_the_bound_is_within_reach_and_a_metre_more_is_not():
    """Fifteen minutes are 900 m at 60 m a minute; 900 m are within, 901 m are beyond (row 141)."""
    # 0.0080934 degrees of latitude are 899.95 m, 0.0081025 are 900.96 m.
    homes = [
        ("in", degrees("0.0080934"), degrees("0"), 1),
        ("out", degrees("0.0081025"), degrees("0"), 1),
    ]

    report = reach([("P", degrees("0"), degrees("0"))], homes, minutes=15, travel=SLOW)

    assert report.reached["in"] == ("P", 900, Fraction(15))
    assert [(gap.home, gap.metres, gap.minutes) for gap in report.unreached] == [
        ("out", 901, Fraction(901, 60))
    ]


def test_shares_are_of_residents_and_of_buildings():
    """Coverage is told by population and by building; a home without a number is a building (domain 3.6)."""
    here, far = degrees("0"), degrees("1")
    homes = [
        ("a", here, here, 30),
        ("b", here, here, None),
        ("c", far, far, 10),
        ("d", here, here, Decimal(0)),
    ]

    report = reach([("P", here, here)], homes, minutes=15, travel=SLOW)

    assert report.share_of_buildings == Fraction(3, 4)
    assert report.share_of_residents == Fraction(30, 40)
    assert report.unknown_residents == 1


def test_without_homes_there_is_no_share():
    """No homes make no share: neither 0 % nor 100 %."""
    report = reach([("P", degrees("0"), degrees("0"))], [], minutes=15, travel=SLOW)

    assert report.share_of_buildings is None
    assert report.share_of_residents is None


def test_without_points_everybody_is_out_of_reach():
    """Where no service point is, each home is a gap without a way."""
    report = reach([], [("h", degrees("0"), degrees("0"), 1)], minutes=15, travel=SLOW)

    assert report.share_of_residents == 0
    assert report.unreached == (("h", "", None, None, 1),)


def test_equally_near_points_are_taken_by_id():
    """Of two points at the same whole metres the one with the smaller id is the nearest."""
    points = [("Q", degrees("0.001"), degrees("0")), ("P", degrees("-0.001"), degrees("0"))]

    report = reach(points, [("h", degrees("0"), degrees("0"), 1)], minutes=15, travel=SLOW)

    assert report.reached["h"].point == "P"
    assert [(one.point, one.within, one.nearest) for one in report.points.values()] == [
        ("P", 1, 1),
        ("Q", 1, 0),
    ]


def test_gaps_are_listed_nearest_first():
    """Homes out of reach are listed by minutes, then by id, with their nearest point."""
    homes = [
        ("z", degrees("0.02"), degrees("0"), 1),
        ("b", degrees("0.05"), degrees("0"), 1),
        ("a", degrees("0.05"), degrees("0"), 1),
        ("antipode", degrees("0"), degrees("180"), 1),
    ]

    report = reach([("P", degrees("0"), degrees("0"))], homes, minutes=15, travel=SLOW)

    assert [gap.home for gap in report.unreached] == ["z", "a", "b", "antipode"]
    assert report.unreached[-1].metres == 20015114


def test_a_detour_makes_the_way_longer():
    """With ways 1.25 times as long, 15 minutes at 60 m a minute are 720 m in a straight line."""
    assert Walking(metres_per_minute=Decimal(60), detour=Decimal("1.25")).furthest(Fraction(15)) == 720


def test_a_table_of_minutes_replaces_the_straight_line():
    """Minutes from a table decide alone; a pair that is not in it cannot be walked; the bound is within."""
    minutes: dict[tuple[str, str], Decimal | int] = {
        ("a", "P"): 15,
        ("b", "P"): Decimal("15.1"),
        ("b", "Q"): 40,
        ("stranger", "P"): 1,
    }

    report = reach(
        [("P", None, None), ("Q", None, None)],
        [("a", None, None, 2), ("b", None, None, 1), ("c", None, None, 1)],
        minutes=15,
        travel=minutes,
    )

    assert report.reached == {"a": ("P", None, Fraction(15))}
    assert report.share_of_residents == Fraction(2, 4)
    assert report.unreached == (
        ("b", "P", None, Fraction(151, 10), 1),
        ("c", "", None, None, 1),
    )


def test_a_function_of_both_ids_is_a_table_too():
    """A function that gives minutes, or None for no way, decides like a table."""
    told = {("a", "P"): 3}

    report = reach(
        [("P", None, None)],
        [("a", None, None), ("b", None, None)],
        minutes=15,
        travel=lambda home, point: told.get((home, point)),
    )

    assert report.share_of_buildings == Fraction(1, 2)


def test_units_with_places_can_be_given():
    """Units serve as points and homes; their size is the number of residents."""
    point = Unit(id="P", kind="station", place=Place("36.38", "119.75"))
    home = Unit(id="h", kind="home", place=Place("36.388", "119.75"), size=Decimal(3))

    report = reach([point], [home], minutes=15, travel=SLOW)

    # 0.008 degrees of latitude are 889.56 m.
    assert report.reached["h"].metres == 890
    assert report.residents_reached == 3


def test_a_unit_without_a_place_is_refused():
    """A point without a place cannot be walked to, and is named."""
    with pytest.raises(
        CoverageProblems, match=r"^points: the unit 'P' has no place; give it one, or leave it out"
    ):
        reach([Unit(id="P")], [], minutes=15, travel=SLOW)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        pytest.param((0.5, Decimal(0)), "a binary float is not exact", id="a float"),
        pytest.param((Decimal(91), Decimal(0)), "allowed are degrees from -90 to 90", id="latitude"),
        pytest.param((Decimal(0), Decimal("180.1")), "allowed are degrees from -180 to 180", id="longitude"),
        pytest.param((Decimal("NaN"), Decimal(0)), "is out of bounds", id="not a number"),
    ],
)
def test_degrees_are_exact_and_on_the_earth(place, text):
    """A binary float, and a place that is none, are refused with the home named."""
    with pytest.raises(AmountError, match=text):
        reach([("P", Decimal(0), Decimal(0))], [("h", *place, 1)], minutes=15, travel=SLOW)


def test_an_id_is_given_once():
    """Two homes of one id would count twice, and are refused."""
    home = ("h", Decimal(0), Decimal(0), 1)

    with pytest.raises(CoverageProblems, match=r"^homes: the id 'h' is used twice"):
        reach([], [home, home], minutes=15, travel=SLOW)


@pytest.mark.parametrize("given_minutes", [0, -1, Decimal(0)], ids=["nought", "below", "decimal nought"])
def test_minutes_are_above_nought(given_minutes):
    """A circle of no minutes is refused."""
    with pytest.raises(AmountError, match="allowed are numbers above 0"):
        reach([], [], minutes=given_minutes, travel=SLOW)


def test_a_report_explains_itself_in_both_languages():
    """The report tells both shares, each point's part and each gap, in English and 中文."""
    homes = [("a", degrees("0"), degrees("0"), 3), ("b", degrees("0.01"), degrees("0"), 1)]
    report = reach([("P", degrees("0"), degrees("0"))], homes, minutes=15, travel=SLOW)

    # 0.01 degrees are 1,111.95 m: 1,112 m are 18.53… minutes, shown rounded up.
    assert explain(report) == (
        "within 15 minutes: 1 of 2 buildings, 3 of 4 residents\n"
        "  P: buildings within reach: 1; nearest to: 1, residents there: 3\n"
        "  b: the nearest is P, 18.6 minutes away (1112 m in a straight line)"
    )
    assert explain(report, lang="zh") == (
        "15 分钟内：住宅 2 处中 1 处，居民 4 人中 3 人\n"
        "  P：范围内住宅 1 处；其中以此为最近的 1 处，居民 3 人\n"
        "  b：最近的是 P，18.6 分钟（直线 1112 米）"
    )


def test_the_extra_is_named_where_it_is_missing(monkeypatch):
    """Asked for without numpy and scipy, the search says what to install; by default it does without."""
    monkeypatch.setattr("serviceorg.coverage.columns.find_spec", lambda name: None)
    monkeypatch.setattr("serviceorg.coverage.reaching._MANY", 0)
    monkeypatch.setattr("serviceorg.coverage.reaching._SEVERAL", 0)
    place = (Decimal(0), Decimal(0))

    with pytest.raises(ModuleNotFoundError, match=r"install serviceorg\[solver\]"):
        reach([("P", *place)], [("h", *place)], minutes=1, travel=SLOW, search="scipy")

    assert reach([("P", *place)], [("h", *place)], minutes=1, travel=SLOW).buildings_reached == 1


# ---- laws

#: Places of all kinds, and many near each other, at poles and at the date line.
NEAR = st.integers(-400, 400).map(lambda n: Decimal(n).scaleb(-4))
PLACES = st.one_of(
    st.tuples(NEAR, NEAR),
    st.tuples(NEAR, st.sampled_from([Decimal("179.99"), Decimal(180), Decimal(-180), Decimal("-179.995")])),
    st.tuples(
        st.sampled_from([Decimal(90), Decimal("89.999"), Decimal("89.99"), Decimal(-90), Decimal("-89.995")]),
        st.integers(-180, 180).map(Decimal),
    ),
    st.tuples(
        st.decimals(-90, 90, places=3, allow_nan=False), st.decimals(-180, 180, places=3, allow_nan=False)
    ),
)
MINUTES = st.sampled_from(
    [Decimal("0.01"), Decimal(1), Decimal(15), Decimal(600), Decimal(200000), Decimal(400000)]
)


def named(prefix, places):
    """Return places with ids."""
    return [(f"{prefix}{number:02}", *place) for number, place in enumerate(places)]


def by_hand(points, homes, furthest):
    """Return each home's nearest point in reach, and each point's number of homes: all pairs compared."""
    nearest, within = {}, {point[0]: 0 for point in points}
    for home in homes:
        here = direction(float(home[1]), float(home[2]))
        ways = [(metres(here, direction(float(one[1]), float(one[2]))), one[0]) for one in points]
        for far, point in ways:
            within[point] += far <= furthest
        best = min(ways, default=(furthest + 1, ""))
        if best[0] <= furthest:
            nearest[home[0]] = (best[1], best[0])
    return nearest, within


@pytest.mark.parametrize(
    "search",
    ["plain", pytest.param("scipy", marks=pytest.mark.skipif(not has_columns(), reason="extra solver"))],
)
@settings(max_examples=150, deadline=None)
@given(point_places=st.lists(PLACES, max_size=8), home_places=st.lists(PLACES, max_size=12), minutes=MINUTES)
def test_every_search_finds_what_comparing_all_pairs_finds(search, point_places, home_places, minutes):
    """Cells and trees leave nobody out and let nobody in, wherever on earth; both give the same answer."""
    points, homes = named("P", point_places), named("h", home_places)
    nearest, within = by_hand(points, homes, SLOW.furthest(Fraction(minutes)))

    report = reach(points, homes, minutes=minutes, travel=SLOW, search=search)

    assert {home: found[:2] for home, found in report.reached.items()} == nearest
    assert {one.point: one.within for one in report.points.values()} == within


@settings(max_examples=100, deadline=None)
@given(st.lists(PLACES, min_size=1, max_size=8), st.lists(PLACES, max_size=10))
def test_gaps_name_the_nearest_point_there_is(point_places, home_places):
    """Each home out of reach is told with its nearest point and whole metres, however far."""
    points, homes = named("P", point_places), named("h", home_places)

    report = reach(points, homes, minutes=1, travel=SLOW)

    everywhere, _ = by_hand(points, homes, 20_015_115)
    assert {gap.home: (gap.point, gap.metres) for gap in report.unreached} == {
        home: found for home, found in everywhere.items() if home not in report.reached
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(PLACES, max_size=6), PLACES, st.lists(PLACES, max_size=10), MINUTES)
def test_a_new_point_never_opens_a_gap(point_places, extra, home_places, minutes):
    """Whoever is reached is still reached when a service point is added, and not later than before."""
    points, homes = named("P", point_places), named("h", home_places)

    before = reach(points, homes, minutes=minutes, travel=SLOW).reached
    after = reach([*points, ("Q", *extra)], homes, minutes=minutes, travel=SLOW).reached

    assert before.keys() <= after.keys()
    assert all(after[home].minutes <= found.minutes for home, found in before.items())


@settings(max_examples=40, deadline=None)
@given(st.lists(PLACES, max_size=6), st.lists(PLACES, max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_places_does_not_matter(point_places, home_places, order):
    """Points and homes given in another order are reached alike."""
    points, homes = named("P", point_places), named("h", home_places)
    mixed_points, mixed_homes = list(points), list(homes)
    order.shuffle(mixed_points)
    order.shuffle(mixed_homes)

    one = reach(points, homes, minutes=15, travel=SLOW)
    other = reach(mixed_points, mixed_homes, minutes=15, travel=SLOW)

    assert one.reached == other.reached
    assert one.unreached == other.unreached
    assert one.points == other.points
