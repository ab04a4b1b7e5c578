"""The keys of [[case]] and [[amend]], and of the whole file."""

from typing import Any

from ..report import Path, Report
from .head import CATEGORY, FACT, HEAD
from .items import ITEM
from .results import AWARD, CONSEQUENCE, GRADE, STAR, VETO
from .select import VALUE
from .shape import BAD, Shape, Type, key, shape
from .values import (
    ANY_NUMBER,
    DATE,
    FILLED,
    ID,
    TEXT,
    as_read,
    by_form,
    choice,
    many,
    table,
    table_of,
    whole,
)

EXEMPTION = shape(
    "exemption",
    ("a stretch of time in which a subject is not judged like the others", "免考核"),
    key("effect", choice("not_assessed", "not_graded"), "what is left out", "免除内容", required=True),
    key("since", DATE, "the first day", "起始日", required=True),
    key("until", DATE, "the last day; absent: open", "截止日"),
    key("reason", TEXT, "why", "理由"),
)
DATED = shape(
    "dated",
    ("a value that holds from a day on", "某日起的值"),
    key("since", DATE, "the first day", "起始日", required=True),
    key("value", TEXT, "the value", "值", required=True),
)
_DATED = by_form(
    'a text, or a list like [{ since = 2024-07-01, value = "…" }]', text=TEXT, list=many(table(DATED))
)
SUBJECT = shape(
    "subject",
    ("someone or something that is scored", "评价对象"),
    key("id", FILLED, "the subject's id", "编号", default='"S"'),
    key("kind", ID, "the kind of subject", "种类"),
    key("category", _DATED, "the category, or a list with dates", "对象类别，或注明日期的列表"),
    key("organisation", _DATED, "the organisation, or a list with dates", "所属单位，或注明日期的列表"),
    key("joined", DATE, "the first day of belonging", "属于本单位的第一日"),
    key("left", DATE, "the last day of belonging", "属于本单位的最后一日"),
    key("exemptions", many(table(EXEMPTION)), "stretches that are judged otherwise", "免考核"),
)
CASE_FACT = shape(
    "fact",
    ("a fact of a golden case", "算例的事实"),
    key("subject", FILLED, "whose fact it is", "对象", default='"S"'),
    key("kind", ID, "its kind", "事实类别", required=True),
    key("on", DATE, "the day it happened", "发生日", required=True),
    key("amount", ANY_NUMBER, "how much", "数量"),
    key("id", FILLED, "the fact's id", "编号", default='"case-N"'),
    key("recorded_on", DATE, "the day it was entered", "登记日"),
    key("decided_on", DATE, "the day it was decided", "认定日"),
    key("reverses", FILLED, "the id of the fact it takes back", "冲销的事实"),
    key("attributes", table_of(ID, VALUE, "a table of attributes"), "its attributes", "属性"),
)


_WORDS = many(TEXT, filled=False)
#: Key of an expectation -> the type of its value; item.ID and category.ID are numbers too.
EXPECTED_KEYS: dict[str, Type] = {
    "total": ANY_NUMBER,
    "grade": TEXT,
    "star": whole(0, 100),
    "status": TEXT,
    "vetoes": _WORDS,
    "place": whole(1, 100000),
    "awards": _WORDS,
    "consequences": _WORDS,
}


def _read_expect(value: Any, path: Path, report: Report) -> Any:
    raw = _TABLE.read(value, path, report)
    if raw is BAD:
        return BAD
    found = {}
    for name, wanted in raw.items():
        type_ = ANY_NUMBER if name.startswith(("item.", "category.")) else EXPECTED_KEYS.get(name)
        place = (*path, name)
        if type_ is None and isinstance(wanted, dict):
            message = f'unknown result {name!r}; write the whole name in quotation marks, like "{name}.A01"'
            report.add("case-expect", place, message)
        elif type_ is None:
            known = [*EXPECTED_KEYS, "item.ID", "category.ID"]
            report.unknown("case-expect", place, what="result", found=name, known=known)
        elif (read := type_.read(wanted, place, report)) is not BAD:
            found[name] = read
    return found


