"""A book of duties as values: who owes what to whom, how often, what fulfils it and what excuses it."""

from datetime import date
from decimal import Decimal
from typing import Literal

import attrs

from ..basics import FrozenMap, Label, frozen_map
from ..calendars import AtLeast, Duration, Recurrence
from ..facts import Fact, FactKind, Value
from ..model import Membership, Person, Placement, Trait, Unit

#: Values of traits by the trait's name, of which one must hold; "" is "no value at all".
Traits = FrozenMap[str, tuple[str, ...]]
#: Values of attributes by the attribute's name, of which one must be there.
Where = FrozenMap[str, tuple[Value, ...]]
NO_TRAITS: Traits = FrozenMap()
NO_WHERE: Where = FrozenMap()


@attrs.frozen(kw_only=True)
class Who:
    """Who owes a duty (责任主体): holders of a role, or units themselves.

    Either ``role`` is held at units of the kinds ``at`` (empty: any), or units of ``kinds`` owe it
    themselves. ``affiliation`` narrows the bonds (None: any), ``categories`` the people, ``where`` holds for
    the one who owes. ``several``: where more than one holds the role at a unit, "each" owes it, or all owe it
    "joint"ly: then the unit is who owes, and what any holder did counts.
    ``units``: who holds the role at several units owes it at "each", or "once", at the first of them by id;
    if nothing is said (None), at each where a fact tells the unit, else once.
    """

    role: str = ""
    at: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    affiliation: str | None = None
    categories: tuple[str, ...] = ()
    where: Traits = attrs.field(default=NO_TRAITS, converter=frozen_map)
    several: Literal["each", "joint"] = "each"
    units: Literal["each", "once"] | None = None


@attrs.frozen(kw_only=True)
class Towards:
    """Towards whom a duty is owed (服务对象): each unit of ``kinds`` at or below the unit of who owes it.

    With ``role``, it is owed to each holder of that role at units there instead. ``tree`` says which tree is
    meant by "below". ``where`` must hold of the target on the day ``class_on`` says: the last or the first
    day of the window, any of its days, or all of them.
    """

    kinds: tuple[str, ...] = ()
    tree: str = ""
    role: str = ""
    where: Traits = attrs.field(default=NO_TRAITS, converter=frozen_map)
    class_on: Literal["end", "start", "any", "all"] = "end"


@attrs.frozen(kw_only=True)
class Fulfilment:
    """Which facts fulfil a duty (履行凭据).

    ``target`` is the attribute that names the target, or where nobody is one, the unit (empty: not asked).
    ``by`` says whose facts count: of whoever owes it ("self"), of holders of ``role`` at the unit on the day
    ("role"), or "anyone"'s. ``filled`` attributes must be there, neither false nor blank. ``least_amount`` is
    asked of each fact alone. ``weekday`` (0 is Monday) is the only one on which a fact counts. ``distinct``:
    only one fact of each "day", "person" or attribute counts. ``nil`` is the flag of a report that
    there was nothing to report: it counts like any other, silence does not. ``recorded_within`` is how long
    after its day a fact may still be entered.
    """

    facts: tuple[str, ...]
    target: str = ""
    by: Literal["self", "role", "anyone"] = "self"
    role: str = ""
    where: Where = attrs.field(default=NO_WHERE, converter=frozen_map)
    unless: Where = attrs.field(default=NO_WHERE, converter=frozen_map)
    filled: tuple[str, ...] = ()
    least_amount: Decimal | None = None
    weekday: int | None = None
    distinct: str = ""
    nil: str = ""
    recorded_within: Duration | None = None


@attrs.frozen(kw_only=True)
class Excuse:
    """What excuses from a duty (免除情形), if it covers at least ``share`` of the window's days.

    ``who`` are traits of the one who owes, ``towards`` of the target. ``fact`` is a kind of fact about the
    one who owes, from its day to the day its attribute ``until`` names, both included (none: that day alone).
    """

    who: Traits = attrs.field(default=NO_TRAITS, converter=frozen_map)
    towards: Traits = attrs.field(default=NO_TRAITS, converter=frozen_map)
    fact: str = ""
    until: str = ""
    share: tuple[int, int] = (1, 1)


