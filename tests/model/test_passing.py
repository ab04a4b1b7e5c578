from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.basics import Year
from serviceorg.errors import AmountError, FactProblems
from serviceorg.facts import Fact
from serviceorg.loading import rule_set_from_text
from serviceorg.model import Change, Person, Snapshot, Subject, Unit
from serviceorg.model.passing import SENTENCES, passed_amounts, passed_on, passing, successors
from serviceorg.model.routes import divided
from serviceorg.reasons import render
from serviceorg.scoring import score_all

MERGED = date(2024, 7, 1)
LAST = date(2024, 6, 30)
RULES = """
[rule_set]
id = "t/community"
title = "Community"
subject = "community"
period = "year"
effective = 2020-01-01
basis = "for tests"
source = "for tests"
[fact.activity]
amount = true
[[category]]
id = "c"
title = "C"
[[item]]
id = "hours"
category = "c"
title = "Two points for an hour"
on = "activity"
points = 2
per = "amount"
"""


def fact(name, subject, on, amount=None, **more):
    """Return a fact called by its id; days are written as text."""
    return Fact(id=name, subject=subject, kind="activity", on=date.fromisoformat(on), amount=amount, **more)


def merged(**rule):
    """Return three communities of which a and b became d on 1 July 2024 (row 118 in small)."""
    return Snapshot.of(
        units=[
            Unit(id="a", kind="community", until=LAST),
            Unit(id="b", kind="community", until=LAST),
            Unit(id="c", kind="community"),
            Unit(id="d", kind="community", since=MERGED),
        ],
        people=[Person(id="p")],
        changes=[Change(id="m", kind="merge", on=MERGED, before=("a", "b"), after=("d",), **rule)],
    )


def split(**rule):
    """Return a community a that became b and c on 1 July 2024."""
    return Snapshot.of(
        units=[Unit(id="a", until=LAST), Unit(id="b", since=MERGED), Unit(id="c", since=MERGED)],
        changes=[Change(id="s", kind="split", on=MERGED, before=("a",), after=("b", "c"), **rule)],
    )


def told(facts):
    """Return what matters of facts: id, subject, amount, what they reverse."""
    return [(f.id, f.subject, f.amount, f.reverses) for f in facts]


END = date(2024, 12, 31)
FACTS = [
    fact("a-23", "a", "2023-05-01", 10),
    fact("b-23", "b", "2023-06-01", 20),
    fact("c-23", "c", "2023-06-01", 5),
    fact("a-24", "a", "2024-03-01", "1.5"),
    fact("b-24", "b", "2024-06-30", 4),
    fact("d-24", "d", "2024-07-01", 8),
    fact("c-24", "c", "2024-09-01", 3),
]


def totals(on):
    """Return the totals of the communities there on the last day of a year, facts passed on to that day."""
    snapshot, year = merged(), Year(on.year)
    facts = passed_on(snapshot, FACTS, on=on)
    subjects = successors(snapshot, snapshot.unit_subjects(year, kind="community"), on=on)
    cards = score_all(rule_set_from_text(RULES), facts, subjects=subjects, period=year)
    return {card.subject: card.total for card in cards}


def test_a_successor_is_as_old_as_what_passed_to_it():
    """Of the units there at the end of the year, d counts from the first day of a or b, c from its own."""
    subjects = [Subject(id=one, kind="community", joined=date(2024, 7, 1)) for one in "abcd"]
    aged = Snapshot.of(
        units=[
            Unit(id="a", since=date(2020, 1, 1), until=LAST),
            Unit(id="b", since=date(2019, 1, 1), until=LAST),
            Unit(id="c"),
            Unit(id="d", since=MERGED),
        ],
        changes=merged().changes,
    )

    found = successors(aged, [*subjects, Subject(id="p")], on=END)

    assert [(one.id, one.joined) for one in found] == [
        ("c", MERGED),
        ("d", date(2019, 1, 1)),
        ("p", None),
    ]
    assert [one.joined for one in successors(merged(), subjects, on=END)] == [MERGED, None]
    assert [one.joined for one in successors(merged(points="stay"), subjects, on=END)] == [MERGED, MERGED]


