"""What is checked beyond the form of tables: names, clauses, facts, bands, bounds, promises, cases."""

from ..drafts import Built, Draft
from .amendments import check_amendments
from .answers import check_answers
from .bands import check_bands
from .bounds import check_overflow
from .cases import check_cases
from .clauses import check_clauses
from .conditions import check_conditions
from .facts import check_facts
from .feeding import check_feeding
from .ladders import check_ladders
from .limits import check_limits
from .measures import check_measures
from .names import check_names, check_who
from .overlaps import check_overlaps
from .promises import check_promises

__all__ = ["check_draft", "check_file", "check_values"]


def check_draft(draft: Draft) -> None:
    """Report what is wrong with tables by themselves and with the names they use."""
    check_names(draft)
    check_clauses(draft)
    check_measures(draft)
    check_facts(draft)
    check_feeding(draft)
    check_conditions(draft)
    check_promises(draft)
    if "who" in draft.head:
        check_who(draft, draft.head["who"])


def check_values(draft: Draft, values: Built) -> None:
    """Report what is wrong with values that are well-formed: ladders, limits, answers, overlaps, bands."""
    check_ladders(draft, values)
    check_limits(draft, values)
    check_answers(draft, values)
    check_overflow(draft, values)
    check_overlaps(draft, values)
    check_bands(draft, values)


def check_file(draft: Draft) -> None:
    """Report what is wrong with what belongs to the file, not to one version: cases, amendments."""
    check_amendments(draft)
    check_cases(draft)
