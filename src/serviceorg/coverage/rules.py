"""What a book of coverage checks says: whom it looks at, what it counts there, and how much it wants."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from ..basics import Direction, FrozenMap, Label, frozen_map
from ..errors import UnknownIdError
from ..facts import Fact, FactKind, Value
from ..model import Record

#: Values of traits that are asked for, by the name of the trait; one of the values is enough.
Traits = FrozenMap[str, tuple[str, ...]]
_ANY: FrozenMap[str, Any] = FrozenMap()
PERSON = "person"


@attrs.frozen(kw_only=True)
class Whom:
    """The units or people a check looks at (检查对象); each is in it once, however many ways lead to it.

    ``each`` are kinds of unit, or "person". Units: ``under`` is a unit they lie below in ``tree`` (or are
    themselves). People: who holds ``role`` (by ``affiliation``, None for any) at units of the kinds ``at``
    (empty: any) that are meant, "" for everybody. ``exempt`` traits take one out of numerator and
    denominator alike.
    """

    each: tuple[str, ...]
    tree: str = ""
    under: str = ""
    where: Traits = attrs.field(default=_ANY, converter=frozen_map)
    exempt: Traits = attrs.field(default=_ANY, converter=frozen_map)
    role: str = ""
    at: tuple[str, ...] = ()
    affiliation: str | None = None

    @property
    def is_people(self) -> bool:
        """Whether people are looked at, not units."""
        return self.each == (PERSON,)


@attrs.frozen(kw_only=True)
class Holders:
    """How many people hold a role at a unit (任职人数).

    ``through`` "unit" counts those at the very unit, "above" also those at every unit over it in the tree
    (whoever answers for a small grid answers for each household in it), "below" those at units under it.
    """

    role: str
    affiliation: str | None = None
    where: Traits = attrs.field(default=_ANY, converter=frozen_map)
    through: str = "unit"


@attrs.frozen(kw_only=True)
class UnitCount:
    """How many units lie below a unit, or at and below the units where a person holds a role (单位数).

    ``role`` and ``affiliation`` are those a person's units are found by; "" for the role that put the person
    into the check. ``add_size``: their sizes are added up instead.
    """

    kinds: tuple[str, ...]
    where: Traits = attrs.field(default=_ANY, converter=frozen_map)
    role: str = ""
    affiliation: str | None = None
    add_size: bool = False


@attrs.frozen(kw_only=True)
class Items:
    """How many of the things that must be there are there (清单项), each a value of ``trait``.

    ``all`` lists them; or the mandatory items of the structure's ``catalogue`` are asked for.
    """

    trait: str = ""
    all: tuple[str, ...] = ()
    catalogue: str = ""


@attrs.frozen(kw_only=True)
class Values:
    """How many values of a trait one has (属性值); ``unlike``: nobody else in the check may have the same."""

    trait: str
    one_of: tuple[str, ...] = ()
    unlike: bool = False


@attrs.frozen(kw_only=True)
class Told:
    """How many facts tell of one (事实数), or what their amounts come to.

    ``about`` is the attribute that names whom a fact is about, "" for its subject. ``within`` is the span
    around the day of the check ("day" to "year") or "ever"; with ``days`` it is the last so many days.
    ``add`` is "amount", or an attribute, whose numbers are added up; "" counts the facts. ``per`` is another
    one by which the sum is divided. ``distinct`` is an attribute of which each value counts once.
    """

    kinds: tuple[str, ...]
    where: FrozenMap[str, tuple[Value, ...]] = attrs.field(default=_ANY, converter=frozen_map)
    about: str = ""
    within: str = "ever"
    days: int = 0
    add: str = ""
    per: str = ""
    distinct: str = ""


@attrs.frozen(kw_only=True)
class Amount:
    """An amount the host hands in, by name and unit (金额); ``per``: divided by another (1:1 matching)."""

    of: str
    per: str = ""


@attrs.frozen(kw_only=True)
class Size:
    """The unit's own size (规模): square metres, residents, whatever its kind counts."""


Measure = Holders | UnitCount | Items | Values | Told | Amount | Size


@attrs.frozen(kw_only=True)
class Bounds:
    """How much is wanted (数量要求).

    ``at_least`` and ``at_most`` include the number (以上、以内), ``above`` and ``below`` do not (超过、不满).
    ``about`` (左右) is soft: who is off by more than ``tolerance`` is told with the deviation, and is not
    at fault.
    """

    exactly: Decimal | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    about: Decimal | None = None
    tolerance: Fraction = Fraction(0)


