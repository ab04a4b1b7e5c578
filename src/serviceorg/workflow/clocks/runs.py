"""What an event does to the clocks of a ticket."""

from collections.abc import Mapping
from datetime import date, datetime

import attrs

from ...calendars import CalendarDays, Duration, Pause, WorkCalendar, WorkingDays
from ...errors import CalendarNotPublished
from ..judging.situation import Situation, Surroundings
from ..plans.plan import ClockPlan, Effect, Plan
from ..rules import Clock, Extension
from ..ticket import Form, Run, Slots, make_run
from .due import due_of, lies_ahead
from .tier_times import rearmed

#: A clock that starts when nothing can be said about its limit runs without one.
Runs = tuple[Run | None, ...]


def advanced(
    plan: Plan,
    around: Surroundings,
    runs: Runs,
    effect: Effect,
    *,
    state: str,
    at: datetime,
    fields: Form,
    slots: Slots,
) -> Runs:
    """Return the runs after an event; only the clocks the effect names are looked at."""
    changed = list(runs)
    for position in effect.clocks:
        clock, run = plan.clocks[position], changed[position]
        if run is not None and run.stop is not None and effect.names.isdisjoint(clock.clock.start):
            continue  # it has stopped, and this does not start it again
        calendar = around.calendar(plan, clock, slots)
        run = _marked(clock.clock, run, effect.names, at, _Now(fields, calendar))
        changed[position] = _paused(run, at, should_pause=state in clock.clock.pause)
    return tuple(changed)


@attrs.define(eq=False)
class _Now:
    fields: Form
    calendar: WorkCalendar


def _marked(clock: Clock, run: Run | None, names: frozenset[str], at: datetime, now: _Now) -> Run | None:
    """Return the run after cancel, stop, reset and start, in this order."""
    if run is not None and run.stop is None:
        if not names.isdisjoint(clock.cancel):
            run = attrs.evolve(_resumed(run, at), stop=at, is_cancelled=True)
        elif not names.isdisjoint(clock.stop):
            run = _stopped(_resumed(run, at), at)
        elif not names.isdisjoint(clock.reset):
            return _begun(clock, at, now, turn=run.turn + 1)
    if names.isdisjoint(clock.start) or (run is not None and run.stop is None):
        return run
    if run is None or run.is_cancelled:
        return _begun(clock, at, now, turn=1 if run is None else run.turn + 1)
    return _again(clock, run, at, now)


def _stopped(run: Run, at: datetime) -> Run:
    """Return a run that has ended; every field written out, for this is done to every ticket."""
    return make_run(
        run.start,
        run.limit,
        run.not_before,
        run.pauses,
        run.extensions,
        at,
        run.is_cancelled,
        run.is_grace,
        run.turn,
        run.acted,
        run.owed,
    )


def _again(clock: Clock, run: Run, at: datetime, now: _Now) -> Run:
    """Return what a start makes of a clock that has stopped: the declared answer to trap 23."""
    if clock.again == "restart":
        return _begun(clock, at, now, turn=run.turn + 1)
    if clock.again == "continue":
        assert run.stop is not None
        return attrs.evolve(run, stop=None, pauses=(*run.pauses, Pause(run.stop, at)))
    if clock.again == "grace":
        begun = _begun(clock, at, now, turn=run.turn + 1)
        return attrs.evolve(begun, start=at, limit=clock.grace, not_before=None, is_grace=True)
    return run


def _begun(clock: Clock, at: datetime, now: _Now, *, turn: int) -> Run:
    start = at
    since = now.fields.get(clock.since) if clock.since else None
    if isinstance(since, datetime):
        start = since
    elif isinstance(since, date):
        start = now.calendar.start_of(since)
    limit, not_before = limit_of(clock, now.fields)
    acted = (0,) * len(clock.tiers)
    return make_run(start, limit, not_before, (), (), None, False, False, turn, acted, ())


def limit_of(
    clock: Clock, fields: Mapping[str, object]
) -> tuple[Duration | date | datetime | None, date | None]:
    """Return a clock's limit by the fields filled in, and the longer statutory one, None for none."""
    rule = clock.limit
    limit: Duration | date | datetime | None = rule.duration
    if rule.by:
        limit = rule.table.get(str(fields.get(rule.by, "")), rule.duration)
    elif rule.until:
        given = fields.get(rule.until)
        limit = given if isinstance(given, date) else None
    later = fields.get(rule.or_later) if rule.or_later else None
    return limit, later if isinstance(later, date) else None


def _paused(run: Run | None, at: datetime, *, should_pause: bool) -> Run | None:  # one caller
    if run is None or run.stop is not None or run.is_paused == should_pause:
        return run
    return attrs.evolve(run, pauses=(*run.pauses, Pause(at, None))) if should_pause else _resumed(run, at)


def _resumed(run: Run, at: datetime) -> Run:
    if not run.is_paused:
        return run
    return attrs.evolve(run, pauses=(*run.pauses[:-1], Pause(run.pauses[-1].since, at)))


def with_limits(now: Situation, slots: Slots) -> Runs:
    """Return the runs with the limits of running clocks read again, where the form changes them."""
    plan, runs = now.plan, now.ticket.runs
    changed = list(runs)
    for clock in plan.clocks:
        run = runs[clock.position]
        if run is None or run.stop is not None or run.is_grace:
            continue
        if not clock.limit_fields.isdisjoint(now.form):
            limit, not_before = limit_of(clock.clock, now.fields)
            run = attrs.evolve(run, limit=limit, not_before=not_before)
            changed[clock.position] = _moved(clock, run, now, slots)
    return tuple(changed)


def extension_of(clock: ClockPlan, run: Run | None, rule: Extension, fields: Form) -> Duration | None:
    """Return the time an extension adds, None if the clock does not run or no days are filled in."""
    if run is None or run.stop is not None or run.limit is None:
        return None
    if rule.by is not None:
        return rule.by
    days = fields.get(rule.days_field)
    if not isinstance(days, int) or not 0 < days <= (rule.most or days):
        return None
    before = run.extensions[-1] if run.extensions else run.limit
    if isinstance(before, WorkingDays):
        return WorkingDays(days, ends=before.ends, bound=before.bound)
    roll = before.roll if isinstance(before, CalendarDays) else "next"
    return CalendarDays(days, roll=roll)


def extended(runs: Runs, clock: ClockPlan, by: Duration, now: Situation, slots: Slots) -> Runs:
    """Return the runs with that of one clock extended."""
    run = runs[clock.position]
    assert run is not None
    changed = _moved(clock, attrs.evolve(run, extensions=(*run.extensions, by)), now, slots)
    return (*runs[: clock.position], changed, *runs[clock.position + 1 :])


def _moved(clock: ClockPlan, run: Run, now: Situation, slots: Slots) -> Run:
    """Return a run whose deadline was moved, with the tiers that lie ahead of it again."""
    if not any(run.acted):
        return run
    calendar = now.around.calendar(now.plan, clock, slots)
    try:
        due = due_of(run, calendar)
    except CalendarNotPublished as error:
        if not lies_ahead(error, calendar, now.at):
            raise
        return attrs.evolve(run, acted=(0,) * len(run.acted))
    return rearmed(clock, run, due, calendar, now.at)
