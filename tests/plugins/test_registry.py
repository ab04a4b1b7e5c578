import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from time import perf_counter

import pytest

from serviceorg.errors import NotInForceError, PluginFault, UnknownIdError
from serviceorg.plugins import load
from serviceorg.plugins.discovery import bundled_schemes
from serviceorg.plugins.folders import read_bundled
from tests.plugins.texts import minimal


@pytest.fixture
def bundled(tmp_path, monkeypatch):
    """Put one small rule set where the bundled ones are."""
    folder = tmp_path / "schemes" / "pudong"
    folder.mkdir(parents=True)
    (folder / "points.toml").write_text(minimal("pudong/points"), encoding="utf-8")
    monkeypatch.setattr("serviceorg.plugins.build.bundled_schemes", lambda: folder.parent)
    return "pudong/points"


def test_bundled_rule_sets_are_known_by_their_files():
    """The rule set of PLACE/NAME.toml is "PLACE/NAME", so that ids are known before a file is read."""
    registry = load(discover=False)

    assert registry.rule_sets == tuple(sorted(registry.rule_sets)) != ()
    assert [registry.rule_set(name).id for name in registry.rule_sets] == list(registry.rule_sets)


def test_every_rule_file_that_comes_along_is_registered():
    """No bundled rule file is left out; what stands beside them holds no rule set."""
    files = [path for path in bundled_schemes().rglob("*.toml") if "[rule_set]" in path.read_text("utf-8")]

    assert len(files) == len(load(discover=False).rule_sets)


def test_loading_reads_no_bundled_file(monkeypatch, bundled):
    """Bundled rules are read when they are asked for, once, and not while the registry is built."""
    read = []

    def noted(head, path):
        read.append(path)
        return read_bundled(head, path)

    monkeypatch.setattr("serviceorg.plugins.registry.read_bundled", noted)

    registry = load(discover=False)

    assert (registry.rule_sets, read) == ((bundled,), [])
    assert registry.rule_set(bundled) is registry.rule_set(bundled)
    assert len(read) == 1


def test_loading_is_quick():
    """A registry of bundled rules is built in far less than the time of reading them."""
    best = min(_seconds(lambda: load(discover=False)) for _ in range(5))

    assert best < 0.05


def _seconds(work):
    start = perf_counter()
    work()
    return perf_counter() - start


def test_threads_share_one_registry(bundled):
    """Threads that ask at the same moment get the same rule set."""
    registry = load(discover=False)

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: registry.rule_set(bundled), range(32)))

    assert len({id(rules) for rules in found}) == 1


def test_an_unknown_id_is_answered_with_the_nearest(tmp_path):
    """Asking for an id nobody brings names the nearest one."""
    (tmp_path / "a.toml").write_text(minimal("borough/points"), encoding="utf-8")
    registry = load(paths=[tmp_path], discover=False)

    with pytest.raises(
        UnknownIdError, match=r"no rule set 'borough/point'; .* Did you mean 'borough/points'\?"
    ):
        registry.rule_set("borough/point")


def test_rules_as_they_were_known_on_a_day(tmp_path):
    """With a day, amendments that begin later are left out; before the first version there is nothing."""
    amended = minimal("borough/points") + (
        '[[amend]]\neffective = 2025-01-01\nbasis = "decision 9"\nset = { "item.A1.points" = 3 }\n'
    )
    (tmp_path / "a.toml").write_text(amended, encoding="utf-8")
    registry = load(paths=[tmp_path], discover=False)

    assert len(registry.rule_set("borough/points").versions) == 2
    assert registry.rule_set("borough/points", on=date(2024, 12, 31)).version == "2024-01-01"
    with pytest.raises(NotInForceError):
        registry.rule_set("borough/points", on=date(2023, 12, 31))


def test_kinds_are_kept_apart_by_rule_set(tmp_path):
    """The kinds of fact are found under the rule set that reads them."""
    (tmp_path / "a.toml").write_text(minimal("borough/points"), encoding="utf-8")

    kinds = load(paths=[tmp_path], discover=False, disable=["serviceorg"]).kinds

    assert set(kinds) == {"borough/points"}
    assert kinds["borough/points"]["visit"].id == "visit"


def test_folders_and_folders_of_folders_are_read(tmp_path):
    """A path may be one scheme or a folder of schemes; facts.toml beside a rule file is no rule file."""
    for place in ("north", "south"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "facts.toml").write_text('[fact.call]\ntitle = "Call"\n', encoding="utf-8")
        rules = (
            minimal(f"{place}/points").replace("[fact.visit]", "[fact.meeting]").replace('"visit"', '"call"')
        )
        (tmp_path / place / "points.toml").write_text(
            rules.replace('[fact.meeting]\ntitle = "Visit"', ""), "utf-8"
        )

    registry = load(paths=[tmp_path], discover=False, disable=["serviceorg"])

    assert registry.rule_sets == ("north/points", "south/points")
    assert [(p.id, p.origin, p.status) for p in registry.plugins] == [
        (str(tmp_path), "folder", "active"),
        ("serviceorg", "bundled", "disabled"),
    ]


def test_a_path_named_twice_counts_once(tmp_path):
    """The same folder by two names, one of them a link, is one folder and no conflict."""
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "a.toml").write_text(minimal("borough/points"), encoding="utf-8")
    (tmp_path / "link").symlink_to(folder)

    registry = load(paths=[folder, tmp_path / "link", folder], discover=False)

    assert "borough/points" in registry.rule_sets
    assert len(registry.plugins) == 2


