from datetime import timedelta

import pytest

from tests.scoring.given import card, codes, day, fact, item, points, subject

PAID = 'on = "x"\npoints = 1\n'
KINDS = '[fact.x]\nfields.paid = "flag"\n[fact.y]'


def windowed(keys, facts, period="2024", **more):
    """Return what one item with these keys pays."""
    return points(item(f"{PAID}{keys}", KINDS), facts, period, **more)


def test_ever_counts_everything_up_to_the_last_day():
    """Facts of 2021, 2023 and 2024, but not of 2025 (S24: never reset)."""
    facts = [fact("2021-05-01"), fact("2023-05-01"), fact("05-01"), fact("2025-01-01")]

    assert windowed('window = "ever"', facts) == 3


@pytest.mark.parametrize(
    ("length", "first"),
    [("months = 12", "01-01"), ("months = 6", "07-01"), ("days = 365", "01-02"), ("days = 1", "12-31")],
)
def test_a_rolling_window_ends_on_the_last_day(length, first):
    """Twelve months back from 31 December begin on 1 January, 365 days of a leap year on 2 January."""
    before = day_before(first)

    assert windowed(f"window = {{ {length} }}", [fact(first)]) == 1
    assert windowed(f"window = {{ {length} }}", [fact(before)]) == 0


def day_before(text):
    """Return the day before a day of 2024."""
    return (day(text) - timedelta(days=1)).isoformat()


def test_a_rolling_window_rolls_with_the_day_asked_about():
    """As of 30 June 2024, twelve months reach back to 1 July 2023."""
    facts = [fact("2023-06-30"), fact("2023-07-01")]

    assert windowed("window = { months = 12 }", facts, as_of="06-30") == 1


def test_only_what_matches_is_carried_over():
    """Of last year's facts the unpaid one counts again, the paid one and the one of 2022 do not (trap 13)."""
    facts = [
        fact("2022-12-31", paid=False),
        fact("2023-01-01", paid=False),
        fact("2023-05-01", paid=True),
        fact("05-01", paid=True),
    ]

    assert windowed("carry = { where = { paid = false } }", facts) == 2


def test_carrying_over_in_a_quarter():
    """A quarter takes over from the quarter before it."""
    rule_set = item(f"{PAID}carry = {{ where = {{ paid = false }} }}", KINDS, period='"quarter"')

    assert points(rule_set, [fact("03-31", paid=False), fact("2023-12-31", paid=False)], "2024-Q2") == 1


def test_an_absence_free_quarter_clears():
    """M14: absences 3, late 2, no-show 1 are 6 points; then a quarter without any clears them to 0."""
    keys = 'window = "ever"\nclear_after = "quarter"'
    facts = [fact(f"0{n}-15") for n in (1, 1, 1, 2, 2, 3)]

    assert windowed(keys, facts, as_of="03-31") == 6
    assert windowed(keys, facts, as_of="06-29") == 6  # the clean quarter is not over
    assert windowed(keys, facts, as_of="06-30") == 0
    assert windowed(keys, [*facts, fact("08-01")], as_of="12-30") == 1
    assert windowed(keys, [*facts, fact("08-01")]) == 0  # October to December were clean again


def test_a_clearing_fact_wipes_what_came_before_it():
    """A redemption on 1 June clears what was until then, its own day included."""
    facts = [fact("05-01"), fact("06-01"), fact("06-02"), fact("06-01", kind="y")]
    rule_set = item(f'{PAID}window = "ever"\nclear_on = "y"', KINDS)

    found = card(rule_set, facts)

    assert found.total == 1
    assert codes(found).count("refused-cleared") == 2


def test_clearing_goes_by_all_clauses_of_the_item():
    """A fact of either clause keeps a quarter from being clean."""
    clause = '[[item.clause]]\nid = "{0}"\non = "{0}"\npoints = 1\nwindow = "ever"\nclear_after = "quarter"\n'
    rule_set = item(clause.format("x") + clause.format("y"), "[fact.x]\n[fact.y]")

    assert points(rule_set, [fact("01-15"), fact("05-15", kind="y")], as_of="06-30") == 2
    assert points(rule_set, [fact("01-15"), fact("05-15", kind="y")], as_of="09-30") == 0


def test_membership_limits_every_window():
    """Facts of before joining do not count ever."""
    assert (
        windowed('window = "ever"', [fact("2021-05-01"), fact("05-01")], who=subject(joined="2022-01-01"))
        == 1
    )
