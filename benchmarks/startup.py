"""
What has to happen before the first score: the import, and the loading of a rule set of 110 items.

Each import is timed inside a fresh process that has done nothing else, beside those of the other engines.
"""

import statistics
import sys

from . import task
from .children import run_code
from .report import markdown

ROUNDS = 11
QUICK_ROUNDS = 3
MODULES = ("serviceorg", "polars", "duckdb", "openfisca_core.simulations", "zen")
_HEADINGS = ("step", "median, ms", "fastest, ms", "slowest, ms")
_WARM_LOADS = 20

_IMPORT = """
import time
start = time.perf_counter()
try:
    import {module}
except ModuleNotFoundError as error:
    if error.name != '{module}'.partition('.')[0]:
        raise
    print('{{"status": "not installed", "why": "' + str(error).replace('"', "'") + '"}}')
else:
    print('{{"status": "ok", "seconds": [' + str(time.perf_counter() - start) + ']}}')
"""

#: The rule set comes in as text; one cold load, then warm ones in the same process.
_LOAD = f"""
import json, sys, time
try:
    import serviceorg
except ModuleNotFoundError as error:
    if error.name != "serviceorg":
        raise
    print(json.dumps({{"status": "not installed", "why": str(error)}}))
    sys.exit()
text = sys.stdin.read()
seconds = []
for _ in range({_WARM_LOADS} + 1):
    start = time.perf_counter()
    serviceorg.loading.rule_set_from_text(text)
    seconds.append(time.perf_counter() - start)
print(json.dumps({{"status": "ok", "seconds": seconds}}))
"""


def start(rounds: int) -> dict:
    """Return a row for each step."""
    rows = [
        _row(f"import {module}", [run_code(_IMPORT.format(module=module)) for _ in range(rounds)])
        for module in _noted(MODULES)
    ]
    text = task.toml_text()
    loads = [run_code(_LOAD, text) for _ in _noted(range(rounds))]
    cold = [_part(load, slice(0, 1)) for load in loads]
    warm = [_part(load, slice(1, None)) for load in loads]
    return {
        "rounds": rounds,
        "rows": [
            *rows,
            _row("load and check 110 items, cold", cold),
            _row("load and check 110 items, warm", warm),
        ],
    }


def _noted(steps):
    """Yield the steps and say on standard error that something goes on."""
    for step in steps:
        print(f"\rstartup: {step!s:<30}", end="", file=sys.stderr, flush=True)
        yield step
    print("\r" + " " * 50 + "\r", end="", file=sys.stderr)


def _part(load: dict, wanted: slice) -> dict:
    return load if load["status"] != "ok" else {"status": "ok", "seconds": load["seconds"][wanted]}


def _row(step: str, runs: list[dict]) -> dict:
    """Return one row: the median over the runs of each run's median."""
    troubled = next((run for run in runs if run["status"] != "ok"), None)
    if troubled is not None:
        return {"step": step, **troubled}
    return {"step": step, "status": "ok", "seconds": [statistics.median(run["seconds"]) for run in runs]}


def table(result: dict) -> str:
    """Return the rows as a Markdown table."""
    return markdown(_HEADINGS, [_cells(row) for row in result["rows"]])


def _cells(row: dict) -> tuple[str, ...]:
    if row["status"] != "ok":
        return (row["step"], row["status"], "", "")
    seconds = row["seconds"]
    return (
        row["step"],
        *(f"{value * 1e3:,.1f}" for value in (statistics.median(seconds), min(seconds), max(seconds))),
    )


def problems(result: dict) -> list[str]:
    """Return a sentence for each step that could not be measured."""
    return [
        f"{row['step']}: {row['status']} ({row['why']})" for row in result["rows"] if row["status"] != "ok"
    ]


def sound(result: dict) -> bool:
    """Return whether every step that can be taken here was taken."""
    return all(row["status"] != "failed" for row in result["rows"])
