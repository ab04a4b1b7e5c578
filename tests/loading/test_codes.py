"""Every code that a loader can report is explained, sort by sort, in English and Chinese."""

import ast
from pathlib import Path

import pytest

from serviceorg import loading
from serviceorg.errors import UnknownIdError
from serviceorg.loading import CODES, codes_of
from serviceorg.loading.catalogues import OWN_CODES
from serviceorg.loading.sorts import SORT_OF

LOADING = Path(__file__).parents[2] / "src" / "serviceorg" / "loading"
#: Head of a sort of file -> how the names of its modules begin.
MODULES = {
    "workflow": ("flow",),
    "structure": ("structure",),
    "duties": ("dut",),
    "coverage": ("coverage",),
    "ledger": ("ledger",),
    "matching": ("matching",),
    "commitments": ("commitment",),
}
#: Readers of records, which have catalogues and tests of their own, and the catalogues themselves.
OTHERS = ("records", "codes", "catalogues")
ROOMS = ("snapshots", "journals")


def modules_of(head):
    """Return the modules of a sort; those of rule files are all that belong to no other sort."""
    every = [
        path
        for path in LOADING.rglob("*.py")
        if not path.name.endswith("_codes.py") and path.parent.name not in ROOMS
    ]
    if head in MODULES:
        return [path for path in every if path.name.startswith(MODULES[head])]
    others = tuple(name for names in MODULES.values() for name in names)
    return [path for path in every if not path.name.startswith((*OTHERS, *others))]


def codes_written(paths):
    """Return every text that is given as a code."""
    calls = [
        node
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in ("add", "unknown", "guess", "Problem")
    ]
    first = [call.args[0] for call in calls if call.args]
    return {one.value for one in first if isinstance(one, ast.Constant) and isinstance(one.value, str)}


@pytest.mark.parametrize("head", OWN_CODES)
def test_every_code_of_a_sort_is_in_its_catalogue(head):
    """A code that is reported has a line in English and Chinese."""
    found = codes_written(modules_of(head))

    assert found
    assert found <= set(codes_of(head))
    assert all(meaning.zh and meaning.en for meaning in codes_of(head).values())


@pytest.mark.parametrize("head", OWN_CODES)
def test_a_catalogue_has_no_code_that_is_never_reported(head):
    """Each code that is a sort's own stands in a module that reads files, or proves a promise."""
    texts = {
        node.value
        for path in [*LOADING.rglob("*.py"), *(LOADING.parent / "workflow" / "verify").rglob("*.py")]
        if not path.name.endswith("codes.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert set(OWN_CODES[head]) <= texts


def test_every_sort_of_file_has_a_catalogue():
    """Whatever can be loaded can be explained when it is refused."""
    assert set(OWN_CODES) == set(SORT_OF)


def test_codes_of_files_mean_the_same_in_every_sort_unless_said_otherwise():
    """A sort's catalogue is what all files share, with its own codes after them."""
    for head, own in OWN_CODES.items():
        assert dict(codes_of(head)) == {**CODES, **own}


def test_a_sort_nobody_knows_is_told():
    """Another word is refused with the heads there are and the nearest guess."""
    with pytest.raises(UnknownIdError, match="Did you mean 'ledger'"):
        codes_of("ledgers")


def test_every_public_name_is_there():
    """What the room of loading offers can be asked for, whether it was imported before or not."""
    assert [name for name in loading.__all__ if getattr(loading, name, None) is None] == []
    assert set(loading.__all__) <= set(dir(loading))
    with pytest.raises(AttributeError, match="has no attribute 'rule_set_form_text'"):
        _ = loading.rule_set_form_text
