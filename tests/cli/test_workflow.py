import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest

import serviceorg as so

REPAIRS = """
[workflow]
id = "lane/repairs"
title = { zh = "报修", en = "Repairs" }
effective = 2024-01-01
basis = "Decision 5/2024 of the residents' committee"
source = "Notice board"
scope = "unit"

[[role]]
id = "clerk"
title = { zh = "经办人", en = "Clerk" }

[[slot]]
id = "unit"
title = { zh = "单位", en = "Unit" }
kind = "unit"

[[field]]
id = "team"
title = { zh = "班组", en = "Team" }

[[state]]
id = "new"
title = { zh = "待修", en = "Waiting for repair" }
kind = "initial"

[[state]]
id = "done"
title = { zh = "已修复", en = "Repaired" }
kind = "final"

[[opening]]
id = "report"
title = { zh = "报修", en = "Report" }
to = "new"
by = "anyone"
form = ["team"]
sets = { unit = { field = "team" } }

[[move]]
id = "repair"
title = { zh = "修复", en = "Repair" }
from = "new"
to = "done"
by = "clerk"
needs = [
  { field = "team", one_of = ["street-1", "street-2"], title = { zh = "本地班组", en = "a team of ours" } },
]
source = "Decision, part 2"

[[clock]]
id = "resolve"
title = { zh = "修复时限", en = "Time to repair" }
start = "report"
stop = "done"
limit = { hours = 48 }

[[promise]]
title = { zh = "不修不结", en = "Nothing ends unrepaired" }
never = "done"
without = "repair"
"""
CASE = """
[[case]]
title = "mended on the next day"
actors = { p3 = { posts = [] }, u7 = { posts = ["clerk@street-1"], unit = "street-1" } }
units = { street-1 = "" }
step = [
  { do = "report", by = "p3", at = 2024-07-01T08:00:00+08:00, form = { team = "street-1" } },
  { do = "repair", by = "u7", at = 2024-07-02T08:00:00+08:00, expect = { state = "STATE" } },
]
"""
SOUND = REPAIRS + CASE.replace("STATE", "done")
LINE = "ok    lane/repairs 2024-01-01: 2 states, 1 move, 1 clock, 1 promise, 1 case\n"

# Report Mon 08:00, mended Wed 09:00 by Zhang: 49 hours, an hour late. The second case is mended twice.
EVENT = """<event><string key="concept:name" value="{0}"/><date key="time:timestamp" value="{1}:00"/>
{2}</event>
"""
LOG = f"""<log>
<trace><string key="concept:name" value="old-1"/><date key="begin" value="2024-07-01T08:00:00"/>
{EVENT.format("Mended", "2024-07-03T09:00", '<string key="org:resource" value="张三"/>')}</trace>
<trace><string key="concept:name" value="old-2"/><date key="begin" value="2024-07-01T08:00:00"/>
{EVENT.format("Mended", "2024-07-02T09:00", "")}{EVENT.format("Mended", "2024-07-02T10:00", "")}
{EVENT.format("Look", "2024-07-02T11:00", "")}</trace></log>"""
MAP = """
[opening]
do = "report"
at = "begin"
form = { team = { value = "street-1" } }
[actor]
roles = ["clerk@street-1"]
[[event]]
name = "Mended"
do = "repair"
[[event]]
name = "Look"
ignore = true
"""
REPLAY = ("workflow", "replay", "repairs.toml", "--log", "old.xes", "--map", "old.toml")
WITH_ZONE = (*REPLAY, "--zone", "Asia/Shanghai")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Work in a folder with a workflow, a log and its mapping."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("repairs.toml", SOUND), ("old.xes", LOG), ("old.toml", MAP)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_check_loads_proves_and_runs_the_cases(folder, run):
    """A sound workflow is told in a line with what it holds, by either command."""
    assert run("workflow", "check", "repairs.toml") == (0, LINE, "")
    assert run("check", "repairs.toml") == (0, LINE, "")


