"""Moments as instants, one civil time, classes that come first, words of the place, answers that stay."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings

from serviceorg.errors import MatchingProblems, MomentError, PeriodError, UnknownIdError
from serviceorg.loading.books import match_rules_from_path
from serviceorg.loading.matching_files import match_rules_from_text
from serviceorg.loading.structure_files import structure_from_text
from serviceorg.matching import (
    Claim,
    ClaimRefused,
    Condition,
    Emit,
    MatchRules,
    Need,
    Offer,
    Priority,
    Quota,
    Rank,
    Response,
    Window,
    assign,
    claim,
    claims_board,
    explain,
    facts_of,
    longest,
)
from serviceorg.matching.diary import Booking, Diary, hours_of
from serviceorg.matching.pool import Pool
from serviceorg.model.units import Units
from tests.matching.matched import ON, POOR, choices_of, chosen_in, questions, ranked

CHINA = timezone(timedelta(hours=8))
SCHEMES = Path(__file__).parents[2] / "src" / "serviceorg" / "schemes"
PLACES = sorted(
    path.parent.name for path in SCHEMES.glob("*/matching") if (path.parent / "structure.toml").exists()
)
BINDING = MatchRules(id="test/board", agreement="claim")
EARLY = Claim(
    id="early", need="n1", offer="o", side="requester", by="r1", at=datetime(2024, 9, 11, 0, 30, tzinfo=CHINA)
)
LATE = Claim(
    id="late", need="n2", offer="o", side="requester", by="r2", at=datetime(2024, 9, 10, 17, tzinfo=UTC)
)


def states(*events, on, rules=BINDING):
    """Return the states of claims for the one place of an offer."""
    needs = [Need(id="n1", by="r1"), Need(id="n2", by="r2")]
    board = claims_board(needs, [Offer(id="o", by="u", capacity=1)], events, rules=rules, on=on)
    return {name: standing.state for name, standing in board.claims.items()}


def test_who_claims_first_is_told_by_the_moment_not_by_the_day_it_is_written_with():
    """00:30+08:00 on the 11th is 16:30Z on the 10th, and so before 17:00Z on the 10th."""
    assert EARLY.at < LATE.at
    assert states(LATE, EARLY, on=date(2024, 9, 12)) == {"early": "agreed", "late": "refused"}


def test_the_board_of_a_day_is_that_of_the_rules_zone():
    """In Shanghai both claims are of the 11th, in London both of the 10th, whatever they were written in."""
    london = MatchRules(id="test/board", agreement="claim", zone="Europe/London")

    assert states(EARLY, LATE, on=date(2024, 9, 10)) == {}
    assert states(EARLY, LATE, on=date(2024, 9, 10), rules=london) == {"early": "agreed", "late": "refused"}


@pytest.mark.parametrize(
    ("answered", "state"),
    [
        (datetime(2024, 9, 13, 15, 59, tzinfo=UTC), "agreed"),
        (datetime(2024, 9, 13, 16, 0, tzinfo=UTC), "expired"),
        (datetime(2024, 9, 14, 0, 30, tzinfo=timezone(timedelta(hours=9))), "agreed"),
    ],
    ids=["the-last-minute", "midnight", "another-zone"],
)
def test_a_deadline_does_not_depend_on_the_zone_of_the_answer(answered, state):
    """Claimed on the 11th in Shanghai, two days to answer: the 13th ends at 16:00Z."""
    rules = MatchRules(id="test/board", answer_days=2)
    answer = Response(to="early", answer="agree", by="u", at=answered)

    assert states(EARLY, answer, on=date(2024, 9, 20), rules=rules) == {"early": state}


def test_a_fact_is_dated_in_the_rules_zone():
    """What is agreed at 17:00Z on the 10th is a fact of the 11th in Shanghai."""
    rules = MatchRules(id="test/board", agreement="claim", emits=(Emit(id="e", on="agreed", kind="k"),))
    board = claims_board(
        [Need(id="n2", by="r2")], [Offer(id="o", by="u")], [LATE], rules=rules, on=date(2024, 9, 12)
    )

    assert [fact.on for fact in facts_of(board)] == [date(2024, 9, 11)]


def test_a_claim_is_put_after_what_is_recorded_by_the_moment():
    """17:00Z on the 10th comes after 00:30+08:00 on the 11th, and not the other way round."""
    needs = [Need(id="n1", by="r1"), Need(id="n2", by="r2")]
    offers = [Offer(id="o", by="u", capacity=2)]
    first, second = (
        claims_board(needs, offers, [one], rules=BINDING, on=date(2024, 9, 11)) for one in (EARLY, LATE)
    )

    assert claim(first, LATE) is LATE
    with pytest.raises(ClaimRefused) as caught:
        claim(second, EARLY)
    assert caught.value.codes == ("entered-late",)


def test_the_same_two_hours_are_the_same_in_every_zone():
    """10:00 to 12:00+08:00 are 02:00 to 04:00Z: both windows are one, and nobody is booked twice."""
    here = Window.between(datetime(2024, 9, 10, 10, tzinfo=CHINA), datetime(2024, 9, 10, 12, tzinfo=CHINA))
    there = Window.between(datetime(2024, 9, 10, 2, tzinfo=UTC), datetime(2024, 9, 10, 4, tzinfo=UTC))
    rules = MatchRules(id="test/board", booked=("offerer",), agreement="claim")
    needs = [Need(id="n1", by="r1", windows=(here,)), Need(id="n2", by="r2", windows=(there,))]
    offers = [Offer(id="o", by="u"), Offer(id="p", by="u")]
    late = Claim(id="late", need="n2", offer="p", side="requester", by="r2", at=LATE.at)

    board = claims_board(needs, offers, [EARLY, late], rules=rules, on=date(2024, 9, 12))

    assert here == there
    assert longest([here], [there]) == 120
    assert board.claims["late"].state == "refused"


def test_a_stretch_of_a_file_is_read_in_the_zone_of_its_rules():
    """The zone of the head holds for days and for hours; one nobody knows is told with a guess."""
    text = """
