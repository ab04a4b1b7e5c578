"""Every file in tests/broken is refused with exactly the text beside it."""

from pathlib import Path

import pytest

from serviceorg.errors import RuleSetProblems
from serviceorg.loading import CODES, fact_kinds_from_text, rule_set_from_path, rule_set_from_text
from serviceorg.loading.documents import text_from_bytes

BROKEN = Path(__file__).parents[1] / "broken"
FILES = sorted(path for path in BROKEN.glob("*.toml") if path.name != "facts.toml")
KINDS = fact_kinds_from_text((BROKEN / "facts.toml").read_text(encoding="utf-8"))


def problems_of(path):
    """Return the problems of a broken file."""
    with pytest.raises(RuleSetProblems) as caught:
        rule_set_from_text(text_from_bytes(path.read_bytes(), file=path.name), file=path.name, kinds=KINDS)
    return caught.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_file_is_refused_with_its_text(path):
    """The message is the expected text, line by line: where, what was found, what is allowed, a guess."""
    expected = path.with_suffix(".expected").read_text(encoding="utf-8")

    assert f"{problems_of(path)}\n" == expected


#: Codes about files as such; test_files.py and test_hostile.py make them.
ELSEWHERE = {"no-file", "unreadable", "too-big", "too-many", "more"}


def test_every_code_of_the_catalogue_has_a_broken_file():
    """What the catalogue names can happen, and a file here shows it."""
    shown = {problem.code for path in FILES for problem in problems_of(path).problems}

    assert shown == set(CODES) - ELSEWHERE


def test_there_are_many_broken_files():
    """The folder of broken files does not shrink unnoticed."""
    assert len(FILES) >= 60


def test_a_broken_file_on_disk_is_named_in_full(tmp_path):
    """The file in a message is the path that was given."""
    path = tmp_path / "rules.toml"
    path.write_text((BROKEN / "no-pay.toml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "facts.toml").write_text(
        (BROKEN / "facts.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )

    with pytest.raises(RuleSetProblems) as caught:
        rule_set_from_path(path)

    assert [problem.file for problem in caught.value.problems] == [str(path)]
