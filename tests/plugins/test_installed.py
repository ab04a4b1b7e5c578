import os
import sys
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from serviceorg.errors import PluginFault
from serviceorg.plugins import load
from tests.plugins.texts import minimal

DAY = date(2024, 1, 1)
STREAK = """
from serviceorg.plugins import hookimpl

SERVICEORG_API = 1

@hookimpl
def serviceorg_measures():
    return {"borough.streak": streak}

def streak(facts, first, last, options):
    return len(facts)
"""


def faults_of(**how: Any) -> list[str]:
    """Return the texts of everything that is wrong."""
    with pytest.raises(ExceptionGroup) as caught:
        load(**how)
    assert all(isinstance(fault, PluginFault) for fault in caught.value.exceptions)
    return [str(fault) for fault in caught.value.exceptions]


def plugin(registry, name):
    """Return what the registry says about one plugin."""
    (found,) = [plugin for plugin in registry.plugins if plugin.id == name]
    return found


def test_a_data_package_brings_rule_sets_and_no_python_of_it_runs(distribution):
    """A package with only rule files is read where it lies: neither it nor its parents are imported."""
    distribution(
        "acme-rules",
        "1.2",
        entries={"rule_sets": "acme = acme_rules.pudong"},
        files={
            "acme_rules/__init__.py": "raise SystemExit('this must not run')",
            "acme_rules/pudong/__init__.py": "raise SystemExit('this must not run')",
            "acme_rules/pudong/points.toml": minimal("acme/points"),
        },
    )

    registry = load()

    assert registry.rule_set("acme/points").id == "acme/points"
    assert "acme_rules" not in sys.modules
    found = plugin(registry, "acme")
    assert (found.distribution, found.version, found.origin, found.status, found.rule_sets) == (
        "acme-rules",
        "1.2",
        "installed",
        "active",
        ("acme/points",),
    )


def test_a_package_without_any_python_file_is_found(distribution):
    """A namespace folder with nothing but TOML is a data package."""
    distribution(
        "acme-rules",
        entries={"rule_sets": "acme = acme_data"},
        files={"acme_data/points.toml": minimal("acme/points")},
    )

    assert "acme/points" in load().rule_sets


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("acme_data.nowhere", "'acme_data.nowhere' is not a folder of an installed package; looked in: "),
        ("acme_gone.rules", "looked in: there is no package 'acme_gone'"),
        ("acme_data:rules", "'acme_data:rules' names something inside a module; name the package alone"),
        (
            "acme_data...rules",
            "'acme_data...rules' is not a package; allowed are names like 'acme_rules.pudong'",
        ),
        ("acme_data.empty", "the folder holds no rule files (*.toml)"),
    ],
)
def test_a_data_package_that_leads_nowhere_is_named(distribution, value, text):
    """An entry point without a folder of rule files is a fault with the plugin and its distribution."""
    distribution(
        "acme-rules",
        entries={"rule_sets": f"acme = {value}"},
        files={"acme_data/points.toml": minimal("acme/points"), "acme_data/empty/readme.txt": ""},
    )

    (fault,) = faults_of()

    assert fault.startswith("plugin 'acme' of acme-rules 1.0 failed in rule sets: ")
    assert text in fault


def test_a_folder_in_two_places_is_not_chosen_by_chance(distribution):
    """Two distributions that share a namespace and a folder name in it are told apart, not mixed."""
    for name in ("acme-a", "acme-b"):
        distribution(
            name,
            entries={"rule_sets": f"{name} = acme_shared.rules"},
            files={"acme_shared/rules/points.toml": minimal(f"{name}/points")},
        )

    faults = faults_of()

    assert len(faults) == 2
    assert all("'acme_shared.rules' is more than one folder: " in fault for fault in faults)