[matching]
id = "place/rooms"
title = "Rooms"
effective = 2024-01-01
basis = "decision 1"
source = "gazette"
zone = "Europe/London"
[[case]]
title = "a room"
on = 2024-01-10
needs = [{ id = "n", windows = [{ from = 2024-01-09T08:00:00+08:00, to = 2024-01-09T10:00:00+08:00 }] }]
offers = [{ id = "o", windows = "00:00-02:00" }]
expect.pairs = { n = "o" }
"""
    (case,) = match_rules_from_text(text).cases

    assert case.needs[0].windows == (Window.on(date(2024, 1, 9), "00:00-02:00"),)
    with pytest.raises(
        MatchingProblems, match=r"unknown time zone 'Asia/Shangai'.*Did you mean 'Asia/Shanghai'"
    ):
        match_rules_from_text(text.replace("Europe/London", "Asia/Shangai"))
    with pytest.raises(UnknownIdError, match="there is no time zone"):
        MatchRules(id="test/board", zone="Asia/Shangai")


def test_a_stretch_of_no_time_is_refused_in_every_zone():
    """From 10:00+08:00 to 02:00Z is nothing, though the clocks differ."""
    with pytest.raises(PeriodError, match="a length of 0"):
        Window.between(datetime(2024, 9, 10, 10, tzinfo=CHINA), datetime(2024, 9, 10, 2, tzinfo=UTC))
    with pytest.raises(MomentError, match="out of bounds"):
        Claim(id="k", need="n", offer="o", side="requester", by="r", at=datetime(1, 1, 1, tzinfo=UTC))


RANKED = (Rank(by="met"), Rank(by="priority"), Rank(by="continuity"))


def test_a_class_is_not_passed_over_for_hours_of_one_person_kept_from_last_year():
    """The requester's hours are held by a need of no class at another offer: it gives way (greedy, law 2)."""
    rules = MatchRules(
        id="test/rules",
        booked=("requester",),
        capacity="at-once",
        conditions=(Condition(id="k", what="kind"),),
        priorities=(POOR,),
        ranks=RANKED,
    )
    needs = [Need(id="high", by="r", kind="a", attributes={"care": "poor"}), Need(id="low", by="r", kind="b")]
    offers = [Offer(id="o1", kinds="a", by="u1"), Offer(id="o2", kinds="b", by="u2")]

    found = [
        assign(needs, offers, rules, on=ON, before=[("low", "o2")], solver=s) for s in ("greedy", "optimal")
    ]

    assert [one.unmet for one in found] == [("low",), ("low",)]


def test_a_need_of_two_is_not_passed_over_for_two_of_one():
    """Two needs of no class kept from last year give way together to one of a class that takes two."""
    rules = MatchRules(id="test/rules", priorities=(POOR,), ranks=RANKED)
    needs = [Need(id="high", quantity=2, attributes={"care": "poor"}), Need(id="l1"), Need(id="l2")]
    before = [("l1", "o"), ("l2", "o")]

    found = assign(needs, [Offer(id="o", capacity=2)], rules, on=ON, before=before)

    assert {pair.need for pair in found.pairs} == {"high"}


