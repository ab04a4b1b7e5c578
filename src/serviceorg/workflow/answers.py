"""What a flow answers: steps, options, refusals, the state of clocks."""

from datetime import datetime

import attrs

from ..basics import FrozenMap, Label
from ..calendars import Deadline
from ..errors import ServiceOrgError
from ..facts import Fact
from ..reasons import Reason
from .ticket import Event, Ticket


@attrs.frozen(kw_only=True)
class Message:
    """A notice to be sent by the host (告知).

    ``key`` is the same whenever the step is computed again: whoever sends it once per key never sends twice.
    ``to`` is an id, "" if nobody is in the slot: then nothing can be sent, and the record says so.
    """

    key: str
    notice: str
    slot: str
    to: str
    text: Label = Label()


@attrs.frozen(kw_only=True)
class Step:
    """What a move brings about: the new ticket, and what the host should do (one transaction with storing it)."""

    ticket: Ticket
    events: tuple[Event, ...]
    facts: tuple[Fact, ...] = ()
    notices: tuple[Message, ...] = ()


@attrs.frozen
class Option:
    """A move that leads away from the present state, and whether this actor may make it now.

    ``required`` and ``optional`` are the fields of its form; requirements on them are only known once they
    are filled in. ``reasons`` says everything that stands against it, each with what would help.
    """

    move: str
    title: Label
    allowed: bool
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@attrs.frozen(kw_only=True)
class ClockState:
    """How a clock stands at a moment (计时状态).

    ``verdict`` is not-started, in-time or overdue (while it runs or is paused), met or late (stopped), or
    cancelled. ``colour`` is that of the last tier reached. ``deadline`` is None before the start and for a
    clock without a limit.
    """

    id: str
    title: Label
    verdict: str
    is_paused: bool = False
    started: datetime | None = None
    stopped: datetime | None = None
    deadline: Deadline | None = None
    turn: int = 0
    colour: str = ""
    holder: str = ""
    reason: Reason


@attrs.frozen(kw_only=True)
class Child:
    """A child ticket as its parent sees it: its state, and whether that is closed."""

    id: str
    state: str
    is_closed: bool


@attrs.frozen
class Outcome:
    """What became of one command of many: a step, or the error that stopped it."""

    ticket: str
    step: Step | None = None
    error: ServiceOrgError | None = None


@attrs.frozen
class Rate:
    """A rate with all that went into it: the ids of good, of counted and of excluded tickets, with the exclusion's number."""

    metric: str
    group: str
    good: tuple[str, ...]
    counted: tuple[str, ...]
    excluded: FrozenMap[str, int]


class Refused(ServiceOrgError):
    """A move was not made, and the ticket is as it was.

    ``reasons`` has every unmet requirement; the first child of each says what would satisfy it.
    """

    code = "refused"

    def __init__(self, ticket: str, move: str, state: str, reasons: tuple[Reason, ...]) -> None:
        self.ticket, self.move, self.state, self.reasons = ticket, move, state, reasons
        super().__init__(ticket, move, state, reasons)

