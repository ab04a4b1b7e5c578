"""Scoring: from facts and a rule set to exact, explained scorecards."""

from .book import FactBook
from .card import Part, RuleSetRef, Scorecard
from .cases import CaseFailure, run_cases
from .compare import Amendment, Change, Comparison, ItemChange, compare
from .context import MeasureFunction
from .explain import explain
from .field import score_all
from .rules import Category, Item, RuleSet, Version
from .score import score, score_stream

__all__ = [
    "Amendment",
    "CaseFailure",
    "Category",
    "Change",
    "Comparison",
    "FactBook",
    "Item",
    "ItemChange",
    "MeasureFunction",
    "Part",
    "RuleSet",
    "RuleSetRef",
    "Scorecard",
    "Version",
    "compare",
    "explain",
    "run_cases",
    "score",
    "score_all",
    "score_stream",
]