def test_nobody_gives_way_without_cause():
    """Of three needs kept from last year the last of the lowest class alone makes room for one."""
    old = Priority(id="old", needs={"care": ("old",)})
    rules = MatchRules(id="test/rules", priorities=(POOR, old), ranks=RANKED)
    needs = [
        Need(id="high", attributes={"care": "poor"}),
        Need(id="l1", quantity=2, attributes={"care": "old"}),
        Need(id="l2"),
        Need(id="l3"),
    ]
    before = [(f"l{number}", "o") for number in (1, 2, 3)]

    found = assign(needs, [Offer(id="o", capacity=4)], rules, on=ON, before=before)

    assert found.unmet == ("l3",)


@given(asked=questions(timed=True))
@settings(max_examples=100)
def test_no_class_is_passed_over_even_if_all_lower_ones_give_way(asked):
    """An unmet need finds no place beside those of its own class and higher ones alone."""
    needs, offers, rules, before = asked
    found = assign(needs, offers, rules, on=ON, before=before)
    question, chosen = found.question, chosen_in(found)
    listed, giving = list(question.needs.values()), list(question.offers.values())
    pool = Pool(question)

    for place, need in enumerate(listed):
        if chosen[place] >= 0:
            continue
        diary, load = Diary(rules), [0] * len(giving)
        for other, at in enumerate(chosen):
            if at >= 0 and pool.classes[other] <= pool.classes[place]:
                held = listed[other]
                diary.book(Booking(held.id, held, giving[at], held.quantity, hours_of(held, giving[at])))
                load[at] += 1
        for at in choices_of(question)[place]:
            offer = giving[at]
            room = pool.quota[at].most is None or load[at] < pool.quota[at].most
            booking = Booking(need.id, need, offer, need.quantity, hours_of(need, offer))
            assert not (room and diary.hindrance(booking) is None)


@pytest.mark.parametrize("place", PLACES)
def test_a_place_has_one_word_for_one_thing(place):
    """Attributes named like a trait of the place's structure have its values; roles are those it knows."""
    structure = structure_from_text((SCHEMES / place / "structure.toml").read_text(encoding="utf-8"))
    said = []
    for path in sorted((SCHEMES / place / "matching").glob("*.toml")):
        rules = match_rules_from_path(path)
        said += [item for quota in rules.quotas for item in quota.offers.items()]
        said += [item for priority in rules.priorities for item in priority.needs.items()]
        said += [(one.attribute, one.values) for one in rules.conditions if one.what == "one_of"]
        listed: list[Need | Offer] = []
        for case in rules.cases:
            listed += [*case.needs, *case.offers]
        said += [item for one in listed for item in one.attributes.items()]

    for name, values in said:
        trait = structure.traits.get(name)
        known = tuple(structure.roles) if name == "role" else trait.one_of if trait is not None else ()
        invented = {"trader"}  # in a golden case, for what is none of the four backgrounds
        assert not known or set(values) - invented <= set(known)


@pytest.mark.parametrize(
    ("place", "file", "sorts"),
    [("zhucheng", "households", {"origin", "care", "priority"}), ("zunyi", "menu", {"background", "scope"})],
)
def test_households_and_linkers_are_told_by_traits(place, file, sorts):
    """Rows 85, 94 to 96: what tells linkers and households apart is a trait of the structure."""
    rules = match_rules_from_path(SCHEMES / place / "matching" / f"{file}.toml")
    structure = structure_from_text((SCHEMES / place / "structure.toml").read_text(encoding="utf-8"))
    said = [name for quota in rules.quotas for name in quota.offers]
    said += [name for priority in rules.priorities for name in priority.needs]

    assert set(said) == sorts
    assert sorts - {"scope"} <= set(structure.traits)  # an order has a scope, not a person


def test_every_origin_of_a_linker_has_a_quota():
    """Rows 94 to 96: town, city agency, leader; no linker of the structure is without a number."""
    rules = match_rules_from_path(SCHEMES / "zhucheng" / "matching" / "households.toml")
    structure = structure_from_text((SCHEMES / "zhucheng" / "structure.toml").read_text(encoding="utf-8"))

    found = sorted(value for quota in rules.quotas for value in quota.offers["origin"])

    assert found == sorted(structure.traits["origin"].one_of)


