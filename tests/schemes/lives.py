"""What tests of bundled workflows begin with: a life of a ticket, lived move by move."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

import serviceorg as so

BEIJING = timezone(timedelta(hours=8))
REGISTRY = so.load()


def at(text):
    """Return a moment in China: "2024-09-27 09:00", or the beginning of a day."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def someone(name, *posts, unit=""):
    """Return an actor with posts like "clerk@street-1"."""
    return so.Actor(name, posts, unit)


class Life:
    """A ticket of a bundled workflow, with every fact and notice of its life so far."""

    def __init__(self, workflow, units):
        """Begin without a ticket."""
        self.flow = REGISTRY.workflow(workflow, units=so.Units(units))
        self.ticket: Any = None
        self.facts: list[so.Fact] = []
        self.notices: list[Any] = []

    def __call__(self, move, by, moment, *children, **form):
        """Open the ticket, or make a move; return the step."""
        if self.ticket is None:
            step = self.flow.open("T-1", by=by, at=at(moment), form=form, how=move)
        else:
            step = self.flow.fire(self.ticket, move, by=by, at=at(moment), form=form, children=children)
        return self._kept(step)

    def pass_to(self, moment):
        """Let time pass; return the step."""
        return self._kept(self.flow.tick(self.ticket, at=at(moment)))

    def _kept(self, step):
        self.ticket = step.ticket
        self.facts += step.facts
        self.notices += step.notices
        return step

    @property
    def state(self):
        """Where the ticket is."""
        return self.ticket.state

    def due(self, clock, moment):
        """Return when a clock is due, as text of the wall clock in China."""
        deadline = self.flow.clocks(self.ticket, at=at(moment))[clock].deadline
        assert deadline is not None
        assert deadline.moment is not None
        return deadline.moment.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")

    def verdict(self, clock, moment):
        """Return how a clock stands."""
        return self.flow.clocks(self.ticket, at=at(moment))[clock].verdict

    def kinds(self):
        """Return the kinds of all facts, each once, sorted."""
        return sorted({fact.kind for fact in self.facts})

    def refused(self, move, by, moment, *children, **form):
        """Return the codes of everything that stands against a move; the ticket stays as it was."""
        with pytest.raises(so.Refused) as caught:
            self.flow.fire(self.ticket, move, by=by, at=at(moment), form=form, children=children)
        return sorted(caught.value.codes)

    def allowed(self, by, moment):
        """Return the moves somebody may make now, sorted."""
        return sorted(one.move for one in self.flow.moves(self.ticket, by=by, at=at(moment)) if one.allowed)
