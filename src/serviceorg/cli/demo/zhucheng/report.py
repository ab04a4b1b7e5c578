"""What the demo shows of the invented Zhucheng: sizes, integrity, duties, coverage, the circle, accounts."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import click

from ....coverage import Display, shown
from ....ledger import explain
from ....model import Unit
from ...output import Cell, write_table, write_text
from ..words import word
from .sizes import COMMUNITIES, HOUSEHOLDS, LINKERS, MERGED, QUARTER
from .story import LOOKED_AT, MINUTES, WALKING, City

_STATUSES = {
    "done": "done-status",
    "late": "late",
    "overdue": "overdue",
    "missed": "missed",
    "excused": "excused",
}
_BEHIND = 5


def tell_city(city: City, lang: str, heading: Callable[..., None]) -> None:
    """Write the section; ``heading`` writes a heading of the report by its key."""
    kinds = Counter(unit.kind for unit in city.snapshot.units.values() if _is_old(unit))
    linkers = kinds["small-grid"]
    counts = {
        "communities": kinds["community"],
        "households": kinds["household"],
        "facts": len(city.facts),
    }
    heading("city-title", seed=str(city.seed), linkers=linkers, **counts)
    published = {"communities": COMMUNITIES, "linkers": LINKERS, "households": HOUSEHOLDS}
    _say("city-invented", lang, gap="", **published)
    _units(city, lang)
    _integrity(city, lang)
    _duties(city, lang, heading)
    _coverage(city, lang, heading)
    _circle(city, lang, heading)
    _accounts(city, lang, heading)


def _is_old(unit: Unit) -> bool:
    """Return whether a unit was there from the first day on."""
    return unit.since != MERGED


def _is_there(unit: Unit, day: date) -> bool:
    return (unit.since or day) <= day <= (unit.until or day)


def _units(city: City, lang: str) -> None:
    days = (MERGED - timedelta(1), QUARTER.end)
    units = city.snapshot.units.values()
    counts = [Counter(unit.kind for unit in units if _is_there(unit, day)) for day in days]
    titles = {kind.id: kind.title.in_(lang) for kind in city.snapshot.structure.kinds.values()}
    rows: list[list[Cell]] = [[titles[kind], *(found[kind] for found in counts)] for kind in titles]
    write_table([word("city-kind", lang), *(word("city-count", lang, on=day) for day in days)], rows)
    before, after, villages, now = city.merged()
    old = " + ".join(before)
    _say("city-merged", lang, on=MERGED, before=old, after=after, villages=villages, now=now)


def _integrity(city: City, lang: str) -> None:
    structure = city.snapshot.structure.id
    _say("city-whole", lang, records=city.records, structure=structure, problems=len(city.problems))
    _say("city-flaws", lang, flaws=len(city.flaws))
    write_text("\n".join(f"  {problem}" for problem in city.flaws))


def _duties(city: City, lang: str, heading: Callable[..., None]) -> None:
    report = city.duties
    told = {"book": report.book.id, "on": LOOKED_AT, "period": str(QUARTER)}
    heading("city-duties", count=len(report.obligations), **told)
    rows: list[list[Cell]] = []
    for duty in report.book.duties:
        counts = report.counts_of(duty.id)
        found = [counts.get(status, 0) for status in _STATUSES]
        rows.append([duty.title.in_(lang), sum(counts.values()), *found])
    columns = [word(one, lang) for one in ("city-duty", "city-all", *_STATUSES.values())]
    write_table(columns, rows)
    worst = city.behind(_BEHIND)
    _say("city-behind", lang, count=len(worst))
    origins = {row[0]: city.snapshot.trait(row[0], "origin", on=QUARTER.end) for row in worst}
    titles = {one.id: one.title.in_(lang) for one in city.snapshot.structure.categories}
    write_table(
        [word(one, lang) for one in ("city-linker", "city-origin", "city-open", "city-owed")],
        [[who, titles.get(origins[who], ""), open_, owed] for who, open_, owed in worst],
    )
    _say("city-why", lang, household=city.household)
    write_text("\n\n".join(city.explained))


def _coverage(city: City, lang: str, heading: Callable[..., None]) -> None:
    report = city.coverage
    heading("city-coverage", book=report.book.id, on=report.on)
    columns = ("city-check", "city-base", "city-met", "share", "city-mean", "city-hard", "city-soft")
    write_table([word(one, lang) for one in columns], list(_checks(city, lang)))


def _checks(city: City, lang: str) -> Iterator[list[Cell]]:
    for outcome in city.coverage.checks.values():
        soft = sum(finding.soft for finding in outcome.findings)
        mean = outcome.shown_mean if outcome.rule.noun == "quota" else None
        counted: Sequence[Cell] = (outcome.base, outcome.met, outcome.shown_share, mean)
        yield [outcome.rule.title.in_(lang), *counted, len(outcome.findings) - soft, soft]


def _circle(city: City, lang: str, heading: Callable[..., None]) -> None:
    circle = city.circle
    heading("city-circle", points=len(circle.points), homes=circle.buildings)
    assert circle.share_of_residents is not None
    assert circle.share_of_buildings is not None
    click.echo(
        word(
            "city-reached",
            lang,
            minutes=MINUTES,
            speed=WALKING.metres_per_minute,
            detour=WALKING.detour,
            people=int(circle.residents),
            residents=_percent(circle.share_of_residents),
            buildings=_percent(circle.share_of_buildings),
        )
    )
    gaps = circle.unreached
    if gaps:
        first, last = gaps[0], gaps[-1]
        near = {"home": first.home, "point": first.point, "metres": first.metres}
        far = {"last": last.home, "last_point": last.point, "far": last.metres}
        _say("city-unreached", lang, gap="", count=len(gaps), **near, **far)


def _percent(share: Fraction) -> Decimal:
    # Cut, not rounded: 99.97 % must not look like everybody.
    return shown(share * 100, Display(places=1, direction="down"))


def _accounts(city: City, lang: str, heading: Callable[..., None]) -> None:
    story = city.accounts
    heading("city-ledger", rules=f"{story.rules.id} {story.rules.title.in_(lang)}")
    write_text(explain(story.statement, lang=lang))
    _say("city-refused", lang)
    for language in ("en", "zh"):
        write_text("\n".join(f"  {line}" for line in story.refusal.in_(language).splitlines()))
    _say("city-tampered", lang, entries=story.head.number, head=story.head.hash[:12])
    write_text("\n".join(f"  {problem}" for problem in story.found))


def _say(key: str, lang: str, *, gap: str = "\n", **values: object) -> None:
    click.echo(f"{gap}{word(key, lang, **values)}")
