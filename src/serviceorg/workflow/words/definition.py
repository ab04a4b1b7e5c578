"""What a definition says, in words: who may, limits, tiers, extensions and promises, in both languages."""

from ...basics import Label
from ..rules import Extension, Limit, Permit, Promise, Tier
from .needs import either_of, need_in_words, needs_in_words, quoted, span_of
from .titles import Titles

__all__ = [
    "Titles",
    "extension_in_words",
    "limit_in_words",
    "need_in_words",
    "needs_in_words",
    "permit_in_words",
    "promise_in_words",
    "tier_in_words",
]


def permit_in_words(permit: Permit, titles: Titles, *, scope: str = "") -> Label:
    """Return whom a permit allows; ``scope`` is the slot that the version names as its own, "" for none."""
    if permit.anyone:
        return Label(zh="任何人", en="anyone")
    if permit.clock:
        return Label(zh="系统计时", en="the clock alone")
    if permit.slot:
        slot = titles.slot(permit.slot)
        return Label(zh=f"{slot.in_('zh')}本人", en=f"the one in {slot.in_('en')}")
    role, at = titles.role(permit.role), permit.at or scope
    if not at or permit.scope == "any":
        return Label(zh=role.in_("zh"), en=role.in_("en"))
    unit = titles.slot(at)
    zh, en = _SCOPES[permit.scope]
    return Label(
        zh=f"{role.in_('zh')}{zh.format(unit.in_('zh'))}", en=f"{role.in_('en')}{en.format(unit.in_('en'))}"
    )


_SCOPES = {
    "covers": ("（所在单位须管辖{}）", " of a unit that covers {}"),
    "exactly": ("（须为{}本单位）", " of the very unit in {}"),
    "above": ("（须为{}的上级单位）", " of a unit above {}"),
}


def limit_in_words(limit: Limit, titles: Titles) -> Label:
    """Return how long a clock may run."""
    if limit.until:
        until = titles.field(limit.until)
        words = Label(zh=f"至{until.in_('zh')}", en=f"until {until.in_('en')}")
    elif limit.by:
        words = _by_table(limit, titles.field(limit.by))
    else:
        words = span_of(limit.duration) if limit.duration else Label(zh="不限", en="none")
    if not limit.or_later:
        return words
    later = titles.field(limit.or_later)
    return Label(
        zh=f"{words.zh}；{later.in_('zh')}更晚的从其规定",
        en=f"{words.en}, or {later.in_('en')} where that is later",
    )


def _by_table(limit: Limit, by: Label) -> Label:
    rows = [(text, text, span_of(duration)) for text, duration in limit.table.items()]
    if limit.duration is not None:
        rows.append(("其他", "all else", span_of(limit.duration)))
    return Label(
        zh=f"按{by.in_('zh')}：" + "，".join(f"{zh} {words.zh}" for zh, _, words in rows),
        en=f"by {by.in_('en')}: " + ", ".join(f"{en} {words.en}" for _, en, words in rows),
    )


def extension_in_words(extension: Extension, titles: Titles) -> Label:
    """Return by how much a move extends a clock."""
    clock = titles.clock(extension.clock)
    if extension.by is not None:
        words = span_of(extension.by)
        return Label(zh=f"{clock.in_('zh')}延长{words.zh}", en=f"{clock.in_('en')}: {words.en} more")
    days = titles.field(extension.days_field)
    return Label(
        zh=f"{clock.in_('zh')}按{days.in_('zh')}延长，最多{extension.most}天",
        en=f"{clock.in_('en')}: as many days more as {days.in_('en')} says, at most {extension.most}",
    )


def tier_in_words(tier: Tier, titles: Titles) -> Label:
    """Return when a tier of a clock acts, and what it does besides notices and facts."""
    zh, en = _moment(tier)
    if tier.every is not None:
        every = span_of(tier.every)
        zh, en = (
            f"{zh}，每{every.zh}一次，共{tier.times}次",
            f"{en}, every {every.en}, {tier.times} times in all",
        )
    if tier.move:
        move = titles.event(tier.move)
        zh, en = f"{zh}：自动{quoted(move, 'zh')}", f"{en}: makes {quoted(move, 'en')}"
    if tier.colour:
        zh, en = f"{zh}（{_COLOURS.get(tier.colour, tier.colour)}）", f"{en} ({tier.colour})"
    return Label(zh=zh, en=en)


_COLOURS = {"green": "绿", "yellow": "黄", "orange": "橙", "red": "红"}


def _moment(tier: Tier) -> tuple[str, str]:
    if tier.before is not None:
        words = span_of(tier.before)
        return f"到期前{words.zh}", f"{words.en} before it is due"
    if tier.after is not None:
        words = span_of(tier.after)
        return f"到期后{words.zh}", f"{words.en} after it was due"
    return "到期时", "when it is due"


def promise_in_words(promise: Promise, titles: Titles) -> Label:
    """Return what a promise claims of every possible life of a ticket."""
    never = either_of(promise.never, titles)
    if promise.at_most is not None:
        return Label(
            zh=f"{never.zh}至多{promise.at_most}次",
            en=f"{never.en} at most {promise.at_most} {'time' if promise.at_most == 1 else 'times'}",
        )
    if promise.without:
        first, since = either_of(promise.without, titles), either_of(promise.since, titles)
        again = (
            (f"（{since.zh}后须重新进行）", f", and again after {since.en}") if promise.since else ("", "")
        )
        return Label(
            zh=f"未经{first.zh}，不得{never.zh}{again[0]}", en=f"no {never.en} without {first.en}{again[1]}"
        )
    after, until = either_of(promise.after, titles), either_of(promise.until, titles)
    end = (f"，直至{until.zh}", f", until {until.en}") if promise.until else ("", "")
    return Label(zh=f"{after.zh}后不得{never.zh}{end[0]}", en=f"no {never.en} after {after.en}{end[1]}")
