"""What the tests of bundled workflows share: a flow and the ticket it has come to, told step by step."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any

import pytest

import serviceorg as so
from serviceorg.model import Actor, Units
from serviceorg.workflow import Child, Flow, Message, Refused, Step, Ticket
from serviceorg.workflow.rules import CaseStep

_CHINA = timezone(timedelta(hours=8))


@cache
def registry() -> so.Registry:
    """Return the registry of the bundled schemes alone."""
    return so.load(discover=False)


def moment(text: str) -> datetime:
    """Return a moment of Chinese time written like "2024-10-08 09:00"; the year may be left out for 2024."""
    whole = text if text[:2] == "20" else f"2024-{text}"
    return datetime.fromisoformat(whole).replace(tzinfo=_CHINA)


class Story:
    """A ticket of one workflow, moved on by actors known by name; every step is kept."""

    def __init__(self, workflow: str, units: Mapping[str, str], actors: Mapping[str, Actor | str]) -> None:
        """Begin without a ticket; an actor may be short like "clerk@town-1"."""
        self.flow: Flow = registry().workflow(workflow, units=Units(units))
        self.actors = {name: _actor(name, one) for name, one in actors.items()}
        self.steps: list[Step] = []

    @property
    def ticket(self) -> Ticket:
        """The ticket now."""
        return self.steps[-1].ticket

    @property
    def messages(self) -> tuple[Message, ...]:
        """Every message so far."""
        return tuple(one for step in self.steps for one in step.notices)

    @property
    def facts(self) -> tuple[so.Fact, ...]:
        """Every fact so far."""
        return tuple(one for step in self.steps for one in step.facts)

    def open(self, how: str, by: str, at: str, /, *, id: str = "T-1", **form: Any) -> Step:  # noqa: A002
        """Open the ticket."""
        step = self.flow.open(id, by=self.actors[by], at=moment(at), form=form, how=how)
        self.steps.append(step)
        return step

    def do(self, move: str, by: str, at: str, /, **form: Any) -> Step:
        """Make a move."""
        step = self.flow.fire(self.ticket, move, by=self.actors[by], at=moment(at), form=form)
        self.steps.append(step)
        return step

    def tick(self, at: str) -> Step:
        """Let time pass."""
        step = self.flow.tick(self.ticket, at=moment(at))
        self.steps.append(step)
        return step

    def refused(self, move: str, by: str, at: str, /, **form: Any) -> tuple[str, ...]:
        """Return the codes for which a move is refused, sorted."""
        with pytest.raises(Refused) as found:
            self.flow.fire(self.ticket, move, by=self.actors[by], at=moment(at), form=form)
        return tuple(sorted(found.value.codes))

    def due(self, clock: str) -> datetime | None:
        """Return when a clock is due."""
        deadline = self.flow.clocks(self.ticket, at=self.ticket.last.at)[clock].deadline
        return deadline.moment if deadline else None

    def verdict(self, clock: str) -> str:
        """Return how a clock stands at the last event."""
        return self.flow.clocks(self.ticket, at=self.ticket.last.at)[clock].verdict


def told(workflow: str, number: int, *, ticket: str = "T-1") -> Story:
    """Return the story of a bundled workflow's golden case, from 0, refused steps left out."""
    case = registry().workflow_rules(workflow).cases[number]
    story = Story(workflow, case.units, case.actors)
    for step in case.steps:
        if not step.refused:
            story.steps.append(_told(story, ticket, step, case.actors.get(step.by, Actor("nobody"))))
    return story


def _told(story: Story, ticket: str, step: CaseStep, by: Actor) -> Step:
    if not story.steps:
        return story.flow.open(ticket, by=by, at=step.at, form=step.form, how=step.do)
    children = [Child(id=name, state=one, is_closed=one == "closed") for name, one in step.children.items()]
    if step.do == "tick":
        return story.flow.tick(story.ticket, at=step.at, children=children)
    return story.flow.fire(story.ticket, step.do, by=by, at=step.at, form=step.form, children=children)


def _actor(name: str, one: "Actor | str") -> Actor:
    if isinstance(one, Actor):
        return one
    role, _, unit = one.partition("@")
    return Actor(name, (f"{role}@{unit}",) if role else (), unit)