def test_check_knows_registered_workflows(run):
    """What comes along is checked by its id."""
    code, out, err = run("workflow", "check", "pingxiang/appeal", "weifang/hotline-12345")

    assert (code, err) == (0, "")
    assert [line.split()[1] for line in out.splitlines()] == ["pingxiang/appeal", "weifang/hotline-12345"]


def test_check_tells_every_problem_of_every_argument(folder, run):
    """A case that fails and a file nobody can use are both told, and sound ones still pass."""
    (folder / "wrong.toml").write_text(REPAIRS + CASE.replace("STATE", "new"), encoding="utf-8")
    (folder / "broken.toml").write_text(SOUND.replace('to = "done"', 'to = "don"'), encoding="utf-8")

    code, out, err = run("workflow", "check", "wrong.toml", "broken.toml", "repairs.toml")

    assert (code, out) == (1, LINE)
    assert "lane/repairs, case 'mended on the next day', step 2, state: expected new, found done\n" in err
    assert "broken.toml, line " in err
    assert "Did you mean 'done'?" in err


def test_check_proves_the_promises(folder, run):
    """A promise that some life of a ticket would break is a problem of the file."""
    text = SOUND.replace('without = "repair"', 'without = "new"\nsince = "report"')
    (folder / "repairs.toml").write_text(text.replace('never = "done"', 'never = "repair"'), encoding="utf-8")

    code, out, err = run("workflow", "check", "repairs.toml")

    assert (code, out) == (1, "")
    assert "promise" in err


def test_check_of_a_folder_takes_rule_sets_and_workflows(files, run):
    """A scheme is checked as a whole: its rule sets first, then its workflows."""
    (files / "workflows").mkdir()
    (files / "workflows" / "repairs.toml").write_text(SOUND, encoding="utf-8")

    code, out, err = run("check", ".")
    only = run("workflow", "check", ".")

    assert (code, err) == (0, "")
    assert out == "ok    borough/points 2024-01-01: 1 category, 2 items, 1 case\n" + LINE
    assert only == (0, LINE, "")


def test_check_of_an_id_takes_both_that_have_it(run):
    """A rule set and a workflow may share an id; both are checked."""
    code, out, _ = run("check", "erqi/vanguard-member")

    assert code == 0
    assert [line.rpartition(": ")[2].split(", ")[0] for line in out.splitlines()] == [
        "5 categories",
        "11 states",
    ]


def test_problems_of_a_folder_are_told_with_their_path(folder, run):
    """A file in a folder is named so that it can be opened from here."""
    (folder / "inner").mkdir()
    (folder / "inner" / "bad.toml").write_text("[workflow]\n", encoding="utf-8")

    code, _, err = run("workflow", "check", "inner")

    assert code == 1
    assert all(line.startswith("inner/bad.toml") for line in err.splitlines())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("pingxiang/appael", "nor a workflow of that id; known are "),
        ("pingxiang/appael", "Did you mean 'pingxiang/appeal'?"),
        (
            "repair.toml",
            "there is no file 'repair.toml'; check the path and its spelling. Did you mean 'repairs.toml'?",
        ),
        ("empty", "the folder 'empty' holds no workflow files (*.toml with a [workflow] table)"),
        ("rules.toml", "'rules.toml' holds a rule set, not a workflow; 'serviceorg check' takes both"),
    ],
)
def test_a_name_of_nothing_is_wrong_usage(folder, files, run, name, said):
    """What is no workflow is told with what could be meant."""
    (folder / "empty").mkdir()

    code, out, err = run("workflow", "check", name)

    assert (code, out) == (2, "")
    assert said in err


def test_one_workflow_is_asked_for_where_a_folder_holds_more(folder, run):
    """Showing a folder with several workflows is wrong usage; they are named."""
    (folder / "more.toml").write_text(SOUND.replace("lane/repairs", "lane/more"), encoding="utf-8")

    code, _, err = run("workflow", "show", ".")

    assert code == 2
    assert "'.' holds 2 workflows; name one of more.toml, repairs.toml" in err


