"""Everything a check may look at, at one moment of one ticket."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import attrs

from ...basics import FrozenMap
from ...calendars import WorkCalendar
from ...model import Actor, Units
from ..answers import Child
from ..plans.plan import ClockPlan, Plan, Requirement
from ..ticket import Form, Slots, Ticket

_EMPTY: Form = FrozenMap()


@attrs.frozen(eq=False)
class Surroundings:
    """What the host gives a flow besides the definition: calendars, units, plugged requirements."""

    calendars: Mapping[str, WorkCalendar]
    units: Units
    requirements: Mapping[str, Requirement]

    def calendar(self, plan: Plan, clock: ClockPlan, slots: Slots) -> WorkCalendar:
        """Return the calendar a clock counts by: of the nearest unit that has one, or of the definition."""
        if clock.clock.calendar_of:
            for unit in slots.get(clock.clock.calendar_of, ())[:1]:
                for above in (unit, *self.units.chain(unit)):
                    if above in self.calendars:
                        return self.calendars[above]
        return self.calendars[plan.version.calendar]

    def own_calendar(self, plan: Plan) -> WorkCalendar:
        """Return the calendar of the definition, by which days are told."""
        return self.calendars[plan.version.calendar]


@attrs.define(eq=False)
class Situation:
    """A ticket about to be moved: as it is, with the form filled in, by whom and when.

    ``source`` is the state the move leaves. ``actor`` is None where nobody acts, as in
    metrics; ``children`` None where nobody has told which there are.
    """

    plan: Plan
    around: Surroundings
    ticket: Ticket
    fields: Form
    slots: Slots
    actor: Actor | None
    at: datetime
    source: str
    children: Sequence[Child] | None = None
    form: Form = _EMPTY
    before: Slots = FrozenMap()  # the slots as they were, where something is told of what has happened
    piece: str = ""  # what an event of the history says was completed

    def fill(self, form: Form, clears: tuple[str, ...] = ()) -> None:
        """Take a checked form: its fields go over those of the ticket, without those that are cleared."""
        before = self.ticket.fields
        if clears and not before.keys().isdisjoint(clears):
            before = FrozenMap({name: value for name, value in before.items() if name not in clears})
            self.fields = before
        if form:
            self.form = form
            self.fields = FrozenMap({**before, **form}) if before else form
