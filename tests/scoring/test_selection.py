from decimal import Decimal

import pytest

from tests.scoring.given import card, codes, fact, item, points, said

LEVELS = (
    '[fact.x]\namount = true\nfields.level = ["town", "city"]\nfields.done = "flag"\n'
    'fields.grade = "number"\n'
)


def paid(keys, facts, declared=LEVELS, **more):
    """Return what one item with these keys pays."""
    return points(item(f'on = "x"\n{keys}', declared), facts, **more)


def with_level(on, level, amount=None, **more):
    """Return a fact with every attribute of its kind."""
    return fact(on, amount, **{"level": level, "done": True, "grade": 1, **more})


def test_where_and_unless_choose_by_attributes():
    """Of town, city and city undone, where takes cities and unless drops the undone: one."""
    facts = [
        with_level("05-01", "town"),
        with_level("05-02", "city"),
        with_level("05-03", "city", done=False),
    ]

    assert paid('points = 1\nwhere = { level = "city" }', facts) == 2
    assert paid('points = 1\nwhere = { level = ["city", "town"] }', facts) == 3
    assert paid('points = 1\nwhere = { level = "city" }\nunless = { done = false }', facts) == 1


def test_a_flag_is_no_number():
    """Where a rule asks for true, a 1 does not match, nor the other way round."""
    facts = [with_level("05-01", "city", done=1, grade=True), with_level("05-02", "city")]

    assert paid("points = 1\nwhere = { done = true }", facts) == 1
    assert paid("points = 1\nwhere = { grade = 1 }", facts) == 1


def test_many_clauses_of_one_kind_are_told_apart_by_an_attribute():
    """Five clauses for five levels, and one fact of a level none names."""
    levels = ["a", "b", "c", "d", "e", "other"]
    clauses = "\n".join(
        f'[[item.clause]]\nid = "{name}"\non = "x"\nwhere = {{ level = "{name}" }}\npoints = {no}'
        for no, name in enumerate(levels[:5], 1)
    )
    rule_set = item(clauses, f"[fact.x]\nfields.level = {levels}")

    assert points(rule_set, [fact(level=name) for name in levels]) == 15
    assert points(rule_set, [fact()]) == 0


@pytest.mark.parametrize(
    ("distinct", "wanted"), [('"day"', 2), ('"level"', 2)], ids=["one a day", "one a level"]
)
def test_only_the_first_of_a_day_or_value_counts(distinct, wanted):
    """Two facts on 1 May and one on 2 May are two days; town, city, town are two levels."""
    rule_set = item(f'on = "x"\npoints = 1\ndistinct = {distinct}', LEVELS)
    facts = [with_level("05-01", "town"), with_level("05-01", "city"), with_level("05-02", "town")]

    found = card(rule_set, facts)

    assert found.total == wanted
    assert [one[2] for one in said(found, "refused-same")] == [distinct.strip('"')]


@pytest.mark.parametrize(
    ("gate", "on", "counts"),
    [
        ('none = "y", months = 12', "2025-05-09", False),
        ('none = "y", months = 12', "2025-05-10", True),  # a year back from 10 May begins on 11 May
        ('none = "y", days = 60', "07-08", False),
        ('none = "y", days = 60', "07-09", True),  # 60 days back from 9 July begin on 11 May
        ('some = "y", months = 12', "2025-05-09", True),
        ('some = "y", months = 12', "2025-05-10", False),
        ('some = "y", months = 12, where = { level = "city" }', "06-01", False),
    ],
)  # fmt: skip
def test_a_gate_looks_back(gate, on, counts):
    """After "y" on 10 May, "x" counts only if the stretch before it holds none (or one) of them (S25)."""
    declared = '[fact.x]\n[fact.y]\nfields.level = ["town", "city"]'
    rule_set = item(f'on = "x"\npoints = 1\nonly_if = {{ {gate} }}', declared)

    found = card(
        rule_set, [fact("05-10", kind="y", level="town"), fact(on)], on[:4] if len(on) > 5 else "2024"
    )

    assert found.total == int(counts)
    assert ("refused-gate" in codes(found)) is not counts


@pytest.mark.parametrize(("take", "wanted"), [("best", 8), ("worst", 2), ("first", 4), ("last", 2)])
def test_one_of_many(take, wanted):
    """Of levels paying 4, 8 and 2 in that order, the highest, lowest, first or last row counts (S5)."""
    rule_set = item(f'on = "x"\npoints = 1\nper = "amount"\ntake = "{take}"')
    facts = [fact("03-01", 4), fact("04-01", 8), fact("05-01", 2)]

    found = card(rule_set, facts)

    assert found.total == wanted
    assert codes(found).count("refused-take") == 2


