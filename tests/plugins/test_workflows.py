import pickle
from datetime import date, datetime, timedelta, timezone

import pytest

from serviceorg.calendars import china
from serviceorg.errors import NotInForceError, PluginFault, UnknownIdError, WorkflowProblems
from serviceorg.model import Actor, Units
from serviceorg.plugins import load
from serviceorg.plugins.discovery import bundled_schemes
from tests.plugins.texts import minimal

FLOW = """
[workflow]
id = "{id}"
title = "Appeal"
effective = 2024-01-01
basis = "council decision of 5 December 2023"
source = "notice board"
calendar = "{calendar}"

[[role]]
id = "clerk"

[[slot]]
id = "unit"
kind = "unit"

[[state]]
id = "received"
kind = "initial"

[[state]]
id = "closed"
kind = "final"

[[opening]]
id = "report"
to = "received"
by = "anyone"
sets = {{ unit = "actor-unit" }}

[[move]]
id = "close"
from = "received"
to = "closed"
by = {{ role = "clerk", at = "unit" }}
needs = [{{ elapsed = {{ working_days = 1 }}, since = "report" }}{needs}]

[[amend]]
effective = 2025-01-01
basis = "council decision of 5 December 2024"
in_flight = {{ tickets = "finish" }}
"""


def flow_text(name, calendar="cn", needs=""):
    """Return a short workflow file."""
    return FLOW.format(id=name, calendar=calendar, needs=needs)


def write(folder, **files):
    """Write files by name; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a rule set and a workflow of the same id."""
    return write(tmp_path / "pudong", points=minimal("pudong/appeal"), appeal=flow_text("pudong/appeal"))


@pytest.fixture
def bundled(tmp_path, monkeypatch):
    """Put one workflow where the bundled ones are."""
    write(tmp_path / "schemes" / "pudong" / "workflows", appeal=flow_text("pudong/appeal"))
    monkeypatch.setattr("serviceorg.plugins.build.bundled_schemes", lambda: tmp_path / "schemes")
    return "pudong/appeal"


def test_a_rule_set_and_a_workflow_may_share_an_id(folder):
    """They are different nouns: each is found by its own question, and neither clashes with the other."""
    registry = load(paths=[folder], discover=False, disable=["serviceorg"])

    assert (registry.rule_sets, registry.workflows) == (("pudong/appeal",), ("pudong/appeal",))
    assert registry.rule_set("pudong/appeal").subject_kinds == ("member",)
    assert registry.workflow_rules("pudong/appeal").versions[0].openings[0].id == "report"


def test_a_plugin_says_which_workflows_it_brought(folder):
    """Where a workflow comes from can be told, as for rule sets."""
    registry = load(paths=[folder], discover=False, disable=["serviceorg"])

    brought = [plugin.workflows for plugin in registry.plugins if plugin.origin == "folder"]
    assert brought == [("pudong/appeal",)]


def test_bundled_workflows_are_known_by_their_files(bundled):
    """PLACE/workflows/NAME.toml holds "PLACE/NAME", so that ids are known before a file is read."""
    registry = load(discover=False)

    assert registry.workflows == (bundled,)
    assert registry.workflow_rules(bundled) is registry.workflow_rules(bundled)
    assert registry.workflow_rules(bundled).id == bundled


def test_every_workflow_file_that_comes_along_is_registered():
    """No bundled workflow file is left out, and each stands in its place's folder of workflows."""
    files = [path for path in bundled_schemes().rglob("*.toml") if "[workflow]" in path.read_text("utf-8")]

    assert {f"{path.parents[1].name}/{path.stem}" for path in files} == set(load(discover=False).workflows)


def test_a_workflow_is_ready_to_use_with_the_units_of_the_host(bundled):
    """The tree of units is given where the flow is asked for; the calendar of China is there already."""
    flow = load(discover=False).workflow(bundled, units=Units({"street-1": "city", "city": ""}))
    moment = datetime(2024, 9, 27, 9, tzinfo=timezone(timedelta(hours=8)))
    clerk = Actor("u1", "clerk@city", "street-1")

    ticket = flow.open("T-1", by=clerk, at=moment).ticket
    closed = flow.fire(ticket, "close", by=clerk, at=moment + timedelta(days=3)).ticket

    # Friday 27 September is followed by a weekend, of which the Sunday is worked (29 September 2024).
    assert closed.state == "closed"


