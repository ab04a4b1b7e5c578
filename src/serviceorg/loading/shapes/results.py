"""The keys of what a score leads to: vetoes, grades, stars, consequences, awards."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..report import Path, Report
from .head import WITHIN
from .select import KINDS, LENGTH, LENGTH_KEYS, WHERE, WHO, WINDOW
from .shape import BAD, key, shape, wrong
from .values import (
    ANY_NUMBER,
    ID,
    LABEL,
    SIGNED,
    TEXT,
    as_read,
    by_form,
    choice,
    many,
    one_or_many,
    table,
    table_of,
    whole,
)

CONDITION = shape(
    "condition",
    ("something that must hold", "条件"),
    key(
        "what",
        TEXT,
        "what is looked at: total, category.ID, item.ID, grade or facts",
        "考察内容",
        required=True,
    ),
    key("from", ANY_NUMBER, "the least value, included", "不低于"),
    key("above", ANY_NUMBER, "the value it must lie above", "高于"),
    key("to", ANY_NUMBER, "the greatest value, included", "不高于"),
    key("below", ANY_NUMBER, "the value it must lie below", "低于"),
    key("one_of", one_or_many(TEXT), "the grades that are meant", "等次之一"),
    key("on", KINDS, "the kinds of fact that are counted", "计数的事实类别"),
    key("where", WHERE, "which of these facts", "限定属性"),
    key("field", ID, "amount or an attribute: its sum instead of a count", "求和的属性"),
    key("window", WINDOW, "the stretch of time looked at", "时间范围", default='"period"'),
    at_most_one=(("from", "above"), ("to", "below")),
)
CONDITIONS = many(table(CONDITION))


def _read_share(value: Any, path: Path, report: Report) -> Any:
    """Return a part of the subjects as a Fraction: 0.2, "20%" or "1/3"."""
    part = fraction(value)
    if part is None:
        return wrong(value, path, report, SHARE_WORDS)
    if not 0 < part <= 1:
        report.add(
            "share", path, f"{value} is out of range; a quota is more than nothing and at most everything"
        )
        return BAD
    return part


def fraction(value: Any) -> Fraction | None:
    """Return an exact part from a number or a text like "20%" or "1/3", None for anything else."""
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Fraction(value)
    if not isinstance(value, str) or not set(value) <= _SIGNS or len(value) > 20:
        return None  # an exponent above all: 1e999999999 would be computed
    try:
        return Fraction(value[:-1]) / 100 if value.endswith("%") and "/" not in value else Fraction(value)
    except (ValueError, ZeroDivisionError):
        return None


_SIGNS = frozenset("0123456789./%")
SHARE_WORDS = 'a part like 0.2, "20%" or "1/3"'
SHARE = shape(
    "share",
    ("a quota: at most this part of the subjects", "名额比例"),
    key(
        "most",
        as_read(SHARE_WORDS, _read_share),
        "the part of all assessed",
        "至多占参加考核者的多少",
        required=True,
    ),
    key(
        "rounding",
        choice("down", "up", "half-up"),
        "how a part of a person is rounded",
        "名额的零头如何取整",
        default='"down"',
    ),
    key(
        "ties",
        choice("out", "in"),
        "whether equals at the edge stay out or come in",
        "末位并列的都不评，还是都评上",
        default='"out"',
    ),
    key("within", WITHIN, "the group the quota is for", "在哪个范围内算名额", default='""'),
)
DIRECT = shape(
    "direct",
    ("a fact that gives the grade without scoring", "直接评定"),
    key("on", KINDS, "the kind of fact", "事实类别", required=True),
    key("where", WHERE, "which facts of that kind", "限定属性"),
)
BAND_KEYS = (
    key("from", SIGNED, "the least total, included", "起始分（含）"),
    key("above", SIGNED, "the total it lies above", "起始分（不含）"),
    key("needs", CONDITIONS, "what else must hold", "其他条件"),
    key("share", table(SHARE), "a quota", "名额比例"),
    key("direct", one_or_many(table(DIRECT)), "facts that give it without scoring", "直接评定"),
    key("source", TEXT, "where it was published", "来源"),
    key("note", TEXT, "a remark for readers", "备注"),
)
GRADE = shape(
    "grade",
    ("a grade (等次), highest first", "等次"),
    key("id", ID, "the grade's id", "编号", required=True),
    key("title", LABEL, "the grade's name", "名称", required=True),
    *BAND_KEYS,
    key("to", SIGNED, "the printed upper end, included", "上限（含）"),
    key("below", SIGNED, "the printed upper end, not included", "上限（不含）"),
    at_most_one=(("from", "above"), ("to", "below")),
)
STAR = shape(
    "star",
    ("a star level (星级)", "星级"),
    key("level", whole(1, 100), "the number of stars", "几颗星", required=True),
    key("id", ID, "the star's id", "编号", default='"star-LEVEL"'),
    key("title", LABEL, "the star's name", "名称"),
    *BAND_KEYS,
    key("keep", CONDITIONS, "what must hold to keep it", "保级条件"),
    at_most_one=(("from", "above"),),
)
LIMITED = shape(
    "effect",
    ("the highest grade that is still possible", "最高等次"),
    key("grade_at_most", ID, "the grade", "等次", required=True),
)
LASTS_BY = shape(
    "lasts",
    ("how long a veto lasts", "持续时间"),
    *LENGTH_KEYS,
    key("by", ID, "the attribute that decides how long", "决定时长的属性"),
    key(
        "table",
        table_of(TEXT, table(LENGTH), "a table of values and lengths"),
        "the length by the attribute's value",
        "各取值的时长",
    ),
    exactly_one=(("months", "days", "by"),),
)
VETO = shape(
    "veto",
    ("a fact that undoes a score, or bars from a grade or star (一票否决)", "一票否决"),
    key("id", ID, "the veto's id", "编号", required=True),
    key("title", LABEL, "the veto's name", "名称", required=True),
    key("on", KINDS, "the kind of fact, or a list of kinds", "事实类别", required=True),
    key("where", WHERE, "which facts of that kind", "限定属性"),
    key("who", table(WHO), "the subjects it is for; absent: all", "适用对象"),
    key("of", choice("members"), "'members': facts of an organisation's members count", "成员的事实也算"),
    key(
        "effect",
        by_form(
            "'zero', 'no_grade', 'no_star', 'no_award' or { grade_at_most = \"…\" }",
            text=choice("zero", "no_grade", "no_star", "no_award"),
            table=table(LIMITED),
        ),
        "what it does",
        "后果",
        default='"zero"',
    ),
    key(
        "scope",
        TEXT,
        "what becomes zero: total, category.ID or item.ID",
        "什么归零：总分、大项或小项",
        default='"total"',
    ),
    key(
        "lasts",
        table(LASTS_BY),
        "how long it lasts; absent: to the end of the period",
        "持续多久；不写时到周期末",
    ),
    key("lifted", ID, "the attribute with the date on which it was lifted", "解除日期的属性"),
    key(
        "stands",
        choice("last-day", "any-day"),
        "whether it must stand on the last day of the period, or on any day of it, to count",
        "在周期末日有效还是周期内任一日有效即计",
        default='"last-day"',
    ),
    key("adds_up", table(LENGTH), "the longest that several together may last", "合并执行的上限"),
    key("source", TEXT, "where it was published", "来源"),
    key("note", TEXT, "a remark for readers", "备注"),
)
WITHIN_TIME = shape(
    "within",
    ("a length of time looked back", "回溯时间"),
    *LENGTH_KEYS,
    key("years", whole(1, 100), "a number of years", "年数"),
    exactly_one=(("months", "days", "years"),),
)
CONSEQUENCE = shape(
    "consequence",
    ("what follows from a result (结果运用)", "结果运用"),
    key("id", ID, "the consequence's id", "编号", required=True),
    key("title", LABEL, "the consequence's name", "名称", required=True),
    key("when", CONDITIONS, "the conditions that must all hold", "条件", required=True),
    key("consecutive", whole(1, 100), "in how many periods in a row", "连续几期", default="1"),
    key("times", whole(1, 100), "in how many periods", "累计几期", default="1"),
    key("within", table(WITHIN_TIME), "how far to look back", "往回看多久"),
    key(
        "ladder",
        TEXT,
        "the ladder of which only the last step is drawn",
        "所属阶梯；同一阶梯只取适用的最后一级",
    ),
    key("source", TEXT, "where it was published", "来源"),
    key("note", TEXT, "a remark for readers", "备注"),
)
AWARD = shape(
    "award",
    ("a title for the first of a ranking", "评优"),
    key("id", ID, "the award's id", "编号", required=True),
    key("title", LABEL, "the award's name", "名称", required=True),
    key("top", whole(1, 10000), "how many get it", "给前几名", required=True),
    key("within", WITHIN, "the group that is ranked by itself", "分组", default='""'),
    key("needs", CONDITIONS, "what else must hold", "其他条件"),
    key("ties", choice("in", "out"), "whether equals at the edge come in", "末位并列是否入选", required=True),
    key("source", TEXT, "where it was published", "来源"),
    key("note", TEXT, "a remark for readers", "备注"),
)
