import re

import attrs
from hypothesis import given

from serviceorg.basics import Label
from serviceorg.workflow.drawing import draw
from tests.workflow.drawing.samples import APPEAL, VISIT, move, state
from tests.workflow.drawing.strategies import versions

#: The statements we use, as Mermaid's grammar of state diagrams (v11) reads them: a text ends at a colon,
#: a semicolon that closes no entity, a quotation mark or the line.
TEXT = r"(?:[^:;\"\n#]|#\d+;)+"
STATEMENTS = re.compile(
    "  (?:"
    + "|".join(
        (
            "direction TB",
            rf'state "{TEXT}" as s_\w+',
            rf"(?:\[\*\]|s_\w+) --> s_\w+ : {TEXT}",
            r"s_\w+ --> \[\*\]",
            r"classDef \w+ [\w:#, -]+",
            r"class s_\w+(?:,s_\w+)* \w+",
        )
    )
    + ")"
)


def lines_of(version, **options):
    """Return the lines of the Mermaid text."""
    text = draw(version, **({"title": Label()} | options)).mermaid
    return text.splitlines()


def test_small_workflow_in_full():
    """Openings come from [*], final states lead to it, every move is an arrow with its title."""
    lines = lines_of(VISIT, title=Label("走访", "Visit"), lang="zh")

    assert lines[:14] == [
        "---",
        'title: "走访"',
        "---",
        "stateDiagram-v2",
        "  direction TB",
        '  state "已安排" as s_planned',
        '  state "走访中" as s_under_way',
        '  state "已完成" as s_done',
        "  [*] --> s_planned : 安排走访",
        "  s_planned --> s_under_way : 出发",
        "  s_under_way --> s_under_way : 补记",
        "  s_under_way --> s_done : 提交记录",
        "  s_under_way --> s_planned : 改期",
        "  s_done --> [*]",
    ]


@given(versions())
def test_any_workflow_keeps_to_the_grammar(version):
    """Whatever the titles are, every line is a statement of the grammar, and no state is missing."""
    first, *rest = lines_of(version)

    states = [line for line in rest if line.startswith('  state "')]
    assert first == "stateDiagram-v2"
    assert [line for line in rest if not STATEMENTS.fullmatch(line)] == []
    assert len(states) == len(version.states)


def test_signs_of_the_grammar_are_written_as_numbers():
    """Quotation marks, colons, semicolons, entities and signs of Markdown lose their meaning."""
    version = attrs.evolve(
        VISIT, moves=(move("go", "", '1. "a": <b>; #quot; *c*_d_ %% x', "planned", "under-way"),)
    )

    arrow = next(line for line in lines_of(version) if "s_planned --> " in line)

    assert arrow == (
        "  s_planned --> s_under_way : 1#46; #34;a#34;#58; #60;b#62;#59; #35;quot#59; "
        "#42;c#42;#95;d#95; #37;#37; x"
    )


def test_direction_in_a_title_is_no_statement():
    """A title that names a direction does not turn the picture."""
    version = attrs.evolve(VISIT, moves=(move("go", "", "Ask for direction LR", "planned", "under-way"),))

    lines = lines_of(version)

    assert "  s_planned --> s_under_way : Ask for #100;irection LR" in lines


def test_ids_stay_unlike():
    """Ids that differ in signs the grammar does not allow get different names, never words of the grammar."""
    version = attrs.evolve(
        VISIT,
        states=(
            state("a-b", "", "One", "initial"),
            state("a_b", "", "Two"),
            state("end", "", "Three", "final"),
        ),
        openings=VISIT.openings[:0],
        moves=(move("go", "", "Go", "a-b", "a_b"), move("stop", "", "Stop", "a_b", "end")),
    )

    lines = lines_of(version)

    assert '  state "One" as s_a_b' in lines
    assert '  state "Two" as s_a_b__1' in lines
    assert "  s_a_b --> s_a_b__1 : Go" in lines
    assert "  s_a_b__1 --> s_end : Stop" in lines


def test_move_from_many_states_has_an_arrow_from_each():
    """The text leaves nothing to a box that stands for others: eight states, eight arrows."""
    lines = lines_of(APPEAL)

    assert sum(line.endswith("--> s_withdrawn : Withdraw") for line in lines) == 8


def test_path_and_present_state_have_classes():
    """The states of a path and the present one are marked by classes of their own."""
    lines = lines_of(VISIT, path=[("plan", "planned"), ("go", "under-way")], here="under-way")

    assert lines[-2:] == ["  class s_planned,s_under_way walked", "  class s_under_way here"]
