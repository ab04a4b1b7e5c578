import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import serviceorg
from serviceorg.plugins.discovery import bundled_schemes
from tests.cli.town import COVERAGE, DUTIES, STRUCTURE, write_town

ONE_OF_EACH = (
    ("gaomi/member-points", "ok    gaomi/member-points 2018-"),
    ("pingxiang/appeal", "ok    pingxiang/appeal 2013-10-15: 12 states, "),
    ("zhucheng/structure", "ok    zhucheng/structure (structure): 3 trees, 8 kinds, 5 roles\n"),
    ("zhucheng/home-visits", "ok    zhucheng/home-visits (duty book): 3 duties, 3 cases\n"),
    ("zhucheng/links-and-grids", "ok    zhucheng/links-and-grids (coverage book): 11 checks, "),
    ("published/nanjing-time-bank", "ok    published/nanjing-time-bank (account rules): 5 account kinds, "),
    ("erqi/parking", "ok    erqi/parking (matching rules): "),
    ("erqi/ten-things-2013", "ok    erqi/ten-things-2013 (commitment book): "),
)
#: A bundled file, and what to change in it so that a golden case holds no longer; then what is told.
FAILING = (
    (
        "gaomi",
        "member-points.toml",
        "total = 99.58, grade",
        "total = 99.57, grade",
        "expected 99.57, found 99.58",
    ),
    ("pingxiang", "workflows/appeal.toml", 'state = "closed-unanswered"', 'state = "accepted"', "step "),
    ("zhucheng", "duties/home-visits.toml", 'status = "excused"', 'status = "missed"', "excused"),
    ("zhucheng", "coverage/links-and-grids.toml", "total = 3200, ", "total = 3201, ", "3201"),
    ("published", "ledgers/nanjing-time-bank.toml", '"pool:donation" = 3,', '"pool:donation" = 4,', "4"),
    ("erqi", "matching/parking.toml", 'k1 = "agreed"', 'k1 = "refused"', "k1"),
    (
        "erqi",
        "commitments/ten-things-2013.toml",
        "percent = 74.19, reached",
        "percent = 74.2, reached",
        "74.19",
    ),
)


@pytest.fixture
def town(tmp_path, monkeypatch):
    """Work in a folder with the town."""
    monkeypatch.chdir(tmp_path)
    return write_town(tmp_path)


@pytest.mark.parametrize(("name", "told"), ONE_OF_EACH, ids=[name for name, _ in ONE_OF_EACH])
def test_a_book_of_each_sort_is_checked_by_its_id(run, name, told):
    """What comes along is sound, and is told with its sort and what it holds."""
    code, out, err = run("check", name)

    assert (code, err) == (0, "")
    assert out.startswith(told)


@pytest.mark.parametrize(
    ("place", "file", "right", "wrong", "told"), FAILING, ids=[one[1] for one in FAILING]
)
def test_a_golden_case_that_fails_is_told(run, tmp_path, place, file, right, wrong, told):
    """What a case expects and what was found are told with the book, the case and the key."""
    scheme = tmp_path / place
    shutil.copytree(bundled_schemes() / place, scheme)
    text = (scheme / file).read_text("utf-8")
    (scheme / file).write_text(text.replace(right, wrong), encoding="utf-8")

    code, out, err = run("check", str(scheme / file))

    assert right in text
    assert (code, out) == (1, "")
    assert f"{place}/{Path(file).stem}, case " in err
    assert told in err


def test_files_and_folders_hold_books_of_every_sort(run, town):
    """A file is of the sort its tables say; a folder is all that is in it."""
    files = run("check", "visits.toml", "coverage.toml", "town/structure.toml")
    code, out, err = run("check", ".")

    told = (
        "ok    lane/visits (duty book): 2 duties, 1 case\n"
        "ok    lane/coverage (coverage book): 2 checks, 0 cases\n"
        "ok    lane/structure (structure): 1 tree, 3 kinds, 1 role\n"
    )
    assert files == (0, told, "")
    assert (code, err) == (0, "")
    assert sorted(out.splitlines()) == sorted(told.splitlines())


def test_an_id_may_be_that_of_books_of_two_sorts(run):
    """Both are checked."""
    code, out, err = run("check", "gaomi/centres")

    assert (code, err) == (0, "")
    assert [line.partition(":")[0] for line in out.splitlines()] == [
        "ok    gaomi/centres (duty book)",
        "ok    gaomi/centres (coverage book)",
    ]


