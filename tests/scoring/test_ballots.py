from decimal import Decimal

import pytest

from serviceorg.errors import FactProblems
from tests.scoring.given import card, cards, fact, item, points, reasons

DECLARED = """
[fact.x]
amount = { most = 100 }
fields.ballot = "text"
fields.voter = "text"
fields.group = ["self", "peers", "masses"]
fields.aspect = ["attitude", "skill"]
fields.grade = ["good", "fair", "poor"]
fields.panel = ["P", "Q"]
"""


def polled(ballots, facts, missing="zero", **more):
    """Return the card of 100 points times the mean mark."""
    rule_set = item(f'on = "x"\npoints = 100\nmissing = "{missing}"\n[item.ballots]\n{ballots}', DECLARED)
    return card(rule_set, facts, **more)


def marks(*amounts, **more):
    """Return a mark for each amount, each on a ballot of its own."""
    return [fact(amount=amount, ballot=f"b{no}", voter=f"v{no}", **more) for no, amount in enumerate(amounts)]


ALL = 'out_of = 100\nmissing = "pending"\n'


def test_the_mean_of_all_marks():
    """90, 80 and 75: 245 / 3 = 81.67 (S9)."""
    assert polled(ALL, marks(90, 80, 75)).total == Decimal("81.67")


def test_marks_on_another_scale():
    """4 of 5 is 80 of 100."""
    assert polled('out_of = 5\nmissing = "pending"', marks(4)).total == 80


def test_named_marks():
    """Good 100, fair 60, poor 20: (100 + 60 + 20 + 100) / 4 = 70 (row 5)."""
    names = 'out_of = 100\nvalue = "grade"\nmarks = { good = 100, fair = 60, poor = 20 }\nmissing = "pending"'
    facts = [fact(grade=grade) for grade in ("good", "fair", "poor", "good")]

    assert polled(names, facts).total == 70


def test_a_mark_no_table_has():
    """An unknown name is refused with the fact, what is known, and the nearest guess."""
    names = 'out_of = 100\nvalue = "grade"\nmarks = { good = 100, fair = 60 }\nmissing = "pending"'

    with pytest.raises(FactProblems) as caught:
        polled(names, [fact(id="7", grade="god")])

    assert (
        str(caught.value)
        == "fact '7': grade: 'god' is no mark; known are 'fair', 'good'. Did you mean 'good'? [mark-unknown]"
    )


def test_a_mark_out_of_scale():
    """A mark above the scale is refused."""
    with pytest.raises(
        FactProblems, match=r"^fact '7': mark 101 is out of scale; allowed are 0 to 100 \[mark-scale\]$"
    ):
        polled(ALL, [fact(amount=101, id="7")])


TRIM = "trim = { over = 5, high = 1, low = 1 }\n"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ((92, 88, 85, 90, 79, 95), "88.75"),  # 355 / 4
        ((92, 88, 85, 90, 79), "86.80"),  # 434 / 5: not more than five
    ],
)
def test_the_highest_and_lowest_are_dropped(given, wanted):
    """M2: with more than five raters one mark is dropped at each end (S13)."""
    assert polled(ALL + TRIM, marks(*given)).total == Decimal(wanted)


def test_too_few_to_trim():
    """Two dropped at each end would leave nothing of four marks: they all count, (10 + 20 + 30 + 40) / 4."""
    assert polled(ALL + "trim = { over = 0, high = 2, low = 2 }", marks(10, 20, 30, 40)).total == 25


def test_too_few_marks():
    """Three are needed and two are there: no answer."""
    assert polled(ALL + "least = 3", marks(90, 80), missing="pending").status == "pending"


GROUPS = (
    'out_of = 100\nby = "group"\n'
    'groups = [{{ id = "self", weight = 20 }}, {{ id = "peers", weight = 40 }}, '
    '{{ id = "masses", weight = 40{} }}]\n'
    'missing = "{}"\n'
)
THREE = [*marks(90, group="self"), *marks(80, 70, group="peers"), *marks(60, group="masses")]


def test_groups_are_weighted():
    """90 x 20 % + 75 x 40 % + 60 x 40 % = 18 + 30 + 24 = 72 (S11)."""
    found = polled(GROUPS.format("", "pending"), THREE)

    assert found.total == 72
    assert [one.arguments[:2] for one in reasons(found, "group")] == [
        ("self", 1),
        ("peers", 2),
        ("masses", 1),
    ]


