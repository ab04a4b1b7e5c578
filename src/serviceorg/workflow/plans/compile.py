"""From a version to its plan."""

from collections.abc import Iterable, Iterator, Mapping

import attrs

from ...basics import Label
from ..answers import Option
from ..rules import (
    AnyOf,
    Bounds,
    Clock,
    Counted,
    Different,
    FieldIs,
    Happened,
    Move,
    Need,
    NotIn,
    Opening,
    Permit,
    Plugged,
    Route,
    Share,
    Timed,
    Value,
    Version,
)
from ..words.titles import Titles
from .plan import ClockPlan, Edge, Effect, FormRule, Plan, Target, TierPlan

#: What a move of a duty must be kept apart from: the parties of slots, and the duties of earlier moves.
_ANY = Bounds()
_APART = {"approve": ("applicant", ""), "review": ("handler", "handle"), "score": ("subject", "")}


def compiled(version: Version) -> Plan:
    """Return the plan of a version; the version has been checked when it was loaded."""
    return _Compiler(version).plan()


def counter_name(counted: Counted) -> str:
    """Return the name of a counter as ``Ticket.counts`` has it.

    >>> counter_name(Counted(("redo",), Bounds()))
    'redo'
    """
    return "+".join(counted.moves) + (f" since {counted.since}" if counted.since else "")


