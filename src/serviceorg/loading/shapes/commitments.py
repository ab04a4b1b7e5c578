"""The keys of a commitments file: [commitments], [[commitment]] with parts and milestones, [[case]]."""

from decimal import Decimal

from .cases import CASE_FACT
from .flow_values import SOURCE
from .head import DIRECTION, FACT
from .select import KINDS, WHERE
from .shape import key, shape
from .values import (
    DATE,
    FILLED,
    FLAG,
    ID,
    LABEL,
    RULE_SET_ID,
    TEXT,
    by_form,
    choice,
    many,
    number,
    one_or_many,
    table,
    table_of,
    whole,
)

#: What the head may promise a number of.
COUNTED = ("commitments", "parts", "milestones")
_COUNTED_ZH = ("承诺", "分项", "节点")
NAMES = one_or_many(FILLED)
AMOUNT = number("a number from 0 to 1000000000", least=Decimal(0), most=Decimal(10**9))
#: Words of "whose" that are no ids.
PROMISER, ANYONE = "promiser", "anyone"
DONE = "done"

COUNTS = shape(
    "commitments counts",
    ("how many parts the file promises to have", "各部分应有的数目，与实际不符的不予受理"),
    *(
        key(name, whole(0, 10_000), f"the number of {name}", f"{noun}应有的数目")
        for name, noun in zip(COUNTED, _COUNTED_ZH, strict=True)
    ),
)
PERCENT = shape(
    "percent",
    ("how percentages are rounded", "百分比如何取整"),
    key(
        "step",
        number("a number above 0, at most 100", above=Decimal(0), most=Decimal(100)),
        "the unit it rounds to, in percent",
        "取整到此数的整倍数（百分点）",
        default="0.01",
    ),
    key("direction", DIRECTION, "the way it rounds", "取整方向", default='"half-up"'),
)
COMMITMENTS = shape(
    "commitments",
    ("the head of a file of commitments (承诺清单)", "承诺清单的总则"),
    key("id", RULE_SET_ID, "the book's id, like place/name", "编号，如 地名/名称", required=True),
    key("title", LABEL, "the book's name", "名称", required=True),
    key("source", FILLED, "where it was published", "在哪里可以查到", required=True),
    key(
        "illustrative",
        FLAG,
        "true: an example, or figures the source does not give",
        "true：仅为示例，或含来源未载的数字",
        default="false",
    ),
    key("rows", many(whole(1, 100000)), "rows of a source table it covers", "对应的原表行号"),
    key("percent", table(PERCENT), "how percentages are rounded", "百分比如何取整"),
    key("counts", table(COUNTS), "how many parts it promises to have", "各部分应有的数目"),
)
PROOF = shape(
    "proof",
    ("what a fact must show to count", "佐证要求"),
    key("evidence", FLAG, "true: a reference that is not empty", "须有佐证编号", default="false"),
    key("fields", one_or_many(ID), "attributes that must be filled in", "须填写的属性"),
    key("once", FLAG, "true: one reference counts once", "同一佐证只计一次", default="false"),
)
CONFIRMED = shape(
    "confirmed",
    ("who must confirm progress; never who promised, answers for or recorded it", "由谁确认"),
    key("by", ID, "the attribute that names who confirmed", "写明确认人的属性", required=True),
    key("among", NAMES, "the few who may confirm", "仅限这些人确认"),
)
WITHDRAWN = shape(
    "withdrawn",
    ("from when on the promise no longer holds", "撤回"),
    key("on", DATE, "the first day without it", "自哪日起不再有效", required=True),
    key("basis", FILLED, "the decision it rests on", "依据文件", required=True),
)
MILESTONE = shape(
    "milestone",
    ("what must be reached on the way (节点)", "节点目标"),
    key("on", DATE, "the last day for it", "最后一日", required=True),
    key("target", AMOUNT, "at least how much by then", "届时不少于多少", required=True),
    key("title", LABEL, "its name", "名称"),
)
_TARGET = by_form("a number from 0 to 1000000000, or 'done'", number=AMOUNT, text=choice(DONE))
_MEASURE_KEYS = (
    key("where", WHERE, "the attribute values a fact must have", "事实须具备的属性值"),
    key(
        "measure",
        choice("count", "sum", "last", "distinct"),
        "what is measured: number of facts, sum, last value, number of different values",
        "计量方式：计数、求和、取最近值、计不同值的个数",
        default='"count"',
    ),
    key("field", ID, "what is summed or told apart; absent: the amount", "求和或区分哪个属性；不写时为数量"),
    key(
        "direction",
        choice("at_least", "at_most"),
        "whether the target must be reached or not be passed",
        "不少于或不超过",
        default='"at_least"',
    ),
)
PART = shape(
    "part",
    ("a part of a promise with a target of its own", "分项"),
    key("id", ID, "the part's id", "编号", required=True),
    key("title", LABEL, "the part's name", "名称"),
    key("target", _TARGET, 'how much, or "done"', "目标，或 done（办成即可）", required=True),
    key("due", DATE, "the last day for this part; absent: that of the promise", "本分项的期限"),
    key("fact", KINDS, "the kinds of fact that count; absent: those of the promise", "计入哪些事实类别"),
    *_MEASURE_KEYS,
)
COMMITMENT = shape(
    "commitment",
    ("something that was promised (承诺事项), or a later version of it", "承诺事项，或其后来的版本"),
    key(
        "id",
        ID,
        "the commitment's id; the same again is a later version",
        "编号；重复即为新版本",
        required=True,
    ),
    key("title", LABEL, "what is promised", "承诺内容", required=True),
    key(
        "by",
        NAMES,
        "who promises; several make the same promise each",
        "承诺人；多人则各自承诺",
        required=True,
    ),
    key(
        "promiser", choice("unit", "person"), "what the promiser is", "承诺人是单位还是个人", default='"unit"'
    ),
    key("responsible", NAMES, "the people who answer for it", "责任人"),
    key("unit", LABEL, "the unit of measure", "计量单位"),
    key("target", _TARGET, 'how much, or "done"', "目标，或 done（办成即可）"),
    key("since", DATE, "the first day of this version", "本版本的首日", required=True),
    key(
        "until", DATE, "the last day of this version, if a later one follows", "本版本的末日，有后续版本时写"
    ),
    key("basis", FILLED, "the decision a later version rests on", "修改依据"),
    key("due", DATE, "the last day that is in time", "期限，含当日", required=True),
    key("fact", KINDS, "the kinds of fact that count as progress", "计入哪些事实类别", required=True),
    key(
        "whose",
        NAMES,
        '"promiser", "anyone", or the ids of those whose facts count',
        "计入谁的事实：promiser 为承诺人，anyone 为任何人，或列出编号",
        default='"promiser"',
    ),
    *_MEASURE_KEYS,
    key(
        "dates",
        choice("occurred", "recorded", "decided"),
        "which date of a fact counts",
        "以事实的哪个日期为准",
        default='"occurred"',
    ),
    key(
        "pace",
        choice("even"),
        "even: on the way, as much must be reached as time has gone by",
        "even：按已过时间的比例应完成相应数量",
    ),
    key("milestone", many(table(MILESTONE)), "dated targets on the way", "节点目标"),
    key("part", many(table(PART)), "parts with targets of their own", "分项"),
    key(
        "together",
        choice("sum", "reached"),
        "how parts make the whole: amounts add up, or parts reached are counted",
        "分项如何合成：求和，或计完成的分项数",
    ),
    key("proof", table(PROOF), "what a fact must show to count", "佐证要求"),
    key("confirmed", table(CONFIRMED), "who must confirm progress", "由谁确认"),
    key("withdrawn", table(WITHDRAWN), "from when on it no longer holds", "撤回"),
    key(
        "shared",
        FLAG,
        "true: its facts may count in others too",
        "true：所计事实也可计入其他承诺",
        default="false",
    ),
    SOURCE,
    key("illustrative", FLAG, "true: the figures are ours", "true：数字为示例", default="false"),
    key("rows", many(whole(1, 100000)), "rows of a source table it covers", "对应的原表行号"),
    key("note", TEXT, "a remark for readers", "备注"),
    at_most_one=(("pace", "milestone"),),
)
STATUS = choice("not-started", "on-track", "behind", "done", "done-late", "missed", "withdrawn")
_NUMBER = by_form('a number, or "none"', number=AMOUNT, text=choice("none"))
EXPECT = shape(
    "expected progress",
    ("what a golden case expects of a commitment", "算例对一项承诺的期望结果"),
    key("status", STATUS, "the word for where it stands", "状态"),
    key("actual", _NUMBER, "what is reached", "实际完成"),
    key("target", AMOUNT, "the target in force", "现行目标"),
    key("percent", _NUMBER, "the percentage as rounded", "完成率（取整后）"),
    key(
        "reached",
        by_form('a date, or "none"', date=DATE, text=choice("none")),
        "the day it was reached",
        "达到目标的日期",
    ),
    key("first", STATUS, "the word against what was promised first", "以最初承诺衡量的状态"),
    key("first_percent", _NUMBER, "the percentage against what was promised first", "以最初承诺衡量的完成率"),
    key("parts", table_of(ID, STATUS, "a table of parts and words"), "where parts stand", "各分项的状态"),
    key(
        "set_aside",
        many(TEXT, filled=False),
        'facts that do not count, like "f3: no-evidence"',
        "不计入的事实，如 f3: no-evidence",
    ),
)
_FACT = shape(
    "progress fact",
    ("a fact of a golden case", "算例的事实"),
    *(one for one in CASE_FACT.keys.values() if one.name != "subject"),
    key("subject", FILLED, "whose fact it is", "对象", required=True),
    key("recorded_by", TEXT, "who recorded it", "记录人"),
    key("evidence", TEXT, "the reference that proves it", "佐证编号"),
)
CASE = shape(
    "commitments case",
    ("a golden case: facts, and the exact progress they must give", "算例"),
    key("title", FILLED, "the case's name", "名称", required=True),
    key("on", DATE, "the day that is asked about", "查询日", required=True),
    key("facts", many(table(_FACT), filled=False), "the facts", "事实"),
    key(
        "expects",
        table_of(FILLED, table(EXPECT), "a table of commitments and their progress"),
        "the progress of each commitment",
        "各承诺的期望结果",
        required=True,
    ),
)
COMMITMENTS_FILE = shape(
    "commitments file",
    ("a file of commitments", "承诺清单文件"),
    key("commitments", table(COMMITMENTS), "the head of the file", "总则", required=True),
    key("commitment", many(table(COMMITMENT)), COMMITMENT.meaning.en, COMMITMENT.meaning.zh, required=True),
    key("fact", table_of(ID, table(FACT), "tables like [fact.shift]"), "the kinds of fact", "事实类别"),
    key("case", many(table(CASE)), "golden cases", "算例"),
)
