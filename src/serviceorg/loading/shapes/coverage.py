"""The keys of coverage files: [coverage], [[cover]], [[quota]], [[share]] and [[reach]]."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..report import Path, Report
from .coverage_cases import COVERAGE_CASE
from .flow_values import SHARE, TRUE
from .head import DIRECTION, FACT
from .results import fraction
from .select import WHERE
from .shape import BAD, Key, key, shape, wrong
from .values import (
    DATE,
    FILLED,
    FLAG,
    ID,
    LABEL,
    RULE_SET_ID,
    TEXT,
    as_read,
    choice,
    many,
    number,
    one_or_many,
    table,
    table_of,
    whole,
)

#: The nouns of a file, each with what the head calls their number.
NOUNS = {"cover": "covers", "quota": "quotas", "share": "shares", "reach": "reaches"}
_NOUNS_ZH = {"cover": "覆盖项", "quota": "名额项", "share": "比例项", "reach": "服务圈项"}
MEASURES = ("holders", "units", "items", "values", "facts", "amount", "size")
BOUND_NAMES = ("exactly", "at_least", "at_most", "above", "below", "about")
_MOST = Decimal(10**9)
COUNT = number("a number from 0 to 1000000000", least=Decimal(0), most=_MOST)
TRAITS = table_of(ID, one_or_many(FILLED), 'a table of traits, like { care = "poor" }')
KINDS = one_or_many(ID)
_ROWS = key("rows", many(whole(1, 100000)), "rows of a source table it covers", "对应的原表行号")
_ILLUSTRATIVE = key(
    "illustrative", FLAG, "true: the numbers are examples", "true：数值仅为示例", default="false"
)
_NOTE = key("note", TEXT, "a remark for readers", "备注")

COVERAGE_COUNTS = shape(
    "coverage counts",
    ("how many checks the file promises to have", "各类检查应有的数目，与实际不符的不予受理"),
    *(
        key(name, whole(0, 2000), f"the number of {name}", f"{_NOUNS_ZH[noun]}的数目")
        for noun, name in NOUNS.items()
    ),
)
COVERAGE = shape(
    "coverage",
    ("the head of a file of coverage checks (覆盖检查表)", "覆盖检查表的总则"),
    key("id", RULE_SET_ID, "the book's id, like place/name", "编号，如 地名/名称", required=True),
    key("title", LABEL, "the book's name", "名称", required=True),
    key("source", FILLED, "where it was published", "在哪里可以查到", required=True),
    _ILLUSTRATIVE,
    _ROWS,
    key("counts", table(COVERAGE_COUNTS), "how many checks it promises to have", "各类检查应有的数目"),
    _NOTE,
)

HOLDERS = shape(
    "holders",
    ("people who hold a role at the unit", "在该单位任职的人员"),
    key("role", ID, "the role", "角色", required=True),
    key("affiliation", TEXT, "by which affiliation; absent: any", "以何种隶属方式；不写时不限"),
    key("where", TRAITS, "the traits they must have", "人员须具备的属性"),
    key(
        "through",
        choice("unit", "above", "below"),
        "'above': those at every unit over it in the tree too; 'below': at units under it",
        "above：连同树中各上级单位的；below：连同下级单位的",
        default='"unit"',
    ),
)
UNIT_COUNT = shape(
    "units",
    (
        "units below the unit, or at and below the units of a person",
        "该单位以下、或该人员所在单位及以下的单位",
    ),
    key("kind", KINDS, "their kinds", "单位类别", required=True),
    key("where", TRAITS, "the traits they must have", "单位须具备的属性"),
    key(
        "role",
        ID,
        "people: the role by which they have units; absent: that of the check",
        "人员凭何角色与单位相连；不写时为本项角色",
    ),
    key("affiliation", TEXT, "people: by which affiliation; absent: any", "以何种隶属方式；不写时不限"),
    key("add", choice("size"), "'size': their sizes are added up", "size：把规模相加", default="a count"),
)
ITEMS = shape(
    "items",
    ("things that must be there, as values of a trait", "必备清单，以属性值表示"),
    key("trait", ID, "the trait", "属性"),
    key("all", many(FILLED), "what must be there", "必备各项"),
    key(
        "catalogue",
        ID,
        "a catalogue of the structure, whose mandatory items must be there",
        "组织架构中的清单",
    ),
    key(
        "count",
        whole(1, 2000),
        "how many the rule names; must agree with 'all'",
        "办法所列的项数，须与 all 一致",
    ),
    exactly_one=(("all", "catalogue"),),
)
VALUES = shape(
    "values",
    ("values of a trait", "属性的值"),
    key("trait", ID, "the trait", "属性", required=True),
    key("one_of", many(FILLED), "only these values count", "只计这些值"),
    key("unlike", TRUE, "true: nobody else in the check may have the same", "true：各不相同"),
)
TOLD = shape(
    "facts",
    ("facts about the unit or person", "关于该对象的事实"),
    key("kind", KINDS, "the kinds of fact", "事实类别", required=True),
    key("where", WHERE, "the attribute values they must have", "须具备的属性值"),
    key(
        "about",
        ID,
        "the attribute that names whom they are about; absent: their subject",
        "由哪个属性写明对象",
    ),
    key(
        "within",
        choice("day", "month", "quarter", "half", "year", "ever"),
        "the span around the day of the check, up to that day",
        "检查日所在的时段，至检查日为止",
        default='"ever"',
    ),
    key("days", whole(1, 36600), "or so many days, the day of the check as the last", "或截至检查日的天数"),
    key(
        "add",
        ID,
        "'amount' or an attribute: its numbers are added up",
        "把数量或某属性的数相加",
        default="a count",
    ),
    key("per", ID, "the sum is divided by the sum of this attribute", "再除以某属性之和"),
    key("distinct", ID, "an attribute of which each value counts once", "该属性的每个值只计一次"),
    at_most_one=(("within", "days"), ("add", "distinct")),
)
AMOUNT = shape(
    "amount",
    ("an amount the host hands in by unit", "由系统提供的各单位金额"),
    key("of", ID, "the name of the amounts", "金额名称", required=True),
    key(
        "per",
        ID,
        "divided by these amounts; who has none of them leaves the check",
        "除以此项金额；此项为零的免查",
    ),
)


def _read_tolerance(value: Any, path: Path, report: Report) -> Any:
    """Return a number, or a part of what is wanted, as (is a part, Fraction)."""
    if isinstance(value, str):
        part = fraction(value)
        if part is None or not 0 <= part <= 1:
            return wrong(value, path, report, TOLERANCE.words)
        return (True, part)
    read = COUNT.read(value, path, report)
    return BAD if read is BAD else (False, Fraction(read))


TOLERANCE = as_read('a number, or a part like "20%"', _read_tolerance)
_BOUNDS = (
    key("exactly", COUNT, "exactly so many", "恰好"),
    key("at_least", COUNT, "the least, included", "不少于（含）"),
    key("at_most", COUNT, "the most, included", "不多于（含）"),
    key("above", COUNT, "more than", "超过（不含）"),
    key("below", COUNT, "less than", "少于（不含）"),
    key(
        "about", COUNT, "about so many: told with the deviation, never a fault", "左右：只提示偏差，不算缺口"
    ),
    key("tolerance", TOLERANCE, "how far off 'about' is not worth telling", "偏差多少以内不提示"),
)
SHARE_BOUND = shape(
    "wanted",
    ("what part of all must be met", "达标比例要求"),
    key("at_least", SHARE, "the least, included", "不低于（含）"),
    key("at_most", SHARE, "the most, included", "不高于（含）"),
    key("above", SHARE, "more than", "超过（不含）"),
    key("below", SHARE, "less than", "低于（不含）"),
    key(
        "compare",
        choice("exact", "shown"),
        "whether the exact share is compared or the one that is shown",
        "按准确值还是显示值比较",
        default='"exact"',
    ),
)
DISPLAY = shape(
    "display",
    ("how a share in percent, or the mean of a quota, is shown", "比例（百分数）或均值的显示"),
    key("places", whole(0, 6), "decimals", "小数位数"),
    key("direction", DIRECTION, "the way it rounds", "取整方向"),
)
_VERSION = (
    key("since", DATE, "the first day this version holds", "本版本起始日"),
    key("until", DATE, "the last day this version holds", "本版本截止日"),
    key("soft", FLAG, "true: told, never a fault", "true：只提示，不算缺口", default="false"),
)


def _head(noun: str) -> tuple[Key, ...]:
    zh = _NOUNS_ZH[noun]
    return (
        key("id", ID, f"the id of the {noun}; versions share it", f"{zh}编号；各版本相同", required=True),
        key("title", LABEL, f"the name of the {noun}; absent: the id is shown", f"{zh}名称；不写时显示编号"),
        _ROWS,
        key("source", TEXT, "where it was published", "来源"),
        _ILLUSTRATIVE,
        _NOTE,
        *_VERSION,
    )


_WHOM = (
    key("each", KINDS, 'whom: kinds of unit, or "person"', '检查对象：单位类别，或 "person"', required=True),
    key("tree", ID, "the tree in which units lie above and below", "上下级所依的树"),
    key("under", FILLED, "the unit they lie under, itself included", "在哪个单位之下（含其本身）"),
    key("where", TRAITS, "the traits they must have", "须具备的属性"),
    key(
        "exempt",
        TRAITS,
        "one of these traits takes them out of both numbers",
        "具备其一即免查，不计入分子分母",
    ),
    key("role", ID, "people: the role they hold", "人员所任角色"),
    key(
        "at",
        KINDS,
        "people: the kinds of unit where they hold it; absent: any",
        "在何类单位任此角色；不写时不限",
    ),
    key("affiliation", TEXT, "people: by which affiliation; absent: any", "以何种隶属方式；不写时不限"),
)
_MEASURE = (
    key("holders", table(HOLDERS), "counts people who hold a role there", "计任职人数"),
    key("units", table(UNIT_COUNT), "counts units", "计单位数"),
    key("items", table(ITEMS), "counts what is there of a list", "计清单中具备的项数"),
    key("values", table(VALUES), "counts values of a trait", "计属性值"),
    key("facts", table(TOLD), "counts facts, or adds up their numbers", "计事实条数，或将其数量相加"),
    key("amount", table(AMOUNT), "an amount the host hands in", "系统提供的金额"),
    key("size", TRUE, "true: the unit's own size", "true：单位自身的规模"),
)
_DISPLAY = key("display", table(DISPLAY), "how the share or mean is shown", "比例或均值的显示")


def _check(noun: str, meaning: tuple[str, str], *keys: Key) -> Any:
    return shape(
        noun, meaning, *_head(noun), *_WHOM, *_MEASURE, *_BOUNDS, *keys, _DISPLAY, exactly_one=(MEASURES,)
    )


COVER = _check("cover", ("what everybody must have", "覆盖检查"))
QUOTA = _check(
    "quota",
    ("how many there are for each", "名额检查"),
    key(
        "of",
        choice("each", "mean"),
        "whether each must keep the bounds, or their mean",
        "逐个还是按均值",
        default='"each"',
    ),
    key("priority", TRAITS, "one of these traits makes a unit come first", "具备其一的单位优先"),
)
SHARE_CHECK = _check(
    "share",
    ("what part of all meets something", "比例检查"),
    key("wanted", table(SHARE_BOUND), "what part must be met", "达标比例要求", required=True),
)
_SPEED = number("a number above 0, at most 1000", above=Decimal(0), most=Decimal(1000))
REACH = shape(
    "reach",
    ("who lives within some minutes' walk", "服务圈检查"),
    *_head("reach"),
    key("points", KINDS, "the kinds of service point", "服务点的单位类别", required=True),
    key("points_where", TRAITS, "the traits points must have", "服务点须具备的属性"),
    key(
        "homes",
        KINDS,
        "the kinds of unit people live in; their size is the number of residents",
        "住宅的单位类别，规模即居民数",
        required=True,
    ),
    key("where", TRAITS, "the traits homes must have", "住宅须具备的属性"),
    key("exempt", TRAITS, "one of these traits takes a home out of both numbers", "具备其一即免查"),
    key("minutes", _SPEED, "within how many minutes, included", "多少分钟以内（含）", required=True),
    key("metres_per_minute", _SPEED, "how fast people walk", "步行速度（米/分钟）", required=True),
    key(
        "detour",
        number("a number from 1 to 10", least=Decimal(1), most=Decimal(10)),
        "how much longer the way is than the straight line",
        "路程与直线距离之比",
        default="1",
    ),
    key("wanted", table(SHARE_BOUND), "what part must be reached; absent: all", "覆盖比例要求；不写时为全部"),
    key(
        "share_of",
        choice("residents", "buildings"),
        "what the share is of",
        "按居民还是按住宅计",
        default='"residents"',
    ),
    _DISPLAY,
)
SHAPES = {"cover": COVER, "quota": QUOTA, "share": SHARE_CHECK, "reach": REACH}
COVERAGE_FILE = shape(
    "coverage file",
    ("a file of quotas and coverage checks", "覆盖检查文件"),
    key("coverage", table(COVERAGE), "the head", "总则", required=True),
    *(key(noun, many(table(one)), one.meaning.en, one.meaning.zh) for noun, one in SHAPES.items()),
    key("fact", table_of(ID, table(FACT), "tables like [fact.shift]"), "the kinds of fact", "事实类别"),
    key("case", many(table(COVERAGE_CASE)), "golden cases", "算例"),
)
