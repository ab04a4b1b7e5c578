from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from serviceorg.facts import Fact
from serviceorg.model.reversals import taken_back
from serviceorg.scoring import FactBook
from serviceorg.scoring.book import live_facts


def fact(name, reverses=None):
    """Return a fact called by its id."""
    return Fact(id=name, subject="s", kind="k", on=date(2024, 1, 1), reverses=reverses)


def test_a_reversal_that_is_taken_back_leaves_its_fact_standing():
    """Taking back what takes back restores the fact."""
    facts = [fact("x"), fact("r", "x"), fact("s", "r")]

    assert taken_back(facts[:2]) == {"x": "r"}
    assert taken_back(facts) == {"r": "s"}


def test_of_several_reversals_the_smallest_id_is_named():
    """What takes a fact back does not hang on the order of the facts."""
    facts = [fact("x"), fact("s", "x"), fact("r", "x")]

    assert taken_back(facts) == taken_back(facts[::-1]) == {"x": "r"}


def test_a_long_chain_is_followed_to_its_end():
    """Of 20,001 reversals in a row the first stands, so the fact is taken back: no chain is too deep."""
    facts = [fact("0"), *(fact(str(n), str(n - 1)) for n in range(1, 20_002))]

    assert "0" in taken_back(facts)


@given(st.lists(st.integers(0, 30), max_size=30), st.randoms())
def test_scoring_takes_back_the_same(targets, random):
    """What stands here is what counts in a score: a reversal names any earlier fact."""
    facts = [fact("00")]
    facts += [fact(f"{n:02d}", f"{target % n:02d}") for n, target in enumerate(targets, 1)]
    random.shuffle(facts)
    counted = live_facts(FactBook.of(facts).entry("s"), 0, date.max.toordinal(), date.max)

    undone = taken_back(facts)

    assert {one.id for one in counted} == {
        one.id for one in facts if one.reverses is None and one.id not in undone
    }