def test_a_calendar_of_the_host_wins(tmp_path):
    """A calendar by the name the file uses is taken from the host, "cn" too."""
    write(tmp_path, appeal=flow_text("pudong/appeal", calendar="town"))
    registry = load(paths=[tmp_path], discover=False)

    flow = registry.workflow("pudong/appeal", calendars={"town": china(id="town")})

    assert set(flow.calendars) == {"cn", "town"}
    with pytest.raises(UnknownIdError, match="there is no calendar 'town'; known are 'cn'"):
        registry.workflow("pudong/appeal")


def test_requirements_are_functions_of_the_host(tmp_path):
    """A requirement a file names must be given, by its id."""
    write(tmp_path, appeal=flow_text("pudong/appeal", needs=', { requirement = "town.budget" }'))
    registry = load(paths=[tmp_path], discover=False)

    flow = registry.workflow("pudong/appeal", requirements={"town.budget": lambda *asked: None})

    assert set(flow.requirements) == {"town.budget"}
    with pytest.raises(UnknownIdError, match=r"there is no requirement 'town\.budget'"):
        registry.workflow("pudong/appeal")


def test_a_workflow_can_be_asked_as_of_a_day(bundled):
    """Versions that begin later are left out; before the first there is none."""
    registry = load(discover=False)

    assert len(registry.workflow_rules(bundled).versions) == 2
    assert len(registry.workflow_rules(bundled, date(2024, 12, 31)).versions) == 1
    assert len(registry.workflow(bundled, on=date(2025, 1, 1)).workflow.versions) == 2
    with pytest.raises(NotInForceError, match="begins on 2024-01-01; nothing is in force on 2023-12-31"):
        registry.workflow(bundled, on=date(2023, 12, 31))


def test_an_unknown_workflow_is_told_with_the_nearest():
    """A misspelt id names what it may have meant."""
    with pytest.raises(UnknownIdError, match=r"there is no workflow 'pudong/apeal'"):
        load(discover=False).workflow("pudong/apeal")


def test_a_damaged_bundled_workflow_is_told_when_it_is_asked_for(bundled, tmp_path):
    """What comes along is read late, and its problems are told then."""
    write(tmp_path / "schemes" / "pudong" / "workflows", appeal="[workflow]\n")

    with pytest.raises(WorkflowProblems, match="the key 'id' is missing"):
        load(discover=False).workflow(bundled)


def test_a_broken_workflow_refuses_its_folder(tmp_path):
    """Folders are read at once, and a problem in a workflow file is a fault of the folder."""
    write(
        tmp_path,
        points=minimal("pudong/points"),
        appeal=flow_text("pudong/appeal").replace("anyone", "nobody"),
    )

    with pytest.raises(ExceptionGroup) as caught:
        load(paths=[tmp_path], discover=False)

    (fault,) = caught.value.exceptions
    assert isinstance(fault, PluginFault)
    assert isinstance(fault.cause, WorkflowProblems)


def test_two_places_of_one_workflow_are_told(folder, bundled):
    """A workflow that two plugins bring is nobody's until one is chosen; the rule set of that id is free."""
    registry = load(paths=[folder], discover=False, on_error="quarantine")

    assert registry.rule_set("pudong/appeal").id == "pudong/appeal"
    with pytest.raises(PluginFault, match="workflow 'pudong/appeal' comes from both"):
        registry.workflow_rules("pudong/appeal")


def test_a_choice_between_two_leaves_the_other_noun_alone(folder, bundled):
    """An override is about what its plugin brings; a rule set with one origin needs no choice."""
    registry = load(paths=[folder], discover=False, overrides={"pudong/appeal": "serviceorg"})

    assert registry.rule_set("pudong/appeal").id == "pudong/appeal"
    assert registry.workflow_rules("pudong/appeal").origin.endswith("workflows/appeal.toml")


def test_a_registry_with_workflows_can_be_pickled(folder):
    """Processes may share a registry by copying it."""
    registry = load(paths=[folder], discover=False, disable=["serviceorg"])

    copy = pickle.loads(pickle.dumps(registry))

    assert copy.workflow_rules("pudong/appeal") == registry.workflow_rules("pudong/appeal")