def test_a_python_plugin_brings_measures_and_folders(distribution):
    """Hooks are asked once, and what they return is registered by id."""
    distribution(
        "borough-plugin",
        "2.0",
        entries={"plugins": "borough = borough_plugin"},
        files={
            "borough_plugin/__init__.py": STREAK
            + "from pathlib import Path\n@hookimpl\ndef serviceorg_rule_sets():\n"
            + "    return [Path(__file__).parent / 'rules']\n",
            "borough_plugin/rules/points.toml": minimal(
                "borough/points", pay='measure = "borough.streak"\npoints = 1'
            ),
        },
    )

    registry = load()

    assert registry.measures["borough.streak"]([], DAY, DAY, {}) == 0
    assert plugin(registry, "borough").measures == ("borough.streak",)
    assert plugin(registry, "borough").rule_sets == ("borough/points",)


def test_two_folders_of_a_plugin_share_no_id(distribution):
    """A plugin that brings one id from two folders is refused; neither file wins by its order."""
    distribution(
        "borough-plugin",
        entries={"plugins": "borough = borough_plugin"},
        files={
            "borough_plugin/__init__.py": HOOK
            + "from pathlib import Path\n@hookimpl\ndef serviceorg_rule_sets():\n"
            + "    return [Path(__file__).parent / 'a', Path(__file__).parent / 'b']\n",
            "borough_plugin/a/points.toml": minimal("borough/points"),
            "borough_plugin/b/points.toml": minimal("borough/points"),
        },
    )

    (fault,) = faults_of()

    assert "the id 'borough/points' is used in another folder too; give one of the two another id" in fault


def test_an_object_can_be_a_plugin(distribution):
    """An entry point may name an instance; its methods are hooks."""
    text = STREAK.replace(
        "@hookimpl\ndef serviceorg_measures():\n",
        "class Plugin:\n  @hookimpl\n  def serviceorg_measures(self):\n  ",
    )
    distribution(
        "borough-plugin",
        entries={"plugins": "borough = borough_plugin:plugin"},
        files={"borough_plugin.py": text + "\nplugin = Plugin()\n"},
    )

    assert list(load().measures) == ["borough.streak"]


def test_a_measure_that_fails_names_its_plugin(distribution):
    """What a measure raises while somebody is scored comes with plugin, distribution and measure."""
    distribution(
        "borough-plugin",
        entries={"plugins": "borough = borough_plugin"},
        files={"borough_plugin.py": STREAK.replace("return len(facts)", "return options['none']")},
    )

    with pytest.raises(PluginFault) as caught:
        load().measures["borough.streak"]([], DAY, DAY, {})

    assert str(caught.value) == (
        "plugin 'borough' of borough-plugin 1.0 failed in measure 'borough.streak': KeyError: 'none'"
    )


HOOK = "from serviceorg.plugins import hookimpl\n"


