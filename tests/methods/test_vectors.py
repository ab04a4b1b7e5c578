"""Micro test vectors: each comes from one real rule, and the expected numbers are the published ones."""

from decimal import Decimal

import pytest

from serviceorg.model import Subject
from tests.methods.given import card, cards, fact, method, rules, total


def _items(number, facts, period, **more):
    return {name: part.points for name, part in card(method(number), facts, period, **more).items.items()}


@pytest.mark.parametrize(
    ("minutes", "hours"),
    [(7, "0.25"), (15, "0.25"), (16, "0.50"), (52, "1.00"), (70, "1.25")],
)
def test_m1_every_begun_quarter_hour_counts(minutes, hours):
    """M1: NorCal takes a service up to the quarter hour."""
    assert total(method(7), [fact("minutes", "2016-01-04", minutes, bank="norcal")], "2016") == Decimal(hours)


@pytest.mark.parametrize(("minutes", "hours"), [(7, "0.00"), (16, "0.25"), (52, "0.75"), (70, "1.25")])
def test_m1_the_nearest_quarter_hour_counts(minutes, hours):
    """M1: Rockies takes a service to the nearest quarter hour."""
    assert total(method(7), [fact("minutes", "2016-01-04", minutes, bank="rockies")], "2016") == Decimal(
        hours
    )


MARKS = (92, 88, 85, 90, 79, 95)


def _ballots(last_ballot):
    """Six ballots on three people; the first five, and with (60, 65) the last, have two marks below 70."""
    others = [*[(60, 65)] * 5, last_ballot]
    for number, (mark, other) in enumerate(zip(MARKS, others, strict=True)):
        for name, points in zip("ABC", (mark, *other), strict=True):
            yield fact("mark", "2022-11-01", points, subject=name, ballot=f"b{number}", voter=f"v{number}")


def _ratees():
    return [Subject(id=name, kind="staff") for name in "ABC"]


def test_m2_six_valid_ballots_are_trimmed():
    """M2: of 92, 88, 85, 90, 79, 95 the highest and the lowest are dropped: 88.75, grade B."""
    found = cards(method(14), _ballots((60, 65)), "2022", subjects=_ratees())["A"]
    assert (found.total, found.grade) == (Decimal("88.75"), "B")


def test_m2_a_void_ballot_switches_trimming_off():
    """M2: without the void ballot of 95 there are five raters and no trimming: 86.80, grade B."""
    found = cards(method(14), _ballots((75, 65)), "2022", subjects=_ratees())["A"]
    assert (found.total, found.grade) == (Decimal("86.80"), "B")


def test_m3_a_day_in_the_app():
    """M3: 1 + 2 + 4 + 1 + 0.5 = 8.5 points for one busy day."""
    day = "2019-05-06"
    facts = [fact("login", day), fact("like", day)]
    facts += [fact("read", day, 30, id=f"r{n}") for n in range(3)]
    facts += [fact("video", day, 10, id=f"v{n}") for n in range(3)]
    facts += [fact("favourite", day, id=f"f{n}") for n in range(3)]
    assert total(method(4), facts, "2019") == Decimal("8.5")


STUDY = """
[fact.session]
[fact.notes]
[fact.essay]
[[item]]
id = "sessions"
category = "c"
title = "Sessions"
on = "session"
points = 2
cap = { year = 12 }
[[item]]
id = "notes"
category = "c"
title = "Notes"
on = "notes"
points = 1
times = { year = 4 }
[[item]]
id = "essays"
category = "c"
title = "Essays"
on = "essay"
points = 1
times = { year = 4 }
"""


def test_m4_fifteen_sessions_pay_twelve():
    """M4: 15 × 2 = 30 becomes 12; with 4 notes and 4 essays 20 of 20."""
    facts = [fact("session", f"2024-05-{day:02d}") for day in range(1, 16)]
    facts += [fact(kind, f"2024-0{month}-28") for kind in ("notes", "essay") for month in (3, 5, 7, 9)]
    found = card(rules(STUDY), facts, "2024")
    assert (found.items["sessions"].points, found.total) == (12, 20)


def test_m5_more_than_eight_hours_count_eight():
    """M5: 8 h 40 min become 8.0 h."""
    long = fact("minutes", "2016-05-02", 520, bank="petroleum", decided_on="2016-05-09")
    assert total(method(7), [long], "2016") == Decimal("8.0")


def test_m5_certified_after_32_days_counts_nothing():
    """M5: a certification that comes 32 days after the activity is too late."""
    late = fact("minutes", "2016-05-02", 300, bank="petroleum", decided_on="2016-06-03")
    assert total(method(7), [late], "2016") == 0


