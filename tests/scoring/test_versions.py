from datetime import date
from decimal import Decimal

import pytest

from serviceorg.errors import NotInForceError
from tests.scoring.given import card, day, fact, item, points, rules, total


def changed(keys, change, effective="2024-07-01"):
    """Return a rule set with one item, and one amendment of it."""
    return item(f'{keys}\n[[amend]]\neffective = {effective}\nbasis = "decision 2"\n{change}')


PAID = 'on = "x"\npoints = 2'


def test_a_fact_is_paid_by_the_version_of_its_day():
    """Old rules pay 2 on 30 June, new ones 3 on 1 July: 2 + 3 = 5 (trap 16)."""
    rule_set = changed(PAID, 'set = { "item.i.points" = 3 }')

    assert total(rule_set, [fact("06-30"), fact("07-01")]) == 5


def test_a_cell_is_limited_by_the_version_of_its_last_day():
    """May is capped at 5, all of July at the 8 in force on 31 July: 5 + 7 = 12, though 7 fell on 1 July."""
    rule_set = changed(
        'on = "x"\npoints = 1\nper = "amount"\ncap = { month = 5 }',
        'set = { "item.i.cap.month" = 8 }',
        "2024-07-15",
    )

    assert total(rule_set, [fact("05-02", 9), fact("07-01", 7)]) == 12


def test_on_the_general_path_too():
    """Day caps: 5 on 30 June, 8 on 1 July; 9 hours on either day pay 5 + 8 = 13."""
    rule_set = changed(
        'on = "x"\npoints = 1\nper = "amount"\ncap = { day = 5 }', 'set = { "item.i.cap.day" = 8 }'
    )

    assert total(rule_set, [fact("06-30", 9), fact("07-01", 9)]) == 13


def test_a_measured_cell_is_paid_by_the_version_of_its_last_day():
    """Two facts in June pay 1 each, one of 1 July is July's and pays 3: 2 + 3 = 5."""
    rule_set = changed(
        'on = "x"\nmeasure = "count"\nover = "month"\npoints = 1',
        'set = { "item.i.points" = 3 }',
        "2024-07-15",
    )

    assert total(rule_set, [fact("06-01"), fact("06-02"), fact("07-01")]) == 5


def test_a_category_is_capped_by_the_version_of_the_last_day():
    """From 31 December the category is capped at 4: 9 become 4; as of the day before, the cap of 8 holds."""
    amend = '[[amend]]\neffective = 2024-12-31\nbasis = "2"\nset = { "category.c.cap" = 4 }'
    text = (
        '[fact.x]\namount = true\n[[item]]\nid = "i"\ncategory = "c"\ntitle = "I"\non = "x"\n'
        f'points = 1\nper = "amount"\n{amend}'
    )
    rule_set = rules(text, categories=['id = "c"\ncap = 8'])

    assert total(rule_set, [fact("05-01", 9)]) == 4
    assert total(rule_set, [fact("05-01", 9)], as_of="12-30") == 8


def test_the_base_is_that_of_the_last_day():
    """A base of 60 raised to 70 in July is 70 for the whole year."""
    rule_set = item(
        f'{PAID}\n[[amend]]\neffective = 2024-07-01\nbasis = "2"\nset = {{ "rule_set.base" = 70 }}', base="60"
    )

    assert total(rule_set, []) == 70
    assert total(rule_set, [], as_of="06-30") == 60


def test_a_retired_item_keeps_what_it_paid():
    """Facts of before the retirement count, later ones do not: 2."""
    rule_set = changed(
        f'{PAID}\n[[item]]\nid = "j"\ncategory = "c"\ntitle = "J"\non = "y"\npoints = 1\n[fact.y]',
        'retire = ["item.i"]',
    )

    found = card(rule_set, [fact("06-30"), fact("07-01")])

    assert found.total == 2
    assert found.items["i"].points == 2


def test_a_new_item_counts_from_its_first_day():
    """An item that comes in July pays nothing for June."""
    new = '[[amend.item]]\nid = "j"\ncategory = "c"\ntitle = "J"\non = "y"\npoints = 5\n[fact.y]'
    rule_set = changed(PAID, new)

    assert total(rule_set, [fact("06-30", kind="y"), fact("07-02", kind="y"), fact("07-03")]) == 7


def test_an_amended_item_may_change_sides():
    """A clause that is plain in one version and not in the other pays the same way in both: 2 + 2 x 3."""
    rule_set = changed(
        f"{PAID}\ncap = {{ month = 4 }}",
        (
            'retire = ["item.i"]\n[[amend.item]]\nid = "j"\ncategory = "c"\ntitle = "J"\n'
            'on = "x"\npoints = 3\ntimes = { month = 1 }'
        ),
    )

    assert total(rule_set, [fact("06-30"), fact("07-02"), fact("07-03"), fact("08-01")]) == 8


def test_before_the_first_version_nothing_is_in_force():
    """A period that ends before the rules begin is refused, with their first day."""
    rule_set = item(PAID, effective="2024-03-01")

    with pytest.raises(NotInForceError) as caught:
        total(rule_set, [], "2023")

    assert (
        str(caught.value)
        == "rule set 't' was not in force on 2023-12-31; its first version begins on 2024-03-01"
    )


def test_versions_can_be_looked_at_and_left_out():
    """A rule set knows its version of a day, itself as known on a day, and itself without an amendment."""
    rule_set = changed(PAID, 'set = { "item.i.points" = 3 }')

    assert rule_set.at(day("06-30")).effective == date(2020, 1, 1)
    assert rule_set.at(day("07-01")).basis == "decision 2"
    assert (rule_set.version, rule_set.newest.effective) == ("2024-07-01", date(2024, 7, 1))
    assert len(rule_set.known_on(day("06-30")).versions) == len(rule_set.without(day("07-01")).versions) == 1
    assert rule_set.known_on(day("06-30")).digest != rule_set.digest
    assert total(rule_set.without(day("07-01")), [fact("08-01")]) == 2
    assert [one.id for one in rule_set.items] == ["i"]
    assert [one.id for one in rule_set.categories] == ["c"]


def test_the_card_names_the_version_in_force_on_its_last_day():
    """A card of 2024 names the July version, one as of June the first version.

    Both name the rules' digest.
    """
    rule_set = changed(PAID, 'set = { "item.i.points" = 3 }')

    late, early = card(rule_set, []), card(rule_set, [], as_of="06-30")

    assert (late.rule_set.id, late.rule_set.version, late.rule_set.hash) == (
        "t",
        "2024-07-01",
        rule_set.digest,
    )
    assert early.rule_set.version == "2020-01-01"
    assert early.as_of == day("06-30")


def test_a_fact_from_before_the_period_pays_by_the_rules_of_its_day():
    """Over a rolling year to June 2024, a fact of 2023 pays 2 and one of July's rules 3."""
    keys = f"{PAID}\nwindow = {{ months = 24 }}"
    rule_set = changed(keys, 'set = { "item.i.points" = 3 }')

    assert points(rule_set, [fact("2023-03-01"), fact("06-30"), fact("07-01")]) == Decimal(7)
