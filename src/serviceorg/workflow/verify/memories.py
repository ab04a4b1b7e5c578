"""What requirements remember of a ticket's past, as whole numbers from 0 to a top ("so many or more").

Only these distinguish two tickets in the same state; everything else requirements ask for (fields, shares,
people, time, children, plugins) may be so or not so at any moment.
"""

from collections.abc import Iterator
from math import ceil, floor

import attrs

from ..rules import (
    AnyOf,
    Bounds,
    Check,
    Clock,
    ClockIs,
    Counted,
    FieldIs,
    Happened,
    Move,
    Need,
    NoneOpen,
    Opening,
    PartsDone,
    SameUnit,
    Share,
    SlotIs,
    Timed,
    Version,
)

#: Open matters are told apart up to here; a settled one of more leaves the same number or one less.
MATTERS = 7
#: Counts beyond this are not followed: a requirement on more may hold and may fail at any time.
MOST_COUNTED = 200
#: What a clock can be, as its memory counts it.
NOT_STARTED, RUNNING, STOPPED, CANCELLED = range(4)
#: Verdicts of clocks by what the clock is then.
VERDICTS = {
    "not-started": NOT_STARTED,
    "in-time": RUNNING,
    "overdue": RUNNING,
    "met": STOPPED,
    "late": STOPPED,
    "cancelled": CANCELLED,
}


#: How far a part is complete whose pieces are the units of a slot; once the slot is filled anew nobody knows.
NONE_DONE, SOME_DONE, WHOLE, UNSURE = range(4)
#: Nothing filled in, and of a slot: somebody.
EMPTY, FILLED = 1, 2


@attrs.frozen(cache_hash=True)
class Tally:
    """How often one of ``what`` occurred since one of ``since`` did last.

    ``promise`` is the number of the promise it is kept for, -1 where requirements ask: their tops differ.
    ``stage`` is the number of the version that asks, where a ticket is followed through several.
    """

    what: frozenset[str]
    since: frozenset[str]
    promise: int = -1
    stage: int = 0


@attrs.frozen(cache_hash=True)
class Matter:
    """How many matters of a name are open."""

    id: str


@attrs.frozen(cache_hash=True)
class Pieces:
    """How many pieces of a part are complete."""

    id: str


@attrs.frozen(cache_hash=True)
class Shared:
    """How far a part is complete whose pieces are the units of a slot."""

    id: str


@attrs.frozen(cache_hash=True)
class Status:
    """Whether a clock has started, runs, was stopped or cancelled."""

    id: str


@attrs.frozen(cache_hash=True)
class Known:
    """What may be in a slot or a field; ``stage`` as for tallies."""

    name: str
    is_field: bool
    stage: int = 0


Memory = Tally | Matter | Pieces | Shared | Status | Known


@attrs.frozen(eq=False)
class Happening:
    """What one event does to memories: the names that occur with it, and what becomes of matters and parts.

    ``is_new``: a piece is completed that was not complete before. ``stays_many``: of more open matters than
    are told apart as many stay. ``refills`` are the parts whose slot is filled anew.
    """

    names: frozenset[str]
    opens: str = ""
    settles: str = ""
    completes: str = ""
    resets: tuple[str, ...] = ()
    is_new: bool = False
    stays_many: bool = False
    refills: frozenset[str] = frozenset()


def tally(check: Counted | Happened | Timed) -> Tally:
    """Return the memory such a requirement looks at."""
    if isinstance(check, Timed):
        return Tally(frozenset((check.since,)), frozenset())
    what = check.moves if isinstance(check, Counted) else check.what
    return Tally(frozenset(what), frozenset((check.since,) if check.since else ()))


def checks_of(needs: tuple[Need, ...]) -> Iterator[Check]:
    """Yield every check of requirements, those inside of "any" too."""
    for need in needs:
        yield need.check
        if isinstance(need.check, AnyOf):
            for group in need.check.groups:
                yield from checks_of(group)


def needs_of(step: Opening | Move) -> tuple[Need, ...]:
    """Return the requirements of a step and of all its routes."""
    return (*step.needs, *(need for route in step.routes for need in route.when))


