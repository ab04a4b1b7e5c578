"""Catalogues: units that offer what is not listed, or do not offer what they must (7+X)."""

from collections.abc import Sequence
from datetime import date

from ..days import ONE_DAY, began, holds, turns
from ..records import Trait, Unit
from ..structure import Catalogue
from .findings import Findings, span_said
from .lives import life_of


def check_catalogues(findings: Findings) -> None:
    """Find items that are not listed, and the days on which mandatory ones are missing."""
    snapshot = findings.snapshot
    for catalogue in snapshot.structure.catalogues.values():
        if not catalogue.open and catalogue.items:
            _check_listed(findings, catalogue)
        for position, unit in enumerate(snapshot.units.values()) if catalogue.mandatory else ():
            if not catalogue.of or unit.kind in catalogue.of:
                _check_mandatory(findings, position, unit, catalogue=catalogue)


def _check_listed(findings: Findings, catalogue: Catalogue) -> None:
    snapshot = findings.snapshot
    for position, trait in enumerate(snapshot.traits):
        if trait.name != catalogue.trait or trait.value in catalogue.items or not findings.is_asked(trait):
            continue
        unit = snapshot.units.get(trait.of)
        if unit is not None and (not catalogue.of or unit.kind in catalogue.of):
            guess = findings.guess(f"item of {catalogue.id}", trait.value, catalogue.items)
            message = f"catalogue {catalogue.id!r} has no item {trait.value!r}; {guess}"
            findings.add("traits", position, trait, code="unlisted", message=message)


def _check_mandatory(findings: Findings, position: int, unit: Unit, *, catalogue: Catalogue) -> None:
    """Find the days on which a unit offers not all it must.

    A unit that does not tell its first day is looked at from the first day on which it offered anything.
    """
    spans = findings.snapshot.trait_spans(unit.id, catalogue.trait)
    start, end = life_of(findings, unit)
    if unit.since is None and spans:
        start = max(start, min(map(began, spans)))
    if end < start:
        return
    for first, last, missing in _missing(catalogue, spans, start=start, end=end):
        offered = len(catalogue.mandatory) - len(missing)
        message = (
            f"offers {offered} of the {len(catalogue.mandatory)} mandatory items of {catalogue.id!r} "
            f"{span_said(first, last)}; missing are {', '.join(map(repr, missing))}"
        )
        findings.add("units", position, unit, code="not-offered", message=message)


def _missing(
    catalogue: Catalogue, spans: Sequence[Trait], *, start: date, end: date
) -> list[tuple[date, date, tuple[str, ...]]]:
    """Return the stretches of days on which items are missing, and which; neighbours miss different ones."""
    days = [start, *(day for day in turns(spans) if start < day <= end)]
    found: list[tuple[date, date, tuple[str, ...]]] = []
    for first, after in zip(days, [*days[1:], None], strict=True):
        last = end if after is None else after - ONE_DAY
        offered = {trait.value for trait in spans if holds(trait, first)}
        missing = tuple(item for item in catalogue.mandatory if item not in offered)
        since = found.pop()[0] if found and found[-1][2] == missing else first
        found.append((since, last, missing))
    return [row for row in found if row[2]]
