"""Each check of the house is shown a house with one thing wrong, and must name it."""

import pytest

from tests.architecture import floors, house


@pytest.fixture
def build(tmp_path):
    """Return a function that writes a small library, file by file, and returns its folder."""

    def write(files):
        root = tmp_path / "serviceorg"
        for name, text in {"__init__": "", **files}.items():
            path = root / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return root

    return write


SOUND = {
    "__init__": "from serviceorg.scoring import score\n",
    "__main__": "def main():\n    from serviceorg.cli import run\n",
    "errors": "class ServiceOrgError(Exception): ...\n",
    "basics/__init__": "from .numbers import half_up\n",
    "basics/numbers": "from attrs import frozen\nfrom ..errors import ServiceOrgError\n",
    "scoring/__init__": "from datetime import time\nfrom serviceorg.basics import half_up\nnow = half_up\n",
    "cli/__init__": "import random\nimport click\nchance: random.Random = random.Random(7)\n",
}


CHECKS = (
    house.unplaced,
    house.climbing,
    house.circles,
    house.strangers,
    house.unrepeatable,
    house.dangerous,
)


def test_a_sound_house_has_no_problems(build):
    """A library that keeps every rule passes every check."""
    root = build(SOUND)

    problems = {check.__name__: check(root) for check in CHECKS}

    assert problems == {check.__name__: [] for check in CHECKS}


def test_a_package_without_a_floor_is_named(build):
    """A package that is not in the plan is found, file or folder."""
    assert house.unplaced(build({"attic": "", "cellar/__init__": "", "errors": ""})) == ["attic", "cellar"]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param(
            {"basics": "from serviceorg.facts import Fact\n"}, "basics.py:1 basics -> facts", id="from-above"
        ),
        pytest.param(
            {"scoring/__init__": "from ..ledger import post\n"},
            "scoring/__init__.py:1 scoring -> ledger",
            id="from-a-neighbour",
        ),
        pytest.param(
            {"basics": "def late():\n    import serviceorg.cli.demo\n"},
            "basics.py:2 basics -> cli",
            id="late",
        ),
        pytest.param(
            {"cli": "import serviceorg as so\n"}, "cli.py:1 cli -> serviceorg", id="from-the-front-door"
        ),
        pytest.param(
            {"cli": "from serviceorg import score\n"}, "cli.py:1 cli -> score", id="a-name-of-the-front-door"
        ),
        pytest.param({"basics": "from . import model\n"}, "basics.py:1 basics -> model", id="relative"),
    ],
)
def test_an_import_that_does_not_point_down_is_named(build, files, found):
    """Imports from above, from beside and from the front door are found wherever they stand."""
    assert house.climbing(build(files)) == [found]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {
                "basics/__init__": "",
                "basics/labels": "from .ids import Id\n",
                "basics/ids": "def late():\n    from .labels import Label\n",
            },
            id="two-files",
        ),
        pytest.param(
            {
                "basics/__init__": "from .labels import Label\n",
                "basics/labels": "from serviceorg.basics import Period\n",
            },
            id="file-and-its-package",
        ),
        pytest.param(
            {
                "basics/__init__": "",
                "basics/labels": (
                    "from typing import TYPE_CHECKING\n"
                    "if TYPE_CHECKING:\n"
                    "    from serviceorg.basics.ids import Id\n"
                ),
                "basics/ids": "import serviceorg.basics.labels\n",
            },
            id="for-types-only",
        ),
    ],
)
def test_a_circle_is_named(build, files):
    """Two files that need each other are found, however the import is dressed."""
    (circle,) = house.circles(build(files))

    assert "serviceorg.basics.labels" in circle


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param({"scoring": "import pluggy\n"}, "scoring.py:1 imports pluggy", id="wrong-door"),
        pytest.param({"cli": "from requests import get\n"}, "cli.py:1 imports requests", id="no-door"),
        pytest.param({"__main__": "import click\n"}, "__main__.py:1 imports click", id="front-door"),
    ],
)
def test_a_stranger_is_named(build, files, found):
    """A third-party import elsewhere than at its door is found."""
    assert house.strangers(build(files)) == [found]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param(
            {"duties": "from datetime import date\nstart = date.today()\n"},
            "duties.py:2 uses today",
            id="today",
        ),
        pytest.param({"ledger": "import time\n"}, "ledger.py:1 imports time", id="time"),
        pytest.param(
            {"ledger": "from time import monotonic\n"}, "ledger.py:1 imports time.monotonic", id="from"
        ),
        pytest.param({"ledger": "from uuid import uuid4\n"}, "ledger.py:1 imports uuid.uuid4", id="uuid4"),
        pytest.param(
            {"loading/discovery": "import os\nos.environ\n"},
            "loading/discovery.py:2 uses environ",
            id="environ-in-a-file-of-the-same-name",
        ),
        pytest.param(
            {"ledger": "from os import environ as e\n"}, "ledger.py:1 imports os.environ", id="alias"
        ),
        pytest.param({"matching": "import random\n"}, "matching.py:1 imports random", id="chance"),
        pytest.param(
            {"cli": "import random\nrandom.shuffle([])\n"},
            "cli.py:2 draws without a seed: random.shuffle",
            id="shared-generator",
        ),
        pytest.param(
            {"cli": "import random\nrandom.Random()\n"},
            "cli.py:2 draws without a seed: random.Random",
            id="unseeded-generator",
        ),
        pytest.param(
            {"cli": "from random import choice\n"},
            "cli.py:1 imports from random; write random.Random(seed)",
            id="a-name-of-the-shared-generator",
        ),
    ],
)
def test_a_look_at_the_clock_or_at_chance_is_named(build, files, found):
    """What would make tomorrow's answer differ from today's is found."""
    assert house.unrepeatable(build(files)) == [found]


def test_a_declared_exception_holds_for_its_file_alone(build):
    """The one file that may read the surroundings may; its neighbour may not."""
    text = "import os\nos.environ\n"

    found = house.unrepeatable(build({"plugins/discovery": text, "plugins/hooks": text}))

    assert found == ["plugins/hooks.py:2 uses environ"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("eval('1')\n", "loading.py:1 uses eval"),
        ("run = exec\n", "loading.py:1 uses exec"),
        ("import builtins\nbuiltins.eval('1')\n", "loading.py:2 uses eval"),
        ("from pickle import loads\n", "loading.py:1 imports pickle.loads"),
        ("import urllib.request\n", "loading.py:1 imports urllib.request"),
        ("def late():\n    import socket\n", "loading.py:2 imports socket"),
    ],
    ids=["eval", "exec", "builtins", "pickle", "urllib", "socket"],
)
def test_danger_is_named(build, text, found):
    """Evaluating text, unpickling and opening a line are found."""
    assert house.dangerous(build({"loading": text})) == [found]


def test_a_file_over_the_wall_is_named(build):
    """A file may be as long as the wall is high, and not one line longer."""
    root = build({"errors": "\n" * floors.WALL, "basics": "\n" * (floors.WALL + 1)})

    assert house.over_the_wall(root, floors.WALL) == ["basics.py has 401 lines; the wall is 400"]


def test_every_exception_has_a_reason():
    """An exception without a reason is not declared but smuggled in."""
    for place, names in floors.EXCEPTIONS.items():
        assert all(names.values()), place
