"""Targets in time: when a clock runs, how long it may, and what happens on the way."""

import attrs

from ...basics import FrozenMap, Label, frozen_map
from ...calendars import Duration

#: What a start does to a clock that has stopped before (trap 23): go on with the time used so far, begin
#: anew, keep the first result, or run for the time of grace alone.
AGAIN = ("continue", "restart", "keep", "grace")


@attrs.frozen(kw_only=True)
class Limit:
    """How long a clock may run (时限).

    ``duration``; or looked up in ``table`` by the text of the field ``by`` (``duration`` is then for all
    other texts, if any); or until the moment or date in the field ``until``, which no pause moves.
    ``or_later`` names a field with a date: a longer statutory limit prevails.
    """

    duration: Duration | None = None
    by: str = ""
    table: FrozenMap[str, Duration] = attrs.field(factory=FrozenMap, converter=frozen_map)
    until: str = ""
    or_later: str = ""


@attrs.frozen(kw_only=True)
class Tier:
    """Something that happens at a point of a clock, once a run: a colour, a notice, a fact, a timed move.

    Exactly one of ``before`` (so long before it is due), ``at_due``, ``after`` (so long after).
    ``every`` repeats it that far apart, ``times`` times in all. ``move`` is made by the clock itself.
    Its name in lists of notices and facts is CLOCK.ID.
    """

    id: str
    before: Duration | None = None
    after: Duration | None = None
    at_due: bool = False
    every: Duration | None = None
    times: int = 1
    colour: str = ""
    move: str = ""
    source: str = ""


@attrs.frozen(kw_only=True)
class Clock:
    """A target (时限): a pure function of the ticket's history, this definition and a calendar.

    ``start``, ``stop``, ``reset`` and ``cancel`` name openings, moves, states (entering them) or parts
    (completing them); ``pause`` names states: the time in them does not count. ``reset`` begins the limit
    anew while it runs. ``again`` is one of ``AGAIN`` (``grace`` is its time). ``since`` is a field with the
    date or moment from which is counted instead of the start. ``calendar_of`` is a slot with a unit whose
    calendar is used. ``holder`` is the slot of who answers for it.
    """

    id: str
    title: Label = Label()
    start: tuple[str, ...]
    stop: tuple[str, ...] = ()
    pause: tuple[str, ...] = ()
    reset: tuple[str, ...] = ()
    cancel: tuple[str, ...] = ()
    limit: Limit
    again: str = "keep"
    grace: Duration | None = None
    since: str = ""
    calendar_of: str = ""
    holder: str = ""
    tiers: tuple[Tier, ...] = ()
    source: str = ""
