"""Whatever a text is, loading it ends in a rule set or in a list of problems."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.errors import RuleSetProblems
from serviceorg.loading import fact_kinds_from_text, rule_set_from_text
from serviceorg.loading.documents import text_from_bytes
from serviceorg.scoring.rules import RuleSet

HERE = Path(__file__).parent
CORRECT = [path.read_text(encoding="utf-8") for path in sorted((HERE / "correct").glob("*.toml"))]
KINDS = fact_kinds_from_text((HERE.parent / "broken" / "facts.toml").read_text(encoding="utf-8"))
VALUES = """
    1 | -1 | 0 | 0.001 | 1e12 | nan | true | "" | "A1" | "total" | "item.A1" | "amount" | "day" | "year" |
    "x y" | 2025-01-01 | 1999-12-31T00:00:00 | [] | [1] | ["A1", "A1"] | {} | { a = 1 } | "20%" | "none" |
    { where = { role = "lead" } } | { months = 1, days = 1 } | [{}] | "missing"
"""
LITERALS = st.sampled_from(VALUES.split("|")).map(str.strip)


def ends(text):
    """Return the rule set or the problems; anything else is raised."""
    try:
        return rule_set_from_text(text, file="x.toml", kinds=KINDS)
    except RuleSetProblems as error:
        problems = error.problems
    assert all(problem.message and problem.file == "x.toml" for problem in problems)
    return problems


@given(st.text())
def test_any_text_ends_in_problems(text):
    """No text without the head is a rule set, and none raises anything else."""
    assert isinstance(ends(text), tuple)


@given(st.text(alphabet="[]{}=.,\"'\\#\n abc019-_:+e\u3000“＝", max_size=60))
def test_any_text_of_signs_that_matter_ends_in_problems(text):
    """Brackets, quotation marks and full-width signs in any order are told as problems."""
    assert isinstance(ends(text), tuple)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_a_problem(content):
    """Bytes become a text, or a problem that names the line."""
    with pytest.raises(RuleSetProblems):
        rule_set_from_text(text_from_bytes(content))


@st.composite
def damaged(draw):
    """Draw a correct file with a few lines left out, doubled, exchanged, or with other values."""
    lines = draw(st.sampled_from(CORRECT)).splitlines()
    for _ in range(draw(st.integers(1, 4))):
        number, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        way = draw(st.sampled_from(["drop", "double", "move", "value", "inner", "name"]))
        if way == "drop":
            lines[number] = ""
        elif way == "double":
            lines.insert(other, lines[number])
        elif way == "move":
            lines[number], lines[other] = lines[other], lines[number]
        elif way == "value":
            lines[number] = lines[number].partition("=")[0] + "= " + draw(LITERALS)
        elif way == "inner":
            found = list(re.finditer(r"= ([^,{}\[\]]+)", lines[number]))
            if found:
                place = draw(st.sampled_from(found))
                lines[number] = (
                    lines[number][: place.start(1)] + draw(LITERALS) + lines[number][place.end(1) :]
                )
        else:
            lines[number] = re.sub(r"^(\w)\w", r"\1", lines[number])
    return "\n".join(lines)


@given(damaged())
def test_a_damaged_file_ends_in_problems_or_in_a_rule_set(text):
    """However a correct file is damaged, loading answers with values or with problems."""
    assert isinstance(ends(text), RuleSet | tuple)


def places_of(keys):
    """Return the numbers of the lines of the first correct file that begin with one of these keys."""
    return [number for number, line in enumerate(CORRECT[0].splitlines()) if line.partition(" ")[0] in keys]


@pytest.mark.parametrize(
    "key", ["id", "title", "amount", "on", "from", "category", "level", "clause", "period"]
)
def test_a_table_that_cannot_be_read_does_not_stop_the_others(key):
    """A key with a wrong value, in one table after another, is always told, whatever reads that table."""
    for number in places_of({key}):
        lines = CORRECT[0].splitlines()
        lines[number] = f"{key} = [[]]"

        codes = [problem.code for problem in ends("\n".join(lines))]

        assert codes
