from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serviceorg.commitments import FactIndex, course, explain, progress
from serviceorg.errors import FactProblems, PeriodError, UnknownIdError
from tests.commitments.given import HUNDRED, LIMIT, book, day, done, seen

MILESTONES = """
[[commitment.milestone]]
on = 2025-01-31
target = 30
[[commitment.milestone]]
on = 2025-02-28
target = 60
"""
PROOF = "proof = {{ {} }}\n"
CONFIRMED = 'responsible = "boss"\nconfirmed = { by = "checker", among = ["ann", "bob"] }\n'


@pytest.mark.parametrize(
    ("facts", "on", "status"),
    [
        pytest.param([], "02-01", "not-started", id="nothing-yet"),
        pytest.param([done(1, "02-01", 1)], "02-01", "on-track", id="begun"),
        pytest.param([done(1, "02-01", 99)], "04-10", "on-track", id="the-due-day-still-runs"),
        pytest.param([done(1, "02-01", 99)], "04-11", "missed", id="one-short-on-the-day-after"),
        pytest.param([done(1, "04-10", 100)], "04-10", "done", id="reached-on-the-due-day"),
        pytest.param([done(1, "04-11", 100)], "04-11", "done-late", id="reached-on-the-day-after"),
        pytest.param([done(1, "02-01", 60), done(2, "03-01", 40)], "05-01", "done", id="added-up"),
        pytest.param([done(1, "03-01", 100)], "02-28", "not-started", id="what-comes-later-is-not-there"),
    ],
)
def test_a_promise_is_said_where_it_stands(facts, on, status):
    """A promise of 100 is kept up to its due day, that day included, and missed from the day after (W32)."""
    assert seen(facts, on).status == status


def test_share_is_exact_and_the_percentage_rounded_as_declared():
    """4,812 of 6,486 homes are 401/540.5, as a percentage with two decimals 74.19 (row 32).

    6486 × 0.74185 = 4811.64 and 6486 × 0.74195 = 4812.29, so 4812 rounds to 74.19.
    """
    text = HUNDRED.replace("target = 100", "target = 6486")

    one = seen([done(1, "02-01", 4812)], "02-02", text=text)

    assert one.standing.share == Fraction(4812, 6486)
    assert str(one.percent) == "74.19"


def test_a_promise_before_its_first_day_has_not_started():
    """Before the promise begins, even what lies before it does not start it."""
    one = seen(
        [done(1, "01-01", 5)], "01-01", text=HUNDRED.replace("since = 2025-01-01", "since = 2025-01-02")
    )

    assert one.status == "not-started"


def test_what_was_done_before_the_promise_does_not_count():
    """Progress counts from the first day of the promise; earlier facts are listed with that day."""
    early = done(1, "01-01", 5)
    text = HUNDRED.replace("since = 2025-01-01", "since = 2025-01-02")

    one = seen([early], "02-01", text=text)

    assert (one.actual, [(a.fact, a.why, a.detail) for a in one.set_aside]) == (
        0,
        [(early, "too-early", "2025-01-02")],
    )
    assert explain(one).splitlines()[-1] == "  facts before 2025-01-02, when the promise began: 1"


@pytest.mark.parametrize(
    ("amount", "on", "status", "milestones"),
    [
        pytest.param(29, "01-31", "on-track", ["open", "open"], id="its-day-still-runs"),
        pytest.param(29, "02-01", "behind", ["missed", "open"], id="behind-from-the-day-after"),
        pytest.param(30, "02-01", "on-track", ["met", "open"], id="met"),
        pytest.param(60, "03-01", "on-track", ["met", "met"], id="both-met"),
    ],
)
def test_a_milestone_binds_from_the_day_after(amount, on, status, milestones):
    """Who has not reached a milestone by the end of its day is behind (节点)."""
    one = seen([done(1, "01-15", amount)], on, text=HUNDRED + MILESTONES)

    assert (one.status, [m.status for m in one.standing.milestones]) == (status, milestones)


def test_who_catches_up_is_on_track_again_and_the_milestone_stays_late():
    """A milestone that is reached later is late for good; the promise is on track."""
    facts = [done(1, "01-15", 10), done(2, "02-10", 20)]

    one = seen(facts, "02-11", text=HUNDRED + MILESTONES)

    assert one.status == "on-track"
    assert (one.standing.milestones[0].status, one.standing.milestones[0].reached) == ("late", day("02-10"))


@pytest.mark.parametrize(
    ("amount", "on", "status"),
    [
        pytest.param(10, "01-11", "on-track", id="ten-after-ten-days"),
        pytest.param("9.9999", "01-11", "behind", id="a-little-less"),
        pytest.param(10, "01-12", "behind", id="a-day-later"),
    ],
)
def test_an_even_pace_asks_for_the_share_of_the_days_gone_by(amount, on, status):
    """Of 100 in a hundred days, ten are due after ten whole days, exactly."""
    one = seen([done(1, "01-05", amount)], on, text=HUNDRED + 'pace = "even"\n')

    assert one.status == status


