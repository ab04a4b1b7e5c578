"""The keys of [workflow], [[role]], [[slot]], [[field]], [[state]] and [[part]]."""

from .flow_values import LISTED, SOURCE
from .shape import Key, key, shape
from .values import (
    ANY_NUMBER,
    DATE,
    FILLED,
    FLAG,
    ID,
    LABEL,
    RULE_SET_ID,
    choice,
    many,
    table,
    whole,
)

COUNTED = ("states", "moves", "clocks", "roles", "slots", "fields", "openings", "notices", "parts")
_COUNTED_ZH = ("状态", "动作", "计时", "角色", "责任位", "字段", "受理渠道", "告知", "分项")
FLOW_COUNTS = shape(
    "workflow counts",
    ("how many parts the workflow promises to have", "各部分应有的数目，与实际不符的不予受理"),
    *(
        key(name, whole(0, 2000), f"the number of {name}", f"{noun}应有的数目")
        for name, noun in zip(COUNTED, _COUNTED_ZH, strict=True)
    ),
)
WORKFLOW = shape(
    "workflow",
    ("the head of a workflow (流程)", "流程的总则"),
    key("id", RULE_SET_ID, "the workflow's id, like place/name", "流程的编号，如 地名/名称", required=True),
    key("title", LABEL, "the workflow's name", "名称", required=True),
    key("effective", DATE, "the first day of the first version", "第一个版本的施行首日", required=True),
    key("basis", FILLED, "the decision it rests on", "依据文件", required=True),
    key("source", FILLED, "where it was published", "在哪里可以查到", required=True),
    key(
        "illustrative",
        FLAG,
        "true: an example, not a real process",
        "true：仅为示例，不是真实的流程",
        default="false",
    ),
    key("rows", many(whole(1, 100000)), "rows of a source table it covers", "对应的原表行号"),
    key("calendar", ID, "the name of the calendar its clocks use", "计时所用日历的名称", default='"cn"'),
    key("scope", ID, "the slot whose unit roles must cover", "角色须管辖哪个责任位上的单位"),
    key("identity", LISTED, "fields that tell one record from another", "区分两件记录的字段"),
    key("counts", table(FLOW_COUNTS), "how many parts it promises to have", "各部分应有的数目"),
)


def id_and_title(en: str, *, zh: str = "") -> tuple[Key, Key]:
    """Return the two keys every noun begins with; without a title the id is shown."""
    return (
        key("id", ID, f"the id of the {en}", f"{zh}编号", required=True),
        key("title", LABEL, f"the name of the {en}; absent: the id is shown", f"{zh}名称；不写时显示编号"),
    )


_SEEN_BY = key(
    "seen_by", LISTED, "the roles that may see it; absent: everybody", "哪些角色可见；不写时人人可见"
)
ROLE = shape("role", ("a role people hold at units", "角色"), *id_and_title("role", zh="角色"))
SLOT = shape(
    "slot",
    ("a named place for a person or a unit on the ticket", "责任位"),
    *id_and_title("slot", zh="责任位"),
    key("kind", choice("person", "unit"), "what it holds", "填人还是填单位", default='"person"'),
    key("many", FLAG, "true: several ids", "true：可填多个", default="false"),
    key("keep", FLAG, "true: the first entry stays for good", "true：首次填写后不再变动", default="false"),
    key(
        "party",
        choice("", "applicant", "handler", "subject"),
        "what it counts as for the separation of duties",
        "职责分离中的当事人身份",
        default='""',
    ),
    _SEEN_BY,
)
FIELD_TYPES = ("text", "count", "number", "flag", "date", "moment", "ids")
FLOW_FIELD = shape(
    "form field",
    ("what a form may hold", "表单字段"),
    *id_and_title("field", zh="字段"),
    key("type", choice(*FIELD_TYPES), "the type of its value", "值的类型", default='"text"'),
    key("one_of", many(FILLED), "the texts it may be", "只允许这些文字"),
    key("least", ANY_NUMBER, "the least number it may be", "数最小为多少", default="0"),
    key("most", ANY_NUMBER, "the greatest number it may be", "数最大为多少", default="1000000"),
    _SEEN_BY,
)
STATE = shape(
    "state",
    ("a place in the life of a ticket", "状态"),
    *id_and_title("state", zh="状态"),
    key(
        "kind",
        choice("initial", "active", "waiting", "final"),
        "what it is for",
        "状态的种类：起始、办理、等待、终结",
        default='"active"',
    ),
    key(
        "public",
        choice("open", "closed"),
        "what outsiders see; absent: closed for a final state",
        "对外显示办理中或已办结；不写时终结状态为已办结",
    ),
    key("outcome", ID, "the kind of end, for sorting", "结案类型"),
    SOURCE,
)
PART = shape(
    "part",
    ("something that is done piece by piece", "分项（并联环节）"),
    *id_and_title("part", zh="分项"),
    key("pieces", LISTED, "the ids of the pieces", "各件的编号"),
    key("of_slot", ID, "the slot with several units: a piece for each", "按责任位上的单位，每单位一件"),
    key(
        "verdicts",
        LISTED,
        "the words a piece is completed with, the good one first",
        "完成时的结论，首个为肯定",
    ),
    exactly_one=(("pieces", "of_slot"),),
)
