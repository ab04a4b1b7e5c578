"""Accounts of points, hours and vouchers beside the scores: a journal nobody can rewrite, and its rules.

``rules`` are the rules as values, ``entries`` and ``journal`` the book, ``posting``, ``reversing``,
``expiring`` and ``feeding`` what is written into it, ``statements``, ``checking`` and ``verifying`` what is
read out of it.
"""

from .cases import CaseFailure, journal_of_case, run_case, run_cases
from .checking import check_journal
from .drafts import Draft
from .entries import Entry, Leg, amount_text, hash_of, make_entry
from .expiring import Ended, ending, expire
from .feeding import drafts_of, post_facts
from .journal import Head, Journal
from .overflows import needless_overflows
from .posting import hindrances, post, post_all
from .reversing import correct, reverse
from .rules import AccountKind, AccountRules, Also, Asset, Case, Expiry, Move, Need, Step
from .sentences import SENTENCES
from .statements import Line, Statement, explain, lifetime, out_of_limits, statement
from .verifying import journal_of, verify

__all__ = [
    "SENTENCES",
    "AccountKind",
    "AccountRules",
    "Also",
    "Asset",
    "Case",
    "CaseFailure",
    "Draft",
    "Ended",
    "Entry",
    "Expiry",
    "Head",
    "Journal",
    "Leg",
    "Line",
    "Move",
    "Need",
    "Statement",
    "Step",
    "amount_text",
    "check_journal",
    "correct",
    "drafts_of",
    "ending",
    "expire",
    "explain",
    "hash_of",
    "hindrances",
    "journal_of",
    "journal_of_case",
    "lifetime",
    "make_entry",
    "needless_overflows",
    "out_of_limits",
    "post",
    "post_all",
    "post_facts",
    "reverse",
    "run_case",
    "run_cases",
    "statement",
    "verify",
]
