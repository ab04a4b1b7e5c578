"""``serviceorg ledger``: statements of accounts, and whether a journal is what it was."""

import stat
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import attrs
import click

from ..basics import Label, Period, Span, parse_period
from ..errors import LedgerProblems, Problem, UnknownIdError
from ..ledger import AccountRules, Entry, Head, Journal, Line, Statement, check_journal, explain, verify
from ..ledger import statement as statement_of
from ..ledger.verifying import journal_of
from ..loading.journals.files import entries_from_text, head_line, heads_from_text, journal_from_text
from ..loading.sorts import LEDGERS
from .asked import progress, registry, say
from .book_words import headings, word
from .books import LANG, a_day, book_of, refuse_form, unknown
from .everything import named
from .groups import Guessing
from .output import FORMATS, Cell, write_csv, write_json, write_table, write_text
from .words import counted

COLUMNS = ("number", "on", "move", "amount", "balance", "memo", "reversed_by")
BALANCES = ("account", "balance")


@click.group(cls=Guessing)
def ledger() -> None:
    """Look at a journal of accounts: statements, whether it was tampered with, its head."""


@ledger.command()
@click.argument("journal")
@click.option(
    "--account", required=True, help="KIND:OWNER, like points:M-0007; 'ledger balances' lists them."
)
@click.option("--period", "period_text", help="2024, 2024-Q3 or 2024-07; default: all of it.")
@click.option("--rules", help="A registered id or a file: call moves by their titles; default: by their ids.")
@click.option("--explain", "explained", is_flag=True, help="Say why of each line, instead of a table.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@LANG
def statement(
    *,
    journal: str,
    account: str,
    period_text: str | None,
    rules: str | None,
    explained: bool,
    form: str,
    lang: str,
) -> None:
    """Write the statement of one account from the file JOURNAL.

    With --rules, tables and explanations have the titles of moves, in --lang; CSV keeps their ids.
    """
    refuse_form(form, explained=explained)
    period = parse_period(period_text) if period_text else None
    account_rules: AccountRules | None = None if rules is None else book_of(registry(), LEDGERS, rules)
    book = journal_of_file(journal)
    known = set(book.accounts())
    if account not in known:
        raise _no_account(journal, account, known)
    found = statement_of(book, account, period or _whole(book))
    if not found.lines:
        say(f"notice: {account} has no entry in {found.period}")
    titles = _titles(found, account_rules, lang)
    if explained:
        write_text(explain(found, lang=lang, rules=account_rules))
    elif form == "json":
        write_json(_as_json(found, titles))
    elif form == "csv":
        write_csv(COLUMNS, map(_row, found.lines))
    else:
        period = found.period
        write_text(f"{account}  {period.start} {word('to', lang)} {period.end}")
        first: list[Cell] = ["", "", word("opening", lang), None, found.opening, "", ""]
        last: list[Cell] = ["", "", word("closing", lang), None, found.closing, "", ""]
        rows = [_row(line, titles.get(line.entry.number, "")) for line in found.lines]
        write_table(headings(COLUMNS, lang), [first, *rows, last])


@ledger.command("verify")
@click.argument("journal")
@click.option("--rules", help="A registered id or a file: also check every entry against these rules.")
@click.option("--head", "head_file", help="Heads that were kept elsewhere, one JSON object a line.")
def verify_file(*, journal: str, rules: str | None, head_file: str | None) -> None:
    """Tell whether anything in the file JOURNAL was changed, taken out, put in or cut off.

    What was cut off at the end shows only against a head that was kept elsewhere.
    """
    account_rules: AccountRules | None = None if rules is None else book_of(registry(), LEDGERS, rules)
    with progress("reading the journal"):
        entries = entries_from_text(_text(journal), file=journal)
    heads = _heads(head_file, journal)
    with progress("verifying"):
        problems = list(verify(entries, heads=heads, file=journal))
        if not problems and account_rules is not None:
            against = check_journal(journal_of(entries, file=journal), account_rules)
            problems += [attrs.evolve(one, file=journal) for one in against]
    if problems:
        raise LedgerProblems(problems)
    if not entries:
        say(f"notice: {journal} holds no entries")
    last = _head_of(entries)
    parts = [counted(last.number, "entry", "entries")]
    parts += [f"{counted(len(heads), 'head')} kept"] if heads else []
    parts += [f"as {account_rules.id} allows"] if account_rules is not None else []
    click.echo(f"ok    {journal}: {', '.join(parts)}, {last.hash}")


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
@LANG
def balances(*, journal: str, on: date | None, kind: str, form: str, lang: str) -> None:
    """Write the balance of every account in the file JOURNAL, those of nothing too."""
    book = journal_of_file(journal)
    kinds = {one.partition(":")[0] for one in book.accounts()}
    if kind and kind not in kinds:
        raise unknown("kind of account", kind, kinds)
    if on is not None and len(book) and not book.count(on):
        say(f"notice: {journal} has no entry by {on}; the first is of {next(iter(book)).on}")
    rows: list[list[Cell]] = [[one, book.balance(one, on=on)] for one in book.accounts(kind)]
    if form == "json":
        write_json({name: f"{amount:f}" for name, amount in rows})
    elif form == "csv":
        write_csv(BALANCES, rows)
    else:
        write_table(headings(BALANCES, lang), rows)


def journal_of_file(path: str) -> Journal:
    """Return the journal of a file; that it holds no entries is told.

    Raises:
        LedgerProblems: With everything that is wrong in it.
    """
    text = _text(path)
    with progress("reading the journal"):
        book = journal_from_text(text, file=path)
    if not len(book):
        say(f"notice: {path} holds no entries")
    return book


def _no_account(journal: str, account: str, known: set[str]) -> UnknownIdError:
    """Return the error for an account nobody has; who leaves out its kind is told the whole name."""
    whole = sorted(one for one in known if one.partition(":")[2] == account)
    return unknown(f"account in {journal}:", account, whole or known)


def _heads(file: str | None, journal: str) -> tuple[Head, ...]:
    """Return the heads that were kept in a file.

    Raises:
        click.UsageError: If that is the journal itself, whose lines look like heads and prove nothing.
        LedgerProblems: With every line that is no head; also if there is none: nothing would be compared.
    """
    if file is None:
        return ()
    text = _text(file)
    if Path(file).samefile(journal):
        raise click.UsageError(f"--head names the journal itself: {file!r}; a head is kept elsewhere")
    found = heads_from_text(text, file=file)
    if not found:
        message = "the file holds no head; 'serviceorg ledger head' writes one"
        raise LedgerProblems([Problem("head", "", message, file)])
    return found


def _head_of(entries: Sequence[Entry]) -> Head:
    if not entries:
        return Journal().head()
    return Head(entries[-1].number, entries[-1].hash, entries[-1].on)


def _text(path: str) -> str:
    """Return the text of a file.

    Raises:
        LedgerProblems: If it cannot be read, is no file, or is not UTF-8; names the line.
    """
    file = Path(named("the file of a journal or of heads", path))
    try:
        mode = file.stat().st_mode
        if stat.S_ISDIR(mode):
            raise _unreadable(path, "this is a folder; name one file in it")
        if not stat.S_ISREG(mode):  # opening a pipe would wait for somebody to write into it
            raise _unreadable(path, "this is a pipe or a device; save the journal in a file and name that")
        content = file.read_bytes()
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        text = f"byte {content[error.start : error.start + 1]!r} is not UTF-8; the file was not read"
        raise LedgerProblems([Problem("encoding", f"line {line}", text, path)]) from None
    except LedgerProblems:
        raise
    except ValueError:  # a path with a NUL in it
        raise _unreadable(path, "this is no name of a file") from None
    except OSError as error:
        raise _unreadable(path, error.strerror or type(error).__name__) from None


def _unreadable(path: str, text: str) -> LedgerProblems:
    return LedgerProblems([Problem("unreadable", "", text, path)])


def _whole(book: Journal) -> Period:
    return Span(next(iter(book)).on, book.last.on)


def _titles(found: Statement, rules: AccountRules | None, lang: str) -> dict[int, str]:
    """Return what rules call the lines of a statement, by the number of the entry; nothing has no title."""
    named = {line.entry.number: line.reason_by(rules).arguments[1] for line in found.lines}
    return {number: title.in_(lang) for number, title in named.items() if isinstance(title, Label)}


def _row(line: Line, title: str = "") -> list[Cell]:
    entry, undone = line.entry, line.reversed_by
    by = None if undone is None else undone.number
    return [entry.number, str(entry.on), title or entry.move, line.amount, line.balance, entry.memo, by]


def _as_json(found: Statement, titles: Mapping[int, str]) -> dict[str, object]:
    """Return a statement as plain values; amounts are texts with their decimals."""
    lines = []
    for line in found.lines:
        row: dict[str, object] = dict(zip(COLUMNS, _row(line), strict=True))
        row |= {"amount": f"{line.amount:f}", "balance": f"{line.balance:f}"}
        if line.entry.number in titles:
            row["title"] = titles[line.entry.number]
        lines.append(row)
    return {
        "account": found.account,
        "since": str(found.period.start),
        "until": str(found.period.end),
        "opening": f"{found.opening:f}",
        "closing": f"{found.closing:f}",
        "lines": lines,
    }
