"""Snapshots from folders: units, people, placements, memberships, traits and changes, a file of each."""

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ...errors import Problem, Problems, SnapshotProblems, known_names
from ...model.integrity import check_snapshot
from ...model.snapshot import Snapshot
from ...model.structure import Structure
from ..documents import text_from_bytes
from ..records_lines import CSV_ENDINGS, JSON_ENDINGS, MOST_PROBLEMS
from ..scan import MOST_BYTES
from ..structure_files import structure_from_text
from .cells import BothCells
from .rows import Rows, read_rows
from .tables import TABLES

#: The file with the words of the place, beside the records.
STRUCTURE = "structure.toml"
_ENDINGS = (*CSV_ENDINGS, *JSON_ENDINGS)


def read_snapshot(path: str | Path, *, structure: Structure | None = None, check: bool = True) -> Snapshot:
    """Return the snapshot of a folder, its records in the order of their files.

    The folder has files called units, people, placements, memberships, traits and changes, each ending in
    .csv, .jsonl or .ndjson; one that is missing holds none of these. Hidden files and notes (.md) are passed
    by, any other file is a problem: a misspelt name would drop a million records in silence.

    Args:
        path: The folder.
        structure: The words the records may use; by default those of structure.toml in the folder, or any.
        check: Whether to look at what the records say of each other, as ``check_snapshot`` does; without,
            only their form is checked.

    Raises:
        SnapshotProblems: Every problem of all files, with file and line, up to 1,000: of form, and (with
            ``check``) of what does not fit together, as far as a line whose form is wrong is not its cause.
    """
    snapshot, problems = _read(Path(path), structure, check=check)
    if problems or snapshot is None:
        raise SnapshotProblems(problems)
    return snapshot


def snapshot_problems(path: str | Path, *, structure: Structure | None = None) -> tuple[Problem, ...]:
    """Return every problem of the snapshot in a folder, of form and of what does not fit, up to 1,000."""
    return _read(Path(path), structure, check=True)[1]


def _read(
    folder: Path, structure: Structure | None, *, check: bool
) -> tuple[Snapshot | None, tuple[Problem, ...]]:
    problems: list[Problem] = []
    files = _files(folder, problems)
    unread = _unread(problems, files.keys())
    if structure is None:
        structure = _structure(folder, problems)
    cells = BothCells()
    found: dict[str, Rows] = {}
    with _uncollected():
        for name, table in TABLES.items():
            if name in files:
                found[name] = read_rows(table, files[name], cells)
                problems += found[name].notes.problems
    is_whole = structure is not None and all(rows.is_whole for rows in found.values())
    snapshot = None
    if is_whole and (check or not problems):
        snapshot = _snapshot(structure or Structure(), found)
    if snapshot is not None and check:
        told = check_snapshot(snapshot, where=lambda kind, position: _where(found, kind, position))
        problems += _own(told, found, unread) if problems else told
    return snapshot, _at_most(problems)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let no garbage be looked for meanwhile: records have no circles, and a third of the time would go."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _snapshot(structure: Structure, found: Mapping[str, Rows]) -> Snapshot:
    return Snapshot.of(structure=structure, **{name: rows.records for name, rows in found.items()})


def _where(found: Mapping[str, Rows], kind: str, position: int) -> tuple[str, str]:
    rows = found[kind]
    return rows.notes.file, f"line {rows.lines[position]}"


#: What may be said wrongly of other records where a line of these files was lost, or the file itself.
_HEARSAY = {
    "units": ("unknown-unit", "unknown-parent", "unknown-owner"),
    "people": ("unknown-person", "unknown-owner"),
    "placements": ("no-place",),
    "memberships": ("too-few",),
    "traits": ("not-offered",),
}


