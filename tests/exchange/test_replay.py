from datetime import datetime, timedelta

import pytest

from serviceorg.errors import LogProblems
from serviceorg.exchange import Event, Log, LogMapping, Replay, Trace, mapping_from_text, replay_log
from serviceorg.exchange.log import Value
from tests.exchange.worlds import complaints, moment

FLOW = complaints()
MAPPING = """
[opening]
do = "report"
at = "begin"
form = { text = "subject", place = "team" }

[actor]
roles = ["clerk@street-1"]

[[event]]
name = "Taken"
do = "accept"

[[event]]
name = "Asked"
do = "ask"

[[event]]
name = "Answered"
do = "answer"

[[event]]
name = "Mail"
ignore = true

[[moment]]
attribute = "end"
do = "close"
form = { cost = "price", visits = { value = 1 }, solved = { value = true }, on = "end", witnesses = "who" }
"""
READ = mapping_from_text(MAPPING)


def event(name: str, at: datetime | None, who: str = "u7", *, line: int = 0, cycle: str = "") -> Event:
    """Return an event; without a moment if ``at`` is None."""
    held: dict[str, Value] = {"concept:name": name, "org:resource": who}
    if cycle:
        held["lifecycle:transition"] = cycle
    return Event(attributes=held if at is None else {**held, "time:timestamp": at}, line=line)


def trace(*events: Event, name: str = "c1", **more: Value) -> Trace:
    """Return a case that began on the 2nd at 8:00."""
    attributes: dict[str, Value] = {
        "concept:name": name,
        "subject": "lamp",
        "team": "street-1",
        "begin": moment(2, 8),
        "price": 12,
        "who": "w1",
    }
    return Trace(attributes=attributes | more, events=events, line=5)


def replayed(*traces: Trace, mapping: LogMapping = READ, at: datetime | None = None) -> Replay:
    """Return these cases replayed."""
    return replay_log(FLOW, Log(traces=traces), mapping, at=at)


def test_a_case_runs_from_its_opening_to_its_end():
    """A case opens at its begin, its events are moves, the moment of its end asks for one too."""
    found = replayed(
        trace(event("Taken", moment(2, 9)), event("Mail", moment(2, 10)), end=moment(2, 12)),
        mapping=mapping_from_text(MAPPING.replace("[[moment]]", '[end]\nstates = ["closed"]\n[[moment]]')),
    )

    # u7 took it and "unknown" closed it, which only the handler may do: the log does not say who did.
    (case,) = found.cases
    assert (case.fired, case.ignored) == (2, 1)
    assert [(one.event, one.move, one.codes) for one in case.refused] == [
        ("end", "close", ("no-permission",))
    ]
    assert not case.is_ended


def test_an_end_by_whoever_took_the_case_is_made():
    """Where the log names nobody, one and the same stands for everybody, and may close what it took."""
    found = replayed(trace(event("Taken", moment(2, 9), who=""), end=moment(2, 12)))

    (case,) = found.cases
    assert (case.fired, case.refused, case.is_ended) == (3, (), True)
    assert case.ticket is not None
    assert case.ticket.fields["on"] == moment(2, 12).date()
    assert case.ticket.fields["witnesses"] == ("w1",)
    assert case.verdicts == {"resolve": "met", "silence": "not-started"}
    assert (found.fired, found.refused, found.ignored, found.ended) == (3, 0, 0, 1)
    assert FLOW.replay("c1", case.ticket.history) == case.ticket


def test_a_refused_event_leaves_the_case_where_it_was():
    """An answer nobody asked for is kept with its reason and its line, and what follows is done."""
    found = replayed(trace(event("Answered", moment(2, 9), line=7), event("Taken", moment(2, 10))))

    (case,) = found.cases
    (refusal,) = case.refused
    assert (refusal.event, refusal.move, refusal.line, refusal.codes) == (
        "Answered",
        "answer",
        7,
        ("not-from-here",),
    )
    assert refusal.reasons[0].code == "not-from-here"
    assert case.ticket is not None
    assert case.ticket.state == "working"
    assert found.reasons() == {("answer", "not-from-here"): 1}


def test_events_are_taken_by_their_time():
    """The order in the file does not matter, but among events of the same moment."""
    asked, taken = event("Asked", moment(2, 10)), event("Taken", moment(2, 9))
    together = [event("Taken", moment(2, 9)), event("Asked", moment(2, 9)), event("Answered", moment(2, 9))]

    sorted_case = replayed(trace(asked, taken)).cases[0]
    same_moment = replayed(trace(*together)).cases[0]

    assert (sorted_case.fired, sorted_case.refused) == (3, ())
    assert (same_moment.fired, same_moment.refused) == (4, ())


