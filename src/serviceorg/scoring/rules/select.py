"""Which facts a rule reads, for whom, over which time, and how quantities are taken."""

from decimal import Decimal

import attrs

from ...basics import Direction, FrozenMap, frozen_map

#: Allowed values of an attribute, by attribute: equality is a tuple of one.
Where = FrozenMap[str, tuple[object, ...]]


@attrs.frozen(kw_only=True)
class Rounding:
    """To which multiple, and which way."""

    step: Decimal = Decimal(1)
    direction: Direction = "half-up"


@attrs.frozen(kw_only=True)
class Length:
    """A length of civil time: months or days."""

    months: int = 0
    days: int = 0


@attrs.frozen(kw_only=True)
class Who:
    """Which subjects a rule is for, by kind and by category on the day; empty means everyone."""

    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Gate:
    """Lets a fact count only if no (or at least one) other fact happened in a stretch before it."""

    kind: str
    where: Where = attrs.field(factory=FrozenMap, converter=frozen_map)
    within: Length
    wants: bool = False  # True: at least one such fact is needed; False: none may exist


@attrs.frozen(kw_only=True)
class Late:
    """How long after its day a fact may still be ``recorded`` or ``decided`` to count (补录期限)."""

    by: str = "recorded"
    within: Length


@attrs.frozen(kw_only=True)
class Select:
    """Which facts a clause reads.

    ``about`` names the attribute that holds the subject ("" : the fact's own subject), so that one
    fact can hit several subjects. ``members`` reads the facts of an organisation's members instead.
    ``distinct`` counts only the first fact of each day ("day") or of each value of an attribute.
    """

    on: tuple[str, ...]
    where: Where = attrs.field(factory=FrozenMap, converter=frozen_map)
    unless: Where = attrs.field(factory=FrozenMap, converter=frozen_map)
    about: str = ""
    members: bool = False
    distinct: str = ""
    gate: Gate | None = None
    late: Late | None = None


@attrs.frozen(kw_only=True)
class Window:
    """Which stretch of time an item looks at: its own period, ever, or rolling back from the end.

    ``kind`` is "period", "ever" or "rolling"; ``length`` belongs to "rolling".
    ``carry`` also lets in facts of the period before that match (有条件结转).
    ``clear_after`` wipes everything before a stretch of that span without any fact ("quarter").
    ``clear_on`` wipes everything before a fact of that kind.
    """

    kind: str = "period"
    length: Length | None = None
    carry: Where | None = None
    clear_after: str = ""
    clear_on: str = ""


@attrs.frozen(kw_only=True)
class Per:
    """Paid per quantity: ``field`` in units of ``unit``, taken in whole ``step``s.

    ``most`` limits the quantity itself per "event" or "day" before anything is paid.
    """

    field: str = "amount"
    unit: Decimal = Decimal(1)
    step: Decimal | None = None
    round: Direction = "down"
    most: FrozenMap[str, Decimal] = attrs.field(factory=FrozenMap, converter=frozen_map)


@attrs.frozen(kw_only=True)
class Factor:
    """Multiplies what one fact pays when it matches (效果系数)."""

    where: Where = attrs.field(converter=frozen_map)
    by: Decimal
