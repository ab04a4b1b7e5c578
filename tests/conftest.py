"""Settings for the whole test run.

Hypothesis looks for build servers and then quietly repeats the same hundred examples for ever, without a
database. Our profiles name every such setting themselves, so a build server searches like a desk does.
"""

import os
from pathlib import Path

from hypothesis import settings
from hypothesis.database import DirectoryBasedExampleDatabase

EXAMPLES = {"house": 100, "soak": 5_000}

for _name, _count in EXAMPLES.items():
    settings.register_profile(
        _name,
        max_examples=_count,
        derandomize=False,
        deadline=None,  # a busy machine is no bug
        print_blob=True,
        database=DirectoryBasedExampleDatabase(Path(__file__).parents[1] / ".hypothesis" / "examples"),
        suppress_health_check=(),
    )

settings.load_profile(os.environ.get("SERVICEORG_HYPOTHESIS", "house"))
