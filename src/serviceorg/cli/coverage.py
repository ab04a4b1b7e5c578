"""``serviceorg coverage``: which checks an organisation keeps on a day, and who is left out."""

from collections.abc import Sequence
from datetime import date

import click

from ..coverage import CoverageBook, CoverageReport, Finding, Outcome, check_coverage, explain
from ..facts import Fact
from ..loading.sorts import COVERAGE
from .asked import facts_of, progress, registry
from .books import LANG, book_of, refuse_form, snapshot_of, snapshot_options
from .output import FORMATS, Cell, write_csv, write_json, write_table, write_text

MOST_ROWS = 40
CHECKS = ("check", "title", "base", "met", "share", "mean", "hard", "soft", "holds")
FINDINGS = ("check", "of", "missed", "found", "wanted", "deviation", "names", "soft")
_HOLDS = {True: "yes", False: "no", None: "no base"}


@click.command()
@click.argument("checks")
@snapshot_options
@click.option("--check", "only", multiple=True, metavar="ID", help="Only this check; again for others.")
@click.option("--explain", "explained", is_flag=True, help="Say why, instead of tables.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@LANG
def coverage(  # noqa: PLR0913  # one parameter for each option; click passes them by name
    *,
    checks: str,
    folder: str,
    structure: str | None,
    on: date,
    facts_file: str | None,
    only: Sequence[str],
    explained: bool,
    form: str,
    lang: str,
) -> None:
    """Tell what the CHECKS find on a day: a registered id or a file of coverage checks.

    CSV holds the findings, one a row. The exit code is 0 also where something is missed: it is an answer.
    """
    refuse_form(form, explained=explained)
    known = registry()
    book: CoverageBook = book_of(known, COVERAGE, checks)
    snapshot = snapshot_of(known, folder, structure)
    facts: list[Fact] = facts_of(facts_file, book.kinds) if facts_file else []
    with progress("checking coverage"):
        report = check_coverage(book, snapshot, on=on, facts=facts)
    outcomes = [report[name] for name in only] or list(report.checks.values())
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


def _write_tables(
    report: CoverageReport, outcomes: Sequence[Outcome], findings: Sequence[Finding], lang: str
) -> None:
    write_text(f"{report.book.id}  {report.book.title.in_(lang)}  {report.on}")
    write_table(CHECKS, [_outcome_row(one, lang) for one in outcomes])
    if findings:
        click.echo()
        write_table(FINDINGS, [_finding_row(one) for one in findings[:MOST_ROWS]])
    if len(findings) > MOST_ROWS:
        write_text(f"… {len(findings) - MOST_ROWS:,} more; --format csv writes all")


def _outcome_row(one: Outcome, lang: str) -> list[Cell]:
    soft = sum(finding.soft for finding in one.findings)
    share = "" if one.shown_share is None else f"{one.shown_share:f} %"
    is_quota = one.rule.noun == "quota"
    mean = f"{one.shown_mean:f}" if is_quota and one.shown_mean is not None else ""
    title = one.rule.title.in_(lang)
    counts = (one.base, one.met, share, mean, len(one.findings) - soft, soft)
    return [one.check, title, *counts, _HOLDS[one.holds]]


def _finding_row(one: Finding) -> list[Cell]:
    numbers = ("" if value is None else str(value) for value in (one.found, one.wanted, one.deviation))
    return [one.check, one.of, one.code, *numbers, " ".join(one.names), "yes" if one.soft else "no"]


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
        "findings": [dict(zip(FINDINGS, _finding_row(finding), strict=True)) for finding in one.findings],
    }
