import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.cli.escaping import safe_cell, visible


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "|cmd",
        " =1",
        "\u3000=1",
        "＝1+1",
        "＋1",
        "\tx",
        "\rx",
        "\nx",
        "\0x",
        "\ufeff=1",
    ],
)
def test_what_a_spreadsheet_takes_for_a_formula_is_escaped(text):
    """A formula sign in front, blank signs or not, full-width or not, gets an apostrophe before it."""
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "张三", "M-1", "a=b", "2024-03-01", "'=1", "x\ty"])
def test_other_text_is_left_alone(text):
    """A formula sign inside a text is harmless."""
    assert safe_cell(text) == text


@given(st.text(max_size=20))
def test_visible_text_steers_no_terminal(text):
    """Nothing of what is shown is a control sign."""
    shown = visible(text)

    assert all(sign.isprintable() or sign == "\u3000" for sign in shown)
    assert visible(shown) == shown
