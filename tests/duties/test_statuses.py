"""How obligations stand: as days go by, as facts are entered, taken back, or come too late."""

from decimal import Decimal

import attrs
import pytest

from serviceorg.calendars import AtLeast, CalendarDays, EveryDay, WorkingDays
from serviceorg.duties import Excuse, Fulfilment, Who
from serviceorg.errors import FactProblems, PeriodError, UnknownIdError
from serviceorg.facts import Fact
from tests.duties.worlds import (
    VISIT,
    day,
    household,
    monthly,
    on_days,
    quarterly,
    report_of,
    reversal,
    shown,
    status,
    trait,
    visit,
    world,
)

DAYS = [
    ("2024-06-30", "upcoming"),
    ("2024-07-01", "open"),
    ("2024-09-22", "open"),
    # seven days before 30 September
    ("2024-09-23", "due-soon"),
    ("2024-09-30", "due-soon"),
    ("2024-10-01", "overdue"),
    # the third working day after the National Day holiday
    ("2024-10-10", "overdue"),
    ("2024-10-11", "missed"),
]


@pytest.mark.parametrize(("on", "expected"), DAYS, ids=[on for on, _ in DAYS])
def test_an_obligation_without_facts_stands_by_the_day(on, expected):
    """From not begun through open, due soon and overdue to missed, each word on its first and last day."""
    assert status(report_of(quarterly(), world(), on=on)) == expected


def test_a_visit_on_the_first_or_last_day_is_in_time():
    """Both ends of a window are part of it."""
    first = report_of(quarterly(), world(), [visit(1, "2024-07-01")], on="2024-10-20")
    last = report_of(quarterly(), world(), [visit(1, "2024-09-30")], on="2024-10-20")

    assert (status(first), status(last)) == ("done", "done")


def test_a_visit_in_the_time_of_grace_is_late_and_one_after_it_is_nothing():
    """Until 10 October a visit makes good for the third quarter, from the 11th on it does not."""
    late = report_of(quarterly(), world(), [visit(1, "2024-10-10")], on="2024-10-20")
    never = report_of(quarterly(), world(), [visit(1, "2024-10-11")], on="2024-10-20")

    assert (status(late), status(never)) == ("late", "missed")


def test_what_made_up_for_a_window_counts_no_second_time():
    """A visit on 8 October is the third quarter's; the fourth quarter needs one of its own."""
    facts = [visit(1, "2024-10-08")]

    whole = report_of(quarterly(), world(), facts, on="2025-01-20", period="2024-H2")
    given = {"on": "2025-01-20", "period": "2024-Q4"}
    fourth = report_of(quarterly(), world(), facts, facts_from="2024-07-01", **given)

    assert shown(whole) == {("H", "2024-Q3"): "late", ("H", "2024-Q4"): "missed"}
    assert shown(fourth) == {("H", "2024-Q4"): "missed"}


def test_a_window_whose_facts_are_not_in_hand_uses_none_up():
    """Of a quarter that is not known nobody can say that it needed the visit of 8 October."""
    facts = [visit(1, "2024-10-08")]
    given = {"on": "2025-01-20", "period": "2024-Q4"}

    alone = report_of(quarterly(), world(), facts, **given)
    known_in_part = report_of(quarterly(), world(), facts, facts_from="2024-07-02", **given)

    assert (status(alone), status(known_in_part)) == ("done", "done")


def test_a_fact_in_grace_that_nobody_needed_counts_where_it_lies():
    """If the third quarter was done, a visit on 8 October is the fourth quarter's."""
    facts = [visit(1, "2024-09-01"), visit(2, "2024-10-08")]

    given = {"on": "2025-01-20", "period": "2024-Q4", "facts_from": "2024-07-01"}
    report = report_of(quarterly(), world(), facts, **given)

    assert status(report) == "done"


