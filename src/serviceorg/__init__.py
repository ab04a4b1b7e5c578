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
    from .basics import (
        Half,
        Label,
        Month,
        Period,
        Quarter,
        Span,
        Year,
        parse_period,
    )
    from .calendars import (
        WorkCalendar,
        china,
    )
    from .commitments import (
        CommitmentBook,
        Progress,
        board,
        progress,
    )
    from .coverage import (
        CoverageBook,
        CoverageReport,
        check_coverage,
        reach,
    )
    from .duties import (
        DutyBook,
        DutyReport,
        Obligation,
        check_duties,
        obligations,
    )
    from .errors import (
        AmountError,
        CalendarNotPublished,
        CommitmentProblems,
        CoverageProblems,
        DutyProblems,
        EntryRefused,
        FactProblems,
        FormProblems,
        LedgerProblems,
        MatchingProblems,
        MomentError,
        NotInForceError,
        PeriodError,
        PluginFault,
        Problem,
        Problems,
        RuleSetProblems,
        ScoringError,
        ServiceOrgError,
        SnapshotProblems,
        StructureProblems,
        TicketError,
        UnitProblems,
        UnknownIdError,
        WorkflowProblems,
    )
    from .facts import (
        Fact,
        FactKind,
        FieldKind,
    )
    from .ledger import (
        AccountRules,
        Draft,
        Entry,
        Head,
        Journal,
        lifetime,
        post,
        reverse,
        statement,
    )
    from .loading import (
        read_facts,
        read_snapshot,
        read_subjects,
        write_snapshot,
    )
    from .matching import (
        Assignment,
        Claim,
        MatchRules,
        Need,
        Offer,
        assign,
        claims_board,
    )
    from .model import (
        Actor,
        Change,
        Dated,
        Exemption,
        Membership,
        Person,
        Place,
        Placement,
        Post,
        Snapshot,
        Structure,
        Subject,
        Trait,
        Unit,
        Units,
        attributed,
        check_snapshot,
        passed_on,
    )
    from .plugins import (
        Registry,
        load,
    )
    from .reasons import (
        Reason,
    )
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
    from .settlement import (
        settle,
    )
    from .workflow import (
        Child,
        Command,
        Flow,
        Refused,
        Step,
        Ticket,
        Workflow,
    )

__all__ = [
    "AccountRules",
    "Actor",
    "AmountError",
    "Assignment",
    "CalendarNotPublished",
    "Change",
    "Child",
    "Claim",
    "Command",
    "CommitmentBook",
    "CommitmentProblems",
    "Comparison",
    "CoverageBook",
    "CoverageProblems",
    "CoverageReport",
    "Dated",
    "Draft",
    "DutyBook",
    "DutyProblems",
    "DutyReport",
    "Entry",
    "EntryRefused",
    "Exemption",
    "Fact",
    "FactBook",
    "FactKind",
    "FactProblems",
    "FieldKind",
    "Flow",
    "FormProblems",
    "Half",
    "Head",
    "Journal",
    "Label",
    "LedgerProblems",
    "MatchRules",
    "MatchingProblems",
    "Membership",
    "MomentError",
    "Month",
    "Need",
    "NotInForceError",
    "Obligation",
    "Offer",
    "Period",
    "PeriodError",
    "Person",
    "Place",
    "Placement",
    "PluginFault",
    "Post",
    "Problem",
    "Problems",
    "Progress",
    "Quarter",
    "Reason",
    "Refused",
    "Registry",
    "RuleSet",
    "RuleSetProblems",
    "Scorecard",
    "ScoringError",
    "ServiceOrgError",
    "Snapshot",
    "SnapshotProblems",
    "Span",
    "Step",
    "Structure",
    "StructureProblems",
    "Subject",
    "Ticket",
    "TicketError",
    "Trait",
    "Unit",
    "UnitProblems",
    "Units",
    "UnknownIdError",
    "WorkCalendar",
    "Workflow",
    "WorkflowProblems",
    "Year",
    "assign",
    "attributed",
    "board",
    "check_coverage",
    "check_duties",
    "check_snapshot",
    "china",
    "claims_board",
    "compare",
    "explain",
    "lifetime",
    "load",
    "obligations",
    "parse_period",
    "passed_on",
    "post",
    "progress",
    "reach",
    "read_facts",
    "read_snapshot",
    "read_subjects",
    "reverse",
    "run_cases",
    "score",
    "score_all",
    "score_stream",
    "settle",
    "statement",
    "write_snapshot",
]

#: Where the public names live.
_ROOMS = {
    "basics": "Half Label Month Period Quarter Span Year parse_period",
    "calendars": "WorkCalendar china",
    "commitments": "CommitmentBook Progress board progress",
    "coverage": "CoverageBook CoverageReport check_coverage reach",
    "duties": "DutyBook DutyReport Obligation check_duties obligations",
    "errors": (
        "AmountError CalendarNotPublished CommitmentProblems CoverageProblems DutyProblems"
        " EntryRefused FactProblems FormProblems LedgerProblems MatchingProblems MomentError"
        " NotInForceError PeriodError PluginFault Problem Problems RuleSetProblems ScoringError"
        " ServiceOrgError SnapshotProblems StructureProblems TicketError UnitProblems UnknownIdError"
        " WorkflowProblems"
    ),
    "facts": "Fact FactKind FieldKind",
    "ledger": "AccountRules Draft Entry Head Journal lifetime post reverse statement",
    "loading": "read_facts read_snapshot read_subjects write_snapshot",
    "matching": "Assignment Claim MatchRules Need Offer assign claims_board",
    "model": (
        "Actor Change Dated Exemption Membership Person Place Placement Post Snapshot Structure"
        " Subject Trait Unit Units attributed check_snapshot passed_on"
    ),
    "plugins": "Registry load",
    "reasons": "Reason",
    "scoring": "Comparison FactBook RuleSet Scorecard compare explain run_cases score score_all score_stream",
    "settlement": "settle",
    "workflow": "Child Command Flow Refused Step Ticket Workflow",
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names.split()}


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
