"""The invented Zhucheng as files: a folder for ``read_snapshot``, and the visits for ``read_facts``.

``write_snapshot`` reads every row back before it writes one, which a million rows made here need not: a test
holds the bytes of both together.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from ....plugins.discovery import bundled_schemes
from ..files import write_facts
from .quarter import Zhucheng

SNAPSHOT, VISITS, STRUCTURE = "snapshot", "visits.jsonl", "structure.toml"
_Row = tuple[str, ...]


def write_city(city: Zhucheng, folder: Path) -> tuple[Path, Path]:
    """Write the snapshot with its structure, and the facts; return their paths. Old files are replaced.

    Raises:
        OSError: If a folder or file cannot be written.
    """
    snapshot, visits = folder / SNAPSHOT, folder / VISITS
    snapshot.mkdir(parents=True, exist_ok=True)
    structure = (bundled_schemes() / "zhucheng" / STRUCTURE).read_bytes()
    (snapshot / STRUCTURE).write_bytes(structure)
    for name, rows in _tables(city):
        with (snapshot / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    write_facts(visits, city.facts)
    return snapshot, visits


def _tables(city: Zhucheng) -> Iterator[tuple[str, Iterable[_Row]]]:
    """Yield each file's name and its rows, the header first."""
    yield "units", _units(city)
    yield "people", _people(city)
    yield "placements", _placements(city)
    yield "memberships", _memberships(city)
    yield "traits", _traits(city)
    yield "changes", _changes(city)


class _Days(dict[date | None, str]):
    """Days as text; a city of a million records has a hundred different ones."""

    def __missing__(self, day: date | None) -> str:
        text = self[day] = "" if day is None else day.isoformat()
        return text


def _units(city: Zhucheng) -> Iterator[_Row]:
    days = _Days()
    yield ("id", "kind", "name", "since", "until", "latitude", "longitude", "size")
    for one in city.units:
        yield (one.id, one.kind, "", days[one.since], days[one.until], "", "", "")


def _people(city: Zhucheng) -> Iterator[_Row]:
    yield ("id", "name", "born", "since", "until")
    for one in city.people:
        yield (one.id, "", "", "", "")


def _placements(city: Zhucheng) -> Iterator[_Row]:
    days = _Days()
    yield ("tree", "unit", "parent", "since", "until")
    for one in city.placements:
        yield (one.tree, one.unit, one.parent, days[one.since], days[one.until])


def _memberships(city: Zhucheng) -> Iterator[_Row]:
    days = _Days()
    yield ("person", "unit", "role", "affiliation", "since", "until")
    for one in city.memberships:
        yield (one.person, one.unit, one.role, one.affiliation, days[one.since], days[one.until])


def _traits(city: Zhucheng) -> Iterator[_Row]:
    days = _Days()
    yield ("of", "name", "value", "since", "until")
    for one in city.traits:
        yield (one.of, one.name, one.value, days[one.since], days[one.until])


def _changes(city: Zhucheng) -> Iterator[_Row]:
    yield ("id", "kind", "on", "before", "after", "tickets", "points", "shares", "basis")
    for one in city.changes:
        before, after = ";".join(one.before), ";".join(one.after)
        yield (one.id, one.kind, one.on.isoformat(), before, after, one.tickets, one.points, "", one.basis)
