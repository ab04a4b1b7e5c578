"""Files in: texts, files and folders become rules, books and snapshots, or a list of all that is wrong.

What belongs to one room of the library (duties, coverage, accounts, matching, commitments) or to snapshots is
imported when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

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
from .shapes import flow_vocabulary, vocabulary, vocabulary_of

if TYPE_CHECKING:
    from .books import (
        account_rules_from_path,
        commitments_from_path,
        coverage_from_path,
        duties_from_path,
        match_rules_from_path,
        structure_from_path,
    )
    from .catalogues import codes_of
    from .commitment_codes import COMMITMENT_CODES
    from .commitment_files import commitments_from_text
    from .coverage_codes import COVERAGE_CODES
    from .coverage_files import coverage_from_text
    from .duty_codes import DUTY_CODES
    from .duty_files import duties_from_text
    from .journals.files import (
        entries_from_text,
        head_line,
        heads_from_text,
        journal_from_text,
        journal_lines,
        verified_text,
    )
    from .ledger_codes import JOURNAL_CODES, LEDGER_CODES
    from .ledger_files import account_rules_from_text
    from .matching_codes import MATCHING_CODES
    from .matching_files import match_rules_from_text
    from .snapshots.files import read_snapshot, snapshot_problems
    from .snapshots.schema import snapshot_schema
    from .snapshots.writing import write_snapshot
    from .structure_codes import SNAPSHOT_CODES, STRUCTURE_CODES
    from .structure_files import structure_from_text

__all__ = [
    "CODES",
    "COMMITMENT_CODES",
    "COVERAGE_CODES",
    "DUTY_CODES",
    "FLOW_CODES",
    "JOURNAL_CODES",
    "LEDGER_CODES",
    "MATCHING_CODES",
    "SNAPSHOT_CODES",
    "STRUCTURE_CODES",
    "FactReport",
    "Scheme",
    "account_rules_from_path",
    "account_rules_from_text",
    "codes_of",
    "commitments_from_path",
    "commitments_from_text",
    "coverage_from_path",
    "coverage_from_text",
    "duties_from_path",
    "duties_from_text",
    "entries_from_text",
    "fact_kinds_from_text",
    "fact_schema",
    "flow_vocabulary",
    "head_line",
    "heads_from_text",
    "journal_from_text",
    "journal_lines",
    "match_rules_from_path",
    "match_rules_from_text",
    "read_facts",
    "read_snapshot",
    "read_subjects",
    "rule_set_from_path",
    "rule_set_from_text",
    "rule_sets_from_folder",
    "scheme_from_folder",
    "snapshot_problems",
    "snapshot_schema",
    "structure_from_path",
    "structure_from_text",
    "subject_schema",
    "verified_text",
    "vocabulary",
    "vocabulary_of",
    "workflow_from_path",
    "workflow_from_text",
    "workflows_from_folder",
    "write_snapshot",
]

#: Module -> what is found there when it is first asked for; those with engines cost tens of milliseconds.
_LATER = {
    "books": (
        "account_rules_from_path",
        "commitments_from_path",
        "coverage_from_path",
        "duties_from_path",
        "match_rules_from_path",
        "structure_from_path",
    ),
    "catalogues": ("codes_of",),
    "commitment_codes": ("COMMITMENT_CODES",),
    "commitment_files": ("commitments_from_text",),
    "coverage_codes": ("COVERAGE_CODES",),
    "coverage_files": ("coverage_from_text",),
    "duty_codes": ("DUTY_CODES",),
    "duty_files": ("duties_from_text",),
    "journals.files": (
        "entries_from_text",
        "head_line",
        "heads_from_text",
        "journal_from_text",
        "journal_lines",
        "verified_text",
    ),
    "ledger_codes": ("JOURNAL_CODES", "LEDGER_CODES"),
    "ledger_files": ("account_rules_from_text",),
    "matching_codes": ("MATCHING_CODES",),
    "matching_files": ("match_rules_from_text",),
    "snapshots.files": ("read_snapshot", "snapshot_problems"),
    "snapshots.schema": ("snapshot_schema",),
    "snapshots.writing": ("write_snapshot",),
    "structure_codes": ("SNAPSHOT_CODES", "STRUCTURE_CODES"),
    "structure_files": ("structure_from_text",),
}
_HOME = {name: module for module, names in _LATER.items() for name in names}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
