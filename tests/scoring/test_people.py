import pytest

from serviceorg.model import Exemption
from tests.scoring.given import (
    POINTS,
    card,
    cards,
    dated,
    day,
    fact,
    item,
    points,
    results,
    rules,
    subject,
    total,
)

PAID = 'on = "x"\npoints = 1\n'
GRADES = '[[grade]]\nid = "good"\ntitle = "Good"\nfrom = 1\n[[grade]]\nid = "rest"\ntitle = "Rest"'


def exempt(effect, since="01-01", until=None, reason=""):
    """Return a subject with one exemption."""
    last = None if until is None else day(until)
    return subject(exemptions=(Exemption(effect=effect, since=day(since), until=last, reason=reason),))


def test_not_assessed_not_graded_and_nothing_are_three_things():
    """No score at all; a score without a grade; a score of nothing with the lowest grade (trap 26)."""
    rule_set = item(f"{PAID}{GRADES}")

    ill = card(rule_set, [fact()], who=exempt("not_assessed", reason="ill"))
    new = card(rule_set, [fact()], who=exempt("not_graded"))
    idle = card(rule_set, [])

    assert (ill.status, ill.total, ill.grade, ill.why, ill.items) == ("not_assessed", None, None, "ill", {})
    assert (new.status, new.total, new.grade, new.why) == ("not_graded", 1, None, "exempt from grades")
    assert (idle.status, idle.total, idle.grade, idle.why) == ("scored", 0, "rest", "")


def test_an_exemption_rules_on_the_last_day_that_counts():
    """One that ended on 30 December has no effect on the year, but has as of that day."""
    rule_set = item(PAID)
    once = exempt("not_assessed", until="12-30")

    assert card(rule_set, [], who=once).status == "scored"
    assert card(rule_set, [], who=once, as_of="12-30").why == "exempt"


def test_for_one_who_left_the_last_day_of_belonging_rules():
    """Left in June while exempt until July: not assessed."""
    gone = subject(left="06-15", exemptions=exempt("not_assessed", until="07-31").exemptions)

    assert card(item(PAID), [], who=gone).status == "not_assessed"


@pytest.mark.parametrize("when", [{"joined": "2025-01-01"}, {"left": "2023-12-31"}])
def test_one_who_did_not_belong_is_not_assessed(when):
    """Joining after the period or leaving before it means no score, which is not a score of nothing."""
    found = card(item(PAID, base="60"), [], who=subject(**when))

    assert (found.status, found.why) == ("not_assessed", "did not belong in this period")


@pytest.mark.parametrize(
    ("who", "member", "status"),
    [
        ('{ categories = ["A"] }', {"category": "A"}, "scored"),
        ('{ categories = ["A"] }', {"category": "B"}, "not_assessed"),
        ('{ categories = ["A"] }', {"category": {"2020-01-01": "A", "12-31": "B"}}, "not_assessed"),
        ('{ kinds = ["window"] }', {"kind": "member"}, "not_assessed"),
        ('{ kinds = ["window"] }', {"kind": "window"}, "scored"),
    ],
)
def test_only_those_the_rules_are_for_are_assessed(who, member, status):
    """Kind, and category on the last day, decide whether somebody is scored at all."""
    given = (
        {**member, "category": dated(member["category"])}
        if isinstance(member.get("category"), dict)
        else member
    )

    found = card(item(PAID, who=who, subject='["member", "window"]'), [], who=subject(**given))

    assert found.status == status
    assert found.why == ("" if status == "scored" else "not among those assessed")


@pytest.mark.parametrize(
    ("part", "when", "base"),
    [
        ("full", {"joined": "04-10"}, 60),
        ("months", {"joined": "04-10"}, 45),  # April to December: 9 of 12
        ("months", {"left": "06-30"}, 30),  # 6 of 12
        ("months", {"joined": "03-31", "left": "05-01"}, 15),  # March, April, May: 3 of 12
        ("days", {"joined": "07-02"}, 30),  # 183 of 366 days
        ("days", {"left": "01-01"}, "0.16"),  # 60 / 366 = 0.1639…
        ("days", {}, 60),
    ],
)
def test_a_base_for_part_of_the_period(part, when, base):
    """The base is whole, by months begun, or by days, as the rules declare (trap 27)."""
    rule_set = item(PAID, base="60", base_for_part=f'"{part}"')

    assert str(total(rule_set, [], who=subject(**when))) == f"{float(base):.2f}"


