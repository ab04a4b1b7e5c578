"""Rows as a table, as CSV or as JSON; text for people goes to standard output, problems do not."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

import click

from .escaping import safe_cell, visible

Cell = str | int | Decimal | Fraction | None

FORMATS = ("table", "json", "csv")


def write_text(text: str) -> None:
    """Write lines that may hold text from data."""
    click.echo("\n".join(map(visible, text.splitlines())))


def write_json(value: object) -> None:
    """Write plain values as indented JSON, Chinese as it is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def write_document(text: str) -> None:
    """Write a text in a format of its own: as it is into a pipe or file, harmless on a terminal."""
    if sys.stdout.isatty():
        write_text(text)
    else:
        click.echo(text, nl=False)


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write RFC 4180 rows; text cells that a spreadsheet would take for a formula are escaped."""
    for row in (columns, *rows):
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(_csv_cell(cell) for cell in row)
        click.echo(line.getvalue())


def write_table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table for the eye: as wide as the terminal, or as wide as its cells when piped."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    terminal = sys.stdout.isatty()
    # soft_wrap would cut nothing either, but it also stops rich from aligning the columns.
    console = Console(file=sys.stdout, width=None if terminal else 10_000, highlight=False)
    table = Table(box=box.SIMPLE_HEAD if terminal else None, pad_edge=False, header_style="bold")
    cells = [list(row) for row in rows]
    for place, column in enumerate(columns):
        numbers = any(isinstance(row[place], int | Decimal | Fraction) for row in cells)
        table.add_column(Text(column), justify="right" if numbers else "left", overflow="fold")
    for row in cells:
        table.add_row(*(Text(_table_cell(cell)) for cell in row))
    with console.capture() as captured:
        console.print(table)
    text = captured.get()
    click.echo("\n".join(line.rstrip() for line in text.splitlines()), color=True if terminal else None)


def _csv_cell(cell: Cell) -> str:
    # A spreadsheet knows no fractions: it would divide -1/35, or make a day of it.
    return safe_cell(str(cell)) if isinstance(cell, str | Fraction) else _number(cell)


def _table_cell(cell: Cell) -> str:
    return visible(safe_cell(cell)) if isinstance(cell, str) else _number(cell)


def _number(cell: int | Decimal | Fraction | None) -> str:
    if cell is None:
        return ""
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
