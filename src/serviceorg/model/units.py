"""A tree of units: which lies under which."""

from collections.abc import Iterator, Mapping

import attrs

from ..basics import FrozenMap, frozen_map
from ..errors import Problem, UnitProblems, known_names


@attrs.frozen
class Units:
    """Units of one tree at one time (组织树): each unit's id, and the id of the one above ("" at the top).

    ``covers`` takes the same time however deep the tree is: units are numbered so that everything
    below one has the numbers right after its own. ``chain`` and ``below`` mirror each other, and both begin
    with the unit itself: ``a in chain(b)``, ``b in below(a)`` and ``covers(a, b)`` say the same.

    ``heirs`` names units that have ended, each hung under the one that took over (see ``Snapshot.tree``):
    the heir covers them, and the unit above them is the one above the heir.

    Raises:
        UnitProblems: For a parent nobody declared, or a circle; all of them at once.
    """

    parents: FrozenMap[str, str] = attrs.field(factory=FrozenMap, converter=frozen_map)
    heirs: FrozenMap[str, str] = attrs.field(factory=FrozenMap, converter=frozen_map, kw_only=True)
    _order: tuple[str, ...] = attrs.field(init=False, repr=False, eq=False)
    _numbers: dict[str, int] = attrs.field(init=False, repr=False, eq=False)
    _sizes: dict[str, int] = attrs.field(init=False, repr=False, eq=False)
    _children: dict[str, list[str]] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        children: dict[str, list[str]] = {}
        for unit, parent in self.parents.items():
            if parent in children:
                children[parent].append(unit)
            else:
                children[parent] = [unit]
        order = _ordered(children)
        if len(order) < len(self.parents):
            raise UnitProblems(_problems(self.parents, order))
        object.__setattr__(self, "_order", tuple(order))
        object.__setattr__(self, "_numbers", {unit: number for number, unit in enumerate(order)})
        object.__setattr__(self, "_sizes", _sizes(self.parents, order))
        object.__setattr__(self, "_children", children)

    def __contains__(self, unit: str) -> bool:
        return unit in self.parents

    def __len__(self) -> int:
        return len(self.parents)

    @property
    def roots(self) -> tuple[str, ...]:
        """The units with none above."""
        return self.children("")

    def parent(self, unit: str) -> str:
        """Return the unit above, "" for none; of a unit that ended, the one above its heir."""
        return self.parents.get(self.heirs.get(unit, unit), "")

    def children(self, unit: str) -> tuple[str, ...]:
        """Return the units right below, in the order they were given; those of "" are the roots."""
        return tuple(self._children.get(unit, ()))

    def covers(self, above: str, unit: str) -> bool:
        """Return whether ``above`` is the unit itself or lies over it; False for a unit nobody knows."""
        outer, inner = self._numbers.get(above), self._numbers.get(unit)
        return outer is not None and inner is not None and outer <= inner < outer + self._sizes[above]

    def chain(self, unit: str) -> Iterator[str]:
        """Yield the unit and those over it, from below."""
        while unit in self.parents:
            yield unit
            unit = self.parents[unit]

    def below(self, unit: str) -> tuple[str, ...]:
        """Return the unit and everything under it, from above; nothing for a unit nobody knows."""
        first = self._numbers.get(unit, 0)
        return self._order[first : first + self._sizes.get(unit, 0)]

    def level(self, unit: str) -> int:
        """Return how many units lie over it, or over its heir: 0 at the top, and for a unit nobody knows."""
        return max(0, sum(1 for _ in self.chain(self.heirs.get(unit, unit))) - 1)


def _ordered(children: Mapping[str, list[str]]) -> list[str]:
    """Return all units that hang from the top, each before those below it."""
    order = []
    todo = children.get("", [])[::-1]
    while todo:
        unit = todo.pop()
        order.append(unit)
        if unit in children:
            todo += children[unit][::-1]
    return order


def _sizes(parents: Mapping[str, str], order: list[str]) -> dict[str, int]:
    """Return for each unit how many units there are from it down, itself included."""
    sizes = dict.fromkeys(order, 1)
    for unit in reversed(order):
        parent = parents[unit]
        if parent:
            sizes[parent] += sizes[unit]
    return sizes


def _problems(parents: Mapping[str, str], order: list[str]) -> list[Problem]:
    problems = [
        Problem("unknown-unit", unit, f"the unit above it is {parent!r}; {known_names(parent, parents)}")
        for unit, parent in parents.items()
        if parent and parent not in parents
    ]
    if not problems:
        circle = sorted(parents.keys() - set(order))
        message = "the units above it lead in a circle: " + ", ".join(circle[:8])
        problems.append(Problem("circle", circle[0], message))
    return problems
