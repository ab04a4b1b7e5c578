"""A file of bonds, as an export of a personnel register would have them."""

import atexit
import shutil
import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

_FIRST = date(2015, 1, 1)
_HEADINGS = "person,unit,role,affiliation,since,until\n"
_ROLES = ("member", "member", "member", "head")


class Folders(NamedTuple):
    """A folder with memberships.csv alone, and one with units.csv and people.csv too."""

    bare: Path
    whole: Path


def folders(size: int) -> Folders:
    """Return folders with so many bonds, of as many people to a tenth as many units, for this process."""
    path = Path(tempfile.mkdtemp(prefix="serviceorg-bench-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    found, chance, units = Folders(path / "bare", path / "whole"), Random(29), max(1, size // 10)
    lines = [_line(chance, number, units) for number in range(size)]
    _write(found.bare / "memberships.csv", _HEADINGS, lines)
    _write(found.whole / "memberships.csv", _HEADINGS, lines)
    _write(found.whole / "units.csv", "id,kind\n", (f"U-{number:06d},branch\n" for number in range(units)))
    _write(found.whole / "people.csv", "id\n", (f"P-{number:07d}\n" for number in range(size)))
    return found


def _write(path: Path, headings: str, lines: Iterable[str]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(headings)
        file.writelines(lines)


def _line(chance: Random, number: int, units: int) -> str:
    since = _FIRST + timedelta(chance.randrange(3_000))
    until = "" if chance.randrange(20) else since + timedelta(100 + chance.randrange(300))
    unit, role = chance.randrange(units), _ROLES[chance.randrange(4)]
    return f"P-{number:07d},U-{unit:06d},{role},home,{since},{until}\n"
