"""What is checked of a workflow beyond the form of its tables."""

from collections.abc import Sequence

from ...workflow.rules import Version
from ...workflow.verify import verify, verify_moved
from ..drafts import Draft
from ..report import Report
from ..shapes import Node
from .amendments import check_amendments
from .flow_cases import check_flow_cases
from .flow_in_flight import check_in_flight
from .flow_moves import check_moves
from .flow_names import Names, check_ids, form_fields
from .flow_rest import check_clocks, check_head, check_outputs, check_places

__all__ = [
    "check_flow",
    "check_flow_file",
    "check_flow_moved",
    "check_flow_version",
    "check_in_flight",
    "form_fields",
]


def check_flow(draft: Draft, filled: frozenset[str] = frozenset()) -> None:
    """Report what is wrong with the names a version uses, and with what does not fit together.

    ``filled`` are the fields that tickets moved over may have filled in.
    """
    names = Names(draft, filled)
    check_ids(names)
    check_head(names)
    check_places(names)
    check_moves(names)
    check_clocks(names)
    check_outputs(names, draft)


def check_flow_version(draft: Draft, version: Version) -> None:
    """Report what a whole version cannot mean, and the promises it does not keep."""
    for finding in verify(version):
        draft.report.add(finding.code, finding.where, finding.message)


def check_flow_moved(versions: Sequence[Version], amendment: Node, report: Report) -> None:
    """Report the promises that tickets may break which an amendment moves over, at the amendment."""
    for finding in verify_moved(versions):
        report.add(finding.code, amendment.at("in_flight"), finding.message)


def check_flow_file(draft: Draft) -> None:
    """Report what is wrong with what belongs to the file, not to one version: cases, amendments."""
    check_amendments(draft, "workflow")
    check_flow_cases(draft)
