"""From the text of a workflow file to a workflow, or to everything that is wrong with it."""

from collections.abc import Mapping
from typing import Any

from ..basics import FrozenMap
from ..errors import WorkflowProblems
from ..facts import FactKind
from ..workflow.rules import Version, Workflow
from .build.flow_cases import flow_case_of
from .build.flow_rest import in_flight_of
from .checks.flow import (
    check_flow,
    check_flow_file,
    check_flow_moved,
    check_flow_version,
    check_in_flight,
    form_fields,
)
from .documents import document_from_text
from .drafts import Draft
from .flow_versions import FIXED, FLOWS, flow_version_of
from .report import Report
from .rule_files import few_amendments, passed_on
from .shapes import Node
from .shapes.flow_cases import FLOW_FILE
from .versions import amended

_NO_KINDS: FrozenMap[str, FactKind] = FrozenMap()
#: Decimals a number of a form or fact may have.
_SCALE = 4


def workflow_from_text(text: str, *, file: str = "", kinds: Mapping[str, FactKind] | None = None) -> Workflow:
    """Return the workflow of a TOML text; ``kinds`` are fact kinds of elsewhere, ``file`` is for messages.

    Raises:
        WorkflowProblems: With everything that is wrong, in the order of the lines.
    """
    document = document_from_text(text, file=file, error=WorkflowProblems)
    report = Report(file, document, text=text, scale=_SCALE, error=WorkflowProblems)
    draft = _draft(document, report, kinds or _NO_KINDS)
    versions = _versions(draft) if few_amendments(draft, len(text), new="workflow") else ()
    check_flow_file(draft)
    report.raise_if_any()
    return _workflow(draft, versions, file)


def _draft(document: Mapping[str, Any], report: Report, kinds: Mapping[str, FactKind]) -> Draft:
    return Draft(document, report, kinds, file=FLOW_FILE, head="workflow")


def _versions(draft: Draft) -> tuple[Version, ...]:
    """Return the first version and one for each amendment; problems go to the draft's report."""
    report, head = draft.report, draft.head
    versions: list[Version] = []
    check_flow(draft)
    if not report.found:
        versions.append(flow_version_of(draft, effective=head["effective"], basis=head["basis"]))
        check_flow_version(draft, versions[0])
    document: Mapping[str, Any] = draft.document
    known, before, moving = set(report.said()), draft, [draft]
    for number, amendment in enumerate(draft.nodes("amend"), 1):
        document, origins = amended(document, amendment, report, FLOWS)
        inner = Report(report.file, document, scale=_SCALE, error=WorkflowProblems)
        later = _draft(document, inner, draft.kinds.known)
        moving = moving if amendment.get("in_flight", {}).get("tickets") == "move" else []
        check_flow(later, frozenset().union(*map(form_fields, moving)))
        check_in_flight(before, moving, later, amendment, report)
        moving, before = [*moving, later], later
        if not inner.found and draft.is_sound(amendment.path):
            versions.append(_amended_version(later, amendment))
            check_flow_version(later, versions[-1])
            if not inner.found and number + 1 == len(versions):  # of a version left out nothing can be said
                check_flow_moved(versions[-len(moving) :], amendment, report)
        passed_on(inner, report, origins, amendment.path, known=known)
    return tuple(versions)


def _amended_version(later: Draft, amendment: Node) -> Version:
    return flow_version_of(
        later,
        effective=amendment["effective"],
        basis=amendment["basis"],
        in_flight=in_flight_of(amendment["in_flight"]),
    )


def _workflow(draft: Draft, versions: tuple[Version, ...], file: str) -> Workflow:
    given = {name: draft.head[name] for name in FIXED if name in draft.head}
    del given["effective"], given["basis"]
    return Workflow(
        **given,
        kinds=FrozenMap(draft.kinds.known),
        versions=versions,
        cases=tuple(flow_case_of(node) for node in draft.nodes("case")),
        origin=file,
    )