@pytest.mark.parametrize(
    ("code", "hook", "text"),
    [
        ("1 / 0", "import", "ZeroDivisionError: division by zero"),
        ("import acme_not_there", "import", "ModuleNotFoundError: No module named 'acme_not_there'"),
        ("raise SystemExit(3)", "import", "SystemExit: 3"),
        (
            HOOK + "@hookimpl\ndef serviceorg_measure(): return {}",
            "hooks",
            "there is no hook 'serviceorg_measure'; known are 'serviceorg_measures', 'serviceorg_rule_sets'",
        ),
        (
            "def serviceorg_measures(): return {}",
            "hooks",
            "the function 'serviceorg_measures' has no @hookimpl, so it would never be called; mark it",
        ),
        (
            "import pluggy\n@pluggy.HookimplMarker('datasette')\ndef serviceorg_measures(): return {}",
            "hooks",
            "the function 'serviceorg_measures' has no @hookimpl, so it would never be called; mark it",
        ),
        ("x = 1", "hooks", "it implements no hook; known are 'serviceorg_measures', 'serviceorg_rule_sets'"),
        (
            HOOK + "SERVICEORG_API = 2\n@hookimpl\ndef serviceorg_measures(): return {}",
            "hooks",
            "it is written for plugin API 2; this serviceorg offers 1 to 1",
        ),
        (
            HOOK + "@hookimpl\ndef serviceorg_measures(registry): return {}",
            "hooks",
            "Argument(s) {'registry'} are declared in the hookimpl but can not be found in the hookspec",
        ),
        (
            HOOK + "@hookimpl\ndef serviceorg_measures(): return None",
            "serviceorg_measures",
            "it returned None; allowed is a dict of measure ids and functions",
        ),
        (
            HOOK + "@hookimpl\ndef serviceorg_measures(): return [len]",
            "serviceorg_measures",
            "it returned [<built-in function len>]; allowed is a dict of measure ids and functions",
        ),
        (
            HOOK + "@hookimpl\nasync def serviceorg_measures(): return {}",
            "serviceorg_measures",
            "it returned a coroutine (hooks are plain functions, not 'async def'); allowed is a dict",
        ),
        (
            HOOK + "@hookimpl\ndef serviceorg_measures(): return {'streak': len}",
            "serviceorg_measures",
            "'streak' is not a measure id here; allowed are ids like 'borough.streak'",
        ),
        (
            HOOK + "@hookimpl\ndef serviceorg_measures(): return {'other.streak': len}",
            "serviceorg_measures",
            "'other.streak' is not a measure id here; allowed are ids like 'borough.streak'",
        ),
        (
            HOOK + "@hookimpl\ndef serviceorg_measures(): return {'borough.streak': 7}",
            "serviceorg_measures",
            "measure 'borough.streak' is 7; allowed are plain functions",
        ),
        (
            HOOK + "@hookimpl\ndef serviceorg_measures(): raise KeyError('boom')",
            "serviceorg_measures",
            "KeyError: 'boom'",
        ),
        (
            HOOK + "@hookimpl(wrapper=True)\ndef serviceorg_measures():\n    return (yield)",
            "serviceorg_measures",
            "a wrapper is not supported; write a plain function",
        ),
        (
            HOOK + "@hookimpl\ndef serviceorg_rule_sets(): return 'rules'",
            "serviceorg_rule_sets",
            "it returned 'rules'; allowed is a list of folders",
        ),
        (
            HOOK + "@hookimpl\ndef serviceorg_rule_sets(): return [7]",
            "serviceorg_rule_sets",
            "it returned 7 among the folders; allowed are text and paths",
        ),
    ],
)
def test_every_fault_of_a_plugin_is_named(distribution, code, hook, text):
    """What would be passed over, or raised without a name, is a fault with plugin, distribution and hook."""
    distribution(
        "borough-plugin", entries={"plugins": "borough = borough_plugin"}, files={"borough_plugin.py": code}
    )

    (fault,) = faults_of()

    assert fault.startswith(f"plugin 'borough' of borough-plugin 1.0 failed in {hook}: ")
    assert text in fault


def test_a_class_is_no_plugin(distribution):
    """Pluggy would register a class and call its methods without self; an instance is asked for."""
    distribution(
        "borough-plugin",
        entries={"plugins": "borough = borough_plugin:Plugin"},
        files={"borough_plugin.py": "class Plugin: pass"},
    )

    (fault,) = faults_of()

    assert "the entry point names the class 'Plugin'; name an instance or a module" in fault


def test_properties_of_a_plugin_are_not_run(distribution):
    """Looking for hooks runs no property of a stranger's object."""
    distribution(
        "borough-plugin",
        entries={"plugins": "borough = borough_plugin:plugin"},
        files={
            "borough_plugin.py": HOOK
            + "class Plugin:\n    @property\n    def serviceorg_trap(self): raise SystemExit(1)\n"
            + "    @hookimpl\n    def serviceorg_measures(self): return {}\nplugin = Plugin()\n"
        },
    )

    assert plugin(load(), "borough").status == "active"


def test_one_broken_plugin_takes_nobody_with_it(distribution):
    """In quarantine the others work; otherwise all faults come together."""
    distribution("acme-a", entries={"plugins": "acme-a = acme_a"}, files={"acme_a.py": "1 / 0"})
    distribution("acme-b", entries={"plugins": "acme-b = acme_b"}, files={"acme_b.py": "x ="})
    distribution("borough", entries={"plugins": "borough = borough"}, files={"borough.py": STREAK})

    registry = load(on_error="quarantine")

    assert [(p.id, p.status) for p in registry.plugins if p.id != "serviceorg"] == [
        ("acme-a", "broken"),
        ("acme-b", "broken"),
        ("borough", "active"),
    ]
    assert list(registry.measures) == ["borough.streak"]
    assert [fault.split("'")[1] for fault in faults_of()] == ["acme-a", "acme-b"]


