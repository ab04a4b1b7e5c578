"""When a ticket next has something due: worked out once for each day on which clocks began."""

from datetime import date, datetime

import attrs

from ..calendars import CalendarDays, Months, NextWorkingDay, WorkCalendar, WorkingDays
from .plan import ClockPlan, Plan
from .situation import Surroundings
from .ticket import Run, Ticket
from .tiers import wakings

_BY_DAYS = (WorkingDays, CalendarDays, Months, NextWorkingDay)
_Key = tuple[str, WorkCalendar, int, date, object, tuple[int, ...]]
#: What is known is forgotten beyond so many answers: some thousand days of a few clocks.
_MOST = 20_000


@attrs.frozen(eq=False)
class Lookout:
    """Answers that depend on nothing but their question, kept because they are asked again and again."""

    around: Surroundings
    _known: dict[_Key, datetime | None] = attrs.field(factory=dict, init=False)

    def wakes(self, plan: Plan, ticket: Ticket) -> datetime | None:
        """Return the first moment at which something falls due on a ticket, None if never."""
        first, runs = None, ticket.runs
        for clock in plan.tiered:
            run = runs[clock.position]
            if run is not None and run.stop is None:
                calendar = self.around.calendar(plan, clock, ticket.slots)
                moment = self._earliest(plan, clock, run, calendar)
                if moment is not None and (first is None or moment < first):
                    first = moment
        return first

    def _earliest(self, plan: Plan, clock: ClockPlan, run: Run, calendar: WorkCalendar) -> datetime | None:
        limit = run.limit
        if run.pauses or run.extensions or run.not_before is not None or not isinstance(limit, _BY_DAYS):
            return _first(clock, run, calendar)
        # A deadline counted by days is the same for all that began on one day.
        day = calendar.day_of(run.start)
        key = (plan.version.digest, calendar, clock.position, day, limit, run.acted)
        if key in self._known:
            return self._known[key]
        if len(self._known) >= _MOST:
            self._known.clear()
        return self._known.setdefault(key, _first(clock, run, calendar))


def _first(clock: ClockPlan, run: Run, calendar: WorkCalendar) -> datetime | None:
    return min((waking.at for waking in wakings(clock, run, calendar, None)), default=None)
