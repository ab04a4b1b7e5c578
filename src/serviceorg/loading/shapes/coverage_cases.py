"""The keys of [[case]] in coverage files: a small world, and what each check must find in it."""

from decimal import Decimal
from typing import Any

from ..report import Path, Report
from .cases import CASE_FACT
from .results import fraction
from .shape import key, shape, wrong
from .values import DATE, FILLED, ID, as_read, by_form, many, number, one_or_many, table, table_of, whole

_WORDS = one_or_many(FILLED)
_HOW_MANY = key(
    "many",
    whole(1, 100_000),
    "so many alike: the name is followed by -1, -2 and so on",
    "相同的若干个：名称后加 -1、-2 等",
    default="1",
)
_DEGREES = number("degrees", least=Decimal(-180), most=Decimal(180), decimals=7)
_TRAITS = key("traits", table_of(ID, _WORDS, "a table of traits"), "traits", "属性")
_SPAN = (key("since", DATE, "the first day", "起始日"), key("until", DATE, "the last day", "截止日"))
CASE_UNIT = shape(
    "case unit",
    ("a unit of a golden case", "算例中的单位"),
    key("kind", ID, "its kind", "单位类别", required=True),
    _HOW_MANY,
    key(
        "in",
        table_of(ID, FILLED, "a table of trees and units"),
        "the unit above it in each tree",
        "各树中的上级",
    ),
    key(
        "size",
        number("a number from 0 to 1000000000", least=Decimal(0), most=Decimal(10**9)),
        "its size",
        "规模",
    ),
    key("place", many(_DEGREES, most=2), "latitude and longitude", "纬度和经度"),
    _TRAITS,
    key("holders", table_of(ID, _WORDS, "a table of roles and people"), "who holds which role", "任职人员"),
    *_SPAN,
)
CASE_BOND = shape(
    "case bond",
    ("a bond of a person to a unit", "算例中的成员关系"),
    key("unit", FILLED, "the unit", "单位", required=True),
    key("role", ID, "the role", "角色", required=True),
    key("affiliation", ID, "the affiliation", "隶属方式"),
)
CASE_PERSON = shape(
    "case person",
    ("a person of a golden case", "算例中的人员"),
    _HOW_MANY,
    _TRAITS,
    key("bonds", many(table(CASE_BOND)), "bonds to units", "成员关系"),
    *_SPAN,
)


def _read_part(value: Any, path: Path, report: Report) -> Any:
    if value == "none":
        return value
    found = fraction(value)
    return wrong(value, path, report, PART.words) if found is None else found


PART = as_read('an exact number, a text like "7/8" or "50%", or "none"', _read_part)


def _read_shown(value: Any, path: Path, report: Report) -> Any:
    if isinstance(value, str):
        return value if value == "none" else wrong(value, path, report, SHOWN.words)
    return _ANY.read(value, path, report)


_ANY = number("a number from 0 to 1000000000", least=Decimal(0), most=Decimal(10**9), decimals=6)
SHOWN = as_read('a number, or "none"', _read_shown)
_COUNT = whole(0, 10_000_000)
_LIST = many(
    by_form('an id, or "" for the check as a whole', text=as_read("a text", lambda v, p, r: v)), filled=False
)
EXPECT = shape(
    "coverage expect",
    ("what a check must find", "检查应得的结果"),
    key("base", _COUNT, "how many are looked at", "检查对象数"),
    key("met", _COUNT, "how many of them keep every bound", "达标数"),
    key("exempt", _COUNT, "how many are exempt", "免查数"),
    key("share", PART, "the exact share", "准确比例"),
    key("shown", SHOWN, "the share in percent as shown", "显示的百分数"),
    key("mean", PART, "the exact mean", "准确均值"),
    key("shown_mean", SHOWN, "the mean as shown", "显示的均值"),
    key("total", PART, "the sum", "合计"),
    key("hard", _LIST, "who has findings that are faults, in order", "缺口，按顺序"),
    key("soft", _LIST, "who has findings that are only told, in order", "提示，按顺序"),
    key("unmet", _LIST, "who is not met, in order", "未达标者，按顺序"),
)
COVERAGE_CASE = shape(
    "coverage case",
    ("a golden case: a small world, and exactly what the checks find in it", "算例"),
    key("title", FILLED, "the case's name", "名称", required=True),
    key("on", DATE, "the day of the check", "检查日", required=True),
    key("units", table_of(FILLED, table(CASE_UNIT), "a table of units"), "the units", "单位"),
    key(
        "people",
        table_of(FILLED, table(CASE_PERSON), "a table of people"),
        "people with traits or bonds",
        "人员",
    ),
    key("facts", many(table(CASE_FACT), filled=False), "the facts", "事实"),
    key(
        "amounts",
        table_of(ID, table_of(FILLED, _ANY, "a table of units and amounts"), "a table of amounts by name"),
        "amounts, by name and unit",
        "各单位的金额",
    ),
    key(
        "expect",
        table_of(ID, table(EXPECT), "a table of checks"),
        "what each check finds",
        "各项检查的结果",
        required=True,
    ),
)