def tops(version: Version) -> dict[Memory, int]:
    """Return every memory the requirements of a version, its parts and its timed moves need, with its top."""
    found: dict[Memory, int] = {Pieces(part.id): 1 for part in version.parts}
    found |= {Status(clock.id): CANCELLED for clock in version.clocks}
    steps: tuple[Opening | Move, ...] = (*version.openings, *version.moves)
    for check in (check for step in steps for check in checks_of(needs_of(step))):
        for memory in asked(check):
            if not isinstance(memory, Known):
                found[memory] = max(_asked_top(check), found.get(memory, 0))
    found |= {Pieces(part.id): len(part.pieces) for part in version.parts}
    found |= {memory: UNSURE for memory in found if isinstance(memory, Shared)}
    found |= {Shared(part.id): UNSURE for part in version.parts if part.of_slot}
    # Nothing can be settled that is not open.
    found |= {Matter(move.settles): MATTERS for move in version.moves if move.settles}
    return found


def asked(check: Check) -> tuple[Memory, ...]:
    """Return the memories a check by itself looks at."""
    match check:
        case Counted() | Happened() | Timed():
            return (tally(check),)
        case NoneOpen():
            return (Matter(check.matter),)
        case PartsDone():
            return Pieces(check.part), Shared(check.part)
        case ClockIs():
            return (Status(check.clock),)
    return _known_by(check)


def _known_by(check: Check) -> tuple[Known, ...]:
    """Return the fields and slots a check looks at."""
    match check:
        case FieldIs():
            return (Known(check.field, is_field=True),)
        case Share():
            return Known(check.part, is_field=True), Known(check.of, is_field=True)
        case SlotIs() | SameUnit():
            return (Known(check.slot, is_field=False),)
    return ()


def first(memory: Memory) -> int:
    """Return the value a memory has before a ticket is opened."""
    return EMPTY if isinstance(memory, Known) else 0


def _asked_top(check: Check) -> int:
    match check:
        case Counted():
            return min(_top(check.bounds), MOST_COUNTED + 1)
        case NoneOpen():
            return MATTERS
        case PartsDone():
            return min(check.needed, MOST_COUNTED) if isinstance(check.needed, int) else 0
        case ClockIs():
            return CANCELLED
    return 1


def _top(bounds: Bounds) -> int:
    """Return the least number from which on all numbers are the same to the bounds."""
    ends = [ceil(end) for end in (bounds.least, bounds.below) if end is not None]
    ends += [floor(end) + 1 for end in (bounds.above, bounds.most) if end is not None]
    return max(ends, default=0)


def after(memory: Memory, top: int, event: Happening, clocks: dict[str, Clock]) -> tuple[int, ...] | None:
    """Return what a memory is after an event for each value before it, None if the event leaves it alone."""
    match memory:
        case Tally(what, since):
            if event.names & since:
                return (0,) * (top + 1)
            return _one_more(top) if event.names & what else None
        case Matter(name):
            return _matter(name, top, event)
        case Pieces(name):
            if name in event.resets:
                return (int(event.completes == name),) * (top + 1)
            return _one_more(top) if event.completes == name and event.is_new else None
        case Shared(name):
            return _shared(name, event)
        case Status(name) if name in clocks:
            return _status(clocks[name], event.names)
    return None


def _shared(name: str, event: Happening) -> tuple[int, ...] | None:
    values = [NONE_DONE] * 4 if name in event.resets else [NONE_DONE, SOME_DONE, WHOLE, UNSURE]
    if event.completes == name and name in event.names:
        values = [WHOLE] * 4
    elif event.completes == name and event.is_new:
        values = [value or SOME_DONE for value in values]
    if name in event.refills:
        values = [value and UNSURE for value in values]
    return None if values == [*range(4)] else tuple(values)


def _one_more(top: int) -> tuple[int, ...]:
    return (*range(1, top + 1), top)


def _matter(name: str, top: int, event: Happening) -> tuple[int, ...] | None:
    opened, settled = event.opens == name, event.settles == name
    if opened == settled:
        return None
    if opened:
        return _one_more(top)
    return (*range(top + 1),) if event.stays_many else (0, *range(top))


def _status(clock: Clock, names: frozenset[str]) -> tuple[int, ...] | None:
    ends, stops, starts = (not names.isdisjoint(ids) for ids in (clock.cancel, clock.stop, clock.start))
    if not (ends or stops or starts):
        return None
    again = (NOT_STARTED, RUNNING, STOPPED if clock.again == "keep" else RUNNING, RUNNING)
    values = []
    for value in range(4):
        ended = CANCELLED if value == RUNNING and ends else STOPPED if value == RUNNING and stops else value
        values.append((RUNNING if ended == NOT_STARTED else again[ended]) if starts else ended)
    return tuple(values)
