import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

CONFTEST = Path(__file__).parents[1] / "conftest.py"

ASK = f"""
import json, runpy
runpy.run_path({str(CONFTEST)!r})
from hypothesis import settings
s, name = settings(), settings.get_current_profile_name()
print(json.dumps([name, s.derandomize, s.deadline, s.database is None, s.max_examples]))
"""


def ask_for_the_profile(**environment):
    """Return name, derandomize, deadline, "no database" and examples as a fresh interpreter sees them."""
    clean = {name: value for name, value in os.environ.items() if name != "SERVICEORG_HYPOTHESIS"}
    answer = subprocess.run(
        [sys.executable, "-c", ASK], env=clean | environment, capture_output=True, text=True, check=True
    )
    return json.loads(answer.stdout)


@pytest.mark.parametrize(
    "environment", [{}, {"CI": "true"}, {"GITHUB_ACTIONS": "true"}], ids=["desk", "ci", "github"]
)
def test_a_build_server_searches_like_a_desk(environment):
    """Random examples stay random on a build server, and failures are remembered."""
    assert ask_for_the_profile(**environment) == ["house", False, None, False, 100]


def test_a_soak_is_asked_for_by_name():
    """SERVICEORG_HYPOTHESIS=soak runs the same properties on many more examples."""
    assert ask_for_the_profile(SERVICEORG_HYPOTHESIS="soak", CI="true") == ["soak", False, None, False, 5_000]


def test_this_very_run_uses_a_profile_of_ours():
    """The profile in force is one that tests/conftest.py registered."""
    assert settings.get_current_profile_name() in {"house", "soak"}
