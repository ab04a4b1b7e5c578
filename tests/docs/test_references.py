import ast
import re

import pytest

from docs import reference
from docs.reference_words import ERRORS_ZH, RECORD_CODES, SCORING_CODES
from serviceorg.loading import vocabulary
from serviceorg.loading.shapes.measures import OVER, TALLIES
from tests.docs.pages import ROOT

SOURCE = ROOT / "src" / "serviceorg"
NAMES = [(lang, name) for lang in reference.LANGUAGES for name in reference.PAGES]


@pytest.mark.parametrize(("lang", "name"), NAMES, ids=["-".join(pair) for pair in NAMES])
def test_generated_pages_are_current(lang, name):
    """What a reference page says is what the library reads; if not, run ``python docs/reference.py``."""
    page = ROOT / "docs" / lang / "reference" / name

    assert page.read_text(encoding="utf-8") == reference.written(lang, name)


@pytest.mark.parametrize("lang", reference.LANGUAGES)
def test_the_vocabulary_page_has_every_key(lang):
    """Each key of each table stands in the section of its table, in both languages."""
    text = (ROOT / "docs" / lang / "reference" / "rule-set.md").read_text(encoding="utf-8")
    sections = dict(section.split("\n", 1) for section in text.split("\n### ")[1:])

    for table in vocabulary():
        section = sections["case fact" if table.name.startswith("fact (") else table.name]
        assert [key.name for key in table.keys if f"| `{key.name}` |" not in section] == []


@pytest.mark.parametrize("lang", reference.LANGUAGES)
def test_the_vocabulary_page_has_every_word_of_measure_and_every_span(lang):
    """Each word that `measure` takes has a row, and so has each span that `over` takes."""
    text = (ROOT / "docs" / lang / "reference" / "rule-set.md").read_text(encoding="utf-8")
    rows = [line for line in text.partition(reference.BEGIN)[0].splitlines() if line.startswith("| `")]
    named = {name.strip('"') for row in rows for name in re.findall("`([^`]+)`", row.split(" | ")[0])}

    assert named == {*TALLIES, *re.findall("'([a-z]+)'", OVER.words), "event"}


def test_every_error_is_explained_in_both_languages():
    """Each class of error below the root has a Chinese sentence, and no sentence is left over."""
    assert {error.__name__ for error in reference.errors()} == set(ERRORS_ZH)


def test_every_code_of_a_record_is_explained():
    """Codes that readers of facts and subjects report are those of the page, no more and no fewer."""
    files = (SOURCE / "loading").glob("records*.py")

    assert _codes(files, {"note", "add", "Problem"}) == set(RECORD_CODES)


def test_every_code_of_scoring_is_explained():
    """Codes that scoring reports of facts are those of the page, no more and no fewer."""
    assert _codes((SOURCE / "scoring").rglob("*.py"), {"Problem"}) == set(SCORING_CODES)


def _codes(files, callers):
    """Return the first arguments, where they are texts, of all calls with one of these names."""
    found = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in callers and isinstance(node.args[0].value, str):
                    found.add(node.args[0].value)
    return found
