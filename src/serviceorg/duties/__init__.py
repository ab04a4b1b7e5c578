"""Recurring duties: who owes what to whom, how often, and how it stands on a day.

``book`` is a file of duties as values, ``check`` the face: what is owed, and how it stands. Below them
``spans`` (the windows of time), ``world``, ``presence`` and ``owed`` (who owes whom), ``tally`` (which facts
count) and ``excuses``; ``report``, ``explain`` and ``telling`` are what comes out.
"""

from .against import check_against
from .book import (
    Case,
    Duty,
    DutyBook,
    Emission,
    Excuse,
    Expected,
    Fulfilment,
    Towards,
    Who,
)
from .cases import CaseFailure, report_of, run_cases
from .check import check_duties, obligations
from .obligation import STATUSES, Obligation, Window
from .owed import Vacancy
from .report import DutyReport
from .sentences import SENTENCES

__all__ = [
    "SENTENCES",
    "STATUSES",
    "Case",
    "CaseFailure",
    "Duty",
    "DutyBook",
    "DutyReport",
    "Emission",
    "Excuse",
    "Expected",
    "Fulfilment",
    "Obligation",
    "Towards",
    "Vacancy",
    "Who",
    "Window",
    "check_against",
    "check_duties",
    "obligations",
    "report_of",
    "run_cases",
]
