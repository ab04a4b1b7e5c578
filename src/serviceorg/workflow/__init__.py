"""Tickets, rounds, decisions: every ordered process as a verified definition and frozen tickets."""

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
from .plan import Requirement
from .rules import Workflow
from .sampling import sampled
from .sentences import SENTENCES
from .ticket import Event, Run, Ticket

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
