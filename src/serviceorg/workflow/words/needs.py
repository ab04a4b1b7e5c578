"""What must hold, in words: every kind of need, in both languages."""

from collections.abc import Callable, Iterable
from fractions import Fraction

import attrs

from ...basics import Label
from ...calendars import Duration
from ...calendars.durations import NextWorkingDay
from ..rules import (
    AnyOf,
    Bounds,
    Children,
    ClockIs,
    Counted,
    Different,
    FieldIs,
    Happened,
    Need,
    NoneOpen,
    NotIn,
    PartsDone,
    Plain,
    Plugged,
    SameUnit,
    Share,
    SlotIs,
    StateIs,
    Timed,
)
from .phrases import in_bounds, verdict_words
from .titles import Titles

_NEVER = Bounds(most=Fraction(0))


def need_in_words(need: Need, titles: Titles) -> Label:
    """Return what a need asks for: the rule's own words, if it has any, with the check behind them."""
    words = _IN_WORDS[type(need.check)](need.check, titles)
    if need.title == Label():
        return words
    return Label(
        zh=f"{need.title.in_('zh')}（{words.zh}）",
        en=f"{need.title.in_('en')} ({words.en})",
    )


def needs_in_words(needs: Iterable[Need], titles: Titles) -> Label:
    """Return needs that must all hold, in one line; nothing for none."""
    words = [need_in_words(need, titles) for need in needs]
    return Label(zh="；".join(one.zh for one in words), en="; ".join(one.en for one in words))


def span_of(duration: Duration) -> Label:
    """Return a duration as a length of time."""
    if isinstance(duration, NextWorkingDay):  # its own words are those of a deadline, not of a time
        return Label(zh="下一个工作日", en="the next working day")
    return Label(zh=duration.in_("zh"), en=duration.in_("en"))


def quoted(title: Label, lang: str) -> str:
    """Return a title in the quotation marks of a language."""
    return f"“{title.in_('zh')}”" if lang == "zh" else f"'{title.in_('en')}'"


def either_of(names: Iterable[str], titles: Titles) -> Label:
    """Return the quoted titles of openings, moves or states, of which one is enough."""
    found = [titles.event(name) for name in names]
    return Label(
        zh="或".join(quoted(title, "zh") for title in found),
        en=" or ".join(quoted(title, "en") for title in found),
    )


def _value(value: Plain, lang: str) -> str:
    if isinstance(value, bool):
        return {"zh": ("否", "是"), "en": ("no", "yes")}[lang][value]
    return str(value)


def _values(values: Iterable[Plain]) -> Label:
    listed = list(values)
    return Label(
        zh="或".join(_value(one, "zh") for one in listed), en=" or ".join(_value(one, "en") for one in listed)
    )


def _field(check: FieldIs, titles: Titles) -> Label:
    field = titles.field(check.field)
    zh, en = field.in_("zh"), field.in_("en")
    if check.filled is not None:
        return (
            Label(zh=f"{zh}已填写", en=f"{en} is filled in")
            if check.filled
            else Label(zh=f"{zh}未填写", en=f"{en} is empty")
        )
    words = in_bounds(check.bounds) if check.bounds is not None else _values(check.one_of)
    return Label(zh=f"{zh}为{words.zh}", en=f"{en} is {words.en}")


def _state(check: StateIs, titles: Titles) -> Label:
    states = either_of(check.states, titles)
    return Label(zh=f"状态为{states.zh}", en=f"the state is {states.en}")


def _share(check: Share, titles: Titles) -> Label:
    part, of, words = titles.field(check.part), titles.field(check.of), in_bounds(check.bounds)
    return Label(
        zh=f"{part.in_('zh')}占{of.in_('zh')}的比例为{words.zh}",
        en=f"{part.in_('en')} as a part of {of.in_('en')} is {words.en}",
    )


def _timed(check: Timed, titles: Titles) -> Label:
    since = titles.event(check.since)
    zh, en = quoted(since, "zh"), quoted(since, "en")
    is_under = getattr(check.duration, "bound", "within") == "under"
    if check.within:
        words = span_of(check.duration)
        if is_under:
            return Label(zh=f"自{zh}起{words.zh}", en=f"{words.en} from {en}")
        return Label(zh=f"自{zh}起{words.zh}内", en=f"no later than {words.en} from {en}")
    # A time that is over is over for both bounds; only the very last moment differs.
    words = span_of(attrs.evolve(check.duration, bound="within") if is_under else check.duration)
    return Label(zh=f"自{zh}起已满{words.zh}", en=f"later than {words.en} from {en}")


def _clock(check: ClockIs, titles: Titles) -> Label:
    clock, verdicts = titles.clock(check.clock), [verdict_words(one) for one in check.verdicts]
    return Label(
        zh=f"{quoted(clock, 'zh')}为" + "或".join(one.zh for one in verdicts),
        en=f"the clock {quoted(clock, 'en')} is " + " or ".join(one.en for one in verdicts),
    )


def _none_open(check: NoneOpen, titles: Titles) -> Label:
    matter = titles.matter(check.matter)
    return Label(zh=f"没有未了结的{matter.in_('zh')}", en=f"nothing of this is open: {matter.in_('en')}")


