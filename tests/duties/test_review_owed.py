"""Who owes what once, from when on, and what passes on with a merger: worlds that are easily got wrong."""

import re
from datetime import UTC, date, datetime, timedelta

import attrs
import pytest

from serviceorg.basics import Label
from serviceorg.calendars import AtLeast, CalendarDays, EveryDay
from serviceorg.duties import DutyBook, Fulfilment, Towards, Who
from serviceorg.errors import DutyProblems
from serviceorg.exchange import obligations_to_ical
from serviceorg.facts import Fact
from serviceorg.loading.duty_files import duties_from_text
from serviceorg.model import Change, Membership, Person, Placement, Snapshot, Unit
from tests.duties.worlds import (
    VISIT,
    bond,
    on_days,
    quarterly,
    report_of,
    shown,
    visit,
    world,
)

OFFICER = Who(role="officer", at=("cell",))
REPORT = Fulfilment(facts=("report",))
TWO_CELLS = (Unit(id="C1", kind="cell"), Unit(id="C2", kind="cell"))
OFFICER_OF_BOTH = (bond("P", "C1", "officer"), bond("P", "C2", "officer"))
FORUM = Who(kinds=("forum",))
STAMP = datetime(2024, 8, 1, 8, tzinfo=UTC)
MERGED_ON = date(2024, 8, 15)
DAY_BEFORE = date(2024, 8, 14)


def report(number, on, subject="P", **attributes):
    """Return a report of somebody or of a unit."""
    return Fact(
        id=str(number), subject=subject, kind="report", on=date.fromisoformat(on), attributes=attributes
    )


def daily(**changes):
    """Return the duty of an officer to report each day."""
    return on_days(EveryDay(), **{"who": OFFICER, "fulfilled": REPORT, **changes})


def by_period(span, **changes):
    """Return a duty without a target that is owed so often in each span."""
    given = {"id": "session", "towards": None, "at_least": AtLeast(1, per=span), "grace": None}
    return quarterly(**{**given, "due_soon": None, "fulfilled": REPORT, **changes})


def merged(*, kind="forum", into="F3", old=("F1", "F2"), above="", units=(), memberships=()):
    """Return a snapshot in which units became one on 15 August, all placed in the tree "links"."""
    ours = [Unit(id=name, kind=kind, until=DAY_BEFORE) for name in old]
    ours.append(Unit(id=into, kind=kind, since=MERGED_ON))
    placed = [
        Placement(tree="links", unit=unit.id, parent=above, since=unit.since, until=unit.until)
        for unit in ours
    ]
    placed += [Placement(tree="links", unit=unit.id) for unit in units]
    return Snapshot.of(
        units=(*ours, *units),
        placements=placed,
        changes=(Change(id="m", kind="merge", on=MERGED_ON, before=old, after=(into,)),),
        memberships=memberships,
    )


def test_what_nobody_ties_to_a_unit_is_owed_once():
    """An officer of two cells owes one report a day where a report does not say of which cell it is."""
    snapshot = Snapshot.of(units=TWO_CELLS, memberships=OFFICER_OF_BOTH)

    found = report_of(daily(), snapshot, on="2024-05-03", period="2024-05-01..2024-05-01")

    assert [(one.who, one.unit, one.status) for one in found.obligations] == [("P", "C1", "missed")]


def test_a_book_may_ask_at_each_unit_in_so_many_words():
    """With units = "each", what somebody did once counts at both: the book says so."""
    duty = daily(who=attrs.evolve(OFFICER, units="each"))
    snapshot = Snapshot.of(units=TWO_CELLS, memberships=OFFICER_OF_BOTH)
    facts = [report(1, "2024-05-01")]

    found = report_of(duty, snapshot, facts, on="2024-05-03", period="2024-05-01..2024-05-01")

    assert [(one.unit, one.status) for one in found.obligations] == [("C1", "done"), ("C2", "done")]


def test_somebody_at_two_levels_owes_a_target_once():
    """Linker of a grid and of the one above it: one visit of that person is owed, at the nearer unit."""
    plain = world(units=(Unit(id="A", kind="small-grid"),), bonds=(bond(unit="A"), bond()))
    snapshot = Snapshot.of(
        units=plain.units.values(),
        placements=[attrs.evolve(one, parent="A") if one.unit == "G" else one for one in plain.placements],
        memberships=plain.memberships,
    )

    found = report_of(quarterly(), snapshot, on="2024-08-01")

    assert [(one.who, one.unit, one.towards) for one in found.obligations] == [("P", "G", "H")]


