"""Scorecards into accounts: a closed score is booked once, and a changed one replaces it (结算)."""

from .sentences import SENTENCES
from .settle import Settled, Settlement, explain, settle

__all__ = ["SENTENCES", "Settled", "Settlement", "explain", "settle"]
