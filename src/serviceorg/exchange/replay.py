"""A real log through a workflow: what it allows, what it refuses, and which targets were met."""

from collections.abc import Mapping
from datetime import UTC, datetime

import attrs

from ..basics import FrozenMap
from ..errors import ServiceOrgError
from ..model import Actor
from ..reasons import Reason
from ..workflow import Flow, Refused, Ticket
from ..workflow.rules import Workflow
from ..workflow.ticket import FieldValue
from .log import Event, Log, Trace, Value, text_of
from .mapping import Filling, LogMapping, check_mapping
from .notes import Notes, shown
from .replayed import Case, Refusal, Replay

_LIFECYCLE = "lifecycle:transition"
#: Where events without a moment are sorted, all of which are refused.
_BEFORE = datetime.min.replace(tzinfo=UTC)


def replay_log(flow: Flow, log: Log, mapping: LogMapping, *, at: datetime | None = None) -> Replay:
    """Return what a workflow makes of every case of a log.

    Events are taken by their time; those of the same time in the order of the file. Timed moves that fell due
    are made in between. An event that is refused is kept with its reasons, and the replay goes on with the
    next.

    Args:
        flow: The workflow.
        log: What was recorded elsewhere.
        mapping: How the log is read.
        at: When clocks that still run are read; by default the last moment of the log.

    Raises:
        LogProblems: If the mapping names what the workflow does not have, if events have names that stand
            in no rule, or cases have no id or the same one. Nothing has been replayed then.
    """
    check_mapping(mapping, flow.workflow)
    _check_log(log, mapping)
    reading = _Reading(flow, mapping)
    plans = [(trace, reading.steps(trace)) for trace in log]
    last = max((step.at for _, steps in plans for step in steps if step.at), default=None)
    return Replay(
        cases=tuple(reading.case(trace, steps, at or last) for trace, steps in plans), at=at or last
    )


def _check_log(log: Log, mapping: LogMapping) -> None:
    notes, seen = Notes(log.file), dict[str, int]()
    unknown: dict[str, list[int]] = {}
    rules = mapping.rules()
    for trace in log:
        name = text_of(trace.attributes.get(mapping.id))
        if not name:
            notes.add("missing-id", f"line {trace.line}", f"the case has no attribute {shown(mapping.id)}")
        elif name in seen:
            message = f"the case {shown(name)} stands in line {seen[name]} already"
            notes.add("double-id", f"line {trace.line}", message)
        seen.setdefault(name, trace.line)
        for event in trace.events:
            if text_of(event.attributes.get(mapping.name)) not in rules:
                unknown.setdefault(text_of(event.attributes.get(mapping.name)), []).append(event.line)
    if mapping.rest == "refuse":
        for name, lines in unknown.items():
            message = (
                f"events called {shown(name)} ({len(lines)} in all) have no rule; "
                'add one with do or ignore = true, or write rest = "ignore" under [log]'
            )
            notes.add("no-rule", f"line {lines[0]}", message)
    notes.raise_if_any()


@attrs.frozen(kw_only=True)
class _Step:
    """Something to be done at a moment; ``do`` "" is an event that is ignored."""

    do: str
    at: datetime | None
    event: Event
    form: Mapping[str, Filling]
    name: str


