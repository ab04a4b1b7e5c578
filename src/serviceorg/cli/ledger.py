"""``serviceorg ledger``: statements of accounts, and whether a journal is what it was."""

from datetime import date
from pathlib import Path

import click

from ..basics import Period, Span, parse_period
from ..errors import LedgerProblems, Problem, UnknownIdError
from ..ledger import AccountRules, Head, Journal, Line, check_journal, explain
from ..ledger import statement as statement_of
from ..loading.journal_files import head_line, heads_from_text, journal_from_text, verified_text
from ..loading.sorts import LEDGERS
from .asked import progress, registry, say
from .books import LANG, a_day, book_of, refuse_form
from .output import FORMATS, Cell, write_csv, write_json, write_table, write_text
from .words import counted

COLUMNS = ("number", "on", "move", "amount", "balance", "memo", "reversed by")
_heads = click.option("--head", "head_file", help="Heads that were kept elsewhere, one JSON object a line.")


@click.group()
def ledger() -> None:
    """Look at a journal of accounts: statements, whether it was tampered with, its head."""


@ledger.command()
@click.argument("journal")
@click.option("--account", required=True, help="Like member:M-0007.")
@click.option("--period", "period_text", help="2024, 2024-Q3 or 2024-07; default: all of it.")
@click.option("--explain", "explained", is_flag=True, help="Say why of each line, instead of a table.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@LANG
def statement(
    *, journal: str, account: str, period_text: str | None, explained: bool, form: str, lang: str
) -> None:
    """Write the statement of one account from the file JOURNAL."""
    refuse_form(form, explained=explained)
    book = journal_of_file(journal)
    if account not in book.accounts():
        raise UnknownIdError("account", account, book.accounts())
    found = statement_of(book, account, _period(book, period_text))
    rows = [_row(line) for line in found.lines]
    if explained:
        write_text(explain(found, lang=lang))
    elif form == "json":
        lines = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        balances = {"opening": f"{found.opening:f}", "closing": f"{found.closing:f}"}
        plain = [{key: str(value) for key, value in line.items()} for line in lines]
        write_json({"account": account, **balances, "lines": plain})
    elif form == "csv":
        write_csv(COLUMNS, rows)
    else:
        period = found.period
        write_text(f"{account}  {period.start} to {period.end}")
        write_table(COLUMNS, [["", "", "opening", None, found.opening, "", ""], *rows])


@ledger.command()
@click.argument("journal")
@click.option("--rules", help="A registered id or a file: also check every entry against these rules.")
@_heads
def verify(*, journal: str, rules: str | None, head_file: str | None) -> None:
    """Tell whether anything in the file JOURNAL was changed, taken out, put in or cut off.

    What was cut off at the end shows only against a head that was kept elsewhere.
    """
    known = registry()
    account_rules: AccountRules | None = book_of(known, LEDGERS, rules) if rules else None
    heads = heads_from_text(_text(head_file), file=head_file) if head_file else ()
    text = _text(journal)
    with progress("verifying"):
        problems = list(verified_text(text, file=journal, heads=heads))
        if not problems and account_rules is not None:
            problems += check_journal(journal_from_text(text, file=journal), account_rules)
    for problem in problems:
        say(str(problem))
    if problems:
        raise click.exceptions.Exit(1)
    head = journal_from_text(text, file=journal).head()
    against = f", {counted(len(heads), 'head')} kept" if heads else ""
    click.echo(f"ok    {journal}: {counted(head.number, 'entry', 'entries')}{against}, {head.hash}")


@ledger.command()
@click.argument("journal")
def head(*, journal: str) -> None:
    """Write the head of the file JOURNAL: keep it where nobody who writes the journal can change it."""
    found: Head = journal_of_file(journal).head()
    click.echo(head_line(found), nl=False)


@ledger.command()
@click.argument("journal")
@click.option("--on", callback=a_day, metavar="DATE", help="At the end of this day; default: now.")
@click.option("--kind", default="", help="Only accounts of this kind.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
def balances(*, journal: str, on: date | None, kind: str, form: str) -> None:
    """Write the balance of every account in the file JOURNAL."""
    book = journal_of_file(journal)
    rows: list[list[Cell]] = [[one, book.balance(one, on=on)] for one in book.accounts(kind)]
    if form == "json":
        write_json({name: f"{amount:f}" for name, amount in rows})
    else:
        (write_csv if form == "csv" else write_table)(("account", "balance"), rows)


def journal_of_file(path: str) -> Journal:
    """Return the journal of a file.

    Raises:
        LedgerProblems: With everything that is wrong in it.
    """
    with progress("reading the journal"):
        return journal_from_text(_text(path), file=path)


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise LedgerProblems([Problem("encoding", "", "the file is not written in UTF-8", path)]) from None


def _period(book: Journal, text: str | None) -> Period:
    if text:
        return parse_period(text)
    entries = list(book)
    return Span(entries[0].on, entries[-1].on)


def _row(line: Line) -> list[Cell]:
    entry, undone = line.entry, line.reversed_by
    by = None if undone is None else undone.number
    return [entry.number, str(entry.on), entry.move, line.amount, line.balance, entry.memo, by]
