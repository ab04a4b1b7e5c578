"""Why somebody is joined to whom, or to nobody; pairs as facts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.basics import Label
from serviceorg.errors import UnknownIdError
from serviceorg.matching import (
    Condition,
    Emit,
    MatchRules,
    Need,
    Offer,
    Priority,
    Quota,
    Rank,
    Window,
    assign,
    explain,
    facts_of,
    reason_of,
    reason_on_board,
)
from serviceorg.matching.explain import _Changes
from serviceorg.matching.sentences import SENTENCES
from tests.matching.matched import ON, questions

POOR = Priority(
    id="poor", title=Label("困难户", "Household in difficulty"), needs={"care": ("poor",)}, source="order 7"
)
LEADER = Quota(
    id="leader",
    title=Label("领导", "Leaders"),
    offers={"class": ("leader",)},
    least=1,
    most=1,
    first=("poor",),
    source="order 7",
)
TOWN = Quota(id="town", title=Label("镇街干部", "Town"), offers={"class": ("town",)}, about=3)
RULES = MatchRules(
    id="test/links",
    source="gazette",
    conditions=(
        Condition(id="own-area", what="area", source="order 7"),
        Condition(id="apart", what="different", attribute="unit", kinds=("audit",)),
    ),
    priorities=(POOR,),
    quotas=(LEADER, TOWN),
    ranks=tuple(Rank(by=name) for name in ("met", "priority", "least", "deviation", "first", "continuity")),
    emits=(Emit(id="linked", on="assigned", kind="linked", attributes={"home": "need"}),),
)
NEEDS = [
    Need(id="h1", area="c1"),
    Need(id="h2", area="c1", attributes={"care": "poor"}),
    Need(id="h3", area="c1"),
    Need(id="h4", area="c9"),
]
OFFERS = [
    Offer(id="lead", by="p1", area="c1", attributes={"class": "leader"}),
    Offer(id="town", by="p2", area="c1", attributes={"class": "town"}),
    Offer(id="far", by="p3", area="c2", attributes={"class": "town"}),
]


def linked(**given_):
    """Return the assignment of the small world."""
    return assign(NEEDS, OFFERS, RULES, on=ON, **given_)


def test_a_pair_is_explained_by_class_quota_and_what_else_could_be():
    """Why this one, what the aims would lose elsewhere, and who was kept out by one thing alone."""
    assert explain(linked(), of="h2") == (
        "h2 goes to lead\n"
        "  the need is of class Household in difficulty (source: order 7)\n"
        "  quota Leaders takes class Household in difficulty first (source: order 7)\n"
        "  lead carries 1; quota Leaders: exactly 1 (source: order 7)\n"
        "  offers that suit: 2 of 3\n"
        "    with town, which carries 2, the aims would change by: what is missing to the least (squared, by "
        "number) +1; differences from the quotas (squared, by number) -1/3; places behind what quotas take "
        "first +0; former pairs not kept +0\n"
        "  far does not suit\n"
        "    the need is at c1, and the offer is for c2 alone [own-area] (source: order 7)"
    )


def test_a_full_offer_is_said_to_be_full():
    """The leader has the one it may have: no number is shown for what cannot be."""
    assert "    lead is full with 1 (source: order 7)\n" in explain(linked(), of="h1")


def test_a_pair_is_explained_in_chinese():
    """The same reasons in 中文."""
    assert explain(linked(before=[("h1", "town")]), of="h1", lang="zh") == (
        "h1 由 town 承担\n"
        "  town 共承担 2 项；定额 镇街干部：约 3\n"
        "  延续上次结对\n"
        "  3 方资源中有 2 方合适\n"
        "    lead 已承担 1 项，无余量（来源：order 7）\n"
        "  far 不合适\n"
        "    需求在 c1，而资源只面向 c2 [own-area]（来源：order 7）"
    )


def test_an_unmet_need_says_what_kept_each_offer_away():
    """Nobody covers the area: every offer is named with its reason."""
    assert explain(linked(), of="h4").splitlines()[:4] == [
        "h4 is met by nobody",
        "  no offer suits, of 3",
        "    far does not suit",
        "      the need is at c9, and the offer is for c2 alone [own-area] (source: order 7)",
    ]


def test_a_need_for_which_nobody_has_room_says_who_is_full():
    """Suitable offers without room are told with their load."""
    found = assign(NEEDS[:3], OFFERS[:1], RULES, on=ON)

    assert explain(found, of="h1") == (
        "h1 is met by nobody\n"
        "  offers that suit: 1, and none has room\n"
        "    lead is full with 1 (source: order 7)"
    )


def test_an_offer_says_whom_it_serves_and_why_it_is_idle():
    """Loads, and for the idle whether anything would have suited."""
    found = linked()

    assert explain(found, of="town") == "town: needs 2, quota about 3\n  joined to h1, h3"
    assert explain(found, of="far", lang="zh") == "far：承担 0 项，定额 约 3\n  没有合适的需求"


def test_the_whole_is_explained_by_its_aims_and_quotas():
    """What was met, each aim exactly, each quota with its mean and its extremes."""
    assert explain(linked()) == (
        "test/links, 2024-01-10, one after another: needs met: 3 of 4 (source: gazette)\n"
        "  needs met: 3\n"
        "  needs of class poor not met: 0\n"
        "  what is missing to the least (squared, by number): 0\n"
        "  differences from the quotas (squared, by number): 10/3\n"
        "  places behind what quotas take first: 0\n"
        "  former pairs not kept: 0\n"
        "  quota leader: offers 1, needs 1, 1 to 1 each, 1 on average (source: order 7)\n"
        "  quota town: offers 2, needs 2, 0 to 2 each, 1 on average\n"
        "    below the number: 2, above it: 0"
    )


def test_a_fixed_pair_says_that_it_was_agreed_and_what_speaks_against_it():
    """What was agreed before is kept; if the rules would part it, that is told, not hidden."""
    found = linked(fixed=[("h1", "town"), ("h3", "far")])

    assert "  agreed before and kept\n" in explain(found, of="h1")
    assert explain(found, of="h3").splitlines()[1:3] == [
        "  agreed before and kept, although the rules would part them",
        "    the need is at c1, and the offer is for c2 alone [own-area] (source: order 7)",
    ]


def test_what_nobody_knows_is_refused():
    """An id that is neither need nor offer, and a language there is not."""
    with pytest.raises(UnknownIdError, match="there is no need or offer 'h9'"):
        reason_of(linked(), "h9")
    with pytest.raises(UnknownIdError, match="there is no language 'fr'"):
        explain(linked(), lang="fr")


def test_pairs_become_facts_about_the_linker():
    """A link is a fact of the day of the assignment, about who is linked, with the household in it."""
    facts = facts_of(linked())

    assert [(fact.id, fact.subject, fact.kind, fact.on) for fact in facts] == [
        ("test/links:linked:h1:2024-01-10", "p2", "linked", ON),
        ("test/links:linked:h2:2024-01-10", "p1", "linked", ON),
        ("test/links:linked:h3:2024-01-10", "p2", "linked", ON),
    ]
    assert facts[1].attributes == {"home": "h2"}


@given(asked=st.one_of(questions(timed=False), questions(timed=True)))
def test_no_move_of_one_need_would_be_better_than_the_optimum(asked):
    """In the optimum, what a move to another offer with room would change is never a gain."""
    needs, offers, rules, before = asked
    found = assign(needs, offers, rules, on=ON, before=before, solver="optimal")

    for pair in found.pairs:
        need, chosen = found.question.needs[pair.need], found.question.offers[pair.offer]
        reason = reason_of(found, pair.need)
        free = [str(one.arguments[0]) for one in reason.walk() if one.code == "instead"]
        changes = _Changes(found, need, chosen)
        for offer in free:
            moved = changes.of(found.question.offers[offer])
            assert next((change for change in moved if change), 1) > 0


@given(asked=questions(timed=True))
def test_everything_can_be_explained_in_both_languages(asked):
    """Whatever was asked, each need and offer has its sentences."""
    needs, offers, rules, before = asked
    found = assign(needs, offers, rules, on=ON, before=before)

    for name in ("", *(need.id for need in needs), *(offer.id for offer in offers)):
        assert all(explain(found, of=name, lang=lang) for lang in ("en", "zh"))


def test_every_sentence_has_its_arguments_in_both_languages():
    """No template names what it is not given, or leaves out in one language what it says in the other."""
    for code, template in SENTENCES.items():
        shown = dict.fromkeys(template.names, "X")
        assert template.en.format(**shown), code
        assert template.zh.format(**shown), code


def test_a_board_knows_its_listings_alone():
    """What is not on the board has no reason there."""
    from serviceorg.matching import claims_board

    board = claims_board(NEEDS, OFFERS, (), rules=RULES, on=ON)

    with pytest.raises(UnknownIdError, match="there is no claim, need or offer 'h9'"):
        reason_on_board(board, "h9")


CONDITIONS = [
    (Condition(id="c", what="kind"), {"kind": "x"}, {"kinds": "y"}, "other-kind"),
    (Condition(id="c", what="area"), {}, {"area": "c1"}, "area-not-covered"),
    (
        Condition(id="c", what="overlap", minutes=90),
        {"windows": [Window.weekly("09:00-10:00")]},
        {"windows": [Window.weekly("08:00-12:00")]},
        "hours-too-short",
    ),
    (
        Condition(id="c", what="shared", attribute="a"),
        {"attributes": {"a": ["1", "2"]}},
        {"attributes": {"a": "3"}},
        "nothing-shared",
    ),
    (
        Condition(id="c", what="all", attribute="a"),
        {"attributes": {"a": ["1", "2"]}},
        {"attributes": {"a": "1"}},
        "lacks",
    ),
    (
        Condition(id="c", what="different", attribute="a"),
        {"attributes": {"a": "1"}},
        {"attributes": {"a": "1"}},
        "same-on-both",
    ),
    (
        Condition(id="c", what="one_of", attribute="a", values=("1",)),
        {},
        {"attributes": {"a": "2"}},
        "not-one-of",
    ),
    (
        Condition(id="c", what="one_of", side="requester", attribute="a", values=("1",)),
        {},
        {"attributes": {"a": "1"}},
        "not-one-of",
    ),
]


@pytest.mark.parametrize(
    ("condition", "need", "offer", "code"),
    CONDITIONS,
    ids=["kind", "area", "overlap", "shared", "all", "different", "one-of-offer", "one-of-need"],
)
def test_each_condition_parts_what_does_not_meet_it(condition, need, offer, code):
    """A hard condition is never broken, and its refusal has a code and names the condition."""
    rules = MatchRules(id="r", conditions=(condition,), ranks=(Rank(by="met"),))

    found = assign([Need(id="n", **need)], [Offer(id="o", **offer)], rules, on=ON)

    codes = [reason.code for reason in reason_of(found, "n").walk()]
    assert found.unmet == ("n",)
    assert codes == ["unmet", "nobody-suits", "apart", code]


def test_a_condition_of_other_kinds_is_not_asked():
    """A condition limited to kinds of need says nothing of others."""
    apart = Condition(id="c", what="different", attribute="unit", kinds=("audit",))
    rules = MatchRules(id="r", conditions=(apart,), ranks=(Rank(by="met"),))

    found = assign([Need(id="n", kind="lesson")], [Offer(id="o")], rules, on=ON)

    assert found.unmet == ()


def test_hours_without_anything_in_common_part_a_pair_without_any_condition():
    """An offer of the morning does not serve the evening, whatever the rules leave unsaid."""
    morning, evening = Window.on(date(2024, 1, 10), "08:00-10:00"), Window.weekly("18:00-20:00")

    found = assign(
        [Need(id="n", windows=[evening])], [Offer(id="o", windows=[morning])], MatchRules(id="r"), on=ON
    )

    assert "no hours in common; the offer is open 08:00-10:00 2024-01-10" in explain(found, of="n")
