"""Steps that are never made, routes that are never taken, and steps nobody may make."""

from collections.abc import Iterator

from ..rules import (
    Check,
    ClockIs,
    Counted,
    Different,
    FieldIs,
    Happened,
    Move,
    NoneOpen,
    NotIn,
    Opening,
    PartsDone,
    Permit,
    SameUnit,
    Share,
    SlotIs,
    StateIs,
    Timed,
)
from .filled import Filled, scope_of
from .findings import Finding, listed
from .memories import asked, checks_of, needs_of
from .survey import Survey

#: Whom the built-in separation of duties keeps away: the party whose slots the actor must not be in.
_PARTIES = {"approve": "applicant", "review": "handler", "score": "subject"}


def check_moves(survey: Survey, filled: Filled) -> Iterator[Finding]:
    """Yield steps and routes that occur in no life, and steps that are possible but allowed to nobody."""
    for number, step in enumerate(survey.lives.steps):
        where = survey.lives.where(number)
        kind = where[0]
        if not survey.made(number):
            if _settles_nothing(survey, number):
                continue  # that nothing opens it is told where matters are checked
            message = f"the {kind} {step.id!r} can never be made: {_why_never(survey, number)}"
            yield Finding("never-made", where, message)
            continue
        yield from _routes(survey, number)
        reason = _nobody(survey, filled, number)
        if reason:
            message = f"nobody may make the {kind} {step.id!r}: {reason}"
            yield Finding("nobody-may", where, message)


def _settles_nothing(survey: Survey, number: int) -> bool:
    step = survey.lives.steps[number]
    if not isinstance(step, Move) or not step.settles:
        return False
    return all(move.opens != step.settles for move in survey.lives.version.moves)


def _why_never(survey: Survey, number: int) -> str:
    step = survey.lives.steps[number]
    states = survey.lives.version.states
    if isinstance(step, Move):
        reached = {states[one].id for one in survey.states}
        if not reached.intersection(step.sources):
            return (
                f"no ticket ever reaches {listed(step.sources, 'or')}; make a way there, or take the move out"
            )
    deciding = [check for check in checks_of(needs_of(step)) if _decides(survey, number, check)]
    reasons = dict.fromkeys(map(_words, deciding or _all_checks(step)))
    if not reasons:
        return "none of its routes can be taken; correct their conditions"
    return (
        f"it asks {' and '.join(reasons)}, and no life of a ticket brings that about; correct the requirement"
    )


def _decides(survey: Survey, number: int, check: Check) -> bool:
    """Return whether it was for what a check looks at that no life was found."""
    ways = [(number, route) for route in range(len(survey.lives.steps[number].routes))]
    seen = {memory for way in ways if way in survey.never for memory in survey.never[way].memories}
    return not seen.isdisjoint(asked(check))


def _all_checks(step: Opening | Move) -> list[Check]:
    """Return the checks of a step that is impossible whatever was before: those that cannot go either way."""
    return [check for check in checks_of(needs_of(step)) if asked(check) or isinstance(check, StateIs)]


def _words(check: Check) -> str:
    match check:
        case StateIs():
            return f"for the state {listed(check.states, 'or')}"
        case Counted():
            since = f" since {check.since!r}" if check.since else ""
            return f"for a number of {listed(check.moves, 'or')}{since} that is never met"
        case Happened():
            since = f" since {check.since!r}" if check.since else ""
            wanted = "to have occurred" if check.wants else "not to have occurred"
            return f"for {listed(check.what, 'or')} {wanted}{since}"
        case Timed():
            return f"for a time since {check.since!r}"
        case NoneOpen():
            return f"that no {check.matter!r} is open"
        case ClockIs():
            return f"that the clock {check.clock!r} is {listed(check.verdicts, 'or')}"
        case PartsDone():
            return f"that the part {check.part!r} is done"
    return _words_of_forms(check)


def _words_of_forms(check: Check) -> str:
    match check:
        case FieldIs(filled=False):
            return f"for the field {check.field!r} to be empty"
        case FieldIs():
            return f"for the field {check.field!r} to be {_wanted(check)}"
        case Share():
            return f"for the fields {check.part!r} and {check.of!r} to be filled in"
        case SlotIs() | SameUnit():
            is_empty = isinstance(check, SlotIs) and check.filled is False
            return f"for the slot {check.slot!r} to be {'empty' if is_empty else 'filled'}"
    return "for something"


def _wanted(check: FieldIs) -> str:
    return " or ".join(map(repr, check.one_of)) or "filled in"


def _sources(survey: Survey, filled: Filled, step: Move) -> Iterator[tuple[int, frozenset[str]]]:
    states = survey.lives.version.states
    return ((one, before) for one, before in sorted(filled.at.items()) if states[one].id in step.sources)


def _routes(survey: Survey, number: int) -> Iterator[Finding]:
    lives, step = survey.lives, survey.lives.steps[number]
    for position, route in enumerate(step.routes):
        if (number, position) not in survey.ways:
            message = (
                f"no ticket ever takes this route of {step.id!r} to {route.to or 'the same state'!r}: its "
                "conditions never hold, or an earlier route is always taken; correct them, or take it out"
            )
            yield Finding("never-taken", (*lives.where(number), "route", position), message)


def _nobody(survey: Survey, filled: Filled, number: int) -> str:
    """Return why nobody may make a step, "" if somebody may."""
    step = survey.lives.steps[number]
    if not step.permits:
        return "it has no 'by'; say who may, and be it by='anyone'"
    kept_away = _kept_away(survey, number)
    reasons: dict[str, None] = {}
    for permit in step.permits:
        reason = _denied(survey, filled, number, permit) or (
            f"whoever is in the slot {permit.slot!r} is kept away from it" if permit.slot in kept_away else ""
        )
        if not reason:
            return ""
        reasons[reason] = None
    return " and ".join(reasons) + "; allow somebody else, or change what stands against it"


def _denied(survey: Survey, filled: Filled, number: int, permit: Permit) -> str:
    step, version = survey.lives.steps[number], survey.lives.version
    if permit.clock:
        acts = any(tier.move == step.id for clock in version.clocks for tier in clock.tiers)
        if not acts:
            return "only a clock may, and no tier of a clock names it"
        return "only a clock may, and a clock fills in no form" if step.required else ""
    slot = scope_of(permit, step, version.scope)
    if not slot:
        return ""
    if isinstance(step, Opening):  # judged by the slots as it fills them
        befores = [filled.after(arc) for arc in survey.arcs if arc.step == number]
    else:
        befores = [one for _, one in _sources(survey, filled, step)]
    if any(slot in before for before in befores):
        return ""
    return f"the slot {slot!r} is always empty before it"


def _kept_away(survey: Survey, number: int) -> set[str]:
    """Return the slots whose people a step keeps away: by its requirements, or by the duty it has."""
    step, version = survey.lives.steps[number], survey.lives.version
    found: set[str] = set()
    for need in step.needs:
        if isinstance(need.check, Different):
            found.update(need.check.slots)
        elif isinstance(need.check, NotIn) and not need.check.field:
            found.add(need.check.slot)
    party = _PARTIES.get(step.duty, "") if isinstance(step, Move) else ""
    return found | {slot.id for slot in version.slots if party and slot.party == party}
