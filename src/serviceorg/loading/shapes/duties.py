"""The keys of duty files: [duties], [[duty]] and what a duty is made of."""

from fractions import Fraction
from typing import Any

from ..report import Path, Report
from .flow_values import DURATION_KEYS, SHARE, check_duration
from .head import FACT
from .select import KINDS, NAMES, VALUE, WHERE
from .shape import BAD, Type, key, listed, read_table, shape, wrong
from .values import (
    AMOUNT,
    DATE,
    FILLED,
    FLAG,
    ID,
    LABEL,
    RULE_SET_ID,
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

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: The keys that go with each word of ``every``: those that must be there, those that may.
EVERY: dict[str, tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]] = {
    "day": (((),), ()),
    "working-day": (((),), ()),
    "week": ((("weekday",),), ("weeks", "anchor")),
    "month": ((("nth", "weekday"), ("day",), ("working_day",)), ()),
    "quarter": ((("month", "day"),), ()),
    "year": ((("month", "day"),), ()),
}
_PLACING = ("weekday", "nth", "day", "working_day", "month", "weeks", "anchor")
TRAITS = table_of(ID, NAMES, 'a table of traits, like { care = "poor" }; "" is without any')


def _days(name: str, words: tuple[str, str], *kinds: str) -> Type:
    """Return the type of durations counted by days: no clock is known here."""
    keys = [one for one in DURATION_KEYS if one.name in kinds]
    counts = tuple(one for one in kinds if one != "roll")
    expected = shape(name, words, *keys, exactly_one=(counts,))

    def read(value: Any, path: Path, report: Report) -> Any:
        if not isinstance(value, dict):
            return wrong(value, path, report, what)
        node = read_table(expected, value, path, report)
        check_duration(node, path, report)
        return node

    what = f"a table with a number of days, like {{ {counts[0]} = 3 }}"
    return Type(what, read, expected)


