"""serviceorg: the engine of service organisations.

Rule sets are folders of TOML; facts go in, exact and explained scorecards come out::

    import serviceorg as so

    rules = so.load().rule_set("gaomi/member-points")
    card = so.score(rules, "M-0007", facts, period=so.Year(2018))
    print(card.total, so.explain(card, lang="zh"))
"""

from .basics import Half, Label, Month, Period, Quarter, Span, Year, parse_period
from .errors import (
    AmountError,
    FactProblems,
    NotInForceError,
    PeriodError,
    PluginFault,
    Problem,
    Problems,
    RuleSetProblems,
    ScoringError,
    ServiceOrgError,
    UnknownIdError,
)
from .facts import Fact, FactKind, FieldKind
from .model import Dated, Exemption, Subject
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

__all__ = [
    "AmountError",
    "Comparison",
    "Dated",
    "Exemption",
    "Fact",
    "FactBook",
    "FactKind",
    "FactProblems",
    "FieldKind",
    "Half",
    "Label",
    "Month",
    "NotInForceError",
    "Period",
    "PeriodError",
    "PluginFault",
    "Problem",
    "Problems",
    "Quarter",
    "Reason",
    "Registry",
    "RuleSet",
    "RuleSetProblems",
    "Scorecard",
    "ScoringError",
    "ServiceOrgError",
    "Span",
    "Subject",
    "UnknownIdError",
    "Year",
    "compare",
    "explain",
    "load",
    "parse_period",
    "run_cases",
    "score",
    "score_all",
    "score_stream",
]
