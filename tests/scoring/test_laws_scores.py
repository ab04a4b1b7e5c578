from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.basics import Month, Year
from serviceorg.facts import Fact
from serviceorg.scoring import FactBook, score, score_all, score_stream
from tests.scoring.given import rules
from tests.scoring.reference import cell
from tests.scoring.strategies import built, cases, crowds, reversal

YEAR = Year(2024)


def card_of(rule_set, facts, **more):
    """Return the card of "S" for 2024."""
    return score(rule_set, "S", facts, period=YEAR, **more)


@given(cases(), st.integers(0, 2**32))
def test_facts_in_any_order_give_the_same_scorecard(case, seed):
    """The order in which facts are handed over changes neither the result nor the explanation."""
    outline, facts = case
    rule_set = built(outline)
    mixed = Random(seed).sample(facts, len(facts))

    one, other = card_of(rule_set, facts), card_of(rule_set, mixed)

    assert one.to_dict() == other.to_dict()
    assert one.reason == other.reason


def after_notes(start, notes):
    """Follow ceiling, floor and rounding notes from a sum to the number they lead to."""
    value = start
    for note in notes:
        assert note.arguments[0] == value, note
        value = note.arguments[1]
    return value


def item_sums(reason):
    """Return what an item's lines add up to: allotment, events, and what caps took off them.

    A cap after the last event may be the last clause's or the item's, which the text need not tell apart:
    where the last event costs and another earns, both readings are returned.
    """
    events = [one for one in reason.children if one.code in ("event", "per")]
    costs = all(one.arguments[-1] <= 0 for one in events)
    sums, sign = {Decimal(0)}, 1
    for one in reason.children:
        if one.code == "allotment":
            sums = {value + one.arguments[0] for value in sums}
        elif one.code in ("event", "per"):
            sums = {value + one.arguments[-1] for value in sums}
            sign = -1 if one.arguments[-1] < 0 else 1 if one.arguments[-1] > 0 else sign
        elif one.code in ("cap", "cap-period"):
            signs = {sign, -1 if costs else 1}
            sums = {value - either * one.arguments[-1] for value in sums for either in signs}
    return sums


def assert_adds_up(card):
    """Assert that every line of the explanation is the sum of the lines below it."""
    top = card.reason
    total = Decimal(0)
    for line in top.children:
        if line.code == "base":
            total += line.arguments[0]
        elif line.code == "category":
            items = [one for one in line.children if one.code == "item"]
            notes = [one for one in line.children if one.code != "item"]
            assert (
                after_notes(sum((one.arguments[2] for one in items), Decimal(0)), notes) == line.arguments[2]
            )
            total += line.arguments[2]
            for one in items:
                ends = [note for note in one.children if note.code in ("floor", "round")]
                begin = ends[0].arguments[0] if ends else one.arguments[2]
                assert begin in item_sums(one)
                assert after_notes(begin, ends) == one.arguments[2]
    total = after_notes(total, [line for line in top.children if line.code in ("ceiling", "floor", "round")])
    assert top.arguments[2] == (Decimal(0) if card.vetoes else total)


@given(st.one_of(cases(changing=False), cases(bare=True, plain=True, changing=False)))
def test_lines_add_up_to_the_total(case):
    """Events less what caps took make the item, items the category, base and categories the total."""
    outline, facts = case

    assert_adds_up(card_of(built(outline), facts))


def test_a_line_that_is_missing_is_noticed():
    """An explanation that leaves out one paid fact does not add up."""
    rule_set = rules('[fact.x]\n[[item]]\nid = "i"\ncategory = "c"\ntitle = "I"\non = "x"\npoints = 1')
    card = card_of(rule_set, [Fact(id="1", subject="S", kind="x", on=date(2024, 5, 1))])
    short = type("Short", (), {"vetoes": (), "reason": without_events(card.reason)})()

    with pytest.raises(AssertionError):
        assert_adds_up(short)


def without_events(reason):
    """Return the tree of reasons without any line of an event."""
    kept = tuple(without_events(child) for child in reason.children if child.code != "event")
    return type(reason)(reason.code, reason.arguments, kept, reason.source)


@given(cases(changing=False, straight=True))
def test_a_cap_of_a_span_is_never_passed(case):
    """Whatever happens in one cell of a span pays an item no more than the cap of that span."""
    outline, facts = case
    rule_set = built(outline)
    for item in outline.items:
        if item.full is not None or item.round is not None or len(item.clauses) > 1:
            continue
        caps = dict(item.clauses[0].cap)
        for span, cap in item.cap.items():
            caps[span] = min(cap, caps.get(span, cap))
        caps.pop("event", None)
        for span, cap in caps.items():
            for one in {cell(span, fact.on) for fact in facts}:
                inside = [fact for fact in facts if cell(span, fact.on) == one]

                assert abs(card_of(rule_set, inside).items[f"i{item.no}"].points) <= cap


