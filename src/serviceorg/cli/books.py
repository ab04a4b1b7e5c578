"""What the arguments of commands about books and snapshots mean, and the options they share."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from ..basics import parse_date
from ..errors import PeriodError
from ..loading.files import from_path
from ..loading.snapshot_files import read_snapshot
from ..loading.sorts import STRUCTURES, Sort
from ..model import Snapshot, check_snapshot
from ..plugins import Registry
from .asked import nothing_there, progress, say
from .words import counted

F = TypeVar("F", bound=Callable[..., Any])
LANG = click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)


def a_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """Return the day that an option names."""
    try:
        return None if value is None else parse_date(value)
    except PeriodError as error:
        raise click.BadParameter(str(error), ctx, param) from None


def book_of(known: Registry, sort: Sort, name: str) -> Any:
    """Return what an argument names: a registered id, or a file of that sort.

    Raises:
        UnknownIdError: If it is no id and no file; names the nearest id.
        click.UsageError: If it is meant for a file that is not there.
        Problems: For all problems of the file.
    """
    if name in known.known(sort.head):
        return known.get(sort.head, name)
    path = Path(name)
    try:
        is_there = path.exists()
    except OSError:
        is_there = True  # where nobody may look; the reader will tell
    if not is_there:
        raise nothing_there(sort.noun, name, known.known(sort.head))
    return from_path(sort, path)


def snapshot_of(known: Registry, folder: str, structure: str | None) -> Snapshot:
    """Return the snapshot of a folder; what does not fit together in it is counted on the error channel.

    Who asks which cells lack a head must not be refused because a cell lacks a head.

    Raises:
        SnapshotProblems: For all problems of its files' form.
    """
    words = book_of(known, STRUCTURES, structure) if structure else None
    with progress("reading the snapshot"):
        found = read_snapshot(folder, structure=words, check=False)
        problems = check_snapshot(found)
    if problems:
        say(f"warning: {counted(len(problems), 'problem')} in {folder}; 'serviceorg snapshot check' tells")
    return found


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
