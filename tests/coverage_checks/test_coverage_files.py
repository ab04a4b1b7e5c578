"""Coverage files: the bundled ones say what their places report, broken ones are refused in full."""

import ast
import contextlib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serviceorg.coverage import Bounds, Display, ShareBound, case_report, explain, run_case, word_problems
from serviceorg.errors import CoverageProblems
from serviceorg.loading import CODES, fact_kinds_from_text
from serviceorg.loading.coverage_codes import COVERAGE_CODES
from serviceorg.loading.coverage_files import coverage_from_text
from serviceorg.loading.structure_files import structure_from_text

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1] / "src" / "serviceorg"
BUNDLED = sorted((PACKAGE / "schemes").glob("*/coverage/*.toml"))
BROKEN = sorted((HERE / "broken").glob("*.toml"))


def book_of(path):
    """Return a bundled book, with the fact kinds of its place."""
    kinds = fact_kinds_from_text((path.parents[1] / "facts.toml").read_text(encoding="utf-8"))
    return coverage_from_text(path.read_text(encoding="utf-8"), file=path.name, kinds=kinds)


def structure_beside(path):
    """Return the structure of a bundled book's place."""
    return structure_from_text((path.parents[1] / "structure.toml").read_text(encoding="utf-8"))


BOOKS = {path: book_of(path) for path in BUNDLED}
each_book = pytest.mark.parametrize("path", BUNDLED, ids=lambda path: f"{path.parents[1].name}-{path.stem}")


def small(text):
    """Return the only check of a small file."""
    head = '[coverage]\nid = "test/book"\ntitle = "Test"\nsource = "Invented"\n'
    return coverage_from_text(head + text).checks[0]


# ---- bundled files


def test_six_places_have_a_book():
    """Erqi, Zunyi, Zhucheng, Pingxiang, Qinling Road and Gaomi have their checks."""
    places = {path.parents[1].name for path in BUNDLED}

    assert places == {"erqi", "zunyi", "zhucheng", "pingxiang", "qinling", "gaomi"}


@each_book
def test_golden_cases_come_out_as_written(path):
    """Every golden case of a bundled book comes out exactly as it was worked out by hand."""
    book, structure = BOOKS[path], structure_beside(path)

    assert book.cases
    assert [said for case in book.cases for said in run_case(book, case, structure=structure)] == []


@each_book
def test_every_check_has_a_golden_case(path):
    """No check of a bundled book goes without a case that expects something of it."""
    book = BOOKS[path]

    expected = {check for case in book.cases for check in case.expect}

    assert {rule.id for rule in book.checks} - expected == set()


@each_book
def test_a_book_speaks_the_words_of_its_structure(path):
    """Kinds, roles, traits, trees and catalogues of a bundled book are declared by its place's structure."""
    assert word_problems(BOOKS[path], structure_beside(path)) == ()


@each_book
def test_checks_have_titles_in_both_languages_and_rows(path):
    """Each check of a bundled book is named in Chinese and English and says which row it is from."""
    for rule in BOOKS[path].checks:
        assert rule.title.zh
        assert rule.title.en
        assert rule.rows
        assert set(rule.rows) <= set(BOOKS[path].rows)


def test_the_rows_of_the_reports_are_covered():
    """What the reports say of coverage and quotas stands in some book (rows 3 to 170)."""
    rows = {row for book in BOOKS.values() for row in book.rows}

    wanted = {3, 8, 9, 13, 16, 17, 18, 20, 24, 30, 34, 63, 75, 85, 88, 90, 91, *range(94, 99), 107, 114, 116}
    wanted |= {120, 121, 122, 128, 129, 136, 138, 141, *range(145, 152), 163, 170}
    assert wanted - rows == set()


# ---- what a file says


def test_a_tolerance_in_percent_is_of_what_is_wanted():
    """Twenty per cent of 30 are 6."""
    check = small('[[quota]]\nid = "q"\neach = "cell"\nsize = true\nabout = 30\ntolerance = "20%"\n')

    assert check.bounds == Bounds(about=Decimal(30), tolerance=Fraction(6))


def test_shares_are_shown_as_declared_or_by_their_noun():
    """A cover is cut to a tenth, so that 99.97 % never looks like all; a share is rounded to whole ones."""
    body = 'id = "c"\neach = "cell"\nsize = true\nat_least = 1\n'

    assert small(f"[[cover]]\n{body}").display == Display(places=1, direction="down")
    assert small(f"[[quota]]\n{body}").display == Display(places=1)
    assert small(f'[[share]]\n{body}wanted = {{ above = "1/3" }}\n').display == Display(places=0)
    assert small(f"[[quota]]\n{body}display = {{ places = 3 }}\n").display == Display(places=3)


