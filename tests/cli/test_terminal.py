import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def watched(monkeypatch, run):
    """Run the command line as if a person looked at both channels."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")

    def run_it(*arguments):
        # Only here: pytest changes the streams between the fixtures and the test.
        for stream in (sys.stdout, sys.stderr):
            monkeypatch.setattr(stream, "isatty", lambda: True)
        return run(*arguments)

    return run_it


SCORE = ("score", "rules.toml", "--facts", "facts.jsonl", "--period", "2024")


def test_progress_is_shown_to_a_person_and_kept_out_of_the_output(files, watched):
    """A terminal sees that work goes on, on the error channel; the output is the same as in a pipe."""
    code, out, err = watched(*SCORE, "--format", "csv")

    assert code == 0
    assert "reading facts" in err
    assert out.startswith("subject,status,total,")


def test_a_table_on_a_terminal_has_a_line_under_its_head(files, watched):
    """On a terminal the head of a table stands out."""
    _, out, _ = watched(*SCORE)

    assert "───" in out
    assert "65.00" in out


def test_a_missing_file_is_told_on_a_terminal_too(files, watched):
    """A file whose size cannot be known is no reason to say anything but that it is not there."""
    code, _, err = watched(*SCORE[:3], "nofile.jsonl", *SCORE[4:])

    assert code == 1
    assert "nofile.jsonl: No such file or directory [unreadable]" in err


def test_an_interrupted_command_ends_with_130(files, run, monkeypatch):
    """Ctrl-C ends without a traceback, with the code shells expect."""

    def interrupted(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("serviceorg.cli.score.score_all", interrupted)

    code, out, err = run(*SCORE)

    assert (code, out) == (130, "")
    assert "Traceback" not in err


def test_demo_hands_its_options_on(run, monkeypatch, tmp_path):
    """The demo is told where to keep its data, from which seed, and for how many members."""
    said = {}
    demo = ModuleType("serviceorg.cli.demo")
    monkeypatch.setattr(demo, "run", lambda **options: said.update(options), raising=False)
    monkeypatch.setitem(sys.modules, "serviceorg.cli.demo", demo)

    code, _, _ = run("demo", "--out", str(tmp_path / "data"), "--seed", "7", "--members", "12")

    assert code == 0
    assert said == {"out": Path(tmp_path / "data"), "seed": 7, "members": 12, "lang": "en"}


def test_one_damaged_scheme_hides_no_other(files, run, monkeypatch):
    """The list shows what can be read, tells the rest on the error channel, and ends with 1."""
    place = files / "schemes" / "borough"
    place.mkdir(parents=True)
    (place / "points.toml").write_text((files / "rules.toml").read_text("utf-8"), "utf-8")
    (place / "broken.toml").write_text("[rule_set\n", "utf-8")
    monkeypatch.setattr("serviceorg.plugins.build.bundled_schemes", lambda: place.parent)

    code, out, err = run("schemes")

    assert code == 1
    assert "borough/points" in out
    assert "broken.toml, line 1" in err
