"""The same engine, written to be believed rather than to be quick.

It keeps nothing but the list of events, and answers every question by reading that list from the beginning.
Days are stepped through one by one. It shares no code with the engine but the values of the definition.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from serviceorg.calendars import CalendarDays, RealTime, WorkingDays
from serviceorg.workflow.rules import (
    ClockIs,
    Counted,
    Different,
    FieldIs,
    Happened,
    NoneOpen,
    SlotIs,
    Timed,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)


class Reference:
    """A ticket as its list of events."""

    def __init__(self, version, units, is_working):
        self.version, self.units, self.is_working = version, units, is_working
        self.moves = {move.id: move for move in version.moves}
        self.events = []

    # ---- what the list says

    @property
    def state(self):
        """The state now."""
        return self.events[-1]["state"]

    def field(self, name, form):
        """Return a field's newest value, that of the form first."""
        if name in form:
            return form[name]
        return next((e["form"][name] for e in reversed(self.events) if name in e["form"]), None)

    def handler(self):
        """Return who is the handler."""
        now = None
        for event in self.events:
            for value in event["sets"].values():
                now = None if value.nobody else event["by"] if value.actor else now
        return now

    def unit(self):
        """Return the unit the ticket lies in."""
        return self.events[0]["form"]["place"]

    def last(self, names):
        """Return the number of the last event at which one of the names occurred, -1 for none."""
        return max((n for n, e in enumerate(self.events) if e["names"] & set(names)), default=-1)

    def is_over(self, above, unit):
        """Return whether a unit is another, or lies under it."""
        while unit:
            if unit == above:
                return True
            unit = self.units[unit]
        return False

    # ---- may it be done

    def may(self, move, actor):
        """Return whether one of the permits fits."""
        return any(self._fits(permit, actor) for permit in move.permits)

    def _fits(self, permit, actor):
        if permit.anyone:
            return True
        if permit.slot:
            return self.handler() == actor.id
        for post in actor.posts:
            if post.role != permit.role:
                continue
            if permit.scope == "any":
                return True
            own, unit = post.at, self.unit()
            if permit.scope == "exactly" and own == unit:
                return True
            if permit.scope == "covers" and self.is_over(own, unit):
                return True
            if permit.scope == "above" and own != unit and self.is_over(own, unit):
                return True
        return False

    def is_apart(self, move, actor):
        """Return whether a reviewer has had no hand in the matter."""
        if move.duty != "review":
            return True
        handled = {
            e["by"] for e in self.events if e["move"] in self.moves and self.moves[e["move"]].duty == "handle"
        }
        return actor.id not in handled and self.handler() != actor.id

    def is_met(self, check, actor, at, form):  # noqa: PLR0911  # one kind a line
        """Return whether a check holds."""
        if isinstance(check, FieldIs):
            return self.field(check.field, form) in check.one_of
        if isinstance(check, SlotIs):
            return (self.handler() is not None) == check.filled
        if isinstance(check, NoneOpen):
            opened = sum(bool(self._moved(e) and self._moved(e).opens) for e in self.events)
            settled = sum(bool(self._moved(e) and self._moved(e).settles) for e in self.events)
            return opened == settled
        if isinstance(check, Counted):
            since = self.last([check.since]) if check.since else -1
            made = sum(e["move"] in check.moves for e in self.events[since + 1 :])
            return self._within(check.bounds, made)
        if isinstance(check, Happened):
            since = self.last([check.since]) if check.since else -1
            return (self.last(check.what) > since) == check.wants
        if isinstance(check, Different):
            makers = {e["by"] for e in self.events if e["move"] in check.moves}
            return actor.id not in makers and self.handler() != actor.id
        if isinstance(check, Timed):
            begun = self.last([check.since])
            if begun < 0:
                return False
            in_time = self.in_time(self.due(check.duration, self.events[begun]["at"], []), at)
            return in_time == check.within
        assert isinstance(check, ClockIs)
        return self.verdict(at) in check.verdicts

    def _moved(self, event):
        return self.moves.get(event["move"])

    @staticmethod
    def _within(bounds, number):
        return not (
            (bounds.most is not None and number > bounds.most)
            or (bounds.below is not None and number >= bounds.below)
            or (bounds.least is not None and number < bounds.least)
        )

    def allowed(self, name, actor, at, form):
        """Return whether a move can be made now."""
        move = self.moves[name]
        if self.state not in move.sources or not self.may(move, actor) or not self.is_apart(move, actor):
            return False
        if not all(self.is_met(need.check, actor, at, form) for need in move.needs):
            return False
        return not (move.settles and self.is_met(NoneOpen("matter"), actor, at, form))

    # ---- doing it

    def begin(self, actor, at, form):
        """Note the opening."""
        self._note("begin", {"begin", "s0"}, "s0", actor.id, at, form, {})

    def make(self, name, actor, at, form):
        """Note a move, after what fell due before it."""
        self.wake(at)
        move = self.moves[name]
        to = next(
            route.to
            for route in move.routes
            if all(self.is_met(need.check, actor, at, form) for need in route.when)
        )
        self._note(name, {name, to} - {""}, to or self.state, actor.id, at, form, move.sets)

    def wake(self, at):
        """Note the tier at the deadline, if its moment has come in this run and it has not acted."""
        run = self.run()
        if run is None or run["ended"] or run["acted"] or self._stands(run):
            return
        due = self.due(self.version.clocks[0].limit.duration, run["start"], run["pauses"])
        if due is not None and not self.in_time(due, at):
            # A deadline that includes its last moment has passed one microsecond later.
            passed = due[0] + timedelta(microseconds=1) if due[1] else due[0]
            moment = max(passed, self.events[-1]["at"])
            self._note("limit.due", {"limit.due"}, self.state, "clock", moment, {}, {})

    def _note(self, move, names, state, by, at, form, sets):  # the fields of an event
        self.events.append(
            {"move": move, "names": names, "state": state, "by": by, "at": at, "form": form, "sets": sets}
        )

    # ---- the clock

    def run(self):
        """Return the present run of the clock, told by the whole history; None before the first."""
        clock = self.version.clocks[0]
        run: Any = None
        for event in self.events:
            names, at = event["names"], event["at"]
            runs = run is not None and not run["ended"]
            if runs and event["move"] == "limit.due":
                run["acted"] = True
            if runs and names & set(clock.cancel):
                self._go_on(run, at)
                run.update(ended=at, cancelled=True)
            elif runs and names & set(clock.stop):
                self._go_on(run, at)
                run.update(ended=at)
            elif runs and names & set(clock.reset):
                run = self._fresh(at)
            if (run is None or run["ended"]) and names & set(clock.start):
                if run is None or run["cancelled"] or clock.again == "restart":
                    run = self._fresh(at)
                elif clock.again == "continue":
                    run["pauses"].append((run["ended"], at))
                    run["ended"] = None
            if run is not None and not run["ended"]:
                if event["state"] in clock.pause:
                    if not self._stands(run):
                        run["pauses"].append((at, None))
                else:
                    self._go_on(run, at)
        return run

    @staticmethod
    def _fresh(at):
        return {"start": at, "pauses": [], "ended": None, "cancelled": False, "acted": False}

    @staticmethod
    def _stands(run):
        return bool(run["pauses"]) and run["pauses"][-1][1] is None

    def _go_on(self, run, at):
        if self._stands(run):
            run["pauses"][-1] = (run["pauses"][-1][0], at)

    def verdict(self, at):
        """Return how the clock stands."""
        run = self.run()
        if run is None:
            return "not-started"
        if run["cancelled"]:
            return "cancelled"
        due = self.due(self.version.clocks[0].limit.duration, run["start"], run["pauses"])
        in_time = due is None or self.in_time(due, run["ended"] or at)
        if run["ended"]:
            return "met" if in_time else "late"
        return "in-time" if in_time else "overdue"

    @staticmethod
    def in_time(due, at):
        """Return whether a moment is in time; a day ends before 24:00, a time includes its last moment."""
        moment, is_included = due
        return at < moment or (is_included and at == moment)

    def due(self, duration, start, pauses):
        """Return (moment, whether it is included), None while it stands still for good."""
        if isinstance(duration, RealTime):
            return self._due_by_minutes(duration.minutes, start, pauses)
        return self._due_by_days(duration, start, pauses)

    @staticmethod
    def _due_by_minutes(minutes, start, pauses):
        left, here = timedelta(minutes=minutes), start
        for begun, ended in pauses:
            if begun - here >= left:
                break
            left -= begun - here
            if ended is None:
                return None
            here = ended
        return here + left, True

    def _due_by_days(self, duration, start, pauses):
        left, day = duration.days, self.day(start)
        stops = [pause for pause in pauses if pause[0] != pause[1]]
        while True:
            last = self._last_day(duration, day, left)
            if not stops or stops[0][0] >= self.end(last):
                return self.end(last), False
            begun, ended = stops.pop(0)
            left -= min(left, sum(self._counts(duration, one) for one in self._days(day, self.day(begun))))
            if ended is None:
                return None
            day = self.day(ended)

    def _last_day(self, duration, day, left):
        while left:
            day += ONE_DAY
            left -= self._counts(duration, day)
        # A last day off work goes on to the next working day (民法典 §203).
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def _counts(self, duration, day):
        return (
            self.is_working(day) if isinstance(duration, WorkingDays) else isinstance(duration, CalendarDays)
        )

    @staticmethod
    def _days(first, last):
        while first < last:
            first += ONE_DAY
            yield first

    @staticmethod
    def day(moment):
        """Return the day in Shanghai."""
        return moment.astimezone(SHANGHAI).date()

    @staticmethod
    def end(day: date):
        """Return 24:00 of a day in Shanghai."""
        return datetime.combine(day + ONE_DAY, time(), SHANGHAI).astimezone(UTC)