class _Reading:
    """A log read by a mapping, for one flow."""

    def __init__(self, flow: Flow, mapping: LogMapping) -> None:
        self._flow, self._mapping, self._rules = flow, mapping, mapping.rules()
        workflow: Workflow = flow.workflow
        self._openings = {one.id for version in workflow.versions for one in version.openings}
        self._types = {field.id: field.type for version in workflow.versions for field in version.fields}
        finals = {state.id for version in workflow.versions for state in version.states if state.is_final}
        self._ends = set(mapping.ends) or finals

    def steps(self, trace: Trace) -> list[_Step]:
        """Return what a case asks for, by time; first its opening where the mapping says so."""
        steps = [self._step(event) for event in trace.events]
        for moment in self._mapping.moments:
            at = trace.attributes.get(moment.attribute)
            if isinstance(at, datetime):
                steps.append(
                    _Step(do=moment.do, at=at, event=Event(), form=moment.form, name=moment.attribute)
                )
        # Stable: events of the same time stay in the order of the file, and moments of the case come last.
        steps.sort(key=lambda step: step.at or _BEFORE)
        return steps

    def _step(self, event: Event) -> _Step:
        mapping = self._mapping
        name = text_of(event.attributes.get(mapping.name))
        at = event.attributes.get(mapping.time)
        rule = self._rules.get(name)
        transition = event.attributes.get(_LIFECYCLE)
        is_read = rule and not rule.ignore and (transition is None or transition in mapping.transitions)
        return _Step(
            do=rule.do if rule and is_read else "",
            at=at if isinstance(at, datetime) else None,
            event=event,
            form=rule.form if rule else {},
            name=name,
        )

    def case(self, trace: Trace, steps: list[_Step], at: datetime | None) -> Case:
        """Return what becomes of a case."""
        life = _Life(text_of(trace.attributes.get(self._mapping.id)))
        told = [step for step in steps if step.do]
        if self._mapping.opening.do:
            self._open(life, trace, told)
        for step in told:
            self._do(life, trace, step)
        ticket = life.ticket
        moment = max(at, ticket.last.at) if ticket and at else at
        clocks = self._flow.clocks(ticket, at=moment) if ticket and moment else {}
        return Case(
            id=life.id,
            ticket=ticket,
            fired=life.fired,
            ignored=len(steps) - len(told),
            refused=tuple(life.refused),
            verdicts=FrozenMap((clock.id, clock.verdict) for clock in clocks.values()),
            is_ended=ticket is not None and ticket.state in self._ends,
            notes=tuple(life.notes),
        )

    def _open(self, life: "_Life", trace: Trace, told: list[_Step]) -> None:
        rule = self._mapping.opening
        first = next((step.at for step in told if step.at), None)
        found = trace.attributes.get(rule.at) if rule.at else None
        at = found if isinstance(found, datetime) else None
        if rule.at and at is None:
            life.notes.append("no-opening-moment")
        if at and first and first < at:
            # Nothing can happen to a ticket before it is open: the first sign of life wins.
            life.notes.append("opened-early")
            at = first
        event = next((step.event for step in told if step.at), Event())
        self._do(life, trace, _Step(do=rule.do, at=at or first, event=event, form={}, name=rule.at))

    def _do(self, life: "_Life", trace: Trace, step: _Step) -> None:
        is_opening = step.do in self._openings
        if step.at is None:
            life.refuse(step, ("no-moment",), message=f"there is no moment in {self._mapping.time!r}")
        elif is_opening == (life.ticket is not None):
            life.refuse(step, ("already-open" if is_opening else "not-open",))
        else:
            form = self._form(
                {**self._mapping.opening.form, **step.form} if is_opening else step.form, trace, step
            )
            try:
                life.ticket = self._moved(life, step.do, by=self._actor(step.event), at=step.at, form=form)
            except Refused as refused:
                codes = tuple(dict.fromkeys(reason.code for reason in refused.reasons))
                life.refuse(step, codes, reasons=refused.reasons)
            except ServiceOrgError as error:
                life.refuse(step, (error.code,), message=str(error))
            else:
                life.fired += 1

    def _moved(
        self, life: "_Life", do: str, *, by: Actor, at: datetime, form: Mapping[str, FieldValue]
    ) -> Ticket:
        if life.ticket is None:
            return self._flow.open(life.id, by=by, at=at, form=form, how=do).ticket
        # Kept even if the move is refused: what fell due happened all the same.
        life.ticket = self._flow.tick(life.ticket, at=at).ticket
        return self._flow.fire(life.ticket, do, by=by, at=at, form=form).ticket

    def _actor(self, event: Event) -> Actor:
        rule = self._mapping.actor
        name = text_of(event.attributes.get(rule.id)) or rule.unknown
        return Actor(name, rule.roles, text_of(event.attributes.get(rule.unit)))

    def _form(self, fillings: Mapping[str, Filling], trace: Trace, step: _Step) -> dict[str, FieldValue]:
        form: dict[str, FieldValue] = {}
        for name, filling in fillings.items():
            held = trace.attributes if filling.of_trace else step.event.attributes
            value = held.get(filling.attribute) if filling.constant is None else filling.constant
            if value is not None:
                form[name] = _as_field(value, self._types.get(name, "text"))
        return form


class _Life:
    """A case while it is replayed."""

    def __init__(self, name: str) -> None:
        self.id = name
        self.ticket: Ticket | None = None
        self.fired = 0
        self.refused: list[Refusal] = []
        self.notes: list[str] = []

    def refuse(
        self, step: _Step, codes: tuple[str, ...], *, reasons: tuple[Reason, ...] = (), message: str = ""
    ) -> None:
        """Keep an event that was refused."""
        self.refused.append(
            Refusal(
                event=step.name,
                move=step.do,
                at=step.at,
                line=step.event.line,
                codes=codes,
                reasons=reasons,
                message=message,
            )
        )


def _as_field(value: Value, kind: str) -> FieldValue:
    """Return a value as a field of that type holds it; what does not fit is left for the form to refuse."""
    if kind == "text":
        return text_of(value)
    if kind == "date" and isinstance(value, datetime):
        return value.date()  # the day as whoever wrote it saw it
    if kind == "ids" and isinstance(value, str):
        return (value,)
    return value
