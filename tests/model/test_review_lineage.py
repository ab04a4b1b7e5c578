"""What became of units: who inherits, who is as old as whom, who covers whom, and what passes on."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from serviceorg.basics.periods import Year
from serviceorg.errors import FactProblems
from serviceorg.facts import Fact
from serviceorg.model import (
    Change,
    Placement,
    Snapshot,
    Unit,
    check_snapshot,
    merge,
    passed_amounts,
    passed_on,
    split,
    successors,
)
from serviceorg.model.passing import passing

JULY, AUGUST = date(2024, 7, 1), date(2024, 8, 1)


def day(text):
    """Return a day of 2024, like "03-31"."""
    return date.fromisoformat(f"2024-{text}")


def made(*rows, **lives):
    """Return a snapshot of changes like ``"01-10 split u > c a"`` and of lives like ``u=("", "01-09")``."""
    changes = []
    for number, row in enumerate(rows):
        on, kind, *units = row.split()
        at = units.index(">")
        changes.append(
            Change(id=str(number), kind=kind, on=day(on), before=units[:at], after=units[at + 1 :])
        )
    spans = {name: [day(text) if text else None for text in life] for name, life in lives.items()}
    units = [Unit(id=name, since=since, until=until) for name, (since, until) in spans.items()]
    return Snapshot.of(units=units, changes=changes)


def fact(name="f", subject="x", on="01-01", **fields):
    """Return a fact of a unit."""
    return Fact(id=name, subject=subject, kind="k", on=day(on), **fields)


@pytest.mark.parametrize("after", ["c a", "a c"])
def test_whichever_way_something_came_it_is_divided_alike(after):
    """Half of u goes to c at once and is halved on the 20th, half comes to c later: c ¾, d ¼ (trap 29)."""
    snapshot = made(
        f"01-10 split u > {after}",
        "01-20 split c > c d",
        "01-30 merge a c > c",
        u=("", "01-09"),
        a=("01-10", "01-29"),
        c=("01-10", ""),
        d=("01-20", ""),
    )

    assert check_snapshot(snapshot) == ()
    assert snapshot.inheritance("u", on=day("02-01")) == (("c", Fraction(3, 4)), ("d", Fraction(1, 4)))
    assert passed_amounts(snapshot, {"u": 100}, on=day("02-01")) == {"c": 75, "d": 25}


@pytest.mark.parametrize("before", ["x y", "y x"])
def test_a_unit_is_as_old_as_the_oldest_that_ever_flowed_into_it(before):
    """Z of 2000 came into x before both parts of x became w: the facts of z are scored for w (W29)."""
    snapshot = Snapshot.of(
        units=[
            Unit(id="z", since=date(2000, 1, 1), until=day("01-19")),
            Unit(id="x", since=date(2010, 1, 1), until=day("01-29")),
            Unit(id="y", since=day("01-10"), until=day("01-29")),
            Unit(id="w", since=day("01-30")),
        ],
        changes=made("01-10 split x > x y", "01-20 merge x z > x", f"01-30 merge {before} > w").changes,
    )

    (last,) = successors(snapshot, snapshot.unit_subjects(Year(2024)), on=day("12-31"))

    assert check_snapshot(snapshot) == ()
    assert (last.id, last.joined) == ("w", date(2000, 1, 1))


def test_the_heir_of_a_unit_at_the_top_covers_its_tickets():
    """A street without a row of its own is in the tree as what others lay under (row 118, trap 29)."""
    units = [Unit(id=one) for one in ("s1", "s2", "c")]
    snapshot = Snapshot.of(units=units, placements=[Placement(tree="t", unit="c", parent="s1")])

    merged = merge(snapshot, ["s1", "s2"], into=Unit(id="s3"), on=JULY)

    assert check_snapshot(merged) == ()
    assert merged.tree("t", on=AUGUST, heirs=True).covers("s3", "s1")
    assert merged.parent("c", tree="t", on=AUGUST) == "s3"


def test_an_heir_has_a_place_although_nothing_lies_under_it_yet():
    """The only cell under the old street ends as the streets merge: the new one is in the tree."""
    units = [Unit(id="s1"), Unit(id="s2"), Unit(id="c", until=day("06-30"))]
    rows = [Placement(tree="t", unit="c", parent="s1", until=day("06-30"))]

    merged = merge(Snapshot.of(units=units, placements=rows), ["s1", "s2"], into=Unit(id="s3"), on=JULY)

    assert merged.tree("t", on=AUGUST, heirs=True).covers("s3", "s1")


def test_a_unit_that_lives_on_keeps_its_tickets_and_what_cannot_be_divided():
    """Tickets and facts without an amount stay with the old unit, though it is not named first (W29)."""
    parts = split(
        Snapshot.of(units=[Unit(id="x")]), "x", into=[Unit(id="n"), "x"], on=JULY, division={"": "x"}
    )

    passed = passed_on(parts, [fact()], on=AUGUST)

    assert parts.ticket_heir("x", on=AUGUST) == "x"
    assert [one.subject for one in passed] == ["x"]


def test_tickets_of_a_unit_that_lives_on_cannot_be_given_away():
    """Who says that tickets of a living unit pass to another is told so, instead of being passed over."""
    change = Change(id="1", kind="split", on=JULY, before=("x",), after=("n", "x"), tickets="n")

    (problem,) = check_snapshot(Snapshot.of(units=[Unit(id="x"), Unit(id="n", since=JULY)], changes=[change]))

    assert str(problem) == (
        "change '1': open tickets pass to 'n', but 'x' lives on and keeps its own;"
        " allowed is none, or 'x' [heir]"
    )


def test_original_facts_are_passed_on_once():
    """Facts passed on to January would meet changes of the heir from before it had them: they are refused."""
    snapshot = made(
        "01-05 split b > b c",
        "01-10 merge a b > b",
        a=("", "01-09"),
        b=("", ""),
        c=("01-05", ""),
    )
    january = passed_on(snapshot, [fact(subject="a", amount=10)], on=day("01-31"))

    with pytest.raises(FactProblems) as caught:
        passed_on(snapshot, january, on=day("12-31"))

    assert [one.subject for one in january] == ["b"]
    assert str(caught.value) == (
        "fact 'f': was passed on from 'a' before; allowed are the original facts, passed on once to the day"
        " [passed-twice]"
    )


def test_the_id_of_a_part_may_not_be_that_of_another_fact():
    """A fact called like the part that another is divided into would be taken for it."""
    parts = split(
        Snapshot.of(units=[Unit(id="x")]),
        "x",
        into=[Unit(id="a"), Unit(id="b")],
        on=JULY,
        division={"": "a"},
    )

    with pytest.raises(FactProblems) as caught:
        passed_on(parts, [fact(amount=4), fact("f#a", "y", amount=1)], on=AUGUST)

    assert str(caught.value) == (
        "fact 'f#a': the id of this part is that of another fact; name others by ids= [fact-twice]"
    )


def test_parts_of_a_partial_reversal_add_up_where_a_share_ended():
    """Of 10, 5 went to a and 5 ended with b: a reversal of 4 takes 2 from each."""
    snapshot = made(
        "02-01 split x > a b",
        "03-01 dissolve b >",
        x=("", "01-31"),
        a=("02-01", ""),
        b=("02-01", "02-29"),
    )
    facts = [fact(amount=10), fact("r", amount=4, reverses="f")]

    found = passing(snapshot, facts, on=AUGUST)

    assert [(one.id, one.amount) for one in found.facts] == [("f#a", 5), ("r#a", 2)]
    assert [(one.fact.id, one.amount) for one in found.ended] == [("f", 5), ("r", 2)]


def test_one_text_means_one_kind():
    """``whole="work"`` names the kind "work", not its letters."""
    parts = split(
        Snapshot.of(units=[Unit(id="x")]),
        "x",
        into=[Unit(id="a"), Unit(id="b")],
        on=JULY,
        division={"": "a"},
    )
    facts = [Fact(id=kind, subject="x", kind=kind, on=day("01-01"), amount=2) for kind in ("work", "or")]

    found = passed_on(parts, facts, on=AUGUST, whole="work")

    assert [one.id for one in found] == ["work", "or#a", "or#b"]


def test_thousands_of_units_that_one_takes_in_pass_on_in_one_go():
    """A unit takes in 3,000 others one by one: each step is walked once, nothing is lost (row 118)."""
    count = 3000
    first = date(2000, 1, 1).toordinal()
    days = [date.fromordinal(first + number) for number in range(count + 1)]
    others = [Unit(id=f"x{n}", until=days[n]) for n in range(count)]
    changes = [
        Change(id=f"{n:05}", kind="merge", on=days[n + 1], before=("a", f"x{n}"), after=("a",))
        for n in range(count)
    ]
    snapshot = Snapshot.of(units=[Unit(id="a"), *others], changes=changes)

    found = passed_amounts(snapshot, {f"x{n}": 1 for n in range(count)}, on=AUGUST)

    assert found == {"a": Decimal(count)}
