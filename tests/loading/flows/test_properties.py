"""Whatever a text is, loading it ends in a workflow that can be used, or in a list of problems."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serviceorg.calendars import Hours, china
from serviceorg.errors import WorkflowProblems
from serviceorg.loading import workflow_from_text
from serviceorg.workflow import Flow
from serviceorg.workflow.rules import Workflow

HERE = Path(__file__).parent
CORRECT = (HERE / "correct" / "everything.toml").read_text(encoding="utf-8")
CORRECT += (HERE / "correct" / "facts.toml").read_text(encoding="utf-8")
LINES = CORRECT.split("\n")
VALUES = """
    "" | "x" | 5 | -1 | 0.5 | true | [] | ["x"] | [5] | [[]] | [{}] | {} | { a = 1 } | inf | "same" |
    2024-01-01 | 2024-01-01T00:00:00Z | 09:00:00 | "accept" | ["closed"] | "unit" | { field = "class" } |
    "@open" | "clock" | { "" = "" } | [{ state = "working" }] | { days = 1 }
"""
LITERALS = st.sampled_from(VALUES.split("|")).map(str.strip)
CHINA = china(hours=Hours.daily("09:00-12:00", "14:00-17:30"))


def ends(text):
    """Return the workflow or the problems; anything else is raised."""
    try:
        return workflow_from_text(text, file="x.toml")
    except WorkflowProblems as error:
        problems = error.problems
    assert all(problem.message and problem.file == "x.toml" for problem in problems)
    return problems


@given(st.text())
def test_any_text_ends_in_problems(text):
    """No text without the head is a workflow, and none raises anything else."""
    assert isinstance(ends(text), tuple)


@st.composite
def changed(draw):
    """Return the correct file with some lines left out, doubled, or with another value."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        way = draw(st.sampled_from(["out", "double", "value"]))
        if way == "out":
            del lines[at]
        elif way == "double":
            lines.insert(at, lines[at])
        else:
            lines[at] = f"{lines[at].partition('=')[0]}= {draw(LITERALS)}"
    return "\n".join(lines)


@settings(max_examples=60)
@given(changed())
def test_a_changed_file_ends_in_problems_or_in_a_workflow_that_works(text):
    """A slip is told, or else what is loaded can be compiled, and its cases can be run."""
    found = ends(text)

    if isinstance(found, Workflow):
        calendars = dict.fromkeys((version.calendar for version in found.versions), CHINA)
        flow = Flow(found, calendars=calendars, requirements={"town.budget": lambda *asked: None})
        assert flow.run_cases() is not None


def test_the_same_text_gives_the_same_workflow():
    """Loading reads nothing but the text: twice the same text is twice an equal workflow."""
    assert workflow_from_text(CORRECT) == workflow_from_text(CORRECT)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title = { zh = "办理", en = "Handling" }', 'title = "Handling"'),
        ("days = 15", "days = 16"),
        ("fields.days_late", "fields.extra = { type = 'text', required = false }\nfields.days_late"),
    ],
    ids=["a title", "a limit", "a kind of fact it tells"],
)
def test_what_may_matter_changes_the_digest(old, new):
    """A title people read, a limit, and the kind of a fact that is told are part of the fingerprint."""
    assert CORRECT.count(old) == 1
    before, after = workflow_from_text(CORRECT), workflow_from_text(CORRECT.replace(old, new))

    assert before.versions[0].digest != after.versions[0].digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# Uses every table", "# Another remark\n# Uses every table"),
        ('title = "taken in and withdrawn"', 'title = "another name"'),
        ('complaint.days" = 20', 'complaint.days" = 21'),
        ("{ hours = 24 }, since", "{ hours = 24   }, since"),
    ],
    ids=["a comment", "a case", "an amendment", "a blank"],
)
def test_what_cannot_matter_leaves_the_digest(old, new):
    """Comments, cases and later amendments say nothing about the first version."""
    assert CORRECT.count(old) == 1
    before, after = workflow_from_text(CORRECT), workflow_from_text(CORRECT.replace(old, new))

    assert before.versions[0].digest == after.versions[0].digest