@pytest.mark.parametrize(
    ("policy", "wanted", "status"),
    [("reweigh", "80.00", "scored"), ("zero", "48.00", "scored"), ("pending", "0.00", "pending")],
)
def test_a_group_without_marks(policy, wanted, status):
    """Without the masses: (18 + 30) / 60 % = 80, or 48, or no answer yet (trap 9)."""
    found = polled(GROUPS.format("", policy), THREE[:3], missing="pending")

    assert (found.total, found.status) == (Decimal(wanted), status)


def test_a_group_may_have_its_own_least_and_trim():
    """Two of the masses are needed, so one is none: weighed anew."""
    assert polled(GROUPS.format(", least = 2", "reweigh"), THREE).total == 80
    facts = [*THREE[:3], *marks(10, 60, 90, group="masses")]
    assert polled(GROUPS.format(", trim = { over = 2, high = 1, low = 1 }", "reweigh"), facts).total == 72


def test_no_marks_at_all():
    """With every group weighed away there is no answer."""
    assert polled(GROUPS.format("", "reweigh"), [], missing="pending").status == "pending"


ASPECTS = 'aspect = "aspect"\naspects = [{ id = "attitude", weight = 60 }, { id = "skill", weight = 40 }]\n'


def test_aspects_are_weighted_within_each_group():
    """Self 90 and 80: 86; peers 70 and 60: 66; masses 50 and 100: 70: 17.2 + 26.4 + 28 = 71.6 (S12)."""
    facts = [
        fact(amount=amount, group=group, aspect=aspect)
        for group, both in (("self", (90, 80)), ("peers", (70, 60)), ("masses", (50, 100)))
        for aspect, amount in zip(("attitude", "skill"), both, strict=True)
    ]

    assert polled(GROUPS.format("", "pending") + ASPECTS, facts).total == Decimal("71.6")


def test_a_group_without_one_aspect_has_no_mark():
    """Attitude alone says nothing of the whole."""
    assert polled(ALL + ASPECTS, [fact(amount=90, aspect="attitude")], missing="pending").status == "pending"


@pytest.mark.parametrize(
    ("decimals", "wanted"),
    [
        ("", "83.3"),  # (2 x 83.33… + 83.25) / 3 = 83.305…, one decimal at the end of the score
        ("decimals = { group = 0 }", "83.0"),
        ("decimals = { group = 1, end = 1 }", "83.3"),
        ("decimals = { end = 0 }", "83.0"),
        ('decimals = { group = 0 }\ndirection = "up"', "84.0"),
    ],
)
def test_the_place_of_rounding_is_declared(decimals, wanted):
    """Means of 250/3 (weight 2) and 83.25 are rounded in each group or at the end (trap 4)."""
    groups = (
        'out_of = 100\nby = "group"\n'
        'groups = [{ id = "peers", weight = 2 }, { id = "masses", weight = 1 }]\n'
        'missing = "pending"\n'
    )
    facts = [*marks(80, 80, 90, group="peers"), *marks(83, "83.5", group="masses")]
    rule_set = item(
        f'on = "x"\npoints = 100\nmissing = "zero"\n[item.ballots]\n{groups}{decimals}', DECLARED, scale="1"
    )

    assert points(rule_set, facts) == Decimal(wanted)


def test_rounding_each_rater_or_at_the_end_differs():
    """Means of 86.5 and 88.9 make 88 where each is rounded, and 87.7 where only the end is (trap 4)."""
    groups = (
        'out_of = 100\nby = "group"\ngroups = [{ id = "peers" }, { id = "masses" }]\nmissing = "pending"\n'
    )
    facts = [*marks("86.5", group="peers"), *marks("88.9", group="masses")]

    assert polled(groups + "decimals = { group = 0 }", facts).total == 88  # (87 + 89) / 2
    assert polled(groups, facts).total == Decimal("87.70")  # 175.4 / 2


VALID = "[item.ballots.valid]\n"


def sheet(name, marks_of, voter="v"):
    """Return the marks one voter gave several subjects on one ballot."""
    return [fact(amount=amount, subject=who, ballot=name, voter=voter) for who, amount in marks_of.items()]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("limits = [{ at_least = 90, most = 1 }]", "limit-1"),
        ("limits = [{ at_least = 10, least = 1 }, { below = 70, least = 1 }]", "limit-2"),
        ("limits = [{ below = 70, most = 1 }, { at_least = 91, most = 1 }]", "limit-2"),
    ],
)
def test_a_ballot_that_breaks_a_rule_is_void_for_everyone(rule, why):
    """A sheet of 95 and 91 has two high marks, no low one, and one middle one.

    The other sheet's 60 stands (S14).
    """
    facts = [*sheet("b1", {"S": 95, "T": 91}), *sheet("b2", {"S": 60, "T": 80})]

    found = polled(f"{ALL}{VALID}{rule}", facts)

    assert found.total == 60
    assert str(reasons(found, "refused-void")[0].arguments[2]) == why


