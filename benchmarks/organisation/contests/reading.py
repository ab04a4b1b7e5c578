"""A file of a hundred thousand bonds with dates: from CSV to values that can be asked."""

import csv
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import attrs

from ..bonds import Folders, folders
from . import Contest, Rival

Work = Callable[[Sequence[Folders]], list[Any]]


class Bond(NamedTuple):
    """A line of the file."""

    person: str
    unit: str
    role: str
    affiliation: str
    since: date | None
    until: date | None


@attrs.frozen
class FrozenBond:
    """The same as a frozen value."""

    person: str
    unit: str
    role: str
    affiliation: str
    since: date | None
    until: date | None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _read(path: Path, make: Callable[..., Any]) -> list[Any]:
    with (path / "memberships.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return [
            make(person, unit, role, affiliation, _day(since), _day(until))
            for person, unit, role, affiliation, since, until in rows
        ]


def _by_hand(_task: Folders) -> Work:
    return lambda pieces: [_read(one.bare, Bond) for one in pieces]


def _by_hand_frozen(_task: Folders) -> Work:
    return lambda pieces: [_read(one.bare, FrozenBond) for one in pieces]


def _by_dicts(_task: Folders) -> Work:
    def read(path: Path) -> list[Any]:
        with (path / "memberships.csv").open(encoding="utf-8", newline="") as file:
            return [
                Bond(**{**row, "since": _day(row["since"]), "until": _day(row["until"])})
                for row in csv.DictReader(file)
            ]

    return lambda pieces: [read(one.bare) for one in pieces]


def _ours(*, check: bool) -> Callable[[Folders], Work]:
    def make(_task: Folders) -> Work:
        from serviceorg.loading.snapshots.files import read_snapshot

        return lambda pieces: [
            read_snapshot(one.whole if check else one.bare, check=check).memberships for one in pieces
        ]

    return make


def _polars(_task: Folders) -> Work:
    import polars as pl

    return lambda pieces: [pl.read_csv(one.bare / "memberships.csv", try_parse_dates=True) for one in pieces]


def _told(found: list[Any]) -> list[Any]:
    return [[(bond.person, bond.unit, bond.since, bond.until) for bond in bonds] for bonds in found]


def _told_frame(found: list[Any]) -> list[Any]:
    return [frame.select("person", "unit", "since", "until").rows() for frame in found]


CONTEST = Contest(
    title="{size:,} bonds with dates from CSV",
    unit="ms a file",
    scale=1e3,
    size=100_000,
    quick=10_000,
    task=folders,
    pieces=lambda task, _turn: [task],
    turns=5,
    rivals=(
        Rival("by-hand", "by hand, `csv.reader` to named tuples, nothing checked", _by_hand, _told),
        Rival("by-hand-frozen", "by hand, to frozen attrs", _by_hand_frozen, _told),
        Rival("by-dicts", "by hand, `csv.DictReader`", _by_dicts, _told),
        Rival(
            "ours",
            "serviceorg, form checked",
            _ours(check=False),
            _told,
            needs="serviceorg",
        ),
        Rival(
            "ours-checked",
            "serviceorg, with units and people, held together",
            _ours(check=True),
            _told,
            needs="serviceorg",
        ),
        Rival("polars", "polars, a frame of columns", _polars, _told_frame, needs="polars"),
    ),
)
