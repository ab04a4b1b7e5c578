"""A definition worked out for use: every question a move asks is answered once, when the plan is made."""

from collections.abc import Callable, Mapping
from datetime import datetime

import attrs

from ...basics import Label
from ..answers import Option
from ..rules import (
    Clock,
    Emission,
    Field,
    FieldIs,
    Metric,
    Move,
    Need,
    Notice,
    Opening,
    Part,
    Permit,
    Slot,
    State,
    Tier,
    Value,
    Version,
)
from ..ticket import Run, Ticket, Told
from ..words.titles import Titles

#: What a plugin's requirement is called with: the ticket, its fields with the form filled in, the actor's
#: id, the moment, its options. It returns None if all is well, or else says why not.
Requirement = Callable[[Ticket, Mapping[str, object], str, datetime, Mapping[str, object]], "Label | None"]


@attrs.frozen(eq=False)
class FormRule:
    """Which fields a form must and may hold; ``texts`` are those that may hold any text."""

    required: tuple[str, ...]
    allowed: Mapping[str, Field]
    texts: frozenset[str] = frozenset()


@attrs.frozen(eq=False)
class Effect:
    """What an event of certain names does besides changing the state.

    ``counters`` go up and ``cleared`` back to 0; ``marks`` are the names remembered; ``maker`` is the move
    whose maker is remembered; ``clocks`` are the positions of the clocks that change.
    """

    names: frozenset[str]
    counters: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    maker: str = ""
    clocks: tuple[int, ...] = ()
    emissions: tuple[Emission, ...] = ()
    notices: tuple[Notice, ...] = ()
    remembers: bool = False
    speaks: bool = False
    is_busy: bool = False  # it remembers, speaks or moves a clock


@attrs.frozen(eq=False)
class Target:
    """Where one route leads, under which conditions, and what it sets and brings about.

    ``told`` is how the history tells it. ``whole`` is the effect where the move completes a part, None for
    moves that complete none.
    """

    state: str
    when: tuple[Need, ...]
    sets: tuple[tuple[str, Value], ...]
    effect: Effect
    told: Told
    whole: Effect | None = None


@attrs.frozen(eq=False)
class Edge:
    """A move as it leaves one state, or an opening.

    ``apart`` are the slots and the moves whose people may not make it. ``needs_now`` are the needs that can
    be judged before the form is filled in, ``is_routed_now`` whether its route can. ``id_fields`` are the
    fields that fill slots, ``unit_fields`` those of units.
    ``is_guarded``: something besides the permission can stand against it. ``is_straight``: there is one
    target, without conditions. ``is_plain``: nothing else is looked up. ``is_light``: it changes
    nothing but fields, slots and what its effect names. ``is_quick``: it is plain, only fields are asked, by
    ``checks``, nothing must be filled in, and nothing is said to the world.
    """

    id: str
    title: Label
    move: Move | Opening
    permits: tuple[Permit, ...]
    form: FormRule
    needs: tuple[Need, ...]
    needs_now: tuple[Need, ...]
    targets: tuple[Target, ...]
    option: Option
    apart_slots: tuple[str, ...] = ()
    apart_moves: tuple[str, ...] = ()
    limit_fields: bool = False
    unit_fields: tuple[str, ...] = ()
    id_fields: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    is_routed_now: bool = False
    is_guarded: bool = False
    is_straight: bool = False
    is_plain: bool = False
    is_light: bool = False
    is_quick: bool = False
    checks: tuple[FieldIs, ...] = ()


@attrs.frozen(eq=False)
class TierPlan:
    """A tier with its name and what it brings about; ``effect`` leaves the clock alone."""

    name: str
    tier: Tier
    number: int
    effect: Effect


@attrs.frozen(eq=False)
class ClockPlan:
    """A clock with its tiers; ``limit_fields`` are the fields its limit is read from."""

    position: int
    clock: Clock
    tiers: tuple[TierPlan, ...]
    limit_fields: frozenset[str]
    has_moves: bool


@attrs.frozen(eq=False)
class Plan:
    """One version of a workflow, ready to be used."""

    version: Version
    states: Mapping[str, State]
    slots: Mapping[str, Slot]
    fields: Mapping[str, Field]
    parts: Mapping[str, Part]
    openings: Mapping[str, Edge]
    opening: Edge  # the first one
    edges: Mapping[str, Mapping[str, Edge]]
    moves: Mapping[str, Move]
    clocks: tuple[ClockPlan, ...]
    timed: tuple[ClockPlan, ...]
    tiered: tuple[ClockPlan, ...]
    metrics: tuple[Metric, ...]
    unstarted: tuple[Run | None, ...]  # the runs of a ticket before its opening
    titles: Titles
    seen_by: Mapping[str, tuple[str, ...]]
    #: From the names that occur, the state left and the state reached to the effect.
    effect_of: Callable[[frozenset[str], str, str], Effect]

    def clock(self, name: str) -> ClockPlan:
        """Return a clock by id."""
        return next(one for one in self.clocks if one.clock.id == name)