def test_a_circle_reaches_everybody_unless_it_says_otherwise():
    """Without a bound of its own a circle wants all residents reached (row 141)."""
    text = '[[reach]]\nid = "r"\npoints = "p"\nhomes = "h"\nminutes = 15\nmetres_per_minute = 60\n'

    assert small(text).share == ShareBound(at_least=Fraction(1))
    assert small(text).share_of == "residents"


def test_a_case_that_comes_out_otherwise_says_what_it_found():
    """A golden case that does not hold names the check, what was expected and what was found."""
    text = (
        '[coverage]\nid = "test/book"\ntitle = "Test"\nsource = "Invented"\n'
        '[[cover]]\nid = "c"\neach = "cell"\nholders = { role = "head" }\n'
        '[[case]]\ntitle = "one"\non = 2013-01-01\nexpect = { c = { base = 2, share = "1/2", hard = [] } }\n'
        'units = { A = { kind = "cell" } }\n'
    )
    book = coverage_from_text(text)

    said = run_case(book, book.cases[0])

    assert said == (
        "c.base: expected 2, found 1",
        "c.share: expected Fraction(1, 2), found Fraction(0, 1)",
        "c.hard: expected (), found ('A',)",
    )


def test_a_bundled_check_explains_itself():
    """The 22.9 households of a linker are told with the exact mean, the deviation and the source (M15)."""
    path = next(path for path in BUNDLED if path.parents[1].name == "zhucheng")
    report = case_report(BOOKS[path], BOOKS[path].cases[0], structure=structure_beside(path))

    assert explain(report["all-linkers"]) == (
        "Households of a linker, on average (all-linkers): 0 of 140 (0.0 %)"
        " (source: 14,000 staff link 320,000 households)\n"
        "  3200 in all, 22.9 (160/7 ≈ 22.86) on average\n"
        "  row 97, 98 of the source table\n"
        "  as a whole 160/7 ≈ 22.86, wanted is about 30 (-50/7 ≈ -7.14); told, not a fault"
    )


# ---- broken files


def problems_of(path):
    """Return the problems of a broken file."""
    with pytest.raises(CoverageProblems) as caught:
        coverage_from_text(path.read_text(encoding="utf-8"), file=path.name)
    return caught.value


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_is_refused_with_its_text(path):
    """The message is the expected text, line by line: where, what was found, what is allowed, a guess."""
    expected = path.with_suffix(".expected").read_text(encoding="utf-8")

    assert f"{problems_of(path)}\n" == expected


def codes_written():
    """Return every code the checks of coverage files can report."""
    calls = [
        node
        for path in (PACKAGE / "loading" / "checks").glob("coverage*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("add", "unknown", "guess")
    ]
    return {call.args[0].value for call in calls if call.args and isinstance(call.args[0], ast.Constant)}


def test_every_code_has_a_meaning_and_a_broken_file():
    """A code that the checks report is explained in two languages, and a file here shows it."""
    shown = {problem.code for path in BROKEN for problem in problems_of(path).problems}

    assert codes_written() <= {*CODES, *COVERAGE_CODES}
    assert codes_written() | set(COVERAGE_CODES) <= shown
    assert all(meaning.zh and meaning.en for meaning in COVERAGE_CODES.values())


#: What may stand for a value by mistake or on purpose.
STRANGE = [
    "-1",
    "0",
    "1.5",
    "nan",
    "1e999999",
    '""',
    '"x"',
    "[]",
    "{}",
    "true",
    "2013-01-01",
    "99999999999999999999",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_is_written_is_a_book_or_a_list_of_problems(data):
    """A line that is gone, twice, or has another value makes a book or typed problems, no crash."""
    path = data.draw(st.sampled_from(BUNDLED))
    lines = path.read_text(encoding="utf-8").splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    name, equals, _ = lines[at].partition(" = ")
    changed = data.draw(
        st.sampled_from(["", f"{lines[at]}\n{lines[at]}", *(f"{name} = {one}" for one in STRANGE)])
    )
    text = "\n".join([*lines[:at], changed if equals else "", *lines[at + 1 :]])

    with contextlib.suppress(CoverageProblems):
        coverage_from_text(text, kinds=BOOKS[path].kinds)
