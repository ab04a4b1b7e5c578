"""Rule files and folders on disk: shared kinds of fact, all problems of all files, typed errors."""

import os
from pathlib import Path

import pytest

from serviceorg.errors import Problem, RuleSetProblems
from serviceorg.loading import (
    fact_kinds_from_text,
    rule_set_from_path,
    rule_set_from_text,
    rule_sets_from_folder,
)

RULES = """
[rule_set]
id = "a/b"
title = "Points"
subject = "member"
period = "year"
effective = 2025-01-01
basis = "Council 1"
source = "Gazette"
[[category]]
id = "c"
title = "All"
[[item]]
id = "A1"
category = "c"
title = "Shifts"
on = "shift"
points = 1
"""


def write(folder, **files):
    """Write files, named by keyword; __ stands for a folder."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def problems_of(read, *arguments):
    """Return the problems with which reading ends."""
    with pytest.raises(RuleSetProblems) as caught:
        read(*arguments)
    return caught.value.problems


def test_a_file_reads_the_kinds_beside_it(tmp_path):
    """facts.toml declares the kinds for the rule files of its folder."""
    write(tmp_path, facts="[fact.shift]\n", rules=RULES)

    rules = rule_set_from_path(tmp_path / "rules.toml")

    assert (rules.id, rules.origin) == ("a/b", str(tmp_path / "rules.toml"))
    assert "shift" in rules.kinds


def test_a_folder_gives_every_rule_set_in_the_order_of_paths(tmp_path):
    """Files with [rule_set] are read, in folders too; other TOML files and hidden folders are passed by."""
    other = RULES.replace("a/b", "a/c")
    write(tmp_path, facts="[fact.shift]\n", b=RULES, a__x=other, settings="colour = 1\n")
    write(tmp_path / ".hidden", c=RULES)

    assert [rules.id for rules in rule_sets_from_folder(tmp_path)] == ["a/c", "a/b"]
    assert [rules.origin for rules in rule_sets_from_folder(str(tmp_path))] == ["a/x.toml", "b.toml"]


def test_kinds_of_an_inner_folder_build_on_the_outer_ones(tmp_path):
    """A facts.toml holds for its folder and those below, not for those beside it."""
    write(tmp_path, facts="[fact.visit]\n", a__facts="[fact.shift]\n", a__x=RULES, b__x=RULES)

    problems = problems_of(rule_sets_from_folder, tmp_path)

    assert [(problem.file, problem.code) for problem in problems] == [("b/x.toml", "unknown-kind")]


def test_all_problems_of_all_files_come_at_once(tmp_path):
    """One error tells everything, file by file; what follows from a broken facts.toml is not told again."""
    broken = RULES.replace("points = 1", "pionts = 1")
    write(tmp_path, a=broken, b="[rule_set\n", facts="[fact.shift]\namount = 3\n")

    problems = problems_of(rule_sets_from_folder, tmp_path)

    assert [(problem.file, problem.code) for problem in problems] == [
        ("facts.toml", "wrong-type"),
        ("a.toml", "unknown-key"),
        ("b.toml", "syntax"),
    ]


def test_two_rule_sets_of_one_id_are_refused(tmp_path):
    """An id names one rule set of a folder; both files are told."""
    write(tmp_path, facts="[fact.shift]\n", a=RULES, b=RULES)

    message = "the id 'a/b' is used in a.toml too; give one of the two another id"
    problems = problems_of(rule_sets_from_folder, tmp_path)
    assert problems == (Problem("double-id", "rule_set.id", message, "b.toml"),)


def test_rules_without_a_head_are_not_passed_by(tmp_path):
    """A file with items but a misspelt [rule_set] is a broken rule file, not some other file."""
    write(tmp_path, facts="[fact.shift]\n", a=RULES.replace("[rule_set]", "[ruleset]"))

    assert {problem.code for problem in problems_of(rule_sets_from_folder, tmp_path)} == {"unknown-key"}


def test_a_folder_without_rule_files_is_empty(tmp_path):
    """A scheme may hold other things than rule sets."""
    assert rule_sets_from_folder(tmp_path) == ()


def test_what_is_not_there_is_a_typed_error(tmp_path):
    """A missing file or folder is told with the name that was given."""
    file, folder = tmp_path / "rules.toml", tmp_path / "scheme"

    advice = "here; check the path and its spelling"
    assert problems_of(rule_set_from_path, file) == (
        Problem("no-file", "", f"there is no file 'rules.toml' {advice}", str(file)),
    )
    assert problems_of(rule_sets_from_folder, folder) == (
        Problem("no-file", "", f"there is no folder 'scheme' {advice}", str(folder)),
    )
    assert [problem.code for problem in problems_of(rule_set_from_path, "a\x00b.toml")] == ["no-file"]


def test_a_folder_is_no_file(tmp_path):
    """What the disk refuses to read is told, not raised as it comes."""
    problems = problems_of(rule_set_from_path, tmp_path)

    assert [problem.code for problem in problems] == ["unreadable"]
    assert problems[0].message == "the file cannot be read: Is a directory"


def test_a_file_beyond_the_limit_is_not_read_to_its_end(tmp_path):
    """At most 128 KiB are read."""
    (tmp_path / "big.toml").write_bytes(b"#" * 200_000)

    (problem,) = problems_of(rule_set_from_path, tmp_path / "big.toml")

    assert problem.code == "too-big"
    assert problem.message == "more than 131072 bytes; split the rule set into several files"


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter(tmp_path):
    """Editors on Windows write both; the rules are the same."""
    text = "[fact.shift]\n" + RULES
    path = tmp_path / "rules.toml"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    assert rule_set_from_path(path).digest == rule_set_from_text(text).digest


def test_kinds_can_be_handed_in(tmp_path):
    """Kinds declared elsewhere are an argument of every way of reading."""
    kinds = fact_kinds_from_text("[fact.shift]\n")
    write(tmp_path, rules=RULES)

    assert rule_set_from_text(RULES, kinds=kinds).id == "a/b"
    assert rule_set_from_path(tmp_path / "rules.toml", kinds=kinds).id == "a/b"
    assert [rules.id for rules in rule_sets_from_folder(tmp_path, kinds=kinds)] == ["a/b"]


def test_more_than_a_hundred_problems_are_counted():
    """After a hundred problems the others are only counted."""
    text = RULES + "".join(f"x{number} = 1\n" for number in range(150))

    *shown, last = problems_of(rule_set_from_text, text)

    assert len(shown) == 100
    # 150 unknown keys and one unknown kind of fact.
    assert str(last) == "51 more problems are not shown; mend these first [more]"


def test_a_pipe_is_told_and_not_waited_for(tmp_path):
    """Opening a pipe would wait for ever; rules and the facts.toml beside them have to be files."""
    message = "this is a pipe or a device, not a file; save the rules in a file and name that"
    os.mkfifo(tmp_path / "rules.toml")

    (problem,) = problems_of(rule_set_from_path, tmp_path / "rules.toml")
    assert problem == Problem("unreadable", "", message, str(tmp_path / "rules.toml"))

    (tmp_path / "rules.toml").unlink()
    write(tmp_path, rules=RULES)
    os.mkfifo(tmp_path / "facts.toml")
    (problem,) = problems_of(rule_set_from_path, tmp_path / "rules.toml")
    assert problem == Problem("unreadable", "", message, str(tmp_path / "facts.toml"))


def test_kinds_nobody_may_read_are_told(tmp_path, monkeypatch):
    """A facts.toml whose folder may not be looked into is a problem of that file, once."""
    write(tmp_path, rules=RULES)
    look = Path.lstat

    def refused(path):
        if path.name == "facts.toml":
            raise PermissionError(13, "Permission denied")
        return look(path)

    monkeypatch.setattr(Path, "lstat", refused)

    problems = problems_of(rule_set_from_path, tmp_path / "rules.toml")

    text = "the file cannot be read: Permission denied"
    assert problems == (Problem("unreadable", "", text, str(tmp_path / "facts.toml")),)


def test_one_problem_too_many_is_counted_as_one():
    """After a hundred problems a single one more is told in the singular."""
    # 100 unknown keys and one unknown kind of fact.
    *_, last = problems_of(rule_set_from_text, RULES + "".join(f"x{number} = 1\n" for number in range(100)))

    assert str(last) == "1 more problem is not shown; mend these first [more]"
