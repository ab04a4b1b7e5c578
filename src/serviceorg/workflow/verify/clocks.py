"""Clocks that never start or stop, that a finished ticket leaves running, and tiers that can never act."""

from collections.abc import Iterator

import attrs

from ..rules import Clock
from .findings import Finding, listed, told
from .lives import Search, TooMany
from .memories import RUNNING, Status
from .survey import Survey


@attrs.frozen
class Course:
    """What can become of a clock: ``values`` it can have, and the states in which it ``runs``."""

    values: frozenset[int]
    runs: frozenset[int]


def course_of(survey: Survey, clock: Clock) -> Course:
    """Return what can become of a clock; if that cannot be seen, anything can."""
    search = Search(survey.lives, (Status(clock.id),))
    try:
        for _ in search.steps():
            pass
    except TooMany:
        return Course(frozenset(range(4)), frozenset(survey.states))
    values = frozenset(node[1] for node in search.came)
    return Course(values, frozenset(node[0] for node in search.came if node[1] == RUNNING))


def check_clocks(survey: Survey, courses: dict[str, Course]) -> Iterator[Finding]:
    """Yield what is wrong with clocks and their tiers."""
    for number, clock in enumerate(survey.lives.version.clocks):
        where, course = ("clock", number), courses[clock.id]
        if survey.names.isdisjoint(clock.start) or RUNNING not in course.values:
            message = (
                f"the clock {clock.id!r} never starts, because {listed(clock.start, 'or') or 'its start'} "
                "never occurs; name something in 'start' that does"
            )
            yield Finding("clock-never-starts", where, message)
            continue
        left = _left_running(survey, clock, course)
        if left and survey.names.isdisjoint((*clock.stop, *clock.cancel)):
            message = (
                f"the clock {clock.id!r} starts, but never stops: nothing of 'stop' or 'cancel' ever occurs; "
                "name there what ends it"
            )
            yield Finding("clock-never-stops", where, message)
        elif left:
            yield from _told(survey, number, left)
        yield from _tiers(survey, number, course)


def _left_running(survey: Survey, clock: Clock, course: Course) -> list[int]:
    """Return the final states in which a clock may go on running."""
    states = survey.lives.version.states
    finals = [one for one in sorted(course.runs) if states[one].is_final]
    return [one for one in finals if states[one].id not in clock.pause]


def _told(survey: Survey, number: int, left: list[int]) -> Iterator[Finding]:
    lives, clock = survey.lives, survey.lives.version.clocks[number]
    watched = Status(clock.id)
    goal = {}
    for arc in lives.arcs:
        if arc.target in left:
            table = lives.table(watched, arc) or range(4)
            goal[arc.number] = sum(1 << before for before, after in enumerate(table) if after == RUNNING)
    answer = lives.find(goal, watched)
    if answer.path is None:
        return
    story = lives.story(answer.path)
    state = lives.version.states[answer.path[-1].target].id
    message = (
        f"the clock {clock.id!r} goes on running in the final state {state!r}: {told(story)}; "
        f"name {state!r} or {story[-1]!r} in 'stop' or 'cancel', or the state in 'pause'"
    )
    yield Finding("clock-left-running", ("clock", number), message, story)


def _tiers(survey: Survey, number: int, course: Course) -> Iterator[Finding]:
    version = survey.lives.version
    clock = version.clocks[number]
    moves = {move.id: move for move in version.moves}
    running = {version.states[one].id for one in course.runs} - {*clock.pause}
    for position, tier in enumerate(clock.tiers):
        move = moves.get(tier.move)
        why = ""
        if not running:
            why = "its clock is paused wherever it runs; correct 'pause'"
        elif move is not None and running.isdisjoint(move.sources):
            why = (
                f"its move {move.id!r} starts from {listed(move.sources, 'or')}, where the clock never runs; "
                "correct the states of the move or the clock"
            )
        elif move is not None and move.required:
            why = f"its move {move.id!r} has a form, which no clock fills in; take out 'form'"
        elif move is not None and not any(permit.clock for permit in move.permits):
            why = f"its move {move.id!r} is not allowed to the clock; add \"clock\" to its 'by'"
        if why:
            name = f"{clock.id}.{tier.id}"
            where = ("clock", number, "tier", position)
            yield Finding("tier-never", where, f"the tier {name!r} can never act: {why}")
