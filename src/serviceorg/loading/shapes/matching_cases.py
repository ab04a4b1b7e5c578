"""The keys of [[case]] of matching rules: needs, offers, claims, responses, and what must come of them."""

from typing import Any

from ...errors import PeriodError
from ...matching.records import ANSWERS, SIDES
from ...matching.standings import CLAIM_STATES
from ...matching.windows import parse_hours
from ..report import Path, Report
from .flow_values import MOMENT
from .results import fraction
from .shape import BAD, key, shape, wrong
from .values import (
    ANY_NUMBER,
    DATE,
    FILLED,
    ID,
    POSITIVE,
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

ATTRIBUTES = table_of(ID, one_or_many(FILLED), "a table of attributes and their values")


def _read_hours(value: Any, path: Path, report: Report) -> Any:
    text = FILLED.read(value, path, report)
    if text is not BAD:
        try:
            parse_hours(text)
        except PeriodError as error:
            report.add("hours", path, str(error))
            return BAD
    return text


HOURS = as_read("hours like '18:00-07:00'", _read_hours)
WINDOW = shape(
    "window",
    ("hours that come again, or one stretch of time", "时段"),
    key("hours", HOURS, "the hours, over midnight too; absent: all day", "钟点，可跨零点；不写为全天"),
    key("weekdays", one_or_many(whole(1, 7)), "the days of the week, Monday is 1", "星期几，周一为 1"),
    key("since", DATE, "the first day", "首日"),
    key("until", DATE, "the last day", "末日"),
    key("from", MOMENT, "the moment one stretch begins", "起始时刻"),
    key("to", MOMENT, "the moment it ends", "结束时刻"),
    at_most_one=(("from", "hours"), ("from", "weekdays"), ("from", "since"), ("from", "until")),
)
WINDOWS = one_or_many(by_form("hours like '18:00-07:00', or a table", text=HOURS, table=table(WINDOW)))
_LISTED = (
    key("id", FILLED, "its id", "编号", required=True),
    key("times", whole(1, 10_000), "how many alike: ID-1, ID-2 …", "同样的有几个：编号-1、编号-2……"),
    key("by", TEXT, "who asks or gives", "提出或提供的一方"),
    key("area", TEXT, "the unit it is at or for", "所在或面向的单位"),
    key("windows", WINDOWS, "the hours", "时段"),
    key("attributes", ATTRIBUTES, "its attributes", "属性"),
    key("since", DATE, "the day it was listed", "列入清单之日"),
    key("until", DATE, "the last day it stands", "有效末日"),
)
NEED = shape(
    "need",
    ("a need of a golden case", "算例的需求"),
    *_LISTED,
    key("kind", TEXT, "its kind", "类别"),
    key("quantity", POSITIVE, "how much is needed", "数量", default="1"),
)
OFFER = shape(
    "offer",
    ("an offer of a golden case", "算例的资源"),
    *_LISTED,
    key("kinds", one_or_many(FILLED), "its kinds", "类别"),
    key("capacity", POSITIVE, "how much there is; absent: no bound", "容量；不写为不限"),
)
CLAIM = shape(
    "claim",
    ("a claim of a golden case", "算例的认领"),
    key("id", FILLED, "its id", "编号", required=True),
    key("need", FILLED, "the need", "需求", required=True),
    key("offer", FILLED, "the offer", "资源", required=True),
    key("side", choice(*SIDES), "the side that claims", "认领方", required=True),
    key("by", FILLED, "who claims", "认领人", required=True),
    key("at", MOMENT, "when", "时刻", required=True),
    key("quantity", POSITIVE, "how much; absent: all that is needed", "数量；不写为全部"),
    key("windows", WINDOWS, "the hours; absent: all that both have", "时段；不写为双方共有的全部"),
)
RESPONSE = shape(
    "response",
    ("a response of a golden case", "算例的回应"),
    key("to", FILLED, "the claim, need or offer", "所回应的认领、需求或资源", required=True),
    key("answer", choice(*ANSWERS), "what is answered", "回应", required=True),
    key("by", FILLED, "who answers", "回应人", required=True),
    key("at", MOMENT, "when", "时刻", required=True),
)


def _read_fraction(value: Any, path: Path, report: Report) -> Any:
    found = fraction(value)
    return wrong(value, path, report, FRACTION.words) if found is None else found


FRACTION = as_read("a fraction like '11/6'", _read_fraction)
_PAIRS = many(many(FILLED), filled=False)
_NAMES = many(TEXT, filled=False)
_LISTING_STATES = ("open", "partly", "claimed", "agreed", "fulfilled", "withdrawn", "expired")
_STATES = choice(*_LISTING_STATES)
MATCH_EXPECT = shape(
    "matching expect",
    ("what must come of a golden case", "算例应有的结果"),
    key("pairs", table_of(FILLED, TEXT, "a table of needs and offers"), "who goes to whom", "结对"),
    key("unmet", _NAMES, "the needs nobody meets", "无人承担的需求"),
    key("loads", table_of(FILLED, whole(0, 1_000_000), "a table of offers and numbers"), "loads", "承担数"),
    key(
        "aims",
        table_of(
            ID,
            by_form("a whole number, or a fraction like '11/6'", number=whole(0, 10**15), text=FRACTION),
            "a table of aims",
        ),
        "the aims",
        "各目标的数值",
    ),
    key("claims", table_of(FILLED, choice(*CLAIM_STATES), "a table of claims"), "the claims", "认领状态"),
    key("needs", table_of(FILLED, _STATES, "a table of needs"), "the states of needs", "需求状态"),
    key("offers", table_of(FILLED, _STATES, "a table of offers"), "the states of offers", "资源状态"),
    key("left", table_of(FILLED, ANY_NUMBER, "a table of listings"), "what is left", "余量"),
    key("refused", table_of(FILLED, _NAMES, "a table of claims"), "the codes of refusals", "未受理的代码"),
    key("ignored", whole(0, 10_000), "how many responses had no effect", "无效的回应数"),
    key("facts", _NAMES, "the facts, as kind:subject or kind:subject:amount", "事实，写作 类别:对象"),
)
MATCH_CASE = shape(
    "matching case",
    ("a golden case: needs, offers and claims, and what must come of them", "算例"),
    key("title", FILLED, "the case's name", "名称", required=True),
    key("on", DATE, "the day of the result", "结果所在日", required=True),
    key("solver", choice("greedy", "optimal"), "how pairs are sought", "求解方法", default='"greedy"'),
    key(
        "areas",
        table_of(FILLED, TEXT, "a table of units and those above"),
        "the tree of areas",
        "区域及其上级",
    ),
    key("needs", many(table(NEED)), "the needs", "需求", required=True),
    key("offers", many(table(OFFER)), "the offers", "资源", required=True),
    key("fixed", _PAIRS, "pairs agreed before: [need, offer]", "已约定的结对"),
    key("before", _PAIRS, "pairs of last time: [need, offer]", "上次的结对"),
    key("claims", many(table(CLAIM)), "the claims", "认领"),
    key("responses", many(table(RESPONSE)), "the responses", "回应"),
    key("expect", table(MATCH_EXPECT), "what must come of it", "应有的结果", required=True),
)
