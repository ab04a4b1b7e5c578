import csv
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import serviceorg
from tests.cli.town import SNAPSHOT, write_town

#: As of a Saturday in October 2024, three quarters and nine first days are over.
ASK = ("duties", "visits.toml", "--snapshot", "town", "--on", "2024-10-05", "--facts", "facts.jsonl")
Q3 = (*ASK, "--period", "2024-Q3")


@pytest.fixture(autouse=True)
def town(tmp_path, monkeypatch):
    """Work in a folder with the town."""
    monkeypatch.chdir(tmp_path)
    return write_town(tmp_path)


def test_what_is_missed_is_listed_under_the_counts(run):
    """H1 was visited in the third quarter, H2 and H3 were not; nobody came on three first working days."""
    code, out, err = run(*Q3)

    head, columns, visit, first_day, gap, heads, *rows = [line.split() for line in out.splitlines()]
    assert (code, err, gap) == (0, "", [])
    assert head == ["lane/visits", "Visits", "2024-Q3", "2024-10-05"]
    assert columns == ["duty", "title", "all", "done", "missed"]
    assert visit[-3:] == ["3", "1", "2"]
    assert first_day[-3:] == ["3", "0", "3"]
    assert heads == ["duty", "who", "unit", "towards", "period", "due", "done", "needed", "status"]
    assert rows[:2] == [
        ["visit", "P1", "C1", "H2", "2024-Q3", "2024-09-30", "0", "1", "missed"],
        ["visit", "P2", "C2", "H3", "2024-Q3", "2024-09-30", "0", "1", "missed"],
    ]
    assert [row[3] for row in rows[2:]] == ["2024-07-01", "2024-08-01", "2024-09-02"]


def test_a_table_speaks_chinese(run):
    """Headings, statuses and titles of a table are Chinese with --lang zh; CSV keeps its names."""
    _, table, _ = run(*Q3, "--lang", "zh")
    _, rows, _ = run(*Q3, "--lang", "zh", "--format", "csv")

    lines = [line.split() for line in table.splitlines()]
    assert lines[1] == ["责任事项", "名称", "合计", "已完成", "未完成"]
    assert lines[5] == ["责任事项", "责任人", "单位", "对象", "时段", "截止日期", "已完成", "应完成", "状态"]
    assert lines[6][-1] == "未完成"
    assert rows.splitlines()[0] == "duty,who,unit,towards,period,due,done,needed,status"
    assert rows.splitlines()[1].endswith(",missed")


