from datetime import date

import attrs
import pytest

from serviceorg.basics import parse_period
from serviceorg.calendars import AtLeast, EveryDay, MonthlyNthWeekday
from serviceorg.duties import DutyBook, Emission, Fulfilment, Towards, Who, check_duties
from serviceorg.errors import FactProblems
from serviceorg.facts import Fact
from serviceorg.model import Membership, Person, Placement, Snapshot, Unit, merge, passed_on
from tests.duties.worlds import CALENDARS, bond, day, household, quarterly, reversal, visit, world

_MISSED = {"missed": Emission(kind="visit-missed")}
MEETING = Fulfilment(facts=("meeting",))
VILLAGE = Who(kinds=("village",))


def report(*duties, snapshot, facts=(), period="2024-Q3", on="2024-12-31", **options):
    """Return how duties of a period stand, long after it unless another day is given."""
    return check_duties(
        DutyBook(id="test/review", duties=duties),
        snapshot,
        facts,
        on=day(on),
        period=parse_period(period),
        calendars=CALENDARS,
        **options,
    )


def statuses(found):
    """Return who, unit and status of every obligation."""
    return [(one.who, one.unit, one.status) for one in found.obligations]


def two_cells():
    """Return two cells whose officer is the same."""
    return Snapshot.of(
        units=[Unit(id=one, kind="cell") for one in ("C1", "C2")],
        memberships=[Membership(person="P", unit=one, role="officer") for one in ("C1", "C2")],
    )


def daily(**changes):
    """Return a duty of every day."""
    given = {
        "at_least": None,
        "on": EveryDay(),
        "towards": None,
        "grace": None,
        "who": Who(role="officer"),
        "fulfilled": Fulfilment(facts=("report",)),
        "due_soon": None,
    }
    return quarterly(**{**given, **changes})


def test_a_report_that_names_its_unit_speaks_of_that_alone():
    """One officer of two cells: the report of one leaves the other silent (rows 129, 130)."""
    duty = daily(fulfilled=Fulfilment(facts=("report",), target="cell"))
    facts = [Fact(id="1", subject="P", kind="report", on=date(2024, 5, 6), attributes={"cell": "C1"})]

    found = report(duty, snapshot=two_cells(), facts=facts, period="2024-05-06..2024-05-06")

    assert statuses(found) == [("P", "C1", "done"), ("P", "C2", "missed")]


def test_what_a_person_owes_once_is_owed_once():
    """A leader of two cells misses one second Saturday once, not twice (row 101)."""
    duty = daily(on=MonthlyNthWeekday(2, 5), who=Who(role="officer", units="once"))

    found = report(duty, snapshot=two_cells(), period="2024-11")

    assert statuses(found) == [("P", "C1", "missed")]


def test_time_at_every_unit_is_time_of_who_owes_once():
    """Half a quarter at one cell and half at the other is a whole quarter, where it is owed once."""
    snapshot = Snapshot.of(
        units=[Unit(id=one, kind="cell") for one in ("C1", "C2")],
        memberships=[
            Membership(person="P", unit="C2", role="officer", until=date(2024, 8, 15)),
            Membership(person="P", unit="C1", role="officer", since=date(2024, 8, 16)),
        ],
    )
    owed = {"at_least": AtLeast(1, per="quarter"), "on": None, "partial": "none"}

    once = report(daily(who=Who(role="officer", units="once"), **owed), snapshot=snapshot)
    each = report(daily(who=Who(role="officer", units="each"), **owed), snapshot=snapshot)

    assert statuses(once) == [("P", "C1", "missed")]
    assert statuses(each) == []


def test_somebody_who_is_gone_owes_nothing():
    """A bond nobody has ended does not hold somebody who is not there: the post is vacant."""
    snapshot = Snapshot.of(
        units=[Unit(id="C1", kind="cell")],
        people=[Person(id="P", until=date(2024, 8, 1))],
        memberships=[Membership(person="P", unit="C1", role="officer")],
    )

    found = report(daily(), snapshot=snapshot, period="2024-08-01..2024-08-02")

    assert statuses(found) == [("P", "C1", "missed")]
    assert [(one.unit, one.period) for one in found.vacant] == [("C1", "2024-08-02")]


def test_nothing_is_owed_to_somebody_who_is_gone():
    """Who is not there any more needs no visit."""
    duty = quarterly(towards=Towards(kinds=("small-grid",), tree="links", role="resident"))
    snapshot = Snapshot.of(
        units=[Unit(id="G", kind="small-grid")],
        people=[Person(id="R", until=date(2024, 8, 1))],
        placements=[Placement(tree="links", unit="G")],
        memberships=[bond(), bond("R", role="resident")],
    )

    assert statuses(report(duty, snapshot=snapshot)) == []


