from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.basics import add_months
from serviceorg.errors import EntryRefused
from serviceorg.ledger import Expiry, Journal, ending, expire, lifetime, post, reverse
from tests.ledger.accounts import RULES, draft_of, posted, rules_of, yearly

YEARLY = rules_of(expiries=[yearly()])
ROLLING = rules_of(
    expiries=[Expiry(id="old", account="time", ends="months", months=12, target_account="hours:ended")]
)


def earned(*amounts, rules=RULES):
    """Return a journal of (day, amount) earned by A, or spent where the amount is below 0."""
    return posted(
        *(
            draft_of("earn" if amount > 0 else "spend", "A", abs(amount), on=day, id=f"e{number}")
            for number, (day, amount) in enumerate(amounts)
        ),
        rules=rules,
    )


def test_a_year_ends_with_its_last_day():
    """On 31 December everything is there, on 1 January nothing is; what was earned stays (S24, trap 14)."""
    journal = earned((date(2024, 3, 1), 30), (date(2024, 12, 31), 5))

    assert expire(journal, YEARLY, on=date(2024, 12, 31)) is journal
    after = expire(journal, YEARLY, on=date(2025, 1, 1))

    assert after.balance("time:A") == 0
    assert after.balance("time:A", on=date(2024, 12, 31)) == 35
    assert after.balance("hours:ended") == 35
    assert after.last.id == "year-time/time:A/2025-01-01"
    assert lifetime(after, YEARLY, "time:A") == 35


def test_asking_twice_books_once():
    """What has ended is booked out once, however often and however late it is asked for."""
    journal = earned((date(2024, 3, 1), 30))

    once = expire(journal, YEARLY, on=date(2025, 1, 1))

    assert expire(once, YEARLY, on=date(2027, 6, 1)) is once
    assert expire(journal, YEARLY, on=date(2025, 1, 9)) == once


def test_what_comes_back_too_late_ends_too():
    """A spending of 4 taken back after the year's end restores what has ended: it is booked out by itself."""
    journal = earned((date(2024, 3, 1), 30), (date(2024, 4, 1), -4))
    journal = expire(journal, YEARLY, on=date(2025, 1, 1))
    journal = reverse(journal, "e1", id="back", on=date(2025, 1, 2))

    after = expire(journal, YEARLY, on=date(2025, 1, 2))

    assert (after.balance("time:A"), after.balance("hours:ended")) == (0, 30)
    assert after.last.id == "year-time/time:A/2025-01-01#2"


def test_late_booking_takes_only_what_is_left_of_the_old_year():
    """Of 100 of the old year 30 were moved in January and 20 new ones came: 70 end, and 20 stay."""
    journal = earned((date(2024, 3, 1), 100))
    journal = post(journal, RULES, draft_of("spend", "A", 30, on=date(2025, 1, 3)))
    journal = post(journal, RULES, draft_of("earn", "A", 20, on=date(2025, 1, 5)))

    after = expire(journal, YEARLY, on=date(2025, 1, 9))

    assert after.balance("time:A") == 20
    assert (after.last.on, after.last.occurred_on) == (date(2025, 1, 5), date(2025, 1, 1))


def test_an_account_year_may_begin_in_another_month():
    """With years from November, what came in on 31 October ends with that day (S24)."""
    rules = rules_of(expiries=[yearly()], first_month=11)
    journal = earned((date(2024, 10, 31), 3), (date(2024, 11, 1), 4))

    after = expire(journal, rules, on=date(2024, 11, 1))

    assert after.balance("time:A") == 4


def test_twelve_months_end_on_the_day_of_the_same_number():
    """What came in on 29 February 2024 counts through 28 February 2025, the last day of a shorter month."""
    journal = earned((date(2024, 2, 29), 8))

    assert expire(journal, ROLLING, on=date(2025, 2, 28)).balance("time:A") == 8
    assert expire(journal, ROLLING, on=date(2025, 3, 1)).balance("time:A") == 0


def test_the_oldest_goes_first():
    """Spending takes from the oldest amount: of 10 and 10, after 12 spent, 8 of the second are left."""
    journal = earned((date(2024, 1, 10), 10), (date(2024, 6, 10), 10), (date(2024, 7, 1), -12))

    first = expire(journal, ROLLING, on=date(2025, 1, 11))
    second = expire(first, ROLLING, on=date(2025, 6, 11))

    assert first is journal
    assert second.balance("hours:ended") == 8


def test_a_reversed_entry_has_never_been():
    """What was taken back neither ends nor shields anything older from ending (W33)."""
    journal = earned((date(2024, 1, 10), 10), (date(2024, 1, 11), -4), (date(2024, 2, 1), 5))
    journal = reverse(journal, "e1", id="b1", on=date(2024, 2, 2))
    journal = reverse(journal, "e2", id="b2", on=date(2024, 2, 2))

    after = expire(journal, ROLLING, on=date(2025, 1, 11))

    assert after.balance("time:A") == 0
    assert after.balance("hours:ended") == 10


