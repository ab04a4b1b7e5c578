"""What is wrong with a folder of files is told in whole: every file, line and key, at once."""

import ast
from pathlib import Path

import pytest

from serviceorg.errors import SnapshotProblems
from serviceorg.loading.snapshots.files import read_snapshot, snapshot_problems
from serviceorg.loading.structure_codes import SNAPSHOT_CODES
from tests.snapshots.test_reading import folder

STRUCTURE = """
[structure]
id = "pudong/structure"
title = "Pudong"
source = "Invented for tests"
[[kind]]
id = "town"
[[kind]]
id = "cell"
[[tree]]
id = "grid"
levels = ["town", "cell"]
[[role]]
id = "head"
at = ["cell"]
least = 1
most = 1
"""


def expected(name):
    """Return the lines of a text beside this module."""
    text = (Path(__file__).parent / "broken" / f"{name}.expected").read_text(encoding="utf-8")
    return text.splitlines()


def told(path):
    """Return what reading a folder says, without the folder's own path."""
    with pytest.raises(SnapshotProblems) as caught:
        read_snapshot(path)
    return str(caught.value).replace(f"{path}/", "").replace(str(path), "FOLDER").splitlines()


def test_problems_of_several_files_are_told_together(tmp_path):
    """Form and integrity come in one raise: first what is wrong with lines, then what does not fit."""
    files = {
        "structure.toml": STRUCTURE,
        "units.csv": "id,kind,since,latitude\nt,town,2024-13-01,\nc,cell,,91\nt,town,,\n c,cell,,\n",
        "people.jsonl": '{"id": "p", "born": 1990}\n{"id": "q"\n[]\n{"id": "r", "nam": "x"}\n{}\n',
        "placements.csv": "tree,unit,parent\ngrid,t,\ngrd,c,t\ngrid,c,t,x\n",
        "memberships.csv": "person,unit,role,until\np,c,hed,\np,,head,\nr,c,head,1.5.2024\n",
    }

    assert told(folder(tmp_path, files)) == expected("several-files")


def test_changes_are_read_key_by_key(tmp_path):
    """Words, lists and shares of a change are checked one by one."""
    files = {
        "changes.csv": "id,kind,on,before,after,points,shares\n"
        "x1,merg,2024-01-01,a;;b,c,half,\n"
        "x2,split,,a,b; c,,0.5;x;2\n"
        "x3,split,2024-01-01,,b,,\n"
    }

    assert told(folder(tmp_path, files)) == expected("changes")


def test_changes_in_json_have_lists(tmp_path):
    """A text where a list belongs, an empty list and a number for an id are told."""
    files = {
        "changes.jsonl": '{"id": "x1", "kind": "rename", "on": "2024-01-01", "before": "a", "after": ["b"]}\n'
        '{"id": "x2", "kind": "dissolve", "on": "2024-01-01", "before": []}\n'
        '{"id": "x3", "kind": "dissolve", "on": "2024-01-01", "before": [7], "points": ""}\n'
        '{"id": "x4", "kind": 4, "on": "2024-01-01", "before": ["a"], "basis": "\\ud800"}\n'
    }

    assert told(folder(tmp_path, files)) == expected("changes-in-json")


def test_files_that_do_not_belong_are_told(tmp_path):
    """A misspelt name, another ending, two files of one sort, a folder: none is passed over."""
    path = folder(tmp_path, {"unit.csv": "id\n", "traits.xlsx": "", "people.csv": "id\n", "people.jsonl": ""})
    (path / "more").mkdir()

    assert told(path) == expected("strangers")


def test_a_structure_with_problems_is_told_with_its_lines(tmp_path):
    """Where the words are not known, records are checked for their form alone."""
    files = {"structure.toml": STRUCTURE + "mots = 2\n", "units.csv": "id,kind\na,cel\n"}

    assert told(folder(tmp_path, files)) == expected("structure")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(b"id\n\xc4\xe3\n", "file-gbk", id="gbk"),
        pytest.param(b'id\n"a"b\n', "file-quotes", id="quotes"),
        pytest.param(b"", "file-no-header", id="no-header"),
        pytest.param(b"kind,nmae\n", "file-column", id="column"),
        pytest.param(b"kind\ncell\n", "file-no-id", id="no-id"),
        pytest.param(b"id,id\na,b\n", "file-twice", id="twice"),
        pytest.param(b"id,name\na," + b"x" * 66_000 + b"\nb,\n", "file-long", id="long"),
        pytest.param(b"id\na\0b\n", "file-nul", id="nul"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_once(content, name, tmp_path):
    """One wrong encoding, header or line is one problem, with what is allowed or how to mend it."""
    assert told(folder(tmp_path, {"units.csv": content})) == expected(name)


def test_what_follows_from_a_broken_line_is_not_told(tmp_path):
    """A unit whose line is lost is not unknown, and a bond whose line is lost leaves no post empty."""
    files = {
        "structure.toml": STRUCTURE,
        "units.csv": "id,kind\nc,cell\n d,cell\n",
        "people.csv": "id,since\np,2024-01-32\n",
        "memberships.csv": "person,unit,role,since\np,c,head,2024-1-1\np,,head,\np,d,head,2024-01-01\n",
    }

    found = snapshot_problems(folder(tmp_path, files))

    assert [(problem.code, problem.where) for problem in found] == [
        ("id", "line 3, id"),
        ("date", "line 2, since"),
        ("date", "line 2, since"),
        ("missing", "line 3"),
    ]


def test_where_a_file_was_not_read_to_its_end_nothing_is_said_of_the_others(tmp_path):
    """A thousand bonds to units that stand behind the wrong byte are not told as bonds to nobody."""
    files = {"units.csv": b"id\na\n\xc4\xe3\nz\n", "traits.csv": "of,name,value\nz,care,poor\n"}

    assert [problem.code for problem in snapshot_problems(folder(tmp_path, files))] == ["encoding"]


def test_a_folder_that_is_none_is_told(tmp_path):
    """A path with nothing there, a file, an empty folder and a name no file can have are told apart."""
    empty = tmp_path / "empty"
    empty.mkdir()
    file = tmp_path / "units.csv"
    file.write_text("id\n")

    assert told(tmp_path / "nowhere") == ["FOLDER: there is no such folder [no-file]"]
    assert told(file) == ["FOLDER: this is a file; name the folder it is in [no-file]"]
    assert told(empty) == expected("empty-folder")
    assert snapshot_problems("a\0b")[0].code in ("no-file", "unreadable")


def test_no_more_than_a_thousand_problems_are_told(tmp_path):
    """The first thousand are shown, in order, and how many more there are."""
    rows = "".join(f"h{number},cel\n" for number in range(1_500))
    path = folder(tmp_path, {"structure.toml": STRUCTURE, "units.csv": f"id,kind\n{rows}"})

    found = snapshot_problems(path)

    assert len(found) == 1_001
    assert str(found[-1]) == "500 more problems are not shown; mend these first [more]"


def test_every_code_of_form_has_a_meaning():
    """A code that reading or writing a folder reports is explained in two languages."""
    loading = Path(__file__).parents[2] / "src" / "serviceorg" / "loading"
    written = set()
    records = (loading / "records_lines.py", loading / "records_fields.py")
    for path in (*(loading / "snapshots").glob("*.py"), *records):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                written |= {node.args[0].value} if called in ("add", "note", "Problem") else set()

    assert written == set(SNAPSHOT_CODES)
    assert all(meaning.zh and meaning.en for meaning in SNAPSHOT_CODES.values())
