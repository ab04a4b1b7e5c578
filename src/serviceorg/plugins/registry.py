"""Everything that can be named: rule sets, workflows, other books, measures and their plugins, frozen."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ..basics import FrozenMap, frozen_map
from ..calendars import WorkCalendar, china
from ..errors import NotInForceError, PluginFault, UnknownIdError
from ..facts import FactKind
from ..loading.sorts import SORT_OF
from ..model import Units
from ..model.structure import Structure
from ..scoring.rules import RuleSet
from ..workflow import Flow, Requirement, Workflow
from .folders import read_bundled
from .hookspecs import Measure

if TYPE_CHECKING:  # a program pays for the engines it uses
    from ..commitments import CommitmentBook
    from ..coverage import CoverageBook
    from ..duties import DutyBook
    from ..ledger import AccountRules
    from ..matching import MatchRules


@attrs.frozen(kw_only=True)
class Plugin:
    """Where rule sets, workflows, other books and measures came from, and whether they could be used.

    ``status`` is "active", "disabled" or "broken" (``error`` says why). ``origin`` is "bundled",
    "installed", "editable" with a folder, or "folder" for one named by ``paths`` or ``SERVICEORG_PATH``.
    ``brings`` holds the ids of everything read from files, by the head of the files.
    """

    id: str
    distribution: str = ""
    version: str = ""
    origin: str
    status: str = "active"
    error: str = ""
    brings: FrozenMap[str, tuple[str, ...]] = attrs.field(factory=FrozenMap, converter=frozen_map)
    measures: tuple[str, ...] = ()

    @property
    def rule_sets(self) -> tuple[str, ...]:
        """The ids of the rule sets it brings, sorted."""
        return self.brings.get("rule_set", ())

    @property
    def workflows(self) -> tuple[str, ...]:
        """The ids of the workflows it brings, sorted."""
        return self.brings.get("workflow", ())

    def __str__(self) -> str:
        name = f"{self.distribution} {self.version}" if self.distribution else self.id
        return f"{name} ({self.origin})"


@attrs.frozen(eq=False)
class Shelf:
    """What files of one head hold, by id: what is ``known``, read or not, and what several plugins bring."""

    head: str
    known: FrozenMap[str, Any] = attrs.field(factory=FrozenMap, converter=frozen_map, repr=False)
    clashes: FrozenMap[str, PluginFault] = attrs.field(factory=FrozenMap, converter=frozen_map, repr=False)
    # Bundled files are read when they are first asked for. Two threads may both read one; both get
    # equal values, and dict.setdefault lets one of them win for good.
    _opened: dict[str, Any] = attrs.field(factory=dict, init=False, repr=False)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id, sorted."""
        return tuple(sorted(self.known))

    def get(self, name: str) -> Any:
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
            raise UnknownIdError(SORT_OF[self.head].noun, name, self.known)
        if isinstance(found, Path):
            if name not in self._opened:
                self._opened.setdefault(name, read_bundled(self.head, found))
            return self._opened[name]
        return found


