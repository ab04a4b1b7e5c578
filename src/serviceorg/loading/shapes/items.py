"""The keys of [[item]] and [[item.clause]]: what is paid, how often and how much at most."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..report import Path, Report
from .head import FLOOR, ROUND, WITHIN
from .measures import BALLOTS, CHECK, OPTION, OVER, RANK, RATE
from .select import FACTOR, SELECT_KEYS, SPAN_NAMES, WINDOW_KEYS
from .shape import BAD, key, shape, wrong
from .values import (
    AMOUNT,
    FLAG,
    ID,
    LABEL,
    MOST_POINTS,
    POINTS,
    POSITIVE,
    TEXT,
    as_read,
    by_form,
    choice,
    many,
    table,
    table_of,
    whole,
)

_PERCENT = 'a number, or a share in quotation marks like "20%"'


def _read_percent(value: Any, path: Path, report: Report) -> Any:
    """Return ("share", Decimal) for a text like "20%"."""
    digits = value.removesuffix("%")
    if (
        not value.endswith("%")
        or not digits.replace(".", "", 1).isdecimal()
        or not digits.isascii()
        or len(digits) > 8
    ):
        return wrong(value, path, report, _PERCENT)
    share = Decimal(digits) / 100
    if not 0 < share <= 1:
        report.add("share", path, f"{value!r} is out of range; allowed is more than 0%, at most 100%")
        return BAD
    return "share", share


PERCENT = as_read(_PERCENT, _read_percent)
_EDGE = 'a number from 0 to 1000000, or a fraction in quotation marks like "1/3"'
_FRACTION = re.compile(r"([0-9]{1,9})/([0-9]{1,9})")


def _read_fraction(value: Any, path: Path, report: Report) -> Any:
    """Return a text like "1/3" as a Fraction."""
    parts = _FRACTION.fullmatch(value)
    if parts is None or int(parts[2]) == 0:
        return wrong(value, path, report, _EDGE)
    edge = Fraction(int(parts[1]), int(parts[2]))
    if edge > MOST_POINTS:
        report.add("out-of-range", path, f"{value} is out of range; allowed is {_EDGE}")
        return BAD
    return edge


EDGE = by_form(_EDGE, number=AMOUNT, text=as_read(_EDGE, _read_fraction))
STEP = shape(
    "step",
    ("a rung", "一档"),
    key(
        "from",
        EDGE,
        'the least value of the rung, included; a third of the votes is "1/3", exactly',
        '起点（含）；票数的三分之一写作 "1/3"，精确比较',
    ),
    key(
        "above",
        EDGE,
        'the value it lies above, not included; "1/3" as well',
        '起点（不含）；亦可写作 "1/3"',
    ),
    key(
        "to",
        by_form(_PERCENT, number=POSITIVE, text=PERCENT),
        "the last place of the rung, or the share of those ranked",
        "到第几名为止，或排名者的前百分之几",
    ),
    key("points", POINTS, "what the rung pays", "达到这一档得多少分", required=True),
    exactly_one=(("from", "above", "to"),),
)
SLICE = shape(
    "slice",
    ("a slice that pays at a rate of its own", "按自己的单价计分的一段"),
    key("from", AMOUNT, "where the slice begins", "这一段从多少开始", required=True),
    key("points", POINTS, "what each unit in it pays", "段内每单位得多少分", required=True),
)
LINEAR = shape(
    "linear",
    ("full mark at a target, so much less below it", "达到目标得满分，不足的按差距扣减"),
    key(
        "target",
        EDGE,
        'the value that earns the full mark; two thirds are "2/3", exactly',
        '目标值；三分之二写作 "2/3"，精确比较',
        required=True,
    ),
    key("full", POINTS, "the full mark", "满分", required=True),
    key("lose", POINTS, "what is lost for each step below", "每差一档扣多少分", required=True),
    key(
        "per",
        POSITIVE,
        "the size of a step, like 0.01 for a percentage point",
        "一档多大，如 0.01 为一个百分点",
        required=True,
    ),
    key(
        "whole",
        FLAG,
        "true: only full steps lose points",
        "true：不足一档不扣；false：按比例扣",
        required=True,
    ),
)
PLACE = shape(
    "place",
    ("full mark for the first place, less for each after it", "第一名得满分，其后逐名递减"),
    key("full", POINTS, "the full mark", "满分", required=True),
    key("lose", POINTS, "what each further place loses", "每差一名少得多少分", required=True),
)
RELATIVE = shape(
    "relative",
    ("full mark for the best, the others in proportion", "最优者得满分，其余按比例"),
    key("full", POINTS, "the full mark", "满分", required=True),
    key("within", WITHIN, "the group the best is sought in", "在哪个范围内找最优者", default='""'),
)
PER_MOST = shape(
    "most",
    ("how much quantity counts", "最多计多少数量"),
    key("event", POSITIVE, "the most one fact counts for", "一条事实最多计多少"),
    key("day", POSITIVE, "the most one day counts for", "一天合计最多计多少"),
)
PER = shape(
    "per",
    ("the quantity that is paid for", "按多少数量计分"),
    key(
        "field",
        ID,
        "amount, or the attribute that holds the quantity",
        "amount 或写有数量的属性",
        default='"amount"',
    ),
    key("unit", POSITIVE, "how much one unit is", "多少数量为一单位", default="1"),
    key("step", POSITIVE, "the quantity is taken in whole steps of this", "数量先取整到此数的整倍数"),
    key(
        "round",
        choice("up", "down", "nearest"),
        "which way to a whole step",
        "步长取整的方向",
        default='"down"',
    ),
    key("most", table(PER_MOST), "how much quantity counts", "最多计多少数量"),
)
_SPANS = (*SPAN_NAMES, "period")


def _limits(type_: Any, words: str, *spans: str) -> Any:
    names = choice(*spans)
    return by_form(words, number=type_, table=table_of(names, type_, words))


CAP = _limits(POINTS, "a number of points, or a table like { month = 5, year = 40 }", "event", *_SPANS)
TIMES = _limits(whole(1, 100000), "a whole number, or a table like { day = 1, month = 4 }", *_SPANS)
POINTS_BY = table_of(
    ID,
    table_of(TEXT, POINTS, "a table of values and points"),
    "a table like { level = { city = 2, province = 4 } }",
)
MEASURE = by_form("a word like 'count', or a plug-in's measure like 'plugin.name'", text=TEXT)
MISSING = choice("zero", "pending", "full", "reweigh")
TAKE = choice("best", "worst", "first", "last")

PAY_KEYS = (
    key("points", POINTS, "what each fact, unit or the full mark pays", "每条、每单位或满分加多少分"),
    key("deduct", POINTS, "what each fact, unit or the full mark takes off", "每条、每单位或满分扣多少分"),
    key(
        "points_by",
        POINTS_BY,
        "what is paid by the value of an attribute, every value that can occur named (flags: true, false)",
        "按属性的取值加分；须列出可能出现的全部取值，是非值写 true、false",
    ),
    key(
        "deduct_by",
        POINTS_BY,
        "what is taken off by the value of an attribute; every value that can occur is named",
        "按属性的取值扣分；须列出可能出现的全部取值",
    ),
    key("step", many(table(STEP)), "rungs: the highest one reached pays", "分档：按达到的最高一档计分"),
    key("marginal", many(table(SLICE)), "slices: each pays at its own rate", "分段：各段按各自的单价计分"),
    key(
        "linear", table(LINEAR), "full mark at a target, so much less below it", "达到目标得满分，按差距扣减"
    ),
    key(
        "place", table(PLACE), "full mark for the first place, less for each after it", "第一名满分，逐名递减"
    ),
    key(
        "relative", table(RELATIVE), "full mark for the best, the others in proportion", "最优者满分，按比例"
    ),
)
PAYS = tuple(pay.name for pay in PAY_KEYS)
MEASURE_KEYS = (
    key("measure", MEASURE, "what is counted or added up; absent: each fact pays for itself", "计量什么"),
    key("field", ID, "the attribute that is measured", "计量的属性", default='"amount"'),
    key("over", OVER, "the span each measurement covers", "每次计量涵盖的时段", default='"period"'),
    key(
        "options",
        table_of(ID, OPTION, "a table of options"),
        "options of a plug-in's measure",
        "插件计量的参数",
    ),
    key("rate", table(RATE), "a part divided by a whole", "比率：部分除以整体"),
    key("ballots", table(BALLOTS), "the mean mark of valid ballots", "民主测评：有效票的平均分"),
    key("checks", many(table(CHECK)), "the parts of a checklist", "清单的各项"),
    key(
        "check_by",
        ID,
        "the attribute that names the part, if each part is a fact",
        "每项一条事实时，写明是哪一项的属性",
    ),
    key(
        "all_or_nothing",
        FLAG,
        "true: the list pays only when nothing is missing",
        "true：一项不缺才计分",
        default="false",
    ),
    key("rank", table(RANK), "the place among the others", "在众人中的名次"),
)
MEASURES = ("measure", "rate", "ballots", "checks", "rank")
LIMIT_KEYS = (
    key("deducts", FLAG, "true: what it comes to is taken off", "true：所得的分作扣分", default="false"),
    key(
        "per",
        by_form("an attribute, or a table", text=ID, table=table(PER)),
        "the quantity that is paid for",
        "按多少数量计分",
    ),
    key("factor", many(table(FACTOR)), "factors on what a fact pays", "一条事实分值的系数"),
    key(
        "stack",
        choice("product", "highest"),
        "how several factors go together",
        "几个系数：相乘，或只取最大",
        default='"product"',
    ),
    key(
        "times",
        TIMES,
        "how often it counts in a day, week, month, quarter, half, year or period; a bare number: period",
        "在 day、week、month、quarter、half、year 或 period 内最多计几次；只写数时为 period",
    ),
    key(
        "take",
        TAKE,
        "one of many: only the best, worst, first or last counts",
        "只取最好、最差、最先或最后的",
    ),
    key(
        "cap",
        CAP,
        "the most for an event (one fact), day, week, month, quarter, half, year or period; "
        "a bare number: period",
        "每 event（一条事实）、day、week、month、quarter、half、year 或 period 最多多少分；只写数时为 period",
    ),
    key(
        "per_head",
        FLAG,
        "true: the number counted or added up is divided by the number of members",
        "true：按人均计，计量所得的数除以成员数",
        default="false",
    ),
    key(
        "missing",
        MISSING,
        "what it means if there is no answer: written with a rate, ballots, checks, linear, and with mean, "
        "first, last, best or worst, also where relative or a panel compares them; "
        "not with a count, a sum or a rank",
        "缺数据时如何计：比率、评票、清单、linear 以及 mean、first、last、best、worst 须写明，"
        "与最优者比、按评委组折算时同样须写；计数、求和与排名不写",
    ),
)
CLAUSE_ONLY = (*SELECT_KEYS, *WINDOW_KEYS, *MEASURE_KEYS, *PAY_KEYS, *LIMIT_KEYS)
CLAUSE = shape(
    "clause",
    ("one way in which facts pay into an item (款)", "款：事实计入小项的一种方式"),
    key("id", ID, "the clause's id", "款的编号", required=True),
    key("title", LABEL, "the clause's name", "名称"),
    key("source", TEXT, "where it was published", "来源"),
    key("note", TEXT, "a remark for readers", "备注"),
    *CLAUSE_ONLY,
)
ITEM = shape(
    "item",
    ("an item (小项): a part of the score", "小项"),
    key("id", ID, "the item's id", "编号", required=True),
    key("category", ID, "the id of the category it counts in", "所属大项的编号", required=True),
    key("title", LABEL, "the item's name", "名称", required=True),
    key("source", TEXT, "where it was published", "来源"),
    key("note", TEXT, "a remark for readers", "备注"),
    key("full", POINTS, "the points it starts from before deductions", "起始分，从中扣减"),
    key(
        "floor",
        FLOOR,
        "the least it can come to; 0 with full, else none",
        "小项最低到多少；写了 full 时为 0，否则不设",
    ),
    key("round", table(ROUND), "the rounding of the item", "小项如何取整"),
    key("clause", many(table(CLAUSE)), "its clauses, where one is not enough", "各款，一种计分方式不够时用"),
    *CLAUSE_ONLY,
)
#: Keys that stay at an item that has a list of clauses.
ITEM_LEVEL = ("id", "category", "title", "source", "note", "full", "floor", "cap", "take", "round", "clause")
