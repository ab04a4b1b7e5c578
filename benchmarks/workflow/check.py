"""Does a rival do the work? Asked before any clock starts; a rival that does not is not timed."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from . import task
from .rivals import Rival


def shortcomings(rival: Rival) -> list[str]:
    """Return a sentence for each thing a rival does not do as the table of the machine says; [] is well."""
    return [
        *_life(rival),
        *_refusals(rival),
        *_listing(rival),
        *(_people(rival) if rival.is_complete else ()),
    ]


def _life(rival: Rival) -> Iterator[str]:
    expected = task.expected()
    ticket = rival.live(rival.open(1, task.moment(0), task.FORM), task.LIFE, task.moments(1, len(task.LIFE)))
    if rival.told(ticket) != expected:
        yield f"a life left the history {rival.told(ticket)!r}"
    if rival.state(ticket) != expected[-1][1]:
        yield f"a life led to {rival.state(ticket)!r}"


def _refusals(rival: Rival) -> Iterator[str]:
    early = rival.open(2, task.moment(0), task.FORM)
    if not _refuses(rival, early, "close"):
        yield "a move that does not leave the state was made"
    form = {name: text for name, text in task.FORM.items() if name != "evidence"}
    ticket = rival.open(3, task.moment(0), form)
    for number, move in enumerate(("triage", "assign", "start"), 1):
        ticket = rival.fire(ticket, move, task.moment(number))
    if not _refuses(rival, ticket, "resolve"):
        yield "a guard that fails let a move through"
    if rival.allowed(ticket, task.moment(9)) != ["escalate"]:
        yield f"with a guard that fails, {rival.allowed(ticket, task.moment(9))!r} can be made"


def _refuses(rival: Rival, ticket: Any, move: str, **options: bool) -> bool:
    """Return whether a move changes nothing, whether the engine raises or passes over it."""
    before = rival.state(ticket), list(rival.told(ticket))
    with suppress(Exception):  # each engine has errors of its own
        ticket = rival.fire(ticket, move, task.moment(9), **options)
    return before == (rival.state(ticket), list(rival.told(ticket)))


def _listing(rival: Rival) -> Iterator[str]:
    ticket, state = rival.open(4, task.moment(0), task.FORM), task.INITIAL
    for number, (move, reached) in enumerate([*task.expected(), ("", "")], 1):
        expected = sorted(each for source, each in task.targets() if source == state)
        if rival.allowed(ticket, task.moment(number)) != expected:
            yield f"from {state!r}, {rival.allowed(ticket, task.moment(number))!r} can be made"
        if move:
            ticket, state = rival.fire(ticket, move, task.moment(number)), reached


def _people(rival: Rival) -> Iterator[str]:
    ticket = rival.open(5, task.moment(5), task.FORM)
    if not _refuses(rival, ticket, "triage", is_stranger=True):
        yield "a clerk of another street made a move"
    try:
        rival.fire(ticket, "triage", task.moment(4))
    except Exception:  # noqa: BLE001 - each engine has errors of its own
        return
    yield "a move before the last event was made"
