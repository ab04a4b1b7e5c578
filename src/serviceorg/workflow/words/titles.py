"""Titles by id: a field, a slot, a clock and a move may share an id, so each sort is asked for by itself."""

from collections.abc import Iterable
from typing import Protocol

import attrs

from ...basics import Label
from ..rules import Version


class _Titled(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def title(self) -> Label: ...


@attrs.frozen(eq=False)
class Titles:
    """The titles of a version, the id where there is none; both languages are always filled."""

    version: Version

    def role(self, name: str) -> Label:
        """Return the title of a role."""
        return _found(name, self.version.roles)

    def slot(self, name: str) -> Label:
        """Return the title of a slot."""
        return _found(name, self.version.slots)

    def field(self, name: str) -> Label:
        """Return the title of a field."""
        return _found(name, self.version.fields)

    def clock(self, name: str) -> Label:
        """Return the title of a clock."""
        return _found(name, self.version.clocks)

    def event(self, name: str) -> Label:
        """Return the title of an opening, move, state or part, or of a tier (CLOCK.TIER) by its clock."""
        version = self.version
        clock, dot, tier = name.partition(".")
        if dot:
            title = self.clock(clock)
            return Label(zh=f"{title.zh}·{tier}", en=f"{title.en}, {tier}", code=name)
        return _found(name, (*version.openings, *version.moves, *version.states, *version.parts))

    def part(self, name: str) -> Label:
        """Return the title of a part."""
        return _found(name, self.version.parts)

    def matter(self, name: str) -> Label:
        """Return the title of a matter that moves open: that of the part or move of the same id, if any."""
        return self.event(name)

    def of(self, name: str) -> Label:
        """Return the title of whatever has the id; what occurs goes before people, fields and clocks."""
        version = self.version
        things: list[_Titled] = [*version.openings, *version.moves, *version.states, *version.parts]
        things += (*version.slots, *version.fields, *version.clocks, *version.roles)
        return _found(name, things)


def _found(name: str, things: Iterable[_Titled]) -> Label:
    title = next((thing.title for thing in things if thing.id == name), Label())
    return Label(zh=title.in_("zh") or name, en=title.in_("en") or name, code=name)
