"""What does not fit together in a snapshot, all at once."""

from datetime import date

from ...errors import Problem
from ..days import a_day
from ..snapshot import Snapshot
from .changing import check_changes
from .findings import Findings, Where
from .holding import check_bonds, check_single_traits
from .lives import check_memberships, check_people, check_placements, check_traits, check_units
from .offering import check_catalogues
from .placing import check_trees

_CHECKS = (
    check_units,
    check_people,
    check_placements,
    check_memberships,
    check_traits,
    check_changes,
    check_trees,
    check_bonds,
    check_single_traits,
    check_catalogues,
)


def check_snapshot(
    snapshot: Snapshot, *, on: date | None = None, where: Where | None = None
) -> tuple[Problem, ...]:
    """Return everything in a snapshot that does not fit together; nothing if all does.

    The order is that of the records: units, people, placements, memberships, traits, changes.

    Args:
        snapshot: Any records; words are checked where the structure declares any of their sort.
        on: Only what is wrong on that day, and ages as of that day; by default whatever is wrong on any day,
            ages as of the last one that is written of somebody. A unit without a first day is asked for its
            place, staff and services from the first day on which it had any.
        where: Returns ``(file, place)``, such as ``("units.csv", "line 7")``, for the name of a collection
            and a position in it, such as ``("units", 5)``.
    """
    findings = Findings(snapshot, on=None if on is None else a_day(on), where=where)
    for check in _CHECKS:
        check(findings)
    return findings.problems()
