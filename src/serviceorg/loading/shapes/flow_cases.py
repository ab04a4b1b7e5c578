"""The keys of [[case]] and [[amend]] of workflows, and of the whole file."""

from typing import Any

from ..report import Path, Report
from .cases import new_entries
from .flow_clocks import CLOCK
from .flow_moves import MOVE, OPENING
from .flow_outputs import EMIT, METRIC, NOTICE, PROMISE
from .flow_places import FLOW_FIELD, PART, ROLE, SLOT, STATE, WORKFLOW
from .flow_values import FORM_VALUE, MOMENT, VERDICTS
from .head import FACT
from .shape import key, shape
from .values import (
    DATE,
    FILLED,
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

ACTOR = shape(
    "actor",
    ("someone who acts in a golden case", "算例中的操作人"),
    key(
        "posts",
        one_or_many(FILLED, filled=False),
        "the roles held, like clerk@street-1",
        "所任角色，如 clerk@street-1",
    ),
    key("unit", TEXT, "the home unit", "所在单位"),
)
_COUNT = whole(0, 1_000_000)
_FORM = table_of(ID, FORM_VALUE, "a table of fields and values")
_WORDS = many(TEXT, filled=False)
FLOW_EXPECT = shape(
    "step expect",
    ("what must be so after a step", "一步之后应有的结果"),
    key("state", ID, "the state", "状态"),
    key(
        "slots",
        table_of(ID, by_form("an id, or a list of ids", text=TEXT, list=_WORDS), "a table of slots and ids"),
        'who is in the slots; "" for nobody',
        "责任位上的人或单位；空为无",
    ),
    key("fields", _FORM, "the values of fields", "字段的值"),
    key(
        "due", table_of(ID, MOMENT, "a table of clocks and moments"), "when clocks are due", "计时的到期时刻"
    ),
    key(
        "clocks",
        table_of(ID, choice(*VERDICTS), "a table of clocks and verdicts"),
        "how clocks stand",
        "计时的结论",
    ),
    key(
        "facts",
        _WORDS,
        "the facts, as kind:subject or kind:subject:amount",
        "事实，写作 类别:对象 或 类别:对象:数量",
    ),
    key("notices", _WORDS, "the notices, as id:slot", "告知，写作 编号:责任位"),
    key(
        "open",
        table_of(ID, _COUNT, "a table of matters and numbers"),
        "how many matters are open",
        "未了结事项的数目",
    ),
    key(
        "count",
        table_of(ID, _COUNT, "a table of moves and numbers"),
        "how often moves were made",
        "动作的次数",
    ),
    key("moves", many(ID, filled=False), "the moves this actor may make now", "该操作人此时可做的动作"),
)
STEP_SHAPE = shape(
    "case step",
    ("a step of a golden case", "算例的一步"),
    key("do", ID, "an opening, a move, or tick", "受理、动作或 tick", required=True),
    key("by", ID, "the actor", "操作人"),
    key("at", MOMENT, "the moment", "时刻", required=True),
    key("form", _FORM, "what is filled in", "填写的内容"),
    key(
        "children",
        table_of(FILLED, ID, "a table of child tickets and states"),
        "child tickets and their states",
        "子工单及其状态",
    ),
    key("refused", one_or_many(ID), "the codes of the refusal it must meet", "应被拒绝的代码"),
    key("expect", table(FLOW_EXPECT), "what must be so afterwards", "之后应有的结果"),
)
FLOW_CASE = shape(
    "workflow case",
    ("a golden case: a story, and what must be so after each step", "算例：一段经过与每步应有的结果"),
    key("title", FILLED, "the case's name", "名称", required=True),
    key(
        "actors",
        table_of(
            ID,
            by_form(
                "posts like clerk@street-1, or a table", text=TEXT, list=many(FILLED), table=table(ACTOR)
            ),
            "a table of actors",
        ),
        "who acts",
        "操作人",
        required=True,
    ),
    key(
        "units",
        table_of(FILLED, TEXT, "a table of units and those above"),
        "the tree of units",
        "单位及其上级",
    ),
    key("step", many(table(STEP_SHAPE)), "the steps", "各步", required=True),
)
FLOW_NOUNS = {
    "role": ROLE,
    "slot": SLOT,
    "field": FLOW_FIELD,
    "state": STATE,
    "part": PART,
    "opening": OPENING,
    "move": MOVE,
    "clock": CLOCK,
    "notice": NOTICE,
    "emit": EMIT,
    "metric": METRIC,
    "promise": PROMISE,
}
IN_FLIGHT = shape(
    "in_flight",
    ("what a new version means for tickets of the one before", "在途工单"),
    key(
        "tickets",
        choice("finish", "move"),
        "whether they keep their version or are moved over",
        "沿用原版本办完，或转入新版本",
        required=True,
    ),
    key(
        "states",
        table_of(ID, ID, "a table of old and new states"),
        "where tickets of a state that is gone go",
        "已取消状态的工单去往何处",
    ),
    key(
        "clocks",
        choice("keep", "restart"),
        "whether running clocks go on or begin anew",
        "计时接着算或重新算",
        default='"keep"',
    ),
)


def _anything(value: Any, path: Path, report: Report) -> Any:
    return value


_ANYTHING = as_read("anything", _anything)
FLOW_AMEND = shape(
    "workflow amend",
    ("a dated change with its basis", "修订"),
    key("effective", DATE, "the first day of the change", "施行日期", required=True),
    key("basis", FILLED, "the decision that made it", "依据文件", required=True),
    key("source", TEXT, "where it was published", "来源"),
    key("note", TEXT, "a remark for readers", "备注"),
    key(
        "in_flight",
        table(IN_FLIGHT),
        "what it means for tickets under way",
        "对在途工单的处理",
        required=True,
    ),
    key(
        "set",
        table_of(_ANYTHING, _ANYTHING, 'a table like { "clock.resolve.limit.working_days" = 10 }'),
        "new values of what is there",
        "改动的值",
    ),
    key("retire", many(TEXT), "what no longer holds, like move.urge", "不再施行的内容，如 move.urge"),
    *(
        key(noun, new_entries(noun, shape_), f"a new {noun}", f"新增的{shape_.meaning.zh}")
        for noun, shape_ in FLOW_NOUNS.items()
    ),
)
FLOW_FILE = shape(
    "workflow file",
    ("a workflow file", "流程文件"),
    key("workflow", table(WORKFLOW), "the head of the workflow", "总则", required=True),
    *(
        key(noun, many(table(shape_)), shape_.meaning.en, shape_.meaning.zh)
        for noun, shape_ in FLOW_NOUNS.items()
    ),
    key("fact", table_of(ID, table(FACT), "tables like [fact.shift]"), "the kinds of fact", "事实类别"),
    key("amend", many(table(FLOW_AMEND)), "dated changes", "修订"),
    key("case", many(table(FLOW_CASE)), "golden cases", "算例"),
)
