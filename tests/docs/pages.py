"""The pages of the documentation, and what each of their fenced blocks promises.

A comment on the last line before a block says what the block is for:

``<!-- file: NAME -->``     it is written to the page's folder under that name
``<!-- start of file: NAME -->``   the same, and it is loaded only when more has been added
``<!-- more of file: NAME -->``   it is added to that file, which is still unfinished and is not loaded
``<!-- append: NAME -->``   it is added to that file, with an empty line before it
``<!-- broken file: NAME -->``   it is written, and must be refused when it is loaded
``<!-- head -->``           the later toml blocks of the page stand below this one
``<!-- refused: CODE -->``  loading it must report a problem with this code
``<!-- output -->``         the last python block printed it
``<!-- not run: REASON -->``     it cannot run
"""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PAGES = tuple(sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")]))

_MARK = re.compile(
    r"<!-- (file|start of file|more of file|append|broken file|head|refused|output|not run)(?:: (.+))? -->"
)
_FENCE = re.compile(r"^(`{3,}|~{3,})(\S*)\s*$")
_HEADING = re.compile(r"^(#{1,6}) ")


class Block(NamedTuple):
    """A fenced block: its language, its lines, its first line's number, and its mark ("" for none)."""

    language: str
    text: str
    line: int
    mark: str = ""
    name: str = ""


class Page(NamedTuple):
    """A page: its path below the project, its blocks, and the levels of its headings in order."""

    path: str
    blocks: tuple[Block, ...]
    headings: tuple[int, ...]


def read_page(path: Path) -> Page:
    """Return a page with its blocks; a line of ``#`` inside a block is no heading."""
    blocks: list[Block] = []
    headings: list[int] = []
    fence, before, inside, start, language = "", "", [""], 0, ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = _FENCE.match(line)
        if fence:
            if line.strip() == fence:
                mark = _MARK.fullmatch(before)
                kind, name = (mark[1], mark[2] or "") if mark else ("", "")
                blocks.append(Block(language, "\n".join(inside) + "\n", start, kind, name))
                fence, before = "", ""
            else:
                inside.append(line)
        elif found:
            fence, language, inside, start = found[1], found[2], [], number + 1
        elif line.strip():
            before = line.strip()
            if heading := _HEADING.match(line):
                headings.append(len(heading[1]))
    assert not fence, f"{path}: the block of line {start} is not closed"
    return Page(path.relative_to(ROOT).as_posix(), tuple(blocks), tuple(headings))


def page_name(path: Path) -> str:
    """Return the path below the project, as pytest shows it."""
    return path.relative_to(ROOT).as_posix()