def test_a_fraction_of_an_even_pace_is_compared_exactly():
    """Of 1 in three days a third is due after the first; 0.3333 is less, 0.3334 is not."""
    text = HUNDRED.replace("target = 100", "target = 1").replace("due = 2025-04-10", "due = 2025-01-03")
    text += 'pace = "even"\n'

    less = seen([done(1, "01-01", "0.3333")], "01-02", text=text)
    more = seen([done(1, "01-01", "0.3334")], "01-02", text=text)

    assert (less.status, more.status) == ("behind", "on-track")
    assert less.standing.expected == Fraction(1, 3)


@pytest.mark.parametrize(
    ("fact", "why"),
    [
        pytest.param(done(1, "02-01", 5), ["no-evidence"], id="no-evidence"),
        pytest.param(done(1, "02-01", 5, evidence=" "), ["no-evidence"], id="blank"),
        pytest.param(done(1, "02-01", 5, evidence="e"), ["no-proof"], id="no-photo"),
        pytest.param(done(1, "02-01", 5, evidence="e", photo=False), ["no-proof"], id="photo-denied"),
        pytest.param(done(1, "02-01", 5, evidence="e", photo=True), [], id="proved"),
    ],
)
def test_what_lacks_proof_does_not_count_and_is_listed(fact, why):
    """A fact without the proof a promise asks for adds nothing, and is listed with what it lacks."""
    one = seen([fact], "02-02", text=HUNDRED + PROOF.format('evidence = true, fields = "photo"'))

    assert [a.why for a in one.set_aside] == why
    assert one.actual == (0 if why else 5)


def test_one_reference_proves_one_thing():
    """The same evidence shown a second time counts once, for the earlier fact (trap 41)."""
    facts = [done(2, "02-01", 7, evidence="sheet"), done(1, "02-03", 5, evidence="sheet")]

    one = seen(facts, "02-04", text=HUNDRED + PROOF.format("once = true"))

    assert (one.actual, [(a.fact.id, a.why, a.detail) for a in one.set_aside]) == (
        7,
        [("f1", "evidence-again", "f2")],
    )


@pytest.mark.parametrize(
    ("more", "why"),
    [
        pytest.param({"checker": "ann", "decided_on": "02-02"}, [], id="confirmed"),
        pytest.param({"checker": "ann"}, ["unconfirmed"], id="not-decided"),
        pytest.param({"checker": "ann", "decided_on": "02-09"}, ["unconfirmed"], id="decided-later"),
        pytest.param({"decided_on": "02-02"}, ["unconfirmed"], id="by-nobody"),
        pytest.param({"checker": "cid", "decided_on": "02-02"}, ["wrong-confirmer"], id="by-somebody-else"),
        pytest.param({"checker": "u-1", "decided_on": "02-02"}, ["own-confirmation"], id="by-the-promiser"),
        pytest.param({"checker": "boss", "decided_on": "02-02"}, ["own-confirmation"], id="by-who-answers"),
        pytest.param(
            {"checker": "bob", "decided_on": "02-02", "recorded_by": "bob"},
            ["own-confirmation"],
            id="by-the-recorder",
        ),
    ],
)
def test_nobody_confirms_the_own_promise(more, why):
    """Progress counts once somebody who did not promise, answer for or record it has confirmed it."""
    one = seen([done(1, "02-01", 5, **more)], "02-05", text=HUNDRED + CONFIRMED)

    assert [a.why for a in one.set_aside] == why


def test_progress_that_is_taken_back_is_gone_and_comes_back_with_its_reversal():
    """A reversed fact adds nothing; taking the reversal back restores it (W33)."""
    first = done(1, "02-01", 100)
    back = done(2, "02-03", reverses="f1", recorded_on="02-03")
    again = done(3, "02-05", reverses="f2", recorded_on="02-05")

    days = [seen([first, back, again], on) for on in ("02-02", "02-04", "02-06")]

    assert [one.status for one in days] == ["done", "not-started", "done"]
    assert [(a.why, a.detail) for a in days[1].set_aside] == [("reversed", "f2")]


def test_what_was_recorded_later_was_not_known_then():
    """The answer of a day is the answer with what was recorded by then; later knowledge is asked for."""
    late = done(1, "02-01", 100, recorded_on="03-01")

    assert seen([late], "02-02").status == "not-started"
    assert seen([late], "02-02", known_on="03-01").status == "done"