def test_a_category_is_that_of_the_day():
    """Category A until 30 June, B after: only the June fact is for A (trap 28)."""
    rule_set = item(f'{PAID}who = {{ categories = ["A"] }}')
    moved = subject(category=dated({"2020-01-01": "A", "07-01": "B"}))

    assert total(rule_set, [fact("06-30"), fact("07-01")], who=moved) == 1


def test_a_clause_for_another_kind_is_not_for_this_one():
    """A clause for windows pays a window, not a member."""
    rule_set = item(f'{PAID}who = {{ kinds = ["window"] }}', subject='["member", "window"]')

    assert total(rule_set, [fact()], who=subject(kind="window")) == 1
    assert total(rule_set, [fact()]) == 0


def test_one_fact_hits_two_subjects_with_different_amounts():
    """A complaint costs the window 2 and the chief it names 1, once each (S28, trap 31)."""
    text = """
    [fact.x]
    fields.chief = "text"
    [[item]]
    id = "window"
    category = "c"
    title = "Window"
    on = "x"
    who = { kinds = ["window"] }
    deduct = 2
    shared = true
    [[item]]
    id = "chief"
    category = "c"
    title = "Chief"
    on = "x"
    about = "chief"
    deduct = 1
    shared = true
    """
    rule_set = rules(text, subject='["window", "staff"]')
    complaint = fact(subject="W", chief="P")
    both = [subject("W", kind="window"), subject("P", kind="staff")]

    found = cards(rule_set, [complaint], subjects=both)

    assert {name: one.total for name, one in found.items()} == {"W": -2, "P": -1}


ORGANISATION = {"subject": '"organisation"'}
MEMBERS = [
    subject("A", organisation="O"),
    subject("B", organisation=dated({"2020-01-01": "P", "07-01": "O"})),
    subject("C", organisation="O", left="03-31"),
    subject("D", organisation="O", exemptions=(Exemption(effect="not_assessed", since=day("01-01")),)),
]
OF_MEMBERS = [
    fact("05-01", 6, subject="A"),
    fact("06-30", 50, subject="B"),  # still in P
    fact("07-01", 3, subject="B"),
    fact("02-01", 4, subject="C"),
    fact("05-01", 70, subject="D"),  # not assessed
]


def organisation(keys):
    """Return the points of organisation O for its members' facts."""
    who = subject("O", kind="organisation")
    return points(item(keys, **ORGANISATION), OF_MEMBERS, who=who, others=MEMBERS)


def test_an_organisation_is_scored_from_its_members():
    """Facts count on days their members belonged and were assessed: 6 + 3 + 4 = 13 (S27, traps 24, 26)."""
    assert organisation('on = "x"\nof = "members"\nmeasure = "sum"\npoints = 1') == 13
    assert organisation('on = "x"\nof = "members"\npoints = 1') == 3


def test_per_head_divides_by_those_who_are_there_at_the_end():
    """13 points over A and B, the heads of 31 December: 6.5."""
    assert organisation('on = "x"\nof = "members"\nmeasure = "sum"\nper_head = true\npoints = 1') == 6.5


def test_a_rate_of_heads():
    """Of the heads A and B, both have at least one fact of their time here, so 1 x 100.

    With least 2, none.
    """
    keys = 'on = "x"\nof = "members"\npoints = 100\nmissing = "zero"\n'

    assert organisation(keys + "rate = { heads = true, least = 1 }") == 100
    assert organisation(keys + "rate = { heads = true, least = 2 }") == 0


def test_an_organisation_without_members_has_no_rate():
    """No heads, no answer: the rule's policy decides."""
    keys = 'on = "x"\nof = "members"\npoints = 100\nmissing = "pending"\nrate = { heads = true, least = 1 }'
    found = card(item(keys, **ORGANISATION), [], who=subject("O", kind="organisation"))

    assert (found.status, found.waiting_for, found.could_reach) == ("pending", ("i",), 100)


def test_subjects_of_another_kind_are_read_but_get_no_card():
    """Scoring organisations gives cards to organisations alone, by id."""
    rule_set = item('on = "x"\nof = "members"\nmeasure = "sum"\npoints = 1', **ORGANISATION)
    asked = [subject("P", kind="organisation"), subject("O", kind="organisation"), *MEMBERS]

    assert {name: one.total for name, one in cards(rule_set, OF_MEMBERS, subjects=asked).items()} == {
        "O": 13,
        "P": 50,
    }


def test_without_subjects_everyone_with_a_fact_is_scored():
    """Two people with facts, two cards."""
    assert set(cards(rules(POINTS), results({"A": 1, "B": 2}))) == {"A", "B"}
