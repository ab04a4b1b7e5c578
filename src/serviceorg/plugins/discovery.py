"""Which plugins are installed, and what the environment says about them.

The only place that looks at environment variables:

- ``SERVICEORG_PATH``: folders of rule files, parted like ``PATH``.
- ``SERVICEORG_PLUGINS``: ``off``, or the only plugins to load, parted by commas.
- ``SERVICEORG_PLUGINS_DISABLE``: plugins not to load, parted by commas.

A plugin is named by its entry point or by its distribution; capitals, ``-``, ``_`` and ``.`` make no
difference.
"""

import json
import os
import re
from importlib.metadata import Distribution, EntryPoint, PackageNotFoundError, entry_points, version
from pathlib import Path

import attrs

DATA_GROUP, PYTHON_GROUP = "serviceorg.rule_sets", "serviceorg.plugins"


@attrs.frozen(kw_only=True)
class Settings:
    """What the environment asks for; ``only`` None means every plugin, () none."""

    paths: tuple[str, ...] = ()
    only: tuple[str, ...] | None = None
    disable: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Installed:
    """An entry point with the distribution that brings it."""

    entry: EntryPoint
    distribution: str
    version: str
    origin: str  # "installed", or "editable" and where

    @property
    def id(self) -> str:
        """The plugin's id: the name of its entry point."""
        return self.entry.name

    @property
    def is_data(self) -> bool:
        """Whether it only brings rule files, so that none of its Python is run."""
        return self.entry.group == DATA_GROUP

    def is_named_in(self, names: tuple[str, ...]) -> bool:
        """Return whether one of the names means this plugin or its distribution."""
        wanted = {canonical(name) for name in names}
        return not wanted.isdisjoint({canonical(self.id), canonical(self.distribution)})


def canonical(name: str) -> str:
    """Return a name as it is compared (PEP 503): small, one ``-`` for a run of ``-``, ``_`` and ``.``."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def from_environment() -> Settings:
    """Return what the environment variables say; an empty variable is one that is not set."""
    only = _names("SERVICEORG_PLUGINS")
    return Settings(
        paths=tuple(filter(None, os.environ.get("SERVICEORG_PATH", "").split(os.pathsep))),
        only=() if [*map(str.lower, only)] == ["off"] else only or None,
        disable=_names("SERVICEORG_PLUGINS_DISABLE"),
    )


def installed() -> tuple[Installed, ...]:
    """Return every entry point of our two groups, sorted by id and distribution.

    A distribution that Python meets twice, through a link or a doubled path, counts once; of two
    copies of one distribution the first on the path counts, as it does for imports.
    """
    found = [_described(entry) for group in (DATA_GROUP, PYTHON_GROUP) for entry in entry_points(group=group)]
    return tuple(sorted(set(found), key=lambda one: (one.id, one.distribution, one.entry.group)))


def own_version() -> str:
    """Return the version of serviceorg, or "source" when it runs without being installed."""
    try:
        return version("serviceorg")
    except PackageNotFoundError:
        return "source"


def bundled_schemes() -> Path:
    """Return the folder of the rule files that come with serviceorg."""
    return Path(__file__).parents[1] / "schemes"


def _names(variable: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in os.environ.get(variable, "").split(",") if name.strip())


def _described(entry: EntryPoint) -> Installed:
    distribution = entry.dist
    try:
        name, number = (distribution.name, distribution.version) if distribution else (None, None)
    except (KeyError, TypeError):  # a folder that lost its METADATA file; it still gets a line of its own
        name = number = None
    return Installed(
        entry=entry,
        distribution=name or f"unnamed distribution of {entry.name}",
        version=number or "?",
        origin=_origin(distribution) if distribution else "installed",
    )


def _origin(distribution: Distribution) -> str:
    """Return "editable" with the folder when PEP 610 metadata says so, else "installed"."""
    try:
        facts = json.loads(distribution.read_text("direct_url.json") or "{}")
        if facts.get("dir_info", {}).get("editable"):
            return f"editable, {str(facts.get('url', '')).removeprefix('file://')}"
    except (ValueError, AttributeError):
        pass  # metadata of another shape says nothing about where the plugin is from
    return "installed"
