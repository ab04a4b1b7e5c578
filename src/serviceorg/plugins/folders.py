"""Folders of rule and workflow files: those that come along, those of data packages, those somebody names."""

from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import attrs

from ..errors import Problem, Problems, RuleSetProblems
from ..loading import (
    Scheme,
    rule_set_from_path,
    rule_sets_from_folder,
    scheme_from_folder,
    workflow_from_path,
)
from ..scoring.rules import RuleSet
from ..workflow import Workflow

#: Files of a bundled scheme that hold no rule set: fact kinds, and what the scheme is called.
BESIDE = ("facts.toml", "scheme.toml")
T = TypeVar("T", RuleSet, Workflow)


def bundled_files(root: Path) -> dict[str, Path]:
    """Return the rule files below ``root`` by id, unread: PLACE/NAME.toml holds the rule set "PLACE/NAME"."""
    found = (path for path in root.glob("*/*.toml") if path.name not in BESIDE)
    return {f"{path.parent.name}/{path.stem}": path for path in found}


def bundled_workflows(root: Path) -> dict[str, Path]:
    """Return the workflow files below ``root`` by id, unread: "PLACE/NAME" is PLACE/workflows/NAME.toml."""
    return {f"{path.parents[1].name}/{path.stem}": path for path in root.glob("*/workflows/*.toml")}


def read_bundled(path: Path) -> RuleSet:
    """Return the rule set of one bundled file."""
    return rule_set_from_path(path)


def read_bundled_workflow(path: Path) -> Workflow:
    """Return the workflow of one bundled file."""
    return workflow_from_path(path)


def read_folders(folders: Iterable[Path]) -> dict[str, RuleSet]:
    """Return every rule set of the folders and the folders in them, by id; workflow files are passed by.

    Raises:
        RuleSetProblems: All problems of all files; also of a folder that is not there or holds nothing.
    """
    rules, _ = _read(folders, lambda folder: Scheme(rule_sets_from_folder(folder), ()))
    return rules


def read_schemes(folders: Iterable[Path]) -> tuple[dict[str, RuleSet], dict[str, Workflow]]:
    """Return every rule set and every workflow of the folders and the folders in them, each by id.

    Raises:
        Problems: All problems of all files; also of a folder that is not there or holds nothing.
    """
    return _read(folders, scheme_from_folder)


def _read(
    folders: Iterable[Path], read: Callable[[Path], Scheme]
) -> tuple[dict[str, RuleSet], dict[str, Workflow]]:
    problems: list[Problem] = []
    kinds: set[type[Problems]] = set()
    rules: dict[str, RuleSet] = {}
    flows: dict[str, Workflow] = {}
    for folder in dict.fromkeys(one.resolve() for one in folders):
        try:
            inside = read(folder)
        except Problems as error:
            kinds.add(type(error))
            problems += [attrs.evolve(one, file=str(folder / one.file)) for one in error.problems]
            continue
        if not any(inside):
            problems.append(Problem("no-file", "", "the folder holds no rule files (*.toml)", str(folder)))
        problems += _added(rules, inside.rule_sets, "rule_set", folder)
        problems += _added(flows, inside.workflows, "workflow", folder)
    if problems:
        raise (kinds.pop() if len(kinds) == 1 else RuleSetProblems)(problems)
    return rules, flows


def _added(found: dict[str, T], inside: Iterable[T], head: str, folder: Path) -> Iterator[Problem]:
    """Add what a folder holds; yield a problem for each id that another folder has used."""
    for one in inside:
        if one.id in found:
            text = f"the id {one.id!r} is used in another folder too; give one of the two another id"
            yield Problem("double-id", f"{head}.id", text, str(folder / one.origin))
        found[one.id] = one


def package_folder(value: str) -> Path:
    """Return the folder of a data package such as "acme_rules.pudong", running none of its code.

    Only the top-level name is looked up by the import system, which for a name without dots runs
    nothing; ``find_spec("acme_rules.pudong")`` would import acme_rules. The rest are plain folders.

    Raises:
        LookupError: If there is no such folder, or more than one; the text says where was looked.
    """
    top, *rest = value.split(".")
    if not all(part.isidentifier() for part in (top, *rest)):
        raise LookupError(f"{value!r} is not a package; allowed are names like 'acme_rules.pudong'")
    places = list(_locations(top))
    folders = {place.joinpath(*rest).resolve() for place in places if place.joinpath(*rest).is_dir()}
    if not folders:
        where = ", ".join(map(str, places)) or f"there is no package {top!r}"
        raise LookupError(f"{value!r} is not a folder of an installed package; looked in: {where}")
    if len(folders) > 1:
        both = " and ".join(map(str, sorted(folders)))
        raise LookupError(f"{value!r} is more than one folder: {both}")
    return folders.pop()


def _locations(top: str) -> Iterator[Path]:
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):  # ValueError: somebody put a module without a spec into sys.modules
        return
    for place in (spec and spec.submodule_search_locations) or ():
        yield Path(place)
