"""The sentences that explain obligations, in English and 中文."""

from ..basics import Label
from ..reasons import Template


def _t(names: str, en: str, zh: str) -> Template:
    return Template(tuple(names.split()), en, zh)


#: What a status is called.
WORDS = {
    "done": Label("已完成", "done", "done"),
    "excused": Label("免除", "excused", "excused"),
    "late": Label("逾期完成", "done late", "late"),
    "due-soon": Label("即将到期", "due soon", "due-soon"),
    "open": Label("进行中", "open", "open"),
    "upcoming": Label("未开始", "not begun yet", "upcoming"),
    "overdue": Label("已过期，尚未定论", "overdue, not yet settled", "overdue"),
    "missed": Label("未完成", "missed", "missed"),
    "planned": Label("计划", "planned", "planned"),
}
#: The days of the week, Monday first.
WEEKDAYS = (
    Label(zh="星期一", en="Monday"),
    Label(zh="星期二", en="Tuesday"),
    Label(zh="星期三", en="Wednesday"),
    Label(zh="星期四", en="Thursday"),
    Label(zh="星期五", en="Friday"),
    Label(zh="星期六", en="Saturday"),
    Label(zh="星期日", en="Sunday"),
)
#: What becomes of a window of which only a part is owed.
PARTIAL = {
    "pro-rata": Label("按天数折算，舍去零头", "in proportion to its days, rounded down", "pro-rata"),
    "none": Label("不计", "not at all", "none"),
    "whole": Label("全额", "whole", "whole"),
}


def _statuses() -> dict[str, Template]:
    found = {}
    for status, word in WORDS.items():
        found[status] = _t(
            "duty who period",
            f"{{duty}}, {{who}}, {{period}}: {word.en}",
            f"{{duty}}，{{who}}，{{period}}：{word.zh}",
        )
        found[f"{status}-towards"] = _t(
            "duty who towards period",
            f"{{duty}}, {{who}} towards {{towards}}, {{period}}: {word.en}",
            f"{{duty}}，{{who}} 对 {{towards}}，{{period}}：{word.zh}",
        )
    return found


#: Every code a reason of this room may have.
SENTENCES: dict[str, Template] = {
    **_statuses(),
    "asked": _t(
        "needed start end", "asked: {needed} from {start} to {end}", "要求：{start} 至 {end} 至少 {needed} 次"
    ),
    "held": _t(
        "who unit day",
        "owed by {who} at {unit}, as of {day}",
        "责任人：{who}（{unit}），以 {day} 为准",
    ),
    "moved": _t(
        "planned day why",
        "planned for {planned}, moved to {day}: {why}",
        "原定 {planned}，顺延至 {day}：{why}",
    ),
    "beyond": _t(
        "period",
        "beyond the first in each part of {period}",
        "{period} 各时段的首次另计，此处为其余次数",
    ),
    "part": _t(
        "whole needed how",
        "a whole window asks for {whole}; this one only counts in part, {how}: {needed}",
        "完整时段要求 {whole} 次；本时段只占一部分，{how}：{needed} 次",
    ),
    "in-force": _t(
        "days length",
        "the duty is in force on {days} of the {length} days of this window",
        "本时段 {length} 日中，本项责任有 {days} 日有效",
    ),
    "took-over": _t(
        "unit old",
        "{unit} took over from {old}: what was done there counts",
        "{unit} 承接 {old}，在彼处所做的计入",
    ),
    "grace": _t("day", "late instead of missed until {day}", "宽限至 {day}，其间完成计逾期"),
    "entry": _t(
        "day", "may be entered until {day}; until then nothing is missed", "登记截至 {day}，此前不计未完成"
    ),
    "nil-counts": _t("", "a report that there is nothing counts, silence does not", "零报告计入，不报不计"),
    "provisional": _t(
        "",
        "provisional: the calendar of these days is not published yet",
        "暂定：相关日期的日历尚未公布",
    ),
    "illustrative": _t("", "the figures of this duty are an example", "本项责任的数字仅为示例"),
    "class": _t(
        "of name value day", "{of} is {name}: {value} on {day}", "{of} 于 {day} 的 {name} 为 {value}"
    ),
    "class-none": _t("of name day", "{of} has no {name} on {day}", "{of} 于 {day} 无 {name}"),
    "excuse": _t(
        "of name days length",
        "excused by {name} of {of} on {days} of {length} days",
        "因 {of} 的 {name} 免除：{length} 日中的 {days} 日",
    ),
    "leave": _t(
        "who days length",
        "excused by leave of {who} on {days} of {length} days",
        "因 {who} 请假免除：{length} 日中的 {days} 日",
    ),
    "fact": _t("on fact who", "{on} {fact} by {who} counts", "{on} {fact}（{who}）计入"),
    "nil-fact": _t(
        "on fact who", "{on} {fact} by {who} counts: nothing to report", "{on} {fact}（{who}）计入：零报告"
    ),
    "late-fact": _t("on fact who", "{on} {fact} by {who} counts as late", "{on} {fact}（{who}）按逾期计入"),
    "used-up": _t(
        "", "what counted as late does not count in the next window", "按逾期计入的，不再计入下一时段"
    ),
    "aside": _t("on fact who", "{on} {fact} by {who} does not count", "{on} {fact}（{who}）不计入"),
    "not-filled": _t("name", "{name} is not answered", "{name} 未填写"),
    "wrong-weekday": _t("day", "only a {day} counts", "只计{day}"),
    "too-little": _t("least", "less than {least}", "不足 {least}"),
    "recorded-late": _t("day", "recorded after {day}", "登记晚于 {day}"),
    "counted": _t("done needed", "{done} of {needed}", "已完成 {done} 次，要求 {needed} 次"),
    "as-known": _t("on", "as known on {on}", "以 {on} 已知的情况为准"),
}