def test_one_name_in_two_distributions_is_a_fault_of_both(distribution):
    """Pluggy loads the first and passes over the second; here both are named and neither is loaded."""
    for name, version in (("acme-a", "1.0"), ("acme-b", "2.1")):
        module = name.replace("-", "_")
        distribution(
            name, version, entries={"plugins": f"borough = {module}"}, files={f"{module}.py": STREAK}
        )

    faults = faults_of()

    assert faults == [
        f"plugin 'borough' of {who} failed in entry points: the name 'borough' comes from both acme-a 1.0 "
        "(installed) and acme-b 2.1 (installed); disable one with disable=['acme-b'] or "
        "SERVICEORG_PLUGINS_DISABLE=acme-b"
        for who in ("acme-a 1.0", "acme-b 2.1")
    ]
    assert list(load(disable=["acme-b"]).measures) == ["borough.streak"]
    assert list(load(disable=["ACME_A"]).measures) == ["borough.streak"]


def test_one_distribution_met_twice_is_one(distribution, monkeypatch, tmp_path):
    """A folder on sys.path twice, once through a link, brings each plugin once."""
    site = distribution("borough", entries={"plugins": "borough = borough"}, files={"borough.py": STREAK})
    (tmp_path / "lib64").symlink_to(site)
    monkeypatch.syspath_prepend(tmp_path / "lib64")
    monkeypatch.syspath_prepend(site)

    registry = load()

    assert plugin(registry, "borough").status == "active"


@pytest.mark.parametrize("order", [("acme-a", "acme-b"), ("acme-b", "acme-a")])
def test_a_conflict_of_ids_names_both_origins(distribution, order):
    """A rule set from two distributions is told with versions and origins, in either order on sys.path."""
    for name in order:
        module = name.replace("-", "_")
        distribution(
            name,
            "1.0" if name == "acme-a" else "2.1",
            entries={"rule_sets": f"{name} = {module}"},
            files={f"{module}/points.toml": minimal("pudong/points", title=name)},
            direct_url='{"url": "file:///src/acme-b", "dir_info": {"editable": true}}'
            if name == "acme-b"
            else None,
        )

    (fault,) = faults_of()

    assert fault == (
        "plugin 'acme-b' of acme-b 2.1 failed in rule sets: rule set 'pudong/points' comes from both "
        "acme-a 1.0 (installed) and acme-b 2.1 (editable, /src/acme-b); disable one with "
        "disable=['acme-b'] or SERVICEORG_PLUGINS_DISABLE=acme-b, or choose one with "
        "overrides={'pudong/points': 'acme-b'}"
    )
    chosen = load(overrides={"pudong/points": "acme_a"})
    assert chosen.rule_set("pudong/points").title.en == "acme-a"


def test_order_decides_nothing(distribution):
    """The registry is the same whichever way distributions come on sys.path."""
    seen = []
    names = ["acme-a", "acme-b", "borough"]
    sites = []
    for name in names:
        module = name.replace("-", "_")
        text = STREAK.replace("borough.streak", f"{name}.streak")
        sites.append(
            distribution(name, entries={"plugins": f"{name} = {module}"}, files={f"{module}.py": text})
        )
    rest = [path for path in sys.path if path not in map(str, sites)]
    for order in (sites, sites[::-1], sites[1:] + sites[:1]):
        sys.path[:] = [*map(str, order), *rest]
        registry = load()
        seen.append(([p.id for p in registry.plugins], list(registry.measures)))

    assert seen[0] == seen[1] == seen[2]


