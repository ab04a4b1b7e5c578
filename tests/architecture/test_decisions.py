"""Decision records are found by number and by index, or they are not found at all."""

import re
from pathlib import Path

DECISIONS = Path(__file__).parents[2] / "docs" / "decisions"
RECORDS = sorted(path for path in DECISIONS.glob("*.md") if path.name != "README.md")


def test_records_are_numbered_without_a_gap():
    """Records are called 0001-short-name.md and so on, each number once."""
    assert all(re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name) for path in RECORDS)
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))


def test_the_index_names_every_record_once():
    """The index links each record, in order, and none that does not exist."""
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")

    assert re.findall(r"\]\((\d{4}-[^)]+)\)", index) == [path.name for path in RECORDS]


def test_every_record_answers_the_four_questions():
    """A record says what was asked, what was decided, why, and what was rejected."""
    for path in RECORDS:
        text = path.read_text(encoding="utf-8")

        assert text.startswith(f"# {path.name[:4]} "), path.name
        assert re.findall(r"^## (.+)$", text, flags=re.MULTILINE) == [
            "Question",
            "Decision",
            "Why",
            "Rejected",
        ], path.name
