"""The keys of [matching], [[condition]], [[priority]], [[quota]], [[rank]], [[emit]], and of the file."""

from typing import Any

from ...calendars.zones import zone_of
from ...errors import UnknownIdError
from ...matching.records import SIDES
from ...matching.rules import ARRANGED, FILLINGS, OCCASIONS, RANKS, SUBJECTS
from ..report import Path, Report
from .flow_values import TRUE
from .head import FACT
from .matching_cases import ATTRIBUTES, MATCH_CASE
from .shape import BAD, key, shape
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
    one_or_many,
    table,
    table_of,
    whole,
)


def _read_zone(value: Any, path: Path, report: Report) -> Any:
    text = FILLED.read(value, path, report)
    if text is not BAD:
        try:
            zone_of(text)
        except UnknownIdError as error:
            report.unknown("unknown-word", path, what="time zone", found=text, known=error.known)
            return BAD
    return text


ZONE = as_read("a time zone like 'Asia/Shanghai'", _read_zone)
_SOURCE = key("source", TEXT, "where it was published", "来源")
_SPAN = (
    key("since", DATE, "the first day on which it holds; absent: always", "施行首日；不写为一直"),
    key("until", DATE, "the last day on which it holds; absent: open", "施行末日；不写为不限"),
)
_ID = key("id", ID, "its id", "编号", required=True)
_TITLE = key("title", LABEL, "its name; absent: the id is shown", "名称；不写时显示编号")
_MOST_EACH = 100_000
#: Noun of a file -> what the head calls their number.
NOUNS = {
    "condition": "conditions",
    "priority": "priorities",
    "quota": "quotas",
    "rank": "ranks",
    "emit": "emits",
}
_COUNTED_ZH = ("条件", "优先类别", "定额", "目标", "事实")
COUNTS = shape(
    "matching counts",
    ("how many parts the rules promise to have", "各部分应有的数目，与实际不符的不予受理"),
    *(
        key(name, whole(0, 2000), f"the number of {name}", f"{noun}应有的数目")
        for name, noun in zip(NOUNS.values(), _COUNTED_ZH, strict=True)
    ),
)
MATCHING = shape(
    "matching",
    ("the head of matching rules (匹配规则)", "匹配规则的总则"),
    key("id", RULE_SET_ID, "the rules' id, like place/name", "编号，如 地名/名称", required=True),
    key("title", LABEL, "the rules' name", "名称", required=True),
    key("effective", DATE, "the first day on which they hold", "施行首日", required=True),
    key("basis", FILLED, "the decision they rest on", "依据文件", required=True),
    key("source", FILLED, "where they were published", "在哪里可以查到", required=True),
    key("illustrative", FLAG, "true: an example, not real rules", "true：仅为示例", default="false"),
    key("rows", many(whole(1, 100_000)), "rows of a source table they cover", "对应的原表行号"),
    key(
        "zone",
        ZONE,
        "the civil time in which days begin and end and hours are read",
        "各日起止与时段所依的当地时间",
        default='"Asia/Shanghai"',
    ),
    key(
        "capacity",
        choice("total", "at-once"),
        "whether capacity is used up, or free again outside the booked hours",
        "容量用完为止（total），或约定时段之外可再用（at-once）",
        default='"total"',
    ),
    key(
        "booked",
        one_or_many(choice(*SIDES)),
        "the sides of which nobody may have two bookings at one time",
        "哪一方同一时间不得有两项安排",
    ),
    key(
        "order",
        choice("first-come", "priority"),
        "whether claims are decided as they come, or those of the first days together by class",
        "认领按先后，或头几日的认领按优先类别一并确定",
        default='"first-come"',
    ),
    key("collect_days", whole(1, 366), "how many days claims are collected", "认领收集几日"),
    key(
        "agreement",
        choice("both", "claim"),
        "whether the other side must agree, or a claim binds at once",
        "须对方同意（both），或认领即生效（claim）",
        default='"both"',
    ),
    key("answer_days", whole(1, 366), "in how many days the other side must agree", "对方几日内须同意"),
    key("counts", table(COUNTS), "how many parts they promise to have", "各部分应有的数目"),
)
ONE_OF = shape(
    "one_of",
    ("an attribute of one side and the values it may have", "某一方的属性与允许的取值"),
    key("side", choice(*SIDES), "whose attribute it is", "哪一方的属性", default='"offerer"'),
    key("attribute", ID, "the attribute", "属性", required=True),
    key("values", one_or_many(FILLED), "the values allowed", "允许的取值", required=True),
)
#: What a condition may ask; exactly one of them is written.
ASKED = ("kind", "area", "overlap", "shared", "all", "different", "one_of")


