"""Why an obligation stands as it does: made when somebody asks, never before."""

from collections.abc import Iterator
from datetime import date

import attrs

from ..basics import Label
from ..reasons import Argument, Reason
from .book import DutyBook
from .excuses import Excuses
from .obligation import EXCUSED, LATE, Obligation
from .sentences import PARTIAL
from .tally import Refusal, Tally, by_day
from .world import World


@attrs.frozen
class Basis:
    """What the obligations of one duty were judged by, kept for explaining them."""

    world: World
    tally: Tally
    excuses: Excuses

    def aside(self, one: Obligation) -> tuple[Refusal, ...]:
        """Return the facts of an obligation's time and target that do not count, in the order of days."""
        window, tally = one.window, self.tally
        former = self.world.former(window)
        names = (one.who, *former.get(one.who, ()))
        found = {
            refusal[0].id: refusal
            for key in tally.keys_of(one.who, one.unit, one.towards, former)
            for refusal in tally.aside.get(key, ())
            if window.first <= refusal[0].day <= window.grace
            and (not tally.own or refusal[0].subject in names)
        }
        return tuple(sorted(found.values(), key=lambda refusal: by_day(refusal[0])))


def reason_of(book: DutyBook, one: Obligation, basis: Basis | None, on: date) -> Reason:
    """Return the reason of an obligation: what is asked by which rule, each fact that counts or does not."""
    duty, window = one.duty, one.window
    to = (one.towards,) if one.towards else ()
    arguments: tuple[Argument, ...] = (duty.title, one.who, *to, window.label)
    children = [
        Reason(
            "asked",
            (one.needed, window.start, window.end),
            (*_owed(one, basis), *_rule(one)),
            duty.source or book.source,
        ),
        *_facts(one),
    ]
    if basis is not None:
        children += _aside(basis.aside(one))
        if one.state == EXCUSED:
            children += basis.excuses.reason(window, one.who, one.towards)
    children += [Reason("counted", (one.done, one.needed)), Reason("as-known", (on,))]
    return Reason(f"{one.status}-towards" if one.towards else one.status, arguments, tuple(children))


def _owed(one: Obligation, basis: Basis | None) -> Iterator[Reason]:
    """Yield who owes it, and the class of the target that brings it about."""
    duty, window = one.duty, one.window
    yield Reason("held", (one.who, one.unit, window.held_on))
    if basis is not None:
        former = basis.world.former(window)
        for unit in dict.fromkeys((one.unit, one.towards)):
            if unit in former:
                old = former[unit]
                yield Reason("took-over", (unit, Label(zh="、".join(old), en=", ".join(old))))
    towards = duty.towards
    if basis is None or towards is None or towards.class_on not in ("end", "start"):
        return
    day = window.end if towards.class_on == "end" else window.start
    for name in towards.where:
        values = basis.world.snapshot.traits_of(one.towards, name, on=day)
        called = basis.world.called(name)
        if values:
            yield Reason("class", (one.towards, called, "、".join(values), day))
        else:
            yield Reason("class-none", (one.towards, called, day))


def _rule(one: Obligation) -> Iterator[Reason]:
    duty, window = one.duty, one.window
    days = window.last - window.first + 1
    if days < window.length:
        yield Reason("in-force", (days, window.length))
    if window.moved_because:
        title: Label | str = window.moved_title if str(window.moved_title) else window.moved_because
        yield Reason("moved", (window.planned, window.end, title))
    if window.parts:
        yield Reason("beyond", (window.label.rstrip("+"),))
    if one.needed < window.least:
        yield Reason("part", (window.least, one.needed, PARTIAL[duty.partial]))
    if window.grace_until > window.end:
        yield Reason("grace", (window.grace_until,))
    if window.settled_after > window.grace_until:
        yield Reason("entry", (window.settled_after,))
    if duty.fulfilled.nil:
        yield Reason("nil-counts")
    if window.provisional:
        yield Reason("provisional")
    if duty.illustrative:
        yield Reason("illustrative")


def _facts(one: Obligation) -> Iterator[Reason]:
    nil = one.duty.fulfilled.nil
    for fact in one.facts:
        if one.window.last < fact.day:
            code = "late-fact"
        else:
            code = "nil-fact" if nil and fact.attributes.get(nil) is True else "fact"
        yield Reason(code, (fact.on, fact.id, fact.subject))
    if one.state == LATE:
        yield Reason("used-up")


def _aside(aside: tuple[Refusal, ...]) -> Iterator[Reason]:
    for fact, code, what in aside:
        yield Reason("aside", (fact.on, fact.id, fact.subject), (Reason(code, (what,)),))