def test_problems_of_several_sorts_are_told_together(run, town):
    """A folder with a broken book of duties and a broken book of coverage tells both, by file and line."""
    (town / "visits.toml").write_text(DUTIES.replace("calendar =", "calender ="), encoding="utf-8")
    (town / "coverage.toml").write_text(COVERAGE.replace("exactly = 1", "exactly = -1"), encoding="utf-8")

    code, out, err = run("check", ".")

    assert (code, out) == (1, "")
    assert "visits.toml, line 6, duties.calender: unknown key 'calender'" in err
    assert "coverage.toml, line 12, " in err


def test_a_book_speaks_the_words_of_its_place(run, town):
    """Roles and trees that the structure in the same folder does not know are problems of the books."""
    (town / "visits.toml").write_text(DUTIES.replace('"head", at', '"haed", at'), encoding="utf-8")
    (town / "coverage.toml").write_text(COVERAGE.replace('tree = "grid"', 'tree = "gird"'), encoding="utf-8")

    code, out, err = run("check", ".")

    assert (code, out) == (1, "ok    lane/structure (structure): 1 tree, 3 kinds, 1 role\n")
    assert "visits.toml, duty 'visit', who.role: unknown role 'haed'; known are 'head'" in err
    assert "the structure has no tree 'gird'; known are 'grid'. Did you mean 'grid'? [unknown-word]" in err


@pytest.mark.parametrize("place", ["visits.toml", "duties/visits.toml"])
def test_a_single_book_is_held_against_the_structure_beside_it(run, town, place):
    """The structure in the folder, or above that of the duties, says which roles there are."""
    (town / "structure.toml").write_text(STRUCTURE, encoding="utf-8")
    (town / "duties").mkdir()
    (town / place).write_text(DUTIES.replace('"head", at', '"haed", at'), encoding="utf-8")

    code, out, err = run("check", place)
    (town / "structure.toml").write_text("[structure]\n", encoding="utf-8")
    unheld, _, said = run("check", place)

    assert (code, out) == (1, "")
    assert f"{place}, duty 'visit', who.role: unknown role 'haed'; known are 'head'" in err
    # Beside a broken structure only the golden case tells that nobody holds the role.
    assert (unheld, "unknown role" in said, "case 'one cell" in said) == (1, False, True)


def test_records_beside_a_structure_are_told(run, town):
    """Who checks a snapshot's folder checks its structure alone, and is told which command looks further."""
    code, out, err = run("check", "town")

    assert (code, out) == (0, "ok    lane/structure (structure): 1 tree, 3 kinds, 1 role\n")
    assert err == (
        "notice: town holds units, people, placements, memberships too; "
        "'serviceorg snapshot check town' looks at them\n"
    )


@pytest.mark.parametrize(
    ("name", "code", "text"),
    [
        ("", 2, "a book has no name: the argument is empty"),
        ("facts.toml", 2, "'facts.toml' declares kinds of fact for the books beside it; check one of them"),
        ("facts.jsonl", 2, "'facts.jsonl' is a file of records, not a book (*.toml)"),
        ("town/units.csv", 2, "'town/units.csv' is a file of records, not a book (*.toml)"),
        (
            "visit.toml",
            2,
            "there is no file 'visit.toml'; check the path and its spelling. Did you mean 'visits",
        ),
        ("zhucheng/home-visit", 2, "Did you mean 'zhucheng/home-visits'?"),
        ("home-visits", 2, "there is no book of any sort 'home-visits'"),
        ("empty", 1, "empty: the folder holds no rule files (*.toml) [no-file]"),
        ("/dev/null", 1, "/dev/null: this is a pipe or a device, not a file"),
        ("gbk.toml", 1, "is not UTF-8; save the file as UTF-8 in your editor [encoding]"),
    ],
)
def test_mistakes_are_told_in_a_sentence(run, town, name, code, text):
    """What is no book is told as what it is, and nothing is said to be sound."""
    (town / "empty").mkdir()
    (town / "gbk.toml").write_bytes(DUTIES.encode("gbk"))

    found, out, err = run("check", name)

    assert (found, out) == (code, "")
    assert text in err
    assert "Traceback" not in err


def test_sound_books_are_told_beside_broken_ones(run, town):
    """Each argument is checked, whatever is wrong with the others."""
    (town / "coverage.toml").write_text("[coverage]\n", encoding="utf-8")

    code, out, err = run("check", "coverage.toml", "visits.toml")

    assert (code, out) == (1, "ok    lane/visits (duty book): 2 duties, 1 case\n")
    assert err.startswith("coverage.toml, line 1")