GRACE = _days("grace", ("days after the end", "宽限期"), "working_days", "days", "months", "roll")
SOON = _days("due soon", ("days before the end", "到期前"), "days", "working_days")
ENTERED = _days("entry", ("days for late entry", "补录期限"), "days", "working_days", "months", "roll")
WHO = shape(
    "duty who",
    ("who owes a duty", "责任主体"),
    key("role", ID, "the role whose holders owe it", "由担任此角色者负责"),
    key("at", KINDS, "the kinds of unit where the role is held", "在哪些类别的单位任职"),
    key("kind", KINDS, "the kinds of unit that owe it themselves", "由这些类别的单位自身负责"),
    key("affiliation", TEXT, "by which bond the role is held", "以何种隶属方式"),
    key("category", NAMES, "the categories of people it is for", "适用的人员类别"),
    key("where", TRAITS, "traits that must hold of who owes it", "责任主体须具备的属性"),
    key(
        "several",
        choice("each", "joint"),
        "whether several holders at one unit each owe it, or together",
        "同一单位有数人任职时，各自负责还是共同负责",
        default='"each"',
    ),
    key(
        "units",
        choice("each", "once"),
        "whether who holds the role at several units owes it at each, or once; absent: once where no fact"
        " tells the unit",
        "同一人在数个单位任职时，各处分别负责还是只负责一次；不写：事实不写明单位的，只负责一次",
    ),
    exactly_one=(("role", "kind"),),
)
TOWARDS = shape(
    "duty towards",
    ("towards whom a duty is owed", "服务对象"),
    key("kind", KINDS, "the kinds of unit it is owed to", "服务对象的单位类别", required=True),
    key("tree", ID, "the tree in which they lie below", "以哪棵树判定下属"),
    key("role", ID, "it is owed to each holder of this role there", "服务对象是在那里担任此角色的每个人"),
    key("where", TRAITS, "traits that must hold of the target", "对象须具备的属性"),
    key(
        "class_on",
        choice("end", "start", "any", "all"),
        "on which day of the window they must hold",
        "属性以时段哪一日为准：末日、首日、任一日、每一日",
        default='"end"',
    ),
)
FULFILLED = shape(
    "duty fulfilled",
    ("which facts fulfil a duty", "履行凭据"),
    key("fact", KINDS, "the kinds of fact", "事实类别", required=True),
    key("target", ID, "the attribute that names the target, or the unit", "写明对象（或单位）的属性"),
    key(
        "by",
        choice("self", "role", "anyone"),
        "whose facts count",
        "谁的事实计入：责任人本人、在该单位任此角色者、任何人",
        default='"self"',
    ),
    key("role", ID, "the role, for by = 'role'", "角色（by 为 role 时）"),
    key("where", WHERE, "the attribute values a fact must have", "事实须具备的属性值"),
    key("unless", WHERE, "the attribute values that leave a fact out", "具备这些属性值的事实不计"),
    key("filled", one_or_many(ID), "attributes that must be answered", "必须填写的属性"),
    key("least_amount", AMOUNT, "the least amount of one fact", "一条事实至少多少"),
    key("weekday", choice(*WEEKDAYS), "the only weekday on which a fact counts", "只计星期几的事实"),
    key(
        "distinct", ID, "'day', 'person' or an attribute: one fact of each", "每日、每人或每个属性值只计一条"
    ),
    key("nil", ID, "the flag of a report that there is nothing", "零报告的标志属性"),
    key("recorded_within", ENTERED, "how long after its day a fact may be entered", "登记期限"),
)
AT_LEAST = shape(
    "at least",
    ("so often in each span", "每个时段至少几次"),
    key("times", whole(1, 1000), "how often", "几次", required=True),
    key("per", choice("month", "quarter", "half", "year"), "in each of these", "每", required=True),
    key(
        "spread", choice("month", "quarter", "half"), "at least once in each of these", "且每个此时段至少一次"
    ),
)
ON = shape(
    "on",
    ("on which days", "在哪些日子"),
    key("every", choice(*EVERY), "how often it comes", "周期", required=True),
    key("weekday", choice(*WEEKDAYS), "the weekday", "星期几"),
    key("nth", whole(-1, 5), "which of the month, -1 the last", "当月第几个，-1 为最后一个"),
    key("day", whole(1, 31), "the day of the month", "几日"),
    key("month", whole(1, 12), "the month of the quarter or year", "季度的第几个月，或年度的几月"),
    key("working_day", whole(-31, 31), "the working day of the month, -1 the last", "当月第几个工作日"),
    key("weeks", whole(1, 52), "every so many weeks", "每几周"),
    key("anchor", DATE, "a day of the first week", "首周的某一日"),
    key(
        "on_conflict",
        choice("keep", "skip", "next_working", "previous_working", "next_free"),
        "what happens with a day that does not suit",
        "日期不合适时如何处理",
        default='"keep"',
    ),
    key(
        "conflicts",
        one_or_many(choice("workday", "make-up", "weekend", "holiday")),
        "the kinds of day that do not suit",
        "哪些日子不合适",
    ),
    key("times", whole(1, 1000), "how many facts on each", "每次几条", default="1"),
    key(
        "early", whole(0, 366), "how many days before a fact counts already", "提前几日即可计入", default="0"
    ),
)


def _read_on(value: Any, path: Path, report: Report) -> Any:
    if not isinstance(value, dict):
        return wrong(value, path, report, 'a table like { every = "month", day = 5 }')
    node = read_table(ON, value, path, report)
    every = node.get("every")
    if every is None:
        return node
    needed, optional = EVERY[every]
    written = tuple(name for name in _PLACING if name in value and name not in optional)
    if set(written) not in [set(one) for one in needed]:
        ways = " or ".join(listed(one, "and") for one in needed if one) or "nothing else"
        found = listed(written, "and") if written else "none of its keys"
        report.add("key-fit", path, f"found {found} with every = {every!r}; it takes {ways}")
        return BAD
    for name in ("weeks", "anchor"):
        if name in node and name not in optional:
            report.add("key-fit", (*path, name), f"{name!r} says nothing with every = {every!r}")
            return BAD
    return node


ROSTER = shape(
    "roster",
    ("at least so many on duty each day", "值班"),
    key("role", ID, "the role of those who can be on duty", "值班者的角色", required=True),
    key("least", whole(1, 1000), "how many at the least", "至少几人", default="1"),
    key("per", choice("day", "working-day"), "on which days", "哪些日子", default='"day"'),
)


def _read_part(value: Any, path: Path, report: Report) -> Any:
    part = SHARE.read(value, path, report)
    if part is not BAD and part == 0:
        report.add("share", path, "no part of the window excuses everybody; write more than nothing")
        return BAD
    return part if part is BAD else Fraction(part)


