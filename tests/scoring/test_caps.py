from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.scoring.limits import allowed, cell_days, cell_of, cells_between
from tests.scoring.given import card, day, fact, item, points, reasons, rules, said, total
from tests.scoring.strategies import NESTED

HOURS = 'on = "x"\npoints = 1\nper = "amount"\n'


def hours(cap, facts, **head):
    """Return what hours pay under a cap."""
    return points(item(f"{HOURS}cap = {cap}", **head), facts)


def test_a_week_cap_crosses_the_end_of_a_month():
    """The week of Monday 29 April 2024 ends on 5 May.

    3 + 3 under 5 a week leave 2 of May's 4 for the 6th (2).
    """
    facts = [fact("04-29", 3), fact("05-02", 3), fact("05-06", 3)]

    assert hours("{ week = 5, month = 4 }", facts) == 3 + 2 + 2


def test_what_one_limit_refuses_uses_up_no_other():
    """Of 9 on 1 May the day lets 4 through; the month's 6 still have 2 for 2 May (S4)."""
    assert hours("{ day = 4, month = 6 }", [fact("05-01", 9), fact("05-02", 9)]) == 6


def test_on_one_day_the_id_decides_who_comes_first():
    """Of two facts of one day under a cap of 5, the one with the smaller id is paid in full."""
    found = card(
        item(f"{HOURS}cap = {{ day = 5, month = 50 }}"), [fact("05-01", 4, id="b"), fact("05-01", 3, id="a")]
    )

    assert [one.arguments[1] for one in reasons(found, "per")] == ["a", "b"]
    assert found.total == 5


@pytest.mark.parametrize(
    ("span", "wanted"), [("day", 12), ("month", 9), ("quarter", 6), ("half", 6), ("year", 3), ("period", 3)]
)
def test_each_span_begins_anew(span, wanted):
    """5 hours on 1 and 2 May, 1 June and 1 September under 3 a day, month, quarter, half, year or period."""
    facts = [fact("05-01", 5), fact("05-02", 5), fact("06-01", 5), fact("09-01", 5)]

    assert hours(f"{{ {span} = 3 }}", facts) == wanted


def test_quarters_of_a_year_from_november():
    """November to January are one quarter: 15 under 6 are 6, and 5 more in February make 11 (trap 10)."""
    rule_set = item(f"{HOURS}cap = {{ quarter = 6 }}", first_month="11")
    facts = [fact("2024-11-01", 5), fact("2024-12-31", 5), fact("2025-01-31", 5), fact("2025-02-01", 5)]

    assert points(rule_set, facts, "2025") == 11


def test_an_item_caps_its_clauses_together():
    """9 hours and one visit at 3 points come to 12, the item's cap to 10; each clause alone would pass."""
    clauses = f'[[item.clause]]\nid = "h"\n{HOURS}[[item.clause]]\nid = "v"\non = "y"\npoints = 3\n'
    rule_set = item(f"cap = 10\n{clauses}", "[fact.x]\namount = true\n[fact.y]")

    found = card(rule_set, [fact("05-01", 9), fact("05-02", kind="y")])

    assert found.total == 10
    assert said(found, "cap-period")[0] == ["12.00", "10.00", "2.00"]


def both(cap):
    """Return an item that earns for "x" and costs for "y", capped as a whole."""
    clauses = f'[[item.clause]]\nid = "h"\n{HOURS}[[item.clause]]\nid = "v"\non = "y"\ndeduct = 3\n'
    return item(f"cap = {cap}\n{clauses}", "[fact.x]\namount = true\n[fact.y]")


def test_what_is_taken_off_makes_room_again():
    """9 under 6 is 6; less 3 is 3; the next 5 find 3 of room: 6 (trap 6)."""
    facts = [fact("05-01", 9), fact("05-02", kind="y"), fact("05-03", 5)]

    assert points(both(6), facts) == 6


def test_deductions_alone_are_capped_by_their_size():
    """Three times 3 under a cap of 5 costs 5, no more."""
    assert points(both(5), [fact(f"05-0{n}", kind="y") for n in (1, 2, 3)]) == -5


def test_a_cap_on_a_deducting_item_limits_what_it_costs():
    """Deductions of 1 for each amount under 3 a month: 5 in May and 2 in June cost 5."""
    rule_set = item('on = "x"\ndeduct = 1\nper = "amount"\ncap = { month = 3 }')

    assert points(rule_set, [fact("05-01", 5), fact("06-01", 2)]) == -5


def test_an_allotment_does_not_go_below_its_floor():
    """From 10, twelve off is 0, or 10 - 12 = -2 where there is no floor, or -1 where that is it (S3)."""
    deduct = 'on = "x"\ndeduct = 1\nper = "amount"\nfull = 10\n'

    assert points(item(deduct), [fact(amount=12)]) == 0
    assert points(item(f'{deduct}floor = "none"'), [fact(amount=12)]) == -2
    assert points(item(f"{deduct}floor = -1"), [fact(amount=12)]) == -1
    assert points(item(deduct), []) == 10


CATEGORY = ['id = "c"\ncap = 8\nfloor = -4\nround = { step = 0.5 }']


