import csv
import io
import json

import pytest

from tests.cli.town import SNAPSHOT, write_town


@pytest.fixture(autouse=True)
def town(tmp_path, monkeypatch):
    """Work in a folder with the town."""
    monkeypatch.chdir(tmp_path)
    return write_town(tmp_path)


def test_a_sound_snapshot_is_told_in_a_line(run):
    """Each sort of record is counted."""
    told = "ok    town: 8 units, 2 people, 8 placements, 2 memberships, 0 traits, 0 changes\n"

    assert run("snapshot", "check", "town") == (0, told, "")


def test_a_snapshot_without_structure_is_told_to_be_unchecked(run, town):
    """Who forgets --structure must not take it for checked: no word, level or number was looked at."""
    (town / "town" / "structure.toml").rename(town / "words.toml")

    code, out, err = run("snapshot", "check", "town")
    _, checked, _ = run("snapshot", "check", "town", "--structure", "words.toml")

    assert (code, err) == (0, "")
    assert out.endswith("0 changes (no structure: words, levels and numbers were not checked)\n")
    assert checked.endswith("0 changes\n")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("people.csv", "person.csv", "Did you mean 'people.csv'?"),
        ("units.csv", "unit.csv", "Did you mean 'units.csv'?"),
        ("units.csv", "houses.csv", "'houses.csv' is no file of a snapshot"),
        ("placements.csv", "placements.xlsx", "'placements.xlsx' is no file of a snapshot"),
    ],
)
def test_what_follows_from_the_name_of_a_file_is_left_out(run, town, old, new, told):
    """A file that was not read for its name is told alone: that its people are unknown only follows."""
    (town / "town" / old).rename(town / "town" / new)

    code, _, err = run("snapshot", "check", "town")

    assert (code, len(err.splitlines())) == (1, 1)
    assert told in err


def test_a_row_of_one_cell_is_counted_in_words(run, town):
    """A line without a comma has 1 cell, not 1 cells."""
    with (town / "town" / "units.csv").open("a", encoding="utf-8") as file:
        file.write("C5\n")

    _, _, err = run("snapshot", "check", "town")

    assert err.startswith("town/units.csv, line 10: the row has 1 cell; the header has 4 [csv]\n")


def test_a_file_given_twice_is_told_alone(run, town):
    """Of two files of people one was not read: who is only in that one is not called unknown."""
    (town / "town" / "people.jsonl").write_text('{"id": "P3"}\n', encoding="utf-8")
    with (town / "town" / "memberships.csv").open("a", encoding="utf-8") as file:
        file.write("P3,C3,head,\n")

    _, _, err = run("snapshot", "check", "town")

    assert [line.rpartition(" ")[2] for line in err.splitlines()] == ["[double-file]"]


def test_a_stranger_hides_nothing_where_every_file_is_there(run, town):
    """Beside a list that belongs elsewhere, a bond to nobody is still told."""
    (town / "town" / "facts.csv").write_text("id\n", encoding="utf-8")
    with (town / "town" / "memberships.csv").open("a", encoding="utf-8") as file:
        file.write("P9,C3,head,\n")

    _, _, err = run("snapshot", "check", "town")

    assert [line.rpartition(" ")[2] for line in err.splitlines()] == ["[unknown-file]", "[unknown-person]"]


def test_everything_that_does_not_fit_is_told_with_file_and_line(run, town):
    """A line nobody can read, a bond to nobody and two heads of a cell are told together."""
    with (town / "town" / "units.csv").open("a", encoding="utf-8") as file:
        file.write("C5,cell,,2024-13-01\n")
    with (town / "town" / "memberships.csv").open("a", encoding="utf-8") as file:
        file.write("P2,C1,head,2024-06-01\n")

    code, out, err = run("snapshot", "check", "town")

    assert (code, out) == (1, "")
    lines = err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("town/units.csv, line 10, since: ")
    assert lines[1].startswith("town/")
    assert "'head'" in lines[1]


def test_a_structure_can_be_named(run):
    """Against the words of another place nothing fits, and a registered structure needs no file."""
    code, _, err = run("snapshot", "check", "town", "--structure", "zhucheng/structure")

    assert code == 1
    assert "town/units.csv, line 2, unit 'S': there is no kind of unit 'street'" in err


def test_units_and_bonds_of_a_day_are_counted(run):
    """Three cells stand in 2024, the fourth comes with 2025."""
    code, out, err = run("snapshot", "show", "town", "--on", "2024-12-31", "--format", "csv")
    _, later, _ = run("snapshot", "show", "town", "--on", "2025-01-01", "--format", "json")

    assert (code, err) == (0, "")
    assert out == (
        "what,id,title,count\nunit,cell,Cell,3\nunit,household,Household,3\nunit,street,Street,1\n"
        "role,head,Head,2\n"
    )
    assert json.loads(later)[0] == {"what": "unit", "id": "cell", "title": "Cell", "count": 4}


