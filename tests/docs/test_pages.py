import re

import pytest

from tests.docs.pages import PAGES, page_name, read_page
from tests.docs.runner import Run

#: How many blocks of each page cannot run; whoever adds one says so here.
NOT_RUN = {
    "README.md": 2,
    "README.zh.md": 2,
    "docs/decisions/README.md": 1,
}


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_every_block_does_what_the_page_says(path, tmp_path, monkeypatch):
    """A reader who types what a page shows gets what the page shows."""
    monkeypatch.chdir(tmp_path)
    page = read_page(path)
    run = Run(page)

    for block in page.blocks:
        run.block(block)


def test_blocks_that_cannot_run_are_few_and_known():
    """A block is left out of the test only with a reason, and never unnoticed."""
    pages = [read_page(path) for path in PAGES]
    counts = {page.path: sum(block.mark == "not run" for block in page.blocks) for page in pages}

    assert {path: count for path, count in counts.items() if count} == NOT_RUN


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_links_lead_somewhere(path):
    """A link to another page of the project names a file that is there, and a heading that stands in it."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)

    for target, anchor in re.findall(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)", text):
        file = (path.parent / target) if target else path
        assert file.exists(), target
        if anchor:
            assert anchor in _anchors(file.read_text(encoding="utf-8")), f"{target}#{anchor}"


def _anchors(text):
    titles = re.findall(r"^#{1,6} (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