@attrs.frozen(eq=False)
class Registry:
    """Rule sets, workflows, other books and measures by id; one registry can be shared by all threads.

    Things of different sorts may share an id. ``plugins`` are in order of id, ``problems`` what was left out
    with ``on_error="quarantine"``.
    """

    plugins: tuple[Plugin, ...]
    problems: tuple[PluginFault, ...] = ()
    measures: FrozenMap[str, Measure] = FrozenMap()
    _shelves: FrozenMap[str, Shelf] = attrs.field(factory=FrozenMap, converter=frozen_map, repr=False)

    def _shelf(self, head: str) -> Shelf:
        return self._shelves.get(head) or Shelf(head)

    def known(self, head: str) -> tuple[str, ...]:
        """Return the ids of everything whose files have that head, such as "duties", sorted.

        Raises:
            UnknownIdError: If no sort of file has that head.
        """
        if head not in SORT_OF:
            raise UnknownIdError("sort of file", head, SORT_OF)
        return self._shelf(head).ids

    def get(self, head: str, id: str) -> Any:  # noqa: A002  # the word of the public face
        """Return what files with that head hold under an id; the methods below say the same with types.

        Raises:
            UnknownIdError: If no sort of file has that head, or nothing brings the id; names the nearest.
            PluginFault: If two plugins bring it and neither was chosen.
            Problems: If a bundled file was damaged.
        """
        self.known(head)
        return self._shelf(head).get(id)

    @property
    def rule_sets(self) -> tuple[str, ...]:
        """The ids of all rule sets, sorted."""
        return self._shelf("rule_set").ids

    @property
    def workflows(self) -> tuple[str, ...]:
        """The ids of all workflows, sorted."""
        return self._shelf("workflow").ids

    @property
    def kinds(self) -> Mapping[str, FrozenMap[str, FactKind]]:
        """The kinds of fact each rule set reads, by the id of the rule set.

        Two places may mean different things by one name, so kinds are not thrown together. Reads
        every bundled rule file.
        """
        return FrozenMap({name: self.rule_set(name).kinds for name in self.rule_sets})

    def structure(self, id: str) -> Structure:  # noqa: A002  # as above
        """Return what a place declares about its organisation: "zhucheng/structure".

        Raises:
            UnknownIdError, PluginFault, StructureProblems: As ``rule_set`` does.
        """
        found: Structure = self._shelf("structure").get(id)
        return found

    def duty_book(self, id: str) -> "DutyBook":  # noqa: A002  # as above
        """Return a book of duties.

        Raises:
            UnknownIdError, PluginFault, DutyProblems: As ``rule_set`` does.
        """
        found: DutyBook = self._shelf("duties").get(id)
        return found

    def coverage_book(self, id: str) -> "CoverageBook":  # noqa: A002  # as above
        """Return a book of quotas and coverage checks.

        Raises:
            UnknownIdError, PluginFault, CoverageProblems: As ``rule_set`` does.
        """
        found: CoverageBook = self._shelf("coverage").get(id)
        return found

    def account_rules(self, id: str) -> "AccountRules":  # noqa: A002  # as above
        """Return the rules of accounts.

        Raises:
            UnknownIdError, PluginFault, LedgerProblems: As ``rule_set`` does.
        """
        found: AccountRules = self._shelf("ledger").get(id)
        return found

    def match_rules(self, id: str) -> "MatchRules":  # noqa: A002  # as above
        """Return the rules by which needs and offers are matched.

        Raises:
            UnknownIdError, PluginFault, MatchingProblems: As ``rule_set`` does.
        """
        found: MatchRules = self._shelf("matching").get(id)
        return found

    def commitment_book(self, id: str) -> "CommitmentBook":  # noqa: A002  # as above
        """Return a book of commitments.

        Raises:
            UnknownIdError, PluginFault, CommitmentProblems: As ``rule_set`` does.
        """
        found: CommitmentBook = self._shelf("commitments").get(id)
        return found

    def rule_set(self, id: str, on: date | None = None) -> RuleSet:  # noqa: A002  # the word of the public face
        """Return a rule set; with ``on``, without the versions that begin after that day.

        Raises:
            UnknownIdError: If nothing brings it; names the nearest id.
            PluginFault: If two plugins bring it and neither was chosen.
            NotInForceError: If its first version begins after ``on``.
            RuleSetProblems: If a bundled file was damaged.
        """
        rules: RuleSet = self._shelf("rule_set").get(id)
        return rules if on is None else rules.known_on(on)

    def workflow_rules(self, id: str, on: date | None = None) -> Workflow:  # noqa: A002  # as above
        """Return the definition of a workflow; with ``on``, without the versions that begin after that day.

        Raises:
            UnknownIdError: If nothing brings it; names the nearest id.
            PluginFault: If two plugins bring it and neither was chosen.
            NotInForceError: If its first version begins after ``on``.
            WorkflowProblems: If a bundled file was damaged.
        """
        rules: Workflow = self._shelf("workflow").get(id)
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
