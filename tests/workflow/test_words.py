from fractions import Fraction
from typing import get_args

import pytest

from serviceorg.basics import Label
from serviceorg.calendars import CalendarDays, NextWorkingDay, RealTime, WorkingDays
from serviceorg.loading import workflow_from_text
from serviceorg.workflow import rules
from serviceorg.workflow.rules import (
    AnyOf,
    Bounds,
    Children,
    ClockIs,
    Counted,
    Different,
    Extension,
    FieldIs,
    Happened,
    Limit,
    Need,
    NoneOpen,
    NotIn,
    PartsDone,
    Permit,
    Plugged,
    Promise,
    SameUnit,
    Share,
    SlotIs,
    StateIs,
    Tier,
    Timed,
)
from serviceorg.workflow.words.definition import (
    Titles,
    extension_in_words,
    limit_in_words,
    need_in_words,
    needs_in_words,
    permit_in_words,
    promise_in_words,
    tier_in_words,
)

# The field and the clock share an id on purpose, and so do the slot and the state.
TEXT = """
[workflow]
id = "here/there"
title = { zh = "某事", en = "A matter" }
effective = 2024-01-01
basis = "Decision 1"
source = "Notice"
scope = "unit"

[[role]]
id = "clerk"
title = { zh = "经办人", en = "Clerk" }

[[slot]]
id = "unit"
title = { zh = "单位", en = "Unit" }
kind = "unit"

[[slot]]
id = "done"
title = { zh = "办结人", en = "Who ended it" }

[[field]]
id = "reply"
title = { zh = "答复", en = "Reply" }

[[field]]
id = "piece"

[[field]]
id = "verdict"
one_of = ["agree", "oppose"]

[[state]]
id = "new"
title = { zh = "待办", en = "New" }
kind = "initial"

[[state]]
id = "done"
title = { zh = "办结", en = "Done" }
kind = "final"

[[part]]
id = "reports"
title = { zh = "报告", en = "Reports" }
pieces = ["one", "two"]
verdicts = ["agree", "oppose"]

[[opening]]
id = "report"
title = { zh = "上报", en = "Report" }
to = "new"
by = "anyone"

[[move]]
id = "answer"
title = { zh = "办理", en = "Answer" }
from = "new"
to = "done"
by = "anyone"
form = ["reply"]
sets = { unit = "actor-unit", done = "actor" }

[[move]]
id = "hand-in"
title = { zh = "报告", en = "Hand in" }
from = "new"
to = "same"
by = "anyone"
form = ["piece", "verdict"]
completes = "reports"

[[clock]]
id = "reply"
title = { zh = "答复时限", en = "Time to reply" }
start = "report"
stop = "answer"
limit = { working_days = 5 }
"""


@pytest.fixture(scope="module")
def titles():
    """Give the titles of a small workflow."""
    return Titles(workflow_from_text(TEXT).versions[0])


def number(value):
    """Return a bound."""
    return Fraction(value)


