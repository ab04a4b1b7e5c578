"""Folders of rule files: those that come along, those of data packages, and those somebody names."""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import attrs

from ..errors import Problem, RuleSetProblems
from ..loading import rule_set_from_path, rule_sets_from_folder
from ..scoring.rules import RuleSet

#: Files of a bundled scheme that hold no rule set: fact kinds, and what the scheme is called.
BESIDE = ("facts.toml", "scheme.toml")


def bundled_files(root: Path) -> dict[str, Path]:
    """Return the rule files below ``root`` by id, unread: PLACE/NAME.toml holds the rule set "PLACE/NAME"."""
    found = (path for path in root.glob("*/*.toml") if path.name not in BESIDE)
    return {f"{path.parent.name}/{path.stem}": path for path in found}


def read_bundled(path: Path) -> RuleSet:
    """Return the rule set of one bundled file."""
    return rule_set_from_path(path)


def read_folders(folders: Iterable[Path]) -> dict[str, RuleSet]:
    """Return every rule set of the folders and the folders in them, by id.

    Raises:
        RuleSetProblems: All problems of all files; also of a folder that is not there or holds nothing.
    """
    problems: list[Problem] = []
    found: dict[str, RuleSet] = {}
    for folder in dict.fromkeys(one.resolve() for one in folders):
        try:
            inside = rule_sets_from_folder(folder)
        except RuleSetProblems as error:
            problems += [attrs.evolve(one, file=str(folder / one.file)) for one in error.problems]
            continue
        if not inside:
            problems.append(Problem("no-file", "", "the folder holds no rule files (*.toml)", str(folder)))
        for rules in inside:
            if rules.id in found:
                text = f"the id {rules.id!r} is used in another folder too; give one of the two another id"
                problems.append(Problem("double-id", "rule_set.id", text, str(folder / rules.origin)))
            found[rules.id] = rules
    if problems:
        raise RuleSetProblems(problems)
    return found


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
