"""Files of matching rules: read, refused with the whole text, and the bundled ones proved by their cases."""

import ast
from pathlib import Path

import pytest

from serviceorg.errors import MatchingProblems
from serviceorg.loading import CODES, fact_kinds_from_text
from serviceorg.loading.matching_codes import MATCHING_CODES
from serviceorg.loading.matching_files import match_rules_from_text
from serviceorg.matching import assign, facts_of, run_cases
from serviceorg.model.units import Units
from tests.matching.matched import ON

ROOT = Path(__file__).parents[2] / "src" / "serviceorg"
BROKEN = sorted((Path(__file__).parent / "broken").glob("*.toml"))
BUNDLED = sorted((ROOT / "schemes").glob("*/matching/*.toml"))


def named(path):
    """Return a file's name as a test's id."""
    return f"{path.parts[-3]}-{path.stem}"


def rules_of(path):
    """Return the rules of a bundled file, with the fact kinds of its place."""
    shared = path.parent.parent / "facts.toml"
    kinds = fact_kinds_from_text(shared.read_text(encoding="utf-8"))
    return match_rules_from_text(path.read_text(encoding="utf-8"), file=path.name, kinds=kinds)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_is_refused_with_its_text(path):
    """The message is the expected text, line by line: where, what was found, what is allowed, a guess."""
    expected = path.with_suffix(".expected").read_text(encoding="utf-8")

    with pytest.raises(MatchingProblems) as caught:
        match_rules_from_text(path.read_text(encoding="utf-8"), file=path.name)

    assert f"{caught.value}\n" == expected


def test_every_code_is_in_a_catalogue():
    """A code that is reported has a line in English and Chinese."""
    written = set()
    for path in ROOT.glob("loading/*/matching*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = getattr(node.func, "attr", "")
                if called in ("add", "unknown", "guess") and isinstance(node.args[0].value, str):
                    written.add(node.args[0].value)

    assert written <= {*CODES, *MATCHING_CODES}
    assert all(meaning.zh and meaning.en for meaning in MATCHING_CODES.values())


def test_every_code_of_the_catalogue_has_a_broken_file():
    """What the catalogue names can happen, and a file here shows it."""
    expected = "".join(path.with_suffix(".expected").read_text(encoding="utf-8") for path in BROKEN)

    assert [code for code in MATCHING_CODES if f"[{code}]" not in expected] == []


@pytest.mark.parametrize("path", BUNDLED, ids=named)
def test_bundled_rules_keep_their_golden_cases(path):
    """Every bundled file (rows 19 to 169) comes to what its cases say, worked by hand."""
    rules = rules_of(path)

    assert rules.cases
    assert run_cases(rules) == ()
    assert rules.illustrative
    assert rules.rows


@pytest.mark.parametrize("path", BUNDLED, ids=named)
def test_the_optimum_meets_no_fewer_than_the_cases_say(path):
    """On every bundled case without claims, the optimum's aims are at most those of the greedy solver."""
    rules = rules_of(path)

    for case in rules.cases:
        given = {"on": case.on, "areas": Units(case.areas), "fixed": case.fixed, "before": case.before}
        greedy = assign(case.needs, case.offers, rules, **given)
        optimal = assign(case.needs, case.offers, rules, solver="optimal", **given)
        assert len(optimal.pairs) >= len(greedy.pairs)


@pytest.mark.parametrize("path", BUNDLED, ids=named)
def test_facts_of_bundled_rules_fit_their_kinds(path):
    """What pairs become is of a declared kind, with its attributes."""
    rules = rules_of(path)

    for case in rules.cases:
        pairs = assign(case.needs, case.offers, rules, on=case.on, areas=Units(case.areas))
        for fact in facts_of(pairs):
            assert set(fact.attributes) == set(rules.kinds[fact.kind].fields)


def test_a_case_that_fails_says_what_was_expected_and_found():
    """A promise that is not kept names the case, the key, and both values."""
    text = """
[matching]
id = "place/links"
title = "Links"
effective = 2024-01-01
basis = "decision 1"
source = "gazette"

[[case]]
title = "One"
on = 2024-01-01
needs = [{ id = "n" }]
offers = [{ id = "o" }]
expect = { pairs = { n = "" }, unmet = ["n"] }
"""

    failures = run_cases(match_rules_from_text(text))

    assert [str(failure) for failure in failures] == [
        "place/links, case 'One', pairs.n: expected '', found 'o'",
        "place/links, case 'One', unmet: expected ['n'], found []",
    ]


def test_exactly_is_least_and_most():
    """A quota of exactly eight has eight as its least and its most (row 96)."""
    text = """
[matching]
id = "place/links"
title = "Links"
effective = 2024-01-01
basis = "decision 1"
source = "gazette"

[[quota]]
id = "leader"
exactly = 8
"""

    (quota,) = match_rules_from_text(text).quotas

    assert (quota.least, quota.most, quota.target) == (8, 8, 8)


def test_the_digest_tells_rules_apart_and_not_their_cases():
    """Another number is another digest; another golden case is not (the rules are the same)."""
    text = """
[matching]
id = "place/links"
title = "Links"
effective = 2024-01-01
basis = "decision 1"
source = "gazette"

[[quota]]
id = "leader"
exactly = 8
"""
    case = """
[[case]]
title = "One"
on = 2024-01-01
needs = [{ id = "n" }]
offers = [{ id = "o" }]
expect = { unmet = [] }
"""

    eight, nine, tried = map(match_rules_from_text, (text, text.replace("8", "9"), text + case))

    assert eight.digest == tried.digest != nine.digest
    assert assign([], [], eight, on=ON).digest == eight.digest