def test_what_a_host_brings_is_taken_as_met_and_told(folder, run):
    """A requirement of a plugin cannot be judged here; the cases run as if it were met."""
    text = SOUND.replace("needs = [", 'needs = [{ requirement = "sealed" }, ')
    (folder / "repairs.toml").write_text(text, encoding="utf-8")

    code, out, err = run("workflow", "check", "repairs.toml")

    assert (code, out) == (0, LINE)
    assert err == (
        "notice: lane/repairs: the requirement 'sealed' is brought by a program; here it is taken as met\n"
    )


def test_another_calendar_is_told(folder, run):
    """The command line knows China's calendar alone; days of another place are not guessed."""
    text = SOUND.replace('scope = "unit"', 'scope = "unit"\ncalendar = "town"')
    (folder / "repairs.toml").write_text(text, encoding="utf-8")

    code, out, err = run("workflow", "check", "repairs.toml")

    assert (code, out) == (1, "")
    assert err == "lane/repairs: its cases cannot be run here: there is no calendar 'town'; known are 'cn'\n"


def test_show_tells_everything_in_words(folder, run):
    """States, who may and what it needs, clocks and proved promises stand there by their titles."""
    code, out, err = run("workflow", "show", "repairs.toml")

    assert (code, err) == (0, "")
    parts = [
        "lane/repairs  Repairs\n",
        "  version 2024-01-01 (content ",
        "    basis: Decision 5/2024 of the residents' committee\n",
        "  source: Notice board\n  calendar: cn\n",
        "\nStates\n",
        "new   Waiting for repair  initial  open",
        "\nMoves: who may, and what it needs\nrepair  Repair\n",
        "  from, to: Waiting for repair → Repaired\n",
        "  who: Clerk of a unit that covers Unit\n",
        "  needs: a team of ours (Team is street-1 or street-2)\n",
        "  source: Decision, part 2\n",
        "resolve  Time to repair\n  limit: 48 hours\n  starts: Report\n  stops: Repaired\n",
        "Nothing ends unrepaired  no 'Repaired' without 'Repair'\n",
    ]
    assert [part for part in parts if part not in out] == []
    assert "illustrative" not in out
    assert "\x1b" not in out


def test_show_speaks_chinese(folder, run):
    """With --lang zh every heading, title and sentence of the command is Chinese."""
    _, out, _ = run("workflow", "show", "repairs.toml", "--lang", "zh")

    for part in (
        "lane/repairs  报修\n",
        "  谁：经办人（所在单位须管辖单位）\n",
        "  须：本地班组（班组为street-1或street-2）\n",
        "  时长：48小时\n",
        "未经“修复”，不得“已修复”",
    ):
        assert part in out
    assert "Clerk" not in out


def test_show_as_json_holds_both_languages_and_the_ids(folder, run):
    """Programs read ids, and words in both languages, with the version and its content hash."""
    code, out, _ = run("workflow", "show", "repairs.toml", "--format", "json")

    found = json.loads(out)
    (move,) = found["moves"]
    assert code == 0
    assert (found["id"], found["version"], len(found["hash"])) == ("lane/repairs", "2024-01-01", 64)
    assert found["illustrative"] is False
    assert (move["id"], move["from"], move["to"]) == ("repair", ["new"], [{"state": "done", "when": []}])
    assert move["who"] == [{"zh": "经办人（所在单位须管辖单位）", "en": "Clerk of a unit that covers Unit"}]
    assert found["clocks"][0]["limit"] == {"zh": "48小时", "en": "48 hours"}
    assert found["promises"][0]["words"]["en"] == "no 'Repaired' without 'Repair'"
    assert found["cases"] == ["mended on the next day"]