def _own(told: Iterable[Problem], found: Mapping[str, Rows], unread: Collection[str]) -> Iterator[Problem]:
    """Yield the problems that are no consequence of a line whose form is wrong, or of the name of a file."""
    broken = {(rows.notes.file, line) for rows in found.values() for line in rows.broken()}
    lost = {name for name, rows in found.items() if rows.has_lost()}.union(unread)
    hearsay = {code for name in lost for code in _HEARSAY.get(name, ())}
    for problem in told:
        if problem.code not in hearsay and (problem.file, problem.where.partition(",")[0]) not in broken:
            yield problem


def _at_most(problems: list[Problem]) -> tuple[Problem, ...]:
    if len(problems) <= MOST_PROBLEMS:
        return tuple(problems)
    rest = len(problems) - MOST_PROBLEMS
    text = f"{rest} more problem{' is' if rest == 1 else 's are'} not shown; mend these first"
    return (*problems[:MOST_PROBLEMS], Problem("more", "", text))


def _files(folder: Path, problems: list[Problem]) -> dict[str, Path]:
    """Return the files of records by name; what does not belong in the folder is noted."""
    found: dict[str, Path] = {}
    has_any = False
    for entry in _entries(folder, problems):
        name, ending = entry.stem, entry.suffix
        has_any = True
        if entry.name == STRUCTURE:
            continue
        if name not in TABLES or ending not in _ENDINGS:
            problems.append(_stranger(entry))
        elif name in found:
            text = f"{found[name].name!r} is there too; keep one of the two, or put both into one file"
            problems.append(Problem("double-file", "", text, str(entry)))
        else:
            found[name] = entry
    if not has_any and not problems:
        names = ", ".join(f"{name}.csv" for name in TABLES)
        text = f"the folder holds no file of a snapshot; they are called {names} (or .jsonl, .ndjson)"
        problems.append(Problem("no-file", "", text, str(folder)))
    return found


def _entries(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    try:
        if not folder.is_dir():
            what = (
                "this is a file; name the folder it is in" if folder.exists() else "there is no such folder"
            )
            problems.append(Problem("no-file", "", what, str(folder)))
            return
        entries = sorted(folder.iterdir())
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        text = f"the folder cannot be read: {getattr(error, 'strerror', None) or error}"
        problems.append(Problem("unreadable", "", text, str(folder)))
        return
    for entry in entries:
        if not entry.name.startswith(".") and entry.suffix != ".md":
            yield entry


def _stranger(entry: Path) -> Problem:
    ending = entry.suffix if entry.suffix in _ENDINGS else CSV_ENDINGS[0]
    names = [f"{name}{ending}" for name in TABLES]
    text = f"{entry.name!r} is no file of a snapshot; {known_names(entry.name, [*names, STRUCTURE])}"
    return Problem("unknown-file", "", text, str(entry))


def _unread(problems: Iterable[Problem], files: Collection[str]) -> set[str]:
    """Return the files that were not read whole because of their names: a stranger may be any not there."""
    found: set[str] = set()
    for problem in problems:
        entry = Path(problem.file)
        if problem.code == "double-file" or (problem.code == "unknown-file" and entry.suffix not in _ENDINGS):
            found.update({entry.stem.lower()} & TABLES.keys())
        elif problem.code == "unknown-file":
            found.update(TABLES.keys() - files)
    return found


def _structure(folder: Path, problems: list[Problem]) -> Structure | None:
    """Return the structure of the folder, one without words if there is none, None if it has problems."""
    file = folder / STRUCTURE
    try:
        if not file.exists():
            return Structure()
        if not file.is_file():  # opening a pipe would wait for somebody to write into it
            problems.append(
                Problem("unreadable", "", "this is no file; save the structure in one", str(file))
            )
            return None
        with file.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
        return structure_from_text(text_from_bytes(content, file=str(file)), file=str(file))
    except Problems as error:
        problems += error.problems
    except (OSError, ValueError) as error:
        text = f"the file cannot be read: {getattr(error, 'strerror', None) or error}"
        problems.append(Problem("unreadable", "", text, str(file)))
    return None
