"""Matching rules as frozen values: conditions, quotas, priority classes, ranks, facts, golden cases."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

import attrs

from ..basics import FrozenMap, Label, frozen_map
from ..calendars.zones import in_utc, zone_of
from ..errors import UnknownIdError
from ..facts import FactKind
from .records import SIDES, Claim, Need, Offer, Pair, Response
from .windows import CIVIL_ZONE

#: What a condition compares. "kind": the offer's kinds have the need's; "area": the offer's area covers the
#: need's (or is the same); "overlap": hours in common; "shared": a value in common; "all": every value of the
#: need among the offer's; "different": no value in common; "one_of": values of one side.
CONDITIONS = ("kind", "area", "overlap", "shared", "all", "different", "one_of")
#: What ranks can order by. "met": needs met, the more the better; all others are losses. "priority": needs
#: of each class not met, class by class. "least" and "deviation": what loads miss of the least, and differ
#: from what they are to be about. "first": places behind what a quota takes first. "even": squares of loads.
#: "distance". "continuity": pairs of last time not kept. "earliest": days that unmet needs have waited.
RANKS = ("met", "priority", "least", "deviation", "first", "even", "distance", "continuity", "earliest")

#: The sides a fact can be about; "claimer" is who put the claim.
SUBJECTS = ("offerer", "requester", "claimer")
#: What a claim or pair can come to that gives a fact.
OCCASIONS = ("claimed", "agreed", "fulfilled", "assigned")
#: Who arranges the offers of a quota: the authority above, or they themselves.
ARRANGED = ("central", "self")
#: What an attribute of a fact can be filled with.
FILLINGS = ("need", "offer", "kind", "area", "claim")


def _one_of(*known: str) -> Callable[[object, "attrs.Attribute[str]", str], None]:
    """Return a validator of words: rules made in Python are held to the same words as those of a file."""

    def check(_: object, field: "attrs.Attribute[str]", value: str) -> None:
        if value not in known:
            raise UnknownIdError(f"word for {field.name!r}:", value, known)

    return check


def _zone(_: object, field: "attrs.Attribute[str]", value: str) -> None:
    zone_of(value)


def holds_on(entry: Any, on: date) -> bool:
    """Return whether an entry of the rules is in force on a day."""
    return (entry.since is None or entry.since <= on) and (entry.until is None or on <= entry.until)


@attrs.frozen(kw_only=True)
class Condition:
    """What must be so, or nothing is joined (硬性条件).

    ``attribute`` names what is compared; ``minutes`` the least stretch of common hours; ``reach`` "covers" or
    "same" for areas; ``side`` and ``values`` belong to "one_of". ``kinds`` limits it to needs of these kinds.
    """

    id: str
    what: str = attrs.field(validator=_one_of(*CONDITIONS))
    title: Label = Label()
    attribute: str = ""
    minutes: int = 1
    reach: str = attrs.field(default="covers", validator=_one_of("covers", "same"))
    side: str = attrs.field(default="offerer", validator=_one_of(*SIDES))
    values: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    source: str = ""
    since: date | None = None
    until: date | None = None


@attrs.frozen(kw_only=True)
class Priority:
    """A class of needs that goes before those after it (优先类别): needs with these values of attributes."""

    id: str
    title: Label = Label()
    needs: FrozenMap[str, tuple[str, ...]] = attrs.field(factory=FrozenMap, converter=frozen_map)
    source: str = ""
    since: date | None = None
    until: date | None = None


@attrs.frozen(kw_only=True)
class Quota:
    """How many needs each offer of a class takes (户数定额).

    ``offers`` are the values of attributes that make the class, empty for all. ``least`` may be missed, which
    is reported; ``most`` never is passed, and a claim beyond it is refused; ``about`` is a number to come
    near to. "Exactly 8" is both ``least`` and ``most``. ``first`` are the priority classes it takes first;
    ``arrange`` is "central" or "self".
    """

    id: str
    title: Label = Label()
    offers: FrozenMap[str, tuple[str, ...]] = attrs.field(factory=FrozenMap, converter=frozen_map)
    least: int = 0
    about: int | None = None
    most: int | None = None
    first: tuple[str, ...] = ()
    arrange: str = attrs.field(default="central", validator=_one_of(*ARRANGED))
    source: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def target(self) -> int:
        """The number it is filled up to before others: what it is about, or its least."""
        return self.least if self.about is None else self.about


@attrs.frozen(kw_only=True)
class Rank:
    """One of the aims, in their order (目标次序): a later one decides where earlier ones are equal."""

    by: str = attrs.field(validator=_one_of(*RANKS))
    title: Label = Label()
    source: str = ""
    since: date | None = None
    until: date | None = None


@attrs.frozen(kw_only=True)
class Emit:
    """A fact that a claim gives (事实) when it is claimed, agreed or fulfilled, about one of the sides.

    ``side`` limits it to claims of one side, "" for both; ``on`` may be "assigned", for pairs.
    """

    id: str
    on: str = attrs.field(validator=_one_of(*OCCASIONS))
    kind: str
    subject: str = attrs.field(default="offerer", validator=_one_of(*SUBJECTS))
    side: str = attrs.field(default="", validator=_one_of(*SIDES, ""))
    amount: bool = False
    attributes: FrozenMap[str, str] = attrs.field(factory=FrozenMap, converter=frozen_map)


@attrs.frozen(kw_only=True)
class MatchCase:
    """A golden case (算例): needs, offers and claims, and what must come of them."""

    title: str
    on: date
    solver: str = "greedy"
    areas: FrozenMap[str, str] = attrs.field(factory=FrozenMap, converter=frozen_map)
    needs: tuple[Need, ...] = ()
    offers: tuple[Offer, ...] = ()
    fixed: tuple[Pair, ...] = ()
    before: tuple[Pair, ...] = ()
    claims: tuple[Claim, ...] = ()
    responses: tuple[Response, ...] = ()
    expect: FrozenMap[str, Any] = attrs.field(factory=FrozenMap, converter=frozen_map)


@attrs.frozen(kw_only=True)
class MatchRules:
    """The rules by which needs and offers are joined (匹配规则).

    ``capacity`` is "total" (what is used is used) or "at-once" (it is free again outside the booked hours).
    ``booked`` are the sides of which nobody may have two bookings at one time. ``order`` is "first-come" or
    "priority", by which claims of the first ``collect_days`` are decided together. ``agreement`` is "both"
    (the other side must agree, within ``answer_days``) or "claim" (a claim binds at once). ``zone`` is the
    IANA key of the civil time in which days begin and end and hours are read, whatever zone a moment was
    written in. ``digest`` is the SHA-256 of all but the cases.
    """

    id: str
    title: Label = Label()
    effective: date = date(1900, 1, 1)
    basis: str = ""
    source: str = ""
    illustrative: bool = False
    rows: tuple[int, ...] = ()
    zone: str = attrs.field(default=CIVIL_ZONE, validator=_zone)
    capacity: str = attrs.field(default="total", validator=_one_of("total", "at-once"))
    booked: tuple[str, ...] = ()
    order: str = attrs.field(default="first-come", validator=_one_of("first-come", "priority"))
    collect_days: int = 0
    agreement: str = attrs.field(default="both", validator=_one_of("both", "claim"))
    answer_days: int | None = None
    conditions: tuple[Condition, ...] = ()
    priorities: tuple[Priority, ...] = ()
    quotas: tuple[Quota, ...] = ()
    ranks: tuple[Rank, ...] = ()
    emits: tuple[Emit, ...] = ()
    cases: tuple[MatchCase, ...] = ()
    kinds: FrozenMap[str, FactKind] = attrs.field(factory=FrozenMap, converter=frozen_map)
    origin: str = ""
    digest: str = ""

    def day_of(self, moment: datetime) -> date:
        """Return the day a moment falls on in the rules' zone.

        Raises:
            MomentError: For a moment without a zone.
        """
        return in_utc(moment).astimezone(zone_of(self.zone)).date()

    def conditions_on(self, on: date) -> tuple[Condition, ...]:
        """Return the conditions in force on a day, in their order."""
        return tuple(entry for entry in self.conditions if holds_on(entry, on))

    def priorities_on(self, on: date) -> tuple[Priority, ...]:
        """Return the priority classes in force on a day, the first first."""
        return tuple(entry for entry in self.priorities if holds_on(entry, on))

    def quotas_on(self, on: date) -> tuple[Quota, ...]:
        """Return the quotas in force on a day, in their order."""
        return tuple(entry for entry in self.quotas if holds_on(entry, on))

    def ranks_on(self, on: date) -> tuple[str, ...]:
        """Return what is aimed at on a day, the most important first."""
        return tuple(entry.by for entry in self.ranks if holds_on(entry, on))


def has_values(attributes: FrozenMap[str, tuple[str, ...]], wanted: FrozenMap[str, tuple[str, ...]]) -> bool:
    """Return whether every attribute that is asked for has one of the values asked for."""
    return all(any(value in values for value in attributes.get(name, ())) for name, values in wanted.items())


def class_of(need: Need, priorities: Iterable[Priority]) -> int:
    """Return the place of a need's priority class, counted from 0; the number of classes if it has none."""
    classes = tuple(priorities)
    places = (place for place, one in enumerate(classes) if has_values(need.attributes, one.needs))
    return next(places, len(classes))