def test_last_years_scores_are_the_old_communities():
    """In 2023 a did 10 hours, b 20, c 5: 20, 40 and 10 points; no later merger matters (W29, trap 29)."""
    assert totals(date(2023, 12, 31)) == {"a": 20, "b": 40, "c": 10}


def test_this_years_score_of_a_merged_community_has_both_halves():
    """In 2024 d has its own 8 hours and those of a (1.5) and b (4): 13.5, so 27 points; c has 3, so 6."""
    assert totals(END) == {"c": 6, "d": 27}


def test_a_passed_fact_keeps_its_id_and_says_whose_it_was():
    """Day, evidence and recorder stay; the attribute passed_from names the old unit."""
    old = fact("x", "a", "2024-03-01", 2, evidence="sheet 3", recorded_by="clerk", attributes={"k": "v"})

    (new,) = passed_on(merged(), [old], on=END)

    assert told([new]) == [("x", "d", 2, None)]
    assert (new.on, new.evidence, new.recorded_by) == (old.on, "sheet 3", "clerk")
    assert new.attributes == {"k": "v", "passed_from": "a"}


def test_before_the_change_nothing_passes():
    """On the day before the merger the facts are what they were."""
    assert passed_on(merged(), FACTS, on=LAST) == tuple(FACTS)


def test_facts_of_people_and_of_units_without_a_change_are_untouched():
    """Nobody else's facts are copied or moved."""
    own = [
        fact("x", "p", "2024-03-01", 2),
        fact("y", "c", "2024-03-01", 2),
        fact("z", "nobody", "2024-03-01"),
    ]

    found = passed_on(merged(), own, on=END)

    assert all(one is other for one, other in zip(found, own, strict=True))


def test_an_old_name_used_after_the_end_means_what_the_unit_has_become():
    """A fact written under the name of a merged community after its end is the new one's."""
    (new,) = passed_on(merged(), [fact("x", "a", "2024-08-01", 2)], on=END)

    assert new.subject == "d"


def test_points_that_stay_end_with_the_old_unit():
    """Under "stay" nothing passes on, and what ended is told with its change."""
    found = passing(merged(points="stay", basis="Doc 7"), [fact("x", "a", "2024-03-01", 2)], on=END)

    assert found.facts == ()
    assert [render(one.reason, SENTENCES) for one in found.ended] == [
        "x ended with a: by change m of 2024-07-01 its points do not pass on (source: Doc 7)"
    ]
    assert found.ended[0].amount == 2


def test_what_a_dissolved_unit_had_is_nobodys():
    """A dissolved unit has no heir; its facts are told to have ended."""
    snapshot = Snapshot.of(
        units=[Unit(id="a", until=LAST)],
        changes=[Change(id="x", kind="dissolve", on=MERGED, before=("a",))],
    )

    found = passing(snapshot, [fact("f", "a", "2024-03-01", 2)], on=END)

    assert (found.facts, [one.reason.code for one in found.ended]) == ((), ["dissolved"])


@pytest.mark.parametrize(
    ("rule", "amount", "parts"),
    [
        pytest.param({}, 5, {"b": "2.5", "c": "2.5"}, id="in-equal-parts"),
        pytest.param({"shares": (Decimal("0.7"), Decimal("0.3"))}, 10, {"b": 7, "c": 3}, id="by-shares"),
        pytest.param({}, "0.0001", {"b": "0.0001"}, id="the-smallest-goes-to-the-first"),
        pytest.param(
            {"shares": (Decimal("0.3333"), Decimal("0.6667"))},
            1,
            {"b": "0.3333", "c": "0.6667"},
            id="four-decimals",
        ),
        pytest.param({"shares": (Decimal(1), Decimal(2))}, 1, {"b": "0.3333", "c": "0.6667"}, id="weights"),
        pytest.param({"shares": (Decimal(0), Decimal(1))}, 4, {"c": 4}, id="all-to-one"),
    ],
)
def test_an_amount_is_divided_by_the_shares_and_the_parts_add_up(rule, amount, parts):
    """Of 1 in thirds, 0.3333 and 0.6667: what four decimals cannot hold goes to the largest remainder."""
    found = passed_on(split(**rule), [fact("x", "a", "2024-03-01", amount)], on=END)

    assert {one.subject: one.amount for one in found} == {unit: Decimal(part) for unit, part in parts.items()}


