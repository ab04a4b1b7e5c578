"""Laws of duties, on worlds and facts made up by Hypothesis."""

from datetime import date, timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.basics import Half, Month, Year, parse_period
from serviceorg.calendars import AtLeast, CalendarDays
from serviceorg.duties import Emission, Excuse
from serviceorg.model.reversals import taken_back
from tests.duties.worlds import (
    HOUSEHOLDS,
    VISIT,
    bond,
    household,
    monthly,
    quarterly,
    report_of,
    trait,
    visit,
    world,
)

START = date(2023, 12, 1)
#: From best to worst; what has not been decided yet lies between.
RANK = {
    "done": 0,
    "excused": 1,
    "late": 2,
    "upcoming": 3,
    "open": 3,
    "due-soon": 3,
    "overdue": 4,
    "missed": 5,
}
NAMES = ("H1", "H2")
EMIT = {status: Emission(kind=status) for status in ("done", "late", "missed", "excused")}
DUTIES = (
    quarterly(excuse=Excuse(who={"absence": ("leave",)}, share=(1, 2))),
    monthly(
        towards=attrs.evolve(HOUSEHOLDS, where={"care": ("poor",)}),
        fulfilled=attrs.evolve(VISIT, distinct="day", recorded_within=CalendarDays(10, roll="none")),
        at_least=AtLeast(2, per="month"),
    ),
    quarterly(id="yearly", at_least=AtLeast(3, per="year", spread="half"), grace=CalendarDays(20)),
)


def a_day(most=400):
    """Draw a day of 2024 and a little around it."""
    return st.integers(0, most).map(lambda number: START + timedelta(number))


@st.composite
def visits(draw, most=12):
    """Draw visits with ids of their own, some entered later than they happened."""
    rows = draw(st.lists(st.tuples(a_day(), st.sampled_from(NAMES), st.integers(0, 15)), max_size=most))
    return [
        visit(number, on.isoformat(), name, recorded=(on + timedelta(lag)).isoformat())
        for number, (on, name, lag) in enumerate(rows)
    ]


@st.composite
def worlds(draw):
    """Draw a grid with two households, one of them poor for a time, a linker perhaps away for a time."""
    begun, left = sorted((draw(a_day()), draw(a_day())))
    traits = [trait("H1", "care", "poor", begun.isoformat(), left.isoformat())]
    if draw(st.booleans()):
        since = draw(a_day())
        traits.append(trait("P", "absence", "leave", since.isoformat()))
    return world(
        households=(household("H1"), household("H2", draw(a_day()).isoformat())),
        bonds=(bond(),),
        traits=tuple(traits),
    )


def rows(report):
    """Return each obligation with how it stands."""
    return {one.id: (one.status, one.done, one.needed) for one in report.obligations}


@given(worlds(), visits(), a_day(), st.randoms(use_true_random=False))
def test_facts_in_any_order_give_the_same_report(snapshot, facts, on, chance):
    """Shuffled facts leave every obligation, its facts and what is told as they were."""
    shuffled = list(facts)
    chance.shuffle(shuffled)

    first = report_of(DUTIES, snapshot, facts, on=on.isoformat(), period="2024")
    second = report_of(DUTIES, snapshot, shuffled, on=on.isoformat(), period="2024")

    assert first.obligations == second.obligations
    assert first.facts() == second.facts()


@given(worlds(), visits(), a_day(), a_day(), st.sampled_from(NAMES))
def test_one_more_visit_never_makes_anything_worse(snapshot, facts, on, when, name):
    """With a further visit every obligation stands at least as well as before, and none comes or goes."""
    more = [*facts, visit("more", when.isoformat(), name)]

    before = report_of(DUTIES, snapshot, facts, on=on.isoformat(), period="2024")
    after = report_of(DUTIES, snapshot, more, on=on.isoformat(), period="2024")

    assert [one.id for one in before.obligations] == [one.id for one in after.obligations]
    for one, other in zip(before.obligations, after.obligations, strict=True):
        assert RANK[other.status] <= RANK[one.status]


@given(worlds(), visits(), a_day())
def test_the_parts_of_a_year_make_up_the_year(snapshot, facts, on):
    """Asked month by month or half by half, the obligations are those of the year, each once."""
    known = {"on": on.isoformat(), "facts_from": "2024-01-01"}
    year = report_of(DUTIES, snapshot, facts, period=Year(2024), **known)
    months = [
        report_of(DUTIES, snapshot, facts, period=Month(2024, number), **known) for number in range(1, 13)
    ]
    halves = [report_of(DUTIES, snapshot, facts, period=Half(2024, number), **known) for number in (1, 2)]

    for parts in (months, halves):
        found = [one.id for part in parts for one in part.obligations]
        assert len(found) == len(set(found))
        assert {name: row for part in parts for name, row in rows(part).items()} == rows(year)


@given(worlds(), visits(), a_day(), a_day())
def test_a_report_of_an_earlier_day_knows_nothing_later(snapshot, facts, on, later):
    """Facts recorded after the day asked about might as well not exist."""
    day, cut = min(on, later), max(on, later)
    known = [fact for fact in facts if fact.recorded_on <= day]
    seen = [fact for fact in facts if fact.recorded_on <= cut]

    with_all = report_of(DUTIES, snapshot, seen, on=day.isoformat(), period="2024")
    with_known = report_of(DUTIES, snapshot, known, on=day.isoformat(), period="2024")

    assert with_all.obligations == with_known.obligations


@given(worlds(), visits(), a_day(), a_day())
def test_what_is_settled_and_in_time_stays_as_days_go_by(snapshot, facts, on, later):
    """Without new facts, done and missed are for good, and whatever was told is told again."""
    day, after = min(on, later), max(on, later)
    known = [fact for fact in facts if fact.recorded_on <= day]

    before = report_of(DUTIES, snapshot, known, on=day.isoformat(), period="2024")
    then = report_of(DUTIES, snapshot, known, on=after.isoformat(), period="2024")

    for one, other in zip(before.obligations, then.obligations, strict=True):
        if one.status in ("done", "late", "missed", "excused"):
            assert other.status == one.status


@given(worlds(), visits(), a_day())
def test_each_fact_counts_once_towards_each_duty(snapshot, facts, on):
    """No fact stands among those that count of two windows of one duty."""
    report = report_of(DUTIES, snapshot, facts, on=on.isoformat(), period="2024")

    for duty in DUTIES:
        counted = [fact.id for one in report.obligations if one.duty is duty for fact in one.facts]
        assert len(counted) == len(set(counted))


@given(worlds(), visits(), a_day(), a_day())
def test_what_is_stored_stands_for_what_holds(snapshot, facts, on, later):
    """After adding the news of two days one after the other, the facts that stand are those of the second."""
    duties = tuple(attrs.evolve(duty, emit=EMIT) for duty in DUTIES)
    day, after = min(on, later), max(on, later)
    stored = list(report_of(duties, snapshot, facts, on=day.isoformat(), period="2024").facts())

    report = report_of(duties, snapshot, facts, on=after.isoformat(), period="2024")
    stored += report.news(stored)

    undone = taken_back(stored)
    standing = {fact.id for fact in stored if fact.reverses is None and fact.id not in undone}
    assert standing == {fact.id for fact in report.facts()}
    assert report.news(stored) == ()


def test_periods_written_are_periods():
    """The periods these laws are asked about are the year 2024 and its parts."""
    assert parse_period("2024") == Year(2024)