def test_a_life_of_its_own_cuts_the_days_of_a_holder():
    """A bond open since ever is held since the person is there: a part of the quarter (trap 16)."""
    duty = by_period("quarter", who=OFFICER, partial="none")
    snapshot = Snapshot.of(
        units=TWO_CELLS[:1],
        people=[Person(id="P", since=date(2024, 8, 1))],
        memberships=OFFICER_OF_BOTH[:1],
    )

    assert report_of(duty, snapshot, on="2024-10-05").obligations == ()


def test_a_target_that_was_away_in_between_was_there_for_a_part():
    """A resident of the spring who is one again since August was not one all the quarter."""
    duty = quarterly(towards=Towards(kinds=("household",), tree="links", role="resident"), partial="none")
    spans = ((None, "2024-04-30"), ("2024-08-01",))
    snapshot = world(bonds=(bond(), *(bond("R", "H", "resident", span) for span in spans)))

    assert report_of(duty, snapshot, on="2024-10-20").obligations == ()


def test_only_those_who_owe_a_joint_duty_fulfil_it():
    """Who holds the role by another bond than the duty asks for does not do it for the others."""
    duty = by_period("month", who=Who(role="member", affiliation="residence", several="joint"))
    bonds = (
        Membership(unit="K", role="member", person="P", affiliation="residence"),
        Membership(unit="K", role="member", person="Q", affiliation="home"),
    )
    snapshot = Snapshot.of(units=[Unit(id="K", kind="community")], memberships=bonds)

    found = report_of(duty, snapshot, [report(1, "2024-09-03", "Q")], on="2024-10-01", period="2024-09")

    assert shown(found) == {("K", "2024-09"): "missed"}


def test_what_was_done_before_a_duty_began_does_not_count():
    """A session of July is none of a duty in force since 16 August; the reason tells for how many days."""
    duty = by_period("quarter", who=FORUM, partial="whole", since=date(2024, 8, 16))
    snapshot = Snapshot.of(units=[Unit(id="F", kind="forum")])

    found = report_of(duty, snapshot, [report(1, "2024-07-02", "F")], on="2024-10-05")

    assert shown(found) == {("F", "2024-Q3"): "missed"}
    assert "in force on 46 of the 92 days" in found.explain(found.obligations[0])
    assert "本时段 92 日中，本项责任有 46 日有效" in found.explain(found.obligations[0], lang="zh")


def test_a_new_version_of_an_old_duty_is_owed_whole():
    """Two versions that touch are one duty: the window of the later begins with its quarter."""
    earlier = by_period("quarter", who=FORUM, partial="none", until=date(2024, 8, 15))
    later = attrs.evolve(earlier, since=date(2024, 8, 16), until=None)
    snapshot = Snapshot.of(units=[Unit(id="F", kind="forum")])

    found = report_of((earlier, later), snapshot, [report(1, "2024-07-02", "F")], on="2024-10-05")

    assert shown(found) == {("F", "2024-Q3"): "done"}


def test_the_wrong_weekday_is_told_in_both_languages():
    """A Tuesday's service is none of a Saturday duty (row 28), and the reason names the Saturday."""
    duty = by_period("month", who=OFFICER, fulfilled=attrs.evolve(REPORT, weekday=5))
    snapshot = Snapshot.of(units=TWO_CELLS[:1], memberships=OFFICER_OF_BOTH[:1])

    found = report_of(duty, snapshot, [report(1, "2024-09-03")], on="2024-10-01", period="2024-09")

    assert shown(found) == {("P", "2024-09"): "missed"}
    assert "only a Saturday counts" in found.explain(found.obligations[0])
    assert "只计星期六" in found.explain(found.obligations[0], lang="zh")


def test_what_was_done_before_a_merger_counts_for_the_heir():
    """F1's session of July is that of F3, which it became; the quarters before stay F1's and F2's (W29)."""
    duty = by_period("quarter", who=FORUM, partial="none")
    facts = [report(1, "2024-07-10", "F1"), report(2, "2024-04-10", "F2")]

    found = report_of(duty, merged(), facts, on="2024-10-20", period="2024-01-01..2024-09-30")

    assert shown(found) == {
        ("F1", "2024-Q1"): "missed",
        ("F1", "2024-Q2"): "missed",
        ("F2", "2024-Q1"): "missed",
        ("F2", "2024-Q2"): "done",
        ("F3", "2024-Q3"): "done",
    }
    third = next(one for one in found.obligations if one.period == "2024-Q3")
    assert "F3 took over from F1, F2: what was done there counts" in found.explain(third)
    assert "F3 承接 F1、F2，在彼处所做的计入" in found.explain(third, lang="zh")