def test_parts_have_ids_of_their_own():
    """Two parts of one fact are two facts; the host may say how they are called."""
    given_ids = passed_on(
        split(), [fact("x", "a", "2024-03-01", 2)], on=END, ids=lambda name, heir: f"{heir}/{name}"
    )

    own_ids = passed_on(split(), [fact("x", "a", "2024-03-01", 2)], on=END)

    assert [one.id for one in own_ids] == ["x#b", "x#c"]
    assert [one.id for one in given_ids] == ["b/x", "c/x"]


def test_what_has_no_amount_goes_whole_to_the_unit_of_the_tickets():
    """A fact that only counts is not doubled: it goes where open tickets go, else to the first heir."""
    counted = [fact("x", "a", "2024-03-01")]

    assert told(passed_on(split(tickets="c"), counted, on=END)) == [("x", "c", None, None)]
    assert told(passed_on(split(), counted, on=END)) == [("x", "b", None, None)]


def test_kinds_that_are_counted_can_be_kept_whole():
    """A kind named ``whole`` is not divided although its facts carry an amount."""
    found = passed_on(split(tickets="c"), [fact("x", "a", "2024-03-01", 2)], on=END, whole=("activity",))

    assert told(found) == [("x", "c", 2, None)]


def test_a_unit_that_outlives_its_split_shares_what_it_had_before():
    """Of a unit that gave up a quarter, three quarters of old amounts stay; new ones are its own."""
    snapshot = Snapshot.of(
        units=[Unit(id="a"), Unit(id="b", since=MERGED)],
        changes=[
            Change(
                id="s",
                kind="split",
                on=MERGED,
                before=("a",),
                after=("a", "b"),
                shares=(Decimal("0.75"), Decimal("0.25")),
            )
        ],
    )

    found = passed_on(snapshot, [fact("x", "a", "2024-06-30", 4), fact("y", "a", "2024-07-01", 4)], on=END)

    assert told(found) == [("x#a", "a", 3, None), ("x#b", "b", 1, None), ("y", "a", 4, None)]


def test_a_reversal_goes_where_its_fact_goes():
    """A fact and what takes it back end at the same units, though the reversal came after the split (W33)."""
    facts = [
        fact("x", "a", "2024-03-01", 5),
        fact("r", "a", "2024-08-01", reverses="x"),
        fact("y", "a", "2024-03-02"),
        fact("s", "a", "2024-08-02", reverses="y"),
    ]

    found = passed_on(split(), facts, on=END)

    assert told(found) == [
        ("x#b", "b", Decimal("2.5"), None),
        ("x#c", "c", Decimal("2.5"), None),
        ("r#b", "b", None, "x#b"),
        ("r#c", "c", None, "x#c"),
        ("y", "b", None, None),
        ("s", "b", None, "y"),
    ]


def test_a_chain_of_reversals_stays_together():
    """What takes back a reversal goes with the first fact of the chain."""
    facts = [
        fact("t", "a", "2024-08-02", reverses="r"),
        fact("r", "a", "2024-08-01", reverses="x"),
        fact("x", "a", "2024-03-01", 5),
    ]

    found = passed_on(split(), facts, on=END)

    assert [(one.id, one.reverses) for one in found] == [
        ("t#b", "r#b"),
        ("t#c", "r#c"),
        ("r#b", "x#b"),
        ("r#c", "x#c"),
        ("x#b", None),
        ("x#c", None),
    ]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        pytest.param(
            [fact("r", "a", "2024-08-01", reverses="x")],
            "fact 'r': reverses 'x', which is no fact of subject 'a' [reverses-nothing]",
            id="reverses-nothing",
        ),
        pytest.param(
            [fact("r", "a", "2024-08-01", reverses="s"), fact("s", "a", "2024-08-01", reverses="r")],
            "fact 'r': takes back, step by step, itself; a reversal must name an earlier fact "
            "[reverses-itself]",
            id="circle",
        ),
    ],
)
def test_reversals_of_nothing_are_refused(facts, message):
    """A reversal whose fact is not there cannot be sent after it."""
    with pytest.raises(FactProblems) as caught:
        passed_on(split(), facts, on=END)

    assert str(caught.value) == message