@attrs.frozen(kw_only=True)
class Display:
    """How a share (in percent) or a mean is shown (显示精度): so many decimals, rounded this way."""

    places: int = 1
    direction: Direction = "half-up"


@attrs.frozen(kw_only=True)
class ShareBound:
    """What part of all is wanted (比例要求), compared exactly, or as it is shown (``compare`` "shown")."""

    at_least: Fraction | None = None
    at_most: Fraction | None = None
    above: Fraction | None = None
    below: Fraction | None = None
    compare: str = "exact"


@attrs.frozen(kw_only=True)
class Check:
    """One check of coverage, quota or share (检查项).

    ``noun`` is "cover", "quota" or "share". ``of`` tells whether each one must keep the bounds, or their
    "mean". ``priority`` are traits of the units counted that come first: who has others while such remain
    elsewhere is told. ``since`` and ``until`` are the days this version holds, both included.
    """

    id: str
    noun: str
    whom: Whom
    measure: Measure
    bounds: Bounds = Bounds()
    title: Label = Label()
    rows: tuple[int, ...] = ()
    source: str = ""
    illustrative: bool = False
    since: date | None = None
    until: date | None = None
    soft: bool = False
    of: str = "each"
    priority: Traits = attrs.field(default=_ANY, converter=frozen_map)
    share: ShareBound | None = None
    display: Display = Display()

    @property
    def name(self) -> Label:
        """The title, or the id where there is none."""
        return self.title if self.title != Label() else Label(zh=self.id, en=self.id)


@attrs.frozen(kw_only=True)
class ReachCheck:
    """Whether homes lie within some minutes' walk of a service point (服务圈), by the places of units.

    A home's ``size`` is the number of its residents. ``share_of`` is what the bound is on, "residents" or
    "buildings". ``detour`` is how much longer the way is than the straight line.
    """

    id: str
    points: tuple[str, ...]
    homes: tuple[str, ...]
    minutes: Decimal
    metres_per_minute: Decimal
    detour: Decimal = Decimal(1)
    points_where: Traits = attrs.field(default=_ANY, converter=frozen_map)
    where: Traits = attrs.field(default=_ANY, converter=frozen_map)
    exempt: Traits = attrs.field(default=_ANY, converter=frozen_map)
    title: Label = Label()
    rows: tuple[int, ...] = ()
    source: str = ""
    illustrative: bool = False
    since: date | None = None
    until: date | None = None
    soft: bool = False
    share: ShareBound = ShareBound(at_least=Fraction(1))
    share_of: str = "residents"
    display: Display = Display(direction="down")

    noun = "reach"

    @property
    def name(self) -> Label:
        """The title, or the id where there is none."""
        return self.title if self.title != Label() else Label(zh=self.id, en=self.id)


Rule = Check | ReachCheck


@attrs.frozen(kw_only=True)
class Case:
    """A golden case (算例): a small world on a day, and exactly what each check must find in it."""

    title: str
    on: date
    records: tuple[Record, ...]
    expect: FrozenMap[str, FrozenMap[str, Any]] = attrs.field(converter=frozen_map)
    facts: tuple[Fact, ...] = ()
    amounts: FrozenMap[str, Mapping[str, Decimal]] = attrs.field(default=_ANY, converter=frozen_map)


@attrs.frozen(kw_only=True)
class CoverageBook:
    """The checks of one place (覆盖检查表): covers, quotas, shares, circles; versions of an id may follow."""

    id: str
    title: Label = Label()
    source: str = ""
    illustrative: bool = False
    rows: tuple[int, ...] = ()
    checks: tuple[Rule, ...] = ()
    kinds: FrozenMap[str, FactKind] = attrs.field(default=_ANY, converter=frozen_map)
    cases: tuple[Case, ...] = ()
    origin: str = ""

    def in_force(self, on: date) -> tuple[Rule, ...]:
        """Return the checks that hold on a day, in the order of the file."""
        return tuple(rule for rule in self.checks if holds_on(rule, on))

    def check(self, name: str, *, on: date) -> Rule:
        """Return the version of a check that holds on a day.

        Raises:
            UnknownIdError: If none of that id does.
        """
        for rule in self.checks:
            if rule.id == name and holds_on(rule, on):
                return rule
        raise UnknownIdError("coverage check", name, {rule.id for rule in self.in_force(on)})


def holds_on(rule: Rule, on: date) -> bool:
    """Return whether a version holds on a day."""
    return (rule.since is None or rule.since <= on) and (rule.until is None or on <= rule.until)
