"""What holds of every board, whatever was claimed, answered and withdrawn in whatever order."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serviceorg.errors import UnknownIdError
from serviceorg.matching import (
    Claim,
    ClaimRefused,
    Condition,
    Emit,
    MatchRules,
    Need,
    Offer,
    Quota,
    Rank,
    Response,
    Window,
    claim,
    claims_board,
    facts_of,
)
from serviceorg.matching.moments import most_at_once
from serviceorg.matching.records import ANSWERS, SIDES
from serviceorg.matching.windows import touches
from tests.matching.matched import POOR, WEEK, at

LIVE = ("claimed", "agreed", "fulfilled")


@st.composite
def boards(draw):
    """Draw (needs, offers, history, rules) with people who claim, agree, decline, withdraw and confirm."""
    rules = MatchRules(
        id="test/board",
        capacity=draw(st.sampled_from(["total", "at-once"])),
        booked=draw(st.sampled_from([(), ("offerer", "requester")])),
        order=draw(st.sampled_from(["first-come", "priority"])),
        collect_days=2,
        agreement=draw(st.sampled_from(["both", "claim"])),
        answer_days=draw(st.sampled_from([None, 2])),
        priorities=(POOR,),
        emits=(Emit(id="done", on="fulfilled", kind="need-claimed"),),
    )
    needs = [
        Need(
            id=f"n{number}",
            by=draw(st.sampled_from(["", "p", "q"])),
            quantity=draw(st.integers(1, 3)),
            windows=draw(WEEK),
            attributes={"care": draw(st.sampled_from(["poor", "none"]))},
            since=date(2024, 1, draw(st.integers(1, 3))),
        )
        for number in range(3)
    ]
    offers = [
        Offer(
            id=f"o{number}",
            by=draw(st.sampled_from(["a", "b"])),
            capacity=draw(st.sampled_from([None, 1, 3])),
            windows=draw(WEEK),
            until=draw(st.sampled_from([None, date(2024, 1, 6)])),
        )
        for number in range(2)
    ]
    people = st.sampled_from(["p", "q", "a", "b"])
    claims = [
        Claim(
            id=f"k{number}",
            need=f"n{draw(st.integers(0, 2))}",
            offer=f"o{draw(st.integers(0, 1))}",
            side=draw(st.sampled_from(SIDES)),
            by=draw(people),
            at=at(draw(st.integers(1, 8)), draw(st.integers(0, 23))),
            quantity=draw(st.sampled_from([None, 1, 2])),
        )
        for number in range(draw(st.integers(1, 6)))
    ]
    responses = [
        Response(
            to=draw(st.sampled_from(["k0", "k0", "n0", "o1", claims[-1].id])),
            answer=draw(st.sampled_from(ANSWERS)),
            by=draw(people),
            at=at(draw(st.integers(1, 9)), draw(st.integers(0, 23))),
        )
        for _ in range(draw(st.integers(0, 6)))
    ]
    return needs, offers, [*claims, *responses], rules


DAYS = st.integers(1, 10).map(lambda day: date(2024, 1, day))


@given(drawn=boards(), on=DAYS)
def test_nothing_is_given_twice(drawn, on):
    """What is claimed of an offer is at every moment within its capacity, of a need within what it asks."""
    needs, offers, history, rules = drawn

    board = claims_board(needs, offers, history, rules=rules, on=on)

    live = [one for one in board.claims.values() if one.state in LIVE]
    for need in needs:
        assert sum(one.quantity for one in live if one.claim.need == need.id) <= need.quantity
    for offer in offers:
        held = [(one.windows, one.quantity) for one in live if one.claim.offer == offer.id]
        used = sum(quantity for _, quantity in held)
        if rules.capacity == "at-once":
            used = most_at_once((), held)
        assert offer.capacity is None or used <= offer.capacity


@given(drawn=boards(), on=DAYS)
def test_nobody_has_two_bookings_at_one_time(drawn, on):
    """Of one person's live claims with different offers no two fall on one moment, where that is asked."""
    needs, offers, history, rules = drawn

    board = claims_board(needs, offers, history, rules=rules, on=on)

    giver, asker = ({one.id: one.by for one in side} for side in (offers, needs))
    live = [one for one in board.claims.values() if one.state in LIVE]
    for place, one in enumerate(live if rules.booked else ()):
        for other in live[place + 1 :]:
            same_asker = asker[one.claim.need] == asker[other.claim.need] != ""
            same_giver = (
                giver[one.claim.offer] == giver[other.claim.offer] and one.claim.offer != other.claim.offer
            )
            assert not ((same_asker or same_giver) and touches(one.windows, other.windows))


