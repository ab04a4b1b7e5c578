"""What a flow answers: steps, options, refusals, the state of clocks."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

import attrs

from ..basics import FrozenMap, Label
from ..basics.quick import blank_twin, quickest
from ..calendars import Deadline
from ..errors import ServiceOrgError
from ..facts import Fact
from ..model import Actor
from ..reasons import Reason, render
from .ticket import Event, Ticket
from .words.sentences import SENTENCES


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


@attrs.frozen(kw_only=True, weakref_slot=False)
class Step:
    """What a move brings about: the new ticket, and what the host does in one transaction with storing it.

    ``length`` is the number of its events. ``notes`` says what did not happen although something asked for
    it: a fact about nobody, a timed move that could not be made.
    """

    ticket: Ticket
    length: int
    facts: tuple[Fact, ...] = ()
    notices: tuple[Message, ...] = ()
    notes: tuple[Reason, ...] = ()

    @property
    def events(self) -> tuple[Event, ...]:
        """The events it adds to the history: the last ones of the ticket, none if nothing was due."""
        return self.ticket.newest(self.length)


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
    """A rate with all that went into it (率): ids of tickets.

    ``good`` are among the ``counted``; ``excluded`` are left out, each with the number (from 0) of the
    exclusion that holds for it.
    """

    metric: str
    group: str
    good: tuple[str, ...]
    counted: tuple[str, ...]
    excluded: FrozenMap[str, int]

    @property
    def share(self) -> Fraction | None:
        """The exact rate, None where nothing is counted."""
        return Fraction(len(self.good), len(self.counted)) if self.counted else None


@attrs.frozen(kw_only=True)
class HandOver:
    """A change of who is in a slot: from whom, to whom, by which event (移交)."""

    number: int
    move: str
    slot: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    by: str
    at: datetime


@attrs.frozen(kw_only=True)
class Command:
    """A move that is asked for; ``revision`` refuses it if the ticket has moved on since."""

    ticket: Ticket
    move: str
    by: Actor
    at: datetime
    form: Mapping[str, object] = attrs.field(factory=dict)
    children: tuple[Child, ...] | None = None
    revision: int | None = None


class Refused(ServiceOrgError):
    """A move was not made, and the ticket is as it was.

    ``reasons`` has every unmet requirement; the first child of each says what would satisfy it.
    """

    code = "refused"

    def __init__(self, ticket: str, move: str, state: str, reasons: tuple[Reason, ...], title: Label) -> None:
        self.ticket, self.move, self.state, self.reasons, self.title = ticket, move, state, reasons, title
        super().__init__(ticket, move, state, reasons, title)

    def __str__(self) -> str:
        return self.in_("en")

    def in_(self, lang: str) -> str:
        """Return all reasons as sentences in "en" or "zh", each with what would help below it."""
        title = self.title.in_(lang)
        head = (
            f"工单{self.ticket}不能{title}：" if lang == "zh" else f"ticket {self.ticket}: {title!r} refused"
        )
        return "\n".join([head, *(render(reason, SENTENCES, lang=lang) for reason in self.reasons)])

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the unmet needs, in order; those of rules with words of their own too."""
        return tuple(str(one.arguments[0]) if one.code == "rule" else one.code for one in self.reasons)


_StepTwin: Any = blank_twin(Step)


def _step(
    ticket: Ticket,
    length: int,
    facts: tuple[Fact, ...],
    notices: tuple[Message, ...],
    notes: tuple[Reason, ...],
) -> Step:
    made = _StepTwin()
    made.ticket = ticket
    made.length = length
    made.facts = facts
    made.notices = notices
    made.notes = notes
    made.__class__ = Step
    step: Step = made
    return step


make_step = quickest(Step, _step)