@given(cases(changing=False))
def test_caps_of_categories_and_of_the_whole_are_never_passed(case):
    """No category and no total comes above its cap or below its floor."""
    outline, facts = case
    card = card_of(built(outline), facts)

    for no, category in enumerate(outline.categories):
        points = card.categories[f"c{no}"].points
        slack = category.round or 0  # rounding comes after the cap and may step over it
        assert category.cap is None or points <= category.cap + slack
        assert category.floor is None or points >= category.floor - slack
    if not card.vetoes:
        slack = outline.round or 0
        assert outline.cap is None or card.total <= outline.cap + slack
        assert outline.floor is None or card.total >= outline.floor - slack


@given(cases(earning=True, changing=False, straight=True), st.integers(0, 2**32))
def test_more_of_a_good_thing_never_lowers_the_total(case, seed):
    """One more fact that earns points leaves the total as it is or raises it."""
    outline, facts = case
    rule_set, chance = built(outline), Random(seed)
    kind = f"k{chance.choice(outline.clauses).no}"
    on = date(2024, 1, 1) + timedelta(days=chance.randint(0, 365))
    more = Fact(id="more", subject="S", kind=kind, on=on, amount=chance.randint(0, 9))

    assert card_of(rule_set, [*facts, more]).total >= card_of(rule_set, facts).total


@given(st.one_of(cases(), cases(bare=True, plain=True)))
def test_noting_every_step_changes_no_number(case):
    """The score worked out again for the explanation has the items and categories of the quick one."""
    outline, facts = case
    card = card_of(built(outline), facts)
    told: dict[str, dict[object, object]] = {one.code: {} for one in card.reason.walk()}
    for one in card.reason.walk():
        if one.code in ("item", "category"):
            told[one.code][one.arguments[0]] = one.arguments[2]

    for name, points in told.get("item", {}).items():
        assert card.items[name].points == points
    for name, points in told.get("category", {}).items():
        assert card.categories[name].points == points


@given(st.one_of(crowds(), crowds(bare=True, plain=True)))
def test_one_everyone_and_a_stream_agree(case):
    """Where no result needs the others, scoring one, all, or a stream grouped by subject is the same."""
    outline, facts = case
    rule_set = built(outline)
    book = FactBook.of(facts)

    together = {
        card.subject: card.to_dict() | {"place": None} for card in score_all(rule_set, book, period=YEAR)
    }
    stream = score_stream(rule_set, sorted(facts, key=lambda fact: fact.subject), period=YEAR)

    assert {card.subject: card.to_dict() for card in stream} == together
    assert {name: score(rule_set, name, facts, period=YEAR).to_dict() for name in together} == together


@given(cases(straight=True), st.integers(0, 2**32))
def test_a_reversed_fact_never_was(case, seed):
    """After a reversal the result is as if the fact had not been; before it, as if it still stood."""
    outline, facts = case
    if not facts:
        return
    rule_set = built(outline)
    gone = Random(seed).choice(facts)
    back = reversal(gone, days=10)
    others = [fact for fact in facts if fact is not gone]
    day_before = back.recorded_on - timedelta(days=1)

    assert card_of(rule_set, [*facts, back]).to_dict() == card_of(rule_set, others).to_dict()
    if day_before >= YEAR.start:
        then = card_of(rule_set, [*facts, back], as_of=day_before)
        assert then.to_dict() == card_of(rule_set, facts, as_of=day_before).to_dict()


@given(
    st.lists(st.tuples(st.dates(date(2024, 1, 1), date(2024, 12, 31)), st.integers(0, 10**6)), max_size=20)
)
def test_months_add_up_to_the_year(rows):
    """For rules without limits, the twelve months scored apart and added are the year."""
    text = (
        '[fact.x]\namount = true\n[[item]]\nid = "i"\ncategory = "c"\ntitle = "I"\non = "x"\n'
        'points = 0.7\nper = "amount"'
    )
    facts = [
        Fact(id=str(no), subject="S", kind="x", on=on, amount=Decimal(units).scaleb(-4))
        for no, (on, units) in enumerate(rows)
    ]
    monthly = rules(text, period='"month"', roll_up='{ into = "year", by = "sum", partial = "served" }')

    months = [score(monthly, "S", facts, period=Month(2024, no)).total for no in range(1, 13)]

    assert (
        sum(month or 0 for month in months)
        == card_of(rules(text), facts).total
        == card_of(monthly, facts).total
    )
