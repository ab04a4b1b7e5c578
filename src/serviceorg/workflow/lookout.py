"""When a ticket next has something due: worked out once for each day on which clocks began."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

import attrs

from ..calendars import CalendarDays, Months, NextWorkingDay, WorkCalendar, WorkingDays
from ..errors import ServiceOrgError
from .answers import Child, Step
from .plan import ClockPlan, Plan
from .situation import Surroundings
from .ticket import Run, Ticket
from .tiers import owed_move, ticked, wakings

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
        runs = ticket.runs
        first = None
        is_owed = plan.timed and any(run is not None and run.owed for run in runs)
        if is_owed and owed_move(plan, self.around, ticket, None) is not None:
            return ticket.last.at
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


def swept(
    lookout: Lookout,
    plan_of: Callable[[Ticket], Plan],
    tickets: Iterable[Ticket],
    at: datetime,
    children_of: Callable[[Ticket], Sequence[Child] | None],
) -> Iterator[Step]:
    """Yield the step of every ticket for which something fell due; errors of single tickets come at the end.

    Raises:
        ExceptionGroup: If there were any.
    """
    errors: list[ServiceOrgError] = []
    for ticket in tickets:
        try:
            plan = plan_of(ticket)
            due = lookout.wakes(plan, ticket)
            if due is None or at < due:
                continue
            step = ticked(plan, lookout.around, ticket, at, children_of(ticket))
        except ServiceOrgError as error:
            error.add_note(f"ticket {ticket.id!r}")
            errors.append(error)
            continue
        if step.events:
            yield step
    if errors:
        raise ExceptionGroup(f"{len(errors)} ticket(s) could not be ticked", errors)
