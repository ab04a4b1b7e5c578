"""Two tickets of the demo: one goes through, one is forgotten until the clock acts. All of it is invented."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

import attrs

from ...calendars import china
from ...facts import Fact
from ...loading import workflow_from_path
from ...model import Actor, Units
from ...plugins.discovery import bundled_schemes
from ...workflow import ClockState, Flow, Message, Refused, Step, Ticket

FLOW = "pingxiang/appeal"
FILE = ("pingxiang", "workflows", "appeal.toml")
UNITS = Units({"town-1": "county", "county": "city", "city": ""})
RESIDENT = Actor("resident")
CLERK = Actor("clerk", "clerk@town-1", unit="town-1")
HEAD = Actor("head", "office-head@town-1", unit="town-1")
CADRE = Actor("cadre", unit="town-1")
BEIJING = timezone(timedelta(hours=8))
#: The clock that is explained: five working days round a week of holidays and a make-up Saturday.
EXPLAINED = "opinion"


@attrs.define
class Life:
    """A ticket while it is walked: its steps, and whatever came out of them."""

    flow: Flow
    id: str
    steps: list[Step] = attrs.field(factory=list)

    @property
    def ticket(self) -> Ticket:
        """The ticket as it is now."""
        return self.steps[-1].ticket

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact of its life so far."""
        return tuple(fact for step in self.steps for fact in step.facts)

    @property
    def notices(self) -> tuple[Message, ...]:
        """Every message of the last step that has somebody to go to."""
        return tuple(message for message in self.steps[-1].notices if message.to)

    def open(self, how: str, by: Actor, at: str, form: Mapping[str, object]) -> None:
        """Begin the life."""
        self.steps.append(self.flow.open(self.id, by=by, at=moment(at), form=form, how=how))

    def fire(self, move: str, by: Actor, at: str, form: Mapping[str, object]) -> None:
        """Make a move."""
        self.steps.append(self.flow.fire(self.ticket, move, by=by, at=moment(at), form=form))

    def pass_to(self, at: str) -> None:
        """Let time pass."""
        self.steps.append(self.flow.tick(self.ticket, at=moment(at)))


@attrs.frozen
class Story:
    """Both lives, the refusal met on the way, and the clock that is explained."""

    flow: Flow
    through: Life
    forgotten: Life
    refusal: Refused
    clock: ClockState

    @property
    def lives(self) -> tuple[Life, Life]:
        """Both, in order."""
        return self.through, self.forgotten

    def replayed(self) -> int:
        """Return how many tickets are equal to the replay of their history."""
        return sum(self.flow.replay(one.id, one.ticket.history) == one.ticket for one in self.lives)


def moment(text: str) -> datetime:
    """Return a moment in China, like "2024-09-23 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def story() -> Story:
    """Return the story, always the same."""
    path = bundled_schemes().joinpath(*FILE)
    flow = Flow(workflow_from_path(path), calendars={"cn": china()}, units=UNITS)
    through, refusal = _goes_through(flow)
    clock = flow.clocks(through.ticket, at=through.ticket.last.at)[EXPLAINED]
    return Story(flow, through, _is_forgotten(flow), refusal, clock)


def _accepted(flow: Flow, ticket: str, request: str, deadline: str) -> Life:
    """Return a life that has been opened, accepted and routed to the township office."""
    life = Life(flow, ticket)
    life.open("online", RESIDENT, "2024-09-22 20:30", {"request": request, "township": "town-1"})
    form = {
        "requester_name": "R.",
        "request": request,
        "officer": CADRE.id,
        "contact": "138",
        "deadline": moment(deadline).date(),
    }
    life.fire("accept", CLERK, "2024-09-23 09:00", form)
    life.fire("classify", CLERK, "2024-09-23 09:10", {"severity": "ordinary"})
    return life


def _goes_through(flow: Flow) -> tuple[Life, Refused]:
    life = _accepted(flow, "T-1", "The street lamp at no. 4 is out", "2024-10-09")
    proposal = {"proposal": "Replace the lamp"}
    refusal = _refused(life, "propose", "2024-09-24 09:00", proposal)
    life.fire("propose", HEAD, "2024-09-24 09:30", proposal)
    life.fire("report", CADRE, "2024-09-30 16:00", {"result": "Replaced"})
    life.fire("satisfied", RESIDENT, "2024-10-08 10:00", {"opinion": "satisfied"})
    return life, refusal


def _refused(life: Life, move: str, at: str, form: Mapping[str, object]) -> Refused:
    """Return why the clerk may not make a move that is the office head's."""
    try:
        life.flow.fire(life.ticket, move, by=CLERK, at=moment(at), form=form)
    except Refused as error:
        return error
    raise AssertionError(f"{move} was to be refused")  # the workflow's own golden case says so too


def _is_forgotten(flow: Flow) -> Life:
    life = _accepted(flow, "T-2", "The drain smells", "2024-09-27")
    life.pass_to("2024-10-08 09:00")
    return life
