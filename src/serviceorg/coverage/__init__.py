"""Coverage: who is reached, which posts are filled, and who is left out (覆盖、名额、服务圈)."""

from .bounds import shown
from .checking import check_coverage
from .distance import Located, Walking, metres_between
from .explaining import explain, reason_of
from .golden import CaseFailure, case_report, run_case, run_cases
from .reached import Nearest, PointReach, ReachReport, Unreached
from .reaching import reach
from .results import FACT_KINDS, CoverageReport, Finding, Outcome
from .rules import (
    Amount,
    Bounds,
    Case,
    Check,
    CoverageBook,
    Display,
    Holders,
    Items,
    ReachCheck,
    ShareBound,
    Size,
    Told,
    UnitCount,
    Values,
    Whom,
)
from .sentences import SENTENCES
from .words import word_problems

__all__ = [
    "FACT_KINDS",
    "SENTENCES",
    "Amount",
    "Bounds",
    "Case",
    "CaseFailure",
    "Check",
    "CoverageBook",
    "CoverageReport",
    "Display",
    "Finding",
    "Holders",
    "Items",
    "Located",
    "Nearest",
    "Outcome",
    "PointReach",
    "ReachCheck",
    "ReachReport",
    "ShareBound",
    "Size",
    "Told",
    "UnitCount",
    "Unreached",
    "Values",
    "Walking",
    "Whom",
    "case_report",
    "check_coverage",
    "explain",
    "metres_between",
    "reach",
    "reason_of",
    "run_case",
    "run_cases",
    "shown",
    "word_problems",
]
