"""Workflow files and folders on disk."""

from datetime import date
from pathlib import Path

import pytest

from serviceorg.errors import RuleSetProblems, WorkflowProblems
from serviceorg.loading import (
    rule_sets_from_folder,
    scheme_from_folder,
    workflow_from_path,
    workflow_from_text,
    workflows_from_folder,
)

CORRECT = Path(__file__).parent / "correct"
FACTS = '[fact.closed]\nfields.by = "text"\n'
FLOW = """
[workflow]
id = "town/appeal"
title = "Appeal"
effective = 2024-01-01
basis = "b"
source = "s"
[[slot]]
id = "requester"
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
sets = { requester = "actor" }
[[move]]
id = "close"
from = "received"
to = "closed"
by = "anyone"
[[emit]]
id = "done"
on = "closed"
kind = "closed"
subject = "requester"
attributes = { by = { actor = true } }
"""
RULES = """
[rule_set]
id = "town/appeal"
title = "Appeal"
subject = "member"
period = "year"
effective = 2024-01-01
basis = "b"
source = "s"
[[category]]
id = "c"
title = "c"
[[item]]
id = "i"
category = "c"
title = "i"
on = "closed"
points = 1
"""


def write(folder, files):
    """Write texts by their path below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def refused(read, error=WorkflowProblems):
    """Return (file, place, code) of every problem that reading finds."""
    with pytest.raises(error) as caught:
        read()
    return [
        (Path(problem.file).name, problem.where.partition(", ")[2] or problem.where, problem.code)
        for problem in caught.value.problems
    ]


@pytest.mark.parametrize("place", ["facts.toml", "workflows/facts.toml"])
def test_a_workflow_knows_the_kinds_beside_it_and_one_folder_above(tmp_path, place):
    """The facts.toml of the place holds for its folder of workflows, and so does one beside the file."""
    write(tmp_path, {place: FACTS, "workflows/appeal.toml": FLOW})

    flow = workflow_from_path(tmp_path / "workflows" / "appeal.toml")

    assert "closed" in flow.kinds


def test_the_kinds_of_the_folder_above_are_known_to_whoever_stands_inside(tmp_path, monkeypatch):
    """A bare file name means the same as its whole path, though "." has no parent of its own."""
    write(tmp_path, {"facts.toml": FACTS, "workflows/appeal.toml": FLOW})
    monkeypatch.chdir(tmp_path / "workflows")

    flow = workflow_from_path("appeal.toml")

    assert "closed" in flow.kinds


def test_kinds_of_two_folders_above_are_not_known(tmp_path):
    """A facts.toml farther up says nothing to a file that is read by itself."""
    write(tmp_path, {"facts.toml": FACTS, "place/workflows/appeal.toml": FLOW})

    found = refused(lambda: workflow_from_path(tmp_path / "place" / "workflows" / "appeal.toml"))

    assert found == [("appeal.toml", "emit.done.kind", "unknown-kind")]


def test_problems_of_the_kinds_and_of_the_workflow_are_told_together(tmp_path):
    """Where kinds cannot be read, the workflow's problems stand beside theirs, without unknown kinds."""
    write(tmp_path, {"facts.toml": "[fact.closed]\nfeilds.by = 1\n", "appeal.toml": f"{FLOW}to = 5\n"})

    found = refused(lambda: workflow_from_path(tmp_path / "appeal.toml"))

    assert found == [
        ("facts.toml", "fact.closed.feilds", "unknown-key"),
        ("appeal.toml", "emit.done.to", "unknown-key"),
    ]


def test_a_missing_file_is_told():
    """A path that leads nowhere is a problem like any other."""
    assert refused(lambda: workflow_from_path("nowhere/appeal.toml")) == [("appeal.toml", "", "no-file")]


def test_a_scheme_holds_rule_sets_and_workflows_side_by_side(tmp_path):
    """Each file is what its head says, and a rule set and a workflow may share an id."""
    write(tmp_path, {"facts.toml": FACTS, "a/rules.toml": RULES, "a/flow.toml": FLOW, "scheme.toml": "x = 1"})

    scheme = scheme_from_folder(tmp_path)

    assert [rules.id for rules in scheme.rule_sets] == ["town/appeal"]
    assert [flow.id for flow in scheme.workflows] == ["town/appeal"]
    assert [flow.origin for flow in scheme.workflows] == ["a/flow.toml"]


