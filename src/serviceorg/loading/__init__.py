"""Files in: TOML texts, files and folders become rule sets and workflows, or a list of all that is wrong."""

from .codes import CODES, FLOW_CODES
from .files import (
    Scheme,
    rule_set_from_path,
    rule_sets_from_folder,
    scheme_from_folder,
    workflow_from_path,
    workflows_from_folder,
)
from .flow_files import workflow_from_text
from .records import FactReport, read_facts, read_subjects
from .rule_files import fact_kinds_from_text, rule_set_from_text
from .schema import fact_schema, subject_schema
from .shapes import flow_vocabulary, vocabulary

__all__ = [
    "CODES",
    "FLOW_CODES",
    "FactReport",
    "Scheme",
    "fact_kinds_from_text",
    "fact_schema",
    "flow_vocabulary",
    "read_facts",
    "read_subjects",
    "rule_set_from_path",
    "rule_set_from_text",
    "rule_sets_from_folder",
    "scheme_from_folder",
    "subject_schema",
    "vocabulary",
    "workflow_from_path",
    "workflow_from_text",
    "workflows_from_folder",
]
