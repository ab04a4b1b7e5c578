"""What every table of a file may hold, as data: for the loader and the documentation."""

from .cases import EXPECTED_KEYS, FACTS_FILE, FILE, NOUNS
from .shape import BAD, Key, Node, Shape, Type, listed, read_table
from .vocabulary import TableWords, flow_vocabulary, tables_of, vocabulary, vocabulary_of

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
    "flow_vocabulary",
    "listed",
    "read_table",
    "tables_of",
    "vocabulary",
    "vocabulary_of",
]
