"""Fresh processes: every measurement happens in one, and inherits nobody's memory, caches or threads."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_PATIENCE = 3600


def run_module(module: str, *arguments: object) -> dict:
    """Return what a module of this package prints as its last line, or status 'failed' and why."""
    return _run([sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)])


def run_code(code: str, text: str = "") -> dict:
    """Return what a piece of code prints as its last line, with `text` as its input."""
    return _run([sys.executable, "-c", code], text)


def _run(command: list[str], text: str = "") -> dict:
    try:
        done = subprocess.run(
            command, input=text, capture_output=True, text=True, cwd=ROOT, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return {"status": "failed", "why": f"no answer within {_PATIENCE} s"}
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        return {"status": "failed", "why": lines[-1].replace(str(ROOT), ".").replace(sys.prefix, "...")}
    return json.loads(done.stdout.strip().splitlines()[-1])