def test_a_fact_of_a_heir_that_lived_before_counts_once():
    """F2 passed into F1, which lives on: a clerk of both reported once, not twice."""
    units = [Unit(id="F1", kind="forum"), Unit(id="F2", kind="forum", until=DAY_BEFORE)]
    change = Change(id="m", kind="merge", on=MERGED_ON, before=("F1", "F2"), after=("F1",))
    bonds = (bond("P", "F1", "clerk"), bond("P", "F2", "clerk", (None, "2024-08-14")))
    snapshot = Snapshot.of(units=units, changes=(change,), memberships=bonds)
    duty = by_period(
        "quarter",
        who=FORUM,
        partial="none",
        at_least=AtLeast(2, per="quarter"),
        fulfilled=attrs.evolve(REPORT, by="role", role="clerk"),
    )

    found = report_of(duty, snapshot, [report(1, "2024-07-10")], on="2024-10-20")

    assert [(one.who, one.done, one.status) for one in found.obligations] == [("F1", 1, "missed")]


def test_a_merger_to_come_changes_nothing_before():
    """F2 will pass into F1 in November: its session of July is its own, and none of F1's."""
    units = [Unit(id="F1", kind="forum"), Unit(id="F2", kind="forum", until=date(2024, 10, 31))]
    change = Change(id="m", kind="merge", on=date(2024, 11, 1), before=("F1", "F2"), after=("F1",))
    snapshot = Snapshot.of(units=units, changes=(change,))
    duty = by_period("quarter", who=FORUM, partial="none")

    found = report_of(duty, snapshot, [report(1, "2024-07-10", "F2")], on="2024-12-20")

    assert shown(found) == {("F1", "2024-Q3"): "missed", ("F2", "2024-Q3"): "done"}


@pytest.mark.parametrize("by", ["anyone", "self"])
def test_targets_that_merged_are_owed_the_whole_window(by):
    """Two households made one: it is owed the quarter, and the visit to the one before counts (row 99)."""
    grid = (Unit(id="G", kind="small-grid"),)
    snapshot = merged(
        kind="household", into="H3", old=("H1", "H2"), above="G", units=grid, memberships=(bond(),)
    )
    duty = quarterly(partial="none", fulfilled=attrs.evolve(VISIT, by=by))

    found = report_of(duty, snapshot, [visit(1, "2024-07-20", "H2")], on="2024-10-20")

    assert shown(found) == {("H3", "2024-Q3"): "done"}


def test_a_holder_through_a_merger_names_the_unit_before():
    """A clerk of F1, then of F3: the report that names F1 is one of F3's quarter."""
    duty = by_period(
        "quarter",
        who=Who(role="officer", at=("forum",)),
        partial="none",
        fulfilled=attrs.evolve(REPORT, target="forum"),
    )
    bonds = (
        bond("P", "F1", "officer", (None, "2024-08-14")),
        bond("P", "F3", "officer", ("2024-08-15",)),
    )
    facts = [report(1, "2024-07-10", forum="F1")]

    found = report_of(duty, merged(memberships=bonds), facts, on="2024-10-20")

    assert shown(found) == {("P", "2024-Q3"): "done"}


def test_what_a_unit_did_counts_where_its_heir_owes_to_others():
    """A street surveyed a circle and was merged: its heir has surveyed the circle (row 164)."""
    streets = merged(kind="street", into="S3", old=("S1", "S2"))
    snapshot = Snapshot.of(
        units=(*streets.units.values(), Unit(id="K", kind="circle")),
        placements=[
            *streets.placements,
            Placement(tree="links", unit="K", parent="S1", until=DAY_BEFORE),
            Placement(tree="links", unit="K", parent="S3", since=MERGED_ON),
        ],
        changes=streets.changes,
    )
    duty = quarterly(
        who=Who(kinds=("street",)),
        towards=Towards(kinds=("circle",), tree="links"),
        fulfilled=Fulfilment(facts=("report",), target="circle"),
        partial="none",
    )

    found = report_of(duty, snapshot, [report(1, "2024-07-10", "S1", circle="K")], on="2024-10-20")

    assert [(one.who, one.towards, one.status) for one in found.obligations] == [("S3", "K", "done")]


def test_who_keeps_the_facts_of_a_split_unit_keeps_its_time():
    """A unit splits and lives on: its session stays its own, and the new part owes nothing for a part."""
    units = [Unit(id="A", kind="forum"), Unit(id="B", kind="forum", since=MERGED_ON)]
    change = Change(id="s", kind="split", on=MERGED_ON, before=("A",), after=("A", "B"))
    snapshot = Snapshot.of(units=units, changes=(change,))
    duty = by_period("quarter", who=FORUM, partial="none")

    found = report_of(duty, snapshot, [report(1, "2024-07-10", "A")], on="2024-10-20")

    assert shown(found) == {("A", "2024-Q3"): "done"}


