"""What a workflow promises of every life: kept by all, or the shortest life that breaks it."""

from collections.abc import Iterator

from ..rules import Promise
from .arcs import Arc
from .findings import Finding, listed, times, told
from .lives import Lives
from .memories import MOST_COUNTED, Tally


def check_promises(lives: Lives) -> Iterator[Finding]:
    """Yield every promise that a life breaks, with the shortest one, and those that could not be decided.

    ``without``: what comes at the same event as ``never`` counts as before it. ``after``: it does not; but
    ``until`` at the same event does.
    """
    for number, promise in enumerate(lives.version.promises):
        watched, top = watched_by(promise, number)
        lives.tops[watched] = top
        if top > MOST_COUNTED:
            yield _unknown(promise, number)
            continue
        goal = {arc.number: mask for arc in lives.arcs if (mask := broken(promise, arc))}
        answer = lives.find(goal, watched)
        if answer.path is not None:
            story = lives.story(answer.path)
            met = listed(sorted(answer.path[-1].event.names & {*promise.never}))
            yield Finding("promise", ("promise", number), _message(promise, met, told(story)), story)
        elif answer.is_open:
            yield _unknown(promise, number)


def _unknown(promise: Promise, number: int) -> Finding:
    message = (
        f"the promise that {in_words(promise)} could not be shown: too many combinations of what "
        "requirements remember would need a look; use fewer 'count' requirements, or smaller numbers in them"
    )
    return Finding("promise-unknown", ("promise", number), message)


def watched_by(promise: Promise, number: int) -> tuple[Tally, int]:
    """Return the memory a promise needs, with its top."""
    if promise.at_most is not None:
        return Tally(frozenset(promise.never), frozenset(), number), promise.at_most
    if promise.after:
        return Tally(frozenset(promise.after), frozenset(promise.until), number), 1
    return Tally(frozenset(promise.without), frozenset(promise.since), number), 1


def broken(promise: Promise, arc: Arc) -> int:
    """Return for which values of the memory before it an arc breaks the promise, as bits."""
    names = arc.event.names
    if names.isdisjoint(promise.never):
        return 0
    if promise.at_most is not None:
        return -1 << promise.at_most
    if promise.after:
        return ~1 if names.isdisjoint(promise.until) else 0
    if not names.isdisjoint(promise.since):
        return -1
    return 1 if names.isdisjoint(promise.without) else 0


def _message(promise: Promise, met: str, story: str) -> str:
    return (
        f"it is promised that {in_words(promise)}, but this life brings {met} about: {story}; "
        "add a requirement to its last step that rules this out, or correct the promise"
    )


def in_words(promise: Promise) -> str:
    """Return what is promised, to stand behind "that"."""
    never = listed(promise.never, "or")
    if promise.at_most == 0:
        return f"{never} never occurs"
    if promise.at_most is not None:
        return f"{never} occurs at most {times(promise.at_most)}"
    if promise.after:
        until = f" until {listed(promise.until, 'or')}" if promise.until else ""
        return f"{never} never occurs after {listed(promise.after, 'or')}{until}"
    since = f" since {listed(promise.since, 'or')}" if promise.since else ""
    return f"{never} never occurs without {listed(promise.without, 'or')} before it{since}"
