import re

import pytest

from tests.docs.pages import ROOT, Block, read_page

DOCS = ROOT / "docs"
ENGLISH = sorted(path.relative_to(DOCS / "en").as_posix() for path in (DOCS / "en").rglob("*.md"))
PAIRS = [
    (ROOT / "README.md", ROOT / "README.zh.md"),
    *((DOCS / "en" / name, DOCS / "zh" / name) for name in ENGLISH),
]
IDS = ["README.md", *ENGLISH]


def test_both_languages_have_the_same_pages():
    """A page that exists in one language exists in the other."""
    chinese = sorted(path.relative_to(DOCS / "zh").as_posix() for path in (DOCS / "zh").rglob("*.md"))

    assert chinese == ENGLISH


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=IDS)
def test_both_languages_have_the_same_outline(english, chinese):
    """Translations have as many headings of each level, in the same order."""
    assert read_page(english).headings == read_page(chinese).headings


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=IDS)
def test_both_languages_show_the_same_examples(english, chinese):
    """Translations show the same blocks; comments, and text asked for in a language, may differ."""
    assert [_bare(block) for block in read_page(english).blocks] == [
        _bare(block) for block in read_page(chinese).blocks
    ]


def _bare(block: Block) -> tuple[str, str, str]:
    """Return language, mark and content of a block without what a translator may change."""
    if block.mark in ("not run", "output"):
        return block.language, block.mark, ""
    text = re.sub(r"^ *#.*\n", "", block.text, flags=re.MULTILINE)
    if block.language == "console":
        commands = re.findall(r"^\$ .*", text, flags=re.MULTILINE)
        spoken = any("--lang" in command for command in commands)
        text = re.sub(r"--lang \w+", "--lang", "\n".join(commands)) if spoken else text
    return block.language, f"{block.mark} {block.name}", re.sub(r'lang="\w+"', 'lang=""', text)