def test_a_late_fact_before_a_merger_counts_once():
    """The session that made up for June within its grace is none of the heir's for the next quarter."""
    duty = by_period("quarter", who=FORUM, partial="none", grace=CalendarDays(10, roll="none"))
    facts = [report(1, "2024-07-05", "F1")]

    found = report_of(duty, merged(), facts, on="2024-10-20", period="2024-04-01..2024-09-30")

    assert shown(found)["F1", "2024-Q2"] == "late"
    assert shown(found)["F3", "2024-Q3"] == "missed"


def test_what_the_old_unit_left_blank_is_told_of_the_heir():
    """A visit to the household before that does not count is set aside for the household it became."""
    grid = (Unit(id="G", kind="small-grid"),)
    snapshot = merged(
        kind="household", into="H3", old=("H1", "H2"), above="G", units=grid, memberships=(bond(),)
    )
    duty = quarterly(partial="none", fulfilled=attrs.evolve(VISIT, filled=("hopes",)))

    found = report_of(duty, snapshot, [visit(1, "2024-07-20", "H2")], on="2024-10-20")

    assert [fact.id for fact, _, _ in found.set_aside(found.obligations[0])] == ["1"]


def test_years_of_days_before_decide_the_last():
    """Each day of three years was made up for on the next: so were the last two (trap 17)."""
    duty = daily(grace=CalendarDays(1, roll="none"))
    snapshot = Snapshot.of(units=TWO_CELLS[:1], memberships=OFFICER_OF_BOTH[:1])
    first = date(2022, 1, 2)
    facts = [report(number, str(first + timedelta(number))) for number in range(1095)]
    given = {"on": "2025-01-05", "period": "2024-12-29..2024-12-30"}

    # 1 January 2022 is made up for on the 2nd, and so each day on the day after it.
    chained = report_of(duty, snapshot, facts, **given, facts_from="2022-01-01")
    alone = report_of(duty, snapshot, facts, **given)

    assert [one.status for one in chained.obligations] == ["late", "late"]
    assert [one.status for one in alone.obligations] == ["done", "done"]


def test_a_calendar_of_nothing_is_refused():
    """RFC 5545 (3.6) allows no calendar without components, so none is written."""
    pytest.importorskip("icalendar")
    book = DutyBook(id="test/duties", title=Label(zh="责任", en="Duties"))

    with pytest.raises(DutyProblems, match="found no obligation; a calendar file holds at least one"):
        obligations_to_ical([], book=book, stamp=STAMP)


def test_versions_of_a_duty_share_what_was_made_up():
    """The session that made up for the last quarter of a version is none of the next version's first."""
    earlier = by_period(
        "quarter", who=FORUM, grace=CalendarDays(10, roll="none"), until=date(2024, 6, 30), partial="none"
    )
    later = attrs.evolve(earlier, since=date(2024, 7, 1), until=None)
    snapshot = Snapshot.of(units=[Unit(id="F", kind="forum")])
    facts = [report(1, "2024-07-05", "F")]

    found = report_of((earlier, later), snapshot, facts, on="2024-10-20", period="2024-04-01..2024-09-30")

    assert shown(found) == {("F", "2024-Q2"): "late", ("F", "2024-Q3"): "missed"}


BOOK = """
[duties]
id = "test/units"
title = "Units"
source = "A test"
[fact.report]
title = "A report"
fields.cell = { type = "text", required = false }
[[duty]]
id = "a"
title = "A"
who = { WHO }
on = { every = "day" }
fulfilled = { fact = "report"MORE }
"""


@pytest.mark.parametrize(
    ("who", "more", "message"),
    [
        ('kind = "cell", units = "once"', "", "'units' belongs to a role; here units owe the duty"),
        (
            'role = "r", units = "once", several = "joint"',
            "",
            "'once' is for what each holder owes to nobody",
        ),
        ('role = "r", units = "once"', ', target = "cell"', "a fact that names the unit fulfils the duty of"),
        ('role = "r", units = "onc"', "", "Did you mean 'once'?"),
        ('role = "r"', ', weekday = "saturdy"', "Did you mean 'saturday'?"),
    ],
    ids=["kind", "joint", "target", "units", "weekday"],
)
def test_units_and_weekdays_that_cannot_be_are_refused(who, more, message):
    """What says nothing, or contradicts itself, is told with its place instead of being read somehow."""
    text = BOOK.replace("WHO", who).replace("MORE", more)

    with pytest.raises(DutyProblems, match=re.escape(message)):
        duties_from_text(text)


def test_a_weekday_is_read_from_its_name():
    """Saturday is the sixth day of a week that begins on Monday."""
    book = duties_from_text(BOOK.replace("WHO", 'role = "r"').replace("MORE", ', weekday = "saturday"'))

    (duty,) = book.duties
    assert (duty.fulfilled.weekday, duty.who.units, duty.is_owed_once) == (5, None, True)
