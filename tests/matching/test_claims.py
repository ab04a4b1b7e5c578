"""The board: claims of both sides, answers, what lapses, what is refused and what could be done instead."""

import random
from datetime import date

import pytest

from serviceorg.errors import MatchingProblems, MomentError, NotInForceError
from serviceorg.matching import (
    Claim,
    ClaimRefused,
    Condition,
    Emit,
    MatchRules,
    Need,
    Offer,
    Response,
    Window,
    claim,
    claims_board,
    explain,
    facts_of,
    public_lists,
)
from tests.matching.matched import HOUR, KIND, POOR, at

END = date(2024, 1, 31)
RULES = MatchRules(id="test/board", conditions=(KIND, HOUR), answer_days=7)
TUTOR = Need(id="tutor", kind="lesson", by="resident", since=date(2024, 1, 1))
CLASS = Offer(id="class", kinds="lesson", by="school", capacity=2)


def offered(number=1, *, day=2, need="tutor", offer="class", by="school", **given):
    """Return a claim of the offering side."""
    return Claim(id=f"k{number}", need=need, offer=offer, side="offerer", by=by, at=at(day), **given)


def wanted(number=1, *, day=2, need="tutor", offer="class", by="resident", **given):
    """Return a claim of the needing side."""
    return Claim(id=f"k{number}", need=need, offer=offer, side="requester", by=by, at=at(day), **given)


def answered(answer, by, *, day=3, to="k1"):
    """Return a response."""
    return Response(to=to, answer=answer, by=by, at=at(day))


def board_of(*history, needs=(TUTOR,), offers=(CLASS,), rules=RULES, on=END):
    """Return a board."""
    return claims_board(needs, offers, history, rules=rules, on=on)


def test_each_side_may_claim_and_the_other_agrees():
    """A unit claims a need and the resident agrees, or the other way round (row 169)."""
    first = board_of(offered(), answered("agree", "resident"))
    second = board_of(wanted(), answered("agree", "school"))

    assert [board.claims["k1"].state for board in (first, second)] == ["agreed", "agreed"]


def test_nobody_agrees_to_their_own_claim():
    """Who claimed cannot agree for the other side; the response has no effect, and is told."""
    board = board_of(offered(), answered("agree", "school"), on=date(2024, 1, 5))

    (ignored,) = board.ignored
    assert board.claims["k1"].state == "claimed"
    assert ignored[1].code == "not-for-you"


def test_who_was_helped_says_that_it_was_done():
    """The helper cannot confirm the help; the resident can, and the need is then fulfilled."""
    history = (offered(), answered("agree", "resident"), answered("fulfil", "school", day=4))

    before = board_of(*history)
    after = board_of(*history, answered("fulfil", "resident", day=5))

    assert before.needs["tutor"].state == "agreed"
    assert after.needs["tutor"].state == "fulfilled"


def test_a_claim_nobody_answers_lapses_after_the_seventh_day():
    """Claimed on the 2nd with seven days to answer: still open on the 9th, lapsed on the 10th."""
    ninth, tenth = (board_of(offered(), on=date(2024, 1, day)) for day in (9, 10))

    assert (ninth.claims["k1"].state, tenth.claims["k1"].state) == ("claimed", "expired")
    assert tenth.needs["tutor"].state == "open"
    assert tenth.offers["class"].left == 2


def test_the_first_who_comes_is_first():
    """A need is claimed once; who comes later is refused, and the need's rest is told."""
    board = board_of(offered(1, day=3), offered(2, day=2))

    assert board.claims["k2"].state == "expired"
    assert [reason.code for reason in board.claims["k1"].reason.children] == ["need-taken"]


def test_what_is_given_back_may_be_claimed_again():
    """After a withdrawal the need and the capacity are free again, and both claims stay in the history."""
    board = board_of(
        offered(1, day=2),
        answered("withdraw", "school", day=3),
        offered(2, day=4),
        on=date(2024, 1, 5),
    )

    assert {name: standing.state for name, standing in board.claims.items()} == {
        "k1": "withdrawn",
        "k2": "claimed",
    }


def test_a_need_may_be_claimed_in_parts():
    """Five hours wanted, two claimed: three are left; four more are too many."""
    need = Need(id="tutor", kind="lesson", quantity=5)
    history = (offered(1, quantity=2), offered(2, day=3, quantity=4))
    offer = Offer(id="class", kinds="lesson", by="school")

    board = board_of(*history, needs=[need], offers=[offer], on=date(2024, 1, 4))

    assert (board.needs["tutor"].state, board.needs["tutor"].left) == ("partly", 3)
    assert board.claims["k2"].reason.children[0].arguments == ("tutor", 4, 3)