def test_a_poor_household_goes_to_a_leader_in_the_words_of_the_structure():
    """Row 96: of eight ordinary households and a poor one, the poor one is the leader's."""
    rules = match_rules_from_path(SCHEMES / "zhucheng" / "matching" / "households.toml")
    needs = [Need(id=f"h{n}", area="c", attributes={"care": "ordinary"}) for n in range(8)]
    poor = Need(id="poor", area="c", attributes={"care": "poor"})
    offers = [
        Offer(id="L", area="c", attributes={"origin": "leader"}),
        Offer(id="T", area="c", attributes={"origin": "town"}),
    ]

    found = assign([*needs, poor], offers, rules, on=date(2013, 10, 15))

    assert found.offer_of("poor") == "L"
    assert dict(found.loads) == {"L": 8, "T": 1}


def test_offers_in_no_quota_are_told():
    """Where there are quotas, offers that are in none come last under no name, in both languages."""
    town = Quota(id="town", offers={"origin": ("town",)}, about=2)
    rules = ranked("met", "deviation", quotas=(town,))
    offers = [Offer(id="a", attributes={"origin": "town"}), Offer(id="b", attributes={"origin": "twon"})]

    found = assign([Need(id=f"n{number}") for number in range(5)], offers, rules, on=ON)

    told = [(one.quota, one.offers, one.needs) for one in found.deviations()]
    assert told == [("town", 1, found.loads["a"]), ("", 1, found.loads["b"])]
    assert "offers in no quota: 1" in explain(found)
    assert "不属于任何定额的资源：1 方" in explain(found, lang="zh")
    assert "" not in [one.quota for one in assign([], offers[:1], rules, on=ON).deviations()]


def test_what_is_no_way_to_arrange_is_refused_with_a_guess():
    """A misspelt way to arrange would leave everybody unmet, and nobody would know why."""
    with pytest.raises(UnknownIdError, match=r"there is no way to arrange 'sefl'.*Did you mean 'self'"):
        assign([Need(id="n")], [Offer(id="o")], ranked("met"), on=ON, arrange="sefl")


@pytest.mark.parametrize(
    ("given_", "text"),
    [
        ({"attributes": {"a": 5}}, "found 5; allowed are texts"),
        ({"attributes": {"a": ("x", None)}}, "allowed are texts"),
        ({"area": None}, "area of 'q': found None; allowed is a text"),
        ({"kind": 3}, "kind of 'q': found 3"),
        ({"windows": ("18:00-07:00",)}, "allowed are windows"),
    ],
    ids=["number", "none-among-texts", "area", "kind", "hours-as-text"],
)
def test_what_is_no_text_is_refused_where_it_comes_in(given_, text):
    """A need is refused with what was found and what is allowed, before anything is matched."""
    with pytest.raises(MatchingProblems, match=text):
        Need(id="q", **given_)


@pytest.mark.parametrize("on", [datetime(2024, 1, 10, tzinfo=UTC), "2024-01-10", None])
def test_a_day_is_a_day(on):
    """A moment, a text or nothing is no day, for an assignment and for a board."""
    with pytest.raises(PeriodError, match="is not a date"):
        assign([], [], ranked("met"), on=on)
    with pytest.raises(PeriodError, match="is not a date"):
        claims_board([], [], [], rules=ranked("met"), on=on)


def test_an_answer_cannot_be_changed_by_its_question():
    """What an assignment rests on is frozen, like the assignment."""
    found = assign([Need(id="n")], [Offer(id="o")], ranked("met"), on=ON, before=[("n", "o")])

    for table in (found.question.needs, found.question.offers, found.question.before):
        with pytest.raises(TypeError, match="frozen"):
            table["z"] = None  # type: ignore[index]


def test_a_mean_is_rounded_half_up():
    """One need for eight offers is 0.125 each, shown as 0.13."""
    rules = ranked("met", quotas=(Quota(id="all", about=1),))

    found = assign([Need(id="n")], [Offer(id=f"o{number}") for number in range(8)], rules, on=ON)

    assert "0.13 on average" in explain(found)


def test_leaders_of_the_whole_city_leave_the_optimum_solvable():
    """Row 96: leaders may link anywhere, so all hang together; numbers come out even over all communities.

    Forty communities of 30 households and two linkers, two leaders of eight: 1200 - 16 for 80 linkers, 14.8
    each: 64 carry 15 and 16 carry 14.
    """
    leaders = Quota(id="leader", offers={"class": ("leader",)}, least=8, most=8)
    town = Quota(id="town", offers={"class": ("town",)}, about=30)
    rules = ranked(
        "met", "least", "deviation", conditions=(Condition(id="a", what="area"),), quotas=(leaders, town)
    )
    areas = Units({"city": "", **{f"c{n}": "city" for n in range(40)}})
    needs = [Need(id=f"h{n}", area=f"c{n % 40}") for n in range(1200)]
    offers = [Offer(id=f"p{n}", area=f"c{n % 40}", attributes={"class": "town"}) for n in range(80)]
    offers += [Offer(id=f"L{n}", area="city", attributes={"class": "leader"}) for n in range(2)]

    found = assign(needs, offers, rules, on=ON, areas=areas, solver="optimal")

    loads = sorted(found.loads.values())
    assert (loads[:2], loads.count(14), loads.count(15)) == ([8, 8], 16, 64)
    assert not found.unmet


