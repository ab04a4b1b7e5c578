"""Settled obligations become facts for scoring: dated, with stable ids, and once each."""

from decimal import Decimal

import attrs

from serviceorg.basics import FrozenMap
from serviceorg.calendars import AtLeast, CalendarDays
from serviceorg.duties import Excuse
from serviceorg.duties.book import Emission
from tests.duties.worlds import (
    VISIT,
    day,
    household,
    monthly,
    quarterly,
    report_of,
    reversal,
    trait,
    visit,
    world,
)

FIELDS = ("duty", "status", "unit", "towards", "period", "late")
EMIT = FrozenMap(
    {
        "done": Emission(kind="kept", fields=FIELDS),
        "late": Emission(kind="kept", fields=FIELDS, amount=Decimal("0.5")),
        "missed": Emission(kind="missed", amount="shortage", fields=("period",)),
        "excused": Emission(kind="excused", subject="unit", attributes={"why": "leave"}),
    }
)


def told(duty, snapshot, facts=(), **given):
    """Return the facts of a report."""
    return report_of(attrs.evolve(duty, emit=EMIT), snapshot, facts, **given).facts()


def test_what_was_done_is_dated_by_the_fact_that_completed_it():
    """Two were needed: the day is that of the second, the day of entry that of the later entry."""
    duty = quarterly(at_least=AtLeast(2, per="quarter"))
    facts = [visit(1, "2024-08-01", recorded="2024-08-20"), visit(2, "2024-08-14"), visit(3, "2024-08-30")]

    (fact,) = told(duty, world(), facts, on="2024-08-31")

    assert fact.id == "test/duties|visit|P|G|H|2024-Q3|done-2024-08-14"
    assert (fact.subject, fact.kind, fact.amount) == ("P", "kept", None)
    assert (fact.on, fact.recorded_on) == (day("2024-08-14"), day("2024-08-20"))
    assert fact.attributes == {
        "duty": "visit",
        "status": "done",
        "unit": "G",
        "towards": "H",
        "period": "2024-Q3",
        "late": False,
    }


def test_what_was_late_belongs_to_its_own_window():
    """Done on 8 October for the third quarter: the day is 30 September, entered on 8 October."""
    (fact,) = told(quarterly(), world(), [visit(1, "2024-10-08")], on="2024-10-08")

    assert (fact.on, fact.recorded_on) == (day("2024-09-30"), day("2024-10-08"))
    assert (fact.amount, fact.attributes["late"]) == (Decimal("0.5"), True)


def test_what_was_missed_tells_how_much_on_the_day_it_is_certain():
    """Two of three missing, grace until 10 October and entries until the 12th: recorded on the 13th."""
    within = attrs.evolve(VISIT, recorded_within=CalendarDays(2, roll="none"))
    duty = quarterly(at_least=AtLeast(3, per="quarter"), fulfilled=within)

    early = told(duty, world(), [visit(1, "2024-08-01")], on="2024-10-12")
    (fact,) = told(duty, world(), [visit(1, "2024-08-01")], on="2024-11-01")

    assert early == ()
    assert (fact.kind, fact.amount, fact.attributes) == ("missed", Decimal(2), {"period": "2024-Q3"})
    assert (fact.on, fact.recorded_on) == (day("2024-09-30"), day("2024-10-13"))


def test_an_excuse_is_told_when_the_window_is_over():
    """Excused from August: nothing is told on the 30th, a fact about the unit on the 31st."""
    duty = monthly(excuse=Excuse(who={"absence": ("leave",)}))
    snapshot = world(traits=(trait("P", "absence", "leave"),))

    assert told(duty, snapshot, on="2024-08-30", period="2024-08") == ()
    (fact,) = told(duty, snapshot, on="2024-08-31", period="2024-08")
    assert (fact.subject, fact.kind, fact.attributes) == ("G", "excused", {"why": "leave"})


def test_nothing_that_may_still_change_is_told():
    """Upcoming, open, due soon and overdue obligations are no facts."""
    for on in ("2024-06-30", "2024-08-01", "2024-09-30", "2024-10-08"):
        assert told(quarterly(), world(), on=on) == ()


def test_ids_are_the_same_on_every_later_day_and_never_shared():
    """Told again a month later, the same obligations have the same ids, each once."""
    snapshot = world(households=(household("H1"), household("H2")))
    facts = [visit(1, "2024-08-01", "H1")]

    first = told(quarterly(), snapshot, facts, on="2024-10-20")
    later = told(quarterly(), snapshot, facts, on="2024-11-20")

    assert first == later
    assert len({fact.id for fact in first}) == 2


def test_what_was_told_and_holds_no_longer_is_reversed():
    """Missed on 20 October, a visit of August entered on the 21st: the miss is reversed (W33)."""
    duty = attrs.evolve(quarterly(), emit=EMIT)
    facts = [visit(1, "2024-08-14", recorded="2024-10-21")]
    stored = report_of(duty, world(), facts, on="2024-10-20").facts()

    news = report_of(duty, world(), facts, on="2024-10-21").news(stored)

    assert [(fact.id, fact.reverses) for fact in news] == [
        ("test/duties|visit|P|G|H|2024-Q3|done-2024-08-14", None),
        ("test/duties|visit|P|G|H|2024-Q3|missed-1|reversed-2024-10-21", stored[0].id),
    ]
    assert (news[1].subject, news[1].kind, news[1].on) == ("P", "missed", day("2024-10-21"))


def test_what_holds_again_stands_again():
    """The visit is taken back on the 22nd: done is reversed, and the reversal of the miss is reversed too."""
    duty = attrs.evolve(quarterly(), emit=EMIT)
    facts = [visit(1, "2024-08-14", recorded="2024-10-21"), reversal(2, 1, "2024-10-22")]
    stored = list(report_of(duty, world(), facts, on="2024-10-20").facts())
    stored += report_of(duty, world(), facts, on="2024-10-21").news(stored)

    news = report_of(duty, world(), facts, on="2024-10-22").news(stored)

    assert [fact.reverses for fact in news] == [
        "test/duties|visit|P|G|H|2024-Q3|missed-1|reversed-2024-10-21",
        "test/duties|visit|P|G|H|2024-Q3|done-2024-08-14",
    ]
    assert report_of(duty, world(), facts, on="2024-10-22").news([*stored, *news]) == ()


def test_facts_of_other_windows_and_of_others_are_left_alone():
    """A report of the third quarter reverses nothing that was told of the second, or by somebody else."""
    duty = attrs.evolve(quarterly(), emit=EMIT)
    other = report_of(duty, world(), on="2024-10-20", period="2024-Q2").facts()
    foreign = visit(9, "2024-08-14")

    news = report_of(duty, world(), on="2024-10-20").news([*other, foreign])

    assert [fact.id for fact in news] == ["test/duties|visit|P|G|H|2024-Q3|missed-1"]


def test_a_day_that_changes_is_another_fact():
    """The visit of 14 August is taken back, that of the 20th remains: one fact gives way to another."""
    duty = attrs.evolve(quarterly(), emit=EMIT)
    facts = [visit(1, "2024-08-14"), visit(2, "2024-08-20"), reversal(3, 1, "2024-09-01")]
    stored = report_of(duty, world(), facts, on="2024-08-31").facts()

    news = report_of(duty, world(), facts, on="2024-09-01").news(stored)

    assert [(fact.on, fact.reverses) for fact in news] == [
        (day("2024-08-20"), None),
        (day("2024-09-01"), "test/duties|visit|P|G|H|2024-Q3|done-2024-08-14"),
    ]
