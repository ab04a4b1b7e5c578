"""Fragments are read by a person who upgrades; their names are read by the one who releases."""

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]

#: In the order of the release notes: what changes a number comes first.
TYPES = ("result", "breaking", "deprecation", "added", "fixed", "pack", "docs")


def problems_of(folder):
    """Return what is wrong with the fragments of a folder, one line each."""
    wrong = []
    for path in sorted(folder.iterdir()):
        if path.name == "README.md":
            continue
        name = re.fullmatch(r"(?P<topic>\d+|[a-z][a-z0-9-]*)\.(?P<type>[a-z]+)\.md", path.name)
        text = path.read_text(encoding="utf-8")
        if not name:
            wrong.append(f"{path.name}: a fragment is called <issue or short-topic>.<type>.md")
        elif name["type"] not in TYPES:
            wrong.append(f"{path.name}: unknown type {name['type']!r}; known are {', '.join(TYPES)}")
        elif not text.strip():
            wrong.append(f"{path.name}: is empty")
        elif name["type"] == "result" and not ("Before:" in text and "Now:" in text):
            wrong.append(f"{path.name}: a changed result shows a 'Before:' and a 'Now:'")
    return wrong


def test_every_fragment_can_be_released():
    """Each fragment has a topic, a known type and something to say."""
    assert problems_of(CHECKOUT / "changelog.d") == []


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("grading.md", "x", "grading.md: a fragment is called <issue or short-topic>.<type>.md"),
        ("Grading.fixed.md", "x", "Grading.fixed.md: a fragment is called <issue or short-topic>.<type>.md"),
        (
            "17.bugfix.md",
            "x",
            f"17.bugfix.md: unknown type 'bugfix'; known are {', '.join(TYPES)}",
        ),
        ("17.fixed.md", " \n", "17.fixed.md: is empty"),
        (
            "17.result.md",
            "Ties share a place.",
            "17.result.md: a changed result shows a 'Before:' and a 'Now:'",
        ),
    ],
    ids=["no-type", "capital", "unknown-type", "empty", "no-before"],
)
def test_a_fragment_that_cannot_be_released_is_named(tmp_path, name, text, found):
    """A fragment with a bad name, an unknown type or half a story is found."""
    (tmp_path / name).write_text(text, encoding="utf-8")

    assert problems_of(tmp_path) == [found]


def test_good_fragments_pass(tmp_path):
    """A number or a short topic, a type and a text are enough; a changed result shows both numbers."""
    (tmp_path / "17.result.md").write_text("Before: 1, 2, 3. Now: 1, 1, 3.", encoding="utf-8")
    (tmp_path / "tied-places.docs.md").write_text("Explained ties.", encoding="utf-8")

    assert problems_of(tmp_path) == []


def test_the_readme_explains_every_type_in_order():
    """The guide to fragments lists the types this test accepts, results first."""
    readme = (CHECKOUT / "changelog.d" / "README.md").read_text(encoding="utf-8")

    assert tuple(re.findall(r"^\| `([a-z]+)` ", readme, flags=re.MULTILINE)) == TYPES


def test_the_changelog_has_a_place_for_what_comes_next():
    """The first heading of the changelog is the unreleased one."""
    changelog = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert re.findall(r"^## (.+)$", changelog, flags=re.MULTILINE)[0] == "Unreleased"
