"""What must hold: the closed vocabulary of requirements, of routes and of the conditions of facts.

One vocabulary serves everywhere. A check looks at the ticket as it is *before* the move, except for
fields, which are read as they are with the form of the move filled in.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from ...basics import FrozenMap, Label
from ...calendars import Duration

Plain = str | bool | int | Decimal | date


@attrs.frozen
class Bounds:
    """A range of numbers: 以上 is ``least``, 超过 ``above``, 以下 and 以内 ``most``, 不满 ``below``."""

    least: Fraction | None = None
    above: Fraction | None = None
    most: Fraction | None = None
    below: Fraction | None = None

    def hold(self, value: Fraction | Decimal | int) -> bool:
        """Return whether a number lies within."""
        return (
            (self.least is None or value >= self.least)
            and (self.above is None or value > self.above)
            and (self.most is None or value <= self.most)
            and (self.below is None or value < self.below)
        )


@attrs.frozen
class FieldIs:
    """A field is filled (or not), is one of some values, or lies within bounds.

    Of a field that is not filled, only ``filled=False`` holds.
    """

    field: str
    one_of: tuple[Plain, ...] = ()
    bounds: Bounds | None = None
    filled: bool | None = None


@attrs.frozen
class StateIs:
    """The move starts in one of these states."""

    states: tuple[str, ...]


@attrs.frozen
class Share:
    """A field's part of another lies within bounds, as an exact fraction (过半数、三分之二以上).

    Both are counts; nothing of nothing is no share, and the check fails.
    """

    part: str
    of: str
    bounds: Bounds


@attrs.frozen
class Timed:
    """A time since the last occurrence of ``since`` is over, or (``within``) is not over yet.

    ``since`` is a move, an opening or a state (entering it). A time that never began is neither.
    """

    since: str
    duration: Duration
    within: bool = False


@attrs.frozen
class ClockIs:
    """A clock's verdict is one of these.

    not-started, in-time, overdue (still running or paused), met, late, cancelled.
    """

    clock: str
    verdicts: tuple[str, ...]


@attrs.frozen
class NoneOpen:
    """Every matter of this name that moves opened has been settled (异议、督办)."""

    matter: str


@attrs.frozen
class Different:
    """The actor is in none of these slots, and made none of these moves since the ticket was opened."""

    slots: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()


@attrs.frozen
class SameUnit:
    """The actor's home unit lies in the unit of the slot."""

    slot: str


@attrs.frozen
class Children:
    """So many child tickets are in one of these states, or closed where none are named.

    ``needed`` is "all", "any", a number or a part of them; "all" of none holds, "any" of none does not.
    """

    needed: "str | int | Fraction"
    states: tuple[str, ...] = ()


@attrs.frozen
class Counted:
    """How often these moves were made so far (since the last occurrence of ``since``) lies within bounds."""

    moves: tuple[str, ...]
    bounds: Bounds
    since: str = ""


@attrs.frozen
class Happened:
    """One of these moves or states occurred (since the last occurrence of ``since``), or none did.

    A move and the state it leads to occur together; what occurs together with ``since`` is not since.
    """

    what: tuple[str, ...]
    since: str = ""
    wants: bool = True


@attrs.frozen
class PartsDone:
    """So many pieces of a part are complete (with one of these verdicts, where some are named)."""

    part: str
    needed: "str | int | Fraction" = "all"
    verdicts: tuple[str, ...] = ()


@attrs.frozen
class SlotIs:
    """A slot is filled (or not), or holds one of these ids."""

    slot: str
    one_of: tuple[str, ...] = ()
    filled: bool | None = None


@attrs.frozen
class NotIn:
    """Someone is not in a slot: the actor (""), or who stands in a field (回避)."""

    slot: str
    field: str = ""


@attrs.frozen
class Plugged:
    """A requirement a plugin brings, with its options."""

    id: str
    options: FrozenMap[str, Plain] = FrozenMap()


@attrs.frozen
class AnyOf:
    """At least one of several groups of needs holds; of a group all must hold."""

    groups: "tuple[tuple[Need, ...], ...]"


Check = (
    FieldIs
    | StateIs
    | Share
    | Timed
    | ClockIs
    | NoneOpen
    | Different
    | SameUnit
    | Children
    | Counted
    | Happened
    | PartsDone
    | SlotIs
    | NotIn
    | Plugged
    | AnyOf
)


@attrs.frozen
class Need:
    """A check with the words of the rule it comes from, and where that stands."""

    check: Check
    title: Label = Label()
    source: str = ""