@pytest.mark.parametrize("name", so.load(discover=False).workflows)
def test_every_bundled_workflow_can_be_shown(run, name):
    """Nothing a bundled file says is without words in either language."""
    for lang in ("en", "zh"):
        code, out, err = run("workflow", "show", name, "--lang", lang)

        assert (code, err) == (0, "")
        assert out.startswith(f"{name}  ")


def test_illustrative_workflows_say_so(run):
    """Invented amounts are not for people, and the mark is the first thing after the sources."""
    _, english, _ = run("workflow", "show", "pingxiang/appeal")
    _, chinese, _ = run("workflow", "show", "pingxiang/appeal", "--lang", "zh")

    assert "illustrative: parts of it are invented" in english.split("\nStates\n")[0]
    assert "示例" in chinese.split("\n状态\n")[0]


def test_separation_of_duties_is_told_as_a_need(run):
    """What is built in and stands in no file is shown all the same: no handler reviews their own work."""
    _, out, _ = run("workflow", "show", "pingxiang/appeal")

    needed = "separation of duties (the actor is not Handling cadre and has not done 'Report the result')"
    assert needed in out


def test_draw_writes_mermaid_unless_the_file_is_a_picture(folder, run):
    """Text goes to the output; a name that ends in .svg asks for a picture that stands alone."""
    code, text, _ = run("workflow", "draw", "repairs.toml", "--lang", "zh")
    _, picture, _ = run("workflow", "draw", "repairs.toml", "--format", "svg")
    silent = run("workflow", "draw", "repairs.toml", "--out", "repairs.svg")
    run("workflow", "draw", "repairs.toml", "--out", "repairs.mmd")

    assert code == 0
    assert "stateDiagram-v2" in text
    assert "待修" in text
    assert ET.fromstring(picture).tag == "{http://www.w3.org/2000/svg}svg"
    assert silent == (0, "", "")
    assert (folder / "repairs.svg").read_text("utf-8") == picture
    assert "Waiting for repair" in (folder / "repairs.mmd").read_text("utf-8")


def test_a_drawing_that_cannot_be_written_is_told(folder, run):
    """A folder that is not there is named, and the exit code is 1."""
    code, _, err = run("workflow", "draw", "repairs.toml", "--out", "nowhere/repairs.svg")

    assert (code, err) == (1, "Error: nowhere/repairs.svg: No such file or directory\n")


def test_replay_sums_up_a_log(folder, run):
    """Cases, refusals by reason and the verdicts of every clock stand in tables."""
    code, out, err = run(*WITH_ZONE)

    # Two openings and two repairs are made; the second repair of old-2 is refused.
    assert (code, err) == (0, "")
    head, refused, clocks = out.split("\n\n")
    assert head.splitlines()[1].strip() == ("cases 2, events 4, moves made 4, refused 1, ignored 1, ended 2")
    assert refused.splitlines()[2].split() == ["repair", "Repair", "not-from-here", "1"]
    assert [line.split()[-3:] for line in clocks.splitlines()[2:]] == [
        ["met", "late", "1"],
        ["in", "time", "1"],
    ]


def test_replay_as_json_has_every_case(folder, run):
    """Programs read each case with its refusals by line and its verdicts."""
    code, out, _ = run(*WITH_ZONE, "--format", "json")

    found = json.loads(out)
    late, twice = found.pop("per_case")
    assert code == 0
    assert found["workflow"]["id"] == "lane/repairs"
    assert [found[name] for name in ("cases", "events", "fired", "refused", "ignored", "ended")] == [
        2,
        4,
        4,
        1,
        1,
        2,
    ]
    assert found["reasons"] == [{"move": "repair", "code": "not-from-here", "count": 1}]
    assert found["clocks"] == {"resolve": {"late": 1, "met": 1}}
    assert (late["id"], late["state"], late["clocks"], late["ended"]) == (
        "old-1",
        "done",
        {"resolve": "late"},
        True,
    )
    (refusal,) = twice["refused"]
    assert (refusal["event"], refusal["line"], refusal["codes"]) == ("Mended", 9, ["not-from-here"])
    assert "said" not in refusal