@given(drawn=boards(), on=DAYS, turn=st.randoms(use_true_random=False))
def test_a_board_rests_on_moments_alone(drawn, on, turn):
    """The order of the records changes nothing, nor does what is recorded after the day of the board."""
    needs, offers, history, rules = drawn
    known = [event for event in history if event.at.date() <= on]
    kept = {event.id for event in known if isinstance(event, Claim)}
    known = [event for event in known if isinstance(event, Claim) or event.to[0] != "k" or event.to in kept]

    whole = claims_board(needs, offers, turn.sample(history, len(history)), rules=rules, on=on)
    part = claims_board(needs, offers, known, rules=rules, on=on)

    assert (whole.claims, whole.needs, whole.offers) == (part.claims, part.needs, part.offers)


@given(drawn=boards())
def test_every_response_has_an_effect_or_is_told(drawn):
    """No response passes in silence: it turned a claim, withdrew a listing, or stands among the ignored."""
    needs, offers, history, rules = drawn

    board = claims_board(needs, offers, history, rules=rules, on=date(2024, 1, 31))

    ignored = [response for response, _ in board.ignored]
    for event in history:
        if isinstance(event, Response) and event.to in board.claims and event not in ignored:
            assert event.at in board.claims[event.to].moments.values()


@settings(max_examples=50)
@given(drawn=boards())
def test_a_claim_the_board_takes_stands_on_it_and_one_it_refuses_does_not(drawn):
    """Putting claims one by one in their order comes to the same as playing the history through."""
    needs, offers, history, rules = drawn
    claims = sorted((event for event in history if isinstance(event, Claim)), key=lambda one: one.at)
    taken: list[Claim | Response] = []

    for asked in claims:
        board = claims_board(needs, offers, taken, rules=rules, on=asked.at.date())
        states = claims_board(needs, offers, [*taken, asked], rules=rules, on=asked.at.date()).claims
        if states[asked.id].state == "refused":
            with pytest.raises(ClaimRefused):
                claim(board, asked)
        else:
            taken.append(claim(board, asked))

    played = claims_board(needs, offers, taken, rules=rules, on=date(2024, 1, 31))
    assert set(played.claims) == {one.id for one in taken if isinstance(one, Claim)}


@given(drawn=boards(), on=DAYS)
def test_facts_come_from_what_was_fulfilled_alone(drawn, on):
    """One fact for each fulfilled claim of a named offerer, none else."""
    needs, offers, history, rules = drawn

    board = claims_board(needs, offers, history, rules=rules, on=on)

    done = sorted(name for name, one in board.claims.items() if one.state == "fulfilled")
    assert [fact.id for fact in facts_of(board)] == [f"test/board:done:{name}" for name in done]


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: Rank(by="fairness"), "there is no word for 'by': 'fairness'"),
        (lambda: Condition(id="c", what="near"), "there is no word for 'what': 'near'"),
        (lambda: Quota(id="q", arrange="nobody"), "there is no word for 'arrange': 'nobody'"),
        (lambda: MatchRules(id="r", capacity="once"), "there is no word for 'capacity': 'once'"),
    ],
    ids=["rank", "condition", "quota", "rules"],
)
def test_rules_made_in_python_are_held_to_the_same_words(make, text):
    """A word no file could hold is refused where it is made."""
    with pytest.raises(UnknownIdError, match=text):
        make()


def test_a_stretch_of_weeks_is_booked_day_by_day():
    """A hall lent each Tuesday of January is free on the first Tuesday of February."""
    rules = MatchRules(id="r", capacity="at-once", agreement="claim")
    tuesdays = Window.weekly("19:00-21:00", (2,), until=date(2024, 1, 31))
    needs = [
        Need(id="a", windows=[tuesdays]),
        Need(id="b", windows=[Window.on(date(2024, 2, 6), "19:00-21:00")]),
        Need(id="c", windows=[Window.on(date(2024, 1, 30), "20:00-22:00")]),
    ]
    claims = [
        Claim(id=f"k-{need.id}", need=need.id, offer="hall", side="requester", by="x", at=at(1, hour))
        for hour, need in enumerate(needs)
    ]

    board = claims_board(needs, [Offer(id="hall", capacity=1)], claims, rules=rules, on=date(2024, 1, 2))

    assert [one.state for one in board.claims.values()] == ["agreed", "agreed", "refused"]
