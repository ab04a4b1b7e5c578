import json
from decimal import Decimal

import pytest

from serviceorg.errors import FactProblems
from serviceorg.facts import FactKind, FieldKind
from serviceorg.loading.records import FACT_KEYS, read_facts, read_subjects
from serviceorg.loading.records_subjects import SUBJECT_KEYS
from serviceorg.loading.schema import fact_schema, subject_schema
from tests.records.tiny_schema import fits

# A kind as wide as the schema, which cannot know what rules declare.
WIDE = {
    "scorecard": FactKind(
        id="scorecard",  # the one kind whose amount may be negative
        amount=True,
        most=Decimal(9_999_999_999),
        fields={
            "t": FieldKind(name="t", required=False),
            "f": FieldKind(name="f", type="flag", required=False),
        },
    )
}
FACT = '"subject": "M", "kind": "scorecard", "on": "2024-03-01", "amount": 1'

GOOD_FACTS = [
    f"{{{FACT}}}",
    f'{{{FACT}, "id": "F", "recorded_on": "2024-03-02", "decided_on": null, "recorded_by": ""}}',
    f'{{{FACT}, "attributes": {{"t": "text", "f": true}}}}',
    f'{{{FACT}, "attributes": {{"t": null}}}}',
    f'{{{FACT}, "attributes": null}}',
    f"{{{FACT[:-1]}0.0001}}",
    f'{{{FACT[:-1]}"2.5"}}',
    f'{{{FACT[:-1]}"9999999999"}}',
    f"{{{FACT[:-1]}-2}}",
    f"{{{FACT[:-1]}1e2}}",
]
BAD_FACTS = [
    "{}",
    f'{{{FACT}, "other": 1}}',
    f'{{{FACT}, "id": ""}}',
    f'{{{FACT}, "id": 7}}',
    f'{{{FACT}, "id": "{"x" * 201}"}}',
    f'{{{FACT}, "recorded_on": "2024-3-1"}}',
    f'{{{FACT}, "recorded_on": "2024-02-30"}}',
    f'{{{FACT}, "recorded_on": "1899-12-31"}}',
    f'{{{FACT}, "recorded_on": "2201-01-01"}}',
    f'{{{FACT}, "recorded_by": 7}}',
    f'{{{FACT}, "evidence": "{"x" * 4097}"}}',
    f'{{{FACT}, "attributes": []}}',
    f'{{{FACT}, "attributes": {{"t": []}}}}',
    f'{{{FACT}, "attributes": {{"t": {{}}}}}}',
    f"{{{FACT[:-1]}10000000000}}",
    f"{{{FACT[:-1]}true}}",
    f'{{{FACT[:-1]}"1e2"}}',
    f'{{{FACT[:-1]}"2.50001"}}',
    f'{{{FACT}, "reverses": 1}}',
    f'{{{FACT}, "attributes": {{"n": -1}}}}',
]
GOOD_SUBJECTS = [
    '{"id": "M"}',
    '{"id": "M", "kind": "staff", "name": "张", "category": null, "joined": "2024-01-01", "left": null}',
    '{"id": "M", "category": [{"since": "2024-05-01", "value": "a"}], "organisation": "O"}',
    '{"id": "M", "exemptions": [{"effect": "not_graded", "since": "2024-05-01", "until": null}]}',
    '{"id": "M", "category": [], "exemptions": []}',
]
BAD_SUBJECTS = [
    "{}",
    '{"id": null}',
    '{"id": "M", "names": "x"}',
    '{"id": "M", "category": ""}',
    '{"id": "M", "category": [{"since": "2024-05-01"}]}',
    '{"id": "M", "category": [{"since": "2024-05-01", "value": "a", "until": "2024-06-01"}]}',
    '{"id": "M", "category": ["a"]}',
    '{"id": "M", "exemptions": [{"effect": "none", "since": "2024-05-01"}]}',
    '{"id": "M", "exemptions": [{"effect": "not_graded"}]}',
    '{"id": "M", "exemptions": {}}',
    '{"id": "M", "joined": "01.05.2024"}',
]


def accepted(read, path, line):
    """Return whether the reader takes a line."""
    path.write_text(line, encoding="utf-8")
    try:
        list(read(path))
    except FactProblems:
        return False
    return True


@pytest.mark.parametrize(
    ("line", "good"), [(line, True) for line in GOOD_FACTS] + [(line, False) for line in BAD_FACTS]
)
def test_schema_and_reader_agree_about_facts(tmp_path, line, good):
    """A line of facts that the schema accepts is read, and one that it refuses is a problem."""
    value = json.loads(line, parse_float=Decimal)

    by_schema = fits(value, fact_schema())
    by_reader = accepted(lambda path: read_facts(path, WIDE), tmp_path / "f.jsonl", line)

    assert (by_schema, by_reader) == (good, good)


@pytest.mark.parametrize(
    ("line", "good"), [(line, True) for line in GOOD_SUBJECTS] + [(line, False) for line in BAD_SUBJECTS]
)
def test_schema_and_reader_agree_about_subjects(tmp_path, line, good):
    """A line of subjects that the schema accepts is read, and one that it refuses is a problem."""
    value = json.loads(line, parse_float=Decimal)

    by_schema = fits(value, subject_schema())
    by_reader = accepted(read_subjects, tmp_path / "s.jsonl", line)

    assert (by_schema, by_reader) == (good, good)


def test_the_schemas_name_every_key():
    """What the reader knows and what the schemas describe are the same keys."""
    assert set(fact_schema()["properties"]) == set(FACT_KEYS)
    assert set(subject_schema()["properties"]) == set(SUBJECT_KEYS)
    assert {fact_schema()["$schema"], subject_schema()["$schema"]} == {
        "https://json-schema.org/draft/2020-12/schema"
    }