@pytest.mark.parametrize(
    ("dates", "reached"),
    [("occurred", "04-01"), ("recorded", "04-09"), ("decided", "04-12")],
    ids=["occurred", "recorded", "decided"],
)
def test_the_declared_date_of_a_fact_decides(dates, reached):
    """Whether a promise was kept in time hangs on the date that counts (trap 11)."""
    fact = done(1, "04-01", 100, recorded_on="04-09", decided_on="04-12")

    one = seen([fact], "04-20", text=f'{HUNDRED}dates = "{dates}"\n')

    assert (one.standing.reached, one.status) == (day(reached), "done-late" if dates == "decided" else "done")


def test_what_is_entered_before_it_happens_is_not_there_yet():
    """A fact recorded ahead of its day neither counts nor is listed before that day."""
    ahead = done(1, "03-01", 100, recorded_on="02-01")

    before, after = seen([ahead], "02-15"), seen([ahead], "03-01")

    assert (before.status, before.set_aside, after.status) == ("not-started", (), "done")


def test_a_fact_nobody_decided_does_not_count_where_the_decision_does():
    """Where the decision's date counts, an undecided fact is listed."""
    one = seen([done(1, "04-01", 100)], "04-20", text=f'{HUNDRED}dates = "decided"\n')

    assert (one.status, [a.why for a in one.set_aside]) == ("missed", ["undecided"])


@pytest.mark.parametrize(
    ("levels", "on", "status"),
    [
        pytest.param([("02-01", 100), ("03-01", 90)], "03-02", "on-track", id="fallen-before-the-due-day"),
        pytest.param([("02-01", 100), ("05-01", 90)], "05-02", "done", id="fallen-after-it"),
        pytest.param([("02-01", 90), ("05-01", 100)], "05-02", "done-late", id="reached-after-it"),
        pytest.param([("05-01", 100), ("05-03", 90)], "05-04", "missed", id="reached-and-lost-after-it"),
    ],
)
def test_a_level_is_judged_on_the_due_day(levels, on, status):
    """Of a level the last report counts: on the due day first, and then what came of it later."""
    text = HUNDRED.replace('fact = "done"', 'fact = "level"').replace('"sum"', '"last"')
    facts = [done(n, when, amount, kind="level") for n, (when, amount) in enumerate(levels)]

    assert seen(facts, on, text=text).status == status


@pytest.mark.parametrize(
    ("amounts", "on", "status"),
    [
        pytest.param([], "02-01", "on-track", id="nothing"),
        pytest.param([3], "02-01", "on-track", id="at-the-limit"),
        pytest.param([3, 1], "02-03", "missed", id="beyond-it"),
        pytest.param([3], "04-11", "done", id="kept"),
        pytest.param([], "04-11", "done", id="nothing-at-all"),
    ],
)
def test_a_limit_that_adds_up_is_broken_at_once_and_kept_at_the_end(amounts, on, status):
    """At most 3: broken as soon as there are 4, kept when the due day is over."""
    facts = [done(n, f"02-0{n + 1}", amount) for n, amount in enumerate(amounts)]

    assert seen(facts, on, text=LIMIT.format(kind="done", measure="sum")).status == status


def test_what_happens_after_the_due_day_does_not_break_a_limit():
    """A limit holds up to its due day."""
    one = seen([done(1, "04-11", 9)], "04-12", text=LIMIT.format(kind="done", measure="sum"))

    assert (one.status, one.actual, one.standing.reached) == ("done", 0, day("04-10"))


@pytest.mark.parametrize(
    ("levels", "on", "status"),
    [
        pytest.param([], "02-01", "not-started", id="never-reported"),
        pytest.param([], "04-11", "missed", id="never-reported-in-the-end"),
        pytest.param([("02-01", 5)], "02-02", "behind", id="too-high"),
        pytest.param([("02-01", 5), ("04-01", 3)], "04-02", "on-track", id="come-down"),
        pytest.param([("02-01", 5), ("04-01", 3)], "04-11", "done", id="down-on-the-due-day"),
        pytest.param([("02-01", 5), ("04-15", 3)], "04-16", "done-late", id="down-too-late"),
    ],
)
def test_a_level_that_must_not_be_passed_may_come_down_again(levels, on, status):
    """At most 3 of a level: what is reported last decides, and silence proves nothing."""
    facts = [done(n, when, amount, kind="level") for n, (when, amount) in enumerate(levels)]

    assert seen(facts, on, text=LIMIT.format(kind="level", measure="last")).status == status


def test_a_target_of_nothing_has_no_percentage():
    """At most 0 cannot be divided by: there is a status, and no percentage."""
    text = LIMIT.format(kind="done", measure="sum").replace("target = 3", "target = 0")

    one = seen([], "02-01", text=text)

    assert (one.status, one.percent, one.standing.share) == ("on-track", None, None)


