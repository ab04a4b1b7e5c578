"""The sentences of refusals, notes and clocks, in English and Chinese side by side."""

from ...basics import FrozenMap
from ...calendars import SENTENCES as CALENDAR_SENTENCES
from ...reasons import Template


def _t(names: str, en: str, zh: str) -> Template:
    return Template(tuple(names.split()), en, zh)


_OWN: dict[str, Template] = {
    # why not
    "rule": _t("code title", "{title}", "{title}"),
    "not-from-here": _t(
        "move state", "'{move}' cannot be done in the state '{state}'", "“{state}”状态下不能{move}"
    ),
    "no-permission": _t("who move", "{who} may not do '{move}'", "{who}无权{move}"),
    "separation": _t(
        "who part move",
        "{who} may not do '{move}' after having a part in this: {part}",
        "{who}在本件中涉及{part}，不得{move}",
    ),
    "tick-first": _t(
        "tier at", "{tier} fell due at {at} and has not been carried out", "{tier}已于{at}到期，尚未执行"
    ),
    "field": _t("field value", "{field}: found {value}", "{field}：现为{value}"),
    "state": _t("state", "the state is '{state}'", "当前状态为“{state}”"),
    "slot": _t("slot held", "{slot}: found {held}", "{slot}：现为{held}"),
    "share": _t(
        "part of part_count of_count share",
        "{part} of {of}: {part_count} of {of_count}, which is {share}",
        "{part}占{of}：{of_count}中{part_count}，即{share}",
    ),
    "elapsed": _t(
        "since begun time",
        "since '{since}' at {begun}, {time} have not passed yet",
        "自{begun}“{since}”起尚未满{time}",
    ),
    "within": _t(
        "since begun time",
        "since '{since}' at {begun}, {time} have passed",
        "自{begun}“{since}”起已超过{time}",
    ),
    "never-since": _t("since", "'{since}' has not happened", "“{since}”尚未发生"),
    "clock": _t("clock verdict", "the clock '{clock}' is {verdict}", "“{clock}”时限状态：{verdict}"),
    "none-open": _t("matter count", "{matter}: {count} still open", "{matter}：尚有{count}件未了结"),
    "nothing-open": _t("matter", "{matter}: none is open", "{matter}：没有未了结的"),
    "different": _t("who part", "{who} has a part in this already: {part}", "{who}在本件中已涉及：{part}"),
    "same-unit": _t(
        "own slot held",
        "the actor's unit is {own}, that in {slot} is {held}",
        "操作人单位为{own}，{slot}为{held}",
    ),
    "not-in": _t("who slot", "{who} is barred: {slot}", "{who}须回避（{slot}）"),
    "children": _t(
        "done whole needed",
        "{done} of {whole} child tickets are done, {needed} are needed",
        "子工单{whole}件中已完成{done}件，须完成{needed}件",
    ),
    "children-untold": _t("", "it was not said which child tickets there are", "未提供子工单情况"),
    "count": _t("moves count", "'{moves}' happened {count} times", "“{moves}”已有{count}次"),
    "happened": _t("what", "'{what}' has not happened", "“{what}”尚未发生"),
    "not-happened": _t("what", "'{what}' has happened", "“{what}”已经发生"),
    "parts": _t(
        "part done needed", "{part}: {done} of {needed} complete", "{part}：须完成{needed}项，已完成{done}项"
    ),
    "no-piece": _t("piece part", "'{piece}' is no piece of {part}", "“{piece}”不是{part}中的一项"),
    "no-verdict": _t(
        "verdict part", "'{verdict}' is no verdict of {part}", "“{verdict}”不是{part}的结论用语"
    ),
    "requirement": _t("id said", "{said}", "{said}"),
    "any": _t("", "none of several ways is met", "几种情形均不满足"),
    "no-route": _t("move", "'{move}' leads nowhere with these fields", "按现有内容，“{move}”没有去向"),
    "no-extension": _t("clock", "the clock '{clock}' cannot be extended", "“{clock}”时限不能延长"),
    "no-parent": _t(
        "slot below units",
        "{slot}: there is no unit above {units} ({below})",
        "{slot}：{units}（{below}）没有上级单位",
    ),
    # what would help
    "fill": _t("what", "fill in {what}", "请填写{what}"),
    "leave-empty": _t("what", "it must be empty: {what}", "{what}须为空"),
    "field-within": _t("field bounds", "{field} must be {bounds}", "{field}须为{bounds}"),
    "field-one-of": _t("field values", "{field} must be one of: {values}", "{field}须为：{values}"),
    "slot-one-of": _t("slot values", "{slot} must be one of: {values}", "{slot}须为：{values}"),
    "state-in": _t("states", "possible in: {states}", "可在以下状态进行：{states}"),
    "share-within": _t("part of bounds", "{part} must be {bounds} of {of}", "{part}须为{of}的{bounds}"),
    "do-first": _t("what", "'{what}' must come first", "须先“{what}”"),
    "wait": _t("time", "wait until {time} have passed", "须待{time}届满"),
    "too-late": _t("time", "it was possible for {time}", "只能在{time}内进行"),
    "too-late-now": _t("", "it is no longer possible", "已不可再进行"),
    "clock-is": _t("clock verdicts", "the clock '{clock}' must be {verdicts}", "“{clock}”须为{verdicts}"),
    "settle": _t("matter", "settle each first: {matter}", "须先逐件了结{matter}"),
    "another-person": _t("", "another person must do it", "须由他人进行"),
    "of-that-unit": _t("unit", "somebody of {unit} must do it", "须由{unit}的人员进行"),
    "children-first": _t("count", "{count} more must be done first", "须先再完成{count}件"),
    "tell-children": _t(
        "", "give the child tickets with the move, () for none", "请随动作提供子工单；没有则为空"
    ),
    "count-within": _t("bounds", "it must be {bounds}", "次数须为{bounds}"),
    "complete": _t("missing", "still missing: {missing}", "尚缺：{missing}"),
    "piece-one-of": _t("pieces", "the pieces are: {pieces}", "各项为：{pieces}"),
    "verdict-one-of": _t("verdicts", "the verdicts are: {verdicts}", "结论用语为：{verdicts}"),
    "ask-plugin": _t("id", "the requirement {id} must be met", "须满足要求{id}"),
    "one-of-these": _t("", "one of these must be met", "须满足其中之一"),
    "who-may": _t("who", "allowed: {who}", "有权者：{who}"),
    "other-fields": _t("", "fill in the fields its routes ask for", "请填写其去向所依据的内容"),
    "extend-running": _t(
        "most",
        "it must be running, and the days asked for from 1 to {most}",
        "须在计时中，且所申请天数为1至{most}",
    ),
    "choose-other-way": _t("", "choose another move", "请改用其他办理方式"),
    "tick": _t("", "tick the ticket first, and store what comes of it", "请先执行到期动作并保存"),
    # notes
    "fact-nobody": _t("kind slot", "no fact '{kind}': nobody is in {slot}", "未生成事实“{kind}”：{slot}空缺"),
    "timed-move-refused": _t("move", "the timed move '{move}' could not be made", "到期动作“{move}”未能执行"),
    # clocks
    "not-started": _t("clock", "{clock}: not started", "{clock}：未起算"),
    "in-time": _t("clock", "{clock}: in time", "{clock}：时限内"),
    "overdue": _t("clock", "{clock}: overdue", "{clock}：已超时"),
    "met": _t("clock", "{clock}: met in time", "{clock}：按时办结"),
    "late": _t("clock", "{clock}: met late", "{clock}：超时办结"),
    "cancelled": _t("clock", "{clock}: cancelled", "{clock}：已取消"),
}
#: The templates of everything a flow answers, with those of deadlines.
SENTENCES: FrozenMap[str, Template] = FrozenMap({**CALENDAR_SENTENCES, **_OWN})