@attrs.frozen(kw_only=True)
class Emission:
    """The fact that a settled obligation becomes, for scoring (转为评分事实).

    ``subject`` is "who" owes it or the "unit" where. ``amount`` is a number, or "shortage" (how many were
    missing), or None. Attributes the kind declares as duty, status, unit, towards, period or late are filled
    in; ``attributes`` are constants.
    """

    kind: str
    subject: Literal["who", "unit"] = "who"
    amount: Decimal | Literal["shortage"] | None = None
    attributes: FrozenMap[str, Value] = attrs.field(factory=FrozenMap, converter=frozen_map)
    fields: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Duty:
    """A duty that comes again (周期性责任), in the version of ``since`` to ``until``, both days included.

    Exactly one of ``at_least`` (so often in every month, quarter, half or year) and ``on`` (on certain days,
    ``times`` on each) is there. ``early`` is how many days before such a day a fact counts already. ``held``
    is the day of the window, its "end" or "start", on which it is decided who owes it to whom. ``partial``:
    a window of which the target, or else who owes it, or the duty itself (all versions that touch), was only
    there for a part, is owed "whole", not at all ("none"), or "pro-rata", rounded down. ``grace`` is counted
    from the last day of the window.

    What passed into a unit within a window was that unit before: its time begins with theirs, and what was
    done by them or for them counts. After a split that is the unit that open tickets pass to.
    """

    id: str
    title: Label
    who: Who
    fulfilled: Fulfilment
    towards: Towards | None = None
    at_least: AtLeast | None = None
    on: Recurrence | None = None
    times: int = 1
    early: int = 0
    held: Literal["end", "start"] = "end"
    partial: Literal["whole", "none", "pro-rata"] = "whole"
    grace: Duration | None = None
    due_soon: Duration | None = None
    excuse: Excuse | None = None
    emit: FrozenMap[str, Emission] = attrs.field(factory=FrozenMap, converter=frozen_map)
    since: date | None = None
    until: date | None = None
    source: str = ""
    illustrative: bool = False
    rows: tuple[int, ...] = ()
    note: str = ""

    @property
    def role_of_facts(self) -> str:
        """The role that decides whose facts count at a unit, "" where it is no matter of one."""
        if self.who.several == "joint" and self.fulfilled.by == "self":
            return self.who.role
        return self.fulfilled.role

    @property
    def is_owed_once(self) -> bool:
        """Whether somebody owes it once, at however many units they hold the role."""
        who = self.who
        if not who.role or who.several == "joint" or self.towards is not None:
            return False
        if who.units is None:
            return not (self.fulfilled.target or self.role_of_facts)
        return who.units == "once"


@attrs.frozen(kw_only=True)
class Expected:
    """An obligation as a golden case expects it; what is empty or None is not asked."""

    duty: str
    who: str
    period: str
    status: str
    towards: str = ""
    unit: str = ""
    done: int | None = None
    needed: int | None = None
    due: date | None = None


@attrs.frozen(kw_only=True)
class Case:
    """A golden case (算例): a small world, the facts, the day they are looked at, and every obligation.

    ``facts_expected`` are the facts for scoring as KIND:SUBJECT or KIND:SUBJECT:AMOUNT; None: not asked.
    """

    title: str
    period: str
    on: date
    units: tuple[Unit, ...] = ()
    people: tuple[Person, ...] = ()
    placements: tuple[Placement, ...] = ()
    memberships: tuple[Membership, ...] = ()
    traits: tuple[Trait, ...] = ()
    facts: tuple[Fact, ...] = ()
    expect: tuple[Expected, ...] = ()
    vacant: tuple[str, ...] = ()
    facts_expected: tuple[str, ...] | None = None


@attrs.frozen(kw_only=True)
class DutyBook:
    """The duties of one file (责任清册): each entry one version of one duty, in the order of the file."""

    id: str
    title: Label = Label()
    source: str = ""
    illustrative: bool = False
    rows: tuple[int, ...] = ()
    calendar: str = "cn"
    kinds: FrozenMap[str, FactKind] = attrs.field(factory=FrozenMap, converter=frozen_map)
    duties: tuple[Duty, ...] = ()
    cases: tuple[Case, ...] = attrs.field(default=(), repr=False)
    origin: str = ""
    digest: str = ""

    def versions(self, duty: str) -> tuple[Duty, ...]:
        """Return the versions of a duty, in the order of the file; none for a duty that is not here."""
        return tuple(one for one in self.duties if one.id == duty)
