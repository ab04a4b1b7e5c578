"""When a ticket next has something due, and which of very many have: worked out for few, known of most."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

import attrs

from ...calendars import CalendarDays, Months, NextWorkingDay, WorkCalendar, WorkingDays
from ...calendars.durations import DURATIONS
from ...errors import ServiceOrgError
from ..answers import Child, Step
from ..clocks.runs import Runs
from ..judging.situation import Surroundings
from ..plans.plan import ClockPlan, Plan
from ..ticket import Run, Slots, Ticket
from .tiers import owed_move, ticked, wakings

_BY_DAYS = (WorkingDays, CalendarDays, Months, NextWorkingDay)
_Alike = tuple[ClockPlan, WorkCalendar, object, tuple[int, ...]]
_Key = tuple[str, WorkCalendar, int, date, object, tuple[int, ...]]
#: What is known is forgotten beyond so many answers: some thousand days of a few clocks.
_MOST = 20_000
#: What is known of single tickets serves those that are moved again and again in one go.
_FEW = 1_000
_Latest = tuple[Runs, Slots, Plan, datetime | None]


@attrs.frozen(eq=False)
class Lookout:
    """Answers that depend on nothing but their question, kept because they are asked again and again."""

    around: Surroundings
    _known: dict[_Key, datetime | None] = attrs.field(factory=dict, init=False)
    # A ticket keeps its runs and slots from move to move; being held here, no others have their number.
    _latest: dict[int, _Latest] = attrs.field(factory=dict, init=False)

    def wakes(self, plan: Plan, ticket: Ticket) -> datetime | None:
        """Return the first moment at which something falls due on a ticket, None if never."""
        runs, slots = ticket.runs, ticket.slots
        latest = self._latest.get(id(runs))
        if latest is not None and latest[0] is runs and latest[1] is slots and latest[2] is plan:
            return latest[3]
        is_owed = plan.timed and owes(runs)
        if is_owed and owed_move(plan, self.around, ticket, None) is not None:
            return ticket.last_at
        first = self._first_of(plan, ticket)
        if not is_owed:  # whether an owed move can be made depends on more than runs and slots
            if len(self._latest) >= _FEW:
                self._latest.clear()
            self._latest[id(runs)] = runs, slots, plan, first
        return first

    def _first_of(self, plan: Plan, ticket: Ticket) -> datetime | None:
        runs, first = ticket.runs, None
        for clock in plan.tiered:
            run = runs[clock.position]
            if run is not None and run.stop is None:
                calendar = self.around.calendar(plan, clock, ticket.slots)
                moment = self.earliest(plan, clock, run, calendar)
                if moment is not None and (first is None or moment < first):
                    first = moment
        return first

    def earliest(self, plan: Plan, clock: ClockPlan, run: Run, calendar: WorkCalendar) -> datetime | None:
        """Return the first moment at which something falls due on a clock, None if never."""
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


def owes(runs: Runs) -> bool:
    """Return whether a clock owes a move that it could not make when it fell due."""
    for run in runs:  # noqa: SIM110 - any() over a generator costs three times as much
        if run is not None and run.owed:
            return True
    return False


@attrs.define(eq=False)
class _Bounds:
    """Of runs alike but for their start: the latest start known to be due, the earliest known not to be.

    Who starts later is never due earlier, so only starts between the two have to be worked out.
    """

    due: datetime | None = None
    not_due: datetime | None = None


@attrs.frozen(eq=False)
class _Sweep:
    """Answers about very many tickets at one moment; made for one sweep and thrown away."""

    lookout: Lookout
    at: datetime
    _bounds: dict[_Alike, _Bounds] = attrs.field(factory=dict, init=False)

    def sees(self, plan: Plan, ticket: Ticket) -> bool:
        """Return whether something may be due on a ticket; certain when it says no."""
        runs = ticket.runs
        if plan.timed and owes(runs):
            return True
        for clock in plan.tiered:
            run = runs[clock.position]
            if run is not None and run.stop is None:
                calendar = self.lookout.around.calendar(plan, clock, ticket.slots)
                if self._is_due(plan, clock, run, calendar):
                    return True
        return False

    def _is_due(self, plan: Plan, clock: ClockPlan, run: Run, calendar: WorkCalendar) -> bool:
        limit = run.limit
        if run.pauses or run.extensions or run.not_before is not None or not isinstance(limit, DURATIONS):
            return self._asked(plan, clock, run, calendar)
        key = (clock, calendar, limit, run.acted)
        bounds = self._bounds.get(key)
        if bounds is None:
            bounds = self._bounds[key] = _Bounds()
        start = run.start
        if bounds.due is not None and start <= bounds.due:
            return True
        if bounds.not_due is not None and start >= bounds.not_due:
            return False
        is_due = self._asked(plan, clock, run, calendar)
        if is_due:
            bounds.due = start
        elif calendar.is_published(calendar.day_of(start)):
            # Of a start before all published days nobody can say anything; it tells nothing of others.
            bounds.not_due = start
        return is_due

    def _asked(self, plan: Plan, clock: ClockPlan, run: Run, calendar: WorkCalendar) -> bool:
        first = self.lookout.earliest(plan, clock, run, calendar)
        return first is not None and self.at >= first


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
    sweep = _Sweep(lookout, at)
    for ticket in tickets:
        try:
            plan = plan_of(ticket)
            if not sweep.sees(plan, ticket):
                continue
            step = ticked(plan, lookout.around, ticket, at, children_of(ticket))
        except ServiceOrgError as error:
            error.add_note(f"ticket {getattr(ticket, 'id', ticket)!r}")
            errors.append(error)
            continue
        if step.length:
            yield step
    if errors:
        raise ExceptionGroup(f"{len(errors)} ticket(s) could not be ticked", errors)