def test_sentences_that_may_hold_names_are_for_those_who_ask(folder, run):
    """Who acted in a log is not shown unless --show-names is written."""
    unpermitted = MAP.replace('["clerk@street-1"]', "[]")
    (folder / "old.toml").write_text(unpermitted, encoding="utf-8")

    plain = [run(*WITH_ZONE, *more)[1] for more in ((), ("--format", "json"))]
    shown = [run(*WITH_ZONE, "--show-names", *more)[1] for more in ((), ("--format", "json"))]

    assert [text.count("张三") for text in plain] == [0, 0]
    assert "case old-1, line 3, repair: 张三 may not do 'Repair'" in shown[0]
    assert "张三 may not do 'Repair'" in shown[1]


def test_moments_without_a_zone_are_problems_of_the_log(folder, run):
    """Without --zone nobody knows which day such a moment is on; every line is told."""
    code, out, err = run(*REPLAY)

    assert (code, out) == (1, "")
    assert err.startswith("old.xes, line 2")
    assert len(err.splitlines()) == 6


def test_names_of_a_log_are_made_harmless(folder, run):
    """A case whose name would steer a terminal or be a formula is shown with its signs spelt out."""
    (folder / "old.xes").write_text(LOG.replace("old-2", "&#x9b;2Jold"), encoding="utf-8")

    code, out, _ = run(*WITH_ZONE, "--show-names")

    assert code == 0
    assert "\x9b" not in out
    assert r"case \x9b2Jold, line 9" in out


def test_list_names_every_registered_workflow(run):
    """Each stands with its size and source; JSON holds both titles and the hash."""
    code, out, err = run("workflow", "list", "--format", "json")
    _, rows, _ = run("workflow", "list", "--format", "csv", "--lang", "zh")

    found = {one["id"]: one for one in json.loads(out)}
    titles = {row["id"]: row["title"] for row in csv.DictReader(io.StringIO(rows))}
    appeal = found["pingxiang/appeal"]
    assert (code, err) == (0, "")
    assert (appeal["states"], appeal["moves"], appeal["clocks"], appeal["illustrative"]) == (12, 19, 3, True)
    assert appeal["title"] == {"zh": "群众诉求办理", "en": "Handling of residents' appeals"}
    assert len(appeal["hash"]) == 64
    assert titles.keys() == found.keys()
    assert titles["pingxiang/appeal"] == "群众诉求办理"


def test_schemes_shows_workflows_below_rule_sets(folder, run, monkeypatch):
    """The table lists both; CSV and JSON stay lists of rule sets, as programs know them."""
    monkeypatch.setenv("SERVICEORG_PATH", str(folder))
    monkeypatch.setenv("SERVICEORG_PLUGINS_DISABLE", "serviceorg")

    _, table, _ = run("schemes")
    _, rows, _ = run("schemes", "--format", "json")
    _, plugins, _ = run("plugins")

    assert json.loads(rows) == []
    assert table.splitlines()[-1].split()[:2] == ["lane/repairs", "Repairs"]
    assert "lane/repairs" in plugins


def test_titles_that_would_steer_a_terminal_are_made_harmless(folder, run):
    """A title with a control sign in it is shown with the sign spelt out, in text and in tables."""
    (folder / "repairs.toml").write_text(SOUND.replace('"Repair"', '"Re\\u009b2Jpair"'), encoding="utf-8")

    code, out, err = run("workflow", "show", "repairs.toml")

    assert (code, err) == (0, "")
    assert "\x9b" not in out
    assert "\nrepair  Re\\x9b2Jpair\n" in out
    assert "no 'Repaired' without 'Re\\x9b2Jpair'" in out
