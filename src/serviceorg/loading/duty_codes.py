"""What the kinds of problem mean that only duty files have, in two languages; see ``CODES``."""

from ..basics import Label


def _said(en: str, zh: str) -> Label:
    return Label(zh=zh, en=en)


#: Code of a problem of a duty file -> its meaning.
DUTY_CODES: dict[str, Label] = {
    "unknown-name": _said("nothing of that sort has this id", "没有这个编号的责任、单位、人员、角色或属性"),
    "bounds": _said("a version ends before it begins", "版本的结束日早于开始日"),
    "frequency": _said("these keys do not say on which days", "所写的键不能确定是哪些日子"),
    "never-occurs": _said("no day ever suits", "永远没有符合的日子"),
    "grace": _said("the grace lasts until the next window is over too", "宽限期过长，届时下一时段也已截止"),
    "versions": _said("two versions of a duty hold on the same day", "同一责任的两个版本同日有效"),
    "emit": _said("a fact it would give does not fit its kind", "所转成的事实与其类别不符"),
}
