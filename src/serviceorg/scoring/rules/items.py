"""A 小项 (item) and its clauses (款): which facts, what is measured, what it pays, how much at most.

The short form of a rule file, with ``on`` at the item itself, is an item of one clause.
Everything here is a plain value as the rule says it, in Decimals.
"""

from decimal import Decimal

import attrs

from ...basics import FrozenMap, Label, frozen_map
from .measures import Each, Measure
from .pays import Pay
from .select import Factor, Per, Rounding, Select, Who, Window


@attrs.frozen(kw_only=True)
class Clause:
    """One way in which facts pay into an item (款); ``sign`` is +1 to earn, -1 to deduct."""

    id: str = ""
    select: Select
    who: Who = Who()
    window: Window = Window()
    measure: Measure = Each()
    pay: Pay
    sign: int = 1
    per: Per | None = None
    factors: tuple[Factor, ...] = ()
    stack: str = "product"  # product | highest
    times: FrozenMap[str, int] = attrs.field(factory=FrozenMap, converter=frozen_map)
    take: str = ""  # "", best, worst, first, last: one of many
    cap: FrozenMap[str, Decimal] = attrs.field(factory=FrozenMap, converter=frozen_map)
    per_head: bool = False
    missing: str = ""  # zero | pending | full | reweigh
    shared: bool = False


@attrs.frozen(kw_only=True)
class Item:
    """A 小项: a part of the score with its own id, clauses and limits.

    ``full`` is an allotment the item starts from (扣分制); ``floor`` is the least it can come to
    (None: no floor), ``cap`` limits the sum of its clauses by span, "period" for the whole.
    """

    id: str
    category: str
    title: Label = Label()
    source: str = ""
    clauses: tuple[Clause, ...]
    full: Decimal | None = None
    floor: Decimal | None = None
    cap: FrozenMap[str, Decimal] = attrs.field(factory=FrozenMap, converter=frozen_map)
    take: str = ""
    round: Rounding | None = None
