"""An obligation: one duty of one holder towards one target in one window, and how it stands."""

from datetime import date

import attrs

from ..basics import Label
from ..basics.quick import blank_twin, quickest
from ..facts import Fact
from .book import Duty

#: How an obligation can stand. "overdue": past its last day, not yet settled; "planned": not looked at.
STATUSES = ("done", "excused", "late", "due-soon", "open", "upcoming", "overdue", "missed", "planned")
DONE, EXCUSED, LATE, DUE_SOON, OPEN, UPCOMING, OVERDUE, MISSED, PLANNED = range(len(STATUSES))
#: What no later day changes, as long as the facts stay.
SETTLED = frozenset((DONE, EXCUSED, LATE, MISSED))


@attrs.frozen(kw_only=True)
class Window:
    """The time in which a duty must be fulfilled once or more often (履行时段), both days included.

    ``label`` names it: a period like 2024-Q3, or the day planned; 2024+ is what a year asks beyond one in
    each half. ``end`` is the last day in time, ``grace_until`` the last on which it is late, not missed, and
    ``settled_after`` the last on which such a fact may still be entered: until then nothing is missed.
    ``length`` is how many days its period has, of which the duty may be there for a part alone.
    ``parts`` are the shorter windows whose first fact counts there instead; in such a part (``is_part``) no
    further one counts. ``held_on`` is the day that decides who owes it. ``moved_because`` is the kind of day
    it moved from, which was ``planned``.
    """

    duty: Duty = attrs.field(repr=False)
    label: str
    start: date
    end: date
    grace_until: date
    settled_after: date
    soon_from: date
    least: int
    held_on: date
    parts: tuple[tuple[int, int], ...] = ()
    is_part: bool = False
    planned: date | None = None
    moved_because: str = ""
    moved_title: Label = Label()
    provisional: bool = False
    length: int = 0
    # The same as ordinals, for the loop over all obligations.
    first: int = attrs.field(init=False, repr=False, eq=False)
    last: int = attrs.field(init=False, repr=False, eq=False)
    grace: int = attrs.field(init=False, repr=False, eq=False)
    settled: int = attrs.field(init=False, repr=False, eq=False)
    soon: int = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        put = object.__setattr__
        put(self, "first", self.start.toordinal())
        put(self, "last", self.end.toordinal())
        put(self, "grace", self.grace_until.toordinal())
        put(self, "settled", self.settled_after.toordinal())
        put(self, "soon", self.soon_from.toordinal())
        put(self, "length", max(self.length, self.last - self.first + 1))


@attrs.frozen(weakref_slot=False)
class Obligation:
    """What one holder owes one target in one window (应办事项), and how it stood when it was looked at.

    ``who`` is a person, or a unit that owes it itself; ``unit`` is where; ``towards`` is "" where it is owed
    to nobody. ``done`` of ``needed`` facts were there; ``facts`` are those that count, late ones last.
    """

    window: Window
    who: str
    unit: str
    towards: str
    needed: int
    done: int
    state: int
    facts: tuple[Fact, ...]

    @property
    def duty(self) -> Duty:
        """The duty, in the version that holds in its window."""
        return self.window.duty

    @property
    def status(self) -> str:
        """How it stands: one of ``STATUSES``."""
        return STATUSES[self.state]

    @property
    def period(self) -> str:
        """The label of its window."""
        return self.window.label

    @property
    def due(self) -> date:
        """The last day that is in time."""
        return self.window.end

    @property
    def provisional(self) -> bool:
        """Whether its days rest on a calendar nobody has published yet."""
        return self.window.provisional

    @property
    def id(self) -> str:
        """An id that is the same whenever it is computed: duty, who, unit, towards and window."""
        parts = (self.duty.id, self.who, self.unit, self.towards, self.window.label)
        return "|".join(map(_plain, parts))


def _plain(text: str) -> str:
    return text.replace("%", "%25").replace("|", "%7C")


_ObligationTwin = blank_twin(Obligation)


def _obligation(
    window: Window,
    who: str,
    unit: str,
    towards: str,
    needed: int,
    done: int,
    state: int,
    facts: tuple[Fact, ...],
) -> Obligation:
    made = _ObligationTwin()
    made.window = window
    made.who = who
    made.unit = unit
    made.towards = towards
    made.needed = needed
    made.done = done
    made.state = state
    made.facts = facts
    made.__class__ = Obligation
    obligation: Obligation = made
    return obligation


make_obligation = quickest(Obligation, _obligation)
