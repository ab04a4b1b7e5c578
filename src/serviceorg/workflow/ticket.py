"""A ticket as a value: its history, and what follows from it."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import attrs

from ..basics import FrozenMap, frozen_map
from ..basics.quick import quick_maker
from ..calendars import Duration, Pause

#: What a field of a ticket may hold.
FieldValue = str | bool | int | Decimal | date | datetime | tuple[str, ...]
Form = FrozenMap[str, FieldValue]
Slots = FrozenMap[str, tuple[str, ...]]
EMPTY: Form = FrozenMap()
#: Who makes the moves of clocks.
CLOCK = "clock"
#: History is kept in blocks of so many events, so that one more costs the same however many there are.
BLOCK = 64


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
    older: tuple[tuple[Event, ...], ...] = attrs.field(repr=False)
    recent: tuple[Event, ...] = attrs.field(repr=False)

    @property
    def history(self) -> tuple[Event, ...]:
        """Every event from the opening on, oldest first."""
        return (*(event for block in self.older for event in block), *self.recent)

    @property
    def revision(self) -> int:
        """How many events there are."""
        return BLOCK * len(self.older) + len(self.recent)

    @property
    def last(self) -> Event:
        """The newest event."""
        return self.recent[-1]

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
        return self.older[block][place] if block < len(self.older) else self.recent[place]

    def holder(self, slot: str) -> str:
        """Return who is in a slot, the first one of several, "" for nobody."""
        held = self.slots.get(slot, ())
        return held[0] if held else ""


make_event: Callable[..., Event] = quick_maker(Event)
make_ticket: Callable[..., Ticket] = quick_maker(Ticket)