def test_done_or_not_done_needs_one_fact():
    """What is done or not done is done with the first fact, and not done twice with the second."""
    text = HUNDRED.replace("target = 100", 'target = "done"').replace('measure = "sum"\n', "")

    one = seen([done(1, "02-01", 0), done(2, "02-05", 0)], "03-01", text=text)

    assert (one.status, one.actual, one.standing.reached) == ("done", 1, day("02-01"))


def test_different_values_are_counted_once_each():
    """Three events at two places are two places."""
    text = (
        HUNDRED.replace('fact = "done"', 'fact = "event"')
        .replace('"sum"', '"distinct"\nfield = "place"')
        .replace("= 100", "= 2")
    )
    facts = [done(n, f"02-0{n}", kind="event", place=p) for n, p in enumerate(["east", "east", "west"], 1)]

    one = seen(facts, "02-10", text=text)

    assert (one.actual, one.standing.reached) == (2, day("02-03"))


def test_facts_of_others_do_not_count_unless_said():
    """By default the promiser's own facts count; "anyone" takes everybody's, a list those of the list."""
    facts = [done(1, "02-01", 5), done(2, "02-01", 7, subject="u-2"), done(3, "02-01", 11, subject="u-3")]

    found = [
        seen(facts, "02-02", text=HUNDRED + more).actual
        for more in ("", 'whose = "anyone"\n', 'whose = ["promiser", "u-3"]\n')
    ]

    assert found == [5, 23, 16]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        pytest.param(
            [done(1, "02-01")],
            "fact 'f1': amount: found None; progress is measured by it, so it must be there and not negative "
            "[no-quantity]",
            id="no-amount",
        ),
        pytest.param(
            [done(1, "02-01", -5)],
            "fact 'f1': amount: found Decimal('-5'); progress is measured by it, so it must be there and not "
            "negative [no-quantity]",
            id="negative",
        ),
        pytest.param(
            [done(1, "02-01", 5), done(1, "02-02", 5)],
            "fact 'f1': this id stands on more than one fact [fact-twice]",
            id="twice",
        ),
        pytest.param(
            [done(1, "02-01", 5, reverses="f9")],
            "fact 'f1': reverses 'f9', which is no fact of subject 'u-1' [reverses-nothing]",
            id="reverses-nothing",
        ),
        pytest.param(
            [done(1, "02-01", 5, reverses="f2"), done(2, "02-01", 5, reverses="f1")],
            "fact 'f1': takes back, step by step, itself; a reversal must name an earlier fact "
            "[reverses-itself]",
            id="circle",
        ),
    ],
)
def test_facts_that_cannot_be_counted_are_refused(facts, message):
    """A fact without the measured number, a double id or a reversal of nothing is never made a number."""
    with pytest.raises(FactProblems) as caught:
        seen(facts, "03-01")

    assert str(caught.value) == message


def test_a_moment_is_no_day():
    """A datetime has no one day; it is refused."""
    with pytest.raises(PeriodError, match="is not a date"):
        progress(book(), [], on=datetime(2025, 2, 1))  # noqa: DTZ001  # that is the point


def test_the_course_of_a_promise_shows_each_day_as_it_was_known():
    """The history of a promise is what was said on each day (进度曲线)."""
    facts = [done(1, "01-10", 40), done(2, "02-10", 60, recorded_on="03-01")]

    days = course(book(), "c", facts, days=[day("01-31"), day("02-28"), day("03-31")])

    assert [(one.actual, one.status) for one in days] == [(40, "on-track"), (40, "on-track"), (100, "done")]


def test_the_course_of_an_unknown_promise_is_refused_with_a_guess():
    """A misspelt id is told with what there is."""
    with pytest.raises(UnknownIdError) as caught:
        course(book(), "cc", [], days=[])

    assert str(caught.value) == "there is no commitment 'cc'; known are 'c'. Did you mean 'c'?"


AMOUNTS = st.lists(
    st.tuples(st.integers(0, 120), st.decimals(0, 200, places=4)), max_size=12, unique_by=lambda pair: pair[0]
)


@given(AMOUNTS, st.integers(0, 130), st.randoms())
@settings(max_examples=60)
def test_facts_in_any_order_give_the_same_progress(amounts, after, random):
    """Order never decides; the sum is exact, and a promise that is kept stays kept."""
    start = date(2025, 1, 1).toordinal()
    facts = [
        done(n, date.fromordinal(start + gone).isoformat()[5:], amount)
        for n, (gone, amount) in enumerate(amounts)
    ]
    shuffled = random.sample(facts, len(facts))
    on = date.fromordinal(start + after)

    (one,) = progress(book(), facts, on=on)
    (other,) = progress(book(), FactIndex.of(shuffled), on=on)
    (later,) = progress(book(), facts, on=date(2025, 12, 31))

    assert one.standing == other.standing
    assert one.actual == sum((f.amount for f in facts if f.on <= on), Decimal(0))
    assert one.status not in ("done", "done-late") or later.status == one.status
