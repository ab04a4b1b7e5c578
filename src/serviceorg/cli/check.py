"""``serviceorg check``: everything that can be said against rules before anybody meets them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import click

from ..calendars import china
from ..errors import Problems, ServiceOrgError, UnknownIdError
from ..loading.files import from_path
from ..loading.snapshots.tables import TABLES
from ..loading.sorts import STRUCTURES, Sort
from ..model import Structure
from ..plugins import Registry
from ..workflow.rules import Workflow
from .asked import registry, say
from .everything import everything
from .words import counted
from .workflow_named import flow_of


@click.command()
@click.argument("rules", nargs=-1, required=True)
def check(rules: tuple[str, ...]) -> None:
    """Check books of every sort, and run their golden cases.

    RULES are registered ids, files, or folders: of rule sets, workflows, structures, duties, coverage
    checks, account rules, matching rules and commitments.
    """
    known = registry()
    sound = [_is_sound(known, name) for name in rules]
    if not all(sound):
        raise click.exceptions.Exit(1)


def _is_sound(known: Registry, name: str) -> bool:
    try:
        found = everything(known, name)
    except Problems as error:
        say(str(error))
        return False
    _tell_records(name)
    beside = {book.id: book for sort, book in found if sort is STRUCTURES} or _structure_beside(found)
    sound = [_holds(known, sort, one, beside) for sort, one in found]  # every failure is told
    return all(sound)


def _structure_beside(found: Sequence[tuple[Sort, Any]]) -> dict[str, Structure]:
    """Return the structure in the folder of a file, or in that above for one in its sort's own folder.

    One that is broken is left to who checks it.
    """
    if len(found) != 1 or not found[0][1].origin:
        return {}
    sort, book = found[0]
    folder = Path(book.origin).resolve().parent
    for place in (folder, folder.parent) if folder.name == sort.folder else (folder,):
        file = place / STRUCTURES.single
        if file.is_file():
            with suppress(Problems):
                structure: Structure = from_path(STRUCTURES, file)
                return {structure.id: structure}
    return {}


def _tell_records(name: str) -> None:
    """Tell that the units and people of a folder are not looked at, where there are any."""
    folder = Path(name)
    found = [one for one in TABLES if any(folder.glob(f"{one}.*"))] if folder.is_dir() else []
    if found:
        records = ", ".join(found)
        say(f"notice: {name} holds {records} too; 'serviceorg snapshot check {name}' looks at them")


def _holds(known: Registry, sort: Sort, book: Any, beside: Mapping[str, Structure]) -> bool:
    if sort.head == "workflow":
        return stories_hold(book)
    structure = _structure_of(known, book, beside)
    failures: list[object] = []
    # Each on its own: a case that cannot be run hides no word that is wrong.
    for told in (
        partial(_strangers, sort, book, structure),
        partial(_failures, known, sort, book, structure),
    ):
        try:
            failures += told()
        except ServiceOrgError as error:
            failures.append(error)
    for failure in failures:
        say(_placed(str(failure), book))
    if not failures:
        click.echo(f"ok    {_called(sort, book)}: {', '.join(_parts(sort, book))}")
    return not failures


def _placed(text: str, book: Any) -> str:
    """Return what was told with the book in front of it, unless it names the book or its file itself."""
    if text.startswith((book.id, book.origin or book.id)):
        return text
    return f"{book.id}{', ' if text.startswith('case ') else ': '}{text}"


def _structure_of(known: Registry, book: Any, beside: Mapping[str, Structure]) -> Structure:
    """Return the structure of a book's place: of the same folder, registered, or one without words."""
    name = f"{book.id.partition('/')[0]}/structure"
    if name in beside:
        return beside[name]
    return known.structure(name) if name in known.known("structure") else Structure()


def _strangers(sort: Sort, book: Any, structure: Structure) -> Iterable[object]:
    """Return what a book names that the structure of its place does not know."""
    from .. import coverage, duties

    against: dict[str, Callable[[], Iterable[object]]] = {
        "duties": lambda: duties.check_against(book, structure),
        "coverage": lambda: coverage.word_problems(book, structure),
    }
    return against[sort.head]() if sort.head in against else ()


def _failures(known: Registry, sort: Sort, book: Any, structure: Structure) -> Iterable[object]:
    """Return what golden cases of a book do not hold; a structure has none."""
    from .. import commitments, coverage, duties, ledger, matching, scoring

    runs: dict[str, Callable[[], Iterable[object]]] = {
        "rule_set": lambda: scoring.run_cases(book, measures=known.measures),
        "duties": lambda: duties.run_cases(book, calendars={"cn": china()}),
        "coverage": lambda: coverage.run_cases(book, structure=structure),
        "ledger": lambda: ledger.run_cases(book),
        "matching": lambda: matching.run_cases(book),
        "commitments": lambda: commitments.run_cases(book),
    }
    return runs[sort.head]() if sort.head in runs else ()


def _called(sort: Sort, book: Any) -> str:
    """Return the id of a book; rule sets have a version too, and the other sorts are named."""
    return f"{book.id} {book.version}" if sort.head == "rule_set" else f"{book.id} ({sort.noun})"


#: What a book of each sort holds: attribute, one, many.
_HOLDS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "rule_set": (("categories", "category", "categories"), ("items", "item", "items")),
    "structure": (("trees", "tree", "trees"), ("kinds", "kind", "kinds"), ("roles", "role", "roles")),
    "duties": (("duties", "duty", "duties"),),
    "coverage": (("checks", "check", "checks"),),
    "ledger": (("accounts", "account kind", "account kinds"), ("moves", "move", "moves")),
    "matching": (("conditions", "condition", "conditions"), ("ranks", "rank", "ranks")),
    "commitments": (("commitments", "commitment", "commitments"),),
}


def _parts(sort: Sort, book: Any) -> Iterable[str]:
    for name, one, many in _HOLDS[sort.head]:
        yield counted(len(getattr(book, name)), one, many)
    if hasattr(book, "cases"):
        yield counted(len(book.cases), "case")


def stories_hold(rules: Workflow) -> bool:
    """Return whether every golden case of a workflow holds; tell those that do not, or what was checked."""
    try:
        failures = flow_of(rules).run_cases()
    except UnknownIdError as error:
        say(f"{rules.id}: its cases cannot be run here: {error}")
        return False
    for failure in failures:
        say(f"{rules.id}, {failure}")
    version = rules.versions[-1]
    parts = ", ".join(
        (
            counted(len(version.states), "state"),
            counted(len(version.moves), "move"),
            counted(len(version.clocks), "clock"),
            counted(len(version.promises), "promise"),
            counted(len(rules.cases), "case"),
        )
    )
    if not failures:
        click.echo(f"ok    {rules.id} {version.effective}: {parts}")
    return not failures
