import ast
import re
import tomllib

import pytest

from docs import reference
from docs.reference_codes import (
    CLAIM_CODES,
    ENGINE_CODES,
    ENTRY_CODES,
    INTEGRITY_CODES,
    RECORD_CODES,
    SCORING_CODES,
)
from docs.reference_words import DEFAULTS_ZH, ENTRY_FIELDS, ERRORS_ZH, FIELDS_ZH, HEAD_FIELDS
from serviceorg.ledger import SENTENCES, Head
from serviceorg.loading import (
    CODES,
    JOURNAL_CODES,
    fact_schema,
    snapshot_schema,
    subject_schema,
    vocabulary,
    vocabulary_of,
)
from serviceorg.loading.catalogues import OWN_CODES
from serviceorg.loading.journals.files import KEYS
from serviceorg.loading.shapes.measures import OVER, TALLIES
from serviceorg.loading.snapshots.tables import TABLES
from serviceorg.loading.sorts import SORT_OF
from serviceorg.matching.sentences import REFUSALS
from tests.docs.pages import ROOT

SOURCE = ROOT / "src" / "serviceorg"
NAMES = [(lang, name) for lang in reference.LANGUAGES for name in reference.PAGES]
VOCABULARIES = [(lang, name) for lang in reference.LANGUAGES for name in reference.VOCABULARIES]


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


@pytest.mark.parametrize(("lang", "name"), VOCABULARIES, ids=["-".join(pair) for pair in VOCABULARIES])
def test_every_page_of_a_vocabulary_has_every_table_and_key(lang, name):
    """Each table of a sort of file has one section, with a row for each key, in both languages."""
    text = (ROOT / "docs" / lang / "reference" / name).read_text(encoding="utf-8")
    generated = text.partition(reference.BEGIN)[2].partition(reference.END)[0]
    sections = [section.split("\n", 1) for section in generated.split("\n### ")[1:]]
    tables = vocabulary_of(reference.VOCABULARIES[name])

    assert len(sections) == len(tables)
    assert len({title for title, _ in sections}) == len(tables)
    for (_, section), table in zip(sections, tables, strict=True):
        assert [key.name for key in table.keys if f"| `{key.name}` |" not in section] == []


def test_there_is_a_page_for_every_sort_of_file():
    """What can be loaded is described."""
    assert set(reference.VOCABULARIES.values()) == set(SORT_OF) == set(OWN_CODES)


def test_every_default_said_in_words_is_used():
    """Words for defaults that no file could write are those of the vocabulary, and no others."""
    keys = [key for head in OWN_CODES for table in vocabulary_of(head) for key in table.keys]

    assert set(DEFAULTS_ZH) == {key.default for key in keys if key.default and not _is_toml(key.default)}


def _is_toml(text):
    try:
        tomllib.loads(f"value = {text}")
    except tomllib.TOMLDecodeError:
        return False
    return True


def test_every_error_is_explained_in_both_languages():
    """Each class of error below the root has a Chinese sentence, and no sentence is left over."""
    assert {error.__name__ for error in reference.errors()} == set(ERRORS_ZH)


def test_every_class_of_error_is_listed():
    """A class that derives from an error of the library stands in errors.py or is named by the page."""
    own = {error.__name__ for error in reference.errors()} | {"ServiceOrgError"}
    derived = {
        node.name
        for file in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and own & {getattr(base, "id", "") for base in node.bases}
    }

    assert derived | {"ServiceOrgError"} == own


def test_every_code_of_a_record_is_explained():
    """Codes that readers of facts and subjects report are those of the page, no more and no fewer."""
    files = (SOURCE / "loading").glob("records*.py")

    assert _codes(files, {"note", "add", "Problem"}) == set(RECORD_CODES)


