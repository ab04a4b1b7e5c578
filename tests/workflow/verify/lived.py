"""Lives of tickets, lived one by one: slow, simple, and written without a look at how verification does it.

A life is the list of its events. Whatever a requirement asks is counted anew from that list; fields,
children and time may answer in any way, each time it is asked.
"""

from collections.abc import Iterator

import attrs

from serviceorg.workflow.rules import (
    AnyOf,
    Check,
    Children,
    Clock,
    ClockIs,
    Counted,
    FieldIs,
    Happened,
    Move,
    Need,
    NoneOpen,
    Opening,
    PartsDone,
    Promise,
    SlotIs,
    StateIs,
    Timed,
    Version,
)

BOTH = {True, False}


@attrs.frozen
class Lived:
    """An event: the step, the state reached, all names that occur, the piece; field f and slot h after it."""

    step: Opening | Move
    route: int
    state: str
    names: frozenset[str]
    piece: str
    field: str
    slot: bool


Life = tuple[Lived, ...]


def lives(version: Version, most: int) -> Iterator[Life]:
    """Yield every life of at most so many events, shorter ones first."""
    begun: list[Life] = [()]
    for _ in range(most):
        begun = [(*life, event) for life in begun for event in next_events(version, life)]
        yield from begun


def next_events(version: Version, life: Life) -> Iterator[Lived]:
    """Yield every event that may come next."""
    if not life:
        for opening in version.openings:
            yield from _made(version, life, opening, "")
        return
    state = life[-1].state
    for move in version.moves:
        if state in move.sources and _has_what_it_changes(version, life, move):
            yield from _made(version, life, move, state)


def _has_what_it_changes(version: Version, life: Life, move: Move) -> bool:
    if move.settles and not _open(life, move.settles):
        return False
    clocks = [clock for clock in version.clocks if move.id in {tier.move for tier in clock.tiers}]
    if clocks and all(permit.clock for permit in move.permits):
        return any(status(clock, life) == "running" and life[-1].state not in clock.pause for clock in clocks)
    return True


def _made(version: Version, life: Life, step: Opening | Move, state: str) -> Iterator[Lived]:
    for field in _forms(life, step):
        if True not in _together(version, life, step.needs, (state, field)):
            continue
        for number, route in enumerate(step.routes):
            answers = _together(version, life, route.when, (state, field))
            if True in answers:
                yield from _events(version, life, step, (number, state, field))
            if False not in answers:
                break


def _forms(life: Life, step: Opening | Move) -> tuple[str, ...]:
    before = life[-1].field if life else ""
    if "f" in step.required:
        return ("x", "y", "z")
    return tuple(dict.fromkeys((before, "x", "y", "z"))) if "f" in step.optional else (before,)


def _events(
    version: Version, life: Life, step: Opening | Move, taken: tuple[int, str, str]
) -> Iterator[Lived]:
    number, state, field = taken
    route = step.routes[number]
    for piece in _pieces(version, step):
        names = {step.id, route.to} - {""}
        if piece and _whole_with(version, life, step, piece):
            names.add(step.completes)  # type: ignore[union-attr]
        slot = bool(life) and life[-1].slot
        for sets in (route.sets, step.sets):
            if "h" in sets and not (slot and version.slots[0].keep):
                slot = bool(sets["h"].actor or (sets["h"].field and field))
        yield Lived(step, number, route.to or state, frozenset(names), piece, field, slot)


def _pieces(version: Version, step: Opening | Move) -> tuple[str, ...]:
    if isinstance(step, Opening) or not step.completes:
        return ("",)
    return next(part.pieces for part in version.parts if part.id == step.completes)


def _whole_with(version: Version, life: Life, step: Opening | Move, piece: str) -> bool:
    assert isinstance(step, Move)
    done = set() if step.completes in step.resets_parts else _done(life, step.completes)
    return piece not in done and {*_pieces(version, step)} <= {*done, piece}


