"""Cells of snapshot files read quickly: a spelling is looked at once, an id is one text wherever it stands.

Nothing is told here: a cell that is not plain raises ``Unusual``, and its row is read again key by key.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ...basics import parse_date
from ...basics.escaping import unescaped
from ...errors import PeriodError
from ...model.places import Place
from ..records_fields import LONGEST_TEXT, is_name
from .values import make_place

_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,7})?")
_SIZE = re.compile(r"[0-9]{1,10}(?:\.[0-9]{1,4})?")
_POLE, _DATE_LINE = 90, 180
#: The largest size, by whichever way a row is read.
LARGEST_SIZE = Decimal(9_999_999_999)


class Unusual(Exception):
    """A cell that may be wrong, or is written in a way that is not met a million times."""


class Names(dict[Any, str]):
    """Ids by how they are written; ``shared`` holds each id once for all files of a snapshot."""

    def __init__(self, shared: dict[str, str], plain: Callable[[str], str]) -> None:
        super().__init__()
        self._shared, self._plain = shared, plain

    def __missing__(self, cell: object) -> str:
        name = self._plain(cell) if isinstance(cell, str) else ""
        if not is_name(name):
            raise Unusual
        self[cell] = name = self._shared.setdefault(name, name)
        return name


class Texts(dict[Any, str]):
    """Texts that stand in many rows, by how they are written."""

    def __init__(self, plain: Callable[[str], str]) -> None:
        super().__init__()
        self._plain = plain

    def __missing__(self, cell: object) -> str:
        text = self._plain(cell) if isinstance(cell, str) else ""
        if not 0 < len(text) <= LONGEST_TEXT or not is_whole(text):
            raise Unusual
        self[cell] = text
        return text


class Days(dict[Any, date | None]):
    """Days by how they are written."""

    def __missing__(self, cell: object) -> date:
        try:
            day = parse_date(cell)  # type: ignore[arg-type]  # refuses what is no text
        except PeriodError:
            raise Unusual from None
        self[cell] = day
        return day


class Sizes(dict[str, Decimal]):
    """Sizes by how they are written."""

    def __missing__(self, cell: str) -> Decimal:
        if not _SIZE.fullmatch(cell):
            raise Unusual
        size = Decimal(cell)
        if size > LARGEST_SIZE:
            raise Unusual
        self[cell] = size
        return size


class Cells:
    """How the cells of files are read; ``blank`` is how nothing is written: "" in CSV, None in JSON."""

    def __init__(self, shared: dict[str, str], *, blank: str | None) -> None:
        plain = unescaped if blank == "" else str
        self.plain = plain
        self.blank = blank
        #: Ids; "" for none.
        self.names = Names(shared, plain)
        self.texts = Texts(plain)
        self.days = Days()
        self._sizes = Sizes()
        self.names[blank] = ""
        self.days[blank] = None

    def text(self, cell: Any) -> str:
        """Return a text that is for people, and so seldom stands twice."""
        if cell == self.blank:
            return ""
        if not isinstance(cell, str) or len(cell) > LONGEST_TEXT or not is_whole(cell):
            raise Unusual
        return self.plain(cell)

    def size(self, cell: Any) -> Decimal | None:
        """Return a size, None for a blank."""
        # By its text: among the keys of a dict, true is the number 1.
        return None if cell == self.blank else self._sizes[str(cell)]

    def place(self, latitude: object, longitude: object) -> Place | None:
        """Return a place, None if both are blank."""
        if latitude == self.blank and longitude == self.blank:
            return None
        return make_place(_degrees(latitude, _POLE), _degrees(longitude, _DATE_LINE))


class BothCells:
    """How the cells of all files of one snapshot are read: what was looked at in one is known in the next."""

    def __init__(self) -> None:
        shared: dict[str, str] = {}
        self.of_csv, self.of_json = Cells(shared, blank=""), Cells(shared, blank=None)


def _degrees(cell: object, most: int) -> Decimal:
    text = cell if isinstance(cell, str) else str(cell)
    if not _DEGREES.fullmatch(text):
        raise Unusual
    degrees = Decimal(text)
    if not -most <= degrees <= most:
        raise Unusual
    return degrees


def unmarked(values: Mapping[str, object], *, cells: bool) -> dict[str, object]:
    """Return the values of a row, without the marks that keep texts in CSV from being formulas."""
    if not cells:
        return dict(values)
    return {key: unescaped(value) if isinstance(value, str) else value for key, value in values.items()}


def is_whole(text: str) -> bool:
    r"""Return whether a text can be written in UTF-8: JSON lets half of a surrogate pair in, ``"\ud800"``."""
    if text.isascii():
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
