import os
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

import serviceorg as so
from serviceorg.cli.app import demo as command
from serviceorg.cli.demo.erqi.people import MEMBERS, ORGANISATIONS, organisations_for
from serviceorg.cli.demo.erqi.year import erqi_year
from serviceorg.cli.demo.explain import explained_shortly
from serviceorg.cli.demo.show import AMENDMENT, amended, sample_step
from serviceorg.loading.records import read_facts, read_subjects

SMALL = ("demo", "--members", "60")


@pytest.fixture(scope="module")
def rules():
    """Give the rule set of the demo."""
    return so.load().rule_set("erqi/vanguard-member")


@pytest.fixture(scope="module")
def year(rules):
    """Give a small invented year."""
    return erqi_year(rules.kinds, seed=2024, members=60)


@pytest.fixture(scope="module")
def cards(rules, year):
    """Give everybody's scorecard."""
    return so.score_all(rules, year.facts, subjects=year.subjects, period=so.Year(2024))


def test_the_published_size_is_the_default():
    """Without options the demo has the district's 586 organisations and 17,727 members (row 75)."""
    defaults = {option.name: option.default for option in command.params}

    assert (ORGANISATIONS, MEMBERS) == (586, 17_727)
    assert organisations_for(MEMBERS) == ORGANISATIONS
    assert (defaults["members"], defaults["seed"], defaults["lang"]) == (MEMBERS, 2024, "en")


def test_the_report_has_every_section_it_promises(run):
    """Sizes, grades, a ranking, both explanations, the amendment, times and what to try next are shown."""
    code, out, err = run(*SMALL)

    assert (code, err) == (0, "")
    sections = [
        "The year 2024 in an invented Erqi (seed 2024): 5 organisations, 60 members, ",
        "Grades by erqi/vanguard-member",
        "The first 10 of the district, by total",
        "Why the member in the middle has this result: M-000",
        "  base: 40\n",
        "  基本分：40\n",
        "What if this amendment had been in force",
        AMENDMENT.strip(),
        "All 60 members scored by both rules",
        "Tickets: pingxiang/appeal",
        "The facts that came out",
        "How long it took",
        "facts per second",
        "What to try next",
        "serviceorg score erqi/vanguard-member --facts erqi-2024/facts.jsonl",
    ]
    assert [part for part in sections if part not in out] == []
    places = [out.index(part) for part in sections]
    assert places == sorted(places)
    assert "\x1b" not in out


def test_the_report_speaks_chinese_when_asked(run):
    """With --lang zh headings, grades and domains are Chinese."""
    _, out, _ = run(*SMALL, "--lang", "zh")

    for part in (
        "虚构的二七区",
        "等次分布",
        "合格",
        "名次按领域排列",
        "如果当年已有以下修订",
        "用时",
        "接下来",
    ):
        assert part in out
    assert "Grades by" not in out


