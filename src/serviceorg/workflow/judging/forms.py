"""What is filled in for a move: every field known, every type right, all problems at once."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from ...basics import FACT_SCALE, FrozenMap, exact
from ...basics.periods import EARLIEST, LATEST
from ...errors import AmountError, FormProblems, Problem, known_names
from ...model import Units
from ..plans.plan import FormRule
from ..rules import Field
from ..ticket import FieldValue, Form

_LONGEST = 10_000
_MOST_IDS = 10_000
_HALVES = re.compile("[\ud800-\udfff]")
_NO_FORM: Form = FrozenMap()


def read_form(rule: FormRule, form: Mapping[str, object]) -> Form:
    """Return the checked form; moments become UTC, numbers exact, lists of ids tuples.

    Raises:
        FormProblems: With every unknown, missing and wrong field.
    """
    if not form and not rule.required:
        return _NO_FORM
    if not isinstance(form, Mapping):
        message = f"found {_shown(form)}; allowed is a table of fields and values"
        said = f"表单：现为{_shown(form)}；应为字段与内容的对照表"
        raise FormProblems([Problem("wrong-value", "form", message)], [said])
    problems: list[Problem] = []
    chinese: list[str] = []
    read: dict[str, FieldValue] = {}
    texts = rule.texts
    for name, value in form.items():
        # What _text() asks, without a call for most of what is ever filled in.
        if (
            name in texts
            and type(value) is str
            and value.isascii()
            and value.strip()
            and len(value) <= _LONGEST
        ):
            read[name] = value
            continue
        field = rule.allowed.get(name)
        if field is None:
            message = f"unknown field {name!r}; {known_names(str(name), rule.allowed)}"
            problems.append(Problem("unknown-field", str(name), message))
            chinese.append(f"没有字段“{name}”；可填：{_titles(rule.allowed.values())}")
            continue
        kept = _READERS[field.type](field, value)
        if kept is None:
            message = f"found {_shown(value)}; allowed is {_words(field)}"
            problems.append(Problem("wrong-value", name, message))
            chinese.append(f"{_title(field)}：现为{_shown(value)}；应为{_in_chinese(field)}")
        else:
            read[name] = kept
    for name in rule.required:
        if name not in form:
            words = _words(rule.allowed[name])
            problems.append(Problem("missing-field", name, f"the field is missing: {words} is needed"))
            field = rule.allowed[name]
            chinese.append(f"{_title(field)}未填写：应为{_in_chinese(field)}")
    if problems:
        raise FormProblems(problems, chinese)
    return FrozenMap(read)


def _title(field: Field) -> str:
    return field.title.in_("zh") or field.id


def _titles(fields: Iterable[Field]) -> str:
    return "、".join(f"{_title(field)}（{field.id}）" for field in fields) or "无"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _words(field: Field) -> str:
    if field.one_of:
        return "one of " + ", ".join(map(repr, field.one_of))
    if field.type in ("count", "number"):
        exact_words = f"an exact number (no binary float) with at most {FACT_SCALE} decimals"
        what = "a whole number" if field.type == "count" else exact_words
        return f"{what} from {field.least} to {field.most}"
    return _WORDS[field.type]


def _in_chinese(field: Field) -> str:
    if field.one_of:
        return "、".join(field.one_of) + "之一"
    if field.type in ("count", "number"):
        what = "整数" if field.type == "count" else f"至多{FACT_SCALE}位小数的准确数"
        return f"{field.least}至{field.most}的{what}"
    return _CHINESE[field.type]


_CHINESE = {
    "text": f"不为空的文字，至多{_LONGEST}字",
    "flag": "是（True）或否（False）",
    "date": f"不带时刻的日期，{EARLIEST}至{LATEST}年",
    "moment": f"带时区的时刻，{EARLIEST}至{LATEST}年",
    "ids": "互不相同的编号，至少一个",
}
_WORDS = {
    "text": f"a text that is not empty, at most {_LONGEST} signs",
    "flag": "True or False",
    "date": f"a date without a time of day, from {EARLIEST} to {LATEST}",
    "moment": f"a moment with a time zone, from {EARLIEST} to {LATEST}",
    "ids": "a list of different ids, at least one",
}


def _text(field: Field, value: object) -> str | None:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        return None
    if field.one_of:
        return value if value in field.one_of else None
    return value if _can_be_written(value) else None


def _can_be_written(text: str) -> bool:
    """Return whether a text can be encoded: half of a surrogate pair cannot."""
    return text.isascii() or not _HALVES.search(text)


def _count(field: Field, value: object) -> int | None:
    return value if type(value) is int and field.least <= value <= field.most else None


def _number(field: Field, value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    try:
        number = exact(value)
    except AmountError:
        return None
    return number if field.least <= number <= field.most else None


def _flag(field: Field, value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _date(field: Field, value: object) -> date | None:
    return value if type(value) is date and EARLIEST <= value.year <= LATEST else None


def _moment(field: Field, value: object) -> datetime | None:
    if not isinstance(value, datetime) or value.utcoffset() is None:
        return None
    return value.astimezone(UTC) if is_known(value) else None


def is_known(moment: datetime) -> bool:
    """Return whether a moment lies in the years that can be reckoned with."""
    return EARLIEST <= moment.year <= LATEST


def _ids(field: Field, value: object) -> tuple[str, ...] | None:
    if not isinstance(value, (list, tuple)) or not 0 < len(value) <= _MOST_IDS:
        return None
    ids = tuple(value)
    if not all(isinstance(one, str) and one and _can_be_written(one) for one in ids):
        return None
    return ids if len(set(ids)) == len(ids) else None


_READERS: dict[str, Callable[[Field, object], FieldValue | None]] = {
    "text": _text,
    "count": _count,
    "number": _number,
    "flag": _flag,
    "date": _date,
    "moment": _moment,
    "ids": _ids,
}


def check_ids(names: Iterable[str], unit_names: Collection[str], form: Form, units: Units) -> None:
    """Raise ids with blanks around them, and units that are none; without a tree nothing is known of units.

    Raises:
        FormProblems: With the nearest guess for each unit.
    """
    problems: list[Problem] = []
    chinese: list[str] = []
    known = units.parents
    for name in names:
        value = form.get(name)
        if value in known and name in unit_names:
            continue  # one unit that is there: nearly always
        for one in filled_ids(value):
            if one != one.strip():
                message = f"found {one!r}; allowed is an id without blanks around it"
                problems.append(Problem("wrong-value", name, message))
                chinese.append(f"{name}：现为{one!r}；编号前后不能有空格")
            elif known and one not in known and name in unit_names:
                message = f"there is no unit {one!r}; {known_names(one, known)}"
                problems.append(Problem("wrong-value", name, message))
                chinese.append(f"{name}：没有单位“{one}”")
    if problems:
        raise FormProblems(problems, chinese)


def filled_ids(value: object) -> tuple[str, ...]:
    """Return the ids a field's value stands for: itself for a text, each one for a list."""
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, tuple) else ()
