from decimal import Decimal

import pytest

from tests.scoring.given import card, codes, fact, item, points, reasons, subject

DECLARED = '[fact.x]\namount = true\nfields.topic = "text"\nfields.mark = "number"'
SIX = [
    fact("01-10", 4, topic="a", mark=1),
    fact("01-10", 8, topic="b", mark=2),
    fact("02-20", 2, topic="a", mark=3),
    fact("05-05", 6, topic="c", mark=4),
]


def measured(keys, facts=SIX, **more):
    """Return what a measure of "x" pays."""
    return points(item(f'on = "x"\n{keys}', DECLARED), facts, **more)


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ('measure = "count"', 4),
        ('measure = "days"', 3),
        ('measure = "distinct"\nfield = "topic"', 3),
        ('measure = "present"', 1),
        ('measure = "absent"', 0),
        ('measure = "sum"', 20),
        ('measure = "sum"\nfield = "mark"', 10),
        ('measure = "mean"\nmissing = "zero"', 5),
        ('measure = "first"\nmissing = "zero"', 4),
        ('measure = "last"\nmissing = "zero"', 6),
        ('measure = "best"\nmissing = "zero"', 8),
        ('measure = "worst"\nmissing = "zero"', 2),
        ('measure = "count"\nover = "month"', 4),
        ('measure = "present"\nover = "month"', 3),
        ('measure = "present"\nover = "quarter"', 2),
        ('measure = "best"\nover = "month"\nmissing = "zero"', 16),  # 8 + 2 + 6
        ('measure = "mean"\nover = "quarter"\nmissing = "zero"', "10.67"),  # 14/3 = 4.67 rounded, + 6
    ],
)
def test_tallies_of_four_facts(keys, wanted):
    """4 and 8 on 10 January, 2 on 20 February, 6 on 5 May, measured in every way, a point each."""
    assert measured(f"{keys}\npoints = 1") == Decimal(wanted)


@pytest.mark.parametrize(
    ("over", "wanted"), [("week", 49), ("month", 9), ("quarter", 2), ("half", 1), ("year", 0)]
)
def test_absence_is_held_against_whole_spans_only(over, wanted):
    """1 January 2024 is a Monday: 52 whole weeks less 3; 12 - 3 months; quarters 3 and 4; the second half."""
    assert measured(f'measure = "absent"\nover = "{over}"\ndeduct = 1') == -wanted


def test_absence_is_not_held_against_those_who_were_not_there():
    """Joined on 16 December, two whole weeks are left of the year; left in June, six months of it."""
    keys = 'measure = "absent"\nover = "{}"\ndeduct = 1'

    assert measured(keys.format("week"), [], who=subject(joined="12-16")) == -2
    assert measured(keys.format("month"), [], who=subject(left="06-30")) == -6
    assert (
        measured(keys.format("month"), [], who=subject(joined="2025-01-01", left="2025-02-01"), period="2025")
        == -1
    )


def test_a_month_that_runs_still_has_no_absence():
    """As of 30 June five months are over, and June is with its last day: 6; as of the 29th, 5."""
    assert measured('measure = "absent"\nover = "month"\ndeduct = 1', [], as_of="06-30") == -6
    assert measured('measure = "absent"\nover = "month"\ndeduct = 1', [], as_of="06-29") == -5


def test_a_clause_for_others_asks_nothing():
    """Absence of those of category B is not held against a member of A."""
    keys = 'measure = "absent"\nover = "month"\ndeduct = 1\nwho = { categories = ["B"] }'

    assert measured(keys, [], who=subject(category="A")) == 0
    assert measured(keys, [], who=subject(category="B")) == -12


POLICIES = [("zero", 0, "scored", None), ("full", 10, "scored", None), ("pending", 0, "pending", 10)]


@pytest.mark.parametrize(("policy", "wanted", "status", "reach"), POLICIES)
def test_what_is_missing_is_as_the_rule_says(policy, wanted, status, reach):
    """Without any mark: nothing, the full mark, or a card that waits and says what it could reach."""
    keys = (
        f'on = "x"\nmeasure = "mean"\nmissing = "{policy}"\n'
        f"step = [{{ from = 60, points = 5 }}, {{ from = 80, points = 10 }}]"
    )

    found = card(item(keys), [])

    assert (found.total, found.status, found.could_reach) == (wanted, status, reach)
    assert found.waiting_for == (("i",) if status == "pending" else ())
    assert found.items["i"].status == status
    assert str(reasons(found, "missing")[0].arguments[1]) == policy


