"""``serviceorg snapshot``: whether an organisation fits together, and what is in it on a day."""

from collections import Counter
from datetime import date

import click

from ..loading.snapshots.files import read_snapshot
from ..model import Snapshot, Structure
from .asked import progress, registry
from .book_words import headings, word
from .books import LANG, NO_STRUCTURE, a_day, snapshot_of, words_of
from .everything import named
from .groups import Guessing
from .output import FORMATS, Cell, write_csv, write_json, write_table
from .words import counted

COLUMNS = ("what", "id", "title", "count")
_structure = click.option(
    "--structure", help="A registered structure or a file; default: structure.toml of the folder."
)


@click.group(cls=Guessing)
def snapshot() -> None:
    """Check a folder of units, people and bonds, and count what is in it on a day."""


@snapshot.command()
@click.argument("folder")
@_structure
def check(*, folder: str, structure: str | None) -> None:
    """Tell everything that does not fit together in FOLDER, with file and line.

    Cells without a head or with two, units nobody placed, circles, overlaps, bonds to who is gone. Without
    a structure nothing says which words, levels and numbers are right, so these are not checked.
    """
    named("FOLDER", folder)
    words = words_of(registry(), structure) if structure is not None else None
    with progress("checking the snapshot"):
        found = read_snapshot(folder, structure=words)
    parts = (
        counted(len(found.units), "unit"),
        counted(len(found.people), "person", "people"),
        counted(len(found.placements), "placement"),
        counted(len(found.memberships), "membership"),
        counted(len(found.traits), "trait"),
        counted(len(found.changes), "change"),
    )
    unchecked = "" if found.structure != Structure() else f" ({NO_STRUCTURE})"
    click.echo(f"ok    {folder}: {', '.join(parts)}{unchecked}")


@snapshot.command()
@click.argument("folder")
@_structure
@click.option("--on", callback=a_day, required=True, metavar="DATE", help="The day looked at.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@LANG
def show(*, folder: str, structure: str | None, on: date, form: str, lang: str) -> None:
    """Count the units of each kind and the bonds of each role in FOLDER on a day."""
    found = snapshot_of(registry(), folder, structure, on=on)
    rows = _counts(found, on, lang)
    if form == "json":
        write_json([dict(zip(COLUMNS, row, strict=True)) for row in rows])
    elif form == "csv":
        write_csv(COLUMNS, rows)
    else:
        write_table(headings(COLUMNS, lang), [[word(str(what), lang), *rest] for what, *rest in rows])


def _counts(found: Snapshot, on: date, lang: str) -> list[list[Cell]]:
    kinds = Counter(unit.kind for unit in found.units_on(on))
    bonds = [bond for bond in found.memberships if _holds(bond.since, bond.until, on)]
    roles = Counter(bond.role for bond in bonds)
    words = found.structure
    rows: list[list[Cell]] = []
    for what, counts, titles in (("unit", kinds, words.kinds), ("role", roles, words.roles)):
        for name in sorted(counts):
            title = titles[name].title.in_(lang) if name in titles else ""
            rows.append([what, name, title, counts[name]])
    return rows


def _holds(since: date | None, until: date | None, on: date) -> bool:
    return (since is None or since <= on) and (until is None or on <= until)
