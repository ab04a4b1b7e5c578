"""Amendments make versions; a digest tells whether two versions can score differently."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.errors import RuleSetProblems
from serviceorg.loading import rule_set_from_path, rule_set_from_text
from serviceorg.loading.digest import canonical, digest_of
from serviceorg.scoring.rules import Points

EVERYTHING = Path(__file__).parent / "correct" / "everything.toml"
RULES = """
[rule_set]
id = "a/b"
title = "Points"
subject = "member"
period = "year"
effective = 2025-01-01
basis = "Council 1"
source = "Gazette"

[fact.shift]
amount = true

[[category]]
id = "c"
title = "All"

[[item]]
id = "A1"
category = "c"
title = "Shifts"
on = "shift"
points = 0.50
cap = 40
"""
AMENDED = """
[[amend]]
effective = 2025-07-01
basis = "Council 2"
set = { "item.A1.points" = 0.6 }
"""


def digest(text):
    """Return the digest of the newest version."""
    return rule_set_from_text(text).newest.digest


def test_an_amendment_makes_a_version():
    """Each version stands whole beside the one before it, from its own day and by its own decision."""
    rules = rule_set_from_path(EVERYTHING)
    old, new = rules.versions

    assert (new.effective, new.basis) == (date(2025, 2, 1), "Council 1/2025")
    assert (old.head.base, new.head.base) == (Decimal(60), Decimal(55))
    assert [item.id for item in old.items] == ["A1", "A2", "A3", "B1", "B2", "B3", "B4", "B5", "B6", "B7"]
    assert [item.id for item in new.items] == ["A1", "A2", "B1", "B2", "B3", "B4", "B5", "B6", "B7", "C1"]
    assert (old.items[0].cap["month"], new.items[0].cap["month"]) == (Decimal("10.5"), Decimal(12))
    assert (old.grades[1].above, new.grades[1].above) == (Decimal("59.5"), Decimal(60))
    assert [star.id for star in new.stars] == ["star-3", "silver", "star-1"]
    assert [veto.id for veto in new.vetoes] == ["V1", "V2", "V3", "V4", "V5"]


def test_amendments_build_on_one_another():
    """A later amendment changes what the earlier one left."""
    later = AMENDED.replace("07-01", "10-01").replace('"item.A1.points" = 0.6', '"item.A1.cap" = 50')

    rules = rule_set_from_text(RULES + AMENDED + later)

    newest = rules.newest.items[0]
    assert newest.clauses[0].pay == Points(points=Decimal("0.6"))
    assert dict(newest.cap) == {"period": Decimal(50)}


def test_a_key_that_was_not_written_can_be_set():
    """A cap may come by amendment where there was none."""
    rules = rule_set_from_text(RULES + AMENDED.replace("item.A1.points", "rule_set.cap"))

    assert (rules.versions[0].head.cap, rules.newest.head.cap) == (None, Decimal("0.6"))


def test_a_problem_of_the_first_version_is_told_once():
    """What is wrong in the rules themselves is not repeated for every amendment."""
    with pytest.raises(RuleSetProblems) as caught:
        rule_set_from_text(RULES.replace('"shift"', '"shfit"') + AMENDED + AMENDED.replace("07-01", "08-01"))

    assert [problem.code for problem in caught.value.problems] == ["unknown-kind"]


def test_a_value_set_by_an_amendment_is_checked_where_it_is_written():
    """The place of the problem is the line of the amendment."""
    with pytest.raises(RuleSetProblems) as caught:
        rule_set_from_text(RULES + AMENDED.replace("0.6", "0.625"))

    (problem,) = caught.value.problems
    assert problem.where == 'line 29, amend[1].set."item.A1.points"'
    assert problem.message == "0.625 has 3 decimals; the rule set's scale allows 2"


def test_the_digest_ignores_the_order_of_keys_and_idle_zeros():
    """0.50 and 0.5 are one number; a table says the same in any order."""
    turned = RULES.replace('on = "shift"\npoints = 0.50\n', 'points = 0.5\non = "shift"\n')

    assert turned != RULES
    assert digest(turned) == digest(RULES)


def test_the_digest_changes_with_what_can_change_a_result():
    """Another number, another kind of fact or another day make another digest."""
    others = [
        RULES.replace("0.50", "0.51"),
        RULES.replace("amount = true", "amount = { most = 24 }"),
        RULES.replace("2025-01-01", "2025-01-02"),
        RULES + AMENDED,
    ]

    assert len({digest(text) for text in [RULES, *others]}) == 5


def test_cases_and_later_amendments_leave_a_digest_alone():
    """What is checked, and what comes later, does not change the rules of a day."""
    case = '[[case]]\ntitle = "t"\nperiod = "2025"\nexpect = { total = 0 }\n'

    assert digest(RULES + case) == digest(RULES)
    assert rule_set_from_text(RULES + AMENDED).versions[0].digest == digest(RULES)


def test_kinds_nobody_reads_leave_a_digest_alone():
    """A kind of fact counts in the digest only if a rule reads it."""
    assert digest(RULES + "[fact.other]\n") == digest(RULES)


def test_an_amended_rule_and_one_written_whole_have_one_digest():
    """It does not matter by which way the rules came to stand as they do."""
    whole = RULES.replace("0.50", "0.6").replace("2025-01-01", "2025-07-01").replace("Council 1", "Council 2")

    assert digest(RULES + AMENDED) == digest(whole)


def test_a_digest_is_the_sha_256_of_canonical_json():
    """SHA-256 of {"a":1} as published by any tool that computes it."""
    known = "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"

    assert digest_of({"a": Decimal("1.0")}) == known


def test_a_text_never_reads_like_a_number_or_a_date():
    """Numbers and dates that JSON cannot say are marked, so that no text is taken for one."""
    assert canonical({"n": Decimal("0.50"), "d": date(2025, 1, 1)}) == (
        '{"d":{"date":"2025-01-01"},"n":{"number":"0.5"}}'
    )


@given(st.randoms(use_true_random=False))
def test_any_order_of_keys_gives_the_same_digest(random):
    """The keys of every table may be shuffled; lists may not, since their order says something."""
    document = tomllib.loads(EVERYTHING.read_text(encoding="utf-8"), parse_float=Decimal)

    def shuffled(value):
        if isinstance(value, dict):
            keys = random.sample(sorted(value), len(value))
            return {key: shuffled(value[key]) for key in keys}
        return [shuffled(one) for one in value] if isinstance(value, list) else value

    assert digest_of(shuffled(document)) == digest_of(document)
