"""Files of every sort, and scheme folders, on disk."""

import stat
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import attrs

from ..basics import FrozenMap, frozen_map
from ..errors import Problem, Problems, RuleSetProblems
from ..facts import FactKind
from ..scoring.rules import RuleSet
from ..workflow.rules import Workflow
from .documents import text_from_bytes
from .rule_files import fact_kinds_from_text
from .scan import MOST_BYTES
from .sorts import FLOWS, RULES, SORTS, Sort, sort_of

FACTS = "facts.toml"
_NO_KINDS: FrozenMap[str, FactKind] = FrozenMap()
T = TypeVar("T")


@attrs.frozen
class Scheme:
    """What a folder holds (方案), by the head of the files (``rule_set``, ``workflow``, ``duties`` …).

    Of each sort in the order of the files' paths.
    """

    found: FrozenMap[str, tuple[Any, ...]] = attrs.field(factory=FrozenMap, converter=frozen_map)

    def __bool__(self) -> bool:
        return any(self.found.values())

    def of(self, head: str) -> tuple[Any, ...]:
        """Return what files with that head hold, () for none."""
        return self.found.get(head, ())

    @property
    def rule_sets(self) -> tuple[RuleSet, ...]:
        """Every rule set."""
        return self.of("rule_set")

    @property
    def workflows(self) -> tuple[Workflow, ...]:
        """Every workflow."""
        return self.of("workflow")


def from_path(sort: Sort, path: str | Path, kinds: Mapping[str, FactKind] | None = None) -> Any:
    """Return what a file of a sort holds, with the fact kinds of the ``facts.toml`` beside it.

    Where files of the sort stand in a folder of their own, those of the folder above hold as well.

    Raises:
        Problems: Of the sort's class, if there is no such file, or with all that is wrong in these files.
    """
    file = Path(path)
    problems: list[Problem] = []
    shared: Mapping[str, FactKind] | None = kinds or _NO_KINDS
    # The folder above "x.toml" is "..": its parent, ".", is its own parent again.
    above = file.parent.parent if file.parent.parent != file.parent else file.parent / ".."
    for folder in (above, file.parent) if sort.folder else (file.parent,):
        if shared is not None:
            shared = _collected(problems, partial(_shared_kinds, folder, shared, str))
    found = _collected(problems, lambda: _of_sort(sort, file, str(file), shared))
    if problems or found is None:
        raise sort.error(problems)
    return found


def rule_set_from_path(path: str | Path, *, kinds: Mapping[str, FactKind] | None = None) -> RuleSet:
    """Return the rule set of a file, with the fact kinds of the ``facts.toml`` beside it, if there is one.

    Raises:
        RuleSetProblems: If there is no such file, or with everything that is wrong in both files.
    """
    rules: RuleSet = from_path(RULES, path, kinds)
    return rules


def workflow_from_path(path: str | Path, *, kinds: Mapping[str, FactKind] | None = None) -> Workflow:
    """Return the workflow of a file, with the fact kinds of the ``facts.toml`` beside it and a folder above.

    Raises:
        WorkflowProblems: If there is no such file, or with everything that is wrong in all of these files.
    """
    flow: Workflow = from_path(FLOWS, path, kinds)
    return flow


def rule_sets_from_folder(
    path: str | Path, *, kinds: Mapping[str, FactKind] | None = None
) -> tuple[RuleSet, ...]:
    """Return every rule set below a scheme folder, in the order of the files' paths.

    A file is a rule file if it has the tables of one; other TOML files and hidden folders are passed by.
    The fact kinds of a ``facts.toml`` hold for its folder and those below.

    Raises:
        RuleSetProblems: If there is no such folder, or with everything that is wrong in its rule files.
    """
    return _of_folder(path, kinds, (RULES,)).rule_sets


def workflows_from_folder(
    path: str | Path, *, kinds: Mapping[str, FactKind] | None = None
) -> tuple[Workflow, ...]:
    """Return every workflow below a scheme folder, in the order of the files' paths.

    Raises:
        WorkflowProblems: If there is no such folder, or with everything that is wrong in its workflow files.
    """
    return _of_folder(path, kinds, (FLOWS,)).workflows


def scheme_from_folder(path: str | Path, *, kinds: Mapping[str, FactKind] | None = None) -> Scheme:
    """Return everything below a scheme folder; files of two sorts may have the same id.

    Raises:
        Problems: With everything that is wrong: of a sort's own class (WorkflowProblems, DutyProblems …)
            if only files of that sort have problems, else RuleSetProblems; also if there is no such folder.
    """
    return _of_folder(path, kinds, SORTS)


def _of_folder(path: str | Path, kinds: Mapping[str, FactKind] | None, sorts: Sequence[Sort]) -> Scheme:
    found = _Found(Path(path), sorts)
    found.read(kinds or _NO_KINDS)
    if found.problems:
        raise found.error()(found.problems)
    return Scheme({head: tuple(inside) for head, inside in found.inside.items()})


@attrs.define
class _Found:
    """What is found below a folder while it is read."""

    root: Path
    sorts: Sequence[Sort]
    inside: dict[str, list[Any]] = attrs.field(factory=lambda: defaultdict(list), init=False)
    files: dict[str, Sort] = attrs.field(factory=dict, init=False)
    problems: list[Problem] = attrs.field(factory=list, init=False)

    def read(self, kinds: Mapping[str, FactKind]) -> None:
        if not self.root.is_dir():
            self.problems.append(_missing(self.root, str(self.root), "folder"))
            return
        self._read_folder(self.root, kinds)
        for sort in SORTS:
            ids = [(one.id, one.origin) for one in self.inside.get(sort.head, ())]
            self.problems += _same_ids(sort.head, ids)

    def error(self) -> type[Problems]:
        """Return the class for what was found: that of the one sort asked for, or of all files."""
        if len(self.sorts) == 1:
            return self.sorts[0].error
        errors = {self.files[one.file].error if one.file in self.files else None for one in self.problems}
        return next(iter(errors)) or RuleSetProblems if len(errors) == 1 else RuleSetProblems

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
        sort = sort_of(_text(file, name))
        if sort in self.sorts and sort is not None:
            self.files[name] = sort
            self.inside[sort.head].append(_of_sort(sort, file, name, kinds))


def _of_sort(sort: Sort, file: Path, name: str, kinds: Mapping[str, FactKind] | None) -> Any:
    """Return what a file holds; where the kinds could not be read, unknown ones are let be."""
    try:
        return sort.read(_text(file, name), file=name, kinds=kinds or _NO_KINDS)
    except sort.error as error:
        lasting = [one for one in error.problems if kinds is not None or one.code != "unknown-kind"]
        raise sort.error(lasting) from None


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
