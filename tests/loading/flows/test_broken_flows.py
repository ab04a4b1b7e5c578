"""Every file in broken/ is refused with exactly the text beside it."""

import ast
from pathlib import Path

import pytest

from serviceorg.errors import WorkflowProblems
from serviceorg.loading import CODES, FLOW_CODES, workflow_from_path, workflow_from_text
from serviceorg.loading.documents import text_from_bytes

BROKEN = Path(__file__).parent / "broken"
FILES = sorted(BROKEN.glob("*.toml"))
#: What verification finds is said in its own words, which its own tests hold; here its places count.
DEFINITIONS = [path for path in FILES if path.stem.startswith("definition-")]
TEXTS = [path for path in FILES if path not in DEFINITIONS]


def problems_of(path):
    """Return the problems of a broken file."""
    with pytest.raises(WorkflowProblems) as caught:
        workflow_from_text(text_from_bytes(path.read_bytes(), file=path.name), file=path.name)
    return caught.value


def found_in(name):
    """Return (place, code) of every problem of a file."""
    problems = problems_of(BROKEN / f"{name}.toml").problems
    return [(problem.where.partition(", ")[2], problem.code) for problem in problems]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_broken_file_is_refused_with_its_text(path):
    """The message is the expected text, line by line: where, what was found, what is allowed, a guess."""
    expected = path.with_suffix(".expected").read_text(encoding="utf-8")

    assert f"{problems_of(path)}\n" == expected


def test_a_definition_that_leads_nowhere_is_told_at_its_places():
    """States nobody reaches or leaves, moves nobody can make, clocks that never start: each at its table."""
    assert found_in("definition-nothing-leads-on") == [
        ("state.lost", "unreachable"),
        ("state.trap", "dead-end"),
        ("move.never", "never-made"),
        ("move.raise", "matter-never-settled"),
        ("clock.resolve", "clock-left-running"),
        ("clock.idle", "clock-never-starts"),
    ]


def test_a_definition_of_nobody_is_told_at_its_places():
    """Where a slot is never filled, the move, the fact and the notice that need it are named."""
    found = found_in("definition-of-nobody")

    assert ("move.settle", "matter-never-opened") in found
    assert ("move.judge", "nobody-may") in found
    assert ("clock.resolve.tier.red", "tier-never") in found
    assert ("emit.done", "fact-nobody") in found
    assert ("part.signed", "part-never-complete") in found
    assert ("notice.told", "notice-nobody") in found


def test_a_circle_nobody_leaves_is_told_at_its_state():
    """A route that is never taken is named by its position, a state that leads round by its id."""
    assert found_in("definition-in-circles") == [
        ("opening.report.route[1]", "never-taken"),
        ("state.round", "livelock"),
    ]


def test_a_broken_promise_comes_with_a_story():
    """A promise that does not hold is refused with the shortest life that breaks it."""
    (problem,) = problems_of(BROKEN / "definition-breaks-a-promise.toml").problems

    assert (problem.where, problem.code) == ("line 70, promise[1]", "promise")
    assert "report → accept → close" in problem.message


def test_a_promise_that_tickets_moved_over_break_comes_with_a_story():
    """Where an amendment sends a state is told at the amendment, with a life that breaks the promise."""
    (problem,) = problems_of(BROKEN / "definition-moved-over.toml").problems

    assert (problem.where, problem.code) == ("line 92, amend[1].in_flight", "promise-in-flight")
    assert "report → put-aside → (moved to the version of 2025-01-01) → close" in problem.message


LOADING = Path(__file__).parents[3] / "src" / "serviceorg" / "loading"
#: Codes of verification whose examples stand among its own tests.
ELSEWHERE = {"clock-never-stops", "no-end", "promise-unknown", "stuck"}


def codes_written():
    """Return every code the readers of workflow files can report by themselves."""
    found = set()
    for path in LOADING.rglob("flow*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if called in ("add", "unknown", "guess", "Problem") and isinstance(node.args[0].value, str):
                    found.add(node.args[0].value)
    return found


def test_every_code_is_in_a_catalogue():
    """A code that is reported has a line in English and Chinese."""
    assert codes_written() <= {*CODES, *FLOW_CODES}
    assert all(meaning.zh and meaning.en for meaning in FLOW_CODES.values())


def test_every_code_of_the_catalogue_has_a_broken_file():
    """What the catalogue names can happen, and a file here shows it."""
    shown = {problem.code for path in FILES for problem in problems_of(path).problems}

    assert set(FLOW_CODES) - shown == ELSEWHERE


def test_there_are_many_broken_files():
    """The folder of broken files does not shrink unnoticed."""
    assert len(FILES) >= 55


def test_a_broken_file_on_disk_is_named_in_full(tmp_path):
    """The file in a message is the path that was given."""
    path = tmp_path / "appeal.toml"
    path.write_text((BROKEN / "words.toml").read_text(encoding="utf-8"), encoding="utf-8")

    with pytest.raises(WorkflowProblems) as caught:
        workflow_from_path(path)

    assert {problem.file for problem in caught.value.problems} == {str(path)}
