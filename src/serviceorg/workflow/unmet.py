"""Why a move was refused: for each unmet need a reason, and as its first child what would satisfy it."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from ..basics import Label
from ..reasons import Reason
from .checks import children_done, clashes, enough, holds, pieces_done, pieces_of, share_of
from .compile import counter_name
from .due import verdict_of
from .plan import Edge, Plan
from .rules import (
    AnyOf,
    Bounds,
    Children,
    ClockIs,
    Counted,
    Different,
    Extension,
    FieldIs,
    Happened,
    Need,
    NoneOpen,
    NotIn,
    PartsDone,
    Permit,
    Plugged,
    SameUnit,
    Share,
    SlotIs,
    StateIs,
    Timed,
)
from .situation import Situation

Words = Label


def unmet(need: Need, now: Situation) -> Reason:
    """Return why a need does not hold; the rule's own words stand above, if it has any."""
    reason = _WHY[type(need.check)](need.check, now)
    if need.title != Label():
        advice, rest = reason.children[:1], reason.children[1:]
        why = Reason(reason.code, reason.arguments, rest)
        return Reason("rule", (reason.code, need.title), (*advice, why), need.source)
    return Reason(reason.code, reason.arguments, reason.children, need.source)


def _why(code: str, *arguments: Any, do: str, said: tuple[Any, ...] = ()) -> Reason:
    return Reason(code, arguments, (Reason(do, said),))


def listed(plan: Plan, names: Iterable[str]) -> Label:
    """Return the titles of names, in both languages."""
    titles = [plan.title(name) for name in names]
    return Label(
        zh="、".join(title.in_("zh") for title in titles), en=", ".join(title.in_("en") for title in titles)
    )


def in_bounds(bounds: Bounds) -> Label:
    """Return bounds in words: 以上 includes the number, 超过 does not."""
    parts = [
        (f"at least {_number(one)}", f"{_number(one)}以上") for one in (bounds.least,) if one is not None
    ]
    parts += [
        (f"more than {_number(one)}", f"超过{_number(one)}") for one in (bounds.above,) if one is not None
    ]
    parts += [(f"at most {_number(one)}", f"{_number(one)}以下") for one in (bounds.most,) if one is not None]
    parts += [
        (f"less than {_number(one)}", f"不满{_number(one)}") for one in (bounds.below,) if one is not None
    ]
    return Label(zh="且".join(zh for _, zh in parts), en=" and ".join(en for en, _ in parts))


def _number(value: Fraction) -> str:
    return str(value)


def _values(values: Iterable[object]) -> str:
    return ", ".join(str(value) for value in values)


def _shown(value: object) -> str:
    return " ".join(value) if isinstance(value, tuple) else "-" if value is None else str(value)


def _field(check: FieldIs, now: Situation) -> Reason:
    title, value = now.plan.title(check.field), _shown(now.fields.get(check.field))
    if check.filled is not None:
        return _why("field", title, value, do="fill" if check.filled else "leave-empty", said=(title,))
    if check.bounds is not None:
        return _why("field", title, value, do="field-within", said=(title, in_bounds(check.bounds)))
    return _why("field", title, value, do="field-one-of", said=(title, _values(check.one_of)))


def _state(check: StateIs, now: Situation) -> Reason:
    return _why("state", now.plan.title(now.source), do="state-in", said=(listed(now.plan, check.states),))


def _share(check: Share, now: Situation) -> Reason:
    part, of, share = now.plan.title(check.part), now.plan.title(check.of), share_of(check, now)
    counts = _shown(now.fields.get(check.part)), _shown(now.fields.get(check.of))
    shown = "-" if share is None else str(share)
    return _why(
        "share", part, of, *counts, shown, do="share-within", said=(part, of, in_bounds(check.bounds))
    )


def _timed(check: Timed, now: Situation) -> Reason:
    since = now.plan.title(check.since)
    words = Label(zh=check.duration.in_("zh"), en=check.duration.in_("en"))
    number = now.ticket.memory.marks.get(check.since)
    if number is None:
        return _why("never-since", since, do="do-first", said=(since,))
    begun = wall(now.ticket.moment(number), now)
    code, do = ("within", "too-late") if check.within else ("elapsed", "wait")
    return _why(code, since, begun, words, do=do, said=(words,))


