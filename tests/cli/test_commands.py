import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from serviceorg.__main__ import main as entry

BAD_CASE = """
[[case]]
title = "one visit"
period = "2024"
facts = [{ kind = "visit", on = 2024-03-01 }]
expect = { total = 99 }
"""
AMENDMENT = """
[[amend]]
effective = 2024-06-01
basis = "council decision 7"
set = { "item.A2.points" = 3 }
"""


def test_check_runs_golden_cases(files, run):
    """A sound rule set is told in a line with what it holds."""
    code, out, err = run("check", "rules.toml")

    assert (code, err) == (0, "")
    assert out == "ok    borough/points 2024-01-01: 1 category, 2 items, 1 case\n"


def test_check_tells_every_problem_of_every_argument(files, run):
    """A case that fails and a file that is no rule file are both told, and sound ones still pass."""
    good = (files / "rules.toml").read_text("utf-8")
    (files / "wrong.toml").write_text(good.replace("borough/points", "borough/wrong") + BAD_CASE, "utf-8")
    (files / "broken.toml").write_text("[rule_set\n", "utf-8")

    code, out, err = run("check", "wrong.toml", "broken.toml", "rules.toml")

    assert code == 1
    assert out.startswith("ok    borough/points")
    assert "borough/wrong, case 'one visit'" in err
    assert "expected 99, found 62.50" in err
    assert "broken.toml, line 1" in err


def test_check_takes_folders(files, run):
    """A folder means every rule set in it."""
    good = (files / "rules.toml").read_text("utf-8")
    (files / "more").mkdir()
    (files / "more" / "b.toml").write_text(good.replace("borough/points", "borough/more"), "utf-8")

    code, out, _ = run("check", ".")

    assert code == 0
    assert [line.split()[1] for line in out.splitlines()] == ["borough/more", "borough/points"]


def test_one_rule_set_is_asked_for_where_a_folder_holds_more(files, run):
    """Scoring by a folder with several rule sets is wrong usage; they are named."""
    good = (files / "rules.toml").read_text("utf-8")
    (files / "b.toml").write_text(good.replace("borough/points", "borough/more"), "utf-8")

    code, _, err = run("score", ".", "--facts", "facts.jsonl", "--period", "2024")

    assert code == 2
    assert "'.' holds 2 rule sets; name one of b.toml, rules.toml" in err


