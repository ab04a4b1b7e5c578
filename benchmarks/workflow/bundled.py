"""
Every workflow that comes with the package, made ready: `python -m benchmarks.workflow.bundled TIMES`.

From the text of the file to a flow that can open tickets: TOML, the shapes of the tables, all names and
values, the proof of its promises, the plan. Files are read before the clock starts. Prints one line of JSON.
"""

import gc
import json
import statistics
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import serviceorg
from serviceorg.calendars import china
from serviceorg.errors import ServiceOrgError
from serviceorg.facts import FactKind
from serviceorg.loading import fact_kinds_from_text, workflow_from_text
from serviceorg.workflow import Flow

_FOLDER = Path(serviceorg.__file__).parent / "schemes"
_MILLI = 1e3


def measure(times: int) -> dict:
    """Return a row for each file: median milliseconds, or why it does not load."""
    calendars = {"cn": china()}
    rows = [_row(path, times, calendars) for path in sorted(_FOLDER.glob("*/workflows/*.toml"))]
    return {"status": "ok", "rows": rows}


def _row(path: Path, times: int, calendars: dict) -> dict:
    name = f"{path.parents[1].name}/{path.stem}"
    text, costs = path.read_text(encoding="utf-8"), []
    try:
        kinds = _kinds(path)
        _ready(text, kinds, calendars)
        for _ in range(times):
            gc.collect()
            start = time.thread_time()
            _ready(text, kinds, calendars)
            costs.append((time.thread_time() - start) * _MILLI)
    except ServiceOrgError as error:
        return {"name": name, "status": "does not load", "why": str(error).splitlines()[0]}
    return {"name": name, "status": "ok", "lines": text.count("\n"), "ms": statistics.median(costs)}


def _kinds(path: Path) -> Mapping[str, FactKind]:
    shared = path.parents[1] / "facts.toml"
    return fact_kinds_from_text(shared.read_text(encoding="utf-8")) if shared.exists() else {}


def _ready(text: str, kinds: Mapping[str, FactKind], calendars: dict) -> Flow:
    return Flow(workflow_from_text(text, kinds=kinds), calendars=calendars)


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
