"""Every file in tests/broken_structures is refused with exactly the text beside it."""

import ast
from pathlib import Path

import pytest

from serviceorg.errors import StructureProblems
from serviceorg.loading.codes import CODES
from serviceorg.loading.structure_codes import STRUCTURE_CODES
from serviceorg.loading.structure_files import structure_from_text

BROKEN = Path(__file__).parents[1] / "broken_structures"
FILES = sorted(BROKEN.glob("*.toml"))
LOADING = Path(__file__).parents[2] / "src" / "serviceorg" / "loading"


def problems_of(path):
    """Return the problems of a broken file."""
    with pytest.raises(StructureProblems) as caught:
        structure_from_text(path.read_text(encoding="utf-8"), file=path.name)
    return caught.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_structure_is_refused_with_its_text(path):
    """The message is the expected text, line by line: where, what was found, what is allowed, a guess."""
    expected = path.with_suffix(".expected").read_text(encoding="utf-8")

    assert f"{problems_of(path)}\n" == expected


def codes_written():
    """Return every code the checks of structures can report."""
    calls = [
        node
        for path in (LOADING / "checks").glob("structure*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("add", "unknown", "guess")
    ]
    return {call.args[0].value for call in calls if call.args and isinstance(call.args[0], ast.Constant)}


def test_every_code_has_a_meaning_and_a_broken_file():
    """A code that the checks of structures report is explained in two languages, and a file here shows it."""
    shown = {problem.code for path in FILES for problem in problems_of(path).problems}

    assert codes_written() <= {*CODES, *STRUCTURE_CODES}
    assert codes_written() | set(STRUCTURE_CODES) <= shown
    assert all(meaning.zh and meaning.en for meaning in STRUCTURE_CODES.values())
