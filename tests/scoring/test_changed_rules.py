"""Rules that change within or after the period: what was earned stays earned, by the rule of its day."""

import pytest

from serviceorg.basics import Year
from serviceorg.errors import FactProblems, ScoringError
from serviceorg.model import Subject
from serviceorg.scoring import score
from tests.scoring.given import card, cards, fact, item, rules

OK = '[fact.x]\nfields.ok = "flag"'
COUNTED = 'measure = "count"\nover = "month"\npoints = 1'


def amended(keys: str, changes: str, day: str = "2024-07-01", facts: str = "[fact.x]\namount = true"):
    """Return a rule set with one item that changes on a day."""
    return item(f'on = "x"\n{keys}\n[[amend]]\neffective = {day}\nbasis = "for tests"\n{changes}', facts)


def test_a_veto_stands_though_an_item_reads_its_facts():
    """A fraud that costs 5 points and is a veto as well zeroes the score: 0, not 50 - 5 = 45."""
    rule_set = rules(
        '[fact.fraud]\n[[item]]\nid = "i"\ncategory = "c"\ntitle = "I"\non = "fraud"\ndeduct = 5\n'
        '[[veto]]\nid = "v"\ntitle = "V"\non = "fraud"\n',
        base="50",
    )

    found = card(rule_set, [fact(kind="fraud")])

    assert (found.total, found.vetoes) == (0, ("v",))


def test_a_cap_that_comes_later_does_not_bite_now():
    """10 hours of March under a month cap of 5 are 5, though a cap of 20 holds from the next year."""
    rule_set = amended(
        'measure = "sum"\nover = "month"\npoints = 1\ncap = { month = 5 }',
        'set = { "item.i.cap.month" = 20 }',
        "2025-01-01",
    )

    assert card(rule_set, [fact("03-01", 10)]).total == 5


def test_a_cap_added_later_does_not_stop_the_year_before():
    """A month cap set from 2025 on is no error for 2024, where only the quarter is capped: 3 of 3."""
    rule_set = amended(
        'points = 1\ndistinct = "day"\ncap = { quarter = 12 }',
        'set = { "item.i.cap.month" = 5 }',
        "2025-01-01",
        "[fact.x]",
    )

    assert card(rule_set, [fact("01-01"), fact("01-02"), fact("01-03")]).total == 3


def test_what_is_looked_back_at_keeps_the_cap_of_its_time():
    """Of 10 hours in 2023 a month cap of 5 leaves 5; of 20 in 2024 the cap of 20 leaves all: 25."""
    rule_set = amended(
        'points = 1\nper = "amount"\nwindow = "ever"\ncap = { month = 5 }',
        'set = { "item.i.cap.month" = 20 }',
        "2024-01-01",
    )

    assert card(rule_set, [fact("2023-03-01", 10), fact("03-01", 20)]).total == 25


def test_a_clause_retired_within_the_period_keeps_what_it_earned():
    """6 hours of April stay 6 when their clause is retired in May."""
    clause = '[[item.clause]]\nid = "{0}"\non = "{0}"\npoints = 1\nper = "amount"\n'
    rule_set = rules(
        "[fact.a]\namount = true\n[fact.b]\namount = true\n"
        '[[item]]\nid = "i"\ncategory = "c"\ntitle = "I"\n'
        + clause.format("a")
        + clause.format("b")
        + '[[amend]]\neffective = 2024-05-01\nbasis = "for tests"\nretire = ["item.i.clause.a"]'
    )

    found = card(rule_set, [fact("04-01", 6, "a")])

    assert (found.total, found.items["i"].points) == (6, 6)


def test_events_that_become_a_measure_count_on_both_sides():
    """3 points for the one of January, then 1 for each of the two of August: 5."""
    rule_set = amended(
        "points = 3",
        'retire = ["item.i"]\n[[amend.item]]\nid = "i"\ncategory = "c"\ntitle = "I"\non = "x"\n' + COUNTED,
        facts="[fact.x]",
    )

    assert card(rule_set, [fact("01-05"), fact("08-05"), fact("08-06")]).total == 5


def test_the_best_is_the_best_by_the_rules_in_force():
    """Towns compete in 2024 (10 and 5); that cities will compete from 2025 on changes nothing."""
    rule_set = amended(
        'where = { level = "town" }\nmeasure = "sum"\nrelative = { full = 10 }',
        'set = { "item.i.where.level" = "city" }',
        "2025-01-01",
        '[fact.x]\namount = true\nfields.level = ["town", "city"]',
    )
    facts = [
        fact("01-01", 6, level="town"),
        fact("01-01", 3, level="town", subject="T"),
        fact("01-02", 9, level="city", subject="T"),
    ]

    found = cards(rule_set, facts)

    assert (found["S"].total, found["T"].total) == (10, 5)


