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
#: Ten trees instead of a hundred.
TEN = HUNDRED.replace("target = 100", "target = 10")
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
    given = book(TEN)
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


def _merged_twice():
    """Return u-1 and u-2 merged into m on 1 March, m and u-3 into e on 20 March."""
    before = Snapshot.of(units=[Unit(id="u-1"), Unit(id="u-2"), Unit(id="u-3")])
    once = merge(before, ["u-1", "u-2"], into=Unit(id="m"), on=day("03-01"))
    return merge(once, ["m", "u-3"], into=Unit(id="e"), on=day("03-20"))


def test_every_unit_on_the_way_counts_with_its_own_time():
    """Of 10, u-1 planted 3, its heir m 3, and m's heir e 4: e kept the promise; u-3 had no part in it."""
    facts = [
        done(1, "02-01", 3),
        done(2, "03-10", 3, subject="m"),
        done(3, "02-01", 90, subject="u-3"),
        done(4, "04-01", 4, subject="e"),
    ]

    now = taken_over(book(TEN), _merged_twice(), on=day("04-11"))
    (one,) = progress(now, facts, on=day("04-11"))

    assert (one.status, one.actual, one.commitment.by) == ("done", 10, "e")


def test_a_unit_on_the_way_counts_though_its_heir_was_dissolved():
    """What m did between the merger and its own end without an heir counts: 3 and 3 of 10."""
    before = Snapshot.of(units=[Unit(id="u-1"), Unit(id="u-2")])
    once = merge(before, ["u-1", "u-2"], into=Unit(id="m"), on=day("03-01"))
    gone = dissolve(once, "m", on=day("03-20"))
    facts = [done(1, "02-01", 3), done(2, "03-10", 3, subject="m")]

    (one,) = progress(taken_over(book(TEN), gone, on=day("04-11")), facts, on=day("04-11"))

    assert (one.status, one.actual) == ("missed", 6)


@pytest.mark.parametrize("between", ["02-28", "03-01", "03-19", "03-20"])
def test_taking_over_in_steps_is_taking_over_at_once(between):
    """The book of a day between, taken over again later, is the book taken over later."""
    given, units = book(TEN), _merged_twice()

    stepwise = taken_over(taken_over(given, units, on=day(between)), units, on=day("04-11"))

    assert stepwise == taken_over(given, units, on=day("04-11"))


@pytest.mark.parametrize(
    ("done_on", "status", "actual"),
    [("02-01", "missed", 4), ("02-28", "missed", 4), ("03-01", "done", 10), ("04-01", "done", 10)],
    ids=["before", "on-the-eve", "on-the-day", "after"],
)
def test_an_heir_that_was_there_already_counts_from_the_day_of_the_change(done_on, status, actual):
    """u-1 planted 4 and became part of u-2 on 1 March: the 6 of u-2 count from that day on."""
    before = Snapshot.of(units=[Unit(id="u-1"), Unit(id="u-2")])
    merged = merge(before, ["u-1", "u-2"], into="u-2", on=day("03-01"))
    facts = [done(1, "02-01", 4), done(2, done_on, 6, subject="u-2", recorded_on="04-02")]

    (one,) = progress(taken_over(book(TEN), merged, on=day("04-11")), facts, on=day("04-11"))

    assert (one.status, one.actual, one.commitment.by) == (status, actual, "u-2")


def test_what_an_heir_did_for_its_own_part_of_a_promise_counts_always():
    """A promise that counts u-1 and u-2 by name counts what u-2 did before u-1 became part of it."""
    before = Snapshot.of(units=[Unit(id="u-1"), Unit(id="u-2")])
    merged = merge(before, ["u-1", "u-2"], into="u-2", on=day("03-01"))
    given = book(TEN + 'whose = ["u-1", "u-2"]\n')
    facts = [done(1, "02-01", 4), done(2, "02-01", 6, subject="u-2")]

    (one,) = progress(taken_over(given, merged, on=day("04-11")), facts, on=day("04-11"))

    assert (one.status, one.actual) == ("done", 10)


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
