"""What holds of every assignment, whoever asks for whatever."""

from hypothesis import given, settings
from hypothesis import strategies as st

from serviceorg.matching import Offer, assign, hindrances
from serviceorg.matching.pool import Pool
from tests.matching.matched import (
    ON,
    best_of_all,
    can_be,
    choices_of,
    chosen_in,
    losses,
    questions,
)

SOLVERS = st.sampled_from(["greedy", "optimal"])
ANY = st.one_of(questions(timed=False), questions(timed=True))


@given(asked=questions(timed=False))
def test_nothing_is_better_than_the_optimum(asked):
    """Of every assignment there can be, none has smaller losses in the order of the ranks."""
    needs, offers, rules, before = asked

    found = assign(needs, offers, rules, on=ON, before=before, solver="optimal")

    assert losses(found) == best_of_all(found.question)


@settings(max_examples=40)
@given(asked=questions(timed=True))
def test_nothing_is_better_than_the_optimum_with_hours_and_amounts(asked):
    """The same where hours free a place again, amounts differ and people may be booked once."""
    needs, offers, rules, before = asked

    found = assign(needs, offers, rules, on=ON, before=before, solver="optimal")

    assert losses(found) == best_of_all(found.question)


@settings(max_examples=60)
@given(asked=ANY, solver=SOLVERS)
def test_no_bound_is_ever_broken(asked, solver):
    """Conditions hold of every pair, capacity and quotas are never passed, nobody is booked twice."""
    needs, offers, rules, before = asked

    found = assign(needs, offers, rules, on=ON, before=before, solver=solver)

    question = found.question
    assert can_be(question, chosen_in(found))
    for pair in found.pairs:
        assert not hindrances(question.needs[pair.need], question.offers[pair.offer], rules=rules, on=ON)


@settings(max_examples=60)
@given(asked=ANY, solver=SOLVERS, turn=st.randoms(use_true_random=False))
def test_the_order_of_the_inputs_changes_nothing(asked, solver, turn):
    """Needs, offers and former pairs in any order give the same pairs."""
    needs, offers, rules, before = asked
    shuffled = [turn.sample(list(entries), len(entries)) for entries in (needs, offers, before)]

    first = assign(needs, offers, rules, on=ON, before=before, solver=solver)
    second = assign(shuffled[0], shuffled[1], rules, on=ON, before=shuffled[2], solver=solver)

    assert (first.pairs, first.aims) == (second.pairs, second.aims)


@given(asked=ANY)
def test_the_greedy_solver_leaves_no_place_for_an_unmet_need(asked):
    """No pair could be added to what the greedy solver returns."""
    needs, offers, rules, before = asked

    found = assign(needs, offers, rules, on=ON, before=before)

    chosen = chosen_in(found)
    for need, places in enumerate(choices_of(found.question)):
        for place in places if chosen[need] < 0 else ():
            assert not can_be(found.question, [*chosen[:need], place, *chosen[need + 1 :]])


@given(asked=ANY)
def test_the_greedy_solver_passes_over_no_class(asked):
    """An unmet need could not take the place of one need of a lower class (row 96)."""
    needs, offers, rules, before = asked

    found = assign(needs, offers, rules, on=ON, before=before)

    chosen, classes = chosen_in(found), Pool(found.question).classes
    for need, places in enumerate(choices_of(found.question)):
        for other, place in enumerate(chosen):
            if chosen[need] < 0 and place in places and classes[other] > classes[need]:
                swapped = list(chosen)
                swapped[need], swapped[other] = place, -1
                assert not can_be(found.question, swapped)


@given(asked=questions(timed=False), capacity=st.sampled_from([None, 1, 2]))
def test_one_more_offer_never_meets_fewer_needs(asked, capacity):
    """In the optimum, adding an offer never lowers the number of needs met."""
    needs, offers, rules, before = asked
    more = Offer(id="more", kinds=("x", "y"), area="a", capacity=capacity, attributes={"class": "other"})

    without = assign(needs, offers, rules, on=ON, before=before, solver="optimal")
    joined = assign(needs, [*offers, more], rules, on=ON, before=before, solver="optimal")

    assert len(joined.pairs) >= len(without.pairs)


@given(asked=questions(timed=False), solver=SOLVERS, data=st.data())
def test_fixed_pairs_stay(asked, solver, data):
    """A pair agreed before is kept, whatever the rules say of it."""
    needs, offers, rules, before = asked
    offer = st.sampled_from([one.id for one in offers])
    fixed = [(need.id, data.draw(offer)) for need in needs[:2]]

    found = assign(needs, offers, rules, on=ON, before=before, fixed=fixed, solver=solver)

    kept = [(pair.need, pair.offer) for pair in found.pairs if pair.fixed]
    assert kept == sorted(fixed)


@given(asked=questions(timed=False))
def test_the_greedy_solver_is_never_better_than_the_optimum(asked):
    """The optimum's losses are at most the greedy solver's."""
    needs, offers, rules, before = asked

    greedy = assign(needs, offers, rules, on=ON, before=before)
    optimal = assign(needs, offers, rules, on=ON, before=before, solver="optimal")

    assert losses(optimal) <= losses(greedy)


@given(asked=ANY, solver=SOLVERS)
def test_every_need_is_either_met_once_or_told_as_unmet(asked, solver):
    """Needs in pairs and unmet needs are all needs, each once; loads add up to the pairs."""
    needs, offers, rules, before = asked

    found = assign(needs, offers, rules, on=ON, before=before, solver=solver)

    assert sorted([*(pair.need for pair in found.pairs), *found.unmet]) == sorted(need.id for need in needs)
    assert sum(found.loads.values()) == len(found.pairs)
