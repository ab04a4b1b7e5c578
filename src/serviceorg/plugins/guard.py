"""One Python plugin, asked alone: imported, checked and called, with every fault named.

pluggy by itself passes over misspelt hooks and forgotten markers in silence, names no plugin when an
import fails, and drops the results of the others when one raises. So each plugin gets a manager of
its own, and what goes wrong becomes a ``PluginFault``.
"""

import inspect
import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from os import PathLike
from pathlib import Path

import attrs
import pluggy

from ..basics import FrozenMap
from ..errors import PluginFault, known_names
from ..facts import Fact
from .discovery import Installed
from .hookspecs import HOOK_NAMES, PLUGIN_API, PROJECT, Hooks, Measure

_MEASURE_NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")


@attrs.frozen(kw_only=True)
class Brought:
    """What a Python plugin returned from its hooks."""

    folders: tuple[Path, ...] = ()
    measures: FrozenMap[str, Measure] = FrozenMap()


@attrs.frozen
class GuardedMeasure:
    """A measure that names its plugin when it fails."""

    id: str
    plugin: str
    distribution: str
    function: Measure

    def __call__(
        self, facts: Sequence[Fact], first: date, last: date, options: Mapping[str, object]
    ) -> "Fraction | int | None":
        """Return the plugin's answer.

        Raises:
            PluginFault: Whatever the plugin raised, as its cause.
        """
        try:
            return self.function(facts, first, last, options)
        except Exception as error:
            raise PluginFault(self.plugin, self.distribution, f"measure {self.id!r}", error) from error


def brought_by(found: Installed) -> Brought:
    """Return what an installed Python plugin brings.

    Raises:
        PluginFault: If it cannot be imported, breaks the contract, or fails while it is asked.
    """
    distribution = f"{found.distribution} {found.version}"
    hook = "import"
    try:
        plugin = found.entry.load()
        hook = "hooks"
        manager = _manager_of(plugin, found.id)
        hook = "serviceorg_rule_sets"
        folders = _folders(_asked(manager, hook, ()))
        hook = "serviceorg_measures"
        functions = _measures(_asked(manager, hook, {}), found.id)
    except (_Broken, pluggy.PluginValidationError) as error:
        raise PluginFault(found.id, distribution, hook, str(error).replace("\n", " ")) from error
    except (Exception, SystemExit) as error:  # a stranger's code may raise anything
        raise PluginFault(found.id, distribution, hook, error) from error
    measures = {name: GuardedMeasure(name, found.id, distribution, one) for name, one in functions.items()}
    return Brought(folders=folders, measures=FrozenMap(measures))


class _Broken(Exception):
    """A plugin does not keep the contract; the text says how."""


def _manager_of(plugin: object, name: str) -> pluggy.PluginManager:
    fault = contract_fault(plugin)
    if fault:
        raise _Broken(fault)
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    manager.register(plugin, name=name)
    manager.check_pending()
    if not manager.get_hookcallers(plugin):
        raise _Broken(f"it implements no hook; {known_names('', HOOK_NAMES)}")
    return manager


def _asked(manager: pluggy.PluginManager, hook: str, absent: object) -> object:
    """Return what the one plugin's hook returns; None is an answer here, and not passed over."""
    for implementation in getattr(manager.hook, hook).get_hookimpls():
        if implementation.wrapper or implementation.hookwrapper:
            raise _Broken("a wrapper is not supported; write a plain function")
        return implementation.function()
    return absent


def contract_fault(plugin: object) -> str:
    """Return what pluggy would pass over in silence, "" for nothing."""
    if inspect.isclass(plugin):
        return f"the entry point names the class {plugin.__name__!r}; name an instance or a module"
    written_for = getattr(plugin, "SERVICEORG_API", PLUGIN_API)
    if type(written_for) is not int or not 1 <= written_for <= PLUGIN_API:
        return f"it is written for plugin API {written_for!r}; this serviceorg offers 1 to {PLUGIN_API}"
    manager = pluggy.PluginManager(PROJECT)
    for name in sorted(dir(plugin)):
        # Static, so that no property of a stranger's object runs.
        value = inspect.getattr_static(plugin, name)
        marked = inspect.isroutine(value) and manager.parse_hookimpl_opts(plugin, name) is not None
        if name.startswith(f"{PROJECT}_") and inspect.isroutine(value) and not marked:
            return (
                f"the function {name!r} has no @hookimpl, so it would never be called; mark it or rename it"
            )
        if marked:
            options = manager.parse_hookimpl_opts(plugin, name)
            hook = (options and options.get("specname")) or name
            if hook not in HOOK_NAMES:
                return f"there is no hook {hook!r}; {known_names(hook, HOOK_NAMES)}"
    return ""


def _folders(answer: object) -> tuple[Path, ...]:
    if not isinstance(answer, list | tuple):
        raise _Broken(f"it returned {_shown(answer)}; allowed is a list of folders")
    for one in answer:
        if not isinstance(one, str | PathLike):
            raise _Broken(f"it returned {_shown(one)} among the folders; allowed are text and paths")
    return tuple(map(Path, answer))


def _measures(answer: object, plugin: str) -> dict[str, Measure]:
    if not isinstance(answer, dict):
        raise _Broken(f"it returned {_shown(answer)}; allowed is a dict of measure ids and functions")
    for name, function in answer.items():
        head, _, tail = str(name).rpartition(".")
        if head != plugin or not _MEASURE_NAME.fullmatch(tail):
            raise _Broken(f"{name!r} is not a measure id here; allowed are ids like '{plugin}.streak'")
        if not callable(function) or inspect.iscoroutinefunction(function):
            raise _Broken(f"measure {name!r} is {_shown(function)}; allowed are plain functions")
    return dict(answer)


def _shown(value: object) -> str:
    if inspect.iscoroutine(value):
        value.close()
        return "a coroutine (hooks are plain functions, not 'async def')"
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"
