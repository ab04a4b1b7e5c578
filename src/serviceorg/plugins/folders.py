"""Folders of files: those that come along, those of data packages, those somebody names."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs

from ..errors import Problem, Problems, RuleSetProblems
from ..loading import rule_sets_from_folder, scheme_from_folder
from ..loading.files import from_path
from ..loading.sorts import SORT_OF, SORTS, Sort
from ..scoring.rules import RuleSet

#: Files of a bundled scheme that belong to no sort: fact kinds, and what the scheme is called.
BESIDE = ("facts.toml", "scheme.toml")
#: What there is, by head of the files and by id; a path is a file nobody has read yet.
Found = dict[str, dict[str, Any]]


def bundled_files(root: Path) -> Found:
    """Return the files of bundled places below ``root``, unread.

    PLACE/NAME.toml holds the rule set "PLACE/NAME", PLACE/workflows/NAME.toml the workflow of that id, …
    """
    return {sort.head: dict(_bundled(root, sort)) for sort in SORTS}


def _bundled(root: Path, sort: Sort) -> Iterator[tuple[str, Path]]:
    beside = {*BESIDE, *(other.single for other in SORTS)} - {sort.single}
    for path in root.glob(f"*/{sort.folder or '.'}/{sort.single or '*.toml'}"):
        if path.name not in beside:
            yield f"{path.relative_to(root).parts[0]}/{path.stem}", path


def read_bundled(head: str, path: Path) -> Any:
    """Return what one bundled file holds; ``head`` is that of its sort."""
    return from_path(SORT_OF[head], path)


def read_folders(folders: Iterable[Path]) -> dict[str, RuleSet]:
    """Return every rule set of the folders and the folders in them, by id; other sorts are passed by.

    Raises:
        RuleSetProblems: All problems of all files; also of a folder that is not there or holds nothing.
    """
    return _read(folders, lambda folder: {"rule_set": rule_sets_from_folder(folder)}).get("rule_set", {})


def read_schemes(folders: Iterable[Path]) -> Found:
    """Return everything in the folders and the folders in them, by head and id.

    Raises:
        Problems: All problems of all files; also of a folder that is not there or holds nothing.
    """
    return _read(folders, lambda folder: scheme_from_folder(folder).found)


def _read(folders: Iterable[Path], read: Callable[[Path], Mapping[str, Iterable[Any]]]) -> Found:
    problems: list[Problem] = []
    kinds: set[type[Problems]] = set()
    found: Found = {}
    for folder in dict.fromkeys(one.resolve() for one in folders):
        try:
            inside = read(folder)
        except Problems as error:
            kinds.add(type(error))
            problems += [attrs.evolve(one, file=str(folder / one.file)) for one in error.problems]
            continue
        if not any(inside.values()):
            problems.append(Problem("no-file", "", "the folder holds no rule files (*.toml)", str(folder)))
        for head, ones in inside.items():
            problems += _added(found.setdefault(head, {}), ones, head, folder)
    if problems:
        raise (kinds.pop() if len(kinds) == 1 else RuleSetProblems)(problems)
    return found


def _added(found: dict[str, Any], inside: Iterable[Any], head: str, folder: Path) -> Iterator[Problem]:
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
