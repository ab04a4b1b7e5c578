"""Books other than rule sets and workflows, each from a file of its own sort."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..facts import FactKind
from ..model import Structure
from .files import from_path
from .sorts import COMMITMENTS, COVERAGE, DUTIES, LEDGERS, MATCHING, STRUCTURES

if TYPE_CHECKING:  # a program pays for the engines it uses
    from ..commitments import CommitmentBook
    from ..coverage import CoverageBook
    from ..duties import DutyBook
    from ..ledger import AccountRules
    from ..matching import MatchRules

Kinds = Mapping[str, FactKind] | None


def structure_from_path(path: str | Path) -> Structure:
    """Return the structure of a file: trees, kinds of unit, roles, traits, categories, catalogues.

    Raises:
        StructureProblems: If there is no such file, or with everything that is wrong in it.
    """
    structure: Structure = from_path(STRUCTURES, path)
    return structure


def duties_from_path(path: str | Path, *, kinds: Kinds = None) -> "DutyBook":
    """Return the duties of a file, with the fact kinds of the ``facts.toml`` beside it and a folder above.

    Raises:
        DutyProblems: If there is no such file, or with everything that is wrong in all of these files.
    """
    book: DutyBook = from_path(DUTIES, path, kinds)
    return book


def coverage_from_path(path: str | Path, *, kinds: Kinds = None) -> "CoverageBook":
    """Return the coverage checks of a file, with the fact kinds of ``facts.toml`` as ``duties_from_path``.

    Raises:
        CoverageProblems: If there is no such file, or with everything that is wrong in all of these files.
    """
    book: CoverageBook = from_path(COVERAGE, path, kinds)
    return book


def account_rules_from_path(path: str | Path, *, kinds: Kinds = None) -> "AccountRules":
    """Return the account rules of a file, with the fact kinds of ``facts.toml`` as ``duties_from_path``.

    Raises:
        LedgerProblems: If there is no such file, or with everything that is wrong in all of these files.
    """
    rules: AccountRules = from_path(LEDGERS, path, kinds)
    return rules


def match_rules_from_path(path: str | Path, *, kinds: Kinds = None) -> "MatchRules":
    """Return the matching rules of a file, with the fact kinds of ``facts.toml`` as ``duties_from_path``.

    Raises:
        MatchingProblems: If there is no such file, or with everything that is wrong in all of these files.
    """
    rules: MatchRules = from_path(MATCHING, path, kinds)
    return rules


def commitments_from_path(path: str | Path, *, kinds: Kinds = None) -> "CommitmentBook":
    """Return the commitments of a file, with the fact kinds of ``facts.toml`` as ``duties_from_path``.

    Raises:
        CommitmentProblems: If there is no such file, or with everything that is wrong in all of these files.
    """
    book: CommitmentBook = from_path(COMMITMENTS, path, kinds)
    return book