def test_questions_to_a_snapshot_without_structure_say_so(run, town):
    """Who asks it anything is told too: a misspelt role is held by nobody, and nothing else would tell."""
    (town / "town" / "structure.toml").unlink()

    _, _, err = run("snapshot", "show", "town", "--on", "2024-07-01")
    _, _, said = run("duties", "visits.toml", "--snapshot", "town", "--on", "2024-07-01", "--who", "P1")

    told = "has no structure: words, levels and numbers were not checked; --structure names one\n"
    assert err == f"notice: town {told}"
    assert said.startswith(err)


def test_a_table_speaks_chinese(run):
    """Headings, titles and sorts are Chinese with --lang zh."""
    _, out, _ = run("snapshot", "show", "town", "--on", "2024-07-01", "--lang", "zh")

    rows = [line.split() for line in out.splitlines()]
    assert rows == [
        ["类别", "编号", "名称", "数量"],
        ["单位", "cell", "网格", "3"],
        ["单位", "household", "居户", "3"],
        ["单位", "street", "街道", "1"],
        ["角色", "head", "网格长", "2"],
    ]


def test_names_are_never_shown(run):
    """Counting a town names nobody, nor does telling what is wrong with it."""
    for arguments in (("show", "town", "--on", "2024-07-01"), ("check", "town")):
        _, out, err = run("snapshot", *arguments)

        assert out
        assert "张" not in out + err
        assert "欧阳" not in out + err


def test_problems_name_nobody(run, town):
    """A person with two lines is told by id and line."""
    (town / "town" / "people.csv").write_text("id,name\nP1,张三丰\nP1,张三丰\n", encoding="utf-8")

    code, _, err = run("snapshot", "check", "town")

    assert code == 1
    assert "town/people.csv, line 3, id: the id 'P1' stands in line 2 already" in err
    assert "张" not in err


def test_show_counts_problems_and_goes_on(run, town):
    """A bond to nobody is counted on the error channel; the question is answered."""
    with (town / "town" / "memberships.csv").open("a", encoding="utf-8") as file:
        file.write("P9,C3,head,\n")

    code, out, err = run("snapshot", "show", "town", "--on", "2024-07-01", "--format", "csv")

    assert (code, err) == (0, "warning: 1 problem in town; 'serviceorg snapshot check town' tells\n")
    assert list(csv.DictReader(io.StringIO(out)))[-1]["count"] == "3"


def test_a_day_before_everything_is_told(run, town):
    """Where nothing is there yet, the first day is named and the table is empty."""
    (town / "town" / "units.csv").write_text("id,kind,since\nS,street,2013-01-01\n", encoding="utf-8")
    for name in set(SNAPSHOT) - {"units.csv"}:
        (town / "town" / name).unlink()

    code, out, err = run("snapshot", "show", "town", "--on", "1900-01-01", "--format", "csv")

    assert (code, out) == (0, "what,id,title,count\n")
    assert err == "notice: no unit of town is there on 1900-01-01; the first begins on 2013-01-01\n"


@pytest.mark.parametrize(
    ("arguments", "code", "text"),
    [
        (("check", "nowhere"), 1, "nowhere: there is no such folder [no-file]"),
        (("check", "visits.toml"), 1, "visits.toml: this is a file; name the folder it is in [no-file]"),
        (("check", "."), 1, "facts.jsonl: 'facts.jsonl' is no file of a snapshot; known are "),
        (("check", ""), 2, "FOLDER has no name: the argument is empty"),
        (("check", "/dev/null"), 1, "/dev/null: this is a file; name the folder it is in [no-file]"),
        (
            ("check", "town", "--structure", "coverage.toml"),
            2,
            "'coverage.toml' is a coverage book, not a str",
        ),
        (("show", "town"), 2, "Missing option '--on'"),
        (("show", "nowhere", "--on", "2024-01-01"), 1, "nowhere: there is no such folder [no-file]"),
        (("show", "town", "--on", "2024-1-1"), 2, "'2024-1-1' is not a date"),
        (("chek", "town"), 2, "there is no command 'chek'; known are 'check', 'show'. Did you mean 'check'?"),
    ],
)
def test_mistakes_are_told_in_a_sentence(run, arguments, code, text):
    """A missing folder, a file instead of one and a misspelt command each have their sentence."""
    found, out, err = run("snapshot", *arguments)

    assert (found, out) == (code, "")
    assert text in err
    assert "Traceback" not in err
