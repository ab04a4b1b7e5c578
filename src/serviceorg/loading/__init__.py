"""Rule files in: TOML texts, files and scheme folders become rule sets, or a list of all that is wrong."""

from .codes import CODES
from .files import rule_set_from_path, rule_sets_from_folder
from .records import FactReport, read_facts, read_subjects
from .rule_files import fact_kinds_from_text, rule_set_from_text
from .schema import fact_schema, subject_schema
from .shapes import vocabulary

__all__ = [
    "CODES",
    "FactReport",
    "fact_kinds_from_text",
    "fact_schema",
    "read_facts",
    "read_subjects",
    "rule_set_from_path",
    "rule_set_from_text",
    "rule_sets_from_folder",
    "subject_schema",
    "vocabulary",
]
