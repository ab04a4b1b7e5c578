"""Everything that can be named: rule sets, workflows, measures and the plugins that brought them, frozen."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

import attrs

from ..basics import FrozenMap
from ..calendars import WorkCalendar, china
from ..errors import NotInForceError, PluginFault, UnknownIdError
from ..facts import FactKind
from ..model import Units
from ..scoring.rules import RuleSet
from ..workflow import Flow, Requirement, Workflow
from .folders import read_bundled, read_bundled_workflow
from .hookspecs import Measure

T = TypeVar("T", RuleSet, Workflow)


@attrs.frozen(kw_only=True)
class Plugin:
    """Where rule sets, workflows and measures came from, and whether they could be used.

    ``status`` is "active", "disabled" or "broken" (``error`` says why). ``origin`` is "bundled",
    "installed", "editable" with a folder, or "folder" for one named by ``paths`` or ``SERVICEORG_PATH``.
    """

    id: str
    distribution: str = ""
    version: str = ""
    origin: str
    status: str = "active"
    error: str = ""
    rule_sets: tuple[str, ...] = ()
    workflows: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()

    def __str__(self) -> str:
        name = f"{self.distribution} {self.version}" if self.distribution else self.id
        return f"{name} ({self.origin})"


@attrs.frozen(eq=False)
class Shelf(Generic[T]):
    """Rule sets, or workflows, by id: what is ``known``, read or not, and what several plugins bring."""

    noun: str
    read: Callable[[Path], T] = attrs.field(repr=False)
    known: FrozenMap[str, T | Path] = attrs.field(default=FrozenMap(), repr=False)
    clashes: FrozenMap[str, PluginFault] = attrs.field(default=FrozenMap(), repr=False)
    # Bundled files are read when they are first asked for. Two threads may both read one; both get
    # equal rules, and dict.setdefault lets one of them win for good.
    _opened: dict[str, T] = attrs.field(factory=dict, init=False, repr=False)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id, sorted."""
        return tuple(sorted(self.known))

    def get(self, name: str) -> T:
        """Return what has the id.

        Raises:
            UnknownIdError: If nothing brings it; names the nearest id.
            PluginFault: If two plugins bring it and neither was chosen.
            Problems: If a bundled file was damaged.
        """
        if name in self.clashes:
            raise self.clashes[name]
        found = self.known.get(name)
        if found is None:
            raise UnknownIdError(self.noun, name, self.known)
        if isinstance(found, Path):
            if name not in self._opened:
                self._opened.setdefault(name, self.read(found))
            return self._opened[name]
        return found


def rule_shelf(known: Mapping[str, RuleSet | Path], clashes: Mapping[str, PluginFault]) -> Shelf[RuleSet]:
    """Return the rule sets of a registry."""
    return Shelf("rule set", read_bundled, FrozenMap(known), FrozenMap(clashes))


def flow_shelf(known: Mapping[str, Workflow | Path], clashes: Mapping[str, PluginFault]) -> Shelf[Workflow]:
    """Return the workflows of a registry."""
    return Shelf("workflow", read_bundled_workflow, FrozenMap(known), FrozenMap(clashes))


@attrs.frozen(eq=False)
class Registry:
    """Rule sets, workflows and measures by id; one registry can be shared by all threads.

    A rule set and a workflow may share an id: they are different things.

    ``plugins`` are in order of id, ``problems`` what was left out with ``on_error="quarantine"``.
    """

    plugins: tuple[Plugin, ...]
    problems: tuple[PluginFault, ...] = ()
    measures: FrozenMap[str, Measure] = FrozenMap()
    _rules: Shelf[RuleSet] = attrs.field(factory=lambda: rule_shelf({}, {}), repr=False)
    _flows: Shelf[Workflow] = attrs.field(factory=lambda: flow_shelf({}, {}), repr=False)

    @property
    def rule_sets(self) -> tuple[str, ...]:
        """The ids of all rule sets, sorted."""
        return self._rules.ids

    @property
    def workflows(self) -> tuple[str, ...]:
        """The ids of all workflows, sorted."""
        return self._flows.ids

    @property
    def kinds(self) -> Mapping[str, FrozenMap[str, FactKind]]:
        """The kinds of fact each rule set reads, by the id of the rule set.

        Two places may mean different things by one name, so kinds are not thrown together. Reads
        every bundled rule file.
        """
        return FrozenMap({name: self.rule_set(name).kinds for name in self.rule_sets})

    def rule_set(self, id: str, on: date | None = None) -> RuleSet:  # noqa: A002  # the word of the public face
        """Return a rule set; with ``on``, without the versions that begin after that day.

        Raises:
            UnknownIdError: If nothing brings it; names the nearest id.
            PluginFault: If two plugins bring it and neither was chosen.
            NotInForceError: If its first version begins after ``on``.
            RuleSetProblems: If a bundled file was damaged.
        """
        rules = self._rules.get(id)
        return rules if on is None else rules.known_on(on)

    def workflow_rules(self, id: str, on: date | None = None) -> Workflow:  # noqa: A002  # as above
        """Return the definition of a workflow; with ``on``, without the versions that begin after that day.

        Raises:
            UnknownIdError: If nothing brings it; names the nearest id.
            PluginFault: If two plugins bring it and neither was chosen.
            NotInForceError: If its first version begins after ``on``.
            WorkflowProblems: If a bundled file was damaged.
        """
        rules = self._flows.get(id)
        if on is None:
            return rules
        versions = tuple(version for version in rules.versions if version.effective <= on)
        if not versions:
            first = rules.versions[0].effective
            raise NotInForceError(f"workflow {id!r} begins on {first}; nothing is in force on {on}")
        return attrs.evolve(rules, versions=versions)

    def workflow(
        self,
        id: str,  # noqa: A002  # as above
        *,
        on: date | None = None,
        units: Units = Units(),  # noqa: B008  # frozen
        calendars: Mapping[str, WorkCalendar] = FrozenMap(),
        requirements: Mapping[str, Requirement] = FrozenMap(),
    ) -> Flow:
        """Return a workflow ready to be used, by the tree of ``units`` and ``calendars`` of the host.

        The calendar "cn" is that of China, as bundled, unless ``calendars`` has another one by that name.
        Clocks that count by a unit's own calendar find it by the unit's id. ``requirements`` are functions
        by the id a file names them with.

        Raises:
            UnknownIdError: If nothing brings the workflow, or it names a calendar or requirement not given.
            PluginFault: If two plugins bring it and neither was chosen.
            NotInForceError: If its first version begins after ``on``.
            WorkflowProblems: If a bundled file was damaged.
        """
        return Flow(
            self.workflow_rules(id, on),
            calendars={**({} if "cn" in calendars else {"cn": china()}), **calendars},
            units=units,
            requirements=requirements,
        )