def test_a_missing_answer_is_weighed_anew():
    """Of 60 + 40 full marks the 40 are missing; 30 of 60 stand for 30 x 100 / 60 = 50 (trap 9)."""
    text = (
        'on = "x"\nmeasure = "mean"\nmissing = "reweigh"\n'
        "linear = { target = 100, full = 60, lose = 1, per = 1, whole = true }\n"
    )
    text += (
        '[fact.y]\namount = true\n[[item]]\nid = "j"\ncategory = "c"\ntitle = "J"\non = "y"\n'
        'measure = "mean"\nmissing = "reweigh"\n'
    )
    text += "linear = { target = 100, full = 40, lose = 1, per = 1, whole = true }"

    found = card(item(text), [fact(amount=70)])

    assert found.total == 50
    assert reasons(found, "reweighed")[0].arguments == ("j", 30, 50)
    assert card(item(text), []).total == 0


def test_could_reach_counts_an_allotment_once():
    """An item of 20 that waits for an answer worth 10 has 20 and could reach 30; with 3 more earned, 33."""
    clauses = (
        'full = 20\n[[item.clause]]\nid = "a"\non = "x"\nmeasure = "mean"\n'
        'missing = "pending"\nstep = [{ from = 60, points = 10 }]\n'
    )
    clauses += '[[item.clause]]\nid = "b"\non = "y"\npoints = 3\n'
    rule_set = item(clauses, "[fact.x]\namount = true\n[fact.y]")

    assert (card(rule_set, []).total, card(rule_set, []).could_reach) == (20, 30)
    assert (card(rule_set, [fact(kind="y")]).total, card(rule_set, [fact(kind="y")]).could_reach) == (23, 33)


@pytest.mark.parametrize(
    ("amount", "whole", "wanted"),
    [
        ("86.4", "true", 22),
        ("86.4", "false", "21.4"),
        ("90", "true", 25),
        ("95", "false", 25),
        ("10", "false", 0),
    ],
)
def test_a_line_below_a_target(amount, whole, wanted):
    """M13: 86.4 against 90 is 3.6 below: -3 for full points, or -3.6; never below nothing (S10)."""
    pay = f"linear = {{ target = 90, full = 25, lose = 1, per = 1, whole = {whole} }}"

    assert measured(f'measure = "last"\nmissing = "zero"\n{pay}', [fact(amount=amount)]) == Decimal(wanted)


@pytest.mark.parametrize(("amount", "wanted"), [(59, 0), (60, 1), (79, 1), (80, 1), ("80.1", 5), (500, 5)])
def test_rungs(amount, wanted):
    """From 60 one point, above 80 five: the highest rung reached pays."""
    pay = "step = [{ from = 60, points = 1 }, { above = 80, points = 5 }]"

    assert measured(f'measure = "sum"\n{pay}', [fact(amount=amount)]) == wanted


@pytest.mark.parametrize(("amount", "wanted"), [(0, 0), (10, 10), (25, "17.5"), (40, 21)])
def test_slices(amount, wanted):
    """1 each up to 10, 0.5 each from 10, 0.1 each from 30: 25 is 10 + 7.5, 40 is 10 + 10 + 1."""
    pay = "marginal = [{ from = 0, points = 1 }, { from = 10, points = 0.5 }, { from = 30, points = 0.1 }]"

    assert measured(f'measure = "sum"\n{pay}', [fact(amount=amount)]) == Decimal(wanted)


def test_rungs_may_deduct():
    """Three absences cost 2."""
    pay = "deducts = true\nstep = [{ from = 3, points = 2 }]"

    assert measured(f'measure = "count"\n{pay}', SIX) == -2


RATED = (
    '[fact.x]\namount = true\nfields.ok = "flag"\nfields.ruling = ["none", "duplicate"]\n'
    'fields.part = "number"\nfields.whole = "number"'
)


def rated(rate, facts, missing="zero", **more):
    """Return 100 times a rate."""
    return card(item(f'on = "x"\npoints = 100\nmissing = "{missing}"\nrate = {rate}', RATED), facts, **more)


ANSWERS = [
    fact("01-01", ok=True, ruling="none", part=1, whole=2),
    fact("02-01", ok=True, ruling="none", part=1, whole=4),
    fact("02-02", ok=False, ruling="duplicate", part=2, whole=2),
    fact("05-01", ok=False, ruling="none", part=0, whole=1),
]


def test_a_rate_of_facts():
    """2 satisfied of 4; of 3 without the duplicate (W19, trap 39); of the 3 that were ruled on as none."""
    assert rated("{ part = { ok = true } }", ANSWERS).total == 50
    assert rated('{ part = { ok = true }, unless = { ruling = "duplicate" } }', ANSWERS).total == Decimal(
        "66.67"
    )
    assert rated('{ part = { ok = true }, whole = { ruling = "none" } }', ANSWERS).total == Decimal("66.67")


