"""Traps of time; the arithmetic stands beside each expectation."""

from datetime import date
from decimal import Decimal

import pytest

from tests.methods.given import POINTS, card, fact, method, result, rules, total


def test_trap_10_a_year_may_begin_in_november():
    """Trap 10: 1 November 2024 belongs to the year 2025 of a November–October year, 31 October to 2024."""
    year = rules(POINTS, first_month="11")
    facts = [result(1, "2024-10-31"), result(2, "2024-11-01"), result(4, "2025-10-31")]
    assert [total(year, facts, label) for label in ("2024", "2025")] == [1, 6]


def test_trap_10_a_half_may_begin_in_july():
    """Trap 10: in a July–June year the first half of 2025 is July to December 2024."""
    half = rules(POINTS, first_month="7", period='"half"')
    facts = [
        result(1, "2024-06-30"),
        result(2, "2024-07-01"),
        result(4, "2024-12-31"),
        result(8, "2025-01-01"),
    ]
    assert [total(half, facts, label) for label in ("2025-H1", "2025-H2")] == [6, 8]


def test_trap_10_an_anniversary_year_begins_on_the_day_of_joining():
    """Trap 10: joined on 10 May 2020, the cycle of 2024 runs from 10 May 2024 to 9 May 2025."""
    cycle = rules(POINTS, period='"anniversary"')
    facts = [
        result(1, "2024-05-09"),
        result(2, "2024-05-10"),
        result(4, "2025-05-09"),
        result(8, "2025-05-10"),
    ]
    assert total(cycle, facts, "2024", joined=date(2020, 5, 10)) == 6


def test_trap_10_a_calendar_year_is_not_the_last_twelve_months():
    """Trap 10: in January last year's visit is gone, a fault of the rolling window still stands."""
    facts = [fact("visit", "2009-12-31"), fact("fault", "2009-12-31")]
    found = card(method(24), facts, "2010", as_of="2010-01-31").items
    assert (found["calendar"].points, found["rolling"].points) == (0, 1)


@pytest.mark.parametrize(("dates", "year"), [("occurred", "2023"), ("recorded", "2024"), ("decided", "2025")])
def test_trap_11_the_declared_date_decides_the_period(dates, year):
    """Trap 11: a fact of 2023, recorded 2024, decided 2025 counts in the year of the declared date."""
    late = result(3, "2023-12-30", recorded_on="2024-01-02", decided_on="2025-01-02")
    by = rules(POINTS, dates=f'"{dates}"')
    assert {label: total(by, [late], label) for label in ("2023", "2024", "2025")} == {
        label: 3 if label == year else 0 for label in ("2023", "2024", "2025")
    }


def test_trap_12_late_entry_is_allowed_for_so_many_days():
    """Trap 12: 30 days after 1 May is 31 May; what is entered on 1 June counts nowhere."""
    month = rules(POINTS, late='{ by = "recorded", days = 30 }')
    assert total(month, [result(1, recorded_on="2024-05-31")], "2024") == 1
    assert total(month, [result(1, recorded_on="2024-06-01")], "2024") == 0


def test_trap_12_a_published_period_does_not_change():
    """Trap 12: what was recorded in July is no part of the result as of 30 June."""
    facts = [result(1), result(2, "2024-05-02", recorded_on="2024-07-05")]
    assert total(rules(POINTS), facts, "2024", as_of="2024-06-30") == 1
    assert total(rules(POINTS), facts, "2024") == 3


CARRY = """
[fact.fine]
fields.paid = "flag"
[[item]]
id = "i"
category = "c"
title = "Fines"
on = "fine"
carry = { where = { paid = false } }
deduct = 3
"""


def test_trap_13_only_the_unpaid_moves_on():
    """Trap 13: of the fines of 2023 only the unpaid one counts in 2024 too; 2022 is over."""
    facts = [
        fact("fine", "2022-05-01", paid=False),
        fact("fine", "2023-05-01", paid=True),
        fact("fine", "2023-06-01", paid=False),
        fact("fine", "2024-05-01", paid=True),
    ]
    assert total(rules(CARRY), facts, "2024") == -6


