"""What must hold: one table for each kind of requirement, told apart by the key that names it."""

from difflib import get_close_matches
from typing import Any

from ..report import Path, Report, quoted
from .flow_values import (
    BOUND_NAMES,
    BOUNDS,
    DURATION,
    NAMES,
    NEEDED,
    ONE_END_EACH,
    PARTS_OF,
    SOURCE,
    VERDICTS,
    check_bounds,
)
from .select import VALUE
from .shape import BAD, Key, Node, Shape, Type, key, listed, read_table, shape, wrong
from .values import FILLED, FLAG, ID, LABEL, as_read, choice, many, table_of

_SINCE_EVENT = "the opening, move or state since which is counted"
_FILLED = key("filled", FLAG, "true: something is filled in; false: nothing is", "true：已填；false：未填")
_SINCE_ZH = "自哪个事件（受理、动作、状态）起算"
_SINCE = key("since", ID, _SINCE_EVENT, _SINCE_ZH)
_SINCE_THEN = key("since", ID, _SINCE_EVENT, _SINCE_ZH, required=True)
_TITLE = key("title", LABEL, "the words of the rule", "规定的原话")


def _need(name: str, en: str, zh: str, *keys: Key, **groups: Any) -> Shape:
    return shape(f"need {name}", (en, zh), *keys, _TITLE, SOURCE, **groups)


_ANY_WORDS = "a list of needs; an entry may be a list of needs that must hold together"


def _read_any(value: Any, path: Path, report: Report) -> Any:
    """Return groups: a tuple for each entry, of one need or of those that must hold together."""
    if not isinstance(value, list):
        return wrong(value, path, report, _ANY_WORDS)
    entries = _GROUPED.read(value, path, report)
    return BAD if entries is BAD else tuple(one if isinstance(one, tuple) else (one,) for one in entries)


_ANY = as_read(_ANY_WORDS, _read_any)
#: Key that names the kind -> the table of that kind. ``not_in`` stands first: it may have ``field`` too.
NEED_KINDS: dict[str, Shape] = {
    "not_in": _need(
        "not_in",
        "someone is not in a slot",
        "某人不在某责任位上（回避）",
        key("not_in", ID, "the slot", "责任位", required=True),
        key("field", ID, "the field that says who; absent: the actor", "由哪个字段指明；不写时为操作人"),
    ),
    "field": _need(
        "field",
        "a field has a value, lies in a range, or is filled in",
        "字段的取值、范围或是否填写",
        key("field", ID, "the field", "字段", required=True),
        key("is", VALUE, "the value", "等于"),
        key("one_of", many(VALUE), "one of these values", "为其中之一"),
        *BOUNDS,
        _FILLED,
        at_most_one=ONE_END_EACH,
    ),
    "state": _need(
        "state",
        "the move starts in one of these states",
        "动作开始时所处的状态",
        key("state", NAMES, "the states", "状态", required=True),
    ),
    "slot": _need(
        "slot",
        "a slot is filled, or holds someone",
        "责任位是否已填、由谁担任",
        key("slot", ID, "the slot", "责任位", required=True),
        _FILLED,
        key("is", FILLED, "the id", "编号"),
        key("one_of", many(FILLED), "one of these ids", "为其中之一"),
        exactly_one=(("filled", "is", "one_of"),),
    ),
    "share": _need(
        "share",
        "a count is a part of another that lies in a range, exactly",
        "占比在范围内，精确比较（过半数、三分之二以上）",
        key("share", ID, "the field with the part", "分子字段", required=True),
        key("of", ID, "the field with the whole", "分母字段", required=True),
        *PARTS_OF,
        at_most_one=ONE_END_EACH,
    ),
    "elapsed": _need(
        "elapsed",
        "so much time is over",
        "时间已满",
        key("elapsed", DURATION, "the time", "时长", required=True),
        _SINCE_THEN,
    ),
    "within": _need(
        "within",
        "so much time is not over yet",
        "时间未满",
        key("within", DURATION, "the time", "时长", required=True),
        _SINCE_THEN,
    ),
    "clock": _need(
        "clock",
        "how a clock stands",
        "计时的状态",
        key("clock", ID, "the clock", "计时", required=True),
        key("is", choice(*VERDICTS), "the verdict", "结论"),
        key("one_of", many(choice(*VERDICTS)), "one of these verdicts", "结论为其中之一"),
        exactly_one=(("is", "one_of"),),
    ),
    "none_open": _need(
        "none_open",
        "every matter of this name has been settled",
        "此类事项均已了结",
        key(
            "none_open", ID, "the matter that moves open and settle", "由动作提出和了结的事项", required=True
        ),
    ),
    "different": _need(
        "different",
        "the actor is in none of these slots, and made none of these moves",
        "操作人不在这些责任位，也没有做过这些动作",
        key("different", NAMES, "slots and moves", "责任位、动作", required=True),
    ),
    "same_unit": _need(
        "same_unit",
        "the actor's unit lies in that of the slot",
        "操作人所在单位属于责任位上的单位",
        key("same_unit", ID, "the slot", "责任位", required=True),
    ),
    "children": _need(
        "children",
        "so many children are closed, or in one of these states",
        "子工单已办结或处于某状态的数目",
        key("children", NEEDED, "how many", "多少", required=True),
        key("in", NAMES, "the states; absent: closed", "状态；不写时为已办结"),
    ),
    "count": _need(
        "count",
        "how often moves were made before this one",
        "此前动作的次数",
        key("count", NAMES, "the moves", "动作", required=True),
        *BOUNDS,
        _SINCE,
        at_most_one=ONE_END_EACH,
    ),
    "happened": _need(
        "happened",
        "one of these occurred",
        "其中之一发生过",
        key("happened", NAMES, "openings, moves or states", "受理、动作、状态", required=True),
        _SINCE,
    ),
    "not_happened": _need(
        "not_happened",
        "none of these occurred",
        "均未发生过",
        key("not_happened", NAMES, "openings, moves or states", "受理、动作、状态", required=True),
        _SINCE,
    ),
    "parts": _need(
        "parts",
        "so many pieces of a part are complete",
        "分项完成的数目",
        key("parts", ID, "the part", "分项", required=True),
        key("done", NEEDED, "how many pieces", "多少件", default='"all"'),
        key("verdict", NAMES, "the verdicts that count; absent: any", "计入的结论；不写时不限"),
    ),
    "requirement": _need(
        "requirement",
        "a requirement that a plugin brings",
        "插件提供的条件",
        key("requirement", FILLED, "its id", "编号", required=True),
        key("options", table_of(ID, VALUE, "a table of options"), "its options", "参数"),
    ),
    "any": _need(
        "any",
        "at least one of several needs holds",
        "至少一项成立",
        key("any", _ANY, "the needs", "各项条件", required=True),
    ),
}