@pytest.mark.parametrize(
    ("partial", "needed"), [("none", []), ("pro-rata", []), ("whole", [1])], ids=["none", "pro-rata", "whole"]
)
def test_a_duty_that_begins_late_in_a_window_is_there_for_a_part(partial, needed):
    """On the last day of a quarter nobody can have visited since July; what was before does not count."""
    duty = quarterly(since=day("2024-09-30"), partial=partial)

    found = report(duty, snapshot=world(), facts=[visit(1, "2024-07-10")])

    assert [one.needed for one in found.obligations] == needed
    assert [one.done for one in found.obligations] == [0] * len(needed)


def test_a_duty_that_ends_within_a_window_is_owed_for_its_part():
    """Twice a quarter for 46 of 92 days is once, due on the last day the duty is there."""
    duty = quarterly(at_least=AtLeast(2, per="quarter"), until=day("2024-08-15"), partial="pro-rata")

    found = report(duty, snapshot=world()).obligations

    assert [(one.needed, one.due, one.period) for one in found] == [(1, day("2024-08-15"), "2024-Q3")]
    assert report(duty, snapshot=world(), period="2024-Q4").obligations == ()


def test_versions_that_touch_are_one_duty():
    """A quarter in the middle of which a version follows another is owed whole, by the later."""
    old, new = quarterly(until=day("2024-08-15")), quarterly(since=day("2024-08-16"), partial="none")

    found = report(old, new, snapshot=world(), facts=[visit(1, "2024-07-10")]).obligations

    assert [(one.duty is new, one.status) for one in found] == [(True, "done")]


def test_a_part_is_a_part_of_the_bond_that_is_meant():
    """A member by residence since 2 September was none on the 1st, whatever bond was there before."""
    who = Who(role="member", affiliation="residence")
    duty = daily(at_least=AtLeast(1, per="month"), on=None, partial="none", who=who)
    snapshot = Snapshot.of(
        units=[Unit(id="K", kind="community")],
        memberships=[
            Membership(person="P", unit="K", role="member", affiliation="home", until=date(2024, 9, 1)),
            Membership(person="P", unit="K", role="member", affiliation="residence", since=date(2024, 9, 2)),
        ],
    )

    assert statuses(report(duty, snapshot=snapshot, period="2024-09")) == []


def test_every_reversal_has_an_id_of_its_own():
    """A visit entered, taken back and entered again on one day: each change is told by a new fact (W33)."""
    book = DutyBook(id="test/review", duties=(quarterly(emit=_MISSED),))
    stored: list[Fact] = []
    histories: tuple[list[Fact], list[Fact]] = ([], [visit(1, "2024-08-01", recorded="2024-12-31")])

    for turn in (0, 1, 0, 1, 0):
        found = check_duties(
            book,
            world(),
            histories[turn],
            on=day("2024-12-31"),
            period=parse_period("2024-Q3"),
            calendars=CALENDARS,
        )
        stored += found.news(stored)

    assert len({fact.id for fact in stored}) == len(stored) == 5


def test_a_fact_counts_on_its_weekday_alone():
    """A service day on a Tuesday is not the Saturday the rule speaks of (row 28)."""
    fulfilled = Fulfilment(facts=("service",), weekday=5)
    duty = daily(at_least=AtLeast(1, per="month"), on=None, fulfilled=fulfilled)
    facts = [Fact(id="1", subject="P", kind="service", on=date(2024, 9, 3))]

    found = report(duty, snapshot=two_cells(), facts=facts, period="2024-09")

    assert {one.status for one in found.obligations} == {"missed"}
    assert "only a Saturday counts" in found.explain(found.obligations[0])


def test_a_reversal_of_what_is_not_there_is_refused():
    """As everywhere: a slip in the id of what is taken back would leave the wrong fact standing."""
    with pytest.raises(FactProblems, match="reverses '9', which is no fact"):
        report(quarterly(), snapshot=world(), facts=[visit(1, "2024-07-10"), reversal(2, 9, "2024-07-11")])


def test_a_class_nobody_has_told_is_said_so():
    """Where a household has no class, the reason says that it has none."""
    towards = attrs.evolve(quarterly().towards, where={"care": ("ordinary", "")})

    found = report(quarterly(towards=towards), snapshot=world())

    assert "H has no care on 2024-09-30" in found.explain(found.obligations[0])


