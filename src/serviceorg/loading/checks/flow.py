"""What is checked of a workflow beyond the form of its tables."""

from ...workflow.rules import Version
from ...workflow.verify import verify
from ..drafts import Draft
from .amendments import check_amendments
from .flow_cases import check_flow_cases, check_in_flight
from .flow_moves import check_moves
from .flow_names import Names, check_ids
from .flow_rest import check_clocks, check_head, check_outputs, check_places

__all__ = ["check_flow", "check_flow_file", "check_flow_version", "check_in_flight"]


def check_flow(draft: Draft) -> None:
    """Report what is wrong with the names a version uses, and with what does not fit together."""
    names = Names(draft)
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


def check_flow_file(draft: Draft) -> None:
    """Report what is wrong with what belongs to the file, not to one version: cases, amendments."""
    check_amendments(draft, "workflow")
    check_flow_cases(draft)