def _different(check: Different, titles: Titles) -> Label:
    slots, moves = [titles.slot(name) for name in check.slots], either_of(check.moves, titles)
    zh = ["不是" + "或".join(one.zh for one in slots)] if slots else []
    en = ["is not " + " or ".join(one.en for one in slots)] if slots else []
    if check.moves:
        zh.append(f"未办理过{moves.zh}")
        en.append(f"has not done {moves.en}")
    return Label(zh="操作人" + "、".join(zh), en="the actor " + " and ".join(en))


def _same_unit(check: SameUnit, titles: Titles) -> Label:
    slot = titles.slot(check.slot)
    return Label(
        zh=f"操作人的单位属于{slot.in_('zh')}", en=f"the actor's unit lies in that of {slot.in_('en')}"
    )


def _children(check: Children, titles: Titles) -> Label:
    zh, en = _needed(check.needed)
    if not check.states:
        return Label(zh=f"{zh}子工单已办结", en=f"closed: {en} child tickets")
    states = either_of(check.states, titles)
    return Label(zh=f"{zh}子工单处于{states.zh}", en=f"in {states.en}: {en} child tickets")


def _needed(needed: str | int | Fraction) -> tuple[str, str]:
    if needed == "all":
        return "全部", "all"
    if needed == "any":
        return "至少1项", "at least 1 of the"
    return f"至少{needed}{'项' if isinstance(needed, int) else '的'}", f"at least {needed} of the"


def _counted(check: Counted, titles: Titles) -> Label:
    moves, words = either_of(check.moves, titles), in_bounds(check.bounds)
    zh, en = _since(check.since, titles)
    if check.bounds == _NEVER:
        return Label(zh=f"{zh}此前没有{moves.zh}", en=f"{moves.en} so far{en}: never")
    return Label(zh=f"{zh}此前{moves.zh}的次数为{words.zh}", en=f"{moves.en} so far{en}: {words.en}")


def _since(since: str, titles: Titles) -> tuple[str, str]:
    if not since:
        return "", ""
    title = titles.event(since)
    return f"自{quoted(title, 'zh')}起", f" since {quoted(title, 'en')}"


def _happened(check: Happened, titles: Titles) -> Label:
    what = either_of(check.what, titles)
    zh, en = _since(check.since, titles)
    if check.wants:
        return Label(zh=f"{zh}已有{what.zh}", en=f"{what.en} has happened{en}")
    return Label(zh=f"{zh}没有{what.zh}", en=f"{what.en} has not happened{en}")


def _parts(check: PartsDone, titles: Titles) -> Label:
    part = titles.part(check.part)
    zh, en = _needed(check.needed)
    verdicts = (f"，意见为{'或'.join(check.verdicts)}", f", with {' or '.join(check.verdicts)}")
    said = verdicts if check.verdicts else ("", "")
    return Label(
        zh=f"{part.in_('zh')}{zh}已完成{said[0]}",
        en=f"{part.in_('en')}: {en} pieces are complete{said[1]}",
    )


def _slot(check: SlotIs, titles: Titles) -> Label:
    slot = titles.slot(check.slot)
    zh, en = slot.in_("zh"), slot.in_("en")
    if check.filled is None:
        ids = _values(check.one_of)
        return Label(zh=f"{zh}为{ids.zh}", en=f"{en} is {ids.en}")
    if check.filled:
        return Label(zh=f"{zh}已确定", en=f"somebody is in {en}")
    return Label(zh=f"{zh}空缺", en=f"nobody is in {en}")


def _not_in(check: NotIn, titles: Titles) -> Label:
    slot = titles.slot(check.slot)
    if not check.field:
        return Label(zh=f"操作人不是{slot.in_('zh')}", en=f"the actor is not in {slot.in_('en')}")
    field = titles.field(check.field)
    return Label(
        zh=f"{field.in_('zh')}所填的不是{slot.in_('zh')}",
        en=f"who stands in {field.in_('en')} is not in {slot.in_('en')}",
    )


def _plugged(check: Plugged, titles: Titles) -> Label:
    options = ", ".join(f"{name} = {value}" for name, value in check.options.items())
    return Label(
        zh=f"满足要求{check.id}" + (f"（{options}）" if options else ""),
        en=f"the requirement {check.id} is met" + (f" ({options})" if options else ""),
    )


def _any(check: AnyOf, titles: Titles) -> Label:
    groups = [[need_in_words(need, titles) for need in group] for group in check.groups]
    return Label(
        zh="，或".join("且".join(one.zh for one in group) for group in groups),
        en=", or ".join(" and ".join(one.en for one in group) for group in groups),
    )


_IN_WORDS: dict[type, Callable[..., Label]] = {
    FieldIs: _field,
    StateIs: _state,
    Share: _share,
    Timed: _timed,
    ClockIs: _clock,
    NoneOpen: _none_open,
    Different: _different,
    SameUnit: _same_unit,
    Children: _children,
    Counted: _counted,
    Happened: _happened,
    PartsDone: _parts,
    SlotIs: _slot,
    NotIn: _not_in,
    Plugged: _plugged,
    AnyOf: _any,
}
