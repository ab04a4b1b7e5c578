import json

import pytest

from tests.cli.town import COVERAGE, SNAPSHOT, write_town

ASK = ("coverage", "coverage.toml", "--snapshot", "town", "--on", "2024-10-05")

SEEN = """
[[cover]]
id = "seen"
title = { zh = "已走访", en = "Seen this quarter" }
each = "household"
facts = { kind = "visit", about = "household", within = "quarter" }
at_least = 1

[[share]]
id = "share-seen"
title = { zh = "走访率", en = "Six in ten are seen" }
each = "household"
facts = { kind = "visit", about = "household", within = "quarter" }
at_least = 1
wanted = { at_least = "60%" }
"""


@pytest.fixture(autouse=True)
def town(tmp_path, monkeypatch):
    """Work in a folder with the town."""
    monkeypatch.chdir(tmp_path)
    return write_town(tmp_path)


def test_checks_stand_over_their_findings(run):
    """Cell C3 has no head and no household: a fault in one check, a hint in the other."""
    code, out, err = run(*ASK)

    lines = [line.split() for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert lines[0] == ["lane/coverage", "Coverage", "of", "the", "lane", "2024-10-05"]
    assert lines[1] == ["check", "title", "base", "met", "share", "mean", "hard", "soft", "holds"]
    # Two of three cells: 66.666… % is cut, never rounded up. Three households in three cells.
    assert lines[2][-7:] == ["3", "2", "66.6", "%", "1", "0", "no"]
    assert lines[3][-8:] == ["3", "2", "66.6", "%", "1.0", "0", "1", "yes"]
    assert lines[5] == ["check", "of", "missed", "found", "wanted", "deviation", "names", "soft"]
    assert lines[6:] == [
        ["cell-head", "C3", "exactly", "0", "1", "-1", "no"],
        ["cell-size", "C3", "about", "0", "2", "-2", "yes"],
    ]


def test_a_table_speaks_chinese(run):
    """Headings and closed words are Chinese with --lang zh; CSV keeps its names."""
    _, table, _ = run(*ASK, "--lang", "zh")
    _, rows, _ = run(*ASK, "--lang", "zh", "--format", "csv")

    lines = [line.split() for line in table.splitlines()]
    assert lines[1] == ["检查项", "名称", "基数", "达标", "比例", "平均", "缺口", "提示", "是否达标"]
    assert lines[5] == ["检查项", "对象", "未达标项", "现有", "要求", "偏差", "具体", "提示"]
    assert lines[6] == ["cell-head", "C3", "恰好", "0", "1", "-1", "否"]
    assert rows == (
        "check,of,missed,found,wanted,deviation,names,soft\n"
        "cell-head,C3,exactly,0,1,-1,,no\n"
        "cell-size,C3,about,0,2,-2,,yes\n"
    )


def test_json_keeps_numbers_exact(run):
    """Shares are fractions beside what is shown; a finding has its numbers as texts, its names as a list."""
    _, out, _ = run(*ASK, "--check", "cell-head", "--format", "json")

    assert json.loads(out) == [
        {
            "check": "cell-head",
            "base": 3,
            "exempt": 0,
            "met": 2,
            "share": "2/3",
            "shown": "66.6",
            "mean": "2/3",
            "holds": False,
            "unmet": ["C3"],
            "findings": [
                {
                    "check": "cell-head",
                    "of": "C3",
                    "missed": "exactly",
                    "found": "0",
                    "wanted": "1",
                    "deviation": "-1",
                    "names": [],
                    "soft": False,
                }
            ],
        }
    ]


def test_checks_can_be_asked_for_one_by_one(run):
    """The order is that of the question, and twice is once."""
    _, out, _ = run(
        *ASK, "--check", "cell-size", "--check", "cell-head", "--check", "cell-size", "--format", "json"
    )

    assert [one["check"] for one in json.loads(out)] == ["cell-size", "cell-head"]


def test_reasons_come_in_two_languages(run):
    """--explain says what was found, what is wanted, and whether it is a fault."""
    code, english, _ = run(*ASK, "--explain")
    _, chinese, _ = run(*ASK, "--explain", "--lang", "zh")

    assert code == 0
    assert "C3: 0, wanted is exactly 1 (-1)\n" in english
    assert "C3: 0, wanted is about 2 (-2); told, not a fault\n" in english
    assert "每个网格都有网格长（cell-head）：3 个中 2 个达标" in chinese


def test_facts_count_and_their_absence_is_told(run, town):
    """What ends is a number, what does not a fraction; without facts it is said that nothing can count."""
    (town / "coverage.toml").write_text(COVERAGE + SEEN, encoding="utf-8")
    seen = ("--check", "seen", "--check", "share-seen", "--format", "csv")

    code, out, err = run(*ASK[:4], "--on", "2024-09-30", "--facts", "facts.jsonl", *seen)
    _, _, said = run(*ASK[:4], "--on", "2024-09-30", *seen)

    _, _, rows = out.partition("\n")
    assert (code, err) == (0, "")
    # One of three was seen: 1/3 less 6/10 is -4/15, which no decimal ends.
    assert rows == (
        "seen,H2,at_least,0,1,-1,,no\nseen,H3,at_least,0,1,-1,,no\n"
        "share-seen,,share-at_least,1/3,0.6,'-4/15,,no\n"
    )
    # The guard against formulas belongs to spreadsheets; for the eye it is a number.
    _, table, _ = run(*ASK[:4], "--on", "2024-09-30", "--facts", "facts.jsonl", "--check", "share-seen")
    assert table.splitlines()[-1].split() == ["share-seen", "share-at_least", "1/3", "0.6", "-4/15", "no"]
    assert said == "notice: there are no --facts, so nothing counts in seen, share-seen\n"


CIRCLE = """
[[reach]]
id = "circle"
title = { zh = "十五分钟生活圈", en = "A quarter of an hour" }
points = "street"
homes = "household"
minutes = 15
metres_per_minute = 60
detour = 1
share_of = "buildings"
wanted = { at_least = "90%" }
"""


def test_who_is_left_out_of_a_share_is_named(run, town):
    """Only the whole misses a share; --explain names the two households nobody saw, JSON lists them."""
    (town / "coverage.toml").write_text(COVERAGE + SEEN, encoding="utf-8")
    ask = (*ASK[:4], "--on", "2024-09-30", "--facts", "facts.jsonl", "--check", "share-seen")

    _, english, _ = run(*ask, "--explain")
    _, chinese, _ = run(*ask, "--explain", "--lang", "zh")
    _, plain, _ = run(*ask, "--format", "json")

    assert english.endswith("\n  not met, one by one: 2\n    H2\n    H3\n")
    assert chinese.endswith("\n  未达标的逐一列出：2\n    H2\n    H3\n")
    assert json.loads(plain)[0]["unmet"] == ["H2", "H3"]


def test_who_a_finding_names_is_not_named_again(run):
    """A cell without a head stands among the findings; nobody else falls short."""
    _, out, _ = run(*ASK, "--check", "cell-head", "--explain")

    assert out.count("C3") == 1
    assert "not met" not in out


def test_who_lives_outside_a_circle_is_named_with_the_way(run, town):
    """0.01 degrees of latitude are 1,112 metres, 18.53 minutes at 60 metres: shown as 18.6, rounded up."""
    rows = "S,street,26,115\nH1,household,26,115\nH2,household,26.01,115\nH3,household,,\n"
    (town / "town" / "units.csv").write_text(f"id,kind,latitude,longitude\n{rows}", encoding="utf-8")
    for name in ("placements.csv", "memberships.csv"):
        (town / "town" / name).unlink()
    (town / "coverage.toml").write_text(COVERAGE.partition("[[cover]]")[0] + CIRCLE, encoding="utf-8")

    _, out, _ = run(*ASK, "--explain")
    _, plain, _ = run(*ASK, "--format", "json")

    assert "not met, one by one: 1\n    H2: the nearest is S, 18.6 minutes away" in out
    assert json.loads(plain)[0]["unmet"] == ["H2", "H3"]


def test_most_of_those_left_out_are_counted(run, town):
    """Twenty are named one by one; of 23 the other three are counted."""
    more = "".join(f"N{number:02},household,,\n" for number in range(21))
    (town / "town" / "units.csv").write_text(SNAPSHOT["units.csv"] + more, encoding="utf-8")
    (town / "coverage.toml").write_text(COVERAGE + SEEN, encoding="utf-8")

    _, out, _ = run(
        *ASK[:4], "--on", "2024-09-30", "--facts", "facts.jsonl", "--check", "share-seen", "--explain"
    )

    assert out.endswith("    … and 3 more\n")
    assert out.count("\n    N") == 18


def test_names_are_never_shown(run):
    """Whatever the form, units and people are ids."""
    for form in (("--format", "csv"), ("--format", "json"), ("--format", "table"), ("--explain",)):
        _, out, err = run(*ASK, *form)

        assert out
        assert "张" not in out + err
        assert "欧阳" not in out + err


def test_a_formula_in_an_id_is_made_harmless(run, town):
    """An id that a spreadsheet would compute gets a sign before it; the deviation stays a number."""
    for name in ("units.csv", "placements.csv"):
        text = SNAPSHOT[name].replace("C3,", "=C3,")
        (town / "town" / name).write_text(text, encoding="utf-8")

    _, out, _ = run(*ASK, "--check", "cell-head", "--format", "csv")

    assert out.splitlines()[1] == "cell-head,'=C3,exactly,0,1,-1,,no"


def test_a_day_before_everything_is_told(run, town):
    """Where no unit is there yet every check is without a base, and the first day is named."""
    text = SNAPSHOT["units.csv"].replace(",,\n", ",,2013-01-01\n").replace("欧阳家,\n", "欧阳家,2013-01-01\n")
    (town / "town" / "units.csv").write_text(text, encoding="utf-8")

    code, out, err = run(*ASK[:4], "--on", "2012-12-31")

    assert code == 0
    assert "notice: no unit of town is there on 2012-12-31; the first begins on 2013-01-01\n" in err
    assert out.count("no base") == 2


def test_an_empty_organisation_is_told(run, town):
    """A folder with a structure alone holds no units."""
    for name in SNAPSHOT:
        (town / "town" / name).unlink()

    code, out, err = run(*ASK)

    assert (code, err) == (0, "notice: town holds no units\n")
    assert out.count("no base") == 2


@pytest.mark.parametrize(
    ("change", "code", "text"),
    [
        (
            ("--check", "cell-heads"),
            2,
            "there is no coverage check 'cell-heads'; known are 'cell-head', 'cell-s",
        ),
        (("--on", "yesterday"), 2, "'yesterday' is not a date; write it like '2024-07-31'"),
        (("--explain", "--format", "json"), 2, "--explain is text; leave out '--format json'"),
        (("--structure", "zunyi/need"), 2, "'zunyi/need' is a workflow, not a structure"),
        (("--snapshot", "nowhere"), 1, "nowhere: there is no such folder [no-file]"),
        (("--lang", "fr"), 2, "'fr' is not one of"),
    ],
)
def test_mistakes_are_told_in_a_sentence(run, change, code, text):
    """What was asked for wrongly ends with 2, what is wrong with the data with 1, and nothing is written."""
    found, out, err = run(*ASK, *change)

    assert (found, out) == (code, "")
    assert text in err
    assert "Traceback" not in err


def test_a_book_about_another_place_is_refused(run):
    """Trees and roles the structure does not know are told at once, with the nearest."""
    code, out, err = run("coverage", "zhucheng/links-and-grids", *ASK[2:])

    assert (code, out) == (1, "")
    assert "the structure has no tree 'links'; known are 'grid' [unknown-word]" in err
    assert "the structure has no role 'grid-head'; known are 'head'. Did you mean 'head'?" in err


AREA = """
[[cover]]
id = "rooms"
title = { zh = "用房面积", en = "Rooms of 20 square metres" }
each = "cell"
amount = { of = "area" }
at_least = 20
"""


def test_amounts_come_from_a_file(run, town):
    """Areas and budgets are kept elsewhere: a file names what, of whom and how much (rows 17, 116)."""
    (town / "coverage.toml").write_text(COVERAGE + AREA, encoding="utf-8")
    (town / "area.csv").write_text(
        "name,of,amount\narea,C1,20\narea,C2,19.99\narea,C3,35\n", encoding="utf-8"
    )

    code, out, err = run(*ASK, "--check", "rooms", "--amounts", "area.csv", "--format", "csv")

    assert (code, err) == (0, "")
    assert out.splitlines()[1:] == ["rooms,C2,at_least,19.99,20,-0.01,,no"]


def test_broken_amounts_are_told_all_at_once(run, town):
    """Every line that cannot be used is told, with what is allowed, and nothing is checked."""
    (town / "coverage.toml").write_text(COVERAGE + AREA, encoding="utf-8")
    lines = "name,of,amount\narea,C1,much\narea,C2,1\narea,C2,2\narea,,3\n"
    (town / "area.csv").write_text(lines, encoding="utf-8")

    code, out, err = run(*ASK, "--amounts", "area.csv")

    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "area.csv, line 2, amount: 'much' is not a number; write it like '2.5' [number]",
        "area.csv, line 4, of: the amount 'area' of 'C2' stands in line 3 already [duplicate]",
        "area.csv, line 5: 'of' is missing [missing]",
    ]