def test_the_grades_add_up_to_everybody(run, cards):
    """Each member stands in one row of the table of grades."""
    _, out, _ = run(*SMALL)

    rows = out.split("Grades by", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    assert sum(int(row.split()[-2]) for row in rows) == len(cards) == 60


def test_no_name_is_shown_in_full(run, year):
    """A ranking shows surnames and a star, never a name."""
    for lang in ("en", "zh"):
        _, out, _ = run(*SMALL, "--lang", lang)

        assert "*" in out
        assert [member.name for member in year.members if member.name in out] == []


def test_the_best_stand_first(run, cards):
    """The ranking begins with the highest final total and goes down."""
    _, out, _ = run(*SMALL)

    rows = out.split("The first 10", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    shown = [row.split()[0] for row in rows]
    totals = {card.subject: card.total for card in cards if card.place is not None}
    assert [totals[subject] for subject in shown] == sorted(totals.values(), reverse=True)[:10]


def test_written_files_score_like_the_demo(run, tmp_path, rules, year, cards):
    """Through files and their reader come the same facts, the same people and the same results."""
    code, out, _ = run(*SMALL, "--out", str(tmp_path / "new" / "year"))

    folder = tmp_path / "new" / "year"
    reader = read_facts(folder / "facts.jsonl", rules.kinds)
    facts, subjects = list(reader), read_subjects(folder / "subjects.jsonl")
    assert code == 0
    assert f"--facts {folder / 'facts.jsonl'}" in out
    assert reader.report.notices() == ()
    assert facts == year.facts
    assert subjects == year.subjects
    again = so.score_all(rules, facts, subjects=subjects, period=so.Year(2024))
    assert [card.to_dict() for card in again] == [card.to_dict() for card in cards]


def test_the_command_named_last_works(run, tmp_path):
    """What the demo names as the next step can be run as it stands there."""
    _, out, _ = run(*SMALL, "--out", str(tmp_path))

    named = next(line for line in out.splitlines() if "--explain" in line).split()
    code, explained, _ = run(*named[1:])
    assert named[0] == "serviceorg"
    assert code == 0
    assert "2024：" in explained


def test_a_folder_that_cannot_be_is_told(run, tmp_path):
    """Where a file is in the way of the folder, the path is named and the exit code is 1."""
    (tmp_path / "file").write_text("")

    code, _, err = run(*SMALL, "--out", str(tmp_path / "file" / "year"))

    assert code == 1
    assert "file" in err
    assert "Traceback" not in err


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    """Neither the hash seed of Python nor anything else but the seed decides what is invented."""
    written = []
    for number, seed in enumerate(("7", "7", "8")):
        folder = tmp_path / str(number)
        environment = {**os.environ, "PYTHONHASHSEED": str(number), "SERVICEORG_PLUGINS": "off"}
        arguments = ["demo", "--members", "40", "--seed", seed, "--out", str(folder)]
        subprocess.run(
            [sys.executable, "-m", "serviceorg", *arguments], env=environment, check=True, capture_output=True
        )
        written.append(_bytes(folder))

    assert written[0] == written[1]
    assert written[0] != written[2]


def _bytes(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in ("facts.jsonl", "subjects.jsonl")]


@pytest.mark.parametrize("members", [1, 2, 7])
def test_few_members_make_a_report_too(run, members):
    """However small the district, there is a report; shares and middles of nobody do no harm."""
    code, out, err = run("demo", "--members", str(members))

    assert (code, err) == (0, "")
    assert f"{members} organisations, {members} members" in out or "5 organisations, 7 members" in out


def test_the_amendment_changes_one_item(rules):
    """The what-if differs from the rules in force by its one amendment, which touches item C01."""
    found = so.compare(rules, amended(rules), [], period=so.Year(2024), subjects=[])

    assert [one.touches for one in found.amendments] == [("item.C01",)]
    assert found.amendments[0].basis in AMENDMENT


def test_very_many_members_are_compared_by_sample():
    """The published size is compared by every eighth member, a district of 5,000 as a whole."""
    assert (sample_step(5_000), sample_step(MEMBERS)) == (1, 8)


@pytest.mark.parametrize(("lang", "more"), [("en", "… further"), ("zh", "…… 另有")])
def test_a_shortened_explanation_has_whole_lines_only(cards, lang, more):
    """Every line stands in the full explanation too, or says how many are left out."""
    for card in cards:
        whole = so.explain(card, lang=lang).splitlines()
        short = explained_shortly(card, lang=lang).splitlines()

        assert [line for line in short if line not in whole and more not in line] == []
        assert short[0] == whole[0]
        assert len(short) <= len(whole) + 5  # a line for each category at the worst


def test_a_shortened_explanation_counts_what_it_leaves_out(cards):
    """The items shown and those counted as left out are together all items of the explanation."""
    for card in cards:
        short = explained_shortly(card, lang="en").splitlines()
        left_out = sum(int(line.split(": ")[1]) for line in short if "… further items" in line)
        shown = sum(_is_item(line) for line in short)
        assert shown + left_out == sum(_is_item(line) for line in so.explain(card).splitlines())


def _is_item(line: str) -> bool:
    return line.startswith("    ") and line[4] in "ABCDE" and line[5:7].isdigit()


def test_subjects_are_plain_values(year):
    """People of the demo are the library's own subjects: organisations first, then members."""
    assert [one.kind for one in year.subjects] == ["organisation"] * 5 + ["member"] * 60
    assert attrs.has(type(year.subjects[0]))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_city_is_told_from_its_files(run, lang):
    """What is said of the city was found in its files: nothing is wrong, nobody is left out."""
    code, out, err = run(*SMALL, "--lang", lang)

    assert (code, err) == (0, "")
    parts = {
        "en": ["An invented Zhucheng", "zhucheng/structure: 0 problems", "with 6 broken records", "overdue"],
        "zh": ["虚构的诸城市", "zhucheng/structure 核对：0 个问题", "放入 6 条错误记录", "逾期未办"],
    }
    assert [part for part in parts[lang] if part not in out] == []
    reached = {"en": "Every household is reached by exactly one linker", "zh": "每户都有且只有一名联户干部"}
    row = next(line for line in out.splitlines() if line.startswith(reached[lang]))
    looked_at, met, share, faults, told = row.split()[-5:]
    assert looked_at == met
    assert (share, faults, told) == ("100.0", "0", "0")


def test_the_city_s_duty_is_explained_in_both_languages(run):
    """A visit that does not count is explained with the question nobody asked, in English and in Chinese."""
    _, out, _ = run("demo", "--members", "200")

    why = out.split("Why a visit to household", 1)[1].split("Coverage by", 1)[0]
    assert "is not answered" in why
    assert "未填写" in why


def test_the_city_s_accounts_are_those_of_the_rules(run):
    """Of 1,498 and 5 hours 1,500 are stored and 3 are given to the pool; a changed entry is found (M6)."""
    _, out, _ = run(*SMALL)

    accounts = out.split("Accounts by published/nanjing-time-bank", 1)[1].split("How long it took", 1)[0]
    assert "then 1500 (entry 2" in accounts
    assert "3 did not fit" in accounts
    assert "sixty-or-older" in accounts
    assert "it was changed [changed]" in accounts


@pytest.mark.parametrize("hint", ["serviceorg snapshot", "serviceorg duties", "serviceorg coverage"])
def test_the_commands_about_the_city_work(run, tmp_path, hint):
    """What the demo names as next steps for the city can be run as it stands there."""
    _, out, _ = run(*SMALL, "--out", str(tmp_path))

    named = next(line for line in out.splitlines() if line.strip().startswith(hint)).split()
    code, said, _ = run(*named[1:])
    assert code == 0
    assert said
