from decimal import Decimal

import pytest

from serviceorg.commitments import assigned, explain, progress
from serviceorg.errors import UnknownIdError
from serviceorg.loading.commitment_files import commitments_from_text
from tests.commitments.given import HEAD, HUNDRED, book, day, done, seen

LATER = HUNDRED.replace("due = 2025-04-10", "due = 2025-04-10\nuntil = 2025-02-28") + HUNDRED.replace(
    "target = 100", 'target = 80\nbasis = "Meeting of 27 February"'
).replace("since = 2025-01-01", "since = 2025-03-01").replace("due = 2025-04-10", "due = 2025-05-31")
WITHDRAWN = HUNDRED + 'withdrawn = { on = 2025-03-01, basis = "Meeting of 28 February" }\n'
PARTS = """
[[commitment]]
id = "c"
title = "Trees and shrubs"
by = "u-1"
since = 2025-01-01
due = 2025-04-10
fact = "done"
measure = "sum"
together = "{together}"
[[commitment.part]]
id = "trees"
target = 60
where = {{ thing = "tree" }}
[[commitment.part]]
id = "shrubs"
target = 40
due = 2025-03-31
where = {{ thing = "shrub" }}
"""


def planted(number, on, thing, amount):
    """Return a fact about trees or shrubs."""
    return done(number, on, amount, thing=thing)


def test_a_target_that_was_lowered_leaves_the_first_one_visible():
    """80 by the end of May, not 100 in April: kept by the new promise, missed by the first (W32)."""
    one = seen([done(1, "02-01", 80)], "04-11", text=LATER)

    assert (one.status, one.target, one.percent) == ("done", 80, 100)
    assert (one.first.status, one.first.target, one.first.due, one.first.percent) == (
        "missed",
        100,
        day("04-10"),
        80,
    )


def test_a_version_holds_from_its_first_day():
    """On the last day of the first version the first target counts, and there is no other."""
    one = seen([done(1, "02-01", 80)], "02-28", text=LATER)

    assert (one.target, one.first) == (100, None)


def test_progress_counts_from_the_first_version_on():
    """What was done before the change counts towards the later version too."""
    one = seen([done(1, "01-02", 79), done(2, "03-02", 1)], "03-03", text=LATER)

    assert (one.status, one.standing.reached) == ("done", day("03-02"))


@pytest.mark.parametrize(
    ("facts", "on", "status"),
    [
        pytest.param([done(1, "02-01", 99)], "02-28", "on-track", id="the-day-before"),
        pytest.param([done(1, "02-01", 99)], "03-01", "withdrawn", id="the-day-itself"),
        pytest.param([done(1, "02-01", 100)], "03-01", "done", id="kept-before"),
        pytest.param(
            [done(1, "02-01", 99), done(2, "03-01", 1)], "05-01", "withdrawn", id="too-late-to-count"
        ),
    ],
)
def test_a_withdrawn_promise_stays_what_it_became_before(facts, on, status):
    """A promise that was kept stays kept; one that was not is withdrawn, and nothing counts any more."""
    assert seen(facts, on, text=WITHDRAWN).status == status


def test_parts_that_add_up_do_not_stand_in_for_each_other():
    """70 trees and 30 shrubs are 100, but of 60 and 40: (60 + 30) / 100 = 90 %, and not kept."""
    facts = [planted(1, "02-01", "tree", 70), planted(2, "02-01", "shrub", 30)]

    one = seen(facts, "04-11", text=PARTS.format(together="sum"))

    assert (one.status, one.actual, one.target, one.percent) == ("missed", 100, 100, 90)


def test_parts_that_are_counted_make_shares_of_their_number():
    """One of two parts reached is 50 %."""
    one = seen([planted(1, "02-01", "tree", 60)], "02-02", text=PARTS.format(together="reached"))

    assert (one.status, one.actual, one.target, one.percent) == ("on-track", 1, 2, 50)
    assert [(part.part.id, part.status) for part in one.standing.parts] == [
        ("trees", "done"),
        ("shrubs", "not-started"),
    ]


@pytest.mark.parametrize(
    ("shrubs_on", "on", "status"),
    [
        pytest.param("03-31", "04-01", "done", id="in-time"),
        pytest.param("04-01", "04-02", "done-late", id="part-late"),
        pytest.param("04-20", "04-01", "behind", id="part-overdue"),
    ],
)
def test_a_part_with_an_earlier_due_day_makes_the_whole_late(shrubs_on, on, status):
    """The whole is kept in time if every part was."""
    facts = [planted(1, "02-01", "tree", 60), planted(2, shrubs_on, "shrub", 40)]

    assert seen(facts, on, text=PARTS.format(together="reached")).status == status


def test_a_promise_of_several_is_a_promise_of_each():
    """Several promisers make a commitment each, which counts their own facts."""
    several = book(HUNDRED.replace('by = "u-1"', 'by = ["u-1", "u-2"]'))

    found = progress(several, [done(1, "02-01", 5), done(2, "02-01", 7, subject="u-2")], on=day("02-02"))

    assert [(one.commitment.id, one.commitment.by, one.actual) for one in found] == [
        ("c@u-1", "u-1", 5),
        ("c@u-2", "u-2", 7),
    ]


def test_a_promise_can_be_given_to_the_units_of_a_host():
    """One promise becomes one of each unit named, in their order, with the others around it (row 163)."""
    given = assigned(book(), "c", ("u-9", "u-8"))

    found = progress(given, [done(1, "02-01", 5, subject="u-8")], on=day("02-02"))

    assert [(one.commitment.id, one.actual) for one in found] == [("c@u-9", 0), ("c@u-8", 5)]


def test_a_promise_nobody_knows_cannot_be_given():
    """An unknown id is refused."""
    with pytest.raises(UnknownIdError, match="there is no commitment 'x'"):
        assigned(book(), "x", ("u-1",))


def test_a_changed_promise_is_explained_in_both_languages():
    """The explanation shows the numbers, the change and its basis, the first promise, what is set aside."""
    facts = [done(1, "02-01", 60), done(2, "02-02", 5), done(3, "02-03", reverses="f2")]
    one = seen(facts, "04-11", text=LATER)

    assert explain(one).splitlines() == [
        "c A hundred trees, on 2025-04-11: on track",
        "  60 of at least 80 reached, due on 2025-05-31",
        "  that is 75.00 %",
        "  the version in force since 2025-03-01 rests on: Meeting of 27 February",
        "  first promised: 100 by 2025-04-10; against that: not kept, 60.00 %",
        "  facts that count: 1, of 2025-02-01 to 2025-02-01",
        "  f2 of 2025-02-02 was taken back by f3",
    ]
    assert explain(one, lang="zh").splitlines()[:3] == [
        "c A hundred trees，截至 2025-04-11：按期推进",
        "  已完成 60，目标不少于 80，期限 2025-05-31",
        "  完成率 75.00%",
    ]


def test_the_rounding_of_a_book_is_its_own():
    """Down to a tenth of a percent, 2 of 3 are 66.6."""
    text = 'percent = { step = 0.1, direction = "down" }\n'
    rounded = commitments_from_text(
        HEAD.replace("[fact.done]", text + "[fact.done]") + HUNDRED.replace("target = 100", "target = 3")
    )

    (one,) = progress(rounded, [done(1, "02-01", 2)], on=day("02-02"))

    assert one.percent == Decimal("66.6")