def test_all_problems_of_all_folders_come_in_one_group(tmp_path):
    """A missing, an empty and a faulty folder are told together, each with what is wrong in it."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "faulty").mkdir()
    (tmp_path / "faulty" / "a.toml").write_text(minimal("borough/points", pay="point = 2"), encoding="utf-8")
    paths = [tmp_path / name for name in ("missing", "empty", "faulty")]

    with pytest.raises(ExceptionGroup) as caught:
        load(paths=paths, discover=False)

    faults = [fault for fault in caught.value.exceptions if isinstance(fault, PluginFault)]
    assert [fault.plugin for fault in faults] == list(map(str, paths))
    assert "there is no folder 'missing'" in str(faults[0])
    assert "holds no rule files" in str(faults[1])
    assert f"{tmp_path}/faulty/a.toml" in str(faults[2])
    assert "'point'" in str(faults[2])


def test_two_files_of_one_id_in_one_folder_are_a_problem(tmp_path):
    """Within one folder, too, an id belongs to one file."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(minimal("borough/points"), encoding="utf-8")

    with pytest.raises(ExceptionGroup) as caught:
        load(paths=[tmp_path], discover=False)

    assert caught.group_contains(PluginFault, match="double-id")


def test_quarantine_leaves_out_what_is_broken_and_says_so(tmp_path):
    """With on_error="quarantine" the rest is usable, and the faults stand in the registry."""
    (tmp_path / "a.toml").write_text("this is no TOML", encoding="utf-8")

    registry = load(paths=[tmp_path], discover=False, on_error="quarantine")

    assert registry.rule_sets == load(discover=False).rule_sets
    assert [fault.plugin for fault in registry.problems] == [str(tmp_path)]
    (broken,) = [plugin for plugin in registry.plugins if plugin.status == "broken"]
    assert broken.error == str(registry.problems[0])


def test_two_origins_of_one_id_are_a_conflict_with_a_way_out(tmp_path):
    """The same id from two folders names both; an override chooses, and neither order nor chance does."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.toml").write_text(minimal("borough/points", title=name), encoding="utf-8")
    one, two = str(tmp_path / "one"), str(tmp_path / "two")

    for paths in ([one, two], [two, one]):
        with pytest.raises(ExceptionGroup) as caught:
            load(paths=paths, discover=False)
        assert str(caught.value.exceptions[0]) == (
            f"plugin {two!r} of a folder failed in rule sets: rule set 'borough/points' comes from both "
            f"{one} (folder) and {two} (folder); leave out {two!r}, or choose one with "
            f"overrides={{'borough/points': {two!r}}}"
        )
        chosen = load(paths=paths, discover=False, overrides={"borough/points": one})
        assert chosen.rule_set("borough/points").title.en == "one"


def test_a_conflict_in_quarantine_is_told_to_whoever_asks(tmp_path):
    """An id in conflict is not listed, and asking for it says why instead of guessing."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.toml").write_text(minimal("borough/points"), encoding="utf-8")

    registry = load(paths=[tmp_path / "one", tmp_path / "two"], discover=False, on_error="quarantine")

    assert "borough/points" not in registry.rule_sets
    with pytest.raises(PluginFault, match="comes from both"):
        registry.rule_set("borough/points")


def test_a_conflict_with_a_bundled_rule_set_is_one_too(tmp_path, bundled):
    """Nobody replaces a bundled rule set in silence; an override says it aloud."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "a.toml").write_text(minimal(bundled, title="mine"), encoding="utf-8")

    with pytest.raises(ExceptionGroup) as caught:
        load(paths=[mine], discover=False)

    assert "(bundled)" in str(caught.value.exceptions[0])
    chosen = load(paths=[mine], discover=False, overrides={bundled: str(mine)})
    assert chosen.rule_set(bundled).title.en == "mine"


@pytest.mark.parametrize(
    ("overrides", "text"),
    [
        ({"borough/point": "x"}, r"there is no rule set 'borough/point'; .*Did you mean 'borough/points'\?"),
        ({"borough/points": "nobody"}, r"'nobody' does not bring rule set 'borough/points'; known are "),
    ],
)
def test_an_override_that_means_nothing_is_a_fault(tmp_path, overrides, text):
    """Choosing an unknown rule set, or a plugin that does not bring it, is told."""
    (tmp_path / "a.toml").write_text(minimal("borough/points"), encoding="utf-8")

    with pytest.raises(ExceptionGroup) as caught:
        load(paths=[tmp_path], discover=False, overrides=overrides)

    assert caught.group_contains(PluginFault, match=text)


def test_a_rule_set_that_asks_for_a_missing_measure_is_refused(tmp_path):
    """A measure nobody brings is told while loading, not while somebody is scored."""
    text = minimal("borough/points", pay='measure = "borough.streak"\npoints = 1')
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")

    with pytest.raises(ExceptionGroup) as caught:
        load(paths=[tmp_path], discover=False)

    assert caught.group_contains(PluginFault, match="'borough/points' asks for measure 'borough.streak'")


def test_a_registry_survives_pickling(bundled):
    """A registry can be handed to another process."""
    registry = load(discover=False)

    again = pickle.loads(pickle.dumps(registry))

    assert again.rule_sets == registry.rule_sets
    assert again.rule_set(bundled).digest == registry.rule_set(bundled).digest


def test_an_unknown_way_of_handling_errors_is_refused():
    """on_error is one of two words."""
    with pytest.raises(ValueError, match="on_error: 'ignore' is unknown"):
        load(discover=False, on_error="ignore")  # type: ignore[arg-type]
