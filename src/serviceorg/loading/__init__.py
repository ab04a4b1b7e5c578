"""Rule files in: TOML texts, files and scheme folders become rule sets, or a list of all that is wrong."""

from .codes import CODES
from .files import rule_set_from_path, rule_sets_from_folder
from .rule_files import fact_kinds_from_text, rule_set_from_text
from .shapes import vocabulary

__all__ = [
    "CODES",
    "fact_kinds_from_text",
    "rule_set_from_path",
    "rule_set_from_text",
    "rule_sets_from_folder",
    "vocabulary",
]
