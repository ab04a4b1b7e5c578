"""A tree of units: which lies under which."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import attrs

from ..basics import FrozenMap, frozen_map
from ..errors import Problem, UnitProblems, known_names


@attrs.frozen
class Units:
    """Units of one tree at one time (组织树): each unit's id, and the id of the one above ("" at the top).

    ``covers`` takes the same time however deep the tree is: units are numbered so that everything
    below one has the numbers right after its own.

    Raises:
        UnitProblems: For a parent nobody declared, or a circle; all of them at once.
    """

    parents: FrozenMap[str, str] = attrs.field(factory=FrozenMap, converter=frozen_map)
    _spans: dict[str, tuple[int, int]] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_spans", _numbered(self.parents))

    def __contains__(self, unit: str) -> bool:
        return unit in self.parents

    def parent(self, unit: str) -> str:
        """Return the unit above, "" for none or for a unit nobody knows."""
        return self.parents.get(unit, "")

    def covers(self, above: str, unit: str) -> bool:
        """Return whether ``above`` is the unit itself or lies over it; False for a unit nobody knows."""
        outer, inner = self._spans.get(above), self._spans.get(unit)
        return outer is not None and inner is not None and outer[0] <= inner[0] < outer[1]

    def chain(self, unit: str) -> Iterator[str]:
        """Yield the unit and those over it, from below."""
        while unit in self.parents:
            yield unit
            unit = self.parents[unit]


def _numbered(parents: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Return for each unit its number and the number after the last one below it."""
    below: dict[str, list[str]] = defaultdict(list)
    problems = []
    for unit, parent in parents.items():
        if parent and parent not in parents:
            message = f"the unit above it is {parent!r}; {known_names(parent, parents)}"
            problems.append(Problem("unknown-unit", unit, message))
        below[parent].append(unit)
    spans: dict[str, tuple[int, int]] = {}
    number = 0
    todo = [(unit, False) for unit in reversed(below[""])]
    while todo:
        unit, is_left = todo.pop()
        if is_left:
            spans[unit] = (spans[unit][0], number)
            continue
        spans[unit] = (number, 0)
        number += 1
        todo.append((unit, True))
        todo += [(child, False) for child in reversed(below[unit])]
    circle = sorted(unit for unit in parents if unit not in spans)
    if circle and not problems:
        message = "the units above it lead in a circle: " + ", ".join(circle[:8])
        problems.append(Problem("circle", circle[0], message))
    if problems:
        raise UnitProblems(problems)
    return spans
