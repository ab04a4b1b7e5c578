"""Rule files and scheme folders on disk."""

import re
import stat
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from ..basics import FrozenMap
from ..errors import Problem, RuleSetProblems
from ..facts import FactKind
from ..scoring.rules import RuleSet
from .documents import text_from_bytes
from .rule_files import fact_kinds_from_text, rule_set_from_text
from .scan import MOST_BYTES

FACTS = "facts.toml"
_NO_KINDS: FrozenMap[str, FactKind] = FrozenMap()
_RULES = re.compile(r"^\s*\[{1,2}\s*(?:rule_set|item|category|veto|grade|star|amend|case)\b", re.MULTILINE)
T = TypeVar("T")


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


def rule_sets_from_folder(
    path: str | Path, *, kinds: Mapping[str, FactKind] | None = None
) -> tuple[RuleSet, ...]:
    """Return every rule set below a scheme folder, in the order of the files' paths.

    A file is a rule file if it has the tables of one; other TOML files and hidden folders are passed by.
    The fact kinds of a ``facts.toml`` hold for its folder and those below.

    Raises:
        RuleSetProblems: If there is no such folder, or with everything that is wrong in all files.
    """
    root = Path(path)
    if not root.is_dir():
        raise RuleSetProblems([_missing(root, str(root), "folder")])
    problems: list[Problem] = []
    found: list[RuleSet] = []
    _read_folder(root, root, kinds or _NO_KINDS, found, problems)
    problems += _same_ids(found)
    if problems:
        raise RuleSetProblems(problems)
    return tuple(found)


def _read_folder(
    folder: Path,
    root: Path,
    kinds: Mapping[str, FactKind] | None,
    found: list[RuleSet],
    problems: list[Problem],
) -> None:
    def called(file: Path) -> str:
        return file.relative_to(root).as_posix()

    shared = _collected(problems, lambda: _shared_kinds(folder, kinds, called)) if kinds is not None else None
    try:
        inside = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        problems.append(_unreadable(error, called(folder)))
        return
    for entry in inside:
        if entry.is_dir() and not entry.is_symlink():
            _read_folder(entry, root, shared, found, problems)
        elif entry.suffix == ".toml" and entry.name != FACTS:
            read = _collected(problems, partial(_if_rules, entry, called(entry), shared))
            if read is not None:
                found.append(read)


def _if_rules(file: Path, name: str, kinds: Mapping[str, FactKind] | None) -> RuleSet | None:
    return _rules(file, name, kinds) if _RULES.search(_text(file, name)) else None


def _rules(file: Path, name: str, kinds: Mapping[str, FactKind] | None) -> RuleSet:
    """Return the rule set of a file; where the kinds could not be read, unknown ones are let be."""
    try:
        return rule_set_from_text(_text(file, name), file=name, kinds=kinds)
    except RuleSetProblems as error:
        lasting = [
            problem for problem in error.problems if kinds is not None or problem.code != "unknown-kind"
        ]
        raise RuleSetProblems(lasting) from None


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
    except RuleSetProblems as error:
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


def _same_ids(found: Iterable[RuleSet]) -> list[Problem]:
    first: dict[str, str] = {}
    problems = []
    for rules in found:
        if rules.id in first:
            message = f"the id {rules.id!r} is used in {first[rules.id]} too; give one of the two another id"
            problems.append(Problem("double-id", "rule_set.id", message, rules.origin))
        first.setdefault(rules.id, rules.origin)
    return problems
