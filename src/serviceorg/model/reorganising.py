"""One change of units carried out: who ends, who begins, and where children, bonds and traits go."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

import attrs

from ..errors import Problem, SnapshotProblems, known_names
from .days import ONE_DAY, ended, holds
from .integrity.changing import misshapen, same_day
from .integrity.findings import Guesses
from .integrity.making import refuse_circle, refuse_misfits, unknown_words
from .records import Change, Membership, Placement, Trait, Unit
from .rewriting import earliest, rewritten, united
from .snapshot import Snapshot


class Reorganisation:
    """What a change does to a snapshot; ``problems`` must be empty before ``result`` is asked for."""

    def __init__(
        self,
        snapshot: Snapshot,
        change: Change,
        *,
        new: Mapping[str, Unit],
        parents: Mapping[str, str],
        bonds: str | Mapping[str, str],
        traits: str,
        division: Mapping[str, str],
    ) -> None:
        self._snapshot = snapshot
        self._change = change
        self._new = new
        self._parents = parents
        self._bonds = bonds
        self._traits = traits
        self._division = division
        self._before = set(change.before)
        self._gone = self._before - set(change.after)
        self._eve = change.on - ONE_DAY
        self.problems: list[Problem] = []
        for code, message in misshapen(change):
            self._add(code, message)
        for code, message in self._same_day():
            self._add(code, message)
        self._check_units()
        self._check_heirs()
        self._check_words()
        self._check_parents()
        if not self.problems:
            self._check_division()

    def result(self) -> Snapshot:
        """Return the snapshot after the change.

        Raises:
            SnapshotProblems: For new units and places that do not fit, and roles too many would hold.
        """
        snapshot, on = self._snapshot, self._change.on
        placements = rewritten(snapshot.placements, self._replaced, on=on)
        begun = self._successors()
        made = [self._units[name] for name in self._new]
        refuse_misfits(snapshot, units=made, placements=begun)
        placements = united(placements, begun)
        found = Snapshot.of(
            structure=snapshot.structure,
            units=self._units.values(),
            people=snapshot.people.values(),
            placements=placements,
            memberships=rewritten(snapshot.memberships, self._bound, on=on),
            traits=rewritten(snapshot.traits, self._true, on=on),
            changes=(*snapshot.changes, self._change),
        )
        self._refuse_crowds(found)
        for tree in self._parents if made else ():
            refuse_circle(found, made[0].id, tree=tree, on=on)
        return found

    def _refuse_crowds(self, found: Snapshot) -> None:
        """Refuse bonds that moved together at an heir beyond what its kind allows of a role.

        Raises:
            SnapshotProblems: For each role that more would hold than may, and than did before.
        """
        snapshot, on = self._snapshot, self._change.on
        bounded = [role for role in snapshot.structure.roles.values() if role.most is not None]
        held: dict[tuple[str, str], set[str]] = {}
        for bond in found.memberships if bounded else ():
            if bond.unit in self._change.after and holds(bond, on):
                held.setdefault((bond.unit, bond.role), set()).add(bond.person)
        for role in bounded:
            for unit in self._change.after if not role.at else self._of_kinds(role.at):
                before = {one.person for one in snapshot.holders(unit, role.id, on=on)}
                count = len(held.get((unit, role.id), ()))
                if count > max(role.most or 0, len(before)):
                    allowed = f"allowed are at most {role.most}: end the role by bonds=, or release before"
                    self._add("too-many", f"{count} would hold the role {role.id!r} at {unit!r}; {allowed}")
        if self.problems:
            raise SnapshotProblems(self.problems)

    def _of_kinds(self, kinds: Collection[str]) -> list[str]:
        return [name for name in self._change.after if self._units[name].kind in kinds]

    @cached_property
    def _units(self) -> dict[str, Unit]:
        """The units after the change, those that ended included."""
        units = {
            name: attrs.evolve(unit, until=self._eve) if name in self._gone else unit
            for name, unit in self._snapshot.units.items()
        }
        return units | {name: attrs.evolve(unit, since=self._change.on) for name, unit in self._new.items()}

    def _add(self, code: str, message: str) -> None:
        self.problems.append(Problem(code, f"change {self._change.id!r}", message))

    def _same_day(self) -> Iterator[tuple[str, str]]:
        others = [one for one in self._snapshot.changes if one.on == self._change.on]
        found = list(same_day(self._change, others))
        # One of them twice, seen from either side, would be no news.
        yield from found or [row for other in others for row in same_day(other, [self._change])]

    def _check_units(self) -> None:
        change, units = self._change, self._snapshot.units
        if any(one.id == change.id for one in self._snapshot.changes):
            self._add("double-change", "there is a change of this id already; allowed is a new id")
        for other in self._snapshot.changes:
            for name in sorted(self._gone & {*other.before, *other.after}) if other.on > change.on else ():
                message = f"{name!r} stands in change {other.id!r} of {other.on}, but ends before"
                self._add("planned-later", message)
        for name in dict.fromkeys(change.before):
            if name not in units:
                self._add("unknown-unit", f"there is no unit {name!r}")
            elif not holds(units[name], self._eve):
                self._add(
                    "not-there",
                    f"{name!r} must be there on {self._eve}, the day before the change, but is not",
                )

    def _check_heirs(self) -> None:
        change, units = self._change, self._snapshot.units
        for name in dict.fromkeys(change.after):
            if name in self._new:
                if name in units:
                    self._add(
                        "double-unit",
                        f"there is a unit {name!r} already; allowed is a new id, or its id alone",
                    )
                elif self._new[name].since not in (None, change.on):
                    since = self._new[name].since
                    self._add("not-begun", f"{name!r} begins on {since}; allowed is {change.on}, or no day")
            elif name not in units:
                self._add("unknown-unit", f"there is no unit {name!r}; a new one is given as a Unit")
            elif not holds(units[name], change.on):
                self._add(
                    "not-there", f"{name!r} must be there on {change.on}, the day of the change, but is not"
                )
        for name in self._new.keys() - set(change.after):
            self._add("unused-unit", f"the new unit {name!r} does not stand after the change")

    def _check_words(self) -> None:
        words = {self._traits, *([self._bonds] if isinstance(self._bonds, str) else self._bonds.values())}
        for word in sorted(words - {"move", "end"}):
            self._add("unknown-word", f"found {word!r} for bonds or traits; allowed are 'move' and 'end'")
        if not isinstance(self._bonds, str):
            roles = self._snapshot.structure.roles
            for role in unknown_words(self._bonds, roles):
                self._add("unknown-role", f"bonds: there is no role {role!r}; {known_names(role, roles)}")
        known = {**self._snapshot.units, **self._snapshot.people} if self._division else {}
        for name in sorted(self._division.keys() - known.keys() - {""}):
            guess = Guesses(known).of(name)
            self._add("unknown-owner", f"division: there is no unit or person {name!r}; {guess}")
        for name, heir in self._division.items():
            if heir not in self._change.after:
                self._add(
                    "unknown-share", f"{name!r} goes to {heir!r}; allowed are the units after the change"
                )

    def _check_parents(self) -> None:
        units, trees = self._snapshot.units, dict.fromkeys(self._snapshot.structure.trees)
        if self._parents:
            trees |= dict.fromkeys(placement.tree for placement in self._snapshot.placements)
        for tree, parent in self._parents.items():
            if tree not in trees:
                guess = known_names(tree, trees)
                self._add("unknown-tree", f"parents: there is no tree {tree!r}; {guess}")
            elif parent and parent not in units:
                self._add(
                    "unknown-parent", f"parents: there is no unit {parent!r}; {Guesses(units).of(parent)}"
                )
            elif parent and (parent in self._gone or not holds(units[parent], self._change.on)):
                self._add("parent-gone", f"parents: {parent!r} is not there on {self._change.on}")
        for tree in self._trees() if not self.problems else ():
            if len(self._above(tree)) > 1 and tree not in self._parents and self._new:
                above = ", ".join(map(repr, sorted(self._above(tree))))
                self._add(
                    "parents", f"in the tree {tree!r} the units lie under {above}; say which by parents="
                )

    def _check_division(self) -> None:
        """Find children and people of whom nobody says to which of several units they go."""
        if len(self._change.after) < 2 or "" in self._division:
            return
        lost = set()
        for placement in self._snapshot.placements:
            if placement.parent in self._gone and ended(placement) >= self._change.on:
                lost.add(placement.unit)
        for unit in self._gone:
            for bond in self._snapshot.bonds_of_unit(unit):
                if ended(bond) >= self._change.on and self._policy(bond) == "move":
                    lost.add(bond.person)
        for name in sorted(lost - self._division.keys() - self._before):
            self._add(
                "undivided", f'nobody says where {name!r} goes; name it in division=, or "" for the rest'
            )

    def _trees(self) -> list[str]:
        """Return the trees in which a unit before the change stands on the day before, or a new one is to."""
        return sorted({*self._placed, *self._parents})

    def _above(self, tree: str) -> set[str]:
        """Return the units right above those before the change, which are not among them themselves."""
        found = {self._snapshot.parent(unit, tree=tree, on=self._eve) for unit in self._placed.get(tree, ())}
        return found - self._before

    @cached_property
    def _placed(self) -> dict[str, set[str]]:
        """The units before the change by tree: those placed in it on the day before, or named above one."""
        found: dict[str, set[str]] = {}
        for placement in self._snapshot.placements:
            for unit in (placement.unit, placement.parent):
                if unit in self._before and holds(placement, self._eve):
                    found.setdefault(placement.tree, set()).add(unit)
        return found

    def _heir(self, unit: str, name: str) -> str:
        """Return where a child or person of a unit goes, "" for nowhere."""
        after = self._change.after
        if len(after) == 1:
            return after[0]
        return self._division.get(name) or (unit if unit in after else self._division.get("", ""))

    def _parent_in(self, tree: str) -> str:
        return self._parents[tree] if tree in self._parents else min(self._above(tree), default="")

    def _still_above(self, unit: str, tree: str) -> str:
        """Return the nearest unit above one that does not end with the change, "" for none."""
        seen = set()
        while unit in self._gone and unit not in seen:
            seen.add(unit)
            unit = self._snapshot.parent(unit, tree=tree, on=self._eve)
        return unit

    def _successors(self) -> list[Placement]:
        """Return the places of new units in the trees of those they come from."""
        return [
            self._clipped(
                Placement(tree=tree, unit=name, parent=self._parent_in(tree), since=self._change.on)
            )
            for tree in self._trees()
            for name in self._new
        ]

    def _replaced(self, placement: Placement) -> Placement | None:
        if placement.unit in self._gone:
            return None
        if placement.parent not in self._before:
            return placement
        heir = self._heir(placement.parent, placement.unit)
        if not heir or heir == placement.unit:
            if placement.parent not in self._gone:
                return placement
            heir = self._still_above(placement.parent, placement.tree)
        if heir == placement.parent:
            return placement
        return self._clipped(attrs.evolve(placement, parent=heir))

    def _clipped(self, placement: Placement) -> Placement:
        """Return a placement that does not outlive the unit or the one above."""
        lives = (
            self._units[name].until for name in (placement.unit, placement.parent) if name in self._units
        )
        return attrs.evolve(placement, until=earliest(placement.until, *lives))

    def _policy(self, bond: Membership) -> str:
        return self._bonds if isinstance(self._bonds, str) else self._bonds.get(bond.role, "move")

    def _bound(self, bond: Membership) -> Membership | None:
        if bond.unit not in self._before:
            return bond
        heir = self._heir(bond.unit, bond.person)
        if heir == bond.unit:
            return bond
        if not heir or self._policy(bond) == "end":
            return None
        return attrs.evolve(bond, unit=heir, until=earliest(bond.until, self._units[heir].until))

    def _true(self, trait: Trait) -> Trait | None:
        if trait.of not in self._gone:
            return trait
        heirs = self._change.after
        if self._traits == "end" or len(heirs) != 1:
            return None
        return attrs.evolve(trait, of=heirs[0], until=earliest(trait.until, self._units[heirs[0]].until))
