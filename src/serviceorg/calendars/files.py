"""Files of calendar years: TOML with one table ``[year]`` and a ``[[holiday]]`` for each holiday."""

import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from ..errors import CalendarProblems, Problem
from .checks import Findings, year_from_document
from .published import CalendarYear

#: A year of holidays has two thousand signs; whatever has more than this is something else.
MOST_BYTES = 100_000
_LINE = re.compile(r" \(at (line \d+), column \d+\)| \(at end of document\)")
_NAMED = re.compile(r"(?P<calendar>[a-z][a-z0-9-]*)-(?P<year>\d{4})")


def calendar_from_text(text: str, *, file: str = "") -> CalendarYear:
    """Return the year that a text in TOML describes.

    Raises:
        CalendarProblems: With everything that is wrong, in the order of the text.
    """
    if len(text) > MOST_BYTES:
        raise CalendarProblems([_too_large(file)])
    try:
        document: dict[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CalendarProblems([_syntax(error, file)]) from None
    findings = Findings(file)
    year = year_from_document(document, findings)
    if findings.problems or year is None:
        raise CalendarProblems(findings.problems)
    return year


def calendar_from_path(path: str | Path) -> CalendarYear:
    """Return the year of a file; a name like ``cn-2024.toml`` must say the same as the file.

    Raises:
        CalendarProblems: If it cannot be read, or with everything that is wrong in it.
    """
    file = Path(path)
    year = calendar_from_text(_read(file), file=file.name)
    named = _NAMED.fullmatch(file.stem)
    if named and (named["calendar"], int(named["year"])) != (year.calendar, year.year):
        message = (
            f"the file is named {file.name!r}, but holds the year {year.year} of {year.calendar!r}; rename it"
        )
        raise CalendarProblems([Problem("other-name", "year", message, file.name)])
    return year


def _read(file: Path) -> str:
    try:
        # Asked first: opening a pipe would wait for somebody to write into it.
        if not stat.S_ISREG(file.stat().st_mode):
            raise CalendarProblems([Problem("unreadable", "", "this is not a file; name a file", file.name)])
        with file.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise CalendarProblems([_too_large(file.name)])
        return content.decode("utf-8-sig")
    except FileNotFoundError:
        message = f"there is no file {file.name!r} here; check the path and its spelling"
        raise CalendarProblems([Problem("no-file", "", message, file.name)]) from None
    except UnicodeDecodeError:
        raise CalendarProblems([Problem("encoding", "", "save the file as UTF-8", file.name)]) from None
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or type(error).__name__}"
        raise CalendarProblems([Problem("unreadable", "", message, file.name)]) from None


def _too_large(file: str) -> Problem:
    return Problem(
        "too-large", "", f"the file has more than {MOST_BYTES} signs; a year needs about 2000", file
    )


def _syntax(error: Exception, file: str) -> Problem:
    text = str(error)
    place = _LINE.search(text)
    message = (
        f"this is not TOML ({_LINE.sub('', text)}); a line is `key = value`, `[year]` or `[[holiday]]`, "
        "and a date is written like 2024-02-10"
    )
    return Problem("syntax", place[1] or "at the end" if place else "", message, file)
