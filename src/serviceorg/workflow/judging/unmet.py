"""Why a move was refused: for each unmet need a reason, and as its first child what would satisfy it."""

from collections.abc import Callable, Iterable
from typing import Any

from ...basics import Label
from ...reasons import Reason
from ..clocks.due import verdict_of
from ..plans.compile import counter_name
from ..plans.plan import Edge, Plan
from ..rules import (
    AnyOf,
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
    Plugged,
    SameUnit,
    Share,
    SlotIs,
    StateIs,
    Timed,
)
from ..words.definition import permit_in_words
from ..words.phrases import in_bounds, verdict_words, verdicts_in_words
from .checks import children_done, clashes, enough, holds, pieces_done, pieces_of, share_of
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


def _listed(titles: Iterable[Label]) -> Label:
    """Return titles one after another, in both languages."""
    titles = list(titles)
    return Label(
        zh="、".join(title.in_("zh") for title in titles), en=", ".join(title.in_("en") for title in titles)
    )


def _events(plan: Plan, names: Iterable[str]) -> Label:
    return _listed(plan.titles.event(name) for name in names)


def _clashing(plan: Plan, names: Iterable[str]) -> Label:
    """Return the titles of slots and moves in which somebody has a part."""
    titles = plan.titles
    return _listed(titles.slot(name) if name in plan.slots else titles.event(name) for name in names)


def _values(values: Iterable[object]) -> str:
    return ", ".join(str(value) for value in values)


def _shown(value: object) -> str:
    return " ".join(value) if isinstance(value, tuple) else "-" if value is None else str(value)


def _field(check: FieldIs, now: Situation) -> Reason:
    title, value = now.plan.titles.field(check.field), _shown(now.fields.get(check.field))
    if check.filled is not None:
        return _why("field", title, value, do="fill" if check.filled else "leave-empty", said=(title,))
    if check.bounds is not None:
        return _why("field", title, value, do="field-within", said=(title, in_bounds(check.bounds)))
    return _why("field", title, value, do="field-one-of", said=(title, _values(check.one_of)))


def _state(check: StateIs, now: Situation) -> Reason:
    return _why(
        "state", now.plan.titles.event(now.source), do="state-in", said=(_events(now.plan, check.states),)
    )


def _share(check: Share, now: Situation) -> Reason:
    part, of, share = now.plan.titles.field(check.part), now.plan.titles.field(check.of), share_of(check, now)
    counts = _shown(now.fields.get(check.part)), _shown(now.fields.get(check.of))
    shown = "-" if share is None else str(share)
    return _why(
        "share", part, of, *counts, shown, do="share-within", said=(part, of, in_bounds(check.bounds))
    )


def _timed(check: Timed, now: Situation) -> Reason:
    since = now.plan.titles.event(check.since)
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
    title = now.plan.titles.clock(check.clock)
    return _why(
        "clock", title, verdict_words(verdict), do="clock-is", said=(title, verdicts_in_words(check.verdicts))
    )


def _none_open(check: NoneOpen, now: Situation) -> Reason:
    count = now.ticket.memory.open.get(check.matter, 0)
    return _why(
        "none-open",
        now.plan.titles.matter(check.matter),
        count,
        do="settle",
        said=(now.plan.titles.matter(check.matter),),
    )


def _different(check: Different, now: Situation) -> Reason:
    who = now.actor.id if now.actor else ""
    return _why("different", who, _clashing(now.plan, clashes(check, now)), do="another-person")


def _same_unit(check: SameUnit, now: Situation) -> Reason:
    held = _values(now.slots.get(check.slot, ()))
    own = now.actor.unit if now.actor else ""
    return _why(
        "same-unit", own or "-", now.plan.titles.slot(check.slot), held, do="of-that-unit", said=(held,)
    )


def _children(check: Children, now: Situation) -> Reason:
    if now.children is None:
        return _why("children-untold", do="tell-children")
    done, whole = children_done(check, now), len(now.children)
    needed = enough(check.needed, whole)
    return _why("children", done, whole, needed, do="children-first", said=(needed - done,))