CONDITION = shape(
    "condition",
    ("what must be so, or nothing is joined", "硬性条件"),
    _ID,
    _TITLE,
    key("kind", TRUE, "true: the offer is of the need's kind", "true：资源须属于需求的类别"),
    key(
        "area",
        choice("covers", "same"),
        "whether the offer's area covers the need's, or is the same",
        "资源的范围须覆盖需求所在地（covers），或与之相同（same）",
    ),
    key("overlap", whole(1, 10_080), "the least minutes of one common stretch", "共同时段至少多少分钟"),
    key("shared", ID, "the attribute in which both have a value in common", "双方须有共同取值的属性"),
    key(
        "all",
        ID,
        "the attribute of which the offer has all the need's values",
        "资源须具备需求全部取值的属性",
    ),
    key(
        "different", ID, "the attribute in which both have nothing in common", "双方须不同的属性（利益回避）"
    ),
    key(
        "one_of",
        table(ONE_OF),
        "an attribute of one side with the values allowed",
        "某一方的属性与允许的取值",
    ),
    key(
        "kinds", one_or_many(FILLED), "the kinds of need it is for; absent: all", "适用的需求类别；不写为全部"
    ),
    _SOURCE,
    *_SPAN,
    exactly_one=(ASKED,),
)
PRIORITY = shape(
    "priority",
    ("a class of needs that goes before the later ones", "优先类别，写在前的优先"),
    _ID,
    _TITLE,
    key(
        "needs", ATTRIBUTES, "the attributes of needs that make the class", "何种需求属于此类", required=True
    ),
    _SOURCE,
    *_SPAN,
)
QUOTA = shape(
    "quota",
    ("how many needs each offer of a class takes", "户数定额"),
    _ID,
    _TITLE,
    key(
        "offers",
        ATTRIBUTES,
        "the attributes of offers that make the class; absent: all",
        "适用于哪些资源；不写为全部",
    ),
    key("exactly", whole(0, _MOST_EACH), "the number, no more and no less", "正好多少"),
    key("least", whole(0, _MOST_EACH), "the least number; less is reported", "至少多少；不足的予以列出"),
    key("about", whole(0, _MOST_EACH), "the number to come near to", "左右"),
    key("most", whole(0, _MOST_EACH), "the most, never passed", "至多多少，不得超过"),
    key("first", one_or_many(ID), "the priority classes it takes first", "优先承担的类别"),
    key(
        "arrange",
        choice(*ARRANGED),
        "who arranges it",
        "由上级统一安排（central），或自行安排（self）",
        default='"central"',
    ),
    _SOURCE,
    *_SPAN,
    at_most_one=(("exactly", "least"), ("exactly", "about"), ("exactly", "most")),
)
RANK = shape(
    "rank",
    ("one of the aims, the more important first", "目标，写在前的优先"),
    key("by", choice(*RANKS), "what is aimed at", "目标", required=True),
    _TITLE,
    _SOURCE,
    *_SPAN,
)
EMIT = shape(
    "matching emit",
    ("a fact that a claim or pair gives", "认领或结对产生的事实"),
    _ID,
    key("on", choice(*OCCASIONS), "when it is given", "何时产生", required=True),
    key("kind", ID, "its kind", "事实类别", required=True),
    key("subject", choice(*SUBJECTS), "whom it is about", "对象", default='"offerer"'),
    key("side", choice(*SIDES), "the side that claimed; absent: both", "哪一方的认领；不写为两方"),
    key("amount", FLAG, "whether the quantity is its amount", "是否以数量为事实的数量", default="false"),
    key(
        "attributes",
        table_of(ID, choice(*FILLINGS), "a table of attributes and what fills them"),
        "its attributes",
        "属性",
    ),
)
_SHAPES = (CONDITION, PRIORITY, QUOTA, RANK, EMIT)
MATCHING_FILE = shape(
    "matching file",
    ("a file of matching rules", "匹配规则文件"),
    key("matching", table(MATCHING), "the head of the rules", "总则", required=True),
    *(
        key(noun, many(table(shape_)), shape_.meaning.en, shape_.meaning.zh)
        for noun, shape_ in zip(NOUNS, _SHAPES, strict=True)
    ),
    key("fact", table_of(ID, table(FACT), "tables like [fact.linked]"), "the kinds of fact", "事实类别"),
    key("case", many(table(MATCH_CASE)), "golden cases", "算例"),
)
