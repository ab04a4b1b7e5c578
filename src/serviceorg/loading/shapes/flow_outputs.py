"""The keys of [[notice]], [[emit]], [[metric]] and [[promise]]."""

from .flow_needs import GROUPS, NEEDS
from .flow_places import id_and_title
from .flow_values import EMITTED, NAMES, SOURCE
from .shape import key, shape
from .values import FLAG, ID, LABEL, TEXT, one_or_many, table_of, whole

_ON = key(
    "on",
    one_or_many(TEXT),
    "what brings it about: openings, moves, states or CLOCK.TIER",
    "由什么引起：受理、动作、状态或 计时.档",
    required=True,
)
_WHEN = key("when", NEEDS, "what must hold", "条件")
_CONFIDENTIAL = key(
    "confidential",
    FLAG,
    "true: it may tell what only some roles may see (seen_by)",
    "true：可以说出设有 seen_by 的内容",
    default="false",
)
NOTICE = shape(
    "notice",
    ("a message to people in slots", "告知"),
    *id_and_title("notice", zh="告知"),
    _ON,
    key("to", NAMES, "the slots", "告知哪些责任位", required=True),
    key("text", LABEL, "the text; {name} stands for a field or slot", "内容；{名} 代表字段或责任位"),
    _WHEN,
    _CONFIDENTIAL,
    SOURCE,
)
EMIT = shape(
    "emit",
    ("a fact that is told to the world", "事实输出"),
    key("id", ID, "the id of the output", "编号", required=True),
    _ON,
    key("kind", ID, "the kind of fact", "事实类别", required=True),
    key("subject", ID, "the slot: a fact for every one in it", "责任位：其中每一位各得一条", required=True),
    _WHEN,
    _CONFIDENTIAL,
    key("amount", EMITTED, "the amount", "数量"),
    key("attributes", table_of(ID, EMITTED, "a table of attributes and values"), "the attributes", "属性"),
    key("reverses", ID, "the field with the id of the fact that is taken back", "被冲销事实的编号所在字段"),
    SOURCE,
)
METRIC = shape(
    "metric",
    ("a rate over tickets", "率"),
    *id_and_title("metric", zh="指标"),
    key("of", NEEDS, "the tickets that count", "计入的工单"),
    key("exclude", GROUPS, "the tickets that are left out", "剔除的工单"),
    key("good", NEEDS, "the good ones among them", "其中合格的"),
    key("by", ID, "the slot they are grouped by", "按哪个责任位分组", default='"unit"'),
    SOURCE,
)
PROMISE = shape(
    "promise",
    ("what holds in every possible life of a ticket", "承诺，对一切可能的经过成立"),
    key("title", LABEL, "the promise in words", "承诺的内容"),
    key(
        "never",
        NAMES,
        "openings, moves or states that do not occur",
        "不会发生的受理、动作、状态",
        required=True,
    ),
    key("without", NAMES, "unless one of these occurred before", "除非此前发生过其中之一"),
    key("since", NAMES, "with 'without': after the last of these", "与 without 同用：自最近一次之后"),
    key("after", NAMES, "once one of these has occurred", "其中之一发生之后"),
    key("until", NAMES, "with 'after': until one of these occurs", "与 after 同用：到其中之一发生为止"),
    key("at_most", whole(1, 1000), "more often than so many times", "超过这么多次"),
    SOURCE,
    exactly_one=(("without", "after", "at_most"),),
)
