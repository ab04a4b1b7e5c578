"""``serviceorg coverage``: which checks an organisation keeps on a day, and who is left out."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import click

from ..coverage import (
    Check,
    CoverageBook,
    CoverageReport,
    Finding,
    Outcome,
    ReachCheck,
    Told,
    check_coverage,
    explain,
)
from ..coverage.sentences import OF_WORDS
from ..facts import Fact
from ..loading.amounts import read_amounts
from ..loading.sorts import COVERAGE
from .asked import facts_of, progress, registry, say
from .book_words import headings, word
from .books import LANG, book_of, refuse_form, snapshot_of, snapshot_options
from .output import FORMATS, Cell, write_csv, write_json, write_table, write_text

#: Rows of a table for the eye; CSV and JSON hold all.
MOST_ROWS = 40
CHECKS = ("check", "title", "base", "met", "share", "mean", "hard", "soft", "holds")
FINDINGS = ("check", "of", "missed", "found", "wanted", "deviation", "names", "soft")
_HOLDS = {True: "yes", False: "no", None: "no base"}


@click.command()
@click.argument("checks")
@snapshot_options
@click.option(
    "--amounts", "amounts_file", help="Areas, budgets and other amounts: .csv or .jsonl of name, of, amount."
)
@click.option("--check", "only", multiple=True, metavar="ID", help="Only this check; can be given again.")
@click.option("--explain", "explained", is_flag=True, help="Say why, and who is left out, instead of tables.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@LANG
def coverage(  # noqa: PLR0913  # one parameter for each option; click passes them by name
    *,
    checks: str,
    folder: str,
    structure: str | None,
    on: date,
    facts_file: str | None,
    amounts_file: str | None,
    only: Sequence[str],
    explained: bool,
    form: str,
    lang: str,
) -> None:
    """Tell what the CHECKS find on a day: a registered id, a file, or a folder with one.

    CSV holds the findings, one a row; JSON also has all who are not met, under "unmet". The exit code is 0
    also where something is missed: it is an answer.
    """
    refuse_form(form, explained=explained)
    known = registry()
    book: CoverageBook = book_of(known, COVERAGE, checks)
    snapshot = snapshot_of(known, folder, structure, on=on)
    facts: list[Fact] = facts_of(facts_file, book.kinds) if facts_file else []
    amounts = read_amounts(amounts_file) if amounts_file else None
    with progress("checking coverage"):
        report = check_coverage(book, snapshot, on=on, facts=facts, amounts=amounts)
    if facts_file is None:
        _tell_factless(report)
    # A check that is asked for twice is told once, in the order asked for.
    outcomes = [report[name] for name in dict.fromkeys(only)] or list(report.checks.values())
    findings = [one for outcome in outcomes for one in outcome.findings]
    if form == "json":
        write_json([_as_json(outcome) for outcome in outcomes])
    elif form == "csv":
        write_csv(FINDINGS, map(_finding_row, findings))
    elif explained:
        for outcome in outcomes:
            write_text(explain(outcome, lang=lang))
    else:
        _write_tables(report, outcomes, findings, lang)


def _tell_factless(report: CoverageReport) -> None:
    """Tell which checks look for facts where there is no file of them: all would look undone."""
    rules = (one.rule for one in report.checks.values())
    asked = [rule.id for rule in rules if isinstance(rule, Check) and isinstance(rule.measure, Told)]
    if asked:
        say(f"notice: there are no --facts, so nothing counts in {', '.join(asked)}")


def _write_tables(
    report: CoverageReport, outcomes: Sequence[Outcome], findings: Sequence[Finding], lang: str
) -> None:
    write_text(f"{report.book.id}  {report.book.title.in_(lang)}  {report.on}")
    write_table(headings(CHECKS, lang), [_outcome_row(one, lang) for one in outcomes])
    if findings:
        click.echo()
        rows = [_finding_row(one) for one in findings[:MOST_ROWS]]
        write_table(headings(FINDINGS, lang), [_in_words(row, lang) for row in rows])
    if len(findings) > MOST_ROWS:
        write_text(word("more", lang).format(len(findings) - MOST_ROWS))


def _outcome_row(one: Outcome, lang: str) -> list[Cell]:
    soft = sum(finding.soft for finding in one.findings)
    share = _share_cell(one, lang)
    is_quota = one.rule.noun == "quota"
    mean = one.shown_mean if is_quota else None
    title = one.rule.title.in_(lang)
    counts = (one.base, one.met, share, mean, len(one.findings) - soft, soft)
    return [one.check, title, *counts, word(_HOLDS[one.holds], lang)]


def _share_cell(one: Outcome, lang: str) -> str:
    """Return a share as shown; that of a circle says what it is of, as base and met are buildings."""
    if one.shown_share is None:
        return ""
    said = f"{one.shown_share:f} %"
    if not isinstance(one.rule, ReachCheck):
        return said
    return word("share-of", lang).format(said, OF_WORDS[one.rule.share_of].in_(lang))


def _finding_row(one: Finding) -> list[Cell]:
    numbers = map(_number, (one.found, one.wanted, one.deviation))
    return [one.check, one.of, one.code, *numbers, " ".join(one.names), "yes" if one.soft else "no"]


def _in_words(row: Sequence[Cell], lang: str) -> list[Cell]:
    check, of, code, *numbers, names, soft = row
    _, share, bound = str(code).rpartition("share-")
    missed = word(bound, lang) if not share else f"{word('share', lang)}-{word(bound, lang)}"
    return [check, of, missed, *numbers, names, word(str(soft), lang)]


def _number(value: Fraction | None) -> Cell:
    """Return an exact number as a cell: a decimal where it ends, else a fraction like 160/7."""
    if value is None or value.denominator == 1:
        return None if value is None else value.numerator
    decimal = Decimal(value.numerator) / value.denominator
    return decimal if Fraction(decimal) == value else value


def _as_json(one: Outcome) -> dict[str, object]:
    return {
        "check": one.check,
        "base": one.base,
        "exempt": one.exempt,
        "met": one.met,
        "share": None if one.share is None else str(one.share),
        "shown": None if one.shown_share is None else f"{one.shown_share:f}",
        "mean": None if one.mean is None else str(one.mean),
        "holds": one.holds,
        "unmet": list(one.unmet),
        "findings": [_finding_as_json(finding) for finding in one.findings],
    }


def _finding_as_json(one: Finding) -> dict[str, object]:
    """Return a finding as plain values; its numbers are exact, as texts like "-1" or "160/7"."""
    numbers = {"found": one.found, "wanted": one.wanted, "deviation": one.deviation}
    exact = {key: None if value is None else str(value) for key, value in numbers.items()}
    return {
        "check": one.check,
        "of": one.of,
        "missed": one.code,
        **exact,
        "names": list(one.names),
        "soft": one.soft,
    }
