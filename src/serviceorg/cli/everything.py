"""What an argument names where anything will do: books of every sort, by id, file or folder."""

from pathlib import Path
from typing import Any

from ..loading.files import from_path
from ..loading.sorts import FLOWS, RULES, SORTS, Sort, sort_of
from ..plugins import Registry
from ..plugins.folders import read_schemes
from .asked import nothing_there

#: Rule sets first, then workflows, then the other sorts.
ORDER = (RULES, FLOWS, *(sort for sort in SORTS if sort not in (RULES, FLOWS)))
#: The first table of a file stands at its beginning; a larger one is refused by its reader anyway.
_LOOKED_AT = 1024 * 1024


def everything(known: Registry, name: str) -> list[tuple[Sort, Any]]:
    """Return what an argument names, each with its sort; things of several sorts may share an id.

    Raises:
        UnknownIdError: If it is no id and no file; names the nearest id.
        click.UsageError: If it is meant for a file that is not there.
        Problems: For all problems of the file or folder.
    """
    registered = [sort for sort in ORDER if name in known.known(sort.head)]
    if registered:
        return [(sort, known.get(sort.head, name)) for sort in registered]
    path = Path(name)
    try:
        is_there, is_folder = path.exists(), path.is_dir()
    except OSError:
        is_there, is_folder = True, False  # where nobody may look; the reader will tell
    if not is_there:
        ids = {one for sort in SORTS for one in known.known(sort.head)}
        raise nothing_there("book of any sort", name, sorted(ids))
    if is_folder:
        found = read_schemes((path,))
        return [(sort, one) for sort in ORDER for _, one in sorted(found.get(sort.head, {}).items())]
    sort = _sort_of_file(path)
    return [(sort, from_path(sort, path))]


def _sort_of_file(path: Path) -> Sort:
    """Return the sort of a file; what cannot be read, or is of none, is read as rules, and told so."""
    try:
        if not path.is_file():  # opening a pipe would wait for somebody to write into it
            return RULES
        with path.open("rb") as file:
            return sort_of(file.read(_LOOKED_AT).decode("utf-8", "replace")) or RULES
    except (OSError, ValueError):
        return RULES
