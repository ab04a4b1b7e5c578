"""A ticket as a value: its history, and what follows from it."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs

from ..basics import FrozenMap, frozen_map
from ..basics.quick import blank_twin, quickest
from ..calendars import Duration, Pause

#: What a field of a ticket may hold.
FieldValue = str | bool | int | Decimal | date | datetime | tuple[str, ...]
Form = FrozenMap[str, FieldValue]
Slots = FrozenMap[str, tuple[str, ...]]
EMPTY: Form = FrozenMap()
NO_SLOTS: Slots = FrozenMap()
#: Who makes the moves of clocks.
CLOCK = "clock"
#: History is kept in blocks of so many events, so that one more costs the same however many there are.
BLOCK = 16
#: The move that was made and the state it led to; one tuple for all the events of a route.
Told = tuple[str, str]
#: An event as it is kept: told, by, unit, role, at, and the form, slots and piece, () if there are none.
Line = tuple[Told, str, str, str, datetime, tuple[Any, ...]]
#: So many values in a row are an event; it is made when somebody reads it, and takes a third of the room.
WIDTH = 6
FULL = BLOCK * WIDTH
_AT = 4


@attrs.frozen(weakref_slot=False)
class Event:
    """One line of a ticket's history (流转记录).

    ``move`` is the id of the opening or move, or CLOCK.TIER for a tier that acted. ``state`` is the state
    reached, ``by`` the actor's id ("clock" for the engine's own), ``role`` the role the actor used, "" for
    none, ``at`` a moment in UTC, ``form`` what was filled in. ``slots`` are those that changed, () for an
    emptied one: who was responsible does not depend on the tree of units of another day. None: not told, as
    in histories from elsewhere.
    """

    move: str
    state: str
    by: str
    at: datetime
    form: Form = attrs.field(default=EMPTY, converter=frozen_map)
    unit: str = ""  # the actor's home unit
    role: str = ""
    slots: Slots | None = None
    piece: str = ""  # the piece of a part that was completed


@attrs.frozen(kw_only=True, weakref_slot=False)
class Run:
    """One run of a clock: only moments copied from the history, never a counter.

    ``limit`` is the duration, date or moment that held when it started. ``turn`` counts the runs from 1.
    ``acted`` has, for each tier, how often it has acted in this run. ``is_cancelled``: the run says nothing.
    ``is_grace``: the limit is the time of grace, whatever fields say.
    """

    start: datetime
    limit: "Duration | date | datetime | None"
    not_before: date | None = None  # the longer statutory limit, if one is filled in
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Duration, ...] = ()
    stop: datetime | None = None
    is_cancelled: bool = False
    is_grace: bool = False
    turn: int = 1
    acted: tuple[int, ...] = ()
    owed: tuple[str, ...] = ()  # moves that fell due and could not be made yet

    @property
    def is_running(self) -> bool:
        """Whether the run has not ended; it may be paused."""
        return self.stop is None

    @property
    def is_paused(self) -> bool:
        """Whether time does not count just now."""
        return self.stop is None and bool(self.pauses) and self.pauses[-1].until is None


@attrs.frozen(kw_only=True, weakref_slot=False)
class Memory:
    """What later moves may ask about the past, so that nobody has to read the whole history.

    Only what the definition asks for is remembered. ``counts``: how often a move was made, by its id (or by
    the words of a rule that counts several, or since something). ``marks``: the number of the last event at
    which something occurred. ``makers``: who made a move. ``open``: how many matters of each name are open.
    ``done``: which pieces of each part are complete, and with which verdict.
    """

    counts: FrozenMap[str, int] = FrozenMap()
    marks: FrozenMap[str, int] = FrozenMap()
    makers: FrozenMap[str, tuple[str, ...]] = FrozenMap()
    open: FrozenMap[str, int] = FrozenMap()
    done: FrozenMap[str, FrozenMap[str, str]] = FrozenMap()


@attrs.frozen(kw_only=True, weakref_slot=False)
class Ticket:
    """Where a matter stands (诉求/工单).

    Made and changed by a ``Flow`` alone; equal to the replay of its history.
    ``version`` is the digest of the definition it is pinned to. ``runs`` has one entry per clock of the
    definition, None before its first start.
    """

    id: str
    workflow: str
    version: str
    state: str
    fields: Form = attrs.field(converter=frozen_map)
    slots: Slots = attrs.field(converter=frozen_map)
    memory: Memory
    runs: tuple[Run | None, ...]
    older: tuple[tuple[Any, ...], ...] = attrs.field(repr=False)  # full blocks of lines, end to end
    recent: tuple[Any, ...] = attrs.field(repr=False)  # the lines of the block that is not full

    @property
    def history(self) -> tuple[Event, ...]:
        """Every event from the opening on, oldest first."""
        return tuple(event for block in (*self.older, self.recent) for event in _events(block))

    @property
    def revision(self) -> int:
        """How many events there are."""
        return BLOCK * len(self.older) + len(self.recent) // WIDTH

    @property
    def last(self) -> Event:
        """The newest event."""
        return _event(self.recent[-WIDTH:])

    @property
    def last_at(self) -> datetime:
        """The moment of the newest event."""
        moment: datetime = self.recent[_AT - WIDTH]
        return moment

    @property
    def counts(self) -> FrozenMap[str, int]:
        """How often each move that the definition counts was made."""
        return self.memory.counts

    @property
    def open(self) -> FrozenMap[str, int]:
        """How many matters of each name are open."""
        return self.memory.open

    @property
    def done(self) -> FrozenMap[str, FrozenMap[str, str]]:
        """Which pieces of each part are complete, with their verdicts."""
        return self.memory.done

    def event(self, number: int) -> Event:
        """Return the event of that number, counted from 0."""
        block, place = divmod(number, BLOCK)
        lines = self.older[block] if block < len(self.older) else self.recent
        return _event(lines[WIDTH * place : WIDTH * (place + 1)])

    def moment(self, number: int) -> datetime:
        """Return when the event of that number was."""
        block, place = divmod(number, BLOCK)
        lines = self.older[block] if block < len(self.older) else self.recent
        moment: datetime = lines[WIDTH * place + _AT]
        return moment

    def newest(self, count: int) -> tuple[Event, ...]:
        """Return the last events, so many of them, oldest first."""
        end = self.revision
        return tuple(map(self.event, range(end - count, end)))

    def holder(self, slot: str) -> str:
        """Return who is in a slot, the first one of several, "" for nobody."""
        held = self.slots.get(slot, ())
        return held[0] if held else ""


def line_of(event: Event) -> Line:
    """Return an event as a ticket keeps it."""
    rest = (event.form, event.slots, event.piece)
    # Most events change nothing but the state: they share one empty tuple.
    is_bare = not event.form and event.slots == NO_SLOTS and not event.piece
    return ((event.move, event.state), event.by, event.unit, event.role, event.at, () if is_bare else rest)


def _events(lines: tuple[Any, ...]) -> Iterator[Event]:
    for start in range(0, len(lines), WIDTH):
        yield _event(lines[start : start + WIDTH])


def _event(line: tuple[Any, ...]) -> Event:
    (move, state), by, unit, role, at, rest = line
    form, slots, piece = rest or (EMPTY, NO_SLOTS, "")
    return Event(move, state, by, at, form, unit, role, slots, piece)


_TicketTwin: Any = blank_twin(Ticket)


def _ticket(
    id: str,
    workflow: str,
    version: str,
    state: str,
    fields: Form,
    slots: Slots,
    memory: Memory,
    runs: tuple[Run | None, ...],
    older: tuple[tuple[Any, ...], ...],
    recent: tuple[Any, ...],
) -> Ticket:
    made = _TicketTwin()
    made.id = id
    made.workflow = workflow
    made.version = version
    made.state = state
    made.fields = fields
    made.slots = slots
    made.memory = memory
    made.runs = runs
    made.older = older
    made.recent = recent
    made.__class__ = Ticket
    ticket: Ticket = made
    return ticket


_RunTwin: Any = blank_twin(Run)


def _run(
    start: datetime,
    limit: "Duration | date | datetime | None",
    not_before: date | None,
    pauses: tuple[Pause, ...],
    extensions: tuple[Duration, ...],
    stop: datetime | None,
    is_cancelled: bool,
    is_grace: bool,
    turn: int,
    acted: tuple[int, ...],
    owed: tuple[str, ...],
) -> Run:
    made = _RunTwin()
    made.start = start
    made.limit = limit
    made.not_before = not_before
    made.pauses = pauses
    made.extensions = extensions
    made.stop = stop
    made.is_cancelled = is_cancelled
    made.is_grace = is_grace
    made.turn = turn
    made.acted = acted
    made.owed = owed
    made.__class__ = Run
    run: Run = made
    return run


make_ticket = quickest(Ticket, _ticket)
make_run = quickest(Run, _run)
