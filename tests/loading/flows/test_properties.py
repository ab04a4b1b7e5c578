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


def digests(old, new):
    """Return the digest of the first version before and after a change of its text."""
    assert CORRECT.count(old) >= 1
    return [workflow_from_text(text).versions[0].digest for text in (CORRECT, CORRECT.replace(old, new, 1))]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("days = 15", "days = 16"),
        ('  { none_open = "objection" },\n', ""),
        ('by = "anyone"', 'by = "head"'),
        ('sets = { handler = "actor",', 'sets = { handler = "nobody",'),
        ('sets = { handler = { id = "u-1" } }', 'sets = { handler = { id = "u-2" } }'),
        ("effective = 2024-01-01", "effective = 2024-01-02"),
        ("fields.days_late", "fields.extra = { type = 'text', required = false }\nfields.days_late"),
        ('note = "told"', 'note = "said"'),
        ('seen_by = ["clerk"]', 'seen_by = ["head"]'),
    ],
    ids=["limit", "need", "permit", "set", "route", "day", "kind of fact", "fact", "who sees it"],
)
def test_what_can_change_a_life_changes_the_digest(old, new):
    """A limit, a need, who may, what is set, when it began and what is told are part of the fingerprint."""
    before, after = digests(old, new)

    assert before != after


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# Uses every table", "# Another remark\n# Uses every table"),
        ('title = "taken in and withdrawn"', 'title = "another name"'),
        ('complaint.days" = 20', 'complaint.days" = 21'),
        ("{ hours = 24 }, since", "{ hours = 24   }, since"),
        ('title = { zh = "办理", en = "Handling" }', 'title = "Handling"'),
        ('en = "A request is needed"', 'en = "Say what you want"'),
        ('source = "§5"', 'source = "§55"'),
        ("已由{handler}受理", "由{handler}受理了"),
        ('basis = "Notice 1/2024"', 'basis = "Notice No. 1 of 2024"'),
        ("illustrative = true", "illustrative = false"),
    ],
    ids=["comment", "case", "amendment", "blank", "title", "need", "source", "text", "basis", "illustrative"],
)
def test_what_is_only_said_leaves_the_digest(old, new):
    """Words that are mended, cases and later amendments leave tickets at the version they are pinned to."""
    before, after = digests(old, new)

    assert before == after


def test_an_attribute_called_title_counts_like_any_other():
    """What a fact tells under the name of a title or source is no title of the file."""
    declared = CORRECT.replace(
        "fields.days_late", "fields.title = { type = 'text', required = false }\nfields.days_late", 1
    )

    told = [declared.replace('note = "told"', f'note = "told", title = "{word}"', 1) for word in ("a", "b")]

    assert len({workflow_from_text(text).versions[0].digest for text in told}) == 2
