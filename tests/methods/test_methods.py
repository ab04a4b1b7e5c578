import re
from pathlib import Path

import pytest

import serviceorg
from serviceorg.loading import rule_set_from_path, rule_sets_from_folder
from serviceorg.scoring import explain, run_cases
from tests.methods.given import HERE, card, fact, method

FILES = sorted(HERE.glob("s*.toml"))
#: S26 is the ledger, which stands beside the score and is no rule set.
METHODS = sorted(set(range(1, 35)) - {26})
PUBLISHED = Path(serviceorg.__file__).parent / "schemes" / "published"
SCHEMES = sorted(p for p in PUBLISHED.glob("*.toml") if p.name not in {"facts.toml", "scheme.toml"})


def test_every_method_has_a_file():
    """Each scoring method S1–S34 but the ledger is written as a rule set."""
    assert [int(path.stem[1:]) for path in FILES] == METHODS


@pytest.mark.parametrize("number", METHODS, ids=[f"s{n:02d}" for n in METHODS])
def test_a_method_keeps_its_golden_cases(number):
    """Each method's file loads without a problem and gives exactly the hand-worked results."""
    assert run_cases(method(number)) == ()


@pytest.mark.parametrize("number", METHODS, ids=[f"s{n:02d}" for n in METHODS])
def test_a_method_is_shown_by_several_cases(number):
    """Each method's file names where its figures come from and holds at least two golden cases."""
    rules = method(number)
    assert rules.source
    assert len(rules.cases) >= 2


@pytest.mark.parametrize("path", [*FILES, *SCHEMES], ids=lambda path: path.stem)
def test_a_case_is_worked_by_hand(path):
    """Above every golden case stands the arithmetic that leads to what it expects."""
    lines = path.read_text("utf-8").splitlines()
    above = [lines[no - 1] for no, line in enumerate(lines) if line == "[[case]]"]
    shared = [line for line in above if not re.match(r"#|expect|[A-Z]+-?\w* = \{", line)]
    assert shared == []


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_a_published_scheme_keeps_its_golden_cases(path):
    """Each published scheme gives the printed, or hand-worked, results exactly."""
    rules = rule_set_from_path(path)
    assert rules.id == f"published/{path.stem}"
    assert len(rules.cases) >= 2
    assert run_cases(rules) == ()


def test_the_folder_of_published_schemes_loads_whole():
    """The published schemes read one list of fact kinds and load together without a problem."""
    assert len(rule_sets_from_folder(PUBLISHED)) == len(SCHEMES) >= 8


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_a_published_scheme_says_what_its_text_leaves_open(path):
    """SOURCES.md has a row for each published scheme, and each scheme an address or a mark of trust."""
    assert f"| `{path.stem}` |" in (PUBLISHED / "SOURCES.md").read_text("utf-8")
    assert re.search(r"\((A|B|C|D)\b", rule_set_from_path(path).source)


def test_a_total_tells_rule_evidence_limit_and_rounding():
    """S34: the explanation of a total names each item, each fact paid, what a cap took and the rounding."""
    facts = [fact("study", f"2019-0{month}-10", id=f"study-{month}") for month in range(1, 8)]
    facts += [
        fact("hours", "2019-05-01", "2.5", id="hours-1"),
        fact("thanks", "2019-05-02", id="letter-1", press=True),
    ]
    told = explain(card(method(34), facts, "2019"))
    # 60 + 12 (of 14) + 0.83 (of 0.825) + 2 = 74.83 → 74.8
    for piece in ("74.8", "study", "12", "hours", "0.83", "thanks", "2019-05-02"):
        assert piece in told
