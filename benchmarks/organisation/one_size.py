"""
One size of what grows: `python -m benchmarks.organisation.one_size NAME SIZE`.

In a process of its own; what is read or indexed is made before the clock starts. Prints one line of JSON.
"""

import gc
import json
import sys
import time

from .. import machine
from .growth import growth_of


def measure(name: str, size: int) -> dict:
    """Return CPU seconds and memory of one size."""
    work = growth_of(name).make(size)
    gc.collect()
    machine.forget_peak()
    before = machine.resident()
    gc.disable()
    start = time.process_time()
    kept = work()
    seconds = time.process_time() - start
    found = {"status": "ok", "seconds": seconds, "resident": before, "peak": machine.peak()}
    del kept
    return found


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
