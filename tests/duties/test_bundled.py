"""The duty files that come along: their golden cases hold, and they fit their place's organisation."""

from pathlib import Path

import pytest

import serviceorg
from serviceorg.calendars import china
from serviceorg.duties import check_against, run_cases
from serviceorg.loading import fact_kinds_from_text
from serviceorg.loading.duty_files import duties_from_text
from serviceorg.loading.structure_files import structure_from_text

SCHEMES = Path(serviceorg.__file__).parent / "schemes"
FILES = sorted(SCHEMES.glob("*/duties/*.toml"))


def book_of(path):
    """Return the book of a bundled file."""
    kinds = fact_kinds_from_text((path.parents[1] / "facts.toml").read_text(encoding="utf-8"))
    return duties_from_text(path.read_text(encoding="utf-8"), file=path.name, kinds=kinds)


def named(path):
    """Return how a file is called: place/name."""
    return f"{path.parents[1].name}/{path.stem}"


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_golden_case_comes_out_as_written(path):
    """A bundled file's cases hold to the last obligation, and it has at least one (W25)."""
    book = book_of(path)

    assert book.cases
    assert [str(failure) for failure in run_cases(book, calendars={"cn": china()})] == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_duty_is_in_a_golden_case(path):
    """No bundled duty is without an obligation in one of its file's cases."""
    book = book_of(path)

    shown = {one.duty for case in book.cases for one in case.expect}

    assert shown == {duty.id for duty in book.duties}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_file_is_named_for_what_it_holds(path):
    """The id of a bundled book is PLACE/NAME of its file, so that a registry finds it unread."""
    assert book_of(path).id == named(path)


@pytest.mark.parametrize(
    "path", [path for path in FILES if (path.parents[1] / "structure.toml").exists()], ids=named
)
def test_a_book_fits_the_organisation_of_its_place(path):
    """Each role, kind, tree, trait and value a bundled book names is declared in the place's structure."""
    structure = structure_from_text((path.parents[1] / "structure.toml").read_text(encoding="utf-8"))

    assert check_against(book_of(path), structure) == ()
