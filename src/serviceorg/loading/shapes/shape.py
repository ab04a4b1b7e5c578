"""A shape says which keys a table has; reading a table against it checks every key and reports every slip."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from ...basics import Label
from ..documents import BadNumber
from ..report import Path, Report, quoted

#: What a reader returns instead of a value after it has reported why.
BAD: Any = object()

Reader = Callable[[Any, Path, Report], Any]


class Type(NamedTuple):
    """What a value must be: ``words`` say it in errors and documentation, ``read`` checks and converts it."""

    words: str
    read: Reader
    shape: "Shape | None" = None


class Key(NamedTuple):
    """A key of a table: what it holds and means; ``default`` as it would be written, "" for none."""

    name: str
    type: Type
    meaning: Label
    required: bool = False
    default: str = ""


class Shape(NamedTuple):
    """A table of a rule file: its keys, and groups of keys of which exactly one (at most one) is written."""

    name: str
    meaning: Label
    keys: Mapping[str, Key]
    exactly_one: tuple[tuple[str, ...], ...] = ()
    at_most_one: tuple[tuple[str, ...], ...] = ()
    required: tuple[Key, ...] = ()


class Node(dict[str, Any]):
    """The checked values of a table, and where it stands; a key that was wrong is not there."""

    __slots__ = ("path",)

    def __init__(self, path: Path, values: Mapping[str, Any] | None = None) -> None:
        super().__init__(values or {})
        self.path = path

    def at(self, *keys: str | int) -> Path:
        """Return the path of something inside."""
        return (*self.path, *keys)


def key(name: str, type_: Type, en: str, zh: str, *, required: bool = False, default: str = "") -> Key:
    """Return a key; ``en`` and ``zh`` are noun phrases that finish "the key is …"."""
    return Key(name, type_, Label(zh=zh, en=en), required, default)


def shape(
    name: str,
    meaning: tuple[str, str],
    *keys: Key,
    exactly_one: tuple[tuple[str, ...], ...] = (),
    at_most_one: tuple[tuple[str, ...], ...] = (),
) -> Shape:
    """Return a shape; ``meaning`` is (English, Chinese)."""
    en, zh = meaning
    required = tuple(k for k in keys if k.required)
    return Shape(name, Label(zh=zh, en=en), {k.name: k for k in keys}, exactly_one, at_most_one, required)


def read_table(expected: Shape, raw: Mapping[str, Any], path: Path, report: Report) -> Node:
    """Return the checked values of a table; unknown, missing and wrong keys are reported."""
    node, keys = Node(path), expected.keys
    for name, value in raw.items():
        known = keys.get(name)
        if known is None:
            _unknown_key(name, value, (*path, name), keys, report)
            continue
        read = known.type.read(value, (*path, name), report)
        if read is not BAD:
            node[name] = read
    _missing_keys(expected, raw, path, report)
    return node


def _unknown_key(name: str, value: object, path: Path, keys: Mapping[str, Key], report: Report) -> None:
    if isinstance(value, dict) and len(path) > 1 and name in ("item", "category", "rule_set", "grade"):
        message = f'unknown key {name!r}; write the whole name in quotation marks, like "{name}.A01"'
        report.add("unknown-key", path, message)
    else:
        report.unknown("unknown-key", path, what="key", found=name, known=keys)


def _missing_keys(expected: Shape, raw: Mapping[str, Any], path: Path, report: Report) -> None:
    strangers = [name for name in raw if name not in expected.keys]
    for known in expected.required:
        # A misspelt key was told already, with this one as the guess.
        if known.name not in raw and not get_close_matches(known.name, strangers[:20], n=1):
            report.add("missing-key", path, f"the key {known.name!r} is missing: {known.meaning.en}")
    for group in expected.exactly_one:
        written = [name for name in group if name in raw]
        if len(written) != 1 and not (strangers and not written):
            found = f"found {listed(written, 'and')}" if written else "found none of them"
            report.add("one-of", path, f"{found}; exactly one of {listed(group, 'or')} must be written")
    for group in expected.at_most_one:
        written = [name for name in group if name in raw]
        if len(written) > 1:
            report.add("one-of", path, f"found {listed(written, 'and')}; only one of them can be written")


def listed(names: "tuple[str, ...] | list[str]", word: str) -> str:
    """Return names in words.

    >>> listed(["from", "above", "to"], "or")
    "'from', 'above' or 'to'"
    """
    shown = [repr(name) for name in names]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {word} {shown[-1]}"


def wrong(value: object, path: Path, report: Report, words: str) -> Any:
    """Report a value of a wrong type and return ``BAD``."""
    if isinstance(value, BadNumber):
        message = (
            f"{quoted(value)} cannot be used; numbers are finite, below 10000000000, with at most 12 decimals"
        )
        report.add("bad-number", path, message)
    else:
        report.add("wrong-type", path, f"found {in_words(value)}; allowed is {words}")
    return BAD


def in_words(value: object) -> str:
    """Return a value and what it is, for an official: ``'60' (a text)``."""
    if isinstance(value, dict):
        return "a table { … }"
    if isinstance(value, list):
        return f"a list of {len(value)} entries" if len(value) != 1 else "a list of one entry"
    shown = ("true" if value else "false") if isinstance(value, bool) else quoted(value)
    return f"{shown} ({_FORMS.get(type(value).__name__, 'something else')})"


_FORMS = {
    "str": "a text",
    "bool": "a flag",
    "int": "a whole number",
    "Decimal": "a decimal number",
    "date": "a date",
    "datetime": "a date with a time of day",
    "time": "a time of day",
}