def test_every_code_of_facts_is_explained():
    """Codes that scoring and the model report of facts are those of the page, no more and no fewer."""
    model = [SOURCE / "model" / f"{name}.py" for name in ("attribution", "overlaps", "passing", "reversals")]
    found = _codes([*(SOURCE / "scoring").rglob("*.py"), *model], {"Problem"})

    assert found - set(CODES) == set(SCORING_CODES)


@pytest.mark.parametrize("head", ENGINE_CODES)
def test_every_code_of_an_engine_is_explained(head):
    """Codes that only computing by a sort of file finds are those of the page."""
    files = _files({"structure": "model/units.py"}.get(head, head))
    found = _codes(files, {"Problem"}) | _yielded([one for one in files if one.name == "against.py"], 3)
    shared = {*CODES, *OWN_CODES[head], *SCORING_CODES, *JOURNAL_CODES, *INTEGRITY_CODES}

    assert found - shared <= set(ENGINE_CODES[head]) <= found


def test_every_code_of_a_snapshot_is_explained():
    """Codes of what does not fit together in a snapshot, or cannot be changed, are those of the page."""
    checks = _files("model/integrity")
    model = [SOURCE / "model" / f"{name}.py" for name in ("records", "snapshot", "moves", "reorganising")]
    found = _keywords(checks, "code") | _yielded(checks, 2) | _codes(model, {"Problem", "_refused"})
    text = "".join(file.read_text(encoding="utf-8") for file in [*checks, *model])
    made = {f"{first}-{kind}" for first, kinds in MADE_CODES.items() for kind in kinds}

    assert found - set(INTEGRITY_CODES) == set()
    assert [
        code for code in INTEGRITY_CODES if code not in found | made and not re.search(f'"{code}"[,)]', text)
    ] == []


#: Codes that are put together from two words: what is wrong, and of what.
MADE_CODES = {
    "unknown": ("unit", "person", "role", "affiliation"),
    "double": ("unit", "person", "change"),
}


def test_every_reason_against_an_entry_is_explained():
    """The reasons for which an entry is not posted are those of the page; other reasons tell of accounts."""
    posting = [SOURCE / "ledger" / f"{name}.py" for name in ("posting", "reversing", "legs", "conditions")]
    found = _codes([*posting, SOURCE / "ledger" / "expiring.py"], {"Reason"})
    bounds = {"amount-least", "amount-most", "amount-multiple"}

    assert found | bounds == set(ENTRY_CODES)
    assert set(ENTRY_CODES) <= set(SENTENCES)


def test_every_reason_against_a_claim_is_explained():
    """The reasons for which a claim or response is not taken are those of the page."""
    assert set(CLAIM_CODES) == set(REFUSALS)


@pytest.mark.parametrize("kind", FIELDS_ZH)
def test_every_key_of_a_data_file_is_explained_in_chinese(kind):
    """Facts, subjects and the six files of a snapshot have the same keys in both languages."""
    schemas = [fact_schema(), subject_schema(), *map(snapshot_schema, TABLES)]
    properties = {schema["title"].lower(): schema["properties"] for schema in schemas}

    assert set(properties) == set(FIELDS_ZH)
    assert set(FIELDS_ZH[kind]) == set(properties[kind])


def test_every_key_of_a_journal_is_explained():
    """The keys of a line and of a head are those that are read."""
    assert set(ENTRY_FIELDS) == set(KEYS)
    assert set(HEAD_FIELDS) == set(Head(0, "0" * 64).to_json())


def _files(room):
    """Return the files of a room, or a file of one."""
    path = SOURCE / room
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def _yielded(files, length):
    """Return the first texts of all tuples of one length that are yielded: codes on their way to a caller."""
    return {
        node.value.elts[0].value
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Yield)
        and isinstance(node.value, ast.Tuple)
        and len(node.value.elts) == length
        and isinstance(node.value.elts[0], ast.Constant)
    }


def _keywords(files, name):
    """Return the texts that calls are given under one name."""
    return {
        keyword.value.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == name and isinstance(keyword.value, ast.Constant)
    }


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