def test_a_chain_of_late_facts_is_followed_back():
    """Each of three months is made up for in the next, so the fourth has nothing: M-1's needs decide M's."""
    facts = [visit(1, "2024-08-01"), visit(2, "2024-09-02"), visit(3, "2024-10-08")]

    given = {"on": "2024-11-20", "period": "2024-10", "facts_from": "2024-07-01"}
    report = report_of(monthly(), world(), facts, **given)
    before = report_of(monthly(), world(), facts, on="2024-11-20", period="2024-Q3")

    assert shown(before) == {("H", f"2024-{month}"): "late" for month in ("07", "08", "09")}
    assert status(report) == "missed"


def test_a_fact_of_later_days_is_not_known_yet():
    """As of the 15th neither a visit of the 16th nor one entered on the 16th exists."""
    happened = report_of(quarterly(), world(), [visit(1, "2024-08-16")], on="2024-08-15")
    entered = report_of(
        quarterly(), world(), [visit(1, "2024-08-14", recorded="2024-08-16")], on="2024-08-15"
    )

    assert (status(happened), status(entered)) == ("open", "open")


def test_a_fact_that_was_taken_back_does_not_count_from_then_on():
    """A reversal recorded on 1 September undoes the visit on that day, not before."""
    facts = [visit(1, "2024-08-14"), reversal(2, 1, "2024-09-01")]

    assert status(report_of(quarterly(), world(), facts, on="2024-08-31")) == "done"
    assert status(report_of(quarterly(), world(), facts, on="2024-09-01")) == "open"


def test_a_reversal_that_is_taken_back_lets_the_fact_stand():
    """Reversing the reversal restores the visit (W33)."""
    facts = [visit(1, "2024-08-14"), reversal(2, 1, "2024-09-01"), reversal(3, 2, "2024-09-02")]

    assert status(report_of(quarterly(), world(), facts, on="2024-09-02")) == "done"


def test_a_fact_entered_too_late_does_not_count():
    """Three working days after Wednesday, 14 August are Monday, 19 August; the 20th is too late (trap 12)."""
    duty = quarterly(fulfilled=attrs.evolve(VISIT, recorded_within=WorkingDays(3)))

    in_time = report_of(duty, world(), [visit(1, "2024-08-14", recorded="2024-08-19")], on="2024-09-30")
    too_late = report_of(duty, world(), [visit(1, "2024-08-14", recorded="2024-08-20")], on="2024-09-30")

    assert (status(in_time), status(too_late)) == ("done", "due-soon")


def test_nothing_is_missed_while_a_fact_may_still_be_entered():
    """Grace ends on 10 October; entries are open for two more days, so it is missed on the 13th."""
    duty = quarterly(fulfilled=attrs.evolve(VISIT, recorded_within=CalendarDays(2, roll="none")))

    assert status(report_of(duty, world(), on="2024-10-12")) == "overdue"
    assert status(report_of(duty, world(), on="2024-10-13")) == "missed"


def test_all_five_questions_must_be_answered():
    """A visit that leaves one of five answers out, blank or refused is no visit (row 103)."""
    asked = ("family", "difficulties", "hopes", "disputes", "opinions")
    duty = quarterly(fulfilled=attrs.evolve(VISIT, filled=asked))
    answers = dict.fromkeys(asked, "None")

    def stands(**changes):
        given = {name: value for name, value in {**answers, **changes}.items() if value is not None}
        return status(report_of(duty, world(), [visit(1, "2024-08-14", **given)], on="2024-08-14"))

    assert stands() == "done"
    assert [stands(hopes=value) for value in (None, "", "  ", False)] == ["open"] * 4


def test_the_least_amount_is_asked_of_each_fact():
    """30 minutes are a patrol of at least 30; 29.5 are none, and neither are twice 20 (row 16)."""
    duty = on_days(EveryDay(), fulfilled=Fulfilment(facts=("patrol",), least_amount=Decimal(30)))

    def stands(*minutes):
        facts = [
            Fact(id=str(number), subject="G", kind="patrol", on=day("2024-08-14"), amount=amount)
            for number, amount in enumerate(minutes)
        ]
        return status(report_of(duty, world(), facts, on="2024-08-15", period="2024-08-14..2024-08-14"))

    assert [stands("30"), stands("29.5"), stands("20", "20")] == ["done", "missed", "missed"]