def test_capacity_is_free_again_outside_the_booked_hours():
    """Twenty places at night: twelve and eight fit, nine do not; by turns all are used twice (row 33)."""
    rules = MatchRules(id="r", capacity="at-once", agreement="claim")
    needs = [
        Need(id="a", quantity=12, windows=[Window.weekly("18:00-22:00")]),
        Need(id="b", quantity=9, windows=[Window.weekly("21:00-07:00")]),
        Need(id="c", quantity=20, windows=[Window.weekly("22:00-07:00")]),
    ]
    park = Offer(id="park", capacity=20, windows=[Window.weekly("18:00-07:00")])
    claims = [
        wanted(number, need=need, offer="park", by=need, day=number) for number, need in enumerate("abc", 1)
    ]

    board = board_of(*claims, needs=needs, offers=[park], rules=rules)

    assert {name: one.state for name, one in board.claims.items()} == {
        "k1": "agreed",
        "k2": "refused",
        "k3": "agreed",
    }
    assert board.offers["park"].left == 0


def test_nobody_is_booked_twice_at_one_time():
    """A helper with two offers cannot agree to both on one Saturday; on Sunday it is another matter."""
    rules = MatchRules(id="r", booked=("offerer",), agreement="claim")
    saturday, sunday = Window.weekly("09:00-11:00", (6,)), Window.weekly("09:00-11:00", (7,))
    needs = [
        Need(id="a", windows=[saturday]),
        Need(id="b", windows=[Window.weekly("10:00-12:00", (6,))]),
        Need(id="c", windows=[sunday]),
    ]
    offers = [Offer(id=f"o-{need.id}", by="helper") for need in needs]
    claims = [
        offered(number, need=need, offer=f"o-{need}", by="helper", day=number)
        for number, need in enumerate("abc", 1)
    ]

    board = board_of(*claims, needs=needs, offers=offers, rules=rules)

    assert [standing.state for standing in board.claims.values()] == ["agreed", "refused", "agreed"]
    assert board.claims["k2"].reason.children[0].code == "booked-twice"


def test_claims_of_the_first_days_are_decided_together_by_class():
    """Listed on the 1st, collected for three days: on the 4th the poor come first, though they came last."""
    rules = MatchRules(id="r", order="priority", collect_days=3, agreement="claim", priorities=(POOR,))
    needs = [Need(id="rich"), Need(id="poor", attributes={"care": "poor"})]
    offer = Offer(id="one", capacity=1, since=date(2024, 1, 1))
    claims = [
        wanted(1, need="rich", offer="one", by="a", day=1),
        wanted(2, need="poor", offer="one", by="b", day=3),
    ]

    third, fourth = (
        board_of(*claims, needs=needs, offers=[offer], rules=rules, on=date(2024, 1, day)) for day in (3, 4)
    )

    assert [one.state for one in third.claims.values()] == ["waiting", "waiting"]
    assert [one.state for one in fourth.claims.values()] == ["refused", "agreed"]


def test_the_time_to_answer_begins_when_a_claim_is_decided():
    """Collected until the 4th with two days to answer: open on the 6th, lapsed on the 7th."""
    rules = MatchRules(id="r", order="priority", collect_days=3, answer_days=2)
    offer = Offer(id="one", capacity=1, since=date(2024, 1, 1))
    asked = wanted(1, need="n", offer="one", by="a", day=1)

    sixth, seventh = (
        board_of(asked, needs=[Need(id="n")], offers=[offer], rules=rules, on=date(2024, 1, day))
        for day in (6, 7)
    )

    assert (sixth.claims["k1"].state, seventh.claims["k1"].state) == ("claimed", "expired")


def test_a_need_that_is_withdrawn_takes_its_claims_along():
    """Claims on what is withdrawn are withdrawn, later ones refused; only its owner may do so."""
    stranger = Response(to="tutor", answer="withdraw", by="somebody", at=at(3))
    owner = Response(to="tutor", answer="withdraw", by="resident", at=at(4))

    board = board_of(offered(1), stranger, owner, offered(2, day=5))

    assert board.claims["k1"].state == "withdrawn"
    assert board.claims["k2"].reason.children[0].code == "listing-withdrawn"
    assert board.needs["tutor"].state == "withdrawn"
    assert [reason.code for _, reason in board.ignored] == ["not-for-you"]


