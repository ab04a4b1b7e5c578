"""Rule files, workflow files and scheme folders on disk."""

import re
import stat
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

import attrs

from ..basics import FrozenMap
from ..errors import Problem, Problems, RuleSetProblems, WorkflowProblems
from ..facts import FactKind
from ..scoring.rules import RuleSet
from ..workflow.rules import Workflow
from .documents import text_from_bytes
from .flow_files import workflow_from_text
from .rule_files import fact_kinds_from_text, rule_set_from_text
from .scan import MOST_BYTES

FACTS = "facts.toml"
_NO_KINDS: FrozenMap[str, FactKind] = FrozenMap()
_RULES = re.compile(r"^\s*\[{1,2}\s*(?:rule_set|item|category|veto|grade|star|amend|case)\b", re.MULTILINE)
# Two brackets for what comes in lists: files that say how a log is read have a table [opening] too.
_FLOWS = re.compile(r"^\s*(?:\[{1,2}\s*workflow|\[\[\s*(?:state|move|opening))\b", re.MULTILINE)
T = TypeVar("T")


class Scheme(NamedTuple):
    """What a folder holds, each in the order of the files' paths."""

    rule_sets: tuple[RuleSet, ...]
    workflows: tuple[Workflow, ...]


def rule_set_from_path(path: str | Path, *, kinds: Mapping[str, FactKind] | None = None) -> RuleSet:
    """Return the rule set of a file, with the fact kinds of the ``facts.toml`` beside it, if there is one.

    Raises:
        RuleSetProblems: If there is no such file, or with everything that is wrong in both files.
    """
    file = Path(path)
    problems: list[Problem] = []
    shared = _collected(problems, lambda: _shared_kinds(file.parent, kinds or _NO_KINDS, str))
    found = _collected(problems, lambda: _rules(file, str(file), shared))
    if problems or found is None:
        raise RuleSetProblems(problems)
    return found


def workflow_from_path(path: str | Path, *, kinds: Mapping[str, FactKind] | None = None) -> Workflow:
    """Return the workflow of a file, with the fact kinds of the ``facts.toml`` beside it and a folder above.

    Raises:
        WorkflowProblems: If there is no such file, or with everything that is wrong in all of these files.
    """
    file = Path(path)
    problems: list[Problem] = []
    shared: Mapping[str, FactKind] | None = kinds or _NO_KINDS
    # The folder above "x.toml" is "..": its parent, ".", is its own parent again.
    above = file.parent.parent if file.parent.parent != file.parent else file.parent / ".."
    for folder in (above, file.parent):
        if shared is not None:
            shared = _collected(problems, partial(_shared_kinds, folder, shared, str))
    found = _collected(problems, lambda: _flow(file, str(file), shared))
    if problems or found is None:
        raise WorkflowProblems(problems)
    return found


def rule_sets_from_folder(
    path: str | Path, *, kinds: Mapping[str, FactKind] | None = None
) -> tuple[RuleSet, ...]:
    """Return every rule set below a scheme folder, in the order of the files' paths.

    A file is a rule file if it has the tables of one; other TOML files and hidden folders are passed by.
    The fact kinds of a ``facts.toml`` hold for its folder and those below.

    Raises:
        RuleSetProblems: If there is no such folder, or with everything that is wrong in its rule files.
    """
    found = _Found(Path(path), has_flows=False)
    found.read(kinds or _NO_KINDS)
    if found.problems:
        raise RuleSetProblems(found.problems)
    return tuple(found.rule_sets)


def workflows_from_folder(
    path: str | Path, *, kinds: Mapping[str, FactKind] | None = None
) -> tuple[Workflow, ...]:
    """Return every workflow below a scheme folder, in the order of the files' paths.

    Raises:
        WorkflowProblems: If there is no such folder, or with everything that is wrong in its workflow files.
    """
    found = _Found(Path(path), has_rules=False)
    found.read(kinds or _NO_KINDS)
    if found.problems:
        raise WorkflowProblems(found.problems)
    return tuple(found.workflows)


def scheme_from_folder(path: str | Path, *, kinds: Mapping[str, FactKind] | None = None) -> Scheme:
    """Return every rule set and workflow below a scheme folder; one of each may have the same id.

    Raises:
        WorkflowProblems: With everything that is wrong, if only workflow files have problems.
        RuleSetProblems: With everything that is wrong otherwise, or if there is no such folder.
    """
    found = _Found(Path(path))
    found.read(kinds or _NO_KINDS)
    if found.problems:
        only_flows = {problem.file for problem in found.problems} <= found.flow_files
        raise (WorkflowProblems if only_flows else RuleSetProblems)(found.problems)
    return Scheme(tuple(found.rule_sets), tuple(found.workflows))


