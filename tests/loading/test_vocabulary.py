"""The vocabulary is complete: each key is documented in both languages and used by a correct file."""

import tomllib
from pathlib import Path

import pytest

from serviceorg.errors import UnknownIdError
from serviceorg.loading import flow_vocabulary, vocabulary, vocabulary_of
from serviceorg.loading.catalogues import OWN_CODES
from serviceorg.loading.shapes import FILE

CORRECT = sorted((Path(__file__).parent / "correct").glob("*.toml"))


def used(shape, raw, found):
    """Note every key of a raw table and of the tables inside it; items and clauses share many."""
    if isinstance(raw, list):
        for entry in raw:
            used(shape, entry, found)
    elif isinstance(raw, dict) and not set(raw) <= set(shape.keys):
        for entry in raw.values():
            used(shape, entry, found)
    elif isinstance(raw, dict):
        for name, value in raw.items():
            found.add(id(shape.keys[name]))
            if shape.keys[name].type.shape is not None:
                used(shape.keys[name].type.shape, value, found)


def shapes_inside(shape, found):
    """Collect a shape and every shape inside it."""
    if id(shape) not in found:
        found[id(shape)] = shape
        for key in shape.keys.values():
            if key.type.shape is not None:
                shapes_inside(key.type.shape, found)
    return found


def test_every_key_is_used_by_a_correct_file():
    """No key of the vocabulary is without an example that loads."""
    found: set[int] = set()
    for path in CORRECT:
        used(FILE, tomllib.loads(path.read_text(encoding="utf-8")), found)

    everything = shapes_inside(FILE, {})
    missing = [
        f"{shape.name}.{name}"
        for shape in everything.values()
        for name in shape.keys
        if id(shape.keys[name]) not in found
    ]
    assert missing == []


@pytest.mark.parametrize("head", OWN_CODES)
def test_every_key_is_explained(head):
    """Each table and key says in English and Chinese what it means, and which values it takes."""
    for table in vocabulary_of(head):
        assert table.meaning.en
        assert table.meaning.zh
        for key in table.keys:
            assert key.type
            assert key.meaning.en
            assert key.meaning.zh


@pytest.mark.parametrize("head", OWN_CODES)
def test_a_required_key_has_no_default(head):
    """A key is either written or has a value without being written, never both."""
    assert [key for table in vocabulary_of(head) for key in table.keys if key.required and key.default] == []


@pytest.mark.parametrize("head", OWN_CODES)
def test_tables_have_names_of_their_own(head):
    """Two tables of the documentation never share a name, and a key's table is one of them."""
    names = [table.name for table in vocabulary_of(head)]

    assert len(names) == len(set(names))
    assert {key.table for table in vocabulary_of(head) for key in table.keys} <= {"", *names}


@pytest.mark.parametrize("head", OWN_CODES)
def test_the_first_table_of_a_file_holds_its_head(head):
    """A file of a sort begins with the table that tells which sort it is, and that table is needed."""
    keys = {key.name: key for key in vocabulary_of(head)[0].keys}

    assert keys[head].required


def test_rule_files_and_workflows_have_names_of_their_own():
    """The two oldest sorts are also asked for without their head."""
    assert vocabulary() == vocabulary_of("rule_set")
    assert flow_vocabulary() == vocabulary_of("workflow")


def test_a_head_nobody_knows_is_told():
    """Another word is refused with the heads there are and the nearest guess."""
    with pytest.raises(UnknownIdError, match="Did you mean 'duties'"):
        vocabulary_of("duty")


def test_the_head_is_described():
    """The period is a required word of [rule_set] without a default; the scale is 2 unless it is written."""
    head = next(table for table in vocabulary() if table.name == "rule_set")
    keys = {key.name: key for key in head.keys}

    assert keys["period"].required
    assert keys["period"].type == "'year', 'half', 'quarter', 'month' or 'anniversary'"
    assert (keys["scale"].required, keys["scale"].default) == (False, "2")
