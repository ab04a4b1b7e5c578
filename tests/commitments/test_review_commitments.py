"""Promises in parts and on the way: evidence that counts once, milestones that stay met."""

from datetime import UTC, date, datetime

import pytest

from serviceorg.commitments import progress, result_facts, taken_over
from serviceorg.errors import PeriodError
from serviceorg.model import Snapshot, Unit, dissolve, merge
from tests.commitments.given import HUNDRED, book, day, done, seen

PARTS = """
[[commitment]]
id = "c"
title = "Two works"
by = "u-1"
since = 2025-01-01
due = 2025-04-10
fact = "done"
measure = "sum"
together = "sum"
shared = true
proof = { evidence = true, once = true }
[[commitment.part]]
id = "a"
target = 10
where = { thing = ["a"] }
[[commitment.part]]
id = "b"
target = 10
where = { thing = ["b", "both"] }
[[commitment.part]]
id = "also-b"
target = 10
where = { thing = "both" }
"""
LEVEL = """
[[commitment]]
id = "c"
title = "A level"
by = "u-1"
target = 10
since = 2025-01-01
due = 2025-12-31
fact = "level"
measure = "last"
milestone = [{ on = 2025-06-30, target = 5 }]
"""


def test_one_reference_counts_once_for_all_parts():
    """What proved part a does not prove part b as well: 10 of 30, the later fact is set aside (trap 41)."""
    facts = [
        done(2, "03-01", 10, thing="b", evidence="E1"),
        done(1, "02-01", 10, thing="a", evidence="E1"),
    ]

    one = seen(facts, "04-01", text=PARTS)

    assert (one.actual, one.target) == (10, 30)
    assert [(left.fact.id, left.why, left.detail) for left in one.set_aside] == [
        ("f2", "evidence-again", "f1")
    ]
    assert [fact.id for fact in one.counted] == ["f1"]


def test_one_fact_may_count_for_two_parts():
    """A fact that two parts speak of is one proof, not a second use of it."""
    one = seen([done(1, "02-01", 10, thing="both", evidence="E1")], "04-01", text=PARTS)

    assert [part.actual for part in one.standing.parts] == [0, 10, 10]
    assert one.set_aside == ()


def test_a_milestone_met_in_time_stays_met():
    """The level was 6 on 30 June; that it fell to 4 in July and rose in August changes nothing."""
    facts = [
        done(1, "02-01", 6, kind="level"),
        done(2, "07-15", 4, kind="level"),
        done(3, "08-15", 7, kind="level"),
    ]

    found = [seen(facts, on, text=LEVEL).standing.milestones[0] for on in ("06-30", "08-01", "09-01")]

    assert [one.status for one in found] == ["met", "met", "met"]
    assert {str(one.reached) for one in found} == {"2025-02-01"}


def test_a_milestone_missed_on_its_day_is_late():
    """The level was 4 on 30 June, below 5, and 7 in August: late, since then."""
    facts = [
        done(1, "02-01", 6, kind="level"),
        done(2, "06-15", 4, kind="level"),
        done(3, "08-15", 7, kind="level"),
    ]

    (found,) = seen(facts, "09-01", text=LEVEL).standing.milestones

    assert (found.status, str(found.reached)) == ("late", "2025-08-15")


def test_the_promise_of_a_merged_unit_is_kept_by_its_heir():
    """Of 10, 4 were planted before u-1 became m, and 6 by m after that: m kept the promise (W29, W32)."""
    before = Snapshot.of(units=[Unit(id="u-1"), Unit(id="u-2")])
    merged = merge(before, ["u-1", "u-2"], into=Unit(id="m"), on=day("03-01"))
    given = book(HUNDRED.replace("target = 100", "target = 10"))
    facts = [
        done(1, "02-01", 4),
        done(2, "02-01", 90, subject="u-2"),
        done(3, "04-01", 6, subject="m"),
    ]

    now = taken_over(given, merged, on=day("04-11"))
    (one,) = progress(now, facts, on=day("04-11"))

    assert (one.status, one.actual, one.commitment.by) == ("done", 10, "m")
    assert [fact.subject for fact in result_facts(now, facts, on=day("04-11"))] == ["m"]
    assert taken_over(given, merged, on=day("02-28")) == given


def test_a_promise_that_nobody_took_over_stays_whose_it_was():
    """After a dissolution there is no heir; who is no unit of the snapshot is left alone."""
    gone = dissolve(Snapshot.of(units=[Unit(id="u-1")]), "u-1", on=day("03-01"))

    assert taken_over(book(), gone, on=day("04-11")) == book()
    assert taken_over(book(), Snapshot.of(), on=day("04-11")) == book()


@pytest.mark.parametrize("known", [datetime(2025, 3, 1, tzinfo=UTC), "2025-03-01"], ids=["moment", "text"])
def test_what_was_known_is_known_on_a_day(known):
    """Neither a moment nor a text is a day, whether there are facts or not."""
    with pytest.raises(PeriodError, match="known_on"):
        progress(book(), [], on=day("03-01"), known_on=known)


def test_after_the_due_day_all_should_be_reached():
    """The milestone of June asks for 5; after the year is over, 10 should be there."""
    facts = [done(1, "02-01", 4, kind="level")]

    found = [seen(facts, on, text=LEVEL).standing.expected for on in ("06-30", "07-01", "12-31")]
    over = progress(book(LEVEL), facts, on=date(2026, 1, 1))[0]

    assert found == [None, 5, 5]
    assert over.standing.expected == 10
