"""``serviceorg duties``: who owes what on a day, what is overdue, and why."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import attrs
import click

from ..basics import Period, parse_period
from ..calendars import china
from ..duties import STATUSES, DutyBook, DutyReport, Obligation, check_against, check_duties
from ..duties.sentences import WORDS
from ..errors import DutyProblems, UnknownIdError
from ..facts import Fact
from ..loading.sorts import DUTIES
from ..model import Snapshot
from .asked import facts_of, progress, registry, say
from .book_words import headings, word
from .books import LANG, a_day, book_of, refuse_form, snapshot_of, snapshot_options, unknown
from .output import FORMATS, Cell, write_csv, write_json, write_table, write_text
from .targets import unknown_targets
from .words import counted

#: How an obligation stands that somebody should look at.
URGENT = ("missed", "overdue", "due-soon")
#: What can still be done: that is what belongs in somebody's calendar.
UNSETTLED = ("overdue", "due-soon", "open", "upcoming")
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
    help="The first day of which the file has all facts; default: the day of its first fact, if that lies "
    "before the period, else the first of the period.",
)
@click.option("--duty", "only", multiple=True, metavar="ID", help="Only this duty; can be given again.")
@click.option("--who", help="Only what this person or unit owes.")
@click.option(
    "--status",
    "wanted",
    multiple=True,
    type=click.Choice(STATUSES[:-1]),
    help="Only these; can be given again.",
)
@click.option("--explain", "explained", is_flag=True, help="Say why of each, instead of a table.")
@click.option(
    "--ical",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write what is still to be done, or what --status names, into this iCalendar file.",
)
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
    only: Sequence[str],
    who: str | None,
    wanted: Sequence[str],
    explained: bool,
    ical: Path | None,
    form: str,
    lang: str,
) -> None:
    """Tell how every obligation of DUTIES stands on a day: a registered id, a file, or a folder with one.

    Without --who and --status, those that are missed, overdue or due soon are listed.
    """
    refuse_form(form, explained=explained)
    period = parse_period(period_text) if period_text else None
    _refuse_late_facts(facts_from, period, on)
    known = registry()
    book: DutyBook = book_of(known, DUTIES, duties)
    snapshot = snapshot_of(known, folder, structure, on=on)
    strangers = check_against(book, snapshot.structure)
    if strangers:  # what a misspelt role asks for, nobody owes
        raise DutyProblems(strangers)
    book = _narrowed(book, only)
    facts: list[Fact] = facts_of(facts_file, book.kinds) if facts_file else []
    with progress("checking duties"):
        # A year that is running always ends in days nobody has published yet: they are told, not refused.
        calendars = {"cn": china().assuming("weekends")}
        report = check_duties(
            book,
            snapshot,
            facts,
            on=on,
            period=period,
            calendars=calendars,
            facts_from=facts_from or _first_day(facts),
        )
    for text in unknown_targets(book, snapshot, facts):
        say(f"notice: {facts_file}: {text}")
    _warn(report, has_facts=facts_file is not None)
    asked = _asked(report, snapshot, who)
    listed = _listed(report, asked, who, wanted)
    if ical is not None:
        planned = listed if wanted else [one for one in asked if one.status in UNSETTLED]
        _write_ical(planned, book, lang, ical, on)
    if form == "json":
        write_json([_as_json(one) for one in listed])
    elif form == "csv":
        write_csv(COLUMNS, (_row(one) for one in listed))
    elif explained:
        for one in listed:
            write_text(report.explain(one, lang=lang))
    else:
        _write_tables(report, asked, listed, lang)


def _refuse_late_facts(facts_from: date | None, period: Period | None, on: date) -> None:
    """Refuse a file of facts that begins within the period: what was done before would count as missed.

    Raises:
        click.UsageError: With both days.
    """
    start = date(on.year, 1, 1) if period is None else period.start
    if facts_from is not None and facts_from > start:
        raise click.UsageError(
            f"--facts-from is {facts_from}, but the period begins on {start}: "
            "what was done between would count as missed; ask for a later --period"
        )


def _narrowed(book: DutyBook, only: Sequence[str]) -> DutyBook:
    """Return a book with all versions of some of its duties, or with all of them.

    Raises:
        UnknownIdError: For an id of none; names the nearest.
    """
    known = {one.id for one in book.duties}
    for name in only:
        if name not in known:
            raise UnknownIdError("duty", name, sorted(known))
    chosen = tuple(one for one in book.duties if one.id in only)
    return attrs.evolve(book, duties=chosen) if only else book


def _first_day(facts: Sequence[Fact]) -> date | None:
    """Return the day of the first fact; where it lies in the period, nothing before that is judged anyway."""
    return min((fact.on for fact in facts), default=None)


def _warn(report: DutyReport, *, has_facts: bool) -> None:
    """Tell what rests on days nobody has published or on no facts, and posts that nobody holds."""
    if report.obligations and not has_facts:
        say("notice: there are no --facts, so nothing counts as done")
    provisional = sum(one.provisional for one in report.obligations)
    if provisional:
        count = counted(provisional, "obligation")
        say(f"notice: {count} with days beyond the published calendar, taken as ordinary weeks")
    for one in report.vacant[:MOST_VACANT]:
        say(f"notice: nobody owes {one.duty!r} at {one.unit!r} in {one.period}: nobody held the role")
    if len(report.vacant) > MOST_VACANT:
        say(f"notice: {len(report.vacant) - MOST_VACANT:,} more posts that nobody held")


def _asked(report: DutyReport, snapshot: Snapshot, who: str | None) -> Sequence[Obligation]:
    """Return what somebody owes, or everybody; who is there and owes nothing is told, nobody is refused.

    Raises:
        UnknownIdError: For an id of no person or unit; names the nearest of those who owe something.
    """
    found = report.obligations if who is None else report.of(who)
    if who is not None and not found:
        if who not in snapshot.people and who not in snapshot.units:
            owing = {one.who for one in report.obligations}
            raise unknown("person or unit", who, owing or {*snapshot.people, *snapshot.units})
        say(f"notice: {who} owes nothing in {report.period}")
    return found


def _listed(
    report: DutyReport, asked: Sequence[Obligation], who: str | None, wanted: Sequence[str]
) -> list[Obligation]:
    """Return the obligations that stand as asked for; that there are none is told."""
    statuses = set(wanted or (URGENT if who is None else STATUSES))
    listed = [one for one in asked if one.status in statuses]
    if asked and not listed:
        said = " or ".join(wanted) if wanted else "missed, overdue or due soon"
        say(f"notice: nothing is {said}, of {counted(len(asked), 'obligation')} in {report.period}")
    return listed


def _write_tables(
    report: DutyReport, asked: Sequence[Obligation], listed: Sequence[Obligation], lang: str
) -> None:
    write_text(f"{report.book.id}  {report.book.title.in_(lang)}  {report.period}  {report.on}")
    counts = Counter((one.duty.id, one.state) for one in asked)
    shown = sorted({state for _, state in counts})
    columns = (*headings(("duty", "title", "all"), lang), *(_called(STATUSES[one], lang) for one in shown))
    write_table(columns, list(_count_rows(report.book, counts, shown, lang)))
    if listed:
        click.echo()
        rows = [_row(one) for one in listed[:MOST_ROWS]]
        write_table(headings(COLUMNS, lang), [[*row[:-1], _called(str(row[-1]), lang)] for row in rows])
    if len(listed) > MOST_ROWS:
        write_text(word("more", lang).format(len(listed) - MOST_ROWS))


def _called(status: str, lang: str) -> str:
    """Return a status in Chinese; in English it is called as --status calls it."""
    return WORDS[status].in_(lang) if lang == "zh" else status


def _count_rows(
    book: DutyBook, counts: Mapping[tuple[str, int], int], shown: Sequence[int], lang: str
) -> Iterator[list[Cell]]:
    for duty in dict.fromkeys(one.id for one in book.duties):
        title = book.versions(duty)[-1].title.in_(lang)
        standing = [counts.get((duty, state), 0) for state in shown]
        yield [duty, title, sum(standing), *standing]


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
    """Write obligations as a calendar.

    Raises:
        click.UsageError: If the extra for it is not installed.
        OSError: If the file cannot be written.
    """
    if not listed:  # a calendar without an entry is none, by RFC 5545
        say(f"notice: {file} is not written: nothing is left to be put into it")
        return
    from ..exchange import CalendarExtraMissing, obligations_to_ical

    # The day asked about, not the clock: the same question writes the same file.
    stamp = datetime(on.year, on.month, on.day, tzinfo=UTC)
    try:
        content = obligations_to_ical(listed, book=book, lang=lang, stamp=stamp)
    except CalendarExtraMissing as error:
        raise click.UsageError(f"--ical: {error}") from None
    file.write_bytes(content)
