"""What of a workflow can change the life of a ticket, apart from what is only said of it."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from ..workflow.rules import Version
from .digest import digest_of
from .versions import plain_kind

#: What people read, and what is asked of lives and tickets from outside: a slip in it may be mended, and
#: tickets that are pinned to the version stay where they are.
_SAID = frozenset(("title", "text", "source", "basis", "digest", "promises", "metrics", "confidential"))


def fingerprint_of(name: str, version: Version, kinds: Mapping[str, Any]) -> str:
    """Return the SHA-256 of all that can change a life under a version, with the kinds of fact it tells.

    A key that is left out counts like its default. So words, promises and rates may be corrected, and the
    library may learn new keys, without a stored ticket losing its version.
    """
    told = {emission.kind for emission in version.emissions}
    return digest_of(
        {
            "workflow": name,
            "version": _plain(version),
            "fact": {name: plain_kind(kind) for name, kind in kinds.items() if name in told},
        }
    )


def _plain(value: Any) -> Any:
    if isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, Fraction):
        return {"share": str(value)}
    fields = _fields(value)
    if not fields:
        return value
    found: dict[str, Any] = {"": type(value).__name__}
    for name, default in fields:
        one = getattr(value, name)
        if one != default or type(one) is not type(default):
            found[name] = _plain(one)
    return found


#: By a class of rules, the names and defaults of what counts of it.
_KNOWN: dict[type, tuple[tuple[str, Any], ...]] = {}


def _fields(value: Any) -> tuple[tuple[str, Any], ...]:
    """Return the names and defaults of what counts of a value, () if it is none of ours."""
    kind: Any = type(value)
    if kind not in _KNOWN:
        fields = attrs.fields(kind) if attrs.has(kind) else ()
        _KNOWN[kind] = tuple((one.name, _default(one.default)) for one in fields if one.name not in _SAID)
    return _KNOWN[kind]


def _default(default: Any) -> Any:
    return default.factory() if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]
