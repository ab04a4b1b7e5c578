"""Matters that are opened and never settled, or the other way round; parts nothing completes."""

from collections.abc import Iterator

from ..rules import Move, NoneOpen, Opening, PartsDone, Version
from .filled import Filled
from .findings import Finding
from .memories import checks_of, needs_of
from .survey import Survey


def check_matters(survey: Survey) -> Iterator[Finding]:
    """Yield moves that open what nothing settles, and moves that settle or ask for what nothing opens."""
    version = survey.lives.version
    first = len(version.openings)
    made = [move for number, move in enumerate(version.moves) if survey.made(first + number)]
    opened, settled = {move.opens for move in made}, {move.settles for move in made}
    told_of: set[str] = set()
    for number, move in enumerate(version.moves):
        if move.opens and move in made and move.opens not in settled and move.opens not in told_of:
            told_of.add(move.opens)
            message = (
                f"{move.id!r} opens {move.opens!r}, but no move that can be made settles it; "
                f"add settles = {move.opens!r} to the move that does"
            )
            yield Finding("matter-never-settled", ("move", number), message)
        asked = [check.matter for check in checks_of(needs_of(move)) if isinstance(check, NoneOpen)]
        for matter, verb in ((move.settles, "settles"), *((one, "asks for") for one in asked)):
            if matter and matter not in opened:
                message = (
                    f"{move.id!r} {verb} {matter!r}, but no move that can be made opens it; "
                    f"add opens = {matter!r} to the move that does, or correct the name"
                )
                yield Finding("matter-never-opened", ("move", number), message)


def check_parts(survey: Survey, filled: Filled) -> Iterator[Finding]:
    """Yield parts something waits for that can never be complete."""
    version = survey.lives.version
    first = len(version.openings)
    completed = {move.completes for number, move in enumerate(version.moves) if survey.made(first + number)}
    asked = _asked(version)
    somewhere = frozenset().union(*filled.at.values())
    for number, part in enumerate(version.parts):
        why = ""
        if part.id not in completed:
            why = f"no move that can be made has completes = {part.id!r}; add one"
        elif part.of_slot and part.of_slot not in somewhere:
            why = f"its pieces are the units in the slot {part.of_slot!r}, which nothing fills; fill the slot"
        if why and part.id in asked:
            message = f"the part {part.id!r} is asked for, but is never complete: {why}, or do not ask for it"
            yield Finding("part-never-complete", ("part", number), message)


def _asked(version: Version) -> set[str]:
    """Return every name something waits for, parts among them."""
    found: set[str] = set()
    steps: tuple[Opening | Move, ...] = (*version.openings, *version.moves)
    for step in steps:
        for check in checks_of(needs_of(step)):
            if isinstance(check, PartsDone):
                found.add(check.part)
    for clock in version.clocks:
        found.update((*clock.start, *clock.stop, *clock.reset, *clock.cancel))
    for on in (*(one.on for one in version.notices), *(one.on for one in version.emissions)):
        found.update(on)
    for promise in version.promises:
        found.update((*promise.never, *promise.without, *promise.since, *promise.after, *promise.until))
    return found
