"""Reads one text in a process of its own under hard limits, and says how it ended.

As a program it takes "rules" or "workflow" and the text on standard input; its answer is one line: the kind
of end, the seconds it took, the greatest memory in MiB, the codes of the problems.
"""

import resource
import subprocess
import sys
import time
from pathlib import Path

LIMIT_MIB = 256


def ended(content, reads="rules"):
    """Return (end, seconds, MiB, codes) of a text that a fresh process has read."""
    content = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    done = subprocess.run(
        [sys.executable, __file__, reads], input=content, capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    end, seconds, memory, *codes = done.stdout.decode().split()
    return end, float(seconds), int(memory), codes


def peak():
    """Return the greatest memory of this program in MiB.

    Linux counts into ru_maxrss what the process had before it became this program: the memory of the test
    runner. The high-water mark of the program itself stands in its status.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(reads):
    """Load what comes in; imports are made before the clock starts."""
    from serviceorg.errors import Problems
    from serviceorg.loading import rule_set_from_text, workflow_from_text
    from serviceorg.loading.documents import text_from_bytes

    read = {"rules": rule_set_from_text, "workflow": workflow_from_text}[reads]
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_MIB * 2**20, LIMIT_MIB * 2**20))
    content = sys.stdin.buffer.read()
    start = time.process_time()
    try:
        read(text_from_bytes(content, file="x.toml"), file="x.toml")
    except Problems as error:
        end, codes = "refused", sorted({problem.code for problem in error.problems})
        str(error)
    else:
        end, codes = "loaded", []
    seconds = time.process_time() - start
    sys.stdout.write(f"{end} {seconds:.3f} {peak()} {' '.join(codes)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
