from datetime import date
from decimal import Decimal

import pytest

from serviceorg.errors import FactProblems
from serviceorg.facts import Fact
from serviceorg.model import Membership, Person, Snapshot, Unit
from serviceorg.model.attribution import attributed, explain_attribution
from serviceorg.model.overlaps import overlapping

#: p belongs to an employer's branch, is registered where p lives, and is sent to a cell from July.
TOWN = Snapshot.of(
    units=[
        Unit(id="bank", kind="branch"),
        Unit(id="school", kind="branch"),
        Unit(id="oak", kind="community"),
        Unit(id="cell-7", kind="cell"),
    ],
    people=[Person(id="p"), Person(id="q"), Person(id="two")],
    memberships=[
        Membership(person="p", unit="bank", role="member", affiliation="home"),
        Membership(person="p", unit="oak", role="member", affiliation="residence"),
        Membership(person="p", unit="cell-7", role="staff", affiliation="secondment", since=date(2024, 7, 1)),
        Membership(person="two", unit="bank", role="member", affiliation="home", since=date(2020, 1, 1)),
        Membership(person="two", unit="school", role="secretary", affiliation="home", since=date(2022, 1, 1)),
        Membership(person="two", unit="school", role="member", affiliation="home", since=date(2023, 1, 1)),
    ],
)


def served(name, person="p", on="2024-03-02", amount=3, *, recorded="2024-03-02", activity="sat-1", **more):
    """Return hours of service; without an activity where that is empty."""
    return Fact(
        id=name,
        subject=person,
        kind="service",
        on=date.fromisoformat(on),
        amount=amount,
        recorded_on=date.fromisoformat(recorded),
        attributes={"activity": activity} if activity else {},
        **more,
    )


def told(found):
    """Return what matters of attributed facts."""
    return [(one.id, one.subject, one.amount) for one in found.facts]


@pytest.mark.parametrize(
    ("affiliation", "on", "unit"),
    [
        pytest.param("home", "2024-03-02", "bank", id="the-employers"),
        pytest.param("residence", "2024-03-02", "oak", id="the-communitys"),
        pytest.param("secondment", "2024-07-01", "cell-7", id="the-cells-from-the-first-day"),
        pytest.param(("secondment", "home"), "2024-06-30", "bank", id="the-next-bond-before"),
        pytest.param(("secondment", "home"), "2024-07-01", "cell-7", id="the-first-bond-there-is"),
    ],
)
def test_a_fact_goes_to_the_unit_by_the_bond_of_its_day(affiliation, on, unit):
    """Service counts for the unit one belonged to that day, by the affiliation asked (rows 14, 27, 134)."""
    found = attributed(TOWN, [served("x", on=on)], affiliation=affiliation)

    assert told(found) == [("x", unit, 3)]
    assert found.facts[0].attributes == {"activity": "sat-1", "attributed_from": "p"}


def test_what_both_sides_recorded_counts_once():
    """Recorded at the community and by the employer, an activity reaches the employer once (trap 25)."""
    facts = [
        served("by-bank", recorded="2024-03-05", recorded_by="bank"),
        served("by-oak", recorded="2024-03-03", recorded_by="oak"),
        served("another", activity="sat-2"),
    ]

    found = attributed(TOWN, facts)

    assert told(found) == [("by-oak", "bank", 3), ("another", "bank", 3)]
    assert found.conflicts == ()
    assert explain_attribution(found) == (
        "by-bank tells what by-oak told already of p on 2024-03-02; it counts once"
    )


def test_records_of_one_day_are_kept_by_the_smallest_id():
    """Of two entered on one day, neither order nor chance decides."""
    facts = [served("b"), served("a")]

    assert told(attributed(TOWN, facts)) == told(attributed(TOWN, facts[::-1])) == [("a", "bank", 3)]


def test_records_that_differ_are_a_conflict_and_the_first_counts():
    """Two amounts of one activity are told; the record that came first stands until somebody decides."""
    found = attributed(TOWN, [served("a"), served("b", amount=4, recorded="2024-03-09")])

    assert told(found) == [("a", "bank", 3)]
    assert [double.fact.id for double in found.conflicts] == ["b"]
    assert explain_attribution(found, lang="zh") == (
        "b 与 a 记录的是 p 在 2024-03-02 的同一活动，但数量为 4，而非 3；按 3 计"
    )


def test_a_record_that_was_taken_back_does_not_push_the_other_out():
    """If the record that was kept is reversed, the other one counts (W33)."""
    facts = [
        served("a"),
        served("b", recorded="2024-03-05"),
        served("r", reverses="a", recorded="2024-03-06"),
    ]

    found = attributed(TOWN, facts)

    assert [(one.id, one.subject, one.reverses) for one in found.facts] == [
        ("a", "bank", None),
        ("b", "bank", None),
        ("r", "bank", "a"),
    ]
    assert found.doubles == ()


def test_a_reversal_goes_with_its_fact_whatever_bond_there_is_on_its_own_day():
    """Taken back in July, when there is a secondment, a fact of March stays with the home unit."""
    facts = [served("a"), served("r", on="2024-07-05", recorded="2024-07-05", reverses="a")]

    found = attributed(TOWN, facts, affiliation=("secondment", "home"))

    assert [one.subject for one in found.facts] == ["bank", "bank"]


