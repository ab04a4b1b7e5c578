"""Every broken duty file is refused with exactly the text beside it; books are held against structures."""

from pathlib import Path

import pytest

from serviceorg.basics import FrozenMap
from serviceorg.calendars import china
from serviceorg.duties import Excuse, Towards, Who, check_against, run_cases
from serviceorg.duties.book import DutyBook
from serviceorg.errors import DutyProblems
from serviceorg.loading import fact_kinds_from_text
from serviceorg.loading.duty_files import duties_from_text
from serviceorg.model import Role, Structure, TraitKind, Tree, UnitKind
from tests.duties.worlds import quarterly

BROKEN = Path(__file__).parent / "broken"
FILES = sorted(path for path in BROKEN.glob("*.toml") if path.name != "facts.toml")
KINDS = fact_kinds_from_text((BROKEN / "facts.toml").read_text(encoding="utf-8"))

HEAD = """
[duties]
id = "test/cases"
title = "Cases"
source = "A test"
[fact.report]
title = "Report"
[[duty]]
id = "report"
title = "Report"
who = { kind = "team" }
on = { every = "day" }
fulfilled = { fact = "report" }
"""
CASE = """
[[case]]
title = "A day"
period = "2024-05-01..2024-05-01"
on = 2024-05-02
units = [{ id = "T", kind = "team" }]
facts = [{ subject = "T", kind = "report", on = 2024-05-01 }]
"""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_file_is_refused_with_its_text(path):
    """The message is the expected text, line by line: where, what was found, what is allowed, a guess."""
    expected = path.with_suffix(".expected").read_text(encoding="utf-8")

    with pytest.raises(DutyProblems) as caught:
        duties_from_text(path.read_text(encoding="utf-8"), file=path.name, kinds=KINDS)

    assert f"{caught.value}\n" == expected


def failures(expected):
    """Return what comes out other than a case expects."""
    book = duties_from_text(f"{HEAD}{CASE}{expected}")
    return [str(failure) for failure in run_cases(book, calendars={"cn": china()})]


def test_a_case_that_expects_too_little_fails():
    """An obligation nobody wrote down is told: a case has all of them."""
    assert failures("expect = []") == [
        "case 'A day', report of T in 2024-05-01: expected nothing, found done"
    ]


def test_a_case_that_expects_something_else_fails():
    """Status, numbers, days, empty posts and facts are each held against what came out."""
    wrong = (
        'expect = [{ duty = "report", who = "T", period = "2024-05-01", status = "missed", done = 0, '
        'needed = 2, due = 2024-05-02, unit = "U" }, '
        '{ duty = "report", who = "T", period = "2024-05-02", status = "open" }]\n'
        'vacant = ["report:T"]\nemits = ["kept:T"]'
    )

    start = "case 'A day', report of T in 2024-05-01, "
    assert failures(wrong) == [
        f"{start}status: expected missed, found done",
        f"{start}done: expected 0, found 1",
        f"{start}needed: expected 2, found 1",
        f"{start}due: expected 2024-05-02, found 2024-05-01",
        f"{start}unit: expected U, found T",
        "case 'A day', report of T in 2024-05-02: expected open, found no such obligation",
        "case 'A day', vacant: expected ['report:T'], found []",
        "case 'A day', facts: expected ['kept:T'], found []",
    ]


def test_the_digest_names_the_rules_and_not_the_cases():
    """A further case leaves the digest as it was, another frequency changes it."""
    plain = duties_from_text(HEAD).digest
    expected = 'expect = [{ duty = "report", who = "T", period = "2024-05-01", status = "done" }]'

    assert duties_from_text(f"{HEAD}{CASE}{expected}").digest == plain
    assert duties_from_text(HEAD.replace('"day"', '"working-day"')).digest != plain
    assert len(plain) == 64


def test_a_book_is_held_against_a_structure():
    """Roles, kinds, trees, traits and values the structure does not know are told, each with a guess."""
    structure = Structure(
        trees=(Tree(id="links"),),
        kinds=(UnitKind(id="small-grid"), UnitKind(id="household")),
        roles=(Role(id="linker", at=("household",)),),
        traits=(
            TraitKind(id="care", of=("household",), one_of=("ordinary", "poor")),
            TraitKind(id="absence", of=("household",)),
        ),
    )
    duty = quarterly(
        who=Who(role="linker", at=("small-grid", "street")),
        towards=Towards(
            kinds=("houshold",), tree="link", where=FrozenMap({"care": ("por",), "cares": ("x",)})
        ),
        excuse=Excuse(who=FrozenMap({"absence": ("leave",)})),
    )

    found = check_against(DutyBook(id="test/duties", duties=(duty,), origin="visits.toml"), structure)

    expected = """
who.at: unknown kind of unit 'street'; known are 'household', 'small-grid' [unknown-name]
who.at: the role 'linker' is never held at 'small-grid'; known are 'household' [never-held]
who.at: the role 'linker' is never held at 'street'; known are 'household' [never-held]
towards.tree: unknown tree 'link'; known are 'links'. Did you mean 'links'? [unknown-name]
towards.kind: unknown kind of unit 'houshold'; known are 'household', 'small-grid'. \
Did you mean 'household'? [unknown-name]
towards.where.care: the trait 'care' is never 'por'; known are 'ordinary', 'poor'. Did you mean 'poor'? \
[unknown-value]
towards.where.care: nothing here has the trait 'care': it is for household [never-held]
towards.where.cares: unknown trait 'cares'; known are 'absence', 'care'. Did you mean 'care'? [unknown-name]
excuse.who.absence: nothing here has the trait 'absence': it is for household [never-held]
"""
    told = [str(problem) for problem in found]
    assert told == [f"visits.toml, duty 'visit', {line}" for line in expected.strip().split("\n")]


def test_an_empty_structure_allows_every_name():
    """Where nothing is declared nothing is unknown."""
    assert check_against(DutyBook(id="test/duties", duties=(quarterly(),)), Structure()) == ()
