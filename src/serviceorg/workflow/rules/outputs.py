"""What a workflow says to the world: notices, facts, metrics; and what it promises."""

import attrs

from ...basics import FrozenMap, Label, frozen_map
from .moves import Value
from .needs import Need


@attrs.frozen(kw_only=True)
class Notice:
    """A message to people in slots, when one of ``on`` occurs (告知): an opening, move, state or CLOCK.TIER.

    ``text`` may name fields and slots in braces, {handler}, and the last day of a clock, {resolve.due}.
    Nobody in a slot: nothing is sent there, and the step says so. ``confidential``: it may tell what only
    some roles may see.
    """

    id: str
    title: Label = Label()
    on: tuple[str, ...]
    to: tuple[str, ...]
    text: Label = Label()
    when: tuple[Need, ...] = ()
    confidential: bool = False
    source: str = ""


@attrs.frozen(kw_only=True)
class Emission:
    """A fact for every one in the slot ``subject`` when one of ``on`` occurs (事实输出).

    If the move empties the slot, the fact is about those who were in it. ``amount`` and ``attributes`` are
    values; an attribute without a value is left out. ``confidential`` as for notices.
    """

    id: str
    on: tuple[str, ...]
    kind: str
    subject: str
    when: tuple[Need, ...] = ()
    amount: Value | None = None
    attributes: FrozenMap[str, Value] = attrs.field(factory=FrozenMap, converter=frozen_map)
    confidential: bool = False
    reverses: str = ""  # a field with the id of the fact that is taken back
    source: str = ""


@attrs.frozen(kw_only=True)
class Metric:
    """A rate over tickets (率): of those ``of`` holds for, without the excluded ones, the part ``good``."""

    id: str
    title: Label = Label()
    of: tuple[Need, ...] = ()
    exclude: tuple[tuple[Need, ...], ...] = ()
    good: tuple[Need, ...] = ()
    by: str = "unit"  # the slot tickets are grouped by
    source: str = ""


@attrs.frozen(kw_only=True)
class Promise:
    """What the workflow claims of every possible life of a ticket, proved when it is loaded (承诺).

    Names are openings, moves or states. Exactly one of: ``without``: ``never`` does not occur unless one of
    these occurred before (after the last ``since``, if one is named); ``after``: ``never`` does not occur
    once one of these has (until one of ``until`` occurs); ``at_most``: ``never`` occurs so often at most.
    """

    never: tuple[str, ...]
    without: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    at_most: int | None = None
    title: Label = Label()
    source: str = ""
