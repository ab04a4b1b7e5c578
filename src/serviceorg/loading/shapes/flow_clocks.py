"""The keys of [[clock]] and [[clock.tier]]."""

from typing import Any

from ..report import Path, Report
from .flow_places import id_and_title
from .flow_values import DURATION, DURATION_KEYS, DURATION_KINDS, NAMES, SOURCE, check_duration
from .shape import Type, key, read_table, shape, wrong
from .values import FILLED, ID, TEXT, choice, many, table, table_of, whole

LIMIT_SHAPE = shape(
    "limit",
    ("how long a clock may run: a duration, a table of them, or a field with the end", "时限"),
    *DURATION_KEYS,
    key("by", ID, "the field that decides which duration", "由哪个字段决定时长"),
    key(
        "table",
        table_of(FILLED, DURATION, "a table of texts and durations"),
        "its texts and their durations",
        "各取值的时长",
    ),
    key("other", DURATION, "the duration for all other texts", "其余取值的时长"),
    key("until", ID, "the field with the last day or moment", "写明截止日或时刻的字段"),
    key(
        "or_later",
        ID,
        "the field with a date that prevails if it is later",
        "写明更晚期限的日期字段，晚者为准",
    ),
    exactly_one=((*DURATION_KINDS, "by", "until"),),
)


def _read_limit(value: Any, path: Path, report: Report) -> Any:
    if not isinstance(value, dict):
        return wrong(value, path, report, LIMIT.words)
    node = read_table(LIMIT_SHAPE, value, path, report)
    check_duration(node, path, report)
    if ("by" in value) != ("table" in value) or ("other" in value and "by" not in value):
        report.add("key-fit", path, "'by' and 'table' go together, and 'other' belongs to them alone")
    return node


LIMIT = Type("a table with a limit, like { working_days = 5 }", _read_limit, LIMIT_SHAPE)
TIER = shape(
    "tier",
    ("something that happens at a point of a clock", "预警与催办档"),
    key("id", ID, "the id; lists call it CLOCK.ID", "编号；列表中写作 计时.编号", required=True),
    key("before", DURATION, "so long before it is due", "到期前多久"),
    key("at", choice("due"), "when it is due", "到期时"),
    key("after", DURATION, "so long after it is due", "到期后多久"),
    key("every", DURATION, "how far apart it is repeated", "每隔多久重复"),
    key("times", whole(1, 1000), "how often in all", "共几次", default="1"),
    key("colour", TEXT, "the colour shown from then on", "此后显示的颜色"),
    key("move", ID, "the move the clock makes by itself", "由计时自动做的动作"),
    SOURCE,
    exactly_one=(("before", "at", "after"),),
)
_ON = "openings, moves, states (entering them) or parts (completing them)"
_ON_ZH = "受理、动作、状态（进入时）、分项（完成时）"
CLOCK = shape(
    "clock",
    ("a target in time", "计时"),
    *id_and_title("clock", zh="计时"),
    key("start", NAMES, f"what starts it: {_ON}", f"何时开始：{_ON_ZH}", required=True),
    key("stop", NAMES, "what stops it", "何时结束"),
    key("pause", NAMES, "states whose time does not count", "哪些状态下不计时"),
    key("reset", NAMES, "what begins the limit anew while it runs", "何时重新起算"),
    key("cancel", NAMES, "what ends it without a result", "何时作废"),
    key("limit", LIMIT, "how long it may run", "时限", required=True),
    key(
        "again",
        choice("continue", "restart", "keep", "grace"),
        "what a start does once it has stopped",
        "结束后再次开始时：接着算、重新算、保留首次结论、给宽限期",
        default='"keep"',
    ),
    key("grace", DURATION, "the time of grace", "宽限期"),
    key("since", ID, "the field with the date or moment it counts from", "从哪个字段的日期或时刻起算"),
    key("calendar_of", ID, "the slot with the unit whose calendar is used", "用哪个责任位上单位的日历"),
    key("holder", ID, "the slot of who answers for it", "由哪个责任位负责"),
    key("tier", many(table(TIER)), "what happens on the way", "预警与催办"),
    SOURCE,
)