def test_csv_holds_a_row_for_each(run):
    """Every status can be asked for; the row of a visit that was made says so."""
    code, out, _ = run(*Q3, "--status", "done", "--status", "missed", "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert len(rows) == 6
    assert rows[0] == {
        "duty": "visit",
        "who": "P1",
        "unit": "C1",
        "towards": "H1",
        "period": "2024-Q3",
        "due": "2024-09-30",
        "done": "1",
        "needed": "1",
        "status": "done",
    }


def test_json_names_the_facts_that_count(run):
    """Counts stay numbers; the id is stable, and a fact that counts is named by its own."""
    _, out, _ = run(*Q3, "--status", "done", "--format", "json")

    assert json.loads(out) == [
        {
            "duty": "visit",
            "who": "P1",
            "unit": "C1",
            "towards": "H1",
            "period": "2024-Q3",
            "due": "2024-09-30",
            "done": 1,
            "needed": 1,
            "status": "done",
            "id": "visit|P1|C1|H1|2024-Q3",
            "facts": ["F-1"],
            "provisional": False,
        }
    ]


def visit(number, household, day="2024-08-15", **more):
    """Return a visit as a line of facts."""
    plain = {"id": f"V-{number}", "subject": "P1", "kind": "visit", "on": day, **more}
    return json.dumps(plain | {"attributes": {"household": household}}) + "\n"


def test_a_visit_to_a_house_nobody_knows_is_told(run, town):
    """A slip of the pen makes a missed visit: who could be meant is guessed among households."""
    with (town / "facts.jsonl").open("a", encoding="utf-8") as file:
        file.write(visit(2, "H22"))

    code, _, err = run(*Q3)

    assert code == 0
    assert err == (
        "notice: facts.jsonl: 1 fact names as 'household' a unit that is not in the snapshot: "
        "'H22' (V-2; did you mean 'H2'?)\n"
    )


def test_many_slips_are_counted(run, town):
    """Three are named, a sign says that there are more; what was taken back is mended already."""
    undone = visit(9, "H9") + visit(10, "H9", day="2024-08-16", reverses="V-9")
    slips = "".join(visit(number, f"?{number % 4}") for number in range(1, 6))
    (town / "facts.jsonl").write_text(slips + undone, encoding="utf-8")

    _, _, err = run(*Q3)

    # V-1 and V-5 name the same.
    assert err == (
        "notice: facts.jsonl: 5 facts name as 'household' 4 units that are not in the snapshot: "
        "'?0' (V-4), '?1' (V-1), '?2' (V-2), …\n"
    )


GRACE = ('fulfilled = { fact = "visit", target = "household" }', "grace = { working_days = 3 }")


def test_a_quarter_alone_is_as_within_its_year(run, town):
    """The visit of 3 July makes good the second quarter, by the facts of the year: it counts once."""
    text = (town / "visits.toml").read_text(encoding="utf-8").replace(GRACE[0], "\n".join(GRACE))
    (town / "visits.toml").write_text(text.partition("[[case]]")[0], encoding="utf-8")
    facts = visit(1, "H3", "2024-02-10") + visit(2, "H1", "2024-07-03") + visit(3, "H2", "2024-08-01")
    (town / "facts.jsonl").write_text(facts, encoding="utf-8")

    def done(*more):
        _, out, _ = run(*ASK, *more, "--duty", "visit", "--status", "done", "--format", "json")
        return [one["towards"] for one in json.loads(out) if one["period"] == "2024-Q3"]

    assert done("--period", "2024-Q3") == done("--period", "2024") == ["H2"]
    assert done("--period", "2024-Q3", "--facts-from", "2024-07-01") == ["H1", "H2"]


def test_one_duty_of_a_book_can_be_looked_at(run):
    """--duty leaves the others out of counts and lists; a misspelt one is answered with the nearest."""
    code, out, err = run(*Q3, "--duty", "visit")
    _, both, _ = run(*Q3, "--duty", "first-day", "--duty", "visit")
    wrong, nothing, said = run(*Q3, "--duty", "vist")

    assert (code, err) == (0, "")
    assert "first-day" not in out
    assert both == run(*Q3)[1]
    assert (wrong, nothing) == (2, "")
    assert "there is no duty 'vist'; known are 'first-day', 'visit'. Did you mean 'visit'?" in said


def test_one_person_is_told_all_that_they_owe(run):
    """--who shows every status, and counts what that person owes alone."""
    code, out, err = run(*ASK, "--who", "P2")

    lines = [line.split() for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert lines[1] == ["duty", "title", "all", "open", "missed"]
    assert [line[-3:] for line in lines[2:4]] == [["4", "1", "3"], ["0", "0", "0"]]
    assert [line[-1] for line in lines[6:]] == ["missed", "missed", "missed", "open"]


def test_who_owes_nothing_is_told_and_who_is_nobody_refused(run):
    """A cell without a head is there and owes nothing; an id of nobody is answered with the nearest."""
    code, _, err = run(*ASK, "--who", "C3")
    unknown, out, said = run(*ASK, "--who", "P22")

    assert (code, err) == (0, "notice: C3 owes nothing in 2024\n")
    assert (unknown, out) == (2, "")
    assert said == (
        "Error: there is no person or unit 'P22'; known are 'P1', 'P2', 'S'. Did you mean 'P2'?\n"
    )


def test_reasons_come_in_two_languages(run):
    """--explain says why of each that is listed: what was asked for, what counts."""
    code, english, _ = run(*Q3, "--status", "done", "--explain")
    _, chinese, _ = run(*Q3, "--status", "done", "--explain", "--lang", "zh")

    assert code == 0
    assert english.startswith("A visit each quarter, P1 towards H1, 2024-Q3: done\n")
    assert chinese.startswith("每季走访，P1 对 H1，2024-Q3：已完成\n")
    assert "F-1" in english
    assert "F-1" in chinese


def test_names_are_never_shown(run):
    """Whatever the form, people and households are ids."""
    for form in (("--format", "csv"), ("--format", "json"), ("--format", "table"), ("--explain",)):
        _, out, err = run(*ASK, "--who", "P1", *form)

        assert out
        assert "张" not in out + err
        assert "欧阳" not in out + err


def test_what_was_asked_for_and_is_not_there_is_told(run):
    """An empty list says of how many it is empty."""
    code, out, err = run(*Q3, "--status", "overdue", "--explain")

    assert (code, out) == (0, "")
    assert err == "notice: nothing is overdue, of 6 obligations in 2024-Q3\n"


def test_without_facts_nothing_counts_and_it_is_told(run):
    """Who forgets the file of facts is not left to believe that nobody came."""
    code, out, err = run(*Q3[:6], "--period", "2024-Q3")

    assert code == 0
    assert err == "notice: there are no --facts, so nothing counts as done\n"
    assert "done  needed" in out


def test_vacant_posts_are_told(run):
    """Nobody held the role in 2023: no household is owed a visit, which is said and not hidden."""
    _, _, err = run(*ASK, "--period", "2023-Q3")

    assert err == (
        "notice: nobody owes 'visit' at 'C1' in 2023-Q3: nobody held the role\n"
        "notice: nobody owes 'visit' at 'C2' in 2023-Q3: nobody held the role\n"
    )


def test_only_the_first_vacant_posts_are_told_one_by_one(run):
    """Two cells without a head in each of four quarters are eight vacancies, of which five are told."""
    _, _, err = run(*ASK, "--period", "2023")

    assert err.count("nobody held the role") == 5
    assert err.endswith("notice: 3 more posts that nobody held\n")


def test_days_nobody_has_published_are_told(run):
    """The plan of a year without a published calendar is provisional, and made all the same."""
    code, out, err = run(*ASK, "--period", "2030-Q1", "--status", "upcoming", "--format", "json")

    first = [one for one in json.loads(out) if one["duty"] == "first-day"]
    assert code == 0
    assert [one["provisional"] for one in first] == [True, True, True]
    assert "with days beyond the published calendar, taken as ordinary weeks\n" in err


def test_a_long_list_is_cut_in_the_table_alone(run, town):
    """The table shows forty rows and says how many more there are; CSV holds all."""
    cells = town / "town"
    rows = [f"U{number:03}" for number in range(50)]
    units = SNAPSHOT["units.csv"] + "".join(f"{name},household,,\n" for name in rows)
    (cells / "units.csv").write_text(units, encoding="utf-8")
    placed = SNAPSHOT["placements.csv"] + "".join(f"grid,{name},C1,\n" for name in rows)
    (cells / "placements.csv").write_text(placed, encoding="utf-8")

    _, table, _ = run(*Q3)
    _, chinese, _ = run(*Q3, "--lang", "zh")
    _, every, _ = run(*Q3, "--format", "csv")

    # 52 households that nobody visited, and three first working days.
    assert table.splitlines()[-1] == "… 15 more; --format csv writes all"
    assert chinese.splitlines()[-1] == "……另有 15 条，--format csv 输出全部"
    assert len(every.splitlines()) == 56


def test_a_formula_in_an_id_is_made_harmless(run, town):
    """An id that a spreadsheet would compute gets a sign before it."""
    text = SNAPSHOT["units.csv"].replace("H3,", "=1+1,")
    (town / "town" / "units.csv").write_text(text, encoding="utf-8")
    placed = SNAPSHOT["placements.csv"].replace("H3,", "=1+1,")
    (town / "town" / "placements.csv").write_text(placed, encoding="utf-8")

    _, out, _ = run(*Q3, "--who", "P2", "--format", "csv")

    (row,) = csv.DictReader(io.StringIO(out))
    assert row["towards"] == "'=1+1"


def test_a_calendar_file_can_be_read_back(run, town):
    """What --status names is in the file: to-dos of quarters, events of days, the same bytes each time."""
    icalendar = pytest.importorskip("icalendar")
    urgent = ("--status", "missed", "--status", "overdue", "--status", "due-soon")
    _, told, _ = run(*Q3, *urgent, "--ical", "first.ics")
    run(*Q3, *urgent, "--ical", "second.ics", "--format", "json")

    content = (town / "first.ics").read_bytes()
    calendar = icalendar.Calendar.from_ical(content)
    to_dos = {str(one["summary"]): one for one in calendar.walk("VTODO")}
    events = [one.decoded("dtstart") for one in calendar.walk("VEVENT")]
    assert content == (town / "second.ics").read_bytes()
    assert told.startswith("lane/visits")
    assert len(calendar.walk("VTODO")) == 2
    assert to_dos["A visit each quarter"].decoded("due") == date(2024, 9, 30)
    assert events == [date(2024, 7, 1), date(2024, 8, 1), date(2024, 9, 2)]


def test_a_calendar_holds_what_is_still_to_be_done(run, town):
    """Without --status the file has what can still be done; where nothing is left, none is written."""
    icalendar = pytest.importorskip("icalendar")
    run(*ASK, "--period", "2024-Q4", "--ical", "plan.ics")
    _, _, err = run(*Q3, "--ical", "none.ics")

    calendar = icalendar.Calendar.from_ical((town / "plan.ics").read_bytes())

    # Asked on 5 October: three households are to be seen by the end of the year; 1 to 7 October are free.
    days = [one.decoded("dtstart") for one in calendar.walk("VEVENT")]
    assert len(calendar.walk("VTODO")) == 3
    assert days == [date(2024, 10, 8), date(2024, 11, 1), date(2024, 12, 2)]
    assert "notice: none.ics is not written: nothing is left to be put into it" in err
    assert not (town / "none.ics").exists()


def test_without_the_extra_a_calendar_is_refused(run, town, monkeypatch):
    """The extra is named, nothing is written, and the exit code is that of wrong usage."""
    monkeypatch.setitem(sys.modules, "icalendar", None)

    code, out, err = run(*Q3, "--status", "missed", "--ical", "plan.ics")

    assert (code, out) == (2, "")
    assert "--ical: iCalendar files need the package 'icalendar'" in err
    assert "pip install serviceorg[ical]" in err
    assert not (town / "plan.ics").exists()


@pytest.mark.parametrize(
    ("change", "code", "text"),
    [
        (("--on", "2024-02-30"), 2, "'2024-02-30' is not a day of the calendar"),
        (("--period", "2024-Q5"), 2, "'2024-Q5' is not a period"),
        (("--on", "1990-01-01"), 2, "calendar 'cn': 1990-01-31 is not known"),
        (
            ("--facts-from", "2024-02-01"),
            2,
            "--facts-from is 2024-02-01, but the period begins on 2024-01-01",
        ),
        (("--explain", "--format", "csv"), 2, "--explain is text; leave out '--format csv'"),
        (("--snapshot", "nowhere"), 1, "nowhere: there is no such folder [no-file]"),
        (("--snapshot", "visits.toml"), 1, "visits.toml: this is a file; name the folder it is in [no-file]"),
        (("--snapshot", "a\0b"), 1, "a\\x00b: there is no such folder [no-file]"),
        (("--snapshot", "x" * 5_000), 1, ": the folder cannot be read: File name too long [unreadable]"),
        (("--snapshot", ""), 2, "the folder of --snapshot has no name"),
        (("--structure", "visits.toml"), 2, "'visits.toml' is a duty book, not a structure"),
        (("--structure", "zhucheng/structur"), 2, "Did you mean 'zhucheng/structure'?"),
        (("--facts", "no.jsonl"), 1, "no.jsonl: No such file or directory [unreadable]"),
        (("--facts", "facts.toml"), 1, "a file ending in '.toml' cannot be read"),
        (("--facts", "town"), 1, "town: this is a folder"),
        (
            ("--status", "missed", "--ical", "nowhere/plan.ics"),
            1,
            "Error: nowhere/plan.ics: No such file or directory",
        ),
        (("--status", "planned"), 2, "'planned' is not one of"),
        (("--who", ""), 2, "there is no person or unit ''"),
    ],
)
def test_mistakes_are_told_in_a_sentence(run, change, code, text):
    """What was asked for wrongly ends with 2, what is wrong with the data with 1, and nothing is written."""
    found, out, err = run(*ASK, *change)

    assert (found, out) == (code, "")
    assert text in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("name", "code", "text"),
    [
        ("", 2, "a duty book has no name: the argument is empty"),
        (
            "visit.toml",
            2,
            "there is no file 'visit.toml'; check the path and its spelling. Did you mean 'visits",
        ),
        ("zhucheng/home-visit", 2, "Did you mean 'zhucheng/home-visits'?"),
        ("home-visits", 2, "there is no duty book 'home-visits'"),
        (
            "zhucheng/livelihood",
            2,
            "'zhucheng/livelihood' is a workflow, not a duty book; 'serviceorg workflow ",
        ),
        (
            "erqi/parking",
            2,
            "'erqi/parking' is a set of matching rules, not a duty book; 'serviceorg check' takes",
        ),
        (
            "coverage.toml",
            2,
            "'coverage.toml' is a coverage book, not a duty book; 'serviceorg coverage' takes it",
        ),
        ("town", 2, "'town' is a folder, where a duty book is asked for; it holds none"),
        ("facts.jsonl", 1, "facts.jsonl, line 1: "),
        ("zhucheng/home-visits", 1, "who.role: unknown role 'linker'; known are 'head' [unknown-name]"),
    ],
)
def test_a_name_of_something_else_is_answered_with_what_it_is(run, name, code, text):
    """Ids, files and folders of another sort are refused with their own sort and the command for it."""
    found, out, err = run("duties", name, *ASK[2:])

    assert (found, out) == (code, "")
    assert text in err


def test_a_folder_with_one_book_of_duties_will_do(run, town):
    """A folder stands for its only duty book; with two, the files are named."""
    code, out, _ = run("duties", ".", *Q3[2:])
    text = (town / "visits.toml").read_text("utf-8")
    (town / "more.toml").write_text(text.replace("lane/visits", "lane/more"), "utf-8")
    refused, _, err = run("duties", ".", *Q3[2:])

    assert (code, out[:11]) == (0, "lane/visits")
    assert refused == 2
    assert "it holds 2 of this sort; name one of more.toml, visits.toml" in err


def test_problems_of_facts_are_all_told(run, town):
    """A line that is no fact and one without its household are both told, with their lines."""
    wrong = '{"id": "F-2", "subject": "P1", "kind": "visit", "on": "2024-08-15"}\nnonsense\n'
    with (town / "facts.jsonl").open("a", encoding="utf-8") as file:
        file.write(wrong)

    code, out, err = run(*ASK)

    assert (code, out) == (1, "")
    assert "facts.jsonl, line 2" in err
    assert "facts.jsonl, line 3" in err


def test_a_snapshot_with_problems_is_used_and_they_are_counted(run, town):
    """A bond to nobody is no reason to refuse an answer about the others; it is counted."""
    with (town / "town" / "memberships.csv").open("a", encoding="utf-8") as file:
        file.write("P9,C3,head,\n")

    code, out, err = run(*Q3)

    assert (code, out[:11]) == (0, "lane/visits")
    assert err == "warning: 1 problem in town; 'serviceorg snapshot check town' tells\n"


def test_a_snapshot_in_gbk_is_refused(run, town):
    """Text of another encoding is told with file and line, and the day is not guessed at."""
    (town / "town" / "people.csv").write_bytes(SNAPSHOT["people.csv"].encode("gbk"))

    code, out, err = run(*ASK)

    assert (code, out) == (1, "")
    assert "people.csv, line 2: " in err
    assert "is not UTF-8" in err


def in_shell(folder, redirected):
    """Ask in a shell with its channels redirected."""
    source = str(Path(serviceorg.__file__).parents[1])
    return subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m serviceorg {' '.join(Q3)} --format csv {redirected}"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_an_output_nobody_can_write_to_is_told(town):
    """A full disk and a closed output end with 1 and a sentence; a reader that stops is no mistake."""
    full, closed, stopped = (in_shell(town, way) for way in ("> /dev/full", ">&-", "| head -n 1"))

    assert (full.returncode, closed.returncode, stopped.returncode) == (1, 1, 0)
    assert full.stderr == "Error: the output cannot be written: No space left on device\n"
    assert closed.stderr == "Error: the output is closed, so no result can be written\n"
    assert stopped.stdout == "duty,who,unit,towards,period,due,done,needed,status\n"
    assert stopped.stderr == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("option", ["--facts", "--structure", "--snapshot"])
def test_nobody_waits_for_a_pipe(run, town, option):
    """A pipe that nobody writes into is refused wherever a file or folder is asked for."""
    os.mkfifo(town / "pipe")

    code, out, err = run(*ASK, option, "pipe")
    book, _, said = run("duties", "pipe", *ASK[2:])

    assert (code, out, book) == (1, "", 1)
    assert err.startswith("pipe: this is a ")
    assert said.startswith("pipe: this is a pipe or a device")
