"""As much of JSON Schema as our two schemas use; an unknown keyword is an error, so none is passed over."""

import re
from datetime import date
from decimal import Decimal

SILENT = {"$schema", "$id", "$defs", "title", "description"}
TYPES = {
    "null": lambda v: v is None,
    "boolean": lambda v: isinstance(v, bool),
    "string": lambda v: isinstance(v, str),
    "number": lambda v: isinstance(v, int | Decimal) and not isinstance(v, bool),
    "array": lambda v: isinstance(v, list),
    "object": lambda v: isinstance(v, dict),
}


def fits(value, schema, root=None):
    """Return whether a value (numbers as int or Decimal) fits a schema."""
    root = root or schema
    return all(
        _CHECKS[key](value, wanted, schema, root) for key, wanted in schema.items() if key not in SILENT
    )


def _types(value, wanted, schema, root):
    return any(TYPES[name](value) for name in ([wanted] if isinstance(wanted, str) else wanted))


def _ref(value, wanted, schema, root):
    return fits(value, root["$defs"][wanted.removeprefix("#/$defs/")], root)


def _properties(value, wanted, schema, root):
    return not isinstance(value, dict) or all(
        fits(value[k], s, root) for k, s in wanted.items() if k in value
    )


def _additional(value, wanted, schema, root):
    if not isinstance(value, dict):
        return True
    rest = [v for k, v in value.items() if k not in schema.get("properties", {})]
    return not rest if wanted is False else all(fits(v, wanted, root) for v in rest)


def _is_day(value):
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


_CHECKS = {
    "type": _types,
    "$ref": _ref,
    "properties": _properties,
    "additionalProperties": _additional,
    "minItems": lambda v, w, s, r: not isinstance(v, list) or len(v) >= w,
    "required": lambda v, w, s, r: not isinstance(v, dict) or set(w) <= set(v),
    "anyOf": lambda v, w, s, r: any(fits(v, part, r) for part in w),
    "items": lambda v, w, s, r: not isinstance(v, list) or all(fits(part, w, r) for part in v),
    "enum": lambda v, w, s, r: v in w,
    "pattern": lambda v, w, s, r: not isinstance(v, str) or re.search(w, v) is not None,
    "format": lambda v, w, s, r: w == "date" and (not isinstance(v, str) or _is_day(v)),
    "minLength": lambda v, w, s, r: not isinstance(v, str) or len(v) >= w,
    "maxLength": lambda v, w, s, r: not isinstance(v, str) or len(v) <= w,
    "minimum": lambda v, w, s, r: not TYPES["number"](v) or v >= w,
    "maximum": lambda v, w, s, r: not TYPES["number"](v) or v <= w,
}
