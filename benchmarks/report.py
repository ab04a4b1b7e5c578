"""Tables for people and the result file for everything else."""

import json
import statistics
import unicodedata
from collections.abc import Sequence
from pathlib import Path

RESULTS = Path(__file__).parent / "results" / "latest.json"


def markdown(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table that also lines up in a terminal, the first column to the left."""
    widths = [max(width(row[at]) for row in (headings, *rows)) for at in range(len(headings))]
    rule = ["-" * widths[0], *("-" * (size - 1) + ":" for size in widths[1:])]
    return "\n".join(_line(row, widths) for row in (headings, rule, *rows))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (" " * (size - width(cell)) for cell, size in zip(row, widths, strict=True))
    cells = [row[0] + first, *(gap + cell for gap, cell in zip(others, row[1:], strict=True))]
    return f"| {' | '.join(cells)} |"


def width(text: str) -> int:
    """Return how many terminal columns a text takes; 中文 takes two each."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def spread(values: Sequence[float]) -> str:
    """Return the median of some ratios and, when there are several, their range."""
    if not values:
        return "?"
    middle = short(statistics.median(values))
    return middle if len(values) == 1 else f"{middle} ({short(min(values))}–{short(max(values))})"


def short(value: float) -> str:
    """Return a ratio with two significant digits below ten and whole above a hundred."""
    if value < 10:
        return f"{value:.2f}"
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def save(section: str, result: dict, machine: dict) -> None:
    """Write one section of the result file and keep the others, each with the machine it was measured on."""
    RESULTS.parent.mkdir(exist_ok=True)
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    kept[section] = {"machine": machine, **result}
    RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