def test_two_visits_on_one_day_are_one_where_days_are_counted():
    """Splitting a visit in two does not make two of it (trap 41)."""
    twice = quarterly(at_least=AtLeast(2, per="quarter"))
    by_day = attrs.evolve(twice, fulfilled=attrs.evolve(VISIT, distinct="day"))
    facts = [visit(1, "2024-08-14"), visit(2, "2024-08-14")]

    assert status(report_of(twice, world(), facts, on="2024-10-20")) == "done"
    (one,) = report_of(by_day, world(), facts, on="2024-10-20").obligations
    assert (one.status, one.done) == ("missed", 1)


def test_in_time_and_late_together_are_late():
    """Of two visits owed one came in time and one in grace: late, with both counted, the late one last."""
    duty = quarterly(at_least=AtLeast(2, per="quarter"))
    facts = [visit(2, "2024-10-08"), visit(1, "2024-08-14"), visit(3, "2024-10-09")]

    (one,) = report_of(duty, world(), facts, on="2024-10-20").obligations

    assert (one.status, one.done, [fact.id for fact in one.facts]) == ("late", 2, ["1", "2"])


def test_one_visit_in_each_half_is_asked_for():
    """Two visits in the second half do not make up for the first (W25: a spread rule, not just a count)."""
    duty = quarterly(at_least=AtLeast(2, per="year", spread="half"), grace=None)
    facts = [visit(1, "2024-08-14"), visit(2, "2024-09-14")]

    report = report_of(duty, world(), facts, on="2025-01-01", period="2024")

    assert shown(report) == {("H", "2024-H1"): "missed", ("H", "2024-H2"): "done"}


def test_what_a_year_asks_beyond_its_halves_counts_no_visit_twice():
    """Three a year, one in each half: with two visits in the first half and one in the second all is done."""
    duty = quarterly(at_least=AtLeast(3, per="year", spread="half"), grace=None)
    first, second = visit(1, "2024-02-01"), visit(2, "2024-08-01")

    two = report_of(duty, world(), [first, second], on="2025-01-01", period="2024")
    three = report_of(duty, world(), [first, second, visit(3, "2024-03-01")], on="2025-01-01", period="2024")

    assert shown(two) == {("H", "2024-H1"): "done", ("H", "2024-H2"): "done", ("H", "2024+"): "missed"}
    assert set(shown(three).values()) == {"done"}


def test_long_leave_excuses_from_a_window_it_covers_whole():
    """Leave for all of August excuses from August; leave from the 2nd does not."""
    duty = monthly(excuse=Excuse(who={"absence": ("leave",)}))
    whole = world(traits=(trait("P", "absence", "leave", "2024-08-01", "2024-08-31"),))
    part = world(traits=(trait("P", "absence", "leave", "2024-08-02"),))

    assert status(report_of(duty, whole, on="2024-09-20", period="2024-08")) == "excused"
    assert status(report_of(duty, part, on="2024-09-20", period="2024-08")) == "missed"


def test_a_share_of_the_window_can_be_enough():
    """16 of 31 days are at least half of August, 15 are not."""
    duty = monthly(excuse=Excuse(who={"absence": ("leave",)}, share=(1, 2)))

    def stands(since):
        snapshot = world(traits=(trait("P", "absence", "leave", since),))
        return status(report_of(duty, snapshot, on="2024-09-20", period="2024-08"))

    assert [stands("2024-08-16"), stands("2024-08-17")] == ["excused", "missed"]


def test_leave_as_facts_excuses_each_day_once():
    """Leaves from the 1st to the 20th and from the 15th to the 31st cover all of August between them."""
    duty = monthly(excuse=Excuse(fact="leave", until="until"))

    def leave(number, since, until):
        attributes = {"until": day(until)}
        return Fact(id=f"L{number}", subject="P", kind="leave", on=day(since), attributes=attributes)

    both = [leave(1, "2024-08-01", "2024-08-20"), leave(2, "2024-08-15", "2024-08-31")]

    assert status(report_of(duty, world(), both, on="2024-09-20", period="2024-08")) == "excused"
    assert status(report_of(duty, world(), both[:1], on="2024-09-20", period="2024-08")) == "missed"