EXCUSE = shape(
    "excuse",
    ("what excuses from a duty", "免除情形"),
    key("who", TRAITS, "traits of who owes it", "责任主体的属性"),
    key("towards", TRAITS, "traits of the target", "对象的属性"),
    key("fact", ID, "a kind of fact about who owes it, like a leave", "关于责任主体的事实，如请假"),
    key("until", ID, "its attribute with the last day", "写明截止日的属性"),
    key(
        "share",
        as_read(SHARE.words, _read_part),
        "how much of the window it must cover",
        "须覆盖时段的多少",
        default='"100%"',
    ),
)
EMIT = shape(
    "duty emit",
    ("the fact a settled obligation becomes", "转为评分事实"),
    key("fact", ID, "the kind of fact", "事实类别", required=True),
    key(
        "subject",
        choice("who", "unit"),
        "about who owes it, or the unit",
        "对象：责任主体或其单位",
        default='"who"',
    ),
    key(
        "amount",
        by_form("a number, or 'shortage'", number=AMOUNT, text=choice("shortage")),
        "the amount, or how many were missing",
        "数量，或所缺次数",
    ),
    key("attributes", table_of(ID, VALUE, "a table of attributes"), "constants", "固定的属性值"),
)
DUTY = shape(
    "duty",
    ("a duty that comes again", "周期性责任"),
    key("id", ID, "the id; versions of one duty share it", "编号；同一责任的各版本共用", required=True),
    key("title", LABEL, "its name", "名称", required=True),
    key("who", table(WHO), "who owes it", "责任主体", required=True),
    key("towards", table(TOWARDS), "towards whom; absent: nobody", "服务对象；不写为无"),
    key("fulfilled", table(FULFILLED), "which facts fulfil it", "履行凭据", required=True),
    key("at_least", table(AT_LEAST), "so often in each span", "每个时段至少几次"),
    key("on", Type('a table like { every = "month", day = 5 }', _read_on, ON), "on which days", "在哪些日子"),
    key("roster", table(ROSTER), "at least so many on duty each day", "每日至少几人值班"),
    key(
        "held",
        choice("end", "start"),
        "the day of the window that decides who owes it to whom",
        "以时段的末日或首日确定责任人与对象",
        default='"end"',
    ),
    key(
        "partial",
        choice("whole", "none", "pro-rata"),
        "a window the target was there for only in part (must be said with at_least)",
        "对象只存在于部分时段时：全额、不计、按日折算（at_least 必填）",
    ),
    key("grace", GRACE, "how long after the end it is late, not missed", "宽限期，其间完成计逾期"),
    key("due_soon", SOON, "from when it is due soon", "到期前多久提醒"),
    key("excuse", table(EXCUSE), "what excuses from it", "免除情形"),
    key(
        "emit",
        table_of(choice("done", "late", "missed", "excused"), table(EMIT), "a table of statuses and facts"),
        "the facts for scoring",
        "转为评分事实",
    ),
    key("since", DATE, "the first day of this version", "本版本首日"),
    key("until", DATE, "the last day of this version", "本版本末日"),
    key("source", TEXT, "where it was published", "来源"),
    key("illustrative", FLAG, "true: its figures are an example", "true：数字仅为示例", default="false"),
    key("rows", many(whole(1, 100000)), "rows of a source table", "对应的原表行号"),
    key("note", TEXT, "a remark for readers", "备注"),
    exactly_one=(("at_least", "on", "roster"),),
)
DUTIES = shape(
    "duties",
    ("a book of duties", "责任清册"),
    key("id", RULE_SET_ID, "the id, like place/name", "编号", required=True),
    key("title", LABEL, "its name", "名称", required=True),
    key("source", FILLED, "where the duties were published", "来源", required=True),
    key("calendar", ID, "the calendar of working days", "工作日历", default='"cn"'),
    key("illustrative", FLAG, "true: an example, not a real scheme", "true：仅为示例", default="false"),
    key("rows", many(whole(1, 100000)), "rows of a source table", "对应的原表行号"),
    key("note", TEXT, "a remark for readers", "备注"),
)
FACTS = table_of(ID, table(FACT), "tables like [fact.shift]")