@pytest.mark.timeout(30)
def test_going_back_over_years_ends():
    """A daily duty with a time of grace is judged from the first day in hand, each window made once."""
    duty = daily(grace=quarterly().grace)
    facts = [
        Fact(id=str(number), subject="P", kind="report", on=date.fromordinal(number))
        for number in range(date(2022, 1, 1).toordinal(), date(2024, 7, 2).toordinal())
    ]

    found = report(
        duty,
        snapshot=two_cells(),
        facts=facts,
        period="2024-07-01..2024-07-01",
        facts_from=date(2022, 1, 1),
    )

    assert {one.status for one in found.obligations} == {"done"}


# Merged units (W29)


def merged(**parts):
    """Return two villages that became C on 1 May."""
    snapshot = Snapshot.of(
        units=[Unit(id="T", kind="town"), *(Unit(id=one, kind="village") for one in "AB")],
        placements=[Placement(tree="t", unit=one, parent="T") for one in "AB"],
        **parts,
    )
    return merge(snapshot, ["A", "B"], into=Unit(id="C", kind="village"), on=date(2024, 5, 1))


@pytest.mark.parametrize("partial", ["whole", "none", "pro-rata"])
def test_the_heir_of_merged_units_owes_their_window(partial):
    """C was there as A and B before: it owes the half-year whole, and the meeting of A in it counts."""
    snapshot = merged()
    duty = daily(at_least=AtLeast(1, per="half"), on=None, partial=partial, who=VILLAGE, fulfilled=MEETING)
    facts = [Fact(id="1", subject="A", kind="meeting", on=date(2024, 2, 1))]

    found = report(duty, snapshot=snapshot, period="2024-H1")
    held = report(
        duty, snapshot=snapshot, facts=passed_on(snapshot, facts, on=date(2024, 6, 30)), period="2024-H1"
    )

    assert statuses(found) == [("C", "C", "missed")]
    assert statuses(held) == [("C", "C", "done")]


def test_what_is_owed_to_merged_units_is_owed_to_their_heir():
    """A street owes C its guidance for the whole half-year, though C has its name since May."""
    snapshot = merged()
    duty = daily(
        at_least=AtLeast(1, per="half"),
        on=None,
        partial="none",
        who=Who(kinds=("town",)),
        towards=Towards(kinds=("village",), tree="t"),
        fulfilled=Fulfilment(facts=("guidance",), target="village"),
    )

    found = report(duty, snapshot=snapshot, period="2024-H1")

    assert [(one.who, one.towards) for one in found.obligations] == [("T", "C")]


def test_who_held_the_role_before_the_merger_held_it():
    """The secretary of A who is secretary of C was it for the whole half-year."""
    snapshot = merged(memberships=[Membership(person="P", unit="A", role="secretary")])
    duty = daily(
        at_least=AtLeast(1, per="half"), on=None, partial="none", who=Who(role="secretary", at=("village",))
    )

    assert statuses(report(duty, snapshot=snapshot, period="2024-H1")) == [("P", "C", "missed")]


def test_a_household_that_moved_in_is_still_there_for_a_part():
    """Only what passed into a unit lengthens its time: a new household owes nothing for a part."""
    snapshot = world(households=[household("H", "2024-09-01")])

    assert statuses(report(quarterly(partial="none"), snapshot=snapshot)) == []


def test_a_session_of_the_old_unit_counts_for_the_window_it_was_in():
    """A met in February and passed into C in May: C has met in the half-year, A in its quarter."""
    snapshot = merged()
    duty = daily(at_least=AtLeast(1, per="quarter"), on=None, partial="none", who=VILLAGE, fulfilled=MEETING)
    half = attrs.evolve(duty, id="half", at_least=AtLeast(1, per="half"))
    facts = [Fact(id="1", subject="A", kind="meeting", on=date(2024, 2, 1))]

    found = report(duty, half, snapshot=snapshot, facts=facts, period="2024-H1")

    assert [(one.period, *each) for one, each in zip(found.obligations, statuses(found), strict=True)] == [
        ("2024-Q1", "A", "A", "done"),
        ("2024-Q1", "B", "B", "missed"),
        ("2024-Q2", "C", "C", "missed"),
        ("2024-H1", "C", "C", "done"),
    ]


def test_what_was_done_for_the_old_unit_was_done_for_its_heir():
    """A was inspected in March and became C in May: C has been inspected in the half-year (row 166)."""
    duty = daily(
        at_least=AtLeast(1, per="half"),
        on=None,
        partial="none",
        who=Who(kinds=("town",)),
        towards=Towards(kinds=("village",), tree="t"),
        fulfilled=Fulfilment(facts=("inspection",), target="village"),
    )
    facts = [Fact(id="1", subject="T", kind="inspection", on=date(2024, 3, 1), attributes={"village": "A"})]

    found = report(duty, snapshot=merged(), facts=facts, period="2024-H1")

    assert [(one.towards, one.status) for one in found.obligations] == [("C", "done")]
