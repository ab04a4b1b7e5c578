"""``serviceorg schemes`` and ``serviceorg plugins``: what is there, and where it comes from."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import attrs
import click

from ..errors import PluginFault, Problems
from ..loading.sorts import RULES, Sort
from ..plugins import Plugin, Registry
from ..scoring.rules import RuleSet
from .asked import registry, say
from .book_words import headings, word
from .everything import ORDER
from .output import FORMATS, Cell, write_csv, write_json, write_table
from .workflow import COLUMNS, as_json, registered, row_of

_form = click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)


#: The columns of a list of rule sets, and of the books of other sorts.
RULE_SETS = ("id", "title", "period", "subject", "categories", "items", "illustrative", "source")
BOOKS = ("sort", "id", "title", "illustrative", "source")
#: Every sort that has no list of its own.
_OTHERS = tuple(sort for sort in ORDER if sort.head not in ("rule_set", "workflow"))


@click.command()
@click.option(
    "--sort",
    "head",
    type=click.Choice([sort.head for sort in ORDER]),
    help="Only this sort; default: all in the table, rule sets in CSV and JSON.",
)
@_form
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def schemes(*, head: str | None, form: str, lang: str) -> None:
    """List every registered rule set and, in the table, every workflow and every other book.

    CSV and JSON hold one sort each: rule sets, or what --sort says.
    """
    known = registry()
    wanted = head or ("" if form == "table" else RULES.head)
    is_whole = True  # whether everything could be read
    if wanted in ("", "rule_set"):
        is_whole &= _list_rule_sets(known, form, lang)
    if wanted in ("", "workflow"):
        is_whole &= _list_workflows(known, form, lang, is_alone=bool(wanted))
    others = [sort for sort in _OTHERS if wanted in ("", sort.head)]
    if others:
        is_whole &= _list_books(known, others, form, lang, is_alone=bool(wanted))
    if not is_whole:
        raise click.exceptions.Exit(1)


def _list_rule_sets(known: Registry, form: str, lang: str) -> bool:
    found, is_whole = _read(known, RULES)
    if form == "json":
        write_json([_scheme_as_json(rules) for rules in found])
    else:
        rows = [_scheme_row(rules, lang) for rules in found]
        (write_csv if form == "csv" else write_table)(RULE_SETS, rows)
    return is_whole


def _list_workflows(known: Registry, form: str, lang: str, *, is_alone: bool) -> bool:
    found, is_damaged = registered(known)
    if form == "json":
        write_json([as_json(one) for one in found])
    elif found or is_alone:
        _write_rows(COLUMNS, [row_of(one, lang) for one in found], form, is_alone=is_alone)
    return not is_damaged


def _list_books(known: Registry, sorts: list[Sort], form: str, lang: str, *, is_alone: bool) -> bool:
    found, is_whole = [], True
    for sort in sorts:
        books, could_be_read = _read(known, sort)
        found += [(sort, book) for book in books]
        is_whole &= could_be_read
    if form == "json":
        write_json([_book_as_json(sort, book) for sort, book in found])
    elif found or is_alone:
        columns = BOOKS if form == "csv" else headings(BOOKS, lang)
        rows = [_book_row(sort, book, form, lang) for sort, book in found]
        _write_rows(columns, rows, form, is_alone=is_alone)
    return is_whole


def _write_rows(columns: Sequence[str], rows: list[list[Cell]], form: str, *, is_alone: bool) -> None:
    if not is_alone:
        click.echo()
    (write_csv if form == "csv" else write_table)(columns, rows)


def _read(known: Registry, sort: Sort) -> tuple[list[Any], bool]:
    """Return every registered book of a sort that can be read, and whether all could; the others are told."""
    found, is_whole = [], True
    for name in known.known(sort.head):
        try:
            found.append(known.get(sort.head, name))
        except (Problems, PluginFault) as error:
            is_whole = False
            say(str(error))
    return found, is_whole


def _book_row(sort: Sort, book: Any, form: str, lang: str) -> list[Cell]:
    called = sort.head if form == "csv" else word(sort.head, lang)
    illustrative = "yes" if book.illustrative else "no"
    return [
        called,
        book.id,
        book.title.in_(lang),
        illustrative if form == "csv" else word(illustrative, lang),
        book.source,
    ]


def _book_as_json(sort: Sort, book: Any) -> dict[str, object]:
    return {
        "sort": sort.head,
        "id": book.id,
        "title": {"zh": book.title.zh, "en": book.title.en},
        "illustrative": book.illustrative,
        "source": book.source,
    }


def _scheme_row(rules: RuleSet, lang: str) -> list[Cell]:
    return [
        rules.id,
        rules.title.in_(lang),
        rules.period,
        " ".join(rules.subject_kinds),
        len(rules.categories),
        len(rules.items),
        "yes" if rules.illustrative else "no",
        rules.source,
    ]


def _scheme_as_json(rules: RuleSet) -> dict[str, object]:
    return {
        "id": rules.id,
        "title": {"zh": rules.title.zh, "en": rules.title.en},
        "period": rules.period,
        "subject": list(rules.subject_kinds),
        "categories": len(rules.categories),
        "items": len(rules.items),
        "illustrative": rules.illustrative,
        "source": rules.source,
        "version": rules.version,
        "hash": rules.digest,
    }


@click.command()
@_form
def plugins(*, form: str) -> None:
    """List plugins and folders of rules; the exit code is 1 if any of them is broken."""
    known = registry()
    if form == "json":
        write_json([_plugin_as_json(plugin) for plugin in known.plugins])
    else:
        columns = ("id", "distribution", "version", "origin", "status", "brings")
        rows: list[list[Cell]] = [
            [
                one.id,
                one.distribution,
                one.version,
                one.origin,
                one.status,
                " ".join(dict.fromkeys((*chain(*one.brings.values()), *one.measures))),
            ]
            for one in known.plugins
        ]
        (write_csv if form == "csv" else write_table)(columns, rows)
    if known.problems:
        raise click.exceptions.Exit(1)


def _plugin_as_json(plugin: Plugin) -> dict[str, object]:
    return {**attrs.asdict(plugin), "rule_sets": plugin.rule_sets, "workflows": plugin.workflows}
