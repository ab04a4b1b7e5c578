"""What is measured: each fact, a tally, a rate, ballots, a checklist, a rank, or what a plugin adds."""

from decimal import Decimal

import attrs

from ...basics import Direction, FrozenMap, Label, frozen_map
from .select import Where


@attrs.frozen(kw_only=True)
class Each:
    """Every fact is an event that pays for itself."""


@attrs.frozen(kw_only=True)
class Tally:
    """One number for each span ``over``.

    ``what`` is count, days, present, absent, sum, mean, first, last, best, worst or distinct.
    """

    what: str
    field: str = "amount"
    over: str = "period"


@attrs.frozen(kw_only=True)
class Rate:
    """part / whole for each span ``over``: sums of two fields, or counts of facts that match.

    ``members`` counts heads instead: members with at least ``least`` matching facts, of all members.
    """

    part_field: str = ""
    whole_field: str = ""
    part: Where = attrs.field(factory=FrozenMap, converter=frozen_map)
    whole: Where = attrs.field(factory=FrozenMap, converter=frozen_map)
    whole_unless: Where = attrs.field(factory=FrozenMap, converter=frozen_map)
    over: str = "period"
    heads: bool = False
    least: int = 1


@attrs.frozen(kw_only=True)
class Trim:
    """Drop the ``high`` highest and ``low`` lowest marks when more than ``over`` are valid."""

    over: int = 0
    high: int = 1
    low: int = 1


@attrs.frozen(kw_only=True)
class Group:
    """A group of raters with its weight (测评主体), or an aspect with its weight (测评指标)."""

    id: str
    weight: Decimal = Decimal(1)
    trim: Trim | None = None
    least: int = 1
    title: Label = Label()


@attrs.frozen(kw_only=True)
class Limit:
    """How many marks of one ballot may, or must, lie at or above (below) a mark."""

    at_least: Decimal | None = None  # counts marks >= this
    below: Decimal | None = None  # counts marks < this
    most: int | None = None
    least: int | None = None


@attrs.frozen(kw_only=True)
class Validity:
    """When a ballot (all marks with the same ``ballot`` attribute) is valid (有效票)."""

    ballot: str = "ballot"
    limits: tuple[Limit, ...] = ()
    not_all_equal: bool = False
    not_self: str = ""  # attribute naming the voter: a mark for oneself is void


@attrs.frozen(kw_only=True)
class Quorum:
    """How many valid ballots are needed, and which share of them from which group."""

    least: int = 1
    group: str = ""
    share: Decimal = Decimal(0)


@attrs.frozen(kw_only=True)
class Ballots:
    """The mean mark of valid ballots, by group and aspect (民主测评).

    A mark is the number in ``value``, or ``marks[value]`` for named grades. Aspects are weighted
    within a ballot group, groups within the whole; ``missing`` ("reweigh", "zero", "pending")
    says what a group without enough ballots means. ``decimals`` declares where rounding happens:
    keys "aspect", "group", "panel" and "end"; a place not named keeps the exact fraction.
    """

    out_of: Decimal = Decimal(100)
    value: str = "amount"
    marks: FrozenMap[str, Decimal] = attrs.field(factory=FrozenMap, converter=frozen_map)
    by: str = ""
    groups: tuple[Group, ...] = ()
    aspect: str = ""
    aspects: tuple[Group, ...] = ()
    trim: Trim | None = None
    least: int = 1
    valid: Validity | None = None
    quorum: Quorum | None = None
    panel: str = ""
    decimals: FrozenMap[str, int] = attrs.field(factory=FrozenMap, converter=frozen_map)
    direction: Direction = "half-up"
    missing: str = "pending"


@attrs.frozen(kw_only=True)
class Check:
    """One part of a checklist; a failed ``must`` makes the item nothing."""

    id: str
    title: Label = Label()
    points: Decimal | None = None
    must: bool = False


@attrs.frozen(kw_only=True)
class Checks:
    """Which parts of a list are there (清单).

    Without ``by``, the ``take`` ("last", "best", "worst") fact carries a flag for every part; with
    ``by``, each part is a fact whose attribute ``by`` names it. Parts without points pay equal
    shares of the clause's ``points``; ``all_or_nothing`` pays only when none is missing.
    """

    parts: tuple[Check, ...]
    by: str = ""
    take: str = "last"
    all_or_nothing: bool = False


@attrs.frozen(kw_only=True)
class Rank:
    """The subject's place among the others, in a second pass (排名).

    ``by`` is "total", "category.ID", "item.ID" or "amount" (a mark in a fact). ``ties`` is "min"
    (1, 2, 2, 4), "dense" (1, 2, 2, 3), "max" (1, 3, 3, 4) or "mean". ``within`` is "" for all,
    "category" or "organisation". Fewer than ``least`` subjects: no ranking.
    """

    by: str = "total"
    within: str = ""
    ties: str = "min"
    order: str = "high"
    least: int = 1


@attrs.frozen(kw_only=True)
class PluginMeasure:
    """A measure supplied by a Python plugin, by its registered id."""

    id: str
    over: str = "period"
    options: FrozenMap[str, object] = attrs.field(factory=FrozenMap, converter=frozen_map)


Measure = Each | Tally | Rate | Ballots | Checks | Rank | PluginMeasure