@pytest.mark.parametrize(("take", "wanted"), [("best", 5), ("worst", 2)])
def test_one_clause_of_many(take, wanted):
    """Of an item's clauses, the one that pays most (or least) counts."""
    clauses = "".join(
        f'[[item.clause]]\nid = "{name}"\non = "{name}"\npoints = {pays}\n'
        for name, pays in (("x", 5), ("y", 2))
    )

    assert (
        points(item(f'take = "{take}"\n{clauses}', "[fact.x]\n[fact.y]"), [fact(), fact(kind="y")]) == wanted
    )


def test_times_nest():
    """At most twice a day and three times a month: of 3 + 2 in May and 1 in June, 2 + 1 + 1 count."""
    rule_set = item('on = "x"\npoints = 1\ntimes = { day = 2, month = 3 }')
    facts = [fact("05-01"), fact("05-01"), fact("05-01"), fact("05-09"), fact("05-10"), fact("06-01")]

    found = card(rule_set, facts)

    assert found.total == 4
    assert [one[2] for one in said(found, "refused-times")] == ["day", "month"]


def test_a_fact_refused_by_the_day_leaves_the_month_its_room():
    """What one limit refuses uses up no other: 1 a day, 2 a month, three on 1 May and one on 2 May pay 2."""
    facts = [fact("05-01"), fact("05-01"), fact("05-01"), fact("05-02")]

    assert points(item('on = "x"\npoints = 1\ntimes = { day = 1, month = 2 }'), facts) == 2


def test_times_of_the_period():
    """A plain number is how often in the whole period."""
    assert points(item('on = "x"\npoints = 3\ntimes = 2'), [fact(f"0{n}-01") for n in (1, 2, 3)]) == 6


@pytest.mark.parametrize(("stack", "wanted"), [("", 9), ('stack = "highest"', 6)])
def test_factors_multiply_or_the_highest_counts(stack, wanted):
    """3 points in the city (x 2) and done (x 1.5): 3 x 2 x 1.5 = 9, or the higher one alone, 6 (S6)."""
    keys = (
        "points = 3\n"
        f'factor = [{{ where = {{ level = "city" }}, by = 2 }}, {{ where = {{ done = true }}, by = 1.5 }}]\n'
        f"{stack}"
    )

    assert paid(keys, [with_level("05-01", "city")]) == wanted
    assert paid(keys, [with_level("05-01", "town", done=False)]) == 3


def test_the_factor_comes_before_the_cap():
    """3 x 2 = 6 under an event's cap of 4 pays 4 (trap 6)."""
    keys = 'points = 3\nfactor = [{ where = { level = "city" }, by = 2 }]\ncap = { event = 4 }'

    assert paid(keys, [with_level("05-01", "city"), with_level("05-02", "town")]) == 7


@pytest.mark.parametrize(
    ("minutes", "up", "nearest"),
    [
        (7, "0.25", "0.00"),
        (15, "0.25", "0.25"),
        (16, "0.50", "0.25"),
        (52, "1.00", "0.75"),
        (70, "1.25", "1.25"),
    ],
)
def test_quarter_hours(minutes, up, nearest):
    """M1: quarter hours begun, or the nearest ones."""
    keys = 'points = 1\nper = {{ field = "amount", unit = 60, step = 15, round = "{}" }}'

    assert paid(keys.format("up"), [fact(amount=minutes, level="town", done=True, grade=1)]) == Decimal(up)
    assert paid(keys.format("nearest"), [fact(amount=minutes, level="town", done=True, grade=1)]) == Decimal(
        nearest
    )


def test_ceilings_of_the_event_and_the_day():
    """5 h become 4, then 8 - 4 = 4 are left of the day for 6 h (4), and none for 1 h: 8 h."""
    keys = 'points = 1\nper = { field = "amount", most = { event = 4, day = 8 } }'
    facts = [with_level("05-01", "town", hours) for hours in (5, 6, 1)]

    assert paid(keys, facts) == 8
    assert paid(keys, [*facts, with_level("05-02", "town", 2)]) == 10


def test_a_quantity_may_be_an_attribute():
    """3 points for each unit of the attribute "grade", in steps of a half: 2.7 is 2.5, pays 7.5."""
    keys = 'points = 3\nper = { field = "grade", step = 0.5 }'

    assert paid(keys, [with_level("05-01", "town", grade=Decimal("2.7"))]) == Decimal("7.5")


def test_points_by_an_attribute():
    """Town 2, city 4, twice the amount of each: 2 x 2 + 4 x 1 = 8; as deductions, less 8 (S5)."""
    facts = [with_level("05-01", "town", 2), with_level("05-02", "city", 1)]
    table = "{ level = { town = 2, city = 4 } }"

    assert paid(f"points_by = {table}", facts) == 6
    assert paid(f'points_by = {table}\nper = "amount"', facts) == 8
    assert paid(f'deduct_by = {table}\nper = "amount"', facts) == -8
