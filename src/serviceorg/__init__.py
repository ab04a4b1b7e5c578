"""serviceorg: the engine of service organisations.

Rule sets are folders of TOML; facts go in, exact and explained scorecards come out::

    import serviceorg as so

    rules = so.load().rule_set("gaomi/member-points")
    card = so.score(rules, "M-0007", facts, period=so.Year(2018))
    print(card.total, so.explain(card, lang="zh"))

Names are imported from their rooms when they are first asked for, so that importing the library
costs a few milliseconds and a program pays for what it uses.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .basics import Half, Label, Month, Period, Quarter, Span, Year, parse_period
    from .calendars import WorkCalendar, china
    from .errors import (
        AmountError,
        CalendarNotPublished,
        FactProblems,
        FormProblems,
        MomentError,
        NotInForceError,
        PeriodError,
        PluginFault,
        Problem,
        Problems,
        RuleSetProblems,
        ScoringError,
        ServiceOrgError,
        TicketError,
        UnitProblems,
        UnknownIdError,
        WorkflowProblems,
    )
    from .facts import Fact, FactKind, FieldKind
    from .loading import read_facts, read_subjects
    from .model import Actor, Dated, Exemption, Post, Subject, Units
    from .plugins import Registry, load
    from .reasons import Reason
    from .scoring import (
        Comparison,
        FactBook,
        RuleSet,
        Scorecard,
        compare,
        explain,
        run_cases,
        score,
        score_all,
        score_stream,
    )
    from .workflow import Child, Command, Flow, Refused, Step, Ticket, Workflow

__all__ = [
    "Actor",
    "AmountError",
    "CalendarNotPublished",
    "Child",
    "Command",
    "Comparison",
    "Dated",
    "Exemption",
    "Fact",
    "FactBook",
    "FactKind",
    "FactProblems",
    "FieldKind",
    "Flow",
    "FormProblems",
    "Half",
    "Label",
    "MomentError",
    "Month",
    "NotInForceError",
    "Period",
    "PeriodError",
    "PluginFault",
    "Post",
    "Problem",
    "Problems",
    "Quarter",
    "Reason",
    "Refused",
    "Registry",
    "RuleSet",
    "RuleSetProblems",
    "Scorecard",
    "ScoringError",
    "ServiceOrgError",
    "Span",
    "Step",
    "Subject",
    "Ticket",
    "TicketError",
    "UnitProblems",
    "Units",
    "UnknownIdError",
    "WorkCalendar",
    "Workflow",
    "WorkflowProblems",
    "Year",
    "china",
    "compare",
    "explain",
    "load",
    "parse_period",
    "read_facts",
    "read_subjects",
    "run_cases",
    "score",
    "score_all",
    "score_stream",
]

#: Where each public name lives.
_ROOMS = {
    "basics": (
        "Half",
        "Label",
        "Month",
        "Period",
        "Quarter",
        "Span",
        "Year",
        "parse_period",
    ),
    "calendars": (
        "WorkCalendar",
        "china",
    ),
    "errors": (
        "AmountError",
        "CalendarNotPublished",
        "FactProblems",
        "FormProblems",
        "MomentError",
        "NotInForceError",
        "PeriodError",
        "PluginFault",
        "Problem",
        "Problems",
        "RuleSetProblems",
        "ScoringError",
        "ServiceOrgError",
        "TicketError",
        "UnitProblems",
        "UnknownIdError",
        "WorkflowProblems",
    ),
    "facts": (
        "Fact",
        "FactKind",
        "FieldKind",
    ),
    "loading": (
        "read_facts",
        "read_subjects",
    ),
    "model": (
        "Actor",
        "Dated",
        "Exemption",
        "Post",
        "Subject",
        "Units",
    ),
    "plugins": (
        "Registry",
        "load",
    ),
    "reasons": ("Reason",),
    "scoring": (
        "Comparison",
        "FactBook",
        "RuleSet",
        "Scorecard",
        "compare",
        "explain",
        "run_cases",
        "score",
        "score_all",
        "score_stream",
    ),
    "workflow": (
        "Child",
        "Command",
        "Flow",
        "Refused",
        "Step",
        "Ticket",
        "Workflow",
    ),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> object:
    """Import a public name, or a room of the house, when it is first asked for."""
    if name in _HOME:
        value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    elif name in _ROOMS:
        return import_module(f".{name}", __name__)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_ROOMS})
