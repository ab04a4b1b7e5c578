"""The keys of [[opening]] and [[move]]: from where, to where, who may, what is filled in and set."""

from typing import Any

from ..report import Path, Report
from .flow_needs import NEEDS
from .flow_places import id_and_title
from .flow_values import DURATION, LISTED, NAMES, SETS, SOURCE
from .shape import Type, key, shape
from .values import ID, as_read, by_form, choice, many, one_or_many, table, whole

#: Names of groups of states in ``from``.
GROUPS_OF_STATES = ("@open", "@active", "@waiting", "@final")


def _read_from(value: Any, path: Path, report: Report) -> Any:
    if isinstance(value, str) and value.startswith("@"):
        return choice(*GROUPS_OF_STATES).read(value, path, report)
    return ID.read(value, path, report)


FROM = as_read("a state, or '@open', '@active', '@waiting', '@final'", _read_from)
#: Each route is compared with those before it.
MOST_ROUTES = 100
_SETS = key("sets", SETS, "what slots are filled with", "责任位填什么")
_NEEDS = key("needs", NEEDS, "what must hold", "条件")
ROUTE = shape(
    "route",
    ("a target that is taken when all of its needs hold", "去向，条件都成立时采用"),
    key("to", ID, 'the state; "same" stays', "去往的状态；same 为不变", required=True),
    key("when", NEEDS, "what must hold; absent in the last: otherwise", "条件；最后一条可不写，表示其余情形"),
    _SETS,
)
PERMIT = shape(
    "permit",
    ("a way of being allowed to make a move", "权限"),
    key("role", ID, "the role the actor holds", "操作人所任角色"),
    key(
        "at",
        ID,
        "the slot with the unit that matters; absent: that of the workflow's scope",
        "以哪个责任位上的单位为准；不写时按流程的 scope",
    ),
    key(
        "scope",
        choice("covers", "above", "exactly", "any"),
        "how the unit of the role stands to that unit",
        "角色所在单位与该单位的关系：管辖、上级、本身、不限",
        default='"covers"',
    ),
    key("slot", ID, "the slot the actor is in", "操作人所在的责任位"),
    exactly_one=(("role", "slot"),),
)
BY = one_or_many(
    by_form("a role, 'anyone', 'clock', or a table like { slot = \"handler\" }", text=ID, table=table(PERMIT))
)
_FORM = (
    key("by", BY, "who may do it; nobody else may", "谁可以做；其余一律不许", required=True),
    key("form", LISTED, "the fields that must be filled in", "必填字段"),
    key("optional", LISTED, "the fields that may be filled in", "选填字段"),
    _NEEDS,
    _SETS,
)
_TO = (
    key("to", ID, 'the state it leads to; "same" stays (moves only)', "去往的状态；same 为不变（限动作）"),
    key(
        "route", many(table(ROUTE), most=MOST_ROUTES), "several targets, tried in order", "多个去向，依次判断"
    ),
)
OPENING = shape(
    "opening",
    ("a way for a ticket to begin", "受理渠道"),
    *id_and_title("opening", zh="受理渠道"),
    *_TO,
    *_FORM,
    SOURCE,
    exactly_one=(("to", "route"),),
)
EXTENSION = shape(
    "extension",
    ("more time for a clock", "延期"),
    key("clock", ID, "the clock", "计时", required=True),
    key("by", DURATION, "how much more", "延长多久"),
    key("days_field", ID, "the field that says how many days more", "由哪个字段写明延长天数"),
    key("most", whole(1, 3660), "the most days the field may ask for", "该字段最多可写多少天"),
    exactly_one=(("by", "days_field"),),
)
EXTENDS: Type = one_or_many(table(EXTENSION))
MOVE = shape(
    "move",
    ("a step from one state to another, or back to the same one", "动作"),
    *id_and_title("move", zh="动作"),
    key("from", one_or_many(FROM), "the states it starts in", "从哪些状态开始", required=True),
    *_TO,
    *_FORM,
    key("opens", ID, "the matter it opens", "提出的事项"),
    key("settles", ID, "the matter it settles", "了结的事项"),
    key("completes", ID, "the part of which it completes a piece", "完成哪个分项中的一件"),
    key("resets_parts", NAMES, "the parts it makes incomplete again", "哪些分项重新来过"),
    key("clears", NAMES, "the fields it empties before its form is filled in", "填表前先清空的字段"),
    key("extends", EXTENDS, "the clocks it gives more time", "给哪些计时延期"),
    key(
        "duty",
        choice("approve", "handle", "review", "score"),
        "the duty whose separation is built in",
        "职责；其分离由程序保证",
    ),
    SOURCE,
    exactly_one=(("to", "route"),),
)
