"""The sorts of files a scheme can hold: how a text is told, where it is bundled, how it is read."""

import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import attrs

from .. import errors
from ..errors import Problems
from ..facts import FactKind


def _heads(names: str) -> re.Pattern[str]:
    """Return a pattern for tables; those after "|" come in lists, so only two brackets tell them."""
    single, _, listed = names.partition("|")
    either = "|".join(single.split())
    pattern = rf"\[{{1,2}}\s*(?:{either})\b"
    if listed.split():
        pattern = rf"(?:{pattern}|\[\[\s*(?:{'|'.join(listed.split())})\b)"
    return re.compile(rf"^\s*{pattern}", re.MULTILINE)


@attrs.frozen(kw_only=True)
class Sort:
    """A sort of file (文件类别): ``head`` is its first table, ``noun`` what it holds, one or many.

    ``folder`` is where such files of a bundled place stand, "" for the place's own folder; a ``single`` file
    has this name and is the only one of its sort in a place. ``heads`` are names that only its tables have.
    ``reader`` is where its text is read, imported with the first file of the sort, so that a program pays
    for what it uses; ``error`` is what is raised.
    """

    head: str
    noun: str
    folder: str = ""
    single: str = ""
    heads: re.Pattern[str] = attrs.field(converter=_heads)
    reader: str
    error: type[Problems]

    def read(self, text: str, *, file: str, kinds: Mapping[str, FactKind]) -> Any:
        """Return what a text of this sort holds.

        Raises:
            Problems: Of this sort's class, with everything that is wrong.
        """
        module, name = self.reader.split(":")
        return getattr(import_module(f".{module}", __package__), name)(text, file=file, kinds=kinds)

    def is_sort_of(self, text: str) -> bool:
        """Return whether a text has a table that only files of this sort have."""
        return self.heads.search(text) is not None


RULES = Sort(
    head="rule_set",
    noun="rule set",
    heads="rule_set item category veto grade star amend case",
    reader="rule_files:rule_set_from_text",
    error=errors.RuleSetProblems,
)
FLOWS = Sort(
    head="workflow",
    noun="workflow",
    folder="workflows",
    # Two brackets: files that say how a log is read have a table [opening] too.
    heads="workflow | state move opening",
    reader="flow_files:workflow_from_text",
    error=errors.WorkflowProblems,
)
STRUCTURES = Sort(
    head="structure",
    noun="structure",
    single="structure.toml",
    heads="structure | tree role affiliation",
    reader="structure_files:structure_from_text",
    error=errors.StructureProblems,
)
DUTIES = Sort(
    head="duties",
    noun="duty book",
    folder="duties",
    heads="duties | duty",
    reader="duty_files:duties_from_text",
    error=errors.DutyProblems,
)
COVERAGE = Sort(
    head="coverage",
    noun="coverage book",
    folder="coverage",
    heads="coverage | cover quota share reach",
    reader="coverage_files:coverage_from_text",
    error=errors.CoverageProblems,
)
LEDGERS = Sort(
    head="ledger",
    noun="account rules",
    folder="ledgers",
    heads="ledger | asset account",
    reader="ledger_files:account_rules_from_text",
    error=errors.LedgerProblems,
)
MATCHING = Sort(
    head="matching",
    noun="matching rules",
    folder="matching",
    heads="matching | condition rank",
    reader="matching_files:match_rules_from_text",
    error=errors.MatchingProblems,
)
COMMITMENTS = Sort(
    head="commitments",
    noun="commitment book",
    folder="commitments",
    heads="commitments | commitment",
    reader="commitment_files:commitments_from_text",
    error=errors.CommitmentProblems,
)
#: In the order in which a text is asked; rule sets last, because others have items and cases too.
SORTS = (STRUCTURES, DUTIES, COVERAGE, LEDGERS, MATCHING, COMMITMENTS, FLOWS, RULES)
SORT_OF = {sort.head: sort for sort in SORTS}


def sort_of(text: str) -> Sort | None:
    """Return the sort of a text: by its first table where there is one, else by a table only one sort has."""
    for sort in SORTS:
        if re.search(rf"^\s*\[{{1,2}}\s*{sort.head}\b", text, re.MULTILINE):
            return sort
    return next((sort for sort in SORTS if sort.is_sort_of(text)), None)