def test_a_question_too_big_is_refused_before_it_is_written_out(monkeypatch):
    """Distances make every need and offer stand for itself: the size is told before any distance is asked."""
    monkeypatch.setattr("serviceorg.matching.optimal.MOST_CELLS", 3)
    needs, offers = [Need(id="a"), Need(id="b")], [Offer(id="o"), Offer(id="p")]

    with pytest.raises(
        MatchingProblems, match="2 needs and 2 offers hang together, in 2 types and 2 bundles"
    ):
        assign(
            needs, offers, ranked("met", "distance"), on=ON, solver="optimal", distance=lambda n, o: 1 // 0
        )


def test_a_hall_lends_its_hours_day_by_day_and_week_by_week():
    """A weekly booking, one night and one over midnight are seen by claims of those very hours alone."""
    rules = MatchRules(id="test/board", capacity="at-once", agreement="claim")
    hours = {
        "weekly": Window.weekly("09:00-10:00", (3,)),
        "night": Window.on(date(2024, 1, 10), "22:00-06:00"),
        "same-hour": Window.on(date(2024, 1, 17), "09:30-10:30"),
        "other-day": Window.on(date(2024, 1, 18), "09:30-10:30"),
        "morning": Window.on(date(2024, 1, 11), "05:00-07:00"),
        "spring": Window.weekly("05:00-06:00", since=date(2024, 1, 11), until=date(2024, 3, 31)),
        "later": Window.weekly("05:00-06:00", since=date(2024, 1, 12), until=date(2024, 3, 31)),
    }
    needs = [Need(id=f"n-{name}", by=name, windows=(window,)) for name, window in hours.items()]
    claims = [
        Claim(
            id=name,
            need=f"n-{name}",
            offer="hall",
            side="requester",
            by=name,
            at=datetime(2024, 1, 2, 9, minute, tzinfo=CHINA),
        )
        for minute, name in enumerate(hours)
    ]

    board = claims_board(needs, [Offer(id="hall", capacity=1)], claims, rules=rules, on=date(2024, 1, 3))

    found = {name: standing.state for name, standing in board.claims.items()}
    assert {name for name, state in found.items() if state == "refused"} == {"same-hour", "morning", "spring"}


def test_the_most_of_a_quota_is_never_passed_on_a_board():
    """A helper of one takes one need, in as many parts as it comes; the next is refused, with who is free."""
    quota = Quota(id="helper", offers={"sort": ("helper",)}, most=1)
    rules = MatchRules(id="test/board", agreement="claim", quotas=(quota,))
    needs = [Need(id="n1", by="r1", quantity=2), Need(id="n2", by="r2")]
    offers = [Offer(id=name, by=f"by-{name}", attributes={"sort": "helper"}) for name in ("o", "p")]
    half = [
        Claim(id=name, need="n1", offer="o", side="requester", by="r1", at=EARLY.at, quantity=1)
        for name in ("k1", "k2")
    ]
    board = claims_board(needs, offers, half, rules=rules, on=date(2024, 9, 12))

    assert {name: one.state for name, one in board.claims.items()} == {"k1": "agreed", "k2": "agreed"}
    with pytest.raises(ClaimRefused) as caught:
        claim(board, LATE)
    assert caught.value.codes == ("quota-full",)
    assert "o serves 1, the most of quota helper" in str(caught.value)
    assert "other offers that suit: p" in str(caught.value)
    assert "已承担 1 项，达到定额 helper 的上限" in caught.value.in_("zh")


def test_responses_without_effect_are_told_in_words():
    """Who may not agree is told where the whole board, the claim or the listing is explained."""
    needs, offers = [Need(id="n1", by="r1")], [Offer(id="o", by="u")]
    answers = [
        Response(to="early", answer="agree", by="r1", at=LATE.at),
        Response(to="o", answer="agree", by="u", at=LATE.at),
    ]
    rules = MatchRules(id="test/board")
    board = claims_board(needs, offers, [EARLY, *answers], rules=rules, on=date(2024, 9, 12))

    assert "responses without effect: 2" in explain(board)
    assert "r1 may not agree on early" in explain(board, of="early")
    assert "没有效力的回应：1 件" in explain(board, of="o", lang="zh")
    assert "without effect" not in explain(board, of="n1")
