import pytest

from tests.scoring.given import card, codes, fact, item, points, subject, total

PAID = 'on = "x"\npoints = 1\n'


@pytest.mark.parametrize(
    ("late", "on", "recorded", "counts"),
    [
        ('{ by = "recorded", days = 30 }', "05-01", "05-31", True),
        ('{ by = "recorded", days = 30 }', "05-01", "06-01", False),
        ('{ by = "recorded", months = 1 }', "01-31", "02-29", True),
        ('{ by = "recorded", months = 1 }', "01-31", "03-01", False),
        ('{ by = "recorded", days = 32 }', "05-01", "06-02", True),
    ],
)
def test_a_fact_recorded_too_late_does_not_count(late, on, recorded, counts):
    """30 days after 1 May is 31 May; a month after 31 January is 29 February (M5, traps 12 and 20)."""
    rule_set = item(f"{PAID}late = {late}")

    found = card(rule_set, [fact(on, recorded_on=recorded)])

    assert found.total == int(counts)
    assert ("refused-late" in codes(found)) is not counts


def test_an_undecided_fact_is_always_late():
    """Where a decision is needed in time, a fact without one does not count."""
    rule_set = item(f'{PAID}late = {{ by = "decided", days = 10 }}')
    facts = [fact("05-01", decided_on="05-11"), fact("05-01", decided_on="05-12"), fact("05-01")]

    assert total(rule_set, facts) == 1


def test_one_time_limit_for_all_clauses():
    """A limit in the head holds for every clause that has none of its own."""
    rule_set = item(PAID, late='{ by = "recorded", days = 30 }')

    assert total(rule_set, [fact("05-01", recorded_on="05-31"), fact("05-01", recorded_on="06-01")]) == 1


def test_the_day_of_recording_may_be_the_one_that_counts():
    """Work of 30 December entered on 2 January belongs to the new year, and its fact keeps its own day."""
    rule_set = item(f"{PAID}cap = {{ day = 1 }}", dates='"recorded"')
    facts = [fact("2023-12-30", recorded_on="01-02"), fact("2023-12-29", recorded_on="01-02")]

    assert total(rule_set, facts) == 1
    assert total(rule_set, facts, "2023") == 0


def test_the_day_of_decision_may_be_the_one_that_counts():
    """Points fall in the period of the decision; undecided facts in none (trap 11)."""
    rule_set = item(PAID, dates='"decided"')
    facts = [fact("2023-11-01", decided_on="02-01"), fact("05-01")]

    assert (total(rule_set, facts), total(rule_set, facts, "2023")) == (1, 0)


def test_facts_of_days_outside_the_membership_do_not_count():
    """From joining on 1 March to leaving on 30 September, both days included: 2 of 4 facts."""
    rule_set = item(PAID)
    facts = [fact("02-29"), fact("03-01"), fact("09-30"), fact("10-01")]

    found = card(rule_set, facts, who=subject(joined="03-01", left="09-30"))

    assert found.total == 2
    assert codes(found).count("outside") == 2


def test_what_was_recorded_later_was_unknown_then():
    """As of 1 June, a fact entered on 2 June does not exist, and the explanation says so."""
    rule_set = item(PAID)
    facts = [fact("05-01", recorded_on="06-02"), fact("05-02")]

    then = card(rule_set, facts, as_of="06-01")

    assert (then.total, total(rule_set, facts)) == (1, 2)
    assert "unknown-then" in codes(then)


def test_a_reversal_counts_from_the_day_it_is_recorded():
    """A fact taken back on 1 July counts as of June, and no longer as of July (trap 15, W33)."""
    rule_set = item(PAID)
    facts = [fact("05-01", id="1"), fact("05-01", id="2", reverses="1", recorded_on="07-01")]

    assert (total(rule_set, facts, as_of="06-30"), total(rule_set, facts, as_of="07-01")) == (1, 0)
    assert "reversed" in codes(card(rule_set, facts))


@pytest.mark.parametrize(
    ("joined", "period", "wanted"), [("2020-05-10", "2023", 1), ("2020-05-10", "2024", 2)]
)
def test_an_anniversary_year_begins_on_the_day_of_joining(joined, period, wanted):
    """Joined on 10 May: 9 May 2024 is of the year 2023, 10 May 2024 and 9 May 2025 of 2024 (trap 10)."""
    rule_set = item(PAID, period='"anniversary"')
    facts = [fact("05-09"), fact("05-10"), fact("2025-05-09"), fact("2025-05-10")]

    assert points(rule_set, facts, period, who=subject(joined=joined)) == wanted


def test_one_born_in_a_leap_year_has_an_anniversary_every_year():
    """Joined on 29 February 2020: the year 2023 begins on 28 February, and ends on 28 February 2024."""
    rule_set = item(PAID, period='"anniversary"')
    facts = [fact("2023-02-27"), fact("2023-02-28"), fact("02-28"), fact("02-29")]

    assert points(rule_set, facts, "2023", who=subject(joined="2020-02-29")) == 2
