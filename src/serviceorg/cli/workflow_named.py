"""What the arguments of commands about workflows mean: ids, files, folders, and a flow to try them with."""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import attrs
import click

from ..calendars import china
from ..errors import WorkflowProblems
from ..loading import workflow_from_path, workflows_from_folder
from ..plugins import Registry
from ..workflow import Flow, Ticket
from ..workflow.plans.compile import all_needs
from ..workflow.rules import Plugged, Workflow
from .asked import nothing_there, say

_HEAD = re.compile(rb"^\s*\[\s*workflow\s*\]", re.MULTILINE)
_OTHER_HEAD = re.compile(rb"^\s*\[\s*rule_set\s*\]", re.MULTILINE)
#: The head of a workflow file stands at its beginning; a larger one is refused by its reader anyway.
_LOOKED_AT = 1024 * 1024


def workflows(known: Registry, name: str) -> tuple[Workflow, ...]:
    """Return the workflows that an argument names: one by id or file, several by folder.

    Raises:
        UnknownIdError: If it is no id and no file; names the nearest id.
        click.UsageError: If it is meant for a file that is not there, or it holds no workflow.
        WorkflowProblems: For all problems of the file or folder.
    """
    if name in known.workflows:
        return (known.workflow_rules(name),)
    path = Path(name)
    if not _is_there(path):
        raise nothing_there("workflow", name, known.workflows)
    if not _is_folder(path):
        if _begins(path, _OTHER_HEAD) and not _begins(path, _HEAD):
            raise click.UsageError(
                f"{name!r} holds a rule set, not a workflow; 'serviceorg check' takes both"
            )
        return (workflow_from_path(path),)
    try:
        found = workflows_from_folder(path)
    except WorkflowProblems as error:
        raise WorkflowProblems(
            [attrs.evolve(one, file=str(path / one.file)) for one in error.problems]
        ) from None
    if not found:
        raise click.UsageError(
            f"the folder {name!r} holds no workflow files (*.toml with a [workflow] table)"
        )
    return found


def workflow(known: Registry, name: str) -> Workflow:
    """Return the one workflow an argument names.

    Raises:
        click.UsageError: If it names a folder with several; tells their files.
    """
    found = workflows(known, name)
    if len(found) != 1:
        names = ", ".join(one.origin or one.id for one in found)
        raise click.UsageError(f"{name!r} holds {len(found)} workflows; name one of {names}")
    return found[0]


def _begins(path: Path, head: re.Pattern[bytes]) -> bool:
    """Return whether a file has a head of that sort; what cannot be read has none."""
    try:
        if not path.is_file():  # opening a pipe would wait for somebody to write into it
            return False
        with path.open("rb") as file:
            return head.search(file.read(_LOOKED_AT)) is not None
    except (OSError, ValueError):
        return False


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return True  # where nobody may look; the reader will tell


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False  # as above


def flow_of(rules: Workflow) -> Flow:
    """Return a workflow ready to be tried here, with the calendar of China and nothing of a host program.

    Requirements that the host's program brings are taken as met, which is told on the error channel.

    Raises:
        UnknownIdError: If it counts by another calendar.
    """
    asked = {
        need.check.id
        for version in rules.versions
        for need in all_needs(version)
        if isinstance(need.check, Plugged)
    }
    for name in sorted(asked):
        say(f"notice: {rules.id}: the requirement {name!r} is brought by a program; here it is taken as met")
    return Flow(rules, calendars={"cn": china()}, requirements=dict.fromkeys(asked, _taken_as_met))


def _taken_as_met(
    ticket: Ticket, fields: Mapping[str, object], actor: str, at: datetime, options: Mapping[str, object]
) -> None:
    return None