#: One check of every kind, and of every form a kind can take, with its words.
CHECKS = [
    (FieldIs("reply", filled=True), "Reply is filled in", "答复已填写"),
    (FieldIs("reply", filled=False), "Reply is empty", "答复未填写"),
    (FieldIs("reply", one_of=("a", "b")), "Reply is a or b", "答复为a或b"),
    (FieldIs("reply", one_of=(True,)), "Reply is yes", "答复为是"),
    (FieldIs("reply", bounds=Bounds(least=number(3))), "Reply is at least 3", "答复为3以上"),
    (FieldIs("reply", bounds=Bounds(above=number(3))), "Reply is more than 3", "答复为超过3"),
    (StateIs(("new",)), "the state is 'New'", "状态为“待办”"),
    (
        Share("yes", "present", Bounds(above=number("1/2"))),
        "yes as a part of present is more than 1/2",
        "yes占present的比例为超过1/2",
    ),
    (Timed("new", WorkingDays(5)), "later than 5 working days from 'New'", "自“待办”起已满5个工作日"),
    (Timed("new", RealTime(1440), within=True), "no later than 24 hours from 'New'", "自“待办”起24小时内"),
    (
        Timed("new", RealTime(1440, bound="under"), within=True),
        "less than 24 hours from 'New'",
        "自“待办”起不满24小时",
    ),
    (Timed("new", RealTime(60, bound="under")), "later than 1 hour from 'New'", "自“待办”起已满1小时"),
    (
        Timed("new", NextWorkingDay()),
        "later than the next working day from 'New'",
        "自“待办”起已满下一个工作日",
    ),
    (
        ClockIs("reply", ("met", "late")),
        "the clock 'Time to reply' is met in time or met late",
        "“答复时限”为按时办结或超时办结",
    ),
    (NoneOpen("objection"), "nothing of this is open: objection", "没有未了结的objection"),
    (
        Different(("done",), ("report",)),
        "the actor is not Who ended it and has not done 'Report'",
        "操作人不是办结人、未办理过“上报”",
    ),
    (SameUnit("unit"), "the actor's unit lies in that of Unit", "操作人的单位属于单位"),
    (Children("all"), "closed: all child tickets", "全部子工单已办结"),
    (Children("any", ("done",)), "in 'Done': at least 1 of the child tickets", "至少1项子工单处于“办结”"),
    (Children(2), "closed: at least 2 of the child tickets", "至少2项子工单已办结"),
    (Children(Fraction(2, 3)), "closed: at least 2/3 of the child tickets", "至少2/3的子工单已办结"),
    (Counted(("answer",), Bounds(most=number(1))), "'Answer' so far: at most 1", "此前“办理”的次数为1以下"),
    (
        Counted(("answer",), Bounds(most=number(0)), since="new"),
        "'Answer' so far since 'New': never",
        "自“待办”起此前没有“办理”",
    ),
    (Happened(("answer", "report")), "'Answer' or 'Report' has happened", "已有“办理”或“上报”"),
    (
        Happened(("answer",), since="report", wants=False),
        "'Answer' has not happened since 'Report'",
        "自“上报”起没有“办理”",
    ),
    (PartsDone("reports"), "Reports: all pieces are complete", "报告全部已完成"),
    (
        PartsDone("reports", 1, ("agree",)),
        "Reports: at least 1 of the pieces are complete, with agree",
        "报告至少1项已完成，意见为agree",
    ),
    (SlotIs("done", filled=True), "somebody is in Who ended it", "办结人已确定"),
    (SlotIs("done", filled=False), "nobody is in Who ended it", "办结人空缺"),
    (SlotIs("done", one_of=("u1",)), "Who ended it is u1", "办结人为u1"),
    (NotIn("done"), "the actor is not in Who ended it", "操作人不是办结人"),
    (NotIn("done", "reply"), "who stands in Reply is not in Who ended it", "答复所填的不是办结人"),
    (Plugged("seal"), "the requirement seal is met", "满足要求seal"),
    (
        AnyOf(((Need(NotIn("done")),), (Need(StateIs(("new",))), Need(Plugged("seal"))))),
        "the actor is not in Who ended it, or the state is 'New' and the requirement seal is met",
        "操作人不是办结人，或状态为“待办”且满足要求seal",
    ),
]


@pytest.mark.parametrize(
    ("check", "en", "zh"), CHECKS, ids=[f"{type(c).__name__}-{n}" for n, (c, *_) in enumerate(CHECKS)]
)
def test_every_check_has_words_in_both_languages(titles, check, en, zh):
    """A check is told by the titles of what it names, as its docstring means it."""
    words = need_in_words(Need(check), titles)

    assert (words.en, words.zh) == (en, zh)


def test_no_kind_of_check_is_without_words():
    """The table above holds every kind of the closed vocabulary."""
    assert {type(check) for check, *_ in CHECKS} == set(get_args(rules.needs.Check))


def test_the_words_of_the_rule_stand_before_those_of_the_check(titles):
    """A lawyer sees both, and can tell whether they mean the same."""
    need = Need(StateIs(("new",)), Label(zh="只办新件", en="new ones only"))

    words = needs_in_words((need, Need(Plugged("seal"))), titles)

    assert words.en == "new ones only (the state is 'New'); the requirement seal is met"
    assert words.zh == "只办新件（状态为“待办”）；满足要求seal"


def test_things_that_share_an_id_keep_their_own_titles(titles):
    """Only openings, moves, states and parts share one namespace; a field is never called like a clock."""
    assert (titles.field("reply").en, titles.clock("reply").en) == ("Reply", "Time to reply")
    assert (titles.slot("done").en, titles.event("done").en) == ("Who ended it", "Done")
    assert titles.event("reply.late") == Label(
        zh="答复时限·late", en="Time to reply, late", code="reply.late"
    )
    assert titles.role("nobody").zh == "nobody"


