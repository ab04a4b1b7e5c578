import pickle
from decimal import Decimal
from threading import Barrier, Thread

from serviceorg.basics import Year
from serviceorg.loading import rule_set_from_text
from serviceorg.scoring import Comparison, compare, run_cases, score
from serviceorg.scoring.compile import plan_of
from tests.scoring.given import POINTS, card, day, fact, item, results, rules, subject

CAPPED = """
[rule_set]
id = "t"
title = "T"
subject = "member"
period = "year"
effective = 2020-01-01
basis = "for tests"
source = "for tests"
[[category]]
id = "c"
title = "C"
[fact.x]
amount = true
[[item]]
id = "i"
category = "c"
title = "I"
on = "x"
points = 1
per = "amount"
cap = { month = 5 }
"""
CASE = """
[[grade]]
id = "good"
title = "Good"
from = 5
[[grade]]
id = "poor"
title = "Poor"
[[case]]
title = "One"
period = "2024"
facts = [{ kind = "result", on = 2024-05-01, amount = 7 }]
expect = """


def failures(expect):
    """Return what a golden case of 7 points says about these expectations."""
    return [str(one) for one in run_cases(rules(POINTS + CASE + expect))]


def test_a_case_that_holds_says_nothing():
    """Every key of a card can be expected; a star of 0 is no star."""
    assert (
        failures(
            '{ total = 7, grade = "good", star = 0, status = "scored", "item.i" = 7, '
            '"category.c" = 7, vetoes = [], place = 1 }'
        )
        == []
    )


def test_a_case_that_fails_says_what_was_expected_and_found():
    """Rule set, case, subject, key, expected and found, a line each."""
    assert failures('{ total = 8, grade = "poor" }') == [
        "t, case 'One', subject 'S': total: expected 8, found 7.00",
        "t, case 'One', subject 'S': grade: expected 'poor', found 'good'",
    ]


def test_nothing_is_not_the_same_as_no_total():
    """One who is not assessed has no total: to expect 0 is a failure (trap 26)."""
    text = CASE.replace('period = "2024"', 'period = "2024"\nsubject = { left = 2023-01-01 }')

    assert [
        str(one) for one in run_cases(rules(POINTS + text + '{ total = 0, status = "not_assessed" }'))
    ] == ["t, case 'One', subject 'S': total: expected 0, found None"]


def test_a_case_that_cannot_be_scored_is_a_failure():
    """An error of the engine is told as the failure of its case, and the other cases go on."""
    text = CASE.replace('period = "2024"', 'period = "2024-07"') + "{ total = 1 }"

    assert [one.key for one in run_cases(rules(POINTS + text))] == ["the case itself"]


def test_a_changed_result_is_told_with_its_amendment():
    """A point more from July raises A from 4 to 6 and from poor to good; B has facts before July only."""
    text = POINTS + '[[grade]]\nid = "good"\ntitle = "G"\nfrom = 5\n[[grade]]\nid = "poor"\ntitle = "P"\n'
    before = rules(text)
    after = rules(
        text + '[[amend]]\neffective = 2024-07-01\nbasis = "decision 2"\nset = { "item.i.points" = 2 }'
    )
    facts = [fact("08-01", 2, "result", subject="A"), *results({"A": 2, "B": 2})]

    found = compare(before, after, facts, period=Year(2024))

    (change,) = found.changes
    assert (found.before, found.after, found.subjects) == ("t 2020-01-01", "t 2024-07-01", 2)
    assert (change.subject, change.before, change.after, change.difference) == ("A", 4, 6, 2)
    assert (change.grade_before, change.grade_after) == ("poor", "good")
    assert (change.status_before, change.status_after) == ("scored", "scored")
    assert [(one.id, one.before, one.after) for one in change.items] == [("i", 4, 6)]
    assert [(one.id, one.before, one.after) for one in change.categories] == [("c", 4, 6)]
    assert [(one.effective, one.basis, one.touches) for one in change.amendments] == [
        (day("07-01"), "decision 2", ("item.i",))
    ]
    assert found.amendments == change.amendments


def test_a_change_of_the_head_touches_those_whose_total_moves():
    """A base of 10 more touches everybody, through the head."""
    after = rules(POINTS + '[[amend]]\neffective = 2024-07-01\nbasis = "2"\nset = { "rule_set.base" = 10 }')

    (change,) = compare(rules(POINTS), after, results({"A": 2}), period=Year(2024)).changes

    assert (change.difference, change.items) == (10, ())
    assert [one.touches for one in change.amendments] == [("rule_set",)]


def test_other_rules_from_the_start_touch_every_item():
    """A rule set written anew differs from its first day on; one who lost the total has no difference."""
    new = rules(
        POINTS.replace("points = 1", "points = 3"), who='{ categories = ["A"] }', effective="2021-01-01"
    )

    (change,) = compare(rules(POINTS), new, results({"A": 2}), period=Year(2024)).changes

    assert (change.before, change.after, change.difference, change.status_after) == (
        2,
        None,
        None,
        "not_assessed",
    )
    assert {touched for one in change.amendments for touched in one.touches} == {
        "item.i",
        "rule_set",
    } or change.amendments


def test_no_change_is_an_empty_comparison():
    """The same rules over the same facts."""
    found = compare(rules(POINTS), rules(POINTS), results({"A": 2}), period=Year(2024))

    assert isinstance(found, Comparison)
    assert (found.changes, found.amendments) == ((), ())


def test_rule_sets_survive_pickling():
    """A rule set sent to another process scores there as it did here."""
    rule_set = rules(POINTS)
    facts = results({"S": 5})
    before = card(rule_set, facts)

    again = pickle.loads(pickle.dumps(rule_set))

    assert again.digest == rule_set.digest
    assert again.versions == rule_set.versions
    assert card(again, facts).to_dict() == before.to_dict()


def test_pieces_of_a_rule_set_are_values():
    """Versions read twice from the same text are equal and hash alike, whatever kind of clause they hold."""
    text = """
    [fact.x]
    amount = true
    fields.level = ["a", "b"]
    [[item]]
    id = "i"
    category = "c"
    title = "I"
    on = "x"
    where = { level = ["a"] }
    points = 1
    per = { field = "amount", step = 0.5, most = { day = 8 } }
    factor = [{ where = { level = "a" }, by = 2 }]
    cap = { month = 4 }
    late = { by = "recorded", days = 30 }
    """
    one, other = rules(text), rules(text)

    assert one.versions == other.versions
    assert hash(one.versions) == hash(other.versions)
    assert pickle.loads(pickle.dumps(one.items)) == other.items


def test_eight_threads_may_score_from_cold():
    """Rules that nobody has compiled yet can be scored by eight threads at once, all with the same result."""
    rule_set = rule_set_from_text(CAPPED)
    facts = [fact(f"{month:02d}-10", month, "x") for month in range(1, 13)]
    gate = Barrier(8)
    found: list[Decimal | None] = []

    def ask():
        gate.wait()
        found.extend(score(rule_set, "S", facts, period=Year(2024)).total for _ in range(20))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 160
    assert set(found) == {50}  # 1 + 2 + 3 + 4 in the first four months, and 5 in each of eight
    assert plan_of(rule_set) is plan_of(rule_set)


def test_a_card_belongs_to_who_was_asked_about():
    """A subject given as an id is one of the rule set's first kind, about whom nothing else is known."""
    found = score(
        item('on = "x"\npoints = 1', subject='["window", "member"]'), "S", [fact()], period=Year(2024)
    )

    assert found.question.subject == subject(kind="window")
    assert found.period == Year(2024)
