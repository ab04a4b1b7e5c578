from hypothesis import given

from serviceorg.basics import Year
from serviceorg.loading import rule_set_from_text
from serviceorg.scoring import compare, score
from tests.scoring.strategies import built, cases, crowds, text_of

YEAR = Year(2024)


def idle(outline):
    """Return the outline's text with one more amendment that sets what is set already."""
    base = (outline.later or outline).base
    return (
        text_of(outline)
        + f'\n[[amend]]\neffective = 2024-08-15\nbasis = "nothing"\nset = {{ "rule_set.base" = {base} }}'
    )


def without_rules(card):
    """Return a card's plain values but for the rules it names."""
    return {name: value for name, value in card.to_dict().items() if name != "rule_set"}


@given(crowds())
def test_rules_compared_with_themselves_change_nobody(case):
    """A comparison of a rule set with itself has neither changes nor amendments."""
    outline, facts = case
    rule_set = built(outline)

    found = compare(rule_set, rule_set, facts, period=YEAR)

    assert (found.changes, found.amendments) == ((), ())


@given(cases())
def test_an_amendment_that_changes_nothing_changes_no_result(case):
    """With a version that is like the one before it, every card is the same, and no change is reported."""
    outline, facts = case
    before, after = built(outline), rule_set_from_text(idle(outline))

    one, other = (score(rule_set, "S", facts, period=YEAR) for rule_set in (before, after))

    assert without_rules(one) == without_rules(other)
    assert compare(before, after, facts, period=YEAR).changes == ()


@given(cases())
def test_equal_digests_score_equally(case):
    """A rule set read again has the same digest, and the same results."""
    outline, facts = case
    one, other = (rule_set_from_text(comment + text_of(outline)) for comment in ("", "# a comment\n"))

    assert one.digest == other.digest
    assert score(one, "S", facts, period=YEAR).to_dict() == score(other, "S", facts, period=YEAR).to_dict()


@given(cases())
def test_what_differs_between_versions_is_what_compare_says(case):
    """Before and after of each reported item are the two cards' own points, and no other item differs."""
    outline, facts = case
    if outline.later is None or not facts:
        return
    after = built(outline)
    before = after.without(after.newest.effective)
    one, other = (score(rule_set, "S", facts, period=YEAR) for rule_set in (before, after))

    changes = compare(before, after, facts, period=YEAR).changes

    told = {item.id: (item.before, item.after) for change in changes for item in change.items}
    seen = {
        name: (part.points, other.items[name].points)
        for name, part in one.items.items()
        if part.points != other.items[name].points
    }
    assert told == seen
    assert bool(changes) == (one.total != other.total or bool(seen) or one.categories != other.categories)
