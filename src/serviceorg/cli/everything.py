"""What an argument names where anything will do: books of every sort, by id, file or folder."""

import re
from pathlib import Path
from typing import Any

import click

from ..loading.files import from_path
from ..loading.records_lines import CSV_ENDINGS, JSON_ENDINGS
from ..loading.sorts import FLOWS, RULES, SORTS, Sort, sort_of
from ..plugins import Registry
from ..plugins.folders import read_schemes
from .asked import nothing_there

#: Rule sets first, then workflows, then the other sorts.
ORDER = (RULES, FLOWS, *(sort for sort in SORTS if sort not in (RULES, FLOWS)))
#: The first table of a file stands at its beginning; a larger one is refused by its reader anyway.
_LOOKED_AT = 1024 * 1024
_KINDS = re.compile(r"^\s*\[\s*fact\b", re.MULTILINE)


def a_book(sort: Sort) -> str:
    """Return a book of a sort in words, like "a duty book"."""
    return f"a set of {sort.noun}" if sort.noun.endswith(" rules") else f"a {sort.noun}"


def named(what: str, name: str) -> str:
    """Return the name of an argument, which must not be empty: an empty path would be the folder one is in.

    Raises:
        click.UsageError: If it is empty.
    """
    if not name.strip():
        raise click.UsageError(f"{what} has no name: the argument is empty")
    return name


def everything(known: Registry, name: str) -> list[tuple[Sort, Any]]:
    """Return what an argument names, each with its sort; things of several sorts may share an id.

    Raises:
        UnknownIdError: If it is no id and no file; names the nearest id.
        click.UsageError: If it is meant for a file that is not there, or names a file of another kind.
        Problems: For all problems of the file or folder.
    """
    named("a book", name)
    registered = [sort for sort in ORDER if name in known.known(sort.head)]
    if registered:
        return [(sort, known.get(sort.head, name)) for sort in registered]
    path = Path(name)
    try:
        is_there, is_folder = path.exists(), path.is_dir()
    except (OSError, ValueError):
        is_there, is_folder = True, False  # where nobody may look; the reader will tell
    if not is_there:
        ids = {one for sort in SORTS for one in known.known(sort.head)}
        raise nothing_there("book of any sort", name, sorted(ids))
    if is_folder:
        found = read_schemes((path,))
        return [(sort, one) for sort in ORDER for _, one in sorted(found.get(sort.head, {}).items())]
    _refuse_records(path)
    sort = sort_of_file(path) or RULES  # what cannot be read, or is of none, is read as rules, and told so
    return [(sort, from_path(sort, path))]


def books_of_folder(sort: Sort, folder: Path) -> list[Any]:
    """Return the books of a sort below a folder, by id.

    Raises:
        Problems: For all problems of the books of every sort in it.
    """
    return [one for _, one in sorted(read_schemes((folder,)).get(sort.head, {}).items())]


def sort_of_file(path: Path) -> Sort | None:
    """Return the sort of a file, None for what cannot be read or is of none."""
    text = _beginning(path)
    return sort_of(text) if text else None


def _refuse_records(path: Path) -> None:
    """Refuse files that belong to books and are none: records, and kinds of fact.

    Raises:
        click.UsageError: With the command that takes such a file.
    """
    if path.suffix in (*CSV_ENDINGS, *JSON_ENDINGS):
        takers = "'serviceorg snapshot check' takes a snapshot's folder, 'serviceorg ledger verify' a journal"
        raise click.UsageError(f"'{path}' is a file of records, not a book (*.toml); {takers}")
    text = _beginning(path)
    if sort_of(text) is None and _KINDS.search(text):
        raise click.UsageError(
            f"'{path}' declares kinds of fact for the books beside it; check one of them, or the folder"
        )


def _beginning(path: Path) -> str:
    """Return how a file begins, "" for what cannot be read."""
    try:
        if not path.is_file():  # opening a pipe would wait for somebody to write into it
            return ""
        with path.open("rb") as file:
            return file.read(_LOOKED_AT).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
