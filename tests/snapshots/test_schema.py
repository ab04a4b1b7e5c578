"""The JSON Schemas of a snapshot's lines take what the reader takes."""

import json
from decimal import Decimal

import pytest

from serviceorg.errors import UnknownIdError
from serviceorg.loading.snapshots.files import snapshot_problems
from serviceorg.loading.snapshots.schema import snapshot_schema
from serviceorg.loading.snapshots.tables import TABLES
from tests.records.tiny_schema import fits
from tests.snapshots.test_reading import JSON, folder

SPAN = '"since": "2024-01-01", "until": null'
GOOD = [
    *((name.partition(".")[0], line) for name, text in JSON.items() for line in text.splitlines() if line),
    (
        "units",
        f'{{"id": "a", "kind": null, "latitude": -90, "longitude": "180.0000000", "size": "0.5", {SPAN}}}',
    ),
    ("people", '{"id": "p", "name": ""}'),
    (
        "changes",
        '{"id": "x", "kind": "split", "on": "2024-01-01", "before": ["a"], "after": ["b"], "shares": [1]}',
    ),
    ("changes", '{"id": "x", "kind": "dissolve", "on": "2024-01-01", "before": ["a"], "after": null}'),
]
BAD = [
    ("units", "{}"),
    ("units", '{"id": ""}'),
    ("units", '{"id": "a", "place": 1}'),
    ("units", '{"id": "a", "latitude": 91, "longitude": 0}'),
    ("units", '{"id": "a", "latitude": true, "longitude": 0}'),
    ("units", '{"id": "a", "size": -1}'),
    ("units", '{"id": "a", "size": "many"}'),
    ("people", '{"id": "p", "born": "1990"}'),
    ("people", '{"id": "p", "name": 7}'),
    ("placements", '{"tree": "t"}'),
    ("placements", '{"tree": "t", "unit": "u", "parent": ""}'),
    ("memberships", '{"person": "p", "unit": "u"}'),
    ("memberships", '{"person": "p", "unit": "u", "role": "r", "since": "2024-02-30"}'),
    ("traits", '{"of": "a", "name": "n", "value": ""}'),
    ("traits", '{"of": "a", "name": "n", "value": null}'),
    ("changes", '{"id": "x", "kind": "merger", "on": "2024-01-01", "before": ["a"]}'),
    ("changes", '{"id": "x", "kind": "merge", "on": "2024-01-01", "before": []}'),
    ("changes", '{"id": "x", "kind": "merge", "on": "2024-01-01", "before": "a"}'),
    ("changes", '{"id": "x", "kind": "merge", "on": "2024-01-01", "before": ["a"], "points": "half"}'),
    ("changes", '{"id": "x", "kind": "merge", "on": "2024-01-01", "before": ["a"], "shares": [2]}'),
]
FORM = {"id", "type", "value", "date", "number", "missing", "unknown"}


def parsed(line):
    """Return a line as a validator sees it, without binary floats."""
    return json.loads(line, parse_float=Decimal)


@pytest.mark.parametrize(("name", "line"), GOOD, ids=[f"{n}-{i}" for i, (n, _) in enumerate(GOOD)])
def test_what_the_reader_takes_fits(name, line, tmp_path):
    """A line that is read without a problem of form fits the schema of its file."""
    found = snapshot_problems(folder(tmp_path, {f"{name}.jsonl": line}))

    assert not [problem for problem in found if problem.code in FORM and ", " not in problem.where]
    assert fits(parsed(line), snapshot_schema(name))


@pytest.mark.parametrize(("name", "line"), BAD, ids=[f"{n}-{i}" for i, (n, _) in enumerate(BAD)])
def test_what_the_reader_refuses_does_not_fit(name, line, tmp_path):
    """A line with a problem of form does not fit the schema of its file."""
    found = snapshot_problems(folder(tmp_path, {f"{name}.jsonl": line}))

    assert FORM & {problem.code for problem in found}
    assert not fits(parsed(line), snapshot_schema(name))


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_schema_has_the_keys_of_the_reader(name):
    """Keys and required keys are those the reader knows."""
    schema = snapshot_schema(name)

    assert tuple(schema["properties"]) == TABLES[name].keys
    assert tuple(schema["required"]) == TABLES[name].required


def test_there_is_no_schema_of_another_file():
    """A name that is none is told with the nearest one."""
    with pytest.raises(
        UnknownIdError, match=r"there is no file of a snapshot 'unit'.*Did you mean 'units'\?"
    ):
        snapshot_schema("unit")