def test_compare_says_whose_result_changes_and_why(files, run):
    """Each change stands with before, after, its items and the amendment behind it."""
    rules = (files / "rules.toml").read_text("utf-8")
    (files / "new.toml").write_text(rules + AMENDMENT, "utf-8")
    with (files / "facts.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"subject": "M-2", "kind": "service", "on": "2024-07-01", "amount": 2}\n')
    arguments = ("compare", "rules.toml", "new.toml", "--facts", "facts.jsonl", "--period", "2024")

    code, out, _ = run(*arguments, "--format", "json")
    _, table, _ = run(*arguments)
    _, rows, _ = run(*arguments, "--format", "csv")

    found = json.loads(out)
    (change,) = found["changes"]
    # 1.5 h and 2 h at 1 point; from June on 3 points an hour: 60 + 3.5 and 60 + 1.5 + 6.
    assert (code, change["subject"], change["before"], change["after"]) == (0, "M-2", "63.50", "67.50")
    assert change["difference"] == "4.00"
    assert change["items"] == {"A2": {"before": "3.50", "after": "7.50"}}
    assert change["amendments"] == [{"effective": "2024-06-01", "basis": "council decision 7"}]
    assert "1 of 3 results differ" in table
    assert rows.splitlines()[1].startswith("M-2,63.50,67.50,4.00,fair,good,")


def test_schemes_lists_what_is_registered(files, run, monkeypatch):
    """Every rule set stands with its size, what it scores and where it comes from."""
    monkeypatch.setenv("SERVICEORG_PATH", str(files))
    monkeypatch.setenv("SERVICEORG_PLUGINS_DISABLE", "serviceorg")

    code, out, _ = run("schemes", "--format", "json")
    _, table, _ = run("schemes", "--lang", "zh")
    _, rows, _ = run("schemes", "--format", "csv")

    (found,) = json.loads(out)
    assert code == 0
    assert len(found.pop("hash")) == 64
    assert found == {
        "id": "borough/points",
        "title": {"zh": "社区积分办法", "en": "Points of members"},
        "period": "year",
        "subject": ["member"],
        "categories": 1,
        "items": 2,
        "illustrative": False,
        "source": "notice board",
        "version": "2024-01-01",
    }
    assert "社区积分办法" in table
    assert rows.splitlines()[1] == "borough/points,Points of members,year,member,1,2,no,notice board"


def test_plugins_lists_where_things_come_from(files, run, monkeypatch):
    """A broken folder is listed with the others, told on the error channel, and makes the exit code 1."""
    (files / "rules.toml").write_text("[rule_set\n", "utf-8")
    monkeypatch.setenv("SERVICEORG_PATH", str(files))

    code, out, err = run("plugins", "--format", "json")
    _, table, _ = run("plugins")

    assert code == 1
    assert [(one["origin"], one["status"]) for one in json.loads(out)] == [
        ("folder", "broken"),
        ("bundled", "active"),
    ]
    assert err.startswith("warning: plugin ")
    assert "broken" in table


def test_a_broken_plugin_stops_no_other_command(files, run, monkeypatch):
    """What is broken elsewhere is told; a file is still checked."""
    monkeypatch.setenv("SERVICEORG_PATH", "/nowhere")

    code, out, err = run("check", "rules.toml")

    assert (code, out[:2]) == (0, "ok")
    assert err.startswith("warning: plugin '/nowhere' of a folder failed in rule sets: ")


def test_help_says_what_the_exit_codes_mean(run):
    """The exit codes stand in the help text."""
    code, out, _ = run("--help")

    assert code == 0
    assert "1 problems in rules or data, 2 wrong usage" in out
    assert all(name in out for name in ("check", "compare", "demo", "plugins", "schemes", "score"))


def test_without_arguments_help_is_shown_and_nothing_done(run):
    """A bare call is wrong usage, answered with the help text."""
    code, _, err = run()

    assert code == 2
    assert "Usage: serviceorg" in err


@pytest.mark.parametrize("missing", ["click", "rich"])
def test_without_the_extra_a_friendly_line_is_printed(monkeypatch, capsys, missing):
    """Where click or rich is not installed, the command names the extra and ends with 2."""
    monkeypatch.setitem(sys.modules, missing, None)

    assert entry() == 2
    assert capsys.readouterr().err == "The command line needs an extra: pip install 'serviceorg[cli]'\n"


def test_a_closed_pipe_ends_quietly(files):
    """A reader that has read enough, like head, makes neither a traceback nor a complaint."""
    lines = "".join(f'{{"subject": "M-{n}", "kind": "visit", "on": "2024-03-01"}}\n' for n in range(5_000))
    (files / "facts.jsonl").write_text(lines, encoding="utf-8")
    command = [sys.executable, "-m", "serviceorg", "score", "rules.toml", "--facts", "facts.jsonl"]

    with subprocess.Popen(
        [*command, "--period", "2024", "--format", "csv"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
        code = process.wait(60)

    assert (code, said) == (0, b"")


def test_signs_a_terminal_does_not_know_do_no_harm(files):
    """Where only Latin signs can be written, Chinese becomes escapes and not a traceback."""
    command = [sys.executable, "-m", "serviceorg", "score", "rules.toml", "--facts", "facts.jsonl"]
    command += ["--period", "2024", "--subjects", "subjects.csv"]

    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert rb"\u5f20*" in done.stdout


def shell(files, redirected):
    """Score in a shell with its channels redirected."""
    command = (
        f"{sys.executable} -m serviceorg score rules.toml --facts facts.jsonl --period 2024 {redirected}"
    )
    return subprocess.run(
        ["/bin/sh", "-c", command], cwd=files, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_told(files):
    """Results that cannot be written end with 1 and a sentence, even where the sentence has no room."""
    done = shell(files, "> /dev/full")
    silent = shell(files, "> /dev/full 2> /dev/full")

    assert (done.returncode, silent.returncode) == (1, 1)
    assert done.stderr == "Error: the output cannot be written: No space left on device\n"


def test_a_closed_output_is_told(files):
    """Without an output no result can be given, which is said; without an error channel all goes on."""
    done, deaf = shell(files, ">&-"), shell(files, "2>&-")

    assert (done.returncode, done.stderr) == (
        1,
        "Error: the output is closed, so no result can be written\n",
    )
    assert deaf.returncode == 0
    assert "65.00" in deaf.stdout


def test_a_file_that_fails_while_it_is_read_is_named(files, run, monkeypatch):
    """What the system says about a file is told with the name of the file."""

    def failing(*arguments, **options):
        raise OSError(5, "Input/output error", "facts.jsonl")

    monkeypatch.setattr("serviceorg.cli.scored.facts_of", failing)

    code, _, err = run("score", "rules.toml", "--facts", "facts.jsonl", "--period", "2024")

    assert (code, err) == (1, "Error: facts.jsonl: Input/output error\n")
