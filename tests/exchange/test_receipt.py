"""A real log: how a Dutch municipality received applications for environmental permits (WABO).

Receipt phase of an environmental permit application process, CoSeLoG project, 4TU.ResearchData. The file
is not part of this project; ``SERVICEORG_REAL_LOGS`` names a folder with receipt.xes.gz.
"""

import os
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from serviceorg.calendars import china
from serviceorg.exchange import (
    Case,
    Event,
    Log,
    Replay,
    Trace,
    mapping_from_path,
    read_xes,
    replay_log,
    to_ocel,
    to_xes,
)
from serviceorg.loading import workflow_from_path
from serviceorg.workflow import Flow

HERE = Path(__file__).parent
FOLDER = os.environ.get("SERVICEORG_REAL_LOGS", "")
PATH = Path(FOLDER) / "receipt.xes.gz"
WHY = "SERVICEORG_REAL_LOGS names no folder with receipt.xes.gz; the log may not be copied into the project"
needs_the_log = pytest.mark.skipif(not FOLDER or not PATH.exists(), reason=WHY)


def flow() -> Flow:
    """Return the workflow written for the log."""
    return Flow(workflow_from_path(HERE / "receipt.toml"), calendars={"cn": china()})


@cache
def real_log() -> Log:
    """Return the log, read once."""
    return read_xes(PATH)


@cache
def real_replay() -> Replay:
    """Return the log as it was replayed, once."""
    return replay_log(flow(), real_log(), mapping_from_path(HERE / "receipt-log.toml"))


def cases() -> list[tuple[Trace, Case]]:
    """Return every case of the log beside what became of it."""
    return list(zip(real_log(), real_replay().cases, strict=True))


def moment_of(trace: Trace | Event, name: str) -> datetime:
    """Return a moment of a case or event."""
    at = trace.attributes[name]
    assert isinstance(at, datetime)
    return at


def said_by_the_log(trace: Trace) -> str:
    """Return what the two dates of a case say: "met" or "late", "open" where it has no end."""
    if "enddate" not in trace.attributes:
        return "open"
    return "late" if moment_of(trace, "enddate") > moment_of(trace, "deadline") else "met"


def test_the_workflow_and_its_mapping_fit_without_the_log():
    """Files written for the log are sound even where the log is not at hand."""
    found = replay_log(flow(), Log(), mapping_from_path(HERE / "receipt-log.toml"))

    assert found.cases == ()


@needs_the_log
def test_the_whole_log_is_read():
    """The file holds 1,434 cases and 8,577 events of 27 activities, each with its zone."""
    names = {event.name for trace in real_log() for event in trace.events}

    assert (len(real_log()), real_log().events, len(names)) == (1_434, 8_577, 27)


@needs_the_log
def test_every_case_runs():
    """Every case is opened, and every event is either made or refused: openings, events and ends add up."""
    found = real_replay()

    assert [case.id for case in found.cases if case.ticket is None] == []
    assert found.ended == 1_329
    assert found.fired + found.refused == 1_434 + 8_577 + 1_329


@needs_the_log
def test_lateness_is_what_the_dates_of_the_log_say():
    """Our clock says met 952 times, late 377 times, still running 105 times, case by case as the dates say.

    The end of a case is no event: ``enddate`` is an attribute of the case. 1,184 of 1,329 ends come after
    the last event, so the last event says nothing about lateness (it would call 294 late cases met, and 5
    met ones late). It is therefore replayed as a move of its own, at its moment. No case has its end at the
    very deadline, so whether that moment is still in time decides nothing here. There is no disagreement
    to explain.
    """
    verdicts = real_replay().verdicts("decide")
    differ = [
        (case.id, case.verdicts["decide"], said_by_the_log(trace))
        for trace, case in cases()
        if case.verdicts["decide"] not in (said_by_the_log(trace), "in-time", "overdue")
        or (said_by_the_log(trace) == "open") != (case.verdicts["decide"] in ("in-time", "overdue"))
    ]

    assert (verdicts["met"], verdicts["late"]) == (952, 377)
    assert verdicts["in-time"] + verdicts["overdue"] == 105
    assert differ == []


@needs_the_log
def test_late_means_after_the_moment_not_after_the_day():
    """68 of the 377 late cases end on the day of their deadline, which the log writes as a moment.

    Nearly all deadlines lie at 0:00 or 1:06. Whoever reads them as days, to 24:00, finds 309 late cases.
    """
    late = [trace for trace, case in cases() if case.verdicts["decide"] == "late"]

    same_day = [t for t in late if moment_of(t, "enddate").date() == moment_of(t, "deadline").date()]

    assert len(same_day) == 68


@needs_the_log
def test_the_105_open_cases_are_those_without_an_end():
    """Every case has a deadline; 105 have no end, and these alone are not ended."""
    without = [trace.attributes["concept:name"] for trace in real_log() if "enddate" not in trace.attributes]

    assert len(without) == 105
    assert [case.id for case in real_replay().cases if not case.is_ended] == without


@needs_the_log
def test_what_is_refused_was_recorded_after_the_end():
    """180 events of 145 cases stand in the log after their end; 117 of the cases ended before their first.

    One event more is refused: case-7917 printed a confirmation of receipt before it was determined.
    """
    after_end = [
        (case.id, event.line)
        for trace, case in cases()
        for event in trace.events
        if "enddate" in trace.attributes and moment_of(event, "time:timestamp") > moment_of(trace, "enddate")
    ]
    refused = [
        (case.id, one.line)
        for case in real_replay().cases
        for one in case.refused
        if "not-from-here" in one.codes
    ]
    others = [
        (case.id, one.move, one.codes)
        for case in real_replay().cases
        for one in case.refused
        if "not-from-here" not in one.codes
    ]

    assert len(after_end) == 180
    assert len({case for case, _ in after_end}) == 145
    assert real_replay().reasons()["confirm", "not-from-here"] == 117
    assert refused == after_end
    assert others == [("case-7917", "print", ("happened",))]


@needs_the_log
def test_four_cases_have_signs_of_life_before_their_begin():
    """XES has a trace and OCEL an object for every ticket, with all that was fired; histories replay too."""
    early = {
        case.id: [
            name
            for name, at in (
                ("event", moment_of(trace.events[0], "time:timestamp")),
                ("end", moment_of(trace, "enddate")),
            )
            if at < moment_of(trace, "startdate")
        ]
        for trace, case in cases()
        if case.notes
    }

    assert early == {
        "case-4677": ["event"],
        "case-5704": ["event"],
        "case-8267": ["end"],
        "case-10862": ["end"],
    }


@needs_the_log
def test_the_log_goes_out_again_as_it_was_replayed():
    """XES has a trace and OCEL an object for every ticket, with all that was fired; histories replay."""
    tickets = [case.ticket for case in real_replay().cases if case.ticket]
    steps = flow()

    again = read_xes(to_xes(steps, tickets).encode())
    events = to_ocel(steps, tickets)["events"]

    assert (len(again), again.events) == (1_434, real_replay().fired)
    assert isinstance(events, list)
    assert len(events) == real_replay().fired
    assert [steps.replay(ticket.id, ticket.history) for ticket in tickets] == tickets