def wall(moment: Any, now: Situation) -> str:
    """Return a moment as people of the place read it: day, hour and minute."""
    local = moment.astimezone(now.around.own_calendar(now.plan).tz)
    return f"{local:%Y-%m-%d %H:%M}"


def _clock(check: ClockIs, now: Situation) -> Reason:
    clock = now.plan.clock(check.clock)
    calendar = now.around.calendar(now.plan, clock, now.slots)
    verdict = verdict_of(now.ticket.runs[clock.position], calendar, now.at)
    title = now.plan.title(check.clock)
    return _why(
        "clock", title, verdict_words(verdict), do="clock-is", said=(title, _verdicts(check.verdicts))
    )


_VERDICTS = {
    "not-started": Label(zh="未起算", en="not started"),
    "in-time": Label(zh="时限内", en="in time"),
    "overdue": Label(zh="已超时", en="overdue"),
    "met": Label(zh="按时办结", en="met in time"),
    "late": Label(zh="超时办结", en="met late"),
    "cancelled": Label(zh="已取消", en="cancelled"),
}


def verdict_words(verdict: str) -> Label:
    """Return a verdict in words."""
    words = _VERDICTS[verdict]
    return Label(zh=words.zh, en=words.en, code=verdict)


def _verdicts(verdicts: Iterable[str]) -> Label:
    words = [_VERDICTS[one] for one in verdicts]
    return Label(zh="或".join(one.zh for one in words), en=" or ".join(one.en for one in words))


def _none_open(check: NoneOpen, now: Situation) -> Reason:
    count = now.ticket.memory.open.get(check.matter, 0)
    return _why(
        "none-open", now.plan.title(check.matter), count, do="settle", said=(now.plan.title(check.matter),)
    )


def _different(check: Different, now: Situation) -> Reason:
    who = now.actor.id if now.actor else ""
    return _why("different", who, listed(now.plan, clashes(check, now)), do="another-person")


def _same_unit(check: SameUnit, now: Situation) -> Reason:
    held = _values(now.slots.get(check.slot, ()))
    own = now.actor.unit if now.actor else ""
    return _why("same-unit", own or "-", now.plan.title(check.slot), held, do="of-that-unit", said=(held,))


def _children(check: Children, now: Situation) -> Reason:
    if now.children is None:
        return _why("children-untold", do="tell-children")
    done, whole = children_done(check, now), len(now.children)
    needed = enough(check.needed, whole)
    return _why("children", done, whole, needed, do="children-first", said=(needed - done,))


def _counted(check: Counted, now: Situation) -> Reason:
    count = now.ticket.memory.counts.get(counter_name(check), 0)
    titles = listed(now.plan, check.moves)
    return _why("count", titles, count, do="count-within", said=(in_bounds(check.bounds),))


def _happened(check: Happened, now: Situation) -> Reason:
    what = listed(now.plan, check.what)
    if check.wants:
        return _why("happened", what, do="do-first", said=(what,))
    return _why("not-happened", what, do="too-late-now")


def _parts(check: PartsDone, now: Situation) -> Reason:
    pieces, done = pieces_of(check.part, now), pieces_done(check, now)
    title, needed = now.plan.title(check.part), enough(check.needed, len(pieces))
    missing = _values(piece for piece in pieces if piece not in done)
    return _why("parts", title, len(done), needed, do="complete", said=(missing or "-",))


def _slot(check: SlotIs, now: Situation) -> Reason:
    title, held = now.plan.title(check.slot), _values(now.slots.get(check.slot, ())) or "-"
    if check.filled is None:
        return _why("slot", title, held, do="slot-one-of", said=(title, _values(check.one_of)))
    return _why("slot", title, held, do="fill" if check.filled else "leave-empty", said=(title,))


def _not_in(check: NotIn, now: Situation) -> Reason:
    who = _shown(now.fields.get(check.field)) if check.field else (now.actor.id if now.actor else "")
    return _why("not-in", who, now.plan.title(check.slot), do="another-person")


def _plugged(check: Plugged, now: Situation) -> Reason:
    actor = now.actor.id if now.actor else ""
    said = now.around.requirements[check.id](now.ticket, now.fields, actor, now.at, check.options)
    return _why("requirement", check.id, said, do="ask-plugin", said=(check.id,))


