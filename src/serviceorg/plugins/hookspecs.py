"""What a Python plugin can bring, as pluggy hooks.

Hooks are called once for each plugin while ``serviceorg.load()`` builds the registry, never while
something is scored. Every plugin is asked alone, so the order of plugins decides nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from os import PathLike

import pluggy

from ..facts import Fact

#: The version of this file's contract. A plugin written for a higher one is refused; it says which
#: one it was written for with ``SERVICEORG_API = 1`` beside its hooks (nothing means 1).
PLUGIN_API = 1

PROJECT = "serviceorg"
hookspec = pluggy.HookspecMarker(PROJECT)
#: Marks a function as an implementation of a hook.
hookimpl = pluggy.HookimplMarker(PROJECT)

#: A measure: facts in order of their day, first and last day of the span, options of the rule.
Measure = Callable[[Sequence[Fact], date, date, Mapping[str, object]], "Fraction | int | None"]


class Hooks:
    """Every hook there is; a plugin implements at least one of them."""

    @hookspec
    def serviceorg_rule_sets(self) -> Iterable["str | PathLike[str]"]:  # type: ignore[empty-body]
        """Return folders of files this plugin brings: rule sets, workflows, duties and every other sort.

        Called: once, while the registry is built.
        Arguments: none.
        Returns: a list or tuple of existing folders. Each holds files (``*.toml``, with ``facts.toml`` for
            the kinds of fact they share), or folders of such; what sort a file is of is told by its first
            table. They are read and checked at once; a problem in one refuses the plugin.
        Units: as each file says; ids are unique over all plugins, for each sort apart.
        Order: means nothing; everything is found by its id.

        Example::

            from pathlib import Path
            from serviceorg.plugins import hookimpl


            @hookimpl
            def serviceorg_rule_sets():
                return [Path(__file__).parent / "rules"]
        """

    @hookspec
    def serviceorg_measures(self) -> Mapping[str, Measure]:  # type: ignore[empty-body]
        """Return measures that rule files can name, by id.

        Called: once, while the registry is built. A measure itself is called for each subject and
        span that a rule asks about.
        Arguments: none. A measure takes ``(facts, first, last, options)``: the facts that the rule
            selects, the first and last day of the span (both included), and the rule's ``options``.
        Returns: a dict of id to function. An id is the plugin's own id, a dot and a name; rule
            files write it as ``measure = "pudong.streak"``. A measure returns an int or Fraction,
            or None where there is nothing to measure (the rule says what that means). The same
            arguments must always give the same answer, and no argument may be changed.
        Units: whole units of whatever is measured; never points, which the rule pays.
        Order: means nothing; measures are found by id. Facts come in order of day, then id.

        Example::

            from serviceorg.plugins import hookimpl


            @hookimpl
            def serviceorg_measures():
                return {"pudong.streak": longest_streak}


            def longest_streak(facts, first, last, options):
                longest = run = 0
                before = None
                for day in sorted({fact.day for fact in facts}):
                    run = run + 1 if before == day - 1 else 1
                    longest, before = max(longest, run), day
                return longest
        """


HOOK_NAMES = tuple(sorted(name for name in vars(Hooks) if name.startswith(f"{PROJECT}_")))
