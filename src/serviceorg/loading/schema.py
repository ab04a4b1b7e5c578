"""The JSON Schemas (draft 2020-12) of one line of facts and of one line of subjects."""

import json
from importlib.resources import files
from typing import Any


def fact_schema() -> dict[str, Any]:
    """Return the JSON Schema of a fact, as a new dict; the file is fact.schema.json beside this module.

    A schema sees one line and no rules: what the kind of fact declares, double ids and reversals
    of nothing are checked by the reader alone.
    """
    return _read("fact.schema.json")


def subject_schema() -> dict[str, Any]:
    """Return the JSON Schema of a subject, as a new dict; the file is subject.schema.json."""
    return _read("subject.schema.json")


def _read(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return schema
