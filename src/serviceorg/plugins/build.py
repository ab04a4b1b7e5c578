"""``load``: find plugins, check what they bring, and freeze it into a registry."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import attrs

from ..basics import FrozenMap
from ..errors import PluginFault, Problems, known_names
from ..loading.sorts import SORT_OF, SORTS
from ..scoring.rules import PluginMeasure, RuleSet
from .discovery import (
    Installed,
    Settings,
    bundled_schemes,
    canonical,
    from_environment,
    installed,
    own_version,
)
from .folders import Found, bundled_files, package_folder, read_schemes
from .guard import Brought, brought_by
from .hookspecs import Measure
from .registry import Plugin, Registry, Shelf

#: How the rule files that come along are named among the plugins.
BUNDLED = "serviceorg"


_NOTHING = Brought()
#: Where something comes from: what it is, or the file it is read from.
_Source = tuple[Plugin, Any]


@attrs.define
class _Draft:
    """The registry while it grows; ``sources`` by head of the files and id."""

    plugins: list[Plugin] = attrs.field(factory=list)
    faults: list[PluginFault] = attrs.field(factory=list)
    sources: dict[str, dict[str, list[_Source]]] = attrs.field(
        factory=lambda: {sort.head: defaultdict(list) for sort in SORTS}
    )
    measures: dict[str, Measure] = attrs.field(factory=dict)

    def accept(self, plugin: Plugin, found: Found, brought: Brought = _NOTHING) -> None:
        plugin = attrs.evolve(
            plugin,
            brings={head: tuple(sorted(ones)) for head, ones in found.items() if ones},
            measures=tuple(sorted(brought.measures)),
        )
        self.plugins.append(plugin)
        self.measures.update(brought.measures)
        for head, ones in found.items():
            for name, one in ones.items():
                self.sources[head][name].append((plugin, one))

    def named(self, name: str) -> list[_Source]:
        """Return where things of that id come from, of whatever sort."""
        return [source for ones in self.sources.values() for source in ones.get(name, ())]

    def refuse(self, plugin: Plugin, fault: PluginFault) -> None:
        self.plugins.append(attrs.evolve(plugin, status="broken", error=str(fault)))
        self.faults.append(fault)


def load(
    *,
    paths: Iterable["str | PathLike[str]"] = (),
    discover: bool = True,
    only: Sequence[str] | None = None,
    disable: Sequence[str] = (),
    on_error: Literal["raise", "quarantine"] = "raise",
    overrides: Mapping[str, str] = FrozenMap(),
) -> Registry:
    """Return a frozen registry of what is bundled, of installed plugins, and of the files in ``paths``.

    ``paths`` are folders of rule files, workflow files and other books, or folders of such. Without
    ``discover`` neither the environment nor installed packages are looked at. ``only`` names the plugins
    to load (() for none), ``disable`` those not to ("serviceorg" stands for what is bundled), both by
    entry point or distribution; ``only`` given here wins over ``SERVICEORG_PLUGINS``, ``disable`` adds up.
    ``overrides`` chooses between plugins that bring the same rule set or workflow: its id to plugin.

    What plugins and folders bring is read and checked here; bundled files are read when first asked for.

    Raises:
        ExceptionGroup: Of one ``PluginFault`` for each plugin that failed, unless ``on_error`` is
            "quarantine": then they are left out, and told in ``Registry.problems``.
    """
    if on_error not in ("raise", "quarantine"):
        raise ValueError(f"on_error: {on_error!r} is unknown; known are 'quarantine', 'raise'")
    settings = from_environment() if discover else Settings()
    settings = attrs.evolve(
        settings,
        paths=(*map(str, paths), *settings.paths),
        only=settings.only if only is None else tuple(only),
        disable=(*disable, *settings.disable),
    )
    draft = _Draft()
    _add_bundled(draft, settings)
    _add_installed(draft, installed() if discover else (), settings)
    _add_paths(draft, settings.paths)
    _check_measures(draft)
    _check_overrides(draft, overrides)
    shelves = {head: Shelf(head, *_chosen(draft, head, overrides)) for head in draft.sources}
    if draft.faults and on_error == "raise":
        raise ExceptionGroup(f"{len(draft.faults)} plugin fault(s)", draft.faults)
    return Registry(
        tuple(sorted(draft.plugins, key=lambda plugin: plugin.id)),
        tuple(draft.faults),
        FrozenMap(draft.measures),
        shelves,
    )


def _add_bundled(draft: _Draft, settings: Settings) -> None:
    plugin = Plugin(id=BUNDLED, distribution=BUNDLED, version=own_version(), origin="bundled")
    if canonical(BUNDLED) in map(canonical, settings.disable):
        draft.plugins.append(attrs.evolve(plugin, status="disabled"))
    else:
        draft.accept(plugin, bundled_files(bundled_schemes()))


def _add_installed(draft: _Draft, found: Sequence[Installed], settings: Settings) -> None:
    wanted: dict[str, list[Installed]] = defaultdict(list)
    for one in found:
        if one.is_named_in(settings.disable) or (
            settings.only is not None and not one.is_named_in(settings.only)
        ):
            draft.plugins.append(attrs.evolve(_plugin_of(one), status="disabled"))
        else:
            wanted[canonical(one.id)].append(one)
    for name in settings.only or ():
        if not any(one.is_named_in((name,)) for one in found):
            known = {one.id for one in found}
            fault = PluginFault(name, "nothing", "only", f"it is not installed; {known_names(name, known)}")
            draft.refuse(Plugin(id=name, origin="not installed"), fault)
    for same in wanted.values():
        if len({one.distribution for one in same}) > 1:
            _refuse_namesakes(draft, same)
        else:
            for one in same:
                _add_one(draft, one)


def _refuse_namesakes(draft: _Draft, same: Sequence[Installed]) -> None:
    """Refuse plugins of one name: pluggy would take the first and pass over the others in silence."""
    both = " and ".join(str(_plugin_of(one)) for one in same)
    for one in same:
        text = f"the name {one.id!r} comes from both {both}; {_disabling(same[-1].distribution)}"
        draft.refuse(_plugin_of(one), PluginFault(one.id, _named(one), "entry points", text))


def _add_one(draft: _Draft, one: Installed) -> None:
    plugin = _plugin_of(one)
    try:
        brought = Brought(folders=(_data_folder(one),)) if one.is_data else brought_by(one)
        found = read_schemes(brought.folders)
    except PluginFault as fault:
        draft.refuse(plugin, fault)
    except (Problems, LookupError) as error:
        cause = error if isinstance(error, Problems) else str(error)
        draft.refuse(plugin, PluginFault(one.id, _named(one), "rule sets", cause))
    else:
        draft.accept(plugin, found, brought)


def _data_folder(one: Installed) -> Path:
    if one.entry.attr or one.entry.extras:
        raise LookupError(f"{one.entry.value!r} names something inside a module; name the package alone")
    return package_folder(one.entry.module)


def _add_paths(draft: _Draft, paths: Iterable[str]) -> None:
    seen = set()
    for path in paths:
        if (place := Path(path).resolve()) in seen:
            continue
        seen.add(place)
        plugin = Plugin(id=path, origin="folder")
        try:
            draft.accept(plugin, read_schemes((place,)))
        except Problems as error:
            draft.refuse(plugin, PluginFault(path, "a folder", "rule sets", error))


def _check_overrides(draft: _Draft, overrides: Mapping[str, str]) -> None:
    """Tell overrides of what nothing brings, or of a plugin that does not bring it."""
    for name, choice in overrides.items():
        sources = draft.named(name)
        if not sources:
            known_ids = {one for ones in draft.sources.values() for one in ones}
            text = f"there is no rule set {name!r}; {known_names(name, known_ids)}"
            draft.faults.append(PluginFault(choice, "nothing", "overrides", text))
        elif not _picked(sources, choice):
            known = known_names(choice, {plugin.id for plugin, _ in sources})
            text = f"{choice!r} does not bring rule set {name!r}; {known}"
            draft.faults.append(PluginFault(choice, "nothing", "overrides", text))


def _chosen(
    draft: _Draft, head: str, overrides: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, PluginFault]]:
    """Return what there is of a sort by id, and the faults of ids several plugins bring and nobody chose."""
    known: dict[str, Any] = {}
    clashes: dict[str, PluginFault] = {}
    for name, found in sorted(draft.sources[head].items()):
        sources = found
        if name in overrides:
            # The choice may be about another sort that has this id; then a single source needs none.
            sources = _picked(found, overrides[name]) or (
                found if _is_elsewhere(draft, name, overrides) else []
            )
        if len(sources) == 1:
            known[name] = sources[0][1]
        elif sources:
            clashes[name] = _clash(SORT_OF[head].noun, name, [plugin for plugin, _ in sources])
            draft.faults.append(clashes[name])
    return known, clashes


def _is_elsewhere(draft: _Draft, name: str, overrides: Mapping[str, str]) -> bool:
    return bool(_picked(draft.named(name), overrides[name]))


def _picked(sources: list[_Source], choice: str) -> list[_Source]:
    wanted = canonical(choice)
    return [(p, one) for p, one in sources if wanted in (canonical(p.id), canonical(p.distribution))]


def _clash(noun: str, name: str, plugins: Sequence[Plugin]) -> PluginFault:
    both = " and ".join(sorted(map(str, plugins)))
    last = max(plugins, key=lambda plugin: (plugin.id != BUNDLED, plugin.id))
    way = f"leave out {last.id!r}" if last.origin == "folder" else _disabling(last.distribution)
    choice = f"choose one with overrides={{{name!r}: {last.id!r}}}"
    text = f"{noun} {name!r} comes from both {both}; {way}, or {choice}"
    return PluginFault(last.id, _named(last), f"{noun}s", text)


def _check_measures(draft: _Draft) -> None:
    """Refuse rule sets that name a measure nobody brings, before somebody is scored by them."""
    for name, sources in sorted(draft.sources["rule_set"].items()):
        for plugin, rules in sources:
            missing = _measures_of(rules) - set(draft.measures) if isinstance(rules, RuleSet) else ()
            for measure in sorted(missing):
                text = (
                    f"rule set {name!r} asks for measure {measure!r}; {known_names(measure, draft.measures)}"
                )
                draft.faults.append(PluginFault(plugin.id, _named(plugin), "rule sets", text))


def _measures_of(rules: RuleSet) -> set[str]:
    return {
        clause.measure.id
        for version in rules.versions
        for item in version.items
        for clause in item.clauses
        if isinstance(clause.measure, PluginMeasure)
    }


def _disabling(distribution: str) -> str:
    return f"disable one with disable=[{distribution!r}] or SERVICEORG_PLUGINS_DISABLE={distribution}"


def _named(one: Installed | Plugin) -> str:
    return f"{one.distribution} {one.version}" if one.distribution else "a folder"


def _plugin_of(one: Installed) -> Plugin:
    return Plugin(id=one.id, distribution=one.distribution, version=one.version, origin=one.origin)