def _any(check: AnyOf, now: Situation) -> Reason:
    groups = [[unmet(need, now) for need in group if not holds(need, now)] for group in check.groups]
    found = tuple(reason for group in groups for reason in group)
    return Reason("any", (), (Reason("one-of-these"), *found))


_WHY: dict[type, Callable[[Any, Situation], Reason]] = {
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


def no_permission(edge: Edge, now: Situation) -> Reason:
    """Return that the actor may not, and who may."""
    assert now.actor is not None
    who = [may(permit, now.plan) for permit in edge.permits]
    words = Label(zh="；".join(one.zh for one in who), en="; ".join(one.en for one in who))
    return _why("no-permission", now.actor.id, edge.title, do="who-may", said=(words,))


def may(permit: Permit, plan: Plan) -> Label:
    """Return in words whom a permit allows."""
    if permit.anyone:
        return Label(zh="任何人", en="anyone")
    if permit.clock:
        return Label(zh="系统计时", en="the clock alone")
    if permit.slot:
        title = plan.title(permit.slot)
        return Label(zh=f"{title.in_('zh')}本人", en=f"the one in {title.in_('en')}")
    role, at = plan.title(permit.role), plan.title(permit.at) if permit.at else Label()
    en, zh = _SCOPES[permit.scope]
    return Label(
        zh=f"{role.in_('zh')}{zh.format(at.in_('zh'))}", en=f"{role.in_('en')}{en.format(at.in_('en'))}"
    )


_SCOPES = {
    "any": ("", ""),
    "covers": (" of a unit that covers {}", "（所在单位须管辖{}）"),
    "exactly": (" of the very unit in {}", "（须为{}本单位）"),
    "above": (" of a unit above {}", "（须为{}的上级单位）"),
}


def separated(edge: Edge, clashing: Iterable[str], now: Situation) -> Reason:
    """Return that the actor has a part in the ticket that does not go together with this duty."""
    assert now.actor is not None
    return _why("separation", now.actor.id, listed(now.plan, clashing), edge.title, do="another-person")


def not_from_here(move: str, now_in: str, plan: Plan) -> Reason:
    """Return that a move does not leave the present state, and which states it leaves."""
    title, sources = plan.title(move), plan.moves[move].sources
    return _why("not-from-here", title, plan.title(now_in), do="state-in", said=(listed(plan, sources),))


def no_route(edge: Edge, now: Situation) -> Reason:
    """Return that no route of a move can be taken with these fields."""
    return _why("no-route", edge.title, do="other-fields")


def nothing_open(matter: str, now: Situation) -> Reason:
    """Return that there is nothing of this name to settle."""
    return _why("nothing-open", now.plan.title(matter), do="do-first", said=(now.plan.title(matter),))


def no_piece(part: str, piece: str, pieces: tuple[str, ...], now: Situation) -> Reason:
    """Return that somebody cannot complete a piece, and which pieces there are."""
    return _why(
        "no-piece", piece or "-", now.plan.title(part), do="piece-one-of", said=(_values(pieces) or "-",)
    )


def no_verdict(part: str, verdict: str, verdicts: tuple[str, ...], now: Situation) -> Reason:
    """Return that a piece was completed with a word that is no verdict of its part."""
    title = now.plan.title(part)
    return _why("no-verdict", verdict or "-", title, do="verdict-one-of", said=(_values(verdicts),))


def no_extension(rule: Extension, now: Situation) -> Reason:
    """Return that a clock cannot be extended: it does not run, or by too much."""
    title = now.plan.title(rule.clock)
    return _why("no-extension", title, do="extend-running", said=(rule.most or "-",))


def no_parent(slot: str, below: str, held: tuple[str, ...], now: Situation) -> Reason:
    """Return that the tree ends here: nobody is above."""
    title, units = now.plan.title(slot), _values(held) or "-"
    return _why("no-parent", title, now.plan.title(below), units, do="choose-other-way")


def tick_first(tier: str, moment: Any, now: Situation) -> Reason:
    """Return that a timed move fell due before this one."""
    return _why("tick-first", tier, wall(moment, now), do="tick")
