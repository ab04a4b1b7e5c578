"""Reads one workflow from standard input under hard limits, and says how it ended; run by test_hostile.py.

The answer is one line: the kind of end, the seconds it took, the greatest memory in MiB, the codes.
"""

import resource
import sys
import time

LIMIT_MIB = 256


def main():
    """Load what comes in; imports are made before the clock starts."""
    from serviceorg.errors import Problems
    from serviceorg.loading import workflow_from_text
    from serviceorg.loading.documents import text_from_bytes

    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_MIB * 2**20, LIMIT_MIB * 2**20))
    content = sys.stdin.buffer.read()
    start = time.process_time()
    try:
        workflow_from_text(text_from_bytes(content, file="x.toml"), file="x.toml")
    except Problems as error:
        end, codes = "refused", sorted({problem.code for problem in error.problems})
        str(error)
    else:
        end, codes = "loaded", []
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"{end} {seconds:.3f} {memory} {' '.join(codes)}\n")


if __name__ == "__main__":
    main()