def test_a_rate_of_sums():
    """(1 + 1 + 2 + 0) of (2 + 4 + 2 + 1): 4 / 9."""
    assert rated('{ part = "part", whole = "whole" }', ANSWERS).total == Decimal("44.44")


def test_a_rate_for_each_span():
    """January 1 of 1, February 1 of 2, May 0 of 1: 100 + 50 + 0, the empty months nothing."""
    assert rated('{ part = { ok = true }, over = "month" }', ANSWERS).total == 150


def test_a_rate_without_a_whole_has_no_answer():
    """Nothing asked, or a whole of 0: the policy decides."""
    empty = [fact(ok=True, ruling="none", part=0, whole=0)]

    assert rated("{ part = { ok = true } }", [], "full").total == 100
    assert rated('{ part = "part", whole = "whole" }', empty, "full").total == 100
    assert rated("{ part = { ok = true } }", [], "pending").status == "pending"


PARTS = (
    '[fact.x]\namount = true\nfields.plan = "flag"\nfields.board = "flag"\n'
    'fields.record = "flag"\nfields.part = ["plan", "board", "record"]'
)
CHECKS = (
    'missing = "zero"\n'
    'checks = [{{ id = "plan", title = "P"{0} }}, {{ id = "board", title = "B"{1} }}, '
    '{{ id = "record", title = "R"{2} }}]\n'
)
PLAIN = CHECKS.format("", "", "")
OWN = CHECKS.format(", points = 1", ", points = 2, must = true", ", points = 4")


def checked(keys, *sheets):
    """Return what a checklist pays; each sheet is the parts that are there."""
    names = ("plan", "board", "record")
    facts = [
        fact(f"0{no}-01", attributes={name: name in sheet for name in names})
        for no, sheet in enumerate(sheets, 1)
    ]
    return points(item(f'on = "x"\n{keys}', PARTS), facts)


def test_parts_of_a_checklist_pay_equal_shares():
    """Two of three parts of 9 points pay 6; all or nothing pays 0 (S29, rows 145 to 147)."""
    assert checked(f"{PLAIN}points = 9", ["plan", "board"]) == 6
    assert checked(f"{PLAIN}points = 9\nall_or_nothing = true", ["plan", "board"]) == 0
    assert checked(f"{PLAIN}points = 9\nall_or_nothing = true", ["plan", "board", "record"]) == 9


def test_parts_with_points_of_their_own():
    """1 + 2 + 4, but nothing at all without the board, which must be there."""
    assert checked(OWN, ["plan", "board", "record"]) == 7
    assert checked(OWN, ["board", "record"]) == 6
    assert checked(OWN, ["plan", "record"]) == 0


@pytest.mark.parametrize(("take", "wanted"), [("last", 3), ("best", 9), ("worst", 3)])
def test_of_several_sheets_one_counts(take, wanted):
    """Sheets with 2, 3 and 1 of three parts: the last, best or worst one."""
    sheets = (["plan", "board"], ["plan", "board", "record"], ["plan"])

    assert checked(f'{PLAIN}points = 9\ntake = "{take}"', *sheets) == wanted


def test_parts_may_come_one_by_one():
    """Each fact brings one part; a part brought twice is there once."""
    facts = [fact("01-01", part="plan"), fact("02-01", part="plan"), fact("03-01", part="board")]

    assert points(item(f'on = "x"\n{PLAIN}check_by = "part"\npoints = 9', PARTS), facts) == 6


def test_no_sheet_at_all():
    """Without a fact there is no answer: here the rule says nothing is paid."""
    assert checked(f"{PLAIN}points = 9") == 0


def test_a_waiting_checklist_could_reach_its_parts():
    """A pending checklist of 1 + 2 + 4 could reach 7."""
    found = card(item(f'on = "x"\n{OWN.replace("zero", "pending")}', PARTS), [])

    assert (found.status, found.could_reach) == ("pending", 7)


def test_signed_pairs():
    """Praise counted for, blame counted against: 2 x 1 - 1 x 3 (S31)."""
    clauses = (
        '[[item.clause]]\nid = "p"\non = "x"\nmeasure = "count"\npoints = 1\n[[item.clause]]\n'
        'id = "b"\non = "y"\nmeasure = "count"\ndeduct = 3'
    )
    found = card(item(clauses, "[fact.x]\n[fact.y]"), [fact(), fact(), fact(kind="y")])

    assert found.total == -1
    assert [one.arguments[3] for one in reasons(found, "value")] == [2, -3]
    assert "value" in codes(found)


def test_a_measured_clause_has_caps_too():
    """2 a month at most: 4 in January become 2, and 1 in May stays."""
    assert (
        measured(
            'measure = "sum"\nover = "month"\npoints = 1\ncap = { month = 2, event = 9 }',
            [fact("01-10", 4), fact("05-10", 1)],
        )
        == 3
    )