def test_what_fell_due_in_between_is_done_first():
    """Nobody answered within 24 hours, so the clock closed the case before the late answer came."""
    late = event("Answered", moment(4, 9))

    (case,) = replayed(trace(event("Taken", moment(2, 9)), event("Asked", moment(2, 10)), late)).cases

    assert case.ticket is not None
    assert [one.move for one in case.ticket.history] == [
        "report",
        "accept",
        "ask",
        "silence.over",
        "give-up",
    ]
    # The last moment of 24 hours is still in time; the clock acts one microsecond after it.
    assert case.ticket.last.at == moment(3, 10) + timedelta(microseconds=1)
    assert [one.codes for one in case.refused] == [("not-from-here",)]
    assert case.is_ended


def test_a_case_cannot_begin_after_its_first_event():
    """Where something happened before the written begin, the case opens then, and a note says so."""
    (case,) = replayed(trace(event("Taken", moment(1, 9)))).cases

    assert case.ticket is not None
    assert case.ticket.history[0].at == moment(1, 9)
    assert case.notes == ("opened-early",)


def test_a_case_without_a_begin_opens_at_its_first_event():
    """Without the attribute the first event tells when the case began; without any event nothing does."""
    missing = {"begin": "soon"}

    found = replayed(trace(event("Taken", moment(2, 9)), name="c1", **missing), trace(name="c2", **missing))

    first, second = found.cases
    assert (first.fired, first.notes) == (2, ("no-opening-moment",))
    assert second.ticket is None
    assert [one.codes for one in second.refused] == [("no-moment",)]
    assert found.verdicts("resolve") == {"in-time": 1}


def test_events_without_a_moment_are_refused():
    """An event that does not say when it was cannot be placed."""
    (case,) = replayed(trace(event("Taken", None))).cases

    assert [one.codes for one in case.refused] == [("no-moment",)]
    assert case.refused[0].message == "there is no moment in 'time:timestamp'"


def test_forms_are_refused_with_the_words_of_the_form():
    """What a log gives and the form does not allow is a refusal with the problem's text."""
    (case,) = replayed(trace(event("Taken", moment(2, 9), who=""), end=moment(2, 12), price="much")).cases

    (refusal,) = case.refused
    assert refusal.codes == ("form",)
    assert refusal.message.startswith("cost: found 'much'; allowed is an exact number")


def test_an_event_may_open_the_case():
    """Without an opening of its own, a case begins with the first event that is one; a second is refused."""
    text = """
[opening]
form = { text = "subject", place = "team" }
[[event]]
name = "Call"
do = "report"
[[event]]
name = "Taken"
do = "accept"
[actor]
roles = ["clerk@street-1"]
"""
    events = [event("Taken", moment(1, 9)), event("Call", moment(2, 8)), event("Call", moment(2, 9))]

    (case,) = replayed(trace(*events), mapping=mapping_from_text(text)).cases

    assert case.fired == 1
    assert [(one.event, one.codes) for one in case.refused] == [
        ("Taken", ("not-open",)),
        ("Call", ("already-open",)),
    ]


def test_only_complete_events_are_read():
    """Where a log has start and complete of an activity, one of the two is the move, the other ignored."""
    began = event("Taken", moment(2, 9), cycle="start")
    done = event("Taken", moment(2, 10), cycle="complete")

    (case,) = replayed(trace(began, done)).cases

    assert (case.fired, case.ignored, case.refused) == (2, 1, ())


def test_clocks_are_read_at_the_last_moment_of_the_log():
    """An open case is judged when the log ends, or when asked; 72 hours from the 2nd end on the 5th."""
    short = trace(event("Taken", moment(2, 9)))

    alone = replayed(short)
    beside = replayed(short, trace(event("Taken", moment(5, 9)), name="c2", begin=moment(5, 8)))
    later = replayed(short, at=moment(6, 0))

    assert (alone.at, alone.verdicts("resolve")) == (moment(2, 9), {"in-time": 1})
    assert (beside.at, beside.verdicts("resolve")) == (moment(5, 9), {"overdue": 1, "in-time": 1})
    assert (later.at, later.verdicts("resolve")) == (moment(6, 0), {"overdue": 1})


def test_a_log_that_cannot_be_read_is_not_replayed_at_all():
    """Unknown names of events, missing ids and ids used twice are told together, with their lines."""
    bare = Trace(attributes={}, line=9)
    traces = (trace(event("Tekan", moment(2, 9), line=6), event("Tekan", moment(2, 9))), trace(), bare)

    with pytest.raises(LogProblems) as caught:
        replayed(*traces)

    assert str(caught.value).splitlines() == [
        "line 5: the case 'c1' stands in line 5 already [double-id]",
        "line 9: the case has no attribute 'concept:name' [missing-id]",
        (
            "line 6: events called 'Tekan' (2 in all) have no rule; add one with do or ignore = true, "
            'or write rest = "ignore" under [log] [no-rule]'
        ),
    ]


def test_names_without_a_rule_may_be_ignored():
    """With rest = "ignore" a log may hold more than the workflow knows; it is counted."""
    mapping = mapping_from_text(MAPPING + '[log]\nrest = "ignore"\n')

    (case,) = replayed(trace(event("Tekan", moment(2, 9))), mapping=mapping).cases

    assert (case.fired, case.ignored) == (1, 1)