def test_each_reader_passes_the_other_noun_by(tmp_path):
    """Who asks for rule sets alone does not hear of a broken workflow, and the other way round."""
    broken = {"a.toml": FLOW.replace("anyone", "anybody"), "b.toml": RULES}
    write(tmp_path / "rules", {"facts.toml": FACTS, **broken})
    write(
        tmp_path / "flows", {"facts.toml": FACTS, "a.toml": FLOW, "b.toml": RULES.replace('"c"', '"cc"', 1)}
    )

    assert [rules.id for rules in rule_sets_from_folder(tmp_path / "rules")] == ["town/appeal"]
    assert [flow.id for flow in workflows_from_folder(tmp_path / "flows")] == ["town/appeal"]
    assert [code for _, _, code in refused(lambda: workflows_from_folder(tmp_path / "rules"))] == [
        "unknown-name",
        "unknown-name",
    ]


def test_problems_of_both_nouns_are_told_together(tmp_path):
    """A folder is read to its end: problems of rule files and of workflow files stand in one list."""
    write(
        tmp_path,
        {"a.toml": FLOW.replace('to = "closed"', 'to = "close"'), "b.toml": RULES, "facts.toml": FACTS},
    )
    write(tmp_path, {"b.toml": RULES.replace("points", "pionts")})

    found = refused(lambda: scheme_from_folder(tmp_path), RuleSetProblems)

    assert ("a.toml", "move.close.to", "unknown-name") in found
    assert ("b.toml", "item.i.pionts", "unknown-key") in found


def test_problems_of_workflows_alone_have_their_own_class(tmp_path):
    """Where only workflow files are wrong, what is raised says so."""
    write(
        tmp_path,
        {"a.toml": FLOW.replace('to = "closed"', 'to = "close"'), "b.toml": RULES, "facts.toml": FACTS},
    )

    found = refused(lambda: scheme_from_folder(tmp_path), WorkflowProblems)

    assert ("a.toml", "move.close.to", "unknown-name") in found


def test_two_workflows_of_one_id_are_told(tmp_path):
    """Within a folder an id belongs to one workflow."""
    write(tmp_path, {"facts.toml": FACTS, "a.toml": FLOW, "b.toml": FLOW})

    assert refused(lambda: workflows_from_folder(tmp_path)) == [("b.toml", "workflow.id", "double-id")]


def test_a_missing_folder_is_told(tmp_path):
    """A folder that is not there is a problem, not an empty scheme."""
    assert refused(lambda: workflows_from_folder(tmp_path / "nowhere")) == [("nowhere", "", "no-file")]


def test_kinds_can_be_given(tmp_path):
    """Kinds of elsewhere hold as if they were declared in the file."""
    kinds = workflow_from_text(FLOW + FACTS).kinds

    assert workflow_from_text(FLOW, kinds=kinds).kinds["closed"] == kinds["closed"]


def test_a_kind_that_is_declared_twice_must_say_the_same():
    """What a file declares of a kind may not differ from what is declared elsewhere."""
    kinds = workflow_from_text(FLOW + FACTS).kinds

    with pytest.raises(
        WorkflowProblems, match=r"fact\.closed: the kind 'closed' is declared before, differently"
    ):
        workflow_from_text(FLOW + FACTS.replace("text", "number"), kinds=kinds)


def test_a_clerk_who_saves_with_a_mark_and_windows_line_ends_is_understood():
    """A byte order mark and the line ends of Windows change nothing."""
    text = "\ufeff" + (FLOW + FACTS).replace("\n", "\r\n")

    assert workflow_from_text(text) == workflow_from_text(FLOW + FACTS)


def test_the_last_of_a_noun_can_be_retired():
    """An amendment may take away the only clock, notice or fact there is."""
    amended = """
[[amend]]
effective = 2025-01-01
basis = "Notice 2"
in_flight = { tickets = "finish" }
retire = ["emit.done"]
"""

    flow = workflow_from_text(FLOW + FACTS + amended)

    assert [len(version.emissions) for version in flow.versions] == [1, 0]
    assert [version.effective for version in flow.versions] == [date(2024, 1, 1), date(2025, 1, 1)]
