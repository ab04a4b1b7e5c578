"""Rule sets and measures from plugins: found, checked and put into one frozen registry.

Plugins run inside your process with all its rights; nothing here confines them. A package that
only brings rule sets runs no Python at all.
"""

from .build import load
from .hookspecs import PLUGIN_API, Hooks, Measure, hookimpl
from .registry import Plugin, Registry

__all__ = ["PLUGIN_API", "Hooks", "Measure", "Plugin", "Registry", "hookimpl", "load"]