def test_a_ballot_with_equal_marks_is_void():
    """65 for everyone is no judgement; a sheet with one mark is none either way."""
    facts = [*sheet("b1", {"S": 65, "T": 65}), *sheet("b2", {"S": 80})]

    assert polled(f"{ALL}{VALID}not_all_equal = true", facts).total == 80


def test_a_mark_for_oneself_is_void():
    """One's own 100 does not count, the rest of that ballot does (trap 32)."""
    facts = [*sheet("b1", {"S": 100, "T": 60}, voter="S"), *sheet("b2", {"S": 80, "T": 70})]
    rule_set = item(
        f'on = "x"\npoints = 100\nmissing = "zero"\n[item.ballots]\n{ALL}{VALID}not_self = "voter"', DECLARED
    )

    found = cards(rule_set, facts)

    assert (found["S"].total, found["T"].total) == (80, 65)


@pytest.mark.parametrize(
    ("peers", "masses", "answered"), [(3, 7, True), (4, 6, False), (2, 7, False), (0, 10, True)]
)
def test_a_quorum_needs_ballots_and_a_share_of_a_group(peers, masses, answered):
    """Ten ballots, seven tenths of them from the masses: exactly 7 of 10 are enough (trap 2)."""
    quorum = 'by = "group"\nquorum = { least = 10, group = "masses", share = 0.7 }'
    facts = [*marks(*[80] * peers, group="peers"), *marks(*[80] * masses, group="masses")]

    assert polled(ALL + quorum, facts, missing="pending").status == ("scored" if answered else "pending")


def test_several_aspects_on_one_sheet_are_one_ballot():
    """Two sheets with two aspects each are two ballots of the three needed."""
    facts = [
        fact(amount=80 - no, aspect=aspect, ballot=f"b{no}")
        for no in (1, 2)
        for aspect in ("attitude", "skill")
    ]
    keys = f'{ALL}{ASPECTS}quorum = {{ least = 3 }}\n{VALID}ballot = "ballot"'

    assert polled(keys, facts, missing="pending").status == "pending"
    assert polled(keys.replace("least = 3", "least = 2"), facts).total == Decimal("78.5")


def test_panels_are_brought_to_one_level():
    """Panel P gives 90 and 80, Q 70 and 60: the mean is 75, of P 85, of Q 65; 90 x 75/85 = 79.41 (S17)."""
    rule_set = item(
        f'on = "x"\npoints = 100\nmissing = "zero"\n[item.ballots]\n{ALL}panel = "panel"', DECLARED
    )
    given = {"A": ("P", 90), "B": ("P", 80), "C": ("Q", 70), "D": ("Q", 60)}
    facts = [fact(amount=mark, subject=who, panel=panel) for who, (panel, mark) in given.items()]

    found = cards(rule_set, facts)

    assert {who: str(one.total) for who, one in found.items()} == {
        "A": "79.41",
        "B": "70.59",
        "C": "80.77",
        "D": "69.23",
    }


def test_the_panels_coefficient_may_be_rounded():
    """75 / 85 to two decimals is 0.88: 90 x 0.88 = 79.2."""
    keys = (
        f'on = "x"\npoints = 100\nmissing = "zero"\n[item.ballots]\n{ALL}panel = "panel"\n'
        f"decimals = {{ panel = 2, end = 1 }}"
    )
    given = {"A": ("P", 90), "B": ("P", 80), "C": ("Q", 70), "D": ("Q", 60)}
    facts = [fact(amount=mark, subject=who, panel=panel) for who, (panel, mark) in given.items()]

    assert cards(item(keys, DECLARED), facts)["A"].total == Decimal("79.2")


def test_alone_a_panel_waits_for_the_others():
    """Scored alone, nobody knows the other panel: the item waits, and says what it could reach."""
    found = polled(f'{ALL}panel = "panel"', [fact(amount=90, panel="P")])

    assert (found.status, found.waiting_for, found.total, found.could_reach) == ("pending", ("i",), 0, 100)
