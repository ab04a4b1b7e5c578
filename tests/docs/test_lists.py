import re
import tomllib

from tests.docs.pages import ROOT


def _rows(name):
    """Return the cells of every table row of a page, heads and rules left out."""
    lines = (ROOT / "docs" / name).read_text(encoding="utf-8").splitlines()
    rows = [line.strip("|").split(" | ") for line in lines if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows if not row[0].startswith((" ---", " English"))]


def test_the_glossary_has_one_word_for_each_concept():
    """Each English word stands once, with its Chinese and what it means in both languages."""
    rows = _rows("glossary.md")

    assert len(rows) > 60
    assert len({row[0] for row in rows}) == len(rows)
    assert [
        row for row in rows if len(row) != 4 or not row[1] or not re.search("[\u4e00-\u9fff]", row[2])
    ] == []


def test_every_dependency_has_its_reason():
    """Whatever pyproject.toml asks for is explained on the page of dependencies, and nothing else."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").partition("## Not taken")[0]
    explained = {
        name
        for row in re.findall(r"^\| ([a-z][a-z0-9, -]*) \|", page, flags=re.MULTILINE)
        for name in row.split(", ")
    }

    assert explained == {re.split(r"[<>=]", one)[0] for one in asked} | {"hatchling"}
