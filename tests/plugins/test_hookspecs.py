import inspect
import re
from typing import Any

import pytest

from serviceorg.plugins import PLUGIN_API, Hooks, hookimpl
from serviceorg.plugins.guard import contract_fault
from serviceorg.plugins.hookspecs import HOOK_NAMES

HEADINGS = ("Called:", "Arguments:", "Returns:", "Units:", "Order:", "Example::")


def test_the_plugin_api_has_a_version_of_its_own():
    """The contract is counted in whole numbers, apart from the version of the library."""
    assert type(PLUGIN_API) is int
    assert PLUGIN_API == 1


@pytest.mark.parametrize("name", HOOK_NAMES)
def test_every_hook_is_documented(name):
    """Each hook says when it is called, with what, what comes back, in which units and order, with a case."""
    text = inspect.getdoc(getattr(Hooks, name)) or ""

    assert [heading for heading in HEADINGS if f"\n{heading}" not in text] == []


@pytest.mark.parametrize("name", HOOK_NAMES)
def test_documented_arguments_are_the_real_ones(name):
    """The arguments in the text are those of the signature, by name and in order."""
    text = inspect.getdoc(getattr(Hooks, name)) or ""
    arguments = [*inspect.signature(getattr(Hooks, name)).parameters][1:]

    (said,) = re.findall(r"^Arguments: (.*?)\.", text, re.MULTILINE)

    assert said == (", ".join(f"``{one}``" for one in arguments) or "none")


@pytest.mark.parametrize("name", HOOK_NAMES)
def test_examples_keep_the_contract(name):
    """The example of each hook is a plugin that would be accepted, with the hook in it."""
    example = inspect.cleandoc((inspect.getdoc(getattr(Hooks, name)) or "").partition("Example::")[2])
    space: dict[str, Any] = {"__file__": __file__, "hookimpl": hookimpl}
    exec(example, space)
    plugin = type("module", (), {})()
    plugin.__dict__.update(space)

    assert contract_fault(plugin) == ""
    assert callable(space[name])
    assert space[name]() is not None
