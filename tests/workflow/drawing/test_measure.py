import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.workflow.drawing.measure import columns, width, wrapped

WORDS = st.text(alphabet="ab c回访，。（é", max_size=60)


@pytest.mark.parametrize(("text", "count"), [("abc", 3), ("回访", 4), ("回访 2", 6), ("é", 1), ("", 0)])
def test_wide_signs_take_two_columns(text, count):
    """A Chinese sign takes two columns, a letter one, an accent none."""
    assert columns(text) == count


def test_wide_text_is_as_wide_as_its_signs():
    """Four Chinese signs of 12 pixels take at least 48 pixels, and hardly more."""
    assert 48 <= width("回访核查", 12) <= 50


@given(WORDS, st.integers(4, 30))
def test_wrapping_loses_nothing(text, most):
    """Lines joined again are the text, but for the spaces at which it was broken."""
    lines = wrapped(text, most)

    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text(alphabet="ab c回访", max_size=60), st.integers(4, 30))
def test_lines_keep_to_the_limit(text, most):
    """No line is longer than allowed, not even one of a single long word."""
    assert all(columns(line) <= max(most, 18) for line in wrapped(text, most))


def test_lines_are_even():
    """Two lines share the words between them; no single word is left over."""
    assert wrapped("Waiting for papers of the requester", 24) == ("Waiting for papers", "of the requester")


def test_no_line_begins_with_a_closing_sign():
    """A comma or bracket stays with the sign before it."""
    assert wrapped("未解决，退回重办", 6) == ("未解", "决，退", "回重办")
