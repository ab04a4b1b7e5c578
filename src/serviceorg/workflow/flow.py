"""A workflow ready to be used: the one object that opens, moves and explains tickets."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import attrs

from ..basics import FrozenMap, Label
from ..basics.periods import EARLIEST, LATEST
from ..calendars import WorkCalendar
from ..errors import NotInForceError, TicketError, UnknownIdError
from ..model import Actor, Units
from .answers import Child, ClockState, Command, HandOver, Option, Outcome, Rate, Refused, Step
from .cases import CaseFailure, run_case
from .clocks.states import state_of
from .drawing import Drawing, draw
from .history.hand_overs import handed_over
from .history.migrating import MIGRATE, brought_up, migrated
from .history.replaying import repeated
from .history.storing import dumped, read_events, read_head
from .judging.options import options
from .judging.permission import visible
from .judging.situation import Situation, Surroundings
from .judging.unmet import not_from_here
from .metrics import rates
from .moving.batches import outcomes_of
from .moving.lookout import Lookout, swept
from .moving.move import fired, in_order, opened, quickly
from .moving.tiers import after_due, overdue, ticked
from .plans.compile import compiled
from .plans.given import check_calendars, check_given
from .plans.plan import Edge, Plan, Requirement
from .rules import Version, Workflow
from .ticket import CLOCK, NO_SLOTS, Event, FieldValue, Form, Memory, Ticket, make_ticket

_NO_FORM: Form = FrozenMap()
_NO_MEMORY = Memory()


@attrs.frozen(eq=False, repr=False)
class Flow:
    """A workflow with the calendars, the tree of units and the requirements it needs.

    Nothing changes and nothing is stored: one flow serves all threads and all tickets. ``calendars`` are
    found by the name the definition uses, and by the id of a unit for clocks that count by a unit's own.

    Raises:
        UnknownIdError: For a calendar or a requirement the definition names and nobody gives.
        DurationError: For a calendar without office hours, where the definition counts by them.
    """

    workflow: Workflow
    calendars: Mapping[str, WorkCalendar] = attrs.field(factory=FrozenMap)
    units: Units = Units()
    requirements: Mapping[str, Requirement] = attrs.field(factory=FrozenMap)
    _plans: Mapping[str, Plan] = attrs.field(init=False)
    _around: Surroundings = attrs.field(init=False)
    _lookout: Lookout = attrs.field(init=False)
    # The moment from which each version is in force, the last one first.
    _begins: tuple[tuple[datetime, Version], ...] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        for version in self.workflow.versions:
            check_given(version, self.calendars, self.requirements)
        check_calendars(self.workflow, self.calendars, self.units)
        plans = {version.digest: compiled(version) for version in self.workflow.versions}
        object.__setattr__(self, "_plans", plans)
        begins = [
            (self.calendars[one.calendar].start_of(one.effective), one) for one in self.workflow.versions
        ]
        object.__setattr__(self, "_begins", tuple(reversed(begins)))
        around = Surroundings(self.calendars, self.units, self.requirements)
        object.__setattr__(self, "_around", around)
        object.__setattr__(self, "_lookout", Lookout(around))

    def __repr__(self) -> str:
        return f"Flow({self.workflow.id!r})"

    def version_on(self, at: datetime) -> Version:
        """Return the version in force at a moment.

        Raises:
            NotInForceError: If the first one begins later.
        """
        for begin, version in self._begins:
            if at >= begin:
                return version
        first = self.workflow.versions[0].effective
        day = self.calendars[self.workflow.versions[0].calendar].day_of(at)
        raise NotInForceError(f"workflow {self.workflow.id!r} is in force from {first} on, not on {day}")

    def open(
        self,
        id: str,
        *,
        by: Actor,
        at: datetime,
        form: Mapping[str, object] = _NO_FORM,
        how: str = "",
    ) -> Step:
        """Return the first step of a new ticket; ``how`` names an opening, the first one by default.

        Raises:
            Refused: With everything that stands against it.
            FormProblems: For what is wrong in the form.
            UnknownIdError: For an opening nobody declared.
            MomentError: For a moment without a zone.
        """
        if type(at) is not datetime or at.tzinfo is not UTC or not EARLIEST <= at.year <= LATEST:
            at = in_order(at, None)
        if not isinstance(by, Actor) or by.id == CLOCK:
            _check_actor(by)
        begin, newest = self._begins[0]
        plan = self._plans[(newest if at >= begin else self.version_on(at)).digest]
        blank = self._blank(id, plan)
        edge = plan.openings.get(how) if how else plan.opening
        if edge is None:
            raise UnknownIdError("opening", how, plan.openings)
        return opened(Situation(plan, self._around, blank, blank.fields, blank.slots, by, at, ""), edge, form)

    def _blank(self, id: str, plan: Plan) -> Ticket:
        if not isinstance(id, str) or not id:
            raise TicketError(f"id: found {id!r}; a ticket needs a text that is not empty")
        digest, runs = plan.version.digest, plan.unstarted
        return make_ticket(id, self.workflow.id, digest, "", _NO_FORM, NO_SLOTS, _NO_MEMORY, runs, (), ())

    def fire(
        self,
        ticket: Ticket,
        move: str,
        *,
        by: Actor,
        at: datetime,
        form: Mapping[str, object] = _NO_FORM,
        children: Sequence[Child] | None = None,
        revision: int | None = None,
    ) -> Step:
        """Return what a move brings about; the ticket given stays as it is.

        What fell due before ``at`` is worked off first, and stands first in the step; a timed move that fell
        due refuses this one instead, until ``tick`` has made it. ``children`` are the child tickets as they
        are now, for needs that ask for them. With ``revision`` the move is refused if the ticket has another
        number of events: somebody was quicker.

        Raises:
            Refused: With everything that stands against it, each with what would satisfy it.
            FormProblems: For what is wrong in the form, if nothing else stands against the move.
            MomentError: For a moment without a zone, or before the last event.
            UnknownIdError: For a move nobody declared.
            TicketError: For a ticket of another workflow, or of another revision.
        """
        plan = (self._plans.get(ticket.version) if type(ticket) is Ticket else None) or self._plan(ticket)
        if revision is not None and revision != ticket.revision:
            text = f"it has {ticket.revision} events, not {revision}; read it again"
            raise TicketError(f"ticket {ticket.id!r}: {text}")
        last = ticket.last_at
        # What in_order() asks, without a call where the answer is plain.
        if type(at) is not datetime or at.tzinfo is not UTC or at < last or at.year > LATEST:
            at = in_order(at, last)
        edge = plan.edges[ticket.state].get(move) if type(move) is str else None
        if edge is None or not isinstance(by, Actor) or by.id == CLOCK:
            edge = self._found(plan, ticket, move, by, at)
        due = self._lookout.wakes(plan, ticket) if plan.tiered else None
        is_late = due is not None and at >= due
        if edge.is_quick and not form and not is_late:
            step = quickly(plan, self._around, ticket, edge=edge, actor=by, at=at)
            if step is not None:
                return step
        now = Situation(
            plan, self._around, ticket, ticket.fields, ticket.slots, by, at, ticket.state, children
        )
        return after_due(now, edge, form) if is_late else fired(now, edge, form)

    def _plan(self, ticket: Ticket) -> Plan:
        """Return the plan a ticket is pinned to."""
        if not isinstance(ticket, Ticket):
            raise TicketError(f"found {ticket!r}; allowed is a Ticket")
        if ticket.workflow != self.workflow.id:
            text = f"it is of workflow {ticket.workflow!r}, not {self.workflow.id!r}"
            raise TicketError(f"ticket {ticket.id!r}: {text}")
        if ticket.version not in self._plans:
            text = f"its version {ticket.version[:12]} is none of those of {self.workflow.id!r} here"
            raise TicketError(f"ticket {ticket.id!r}: {text}")
        return self._plans[ticket.version]

    def _found(self, plan: Plan, ticket: Ticket, move: str, by: Actor, at: datetime) -> Edge:
        """Return a move as it leaves the ticket's state; refuse what cannot be made from here."""
        _check_actor(by)
        if not isinstance(move, str) or move not in plan.moves:
            raise UnknownIdError("move", str(move), plan.moves)
        now = Situation(plan, self._around, ticket, ticket.fields, ticket.slots, by, at, ticket.state)
        edge = plan.edges[ticket.state].get(move)
        if edge is None:
            reasons = overdue(now) or (not_from_here(move, ticket.state, plan),)
            raise Refused(ticket.id, move, ticket.state, reasons, plan.titles.event(move))
        return edge

    def fire_many(self, commands: Iterable[Command], *, whole: bool = False) -> tuple[Outcome, ...]:
        """Return one outcome for each command, in order; with ``whole``, all steps or none.

        With ``whole`` and an error anywhere, the others have neither step nor error.
        """
        return outcomes_of(commands, self.fire, whole=whole)

    def moves(
        self, ticket: Ticket, *, by: Actor, at: datetime, children: Sequence[Child] | None = None
    ) -> tuple[Option, ...]:
        """Return every move that leaves the present state, whether this actor may make it, and why not."""
        _check_actor(by)
        plan = self._plan(ticket)
        at = in_order(at, ticket.last_at)
        return options(plan, self._around, ticket, by=by, at=at, children=children)

    def clocks(self, ticket: Ticket, *, at: datetime) -> dict[str, ClockState]:
        """Return every clock of the definition as it stands at a moment, by id.

        Raises:
            CalendarNotPublished: If a deadline lies beyond the published calendar.
            MomentError: For a moment without a zone, or before the last event: of a time before that, the
                ticket of that time tells (replay the history up to there).
        """
        plan = self._plan(ticket)
        at = in_order(at, ticket.last_at)
        return {
            clock.clock.id: state_of(
                plan,
                clock,
                ticket.runs[clock.position],
                self._around.calendar(plan, clock, ticket.slots),
                at=at,
                slots=ticket.slots,
            )
            for clock in plan.clocks
        }

    def tick(self, ticket: Ticket, *, at: datetime, children: Sequence[Child] | None = None) -> Step:
        """Return what fell due by a moment: tiers, their notices and facts, moves of clocks.

        A step without events: nothing was due.

        Raises:
            MomentError: For a moment without a zone, or before the last event.
        """
        plan = self._plan(ticket)
        return ticked(plan, self._around, ticket, in_order(at, ticket.last_at), children)

    def tick_many(
        self,
        tickets: Iterable[Ticket],
        *,
        at: datetime,
        children_of: Callable[[Ticket], Sequence[Child] | None] = lambda ticket: None,
    ) -> Iterator[Step]:
        """Yield the step of every ticket for which something fell due; the others are passed over.

        ``children_of`` tells the child tickets of those whose timed moves ask for them.

        Raises:
            ExceptionGroup: At the end, of the errors of single tickets; all the others have had their steps.
        """
        moment = in_order(at, None)
        return swept(self._lookout, self._plan, tickets, moment, children_of)

    def next_wakeup(self, ticket: Ticket) -> datetime | None:
        """Return when ``tick`` will next have something to do, None if never; for the host's scheduler."""
        due = self._lookout.wakes(self._plan(ticket), ticket)
        return None if due is None else max(due, ticket.last_at)

    def replay(self, id: str, events: Iterable[Event], *, version: str = "") -> Ticket:
        """Return the ticket a history leads to: the same one it was taken from.

        ``version`` is the digest of the version it was opened by; if it is not known, the one that was in
        force on the day of the opening is taken.

        Raises:
            TicketError: For an event the definition does not have at that place.
        """
        stages = deque(self._stages(id, events, version), maxlen=1)
        if not stages:
            raise TicketError(f"ticket {id!r}: the history is empty")
        return stages[0]

    def _stages(self, id: str, events: Iterable[Event], version: str) -> Iterator[Ticket]:
        """Yield the ticket after each event of a history."""
        ticket: Ticket | None = None
        for event in events:
            if ticket is None:
                digest = version or self.version_on(in_order(event.at, None)).digest
                if digest not in self._plans:
                    raise TicketError(f"ticket {id!r}: the version it was opened by is not here")
                ticket = self._blank(id, self._plans[digest])
            if event.move == MIGRATE:
                ticket = self._migrated(ticket, str(event.form.get("version", "")), event)
            else:
                ticket = repeated(self._plans[ticket.version], self._around, ticket, event)
            yield ticket

    def _migrated(self, ticket: Ticket, version: str, event: Event) -> Ticket:
        if version not in self._plans:
            raise TicketError(f"ticket {ticket.id!r}: it was moved to a version that is not here")
        old, new = self._plans[ticket.version], self._plans[version]
        by = Actor(event.by, (), event.unit)
        return migrated(old, new, self._around, ticket, by=by, at=event.at).ticket

    def _first_version(self, ticket: Ticket) -> str:
        moved = (event.form["before"] for event in ticket.history if event.move == MIGRATE)
        return str(next(moved, ticket.version))

    def dump(self, ticket: Ticket) -> dict[str, object]:
        """Return a ticket as JSON values to be stored: its history, its workflow and version."""
        self._plan(ticket)
        return dumped(ticket)

    def restore(self, stored: Mapping[str, Any]) -> Ticket:
        """Return the ticket that ``dump`` has written, by replaying its history.

        Raises:
            TicketError: If it cannot be read, or is of another workflow or version.
        """
        name, workflow, version = read_head(stored)
        if workflow != self.workflow.id:
            raise TicketError(f"ticket {name!r}: it is of workflow {workflow!r}, not {self.workflow.id!r}")
        events = tuple(read_events(stored, self._plans))
        moved = [str(event.form.get("before", "")) for event in events if event.move == MIGRATE]
        return self.replay(name, events, version=(*moved, version)[0])

    def migrate(self, ticket: Ticket, *, by: Actor, at: datetime) -> Step:
        """Return the step that moves a ticket to the version in force, one version after the other.

        Raises:
            TicketError: If it has that version already, tickets in flight finish by their own, or something
                has fallen due.
        """
        _check_actor(by)
        at = in_order(at, ticket.last_at)
        due = self._lookout.wakes(self._plan(ticket), ticket)
        if due is not None and at >= due:
            raise TicketError(f"ticket {ticket.id!r}: something fell due at {due}; tick it first")
        plans, last = list(self._plans.values()), self.version_on(at).digest
        return brought_up(plans, last, self._around, ticket, by=by, at=at)

    def view(self, ticket: Ticket, *, by: Actor) -> dict[str, dict[str, FieldValue | tuple[str, ...]]]:
        """Return the ``fields`` and ``slots`` an actor may see; confidential ones are left out for others."""
        return visible(self._plan(ticket), ticket, by, self.units)

    def hand_overs(self, ticket: Ticket, slot: str) -> tuple[HandOver, ...]:
        """Return every change of who is in a slot, from the opening on.

        Raises:
            UnknownIdError: For a slot nobody declared.
        """
        plan = self._plan(ticket)
        if slot not in plan.slots:
            raise UnknownIdError("slot", slot, plan.slots)
        return handed_over(slot, self._stages(ticket.id, ticket.history, self._first_version(ticket)))

    def metrics(self, tickets: Iterable[Ticket], *, at: datetime) -> tuple[Rate, ...]:
        """Return every metric of the definition over these tickets, by group."""
        return rates(self._plan, self._around, tickets, in_order(at, None))

    def identity(self, ticket: Ticket) -> tuple[FieldValue | None, ...]:
        """Return what tells this record from others: equal ones are one matter (trap 37)."""
        return tuple(ticket.fields.get(name) for name in self._plan(ticket).version.identity)

    def title(self, name: str, *, at: datetime | None = None) -> Label:
        """Return the title of a state, move, slot, field … in the version in force, by default the newest."""
        version = self.workflow.versions[-1] if at is None else self.version_on(at)
        return self._plans[version.digest].titles.of(name)

    def run_cases(self) -> tuple[CaseFailure, ...]:
        """Return what golden cases promise and the workflow does not keep; a case brings its own units."""
        return tuple(
            failure
            for case in self.workflow.cases
            for failure in run_case(case, attrs.evolve(self, units=Units(case.units)))
        )

    def draw(self, *, lang: str = "en", ticket: Ticket | None = None) -> Drawing:
        """Return a picture of the workflow, with a ticket's path if one is given."""
        if ticket is None:
            return draw(self.workflow.versions[-1], title=self.workflow.title, lang=lang)
        path = tuple((event.move, event.state) for event in ticket.history)
        version = self._plan(ticket).version
        return draw(version, title=self.workflow.title, lang=lang, path=path, here=ticket.state)

    def _repr_svg_(self) -> str:
        return self.draw()._repr_svg_()  # the notebook's own protocol


def _check_actor(by: Actor) -> None:
    if not isinstance(by, Actor):
        raise TicketError(f"by: found {by!r}; allowed is an Actor")
    if by.id == CLOCK:
        raise TicketError(f"the id {CLOCK!r} is that of the engine's own clock; no actor may have it")