KEPT = """
[fact.hours]
amount = { most = 24 }
[[item]]
id = "i"
category = "c"
title = "Hours"
on = "hours"
points = 1
per = "amount"
[fact.fraud]
[[veto]]
id = "V"
title = "Fraud"
on = "fraud"
effect = "no_award"
lasts = { months = 24 }
[[star]]
level = 1
title = "20 hours in all"
needs = [{ what = "facts", on = "hours", field = "amount", window = "ever", from = 20 }]
"""


def test_trap_14_a_new_year_resets_points_and_nothing_else():
    """Trap 14: in 2024 the points begin at 0; hours of a lifetime keep the star, the veto runs on."""
    facts = [fact("hours", "2023-05-01", 12), fact("hours", "2023-06-01", 12), fact("fraud", "2023-07-01")]
    found = card(rules(KEPT), facts, "2024")
    assert (found.total, found.star, found.vetoes) == (0, 1, ("V",))


FULL = """
[[consequence]]
id = "full"
title = "Twelve points and more"
when = [{ what = "total", from = 12 }]
"""


def test_trap_15_a_revocation_undoes_the_consequence():
    """Trap 15: 12 points are full; with 3 of them taken back 9 remain, and history still knows both."""
    facts = [
        result(9, "2024-02-01"),
        result(3, "2024-03-01", id="wrong"),
        fact("result", "2024-03-01", 3, id="back", reverses="wrong", recorded_on="2024-08-01"),
    ]
    before = card(rules(POINTS + FULL), facts, "2024", as_of="2024-07-31")
    after = card(rules(POINTS + FULL), facts, "2024")
    assert (before.total, before.consequences) == (12, ("full",))
    assert (after.total, after.consequences) == (9, ())


AMENDED = """
[fact.deed]
[[item]]
id = "i"
category = "c"
title = "Deeds"
on = "deed"
points = 2
cap = { month = 4 }
[[amend]]
effective = 2024-07-01
basis = "Decision 7"
set = { "item.i.points" = 3, "item.i.cap.month" = 3 }
"""


def test_trap_16_old_facts_are_paid_by_old_rules():
    """Trap 16: June 3 × 2 = 6 → 4 by the old month cap, July 2 × 3 = 6 → 3 by the new one; 7."""
    facts = [fact("deed", f"2024-06-{day:02d}") for day in (1, 2, 3)]
    facts += [fact("deed", f"2024-07-{day:02d}") for day in (1, 2)]
    assert total(rules(AMENDED), facts, "2024") == 7


ABSENT = """
[fact.login]
[[item]]
id = "i"
category = "c"
title = "A week without login"
on = "login"
measure = "absent"
over = "week"
deduct = 1
"""


@pytest.mark.parametrize(
    ("belongs", "logins"),
    [
        ({"joined": date(2024, 12, 16)}, ["2024-12-18", "2024-12-24"]),
        ({"left": date(2024, 1, 7)}, ["2024-01-03"]),
    ],
    ids=["joined-late", "left-early"],
)
def test_trap_27_nobody_is_charged_for_weeks_outside_membership(belongs, logins):
    """Trap 27: with a login in every whole week of belonging nothing is taken off."""
    assert total(rules(ABSENT), [fact("login", day) for day in logins], "2024", **belongs) == 0


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ('"mean"', "87.50"),  # 350 / 4
        ('"sum"', "350.00"),
        ('"best"', "95.00"),
        ('"last"', "85.00"),
        ('"weights", weights = [1, 2, 3, 4]', "88.50"),  # (80 + 180 + 285 + 340) / 10
    ],
    ids=["mean", "sum", "best", "last", "weights"],
)
def test_s18_quarters_make_the_year_as_declared(by, expected):
    """S18: 80, 90, 95 and 85 in four quarters become the year's score in the way the rules name."""
    roll_up = f'{{ into = "year", partial = "served", by = {by} }}'
    year = rules(POINTS, period='"quarter"', roll_up=roll_up)
    marks = {"2024-03-31": 80, "2024-06-30": 90, "2024-09-30": 95, "2024-12-31": 85}
    assert total(year, [result(mark, day) for day, mark in marks.items()], "2024") == Decimal(expected)
