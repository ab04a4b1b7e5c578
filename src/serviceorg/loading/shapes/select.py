"""Keys that say which facts a clause reads, for whom and over which time."""

from datetime import date
from decimal import Decimal
from typing import Any

from ..report import Path, Report
from .shape import Type, key, shape, wrong
from .values import (
    ANY_NUMBER,
    DATE,
    FLAG,
    ID,
    TEXT,
    as_read,
    choice,
    number,
    one_or_many,
    table,
    table_of,
    whole,
)

SPAN_NAMES = ("day", "week", "month", "quarter", "half", "year")


def _read_value(value: Any, path: Path, report: Report) -> Any:
    if isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, Decimal)):
        return ANY_NUMBER.read(value, path, report)
    if isinstance(value, date):
        return DATE.read(value, path, report)
    return wrong(value, path, report, VALUE.words)


VALUE = as_read("a text, a number, true, false or a date", _read_value)
WHERE = table_of(ID, one_or_many(VALUE), 'a table of attributes, like { role = "lead" }')
NAMES = one_or_many(TEXT)
KINDS = one_or_many(ID)

LENGTH_KEYS = (
    key("months", whole(1, 1200), "a number of calendar months", "几个日历月"),
    key("days", whole(1, 36600), "a number of days", "几天"),
)
LENGTH = shape(
    "length",
    ("a length of civil time", "一段时长"),
    *LENGTH_KEYS,
    exactly_one=(("months", "days"),),
)
LATE = shape(
    "late",
    ("how long after its day a fact may still be entered", "事实发生后多久之内还可以补录"),
    key(
        "by",
        choice("recorded", "decided"),
        "which of its dates must not be later",
        "登记日或认定日不得晚于期限",
        default='"recorded"',
    ),
    *LENGTH_KEYS,
    exactly_one=(("months", "days"),),
)
WHO = shape(
    "who",
    ("which subjects are meant", "适用对象"),
    key("kinds", KINDS, "kinds of subject", "哪些种类的对象"),
    key("categories", NAMES, "categories of subject, as on the day", "哪些对象类别，以当日为准"),
)
ONLY_IF = shape(
    "only_if",
    (
        "another fact that must, or must not, lie in the time before",
        "前置条件：此前一段时间内必须有、或不得有的另一事实",
    ),
    key("none", ID, "the kind of which there must be no fact", "不得有这一类别的事实"),
    key("some", ID, "the kind of which there must be a fact", "必须有这一类别的事实"),
    key("where", WHERE, "which facts of that kind", "该类别中的哪些事实"),
    *LENGTH_KEYS,
    exactly_one=(("none", "some"), ("months", "days")),
)
CARRY = shape(
    "carry",
    ("which facts of the period before still count", "上一周期的哪些事实仍然计入"),
    key("where", WHERE, "which facts are carried over", "结转具备这些属性值的事实", required=True),
)
FACTOR = shape(
    "factor",
    ("a factor on what a fact pays", "一条事实分值的系数"),
    key("where", WHERE, "the facts it applies to", "对哪些事实适用", required=True),
    key(
        "by",
        number("a number from 0 to 1000", least=Decimal(0), most=Decimal(1000)),
        "the factor",
        "乘以多少",
        required=True,
    ),
)


def _window_reader(value: Any, path: Path, report: Report) -> Any:
    if isinstance(value, str):
        return _WINDOW_WORD.read(value, path, report)
    return (
        _WINDOW_LENGTH.read(value, path, report)
        if isinstance(value, dict)
        else wrong(value, path, report, WINDOW.words)
    )


_WINDOW_WORD = choice("period", "ever")
_WINDOW_LENGTH = table(LENGTH)
WINDOW: Type = as_read("'period', 'ever', or a length like { months = 12 }", _window_reader)

SELECT_KEYS = (
    key("on", KINDS, "the kind of fact it reads, or a list of kinds", "读取哪一个或哪些事实类别"),
    key("where", WHERE, "the attribute values a fact must have", "事实须具备的属性值"),
    key("unless", WHERE, "the attribute values that leave a fact out", "具备这些属性值的事实不计"),
    key("who", table(WHO), "the subjects it is for; absent: all", "适用于哪些对象；不写时为全部"),
    key(
        "about",
        ID,
        "the attribute that names the subject, for facts about others",
        "事实影响谁，由哪个属性写明",
    ),
    key(
        "of",
        choice("members"),
        "'members': reads the facts of an organisation's members",
        "members：读取组织成员的事实",
    ),
    key(
        "distinct",
        ID,
        "'day' or an attribute: only the first fact of each counts",
        "写 day 或属性名：每日或每个属性值只计第一条",
    ),
    key("only_if", table(ONLY_IF), "another fact that must, or must not, lie in the time before", "前置条件"),
    key("late", table(LATE), "how late a fact may be entered", "补录期限；不写时用总则的"),
    key(
        "shared",
        FLAG,
        "true: its facts may count in other items too",
        "true：所读的事实也可以计入其他小项",
        default="false",
    ),
)
WINDOW_KEYS = (
    key("window", WINDOW, "the stretch of time it looks at", "看哪一段时间的事实", default='"period"'),
    key("carry", table(CARRY), "which facts of the period before still count", "上一周期的哪些事实结转"),
    key(
        "clear_after",
        choice("month", "quarter", "half", "year"),
        "a span without facts that wipes what was before",
        "满一个这样的时段没有事实，此前的清零",
    ),
    key("clear_on", ID, "the kind of fact that wipes what was before", "出现这一类别的事实，此前的清零"),
)
