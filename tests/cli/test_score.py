import csv
import io
import json
import os
from pathlib import Path

import pytest

SCORE = ("score", "rules.toml", "--facts", "facts.jsonl", "--period", "2024")


def test_json_is_a_list_of_scorecards(files, run):
    """Points are text with their decimals, in order of the subjects' ids, with the rules they came from."""
    code, out, err = run(*SCORE, "--format", "json")

    cards = json.loads(out)
    assert (code, err) == (0, "")
    assert [card["subject"] for card in cards] == ["M-1", "M-2", "M-3"]
    first = cards[0]
    # Three visits would be 7.5, the item's cap is 5; base 60.
    assert (first["status"], first["total"], first["grade"], first["stars"]) == (
        "scored",
        "65.00",
        "good",
        None,
    )
    assert first["categories"] == {"work": "5.00"}
    assert first["items"]["A1"] == "5.00"
    assert first["vetoes"] == []
    assert first["rule_set"]["id"] == "borough/points"
    assert first["rule_set"]["version"] == "2024-01-01"
    assert len(first["rule_set"]["hash"]) == 64
    assert (cards[1]["total"], cards[1]["grade"]) == ("61.50", "fair")
    assert (cards[2]["total"], cards[2]["vetoes"]) == ("0.00", ["V1"])
    assert "name" not in first


def test_a_table_for_the_eye_is_plain_when_piped(files, run):
    """Without a terminal there is no colour, no frame and no cut line."""
    code, out, _ = run(*SCORE, "--subjects", "subjects.csv")

    assert code == 0
    assert "\x1b" not in out
    head, *rows = [line.split() for line in out.splitlines() if line.strip()]
    assert head == ["subject", "name", "status", "total", "grade", "stars", "vetoes", "category.work"]
    assert rows[0] == ["M-1", "张*", "scored", "65.00", "good", "5.00"]
    assert rows[1][1] == "欧阳*"


def test_csv_holds_items_and_escapes_text(files, run):
    """Every item has a column; a name that is a formula is made harmless and numbers stay numbers."""
    _, out, _ = run(*SCORE, "--subjects", "subjects.csv", "--format", "csv", "--show-names")

    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["name"] for row in rows] == ["张三", "欧阳小红", "'=cmd()"]
    assert [row["item.A1"] for row in rows][:1] == ["5.00"]
    assert rows[1]["item.A2"] == "1.50"
    assert rows[2]["vetoes"] == "V1"


def test_names_are_masked_unless_asked_for(files, run):
    """A full name leaves the program only with --show-names."""
    for form in ("table", "csv", "json"):
        _, out, _ = run(*SCORE, "--subjects", "subjects.csv", "--format", form)
        assert "张三" not in out
        _, out, _ = run(*SCORE, "--subjects", "subjects.csv", "--format", form, "--show-names")
        assert "张三" in out


def test_a_result_is_explained_in_two_languages(files, run):
    """--explain shows one subject's reasons instead of the table."""
    code, english, _ = run(*SCORE, "--explain", "M-1")
    _, chinese, _ = run(*SCORE, "--explain", "M-1", "--lang", "zh")

    assert code == 0
    assert "M-1" in english
    assert "65" in english
    assert english != chinese
    assert "M-2" not in english


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (("--period", "2024-13"), "there is no month 13"),
        (("--period", "2024-Q3"), "rule set 'borough/points' scores a year; '2024-Q3' is a quarter"),
        (("--period", "2023"), "was not in force on 2023-12-31; its first version begins on 2024-01-01"),
        (("--as-of", "yesterday"), "'yesterday' is not a date; write it like '2024-07-31'"),
        (
            ("--explain", "M-9"),
            "there is no subject 'M-9'; known are 'M-1', 'M-2', 'M-3'. Did you mean 'M-",
        ),
        (("--explain", "M-1", "--format", "json"), "--explain is text; leave out '--format json'"),
        (("--format", "xml"), "'xml' is not one of"),
        (("--nonsense",), "No such option"),
    ],
)
def test_wrong_usage_ends_with_two(files, run, change, text):
    """What the caller asked for wrongly is told in a sentence, with exit code 2 and nothing on the output."""
    code, out, err = run(*SCORE, *change)

    assert (code, out) == (2, "")
    assert text in err
    assert "Traceback" not in err


def test_an_unknown_rule_set_is_answered_with_the_nearest(files, run, monkeypatch):
    """A misspelt id is wrong usage, and the nearest one is named."""
    monkeypatch.setenv("SERVICEORG_PATH", str(files))

    code, _, err = run("score", "borough/point", "--facts", "facts.jsonl", "--period", "2024")

    assert code == 2
    assert "Did you mean 'borough/points'?" in err


