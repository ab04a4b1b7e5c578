"""The few words of the pictures themselves, in both languages."""

from collections.abc import Sequence

from ...basics import Label
from ..rules import Tier

KINDS = {
    "initial": Label("起始状态", "initial"),
    "active": Label("办理中", "active"),
    "waiting": Label("等待", "waiting"),
    "final": Label("终态", "final"),
}
SIGNS = {
    "pauses": Label("暂停计时", "pauses"),
    "starts": Label("启动计时", "starts"),
    "stops": Label("停止计时", "stops"),
}
ANYONE = Label("任何人", "anyone")
CLOCK = Label("到时自动", "clock")
CLOCK_SIGN = Label("时限", "time limits")
TICKET_PATH = Label("走过的路", "path of the ticket")
HERE = Label("当前状态", "present state")
WHO = Label("谁", "who")
FORM = Label("表单", "form")
WHEN = Label("条件", "when")
OUTCOME = Label("结果", "outcome")
BEGIN = Label("开始", "begin")
GROUPS = {
    "open": Label("任一未结状态", "Any unfinished state"),
    "active": Label("任一办理状态", "Any active state"),
    "waiting": Label("任一等待状态", "Any waiting state"),
    "final": Label("任一终态", "Any final state"),
    "all": Label("任一状态", "Any state"),
}
_LISTS = {"zh": ("、", "："), "en": (", ", ": ")}


def listed(items: Sequence[str], lang: str) -> str:
    """Return items as a list in words."""
    return _LISTS.get(lang, _LISTS["en"])[0].join(items)


def named(name: str, text: str, lang: str) -> str:
    """Return "name: text" as the language writes it."""
    return f"{name}{_LISTS.get(lang, _LISTS['en'])[1]}{text}"


def one_of(items: Sequence[str], lang: str) -> str:
    """Return the head of a box that stands for several states."""
    return named("任一" if lang == "zh" else "One of", listed(items, lang), lang)


def but(group: str, items: Sequence[str], lang: str) -> str:
    """Return a group of states with its exceptions."""
    names = listed(items, lang)
    return f"{group}（{names}除外）" if lang == "zh" else f"{group} but {names}"


def many_clocks(count: int, lang: str) -> str:
    """Return a number of clocks in words."""
    return f"{count}项时限" if lang == "zh" else f"{count} clocks"


def moment_of(name: str, tier: Tier, lang: str) -> str:
    """Return when a tier of the clock called ``name`` acts: "Resolve: 1 working day after due"."""
    span = tier.before or tier.after
    if span is None:
        return named(name, "到期时" if lang == "zh" else "when due", lang)
    if lang == "zh":
        return named(name, f"到期{'前' if tier.before else '后'}{span.in_('zh')}", lang)
    return named(name, f"{span.in_('en')} {'before' if tier.before else 'after'} due", lang)


def extent(states: int, moves: int, day: str, lang: str) -> str:
    """Return how large a version is and from which day it is in force, in words."""
    if lang == "zh":
        return f"{states}个状态，{moves}个动作，自{day}起施行"
    numbers = f"{states} state{'' if states == 1 else 's'}, {moves} move{'' if moves == 1 else 's'}"
    return f"{numbers}, in force from {day}"
