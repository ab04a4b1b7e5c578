"""What every table of a rule file may hold, as data: read by the loader and by the documentation alike."""

from .cases import EXPECTED_KEYS, FACTS_FILE, FILE, NOUNS
from .shape import BAD, Key, Node, Shape, Type, listed, read_table
from .vocabulary import TableWords, vocabulary

__all__ = [
    "BAD",
    "EXPECTED_KEYS",
    "FACTS_FILE",
    "FILE",
    "NOUNS",
    "Key",
    "Node",
    "Shape",
    "TableWords",
    "Type",
    "listed",
    "read_table",
    "vocabulary",
]