def test_one_list_holds_every_other_book(run, town, monkeypatch):
    """Sort, id, title, whether parts are invented, and source: a row for each book that is registered."""
    monkeypatch.setenv("SERVICEORG_PATH", str(town))
    monkeypatch.setenv("SERVICEORG_PLUGINS_DISABLE", "serviceorg")

    code, table, err = run("schemes")
    _, chinese, _ = run("schemes", "--lang", "zh")

    rows = [" ".join(line.split()) for line in table.splitlines()]
    assert (code, err) == (0, "")
    assert rows[-4:] == [
        "sort id title illustrative source",
        "structure lane/structure The lane no Notice board",
        "duty book lane/visits Visits no Notice board",
        "coverage book lane/coverage Coverage of the lane no Notice board",
    ]
    assert [line.split() for line in chinese.splitlines()][-3:] == [
        ["组织架构", "lane/structure", "小巷社区", "否", "Notice", "board"],
        ["责任清单", "lane/visits", "走访", "否", "Notice", "board"],
        ["覆盖检查", "lane/coverage", "覆盖检查", "否", "Notice", "board"],
    ]


def test_one_sort_can_be_listed_for_programs(run, town, monkeypatch):
    """--sort gives the rows of one sort as CSV or JSON, with names that no language changes."""
    monkeypatch.setenv("SERVICEORG_PATH", str(town))
    monkeypatch.setenv("SERVICEORG_PLUGINS_DISABLE", "serviceorg")

    _, rows, _ = run("schemes", "--sort", "duties", "--format", "csv")
    _, found, _ = run("schemes", "--sort", "duties", "--format", "json")
    _, flows, _ = run("schemes", "--sort", "workflow", "--format", "json")

    assert rows == "sort,id,title,illustrative,source\nduties,lane/visits,Visits,no,Notice board\n"
    assert json.loads(found) == [
        {
            "sort": "duties",
            "id": "lane/visits",
            "title": {"zh": "走访", "en": "Visits"},
            "illustrative": False,
            "source": "Notice board",
        }
    ]
    assert json.loads(flows) == []


def test_one_damaged_book_hides_no_other(run, town, monkeypatch):
    """The list shows what can be read, tells the rest, and ends with 1."""
    place = town / "schemes" / "lane"
    (place / "duties").mkdir(parents=True)
    (place / "structure.toml").write_text(STRUCTURE, encoding="utf-8")
    (place / "duties" / "visits.toml").write_text("[duties]\n", encoding="utf-8")
    monkeypatch.setattr("serviceorg.plugins.build.bundled_schemes", lambda: place.parent)

    code, out, err = run("schemes")

    assert code == 1
    assert "lane/structure" in out
    assert "visits.toml, line 1" in err


def test_plugins_bring_books_of_every_sort(run, town, monkeypatch):
    """The ids of all that a folder holds stand in its row."""
    monkeypatch.setenv("SERVICEORG_PATH", str(town))
    monkeypatch.setenv("SERVICEORG_PLUGINS_DISABLE", "serviceorg")

    code, out, _ = run("plugins", "--format", "json")

    (folder,) = [one for one in json.loads(out) if one["origin"] == "folder"]
    assert code == 0
    assert folder["brings"] == {
        "structure": ["lane/structure"],
        "duties": ["lane/visits"],
        "coverage": ["lane/coverage"],
    }


@pytest.mark.parametrize(
    ("name", "guess"),
    [("dutie", "Did you mean 'duties'?"), ("ledgr", "Did you mean 'ledger'?"), ("xyz", "'workflow'\n")],
)
def test_a_command_nobody_knows_is_answered_with_the_nearest(run, name, guess):
    """All commands are named, and the nearest guessed if there is one."""
    code, out, err = run(name)

    assert (code, out) == (2, "")
    assert f"there is no command '{name}'; known are 'check', 'compare', 'coverage', 'demo', " in err
    assert err.endswith(f"{guess}\n" if guess.endswith("?") else guess)


def fresh(*arguments):
    """Run the command line in a process of its own; return the rooms of the library that were imported."""
    told = "sorted({name.split('.')[1] for name in sys.modules if name.startswith('serviceorg.')})"
    code = f"import sys; from serviceorg.cli.app import main; main({list(arguments)!r}); print({told})"
    source = str(Path(serviceorg.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.splitlines()[-1]


def test_the_version_needs_no_engine():
    """Who asks for the version, or for a command that is not there, pays for neither engine nor file."""
    assert fresh("--version") == "['cli', 'errors']"
    assert fresh("nonsense") == "['cli', 'errors']"


def test_a_command_imports_no_other_commands_engine():
    """A statement needs the accounts, and neither coverage nor matching."""
    rooms = fresh("ledger", "head", "nowhere")

    assert "'ledger'" in rooms
    assert "'coverage'" not in rooms
    assert "'matching'" not in rooms