def _counted(check: Counted, now: Situation) -> Reason:
    count = now.ticket.memory.counts.get(counter_name(check), 0)
    titles = _events(now.plan, check.moves)
    return _why("count", titles, count, do="count-within", said=(in_bounds(check.bounds),))


def _happened(check: Happened, now: Situation) -> Reason:
    what = _events(now.plan, check.what)
    if check.wants:
        return _why("happened", what, do="do-first", said=(what,))
    return _why("not-happened", what, do="too-late-now")


def _parts(check: PartsDone, now: Situation) -> Reason:
    pieces, done = pieces_of(check.part, now), pieces_done(check, now)
    title, needed = now.plan.titles.part(check.part), enough(check.needed, len(pieces))
    missing = _values(piece for piece in pieces if piece not in done)
    return _why("parts", title, len(done), needed, do="complete", said=(missing or "-",))


def _slot(check: SlotIs, now: Situation) -> Reason:
    title, held = now.plan.titles.slot(check.slot), _values(now.slots.get(check.slot, ())) or "-"
    if check.filled is None:
        return _why("slot", title, held, do="slot-one-of", said=(title, _values(check.one_of)))
    return _why("slot", title, held, do="fill" if check.filled else "leave-empty", said=(title,))


def _not_in(check: NotIn, now: Situation) -> Reason:
    who = _shown(now.fields.get(check.field)) if check.field else (now.actor.id if now.actor else "")
    return _why("not-in", who, now.plan.titles.slot(check.slot), do="another-person")


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
    who = [permit_in_words(permit, now.plan.titles) for permit in edge.permits]
    words = Label(zh="；".join(one.zh for one in who), en="; ".join(one.en for one in who))
    return _why("no-permission", now.actor.id, edge.title, do="who-may", said=(words,))


def separated(edge: Edge, clashing: Iterable[str], now: Situation) -> Reason:
    """Return that the actor has a part in the ticket that does not go together with this duty."""
    assert now.actor is not None
    return _why("separation", now.actor.id, _clashing(now.plan, clashing), edge.title, do="another-person")


def not_from_here(move: str, now_in: str, plan: Plan) -> Reason:
    """Return that a move does not leave the present state, and which states it leaves."""
    title, sources = plan.titles.event(move), plan.moves[move].sources
    return _why(
        "not-from-here", title, plan.titles.event(now_in), do="state-in", said=(_events(plan, sources),)
    )


def no_route(edge: Edge, now: Situation) -> Reason:
    """Return that no route of a move can be taken with these fields."""
    return _why("no-route", edge.title, do="other-fields")


def nothing_open(matter: str, now: Situation) -> Reason:
    """Return that there is nothing of this name to settle."""
    return _why(
        "nothing-open", now.plan.titles.matter(matter), do="do-first", said=(now.plan.titles.matter(matter),)
    )


def no_piece(part: str, piece: str, pieces: tuple[str, ...], now: Situation) -> Reason:
    """Return that somebody cannot complete a piece, and which pieces there are."""
    return _why(
        "no-piece",
        piece or "-",
        now.plan.titles.part(part),
        do="piece-one-of",
        said=(_values(pieces) or "-",),
    )


def no_verdict(part: str, verdict: str, verdicts: tuple[str, ...], now: Situation) -> Reason:
    """Return that a piece was completed with a word that is no verdict of its part."""
    title = now.plan.titles.part(part)
    return _why("no-verdict", verdict or "-", title, do="verdict-one-of", said=(_values(verdicts),))


def no_extension(rule: Extension, now: Situation) -> Reason:
    """Return that a clock cannot be extended: it does not run, or by too much."""
    title = now.plan.titles.clock(rule.clock)
    return _why("no-extension", title, do="extend-running", said=(rule.most or "-",))


def no_parent(slot: str, below: str, held: tuple[str, ...], now: Situation) -> Reason:
    """Return that the tree ends here: nobody is above."""
    title, units = now.plan.titles.slot(slot), _values(held) or "-"
    return _why("no-parent", title, now.plan.titles.slot(below), units, do="choose-other-way")


def tick_first(tier: str, moment: Any, now: Situation) -> Reason:
    """Return that a timed move fell due before this one."""
    return _why("tick-first", tier, wall(moment, now), do="tick")
