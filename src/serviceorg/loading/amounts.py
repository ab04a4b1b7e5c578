"""Amounts that are kept elsewhere, such as areas and budgets, from a file: a name, of whom, how much."""

from decimal import Decimal
from pathlib import Path

from ..errors import CoverageProblems
from .records_fields import records_of
from .records_lines import Notes, TooManyProblems, opened

AMOUNT_KEYS = ("name", "of", "amount")
_MOST = Decimal(9_999_999_999)


def read_amounts(path: str | Path) -> dict[str, dict[str, Decimal]]:
    """Return the amounts of a .csv, .jsonl or .ndjson file by name, then by unit or person.

    Each line has ``name`` (as a coverage check calls it), ``of`` (the id of a unit or person), ``amount``.

    Raises:
        CoverageProblems: Every problem of the file, with its line; also an amount that stands there twice.
    """
    notes, file = Notes(str(path)), Path(path)
    found: dict[str, dict[str, Decimal]] = {}
    lines_of: dict[tuple[str, str], int] = {}
    with opened(file, notes) as lines:
        try:
            for record in records_of(lines, file, notes, AMOUNT_KEYS):
                record.check_keys(AMOUNT_KEYS, AMOUNT_KEYS)
                name, of = record.name("name"), record.name("of")
                value = record.values.get("amount")
                amount = None if value is None else record.number_of("amount", value, _MOST, least=-_MOST)
                if not (name and of and amount is not None):
                    continue
                if (name, of) in lines_of:
                    text = f"the amount {name!r} of {of!r} stands in line {lines_of[name, of]} already"
                    record.note("duplicate", "of", text)
                    continue
                lines_of[name, of] = record.number
                found.setdefault(name, {})[of] = amount
        except TooManyProblems:
            pass
    if notes.problems:
        raise CoverageProblems(notes.problems)
    return found
