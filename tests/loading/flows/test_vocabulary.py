"""The vocabulary of workflow files is complete: documented in both languages, and used by a correct file."""

import tomllib
from pathlib import Path

import pytest

from serviceorg.loading import flow_vocabulary, workflow_from_path
from serviceorg.loading.shapes.flow_cases import FLOW_FILE
from serviceorg.loading.shapes.flow_needs import NEED_KINDS, NEED_SHAPE

CORRECT = Path(__file__).parent / "correct" / "everything.toml"


def used(shape, raw, found):
    """Note every key of a raw table and of the tables inside it; what has free keys is passed through."""
    if isinstance(raw, list):
        for entry in raw:
            used(shape, entry, found)
    elif isinstance(raw, dict) and shape is NEED_SHAPE:
        kind = next(name for name in NEED_KINDS if name in raw)
        found.add(id(shape.keys[kind]))
        used(NEED_KINDS[kind], raw, found)
        if kind == "any":
            used(NEED_SHAPE, raw["any"], found)
    elif isinstance(raw, dict) and not set(raw) <= set(shape.keys):
        for entry in raw.values():
            used(shape, entry, found)
    elif isinstance(raw, dict):
        for name, value in raw.items():
            found.add(id(shape.keys[name]))
            if shape.keys[name].type.shape is not None:
                used(shape.keys[name].type.shape, value, found)


def keys_inside(shape, found):
    """Collect every key of a shape and of those inside it."""
    for name, key in shape.keys.items():
        if id(key) not in found:
            found[id(key)] = f"{shape.name}.{name}"
            if key.type.shape is not None:
                keys_inside(key.type.shape, found)
    return found


def test_every_key_is_used_by_a_correct_file():
    """No key of the vocabulary is without an example that loads."""
    workflow_from_path(CORRECT)
    found: set[int] = set()

    used(FLOW_FILE, tomllib.loads(CORRECT.read_text(encoding="utf-8")), found)

    keys = keys_inside(FLOW_FILE, {})
    assert [name for key, name in keys.items() if key not in found] == []


def test_every_key_is_explained():
    """Each table and key says in English and Chinese what it means, and which values it takes."""
    silent = [
        (table.name, key.name)
        for table in flow_vocabulary()
        for key in table.keys
        if not (key.type and key.meaning.en and key.meaning.zh and table.meaning.en and table.meaning.zh)
    ]

    assert silent == []


def test_a_required_key_has_no_default():
    """A key is either written or has a value without being written, never both."""
    assert [key for table in flow_vocabulary() for key in table.keys if key.required and key.default] == []


def test_tables_have_names_of_their_own():
    """Two tables of the documentation never share a name, and a key's table is one of them."""
    names = [table.name for table in flow_vocabulary()]

    assert len(names) == len(set(names))
    assert {key.table for table in flow_vocabulary() for key in table.keys} <= {"", *names}


@pytest.mark.parametrize("kind", sorted(NEED_KINDS))
def test_each_kind_of_need_has_a_table_that_begins_with_it(kind):
    """The key that names a kind of need is required in its table; every table takes words and a source."""
    keys = NEED_KINDS[kind].keys

    assert next(iter(keys)) == kind
    assert keys[kind].required
    assert {"title", "source"} <= keys.keys()