class _Compiler:
    def __init__(self, version: Version) -> None:
        self.version = version
        self.fields = {field.id: field for field in version.fields}
        self.states = {state.id: state for state in version.states}
        self.tracked = _Tracked(version)
        self.permits: dict[tuple[Permit, ...], tuple[Permit, ...]] = {}
        self.effects: dict[tuple[frozenset[str], str, str], Effect] = {}

    def plan(self) -> Plan:
        version = self.version
        clocks = tuple(self._clocks())
        edges: dict[str, dict[str, Edge]] = {state.id: {} for state in version.states}
        for move in version.moves:
            for source in move.sources:
                edges[source][move.id] = self._edge(move, source, move.permits)
        openings = {one.id: self._edge(one, "", one.permits) for one in version.openings}
        return Plan(
            version=version,
            states=self.states,
            slots={slot.id: slot for slot in version.slots},
            fields=self.fields,
            parts={part.id: part for part in version.parts},
            openings=openings,
            opening=next(iter(openings.values())),
            edges=edges,
            moves={move.id: move for move in version.moves},
            clocks=clocks,
            timed=tuple(clock for clock in clocks if clock.has_moves),
            tiered=tuple(clock for clock in clocks if clock.tiers),
            metrics=version.metrics,
            unstarted=(None,) * len(clocks),
            titles=Titles(version),
            seen_by={
                **{field.id: field.seen_by for field in version.fields},
                **{slot.id: slot.seen_by for slot in version.slots},
            },
            effect_of=self._effect,
        )

    def _clocks(self) -> Iterator[ClockPlan]:
        for position, clock in enumerate(self.version.clocks):
            limit = clock.limit
            tiers = tuple(
                TierPlan(
                    f"{clock.id}.{tier.id}",
                    tier,
                    number,
                    self._effect(frozenset((f"{clock.id}.{tier.id}",)), "", ""),
                )
                for number, tier in enumerate(clock.tiers)
            )
            read = frozenset(filter(None, (limit.by, limit.until, limit.or_later, clock.since)))
            yield ClockPlan(position, clock, tiers, read, any(tier.move for tier in clock.tiers))

    def _edge(self, move: Move | Opening, source: str, permits: Iterable[Permit]) -> Edge:
        form = self._form(move)
        completes = move.completes if isinstance(move, Move) else ""
        targets = tuple(self._target(move.id, source, route, completes, move.sets) for route in move.routes)
        read_by_clocks = {name for clock in self.version.clocks for name in _limit_fields(clock)}
        title = move.title if move.title != Label() else Label(zh=move.id, en=move.id)
        apart_slots, apart_moves = self._apart(move)
        is_plain = _is_plain(move) and not targets[0].sets
        is_silent = not (move.required or apart_slots or apart_moves or targets[0].effect.speaks)
        limit_fields = bool(read_by_clocks & set(form.allowed))
        checks = tuple(need.check for need in move.needs if isinstance(need.check, FieldIs))
        return Edge(
            id=move.id,
            title=title,
            move=move,
            permits=self._permits(permits),
            form=form,
            needs=move.needs,
            needs_now=tuple(need for need in move.needs if not fields_read((need,)) & set(form.allowed)),
            targets=targets,
            option=Option(move.id, title, True, move.required, move.optional),
            apart_slots=apart_slots,
            apart_moves=apart_moves,
            limit_fields=limit_fields,
            unit_fields=self._filling(targets, "unit"),
            id_fields=(*self._filling(targets, "unit"), *self._filling(targets, "person")),
            clears=move.clears if isinstance(move, Move) else (),
            is_routed_now=not any(fields_read(target.when) & {*form.allowed, "*"} for target in targets),
            is_guarded=bool(
                move.needs or apart_slots or apart_moves or _is_about_something(move) or _rises(targets)
            ),
            is_straight=len(targets) == 1 and not targets[0].when,
            is_plain=is_plain,
            is_light=not limit_fields and not _is_heavy(move),
            is_quick=is_plain and is_silent and len(checks) == len(move.needs),
            checks=checks,
        )

    def _form(self, move: Move | Opening) -> FormRule:
        allowed = {name: self.fields[name] for name in (*move.required, *move.optional)}
        texts = (name for name, field in allowed.items() if field.type == "text" and not field.one_of)
        return FormRule(move.required, allowed, frozenset(texts))

    def _apart(self, move: Move | Opening) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the slots and the moves whose people may not make a move: the separation of duties."""
        if not isinstance(move, Move) or move.duty not in _APART:
            return (), ()
        party, duty = _APART[move.duty]
        slots = tuple(slot.id for slot in self.version.slots if slot.party == party)
        return slots, tuple(one.id for one in self.version.moves if duty and one.duty == duty)

    def _filling(self, targets: Iterable[Target], kind: str) -> tuple[str, ...]:
        """Return the fields that fill slots of a kind with what is written in them."""
        slots = {slot.id for slot in self.version.slots if slot.kind == kind}
        sets = [pair for target in targets for pair in target.sets]
        found = (value.field for slot, value in sets if slot in slots and not value.table)
        return tuple(dict.fromkeys(name for name in found if name))

    def _permits(self, permits: Iterable[Permit]) -> tuple[Permit, ...]:
        """Return the permits with their slots written out; equal ones are one object, and judged once."""
        scoped = tuple(self._scoped(permit) for permit in permits)
        return self.permits.setdefault(scoped, scoped)

    def _scoped(self, permit: Permit) -> Permit:
        """Return a permit with the slot written out that its role is about; scope "any" for none."""
        at = permit.at or self.version.scope
        if not permit.role or (at and permit.scope != "any"):
            return attrs.evolve(permit, at=at)
        return attrs.evolve(permit, at="", scope="any")

    def _target(
        self, move: str, source: str, route: Route, completes: str, sets: Mapping[str, Value]
    ) -> Target:
        state = route.to or source
        names = frozenset((move, route.to) if route.to else (move,))
        return Target(
            state,
            route.when,
            (*route.sets.items(), *sets.items()),
            self._effect(names, source, state),
            (move, state),
            self._effect(names | {completes}, source, state) if completes else None,
        )

    def _effect(self, names: frozenset[str], source: str, state: str) -> Effect:
        key = (names, source, state)
        if key not in self.effects:
            self.effects[key] = self._worked_out(names, source, state)
        return self.effects[key]

    def _worked_out(self, names: frozenset[str], source: str, state: str) -> Effect:
        tracked, version = self.tracked, self.version
        cleared = tuple(name for name, one in tracked.counters.items() if one.since in names)
        counters = tuple(
            name
            for name, one in tracked.counters.items()
            if names & set(one.moves) and one.since not in names
        )
        marks = tuple(sorted(names & tracked.marks))
        maker = next(iter(sorted(names & tracked.makers)), "")
        clocks = tuple(
            position
            for position, clock in enumerate(version.clocks)
            if names & {*clock.start, *clock.stop, *clock.reset, *clock.cancel}
            or ((source in clock.pause) != (state in clock.pause))
        )
        emissions = tuple(one for one in version.emissions if names & set(one.on))
        notices = tuple(one for one in version.notices if names & set(one.on))
        remembers = bool(cleared or counters or marks or maker)
        return Effect(
            names=names,
            counters=counters,
            cleared=cleared,
            marks=marks,
            maker=maker,
            clocks=clocks,
            emissions=emissions,
            notices=notices,
            remembers=remembers,
            speaks=bool(emissions or notices),
            is_busy=bool(remembers or emissions or notices or clocks),
        )


class _Tracked:
    """What the checks of a version ask about the past."""

    def __init__(self, version: Version) -> None:
        checks = [need.check for need in all_needs(version)]
        self.counters = {counter_name(one): one for one in checks if isinstance(one, Counted)}
        for value in _values(version):
            if value.count:
                self.counters.setdefault(value.count, Counted((value.count,), _ANY))
        self.marks: set[str] = set()
        for one in checks:
            if isinstance(one, Happened):
                self.marks.update((*one.what, one.since))
            elif isinstance(one, Timed):
                self.marks.add(one.since)
        self.marks.discard("")
        self.makers = {name for one in checks if isinstance(one, Different) for name in one.moves}
        self.makers.update(move.id for move in version.moves if move.duty == "handle")


def all_needs(version: Version) -> Iterator[Need]:
    """Yield every need of a version, those inside alternatives too."""
    edges: tuple[Move | Opening, ...] = (*version.openings, *version.moves)
    for edge in edges:
        yield from _inner(edge.needs)
        for route in edge.routes:
            yield from _inner(route.when)
    for notice in version.notices:
        yield from _inner(notice.when)
    for emission in version.emissions:
        yield from _inner(emission.when)
    for metric in version.metrics:
        for needs in (metric.of, metric.good, *metric.exclude):
            yield from _inner(needs)


def _inner(needs: Iterable[Need]) -> Iterator[Need]:
    for need in needs:
        yield need
        if isinstance(need.check, AnyOf):
            for group in need.check.groups:
                yield from _inner(group)


def fields_read(needs: Iterable[Need]) -> set[str]:
    """Return the fields that needs look at; a plugin's may look at any, and is counted as reading "*"."""
    found: set[str] = set()
    for need in _inner(needs):
        check = need.check
        if isinstance(check, FieldIs):
            found.add(check.field)
        elif isinstance(check, Share):
            found.update((check.part, check.of))
        elif isinstance(check, NotIn) and check.field:
            found.add(check.field)
        elif isinstance(check, Plugged):
            found.add("*")
    return found


def _values(version: Version) -> Iterator[Value]:
    for emission in version.emissions:
        yield from emission.attributes.values()
        if emission.amount is not None:
            yield emission.amount


def _limit_fields(clock: Clock) -> set[str]:
    limit = clock.limit
    return {name for name in (limit.by, limit.until, limit.or_later) if name}


def _is_plain(move: Move | Opening) -> bool:
    if not isinstance(move, Move) or len(move.routes) > 1 or move.routes[0].when:
        return False
    return not (_is_heavy(move) or move.clears)


def _is_heavy(move: Move | Opening) -> bool:
    """Return whether a move changes matters, parts or deadlines."""
    if not isinstance(move, Move):
        return False
    return bool(move.opens or move.settles or move.completes or move.resets_parts or move.extends)


def _is_about_something(move: Move | Opening) -> bool:
    """Return whether there must be something for a move to be about: a matter, a running clock, a piece."""
    return isinstance(move, Move) and bool(move.settles or move.extends or move.completes)


def _rises(targets: Iterable[Target]) -> bool:
    return any(value.parent_of for target in targets for _, value in target.sets)
