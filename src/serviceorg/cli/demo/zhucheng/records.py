"""The records of the invented Zhucheng: units, where they lie in three trees, people, bonds, traits."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import attrs

from ....model.records import Change, Membership, Person, Placement, Trait, Unit
from .land import OLD_MEMBER, ORDINARY, Community, towns_of
from .links import CITY, SmallGrid, agency_id
from .sizes import MERGED, QUARTER, SINCE, Sizes
from .turns import Turns

ADMIN, GRID, LINKS = "admin", "grid", "links"
_EVE = MERGED - timedelta(1)
_DAY = timedelta(1)


@attrs.frozen(kw_only=True, eq=False)
class World:
    """What the records tell of: the land, the small grids and what changed in the quarter."""

    sizes: Sizes
    land: Sequence[Community]
    grids: Sequence[SmallGrid]
    turns: Turns

    @property
    def old(self) -> tuple[str, str]:
        """The two communities that end."""
        return self.turns.merged[0]

    @property
    def new(self) -> str:
        """The community they become."""
        return self.turns.merged[1]

    def units(self) -> Iterator[Unit]:
        """Yield every unit, the largest first."""
        yield Unit(id=CITY, kind="city", since=SINCE)
        for agency in self._agencies():
            yield Unit(id=agency, kind="agency", since=SINCE)
        for town in towns_of(self.land):
            yield Unit(id=town, kind="town", since=SINCE)
        for one in self.land:
            until = _EVE if one.id in self.old else None
            yield Unit(id=one.id, kind="community", since=SINCE, until=until)
        yield Unit(id=self.new, kind="community", since=MERGED)
        away = self.turns.away
        for one in self.land:
            for village, cells in zip(one.villages, one.cells, strict=True):
                yield Unit(id=village, kind="village", since=SINCE)
                for cell, households in cells:
                    yield Unit(id=cell, kind="cell", since=SINCE)
                    for household in households:
                        until = away.get(household)
                        yield Unit(id=household, kind="household", since=SINCE, until=until)
        for grid in self.grids:
            yield Unit(id=grid.id, kind="small-grid", since=SINCE)

    def placements(self) -> Iterator[Placement]:
        """Yield where units lie: in the administration, in the grid, and with their linkers."""
        for tree in (ADMIN, LINKS):
            yield Placement(tree=tree, unit=CITY, since=SINCE)
            for unit in (*self._agencies(), *towns_of(self.land)):
                yield Placement(tree=tree, unit=unit, parent=CITY, since=SINCE)
        for one in self.land:
            yield from self._of_community(one)
        for grid in self.grids:
            yield Placement(tree=LINKS, unit=grid.id, parent=grid.home, since=SINCE)
            yield from self._households(LINKS, grid.id, grid.households)

    def _of_community(self, one: Community) -> Iterator[Placement]:
        until = _EVE if one.id in self.old else None
        for tree, parent in ((ADMIN, one.town), (GRID, "")):
            yield Placement(tree=tree, unit=one.id, parent=parent, since=SINCE, until=until)
            if one.id == self.old[0]:
                yield Placement(tree=tree, unit=self.new, parent=parent, since=MERGED)
        for village, cells in zip(one.villages, one.cells, strict=True):
            for tree in (ADMIN, GRID):
                yield Placement(tree=tree, unit=village, parent=one.id, since=SINCE, until=until)
                if until:
                    yield Placement(tree=tree, unit=village, parent=self.new, since=MERGED)
            for cell, households in cells:
                yield Placement(tree=GRID, unit=cell, parent=village, since=SINCE)
                yield from self._households(GRID, cell, households)

    def _agencies(self) -> list[str]:
        return [agency_id(number) for number in range(1, self.sizes.agencies + 1)]

    def _households(self, tree: str, parent: str, households: Sequence[str]) -> Iterator[Placement]:
        away = self.turns.away
        for household in households:
            until = away.get(household)
            yield Placement(tree=tree, unit=household, parent=parent, since=SINCE, until=until)

    def people(self) -> Iterator[Person]:
        """Yield the linkers, those who follow somebody, and the heads of cells and communities."""
        for grid in self.grids:
            yield Person(id=grid.linker)
        for _, successor in self.turns.replaced.values():
            yield Person(id=successor)
        for _, head in self._heads():
            yield Person(id=head)

    def memberships(self) -> Iterator[Membership]:
        """Yield who links which small grid and works where, and who heads a cell or community."""
        for grid in self.grids:
            since, successor = self.turns.replaced.get(grid.id, (None, ""))
            until = since - _DAY if since else None
            yield from _linker(grid, grid.linker, SINCE, until)
            if since:
                yield from _linker(grid, successor, since, None)
        for unit, head in self._heads():
            role = "grid-head" if unit.startswith("G") else "community-head"
            until = _EVE if unit in self.old else None
            yield Membership(person=head, unit=unit, role=role, since=SINCE, until=until)
        # The head of the first of the two goes on as head of both.
        yield Membership(person=_head_of(self.old[0]), unit=self.new, role="community-head", since=MERGED)

    def _heads(self) -> Iterator[tuple[str, str]]:
        for one in self.land:
            yield one.id, _head_of(one.id)
            for cells in one.cells:
                for cell, _ in cells:
                    yield cell, _head_of(cell)

    def traits(self) -> Iterator[Trait]:
        """Yield every household's class and priority, and every linker's origin, rank and leave."""
        for one in self.land:
            for household, care in one.care.items():
                yield from self._care(household, care)
        for grid in self.grids:
            since, successor = self.turns.replaced.get(grid.id, (None, ""))
            yield Trait(of=grid.linker, name="origin", value=grid.origin, since=SINCE)
            if since:
                yield Trait(of=successor, name="origin", value=grid.origin, since=since)
            if grid.linker in self.turns.ranked:
                yield Trait(of=grid.linker, name="rank", value="deputy-section-and-above", since=SINCE)
            if grid.linker in self.turns.on_leave:
                yield Trait(of=grid.linker, name="absence", value="long-leave", since=QUARTER.start)

    def _care(self, household: str, care: str) -> Iterator[Trait]:
        since, other = self.turns.reclassed.get(household, (None, ""))
        last = self.turns.away.get(household)
        if care == OLD_MEMBER:
            yield Trait(of=household, name="priority", value=OLD_MEMBER, since=SINCE, until=last)
            care = ORDINARY
        if since:
            yield Trait(of=household, name="care", value=care, since=SINCE, until=since - _DAY)
            yield Trait(of=household, name="care", value=other, since=since, until=last)
        else:
            yield Trait(of=household, name="care", value=care, since=SINCE, until=last)

    def changes(self) -> Iterator[Change]:
        """Yield the merger."""
        yield Change(
            id="merge-1", kind="merge", on=MERGED, before=self.old, after=(self.new,), tickets=self.new
        )


def _linker(grid: SmallGrid, person: str, since: date, until: date | None) -> Iterator[Membership]:
    yield Membership(person=person, unit=grid.id, role="linker", since=since, until=until)
    yield Membership(
        person=person, unit=grid.home, role="staff", affiliation="home", since=since, until=until
    )


def _head_of(unit: str) -> str:
    return f"P-{unit}"