@pytest.mark.parametrize(
    ("earned", "lost", "wanted"), [("9", "0", "8.0"), ("1", "9", "-4.0"), ("3.3", "0", "3.5")]
)
def test_a_category_has_cap_floor_and_rounding(earned, lost, wanted):
    """9 becomes 8; 1 - 9 = -8 becomes -4; 3.3 is rounded to halves, 3.5."""
    text = (
        '[fact.x]\namount = true\n[fact.y]\namount = true\n[[item]]\nid = "i"\n'
        f'category = "c"\ntitle = "I"\n{HOURS}'
    )
    text += '[[item]]\nid = "j"\ncategory = "c"\ntitle = "J"\non = "y"\ndeduct = 1\nper = "amount"'
    rule_set = rules(text, categories=CATEGORY)

    found = card(rule_set, [fact(amount=earned), fact(amount=lost, kind="y")])

    assert found.categories["c"].points == found.total == Decimal(wanted)


@pytest.mark.parametrize(
    ("head", "amount", "wanted"),
    [
        ({"base": "60", "cap": "100"}, 70, 100),
        ({"base": "60"}, 70, 130),  # open top (S2)
        ({"round": "{ step = 1 }"}, "2.5", 3),
        ({"round": '{ step = 1, direction = "down" }'}, "2.9", 2),
        ({"round": '{ step = 5, direction = "up" }'}, "2.1", 5),
        ({"round": '{ step = 1, direction = "half-even" }'}, "2.5", 2),
    ],
)
def test_the_whole_has_cap_and_rounding(head, amount, wanted):
    """Base and categories together, capped, then rounded as the head says (S1)."""
    assert total(item(HOURS, **head), [fact(amount=amount)]) == wanted


@pytest.mark.parametrize(("floor", "wanted"), [("0", 0), ('"none"', -5), ("-2", -2)])
def test_the_whole_has_a_floor(floor, wanted):
    """A total of -5 becomes 0, stays, or becomes -2."""
    assert total(item('on = "x"\ndeduct = 5', floor=floor), [fact()]) == wanted


def test_the_order_of_cap_and_deduction_is_by_category():
    """A category earns 12, capped at 10; another takes 4 off: 6, not min(12 - 4, 10) = 8 (trap 6)."""
    text = f'[fact.x]\namount = true\n[fact.y]\n[[item]]\nid = "i"\ncategory = "c"\ntitle = "I"\n{HOURS}'
    text += '[[item]]\nid = "j"\ncategory = "d"\ntitle = "J"\non = "y"\ndeduct = 4'

    assert (
        total(rules(text, categories=['id = "c"\ncap = 10', 'id = "d"']), [fact(amount=12), fact(kind="y")])
        == 6
    )


def test_an_item_is_rounded_by_itself():
    """2.3 + 2.3 is 4.6, to whole points 5."""
    assert points(item(f"{HOURS}round = {{ step = 1 }}"), [fact("05-01", "2.3"), fact("05-02", "2.3")]) == 5


PAYMENTS = st.lists(st.tuples(st.integers(0, 800), st.integers(0, 9)), max_size=15)


@given(PAYMENTS, st.dictionaries(st.sampled_from(NESTED), st.integers(0, 12), min_size=1))
def test_for_spans_that_nest_order_does_not_matter(rows, caps):
    """Paid in order, nested spans come to the sum of their cells, each capped, small to large."""
    first = day("01-01").toordinal()
    payments = sorted((first + on, day("01-01").fromordinal(first + on), amount) for on, amount in rows)
    months = [(on, when.year * 12 + when.month - 1, amount) for on, when, amount in payments]
    spans = [span for span in NESTED if span in caps]

    kept, bites = allowed(months, spans, lambda span, cell: caps[span], 0)

    sums = {(on, month): 0 for on, month, _ in months}
    for on, month, amount in months:
        sums[on, month] += amount
    for span in spans:
        cells: dict[int, list[tuple[tuple[int, int], int]]] = {}
        for (on, month), amount in sums.items():
            cells.setdefault(cell_of(span, on, month, 0), []).append(((on, month), amount))
        sums = {rows[0][0]: min(sum(amount for _, amount in rows), caps[span]) for rows in cells.values()}
    assert sum(kept) == sum(sums.values())
    assert sum(lost for _, lost in bites.values()) == sum(amount for _, _, amount in months) - sum(kept)


@given(st.dates(day("1950-01-01"), day("2150-12-31")), st.sampled_from(NESTED[:-1]), st.integers(0, 11))
def test_a_cell_holds_its_days(on, span, shift):
    """A day lies within its cell, and the days before and after that cell in others."""
    ordinal, month = on.toordinal(), on.year * 12 + on.month - 1
    cell = cell_of(span, ordinal, month, shift)
    first, last = cell_days(span, cell, shift)

    assert first <= ordinal <= last
    assert cells_between(span, first, last, shift) == range(cell, cell + 1)
    assert cells_between(span, first - 1, last + 1, shift) == range(cell - 1, cell + 2)
    assert list(cells_between("period", first, last, shift)) == [0]
