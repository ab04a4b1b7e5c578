"""``python -m serviceorg`` and the command ``serviceorg``."""

import sys
from importlib.util import find_spec


def main() -> int:
    """Run the command line and return its exit code; without the extra ``cli``, say how to get it."""
    if any(find_spec(name) is None for name in ("click", "rich")):
        sys.stderr.write("The command line needs an extra: pip install 'serviceorg[cli]'\n")
        return 2
    from .cli.app import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
