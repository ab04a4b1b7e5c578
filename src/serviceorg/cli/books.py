"""What the arguments of commands about books and snapshots mean, and the options they share."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import click

from ..basics import parse_date
from ..errors import PeriodError, UnknownIdError
from ..loading.files import from_path
from ..loading.snapshots.files import read_snapshot
from ..loading.sorts import SORTS, STRUCTURES, Sort
from ..model import Snapshot, Structure, check_snapshot
from ..plugins import Registry
from .asked import nothing_there, progress, say
from .everything import a_book, books_of_folder, named, sort_of_file
from .words import counted

F = TypeVar("F", bound=Callable[..., Any])
#: Said of a folder that names no words: it fits together, but nobody knows whether it says what it should.
NO_STRUCTURE = "no structure: words, levels and numbers were not checked"
LANG = click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
#: The nearest of many ids is looked for among so many neighbours; comparing a million would take minutes.
_NEAR = 1_000
#: The command that takes books of a sort.
_COMMANDS = {
    "rule_set": "score",
    "workflow": "workflow show",
    "structure": "snapshot show --structure",
    "duties": "duties",
    "coverage": "coverage",
    "ledger": "ledger verify --rules",
}


def a_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """Return the day that an option names."""
    try:
        return None if value is None else parse_date(value)
    except PeriodError as error:
        raise click.BadParameter(str(error), ctx, param) from None


def book_of(known: Registry, sort: Sort, name: str) -> Any:
    """Return what an argument names: a registered id, a file of that sort, or a folder with one such file.

    Raises:
        UnknownIdError: If it is no id and no file; names the nearest id.
        click.UsageError: If it is meant for a file that is not there, or names a book of another sort.
        Problems: For all problems of the file or folder.
    """
    named(a_book(sort), name)
    if name in known.known(sort.head):
        return known.get(sort.head, name)
    path = Path(name)
    try:
        is_there, is_folder = path.exists(), path.is_dir()
    except (OSError, ValueError):
        is_there, is_folder = True, False  # where nobody may look; the reader will tell
    if not is_there:
        _refuse_others(sort, name, [one for one in SORTS if name in known.known(one.head)])
        raise nothing_there(a_book(sort).partition(" ")[2], name, known.known(sort.head))
    if is_folder:
        return _only_one(sort, name, books_of_folder(sort, path))
    other = sort_of_file(path)
    _refuse_others(sort, name, [other] if other not in (None, sort) else [])
    return from_path(sort, path)


def _refuse_others(sort: Sort, name: str, found: Sequence[Sort | None]) -> None:
    for other in found:
        if other is not None:
            command = _COMMANDS.get(other.head, "check")
            text = f"{name!r} is {a_book(other)}, not {a_book(sort)}; 'serviceorg {command}' takes it"
            raise click.UsageError(text)


def _only_one(sort: Sort, name: str, found: Sequence[Any]) -> Any:
    if len(found) == 1:
        return found[0]
    files = ", ".join(one.origin or one.id for one in found)
    what = f"it holds {len(found)} of this sort; name one of {files}" if found else "it holds none"
    raise click.UsageError(f"{name!r} is a folder, where {a_book(sort)} is asked for; {what}")


def words_of(known: Registry, structure: str | None) -> Structure | None:
    """Return the structure that an option names, None without one: then the folder's own holds.

    Raises:
        UnknownIdError, click.UsageError, Problems: As ``book_of``.
    """
    found: Structure | None = None if structure is None else book_of(known, STRUCTURES, structure)
    return found


def snapshot_of(known: Registry, folder: str, structure: str | None, *, on: date) -> Snapshot:
    """Return the snapshot of a folder; what does not fit together in it is counted on the error channel.

    Who asks which cells lack a head must not be refused because a cell lacks a head. A day on which nothing
    of it is there is told as well: every answer about it would be empty.

    Raises:
        click.UsageError: If the folder has no name.
        SnapshotProblems: For all problems of its files' form.
    """
    words = words_of(known, structure)
    with progress("reading the snapshot"):
        found = read_snapshot(named("the folder of --snapshot", folder), structure=words, check=False)
        problems = check_snapshot(found)
    if problems:
        more = f" --structure {structure}" if structure else ""
        told = f"'serviceorg snapshot check {folder}{more}' tells"
        say(f"warning: {counted(len(problems), 'problem')} in {folder}; {told}")
    if found.structure == Structure():
        say(f"notice: {folder} has {NO_STRUCTURE}; --structure names one")
    tell_absence(found, folder, on)
    return found


def tell_absence(found: Snapshot, folder: str, on: date) -> None:
    """Tell where no unit of a snapshot is there on the day that is looked at."""
    if not found.units:
        say(f"notice: {folder} holds no units")
    elif not found.units_on(on):
        begins = min((unit.since for unit in found.units.values() if unit.since), default=on)
        first = f"; the first begins on {begins}" if begins > on else ""
        say(f"notice: no unit of {folder} is there on {on}{first}")


def unknown(kind: str, found: str, known: Collection[str]) -> UnknownIdError:
    """Return the error for an id nobody has; of many, the nearest is looked for among its neighbours."""
    names = neighbours(found, sorted(known)) if len(known) > _NEAR else known
    return UnknownIdError(kind, found, islice(names, _NEAR))


def neighbours(found: str, ordered: Sequence[str]) -> Sequence[str]:
    """Return those of many sorted ids that stand around where one would stand."""
    at = bisect_left(ordered, found)
    return ordered[max(0, at - _NEAR // 2) : at + _NEAR // 2]


def snapshot_options(command: F) -> F:
    """Add the options of every command that looks at an organisation as of a day."""
    for option in reversed(
        [
            click.option(
                "--snapshot", "folder", required=True, help="The folder of units, people and bonds."
            ),
            click.option("--structure", help="A registered structure or a file; default: the folder's own."),
            click.option("--on", callback=a_day, required=True, metavar="DATE", help="The day looked at."),
            click.option("--facts", "facts_file", help="Facts: .jsonl, .ndjson or .csv."),
        ]
    ):
        command = option(command)
    return command


def refuse_form(form: str, *, explained: bool) -> None:
    """Refuse a form of output that an explanation cannot have.

    Raises:
        click.UsageError: Where both were asked for.
    """
    if explained and form != "table":
        raise click.UsageError(f"--explain is text; leave out '--format {form}'")