def test_a_debt_is_paid_before_anything_can_end():
    """Of 6 that came in after a debt of 4, 2 are left to end."""
    rules = rules_of(expiries=[yearly("debt")])
    journal = posted(
        draft_of("lend", "A", 4, other="B", on=date(2024, 1, 1)),
        draft_of("lend", "B", 4, other="C", on=date(2024, 1, 2)),
        draft_of("lend", "C", 4, other="A", on=date(2024, 1, 3), id="x"),
        draft_of("lend", "C", 2, other="A", on=date(2024, 1, 3), id="y"),
        rules=rules,
    )

    after = expire(journal, rules, on=date(2025, 1, 1))

    assert [after.balance(f"debt:{name}") for name in "ABC"] == [0, 0, -2]
    assert after.balance("hours:ended") == 2


def test_an_own_year_ends_on_the_eve_of_the_anniversary():
    """Who joined on 15 May 2020 loses what came in before on 15 May; of others nothing ends (S24)."""
    own = Expiry(id="own", account="time", ends="anniversary", target_account="hours:ended")
    rules = rules_of(expiries=[own])
    joined = {"A": date(2020, 5, 15)}
    journal = earned((date(2024, 5, 14), 3), (date(2024, 5, 15), 4))

    assert expire(journal, rules, on=date(2024, 5, 15), joined=joined).balance("time:A") == 4
    assert expire(journal, rules, on=date(2025, 5, 15), joined=joined).balance("time:A") == 0
    assert expire(journal, rules, on=date(2030, 1, 1)) is journal


def test_what_has_ended_cannot_be_spent():
    """A redemption in the new year waits until the old one is booked out, and the refusal says how much."""
    journal = earned((date(2024, 3, 1), 30), (date(2025, 1, 2), 1))
    draft = draft_of("spend", "A", 1, on=date(2025, 1, 3))

    with pytest.raises(EntryRefused) as caught:
        post(journal, YEARLY, draft)

    assert str(caught.value).endswith(
        "30 of time:A ended before 2025-01-03; book what has ended first (expire)"
    )
    assert post(expire(journal, YEARLY, on=date(2025, 1, 3)), YEARLY, draft).balance("time:A") == 0


def test_expiry_does_not_go_back():
    """Nothing is booked out on a day before the last entry's."""
    with pytest.raises(EntryRefused, match="is before 2024-03-01"):
        expire(earned((date(2024, 3, 1), 30)), YEARLY, on=date(2024, 2, 1))


def test_what_will_end_can_be_foreseen():
    """A day in the future shows what would end by then, and books nothing."""
    journal = earned((date(2024, 3, 1), 30), (date(2024, 9, 1), 5))

    found = ending(journal, ROLLING, on=date(2025, 12, 31))

    assert [(one.on, one.account, one.amount) for one in found] == [
        (date(2025, 3, 2), "time:A", 30),
        (date(2025, 9, 2), "time:A", 5),
    ]


def test_an_amount_ends_by_the_rule_it_came_in_under():
    """Since 2025 points last twelve months; those of 2024 still end with that year (S24)."""
    rules = rules_of(
        expiries=[
            yearly(until=date(2024, 12, 31)),
            Expiry(
                id="months",
                account="time",
                ends="months",
                months=12,
                target_account="hours:ended",
                since=date(2025, 1, 1),
            ),
        ]
    )
    journal = earned((date(2024, 12, 31), 3), (date(2025, 1, 1), 4))

    assert expire(journal, rules, on=date(2025, 1, 1)).balance("time:A") == 4
    assert expire(journal, rules, on=date(2026, 1, 2)).balance("time:A") == 0


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(-6, 6).filter(bool)), max_size=25),
    st.integers(0, 900),
)
def test_expiry_agrees_with_single_points(flows, later):
    """Booking out equals keeping every single point with its day and dropping the oldest first (oracle)."""
    day, journal, points = date(2024, 1, 1), Journal(), []
    for number, (gap, amount) in enumerate(flows):
        day += timedelta(days=gap)
        if amount > 0:
            journal = post(journal, RULES, draft_of("earn", "A", amount, on=day, id=str(number)))
            points += [day] * amount
        elif len(points) >= -amount:
            journal = post(journal, RULES, draft_of("spend", "A", -amount, on=day, id=str(number)))
            del points[:-amount]
    end = day + timedelta(days=later)

    after = expire(journal, ROLLING, on=end)

    assert after.balance("time:A") == sum(add_months(since, 12) >= end for since in points)
    assert after.balance("time:A") + after.balance("hours:ended") == len(points)
    assert lifetime(after, ROLLING, "time:A") == sum(
        Decimal(entry.amount) for entry in journal if entry.move == "earn"
    )
