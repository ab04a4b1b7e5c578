"""The JSON Schemas (draft 2020-12) of one line of each file of a snapshot."""

import json
from importlib.resources import files
from typing import Any

from ...errors import UnknownIdError
from .tables import TABLES


def snapshot_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of one line of "units", "people", …, as a new dict.

    The file is snapshot.schema.json beside this module. A schema sees one line and no structure: which words
    are known, double ids and what does not fit together are checked by the reader alone.

    Raises:
        UnknownIdError: If a snapshot has no file of that name.
    """
    if name not in TABLES:
        raise UnknownIdError("file of a snapshot", name, TABLES)
    text = files(__package__).joinpath("snapshot.schema.json").read_text(encoding="utf-8")
    whole: dict[str, Any] = json.loads(text)
    shared = {key: value for key, value in whole["$defs"].items() if key not in TABLES}
    head = {"$schema": whole["$schema"], "$id": f"{whole['$id']}:{name}"}
    return {**head, **whole["$defs"][name], "$defs": shared}
