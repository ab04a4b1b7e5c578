"""A tree with a history, in plain tuples: what the rivals of the tree contests are given."""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

UNITS = 100_000
FIRST = date(2024, 1, 1)
_DAY = timedelta(1)
_BELOW = 8  # units under each: a hundred thousand are six levels
_MOVED = 20  # one of so many hangs elsewhere from some day on
_DAYS = 300
_SEED = 11

#: Unit, parent, first day, last day or None.
Row = tuple[str, str, date, date | None]


class Land(NamedTuple):
    """Placements of units in one tree, and bonds of people to them with first and last day."""

    units: list[str]
    rows: list[Row]
    bonds: list[Row]


def land(size: int) -> Land:
    """Return a tree of a size; one unit of twenty moves within the year, one bond of ten passes on."""
    chance = Random(_SEED)
    units = [f"U-{number:06d}" for number in range(size)]
    rows: list[Row] = []
    bonds: list[Row] = []
    for number, unit in enumerate(units):
        parent = units[(number - 1) // _BELOW] if number else ""
        if number > _BELOW and not chance.randrange(_MOVED):
            day = FIRST + (1 + chance.randrange(_DAYS)) * _DAY
            other = units[(number - 1) // _BELOW - 1]
            rows += [(unit, parent, FIRST, day - _DAY), (unit, other, day, None)]
        else:
            rows.append((unit, parent, FIRST, None))
        if not chance.randrange(10):
            day = FIRST + (1 + chance.randrange(_DAYS)) * _DAY
            bonds += [(f"P-{number}", unit, FIRST, day - _DAY), (f"Q-{number}", unit, day, None)]
        else:
            bonds.append((f"P-{number}", unit, FIRST, None))
    return Land(units, rows, bonds)


def day_of(turn: int, step: int = 0) -> date:
    """Return another day for each turn."""
    return FIRST + ((turn * 7 + step) % _DAYS) * _DAY


def parents_on(rows: list[Row], on: date) -> dict[str, str]:
    """Return every unit's parent on a day, as one would write it."""
    return {
        unit: parent for unit, parent, since, until in rows if since <= on and (until is None or on <= until)
    }
