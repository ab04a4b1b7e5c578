"""Tickets, rounds, decisions: every ordered process as a verified definition and frozen tickets.

``flow`` is the face, ``ticket`` and ``answers`` what goes in and out. Below them: ``rules`` (a definition as
values), ``verify`` (proved before use), ``plans`` (worked out for use), ``judging`` (may it be done),
``moving`` (doing it), ``clocks``, ``history`` (stored, replayed, migrated), ``words`` and ``drawing``.
"""

from .answers import (
    Child,
    ClockState,
    Command,
    HandOver,
    Message,
    Option,
    Outcome,
    Rate,
    Refused,
    Step,
)
from .flow import Flow
from .plans.plan import Requirement
from .rules import Workflow
from .sampling import sampled
from .ticket import Event, Run, Ticket
from .words.sentences import SENTENCES

__all__ = [
    "SENTENCES",
    "Child",
    "ClockState",
    "Command",
    "Event",
    "Flow",
    "HandOver",
    "Message",
    "Option",
    "Outcome",
    "Rate",
    "Refused",
    "Requirement",
    "Run",
    "Step",
    "Ticket",
    "Workflow",
    "sampled",
]