_ANYTHING = as_read("anything", lambda value, path, report: value)
_TABLE = table_of(_ANYTHING, _ANYTHING, 'a table of results, like { total = 65, grade = "pass" }')
EXPECT = as_read(_TABLE.words, _read_expect)
CASE = shape(
    "case",
    ("a golden case: facts, and the exact result they must give", "算例"),
    key("title", FILLED, "the case's name", "名称", required=True),
    key("period", FILLED, "the period that is scored, like 2024", "考核周期", required=True),
    key("as_of", DATE, "the day on which it is scored", "评分日"),
    key("subject", table(SUBJECT), "the subject, if there is only one", "评价对象"),
    key("subjects", many(table(SUBJECT)), "the subjects, if there are several", "各评价对象"),
    key("facts", many(table(CASE_FACT), filled=False), "the facts", "事实"),
    key("expect", EXPECT, "the result of the only subject", "期望结果"),
    key(
        "expects",
        table_of(FILLED, EXPECT, "a table of subjects and results"),
        "the results of several subjects",
        "各对象的期望结果",
    ),
    exactly_one=(("expect", "expects"),),
    at_most_one=(("subject", "subjects"),),
)


def new_entries(noun: str, shape_: Shape) -> Type:
    """Return the type of new entries: they are read where they stand in the amended document, not here."""
    words = f"a list of tables like [[{noun}]]"

    def read(value: Any, path: Path, report: Report) -> Any:
        entries = _ENTRIES.read(value, path, report)
        if entries is not BAD and not all(isinstance(entry, dict) for entry in entries):
            advice = f"write [[amend.{noun}]] and its keys below it"
            report.add("wrong-type", path, f"found other entries than tables; {advice}")
            return BAD
        return entries

    return Type(words, read, shape_)


_ENTRIES = many(_ANYTHING)
NOUNS = {
    "category": CATEGORY,
    "item": ITEM,
    "veto": VETO,
    "grade": GRADE,
    "star": STAR,
    "consequence": CONSEQUENCE,
    "award": AWARD,
}
_NEW = {noun: new_entries(noun, shape_) for noun, shape_ in NOUNS.items()}
AMEND = shape(
    "amend",
    ("a dated change with its basis", "修订"),
    key("effective", DATE, "the first day of the change", "施行日期", required=True),
    key("basis", FILLED, "the decision that made it", "依据文件", required=True),
    key("source", TEXT, "where it was published", "来源"),
    key("note", TEXT, "a remark for readers", "备注"),
    key(
        "set",
        table_of(_ANYTHING, _ANYTHING, 'a table like { "item.A01.points" = 0.6 }'),
        "new values of what is there",
        "改动的值",
    ),
    key("retire", many(TEXT), "what no longer holds, like item.A04", "不再施行的内容，如 item.A04"),
    *(key(noun, type_, f"a new {noun}", f"新增的{NOUNS[noun].meaning.zh}") for noun, type_ in _NEW.items()),
)
FILE = shape(
    "file",
    ("a rule file", "规则文件"),
    key("rule_set", table(HEAD), "the head of the rule set", "总则", required=True),
    key("fact", table_of(ID, table(FACT), "tables like [fact.shift]"), "the kinds of fact", "事实类别"),
    *(key(noun, many(table(shape_)), shape_.meaning.en, shape_.meaning.zh) for noun, shape_ in NOUNS.items()),
    key("amend", many(table(AMEND)), "dated changes", "修订"),
    key("case", many(table(CASE)), "golden cases", "算例"),
)
FACTS_FILE = shape(
    "facts_file",
    ("a file of fact kinds, facts.toml", "事实类别文件"),
    key(
        "fact",
        table_of(ID, table(FACT), "tables like [fact.shift]"),
        "the kinds of fact",
        "事实类别",
        required=True,
    ),
)
