"""The keys of ways of measuring: rate, ballots, checks, rank."""

from decimal import Decimal
from typing import Any

from ...basics import FrozenMap
from ..report import Path, Report
from .head import DIRECTION, WITHIN
from .select import SPAN_NAMES, VALUE, WHERE
from .shape import key, shape
from .values import (
    AMOUNT,
    FLAG,
    ID,
    LABEL,
    POINTS,
    POSITIVE,
    TEXT,
    as_read,
    by_form,
    choice,
    many,
    number,
    table,
    table_of,
    whole,
)

OVER = choice(*SPAN_NAMES, "period")
RATE = shape(
    "rate",
    ("a part divided by a whole", "比率"),
    key(
        "part",
        by_form("an attribute, or a table of attributes", text=ID, table=WHERE),
        "what is above the line: a number, or which facts (with heads, absent: any fact read)",
        "分子",
    ),
    key(
        "whole",
        by_form("an attribute, or a table of attributes", text=ID, table=WHERE),
        "what is below the line; absent: all facts read",
        "分母",
    ),
    key("unless", WHERE, "facts left out of both", "两边都排除的事实"),
    key("heads", FLAG, "true: counts members instead of facts", "按人头计", default="false"),
    key("least", whole(1, 1000), "how many facts a member needs, with heads", "每人至少几条", default="1"),
    key("over", OVER, "the span one rate covers", "计算时段", default='"period"'),
)
TRIM = shape(
    "trim",
    ("which extreme marks are dropped", "去掉最高最低分"),
    key("over", whole(0, 10000), "only with more valid marks than this", "有效分数超过此数时", default="0"),
    key("high", whole(0, 100), "how many of the highest are dropped", "去掉几个最高分", default="1"),
    key("low", whole(0, 100), "how many of the lowest are dropped", "去掉几个最低分", default="1"),
)
GROUP = shape(
    "group",
    ("a group of raters, or an aspect, with its weight", "测评主体或指标"),
    key("id", TEXT, "the value that marks it in a fact", "事实中的取值", required=True),
    key("weight", AMOUNT, "its weight", "权重", default="1"),
    key("trim", table(TRIM), "which extreme marks are dropped in it", "去掉最高最低分"),
    key("least", whole(1, 10000), "how many valid marks it needs", "至少几个有效分", default="1"),
    key("title", LABEL, "its name", "名称"),
)
LIMIT = shape(
    "limit",
    ("how many marks of one ballot lie above or below a mark", "评分限额"),
    key("at_least", AMOUNT, "counts marks from this on", "计不低于此分的个数"),
    key("below", AMOUNT, "counts marks below this", "计低于此分的个数"),
    key("most", whole(0, 10000), "how many there may be", "最多几个"),
    key("least", whole(0, 10000), "how many there must be", "最少几个"),
    exactly_one=(("at_least", "below"),),
)
VALID = shape(
    "valid",
    ("when a ballot is valid", "有效票"),
    key("ballot", ID, "the attribute that names the ballot", "票号属性", default='"ballot"'),
    key("limits", many(table(LIMIT)), "limits on its marks", "评分限额"),
    key("not_all_equal", FLAG, "true: equal marks for all make it void", "全部同分无效", default="false"),
    key(
        "not_self",
        ID,
        "the attribute naming the voter: a mark for oneself is void",
        "评自己无效（评分人属性）",
    ),
)
QUORUM = shape(
    "quorum",
    ("how many valid ballots are needed", "有效票数要求"),
    key("least", whole(1, 100000), "the number of valid ballots", "最少票数", default="1"),
    key("group", TEXT, "the group that must have its share", "须达比例的主体"),
    key(
        "share",
        number("a number from 0 to 1", least=Decimal(0), most=Decimal(1)),
        "the share of that group",
        "该主体的比例",
        default="0",
    ),
)
PLACES = ("aspect", "group", "panel", "end")
DECIMALS = shape(
    "decimals",
    ("where and to how many decimals means are rounded", "取整位置与位数"),
    *(
        key(
            name,
            whole(0, 6),
            f"decimals after the mean of each {name}" if name != "end" else "decimals of the result",
            "小数位数",
        )
        for name in PLACES
    ),
)
BALLOTS = shape(
    "ballots",
    ("the mean mark of valid ballots", "民主测评"),
    key("out_of", POSITIVE, "the full mark of a ballot", "满分", default="100"),
    key("value", ID, "the attribute that holds the mark, or amount", "分数所在属性", default='"amount"'),
    key("marks", table_of(TEXT, AMOUNT, "a table of words and marks"), "the mark of each word", "等次折分"),
    key("by", ID, "the attribute that names the group of the rater", "主体属性"),
    key("groups", many(table(GROUP)), "the groups and their weights", "测评主体及权重"),
    key("aspect", ID, "the attribute that names the aspect", "指标属性"),
    key("aspects", many(table(GROUP)), "the aspects and their weights", "测评指标及权重"),
    key("trim", table(TRIM), "which extreme marks are dropped", "去掉最高最低分"),
    key("least", whole(1, 10000), "how many valid marks are needed", "至少几个有效分", default="1"),
    key("valid", table(VALID), "when a ballot is valid", "有效票规则"),
    key("quorum", table(QUORUM), "how many valid ballots are needed", "有效票数要求"),
    key("panel", ID, "the attribute that names the panel", "评委组属性"),
    key("decimals", table(DECIMALS), "where means are rounded; absent: nowhere", "取整位置"),
    key("direction", DIRECTION, "the way they are rounded", "取整方向", default='"half-up"'),
    key(
        "missing",
        choice("reweigh", "zero", "pending"),
        "what a group without enough ballots means",
        "某主体缺票时如何计",
        required=True,
    ),
)
CHECK = shape(
    "check",
    ("one part of a checklist", "清单中的一项"),
    key("id", ID, "the part's id: its flag in the fact, or its value with check_by", "编号", required=True),
    key("title", LABEL, "the part's name", "名称"),
    key("points", POINTS, "what the part pays", "分值"),
    key("must", FLAG, "true: without it the list pays nothing", "缺此项则全无", default="false"),
)
RANK = shape(
    "rank",
    ("the place among the others", "排名"),
    key("by", TEXT, "what is ranked: total, category.ID, item.ID or amount", "按什么排名", default='"total"'),
    key("within", WITHIN, "the group that is ranked by itself", "分组排名", default='""'),
    key(
        "ties",
        choice("min", "dense", "max", "mean"),
        "the place of equals",
        "并列名次的取法",
        default='"min"',
    ),
    key(
        "order",
        choice("high", "low"),
        "whether the highest or the lowest is first",
        "高者在前或低者在前",
        default='"high"',
    ),
    key("least", whole(1, 100000), "how many subjects a ranking needs", "至少几个对象才排名", default="1"),
)
TALLIES = ("count", "days", "present", "absent", "sum", "mean", "first", "last", "best", "worst", "distinct")


def _read_plain(value: Any, path: Path, report: Report) -> Any:
    if isinstance(value, dict):
        return FrozenMap({name: _read_plain(inner, (*path, name), report) for name, inner in value.items()})
    if isinstance(value, list):
        return tuple(_read_plain(inner, (*path, number), report) for number, inner in enumerate(value))
    return VALUE.read(value, path, report)


#: What a plug-in's measure is told is its own affair; here it only becomes exact and frozen.
OPTION = as_read("a text, a number, a flag, a date, or lists and tables of these", _read_plain)
