"""Everything that can be named: rule sets, measures and the plugins that brought them, frozen."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import attrs

from ..basics import FrozenMap
from ..errors import PluginFault, UnknownIdError
from ..facts import FactKind
from ..scoring.rules import RuleSet
from .folders import read_bundled
from .hookspecs import Measure


@attrs.frozen(kw_only=True)
class Plugin:
    """Where rule sets and measures came from, and whether they could be used.

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
    measures: tuple[str, ...] = ()

    def __str__(self) -> str:
        name = f"{self.distribution} {self.version}" if self.distribution else self.id
        return f"{name} ({self.origin})"


@attrs.frozen(eq=False)
class Registry:
    """Rule sets and measures by id; one registry can be shared by all threads.

    ``plugins`` are in order of id, ``problems`` what was left out with ``on_error="quarantine"``.
    """

    plugins: tuple[Plugin, ...]
    problems: tuple[PluginFault, ...] = ()
    measures: FrozenMap[str, Measure] = FrozenMap()
    _known: FrozenMap[str, RuleSet | Path] = attrs.field(default=FrozenMap(), repr=False)
    _clashes: FrozenMap[str, PluginFault] = attrs.field(default=FrozenMap(), repr=False)
    # Bundled files are read when they are first asked for. Two threads may both read one; both get
    # equal rules, and dict.setdefault lets one of them win for good.
    _read: dict[str, RuleSet] = attrs.field(factory=dict, init=False, repr=False)

    @property
    def rule_sets(self) -> tuple[str, ...]:
        """The ids of all rule sets, sorted."""
        return tuple(sorted(self._known))

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
        if id in self._clashes:
            raise self._clashes[id]
        rules = self._known.get(id)
        if rules is None:
            raise UnknownIdError("rule set", id, self._known)
        if isinstance(rules, Path):
            if id not in self._read:
                self._read.setdefault(id, read_bundled(rules))
            rules = self._read[id]
        return rules if on is None else rules.known_on(on)
