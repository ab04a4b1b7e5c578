"""Random lives of tickets of random workflows, told twice: by the engine and by a slow reference."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from serviceorg.errors import ServiceOrgError
from serviceorg.workflow import Refused
from serviceorg.workflow.clocks import runs
from serviceorg.workflow.judging import hindrances, permission
from serviceorg.workflow.moving import move as moving
from tests.workflow.life.reference import Reference
from tests.workflow.life.worlds import ACTORS, MOVES, PLACES, UNITS, WORDS, an_open_move, flows, gaps

BEGIN = datetime(2024, 9, 20, 1, 30, tzinfo=UTC)
forms: st.SearchStrategy[dict[str, str]] = st.one_of(
    st.just({}), st.sampled_from(WORDS).map(lambda word: {"word": word})
)


class Life(RuleBasedStateMachine):
    """A ticket that is moved at random."""

    @initialize(flow=flows(), place=st.sampled_from(PLACES), actor=st.sampled_from(ACTORS))
    def begin(self, flow, place, actor):
        """Open it."""
        self.opened(flow, place, actor)

    def opened(self, flow, place, actor):
        """Open it in both."""
        self.flow, self.at = flow, BEGIN
        version = flow.workflow.versions[0]
        self.reference = Reference(version, UNITS, flow.calendars["cn"].is_working)
        self.ticket = flow.open("T-1", by=actor, at=BEGIN, form={"place": place}).ticket
        self.reference.begin(actor, BEGIN, {"place": place})

    @rule(move=st.sampled_from(MOVES), actor=st.sampled_from(ACTORS), gap=gaps, form=forms)
    def fire(self, move, actor, gap, form):
        """A move is made exactly if the reference allows it, and leaves the ticket alone otherwise."""
        self.at += gap
        before = self.ticket
        allowed = self.reference.allowed(move, actor, self.at, form)

        if allowed:
            self.ticket = self.flow.fire(before, move, by=actor, at=self.at, form=form).ticket
            self.reference.make(move, actor, self.at, form)
        else:
            with pytest.raises(Refused) as refusal:
                self.flow.fire(before, move, by=actor, at=self.at, form=form)
            assert refusal.value.reasons
            assert self.ticket == before

    @rule(gap=gaps)
    def tick(self, gap):
        """Time passes, and what falls due is noted once."""
        self.at += gap
        self.ticket = self.flow.tick(self.ticket, at=self.at).ticket
        self.reference.wake(self.at)

    @invariant()
    def it_is_where_it_should_be(self):
        """State, handler and the moments of all events are the same in both."""
        if hasattr(self, "ticket"):
            assert self.ticket.state == self.reference.state
            assert self.ticket.holder("handler") == (self.reference.handler() or "")
            assert [(e.move, e.state, e.by, e.at) for e in self.ticket.history] == [
                (e["move"], e["state"], e["by"], e["at"]) for e in self.reference.events
            ]

    @invariant()
    def the_clock_stands_as_it_should(self):
        """The verdict now and at later moments is the same in both."""
        if hasattr(self, "ticket"):
            for later in (timedelta(0), timedelta(hours=30), timedelta(days=7)):
                at = self.at + later
                assert self.flow.clocks(self.ticket, at=at)["limit"].verdict == self.reference.verdict(at)

    @invariant()
    def its_history_tells_all(self):
        """The replay of the history is the ticket."""
        if hasattr(self, "ticket"):
            assert self.flow.replay("T-1", self.ticket.history) == self.ticket

    @invariant()
    def options_are_what_can_be_done(self):
        """What is not offered as possible could not be done."""
        if hasattr(self, "ticket"):
            for actor in ACTORS[:2]:
                for option in self.flow.moves(self.ticket, by=actor, at=self.at):
                    if not option.allowed:
                        assert not self.reference.allowed(option.move, actor, self.at, {})


class OpenLife(Life):
    """A ticket that anybody may move, so that nothing but duties is ever in the way."""

    @initialize(flow=flows(an_open_move), place=st.sampled_from(PLACES), actor=st.sampled_from(ACTORS))
    def begin(self, flow, place, actor):
        """Open it."""
        self.opened(flow, place, actor)


QUICK = settings(
    max_examples=120, stateful_step_count=15, suppress_health_check=list(HealthCheck), deadline=None
)
#: Enough lives to meet a bug, and no search for the shortest story of it.
HUNT = settings(
    QUICK,
    max_examples=1000,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    print_blob=False,
    derandomize=True,
    database=None,
)


@pytest.mark.parametrize("life", [Life, OpenLife])
def test_the_engine_and_the_reference_live_the_same_lives(life):
    """No illegal move, no lost move, the same clocks, and a history that tells everything."""
    run_state_machine_as_test(life, settings=QUICK)


def _reaches_everything(at, permit, slots, units):
    return True


def _never_pauses(run, at, *, should_pause):
    return run


def _never_remembers(memory, effect, number, by):
    return memory


def _nobody_is_apart(edge, ticket, actor):
    return ()


#: Where each bug is planted, and the lives in which it is looked for.
BUGS = {
    "roles count everywhere": (Life, permission, "_reaches", _reaches_everything),
    "clocks never pause": (Life, runs, "_paused", _never_pauses),
    "nothing is remembered": (Life, moving, "remembering", _never_remembers),
    # Of any lives one in some thousand has a reviewer who handled the matter and may review it otherwise.
    "duties are not kept apart": (OpenLife, hindrances, "kept_apart", _nobody_is_apart),
}


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found(bug):
    """The machine finds each bug that is planted into the engine."""
    life, module, name, wrong = BUGS[bug]

    found = (AssertionError, ServiceOrgError, pytest.fail.Exception)
    with patch.object(module, name, wrong), pytest.raises(found):
        run_state_machine_as_test(life, settings=HUNT)