def test_registered_rules_are_named_by_id(files, run, monkeypatch):
    """A rule set in SERVICEORG_PATH is scored by its id."""
    monkeypatch.setenv("SERVICEORG_PATH", str(files))

    code, out, _ = run(
        "score", "borough/points", "--facts", "facts.jsonl", "--period", "2024", "--format", "json"
    )

    assert (code, len(json.loads(out))) == (0, 3)


def test_all_problems_of_the_facts_are_told(files, run):
    """Faulty data ends with 1, every problem on the error channel, and no result."""
    (files / "facts.jsonl").write_text('{"subject": "M"}\n[]\n', encoding="utf-8")

    code, out, err = run(*SCORE)

    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "facts.jsonl, line 1: 'kind' is missing [missing]",
        "facts.jsonl, line 1: 'on' is missing [missing]",
        "facts.jsonl, line 2: a line is one JSON object {…}; found a list [json]",
    ]


def test_kinds_that_are_set_aside_are_told(files, run):
    """Facts the rules do not read are counted on the error channel; the result stands."""
    with (files / "facts.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"subject": "M-1", "kind": "vist", "on": "2024-03-01"}\n')

    code, out, err = run(*SCORE)

    assert (code, bool(out)) == (0, True)
    assert err.startswith(
        "notice: facts.jsonl: set aside 1 of kind 'vist', which the rules do not read; known are"
    )
    assert "Did you mean 'visit'?" in err


def test_problems_of_rules_end_with_one(files, run):
    """A faulty rule file is told whole, with exit code 1."""
    text = (
        (files / "rules.toml")
        .read_text("utf-8")
        .replace("points = 2.5", "point = 2.5")
        .replace("base = 60", "bas = 1")
    )
    (files / "rules.toml").write_text(text, encoding="utf-8")

    code, out, err = run(*SCORE)

    assert (code, out) == (1, "")
    assert "'point'" in err
    assert "'bas'" in err


def test_terminal_signs_in_data_are_shown_not_obeyed(files, run):
    """An escape sequence in a problem's text reaches no terminal."""
    (files / "facts.jsonl").write_text(
        '{"\\u001b[2J": 1, "subject": "M", "kind": "visit", "on": "2024-03-01"}', "utf-8"
    )

    _, _, err = run(*SCORE)

    assert "\x1b" not in err


def test_a_table_has_its_heads_in_chinese(files, run):
    """In Chinese the columns of a table have Chinese heads; those of CSV are one for every language."""
    _, table, _ = run(*SCORE, "--subjects", "subjects.csv", "--lang", "zh")
    _, rows, _ = run(*SCORE, "--lang", "zh", "--format", "csv")

    assert table.split("\n", 1)[0].split() == [
        "对象",
        "姓名",
        "状态",
        "总分",
        "等次",
        "星级",
        "一票否决",
        "大项.work",
    ]
    assert rows.startswith("subject,status,total,")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "rule.toml",
            "there is no file 'rule.toml'; check the path and its spelling. Did you mean 'rules.toml'?",
        ),
        ("nowhere/rules.toml", "there is no file 'nowhere/rules.toml'; check the path and its spelling\n"),
        ("borough/point", "there is no file 'borough/point', nor a rule set of that id; known are "),
    ],
)
def test_a_missing_rule_file_is_told_as_one(files, run, name, told):
    """What looks like a path and is none is wrong usage; a file of nearly that name is guessed."""
    code, out, err = run("score", name, *SCORE[2:])

    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


def test_a_rule_file_nobody_may_look_at_is_told(files, run, monkeypatch):
    """A path into a closed folder ends with the problem of that file, not with a traceback."""
    stat = Path.stat

    def refused(path, **options):
        if path.name == "closed.toml":
            raise PermissionError(13, "Permission denied")
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", refused)

    code, _, err = run("score", "closed.toml", *SCORE[2:])

    assert (code, err) == (1, "closed.toml: the file cannot be read: Permission denied [unreadable]\n")


def test_what_is_no_file_is_told(files, run):
    """A folder of facts is told as one, and a pipe of rules is not waited for."""
    (files / "data").mkdir()
    os.mkfifo(files / "pipe.toml")

    code, _, err = run("score", "rules.toml", "--facts", "data", "--period", "2024")
    assert (code, err) == (1, "data: this is a folder; name one file in it [format]\n")

    code, _, err = run("score", "pipe.toml", *SCORE[2:])
    assert code == 1
    assert err.startswith("pipe.toml: this is a pipe or a device, not a file; ")
