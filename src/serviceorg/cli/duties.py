"""``serviceorg duties``: who owes what on a day, what is overdue, and why."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click

from ..basics import Period, parse_period
from ..calendars import china
from ..duties import STATUSES, DutyBook, DutyReport, Obligation, check_duties
from ..errors import UnknownIdError
from ..facts import Fact
from ..loading.sorts import DUTIES
from .asked import facts_of, progress, registry, say
from .books import LANG, a_day, book_of, refuse_form, snapshot_of, snapshot_options
from .output import FORMATS, Cell, write_csv, write_json, write_table, write_text
from .words import counted

#: How an obligation stands that somebody should look at.
URGENT = ("missed", "overdue", "due-soon")
#: Rows of a table for the eye; CSV and JSON hold all.
MOST_ROWS = 40
#: Vacant posts told one by one.
MOST_VACANT = 5
COLUMNS = ("duty", "who", "unit", "towards", "period", "due", "done", "needed", "status")


@click.command()
@click.argument("duties")
@snapshot_options
@click.option("--period", "period_text", help="2024, 2024-H1, 2024-Q3 or 2024-07; default: the year of --on.")
@click.option(
    "--facts-from",
    callback=a_day,
    metavar="DATE",
    help="The first day of which the file has all facts; default: that of the period.",
)
@click.option("--who", help="Only what this person or unit owes.")
@click.option(
    "--status", "wanted", multiple=True, type=click.Choice(STATUSES[:-1]), help="Only these; again."
)
@click.option("--explain", "explained", is_flag=True, help="Say why of each, instead of a table.")
@click.option("--ical", type=click.Path(dir_okay=False, path_type=Path), help="Also write an iCalendar file.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@LANG
def duties(  # noqa: PLR0913  # one parameter for each option; click passes them by name
    *,
    duties: str,
    folder: str,
    structure: str | None,
    on: date,
    facts_file: str | None,
    period_text: str | None,
    facts_from: date | None,
    who: str | None,
    wanted: Sequence[str],
    explained: bool,
    ical: Path | None,
    form: str,
    lang: str,
) -> None:
    """Tell how every obligation of DUTIES stands on a day: a registered id or a file of duties.

    Without --who and --status, those that are missed, overdue or due soon are listed.
    """
    refuse_form(form, explained=explained)
    known = registry()
    book: DutyBook = book_of(known, DUTIES, duties)
    snapshot = snapshot_of(known, folder, structure)
    facts: list[Fact] = facts_of(facts_file, book.kinds) if facts_file else []
    period = parse_period(period_text) if period_text else None
    with progress("checking duties"):
        # A year that is running always ends in days nobody has published yet: they are told, not refused.
        calendars = {"cn": china().assuming("weekends")}
        report = check_duties(
            book, snapshot, facts, on=on, period=period, calendars=calendars, facts_from=facts_from
        )
    _warn(report)
    listed = _listed(report, who, wanted)
    if ical is not None:
        _write_ical(listed, book, lang, ical, on)
    if form == "json":
        write_json([_as_json(one) for one in listed])
    elif form == "csv":
        write_csv(COLUMNS, (_row(one) for one in listed))
    elif explained:
        for one in listed:
            write_text(report.explain(one, lang=lang))
    else:
        _write_tables(report, listed, report.period, lang)


def _warn(report: DutyReport) -> None:
    """Tell what rests on days nobody has published, and posts that nobody holds."""
    provisional = sum(one.provisional for one in report.obligations)
    if provisional:
        count = counted(provisional, "obligation")
        say(f"notice: {count} with days beyond the published calendar, taken as ordinary weeks")
    for one in report.vacant[:MOST_VACANT]:
        say(
            f"notice: nobody owes {one.duty.id!r} at {one.unit!r} in {one.window.label}: nobody held the role"
        )
    if len(report.vacant) > MOST_VACANT:
        say(f"notice: {len(report.vacant) - MOST_VACANT:,} more posts that nobody held")


def _listed(report: DutyReport, who: str | None, wanted: Sequence[str]) -> list[Obligation]:
    statuses = wanted or (STATUSES if who else URGENT)
    found = report.of(who) if who else report.obligations
    if who and not found:
        raise UnknownIdError(
            "person or unit that owes something", who, {one.who for one in report.obligations}
        )
    return [one for one in found if one.status in statuses]


def _write_tables(report: DutyReport, listed: Sequence[Obligation], period: Period, lang: str) -> None:
    write_text(f"{report.book.id}  {report.book.title.in_(lang)}  {period}  {report.on}")
    shown = [one for one in STATUSES[:-1] if one in report.counts]
    write_table(("duty", "title", "all", *shown), list(_count_rows(report, shown, lang)))
    if listed:
        click.echo()
        write_table(COLUMNS, [_row(one) for one in listed[:MOST_ROWS]])
    if len(listed) > MOST_ROWS:
        write_text(f"… {len(listed) - MOST_ROWS:,} more; --format csv writes all")


def _count_rows(report: DutyReport, shown: Sequence[str], lang: str) -> Iterator[list[Cell]]:
    for duty in dict.fromkeys(one.id for one in report.book.duties):
        title = report.book.versions(duty)[-1].title.in_(lang)
        counts = report.counts_of(duty)
        yield [duty, title, sum(counts.values()), *(counts.get(status, 0) for status in shown)]


def _row(one: Obligation) -> list[Cell]:
    return [
        one.duty.id,
        one.who,
        one.unit,
        one.towards,
        one.period,
        str(one.due),
        one.done,
        one.needed,
        one.status,
    ]


def _as_json(one: Obligation) -> dict[str, object]:
    plain: dict[str, object] = dict(zip(COLUMNS, _row(one), strict=True))
    return plain | {"id": one.id, "facts": [fact.id for fact in one.facts], "provisional": one.provisional}


def _write_ical(listed: Sequence[Obligation], book: DutyBook, lang: str, file: Path, on: date) -> None:
    from ..exchange import obligations_to_ical

    # The day asked about, not the clock: the same question writes the same file.
    stamp = datetime(on.year, on.month, on.day, tzinfo=UTC)
    file.write_bytes(obligations_to_ical(listed, book=book, lang=lang, stamp=stamp))
