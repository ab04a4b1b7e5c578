"""Notices to nobody and facts about nobody: slots that are empty in every life when the words are said."""

from collections.abc import Iterable, Iterator

from .clocks import Course
from .filled import Filled, Names
from .findings import Finding, listed
from .survey import Survey


def check_outputs(survey: Survey, filled: Filled, courses: dict[str, Course]) -> Iterator[Finding]:
    """Yield notices whose receivers, and facts whose subjects, are never filled in."""
    version = survey.lives.version
    heard = _heard(survey, filled, courses)
    # A fact may also be about those whom the move takes from the slot.
    told = _heard(survey, filled, courses, with_before=True)
    for number, notice in enumerate(version.notices):
        for slot in _empty(notice.to, notice.on, heard):
            message = (
                f"the notice {notice.id!r} to {slot!r} reaches nobody: {_always(slot, notice.on)}; "
                "fill the slot earlier, or name another one"
            )
            yield Finding("notice-nobody", ("notice", number), message)
    for number, emission in enumerate(version.emissions):
        for slot in _empty((emission.subject,), emission.on, told):
            message = (
                f"the fact {emission.id!r} is about nobody: {_always(slot, emission.on)}; "
                "fill the slot earlier, or name another one"
            )
            yield Finding("fact-nobody", ("emit", number), message)


def _always(slot: str, on: tuple[str, ...]) -> str:
    return f"the slot {slot!r} is always empty when {listed(on, 'or')} occurs"


def _heard(
    survey: Survey, filled: Filled, courses: dict[str, Course], *, with_before: bool = False
) -> dict[str, Names]:
    """Return for every name that occurs what may be filled in when it does, or was before it."""
    heard: dict[str, Names] = {}
    for arc in survey.arcs:
        after = filled.after(arc)
        if with_before:
            after |= filled.at.get(arc.source, frozenset())
        for name in arc.event.names:
            heard[name] = heard.get(name, frozenset()) | after
    for clock in survey.lives.version.clocks:
        states = courses[clock.id].runs
        running = frozenset().union(*(filled.at.get(state, frozenset()) for state in states))
        heard |= {f"{clock.id}.{tier.id}": running for tier in clock.tiers if states}
    return heard


def _empty(slots: Iterable[str], on: tuple[str, ...], heard: dict[str, Names]) -> list[str]:
    # What never occurs is told of elsewhere.
    said = [heard[name] for name in on if name in heard]
    return [slot for slot in slots if said and not any(slot in filled for filled in said)]
