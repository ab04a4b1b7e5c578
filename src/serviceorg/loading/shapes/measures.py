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
        "分子：写有数的属性，或哪些事实（写了 heads 而不写此键时，为所读的任何事实）",
    ),
    key(
        "whole",
        by_form("an attribute, or a table of attributes", text=ID, table=WHERE),
        "what is below the line; absent: all facts read",
        "分母；不写时为所读的全部事实",
    ),
    key("unless", WHERE, "facts left out of both", "分子分母都不计的事实"),
    key("heads", FLAG, "true: counts members instead of facts", "true：数成员，不数事实", default="false"),
    key(
        "least",
        whole(1, 1000),
        "how many facts a member needs, with heads",
        "写了 heads 时，每人至少几条",
        default="1",
    ),
    key("over", OVER, "the span one rate covers", "一个比率涵盖的时段", default='"period"'),
)
TRIM = shape(
    "trim",
    ("which extreme marks are dropped", "去掉最高最低分"),
    key(
        "over", whole(0, 10000), "only with more valid marks than this", "有效评分多于此数时才去", default="0"
    ),
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
    ("how many marks of one ballot lie above or below a mark", "一张票上高于或低于某分的评分个数"),
    key("at_least", AMOUNT, "counts marks from this on", "数不低于此分的评分"),
    key("below", AMOUNT, "counts marks below this", "数低于此分的评分"),
    key("most", whole(0, 10000), "how many there may be", "最多可以有几个"),
    key("least", whole(0, 10000), "how many there must be", "至少要有几个"),
    exactly_one=(("at_least", "below"),),
)
VALID = shape(
    "valid",
    ("when a ballot is valid", "有效票"),
    key("ballot", ID, "the attribute that names the ballot", "票号属性", default='"ballot"'),
    key("limits", many(table(LIMIT)), "limits on its marks", "评分限额"),
    key(
        "not_all_equal",
        FLAG,
        "true: equal marks for all make it void",
        "true：全部同分的票无效",
        default="false",
    ),
    key(
        "not_self",
        ID,
        "the attribute naming the voter: a mark for oneself is void",
        "写明评分人的属性：评自己的分无效",
    ),
)
QUORUM = shape(
    "quorum",
    ("how many valid ballots are needed", "需要多少有效票"),
    key("least", whole(1, 100000), "the number of valid ballots", "至少几张有效票", default="1"),
    key("group", TEXT, "the group that must have its share", "哪个主体须达到比例"),
    key(
        "share",
        number("a number from 0 to 1", least=Decimal(0), most=Decimal(1)),
        "the share of that group",
        "该主体至少占多少",
        default="0",
    ),
)
PLACES = ("aspect", "group", "panel", "end")
_PLACES_ZH = {"aspect": "各指标平均后", "group": "各主体平均后", "panel": "评委组平均后", "end": "最后结果"}
DECIMALS = shape(
    "decimals",
    ("where and to how many decimals means are rounded", "平均分在哪一步取整、保留几位"),
    *(
        key(
            name,
            whole(0, 6),
            f"decimals after the mean of each {name}" if name != "end" else "decimals of the result",
            f"{_PLACES_ZH[name]}保留几位小数",
        )
        for name in PLACES
    ),
)
BALLOTS = shape(
    "ballots",
    ("the mean mark of valid ballots", "民主测评"),
    key("out_of", POSITIVE, "the full mark of a ballot", "票面满分", default="100"),
    key(
        "value",
        ID,
        "the attribute that holds the mark, or amount",
        "amount 或写有评分的属性",
        default='"amount"',
    ),
    key(
        "marks",
        table_of(TEXT, AMOUNT, "a table of words and marks"),
        "the mark of each word",
        "各评价用词折合多少分",
    ),
    key("by", ID, "the attribute that names the group of the rater", "写明评价主体的属性"),
    key("groups", many(table(GROUP)), "the groups and their weights", "各主体及其权重"),
    key("aspect", ID, "the attribute that names the aspect", "写明指标的属性"),
    key("aspects", many(table(GROUP)), "the aspects and their weights", "各指标及其权重"),
    key("trim", table(TRIM), "which extreme marks are dropped", "去掉最高最低分"),
    key("least", whole(1, 10000), "how many valid marks are needed", "至少几个有效分", default="1"),
    key("valid", table(VALID), "when a ballot is valid", "什么样的票有效"),
    key("quorum", table(QUORUM), "how many valid ballots are needed", "需要多少有效票"),
    key("panel", ID, "the attribute that names the panel", "写明评委组的属性"),
    key(
        "decimals",
        table(DECIMALS),
        "where means are rounded; absent: nowhere",
        "平均分在哪里取整；不写时不取整",
    ),
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
    key(
        "id",
        ID,
        "the part's id: its flag in the fact, or its value with check_by",
        "该项编号：事实中的是非属性，或 check_by 的取值",
        required=True,
    ),
    key("title", LABEL, "the part's name", "名称"),
    key("points", POINTS, "what the part pays", "该项得多少分"),
    key(
        "must",
        FLAG,
        "true: without it the list pays nothing",
        "true：缺此项则整张清单不得分",
        default="false",
    ),
)
RANK = shape(
    "rank",
    ("the place among the others", "排名"),
    key(
        "by",
        TEXT,
        "what is ranked: total, category.ID, item.ID or amount",
        "按什么排名：total、category.编号、item.编号或 amount",
        default='"total"',
    ),
    key("within", WITHIN, "the group that is ranked by itself", "单独排名的分组；空为不分组", default='""'),
    key(
        "ties",
        choice("min", "dense", "max", "mean"),
        "the place of equals",
        "并列时的名次",
        default='"min"',
    ),
    key(
        "order",
        choice("high", "low"),
        "whether the highest or the lowest is first",
        "高者在前，还是低者在前",
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
