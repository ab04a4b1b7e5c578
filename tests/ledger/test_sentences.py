import ast
from pathlib import Path
from string import Formatter

import pytest

from serviceorg import ledger, settlement
from serviceorg.ledger import SENTENCES
from serviceorg.settlement import SENTENCES as SETTLING

ROOMS = [Path(str(room.__file__)).parent for room in (ledger, settlement)]


@pytest.mark.parametrize("code", sorted(SETTLING))
def test_a_sentence_says_its_values_in_both_languages(code):
    """Each template has a text in English and one in 中文, and names no value that it is not given."""
    template = SETTLING[code]

    for text in (template.en, template.zh):
        named = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        assert text
        assert named <= set(template.names)


def reasons_in(path):
    """Yield the code of every reason a file writes, and how many values it gives, None if unseen."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "Reason":
            continue
        code, values = node.args[:2]
        if isinstance(code, ast.Constant):
            is_whole = isinstance(values, ast.Tuple) and not any(
                isinstance(value, ast.Starred) for value in values.elts
            )
            yield str(code.value), len(getattr(values, "elts", ())) if is_whole else None


def test_every_reason_has_its_sentence():
    """Every code the ledger and settlement write has a sentence, with as many values as it is given."""
    written = dict(found for room in ROOMS for path in room.glob("*.py") for found in reasons_in(path))

    counted = {code: count for code, count in written.items() if count is not None}

    assert len(counted) > 20
    assert set(written) <= set(SETTLING)
    assert counted == {code: len(SETTLING[code].names) for code in counted}
    assert set(SENTENCES) <= set(SETTLING)