def test_only_and_disable_know_entry_points_and_distributions(distribution):
    """Both lists take either name, in any spelling; everything else is listed as disabled."""
    distribution("Acme.Tools", entries={"plugins": "acme = acme_tools"}, files={"acme_tools.py": "1 / 0"})
    distribution("borough", entries={"plugins": "borough = borough"}, files={"borough.py": STREAK})

    hows: list[dict[str, Any]] = [{"only": ["borough"]}, {"disable": ["acme"]}, {"disable": ["acme_tools"]}]
    for how in hows:
        registry = load(**how)
        assert (plugin(registry, "acme").status, plugin(registry, "borough").status) == ("disabled", "active")
    assert "acme_tools" not in sys.modules
    assert load(only=[]).measures == {}


def test_a_wanted_plugin_that_is_not_there_is_a_fault(distribution):
    """Asking for a plugin by name and not getting it is never silent."""
    distribution("borough", entries={"plugins": "borough = borough"}, files={"borough.py": STREAK})

    (fault,) = faults_of(only=["boroughs"])

    assert fault == (
        "plugin 'boroughs' of nothing failed in only: it is not installed; known are 'borough'. "
        "Did you mean 'borough'?"
    )


def test_the_environment_can_name_folders_and_plugins(distribution, tmp_path, monkeypatch):
    """SERVICEORG_PATH, SERVICEORG_PLUGINS and SERVICEORG_PLUGINS_DISABLE do what the arguments do."""
    distribution("acme", entries={"plugins": "acme = acme"}, files={"acme.py": "1 / 0"})
    distribution("borough", entries={"plugins": "borough = borough"}, files={"borough.py": STREAK})
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.toml").write_text(minimal(f"{name}/points"), encoding="utf-8")
    monkeypatch.setenv("SERVICEORG_PATH", f"{tmp_path / 'one'}{os.pathsep}{tmp_path / 'two'}")

    monkeypatch.setenv("SERVICEORG_PLUGINS_DISABLE", " acme , other")
    assert list(load().measures) == ["borough.streak"]
    assert {"one/points", "two/points"} < set(load().rule_sets)

    monkeypatch.setenv("SERVICEORG_PLUGINS", "OFF")
    assert load().measures == {}
    monkeypatch.setenv("SERVICEORG_PLUGINS", "borough")
    assert list(load().measures) == ["borough.streak"]
    assert load(only=[]).measures == {}


def test_without_discovery_nothing_around_is_looked_at(distribution, monkeypatch):
    """discover=False sees neither installed plugins nor the environment."""
    distribution("acme", entries={"plugins": "acme = acme"}, files={"acme.py": "1 / 0"})
    monkeypatch.setenv("SERVICEORG_PATH", "/nowhere")
    monkeypatch.setenv("SERVICEORG_PLUGINS", "nobody")

    assert [plugin.id for plugin in load(discover=False).plugins] == ["serviceorg"]


def test_metadata_that_lost_its_name_does_not_stop_the_others(distribution):
    """A half-removed distribution is described as far as it can be, and the others are loaded."""
    site = distribution("acme", entries={"rule_sets": "acme = acme_rules"}, direct_url="[no json")
    (site / "acme-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\n")
    distribution("borough", entries={"plugins": "borough = borough"}, files={"borough.py": STREAK})

    registry = load(on_error="quarantine")

    assert list(registry.measures) == ["borough.streak"]
    assert plugin(registry, "acme").status == "broken"


def test_a_measure_pays_through_the_engine(distribution):
    """A rule that names a plugin's measure is paid by what the measure returns."""
    import serviceorg as so

    distribution(
        "borough",
        entries={"plugins": "borough = borough"},
        files={
            "borough/__init__.py": STREAK.replace("len(facts)", "Fraction(len(facts), 2)").replace(
                "SERVICEORG_API", "from fractions import Fraction\nSERVICEORG_API"
            )
            + "from pathlib import Path\n@hookimpl\ndef serviceorg_rule_sets():\n"
            + "    return [Path(__file__).parent]\n",
            "borough/points.toml": minimal("borough/points", pay='measure = "borough.streak"\npoints = 3'),
        },
    )
    registry = load()
    facts = [so.Fact(id=f"F{n}", subject="M", kind="visit", on=so.Year(2024).start) for n in range(3)]

    card = so.score(
        registry.rule_set("borough/points"), "M", facts, period=so.Year(2024), measures=registry.measures
    )

    assert card.total == Fraction(3, 2) * 3