STORED = """
[fact.hours]
amount = { most = 3000 }
[[item]]
id = "stored"
category = "c"
title = "Hours stored"
on = "hours"
points = 1
per = "amount"
window = "ever"
cap = 1500
"""


def test_m6_hours_beyond_the_store_are_told_as_lost():
    """M6: 1,498 hours and 5 more are 1,500 stored; the 3 beyond are told, for the donation pool to take."""
    hours = [fact("hours", "2023-05-01", 1498), fact("hours", "2024-05-01", 5)]

    found = card(rules(STORED), hours, "2024")

    bites = [reason.arguments for reason in found.reason.walk() if reason.code == "cap-period"]
    assert (found.total, bites) == (1500, [(Decimal(1503), Decimal(1500), Decimal(3))])


@pytest.mark.parametrize(("members", "excellent"), [(10, 3), (9, 3), (2, 0)], ids=["ten", "nine", "two"])
def test_m8_at_most_a_third_is_excellent(members, excellent):
    """M8: at most a third of 10, 9 and 2 members is 3, 3 and nobody."""
    names = [f"M-{number:02d}" for number in range(members)]
    facts = [fact("result", "2014-12-20", 99 - number, subject=name) for number, name in enumerate(names)]
    found = cards(method(21), facts, "2014", subjects=[Subject(id=name) for name in names])
    assert [name for name in names if found[name].grade == "excellent"] == names[:excellent]


SANCTIONS = """
[fact.sanction]
fields.level = ["warning", "demerit", "major", "removal"]
[fact.work]
[[item]]
id = "work"
category = "c"
title = "Work"
on = "work"
points = 1
[[veto]]
id = "V"
title = "Under a sanction"
on = "sanction"
effect = "zero"
adds_up = { months = 48 }
[veto.lasts]
by = "level"
[veto.lasts.table]
warning = { months = 6 }
demerit = { months = 12 }
major = { months = 18 }
removal = { months = 24 }
"""


def _runs(facts, day):
    """Say whether a sanction is in force on a day, by the month that ends with what is known of that day."""
    return card(rules(SANCTIONS, period='"month"', base="10"), facts, day[:7], as_of=day).vetoes == ("V",)


def test_m9_a_new_sanction_begins_where_the_old_one_ends():
    """M9: a warning of 1 March and a demerit of 1 May run 4 + 12 = 16 months, to 31 August."""
    facts = [fact("sanction", "2023-03-01", level="warning"), fact("sanction", "2023-05-01", level="demerit")]
    assert _runs(facts, "2024-08-31")
    assert not _runs(facts, "2024-09-01")


def test_m9_a_single_warning_lasts_six_months():
    """M9: without the second sanction the warning of 1 March ends on 31 August of its own year."""
    facts = [fact("sanction", "2023-03-01", level="warning")]
    assert _runs(facts, "2023-08-31")
    assert not _runs(facts, "2023-09-01")


def test_m9_sanctions_never_add_up_to_more_than_48_months():
    """M9: 40 remaining months and 24 new ones are 48, counted from the new sanction."""
    twice = [fact("sanction", "2020-01-01", level="removal", id=f"x{n}") for n in range(2)]  # to 31 Dec 2023
    facts = [
        *twice,
        fact("sanction", "2020-09-01", level="removal"),
    ]  # 40 months remain; 48 end on 31 Aug 2024
    assert _runs(facts, "2024-08-31")
    assert not _runs(facts, "2024-09-01")


def test_m13_full_points_or_a_straight_line():
    """M13: 86.4 % against 90 % costs 3 of 25 by full points and 3.6 on the line."""
    found = _items(10, [fact("closure", "2017-06-30", one_go=864, all=1000)], "2017-Q2")
    assert (found["whole"], found["line"]) == (22, Decimal("21.4"))


ABSENCES = [
    *[fact("attendance", f"2009-01-{day:02d}", type="absence") for day in (5, 12, 19)],
    *[fact("attendance", f"2009-02-{day:02d}", type="late") for day in (2, 9)],
    fact("attendance", "2009-03-02", type="no-show"),
]


def test_m14_occurrences_add_up():
    """M14: 3 absences, 2 times late and a no-show are 3 + 1 + 2 = 6 points."""
    assert _items(24, ABSENCES, "2009", as_of="2009-03-31")["clean-quarter"] == 6


def test_m14_an_absence_free_quarter_clears_them():
    """M14: after a quarter without any occurrence the points are 0."""
    assert _items(24, ABSENCES, "2009", as_of="2009-06-30")["clean-quarter"] == 0