@attrs.define
class _Found:
    """What is found below a folder while it is read."""

    root: Path
    has_rules: bool = attrs.field(default=True, kw_only=True)
    has_flows: bool = attrs.field(default=True, kw_only=True)
    rule_sets: list[RuleSet] = attrs.field(factory=list, init=False)
    workflows: list[Workflow] = attrs.field(factory=list, init=False)
    flow_files: set[str] = attrs.field(factory=set, init=False)
    problems: list[Problem] = attrs.field(factory=list, init=False)

    def read(self, kinds: Mapping[str, FactKind]) -> None:
        if not self.root.is_dir():
            self.problems.append(_missing(self.root, str(self.root), "folder"))
            return
        self._read_folder(self.root, kinds)
        self.problems += _same_ids("rule_set", [(rules.id, rules.origin) for rules in self.rule_sets])
        self.problems += _same_ids("workflow", [(flow.id, flow.origin) for flow in self.workflows])

    def _called(self, file: Path) -> str:
        return file.relative_to(self.root).as_posix()

    def _read_folder(self, folder: Path, kinds: Mapping[str, FactKind] | None) -> None:
        shared = None
        if kinds is not None:
            shared = _collected(self.problems, lambda: _shared_kinds(folder, kinds, self._called))
        try:
            inside = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
        except OSError as error:
            self.problems.append(_unreadable(error, self._called(folder)))
            return
        for entry in inside:
            if entry.is_dir() and not entry.is_symlink():
                self._read_folder(entry, shared)
            elif entry.suffix == ".toml" and entry.name != FACTS:
                _collected(self.problems, partial(self._read_file, entry, shared))

    def _read_file(self, file: Path, kinds: Mapping[str, FactKind] | None) -> None:
        name = self._called(file)
        text = _text(file, name)
        if _FLOWS.search(text):
            self.flow_files.add(name)
            if self.has_flows:
                self.workflows.append(_flow(file, name, kinds))
        elif self.has_rules and _RULES.search(text):
            self.rule_sets.append(_rules(file, name, kinds))


def _rules(file: Path, name: str, kinds: Mapping[str, FactKind] | None) -> RuleSet:
    """Return the rule set of a file; where the kinds could not be read, unknown ones are let be."""
    try:
        return rule_set_from_text(_text(file, name), file=name, kinds=kinds)
    except RuleSetProblems as error:
        raise RuleSetProblems(_lasting(error, kinds)) from None


def _flow(file: Path, name: str, kinds: Mapping[str, FactKind] | None) -> Workflow:
    """Return the workflow of a file; where the kinds could not be read, unknown ones are let be."""
    try:
        return workflow_from_text(_text(file, name), file=name, kinds=kinds)
    except WorkflowProblems as error:
        raise WorkflowProblems(_lasting(error, kinds)) from None


def _lasting(error: Problems, kinds: Mapping[str, FactKind] | None) -> list[Problem]:
    return [problem for problem in error.problems if kinds is not None or problem.code != "unknown-kind"]


def _shared_kinds(
    folder: Path, kinds: Mapping[str, FactKind], called: Callable[[Path], str]
) -> Mapping[str, FactKind]:
    file = folder / FACTS
    try:
        file.lstat()
    except FileNotFoundError:
        return kinds
    except OSError as error:
        raise RuleSetProblems([_unreadable(error, called(file))]) from None
    except ValueError:
        return kinds  # a path with a NUL in it: reading the rules tells
    return fact_kinds_from_text(_text(file, called(file)), file=called(file), kinds=kinds)


def _collected(problems: list[Problem], read: Callable[[], T]) -> T | None:
    """Return what ``read`` returns; if it raises, collect its problems and return None."""
    try:
        return read()
    except Problems as error:
        problems.extend(error.problems)
        return None


def _text(file: Path, name: str) -> str:
    try:
        # Asked first: opening a pipe would wait for somebody to write into it.
        if not _can_be_opened(file):
            raise RuleSetProblems([_pipe(name)])
        with file.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise RuleSetProblems([_missing(file, name, "file")]) from None
    except OSError as error:
        raise RuleSetProblems([_unreadable(error, name)]) from None
    except RuleSetProblems:
        raise
    except ValueError:
        # A path with a NUL in it.
        raise RuleSetProblems([Problem("no-file", "", "this is no name of a file", name)]) from None
    return text_from_bytes(content, file=name)


def _can_be_opened(path: Path) -> bool:
    """Return whether something can be opened without waiting: False for pipes, sockets and devices.

    Raises:
        OSError: If there is nothing, or nobody may look.
    """
    mode = path.stat().st_mode
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def _pipe(name: str) -> Problem:
    text = "this is a pipe or a device, not a file; save the rules in a file and name that"
    return Problem("unreadable", "", text, name)


def _missing(path: Path, name: str, what: str) -> Problem:
    return Problem(
        "no-file", "", f"there is no {what} {path.name!r} here; check the path and its spelling", name
    )


def _unreadable(error: OSError, name: str) -> Problem:
    return Problem(
        "unreadable", "", f"the file cannot be read: {error.strerror or type(error).__name__}", name
    )


def _same_ids(head: str, found: Iterable[tuple[str, str]]) -> list[Problem]:
    first: dict[str, str] = {}
    problems = []
    for name, origin in found:
        if name in first:
            message = f"the id {name!r} is used in {first[name]} too; give one of the two another id"
            problems.append(Problem("double-id", f"{head}.id", message, origin))
        first.setdefault(name, origin)
    return problems