def _done(life: Life, part: str) -> set[str]:
    done: set[str] = set()
    for event in life:
        if isinstance(event.step, Move):
            if part in event.step.resets_parts:
                done = set()
            if event.step.completes == part:
                done.add(event.piece)
    return done


def _open(life: Life, matter: str) -> int:
    moves = [event.step for event in life if isinstance(event.step, Move)]
    return sum(move.opens == matter for move in moves) - sum(move.settles == matter for move in moves)


def status(clock: Clock, life: Life) -> str:
    """Return what a clock is after a life."""
    now = "not-started"
    for event in life:
        if now == "running" and event.names & {*clock.cancel}:
            now = "cancelled"
        elif now == "running" and event.names & {*clock.stop}:
            now = "stopped"
        if event.names & {*clock.start} and not (now == "stopped" and clock.again == "keep"):
            now = "running"
    return now


def _together(version: Version, life: Life, needs: tuple[Need, ...], now: tuple[str, str]) -> set[bool]:
    answers = [_answers(version, life, need.check, now) for need in needs]
    return {
        *([True] if all(True in answer for answer in answers) else []),
        *([False] if any(False in answer for answer in answers) else []),
    }


def _since(life: Life, since: str) -> Life:
    last = max((number for number, event in enumerate(life) if since in event.names), default=-1)
    return life[last + 1 :]


def _answers(version: Version, life: Life, check: Check, now: tuple[str, str]) -> set[bool]:
    state, field = now
    match check:
        case Children():
            return BOTH
        case StateIs():
            return {state in check.states}
        case FieldIs(filled=None):
            return {field in check.one_of}
        case FieldIs():
            return {bool(field) == check.filled}
        case SlotIs():
            return {(bool(life) and life[-1].slot) == check.filled}
        case AnyOf():
            groups = [_together(version, life, group, now) for group in check.groups]
            return {
                *([True] if any(True in group for group in groups) else []),
                *([False] if all(False in group for group in groups) else []),
            }
    return _of_the_past(version, life, check)


def _of_the_past(version: Version, life: Life, check: Check) -> set[bool]:
    match check:
        case Counted():
            made = sum(event.step.id in check.moves for event in _since(life, check.since))
            return {check.bounds.hold(made)}
        case Happened():
            return {any(event.names & {*check.what} for event in _since(life, check.since)) == check.wants}
        case Timed():
            return BOTH if any(check.since in event.names for event in life) else {False}
        case NoneOpen():
            return {_open(life, check.matter) == 0}
        case PartsDone():
            pieces = next(part.pieces for part in version.parts if part.id == check.part)
            needed = {"all": len(pieces), "any": 1}.get(str(check.needed), check.needed)
            assert isinstance(needed, int)
            return {len(_done(life, check.part)) >= needed}
        case ClockIs():
            clock = next(clock for clock in version.clocks if clock.id == check.clock)
            run = status(clock, life)
            meant = {"running": {"in-time", "overdue"}, "stopped": {"met", "late"}}.get(run, {run})
            return {verdict in check.verdicts for verdict in meant}
    raise AssertionError(check)


def breaks(promise: Promise, life: Life) -> bool:
    """Return whether the last event of a life breaks a promise, as its definition says."""
    *earlier, last = life
    if not last.names & {*promise.never}:
        return False
    if promise.at_most is not None:
        return sum(bool(event.names & {*promise.never}) for event in life) > promise.at_most
    if promise.after:
        began = [number for number, event in enumerate(earlier) if event.names & {*promise.after}]
        ended = [number for number, event in enumerate(life) if event.names & {*promise.until}]
        return bool(began) and (not ended or began[-1] > ended[-1])
    done = [number for number, event in enumerate(life) if event.names & {*promise.without}]
    again = [number for number, event in enumerate(life) if event.names & {*promise.since}]
    return not done or (bool(again) and again[-1] >= done[-1])
