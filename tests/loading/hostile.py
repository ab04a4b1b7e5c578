"""Reads one text from standard input under hard limits, and says how it ended; run by test_hostile.py.

The answer is one line: the kind of end, the seconds it took, the greatest memory in MiB, the codes.
"""

import resource
import sys
import time
from pathlib import Path

LIMIT_MIB = 256


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


def main():
    """Load what comes in; imports are made before the clock starts."""
    from serviceorg.errors import RuleSetProblems
    from serviceorg.loading.documents import text_from_bytes
    from serviceorg.loading.rule_files import rule_set_from_text

    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_MIB * 2**20, LIMIT_MIB * 2**20))
    content = sys.stdin.buffer.read()
    start = time.process_time()
    try:
        rule_set_from_text(text_from_bytes(content, file="x.toml"), file="x.toml")
    except RuleSetProblems as error:
        end, codes = "refused", sorted({problem.code for problem in error.problems})
        str(error)
    else:
        end, codes = "loaded", []
    seconds = time.process_time() - start
    memory = peak()
    sys.stdout.write(f"{end} {seconds:.3f} {memory} {' '.join(codes)}\n")


if __name__ == "__main__":
    main()