def _read_need(value: Any, path: Path, report: Report) -> Any:
    if not isinstance(value, dict):
        return wrong(value, path, report, NEED.words)
    kinds = [name for name in NEED_KINDS if name in value and not (name == "field" and "not_in" in value)]
    if not kinds:
        return _no_kind(value, path, report)
    if len(kinds) > 1:
        message = f"found {listed(kinds, 'and')}; each stands in a table of its own"
        report.add("one-of", path, message)
        return BAD
    node = read_table(NEED_KINDS[kinds[0]], value, path, report)
    _check_need(kinds[0], value, node, report)
    return node


def _no_kind(value: dict[str, Any], path: Path, report: Report) -> Any:
    near = (name for name in list(value)[:8] if get_close_matches(name, NEED_KINDS, n=1))
    found = next(near, next(iter(value), ""))
    text = f"no kind of need has the key {quoted(found)}" if value else "the need is empty"
    report.guess("unknown-need", path, text, found=found, known=NEED_KINDS)
    return BAD


def _check_need(kind: str, raw: dict[str, Any], node: Node, report: Report) -> None:
    if kind in ("field", "share", "count"):
        check_bounds(node, node.path, report)
        written = [name for name in BOUND_NAMES if name in raw]
        ways = [name for name in ("is", "one_of", "filled") if name in raw and kind == "field"]
        if len(ways) + bool(written) != 1:
            allowed = "'is', 'one_of', 'filled' or a range" if kind == "field" else "a range"
            found = f"found {listed([*ways, *written], 'and')}" if ways or written else "nothing is asked"
            asked = f"exactly one of {allowed}" if kind == "field" else "'from', 'above', 'to' or 'below'"
            report.add("one-of", node.path, f"{found}; {asked} must be written")


def _read_group(value: Any, path: Path, report: Report) -> Any:
    return NEEDS.read(value, path, report) if isinstance(value, list) else NEED.read(value, path, report)


#: For the documentation: a row for each kind, with its table.
NEED_SHAPE = shape(
    "need",
    (
        "something that must hold; the key that names its kind says which table it is",
        "条件；由表明种类的键决定写法",
    ),
    *(
        key(
            name,
            Type(f"a table with {', '.join(list(kind.keys)[:2])}", lambda value, path, report: value, kind),
            kind.meaning.en,
            kind.meaning.zh,
        )
        for name, kind in sorted(NEED_KINDS.items())
    ),
)
NEED = Type('a table with a need, like { field = "class", is = "major" }', _read_need, NEED_SHAPE)
NEEDS = many(NEED)
_GROUPED = many(as_read("a need, or a list of needs that must hold together", _read_group))
GROUPS = Type(_ANY_WORDS, _read_any, NEED_SHAPE)