def test_a_household_that_is_away_excuses_too():
    """What excuses may be a trait of the target."""
    duty = monthly(excuse=Excuse(towards={"absence": ("away",)}))
    snapshot = world(households=(household("H1"), household("H2")), traits=(trait("H1", "absence", "away"),))

    report = report_of(duty, snapshot, on="2024-09-20", period="2024-08")

    assert shown(report) == {("H1", "2024-08"): "excused", ("H2", "2024-08"): "missed"}


def test_what_was_done_all_the_same_is_done():
    """An excuse is no reason to overlook a visit in time; a late one leaves the excuse standing."""
    duty = monthly(excuse=Excuse(who={"absence": ("leave",)}))
    snapshot = world(traits=(trait("P", "absence", "leave"),))

    in_time = report_of(duty, snapshot, [visit(1, "2024-08-14")], on="2024-09-20", period="2024-08")
    late = report_of(duty, snapshot, [visit(1, "2024-09-02")], on="2024-09-20", period="2024-08")

    assert (status(in_time), status(late)) == ("done", "excused")


def test_a_nil_report_counts_and_silence_does_not():
    """A daily report that there was nothing fulfils the day; a day without any report is missed (row 130)."""
    duty = on_days(EveryDay(), fulfilled=Fulfilment(facts=("report",), nil="nothing"))
    nil = Fact(id="1", subject="G", kind="report", on=day("2024-08-14"), attributes={"nothing": True})

    report = report_of(duty, world(), [nil], on="2024-08-16", period="2024-08-14..2024-08-15")

    assert shown(report) == {("G", "2024-08-14"): "done", ("G", "2024-08-15"): "missed"}


def test_a_roster_counts_people_not_entries():
    """Two are asked for: one who signs twice is one, two who sign once are two (row 151)."""
    rule = Fulfilment(facts=("duty",), by="role", role="linker", distinct="person")
    duty = on_days(EveryDay(), times=2, fulfilled=rule, who=Who(kinds=("small-grid",)))
    snapshot = attrs.evolve(
        world(),
        memberships=tuple(attrs.evolve(world().memberships[0], person=person) for person in ("P", "Q")),
    )

    def stands(*people):
        facts = [
            Fact(id=str(number), subject=person, kind="duty", on=day("2024-08-14"))
            for number, person in enumerate(people)
        ]
        report = report_of(duty, snapshot, facts, on="2024-08-15", period="2024-08-14..2024-08-14")
        return report.obligations[0].status, report.obligations[0].done

    assert stands("P", "P") == ("missed", 1)
    assert stands("P", "Q") == ("done", 2)
    assert stands("P", "stranger") == ("missed", 1)


def test_days_before_count_where_it_is_declared():
    """With two days of being early, a report of the 12th fulfils the 14th, one of the 11th does not."""
    duty = on_days(EveryDay(), early=2)

    def stands(on):
        facts = [Fact(id="1", subject="G", kind="report", on=day(on))]
        return status(report_of(duty, world(), facts, on="2024-08-15", period="2024-08-14..2024-08-14"))

    assert [stands("2024-08-12"), stands("2024-08-11")] == ["done", "missed"]


def test_two_facts_of_one_id_are_refused():
    """An id that stands twice among the facts a duty reads is told, not chosen between."""
    with pytest.raises(FactProblems) as caught:
        report_of(quarterly(), world(), [visit(1, "2024-08-14"), visit(1, "2024-08-15")], on="2024-09-01")

    assert str(caught.value) == "fact '1': this id stands on more than one fact [fact-twice]"


def test_a_moment_is_no_day():
    """The day looked at is a date; a text is refused with what is allowed."""
    with pytest.raises(PeriodError, match="on: found None; allowed is a day like"):
        report_of(quarterly(), world(), on=None)


def test_a_status_nobody_knows_is_refused():
    """Asking for a misspelt status names the words there are, with the nearest."""
    report = report_of(quarterly(), world(), on="2024-09-01")

    with pytest.raises(UnknownIdError, match="Did you mean 'missed'"):
        report.by_status("mised")