def chained():
    """Return a that became b and c in July, which became d in October again."""
    autumn = date(2024, 10, 1)
    return Snapshot.of(
        units=[
            Unit(id="a", until=LAST),
            Unit(id="b", since=MERGED, until=date(2024, 9, 30)),
            Unit(id="c", since=MERGED, until=date(2024, 9, 30)),
            Unit(id="d", since=autumn),
        ],
        changes=[
            Change(id="2", kind="merge", on=autumn, before=("b", "c"), after=("d",)),
            Change(id="1", kind="split", on=MERGED, before=("a",), after=("b", "c")),
        ],
    )


def test_what_was_divided_and_comes_together_again_is_whole():
    """Split in July and merged again in October, a fact is one fact with its own id."""
    facts = [fact("x", "a", "2024-03-01", 5)]

    assert told(passed_on(chained(), facts, on=date(2024, 9, 30))) == [
        ("x#b", "b", Decimal("2.5"), None),
        ("x#c", "c", Decimal("2.5"), None),
    ]
    assert told(passed_on(chained(), facts, on=END)) == [("x", "d", 5, None)]


def test_amounts_add_up_in_a_merger_and_divide_in_a_split():
    """The base of a merged community's fund is the sum; 7 heads split 4 and 3 (trap 29)."""
    assert passed_amounts(merged(), {"a": 1200, "b": 800, "c": 5}, on=END, decimals=0) == {"c": 5, "d": 2000}
    assert passed_amounts(split(), {"a": 7}, on=END, decimals=0) == {"b": 4, "c": 3}
    assert passed_amounts(split(), {"a": 7}, on=END) == {"b": Decimal("3.5"), "c": Decimal("3.5")}
    assert passed_amounts(split(), {"a": 0}, on=END, decimals=0) == {"b": 0, "c": 0}


def test_the_rule_of_the_change_binds_amounts_if_asked():
    """A quota's base passes on although points stay, unless the change is to decide for both."""
    stays = merged(points="stay")

    assert passed_amounts(stays, {"a": 1}, on=END, decimals=0) == {"d": 1}
    assert passed_amounts(stays, {"a": 1}, on=END, decimals=0, rule="change") == {}


@pytest.mark.parametrize(
    ("amounts", "more", "message"),
    [
        pytest.param(
            {"a": -1}, {}, "unit 'a': -1 is negative; allowed are amounts of 0 or more", id="negative"
        ),
        pytest.param(
            {"a": "0.5"}, {"decimals": 0}, "unit 'a': '0.5' has more than 0 decimals", id="half-a-head"
        ),
        pytest.param({}, {"rule": "sun"}, "rule: found 'sun'; allowed are 'sum' and 'change'", id="rule"),
    ],
)
def test_amounts_that_cannot_be_divided_are_refused(amounts, more, message):
    """Half a head, less than nothing and an unknown rule are errors."""
    with pytest.raises(AmountError) as caught:
        passed_amounts(split(), amounts, on=END, **more)

    assert str(caught.value) == message


@given(st.integers(0, 10**9), st.lists(st.integers(0, 1000), min_size=1, max_size=8))
def test_parts_always_add_up_and_are_off_by_less_than_one(amount, weights):
    """Largest remainder: the parts add up to the whole, and none is a unit or more from its exact share."""
    parts = divided(amount, [Fraction(one) for one in weights])

    whole = sum(weights)
    exact = [Fraction(amount * one, whole) if whole else Fraction(amount, len(weights)) for one in weights]
    assert sum(parts) == amount
    assert all(abs(part - share) < 1 for part, share in zip(parts, exact, strict=True))
    assert divided(-amount, [Fraction(one) for one in weights]) == [-part for part in parts]
