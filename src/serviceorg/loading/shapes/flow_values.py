"""The types of single values in workflow files: durations, moments, shares, and where a value comes from."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from ...basics.periods import EARLIEST, LATEST
from ..report import Path, Report, quoted
from .results import fraction
from .select import VALUE
from .shape import BAD, Key, Type, key, listed, read_table, shape, wrong
from .values import (
    ANY_NUMBER,
    DATE,
    FILLED,
    FLAG,
    ID,
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

NAMES = one_or_many(ID)
LISTED = many(ID)
SOURCE = key("source", TEXT, "where it was published", "来源")
#: What a clock can come to; the first three may still change.
VERDICTS = ("not-started", "in-time", "overdue", "met", "late", "cancelled")


def _read_true(value: Any, path: Path, report: Report) -> Any:
    return True if value is True else wrong(value, path, report, TRUE.words)


TRUE = as_read("true", _read_true)

_DAY_KINDS = ("working_days", "days", "months", "next_working_day")
DURATION_KINDS = ("minutes", "hours", "working_minutes", "working_hours", *_DAY_KINDS)
_MOST_DAYS, _MOST_HOURS = 3660, 3660 * 24
DURATION_KEYS = (
    key("minutes", whole(1, _MOST_HOURS * 60), "minutes of real time", "分钟（自然时间）"),
    key("hours", whole(1, _MOST_HOURS), "hours of real time", "小时（自然时间）"),
    key("working_minutes", whole(1, _MOST_HOURS * 60), "minutes of office time", "分钟（工作时间）"),
    key("working_hours", whole(1, _MOST_HOURS), "hours of office time", "小时（工作时间）"),
    key("working_days", whole(1, _MOST_DAYS), "working days, the first day not counted", "工作日，首日不计"),
    key("days", whole(1, _MOST_DAYS), "calendar days, the first day not counted", "日历日，首日不计"),
    key("months", whole(1, 120), "calendar months", "日历月"),
    key("next_working_day", TRUE, "true: until the end of the next working day", "true：至下一工作日结束"),
    key(
        "roll",
        choice("next", "none", "previous"),
        "where a last day that is a rest day goes (days and months)",
        "末日为休息日时如何处理（日、月）",
        default='"next"',
    ),
    key(
        "ends",
        choice("midnight", "office"),
        "when the last day ends (days and months)",
        "末日何时结束（日、月、工作日）",
        default='"midnight"',
    ),
    key(
        "bound",
        choice("within", "under"),
        "whether the last moment is in time (以内) or not (不满)",
        "以内含最后一刻，不满则不含",
        default='"within"',
    ),
)
DURATION_SHAPE = shape("duration", ("a duration", "时长"), *DURATION_KEYS, exactly_one=(DURATION_KINDS,))


def check_duration(node: Mapping[str, Any], path: Path, report: Report) -> None:
    """Report keys of a duration that do not go together."""
    kind = next((name for name in DURATION_KINDS if name in node), "")
    if not kind:
        return
    for name, kinds in (("roll", ("days", "months")), ("ends", _DAY_KINDS)):
        if name in node and kind not in kinds:
            message = f"{name!r} says nothing with {kind!r}; it belongs to {listed(kinds, 'or')}"
            report.add("key-fit", (*path, name), message)
    if node.get("bound") == "under" and kind in _DAY_KINDS and node.get("ends") != "office":
        message = (
            "'under' means nothing for a day that ends at 24:00, which is the next day already; "
            'leave it out, count one less, or write ends = "office"'
        )
        report.add("key-fit", (*path, "bound"), message)


def _read_duration(value: Any, path: Path, report: Report) -> Any:
    if not isinstance(value, dict):
        return wrong(value, path, report, DURATION.words)
    node = read_table(DURATION_SHAPE, value, path, report)
    check_duration(node, path, report)
    return node


DURATION = Type("a table with a duration, like { working_days = 5 }", _read_duration, DURATION_SHAPE)


def _read_moment(value: Any, path: Path, report: Report) -> Any:
    if isinstance(value, datetime) and value.tzinfo is not None:
        if EARLIEST <= value.year <= LATEST:
            return value
        report.add(
            "bad-date", path, f"{value} is out of bounds; allowed are the years {EARLIEST} to {LATEST}"
        )
        return BAD
    if isinstance(value, datetime):
        example = value.replace(microsecond=0).isoformat()
        message = f"{quoted(value)} has no zone, so nobody knows the day; write it like {example}+08:00"
    elif isinstance(value, date):
        message = f"{value} has no time of day; write a moment with its zone, like {value}T09:00:00+08:00"
    elif isinstance(value, str):
        message = f"{quoted(value)} is a text; write a moment without quotation marks, like {_EXAMPLE}"
    else:
        return wrong(value, path, report, MOMENT.words)
    report.add("moment", path, message)
    return BAD


_EXAMPLE = "2024-09-27T09:00:00+08:00"
MOMENT = as_read(f"a moment with its zone, like {_EXAMPLE}", _read_moment)


def _read_form_value(value: Any, path: Path, report: Report) -> Any:
    if isinstance(value, datetime):
        return MOMENT.read(value, path, report)
    if isinstance(value, list):
        return _IDS.read(value, path, report)
    read = VALUE.read(value, path, report)
    # A count in a form is a whole number, not a decimal one.
    return value if type(value) is int and read is not BAD else read


_IDS = many(FILLED, filled=False)
FORM_VALUE = as_read("a text, a number, true, false, a date, a moment or a list of ids", _read_form_value)


def _read_part(value: Any, path: Path, report: Report) -> Any:
    """Return a part of a whole as a Fraction: 0.5, "50%" or "1/2"."""
    part = fraction(value)
    if part is None:
        return wrong(value, path, report, SHARE.words)
    if not 0 <= part <= 1:
        report.add(
            "share", path, f"{value} is out of range; a part is at least nothing and at most everything"
        )
        return BAD
    return part


SHARE = as_read('a part like 0.5, "50%" or "1/2"', _read_part)


def _read_needed(value: Any, path: Path, report: Report) -> Any:
    if value in ("all", "any"):
        return value
    if type(value) is int:
        return _COUNTED.read(value, path, report)
    found = fraction(value) if isinstance(value, str) else None
    if found is None:
        return wrong(value, path, report, NEEDED.words)
    if not 0 < found <= 1:
        report.add(
            "share", path, f"{value} is out of range; allowed is more than nothing, at most everything"
        )
        return BAD
    return Fraction(found)


_COUNTED = whole(1, 10_000)
NEEDED = as_read("'all', 'any', a number of them, or a part like \"2/3\"", _read_needed)


def bound_keys(type_: Type) -> tuple[Key, ...]:
    """Return the keys of a range."""
    return (
        key("from", type_, "the least, included", "不低于"),
        key("above", type_, "what it must lie above", "高于"),
        key("to", type_, "the most, included", "不高于"),
        key("below", type_, "what it must lie below", "低于"),
    )


BOUNDS = bound_keys(ANY_NUMBER)
PARTS_OF = bound_keys(SHARE)
BOUND_NAMES = ("from", "above", "to", "below")
ONE_END_EACH = (("from", "above"), ("to", "below"))


def check_bounds(node: Mapping[str, Any], path: Path, report: Report) -> None:
    """Report a range in which nothing lies."""
    low, high = node.get("from", node.get("above")), node.get("to", node.get("below"))
    if low is None or high is None:
        return
    is_open = "above" in node or "below" in node
    if low > high or (low == high and is_open):
        report.add("bounds", path, f"nothing lies in this range: it begins at {low} and ends at {high}")


_SET_WORDS = choice("actor", "actor-unit", "nobody")
SET_TABLE = shape(
    "value of a slot",
    ("where the content of a slot comes from", "责任位取值"),
    key("field", ID, "the field whose text it is", "取自字段"),
    key("slot", ID, "the slot it is taken from", "取自另一责任位"),
    key("parent_of", ID, "the slot with the unit above which it lies", "该责任位所填单位的上级"),
    key("id", FILLED, "an id, always the same", "固定的编号"),
    key(
        "table",
        table_of(TEXT, FILLED, "a table of texts and ids"),
        'the id for each text found; "" is for all others',
        "按所得文字查表；空键为其余",
    ),
    exactly_one=(("field", "slot", "parent_of", "id"),),
)
SETS = table_of(
    ID,
    by_form(
        "'actor', 'actor-unit', 'nobody', or a table like { field = \"x\" }",
        text=_SET_WORDS,
        table=table(SET_TABLE),
    ),
    "a table of slots and values",
)
EMITTED_TABLE = shape(
    "value of a fact",
    ("where a value of a fact comes from", "事实取值"),
    key("field", ID, "the field", "取自字段"),
    key("slot", ID, "who is in the slot", "取自责任位"),
    key("clock", ID, "the verdict of the clock", "计时的结论"),
    key("days_late", ID, "how many days the clock is late, 0 when met", "计时逾期天数，未逾期为 0"),
    key("count", ID, "how often the move was made", "动作已做的次数"),
    key("state", TRUE, "true: the state reached", "true：所到的状态"),
    key("actor", TRUE, "true: who made the move", "true：操作人"),
    key(
        "table",
        table_of(TEXT, VALUE, "a table of texts and values"),
        'the value for each text found; "" is for all others',
        "按所得文字查表；空键为其余",
    ),
    exactly_one=(("field", "slot", "clock", "days_late", "count", "state", "actor"),),
)
EMITTED = by_form(
    'a text, a number, true, false, a date, or a table like { field = "x" }',
    text=TEXT,
    number=ANY_NUMBER,
    flag=FLAG,
    date=DATE,
    table=table(EMITTED_TABLE),
)
