"""Needs and offers joined: two-way claims on a public board, and assignments by quotas, classes and ranks."""

from .assign import SOLVERS, Assignment, Deviation, assign
from .board import Board, claims_board
from .cases import CaseFailure, run_case, run_cases
from .claiming import ClaimRefused, claim
from .conditions import hindrances
from .explain import explain, reason_of, reason_on_board
from .public import PublicEntry, facts_of, public_lists
from .records import Claim, Need, Offer, Pair, Response
from .rules import (
    Condition,
    Emit,
    MatchCase,
    MatchRules,
    Priority,
    Quota,
    Rank,
)
from .standings import CLAIM_STATES, ClaimStanding, Listing
from .windows import Window, common, longest, parse_hours

__all__ = [
    "CLAIM_STATES",
    "SOLVERS",
    "Assignment",
    "Board",
    "CaseFailure",
    "Claim",
    "ClaimRefused",
    "ClaimStanding",
    "Condition",
    "Deviation",
    "Emit",
    "Listing",
    "MatchCase",
    "MatchRules",
    "Need",
    "Offer",
    "Pair",
    "Priority",
    "PublicEntry",
    "Quota",
    "Rank",
    "Response",
    "Window",
    "assign",
    "claim",
    "claims_board",
    "common",
    "explain",
    "facts_of",
    "hindrances",
    "longest",
    "parse_hours",
    "public_lists",
    "reason_of",
    "reason_on_board",
    "run_case",
    "run_cases",
]