@pytest.mark.parametrize(
    ("permit", "en", "zh"),
    [
        (Permit(anyone=True), "anyone", "任何人"),
        (Permit(clock=True), "the clock alone", "系统计时"),
        (Permit(slot="done"), "the one in Who ended it", "办结人本人"),
        (Permit(role="clerk"), "Clerk of a unit that covers Unit", "经办人（所在单位须管辖单位）"),
        (
            Permit(role="clerk", at="done"),
            "Clerk of a unit that covers Who ended it",
            "经办人（所在单位须管辖办结人）",
        ),
        (Permit(role="clerk", scope="exactly"), "Clerk of the very unit in Unit", "经办人（须为单位本单位）"),
        (Permit(role="clerk", scope="above"), "Clerk of a unit above Unit", "经办人（须为单位的上级单位）"),
        (Permit(role="clerk", scope="any"), "Clerk", "经办人"),
    ],
)
def test_a_permit_says_who_may(titles, permit, en, zh):
    """A role without a slot of its own is about the scope of the workflow."""
    words = permit_in_words(permit, titles, scope="unit")

    assert (words.en, words.zh) == (en, zh)


def test_without_a_scope_a_role_counts_wherever_it_is_held(titles):
    """Where the workflow names no scope, no unit is spoken of."""
    assert permit_in_words(Permit(role="clerk"), titles).en == "Clerk"


@pytest.mark.parametrize(
    ("limit", "en", "zh"),
    [
        (Limit(duration=WorkingDays(5)), "5 working days", "5个工作日"),
        (Limit(), "none", "不限"),
        (Limit(until="reply"), "until Reply", "至答复"),
        (
            Limit(by="reply", table={"a": RealTime(60)}, duration=NextWorkingDay()),
            "by Reply: a 1 hour, all else the next working day",
            "按答复：a 1小时，其他 下一个工作日",
        ),
        (
            Limit(duration=CalendarDays(7), or_later="reply"),
            "7 calendar days, or Reply where that is later",
            "7日；答复更晚的从其规定",
        ),
    ],
)
def test_a_limit_says_how_long(titles, limit, en, zh):
    """Every form of a limit has words."""
    words = limit_in_words(limit, titles)

    assert (words.en, words.zh) == (en, zh)


@pytest.mark.parametrize(
    ("tier", "en", "zh"),
    [
        (
            Tier(id="a", before=WorkingDays(1), colour="yellow"),
            "1 working day before it is due (yellow)",
            "到期前1个工作日（黄）",
        ),
        (Tier(id="a", at_due=True, move="answer"), "when it is due: makes 'Answer'", "到期时：自动“办理”"),
        (
            Tier(id="a", after=RealTime(60), every=RealTime(120), times=3),
            "1 hour after it was due, every 2 hours, 3 times in all",
            "到期后1小时，每2小时一次，共3次",
        ),
    ],
)
def test_a_tier_says_when_it_acts_and_what_it_does(titles, tier, en, zh):
    """Every form of a tier has words."""
    words = tier_in_words(tier, titles)

    assert (words.en, words.zh) == (en, zh)


def test_an_extension_says_by_how_much(titles):
    """A fixed extension and one that a field decides are both told."""
    fixed = extension_in_words(Extension(clock="reply", by=WorkingDays(3)), titles)
    asked = extension_in_words(Extension(clock="reply", days_field="reply", most=10), titles)

    assert (fixed.en, fixed.zh) == ("Time to reply: 3 working days more", "答复时限延长3个工作日")
    assert asked.en == "Time to reply: as many days more as Reply says, at most 10"
    assert asked.zh == "答复时限按答复延长，最多10天"


@pytest.mark.parametrize(
    ("promise", "en", "zh"),
    [
        (
            Promise(never=("done",), without=("answer",), since=("report",)),
            "no 'Done' without 'Answer', and again after 'Report'",
            "未经“办理”，不得“办结”（“上报”后须重新进行）",
        ),
        (
            Promise(never=("done",), without=("answer",)),
            "no 'Done' without 'Answer'",
            "未经“办理”，不得“办结”",
        ),
        (
            Promise(never=("answer",), after=("done",), until=("new",)),
            "no 'Answer' after 'Done', until 'New'",
            "“办结”后不得“办理”，直至“待办”",
        ),
        (Promise(never=("answer",), at_most=1), "'Answer' at most 1 time", "“办理”至多1次"),
        (Promise(never=("answer",), at_most=2), "'Answer' at most 2 times", "“办理”至多2次"),
    ],
)
def test_a_promise_says_what_never_happens(titles, promise, en, zh):
    """Every form of a promise has words."""
    words = promise_in_words(promise, titles)

    assert (words.en, words.zh) == (en, zh)