def test_the_order_in_which_the_history_is_given_changes_nothing():
    """The board is worked out from moments and ids, not from the order of a file."""
    history = [
        offered(1),
        answered("decline", "resident"),
        offered(2, day=4),
        answered("agree", "resident", day=5, to="k2"),
        answered("fulfil", "resident", day=9, to="k2"),
    ]
    shuffled = random.Random(4).sample(history, len(history))

    assert board_of(*history).claims == board_of(*shuffled).claims


def test_a_board_of_an_earlier_day_knows_nothing_of_later_ones():
    """What is recorded later does not change the board of a day."""
    board = board_of(offered(1), answered("agree", "resident", day=6), on=date(2024, 1, 5))

    assert board.claims["k1"].state == "claimed"
    assert board.ignored == ()


def test_claims_of_what_is_not_there_are_told_all_at_once():
    """Unknown needs, offers, sides and answers, with the nearest guess."""
    wrong = Claim(id="k1", need="tutr", offer="class", side="giver", by="x", at=at(2))

    with pytest.raises(MatchingProblems) as caught:
        board_of(wrong, Response(to="k9", answer="agrees", by="x", at=at(3)))

    assert str(caught.value) == (
        "claim 'k1': unknown need 'tutr'; known are 'tutor'. Did you mean 'tutor'? [unknown-id]\n"
        "claim 'k1': unknown side 'giver'; known are 'offerer', 'requester' [unknown-word]\n"
        "response to 'k9': there is no claim, need or offer 'k9'; known are 'class', 'k1', 'tutor' "
        "[unknown-id]\n"
        "response to 'k9': unknown answer 'agrees'; known are 'agree', 'decline', 'fulfil', 'withdraw'. "
        "Did you mean 'agree'? [unknown-word]"
    )


def test_there_is_no_board_before_the_rules():
    """Rules that begin in June have no board in May."""
    rules = MatchRules(id="r", effective=date(2024, 6, 1))

    with pytest.raises(NotInForceError, match="no matching rules on 2024-05-31; they hold from 2024-06-01"):
        board_of(rules=rules, on=date(2024, 5, 31))


def test_a_claim_without_a_zone_is_refused():
    """A moment without a zone falls on a day nobody knows."""
    with pytest.raises(MomentError, match="has no zone"):
        Claim(id="k", need="n", offer="o", side="offerer", by="x", at=at(2).replace(tzinfo=None))


NIGHT = Need(id="night", kind="room", quantity=3, windows=[Window.weekly("18:00-22:00")])
ROOM = Offer(id="room", kinds="room", capacity=2, windows=[Window.weekly("09:00-19:30")])
OTHER = Offer(id="other-room", kinds="room", capacity=5, windows=[Window.weekly("17:00-22:00")])


def test_a_refusal_says_every_reason_and_what_could_be_done():
    """Hours, capacity and other offers are named in both languages."""
    rules = MatchRules(
        id="r",
        capacity="at-once",
        conditions=(KIND, Condition(id="two-hours", what="overlap", minutes=120)),
    )
    board = claims_board([NIGHT], [ROOM, OTHER], (), rules=rules, on=END)
    asked = Claim(id="k1", need="night", offer="room", side="requester", by="choir", at=at(2))

    with pytest.raises(ClaimRefused) as caught:
        claim(board, asked)

    assert caught.value.codes == ("hours-too-short", "used-up")
    assert str(caught.value) == (
        "k1 was refused\n"
        "  90 minutes in common, at least 120 are asked for; the offer is open 09:00-19:30 [two-hours]\n"
        "    ask for hours within 09:00-19:30\n"
        "    other offers that suit: other-room\n"
        "  room has 2 of 2 left, and 3 is asked for\n"
        "    ask for 2 at most\n"
        "    other offers that suit: other-room"
    )
    assert explain(caught.value, lang="zh") == (
        "k1 未受理\n"
        "  共同时段最长 90 分钟，至少须 120 分钟；资源开放时段为 09:00-19:30 [two-hours]\n"
        "    可改为 09:00-19:30 之内的时段\n"
        "    其他合适的资源：other-room\n"
        "  room 共 2，尚余 2，而所求为 3\n"
        "    可改为至多 2\n"
        "    其他合适的资源：other-room"
    )


def test_a_claim_that_fits_is_handed_back():
    """The board does not change; the host adds the claim to the history."""
    board = board_of()

    assert claim(board, offered()) == offered()
    assert board.claims == {}