def test_without_what_tells_activities_apart_nothing_is_a_double():
    """Facts that name no activity may be several activities; if asked, the evidence tells them apart."""
    facts = [
        served("a", activity="", evidence="sheet 1"),
        served("b", activity="", evidence="sheet 1"),
        served("c", activity="", evidence="sheet 2"),
    ]

    assert len(attributed(TOWN, facts).facts) == 3
    assert [one.id for one in attributed(TOWN, facts, same=("evidence",)).facts] == ["a", "c"]


def test_facts_of_units_are_left_alone():
    """What a unit did itself is not anybody's to hand on."""
    own = served("x", person="oak")

    assert attributed(TOWN, [own]).facts[0] is own


def test_who_has_no_such_bond_is_listed():
    """A known person without a bond and somebody nobody knows are listed, each with the reason."""
    found = attributed(TOWN, [served("x", person="q"), served("y", person="z")])

    assert found.facts == ()
    assert explain_attribution(found).splitlines() == [
        "x: q had no such bond on 2024-03-02",
        "y of 2024-03-02: nobody knows z",
    ]


@pytest.mark.parametrize(
    ("several", "amount", "found"),
    [
        pytest.param("refuse", 3, [], id="refused"),
        pytest.param("first", 3, [("x", "bank", 3)], id="the-bond-that-began-first"),
        pytest.param(
            "split",
            3,
            [("x#bank", "bank", Decimal("1.5")), ("x#school", "school", Decimal("1.5"))],
            id="halves",
        ),
        pytest.param(
            "split",
            "0.0001",
            [("x#bank", "bank", Decimal("0.0001")), ("x#school", "school", 0)],
            id="what-has-no-half",
        ),
        pytest.param("split", None, [], id="nothing-to-divide"),
    ],
)
def test_bonds_to_several_units_are_decided_as_declared(several, amount, found):
    """Who belongs to two units is listed, the first's, or divided; two roles at one unit are one unit."""
    answer = attributed(TOWN, [served("x", person="two", amount=amount)], several=several)

    assert told(answer) == found
    assert [one.units for one in answer.unattributed] == ([] if found else [("bank", "school")])


def test_role_and_kind_of_unit_choose_the_bond():
    """A second role decides where it is asked for (row 120), and so does the kind of unit."""
    facts = [served("x", person="two")]

    assert told(attributed(TOWN, facts, role="secretary")) == [("x", "school", 3)]
    assert attributed(TOWN, facts, kind="community").unattributed[0].why == "no-bond"


def test_the_person_may_stand_in_an_attribute():
    """A community's own record that names the person becomes the fact of the person's home unit."""
    fact = Fact(
        id="x", subject="oak", kind="service", on=date(2024, 3, 2), amount=3, attributes={"member": "p"}
    )

    assert told(attributed(TOWN, [fact], who="member")) == [("x", "bank", 3)]


def test_another_word_for_several_is_refused():
    """A misspelt choice is told with the nearest guess."""
    with pytest.raises(FactProblems) as caught:
        attributed(TOWN, [], several="frist")

    assert str(caught.value) == (
        "several: found 'frist'; known are 'first', 'refuse', 'split'. Did you mean 'first'? [unknown-word]"
    )


def timed(name, start, end, *, on="2024-03-02", reverses=None):
    """Return a fact with times."""
    return Fact(
        id=name,
        subject="p",
        kind="service",
        on=date.fromisoformat(on),
        attributes={"start": start, "end": end},
        reverses=reverses,
    )


def test_hours_that_overlap_are_told_with_the_minutes():
    """Nobody serves twice at once: 8:00 to 10:00 and 9:30 to 11:00 share thirty minutes (trap 41)."""
    facts = [timed("b", "09:30", "11:00"), timed("a", "08:00", "10:00"), timed("c", "11:00", "24:00")]

    found = overlapping(facts)

    assert [(one.first.id, one.second.id, one.minutes) for one in found] == [("a", "b", 30)]


def test_hours_within_other_hours_overlap_with_each():
    """A long fact overlaps with every short one inside it."""
    facts = [timed("a", "08:00", "18:00"), timed("b", "09:00", "10:00"), timed("c", "17:00", "19:00")]

    found = overlapping(facts)

    assert [(one.first.id, one.second.id, one.minutes) for one in found] == [("a", "b", 60), ("a", "c", 60)]


def test_other_days_and_facts_taken_back_do_not_overlap():
    """Only what still holds of one day is compared."""
    facts = [
        timed("a", "08:00", "10:00"),
        timed("b", "08:00", "10:00", on="2024-03-03"),
        timed("c", "08:00", "10:00"),
        timed("r", "08:00", "10:00", reverses="c"),
    ]

    assert overlapping(facts) == ()


@pytest.mark.parametrize(
    ("start", "end"),
    [("8:00", "09:00"), ("08:00", "24:01"), ("10:00", "10:00"), ("22:00", "02:00"), ("08:60", "09:00")],
)
def test_times_nobody_can_read_are_refused(start, end):
    """A time without two digits, past midnight or not after the start is an error."""
    with pytest.raises(FactProblems) as caught:
        overlapping([timed("a", start, end)])

    assert str(caught.value) == (
        f"fact 'a': found start {start!r}, end {end!r}; allowed are times like '08:30', the end after the "
        "start, at most '24:00' [times]"
    )
