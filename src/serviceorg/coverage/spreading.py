"""Up and down a tree: what holds at a unit, told of all below it, and what is below, told of all above."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from ..basics import FrozenMap

Sum = int | Decimal
_NONE: tuple[str, ...] = ()


def from_above(
    own: Mapping[str, tuple[str, ...]], units: Iterable[str], parents: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Return for each unit what stands at it and at every unit above it, each name once."""
    known: dict[str, tuple[str, ...]] = {"": _NONE}
    for unit in units:
        found_above = known.get(parents.get(unit, ""))
        if found_above is not None:  # a neighbour was here before: nearly always so
            mine = own.get(unit)
            known[unit] = found_above if not mine else _joined(mine, found_above)
            continue
        way = []
        here = unit
        while here not in known:
            way.append(here)
            here = parents.get(here, "")
        found = known[here]
        while way:
            here = way.pop()
            mine = own.get(here)
            if mine:
                found = _joined(mine, found)
            known[here] = found
    return known


def _joined(mine: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*mine, *others))) if others else mine


def from_below(own: Mapping[str, tuple[str, ...]], parents: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return for each unit what stands at it and at every unit below it, each name once."""
    found: dict[str, dict[str, None]] = {}
    for unit, names in own.items():
        here = unit
        while here:
            found.setdefault(here, {}).update(dict.fromkeys(names))
            here = parents.get(here, "")
    return {unit: tuple(names) for unit, names in found.items()}


def summed_below(own: Mapping[str, Sum], parents: Mapping[str, str]) -> dict[str, Sum]:
    """Return for each unit the sum of what stands at the units below it, itself left out."""
    direct: dict[str, Sum] = {}
    for unit, amount in own.items():
        parent = parents.get(unit, "")
        direct[parent] = direct.get(parent, 0) + amount
    return _upwards(direct, parents)


def counted_below(units: Iterable[str], parents: Mapping[str, str]) -> dict[str, Sum]:
    """Return for each unit how many of the units given lie below it, itself left out."""
    return _upwards(Counter(map(parents.get, units)), parents)


def _upwards(direct: Mapping[Any, Sum], parents: Mapping[str, str]) -> dict[str, Sum]:
    found: dict[str, Sum] = {}
    for unit, amount in direct.items():
        here = unit
        while here:
            found[here] = found.get(here, 0) + amount
            here = parents.get(here, "")
    return found


def outermost(units: Iterable[str], parents: Mapping[str, str]) -> list[str]:
    """Return those units that lie below no other of them."""
    chosen = frozenset(units)
    if len(chosen) < 2:
        return list(chosen)
    return [unit for unit in sorted(chosen) if not _lies_below(unit, chosen, parents)]


def below_any(units: Iterable[str], above: Iterable[str], parents: Mapping[str, str]) -> set[str]:
    """Return those units that are one of ``above``, or lie below one."""
    known: dict[str, bool] = {"": False, **dict.fromkeys(above, True)}
    found = set()
    for unit in units:
        way, here = [], unit
        while here not in known:
            way.append(here)
            here = parents.get(here, "")
        is_below = known[here]
        known.update(dict.fromkeys(way, is_below))
        if is_below:
            found.add(unit)
    return found


def _lies_below(unit: str, chosen: frozenset[str], parents: Mapping[str, str]) -> bool:
    here = parents.get(unit, "")
    while here:
        if here in chosen:
            return True
        here = parents.get(here, "")
    return False


#: For checks without a tree: nothing lies above anything.
NO_TREE: Mapping[str, str] = FrozenMap()
