"""The keys of golden cases of duties, and of the whole file."""

from ...duties import STATUSES
from .cases import CASE_FACT
from .duties import DUTIES, DUTY, FACTS
from .shape import key, shape
from .values import DATE, FILLED, ID, TEXT, choice, many, table, table_of, whole

_SPAN = (
    key("since", DATE, "the first day; absent: always", "起始日"),
    key("until", DATE, "the last day; absent: open", "截止日"),
)
UNIT = shape(
    "case unit",
    ("a unit of a golden case", "算例的单位"),
    key("id", FILLED, "its id", "编号", required=True),
    key("kind", ID, "its kind", "类别", required=True),
    key(
        "in", table_of(ID, TEXT, "a table of trees and units"), "the unit above in each tree", "各树中的上级"
    ),
    *_SPAN,
)
PERSON = shape(
    "case person",
    ("somebody in a golden case", "算例的人员"),
    key("id", FILLED, "the id", "编号", required=True),
    key("born", DATE, "the day of birth", "出生日"),
    *_SPAN,
)
BOND = shape(
    "case bond",
    ("a role held in a golden case", "算例的任职"),
    key("person", FILLED, "who holds it", "人员", required=True),
    key("unit", FILLED, "where", "单位", required=True),
    key("role", ID, "the role", "角色", required=True),
    key("affiliation", TEXT, "the bond", "隶属方式"),
    *_SPAN,
)
TRAIT = shape(
    "case trait",
    ("a trait in a golden case", "算例的属性"),
    key("of", FILLED, "whose it is", "所属", required=True),
    key("name", ID, "the trait", "属性", required=True),
    key("value", FILLED, "its value", "值", required=True),
    *_SPAN,
)
FACT_OF_CASE = shape(
    "case fact",
    ("a fact of a golden case", "算例的事实"),
    key("subject", FILLED, "whose fact it is", "对象", required=True),
    *(one for one in CASE_FACT.keys.values() if one.name != "subject"),
)
EXPECTED = shape(
    "obligation",
    ("an obligation as it must come out", "应有的应办事项"),
    key("duty", ID, "the duty", "责任", required=True),
    key("who", FILLED, "who owes it", "责任主体", required=True),
    key("towards", TEXT, "towards whom", "对象"),
    key("unit", TEXT, "where", "单位"),
    key("period", FILLED, "the window", "时段", required=True),
    key("status", choice(*STATUSES), "how it stands", "状态", required=True),
    key("done", whole(0, 10_000), "how many facts count", "已完成"),
    key("needed", whole(0, 10_000), "how many are asked", "要求"),
    key("due", DATE, "the last day in time", "截止日"),
)
DUTY_CASE = shape(
    "duty case",
    ("a golden case: a small world, and every obligation", "算例：一个小世界与其全部应办事项"),
    key("title", FILLED, "the case's name", "名称", required=True),
    key("period", FILLED, "the period, like 2024-Q3", "时段", required=True),
    key("on", DATE, "the day it is looked at", "查看日", required=True),
    key("units", many(table(UNIT)), "the units", "单位", required=True),
    key("people", many(table(PERSON)), "the people", "人员"),
    key("bonds", many(table(BOND)), "who holds what", "任职"),
    key("traits", many(table(TRAIT)), "traits", "属性"),
    key("facts", many(table(FACT_OF_CASE), filled=False), "the facts", "事实"),
    key("expect", many(table(EXPECTED), filled=False), "every obligation", "全部应办事项", required=True),
    key(
        "vacant",
        many(FILLED, filled=False),
        "units where nobody owes it, as DUTY:UNIT",
        "空岗，写作 责任:单位",
    ),
    key(
        "emits",
        many(FILLED, filled=False),
        "the facts for scoring, as KIND:SUBJECT or KIND:SUBJECT:AMOUNT",
        "评分事实，写作 类别:对象 或 类别:对象:数量",
    ),
)
DUTY_FILE = shape(
    "duty file",
    ("a file of duties", "责任文件"),
    key("duties", table(DUTIES), "the head", "总则", required=True),
    key("duty", many(table(DUTY)), "the duties", "责任", required=True),
    key("fact", FACTS, "the kinds of fact", "事实类别"),
    key("case", many(table(DUTY_CASE)), "golden cases", "算例"),
)