def test_a_claim_is_not_entered_before_what_is_recorded():
    """A claim dated back would take from others what they were promised."""
    board = board_of(offered(1, day=5))

    with pytest.raises(ClaimRefused, match="a claim is entered in its order"):
        claim(board, offered(2, day=4))


def test_a_conflict_of_interest_is_refused_and_so_is_silence_about_it():
    """The same unit on both sides is refused; a side that does not say its unit is refused too."""
    rules = MatchRules(id="r", conditions=(Condition(id="apart", what="different", attribute="unit"),))
    need = Need(id="n", attributes={"unit": "u1"})
    offers = [Offer(id="same", attributes={"unit": "u1"}), Offer(id="silent")]

    board = board_of(
        offered(1, need="n", offer="same", by="x"),
        offered(2, need="n", offer="silent", by="y"),
        needs=[need],
        offers=offers,
        rules=rules,
    )

    assert [standing.reason.children[0].code for standing in board.claims.values()] == [
        "same-on-both",
        "says-nothing",
    ]


def test_a_claim_with_somebody_elses_offer_is_refused():
    """Only the school claims with the school's class."""
    board = board_of(offered(by="somebody"))

    assert board.claims["k1"].reason.children[0].code == "not-yours"


def test_hours_outside_those_both_have_are_refused():
    """A claim for part of the hours lies wholly within them, or is refused; nothing is cut in silence."""
    evening = Window.weekly("18:00-19:00")
    inside = wanted(1, need="night", offer="room", by="choir", quantity=1, windows=(evening,))
    beyond = wanted(
        2, need="night", offer="room", by="choir", quantity=1, windows=(Window.weekly("18:00-20:00"),)
    )

    board = board_of(inside, beyond, needs=[NIGHT], offers=[ROOM])

    assert board.claims["k1"].windows == (evening,)
    assert [reason.code for reason in board.claims["k2"].reason.children] == ["hours-outside"]


EMITS = (
    Emit(id="claimed", on="claimed", kind="need-listed-claimed", subject="claimer"),
    Emit(id="done", on="fulfilled", kind="need-claimed", amount=True, attributes={"need": "need"}),
    Emit(id="lent", on="fulfilled", kind="resource-shared", side="requester"),
)


def test_claims_become_facts_with_the_same_ids_every_time():
    """A claim and its fulfilment are facts about the unit, dated by their moments; lent is another kind."""
    rules = MatchRules(id="test/board", emits=EMITS)
    history = (offered(), answered("agree", "resident"), answered("fulfil", "resident", day=9))

    facts = facts_of(board_of(*history, rules=rules))

    assert [(fact.id, fact.subject, fact.on.day, fact.amount) for fact in facts] == [
        ("test/board:claimed:k1", "school", 2, None),
        ("test/board:done:k1", "school", 9, 1),
    ]
    assert facts == facts_of(board_of(*history, rules=rules))
    assert facts[1].attributes == {"need": "tutor"}


def test_what_was_agreed_and_given_up_is_no_fact():
    """Points are for what was done: a claim withdrawn gives none."""
    rules = MatchRules(id="r", emits=EMITS)

    board = board_of(
        offered(), answered("agree", "resident"), answered("withdraw", "school", day=4), rules=rules
    )

    assert facts_of(board) == ()


def test_the_public_lists_name_nobody():
    """Who asks, who gives and any attribute stay off the lists; what is withdrawn is gone (row 169)."""
    need = Need(id="tutor", kind="lesson", by="resident", attributes={"care": "poor"})
    gone = Need(id="gone", kind="lesson", by="resident")
    away = Response(to="gone", answer="withdraw", by="resident", at=at(2))

    needs, offers = public_lists(board_of(away, needs=[need, gone], on=END))

    assert [entry.id for entry in needs] == ["tutor"]
    shown = str((needs, offers))
    assert not any(word in shown for word in ("resident", "school", "poor"))


def test_a_board_explains_each_listing_with_its_claims():
    """The whole board, one listing and one claim are told in both languages."""
    board = board_of(offered(), answered("agree", "resident"))

    assert explain(board, of="k1") == "k1: agreed by resident on 2024-01-03"
    assert explain(board, of="class", lang="zh") == (
        "class：部分认领，尚余 1\n  k1：resident 于 2024-01-03 同意"
    )
    assert explain(board).splitlines()[0] == "test/board, 2024-01-31: needs 1, offers 1, claims 1"
