"""Commitments: what was promised, by when, with which proof, and what came of it."""

from .board import board
from .cases import CaseFailure, run_cases
from .counted import FactIndex, SetAside
from .explain import explain
from .progress import Progress, course, progress
from .promises import (
    Case,
    Commitment,
    CommitmentBook,
    Confirmation,
    Goal,
    Milestone,
    Part,
    Promise,
    Proof,
    Selection,
    Withdrawal,
    assigned,
    taken_over,
)
from .results import COMMITMENT_RESULT, result_facts
from .standing import STATUSES, MilestoneStanding, PartStanding, Standing

__all__ = [
    "COMMITMENT_RESULT",
    "STATUSES",
    "Case",
    "CaseFailure",
    "Commitment",
    "CommitmentBook",
    "Confirmation",
    "FactIndex",
    "Goal",
    "Milestone",
    "MilestoneStanding",
    "Part",
    "PartStanding",
    "Progress",
    "Promise",
    "Proof",
    "Selection",
    "SetAside",
    "Standing",
    "Withdrawal",
    "assigned",
    "board",
    "course",
    "explain",
    "progress",
    "result_facts",
    "run_cases",
    "taken_over",
]