def test_a_rolled_up_year_compares_its_quarters():
    """In each quarter the best has 10 and the half as good 5; the sum of one quarter is 10 and 5."""
    rule_set = item(
        'on = "x"\nmeasure = "sum"\nrelative = { full = 10 }\n'
        '[rule_set.roll_up]\ninto = "year"\nby = "sum"\npartial = "served"',
        period='"quarter"',
    )

    found = cards(rule_set, [fact("01-01", 6), fact("01-01", 3, subject="T")])

    assert (found["S"].total, found["T"].total) == (10, 5)


def test_a_sum_of_nothing_reaches_a_rung_at_nothing():
    """No absence at all pays the 5 of the rung from 0, as an absence of 0 does."""
    rule_set = item('on = "x"\nmeasure = "sum"\nstep = [{ from = 0, points = 5 }, { from = 3, points = 1 }]')

    assert card(rule_set, []).total == 5
    assert card(rule_set, [fact(amount=0)]).total == 5


@pytest.mark.parametrize(("trace", "wanted"), [(False, 2), (True, 2)])
def test_noting_the_steps_changes_no_result(trace, wanted):
    """A rate without an answer counts nothing, and the floor of 2 holds with and without a trace."""
    rule_set = item('on = "x"\nrate = { part = { ok = true } }\npoints = 5\nmissing = "zero"\nfloor = 2', OK)

    assert card(rule_set, [], trace=trace).total == wanted


def test_weighed_anew_a_presence_has_its_points_as_full_mark():
    """Full marks 20 + 30: without the rate, the 30 of the presence become 50."""
    rule_set = rules(
        '[fact.x]\n[fact.y]\nfields.ok = "flag"\n'
        '[[item]]\nid = "r"\ncategory = "c"\ntitle = "R"\non = "y"\npoints = 20\n'
        "rate = { part = { ok = true } }\n"
        'missing = "reweigh"\n'
        '[[item]]\nid = "i"\ncategory = "c"\ntitle = "I"\non = "x"\nmeasure = "present"\npoints = 30\n'
    )

    assert card(rule_set, [fact()]).total == 50


def test_an_anniversary_year_has_its_own_base():
    """Joined on 1 July: the year from then to 30 June is whole, and so is its base of 60."""
    rule_set = item(
        'on = "x"\npoints = 1', "[fact.x]", period='"anniversary"', base="60", base_for_part='"months"'
    )
    who = Subject(id="S", joined=fact("2020-07-01").on)

    found = card(rule_set, [], who=who)

    assert found.total == 60
    assert found.to_fact(id="c").on == fact("2025-06-30").on


def test_a_reversal_reaches_everyone_the_fact_named():
    """A fact of another that named S is taken back by one that need not name S again."""
    rule_set = item('on = "x"\nabout = "of"\npoints = 2', '[fact.x]\nfields.of = { type = "text" }')
    told = fact("05-01", subject="P", id="told", of="S")

    assert card(rule_set, [told]).total == 2
    assert card(rule_set, [told, fact("05-02", subject="P", id="back", reverses="told")]).total == 0


def test_months_before_the_period_count_in_a_longer_window():
    """A quarter that looks back twelve months sees the three months with facts, one of them its own."""
    rule_set = item(
        'on = "x"\nmeasure = "present"\nover = "month"\npoints = 1\nwindow = { months = 12 }',
        "[fact.x]",
        period='"quarter"',
    )

    assert card(rule_set, [fact("01-05"), fact("02-05"), fact("04-05")], "2024-Q2").total == 3


def test_facts_from_before_the_rules_do_not_pay():
    """Rules of 1 March pay what happened on that day, not what happened the day before."""
    rule_set = item('on = "x"\npoints = 1', "[fact.x]", effective="2024-03-01")

    assert card(rule_set, [fact("02-29"), fact("03-01")]).total == 1


def test_what_is_no_rule_set_or_fact_is_refused_in_words():
    """Rules given as a path, and a fact about nobody, are typed errors."""
    with pytest.raises(ScoringError, match="must be a RuleSet, found"):
        score("rules.toml", "S", [], period=Year(2024))  # type: ignore[arg-type]
    with pytest.raises(FactProblems, match="subject: found ''"):
        fact(subject="")


def test_a_mark_for_oneself_is_told_by_the_one_it_is_about():
    """Marks recorded for a panel name S: that of voter P counts, that of S itself is void, so 80."""
    rule_set = item(
        'on = "x"\nabout = "of"\npoints = 100\nmissing = "zero"\n'
        'ballots = { valid = { not_self = "voter" }, missing = "zero" }',
        '[fact.x]\namount = true\nfields.of = { type = "text" }\nfields.voter = { type = "text" }\n'
        'fields.ballot = { type = "text", required = false }',
    )
    marks = [
        fact("05-01", 80, subject="P", of="S", voter="P"),
        fact("05-02", 100, subject="P", of="S", voter="S"),
    ]

    assert card(rule_set, marks).total == 80
