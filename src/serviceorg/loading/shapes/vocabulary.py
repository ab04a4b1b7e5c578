"""The vocabulary of every sort of file, table by table, for documentation and editors."""

from importlib import import_module
from typing import NamedTuple

from ...basics import Label
from ...errors import UnknownIdError
from .cases import FILE
from .flow_cases import FLOW_FILE
from .shape import Shape


class KeyWords(NamedTuple):
    """A key as the documentation shows it; ``default`` is written as in a file, "" for none."""

    name: str
    type: str
    required: bool
    default: str
    meaning: Label
    table: str = ""


class TableWords(NamedTuple):
    """A table as the documentation shows it; of each group exactly one (at most one) key is written."""

    name: str
    meaning: Label
    keys: tuple[KeyWords, ...]
    exactly_one: tuple[tuple[str, ...], ...] = ()
    at_most_one: tuple[tuple[str, ...], ...] = ()


def vocabulary() -> tuple[TableWords, ...]:
    """Return every table of a rule file with its keys; tables stand before those inside them.

    ``KeyWords.table`` names the table a key holds, "" if it holds none. Table names are unique.
    """
    return tables_of(FILE)


def flow_vocabulary() -> tuple[TableWords, ...]:
    """Return every table of a workflow file with its keys, as ``vocabulary`` does for rule files."""
    return tables_of(FLOW_FILE)


def vocabulary_of(head: str) -> tuple[TableWords, ...]:
    """Return every table of the sort of file that begins with ``[head]``, as ``vocabulary`` does.

    Heads are "rule_set", "workflow", "structure", "duties", "coverage", "ledger", "matching" and
    "commitments".

    Raises:
        UnknownIdError: If no sort of file has such a head.
    """
    if head not in _FILES:
        raise UnknownIdError("sort of file", head, _FILES)
    module, name = _FILES[head]
    shape: Shape = getattr(import_module(f".{module}", __package__), name)
    return tables_of(shape)


#: Where the shape of a whole file stands, by the file's head; imported when asked for.
_FILES = {
    "rule_set": ("cases", "FILE"),
    "workflow": ("flow_cases", "FLOW_FILE"),
    "structure": ("structure", "STRUCTURE_FILE"),
    "duties": ("duty_cases", "DUTY_FILE"),
    "coverage": ("coverage", "COVERAGE_FILE"),
    "ledger": ("ledger", "LEDGER_FILE"),
    "matching": ("matching", "MATCHING_FILE"),
    "commitments": ("commitments", "COMMITMENTS_FILE"),
}


def tables_of(file: Shape) -> tuple[TableWords, ...]:
    """Return a table and every table inside it with their keys; tables stand before those inside them."""
    found: dict[int, Shape] = {}
    _collect(file, found)
    names = {identity: _unique(shape, list(found.values())) for identity, shape in found.items()}
    return tuple(
        TableWords(
            names[identity],
            shape.meaning,
            tuple(
                KeyWords(
                    key.name,
                    key.type.words,
                    key.required,
                    key.default,
                    key.meaning,
                    names.get(id(key.type.shape), ""),
                )
                for key in shape.keys.values()
            ),
            shape.exactly_one,
            shape.at_most_one,
        )
        for identity, shape in found.items()
    )


def _collect(shape: Shape, found: dict[int, Shape]) -> None:
    if id(shape) in found:
        return
    found[id(shape)] = shape
    for key in shape.keys.values():
        if key.type.shape is not None:
            _collect(key.type.shape, found)


def _unique(shape: Shape, shapes: list[Shape]) -> str:
    same = [other for other in shapes if other.name == shape.name]
    # A fact of a golden case and a kind of fact are both called "fact" in a file.
    return shape.name if same[0] is shape else f"{shape.name} ({shape.meaning.en})"
