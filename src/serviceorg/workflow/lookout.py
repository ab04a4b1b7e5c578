"""Which of very many tickets have something due: worked out once for each day on which clocks began."""

from datetime import date, datetime

import attrs

from ..calendars import CalendarDays, Months, NextWorkingDay, WorkCalendar, WorkingDays
from .plan import ClockPlan, Plan
from .situation import Surroundings
from .ticket import Run, Ticket
from .tiers import wakings

_BY_DAYS = (WorkingDays, CalendarDays, Months, NextWorkingDay)
_Key = tuple[str, WorkCalendar, int, date, object, tuple[int, ...]]


@attrs.frozen(eq=False)
class Lookout:
    """The answers for one moment; made for one sweep over tickets and thrown away."""

    around: Surroundings
    at: datetime
    _known: dict[_Key, bool] = attrs.field(factory=dict, init=False)

    def sees(self, plan: Plan, ticket: Ticket) -> bool:
        """Return whether something is due on a ticket."""
        runs = ticket.runs
        for clock in plan.tiered:
            run = runs[clock.position]
            if run is not None and run.stop is None:
                calendar = self.around.calendar(plan, clock, ticket.slots)
                if self._is_due(plan, clock, run, calendar):
                    return True
        return False

    def _is_due(self, plan: Plan, clock: ClockPlan, run: Run, calendar: WorkCalendar) -> bool:
        limit = run.limit
        if run.pauses or run.extensions or run.not_before is not None or not isinstance(limit, _BY_DAYS):
            return self._asked(clock, run, calendar)
        # A deadline counted by days is the same for all that began on one day.
        day = calendar.day_of(run.start)
        key = (plan.version.digest, calendar, clock.position, day, limit, run.acted)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._asked(clock, run, calendar)
        return known

    def _asked(self, clock: ClockPlan, run: Run, calendar: WorkCalendar) -> bool:
        return any(waking.is_now for waking in wakings(clock, run, calendar, self.at))
