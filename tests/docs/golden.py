"""What the golden cases of a file promise and do not keep, whatever sort of file it is."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from serviceorg import commitments, coverage, duties, ledger, matching, scoring
from serviceorg.calendars import Hours, china
from serviceorg.loading.sorts import STRUCTURES, Sort
from serviceorg.model import Structure
from serviceorg.workflow import Flow

_OFFICE = Hours.daily("09:00-12:00", "14:00-17:30")


def failures(sort: Sort, book: Any) -> tuple[object, ...]:
    """Return every promise of the golden cases that is not kept, () for a sort without cases.

    Tickets and duties count by the calendar of China and its office hours; coverage reads the words of the
    ``structure.toml`` in the page's folder, if there is one.
    """
    calendars = {"cn": china(hours=_OFFICE)}
    runs: dict[str, Callable[[], Iterable[object]]] = {
        "rule_set": lambda: scoring.run_cases(book),
        "workflow": lambda: Flow(book, calendars=calendars).run_cases(),
        "duties": lambda: duties.run_cases(book, calendars=calendars),
        "coverage": lambda: coverage.run_cases(book, structure=_words()),
        "ledger": lambda: ledger.run_cases(book),
        "matching": lambda: matching.run_cases(book),
        "commitments": lambda: commitments.run_cases(book),
    }
    return tuple(runs[sort.head]()) if sort.head in runs else ()


def _words() -> Structure:
    file = Path(STRUCTURES.single)
    if not file.exists():
        return Structure()
    words: Structure = STRUCTURES.read(file.read_text(encoding="utf-8"), file=file.name, kinds={})
    return words
