import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from serviceorg.basics import Year
from serviceorg.scoring import score
from serviceorg.scoring.compile import plan_of
from tests.scoring.strategies import MANY, built, cases, forced

#: Lines that change nothing, but that the inner loop cannot say.
HARMLESS = (
    'factor = [{ where = { level = "never" }, by = 3 }]',
    "times = { year = 1000 }",
    'unless = { level = "never" }',
    'where = { level = ["low", "high"] }',
    "cap = { event = 1000000, day = 1000000 }",
)


def result(rule_set, facts):
    """Return everything a card says but the rules it came from."""
    card = score(rule_set, "S", facts, period=Year(2024))
    return {name: value for name, value in card.to_dict().items() if name != "rule_set"}


def is_plain(rule_set):
    """Return whether some clause takes the inner loop."""
    return any(state.plain for state in plan_of(rule_set).states)


@MANY
@given(cases(plain=True, straight=False), st.sampled_from(HARMLESS[:-1]))
def test_the_inner_loop_and_the_general_path_give_the_same(case, line):
    """The same rule pays the same units whichever way it goes, over caps, fractions and versions."""
    outline, facts = case
    plain, general = built(outline), built(forced(outline, line))

    assert not is_plain(general)
    assert result(plain, facts) == result(general, facts)


def test_most_rule_sets_of_this_property_take_the_inner_loop():
    """The comparison is between two paths: rule sets drawn as plain are compiled as plain."""
    seen = []

    @settings(max_examples=50, database=None, phases=(Phase.generate,))
    @given(cases(plain=True))
    def look(case):
        seen.append(is_plain(built(case[0])))

    look()

    assert sum(seen) > len(seen) / 2


@pytest.mark.parametrize(
    "line", ["times = { year = 1 }", 'unless = { level = "low" }', 'where = { level = "low" }']
)
def test_a_path_that_pays_otherwise_is_found(line):
    """A general path that drops facts is told from the inner loop."""

    @settings(max_examples=400, database=None, print_blob=False, phases=(Phase.generate,))
    @given(cases(plain=True))
    def agrees(case):
        outline, facts = case
        assert result(built(outline), facts) == result(built(forced(outline, line)), facts)

    with pytest.raises(AssertionError):
        agrees()
